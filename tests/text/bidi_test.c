/* Unicode's own cases for UAX #9 through the code that orders lines (Debian's unicode-data), and lines cut out of
 * paragraphs. */
#include "text/bidi.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES_FILE "/usr/share/unicode/BidiCharacterTest.txt"
#define CASES_MIN  90000
#define CHARS_MAX  1024

enum {
	FIELD_CODES,
	FIELD_DIRECTION,
	FIELD_BASE,
	FIELD_LEVELS,
	FIELD_ORDER,
	FIELDS
};

static bool split(char *line, char *fields[FIELDS])
{
	line[strcspn(line, "#\n")] = '\0';
	for (size_t i = 0; i < FIELDS; i++) {
		fields[i] = strsep(&line, ";");
		if (!fields[i])
			return false;
	}
	return true;
}

/* -1 for "x": the character is removed by X9. */
static uint32_t numbers(char *field, int base, int *out)
{
	uint32_t count = 0;
	for (char *word; (word = strsep(&field, " "));)
		if (*word) {
			assert_true(count < CHARS_MAX);
			out[count++] = *word == 'x' ? -1 : (int)strtol(word, NULL, base);
		}
	return count;
}

static bool case_passes(struct arena *arena, char *fields[FIELDS])
{
	int codes[CHARS_MAX], order[CHARS_MAX];
	int levels[CHARS_MAX] = {0};
	uint32_t text[CHARS_MAX], visual[CHARS_MAX];
	uint32_t kept[CHARS_MAX] = {0};
	uint8_t line[CHARS_MAX];
	uint32_t count = numbers(fields[FIELD_CODES], 16, codes);
	uint32_t shown = 0;
	uint8_t base = (uint8_t)atoi(fields[FIELD_BASE]);
	assert_int_equal(numbers(fields[FIELD_LEVELS], 10, levels), count);
	uint32_t expected = numbers(fields[FIELD_ORDER], 10, order);
	for (uint32_t i = 0; i < count; i++)
		text[i] = (uint32_t)codes[i];
	struct bidi bidi;
	assert_true(bidi_resolve(arena, text, count, base == 1, &bidi));
	for (uint32_t i = bidi_hang(&bidi, 0, count); i < count; i++)
		bidi.levels[i] = base;
	for (uint32_t i = 0; i < count; i++) {
		if (levels[i] < 0)
			continue;
		if (bidi.levels[i] != levels[i])
			return false;
		line[shown] = bidi.levels[i];
		kept[shown++] = i;
	}
	bidi_order(line, shown, visual);
	bool same = shown == expected;
	for (uint32_t i = 0; same && i < shown; i++)
		same = kept[visual[i]] == (uint32_t)order[i];
	return same;
}

static void test_unicode_cases(void **state)
{
	(void)state;
	FILE *file = fopen(CASES_FILE, "r");
	assert_non_null(file);
	struct arena arena = {0};
	char line[4096];
	unsigned passed = 0;
	unsigned failed = 0;
	for (unsigned number = 1; fgets(line, sizeof(line), file); number++) {
		char *fields[FIELDS];
		if (!split(line, fields))
			continue;
		bool passes = case_passes(&arena, fields);
		if (!passes && failed < 10)
			print_error("%s:%u\n", CASES_FILE, number);
		passed += passes;
		failed += !passes;
		arena_reset(&arena);
	}
	arena_finish(&arena);
	fclose(file);
	assert_int_equal(failed, 0);
	assert_true(passed >= CASES_MIN);
}

static const struct {
	const char *levels, *order;
} orders[] = {
	{"", ""},         {"0", "0"},         {"1", "0"},         {"000", "012"},
	{"111", "210"},   {"0110", "0213"},   {"01210", "03214"}, {"1221", "3120"},
	{"2112", "3210"}, {"13531", "43210"}, {"24642", "01234"},
};

static void test_order_of_levels(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
		uint8_t levels[16];
		uint32_t order[16];
		char text[17] = {0};
		uint32_t count = (uint32_t)strlen(orders[i].levels);
		for (uint32_t c = 0; c < count; c++)
			levels[c] = (uint8_t)(orders[i].levels[c] - '0');
		bidi_order(levels, count, order);
		for (uint32_t c = 0; c < count; c++)
			text[c] = (char)('0' + order[c]);
		assert_string_equal(text, orders[i].order);
	}
}

