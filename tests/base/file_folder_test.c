#include "base/file.h"

#include "failing_os.h"

static void test_open_dir(void **state)
{
	struct place *place = *state;
	struct err err;
	int fd = -1;
	char absolute[128];

	assert_false(file_open_dir(place->fd, "a/b", false, &fd, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_int_equal(fd, -1);
	os_set(MODE_FINE, 0, 0);
	assert_true(file_open_dir(place->fd, "a//b/c/", true, &fd, &err));
	__real_close(fd);
	/* Each of the three is made and the folder around it fsynced. */
	assert_string_equal(os.trace, "odoFcdoFcdoFco");
	os_set(MODE_FINE, 0, 0);
	assert_true(file_open_dir(place->fd, "a/b/d", true, &fd, &err));
	__real_close(fd);
	assert_string_equal(os.trace, "odddoFco");
	snprintf(absolute, sizeof(absolute), "%s/e/f", place->path);
	assert_true(file_open_dir(AT_FDCWD, absolute, true, &fd, &err));
	__real_close(fd);
	assert_true(exists(place, "a/b/c") && exists(place, "a/b/d") && exists(place, "e/f"));
	assert_true(file_open_dir(place->fd, ".", true, &fd, &err));
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	__real_close(fd);

	put(place, "file", "x");
	assert_false(file_open_dir(place->fd, "file", true, &fd, &err));
	assert_false(file_open_dir(place->fd, "file/sub", true, &fd, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(file_open_dir(place->fd, "", true, &fd, &err));
}

static void test_open_dir_fails_at_every_call(void **state)
{
	struct place *place = *state;
	unsigned before = open_descriptors();
	bool ok = false;

	for (unsigned n = 2; !ok; n++) {
		struct err err;
		int fd;
		os_set(MODE_FINE, 0, 0);
		assert_true(file_remove(place->fd, "a", &err));
		os_set(MODE_FAIL_ONCE, n, ENOSPC);
		ok = file_open_dir(place->fd, "a/b", true, &fd, &err);
		if (ok) {
			assert_true(os.calls < n || os.trace[n - 1] == 'c');
			ok = os.calls < n;
			__real_close(fd);
		} else {
			assert_int_equal(err.code, ERR_FULL);
		}
		assert_true(n < 50);
	}
	assert_int_equal(open_descriptors(), before);
}

static void test_rename(void **state)
{
	struct place *place = *state;
	struct err err;
	int sub;

	assert_int_equal(mkdirat(place->fd, "sub", 0755), 0);
	sub = open(place->path, O_RDONLY | O_DIRECTORY);
	put(place, "a", "A");
	put(place, "sub/b", "B");
	os_set(MODE_FINE, 0, 0);
	assert_true(file_rename(place->fd, "a", sub, "sub/b", &err));
	assert_string_equal(os.trace, "NoFcoFc");
	assert_string_equal(look(place, "sub/b"), "A");
	assert_false(exists(place, "a"));
	assert_false(file_rename(place->fd, "a", sub, "sub/b", &err));
	assert_int_equal(err.code, ERR_MISSING);
	for (unsigned n = 1; n <= 6; n++) {
		put(place, "a", "A");
		os_set(MODE_FAIL_ONCE, n, EIO);
		assert_int_equal(file_rename(place->fd, "a", sub, "sub/b", &err), n == 4);
	}
	__real_close(sub);
}

static void test_remove(void **state)
{
	struct place *place = *state;
	struct err err;
	int fd;

	assert_true(file_remove(place->fd, "absent", &err));
	put(place, "outside", "safe");
	assert_int_equal(mkdirat(place->fd, "elsewhere", 0755), 0);
	put(place, "elsewhere/x", "safe");
	assert_true(file_open_dir(place->fd, "tree/a/b", true, &fd, &err));
	__real_close(fd);
	assert_true(file_open_dir(place->fd, "tree/empty", true, &fd, &err));
	__real_close(fd);
	for (int i = 0; i < 500; i++) {
		char name[64];
		snprintf(name, sizeof(name), "tree/a/file%d", i);
		put(place, name, "x");
	}
	assert_int_equal(symlinkat("../../outside", place->fd, "tree/a/link"), 0);
	assert_int_equal(symlinkat("../../elsewhere", place->fd, "tree/a/b/link"), 0);
	assert_int_equal(symlinkat("elsewhere", place->fd, "link"), 0);
	unsigned before = open_descriptors();
	assert_true(file_remove(place->fd, "tree", &err));
	assert_false(exists(place, "tree"));
	assert_true(file_remove(place->fd, "link", &err));
	assert_false(exists(place, "link"));
	assert_string_equal(look(place, "outside"), "safe");
	assert_string_equal(look(place, "elsewhere/x"), "safe");
	assert_true(file_remove(place->fd, "outside", &err));
	assert_false(exists(place, "outside"));
	assert_int_equal(open_descriptors(), before);
}

static void test_remove_has_a_limit_and_fails(void **state)
{
	struct place *place = *state;
	char path[400] = "deep";
	struct err err;
	int fd;

	for (int i = 0; i < 66; i++)
		strcat(path, "/x");
	assert_true(file_open_dir(place->fd, path, true, &fd, &err));
	__real_close(fd);
	assert_false(file_remove(place->fd, "deep", &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(file_remove(place->fd, "deep/x/x/x", &err));
	assert_true(file_remove(place->fd, "deep", &err));
	assert_false(exists(place, "deep"));

	unsigned before = open_descriptors();
	bool ok = false;
	for (unsigned n = 1; !ok; n++) {
		os_set(MODE_FINE, 0, 0);
		assert_true(file_open_dir(place->fd, "t/u", true, &fd, &err));
		__real_close(fd);
		put(place, "t/u/file", "x");
		os_set(MODE_FAIL_ONCE, n, EACCES);
		ok = file_remove(place->fd, "t", &err);
		if (!ok)
			assert_int_equal(err.code, ERR_IO);
		assert_int_equal(ok, os.calls < n);
		assert_int_equal(exists(place, "t"), !ok);
	}
	assert_int_equal(open_descriptors(), before);
}

struct seen {
	char names[256];
	unsigned stop_after;
};

static bool see(void *context, const char *name, bool is_dir, struct err *err)
{
	struct seen *seen = context;

	if (seen->stop_after-- == 0)
		return err_set(err, ERR_USAGE, "enough");
	strcat(strcat(seen->names, name), is_dir ? "/ " : " ");
	return true;
}

static void test_list(void **state)
{
	struct place *place = *state;
	struct seen seen = {.stop_after = 99};
	struct err err;

	assert_true(file_list(place->fd, ".", see, &seen, &err));
	assert_string_equal(seen.names, "");
	put(place, "b", "");
	put(place, "B", "");
	put(place, "\xC3\xA6", "");
	put(place, ".hidden", "");
	put(place, "a10", "");
	put(place, "a9", "");
	assert_int_equal(mkdirat(place->fd, "sub", 0755), 0);
	assert_int_equal(symlinkat("sub", place->fd, "to-sub"), 0);
	unsigned before = open_descriptors();
	assert_true(file_list(place->fd, ".", see, &seen, &err));
	assert_string_equal(seen.names, ".hidden B a10 a9 b sub/ to-sub \xC3\xA6 ");
	seen = (struct seen){.stop_after = 2};
	assert_false(file_list(place->fd, ".", see, &seen, &err));
	assert_string_equal(seen.names, ".hidden B ");
	assert_string_equal(err.text, "enough");
	assert_false(file_list(place->fd, "absent", see, &seen, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_false(file_list(place->fd, "b", see, &seen, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(open_descriptors(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_PLACE(test_open_dir), IN_PLACE(test_open_dir_fails_at_every_call), IN_PLACE(test_rename),
		IN_PLACE(test_remove),   IN_PLACE(test_remove_has_a_limit_and_fails), IN_PLACE(test_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
