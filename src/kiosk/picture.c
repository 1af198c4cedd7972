#include "kiosk/picture.h"

#include <stddef.h>
#include <stdint.h>

#define SIDE    64 /* points, down and across */
#define FEW     (SIDE * SIDE / 100)
#define COLOURS 0xFFFFFFu

/* How many points have another colour than most have (the majority vote of Boyer and Moore). */
static int count_others(uint32_t *points)
{
	uint32_t most = 0;
	int lead = 0;
	int others = 0;

	for (int i = 0; i < SIDE * SIDE; i++) {
		points[i] &= COLOURS;
		most = lead == 0 ? points[i] : most;
		lead += points[i] == most ? 1 : -1;
	}
	for (int i = 0; i < SIDE * SIDE; i++)
		others += points[i] != most;
	return others;
}

bool picture_is_blank(pixman_image_t *picture)
{
	uint32_t points[SIDE * SIDE] = {0};
	int width = pixman_image_get_width(picture);
	int height = pixman_image_get_height(picture);
	pixman_image_t *small = pixman_image_create_bits(PIXMAN_x8r8g8b8, SIDE, SIDE, points, SIDE * 4);
	/* The same pixels, to be looked at from afar. */
	pixman_image_t *large =
		pixman_image_create_bits(pixman_image_get_format(picture), width, height,
					 pixman_image_get_data(picture), pixman_image_get_stride(picture));
	int others = 0;

	if (small && large) {
		pixman_transform_t afar;
		pixman_transform_init_scale(&afar, pixman_int_to_fixed(width) / SIDE,
					    pixman_int_to_fixed(height) / SIDE);
		pixman_image_set_transform(large, &afar);
		pixman_image_set_filter(large, PIXMAN_FILTER_NEAREST, NULL, 0);
		pixman_image_composite32(PIXMAN_OP_SRC, large, NULL, small, 0, 0, 0, 0, 0, 0, SIDE, SIDE);
		others = count_others(points);
	}
	if (small)
		pixman_image_unref(small);
	if (large)
		pixman_image_unref(large);
	return others <= FEW;
}
