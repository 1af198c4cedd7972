/* frame -- what stands around every page: the top bar with 112 in it, the tools, the navigation, and the view that
 * rolls between them.
 *
 * The terminal calls frame_top() before a screen's draw, or after it where the bar lies over the screen's picture, and
 * frame_bottom() after it. frame_top() brings 112 along where the screen takes touches; over a sheet or the question the
 * terminal calls frame_emergency() in the highest layer. A screen lays out what it has in frame_room(), mostly between
 * frame_roll_begin() and frame_roll_end(). Lengths are design px.
 */
#ifndef SCREENS_FRAME_H
#define SCREENS_FRAME_H

#include "screens/screen.h"

#define FRAME_MARGIN 60.0f
#define FRAME_GUTTER 24.0f

void frame_top(struct view *view);
void frame_bottom(struct view *view);
/* 112, which opens the emergency sheet, at its place in the top bar. `live`: it can be touched. */
void frame_emergency(struct view *view, bool live);

float frame_top_height(const struct view *view);
/* What the bars leave of the canvas. */
struct box frame_room(const struct view *view);

/* In a layer: a view of `room` onto something taller. What is recorded between counts from the top start corner of the
 * room. While it goes on below, the More-below band takes the last of the room. frame_roll_end() returns how much of it
 * has been seen, 0-1. */
void frame_roll_begin(struct view *view, int layer, struct box room);
float frame_roll_end(struct view *view, int layer, struct box room, float height);

/* What the focus ring goes round, so that it lies within a cell of a bar: it would be cut, or lie on the neighbour. */
struct box frame_within(struct box box);

/* The line under the top bar that says how far the visitor has read, and its height. */
float frame_progress_height(const struct view *view);
void frame_progress(struct view *view, float share, uint32_t colour);

#endif
