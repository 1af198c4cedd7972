/* span -- what a span says of a byte of the input. */
#ifndef TEXT_SPAN_H
#define TEXT_SPAN_H

#include "text/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span_style {
	bool bold, underline, coloured;
	uint32_t colour; /* when coloured, else 0 */
};

/* Of the byte at `offset`: its span's, and bold when the input is. Spans that overlap or are out of order give any of
 * their styles. */
struct span_style span_style(const struct text_input *input, size_t offset);

#endif
