#include "base/file.h"

#include "base/array.h"

#include "failing_os.h"

static void test_read(void **state)
{
	struct place *place = *state;
	struct buf out = {0};
	struct err err;

	put(place, "a", "hello");
	put(place, "empty", "");
	assert_true(buf_append_text(&out, "what was there before"));
	assert_true(file_read(place->fd, "a", 5, &out, &err));
	assert_string_equal(out.data, "hello");
	assert_true(file_read(place->fd, "a", SIZE_MAX, &out, &err));
	assert_string_equal(out.data, "hello");
	assert_true(file_read(place->fd, "empty", 0, &out, &err));
	assert_int_equal(out.len, 0);
	assert_string_equal(out.data, "");
	/* Files whose size is not told beforehand. */
	assert_true(file_read(AT_FDCWD, "/proc/self/status", 65536, &out, &err));
	assert_true(out.len > 100);
	assert_false(file_read(AT_FDCWD, "/proc/self/status", 10, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(out.len, 0);
	os_set(MODE_SMALL_STEPS, 0, 0);
	assert_true(file_read(place->fd, "a", 5, &out, &err));
	assert_string_equal(out.data, "hello");
	buf_finish(&out);
}

static void test_read_and_map_refuse(void **state)
{
	static const struct {
		const char *path;
		enum err_code code;
		const char *why;
	} cases[] = {
		{"large", ERR_LIMIT, "large: 6 bytes, allowed are 5"},
		{"absent", ERR_MISSING, "absent: is not there (No such file or directory)"},
		{"", ERR_MISSING, ": is not there (No such file or directory)"},
		{"folder", ERR_IO, "folder: is not a regular file"},
		{"fifo", ERR_IO, "fifo: is not a regular file"},
		{"link", ERR_IO, "link: is a link, which is not followed"},
		{"dangling", ERR_IO, "dangling: is a link, which is not followed"},
		{"/dev/null", ERR_IO, "/dev/null: is not a regular file"},
		{"/dev/zero", ERR_IO, "/dev/zero: is not a regular file"},
		{"large/x", ERR_IO, "large/x: is not a folder, or lies below something that is none (Not a directory)"},
	};
	struct place *place = *state;
	struct buf out = {0};

	put(place, "large", "123456");
	put(place, "small", "1");
	assert_int_equal(mkdirat(place->fd, "folder", 0755), 0);
	assert_int_equal(mkfifoat(place->fd, "fifo", 0600), 0);
	assert_int_equal(symlinkat("small", place->fd, "link"), 0);
	assert_int_equal(symlinkat("nowhere", place->fd, "dangling"), 0);
	unsigned before = open_descriptors();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err;
		const void *bytes = NULL;
		size_t len = 0;
		assert_false(file_read(place->fd, cases[i].path, 5, &out, &err));
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(err.text, cases[i].why);
		assert_false(file_map(place->fd, cases[i].path, 5, &bytes, &len, &err));
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(err.text, cases[i].why);
		assert_null(bytes);
	}
	assert_int_equal(open_descriptors(), before);
	buf_finish(&out);
}

static void test_read_a_file_that_changes_size(void **state)
{
	struct place *place = *state;
	struct buf out = {0};
	struct err err;

	put(place, "a", "0123456789");
	os.size_told = 2; /* it grew */
	assert_true(file_read(place->fd, "a", 10, &out, &err));
	assert_string_equal(out.data, "0123456789");
	assert_false(file_read(place->fd, "a", 9, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	os.size_told = 50; /* it shrank */
	assert_true(file_read(place->fd, "a", 50, &out, &err));
	assert_string_equal(out.data, "0123456789");
	buf_finish(&out);
}

static void test_map(void **state)
{
	struct place *place = *state;
	const void *bytes;
	size_t len;
	struct err err;

	put(place, "a", "hello");
	put(place, "empty", "");
	assert_true(file_map(place->fd, "a", 5, &bytes, &len, &err));
	assert_int_equal(len, 5);
	assert_memory_equal(bytes, "hello", 5);
	file_unmap(bytes, len);
	assert_true(file_map(place->fd, "empty", 5, &bytes, &len, &err));
	assert_int_equal(len, 0);
	assert_null(bytes);
	file_unmap(bytes, len);
}

static void test_reading_fails_at_every_call(void **state)
{
	struct place *place = *state;
	struct buf out = {0};
	const void *bytes = NULL;
	size_t len;
	struct err err;

	put(place, "a", "hello");
	unsigned before = open_descriptors();
	for (unsigned n = 1; n <= 3; n++) {
		os_set(MODE_FAIL_ONCE, n, EIO);
		assert_false(file_read(place->fd, "a", 5, &out, &err));
		assert_string_equal(err.text,
				    "a: the disk cannot be read or written; it may be damaged (Input/output error)");
		assert_int_equal(out.len, 0);
		os_set(MODE_FAIL_ONCE, n, ENOMEM);
		assert_false(file_map(place->fd, "a", 5, &bytes, &len, &err));
		assert_int_equal(err.code, ERR_MEMORY);
		assert_null(bytes);
	}
	assert_int_equal(open_descriptors(), before);
	buf_finish(&out);
}

#define OLD "the old contents"
#define NEW "the new contents, which are longer"

static bool write_new(const struct place *place, struct err *err)
{
	return file_write(place->fd, "sub/file", NEW, strlen(NEW), 0644, err);
}

static void prepare(const struct place *place)
{
	os_set(MODE_FINE, 0, 0);
	mkdirat(place->fd, "sub", 0755);
	put(place, "sub/file", OLD);
	__real_unlinkat(place->fd, "sub/.file.new", 0);
}

static void test_write_in_the_right_order(void **state)
{
	struct place *place = *state;
	struct err err;
	struct stat is;

	prepare(place);
	os_set(MODE_FINE, 0, 0);
	assert_true(write_new(place, &err));
	/* open the folder, unlink a leftover, create, write, mode, fsync, close; rename; fsync and close the folder */
	assert_string_equal(os.trace, "ouCWmFcNFc");
	assert_string_equal(look(place, "sub/file"), NEW);
	assert_false(exists(place, "sub/.file.new"));
	assert_int_equal(fstatat(place->fd, "sub/file", &is, 0), 0);
	assert_int_equal(is.st_mode & 07777, 0644);

	assert_true(file_write(place->fd, "key", "", 0, 0600, &err));
	assert_string_equal(look(place, "key"), "");
	assert_int_equal(fstatat(place->fd, "key", &is, 0), 0);
	assert_int_equal(is.st_mode & 07777, 0600);

	os_set(MODE_SMALL_STEPS, 0, 0);
	assert_true(file_write(place->fd, "sub/file", OLD, strlen(OLD), 0644, &err));
	assert_string_equal(look(place, "sub/file"), OLD);
}

/* Without waiting for the disk, and the folder is made. */
static void test_write_later(void **state)
{
	struct place *place = *state;
	struct err err;

	prepare(place);
	os_set(MODE_FINE, 0, 0);
	assert_true(file_write_later(place->fd, "sub/file", NEW, strlen(NEW), 0644, &err));
	/* create, which fails: it is there; then as above, but for the disk */
	assert_string_equal(os.trace, "CouCWmcNc");
	assert_string_equal(look(place, "sub/file"), NEW);
	assert_true(file_write_later(place->fd, "not/there/yet", OLD, strlen(OLD), 0644, &err));
	assert_string_equal(look(place, "not/there/yet"), OLD);
	assert_false(file_write_later(place->fd, "sub/file/below", OLD, strlen(OLD), 0644, &err));
}

/* One call fails: an error is told, the file is old (or new when only the folder's fsync or close came later), nothing
 * lies about, and the next try succeeds. */
static void test_write_fails_at_every_call(void **state)
{
	struct place *place = *state;
	unsigned before = open_descriptors();
	bool reached = true;

	for (unsigned n = 1; reached; n++) {
		struct err err;
		prepare(place);
		os_set(MODE_FAIL_ONCE, n, ENOSPC);
		bool ok = write_new(place, &err);
		reached = os.calls >= n;
		bool renamed = strchr(os.trace, 'N') && n > (unsigned)(strchr(os.trace, 'N') - os.trace) + 1;
		assert_string_equal(look(place, "sub/file"), ok || renamed ? NEW : OLD);
		assert_false(exists(place, "sub/.file.new"));
		if (!ok) {
			assert_int_equal(err.code, ERR_FULL);
			assert_non_null(strstr(err.text, "sub"));
		}
		/* Only the last close, of a folder that was already fsynced, has nothing to tell. */
		assert_int_equal(ok, !reached || n == 10);
		os_set(MODE_FINE, 0, 0);
		assert_true(write_new(place, &err));
		assert_string_equal(look(place, "sub/file"), NEW);
		assert_true(n < 50);
	}
	assert_int_equal(open_descriptors(), before);
}

/* All calls from the nth fail, as if the power were gone: old or new, and a leftover does not disturb the next try. */
static void test_write_through_a_power_cut(void **state)
{
	struct place *place = *state;
	unsigned leftovers = 0;
	bool ok = false;

	for (unsigned n = 1; !ok; n++) {
		struct err err;
		prepare(place);
		os_set(MODE_POWER_CUT, n, EIO);
		ok = write_new(place, &err) && os.calls < n;
		const char *now = look(place, "sub/file");
		assert_true(strcmp(now, OLD) == 0 || strcmp(now, NEW) == 0);
		leftovers += exists(place, "sub/.file.new");
		os_set(MODE_FINE, 0, 0);
		assert_true(write_new(place, &err));
		assert_string_equal(look(place, "sub/file"), NEW);
		assert_false(exists(place, "sub/.file.new"));
		assert_true(n < 50);
	}
	assert_true(leftovers >= 4);
}

static void test_write_where_it_cannot_be(void **state)
{
	struct place *place = *state;
	char longest[300];
	struct err err;

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_false(file_write(place->fd, "absent/file", "x", 1, 0644, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_false(file_write(place->fd, "", "x", 1, 0644, &err));
	assert_false(file_write(place->fd, "name/", "x", 1, 0644, &err));
	assert_false(file_write(place->fd, longest, "x", 1, 0644, &err));
	longest[254] = '\0';
	assert_false(file_write(place->fd, longest, "x", 1, 0644, &err));
	longest[250] = '\0';
	assert_true(file_write(place->fd, longest, "x", 1, 0644, &err));

	/* A link where the temporary file shall be is removed, not followed; one at the goal is replaced. */
	put(place, "outside", "safe");
	assert_int_equal(symlinkat("outside", place->fd, ".file.new"), 0);
	assert_int_equal(symlinkat("outside", place->fd, "file"), 0);
	assert_true(file_write(place->fd, "file", "new", 3, 0644, &err));
	assert_string_equal(look(place, "outside"), "safe");
	assert_string_equal(look(place, "file"), "new");
	/* A folder at the goal stays. */
	assert_int_equal(mkdirat(place->fd, "folder", 0755), 0);
	assert_false(file_write(place->fd, "folder", "x", 1, 0644, &err));
	assert_false(exists(place, ".folder.new"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_PLACE(test_read),
		IN_PLACE(test_read_and_map_refuse),
		IN_PLACE(test_read_a_file_that_changes_size),
		IN_PLACE(test_map),
		IN_PLACE(test_reading_fails_at_every_call),
		IN_PLACE(test_write_in_the_right_order),
		IN_PLACE(test_write_later),
		IN_PLACE(test_write_fails_at_every_call),
		IN_PLACE(test_write_through_a_power_cut),
		IN_PLACE(test_write_where_it_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
