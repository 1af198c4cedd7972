#include "base/utf8.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define R UTF8_REPLACEMENT

/* The Unicode Standard 15, tables 3-8 to 3-11, and ends that come too early. */
static const struct {
	const char *bytes;
	size_t bad;
	uint32_t codes[12];
} ill_formed[] = {
	{"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 0, {R, R, R, R, R, R, R, R, 0x41}},
	{"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", 0, {R, R, R, R, R, R, R, R, 0x41}},
	{"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", 0, {R, R, R, R, R, 0x41, R, R, 0x42}},
	{"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 0, {R, R, R, R, 0x41}},
	{"a\xC3", 1, {'a', R}},
	{"a\xE0\xA0", 1, {'a', R}},
	{"ab\xF0\x90\x80", 2, {'a', 'b', R}},
	{"\xC3\xA6\xC3", 2, {0xE6, R}},
	{"\xC1\xBF", 0, {R, R}},
	{"\xF5\x80\x80\x80", 0, {R, R, R, R}},
	{"\xFE\xFF", 0, {R, R}},
	{"x\xBFy", 1, {'x', R, 'y'}},
};

static void test_ill_formed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ill_formed); i++) {
		const char *text = ill_formed[i].bytes;
		size_t len = strlen(text);
		size_t pos = 0;
		size_t n = 0;
		size_t bad = 99;
		while (pos < len)
			assert_int_equal(utf8_next(text, len, &pos), ill_formed[i].codes[n++]);
		assert_int_equal(ill_formed[i].codes[n], 0);
		assert_int_equal(pos, len);
		assert_false(utf8_valid(text, len, &bad));
		assert_int_equal(bad, ill_formed[i].bad);
		assert_false(utf8_valid(text, len, NULL));
	}
}

/* Every scalar value survives, and nothing else encodes it: no byte string of its length minus one is valid. */
static void test_every_character(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char bytes[4];
		size_t pos = 0;
		if (code >= 0xD800 && code <= 0xDFFF)
			continue;
		size_t len = utf8_encode(code, bytes);
		assert_int_equal(len, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
		if (utf8_next(bytes, len, &pos) != code || pos != len || !utf8_valid(bytes, len, NULL))
			fail_msg("U+%04X", code);
		if (len > 1 && utf8_valid(bytes, len - 1, NULL))
			fail_msg("U+%04X without its end", code);
	}
}

/* Of all pairs and triples of bytes exactly as many are valid as there are characters of that length. */
static void test_count_of_valid_sequences(void **state)
{
	unsigned two = 0;
	unsigned three = 0;

	(void)state;
	for (unsigned lead = 0x80; lead < 0x100; lead++) {
		for (unsigned second = 0; second < 0x100; second++) {
			char bytes[3] = {(char)lead, (char)second, 0};
			two += utf8_valid(bytes, 2, NULL);
			for (unsigned third = 0x80; third < 0x100; third++) {
				bytes[2] = (char)third;
				three += utf8_valid(bytes, 3, NULL);
			}
		}
	}
	assert_int_equal(two, 0x800 - 0x80);
	assert_int_equal(three, 0x10000 - 0x800 - 0x800);
}

static void test_cut(void **state)
{
	static const struct {
		const char *text;
		size_t cuts[12]; /* for max 0, 1, 2 … to the length and one more */
	} cases[] = {
		{"", {0, 0}},
		{"abc", {0, 1, 2, 3, 3}},
		{"aæb", {0, 1, 1, 3, 4, 4}},
		{"ก!", {0, 0, 0, 3, 4, 4}},
		{"😀æ", {0, 0, 0, 0, 4, 4, 6, 6}},
		{"\x80\x80\x80\x80\x80", {0, 1, 2, 3, 4, 5, 5}},
		{"\xC3zz", {0, 1, 2, 3, 3}},
		{"\xF0\x9F\x98z", {0, 0, 0, 3, 4, 4}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].text);
		for (size_t max = 0; max <= len + 1; max++)
			assert_int_equal(utf8_cut(cases[i].text, len, max), cases[i].cuts[max]);
		assert_int_equal(utf8_cut(cases[i].text, len, SIZE_MAX), len);
	}
}

static void test_columns(void **state)
{
	char line[64];

	(void)state;
	assert_int_equal(utf8_columns(""), 0);
	assert_int_equal(utf8_columns("ændret"), 6);
	snprintf(line, sizeof(line), "%-*s|%*s|%-*s|", utf8_width("ændret", 8), "ændret", utf8_width("ny", 3), "ny",
		 utf8_width("æøå", 2), "æøå");
	assert_string_equal(line, "ændret  | ny|æøå|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ill_formed),
		cmocka_unit_test(test_every_character),
		cmocka_unit_test(test_count_of_valid_sequences),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
