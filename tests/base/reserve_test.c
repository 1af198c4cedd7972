/* A small file on a disk that is full, that fails at any call, or that cannot exchange. */
#include "base/array.h"
#include "base/file.h"
#include "base/reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ROOM 8192

static char root[] = "/tmp/vejviser-reserve-XXXXXX";
static int dir = -1;

static struct {
	bool full;     /* no file may grow, none may be made */
	bool swapless; /* renameat2() says EINVAL */
	long nth;      /* call that fails; 0: none */
	long calls;
} disk;

static bool fails(void)
{
	errno = EIO;
	return ++disk.calls == disk.nth;
}

int __real_openat(int at, const char *path, int flags, mode_t mode);
int __wrap_openat(int at, const char *path, int flags, mode_t mode);
int __wrap_openat(int at, const char *path, int flags, mode_t mode)
{
	struct stat is;

	if (fails())
		return -1;
	if (disk.full && (flags & O_CREAT) && fstatat(at, path, &is, 0) != 0) {
		errno = ENOSPC;
		return -1;
	}
	return __real_openat(at, path, flags, mode);
}

ssize_t __real_pwrite(int fd, const void *bytes, size_t len, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	struct stat is;

	if (fails()) {
		__real_pwrite(fd, bytes, len / 2, at);
		errno = EIO;
		return -1;
	}
	if (disk.full && (fstat(fd, &is) != 0 || at + (off_t)len > is.st_size)) {
		errno = ENOSPC;
		return -1;
	}
	return __real_pwrite(fd, bytes, len / 2 + 1, at);
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	(void)fd;
	return fails() ? -1 : 0;
}

int __real_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	if (fails())
		return -1;
	errno = EINVAL;
	return disk.swapless ? -1 : __real_renameat2(from_dir, from, to_dir, to, flags);
}

static int enter(void **state)
{
	struct err err;

	(void)state;
	memset(&disk, 0, sizeof(disk));
	strcpy(strrchr(root, '-') + 1, "XXXXXX");
	return mkdtemp(root) && file_open_dir(AT_FDCWD, root, false, &dir, &err) ? 0 : -1;
}

static int leave(void **state)
{
	struct err err;

	(void)state;
	memset(&disk, 0, sizeof(disk));
	close(dir);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static bool write_text(const char *text, struct err *err)
{
	return reserve_write(dir, "it", text, strlen(text), ROOM, err);
}

/* Both files keep their size. */
static void expect(const char *text)
{
	static const char *const names[] = {"it", "it.spare"};
	struct buf bytes = {0};
	struct stat is;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (fstatat(dir, names[i], &is, 0) != 0 || is.st_size != ROOM || (is.st_mode & 0777) != 0644)
			fail_msg("%s", names[i]);
	assert_true(file_read(dir, "it", ROOM, &bytes, &err));
	if (memcmp(bytes.data, text, strlen(text)) != 0 ||
	    strspn(bytes.data + strlen(text), " ") != ROOM - 1 - strlen(text))
		fail_msg("%s, not %s", bytes.data, text);
	buf_finish(&bytes);
}

static void test_full(void **state)
{
	struct err err;

	(void)state;
	disk.full = true;
	assert_false(reserve_make(dir, "it", ROOM, &err));
	assert_int_equal(err.code, ERR_FULL);
	assert_false(write_text("none", &err));
	disk.full = false;
	assert_true(reserve_make(dir, "it", ROOM, &err));
	assert_true(write_text("first", &err));
	assert_true(reserve_make(dir, "it", ROOM, &err));
	for (int i = 0; i < 5; i++) {
		disk.full = true;
		assert_true(reserve_make(dir, "it", ROOM, &err));
		assert_true(write_text("a longer second", &err));
		expect("a longer second");
		assert_true(write_text("third", &err));
		expect("third");
	}
}

static void test_too_long(void **state)
{
	char text[ROOM + 2];
	struct err err;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[ROOM + 1] = '\0';
	assert_false(write_text(text, &err));
	assert_int_equal(err.code, ERR_LIMIT);
}

static void test_no_exchange(void **state)
{
	struct err err;

	(void)state;
	disk.swapless = true;
	for (int i = 0; i < 3; i++) {
		assert_true(reserve_make(dir, "it", ROOM, &err));
		assert_true(write_text(i % 2 ? "odd" : "even", &err));
		assert_true(reserve_make(dir, "it", ROOM, &err));
		expect(i % 2 ? "odd" : "even");
	}
}

/* Whichever call fails, the old is there or the new, and the next write is all right. */
static void test_each_call(void **state)
{
	struct err err;
	long nth = 1;

	(void)state;
	assert_true(reserve_make(dir, "it", ROOM, &err) && write_text("old", &err));
	for (;; nth++) {
		disk.calls = 0;
		disk.nth = nth;
		bool ok = reserve_make(dir, "it", ROOM, &err) && write_text("new", &err);
		bool done = disk.calls < nth;

		disk.nth = 0;
		if (!ok) {
			struct buf bytes = {0};

			assert_int_equal(err.code, ERR_IO);
			assert_true(file_read(dir, "it", ROOM, &bytes, &err));
			assert_true(memcmp(bytes.data, "old ", 4) == 0 || memcmp(bytes.data, "new ", 4) == 0);
			buf_finish(&bytes);
		}
		assert_true(reserve_make(dir, "it", ROOM, &err) && write_text("old", &err));
		expect("old");
		if (done)
			break;
	}
	assert_in_range(nth, 10, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_full, enter, leave),
		cmocka_unit_test_setup_teardown(test_too_long, enter, leave),
		cmocka_unit_test_setup_teardown(test_no_exchange, enter, leave),
		cmocka_unit_test_setup_teardown(test_each_call, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
