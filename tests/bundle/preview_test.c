/* What a preview stands on: watching a folder, files as they were last without faults, and a store of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "bundle/last_good.h"
#include "bundle/preview_store.h"
#include "bundle/watch.h"

static char folder[] = "/tmp/preview_test-XXXXXX";
static int dir;

static int make_folder(void **state)
{
	struct err err;

	(void)state;
	strcpy(folder, "/tmp/preview_test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_true(file_open_dir(AT_FDCWD, folder, false, &dir, &err));
	assert_int_equal(mkdirat(dir, "content", 0755), 0);
	return 0;
}

static int remove_folder(void **state)
{
	struct err err;

	(void)state;
	close(dir);
	return !file_remove(AT_FDCWD, folder, &err);
}

static void put(const char *path, const char *text)
{
	int fd = openat(dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void assert_file(const char *path, const char *text)
{
	struct buf bytes = {0};
	struct err err;

	if (!file_read(dir, path, 1000, &bytes, &err)) {
		assert_int_equal(err.code, ERR_MISSING);
		assert_null(text);
		return;
	}
	assert_non_null(text);
	assert_string_equal(bytes.len ? bytes.data : "", text);
	buf_finish(&bytes);
}

static bool is_told(const struct watch *watch)
{
	return poll(&(struct pollfd){.fd = watch_fd(watch), .events = POLLIN}, 1, 0) == 1;
}

/* Everything that may change what is shown, in old folders and new ones; once looked at, nothing more. */
static void test_changes_are_told(void **state)
{
	char path[100];
	struct watch *watch;
	struct err err;

	(void)state;
	snprintf(path, sizeof(path), "%s/content", folder);
	assert_int_equal(mkdirat(dir, "content/topics", 0755), 0);
	assert_int_equal(mkdirat(dir, "content/.git", 0755), 0);
	assert_true(watch_open(path, &watch, &err));
	for (int step = 0; step < 7; step++) {
		assert_true(watch_again(watch, &err));
		assert_false(is_told(watch));
		if (step == 0)
			put("content/site.yaml", "a");
		else if (step == 1)
			put("content/topics/topic.yaml", "a");
		else if (step == 2)
			assert_int_equal(mkdirat(dir, "content/topics/new", 0755), 0);
		else if (step == 3)
			put("content/topics/new/da.md", "in a folder that was not there at first");
		else if (step == 4)
			assert_int_equal(renameat(dir, "content/topics/new", dir, "content/topics/other"), 0);
		else if (step == 5)
			assert_int_equal(unlinkat(dir, "content/topics/other/da.md", 0), 0);
		else
			assert_int_equal(renameat(dir, "content/site.yaml", dir, "elsewhere"), 0);
		if (!is_told(watch))
			fail_msg("step %d is not told", step);
	}
	assert_true(watch_again(watch, &err));
	put("content/.git/index", "not content");
	assert_false(is_told(watch));
	assert_true(file_remove(dir, "content", &err));
	assert_true(is_told(watch));
	assert_false(watch_again(watch, &err));
	assert_int_equal(err.code, ERR_MISSING);
	watch_close(watch);
	watch_close(NULL);
}

static void test_a_file_with_a_fault_is_as_it_was(void **state)
{
	char path[100];
	struct err err;

	(void)state;
	snprintf(path, sizeof(path), "%s/content", folder);
	assert_int_equal(mkdirat(dir, "content/topics", 0755), 0);
	put("content/topics/a", "a1");
	put("content/topics/b", "b1");
	put("content/.hidden", "x");
	assert_int_equal(symlinkat("/etc/passwd", dir, "content/link"), 0);
	assert_true(last_good_try(dir, path, &err));
	assert_file("trial/topics/a", "a1");
	assert_file("trial/.hidden", NULL);
	assert_file("trial/link", NULL);
	assert_true(last_good_keep(dir, &err));

	put("content/topics/a", "a2 with a fault");
	put("content/topics/b", "b2");
	put("content/topics/new", "with a fault");
	assert_true(last_good_try(dir, path, &err));
	assert_file("trial/topics/a", "a2 with a fault");
	assert_true(last_good_restore(dir, "topics/a", &err));
	assert_true(last_good_restore(dir, "topics/new", &err));
	assert_true(last_good_restore(dir, "topics/not-there-at-all", &err));
	assert_true(last_good_restore(dir, "topics", &err)); /* a folder stays */
	assert_file("trial/topics/a", "a1");
	assert_file("trial/topics/b", "b2");
	assert_file("trial/topics/new", NULL);
	assert_true(last_good_keep(dir, &err));
	assert_file("good/topics/b", "b2");
	assert_file("content/topics/a", "a2 with a fault"); /* what staff wrote is never touched */

	assert_true(file_remove(dir, "content", &err));
	assert_false(last_good_try(dir, path, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_file("good/topics/a", "a1");
}

static void assert_remarks(const char *const *parts)
{
	struct buf bytes = {0};
	struct err err;

	assert_true(file_read(dir, "store/preview.json", 16384, &bytes, &err));
	for (; *parts; parts++)
		if (!strstr(bytes.data, *parts))
			fail_msg("%s is not in %s", *parts, bytes.data);
	buf_finish(&bytes);
}

/* At most four, the last saying how many there are besides; whatever they say, it is JSON that the kiosk takes. */
static void test_remarks(void **state)
{
	char path[100], longest[3000];
	struct preview_store store;
	struct faults faults = {0};
	struct err err;

	(void)state;
	snprintf(path, sizeof(path), "%s/store", folder);
	assert_true(preview_store_open(path, &store, &err));
	assert_true(preview_store_remark(&store, &faults, NULL, &err));
	assert_remarks((const char *const[]){"\"remarks\": []", NULL});
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	fault_warning(&faults, "a.yaml", 1, "a warning is not shown");
	fault_error(&faults, "a.yaml", 2, "%s", longest);
	fault_error(&faults, "b.yaml", 3, "a \"quoted\" word");
	for (size_t i = 0; i < 7; i++)
		fault_error(&faults, "c.yaml", 10 + i, "number %zu", i);
	faults_sort(&faults);
	assert_true(preview_store_remark(&store, &faults, "the disk is full", &err));
	assert_remarks((const char *const[]){"\"a.yaml:2\"", "\"b.yaml:3\"", "a \\\"quoted\\\" word",
					     "and 7 more errors", "the disk is full", NULL});
	faults_finish(&faults);
	preview_store_close(&store);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_changes_are_told, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_a_file_with_a_fault_is_as_it_was, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_remarks, make_folder, remove_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
