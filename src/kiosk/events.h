/* events -- what SDL says happened, as the ui layer understands it. */
#ifndef KIOSK_EVENTS_H
#define KIOSK_EVENTS_H

#include "kiosk/turn.h"
#include "ui/input.h"

#include <SDL.h>
#include <stdbool.h>

/* True when the event is one for the visitor; *input is it. */
bool events_input(const SDL_Event *event, const struct turn_view *view, int64_t now_ms, struct input_event *input);

#endif
