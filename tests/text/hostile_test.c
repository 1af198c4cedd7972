/* Text as nobody should write it, too much of it, and too little memory for it. */
#include "base/array.h"
#include "base/utf8.h"

#include "opened.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

struct hb_buffer_t;
void __real_hb_buffer_add_utf32(struct hb_buffer_t *buffer, const uint32_t *text, int len, unsigned offset, int count);
void __wrap_hb_buffer_add_utf32(struct hb_buffer_t *buffer, const uint32_t *text, int len, unsigned offset, int count);

/* What laying out has asked of others. */
static struct work {
	size_t bytes;      /* of memory */
	size_t characters; /* to be shaped, each as often as it was */
	size_t runs;       /* of them */
} work;

void __wrap_hb_buffer_add_utf32(struct hb_buffer_t *buffer, const uint32_t *text, int len, unsigned offset, int count)
{
	work.characters += (size_t)count;
	work.runs++;
	__real_hb_buffer_add_utf32(buffer, text, len, offset, count);
}

static long until_refused = -1; /* allocations until one is refused; -1: none is */
static bool refuse_once;        /* or that one and all after it */
static bool refused_any;

static bool refused(void)
{
	if (until_refused < 0)
		return false;
	if (until_refused > 0 && --until_refused > 0)
		return false;
	if (refuse_once)
		until_refused = -1;
	refused_any = true;
	return true;
}

void *__wrap_malloc(size_t size)
{
	work.bytes += size;
	return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	work.bytes += count * size;
	return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	work.bytes += size;
	return refused() ? NULL : __real_realloc(memory, size);
}

static struct text_input bytes(const char *text, size_t len)
{
	return (struct text_input){.utf8 = text,
				   .len = len,
				   .lang = "ar",
				   .rtl = true,
				   .size = 30,
				   .line = 42,
				   .width = 200,
				   .places = true};
}

#define CASE(text) \
	{ \
		text, sizeof(text) - 1 \
	}

static const struct {
	const char *text;
	size_t len;
} cases[] = {
	CASE(""),
	CASE("\0"),
	CASE("a\0b\0\0c"),
	CASE("\xff"),
	CASE("abc\xe2\x81"),
	CASE("\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xf0\x80"),
	CASE("\x80\x80\x80"),
	CASE("\xcc\x81"),                             /* a mark without a letter */
	CASE(" \xcc\x81\xd9\x8b\xe0\xb8\xb1"),        /* marks of three scripts on a space */
	CASE("\xe0\xa5\x8d\xe1\x9f\x92\xe1\x80\xb9"), /* viramas alone */
	CASE("\u200D\u200C\u200D"),
	CASE("\u061C\u200E\u200F"),
	CASE("\u202A\u202B\u202D\u202E\u202C\u202C\u202C\u202C\u202C"),
	CASE("\u2066\u2067\u2068"),
	CASE("\u2069\u2069\u2069abc"),
	CASE("\u2067\u202Eabc\u2069\u202Cدج\u2066"),
	CASE("\u2028\u2029\u2028"),
	CASE("\r\n\r\r\n\n\v\f\t\b\x1b[31m\x7f"),
	CASE("\u00AD\u00AD"),
	CASE("a\u00AD\nb\u00AD"),
	CASE("\uFEFF\uFFFE\uFFFF\U0010FFFF"),
	CASE("\uE000\U000F0000"),
	CASE("\uFE0F\uFE0E\u20E3\U0001F1E9"),
	CASE("\U0001F1E9\U0001F1F0\U0001F1E9"),
	CASE("\u1100\u1161\u11A8\u1100"),
	CASE("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a"),
	CASE("لا\u200Dلا\u200Cل\u0640ا"),
	CASE("\u0640\u0640\u0640"),
	CASE("ﷺ\uFDFD"),
	CASE("\xe1\x80\xb8\xe1\x80\x61\x80\xb1\xe1\x80\xb8\xe1\x80\x61\x61"),
	CASE("a \u202B \u202B \n b\u200B \u200B "),
	CASE("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"),
};

/* Every byte lies in a line or is a separator between lines, and no cell reaches beyond the text. */
static void check_bytes(const struct paragraph *p, size_t len)
{
	size_t at = 0;
	for (size_t i = 0; i < p->line_count; i++) {
		const struct paragraph_line *line = &p->lines[i];
		assert_true(line->start >= at && line->start <= at + 3 && line->end >= line->start && line->end <= len);
		at = line->end;
		for (size_t c = line->first_cell; c < line[1].first_cell; c++) {
			assert_true(p->cells[c].start >= line->start && p->cells[c].end <= line->end);
			assert_true(p->cells[c].start < p->cells[c].end);
		}
	}
	assert_true(len - at <= 3);
	for (size_t i = 0; p->lines && len < 512 && i <= len; i++) {
		struct text_caret caret;
		assert_true(paragraph_caret(p, i, &caret) || p->cut);
		assert_true(p->cut || paragraph_hit(p, caret.x, caret.y) <= len);
	}
	if (p->line_count > 0)
		for (size_t i = 0; i < p->lines[p->line_count].first_glyph; i++)
			assert_true(p->glyphs[i].x > -1e6f && p->glyphs[i].x < 1e7f);
}

