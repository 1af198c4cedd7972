/* Where a text can be pointed at, and what is pointed at there. */
#include "base/arena.h"
#include "base/array.h"
#include "replay/specimen_texts.h"
#include "text/breaks.h"
#include "text/chars.h"

#include "opened.h"
#include "samples.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT_MAX   1024
#define NEAR(a, b) assert_true(fabsf((float)(a) - (float)(b)) < 0.05f)

/* Every caret of a text, and the grapheme boundaries that UAX #29 gives for it. */
struct carets {
	struct text_caret at[TEXT_MAX];
	bool boundary[TEXT_MAX];
	size_t len;
};

static void find_boundaries(const struct text_input *input, struct carets *out)
{
	struct arena arena = {0};
	struct chars chars;
	uint8_t *flags;
	struct breaks *breaks = breaks_create();
	assert_non_null(breaks);
	assert_true(chars_decode(&arena, input->utf8, input->len, &chars));
	assert_true(breaks_find(breaks, &arena, input->lang, chars.code, chars.count, &flags));
	for (uint32_t i = 0; i <= chars.count; i++)
		out->boundary[chars.offset[i]] = flags[i] & BREAKS_GRAPHEME;
	breaks_destroy(breaks);
	arena_finish(&arena);
}

static bool same_place(const struct text_caret *a, const struct text_caret *b)
{
	return fabsf(a->x - b->x) < 0.01f && fabsf(a->y - b->y) < 0.01f;
}

static bool alone(const struct carets *carets, size_t offset)
{
	for (size_t i = 0; i <= carets->len; i++)
		if (i != offset && carets->boundary[i] && same_place(&carets->at[i], &carets->at[offset]))
			return false;
	return true;
}

static double boxes_width(const struct paragraph *p, size_t start, size_t end)
{
	struct text_box boxes[TEXT_MAX];
	double width = 0;
	size_t count = paragraph_boxes(p, start, end, boxes, ARRAY_LEN(boxes));
	assert_true(count <= ARRAY_LEN(boxes));
	for (size_t i = 0; i < count; i++)
		width += (double)boxes[i].w;
	return width;
}

/* The rectangles of what stands before an offset and of what stands behind it are those of all, and none lies in both. */
static void check_boxes(const struct paragraph *p, const struct carets *carets)
{
	double all = boxes_width(p, 0, carets->len);
	for (size_t i = 0; i <= carets->len; i++)
		if (carets->boundary[i])
			NEAR(boxes_width(p, 0, i) + boxes_width(p, i, carets->len), all);
}

/* What is hit where a caret is drawn has its caret there; and is the same offset, unless others share the place. Returns
 * how many boundaries do. */
static unsigned check_round_trip(struct text *text, const struct text_input *input)
{
	struct carets carets = {.len = input->len};
	unsigned shared = 0;
	assert_true(input->len < TEXT_MAX);
	const struct paragraph *p = text_paragraph(text, input);
	find_boundaries(input, &carets);
	for (size_t i = 0; i <= input->len; i++) {
		struct text_caret *caret = &carets.at[i];
		assert_true(paragraph_caret(p, i, caret));
		assert_true(caret->height > 0 && isfinite(caret->x));
		if (!carets.boundary[i])
			assert_true(same_place(caret, &carets.at[i - 1]));
	}
	for (size_t i = 0; i <= input->len; i++) {
		const struct text_caret *caret = &carets.at[i];
		size_t hit = paragraph_hit(p, caret->x, caret->y + caret->height / 2);
		assert_true(hit <= input->len && carets.boundary[hit]);
		if (!same_place(&carets.at[hit], caret))
			fail_msg("%zu at %.1f hits %zu at %.1f: %s", i, (double)caret->x, hit, (double)carets.at[hit].x,
				 input->utf8);
		if (carets.boundary[i] && !alone(&carets, i))
			shared++;
		else if (carets.boundary[i])
			assert_int_equal(hit, i);
	}
	assert_false(paragraph_caret(p, input->len + 1, &carets.at[0]));
	check_boxes(p, &carets);
	return shared;
}

static void test_round_trips(void **state)
{
	static const float widths[] = {0, 60, 130, 300};
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		for (size_t w = 0; w < ARRAY_LEN(widths); w++)
			for (enum text_align align = ALIGN_START; align <= ALIGN_END; align++) {
				struct text_input input =
					opened_input(samples[i].lang, samples[i].rtl, widths[w], samples[i].utf8);
				input.align = align;
				check_round_trip(*state, &input);
			}
	for (size_t i = 0; i < ARRAY_LEN(specimen_texts); i++)
		for (size_t w = 0; w < ARRAY_LEN(widths); w++) {
			const struct specimen_text *of = &specimen_texts[i];
			struct text_input input = opened_input(of->lang, of->rtl, widths[w], of->paragraph);
			check_round_trip(*state, &input);
		}
}

/* Texts of one direction and without invisible characters, on one line: every boundary has a place of its own. */
static void test_own_places(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		const char *utf8;
	} cases[] = {
		{"da", false, "office, fiffig, ffl, Ærø  "},
		{"da", false, "A\u030Abent a\u030Aret cafe\u0301"},
		{"ar", true, "لا إله الإسلام لآخر  "},
		{"ar", true, "مُحَمَّدٌ السَّلامُ عَلَيْكُمْ اللّٰه"},
		{"fa", true, "خانه می‌توانید"},
		{"he", true, "שָׁלוֹם לכם"},
		{"th", false, "น้ำ ที่ ผู้ใหญ่ กตัญญู ปิ่น"},
		{"my", false, "ကလေးထိန်းကျောင်းတွင်"},
		{"km", false, "ស្វែងរកកន្លែងថែទាំ"},
		{"ta", false, "நகராட்சியைத் தொடர்பு"},
		{"hi", false, "नगर पालिका क्षेत्र र्कि"},
		{"ti", false, "ኮሙን ደውሉ፡ ሓገዝ፧"},
		{"ko", false, "\u1112\u1161\u11AB\u1100\u1173\u11AF"},
		{"da", false, "\U0001F1E9\U0001F1F0\U0001F1F8\U0001F1EA \U0001F469\u200D\U0001F467"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, cases[i].rtl, 0, cases[i].utf8);
		if (check_round_trip(*state, &input) > 0)
			fail_msg("places are shared: %s", cases[i].utf8);
	}
}

