/* Files from a folder. Not by libcurl's file://, which follows links and waits for ever on a FIFO. */
#include "sync/fetch_kind.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* One step down, never through a link; closes `dir`. */
static int step(int dir, const char *name, int flags)
{
	int fd = openat(dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int number = errno;

	close(dir);
	errno = number;
	return fd;
}

/* Opens the file by walking: the path has no way up (fetch_files() looks), and no step follows a link. */
static int open_beneath(const struct source *dir, const char *path)
{
	char names[FETCH_PATH_MAX], *at = names, *name;
	int fd = fcntl(dir->dir, F_DUPFD_CLOEXEC, 0);

	snprintf(names, sizeof(names), "%s", path);
	while (fd >= 0 && (name = strsep(&at, "/")))
		fd = step(fd, name, at ? O_RDONLY | O_DIRECTORY : O_RDONLY);
	return fd;
}

/* A USB stick cannot be trusted to say how long a file is: the bytes are counted as they come. */
static bool copy(int fd, const struct fetch_file *file, struct err *err)
{
	char bytes[READ_BYTES];
	int64_t left = file->limit;

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

static bool dir_files(void *source, const struct fetch_file *files, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct err unused;
		bool whole;
		int fd;

		if (!open_file(source, files[i].path, &fd, err))
			return false;
		whole = copy(fd, &files[i], err);
		close(fd);
		if (!files[i].end(files[i].context, whole, whole ? err : &unused) || !whole)
			return false;
	}
	return true;
}

const struct fetch_kind fetch_dir = {dir_files, dir_close};
