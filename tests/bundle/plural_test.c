/* The formulas of PO files say what ICU says, for every language that the tool knows. */
#include "bundle/plural.h"
#include "text/locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t compare(const char *lang)
{
	const struct plural *plural = plural_find(lang);
	const struct plural_rule *rule = plural_rule(lang);

	assert_true(!plural == !rule);
	if (!plural)
		return 0;
	assert_int_equal(strtoul(rule->formula + strlen("nplurals="), NULL, 10), plural->forms);
	for (size_t n = 0; n <= 220; n++)
		if (rule->form(n) != locale_plural(lang, (long)n))
			fail_msg("%s: %zu is form %zu, in ICU %zu", lang, n, rule->form(n),
				 locale_plural(lang, (long)n));
	return 1;
}

static void test_rules(void **state)
{
	size_t count = compare("ckb") + compare("fil");
	(void)state;

	for (char a = 'a'; a <= 'z'; a++)
		for (char b = 'a'; b <= 'z'; b++) {
			const char lang[] = {a, b, '\0'};
			count += compare(lang);
		}
	assert_in_range(count, 70, 90);
}

static void test_about(void **state)
{
	static const struct {
		const char *lang, *script, *name;
		bool rtl;
	} rows[] = {{"so", "Latn", "Soomaali", false},       {"ar", "Arab", "العربية", true},
		    {"uk", "Cyrl", "українська", false},     {"ti", "Ethi", "ትግርኛ", false},
		    {"ckb", "Arab", "کوردیی ناوەندی", true}, {"ku", "Latn", "kurdî", false}};
	char script[LOCALE_SCRIPT_MAX];
	char name[LOCALE_NAME_MAX];
	bool rtl;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(locale_about(rows[i].lang, script, name, &rtl));
		assert_string_equal(script, rows[i].script);
		assert_string_equal(name, rows[i].name);
		assert_int_equal(rtl, rows[i].rtl);
	}
	assert_false(locale_about("xx", script, name, &rtl));
	assert_false(locale_about("zzz", script, name, &rtl));
	assert_false(locale_about("", script, name, &rtl));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rules), cmocka_unit_test(test_about)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
