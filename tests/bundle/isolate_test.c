/* Numbers and addresses in running text: what is kept together, what is isolated, and that spans still cover their
 * words. */
#include "base/array.h"
#include "base/buf.h"
#include "bundle/isolate.h"
#include "bundle/number.h"
#include "replay/specimen_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In these tables < is U+2066, > is U+2069, _ is U+00A0, and a span stands between [ and ]. */
static const struct {
	char sign;
	const char *bytes;
} signs[] = {{'<', "\xe2\x81\xa6"}, {'>', "\xe2\x81\xa9"}, {'_', "\xc2\xa0"}};

static const struct {
	const char *text, *ltr, *rtl;
} rows[] = {
	/* phone numbers */
	{"99 66 70 00", "99_66_70_00", "<99_66_70_00>"},
	{"اتصل 99 66 70 00 الآن", "اتصل 99_66_70_00 الآن", "اتصل <99_66_70_00> الآن"},
	{"+45 99 66 70 00.", "+45_99_66_70_00.", "<+45_99_66_70_00>."},
	{"+4599667000", "+4599667000", "<+4599667000>"},
	{"(99667000)", "(99667000)", "(<99667000>)"},
	{"9966 7000, 99 667 000", "9966_7000, 99_667_000", "<9966_7000>, <99_667_000>"},
	{"99_66_70_00", "99_66_70_00", "<99_66_70_00>"},
	{"70 15 03 00 112", "70_15_03_00 112", "<70_15_03_00> 112"},
	{"+380 44 123 45 67", "+380_44_123_45_67", "<+380_44_123_45_67>"},
	{"Ring 99 66 70 00", "Ring 99_66_70_00", "Ring <99_66_70_00>"},
	{"99 66 70", "99 66 70", "99 66 70"},
	{"199 66 70 00", "199 66 70 00", "199 66 70 00"},
	{"99 66 70 0012", "99 66 70 0012", "99 66 70 0012"},
	/* what nothing can happen to */
	{"", "", ""},
	{"112", "112", "112"},
	{"من 26 أسبوعاً إلى 6 سنوات", "من 26 أسبوعاً إلى 6 سنوات", "من 26 أسبوعاً إلى 6 سنوات"},
	{"MitID og Digital Post", "MitID og Digital Post", "MitID og Digital Post"},
	{"P5", "P5", "P5"},
	{"١١٢ و٣", "١١٢ و٣", "١١٢ و٣"},
	{"+ - / . @", "+ - / . @", "+ - / . @"},
	/* dates, times, prices */
	{"يوم 2026-11-01.", "يوم 2026-11-01.", "يوم <2026-11-01>."},
	{"01.11.2026", "01.11.2026", "<01.11.2026>"},
	{"1/11-2026", "1/11-2026", "<1/11-2026>"},
	{"8.00-16.00", "8.00-16.00", "<8.00-16.00>"},
	{"10:30", "10:30", "<10:30>"},
	{"1.500 kr.", "1.500 kr.", "<1.500_kr>."},
	{"1 500 kr", "1 500 kr", "<1_500_kr>"},
	{"500 kr. و 200", "500 kr. و 200", "<500_kr>. و 200"},
	{"500 kr. Borgerservice", "500 kr. Borgerservice", "<500_kr>. Borgerservice"},
	{"9.00–15.00", "9.00–15.00", "<9.00–15.00>"},
	{"ب 10–12 år–", "ب 10–12 år–", "ب <10–12_år>–"},
	{"kl. 9.00-16.00", "kl. 9.00-16.00", "<kl._9.00-16.00>"},
	{"1. november 2026.", "1. november 2026.", "<1._november_2026>."},
	{"50% و50 % و18+", "50% و50 % و18+", "<50%> و<50_%> و<18+>"},
	{"% 50 ب%", "% 50 ب%", "% 50 ب%"},
	{"عمره 12. 15 ب", "عمره 12. 15 ب", "عمره 12. 15 ب"},
	/* addresses */
	{"Himmerlandsgade 27, 9600 Aars", "Himmerlandsgade 27, 9600 Aars", "<Himmerlandsgade_27, 9600_Aars>"},
	{"في Vestre Boulevard 7, 9600 Aars، غداً", "في Vestre Boulevard 7, 9600 Aars، غداً",
	 "في <Vestre_Boulevard_7, 9600_Aars>، غداً"},
	{"9640 Farsø", "9640 Farsø", "<9640_Farsø>"},
	{"Himmerlandsgade 27, 2. sal, 9600 Aars", "Himmerlandsgade 27, 2. sal, 9600 Aars",
	 "<Himmerlandsgade_27, 2._sal, 9600_Aars>"},
	{"H.C. Andersens Vej 4", "H.C. Andersens Vej 4", "<H.C._Andersens_Vej_4>"},
	{"في Aars. Borgerservice 7", "في Aars. Borgerservice 7", "في Aars. <Borgerservice_7>"},
	{"tlf. 99 66 70 00", "tlf. 99_66_70_00", "tlf. <99_66_70_00>"},
	{"4 Rantzausgade", "4 Rantzausgade", "<4_Rantzausgade>"},
	{"post@vesthimmerland.dk", "post@vesthimmerland.dk", "<post@vesthimmerland.dk>"},
	{"www.vesthimmerland.dk/a?b=1,", "www.vesthimmerland.dk/a?b=1,", "<www.vesthimmerland.dk/a?b=1>,"},
	{"https://www.borger.dk/.", "https://www.borger.dk/.", "<https://www.borger.dk/>."},
	{"og/eller/", "og/eller/", "<og/eller>/"},
	/* what stands side by side stays apart */
	{"112, 114", "112, 114", "112, 114"},
	{"2026 27", "2026 27", "2026 27"},
	{"Borgerservice 99 66 70 00", "Borgerservice 99_66_70_00", "Borgerservice <99_66_70_00>"},
	/* spans */
	{"[99 66] 70 00", "[99_66]_70_00", "<[99_66]_70_00>"},
	{"x [99 66 70 00] y", "x [99_66_70_00] y", "x <[99_66_70_00]> y"},
	{"[ب 99 66 70 00]", "[ب 99_66_70_00]", "[ب <99_66_70_00]>"},
	{"[ب] [99 66 70 00 ب][ب]", "[ب] [99_66_70_00 ب][ب]", "[ب] <[99_66_70_00> ب][ب]"},
	{"99 66 70 00[ب]", "99_66_70_00[ب]", "<99_66_70_00>[ب]"},
};

