/* CSV as spreadsheets save it: what is read, and what is told of what cannot be. */
#include "bundle/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The table as "a|b" lines, or its first faults as "line: text" lines. */
static char *shown(const char *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.csv", &faults, &arena, NULL};
	struct buf out = {0};
	struct table table;
	bool ok = table_read(&in, bytes, len, &table);

	for (size_t c = 0; ok && c < table.column_count; c++)
		buf_printf(&out, "%s%s", c ? "|" : "", table.columns[c]);
	for (size_t r = 0; ok && r < table.row_count; r++) {
		buf_printf(&out, "\n%zu%s ", table.rows[r].line, table.rows[r].sound ? ":" : "!");
		for (size_t c = 0; c < table.column_count; c++)
			buf_printf(&out, "%s%s", c ? "|" : "", table.rows[r].cells[c]);
	}
	assert_true(ok || faults.errors > 0);
	for (size_t i = 0; i < faults.count; i++)
		buf_printf(&out, "%s%zu: %s", out.len ? "\n" : "", faults.faults[i].line, faults.faults[i].text);
	faults_finish(&faults);
	arena_finish(&arena);
	return out.data;
}

static const struct {
	const char *bytes, *shown;
} rows[] = {
	{"a;b\n1;2\n", "a|b\n2: 1|2"},
	{"a,b\r\n1,2\r\n", "a|b\n2: 1|2"},
	{"a\tb\r1\t2", "a|b\n2: 1|2"},
	{"\xef\xbb\xbf"
	 "a;b\n1;2",
	 "a|b\n2: 1|2"},
	{"sep=,\r\na;x,b\n1,2\n", "a;x|b\n3: 1|2"},
	{"a;b;;\n1;2;;\n;;;\n\n3;4\n", "a|b\n2: 1|2\n5: 3|4"},
	{"a;b\n\"1;2\";\"say \"\"hi\"\"\"\n", "a|b\n2: 1;2|say \"hi\""},
	{"a;b\n\"one\r\ntwo\nthree\";2\n3;4\n", "a|b\n2: one two three|2\n5: 3|4"},
	{"a , b\n \"1\" ,  2  \n", "a|b\n2: 1|2"},
	{"By\n\xc5rs \x80\n", "By\n2: Års €"},
	{"By\nÅrs €\n", "By\n2: Års €"},
	{"a\n1\n", "a\n2: 1"},
	{"a;b\n\"\";\"\"\n1;\n", "a|b\n3: 1|"},
	/* Told, and the others kept. */
	{"a;b\n1\n2;3\n4;5;6\n", "a|b\n2! 1|\n3: 2|3\n4! 4|5\n2: this row has 1 cells; the first row has 2\n4: this "
				 "row has 3 cells; the first row has 2"},
	/* Told, and nothing is read. */
	{"", "1: the table is empty; its first row must name the columns"},
	{"\n ;\n", "1: the table is empty; its first row must name the columns"},
	{"\xef\xbb\xbf", "1: the table is empty; its first row must name the columns"},
	{"a;b\n1;\"2\n3;4\n", "2: a quote opens here and is never closed"},
	{"a;b\n1;\"2\"3\n", "2: text behind a closing quote; a quote within quotes is written twice"},
	{"a;b\n1;2\"3\n", "2: a quote within a cell; put the cell in quotes and write the quote twice"},
	{"a;a\n1;2\n", "1: two columns are called \"a\""},
	{"\xff\xfe"
	 "a",
	 "1: this is UTF-16; save the table as \"CSV UTF-8\""},
	{"\xfe\xff"
	 "a",
	 "1: this is UTF-16; save the table as \"CSV UTF-8\""},
	{"a\n\x81\n", "2: the byte 81 is neither UTF-8 nor Windows-1252; save the table as \"CSV UTF-8\""},
	{"\xef\xbb\xbf"
	 "a\n\xe6\n",
	 "1: the file says it is UTF-8 and is not; save the table as \"CSV UTF-8\""},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text = shown(rows[i].bytes, strlen(rows[i].bytes));

		if (strcmp(text, rows[i].shown) != 0)
			fail_msg("%s\n-> %s\nnot %s", rows[i].bytes, text, rows[i].shown);
		free(text);
	}
}

static void test_zero_byte(void **state)
{
	(void)state;
	char *text = shown("a;b\n1;\0", 7);
	assert_string_equal(text, "2: a zero byte; this is no table that was saved as CSV");
	free(text);
}

static void test_limits(void **state)
{
	struct buf bytes = {0};
	(void)state;

	buf_printf(&bytes, "a\n%*s\n", TABLE_CELL_MAX + 1, "x");
	memset(bytes.data + 2, 'x', TABLE_CELL_MAX + 1);
	char *text = shown(bytes.data, bytes.len);
	assert_string_equal(text, "2: a cell has more than 4000 bytes; no more are allowed");
	free(text);
	buf_clear(&bytes);
	for (int i = 0; i <= TABLE_COLUMNS_MAX; i++)
		buf_append_text(&bytes, ";");
	text = shown(bytes.data, bytes.len);
	assert_string_equal(text, "1: a row has more than 100 cells; no more are allowed");
	free(text);
	buf_clear(&bytes);
	for (int i = 0; i <= TABLE_ROWS_MAX + 1; i++)
		buf_append_text(&bytes, "a\n");
	text = shown(bytes.data, bytes.len);
	assert_string_equal(text, "20002: the table has more than 20000 rows; no more are allowed");
	free(text);
	buf_finish(&bytes);
}

static size_t copies;

char *__real_arena_text(struct arena *arena, const char *bytes, size_t len);
char *__wrap_arena_text(struct arena *arena, const char *bytes, size_t len);
char *__wrap_arena_text(struct arena *arena, const char *bytes, size_t len)
{
	copies += 1 + len;
	return __real_arena_text(arena, bytes, len);
}

/* What is copied grows as the table does. */
static size_t copies_of(size_t count)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.csv", &faults, &arena, NULL};
	struct buf bytes = {0};
	struct table table;

	buf_append_text(&bytes, "a;b;c\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(&bytes, "%05zu;\"x\ny\";z\n", i);
	copies = 0;
	assert_true(table_read(&in, bytes.data, bytes.len, &table));
	assert_int_equal(table.row_count, count);
	assert_int_equal(table.rows[count - 1].line, 2 * count);
	buf_finish(&bytes);
	faults_finish(&faults);
	arena_finish(&arena);
	return copies;
}

static void test_linear(void **state)
{
	(void)state;
	assert_in_range(copies_of(10000), 10 * copies_of(1000) - 100, 10 * copies_of(1000) + 100);
}

static void test_round_trip(void **state)
{
	static const char *const cells[] = {"plain", "a;b", "say \"hi\"", "", "x,y", "two words"};
	struct buf bytes = {0};
	(void)state;

	assert_true(table_write_cell(&bytes, "a", false) && table_write_cell(&bytes, "b", true));
	for (size_t i = 0; i < 6; i++)
		assert_true(table_write_cell(&bytes, cells[i], i % 2 == 1));
	char *text = shown(bytes.data, bytes.len);
	assert_string_equal(text, "a|b\n2: plain|a;b\n3: say \"hi\"|\n4: x,y|two words");
	free(text);
	buf_finish(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),   cmocka_unit_test(test_zero_byte),  cmocka_unit_test(test_limits),
		cmocka_unit_test(test_linear), cmocka_unit_test(test_round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
