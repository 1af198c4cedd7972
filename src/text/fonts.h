/* fonts -- which font shows a character, from <share>/fonts/manifest.txt.
 *
 * fonts_open() reads the manifest: its format stands in fonts/manifest.txt, and a word that does not begin with "/" is
 * a file beside it. It sees that every file is there and opens the first font, whose metrics place every baseline; the
 * others are opened when a character first needs them. One that then cannot be opened is logged and covers nothing.
 * Sizes and factors as in the manifest. Errors: ERR_MISSING, ERR_IO, ERR_FORMAT (file, line, what is allowed),
 * ERR_LIMIT, ERR_MEMORY.
 */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "base/err.h"
#include "draw/face.h"

#include <stdbool.h>
#include <stdint.h>

#define FONTS_FAMILIES_MAX 64
#define FONTS_PATH_MAX     512

struct fonts;
struct hb_font_t;

struct font {
	char *path;
	struct face *face;        /* NULL until opened */
	struct hb_font_t *shaper; /* scaled to font units */
	float units;              /* per em */
	float size, line;         /* factors of its family */
	bool plain_space;         /* no rule of the font looks at a space */
	bool unusable;            /* could not be opened, and never will */
};

/* The metrics every line is placed by, as parts of an em. */
struct fonts_metrics {
	float ascent, descent; /* both positive */
};

bool fonts_open(const char *share, struct fonts **out, struct err *err);
void fonts_close(struct fonts *fonts); /* takes NULL */
struct fonts_metrics fonts_metrics(const struct fonts *fonts);

/* What is known of a base character and the marks that follow it. */
struct fonts_wish {
	const uint32_t *codes;
	uint32_t count;
	uint32_t script;           /* ISO 15924 tag */
	bool bold, neutral, even;  /* neutral: a common character; even: at an even bidi level */
	const struct font *before; /* of the character before; NULL at the start */
};

/* The font that has all of it, else the base, else the script's own (whose box then stands for it). Never NULL.
 * Borrowed. */
struct font *fonts_choose(struct fonts *fonts, const struct fonts_wish *wish);

/* Whether the character has a glyph in some font, regular and bold, or needs none. A mark may still lack a font that has
 * it together with its base. */
bool fonts_cover(struct fonts *fonts, uint32_t code);

/* Memory ran out in a choice since the last call: it may be wrong. */
bool fonts_starved(struct fonts *fonts);

/* The first line's. */
struct font *fonts_default(struct fonts *fonts, bool bold);

#endif
