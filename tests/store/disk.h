/* disk -- a disk that fails where it is told to, and that remembers what would be lost if the power went now.
 *
 * Included once, by a program whose .wrap lists the calls below (ld --wrap): the test of the store.
 */
#ifndef TESTS_STORE_DISK_H
#define TESTS_STORE_DISK_H

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cmocka.h>

enum fault {
	FAULT_NONE,
	FAULT_ONCE,
	FAULT_FROM
};

#define DIRTY_MAX 256

static struct {
	enum fault fault;
	int number; /* errno */
	long nth;   /* the call that fails, from 1 */
	long calls; /* so far */
	char dirty[DIRTY_MAX][STORE_PATH_MAX];
	size_t dirty_count;
	bool watch;   /* keep `dirty` */
	long moved;   /* times `current` was replaced */
	int64_t room; /* bytes that are free; 0: as it is */
} disk;

static bool fails(void)
{
	if (disk.fault == FAULT_NONE)
		return false;
	disk.calls++;
	if (disk.calls == disk.nth || (disk.fault == FAULT_FROM && disk.calls > disk.nth)) {
		errno = disk.number;
		return true;
	}
	return false;
}

static void disk_reset(enum fault fault, long nth, int number)
{
	disk.fault = fault;
	disk.nth = nth;
	disk.number = number;
	disk.calls = 0;
}

/* The absolute path of `path` below `dir`, or of `dir` itself. */
static void absolute(int dir, const char *path, char out[STORE_PATH_MAX])
{
	char link[64];
	ssize_t n = 0;

	if (path && path[0] == '/') {
		snprintf(out, STORE_PATH_MAX, "%s", path);
		return;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", dir);
	n = readlink(link, out, STORE_PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
	if (path)
		snprintf(out + n, (size_t)(STORE_PATH_MAX - n), "/%s", path);
}

static size_t find_dirty(const char *path)
{
	size_t i = 0;

	while (i < disk.dirty_count && strcmp(disk.dirty[i], path) != 0)
		i++;
	return i;
}

static void mark(const char *path, bool dirty)
{
	size_t i = find_dirty(path);

	if (!dirty && i < disk.dirty_count)
		memmove(disk.dirty[i], disk.dirty[--disk.dirty_count], sizeof(disk.dirty[i]));
	if (dirty && i == disk.dirty_count) {
		assert_true(i < DIRTY_MAX);
		snprintf(disk.dirty[disk.dirty_count++], STORE_PATH_MAX, "%s", path);
	}
}

static void mark_parent(const char *path)
{
	char parent[STORE_PATH_MAX];

	snprintf(parent, sizeof(parent), "%s", path);
	*strrchr(parent, '/') = '\0';
	mark(parent, true);
}

int __real_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode)
{
	char full[STORE_PATH_MAX];
	int fd = fails() ? -1 : __real_openat(dir, path, flags, mode);

	if (fd >= 0 && disk.watch && (flags & O_CREAT)) {
		absolute(fd, NULL, full);
		mark(full, true);
		mark_parent(full);
	}
	return fd;
}

int __real_mkdirat(int dir, const char *path, mode_t mode);
int __wrap_mkdirat(int dir, const char *path, mode_t mode);
int __wrap_mkdirat(int dir, const char *path, mode_t mode)
{
	char full[STORE_PATH_MAX];
	int result = fails() ? -1 : __real_mkdirat(dir, path, mode);

	if (result == 0 && disk.watch) {
		absolute(dir, path, full);
		mark_parent(full);
	}
	return result;
}

ssize_t __real_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
	char full[STORE_PATH_MAX];
	bool failed = fails();

	/* A write that fails has often written something. */
	if (failed && len > 1)
		__real_write(fd, bytes, len / 2);
	if (failed) {
		errno = disk.number;
		return -1;
	}
	if (disk.watch) {
		absolute(fd, NULL, full);
		mark(full, true);
	}
	return __real_write(fd, bytes, len > 3 ? len / 2 : len);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	char full[STORE_PATH_MAX];

	if (fails())
		return -1;
	if (disk.watch) {
		absolute(fd, NULL, full);
		mark(full, false);
	}
	return 0;
}

int __wrap_syncfs(int fd);
int __wrap_syncfs(int fd)
{
	(void)fd;
	if (fails())
		return -1;
	disk.dirty_count = 0;
	return 0;
}

int __real_ftruncate(int fd, off_t len);
int __wrap_ftruncate(int fd, off_t len);
int __wrap_ftruncate(int fd, off_t len)
{
	return fails() ? -1 : __real_ftruncate(fd, len);
}

int __real_fstatvfs(int fd, struct statvfs *is);
int __wrap_fstatvfs(int fd, struct statvfs *is);
int __wrap_fstatvfs(int fd, struct statvfs *is)
{
	if (fails() || __real_fstatvfs(fd, is) != 0)
		return -1;
	if (disk.room > 0)
		is->f_bavail = (fsblkcnt_t)(disk.room / (int64_t)is->f_frsize);
	return 0;
}

/* S4: when `current` moves, everything it can lead to is on the disk. */
static void check_all_synced(void)
{
	disk.moved++;
	for (size_t i = 0; i < disk.dirty_count; i++)
		if (strstr(disk.dirty[i], "/objects") || strstr(disk.dirty[i], "/generations") ||
		    strstr(disk.dirty[i], "/.current.new"))
			fail_msg("%s is not synced when current moves", disk.dirty[i]);
}

int __real_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	char old[STORE_PATH_MAX], new[STORE_PATH_MAX];
	int result;

	absolute(from_dir, from, old);
	absolute(to_dir, to, new);
	if (disk.watch && strcmp(to, "current") == 0)
		check_all_synced();
	result = fails() ? -1 : __real_renameat(from_dir, from, to_dir, to);
	if (result == 0 && disk.watch) {
		mark(new, find_dirty(old) < disk.dirty_count);
		mark(old, false);
		mark_parent(new);
		mark_parent(old);
	}
	return result;
}

int __real_unlinkat(int dir, const char *path, int flags);
int __wrap_unlinkat(int dir, const char *path, int flags);
int __wrap_unlinkat(int dir, const char *path, int flags)
{
	return fails() ? -1 : __real_unlinkat(dir, path, flags);
}

#endif
