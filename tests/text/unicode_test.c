/* Unicode's own cases (Debian's unicode-data) through the code that orders lines, breaks them and finds graphemes. The
 * cases of BidiCharacterTest.txt are in bidi_test. */
#include "base/array.h"
#include "text/bidi.h"
#include "text/breaks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER    "/usr/share/unicode/"
#define CHARS_MAX 1024
#define SHOWN_MAX 10 /* faults of one kind */

/* BidiTest.txt: classes, not characters. */

#define BIDI_CASES 770241 /* with each base direction: "all" of Unicode 15.0 */

static const struct {
	const char *name;
	uint32_t code;
} classes[] = {
	{"L", 'a'},      {"R", 0x5D0},    {"AL", 0x627},   {"EN", '1'},     {"ES", '-'},     {"ET", '$'},
	{"AN", 0x661},   {"CS", ','},     {"NSM", 0x300},  {"BN", 0xAD},    {"B", 0x2029},   {"S", 0x09},
	{"WS", ' '},     {"ON", '!'},     {"LRE", 0x202A}, {"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E},
	{"PDF", 0x202C}, {"LRI", 0x2066}, {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
};

struct bidi_case {
	uint32_t codes[CHARS_MAX], count;
	int levels[CHARS_MAX]; /* -1: removed by X9 */
	int order[CHARS_MAX];
	uint32_t level_count, shown;
};

static uint32_t code_of(const char *class)
{
	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (strcmp(classes[i].name, class) == 0)
			return classes[i].code;
	fail_msg("class %s is not known", class);
	return 0;
}

static uint32_t numbers(char *field, int *out)
{
	uint32_t count = 0;
	for (char *word; (word = strsep(&field, " \t\n"));)
		if (*word) {
			assert_true(count < CHARS_MAX);
			out[count++] = *word == 'x' ? -1 : atoi(word);
		}
	return count;
}

/* P2 and P3: callers of the text layer always know the base direction, so the layer has no such rule. */
static bool first_strong_is_rtl(const struct bidi_case *one)
{
	unsigned depth = 0;
	for (uint32_t i = 0; i < one->count; i++) {
		uint32_t code = one->codes[i];
		if (code >= 0x2066 && code <= 0x2068)
			depth++;
		else if (code == 0x2069 && depth > 0)
			depth--;
		else if (depth == 0 && (code == 'a' || code == 0x5D0 || code == 0x627))
			return code != 'a';
	}
	return false;
}

static bool bidi_passes(struct arena *arena, const struct bidi_case *one, bool rtl)
{
	struct bidi bidi;
	uint8_t levels[CHARS_MAX];
	uint32_t order[CHARS_MAX];
	uint32_t kept[CHARS_MAX] = {0};
	uint32_t shown = 0;
	assert_int_equal(one->level_count, one->count);
	assert_true(bidi_resolve(arena, one->codes, one->count, rtl, &bidi));
	for (uint32_t i = bidi_hang(&bidi, 0, one->count); i < one->count; i++)
		bidi.levels[i] = rtl;
	for (uint32_t i = 0; i < one->count; i++) {
		if (one->levels[i] < 0)
			continue;
		if (bidi.levels[i] != one->levels[i])
			return false;
		levels[shown] = bidi.levels[i];
		kept[shown++] = i;
	}
	bidi_order(levels, shown, order);
	bool same = shown == one->shown;
	for (uint32_t i = 0; same && i < shown; i++)
		same = kept[order[i]] == (uint32_t)one->order[i];
	return same;
}

/* Takes in a line of the file; the base directions to try (1 by P2 and P3, 2 left to right, 4 right to left), 0 when it
 * is no case. */
static unsigned read_bidi_line(char *line, struct bidi_case *one)
{
	static const char levels[] = "@Levels:";
	static const char reorder[] = "@Reorder:";
	line[strcspn(line, "#\n")] = '\0';
	if (strncmp(line, levels, strlen(levels)) == 0)
		one->level_count = numbers(line + strlen(levels), one->levels);
	else if (strncmp(line, reorder, strlen(reorder)) == 0)
		one->shown = numbers(line + strlen(reorder), one->order);
	char *bases = strchr(line, ';');
	if (*line == '@' || !bases)
		return 0;
	*bases++ = '\0';
	one->count = 0;
	for (char *word; (word = strsep(&line, " "));)
		if (*word) {
			assert_true(one->count < CHARS_MAX);
			one->codes[one->count++] = code_of(word);
		}
	return (unsigned)strtoul(bases, NULL, 16);
}

static void test_bidi(void **state)
{
	(void)state;
	static const char path[] = FOLDER "BidiTest.txt";
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	struct bidi_case one = {.count = 0};
	struct arena arena = {0};
	char line[8192];
	unsigned tried = 0;
	unsigned failed = 0;
	for (unsigned number = 1; fgets(line, sizeof(line), file); number++) {
		unsigned bases = read_bidi_line(line, &one);
		for (unsigned base = 1; base <= 4; base *= 2) {
			if (!(bases & base))
				continue;
			bool rtl = base == 4 || (base == 1 && first_strong_is_rtl(&one));
			tried++;
			if (!bidi_passes(&arena, &one, rtl) && failed++ < SHOWN_MAX)
				print_error("%s:%u, base %u\n", path, number, base);
			arena_reset(&arena);
		}
	}
	arena_finish(&arena);
	fclose(file);
	assert_int_equal(failed, 0);
	assert_int_equal(tried, BIDI_CASES);
}

/* Files of break opportunities: "÷ 0020 × 0308 ÷". */

struct break_case {
	uint32_t codes[CHARS_MAX], count;
	bool may[CHARS_MAX + 1]; /* before each character, and at the end */
};

static bool read_break_line(const char *line, struct break_case *one)
{
	static const char may[] = "÷";
	static const char not [] = "×";
	char copy[1024];
	snprintf(copy, sizeof(copy), "%.*s", (int)strcspn(line, "#\n"), line);
	one->count = 0;
	char *rest = copy;
	for (char *word; (word = strsep(&rest, " \t"));) {
		if (!*word)
			continue;
		assert_true(one->count < CHARS_MAX);
		if (strcmp(word, may) == 0 || strcmp(word, not ) == 0)
			one->may[one->count] = strcmp(word, may) == 0;
		else
			one->codes[one->count++] = (uint32_t)strtoul(word, NULL, 16);
	}
	return one->count > 0;
}

/* Where the flags differ from the case: the index of the first character, count + 1 for nowhere. */
static uint32_t first_difference(const struct break_case *one, const uint8_t *flags, uint8_t flag)
{
	uint32_t at = 0;
	while (at <= one->count && one->may[at] == ((flags[at] & flag) != 0))
		at++;
	return at;
}

/* Runs a file of cases through breaks_find(); `flag` is what it is about. Calls `fault` for those that differ. */
struct break_file {
	const char *path;
	uint8_t flag;
	void (*fault)(struct break_file *file, const char *line, unsigned number);
	unsigned tried, failed;
};

static void run_breaks(struct break_file *test)
{
	FILE *file = fopen(test->path, "r");
	struct breaks *breaks = breaks_create();
	assert_non_null(file);
	assert_non_null(breaks);
	struct arena arena = {0};
	char line[4096];
	for (unsigned number = 1; fgets(line, sizeof(line), file); number++) {
		struct break_case one = {.count = 0};
		uint8_t *flags;
		if (!read_break_line(line, &one))
			continue;
		assert_true(breaks_find(breaks, &arena, "en", one.codes, one.count, &flags));
		test->tried++;
		if (first_difference(&one, flags, test->flag) <= one.count)
			test->fault(test, line, number);
		arena_reset(&arena);
	}
	arena_finish(&arena);
	breaks_destroy(breaks);
	fclose(file);
}

static void print_fault(struct break_file *test, const char *line, unsigned number)
{
	if (test->failed++ < SHOWN_MAX)
		print_error("%s:%u: %s", test->path, number, line);
}

#define GRAPHEME_CASES 602

static void test_graphemes(void **state)
{
	(void)state;
	struct break_file test = {FOLDER "auxiliary/GraphemeBreakTest.txt", BREAKS_GRAPHEME, print_fault, 0, 0};
	run_breaks(&test);
	assert_int_equal(test.failed, 0);
	assert_int_equal(test.tried, GRAPHEME_CASES);
}

#define LINE_CASES 7654

/* Why ICU 72 (line.txt) and the file differ. */
#define WORD_HYPHEN "a hyphen that begins a word stays with its letters (-n); the file breaks after every hyphen"
#define PLAIN_LB25 \
	"no break in ,0 and a.2: rule LB25 as it stands (IS x NU); the file has the numbers of UAX #14 example 7"
#define DECIMAL "a break before .35 after a space, none after the point: a number may begin with its point"

/* Every case of the file that differs, by its characters. */
static const struct tailored {
	const char *codes, *reason;
} tailored[] = {
	{"002D 0023", WORD_HYPHEN},
	{"002D 0308 0023", WORD_HYPHEN},
	{"002D 00A7", WORD_HYPHEN},
	{"002D 0308 00A7", WORD_HYPHEN},
	{"002D 50005", WORD_HYPHEN},
	{"002D 0308 50005", WORD_HYPHEN},
	{"002D 0E01", WORD_HYPHEN},
	{"002D 0308 0E01", WORD_HYPHEN},
	{"002C 0030", PLAIN_LB25},
	{"002C 0308 0030", PLAIN_LB25},
	{"0065 0071 0075 0061 006C 0073 0020 002E 0033 0035 0020 0063 0065 006E 0074 0073", DECIMAL},
	{"0061 002E 0032 0020", PLAIN_LB25},
	{"0061 002E 0032 0020 0915", PLAIN_LB25},
	{"0061 002E 0032 0020 672C", PLAIN_LB25},
	{"0061 002E 0032 3000 672C", PLAIN_LB25},
	{"0061 002E 0032 3000 307E", PLAIN_LB25},
	{"0061 002E 0032 3000 0033", PLAIN_LB25},
	{"0041 002E 0031 0020 BABB", PLAIN_LB25},
	{"BD24 C5B4 002E 0020 0041 002E 0032 0020 BCFC", PLAIN_LB25},
	{"BD10 C694 002E 0020 0041 002E 0033 0020 BABB", PLAIN_LB25},
	{"C694 002E 0020 0041 002E 0034 0020 BABB", PLAIN_LB25},
	{"0061 002E 0032 3000 300C", PLAIN_LB25},
};

struct line_file {
	struct break_file file; /* first, so that its fault() finds the rest */
	bool seen[ARRAY_LEN(tailored)];
};

/* The codes of a case without its signs: "002C 0030". */
static void codes_only(const char *line, char *out, size_t size)
{
	struct break_case one = {.count = 0};
	size_t used = 0;
	read_break_line(line, &one);
	for (uint32_t i = 0; i < one.count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, i ? " %04X" : "%04X", one.codes[i]);
}

static void excuse_or_print(struct break_file *test, const char *line, unsigned number)
{
	struct line_file *lines = (struct line_file *)test;
	char codes[512] = "";
	codes_only(line, codes, sizeof(codes));
	for (size_t i = 0; i < ARRAY_LEN(tailored); i++)
		if (strcmp(tailored[i].codes, codes) == 0 && !lines->seen[i]) {
			lines->seen[i] = true;
			return;
		}
	print_fault(test, line, number);
}

static void test_lines(void **state)
{
	(void)state;
	struct line_file test = {.file = {FOLDER "auxiliary/LineBreakTest.txt", BREAKS_MAY, excuse_or_print, 0, 0}};
	run_breaks(&test.file);
	for (size_t i = 0; i < ARRAY_LEN(tailored); i++)
		if (!test.seen[i])
			fail_msg("%s no longer differs (%s)", tailored[i].codes, tailored[i].reason);
	assert_int_equal(test.file.failed, 0);
	assert_int_equal(test.file.tried, LINE_CASES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bidi),
		cmocka_unit_test(test_graphemes),
		cmocka_unit_test(test_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
