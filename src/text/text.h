/* text -- paragraphs in every script: from UTF-8 to lines of placed glyphs.
 *
 * Bidi by FriBidi (UAX #9), script runs (UAX #24), line breaks by ICU (UAX #14, with the language's dictionary),
 * shaping by HarfBuzz with the language and the whole paragraph as context. Fonts come from a manifest: script ->
 * regular and bold file, size and line factors.
 *
 * text_open() once; text_paragraph() as often as wanted: a paragraph laid out before with the same input comes from the
 * cache (TEXT_CACHE_BYTES, or what was asked for since text_trim() if that is more). Bad UTF-8 shows as
 * U+FFFD, a missing glyph as a box: never a crash, never lost text; time is linear. One thread. Lengths are device
 * pixels; x grows to the right, y down; offsets are bytes of the UTF-8 given.
 *
 * A line is never wider than asked for, unless a single grapheme is: a word that does not fit is broken between
 * graphemes (put soft hyphens into long words). Spaces at a line's end hang over it and count for nothing. Empty text
 * has no lines; a line break at the very end begins no new one. Lines are equally far apart, by the tallest script in
 * the paragraph, and baselines lie on whole pixels.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/err.h"
#include "draw/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_BYTES_MAX   (1u << 20)   /* of one paragraph; longer text is cut there */
#define TEXT_CACHE_BYTES (256u << 10) /* a page of 2,800 words */

struct text;
struct paragraph;

enum text_align {
	ALIGN_START,
	ALIGN_CENTRE,
	ALIGN_END
};

enum text_style {
	STYLE_BOLD = 1,
	STYLE_UNDERLINE = 2,
	STYLE_COLOUR = 4
};

/* Spans are in order and do not overlap; styles never break a joint between letters. */
struct text_span {
	size_t start, len;
	unsigned style;  /* enum text_style */
	uint32_t colour; /* STYLE_COLOUR */
};

struct text_input {
	const char *utf8;
	size_t len;
	const char *lang; /* BCP 47, the language of the text */
	bool rtl;         /* base direction */
	bool bold;
	float size;    /* px per em before the script's size factor */
	float line;    /* px between baselines before the script's line factor */
	float width;   /* px; 0: never broken but at mandatory breaks */
	float spacing; /* px between letters more than the font has; only where letters stand alone: Latin, Cyrillic */
	enum text_align align;
	int lines_max; /* 0: all; else the rest is cut with an ellipsis */
	bool places;   /* paragraph_boxes(), _caret() and _hit() will be asked; it takes twice the memory */
	const struct text_span *spans;
	size_t span_count;
};

/* `share` is the folder with fonts/ and its manifest.txt. Errors: as file_read() and face_open() of the first font, and
 * ERR_FORMAT for the manifest. */
bool text_open(const char *share, struct text **out, struct err *err);
void text_close(struct text *text); /* takes NULL */
/* Call between frames: paragraphs are borrowed until then. */
void text_trim(struct text *text);

/* Never NULL: when memory runs out, an empty paragraph (and text_failed() tells). Borrowed until text_trim(). */
const struct paragraph *text_paragraph(struct text *text, const struct text_input *input);
bool text_failed(const struct text *text); /* since text_trim() */

float paragraph_width(const struct paragraph *p);  /* of the widest line */
float paragraph_height(const struct paragraph *p); /* lines times line distance */
int paragraph_lines(const struct paragraph *p);
float paragraph_baseline(const struct paragraph *p); /* of the first line, from the top */
bool paragraph_cut(const struct paragraph *p);       /* an ellipsis stands for the rest */
bool paragraph_broken(const struct paragraph *p);    /* a line ends within a word that is too long for it */
int paragraph_missing(const struct paragraph *p);    /* characters without a glyph */

/* Records the glyphs (and underlines) with the paragraph's top left at (x, y). */
void paragraph_draw(const struct paragraph *p, struct draw_list *list, float x, float y, uint32_t colour);

/* The following three need `places` of the input: without it there are no boxes and no carets, and 0 is hit.
 *
 * Rectangles that cover the characters of a byte range, line by line and from left to right, from the top left of the
 * paragraph and as high as the lines; at most `max`; returns how many there are. Half a ligature gets its half; spaces
 * that hang over the end of a line that goes on get nothing, those typed at the end their place. */
struct text_box {
	float x, y, w, h;
};
size_t paragraph_boxes(const struct paragraph *p, size_t start, size_t end, struct text_box *boxes, size_t max);

/* Where the text can be pointed at: between graphemes (UAX #29), at its start and at its end. Where directions meet one
 * offset has two edges: its caret is at the trailing edge of the grapheme before it; at the start of a line, at the
 * leading edge of what follows. An offset where a line is wrapped belongs to the line it begins. After a line break at
 * the very end the caret stands on the line that would follow, below the paragraph. */
struct text_caret {
	float x, y, height; /* from y down; all lines are equally high */
	bool rtl;           /* the direction of the grapheme it stands at; of the paragraph, where there is none */
};

/* An offset inside a grapheme counts as the grapheme's start. False: behind the end of what is shown. */
bool paragraph_caret(const struct paragraph *p, size_t offset, struct text_caret *out);

/* The offset whose caret is nearest, on the line nearest: a caret drawn there appears where the finger was. Where
 * carets of several offsets fall together, any of them. 0 for empty text. */
size_t paragraph_hit(const struct paragraph *p, float x, float y);

#endif