/* Every level up to the highest there can be, rising and falling: the deepest nesting, ordered as L2 is defined. */
static void test_order_of_all_levels(void **state)
{
	(void)state;
	enum {
		HIGHEST = 126,
		COUNT = 2 * HIGHEST
	};
	uint8_t levels[COUNT];
	uint32_t order[COUNT], simple[COUNT];
	for (uint32_t i = 0; i < COUNT; i++) {
		levels[i] = (uint8_t)(i < HIGHEST ? i : COUNT - i);
		simple[i] = i;
	}
	for (unsigned level = HIGHEST; level >= 1; level--) {
		uint32_t from = level;
		uint32_t to = COUNT - level + 1;
		for (; from + 1 < to; from++, to--) {
			uint32_t first = simple[from];
			simple[from] = simple[to - 1];
			simple[to - 1] = first;
		}
	}
	bidi_order(levels, COUNT, order);
	assert_memory_equal(order, simple, sizeof(order));
}

/* L1 part 4: what stands at a line's end goes back to the paragraph's level, wherever the line is cut. */
static void test_hanging(void **state)
{
	(void)state;
	static const struct {
		uint32_t codes[8], count, end, hang;
	} cases[] = {
		{{'a', ' ', ' ', 'b'}, 4, 3, 1},
		{{'a', ' ', ' ', 'b'}, 4, 4, 4},
		{{' ', ' '}, 2, 2, 0},
		{{0x5D0, 0x2067, 0x2069, ' ', 'b'}, 5, 4, 1},
		{{0x5D0, 0xA0, 'b'}, 3, 2, 2}, /* a no-break space is no white space to UAX #9 */
		{{'a', 0x200B, 0x2028}, 3, 3, 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = {0};
		struct bidi bidi;
		assert_true(bidi_resolve(&arena, cases[i].codes, cases[i].count, i & 1, &bidi));
		assert_int_equal(bidi_hang(&bidi, 0, cases[i].end), cases[i].hang);
		arena_finish(&arena);
	}
}

/* Controls deeper than UAX #9 counts (125 levels), in the order that makes FriBidi write outside its arrays, and in
 * 4,000 others. */
static void test_controls_without_end(void **state)
{
	(void)state;
	static const uint32_t controls[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D,
					    0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 'a',    0x5D0};
	struct arena arena = {0};
	uint32_t codes[1200], seed = 1;
	for (unsigned round = 0; round < 4000; round++) {
		uint32_t kinds = round < 12 ? 12 : 3 + round % 12;
		for (uint32_t i = 0; i < ARRAY_LEN(codes); i++) {
			seed = seed * 1664525u + 1013904223u;
			codes[i] = controls[round < 12 ? (i + round) % kinds
						       : (round + (seed >> 16) % kinds) % ARRAY_LEN(controls)];
		}
		struct bidi bidi;
		assert_true(bidi_resolve(&arena, codes, ARRAY_LEN(codes), round & 1, &bidi));
		for (uint32_t i = 0; i < ARRAY_LEN(codes); i++)
			assert_true(bidi.levels[i] <= 126);
		arena_reset(&arena);
	}
	arena_finish(&arena);
}

/* X5c to X7: what is too deep is ignored with what closes it, and what stands around keeps its level. */
static void test_too_deep_is_ignored(void **state)
{
	(void)state;
	enum {
		DEEP = 200
	};
	static const uint32_t pairs[][2] = {{0x202B, 0x202C}, {0x202E, 0x202C}, {0x2067, 0x2069}, {0x2066, 0x2069}};
	for (size_t pair = 0; pair < ARRAY_LEN(pairs); pair++) {
		struct arena arena = {0};
		struct bidi bidi;
		uint32_t codes[2 * DEEP + 3];
		codes[0] = codes[DEEP + 1] = codes[2 * DEEP + 2] = 'a';
		for (uint32_t i = 1; i <= DEEP; i++) {
			codes[i] = pairs[pair][0];
			codes[DEEP + 1 + i] = pairs[pair][1];
		}
		assert_true(bidi_resolve(&arena, codes, ARRAY_LEN(codes), false, &bidi));
		assert_int_equal(bidi.levels[0], 0);
		assert_in_range(bidi.levels[DEEP + 1], 124, 126);
		assert_int_equal(bidi.levels[2 * DEEP + 2], 0);
		arena_finish(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unicode_cases),        cmocka_unit_test(test_order_of_levels),
		cmocka_unit_test(test_order_of_all_levels),  cmocka_unit_test(test_hanging),
		cmocka_unit_test(test_controls_without_end), cmocka_unit_test(test_too_deep_is_ignored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
