/* words -- how words were shaped before: on a page most come again.
 *
 * A word that stands between spaces, in a font none of whose rules looks at a space (struct font, `plain_space`), has the
 * same glyphs wherever it stands. Zero is a valid start. Lengths are in font units, so a word is good for all sizes.
 * words_trim() before each run of text; words found or added stay until then.
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "base/arena.h"
#include "text/fonts.h"

#include <stdbool.h>
#include <stdint.h>

#define WORDS_BYTES_MAX (128u << 10) /* and a run more */
#define WORDS_LEN_MAX   32u          /* characters; longer words are not kept */
#define WORDS_BUCKETS   512

struct word_glyph {
	uint16_t id;
	uint8_t cluster; /* from the word's first character */
	bool unsafe;
	int16_t advance, dx, dy;
};

struct words_key {
	const struct font *font;
	const void *lang; /* hb_language_t */
	uint32_t script;
	bool rtl;
	const uint32_t *codes;
	uint32_t len;
};

struct word {
	struct word *next;
	struct words_key key; /* codes: the word's own */
	struct word_glyph *glyphs;
	uint32_t glyph_count;
};

struct words {
	struct word *buckets[WORDS_BUCKETS];
	struct arena arena;
	size_t bytes;
};

const struct word *words_find(const struct words *words, const struct words_key *key); /* NULL: not yet */
/* A new word, its glyphs to be filled in. NULL: no memory. */
struct word *words_add(struct words *words, const struct words_key *key, uint32_t glyph_count);
/* Forgets everything when it has become more than WORDS_BYTES_MAX. */
void words_trim(struct words *words);
void words_finish(struct words *words);

#endif
