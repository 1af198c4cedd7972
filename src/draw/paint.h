/* paint -- from a draw list to pixels, by pixman.
 *
 * A painter keeps glyphs, rounded corners and shadows it has drawn before, within PAINT_CACHE_BYTES; it can always be
 * dropped, and belongs to one struct faces. Painting a list within a region gives the same bytes there as painting it
 * whole, and touches nothing outside. Any pixman format of the target works; its clip region is replaced and taken
 * away. One thread.
 */
#ifndef DRAW_PAINT_H
#define DRAW_PAINT_H

#include "base/err.h"
#include "draw/list.h"

#include <pixman.h>

#define PAINT_CACHE_BYTES (12u << 20)

struct painter;

struct painter *painter_create(void);          /* NULL: no memory */
void painter_destroy(struct painter *painter); /* takes NULL */

/* Paints the part of the list within `region` (NULL: the whole target). ERR_MEMORY leaves pixels undefined: paint
 * again. */
bool paint(struct painter *painter, const struct draw_list *list, pixman_image_t *target, pixman_region32_t *region,
	   struct err *err);

#endif
