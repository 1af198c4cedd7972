/* Plural forms and dates in the languages of the kiosk, and in every language ICU has. */
#include "text/locale.h"

#include "base/array.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *lang;
	size_t count;
	long numbers[10];
	size_t forms[10];
} plurals[] = {
	{"da", 2, {0, 1, 2, 11, 100}, {1, 0, 1, 1, 1}},
	{"en", 2, {0, 1, 2, 21, -1}, {1, 0, 1, 1, 0}},
	{"uk", 3, {1, 2, 5, 11, 12, 21, 22, 25, 111, 0}, {0, 1, 2, 2, 2, 0, 1, 2, 2, 2}},
	{"pl", 3, {1, 2, 5, 12, 21, 22, 0, 100}, {0, 1, 2, 2, 2, 1, 2, 2}},
	{"ro", 3, {1, 0, 2, 19, 20, 101, 119, 120}, {0, 1, 1, 1, 2, 1, 1, 2}},
	{"lt", 3, {1, 2, 10, 11, 21, 22}, {0, 1, 2, 2, 0, 1}},
	{"ar", 6, {0, 1, 2, 3, 10, 11, 99, 100, 102, 103}, {0, 1, 2, 3, 3, 4, 4, 5, 5, 3}},
	{"fr", 2, {0, 1, 2, 1000000}, {0, 0, 1, 1}}, /* "many" is for millions: no whole number to 200 */
	{"fa", 2, {0, 1, 2}, {0, 0, 1}},
	{"ti", 2, {0, 1, 2}, {0, 0, 1}},
	{"th", 1, {0, 1, 2}, {0, 0, 0}},
	{"my", 1, {1}, {0}},
	{"tr", 2, {1, 2}, {0, 1}},
	{"so", 2, {1, 2}, {0, 1}},
	{"lv", 3, {0, 1, 2, 10, 21}, {0, 1, 2, 0, 1}},
	{"cy", 6, {0, 1, 2, 3, 6, 7}, {0, 1, 2, 3, 4, 5}},
	{"fa-AF", 2, {1, 2}, {0, 1}},
	{"pt-BR", 2, {1, 2}, {0, 1}},
	{"zz", 1, {0, 1, 5}, {0, 0, 0}},
	{"", 1, {1}, {0}},
	{"not a language!", 1, {1}, {0}},
};

static void test_plural(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plurals); i++) {
		assert_int_equal(locale_plural_count(plurals[i].lang), plurals[i].count);
		for (size_t n = 0; n < ARRAY_LEN(plurals[i].numbers); n++) {
			bool given = n == 0 || plurals[i].numbers[n] != 0 || plurals[i].forms[n] != 0;
			if (given)
				assert_int_equal(locale_plural(plurals[i].lang, plurals[i].numbers[n]),
						 plurals[i].forms[n]);
		}
	}
}

/* Every form is used and none lies beyond the count. */
static void test_plural_forms_are_dense(void **state)
{
	(void)state;
	static const char *const langs[] = {"da", "en", "uk", "ar", "ro", "pl", "tr", "ru", "fa", "so", "ti", "de",
					    "th", "ur", "ps", "ku", "my", "ta", "vi", "sw", "bg", "lt", "lv", "hu",
					    "hr", "bs", "sr", "es", "it", "zh", "hi", "ne", "bn", "km", "he", "cy"};
	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		unsigned seen = 0;
		for (long n = 0; n <= 200; n++)
			seen |= 1u << locale_plural(langs[i], n);
		assert_int_equal(seen, (1u << locale_plural_count(langs[i])) - 1);
		for (long n = 1000; n < 2000000000; n *= 7)
			assert_true(locale_plural(langs[i], n) < locale_plural_count(langs[i]));
	}
}

#define NB "\u00A0"

static const struct {
	const char *lang, *date;
} dates[] = {
	{"da", "2." NB "marts" NB "2026"},
	{"en", "2" NB "March" NB "2026"},
	{"en-US", "March" NB "2," NB "2026"},
	{"uk", "2" NB "березня" NB "2026\u202Fр."},
	{"pl", "2" NB "marca" NB "2026"},
	{"ro", "2" NB "martie" NB "2026"},
	{"de", "2." NB "März" NB "2026"},
	{"ar", "\u2067"
	       "2" NB "مارس" NB "2026\u2069"},
	{"fa", "\u2067"
	       "2" NB "مارس" NB "2026\u2069"},
	{"ur", "\u2067"
	       "2" NB "مارچ،" NB "2026\u2069"},
	{"ti", "2" NB "መጋቢት" NB "2026"},
	{"th", "2" NB "มีนาคม" NB "ค.ศ." NB "2026"},
	{"my", "2026၊" NB "မတ်" NB "2"},
	{"zz", "\u2066"
	       "2026-03-02\u2069"},
	{"not a language!", "\u2066"
			    "2026-03-02\u2069"},
};

