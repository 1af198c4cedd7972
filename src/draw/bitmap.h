/* bitmap -- what a mask and an image are made of; only for picture.c, which makes them, and list.c and paint.c, which
 * use them.
 *
 * `hash` stands for what was asked for: two with one hash look the same, whatever memory they lie in.
 */
#ifndef DRAW_BITMAP_H
#define DRAW_BITMAP_H

#include <pixman.h>
#include <stdint.h>

struct mask {
	pixman_image_t *bits; /* PIXMAN_a8 */
	int width, height;
	uint64_t hash;
};

struct image {
	pixman_image_t *bits; /* PIXMAN_a8r8g8b8 premultiplied, or PIXMAN_x8r8g8b8 when nothing shines through */
	int width, height;
	uint64_t hash;
};

#endif
