/* Dates, days and plural forms that are known by heart are those of locale.h. */
#include "text/recall.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Much alike: what is mixed up shows. The last is no language, and the one before longer than what is kept. */
static const char *const langs[] = {"da", "ar", "en", "a", "sl-rozaj-biske-1994", "sl-rozaj-biske-1995", ""};
static const struct clock_civil dates[] = {
	{.year = 2026, .month = 3, .day = 2},
	{.year = 2026, .month = 2, .day = 3},
	{.year = 2026, .month = 12, .day = 31},
	{.year = 2026, .month = 13, .day = -1},
	{0},
};

static void compare(struct recall *recall, const char *lang, long number, struct clock_civil date)
{
	char text[LOCALE_DATE_BYTES];
	assert_int_equal(recall_plural(recall, lang, number), locale_plural(lang, number));
	locale_date(lang, date, text, sizeof(text));
	assert_string_equal(recall_date(recall, lang, date), text);
	for (int form = 0; form < LOCALE_DAY_COUNT; form++) {
		locale_day(lang, date, form, text, sizeof(text));
		assert_string_equal(recall_day(recall, lang, date, form), text);
	}
}

static void test_same(void **state)
{
	struct recall recall = {0};
	(void)state;
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < ARRAY_LEN(langs); i++)
			for (size_t k = 0; k < ARRAY_LEN(dates); k++)
				compare(&recall, langs[i], (long)k - 1, dates[k]);
}

/* The second time ICU is not asked: the text stands where it stood. */
static void test_kept(void **state)
{
	struct recall recall = {0};
	(void)state;
	const char *first = recall_date(&recall, "da", dates[0]);
	for (long n = 0; n < RECALL_ANSWERS - 1; n++)
		recall_plural(&recall, "ar", n);
	assert_ptr_equal(recall_date(&recall, "da", dates[0]), first);
	assert_int_equal(recall.next, 0);
	recall_plural(&recall, "da", RECALL_ANSWERS);
	assert_int_equal(recall.next, 1);
	compare(&recall, "da", 1, dates[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_same), cmocka_unit_test(test_kept)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
