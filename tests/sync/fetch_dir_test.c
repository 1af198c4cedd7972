/* A folder as a source: hostile trees first. */
#include "base/array.h"
#include "base/file.h"
#include "sync/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* A kernel, or a sandbox, without openat2(). */
static int without; /* errno; 0: it is there */

long __real_syscall(long number, long a, long b, long c, long d);
long __wrap_syscall(long number, long a, long b, long c, long d);
long __wrap_syscall(long number, long a, long b, long c, long d)
{
	if (number == SYS_openat2 && without != 0) {
		errno = without;
		return -1;
	}
	return __real_syscall(number, a, b, c, d);
}

static char root[] = "/tmp/vejviser-fetch-XXXXXX";
static int dir = -1;

static void write_text(const char *path, const char *text)
{
	struct err err;

	if (!file_write(dir, path, text, strlen(text), 0644, &err))
		fail_msg("%s", err.text);
}

static int make_tree(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int sub, listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct err err;

	(void)state;
	if (!mkdtemp(root) || !file_open_dir(AT_FDCWD, root, false, &dir, &err) ||
	    !file_open_dir(dir, "in/deep", true, &sub, &err))
		return -1;
	close(sub);
	write_text("in/deep/file", "twelve bytes");
	write_text("in/empty", "");
	write_text("secret", "outside");
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/in/socket", root);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || close(listener) != 0)
		return -1;
	return mkfifoat(dir, "in/fifo", 0644) || symlinkat("deep/file", dir, "in/link") ||
	       symlinkat("deep", dir, "in/way") || symlinkat("/dev/zero", dir, "in/endless") ||
	       symlinkat("../secret", dir, "in/out");
}

static int remove_tree(void **state)
{
	struct err err;

	(void)state;
	close(dir);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static struct fetch *open_in(void)
{
	char path[64];
	struct fetch *fetch;
	struct err err;

	snprintf(path, sizeof(path), "%s/in", root);
	if (!fetch_open(path, NULL, &fetch, &err))
		fail_msg("%s", err.text);
	return fetch;
}

static const struct {
	const char *path;
	size_t limit;
	enum err_code code;
} rows[] = {
	{"../secret", 100, ERR_FORMAT},
	{"deep/../../secret", 100, ERR_FORMAT},
	{"/etc/passwd", 100000, ERR_FORMAT},
	{"", 100, ERR_FORMAT},
	{".", 100, ERR_FORMAT},
	{"deep//file", 100, ERR_FORMAT},
	{"deep/./file", 100, ERR_FORMAT},
	{"deep/file/", 100, ERR_FORMAT},
	{"out", 100, ERR_IO},
	{"link", 100, ERR_IO},
	{"way/file", 100, ERR_IO},
	{"endless", 100, ERR_IO},
	{"fifo", 100, ERR_IO},
	{"socket", 100, ERR_IO},
	{"deep", 100, ERR_IO},
	{"deep/file/more", 100, ERR_IO},
	{"deep/none", 100, ERR_MISSING},
	{"none/file", 100, ERR_MISSING},
	{"...", 100, ERR_MISSING},
	{"deep/file", 11, ERR_LIMIT},
	{"deep/file", 0, ERR_LIMIT},
	{"deep/file", 12, ERR_NONE},
	{"empty", 0, ERR_NONE},
};

static void expect_paths(void)
{
	struct fetch *fetch = open_in();
	struct buf out = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		bool ok = fetch_bytes(fetch, rows[i].path, rows[i].limit, &out, &err);

		if (ok != (rows[i].code == ERR_NONE) || err.code != rows[i].code)
			fail_msg("%s: %s (%s)", rows[i].path, err_name(err.code), err.text);
		assert_int_equal(out.len, ok && rows[i].limit ? 12 : 0);
	}
	buf_finish(&out);
	fetch_close(fetch);
}

static void test_paths(void **state)
{
	static const int numbers[] = {0, ENOSYS, EPERM};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		without = numbers[i];
		expect_paths();
	}
	without = 0;
}