static void test_hostile_bytes(void **state)
{
	static const float widths[] = {0, 0.01f, 20, 40, 1e9f, -5, NAN};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (size_t w = 0; w < ARRAY_LEN(widths); w++)
			for (int rtl = 0; rtl < 2; rtl++) {
				struct text_input input = bytes(cases[i].text, cases[i].len);
				input.rtl = rtl;
				input.width = widths[w];
				const struct paragraph *p = text_paragraph(*state, &input);
				assert_false(text_failed(*state));
				check_bytes(p, input.len);
			}
}

static void test_bad_bytes_keep_their_offsets(void **state)
{
	struct text_input input = bytes("a\xff\xe2\x81z", 5);
	const struct paragraph *p = text_paragraph(*state, &input);
	struct text_box box[3];
	assert_int_equal(paragraph_missing(p), 0); /* U+FFFD has a glyph */
	assert_int_equal(p->lines[1].first_cell, 4);
	assert_int_equal(paragraph_boxes(p, 4, 5, box, 3), 1);
	assert_true(box[0].w > 5);
}

/* Each control alone, doubled, and around letters of both directions: all stay, none has ink. */
static void test_every_bidi_control(void **state)
{
	static const uint32_t controls[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
					    0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		for (size_t j = 0; j < ARRAY_LEN(controls); j++) {
			char text[64];
			char first[5] = {0};
			char second[5] = {0};
			utf8_encode(controls[i], first);
			utf8_encode(controls[j], second);
			int len = snprintf(text, sizeof(text), "%sab%sدج%s12", first, second, first);
			struct text_input input = bytes(text, (size_t)len);
			const struct paragraph *p = text_paragraph(*state, &input);
			check_bytes(p, input.len);
			assert_int_equal(paragraph_missing(p), 0);
			assert_int_equal(p->lines[p->line_count].first_glyph, 6);
		}
}

static void test_absurd_inputs(void **state)
{
	static const char *const langs[] = {
		NULL,  "", "xx", "this-is-no-language-tag-at-all-and-it-is-far-too-long", "da_DK.UTF-8@lb=strict",
		"\xff"};
	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		struct text_input input = bytes("Hej مرحبا", 14);
		input.lang = langs[i];
		assert_int_equal(paragraph_lines(text_paragraph(*state, &input)), 1);
	}
	struct text_input input = {0};
	assert_int_equal(paragraph_lines(text_paragraph(*state, &input)), 0);
	assert_true(paragraph_height(text_paragraph(*state, &input)) == 0);
	input = bytes("Hej med dig", 11);
	const struct text_span spans[] = {{9, 90, STYLE_BOLD, 0},
					  {2, SIZE_MAX, STYLE_COLOUR, 1},
					  {SIZE_MAX, 2, STYLE_UNDERLINE, 0},
					  {1, 0, 7, 0}};
	input.spans = spans;
	input.span_count = ARRAY_LEN(spans);
	input.size = 1e30f;
	input.line = -1;
	input.lines_max = -3;
	check_bytes(text_paragraph(*state, &input), input.len);
	assert_false(text_failed(*state));
}

static char *repeated(const char *unit, size_t size)
{
	size_t len = strlen(unit);
	char *text = malloc(size + len);
	assert_non_null(text);
	for (size_t at = 0; at < size; at += len)
		memcpy(text + at, unit, len);
	return text;
}

static void test_long_word(void **state)
{
	static const char *const units[] = {"a", "ب", "ก", "中", "\u00AD", "\u2060", "fi"};
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		size_t size = (64u << 10) / strlen(units[i]) * strlen(units[i]);
		char *text = repeated(units[i], size);
		struct text_input input = bytes(text, size);
		const struct paragraph *p = text_paragraph(*state, &input);
		check_bytes(p, size);
		assert_true(paragraph_width(p) <= 200.02f);
		free(text);
		text_trim(*state);
	}
}

static void test_text_beyond_the_limit_is_cut(void **state)
{
	size_t size = TEXT_BYTES_MAX + 10000;
	char *text = repeated("ord å ", size);
	struct text_input input = bytes(text, size);
	const struct paragraph *p = text_paragraph(*state, &input);
	assert_false(text_failed(*state));
	assert_true(p->input.len <= TEXT_BYTES_MAX && p->input.len > TEXT_BYTES_MAX - 4);
	check_bytes(p, p->input.len);
	free(text);
	text_trim(*state);
}

/* Texts that could make work for every character of what came before. */
static const char *const long_units[] = {
	"Ring til Borgerservice i dag. ",
	"ب",
	"لا",
	"مر a1 ",
	"()",
	"(a",
	"[(ب",
	"1a ب",
	"a",
	"\u0301",
	"\u064B",
	"ติดต่อสอบถาม",
	"\u200B",
	"\u2067",
	"\u2067a\u2069ب",
	"\u202B\u202C",
	"\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069",
	"\n",
	"\U0001F600\u200D",
	"a\u00AD",
	"្ក",
	"\xff",
	"ڈے کیئر ",
	"中",
};

