/* passage -- one bidi paragraph of a text, taken apart into items that HarfBuzz can shape.
 *
 * passage_open() resolves bidi levels, scripts, fonts and breaks, passage_shape() gives the glyphs of every item.
 * Indexes are characters from the passage's start. Everything lives in the arena; linear time. False: no memory.
 */
#ifndef TEXT_PASSAGE_H
#define TEXT_PASSAGE_H

#include "base/arena.h"
#include "text/bidi.h"
#include "text/breaks.h"
#include "text/chars.h"
#include "text/fonts.h"
#include "text/text.h"
#include "text/words.h"

#include <stdbool.h>
#include <stdint.h>

struct hb_buffer_t;

/* One glyph where HarfBuzz put it; lengths in pixels, dy upward. */
struct glyph {
	uint32_t id, cluster; /* the first character it stands for */
	float advance, dx, dy;
	bool unsafe; /* before it a line cannot end without shaping again */
};

/* Characters of one level, script and font. Glyphs from left to right, so clusters fall when the level is odd. */
struct item {
	uint32_t start, end;
	uint32_t script; /* ISO 15924 tag */
	uint8_t level;
	struct font *font;
	struct glyph *glyphs;
	uint32_t glyph_count;
};

/* What passages are made with. `buffer` is used for every run in turn. */
struct passage_tools {
	struct arena *arena;
	struct fonts *fonts;
	struct breaks *breaks;
	struct words *words;
	struct hb_buffer_t *buffer;
};

struct passage {
	uint32_t *codes;
	const uint32_t *offsets; /* count + 1, bytes from the start of the text */
	uint32_t count;
	struct bidi bidi;
	uint8_t *breaks; /* enum breaks_flag, count + 1 */
	struct item *items;
	uint32_t item_count;
	float *advances; /* of each character: an even part of its cluster's */
};

/* Characters [start, end) of the text, without separator. */
bool passage_open(const struct passage_tools *tools, const struct text_input *input, const struct chars *chars,
		  uint32_t start, uint32_t end, struct passage *out);

bool passage_shape(const struct passage_tools *tools, const struct text_input *input, struct passage *passage);

/* The glyphs of [start, end) of an item, as they are when a line holds no more of it: a part of the item's own where
 * that is safe, else shaped again (with what stands beside it as context, so letters stay joined). *glyphs is in the
 * arena. */
bool passage_part(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		  const struct item *item, uint32_t start, uint32_t end, const struct glyph **glyphs, uint32_t *count);

/* One character by itself, from the default font. */
bool passage_single(const struct passage_tools *tools, const struct text_input *input, uint32_t code, bool bold,
		    struct item *out);

#endif
