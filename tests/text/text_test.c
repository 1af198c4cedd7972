/* What callers see of a paragraph: styles, boxes, ellipsis, alignment, and what comes from the cache. */
#include "base/array.h"
#include "text/cache.h"

#include "opened.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabsf((float)(a) - (float)(b)) < 0.05f)
#define PHONE      "+45\u00A099\u00A066\u00A070\u00A000"

/* The text as it stands on the glass, left to right. */
static void visual(const struct paragraph *p, const char *utf8, char *out)
{
	for (size_t i = 0; i < p->lines[p->line_count].first_cell; i++) {
		size_t len = p->cells[i].end - p->cells[i].start;
		memcpy(out, utf8 + p->cells[i].start, len);
		out += len;
	}
	*out = '\0';
}

static void test_numbers_keep_their_order(void **state)
{
	static const char *const phrases[] = {
		"اتصل على \u2066" PHONE "\u2069 الآن",
		"\u2066" PHONE "\u2069",
		"هاتف: \u2066" PHONE "\u2069، \u2066" PHONE "\u2069.",
		"(\u2066" PHONE "\u2069)",
	};
	for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
		char seen[256];
		struct text_input input = opened_input("ar", true, 0, phrases[i]);
		const struct paragraph *p = text_paragraph(*state, &input);
		visual(p, phrases[i], seen);
		assert_non_null(strstr(seen, PHONE));
		assert_int_equal(p->missing, 0);
	}
}

/* A number in Arabic text is drawn by the font of Danish text: the same shapes at the same size as in every language.
 */
static void test_numbers_look_the_same(void **state)
{
	struct text_input danish = opened_input("da", false, 0, PHONE);
	const struct paragraph *p = text_paragraph(*state, &danish);
	static const struct {
		const char *lang;
		bool rtl;
		const char *utf8;
	} others[] = {
		{"ar", true, "اتصل \u2066" PHONE "\u2069 الآن"},
		{"th", false, "โทร " PHONE " นะ"},
		{"ti", false, "ደውሉ፡ " PHONE "።"},
		{"he", true, "חייג \u2066" PHONE "\u2069"},
	};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct text_input input = opened_input(others[i].lang, others[i].rtl, 0, others[i].utf8);
		const struct paragraph *q = text_paragraph(*state, &input);
		bool found = false;
		for (size_t r = 0; r < q->lines[q->line_count].first_run; r++)
			found |= q->runs[r].face == p->runs[0].face && q->runs[r].size == 30 &&
				 q->runs[r].count >= p->runs[0].count &&
				 q->glyphs[q->runs[r].first].glyph == p->glyphs[0].glyph;
		assert_true(found);
	}
}

/* Spacing moves letters that stand alone, each once whatever its marks; never letters that join or stack. */
static void test_spacing_of_letters(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		const char *utf8;
		float letters; /* that are moved */
	} rows[] = {
		{"da", false, "Hvad", 4},
		{"uk", false, "Слово", 5},
		{"vi", false, "Tie\u0302\u0301ng", 5},
		{"ar", true, "مرحبا", 0},
		{"ti", false, "ትግርኛ", 0},
		{"th", false, "ไทย", 0},
		{"ta", false, "தமிழ்", 0},
		{"ar", true, "\u2066MitID\u2069", 5},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct text_input input = opened_input(rows[i].lang, rows[i].rtl, 0, rows[i].utf8);
		float plain = text_paragraph(*state, &input)->width;
		input.spacing = -2;
		float tight = text_paragraph(*state, &input)->width;
		if (fabsf(plain - tight - 2 * rows[i].letters) >= 0.01f)
			fail_msg("%s: %.2f px", rows[i].utf8, (double)(plain - tight));
	}
}

