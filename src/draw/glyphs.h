/* glyphs -- rasterised glyphs, kept in pixman's glyph cache; only for paint.c.
 *
 * Zero is a valid start. glyphs_begin(), any number of glyphs_paint(), glyphs_end(); once for each frame.
 */
#ifndef DRAW_GLYPHS_H
#define DRAW_GLYPHS_H

#include "base/err.h"
#include "draw/item.h"

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>

#define GLYPHS_BYTES_MAX (8u << 20)

/* pixman counts glyphs, not bytes: past 16,384 of them glyphs_end() lets half go, the least used. We count bytes, and
 * only upward: what pixman let go still counts, so our sum is never too small; when it would pass GLYPHS_BYTES_MAX the
 * whole cache is dropped and begun anew. */
struct glyphs {
	pixman_glyph_cache_t *cache;
	size_t bytes;
	bool begun;
};

void glyphs_finish(struct glyphs *glyphs);
bool glyphs_begin(struct glyphs *glyphs, struct err *err);
/* Paints an ITEM_GLYPHS within the target's clip. A glyph that cannot be rasterised is told in the log and left out. */
bool glyphs_paint(struct glyphs *glyphs, const struct item *item, pixman_image_t *solid, pixman_image_t *target,
		  struct err *err);
void glyphs_end(struct glyphs *glyphs);

#endif
