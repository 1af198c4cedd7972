/* One value of a YAML file is changed; every other byte stays. */
#include "bundle/edit.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum act {
	TEXT,
	ADD
};

static const struct {
	enum act act;
	const char *yaml, *key, *sub, *value;
	const char *edited; /* NULL: refused */
} rows[] = {
	{TEXT, "a: 1 # one\nb: 2\n", "a", NULL, "x", "a: x # one\nb: 2\n"},
	{TEXT, "# top\na: 'it''s'\n\n# more\nb: 2", "a", NULL, "x: y", "# top\na: \"x: y\"\n\n# more\nb: 2"},
	{TEXT, "a: 1\nb: 2", "c", NULL, "3", "a: 1\nb: 2\nc: 3\n"},
	{TEXT, "a: 1\nb: 2 # two\n\n# end\n", "c", NULL, "3", "a: 1\nb: 2 # two\nc: 3\n\n# end\n"},
	{TEXT, "a:\nb: 2\n", "a", NULL, "x", "a: x\nb: 2\n"},
	{TEXT, "æ: ø # å\nb: [æ, ø] # Æ\nc: x\n", "c", NULL, "Århus", "æ: ø # å\nb: [æ, ø] # Æ\nc: Århus\n"},
	{TEXT, "a: |\n  one\n  two\nb: 2\n", "a", NULL, "x", "a: x\nb: 2\n"},
	{TEXT, "a: long\n  text\nb: 2\n", "a", NULL, "x", "a: x\nb: 2\n"},
	{TEXT, "a: 1\nb: 2\nc: 3\n", "b", NULL, NULL, "a: 1\nc: 3\n"},
	{TEXT, "a: 1\nb:\n  da: 2\n  en: 3\nc: 3\n", "b", NULL, NULL, "a: 1\nc: 3\n"},
	{TEXT, "a: 1\n", "b", NULL, NULL, "a: 1\n"},
	{TEXT, "n:\n  da: A # one\n  en: B\nb: 2\n", "n", "da", "X", "n:\n  da: X # one\n  en: B\nb: 2\n"},
	{TEXT, "n:\n  da: A # one\n\nb: 2\n", "n", "en", "X", "n:\n  da: A # one\n  en: X\n\nb: 2\n"},
	{TEXT, "n: {da: A, en: B}\nb: 2\n", "n", "en", "X, Y", "n: {da: A, en: \"X, Y\"}\nb: 2\n"},
	{TEXT, "n: {da: A}\nb: 2\n", "n", "en", "X", "n: {da: A, en: X}\nb: 2\n"},
	{TEXT, "n: {da: A, en: B}\nb: 2\n", "n", "en", NULL, "n: {da: A}\nb: 2\n"},
	{TEXT, "n: {da: A, en: B}\nb: 2\n", "n", "da", NULL, "n: {en: B}\nb: 2\n"},
	{TEXT, "n: {}\nb: 2\n", "n", "en", "X", "n: {en: X}\nb: 2\n"},
	{TEXT, "b: 2\n", "n", "en", "X", "b: 2\nn: {en: X}\n"},
	{TEXT, "n:\n  da: A\n  # later\n", "n", "en", "X", "n:\n  da: A\n  en: X\n  # later\n"},
	{ADD, "p: [a, b] # list\nb: 2\n", "p", NULL, "c", "p: [a, b, c] # list\nb: 2\n"},
	{ADD, "p: [a,\n    b] # list\nb: 2\n", "p", NULL, "c", "p: [a,\n    b, c] # list\nb: 2\n"},
	{ADD, "p: [\n  a, # one\n  b # two\n]\n", "p", NULL, "c", "p: [\n  a, # one\n  b, c # two\n]\n"},
	{ADD, "p:\n  - a # one\n  - b\nb: 2\n", "p", NULL, "c", "p:\n  - a # one\n  - b\n  - c\nb: 2\n"},
	{ADD, "p:\n- a\n- b\n\n# end\nb: 2\n", "p", NULL, "c", "p:\n- a\n- b\n- c\n\n# end\nb: 2\n"},
	{ADD, "p: [a, b]\n", "p", NULL, "b", "p: [a, b]\n"},
	{ADD, "p: []\nb: 2\n", "p", NULL, "a", "p: [a]\nb: 2\n"},
	{ADD, "p:\nb: 2\n", "p", NULL, "a", "p: [a]\nb: 2\n"},
	{ADD, "b: 2\n", "p", NULL, "a", "b: 2\np: [a]\n"},
	{TEXT, "a: {b: c| \n, }\n", "a", "b", "x", "a: {b: x \n, }\n"},
	{TEXT, "a: {b: c| \n, }\n", "a", "b", NULL, "a: {}\n"},
	/* Refused, and nothing has changed. */
	{TEXT, "# \na:\r b: e}\n", "a", "b", NULL, NULL}, /* lines that end in another way */
	{TEXT, "a: 1\u2028b: 2\n", "a", NULL, "x", NULL},
	{TEXT, "a: 1\u2029b: 2\n", "a", NULL, "x", NULL},
	{TEXT,
	 "a: 1\xc2\x85"
	 "b: 2\n",
	 "a", NULL, "x", NULL},
	{TEXT, "a: &x 1\nb: *x\n", "a", NULL, "x", NULL},
	{TEXT, "- a\n- b\n", "a", NULL, "x", NULL},
	{TEXT, "a: 1\n", "a", "da", "x", NULL},
	{TEXT, "a: \"1\n", "a", NULL, "x", NULL},
	{TEXT, "a: 1\na: 2\n", "a", NULL, "x", NULL},
	{ADD, "p: {a: 1}\n", "p", NULL, "c", NULL},
	{ADD, "p: [a, ]\n", "p", NULL, "c", "p: [a, c, ]\n"},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *path[] = {rows[i].key, rows[i].sub, NULL};
		const char *wanted = rows[i].edited ? rows[i].edited : rows[i].yaml;
		struct buf yaml = {0};
		struct err err = {0};

		buf_append_text(&yaml, rows[i].yaml);
		bool ok = rows[i].act == ADD ? edit_add(&yaml, path, rows[i].value, &err)
					     : edit_text(&yaml, path, rows[i].value, &err);
		if (ok != (rows[i].edited != NULL) || strcmp(yaml.data, wanted) != 0)
			fail_msg("%s-> %s%s", rows[i].yaml, yaml.data, err.text);
		buf_finish(&yaml);
	}
}

static void test_quoting(void **state)
{
	static const char *const texts[] = {
		"plain",
		"99 66 70 00",
		"a: b",
		"a #b",
		"#b",
		"- a",
		"?",
		"yes",
		"'a'",
		"\"a\"",
		"a\\b",
		"[a]",
		"{a}",
		"a,b",
		"*a",
		"&a",
		"!a",
		"|",
		">",
		"%a",
		"@a",
		"`a",
		"Ærø",
		"اللغة",
		"a:",
		" a",
		"a ",
		"",
		"~",
		"null",
		"http://a.b/c",
		"\xef\xbc\x81",
		"\xf0\x9f\x98\x80",
		"-",
		"--- a",
		"...",
		"=",
		"<<",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		static const char *const path[] = {"k", NULL};
		struct buf yaml = {0};
		struct err err = {0};

		buf_append_text(&yaml, "a: {b: c}\n");
		if (!edit_text(&yaml, path, texts[i], &err) || !edit_list(&yaml, path, &texts[i], 1, &err))
			fail_msg("%s: %s", texts[i], err.text);
		buf_finish(&yaml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_quoting)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