/* Arabic letters in Urdu are Nastaliq's, in every other language not; and numbers are like all numbers. */
static void test_urdu_is_nastaliq(void **state)
{
	static const struct {
		const char *lang;
		bool nastaliq;
	} cases[] = {{"ur", true}, {"ur-PK", true}, {"ar", false}, {"fa", false}, {"urd", false}, {"", false}};
	struct text_input danish = opened_input("da", false, 0, PHONE);
	const struct face *plain = text_paragraph(*state, &danish)->runs[0].face;
	struct text_input urdu = opened_input("ur", true, 0, "کریں");
	const struct paragraph *p = text_paragraph(*state, &urdu);
	NEAR(p->runs[0].size, 30 * 0.95f);
	NEAR(paragraph_height(p), 42 * 1.8f);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, true, 0, "کریں \u2066" PHONE "\u2069");
		const struct paragraph *q = text_paragraph(*state, &input);
		bool nastaliq = false;
		bool number = false;
		for (size_t r = 0; r < q->lines[q->line_count].first_run; r++) {
			nastaliq |= q->runs[r].face == p->runs[0].face;
			number |= q->runs[r].face == plain;
		}
		assert_int_equal(nastaliq, cases[i].nastaliq);
		assert_true(number);
		assert_int_equal(paragraph_missing(q), 0);
	}
}

static size_t glyph_count(const struct paragraph *p)
{
	return p->lines[p->line_count].first_glyph;
}

/* The two weights of the Arabic font number their glyphs alike, so a letter that keeps its joints keeps its number. */
static void test_bold_keeps_joints(void **state)
{
	static const char *const words[] = {"كتابة", "مدرسة", "بلدية", "حضانة", "تعليم"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct text_input input = opened_input("ar", true, 0, words[i]);
		const struct paragraph *plain = text_paragraph(*state, &input);
		for (size_t start = 0; start < input.len; start += 2)
			for (size_t len = 2; start + len <= input.len; len += 2) {
				struct text_span span = {start, len, STYLE_BOLD, 0};
				input.spans = &span;
				input.span_count = 1;
				const struct paragraph *bold = text_paragraph(*state, &input);
				assert_int_equal(glyph_count(bold), glyph_count(plain));
				for (size_t g = 0; g < glyph_count(plain); g++)
					assert_int_equal(bold->glyphs[g].glyph, plain->glyphs[g].glyph);
				bool whole = len == input.len;
				size_t runs = start == 0 || start + len == input.len ? 2 : 3;
				assert_int_equal(bold->lines[1].first_run, whole ? 1 : runs);
			}
	}
}

static void test_colour_and_underline_move_nothing(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		const char *utf8;
	} cases[] = {
		{"da", false, "Søg om dagpleje i god tid, office fiffig"},
		{"ar", true, "مُحَمَّد في المدرسة Borgerservice لا"},
		{"th", false, "ติดต่อเทศบาลที่ Aars น้ำ"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, cases[i].rtl, 200, cases[i].utf8);
		const struct paragraph *plain = text_paragraph(*state, &input);
		struct text_span spans[] = {{3, 9, STYLE_COLOUR | STYLE_UNDERLINE, 0xFF123456},
					    {14, 8, STYLE_COLOUR, 0xFF00FF00}};
		input.spans = spans;
		input.span_count = ARRAY_LEN(spans);
		const struct paragraph *p = text_paragraph(*state, &input);
		assert_int_equal(glyph_count(p), glyph_count(plain));
		assert_memory_equal(p->glyphs, plain->glyphs, glyph_count(p) * sizeof(*p->glyphs));
		assert_true(p->lines[p->line_count].first_stroke > 0);
		bool coloured = false;
		for (size_t r = 0; r < p->lines[p->line_count].first_run; r++)
			coloured |= p->runs[r].coloured && p->runs[r].colour == 0xFF123456;
		assert_true(coloured);
	}
}

static void test_underline_lies_below_the_word(void **state)
{
	struct text_input input = opened_input("da", false, 0, "Søg om dagpleje nu");
	struct text_span span = {8, 8, STYLE_UNDERLINE, 0};
	input.spans = &span;
	input.span_count = 1;
	const struct paragraph *p = text_paragraph(*state, &input);
	struct text_box box;
	assert_int_equal(p->lines[1].first_stroke, 1);
	assert_int_equal(paragraph_boxes(p, 8, 16, &box, 1), 1);
	NEAR(p->strokes[0].x, box.x);
	NEAR(p->strokes[0].w, box.w);
	assert_true(p->strokes[0].y > paragraph_baseline(p) && p->strokes[0].y + p->strokes[0].h < 42);
}

