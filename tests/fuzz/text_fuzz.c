/* Whatever the bytes, or what they say to put together: lines and cells lie in the text, no line is too wide, and
 * carets, hits and boxes agree. */
#include "base/array.h"
#include "text/paragraph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD       8
#define WORD_BYTES (64u << 10)
#define TEXT_BYTES (96u << 10)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Words, joints, lone marks, every control of direction and of breaks, and bytes that are no UTF-8. */
static const char *const pieces[] = {
	"a",      "Å",      "fi",     "Ж",        "ب",        "لا",     "م",      "ہ",      "ก",        "ำ",
	"ကြ",     "ខ្ញុំ",     "த",      "क्ष",       "ሀ",        "中",     "。",     "😀",      " ",        "\n",
	"\r\n",   "\t",     ".",      "(",        ")",        "[",      "“",      "-",      "/",        "+45 99",
	"1",      "١",      "\u0301", "\u064B",   "\u0E31",   "\u1039", "\u17D2", "\u094D", "\u20E3",   "\uFE0F",
	"\u00A0", "\u00AD", "\u200B", "\u200C",   "\u200D",   "\u2060", "\u2028", "\u2029", "\xC2\x85", "\u061C",
	"\u200E", "\u200F", "\u202A", "\u202B",   "\u202C",   "\u202D", "\u202E", "\u2066", "\u2067",   "\u2068",
	"\u2069", "\uFFFF", "\xff",   "\xe2\x80", "\xf0\x9f", "\xc3",   "\x80",   "\x01",
};

static void require_at(bool ok, int line)
{
	if (ok)
		return;
	fprintf(stderr, "text_fuzz.c:%d\n", line);
	abort();
}
#define require(ok) require_at(ok, __LINE__)

/* Each byte is a piece; the last four repeat the one before, to words of 64 KB. */
static size_t put_together(const uint8_t *bytes, size_t len, char *out)
{
	static const size_t more[] = {16, 64, 512, WORD_BYTES};
	size_t used = 0;
	const char *piece = "";
	for (size_t i = 0; i < len; i++) {
		size_t times = bytes[i] < 0xFC ? 1 : more[bytes[i] - 0xFC];
		piece = bytes[i] < 0xFC ? pieces[bytes[i] % ARRAY_LEN(pieces)] : piece;
		size_t size = strlen(piece);
		for (size_t start = used; times > 0 && used + size <= TEXT_BYTES && used - start < WORD_BYTES;
		     times--) {
			memcpy(out + used, piece, size);
			used += size;
		}
	}
	return used;
}

static void check_lines(const struct paragraph *p, const struct text_input *input)
{
	uint32_t at = 0;
	for (const struct paragraph_line *line = p->lines; line < p->lines + p->line_count; line++) {
		unsigned graphemes = 0;
		require(line->start >= at && line->start <= line->end && line->end <= input->len);
		at = line->end;
		for (size_t c = line->first_cell; c < line[1].first_cell; c++) {
			const struct paragraph_cell *cell = &p->cells[c];
			require(cell->start >= line->start && cell->end <= line->end && isfinite(cell->x) &&
				cell->w >= 0);
			graphemes += cell->whole && cell->w > 0;
		}
		require(input->width <= 0 || line->width <= input->width + 0.1f || graphemes <= 1);
	}
	require(input->lines_max == 0 || paragraph_lines(p) <= input->lines_max);
	require(input->lines_max > 0 || input->len - at <= 3);
}

static double boxes_width(const struct paragraph *p, size_t start, size_t end)
{
	double width = 0;
	size_t count = paragraph_boxes(p, start, end, NULL, 0);
	struct text_box *boxes = calloc(count + 1, sizeof(*boxes));
	require(boxes && paragraph_boxes(p, start, end, boxes, count) == count);
	for (size_t i = 0; i < count; i++) {
		require(boxes[i].w > 0 && isfinite(boxes[i].x));
		width += (double)boxes[i].w;
	}
	free(boxes);
	return width;
}

/* A caret drawn where a finger was is hit again, and what stands before and behind it is all there is. */
static void check_places(const struct paragraph *p, float x, float y)
{
	struct text_caret caret, again;
	size_t at = paragraph_hit(p, x, y);
	if (p->cut)
		return;
	require(paragraph_caret(p, at, &caret));
	require(paragraph_caret(p, paragraph_hit(p, caret.x, caret.y + caret.height / 2), &again));
	require(caret.y == again.y && fabsf(caret.x - again.x) <= 0.05f + fabsf(caret.x) / 1e5f);
	double all = boxes_width(p, 0, p->input.len);
	require(fabs(boxes_width(p, 0, at) + boxes_width(p, at, p->input.len) - all) <= 0.1 + all / 1e4);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const langs[] = {"da", "ar", "ur", "th", "my", "km", "zh", "tr"};
	static char built[TEXT_BYTES];
	static struct text *text;
	struct err err;
	const char *share = getenv("VEJVISER_TEST_SHARE");
	if (len < HEAD)
		return 0;
	require(text || text_open(share ? share : "build/share", &text, &err));
	bool raw = bytes[0] & 1;
	size_t size = raw ? len - HEAD : put_together(bytes + HEAD, len - HEAD, built);
	size_t cut = bytes[0] >> 1 & 3; /* in the middle of a character */
	struct text_span spans[] = {{bytes[1], bytes[2], bytes[3] & 7u, 1},
				    {bytes[1] + bytes[2], 9, bytes[3] >> 3 & 7u, 2}};
	struct text_input input = {.utf8 = raw ? (const char *)bytes + HEAD : built, .spans = spans, .span_count = 2};
	input.len = size > cut ? size - cut : size;
	input.lang = langs[bytes[0] >> 3 & 7];
	input.rtl = bytes[0] >> 6 & 1;
	input.size = input.line = 30;
	input.width = (float)(bytes[4] & 0x3F) * 16;
	input.align = (enum text_align)((bytes[4] >> 6) % 3);
	input.places = true;
	input.lines_max = bytes[5] & 0x80 ? bytes[5] & 7 : 0;
	const struct paragraph *p = text_paragraph(text, &input);
	require(!text_failed(text));
	check_lines(p, &input);
	check_places(p, (float)bytes[6] * 4, (float)bytes[7] * 4);
	text_trim(text);
	return 0;
}
