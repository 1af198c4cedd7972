#include "base/reserve.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_HERE 256

static bool open_spare(int dir, const char *path, char spare[PATH_MAX_HERE], int *fd, struct err *err)
{
	if (snprintf(spare, PATH_MAX_HERE, "%s.spare", path) >= PATH_MAX_HERE)
		return err_set(err, ERR_LIMIT, "%s: the path is too long", path);
	*fd = openat(dir, spare, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
	return *fd >= 0 || err_errno(err, "%s", spare);
}

/* Real bytes: blocks that are only promised may need room when they are written. */
static bool fill(int fd, const char *spare, const char *text, size_t len, size_t room, struct err *err)
{
	char *bytes = malloc(room);
	size_t done = 0;

	if (!bytes)
		return err_memory(err);
	memset(bytes, ' ', room);
	bytes[room - 1] = '\n';
	memcpy(bytes, text, len);
	while (done < room) {
		ssize_t n = pwrite(fd, bytes + done, room - done, (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		done += (size_t)n;
	}
	free(bytes);
	if (done < room || ftruncate(fd, (off_t)room) != 0 || fchmod(fd, 0644) != 0)
		return err_errno(err, "%s", spare);
	return file_sync(fd, spare, err);
}

bool reserve_make(int dir, const char *path, size_t room, struct err *err)
{
	char spare[PATH_MAX_HERE];
	struct stat is;
	bool ok;
	int fd = -1;

	if (!open_spare(dir, path, spare, &fd, err))
		return false;
	ok = (fstat(fd, &is) == 0 && is.st_size == (off_t)room) || fill(fd, spare, "", 0, room, err);
	close(fd);
	return ok;
}

/* *used: the spare became the file, and there is none any more. */
static bool exchange(int dir, const char *spare, const char *path, bool *used, struct err *err)
{
	*used = false;
	if (renameat2(dir, spare, dir, path, RENAME_EXCHANGE) == 0)
		return file_sync(dir, path, err);
	if ((errno != ENOENT && errno != EINVAL && errno != ENOSYS) || renameat(dir, spare, dir, path) != 0)
		return err_errno(err, "%s", path);
	*used = true;
	return file_sync(dir, path, err);
}

bool reserve_write(int dir, const char *path, const char *text, size_t len, size_t room, struct err *err)
{
	char spare[PATH_MAX_HERE];
	bool ok, used = false;
	struct err later;
	int fd = -1;

	if (len > room)
		return err_set(err, ERR_LIMIT, "%s: more than the %zu bytes allowed", path, room);
	if (!open_spare(dir, path, spare, &fd, err))
		return false;
	ok = fill(fd, spare, text, len, room, err) && exchange(dir, spare, path, &used, err);
	close(fd);
	if (used)
		reserve_make(dir, path, room, &later); /* or the next time: what was to be told has been told */
	return ok;
}
