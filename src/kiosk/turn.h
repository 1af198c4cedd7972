/* turn -- a screen mounted on its side: the picture and the touches, turned by quarters of a circle clockwise. */
#ifndef KIOSK_TURN_H
#define KIOSK_TURN_H

#include "base/err.h"
#include "ui/input.h"

#include <pixman.h>
#include <stdbool.h>

struct turn {
	int degrees;             /* 0, 90, 180, 270 */
	bool aside;              /* the screen is never painted on itself, at 0 degrees neither */
	pixman_image_t *upright; /* what is painted instead of the screen, or NULL */
};

/* The picture as the visitor sees it. */
struct turn_view {
	int width, height; /* px, upright */
	int degrees;       /* the screen is turned clockwise by so much */
};

/* Points *target, the screen's surface, at the upright picture to paint on instead, made anew (*fresh) when the size
 * changed. */
bool turn_surface(struct turn *turn, pixman_image_t **target, bool *fresh, struct err *err);
/* Copies the changed part of the upright picture onto the screen, and turns the region into the screen's. Nothing to do
 * at 0 degrees when not aside. */
bool turn_present(struct turn *turn, pixman_image_t *screen, pixman_region32_t *changed, struct err *err);
/* A touch on the screen, each 0-1 of its sides, on the upright picture. */
void turn_point(int degrees, float *x, float *y);
/* The same as an event of the visitor's finger, which is *input but for its time. */
void turn_touch(const struct turn_view *view, float x, float y, enum input_kind kind, int64_t finger,
		struct input_event *input);
void turn_finish(struct turn *turn);

#endif
