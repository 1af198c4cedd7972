/* rect -- rectangles of whole device pixels, origin at the top left. */
#ifndef DRAW_RECT_H
#define DRAW_RECT_H

#include <stdbool.h>

struct rect {
	int x, y, w, h; /* empty when w or h is not positive */
};

bool rect_empty(struct rect a);
struct rect rect_intersect(struct rect a, struct rect b);
struct rect rect_union(struct rect a, struct rect b); /* of an empty one and another: the other */
bool rect_holds(struct rect a, int x, int y);

#endif
