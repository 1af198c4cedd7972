/* How a pass went, as a sentence and as a file. */
#include "base/array.h"
#include "base/file.h"
#include "sync/status.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW INT64_C(1800000000) /* 2027-01-15T08:00:00Z */

static char root[] = "/tmp/vejviser-status-XXXXXX";
static int dir = -1;

static int set_up(void **state)
{
	struct err err;

	(void)state;
	return mkdtemp(root) && file_open_dir(AT_FDCWD, root, false, &dir, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct err err;

	(void)state;
	close(dir);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static void test_sentence(void **state)
{
	static const struct {
		struct pass_report report;
		const char *failure; /* NULL: all went well */
		const char *sentence;
	} rows[] = {
		{{.generation = 3, .published_utc_s = NOW, .objects = {.all = 9}},
		 NULL,
		 "nothing new: generation 3, published 2027-01-15T08:00:00Z, 9 files"},
		{{.changed = true, .generation = 3, .published_utc_s = NOW, .objects = {9, 2, 100}},
		 NULL,
		 "new content: generation 3, published 2027-01-15T08:00:00Z, 9 files, 2 fetched (100 bytes)"},
		{{.generation = 3, .published_utc_s = NOW},
		 "x: no",
		 "failed: x: no; still shown: generation 3, published 2027-01-15T08:00:00Z"},
		{{.generation = 3}, "x: no", "failed: x: no; still shown: generation 3"},
		{{0}, "x: no", "failed: x: no; there is no content yet"},
		{{0}, "/\xe9/\xc3\xa9: no", "failed: /\xef\xbf\xbd/\xc3\xa9: no; there is no content yet"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err went = {.code = ERR_IO}, err;
		struct buf out = {0};

		if (rows[i].failure)
			err_set(&went, ERR_IO, "%s", rows[i].failure);
		assert_true(status_sentence(&rows[i].report, rows[i].failure ? &went : NULL, &out, &err));
		assert_string_equal(out.data, rows[i].sentence);
		buf_finish(&out);
	}
}

static void expect_described(const char *text)
{
	struct buf out = {0};
	struct err err;

	if (!status_describe(dir, &out, &err))
		fail_msg("%s", err.text);
	assert_string_equal(out.data, text);
	buf_finish(&out);
}

/* The longest sentence there can be, of which no byte is UTF-8, is still read back. */
static void test_file(void **state)
{
	struct pass_report report = {.generation = 3, .published_utc_s = NOW};
	struct err went = {.code = ERR_NETWORK}, err;
	struct buf out = {0};

	(void)state;
	assert_false(status_describe(dir, &out, &err));
	assert_int_equal(err.code, ERR_MISSING);
	memset(went.text, '\xe9', ERR_TEXT_MAX - 1);
	assert_true(status_write(dir, &report, &went, NOW, &err));
	assert_true(status_describe(dir, &out, &err));
	assert_non_null(strstr(out.data, "last pass that went well: none\n"));
	buf_finish(&out);

	assert_true(status_write(dir, &report, NULL, NOW, &err));
	expect_described("2027-01-15T08:00:00Z nothing new: generation 3, published 2027-01-15T08:00:00Z, 0 files\n"
			 "last pass that went well: 2027-01-15T08:00:00Z\n");
	err_set(&went, ERR_NETWORK, "gone");
	assert_true(status_write(dir, &report, &went, NOW + 60, &err));
	expect_described(
		"2027-01-15T08:01:00Z failed: gone; still shown: generation 3, published 2027-01-15T08:00:00Z\n"
		"last pass that went well: 2027-01-15T08:00:00Z\n");
	assert_true(file_write(dir, STATUS_FILE, "?", 1, 0644, &err));
	assert_false(status_describe(dir, &out, &err));
	assert_non_null(strstr(err.text, STATUS_FILE));
	assert_true(status_write(dir, &report, &went, NOW + 60, &err));
	expect_described(
		"2027-01-15T08:01:00Z failed: gone; still shown: generation 3, published 2027-01-15T08:00:00Z\n"
		"last pass that went well: none\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
