#include "draw/rect.h"

#include <limits.h>
#include <stdint.h>

/* Edges are reckoned in 64 bits, so that a box pushed far off the screen does not overflow. */
static int clamp(int64_t value)
{
	return value < INT_MIN ? INT_MIN : value > INT_MAX ? INT_MAX : (int)value;
}

static struct rect from_edges(int64_t left, int64_t top, int64_t right, int64_t bottom)
{
	return (struct rect){clamp(left), clamp(top), clamp(right - left), clamp(bottom - top)};
}

static int64_t right(struct rect a)
{
	return (int64_t)a.x + a.w;
}

static int64_t bottom(struct rect a)
{
	return (int64_t)a.y + a.h;
}

bool rect_empty(struct rect a)
{
	return a.w <= 0 || a.h <= 0;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
	if (rect_empty(a) || rect_empty(b))
		return (struct rect){0, 0, 0, 0};
	struct rect both =
		from_edges(a.x > b.x ? a.x : b.x, a.y > b.y ? a.y : b.y, right(a) < right(b) ? right(a) : right(b),
			   bottom(a) < bottom(b) ? bottom(a) : bottom(b));
	return rect_empty(both) ? (struct rect){0, 0, 0, 0} : both;
}

struct rect rect_union(struct rect a, struct rect b)
{
	if (rect_empty(a))
		return b;
	if (rect_empty(b))
		return a;
	return from_edges(a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, right(a) > right(b) ? right(a) : right(b),
			  bottom(a) > bottom(b) ? bottom(a) : bottom(b));
}

bool rect_holds(struct rect a, int x, int y)
{
	return x >= a.x && y >= a.y && x < right(a) && y < bottom(a);
}
