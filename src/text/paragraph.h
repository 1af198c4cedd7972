/* paragraph -- what a paragraph is once it is laid out, for the text layer and its tests.
 *
 * Coordinates are pixels from the top left of the paragraph, y down. Cells stand in visual order on each line; a cell
 * is a grapheme, its even share of a ligature, or a part of one whose parts HarfBuzz placed by themselves; there are
 * none without `places` of the input. One allocation holds everything, the input too.
 */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include "draw/list.h"
#include "text/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct paragraph_cell {
	uint32_t start, end; /* bytes */
	float x, w;
	bool rtl;
	bool whole; /* a grapheme ends with it */
};

/* Glyphs of one font and colour that stand together. */
struct paragraph_run {
	struct face *face;
	float size;
	size_t first, count; /* glyphs */
	bool coloured;
	uint32_t colour;
};

struct paragraph_stroke {
	float x, y, w, h;
	bool coloured;
	uint32_t colour;
};

/* From its first of each kind to the next line's are the line's. */
struct paragraph_line {
	uint32_t start, end; /* bytes, with the spaces that hang over the end */
	float x, baseline, width;
	size_t first_glyph, first_run, first_cell, first_stroke;
};

struct paragraph {
	struct text_input input; /* its pointers point into this allocation */
	uint64_t hash;
	size_t bytes;
	struct paragraph *next_same;     /* of the same bucket */
	struct paragraph *newer, *older; /* by when they were last asked for */
	uint32_t turn;                   /* of the cache, then */

	float width, distance;
	bool cut;
	bool broken; /* a word */
	int missing;
	/* line_count + 1: the last holds the ends, and the place of a line that would follow. */
	struct paragraph_line *lines;
	size_t line_count;
	struct draw_glyph *glyphs;
	struct paragraph_run *runs;
	struct paragraph_cell *cells;
	struct paragraph_stroke *strokes;
};

#endif
