/* face -- one font, opened once; its file is mapped into memory once, however many of its fonts are used.
 *
 * A file may be replaced by another of its name, and is then read on as it was; it must not be written in place.
 * The text layer shapes with it (HarfBuzz over the same bytes), the painter draws its glyphs (FreeType, unhinted).
 * Numbered when opened, so a draw list can be compared and its glyphs cached. One thread. Errors: ERR_MISSING, ERR_IO,
 * ERR_FORMAT, ERR_MEMORY.
 */
#ifndef DRAW_FACE_H
#define DRAW_FACE_H

#include "base/err.h"
#include "draw/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct face;
struct faces; /* all fonts of a process; owns the FreeType library */

bool faces_create(struct faces **out, struct err *err);
void faces_destroy(struct faces *faces); /* takes NULL; after every list and paragraph that uses them */
/* `path` may end with ":2" for font 2, from 0, of a collection (.ttc). Owned by `faces`. */
bool face_open(struct faces *faces, const char *path, struct face **out, struct err *err);
size_t face_file_len(const char *path); /* without the ":2" */

unsigned face_number(const struct face *face);
const void *face_bytes(const struct face *face, size_t *len); /* the mapped file */
unsigned face_index(const struct face *face);                 /* in the file */
int face_units_per_em(const struct face *face);

#define FACE_BYTES_MAX (64u << 20)
#define FACE_SIZE_MAX  1024.0f /* px per em */

/* A glyph as an 8-bit mask at `size_px` (pixels per em, 1/64 px resolution is kept) and a horizontal offset of
 * `quarter`/4 px (0-3). (left, top): where its corner lies from the pen, y upward; the stride is a multiple of 4. Space
 * gives an empty mask (width 0) and success, so does a glyph that is a bitmap or a colour picture. ERR_LIMIT when the
 * size is not above 0 and at most FACE_SIZE_MAX. */
struct glyph_mask {
	int left, top, width, height, stride;
	const uint8_t *bytes; /* borrowed until the next call for any face */
};
bool face_rasterise(struct face *face, uint32_t glyph, float size_px, unsigned quarter, struct glyph_mask *out,
		    struct err *err);

/* A box in which the glyph's pixels lie at any quarter, from the pen, y downward. Reckoned once for each glyph; empty
 * when there is nothing. */
struct rect face_glyph_box(struct face *face, uint32_t glyph, float size_px);

/* How far above and below their line the glyphs of a face reach at most, px. */
struct face_reach {
	float above, below;
};
struct face_reach face_reach(const struct face *face, float size_px);

#endif
