/* Text as nobody should write it, 1 KB to 1 MB of it: ns of CPU time a byte takes to lay out. The time is linear when it
 * does not grow along a row. usage: PROGRAM SHARE. Prints `case hostile size value` lines. */
#include "contest.h"

#include "base/array.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_LEAST (64u << 10) /* are laid out for each figure, so that small texts are not measured by one tick */

static const struct {
	const char *name, *unit;
} cases[] = {
	{"lone-marks", "\u0301\u064B\u0E31\u094D"},
	{"one-latin-word", "a"},
	{"one-arabic-word", "ب"},
	{"one-thai-word", "ก"},
	{"every-bidi-control", "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"},
	{"never-closed-isolates", "\u2067a\u2066ب"},
	{"brackets", "(a[ب"},
	{"invalid-utf-8", "\xff\xe2\x81"},
	{"mixed", "Aars مرحبا (สวัสดี) 你好\u202E \u0301\xff 99\u00A066 \u2067[\u00AD"},
};

/* The last repetition is cut, perhaps in the middle of a character: bad input too. */
static char *repeat(const char *unit, size_t size)
{
	char *text = malloc(size);
	size_t len = strlen(unit);
	for (size_t at = 0; text && at < size; at++)
		text[at] = unit[at % len];
	return text;
}

/* `width`: of the first paragraph; each has another, so that none comes from the cache. */
static double ns_a_byte(struct text *text, const char *unit, size_t size, float width)
{
	char *utf8 = repeat(unit, size);
	if (!utf8)
		contest_die("hostile", "no memory");
	struct text_input input = {.utf8 = utf8, .len = size, .lang = "ar", .rtl = true, .size = 30, .line = 42};
	size_t times = size < BYTES_LEAST ? BYTES_LEAST / size : 1;
	double start = contest_cpu_ms();
	for (size_t i = 0; i < times; i++) {
		input.width = width + (float)i;
		text_paragraph(text, &input);
	}
	double ms = contest_cpu_ms() - start;
	if (text_failed(text))
		contest_die("hostile", "no memory");
	text_trim(text);
	free(utf8);
	return ms * 1e6 / (double)(times * size);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		size_t size;
	} sizes[] = {{"1-KB", 1u << 10}, {"16-KB", 16u << 10}, {"256-KB", 256u << 10}, {"1-MB", 1u << 20}};
	struct text *text;
	struct err err;
	if (argc != 2)
		contest_die(argv[0], "usage: SHARE");
	if (!text_open(argv[1], &text, &err))
		contest_die("hostile", err.text);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		ns_a_byte(text, cases[i].unit, 1u << 10, 500); /* fonts are opened */
		for (size_t j = 0; j < ARRAY_LEN(sizes); j++)
			printf("%s hostile %s %.1f\n", cases[i].name, sizes[j].name,
			       ns_a_byte(text, cases[i].unit, sizes[j].size, 984));
	}
	text_close(text);
	return 0;
}