/* Where lines end, with a stroke at each: spaces that may be broken at, and those that may not. */
static void test_line_ends(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		float width;
		const char *utf8;
	} cases[] = {
		{"da", false, 90, "Ring |99\u00A066"},
		{"da", false, 90, "Ring\u00A0 |9966"},     /* a space behind a no-break one */
		{"da", false, 90, "Ring |\u00A09966"},     /* and before it: UAX #14, LB12a */
		{"da", false, 90, "Ring    |9966 "},       /* hanging */
		{"da", false, 70, "9966\u2060|/\u206070"}, /* too wide: between graphemes */
		{"da", false, 90, "ab/\u2060cd |ef"},
		{"da", false, 75, "8\u201110 |9"},
		{"da", false, 70, "ab-|cd |8-1"},
		{"da", false, 200, "a\u200Bb"},
		{"da", false, 20, "a\u200B|b"},
		{"ar", true, 120, "مدرسة |\u2066+45\u00A099\u2069"},
		{"ar", true, 120, "مدرسة |في"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char plain[64];
		char got[80];
		size_t len = 0;
		for (const char *at = cases[i].utf8; *at; at++)
			if (*at != '|')
				plain[len++] = *at;
		plain[len] = '\0';
		struct text_input input = opened_input(cases[i].lang, cases[i].rtl, cases[i].width, plain);
		const struct paragraph *p = text_paragraph(*state, &input);
		len = 0;
		for (size_t n = 0; n < p->line_count; n++)
			len += (size_t)snprintf(got + len, sizeof(got) - len, "%s%.*s", n ? "|" : "",
						(int)(p->lines[n].end - p->lines[n].start), plain + p->lines[n].start);
		assert_string_equal(got, cases[i].utf8);
	}
}

static void test_boxes(void **state)
{
	struct text *text = *state;
	struct text_box boxes[4];
	struct text_input input = opened_input("da", false, 0, "fiffig");
	const struct paragraph *p = text_paragraph(text, &input);
	assert_true(glyph_count(p) < input.len); /* ligatures */
	assert_int_equal(paragraph_boxes(p, 0, 6, boxes, 4), 1);
	NEAR(boxes[0].w, p->width);
	assert_int_equal(paragraph_boxes(p, 0, 1, boxes, 4), 1);
	assert_true(boxes[0].w > 0 && boxes[0].w < p->width / 4);
	assert_int_equal(paragraph_boxes(p, 3, 3, boxes, 4), 0);
	assert_int_equal(paragraph_boxes(p, 7, 90, boxes, 4), 0);

	input = opened_input("da", false, 0, "aa\u030Ab");
	p = text_paragraph(text, &input);
	assert_int_equal(paragraph_boxes(p, 2, 4, boxes, 4), 1); /* the ring alone: its letter */
	assert_true(boxes[0].x > 10 && boxes[0].w > 10);

	/* From the middle of the Arabic into the Latin: two places. */
	input = opened_input("ar", true, 0, "مدرسة Aars");
	p = text_paragraph(text, &input);
	assert_int_equal(paragraph_boxes(p, 6, 13, boxes, 4), 2);
	assert_int_equal(paragraph_boxes(p, 6, 13, boxes, 1), 2);
	assert_true(boxes[0].x < boxes[1].x);
	assert_true(boxes[0].x >= 0 && boxes[1].x + boxes[1].w < p->width);

	/* A sentence over three lines, and a typed space at the end. */
	input = opened_input("da", false, 120, "Kom til Borgerservice i morgen ");
	p = text_paragraph(text, &input);
	assert_int_equal(paragraph_boxes(p, 0, input.len, boxes, 4), p->line_count);
	NEAR(boxes[1].y, 42);
	assert_int_equal(paragraph_boxes(p, input.len - 1, input.len, boxes, 4), 1);
	assert_true(boxes[0].w > 5);
}

