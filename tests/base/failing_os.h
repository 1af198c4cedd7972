/* failing_os -- an operating system that fails where it is told to, and a folder to try it in.
 *
 * For the tests of file.c: included once, by a program whose .wrap lists the calls below (ld --wrap). os_set() says
 * what is to fail; os.trace has a letter for each call since. Every test runs between enter() and leave() in an empty
 * folder, its state; put(), look() and exists() do not go through file.c.
 */
#ifndef TESTS_BASE_FAILING_OS_H
#define TESTS_BASE_FAILING_OS_H

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum mode {
	MODE_FINE,
	MODE_FAIL_ONCE,   /* the nth call fails */
	MODE_POWER_CUT,   /* so do all after it */
	MODE_SMALL_STEPS, /* one byte at a time, and every other call is interrupted */
};

static struct {
	enum mode mode;
	unsigned fail_at;
	int number; /* errno */
	unsigned calls;
	off_t size_told; /* by fstat instead of the truth; 0: the truth */
	char trace[1024];
} os;

static bool failing(const char *name)
{
	strncat(os.trace, name, sizeof(os.trace) - strlen(os.trace) - 1);
	os.calls++;
	errno = os.number;
	if (os.mode == MODE_SMALL_STEPS)
		errno = EINTR;
	return (os.mode == MODE_FAIL_ONCE && os.calls == os.fail_at) ||
	       (os.mode == MODE_POWER_CUT && os.calls >= os.fail_at) ||
	       (os.mode == MODE_SMALL_STEPS && os.calls % 2 == 1 && strpbrk(name, "RWF"));
}

int __real_openat(int dir, const char *path, int flags, mode_t mode);
int __real_fstat(int fd, struct stat *is);
ssize_t __real_read(int fd, void *bytes, size_t len);
ssize_t __real_write(int fd, const void *bytes, size_t len);
int __real_fsync(int fd);
int __real_fchmod(int fd, mode_t mode);
int __real_close(int fd);
int __real_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __real_unlinkat(int dir, const char *path, int flags);
int __real_mkdirat(int dir, const char *path, mode_t mode);
void *__real_mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_fstat(int fd, struct stat *is);
ssize_t __wrap_read(int fd, void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
int __wrap_fsync(int fd);
int __wrap_fchmod(int fd, mode_t mode);
int __wrap_close(int fd);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_unlinkat(int dir, const char *path, int flags);
int __wrap_mkdirat(int dir, const char *path, mode_t mode);
void *__wrap_mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset);

int __wrap_openat(int dir, const char *path, int flags, mode_t mode)
{
	return failing(flags & O_CREAT ? "C" : "o") ? -1 : __real_openat(dir, path, flags, mode);
}

int __wrap_fstat(int fd, struct stat *is)
{
	if (failing("s") || __real_fstat(fd, is) != 0)
		return -1;
	if (os.size_told > 0)
		is->st_size = os.size_told;
	return 0;
}

ssize_t __wrap_read(int fd, void *bytes, size_t len)
{
	return failing("R") ? -1 : __real_read(fd, bytes, os.mode == MODE_SMALL_STEPS ? 1 : len);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
	return failing("W") ? -1 : __real_write(fd, bytes, os.mode == MODE_SMALL_STEPS ? 1 : len);
}

int __wrap_fsync(int fd)
{
	return failing("F") ? -1 : __real_fsync(fd);
}

int __wrap_fchmod(int fd, mode_t mode)
{
	return failing("m") ? -1 : __real_fchmod(fd, mode);
}

int __wrap_close(int fd)
{
	bool fails = failing("c");
	int result = __real_close(fd);

	errno = os.number;
	return fails ? -1 : result;
}

int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return failing("N") ? -1 : __real_renameat(from_dir, from, to_dir, to);
}

int __wrap_unlinkat(int dir, const char *path, int flags)
{
	return failing("u") ? -1 : __real_unlinkat(dir, path, flags);
}

int __wrap_mkdirat(int dir, const char *path, mode_t mode)
{
	return failing("d") ? -1 : __real_mkdirat(dir, path, mode);
}

void *__wrap_mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset)
{
	return failing("M") ? MAP_FAILED : __real_mmap(at, len, protection, flags, fd, offset);
}

static void os_set(enum mode mode, unsigned fail_at, int number)
{
	memset(&os, 0, sizeof(os));
	os.mode = mode;
	os.fail_at = fail_at;
	os.number = number;
}

struct place {
	char path[64];
	int fd;
};

static int enter(void **state)
{
	static struct place place;

	os_set(MODE_FINE, 0, 0);
	umask(077); /* which file_write() must not heed */
	strcpy(place.path, "/tmp/vejviser-file-XXXXXX");
	if (!mkdtemp(place.path))
		return -1;
	place.fd = open(place.path, O_RDONLY | O_DIRECTORY);
	*state = &place;
	return place.fd >= 0 ? 0 : -1;
}

static int leave(void **state)
{
	struct place *place = *state;
	char command[128];

	os_set(MODE_FINE, 0, 0);
	snprintf(command, sizeof(command), "rm -rf %s", place->path);
	return __real_close(place->fd) == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const struct place *place, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", place->path, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static const char *look(const struct place *place, const char *name)
{
	static char text[100000];
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", place->path, name);
	FILE *file = fopen(path, "r");
	if (!file)
		return "(none)";
	size_t len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	return text;
}

static bool exists(const struct place *place, const char *name)
{
	struct stat is;

	return fstatat(place->fd, name, &is, AT_SYMLINK_NOFOLLOW) == 0;
}

static unsigned open_descriptors(void)
{
	unsigned count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

#endif