static void test_long_path(void **state)
{
	struct fetch *fetch = open_in();
	char path[FETCH_PATH_MAX + 1];
	struct buf out = {0};
	struct err err;

	(void)state;
	memset(path, 'a', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	assert_false(fetch_bytes(fetch, path, 100, &out, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	buf_finish(&out);
	fetch_close(fetch);
}

static void test_sources(void **state)
{
	static const struct {
		const char *source;
		enum err_code code;
	} sources[] = {
		{"", ERR_USAGE},
		{"ftp://127.0.0.1/", ERR_USAGE},
		{"file:///etc", ERR_USAGE},
		{"/nonexistent/stick", ERR_MISSING},
	};
	struct fetch *fetch;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		struct err err = {0};

		assert_false(fetch_open(sources[i].source, NULL, &fetch, &err));
		assert_int_equal(err.code, sources[i].code);
	}
}

/* ---- several files: who is asked, and who is told */

struct taker {
	int fail_at; /* the write that fails, from 1; 0: none */
	bool end_fails;
	int writes, ends, wholes;
};

static bool take(void *context, const void *bytes, size_t len, struct err *err)
{
	struct taker *taker = context;

	(void)bytes;
	(void)len;
	return ++taker->writes != taker->fail_at || err_set(err, ERR_FULL, "no room");
}

static bool end(void *context, bool whole, struct err *err)
{
	struct taker *taker = context;

	taker->ends++;
	taker->wholes += whole;
	return !taker->end_fails || err_set(err, ERR_HASH, "not this");
}

static void test_callbacks(void **state)
{
	static const struct {
		const char *second;
		int fail_at;
		bool end_fails;
		enum err_code code;
		int writes, ends, wholes;
	} cases[] = {
		{"deep/file", 0, false, ERR_NONE, 2, 2, 2},   {"deep/file", 2, false, ERR_FULL, 2, 2, 1},
		{"deep/file", 0, true, ERR_HASH, 1, 1, 1},    {"deep/none", 0, false, ERR_MISSING, 1, 1, 1},
		{"../secret", 0, false, ERR_FORMAT, 0, 0, 0},
	};
	struct fetch *fetch = open_in();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct taker taker = {.fail_at = cases[i].fail_at, .end_fails = cases[i].end_fails};
		const struct fetch_file files[] = {{"deep/file", 50, take, end, &taker, NULL},
						   {cases[i].second, 50, take, end, &taker, NULL}};
		struct err err = {0};

		assert_int_equal(fetch_files(fetch, files, ARRAY_LEN(files), &err), cases[i].code == ERR_NONE);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(taker.writes, cases[i].writes);
		assert_int_equal(taker.ends, cases[i].ends);
		assert_int_equal(taker.wholes, cases[i].wholes);
	}
	fetch_close(fetch);
}

/* ---- a file of which something is there */

static bool keeper_begin(void *context, bool keep, int64_t *have, struct err *err)
{
	struct buf *kept = context;

	(void)err;
	if (!keep)
		buf_clear(kept);
	*have = (int64_t)kept->len;
	return true;
}

static bool keeper_write(void *context, const void *bytes, size_t len, struct err *err)
{
	return buf_append(context, bytes, len) || err_memory(err);
}

static bool keeper_end(void *context, bool whole, struct err *err)
{
	const struct buf *kept = context;

	return !whole || (kept->len == 12 && memcmp(kept->data, "twelve bytes", 12) == 0) ||
	       err_set(err, ERR_HASH, "not what was signed");
}

static void test_kept(void **state)
{
	static const struct {
		const char *kept;
		int64_t limit;
		enum err_code code;
	} cases[] = {
		{"", 12, ERR_NONE},          {"twelve", 12, ERR_NONE},        {"twelve bytes", 12, ERR_NONE},
		{"eleven", 12, ERR_NONE},    {"eleven bytes", 12, ERR_NONE},  {"twelve", 11, ERR_LIMIT},
		{"twelve by", 13, ERR_NONE}, {"twelve bytes!", 13, ERR_NONE},
	};
	struct fetch *fetch = open_in();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf kept = {0};
		const struct fetch_file file = {"deep/file", cases[i].limit, keeper_write,
						keeper_end,  &kept,          keeper_begin};
		struct err err = {0};

		assert_true(buf_append_text(&kept, cases[i].kept));
		assert_int_equal(fetch_files(fetch, &file, 1, &err), cases[i].code == ERR_NONE);
		assert_int_equal(err.code, cases[i].code);
		buf_finish(&kept);
	}
	fetch_close(fetch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),     cmocka_unit_test(test_long_path), cmocka_unit_test(test_sources),
		cmocka_unit_test(test_callbacks), cmocka_unit_test(test_kept),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