static void test_ligatures(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		const char *utf8;
		size_t middle, end;
	} cases[] = {
		{"da", false, "fi", 1, 2}, {"ar", true, "لا", 2, 4}, {"ar", true, "لَا", 4, 6}, /* a mark inside */
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_caret start, middle, end;
		struct text_input input = opened_input(cases[i].lang, cases[i].rtl, 0, cases[i].utf8);
		const struct paragraph *p = text_paragraph(*state, &input);
		assert_true(paragraph_caret(p, 0, &start));
		assert_true(paragraph_caret(p, cases[i].middle, &middle));
		assert_true(paragraph_caret(p, cases[i].end, &end));
		NEAR(start.x, cases[i].rtl ? p->width : 0);
		NEAR(end.x, cases[i].rtl ? 0 : p->width);
		NEAR(middle.x, p->width / 2);
	}
}

/* "ab גד ef" in Latin letters and Hebrew: between them, the edge of the letter before. */
static void test_directions_meet(void **state)
{
	struct text_caret carets[11];
	struct text_input input = opened_input("da", false, 0, "ab גד ef");
	const struct paragraph *p = text_paragraph(*state, &input);
	for (size_t i = 0; i < ARRAY_LEN(carets); i++)
		assert_true(paragraph_caret(p, i, &carets[i]));
	assert_true(carets[3].x > carets[2].x && !carets[3].rtl); /* after the space: left of the Hebrew */
	assert_true(carets[5].x > carets[3].x && carets[5].rtl);  /* between its letters */
	NEAR(carets[7].x, carets[3].x);                           /* after its last letter, which stands left */
	assert_true(carets[7].rtl);
	assert_true(carets[8].x > carets[5].x && !carets[8].rtl);
	assert_int_equal(paragraph_hit(p, carets[5].x, 10), 5);
	assert_int_equal(paragraph_hit(p, carets[8].x, 10), 8);
	assert_int_equal(paragraph_hit(p, -100, 10), 0);
	assert_int_equal(paragraph_hit(p, 1000, 10), 10);
}

static void test_nothing_and_new_lines(void **state)
{
	static const struct {
		bool rtl;
		float width;
		enum text_align align;
		const char *utf8;
		float x, y;
	} cases[] = {
		{false, 300, ALIGN_START, "", 0, 0},
		{true, 300, ALIGN_START, "", 300, 0},
		{false, 300, ALIGN_CENTRE, "", 150, 0},
		{true, 300, ALIGN_END, "", 0, 0},
		{false, 0, ALIGN_START, "", 0, 0},
		{false, 300, ALIGN_START, "Hej\n", 0, 42},
		{true, 300, ALIGN_START, "Hej\r\n", 300, 42},
		{false, 300, ALIGN_START, "Hej\n\n", 0, 84},
		{false, 300, ALIGN_START, "\n", 0, 42},
		{false, 300, ALIGN_START, "Hej\u2028", 0, 42},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_caret caret;
		struct text_input input = opened_input("da", cases[i].rtl, cases[i].width, cases[i].utf8);
		input.align = cases[i].align;
		const struct paragraph *p = text_paragraph(*state, &input);
		assert_true(paragraph_caret(p, input.len, &caret));
		NEAR(caret.x, cases[i].x);
		NEAR(caret.y, cases[i].y);
		NEAR(caret.height, 42);
		assert_int_equal(caret.rtl, cases[i].rtl);
		assert_int_equal(paragraph_hit(p, 1e9f, 1e9f), input.len);
		assert_int_equal(paragraph_hit(p, -1e9f, -1e9f), 0);
	}
}

static void test_lines(void **state)
{
	struct text_caret caret;
	struct text_input input = opened_input("da", false, 120, "Sundhedsplejerske");
	const struct paragraph *p = text_paragraph(*state, &input);
	assert_true(p->line_count >= 2);
	size_t second = p->lines[1].start;
	assert_true(paragraph_caret(p, second, &caret)); /* a wrapped line's start is on that line */
	NEAR(caret.x, 0);
	NEAR(caret.y, 42);
	assert_int_equal(paragraph_hit(p, 1000, 10), second - 1);
	assert_int_equal(paragraph_hit(p, 0, 50), second);
	assert_int_equal(paragraph_hit(p, 1000, 1000), input.len);
	assert_int_equal(paragraph_hit(p, NAN, NAN), 0);

	input.lines_max = 1; /* what the ellipsis hides has no place */
	p = text_paragraph(*state, &input);
	assert_true(paragraph_cut(p));
	assert_true(paragraph_caret(p, p->lines[0].end, &caret));
	assert_false(paragraph_caret(p, p->lines[0].end + 1, &caret));
	assert_int_equal(paragraph_hit(p, 1000, 1000), p->lines[0].end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_own_places),
		cmocka_unit_test(test_ligatures),
		cmocka_unit_test(test_directions_meet),
		cmocka_unit_test(test_nothing_and_new_lines),
		cmocka_unit_test(test_lines),
	};
	return cmocka_run_group_tests(tests, opened_setup, opened_teardown);
}
