/* Whatever the bytes: lines and cells lie within them, and no more lines than asked for. */
#include "text/paragraph.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool ok)
{
	if (!ok)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const langs[] = {"da", "ar", "th", "my"};
	static struct text *text;
	struct err err;
	const char *share = getenv("VEJVISER_TEST_SHARE");
	if (len < 4)
		return 0;
	require(text || text_open(share ? share : "build/share", &text, &err));
	struct text_span span = {bytes[0], bytes[1], bytes[2] & 7u, 0};
	struct text_input input = {.utf8 = (const char *)bytes + 4, .len = len - 4, .spans = &span, .span_count = 1};
	input.lang = langs[bytes[2] >> 3 & 3];
	input.rtl = bytes[2] >> 5 & 1;
	input.size = input.line = 30;
	input.width = (float)(bytes[3] & 0x1F) * 20;
	input.lines_max = bytes[3] >> 5;
	const struct paragraph *p = text_paragraph(text, &input);
	require(!text_failed(text) && (input.lines_max == 0 || paragraph_lines(p) <= input.lines_max));
	for (const struct paragraph_line *line = p->lines; line < p->lines + p->line_count; line++) {
		require(line->start <= line->end && line->end <= input.len);
		for (size_t c = line->first_cell; c < line[1].first_cell; c++)
			require(p->cells[c].start >= line->start && p->cells[c].end <= line->end);
	}
	require(p->cut || paragraph_caret(p, paragraph_hit(p, bytes[0], bytes[1]), &(struct text_caret){0}));
	text_trim(text);
	return 0;
}
