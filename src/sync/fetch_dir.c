/* Files from a folder. Not by libcurl's file://, which follows links and waits for ever on a FIFO. */
#include "sync/fetch_kind.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/openat2.h>

#define READ_BYTES 65536

struct source {
	int dir;
	char *path;
};

static void dir_close(void *source)
{
	struct source *dir = source;

	close(dir->dir);
	free(dir->path);
	free(dir);
}

bool fetch_dir_open(const char *path, void **source, struct err *err)
{
	struct source *dir = calloc(1, sizeof(*dir));

	if (!dir)
		return err_memory(err);
	dir->path = strdup(path);
	if (!dir->path || !file_open_dir(AT_FDCWD, path, false, &dir->dir, err)) {
		if (!dir->path)
			err_memory(err);
		free(dir->path);
		free(dir);
		return false;
	}
	*source = dir;
	return true;
}

#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* One step down, never through a link; closes `dir`. */
static int step(int dir, const char *name, int flags)
{
	int fd = openat(dir, name, flags | OPEN_FLAGS);
	int number = errno;

	close(dir);
	errno = number;
	return fd;
}

/* By walking: the path has no way up (fetch_files() looks), and no step follows a link. */
static int walk_beneath(const struct source *dir, const char *path)
{
	char names[FETCH_PATH_MAX], *at = names, *name;
	int fd = fcntl(dir->dir, F_DUPFD_CLOEXEC, 0);

	snprintf(names, sizeof(names), "%s", path);
	while (fd >= 0 && (name = strsep(&at, "/")))
		fd = step(fd, name, at ? O_DIRECTORY : 0);
	return fd;
}

/* The kernel can do it in one call, but not before Linux 5.6 nor in every sandbox. */
static int open_beneath(const struct source *dir, const char *path)
{
	const struct open_how how = {.flags = OPEN_FLAGS,
				     .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	long fd = syscall(SYS_openat2, dir->dir, path, &how, sizeof(how));

	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return walk_beneath(dir, path);
	return (int)fd;
}

/* A USB stick cannot be trusted to say how long a file is: the bytes are counted as they come. */
static bool copy(int fd, const struct fetch_file *file, int64_t have, struct err *err)
{
	char bytes[READ_BYTES];
	int64_t left = file->limit - have;

	if (lseek(fd, have, SEEK_SET) < 0)
		return err_errno(err, "%s", file->path);
	for (;;) {
		ssize_t n = read(fd, bytes, sizeof(bytes));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, "%s", file->path);
		if (n > left)
			return err_set(err, ERR_LIMIT, "%s: more than the %lld bytes allowed", file->path,
				       (long long)file->limit);
		if (n == 0)
			return true;
		if (!file->write(file->context, bytes, (size_t)n, err))
			return false;
		left -= n;
	}
}

static bool open_file(const struct source *dir, const char *path, int *fd, struct err *err)
{
	struct stat is;

	*fd = open_beneath(dir, path);
	if (*fd < 0)
		return err_errno(err, "%s/%s", dir->path, path);
	if (fstat(*fd, &is) == 0 && S_ISREG(is.st_mode))
		return true;
	close(*fd);
	return err_set(err, ERR_IO, "%s/%s: is not a regular file", dir->path, path);
}

/* `again`: the beginning that was there was wrong. */
static bool take_once(int fd, const struct fetch_file *file, bool keep, bool *again, struct err *err)
{
	struct err unused;
	int64_t have;
	bool whole;

	*again = false;
	if (!fetch_begin(file, keep, &have, err))
		return false;
	whole = copy(fd, file, have, err);
	if (file->end(file->context, whole, whole ? err : &unused))
		return whole;
	*again = whole && have > 0 && err->code == ERR_HASH;
	return false;
}

static bool take(int fd, const struct fetch_file *file, struct err *err)
{
	struct err why;
	bool again;

	if (take_once(fd, file, true, &again, &why))
		return true;
	if (again)
		return take_once(fd, file, false, &again, err);
	*err = why;
	return false;
}

static bool dir_files(void *source, const struct fetch_file *files, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		bool ok;
		int fd;

		if (!open_file(source, files[i].path, &fd, err))
			return false;
		ok = take(fd, &files[i], err);
		close(fd);
		if (!ok)
			return false;
	}
	return true;
}

const struct fetch_kind fetch_dir = {dir_files, dir_close};
