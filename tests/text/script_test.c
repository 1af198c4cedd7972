/* Which script a character is shaped in: what is common to many takes it from beside, brackets from their partner. */
#include "base/arena.h"
#include "base/array.h"
#include "text/chars.h"
#include "text/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A letter for each character: the script's first, and z for common. */
static const struct {
	const char *utf8, *scripts;
} cases[] = {
	{"", ""},
	{"ab, 12!", "LLLLLLL"},
	{"...", "zzz"},
	{"12 ab", "LLLLL"},
	{"\u201Cب", "AA"},
	{"aب ж中", "LAACH"},
	/* brackets */
	{"ب (Aars) ب", "AAALLLLAAA"},
	{"a (ب) b", "LLLALLL"},
	{"ب (a [ж) ب", "AAALLLCAAA"},
	{"a (ب [ж] ب) c", "LLLAAACAAALLL"},
	{"ب) a", "AAAL"},
	{"(ب a)", "AAALA"},
	{"中（a）中", "HHLHH"},
	/* of several scripts, but not of all */
	{"\u060C a", "ALL"},
	{"a\u060C b", "LAAL"},
	{"क\u0964 a\u0964", "DDDLD"},
	{"த\u0964", "TT"},
	{"中 Aars\u3002", "HHLLLLH"},
	{"\u3001中", "HH"},
	{"\u300C中\u300D", "HHH"},
	{"\u30FCカ", "KK"},
	/* marks */
	{"a\u0301\u064B", "LLA"},
	{"\u0301ب", "AA"},
	{"ب\u064B\u0301", "AAA"},
	{"\u064B", "A"},
	/* not assigned, private, bad bytes, controls */
	{"a\U000E0FFFb\uE000\xff", "LLLLL"},
	{"\uFFFFب", "AA"},
	{"\u2067\u202Eب\u202C\u2069a", "AAAAAL"},
};

static char letter(int16_t script)
{
	char first = (char)(script_tag(script) >> 24);
	return first == 'Z' ? 'z' : first;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = {0};
		struct chars chars;
		int16_t scripts[32] = {0};
		char got[33] = "";
		assert_true(chars_decode(&arena, cases[i].utf8, strlen(cases[i].utf8), &chars));
		assert_true(chars.count <= ARRAY_LEN(scripts));
		script_resolve(chars.code, chars.count, scripts);
		for (uint32_t c = 0; c < chars.count; c++)
			got[c] = letter(scripts[c]);
		if (strcmp(got, cases[i].scripts) != 0)
			fail_msg("%s: %s, not %s", cases[i].utf8, got, cases[i].scripts);
		arena_finish(&arena);
	}
}

/* Deeper than is remembered: the innermost take what is beside them, and nothing is written out of bounds. */
static void test_deep_brackets(void **state)
{
	(void)state;
	uint32_t codes[2001];
	int16_t scripts[ARRAY_LEN(codes)];
	codes[0] = 'a';
	for (size_t i = 1; i < ARRAY_LEN(codes); i++)
		codes[i] = i < 1000 ? '(' : i == 1000 ? 0x628 : ')';
	script_resolve(codes, ARRAY_LEN(codes), scripts);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(letter(scripts[i]), 'L');
	assert_int_equal(letter(scripts[1000]), 'A');
	assert_int_equal(letter(scripts[1001]), 'L');
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_deep_brackets)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
