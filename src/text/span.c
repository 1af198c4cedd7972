#include "text/span.h"

struct span_style span_style(const struct text_input *input, size_t offset)
{
	struct span_style style = {.bold = input->bold};
	size_t low = 0;
	size_t high = input->span_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct text_span *span = &input->spans[middle];
		if (offset < span->start) {
			high = middle;
		} else if (offset - span->start >= span->len) {
			low = middle + 1;
		} else {
			style.bold |= (span->style & STYLE_BOLD) != 0;
			style.underline = span->style & STYLE_UNDERLINE;
			style.coloured = span->style & STYLE_COLOUR;
			style.colour = style.coloured ? span->colour : 0;
			break;
		}
	}
	return style;
}