struct cost {
	struct work work;
	double seconds; /* of this process */
};

static struct cost lay_out(struct text *text, const char *unit, size_t size, float width)
{
	char *utf8 = repeated(unit, size);
	struct text_input input = bytes(utf8, size);
	struct timespec start, end;
	input.width = width;
	work = (struct work){0};
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	text_paragraph(text, &input);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	struct cost cost = {work, (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec)};
	assert_false(text_failed(text));
	free(utf8);
	text_trim(text);
	return cost;
}

#define BYTES_PER_BYTE 1000 /* of memory asked for, for each of text; it was 521 at most */

/* From 1 KB to 1 MB: characters shaped, and runs of them, grow as the text does, and so does memory. Twice that for
 * what lies at borders; quadratic would be a thousand times. */
static void test_work_is_linear(void **state)
{
	static const size_t sizes[] = {16u << 10, 256u << 10, 1u << 20};
	for (size_t i = 0; i < ARRAY_LEN(long_units); i++)
		for (int wide = 0; wide < 2; wide++) {
			float width = wide ? 0 : 300;
			struct work small = lay_out(*state, long_units[i], 1u << 10, width).work;
			size_t count = i % 5 == 1 ? ARRAY_LEN(sizes) : 1; /* the longest for some */
			for (size_t n = 0; n < count; n++) {
				struct work large = lay_out(*state, long_units[i], sizes[n], width).work;
				size_t times = 2 * sizes[n] >> 10;
				if (large.characters > times * small.characters || large.runs > times * small.runs ||
				    large.bytes > BYTES_PER_BYTE * sizes[n])
					fail_msg("%s: 1 KB: %zu characters in %zu runs; %zu KB: %zu in %zu, %zu bytes",
						 long_units[i], small.characters, small.runs, sizes[n] >> 10,
						 large.characters, large.runs, large.bytes);
			}
		}
}

/* What happens inside the libraries shows in nothing but time. Sixteen times the text may take sixteen times of it, and
 * three times that; quadratic would be 256. On a busy machine it may take several tries to be left alone. */
#define TRIES 5

static bool takes_linear_time(struct text *text, const char *unit, float width)
{
	double small = lay_out(text, unit, 16u << 10, width).seconds;
	double large = lay_out(text, unit, 256u << 10, width).seconds;
	return large <= 48 * small;
}

static void test_time_is_linear(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(long_units); i++)
		for (int wide = 0; wide < 2; wide++) {
			/* Others than above and before, which the cache has. */
			float width = wide ? 1e5f : 301;
			int tries = 0;
			while (tries < TRIES && !takes_linear_time(*state, long_units[i], width + (float)tries))
				tries++;
			if (tries == TRIES)
				fail_msg("%s", long_units[i]);
		}
}

static const char words[] = "Ring til Borgerservice \u2066+45 99\u2069 مرحبا بكم في Aars สวัสดี ሰላም fi 😀 (abc)";

static bool draws(struct text *text)
{
	struct text_span span = {5, 12, STYLE_BOLD | STYLE_UNDERLINE | STYLE_COLOUR, 3};
	struct text_input input = bytes(words, sizeof(words) - 1);
	input.spans = &span;
	input.span_count = 1;
	const struct paragraph *p = text_paragraph(text, &input);
	return !text_failed(text) && p->line_count > 1;
}

/* Opens and draws with the nth allocation refused, then draws again with memory. False: there was no nth. */
static bool survives_refusal(long n)
{
	struct text *text = NULL;
	struct err err = {0};
	until_refused = n;
	refused_any = false;
	bool opened = text_open(opened_share(), &text, &err);
	bool drawn = opened && draws(text);
	until_refused = -1;
	assert_true(drawn || refused_any);
	assert_true(opened || err.code == ERR_MEMORY);
	if (opened) {
		struct text_input other = bytes("en", 2);
		assert_int_equal(paragraph_lines(text_paragraph(text, &other)), 1);
		text_trim(text);
		assert_true(draws(text));
	}
	text_close(text);
	return refused_any;
}

/* No crash, no leak, no half-made paragraph, for every n. */
static void test_no_memory(void **state)
{
	(void)state;
	for (int once = 0; once < 2; once++) {
		long n = 1;
		refuse_once = once;
		while (survives_refusal(n))
			n++;
		assert_true(n > 30);
	}
}

static void test_missing_share(void **state)
{
	(void)state;
	struct text *text;
	struct err err;
	assert_false(text_open("/nowhere", &text, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "/nowhere/fonts/manifest.txt"));
	text_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile_bytes),      cmocka_unit_test(test_bad_bytes_keep_their_offsets),
		cmocka_unit_test(test_every_bidi_control), cmocka_unit_test(test_absurd_inputs),
		cmocka_unit_test(test_long_word),          cmocka_unit_test(test_text_beyond_the_limit_is_cut),
		cmocka_unit_test(test_work_is_linear),     cmocka_unit_test(test_time_is_linear),
		cmocka_unit_test(test_no_memory),          cmocka_unit_test(test_missing_share),
	};
	return cmocka_run_group_tests(tests, opened_setup, opened_teardown);
}