/* A word that is wider than a line; a hyphen, and what is only cut, break none. */
static void test_broken(void **state)
{
	static const struct {
		const char *lang, *utf8;
		float width;
		int lines_max;
		bool broken;
	} cases[] = {
		{"de", "Rufen Sie den Bereitschaftsdienst an", 120, 0, true},
		{"de", "Rufen Sie den Bereitschaftsdienst an", 400, 0, false},
		{"de", "Bereitschaftsdienst", 0, 0, false},
		{"de", "Bereitschafts\u00addienst", 200, 0, false},
		{"de", "Gesundheits-Dienst", 240, 0, false},
		{"da", "", 10, 0, false},
		{"th", "ติดต่อสอบถามข้อมูลเพิ่มเติม", 200, 0, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, false, cases[i].width, cases[i].utf8);
		input.lines_max = cases[i].lines_max;
		if (paragraph_broken(text_paragraph(*state, &input)) != cases[i].broken)
			fail_msg("case %zu", i);
	}
}

static void test_ellipsis(void **state)
{
	static const struct {
		const char *lang;
		bool rtl;
		float width;
		int lines_max;
		const char *utf8;
		int cut, lines;
	} cases[] = {
		{"da", false, 200, 1, "Ansøg om plads i god tid", true, 1},
		{"da", false, 200, 2, "Ansøg om plads i god tid inden barnet fylder et år", true, 2},
		{"da", false, 2000, 1, "Ansøg om plads i god tid", false, 1},
		{"da", false, 200, 1, "Ansøg om      ", false, 1},
		{"da", false, 200, 1, "Ansøg\nom", true, 1},
		{"da", false, 200, 1, "Ansøg\n\n", false, 1},
		{"da", false, 200, 1, "\nom", true, 1},
		{"da", false, 0, 2, "en\nto\ntre", true, 2},
		{"da", false, 100, 1, "Sundhedsplejerske", true, 1},
		{"da", false, 1, 1, "Sundhedsplejerske", true, 1},
		{"da", false, 26, 1, "W W W", true, 1},
		{"ar", true, 1, 2, "مدرسة", true, 2},
		{"ar", true, 200, 1, "يمكنك التقديم على مكان في الحضانة", true, 1},
		{"ar", true, 200, 1, "اذهب إلى Borgerservice اليوم", true, 1},
		{"th", false, 200, 2, "ติดต่อสอบถามข้อมูลเพิ่มเติมได้ที่เทศบาลเมืองออลบอร์ก", true, 2},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, cases[i].rtl, cases[i].width, cases[i].utf8);
		input.lines_max = cases[i].lines_max;
		const struct paragraph *p = text_paragraph(*state, &input);
		assert_false(text_failed(*state));
		assert_int_equal(paragraph_cut(p), cases[i].cut);
		assert_int_equal(paragraph_lines(p), cases[i].lines);
		if (cases[i].width >= 100)
			assert_true(p->width <= cases[i].width + 0.02f);
		if (!cases[i].cut)
			continue;
		const struct paragraph_line *line = &p->lines[p->line_count - 1];
		size_t edge = line->first_glyph;
		assert_true(line[1].first_glyph > edge);
		for (size_t g = edge; g < line[1].first_glyph; g++)
			if (cases[i].rtl ? p->glyphs[g].x < p->glyphs[edge].x : p->glyphs[g].x > p->glyphs[edge].x)
				edge = g;
		struct text_input dots = opened_input("da", false, 0, "…");
		const struct paragraph *q = text_paragraph(*state, &dots);
		assert_int_equal(p->glyphs[edge].glyph, q->glyphs[0].glyph);
	}
}

static void test_alignment(void **state)
{
	static const struct {
		bool rtl;
		enum text_align align;
		float width, x; /* x: 0 left, 1 centre, 2 right */
	} cases[] = {
		{false, ALIGN_START, 300, 0}, {false, ALIGN_CENTRE, 300, 1}, {false, ALIGN_END, 300, 2},
		{true, ALIGN_START, 300, 2},  {true, ALIGN_CENTRE, 300, 1},  {true, ALIGN_END, 300, 0},
		{true, ALIGN_START, 0, 2},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input("da", cases[i].rtl, cases[i].width, "Hej\nGoddag");
		input.align = cases[i].align;
		const struct paragraph *p = text_paragraph(*state, &input);
		float room = cases[i].width > 0 ? cases[i].width : p->width;
		assert_int_equal(paragraph_lines(p), 2);
		NEAR(p->lines[0].x, (room - p->lines[0].width) * cases[i].x / 2);
		NEAR(p->cells[p->lines[0].first_cell].x, p->lines[0].x);
	}
}