static void test_date(void **state)
{
	(void)state;
	const struct clock_civil date = {.year = 2026, .month = 3, .day = 2};
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		char out[LOCALE_DATE_BYTES];
		locale_date(dates[i].lang, date, out, sizeof(out));
		assert_string_equal(out, dates[i].date);
	}
}

static const struct {
	const char *lang, *day, *weekday, *brief;
} days[] = {
	{"da", "torsdag 12. marts", "torsdag", "tors."},
	{"en", "Thursday, 12 March", "Thursday", "Thu"},
	{"uk", "четвер, 12 березня", "четвер", "чт"},
	{"pl", "czwartek, 12 marca", "czwartek", "czw."},
	{"ar", "\u2067الخميس، 12 مارس\u2069", "\u2067الخميس\u2069", "\u2067الخميس\u2069"},
	{"th", "วันพฤหัสบดีที่ 12 มีนาคม", "วันพฤหัสบดี", "พฤ."},
	{"zz", "\u20662026-03-12\u2069", "\u20662026-03-12\u2069", "\u20662026-03-12\u2069"},
};

static void test_day(void **state)
{
	(void)state;
	const struct clock_civil date = {.year = 2026, .month = 3, .day = 12};
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		const char *wanted[LOCALE_DAY_COUNT] = {days[i].day, days[i].weekday, days[i].brief};
		for (enum locale_day form = 0; form < LOCALE_DAY_COUNT; form++) {
			char out[LOCALE_DATE_BYTES];
			locale_day(days[i].lang, date, form, out, sizeof(out));
			assert_string_equal(out, wanted[form]);
		}
	}
}

static void test_list(void **state)
{
	(void)state;
	static const char *const items[] = {"a", "b", "c"};
	static const struct {
		const char *lang;
		size_t count;
		const char *list;
	} rows[] = {{"da", 3, "a, b og c"}, {"da", 1, "a"},    {"da", 0, ""},       {"en", 2, "a and b"},
		    {"uk", 3, "a, b і c"},  {"ar", 2, "a وb"}, {"ar", 3, "a وb وc"}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char out[64];
		locale_list(rows[i].lang, items, rows[i].count, out, sizeof(out));
		assert_string_equal(out, rows[i].list);
		locale_list(rows[i].lang, items, rows[i].count, out, 1);
		assert_string_equal(out, "");
	}
	const char *many[LOCALE_LIST_MAX + 1];
	char out[256];
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = i < LOCALE_LIST_MAX ? "x" : "y";
	locale_list("en", many, ARRAY_LEN(many), out, sizeof(out));
	assert_null(strchr(out, 'y'));
}

static void test_language(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"da", "dansk"}, {"uk", "українська"}, {"ar", "العربية"}, {"zz", "zz"}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char out[LOCALE_LANGUAGE_BYTES];
		locale_language(rows[i][0], out, sizeof(out));
		assert_string_equal(out, rows[i][1]);
	}
}

/* The language of the machine makes no difference. */
static void test_machine_language(void **state)
{
	setenv("LC_ALL", "uk_UA.UTF-8", 1);
	test_date(state);
	unsetenv("LC_ALL");
}

/* Every day of a year has digits 0-9 only, and no two are alike. */
static void test_all_days(void **state)
{
	(void)state;
	static const char *const langs[] = {"da", "uk", "ar", "fa", "ti", "th", "my", "bn", "ne", "ckb", "ps", "mr"};
	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		char before[LOCALE_DATE_BYTES] = "";
		for (int day = 1; day <= 28 * 12; day++) {
			struct clock_civil date = {
				.year = 2027, .month = (day - 1) / 28 + 1, .day = (day - 1) % 28 + 1};
			char out[LOCALE_DATE_BYTES];
			locale_date(langs[i], date, out, sizeof(out));
			assert_non_null(strstr(out, "2027"));
			assert_null(strchr(out, ' '));
			assert_true(utf8_valid(out, strlen(out), NULL));
			assert_string_not_equal(out, before);
			memcpy(before, out, sizeof(before));
		}
	}
}

static void test_small_room(void **state)
{
	(void)state;
	const struct clock_civil date = {.year = 2026, .month = 3, .day = 2};
	const struct clock_civil impossible = {.year = 2026, .month = 13, .day = 2};
	for (size_t size = 1; size < LOCALE_DATE_BYTES; size++) {
		char out[LOCALE_DATE_BYTES];
		memset(out, 'x', sizeof(out));
		locale_date("ar", date, out, size);
		assert_true(strlen(out) == 0 || strcmp(out, dates[7].date) == 0);
		assert_true(size >= sizeof("\u2067"
					   "2" NB "مارس" NB "2026\u2069") ||
			    strlen(out) == 0);
	}
	char out[LOCALE_DATE_BYTES];
	locale_date("da", impossible, out, sizeof(out));
	assert_string_equal(out, "\u2066"
				 "2026-13-02\u2069");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plural),
		cmocka_unit_test(test_plural_forms_are_dense),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_day),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_machine_language),
		cmocka_unit_test(test_all_days),
		cmocka_unit_test(test_small_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