static void add(struct buf *out, const char *bytes, size_t len)
{
	assert_true(buf_append(out, bytes, len));
}

/* A row of the table as text with spans. */
static void read_row(const char *row, struct buf *text, struct span *spans, struct rich *out)
{
	*out = (struct rich){.spans = spans};
	add(text, "", 0);
	for (; *row; row++) {
		size_t i = 0;

		while (i < ARRAY_LEN(signs) && signs[i].sign != *row)
			i++;
		if (*row == '[')
			spans[out->span_count].start = text->len;
		else if (*row == ']')
			spans[out->span_count].len = text->len - spans[out->span_count].start, out->span_count++;
		else if (i < ARRAY_LEN(signs))
			add(text, signs[i].bytes, strlen(signs[i].bytes));
		else
			add(text, row, 1);
	}
	out->text = text->data ? text->data : "";
	out->len = text->len;
}

static bool same(const struct rich *a, const struct rich *b)
{
	bool ok = a->len == b->len && memcmp(a->text, b->text, a->len) == 0 && a->span_count == b->span_count;

	for (size_t i = 0; ok && i < a->span_count; i++)
		ok = a->spans[i].start == b->spans[i].start && a->spans[i].len == b->spans[i].len;
	return ok;
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		bool rtl = i % 2 == 1;
		const char *expected_row = rtl ? rows[i / 2].rtl : rows[i / 2].ltr;
		struct buf text = {0};
		struct buf expected_text = {0};
		struct span spans[8] = {{0}};
		struct span expected_spans[8] = {{0}};
		struct rich rich;
		struct rich expected;
		struct arena arena = {0};

		read_row(rows[i / 2].text, &text, spans, &rich);
		read_row(expected_row, &expected_text, expected_spans, &expected);
		assert_true(isolate_rich(&rich, rtl, &arena));
		if (!same(&rich, &expected))
			fail_msg("%s: expected %s, is %s", rows[i / 2].text, expected.text, rich.text);
		buf_finish(&text);
		buf_finish(&expected_text);
		arena_finish(&arena);
	}
}

