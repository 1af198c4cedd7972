/* list -- everything a frame shows, recorded before any pixel is touched.
 *
 * draw_list_clear(), then record, in the order of painting; then paint() it, and compare it with the frame before by
 * draw_list_changes() to know which rectangles need painting. Coordinates are device pixels. Colours are 0xAARRGGBB,
 * not premultiplied. Text runs are copied; faces, masks and images are borrowed and must outlive the list. When memory
 * runs out the list is marked failed and the frame must not be painted.
 */
#ifndef DRAW_LIST_H
#define DRAW_LIST_H

#include "draw/face.h"
#include "draw/rect.h"

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct draw_list;
struct mask;  /* draw/picture.h */
struct image; /* draw/picture.h */

/* Which corners of a box are round. */
enum {
	CORNER_TOP_LEFT = 1,
	CORNER_TOP_RIGHT = 2,
	CORNER_BOTTOM_RIGHT = 4,
	CORNER_BOTTOM_LEFT = 8,
	CORNERS_ALL = 15,
	CORNERS_TOP = 3,
	CORNERS_LEFT = 9,
	CORNERS_RIGHT = 6
};

struct draw_shadow {
	int offset_y, blur; /* px; blur is the distance over which the edge fades (two standard deviations) */
	uint32_t colour;
};

/* One glyph of a run; x and y from the run's origin, y downward. */
struct draw_glyph {
	uint32_t glyph;
	float x, y;
};

struct draw_list *draw_list_create(void);       /* NULL: no memory */
void draw_list_destroy(struct draw_list *list); /* takes NULL */
void draw_list_clear(struct draw_list *list, int width, int height);
bool draw_list_failed(const struct draw_list *list);
size_t draw_list_count(const struct draw_list *list);

void draw_fill(struct draw_list *list, struct rect box, uint32_t colour);
void draw_round(struct draw_list *list, struct rect box, int radius, unsigned corners, uint32_t colour);
/* A line of `width` px inside the box's edge. */
void draw_ring(struct draw_list *list, struct rect box, int radius, int width, uint32_t colour);
void draw_shadow(struct draw_list *list, struct rect box, int radius, struct draw_shadow shadow);
void draw_glyphs(struct draw_list *list, struct face *face, float size_px, const struct draw_glyph *glyphs,
		 size_t count, float x, float y, uint32_t colour);
/* A mask tinted with a colour, and a picture; top left at (x, y). */
void draw_mask(struct draw_list *list, const struct mask *mask, int x, int y, uint32_t colour);
void draw_image(struct draw_list *list, const struct image *image, int x, int y);
/* The same with round corners. */
void draw_image_round(struct draw_list *list, const struct image *image, int x, int y, int radius, unsigned corners);

/* From here on everything is recorded so far to the right and down, and so opaque (0-1; an image all the same, unless 0).
 * draw_list_clear() ends it. */
void draw_move(struct draw_list *list, int dx, int dy, float opacity);

/* Everything between is cut to the box, and to the boxes around it. Balanced within a frame. */
void draw_clip(struct draw_list *list, struct rect box);
void draw_unclip(struct draw_list *list);

/* Adds to `changed` every rectangle in which painting `after` may differ from painting `before` (NULL: everything). A
 * list records what lies in each cell of a grid, in order; equal cells paint equal pixels. */
void draw_list_changes(const struct draw_list *before, const struct draw_list *after, pixman_region32_t *changed);

#endif
