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
		const struct status status = {.report = rows[i].report, .went = rows[i].failure ? &went : NULL};

		assert_true(status_sentence(&status, &out, &err));
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

static void write_status(const struct status *status)
{
	struct err err;

	if (!status_reserve(dir, &err) || !status_write(dir, status, &err))
		fail_msg("%s", err.text);
}

/* The longest there can be, of which no byte is UTF-8, or all are escaped, is still read back. */
static void test_longest(void **state)
{
	static const char fillers[] = {'\xe9', '\x01', '"'};
	struct err went = {.code = ERR_NETWORK}, err;
	char mirror[1024];
	struct buf out = {0};

	(void)state;
	assert_false(status_describe(dir, &out, &err));
	assert_int_equal(err.code, ERR_MISSING);
	for (size_t i = 0; i < ARRAY_LEN(fillers); i++) {
		struct status status = {.went = &went,
					.mirror = mirror,
					.report = {.generation = INT32_MAX, .published_utc_s = NOW},
					.now_utc_s = NOW,
					.duration_ms = INT32_MAX};

		memset(went.text, fillers[i], ERR_TEXT_MAX - 1);
		memset(mirror, fillers[i], sizeof(mirror) - 1);
		mirror[sizeof(mirror) - 1] = '\0';
		for (size_t k = 0; k < METADATA_ROLE_COUNT; k++)
			status.report.versions[k] = INT32_MAX;
		write_status(&status);
		if (!status_describe(dir, &out, &err))
			fail_msg("%s", err.text);
		assert_non_null(strstr(out.data, "last pass that went well: none\n"));
		buf_clear(&out);
	}
	buf_finish(&out);
}

static void test_file(void **state)
{
	struct status status = {.report = {.generation = 3, .published_utc_s = NOW, .versions = {1, 12, 11, 10}},
				.mirror = "https://a.example/",
				.heard = true,
				.now_utc_s = NOW,
				.duration_ms = 61007};
	struct err went, err;
	struct buf out = {0};

	(void)state;
	write_status(&status);
	expect_described("2027-01-15T08:00:00Z nothing new: generation 3, published 2027-01-15T08:00:00Z, 0 files\n"
			 "last pass that went well: 2027-01-15T08:00:00Z\n"
			 "from: https://a.example/, in 61.007 s\n"
			 "versions: root 1, timestamp 12, snapshot 11, targets 10\n");
	err_set(&went, ERR_NETWORK, "gone");
	status = (struct status){.report = {.generation = 3, .published_utc_s = NOW},
				 .went = &went,
				 .mirror = "",
				 .now_utc_s = NOW + 60,
				 .clock = CLOCK_BEFORE_CONTENT,
				 .clock_behind_s = 86400 * 3 + 5};
	write_status(&status);
	expect_described(
		"2027-01-15T08:01:00Z failed: gone; still shown: generation 3, published 2027-01-15T08:00:00Z\n"
		"last pass that went well: 2027-01-15T08:00:00Z\n"
		"from: (nowhere), in 0.000 s\n"
		"versions: root 0, timestamp 0, snapshot 0, targets 0\n"
		"the clock of this machine is wrong: at least 3 days behind (before-content)\n");
	assert_true(file_write(dir, STATUS_FILE, "?", 1, 0644, &err));
	assert_false(status_describe(dir, &out, &err));
	assert_non_null(strstr(err.text, STATUS_FILE));
	write_status(&status);
	assert_true(status_describe(dir, &out, &err));
	assert_non_null(strstr(out.data, "last pass that went well: none\n"));
	buf_finish(&out);
}

/* The members are a promise to whoever watches over many kiosks. */
static void test_members(void **state)
{
	const struct status status = {.report = {.changed = true,
						 .generation = 3,
						 .published_utc_s = NOW,
						 .versions = {1, 12, 11, 10},
						 .objects = {9, 2, 100}},
				      .mirror = "/media/stick",
				      .heard = true,
				      .now_utc_s = NOW,
				      .duration_ms = 5,
				      .clock = CLOCK_BEFORE_BUILD,
				      .clock_behind_s = 7};
	struct buf bytes = {0};
	struct err err;

	(void)state;
	write_status(&status);
	assert_true(file_read(dir, STATUS_FILE, 65536, &bytes, &err));
	buf_cut(&bytes, strcspn(bytes.data, "}") + 1);
	bytes.data[bytes.len] = '\0';
	assert_non_null(strstr(
		bytes.data,
		"{\n\t\"time\": \"2027-01-15T08:00:00Z\",\n\t\"result\": \"new\",\n\t\"sentence\": \"new content: "));
	assert_non_null(strstr(
		bytes.data,
		"\n\t\"last_good\": \"2027-01-15T08:00:00Z\",\n\t\"duration_ms\": 5,\n\t\"mirror\": \"/media/stick\",\n"
		"\t\"clock\": \"before-build\",\n\t\"clock_behind_s\": 7,\n\t\"generation\": 3,\n\t\"published\": "
		"\"2027-01-15T08:00:00Z\",\n"
		"\t\"versions\": {\n\t\t\"root\": 1,\n\t\t\"timestamp\": 12,\n\t\t\"snapshot\": 11,\n\t\t\"targets\": "
		"10\n\t}"));
	buf_finish(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_members),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
