/* draft -- a paragraph while its lines are being set.
 *
 * Zero is a valid start. For each line: draft_line(), then its cells from left to right, each followed by its glyphs; x
 * from the line's left end, y from its baseline. draft_finish() puts the lines in their places and gives the paragraph.
 * A draft that ran out of memory is failed and gives none.
 */
#ifndef TEXT_DRAFT_H
#define TEXT_DRAFT_H

#include "text/fonts.h"
#include "text/paragraph.h"
#include "text/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An array that grows; elements of one size. */
struct draft_list {
	void *items;
	size_t count, cap;
};

struct draft {
	struct draft_list lines, runs, glyphs, cells, strokes;
	float line_factor; /* the largest of the fonts used */
	int missing;
	bool places; /* cells are wanted */
	bool cut, broken, failed;
};

/* Bytes [start, end) of the text, `width` wide without what hangs over. */
void draft_line(struct draft *draft, uint32_t start, uint32_t end, float width);
/* `size` (px) is the base size: it sets how thick an underline is. */
void draft_cell(struct draft *draft, struct paragraph_cell cell, const struct span_style *style, float size);
void draft_glyph(struct draft *draft, const struct font *font, float size, struct draw_glyph glyph,
		 const struct span_style *style);

/* Caller owns the paragraph and frees it with free(). NULL: no memory. */
struct paragraph *draft_finish(struct draft *draft, const struct text_input *input, struct fonts_metrics metrics);
/* Forgets everything; after draft_finish() too. */
void draft_discard(struct draft *draft);

#endif
