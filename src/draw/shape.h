/* shape -- how much of each pixel a round corner, a ring or a soft shadow covers; only for paint.c.
 *
 * Masks are PIXMAN_a8, borrowed until the next call, NULL when memory ran out. The least used go when SHAPES_BYTES_MAX
 * is passed; one that is larger is made each time. Zero is a valid start.
 */
#ifndef DRAW_SHAPE_H
#define DRAW_SHAPE_H

#include <pixman.h>
#include <stddef.h>
#include <stdint.h>

#define SHAPES_BYTES_MAX (4u << 20)
#define SHAPES_MAX       64
/* The part of a shadow that repeats along an edge, px. */
#define SHADOW_TILE 64

struct shape;

struct shapes {
	struct shape *kept[SHAPES_MAX];
	size_t count, bytes;
	struct shape *large; /* too large to keep */
	uint64_t uses;       /* counts, to find the least recently used */
};

void shapes_finish(struct shapes *shapes);

/* A disc, 2 * radius px square: its quarters are the corners of a round box. */
pixman_image_t *shapes_disc(struct shapes *shapes, int radius);

/* The corners of a ring put together: 2 * shape_ring_corner() px square. */
int shape_ring_corner(int radius, int width);
pixman_image_t *shapes_ring(struct shapes *shapes, int radius, int width);

/* A shadow of a box of that size, as large as the box and item_shadow_reach() around it. Beyond shape_shadow_side() a
 * box's size makes no difference but how often the middle SHADOW_TILE px repeat. */
int shape_shadow_side(int radius, int blur);
pixman_image_t *shapes_shadow(struct shapes *shapes, int radius, int blur, int width, int height);

#endif