/* Lines of every script share their baselines; taller scripts have more distance. */
static void test_lines_of_scripts(void **state)
{
	static const struct {
		const char *lang, *utf8;
		float distance;
	} cases[] = {
		{"da", "Hej", 42},
		{"uk", "Привіт", 42},
		{"ar", "مرحبا", 42 * 1.12f},
		{"ti", "ሰላም", 42 * 1.08f},
		{"th", "สวัสดี", 42 * 1.2f},
		{"ta", "வணக்கம்", 42 * 1.12f},
		{"lo", "ສະບາຍດີ", 42 * 1.2f},
		{"si", "ආයුබෝවන්", 42 * 1.12f},
		{"bo", "བཀྲ་ཤིས་", 42 * 1.6f},
		{"da", "Hej สวัสดี مرحبا", 42 * 1.2f},
		{"da", "\n", 42},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct text_input input = opened_input(cases[i].lang, false, 0, cases[i].utf8);
		const struct paragraph *p = text_paragraph(*state, &input);
		NEAR(paragraph_height(p), cases[i].distance * (float)paragraph_lines(p));
		NEAR(paragraph_baseline(p), roundf((cases[i].distance + (1.069f - 0.293f) * 30) / 2));
	}
}

/* Laid out again in the width it asked for, a paragraph keeps its lines. */
static void test_measured_width_suffices(void **state)
{
	static const char *const phrases[] = {"Ring til Borgerservice i dag", "fiffig office", "AVAVA Tota", "x"};
	for (size_t i = 0; i < ARRAY_LEN(phrases); i++)
		for (int tenths = 200; tenths < 900; tenths += 37) {
			struct text_input input = opened_input("da", false, 0, phrases[i]);
			input.size = (float)tenths / 10;
			input.width = paragraph_width(text_paragraph(*state, &input));
			assert_int_equal(paragraph_lines(text_paragraph(*state, &input)), 1);
		}
}

/* The same picture, without the memory of the cells, and nothing to point at. */
static void test_without_places(void **state)
{
	struct text_span spans[] = {{4, 2, STYLE_UNDERLINE, 0}, {10, 30, STYLE_UNDERLINE | STYLE_COLOUR, 7}};
	struct text_input input = opened_input("da", false, 200, "Søg om dagpleje nu, så er der plads til barnet");
	struct text_caret caret;
	input.spans = spans;
	input.span_count = ARRAY_LEN(spans);
	const struct paragraph *with = text_paragraph(*state, &input);
	input.places = false;
	const struct paragraph *p = text_paragraph(*state, &input);
	const struct paragraph_line *end = &p->lines[p->line_count], *with_end = &with->lines[with->line_count];
	assert_int_equal(p->line_count, with->line_count);
	assert_int_equal(end->first_glyph, with_end->first_glyph);
	assert_memory_equal(p->glyphs, with->glyphs, end->first_glyph * sizeof(*p->glyphs));
	assert_true(end->first_stroke > 2 && end->first_stroke == with_end->first_stroke);
	assert_memory_equal(p->strokes, with->strokes, end->first_stroke * sizeof(*p->strokes));
	assert_true(paragraph_width(p) == paragraph_width(with));
	assert_true(with->bytes - p->bytes >= with_end->first_cell * sizeof(*with->cells));
	assert_int_equal(paragraph_boxes(with, 0, 4, NULL, 0), 1);
	assert_int_equal(paragraph_boxes(p, 0, 4, NULL, 0), 0);
	assert_false(paragraph_caret(p, 3, &caret));
	assert_int_equal(paragraph_hit(p, 100, 10), 0);
}

