/* item -- one recorded drawing; only for list.c, which writes them, and paint.c, which paints them.
 *
 * An item's pixels depend on nothing but its fields, and lie all within `box`.
 */
#ifndef DRAW_ITEM_H
#define DRAW_ITEM_H

#include "draw/bitmap.h"
#include "draw/list.h"

enum item_kind {
	ITEM_FILL,
	ITEM_ROUND,
	ITEM_RING,
	ITEM_SHADOW,
	ITEM_GLYPHS,
	ITEM_MASK,
	ITEM_IMAGE,
	ITEM_KIND_COUNT
};

/* A glyph at whole pixels (y downward) and the quarter of a pixel it is moved to the right. */
struct item_glyph {
	uint32_t glyph;
	uint32_t quarter;
	int32_t x, y;
};

struct item {
	enum item_kind kind;
	uint32_t colour;
	struct rect box;   /* where its pixels are, cut by the clips */
	struct rect shape; /* uncut: box of the shape; for masks and images their place */
	union {
		struct {
			int radius;
			unsigned corners;
		} round;
		struct {
			int radius, width;
		} ring;
		struct {
			int radius, blur;
		} shadow; /* shape is already moved by offset_y */
		struct {
			struct face *face;
			const struct item_glyph *glyphs;
			size_t count;
			int size; /* 1/64 px per em */
		} run;
		const struct mask *mask;
		struct {
			const struct image *image;
			int radius;
			unsigned corners; /* those that are round */
		} image;
	} u;
};

/* How far the blur of a shadow reaches beyond its box, px. */
int item_shadow_reach(int blur);

struct rect draw_list_bounds(const struct draw_list *list); /* (0, 0) and the size given to draw_list_clear() */
const struct item *draw_list_items(const struct draw_list *list, size_t *count);

#endif