/* Every language's specimen text is what the tool makes of it, written plainly. */
static void test_specimen(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(specimen_texts); i++) {
		const struct specimen_text *of = &specimen_texts[i];
		const char *texts[] = {of->paragraph, of->items[0], of->items[1], of->items[2]};

		static_assert(ARRAY_LEN(texts) == 1 + SPECIMEN_ITEMS, "an item is left out");
		for (size_t t = 0; t < ARRAY_LEN(texts); t++) {
			struct buf plain = {0};
			struct arena arena = {0};

			for (const char *at = texts[t]; *at; at++) {
				size_t sign = 0;
				while (sign < ARRAY_LEN(signs) &&
				       strncmp(at, signs[sign].bytes, strlen(signs[sign].bytes)) != 0)
					sign++;
				if (sign == ARRAY_LEN(signs)) {
					add(&plain, at, 1);
					continue;
				}
				if (signs[sign].sign == '_')
					add(&plain, " ", 1);
				at += strlen(signs[sign].bytes) - 1;
			}
			const char *text = plain.data;
			assert_true(isolate_text(&text, of->rtl, &arena));
			assert_string_equal(text, texts[t]);
			buf_finish(&plain);
			arena_finish(&arena);
		}
	}
}

static void test_no_text(void **state)
{
	const char *text = NULL;
	struct arena arena = {0};

	(void)state;
	assert_true(isolate_text(&text, true, &arena));
	assert_null(text);
	arena_finish(&arena);
}

static const struct {
	const char *text, *numbers; /* each in brackets */
} numbers[] = {
	{"Ring 112.", "[112]"},
	{"112, 114 eller 1888", "[112][114][1888]"},
	{"(112)", "[112]"},
	{"+45 99 66 70 00 og 99667000", "[99667000][99667000]"},
	{"+4570150300", "[70150300]"},
	{"+380 44 123 45 67", "[+380441234567]"},
	{"70\xc2\xa0"
	 "15\xc2\xa0"
	 "03\xc2\xa0"
	 "00",
	 "[70150300]"},
	{"1120 og 4112", ""},
	{"112.500 kr. og 1-112", ""},
	{"P112 og 112a", ""},
	{"2026-11-01", ""},
	{"12 3 45", ""},
	{"123456789", ""},
	{"+1 23", ""},
	{"112", "[112]"},
	{"", ""},
};

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct buf found = {0};
		char digits[NUMBER_MAX];
		size_t len = strlen(numbers[i].text);

		add(&found, "", 0);
		for (size_t pos = 0; number_next(numbers[i].text, len, &pos, digits);)
			assert_true(buf_printf(&found, "[%s]", digits));
		assert_string_equal(found.data ? found.data : "", numbers[i].numbers);
		buf_finish(&found);
	}
}

static void test_shown(void **state)
{
	char shown[NUMBER_SHOWN_MAX];

	(void)state;
	assert_string_equal(number_show("99667000", shown), "99 66 70 00");
	assert_string_equal(number_show("112", shown), "112");
	assert_string_equal(number_show("+12345678901234", shown), "+12345678901234");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),    cmocka_unit_test(test_specimen), cmocka_unit_test(test_no_text),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_shown),
	};

	return cmocka_run_group_tests_name("isolate", tests, NULL, NULL);
}
