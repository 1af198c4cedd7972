/* The list of what the audit allows: its lines, and what is said of a wrong one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/array.h"
#include "replay/deviations.h"

static char path[] = "/tmp/vejviser-deviations-XXXXXX";

static void put(const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void lines_allow_by_pattern(void **unused)
{
	(void)unused;
	struct deviations list;
	struct err err;
	put("# why\n\nreach * emergency  on every screen\ngap guide link.?a*  two links\n");
	assert_true(deviations_read(path, &list, &err));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.all[0].reason, "on every screen");
	assert_int_equal(list.all[1].line, 4);
	assert_non_null(deviations_allow(&list, RULE_REACH, "home", "emergency"));
	assert_non_null(deviations_allow(&list, RULE_GAP, "guide", "link.ba/x"));
	assert_null(deviations_allow(&list, RULE_GAP, "topic", "link.ba/x"));
	assert_null(deviations_allow(&list, RULE_CUT, "home", "emergency"));
	assert_int_equal(list.all[0].found, 1);
	deviations_finish(&list);
}

static void a_wrong_line_is_named(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *says;
	} rows[] = {
		{"reach * emergency", "line 1: a line is \"rule screen what reason\""},
		{"\nbeauty home x it is fine\n", "line 2: there is no rule \"beauty\""},
		{"gap home\n", "line 1: a line is"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct deviations list;
		struct err err = {0};
		put(rows[i].text);
		assert_false(deviations_read(path, &list, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_non_null(strstr(err.text, rows[i].says));
		assert_non_null(strstr(err.text, path));
	}
}

static void more_than_can_be_kept(void **unused)
{
	(void)unused;
	static const char line[] = "cut a b c\n";
	static char text[(DEVIATIONS_MAX + 1) * (sizeof(line) - 1) + 1];
	struct deviations list;
	struct err err = {0};
	for (size_t i = 0; i <= DEVIATIONS_MAX; i++)
		memcpy(text + i * (sizeof(line) - 1), line, sizeof(line));
	put(text);
	assert_false(deviations_read(path, &list, &err));
	assert_int_equal(err.code, ERR_LIMIT);
}

static void none_is_no_file(void **unused)
{
	(void)unused;
	struct deviations list;
	struct err err = {0};
	assert_true(deviations_read(NULL, &list, &err));
	assert_int_equal(list.count, 0);
	deviations_finish(&list);
	assert_false(deviations_read("/nowhere/at/all", &list, &err));
	assert_int_equal(err.code, ERR_MISSING);
}

static int make(void **unused)
{
	(void)unused;
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int clear(void **unused)
{
	(void)unused;
	return unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_allow_by_pattern),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(more_than_can_be_kept),
		cmocka_unit_test(none_is_no_file),
	};
	return cmocka_run_group_tests(tests, make, clear);
}
