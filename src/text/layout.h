/* layout -- from a text to lines of placed glyphs.
 *
 * Every passage of the text is shaped once; a line takes as much as fits. Lines end where ICU allows it, else (a word
 * wider than the line) between graphemes; only a single grapheme may be wider than the line. Spaces at a line's end
 * hang over it. A soft hyphen at a line's end shows as a hyphen.
 */
#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H

#include "text/draft.h"
#include "text/passage.h"

#include <stdbool.h>

/* `input` must be sane (text_paragraph() sees to it): lang not NULL, size and line positive. False: no memory. */
bool layout(const struct passage_tools *tools, const struct text_input *input, struct draft *draft);

#endif
