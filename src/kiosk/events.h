/* events -- what SDL says happened, as the ui layer understands it. */
#ifndef KIOSK_EVENTS_H
#define KIOSK_EVENTS_H

#include "ui/input.h"

#include <SDL.h>
#include <stdbool.h>

/* The picture as the visitor sees it. */
struct events_view {
	int width, height; /* px, upright */
	int degrees;       /* the screen is turned clockwise by so much */
};

/* True when the event is one for the visitor; *input is it. */
bool events_input(const SDL_Event *event, const struct events_view *view, int64_t now_ms, struct input_event *input);

#endif