static void test_cache_tells_inputs_apart(void **state)
{
	struct text *text = *state;
	char words[] = "Hej";
	struct text_span span = {0, 1, STYLE_BOLD, 0};
	struct text_span other = {0, 1, STYLE_UNDERLINE, 0};
	struct text_input inputs[] = {
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42},
		{.utf8 = words, .len = 2, .lang = "da", .size = 30, .line = 42},
		{.utf8 = "Haj", .len = 3, .lang = "da", .size = 30, .line = 42},
		{.utf8 = words, .len = 3, .lang = "en", .size = 30, .line = 42},
		{.utf8 = words, .len = 3, .lang = "da", .size = 31, .line = 42},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 43},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .rtl = true},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .bold = true},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .width = 99},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .align = ALIGN_END},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .lines_max = 1},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .places = true},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .spans = &span, .span_count = 1},
		{.utf8 = words, .len = 3, .lang = "da", .size = 30, .line = 42, .spans = &other, .span_count = 1},
	};
	const struct paragraph *made[ARRAY_LEN(inputs)];
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
		made[i] = text_paragraph(text, &inputs[i]);
		for (size_t j = 0; j < i; j++)
			assert_ptr_not_equal(made[i], made[j]);
	}
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
		assert_ptr_equal(text_paragraph(text, &inputs[i]), made[i]);
	words[0] = 'N'; /* the input was copied */
	assert_ptr_not_equal(text_paragraph(text, &inputs[0]), made[0]);
}

static struct paragraph *stored(const char *utf8, size_t bytes)
{
	struct paragraph *p = calloc(1, sizeof(*p));
	assert_non_null(p);
	p->input = (struct text_input){.utf8 = utf8, .len = strlen(utf8), .lang = "da"};
	p->bytes = bytes;
	return p;
}

static void test_cache_lets_go_of_the_oldest(void **state)
{
	(void)state;
	static const char *const names[] = {"a", "b", "c", "d"};
	struct cache cache = {0};
	struct text_input inputs[ARRAY_LEN(names)];
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct paragraph *p = stored(names[i], 100);
		inputs[i] = p->input;
		assert_null(cache_find(&cache, &inputs[i], 7));
		cache_add(&cache, p, 7, 0); /* all share a hash; all are borrowed */
	}
	assert_int_equal(cache.bytes, 400);
	assert_non_null(cache_find(&cache, &inputs[0], 7));
	cache_trim(&cache, 250);
	assert_int_equal(cache.bytes, 200);
	assert_non_null(cache_find(&cache, &inputs[0], 7));
	assert_null(cache_find(&cache, &inputs[1], 7));
	assert_null(cache_find(&cache, &inputs[2], 7));
	assert_non_null(cache_find(&cache, &inputs[3], 7));
	cache_trim(&cache, 250);
	assert_non_null(cache_find(&cache, &inputs[0], 7));
	cache_add(&cache, stored("e", 100), 7, 150); /* pushes out the one that is not borrowed */
	assert_int_equal(cache.bytes, 200);
	assert_non_null(cache_find(&cache, &inputs[0], 7));
	cache_add(&cache, stored("f", 100), 8, 150);
	assert_int_equal(cache.bytes, 300);
	cache_trim(&cache, 0);
	assert_null(cache.newest);
	assert_null(cache.oldest);
	assert_int_equal(cache.bytes, 0);
}

static void test_draws(void **state)
{
	struct draw_list *list = draw_list_create();
	struct text_input input = opened_input("da", false, 0, "Søg om\ndagpleje");
	struct text_span span = {8, 8, STYLE_UNDERLINE | STYLE_BOLD, 0};
	input.spans = &span;
	input.span_count = 1;
	draw_list_clear(list, 200, 200);
	paragraph_draw(text_paragraph(*state, &input), list, 10, 10, 0xFF000000);
	assert_int_equal(draw_list_count(list), 3); /* two lines and an underline */
	assert_false(draw_list_failed(list));
	draw_list_destroy(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_keep_their_order),
		cmocka_unit_test(test_numbers_look_the_same),
		cmocka_unit_test(test_spacing_of_letters),
		cmocka_unit_test(test_urdu_is_nastaliq),
		cmocka_unit_test(test_bold_keeps_joints),
		cmocka_unit_test(test_colour_and_underline_move_nothing),
		cmocka_unit_test(test_underline_lies_below_the_word),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_ellipsis),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_lines_of_scripts),
		cmocka_unit_test(test_measured_width_suffices),
		cmocka_unit_test(test_without_places),
		cmocka_unit_test(test_cache_tells_inputs_apart),
		cmocka_unit_test(test_cache_lets_go_of_the_oldest),
		cmocka_unit_test(test_draws),
	};
	return cmocka_run_group_tests(tests, opened_setup, opened_teardown);
}
