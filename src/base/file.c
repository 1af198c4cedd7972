#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define REMOVE_DEPTH_MAX 64 /* folders in folders; each holds a descriptor while the inner ones go */

/* Opens the folder that holds the last part of `path`. */
static bool open_parent(int dir, const char *path, int *fd, struct err *err)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	char parent[PATH_MAX] = ".";

	if (len >= sizeof(parent)) {
		errno = ENAMETOOLONG;
		return err_errno(err, "%s", path);
	}
	if (slash && len == 0)
		len = 1; /* "/name" */
	if (len > 0) {
		memcpy(parent, path, len);
		parent[len] = '\0';
	}
	return file_open_dir(dir, parent, false, fd, err);
}

static bool sync_parent(int dir, const char *path, struct err *err)
{
	int fd = -1;

	if (!open_parent(dir, path, &fd, err))
		return false;
	bool ok = file_sync(fd, path, err);
	close(fd);
	return ok;
}

/* Makes every folder on the way that is missing. */
static bool make_dirs(int dir, const char *path, bool sync, struct err *err)
{
	char part[PATH_MAX];
	size_t len = strlen(path);

	if (len >= sizeof(part)) {
		errno = ENAMETOOLONG;
		return err_errno(err, "%s", path);
	}
	for (size_t i = 1; i <= len; i++) {
		bool ends = (path[i] == '/' || path[i] == '\0') && path[i - 1] != '/';
		if (!ends)
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdirat(dir, part, 0755) == 0) {
			if (sync && !sync_parent(dir, part, err))
				return false;
		} else if (errno != EEXIST) {
			return err_errno(err, "%s", part);
		}
	}
	return true;
}

bool file_open_dir(int dir, const char *path, bool create, int *fd, struct err *err)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int opened = openat(dir, path, flags);

	if (opened < 0 && errno == ENOENT && create) {
		if (!make_dirs(dir, path, true, err))
			return false;
		opened = openat(dir, path, flags);
	}
	if (opened < 0)
		return err_errno(err, "%s", path);
	*fd = opened;
	return true;
}

/* Opens a regular file of at most `limit` bytes. */
static bool open_regular(int dir, const char *path, size_t limit, int *fd, size_t *size, struct err *err)
{
	struct stat is;
	int opened = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (opened < 0 && errno == ELOOP)
		return err_set(err, ERR_IO, "%s: is a link, which is not followed", path);
	if (opened < 0)
		return err_errno(err, "%s", path);

	bool ok = fstat(opened, &is) == 0;
	if (!ok)
		err_errno(err, "%s", path);
	else if (!S_ISREG(is.st_mode))
		ok = err_set(err, ERR_IO, "%s: is not a regular file", path);
	else if ((uintmax_t)is.st_size > limit)
		ok = err_set(err, ERR_LIMIT, "%s: %jd bytes, allowed are %zu", path, (intmax_t)is.st_size, limit);
	if (!ok) {
		close(opened);
		return false;
	}
	*fd = opened;
	*size = (size_t)is.st_size;
	return true;
}

/* Reads to the end, wherever that is by now: the file may have grown since its size was asked. */
/* `size` is what the file was found to have; no second read asks whether that was all. */
static bool read_all(int fd, const char *path, size_t size, size_t limit, struct buf *out, struct err *err)
{
	for (;;) {
		if (!buf_reserve(out, 1))
			return err_memory(err);
		ssize_t n = read(fd, out->data + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, "%s", path);
		out->len += (size_t)n;
		out->data[out->len] = '\0';
		if (out->len > limit)
			return err_set(err, ERR_LIMIT, "%s: more than %zu bytes", path, limit);
		if (n == 0 || out->len == size)
			return true;
	}
}

bool file_read(int dir, const char *path, size_t limit, struct buf *out, struct err *err)
{
	int fd = -1;
	size_t size = 0;

	buf_clear(out);
	if (!open_regular(dir, path, limit, &fd, &size, err))
		return false;
	bool ok = buf_reserve(out, size + 1) ? read_all(fd, path, size, limit, out, err) : err_memory(err);
	close(fd);
	if (!ok)
		buf_clear(out);
	return ok;
}

bool file_map(int dir, const char *path, size_t limit, const void **bytes, size_t *len, struct err *err)
{
	int fd = -1;
	size_t size = 0;
	void *map = NULL;

	if (!open_regular(dir, path, limit, &fd, &size, err))
		return false;
	if (size > 0)
		map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	bool ok = map != MAP_FAILED || err_errno(err, "%s", path);
	close(fd);
	if (!ok)
		return false;
	*bytes = map;
	*len = size;
	return true;
}

void file_unmap(const void *bytes, size_t len)
{
	if (bytes)
		munmap((void *)(uintptr_t)bytes, len);
}

bool file_sync(int fd, const char *path, struct err *err)
{
	int result;

	do
		result = fsync(fd);
	while (result != 0 && errno == EINTR);
	return result == 0 || err_errno(err, "%s: fsync", path);
}

static bool write_all(int fd, const char *path, const char *bytes, size_t len, struct err *err)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n < 0 ? errno : EIO;
			return err_errno(err, "%s", path);
		}
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* Writes the file `temp` in the folder; what is there of an earlier, broken try goes first. */
static bool write_aside(int folder, const char *temp, const void *bytes, size_t len, mode_t mode, bool sync,
			struct err *err)
{
	if (unlinkat(folder, temp, 0) != 0 && errno != ENOENT)
		return err_errno(err, "%s", temp);

	int fd = openat(folder, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0700);
	if (fd < 0)
		return err_errno(err, "%s", temp);
	bool ok = write_all(fd, temp, bytes, len, err);
	if (ok && fchmod(fd, mode) != 0) /* the process's umask is not asked */
		ok = err_errno(err, "%s", temp);
	ok = ok && (!sync || file_sync(fd, temp, err));
	if (close(fd) != 0 && ok)
		ok = err_errno(err, "%s", temp);
	return ok;
}

static bool write_file(int dir, const char *path, const void *bytes, size_t len, mode_t mode, bool sync,
		       struct err *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char temp[NAME_MAX + sizeof("..new")];
	int folder = -1;

	if (*name == '\0' || strlen(name) > NAME_MAX) {
		errno = *name ? ENAMETOOLONG : EISDIR;
		return err_errno(err, "%s", path);
	}
	snprintf(temp, sizeof(temp), ".%s.new", name);
	if (!open_parent(dir, path, &folder, err))
		return false;

	bool ok = write_aside(folder, temp, bytes, len, mode, sync, err);
	if (ok && renameat(folder, temp, folder, name) != 0)
		ok = err_errno(err, "rename");
	if (!ok)
		unlinkat(folder, temp, 0);
	ok = ok && (!sync || file_sync(folder, "folder", err));
	close(folder);
	return ok || err_context(err, "%s", path);
}

bool file_write(int dir, const char *path, const void *bytes, size_t len, mode_t mode, struct err *err)
{
	return write_file(dir, path, bytes, len, mode, true, err);
}

bool file_write_later(int dir, const char *path, const void *bytes, size_t len, mode_t mode, struct err *err)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd = openat(dir, path, flags, mode);

	if (fd < 0 && errno == EEXIST)
		return write_file(dir, path, bytes, len, mode, false, err);
	if (fd < 0 && errno == ENOENT && slash && slash - path < (ptrdiff_t)sizeof(folder)) {
		memcpy(folder, path, (size_t)(slash - path));
		folder[slash - path] = '\0';
		if (!make_dirs(dir, folder, false, err))
			return false;
		fd = openat(dir, path, flags, mode);
	}
	if (fd < 0)
		return err_errno(err, "%s", path);
	bool ok = write_all(fd, path, bytes, len, err);
	if (ok && fchmod(fd, mode) != 0)
		ok = err_errno(err, "%s", path);
	if (close(fd) != 0 && ok)
		ok = err_errno(err, "%s", path);
	if (!ok)
		unlinkat(dir, path, 0);
	return ok;
}

bool file_rename(int from_dir, const char *from, int to_dir, const char *to, struct err *err)
{
	if (renameat(from_dir, from, to_dir, to) != 0)
		return err_errno(err, "%s to %s", from, to);
	/* The new name first: after a power cut between the two a file with two names is better than one with none. */
	return sync_parent(to_dir, to, err) && sync_parent(from_dir, from, err);
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool remove_at(int dir, const char *name, unsigned depth, struct err *err);

static bool remove_all_in(DIR *folder, unsigned depth, struct err *err)
{
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(folder);
		if (!entry)
			return errno == 0 || err_errno(err, "reading");
		if (!is_dots(entry->d_name) && !remove_at(dirfd(folder), entry->d_name, depth + 1, err))
			return false;
	}
}

static bool remove_folder(int dir, const char *name, unsigned depth, struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;

	if (!folder) {
		err_errno(err, "%s", name);
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool ok = remove_all_in(folder, depth, err);
	closedir(folder);
	if (!ok)
		return err_context(err, "%s", name);
	return unlinkat(dir, name, AT_REMOVEDIR) == 0 || errno == ENOENT || err_errno(err, "%s", name);
}

/* Recursive, with a limit. */
static bool remove_at(int dir, const char *name, unsigned depth, struct err *err)
{
	if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
		return true;
	if (errno != EISDIR)
		return err_errno(err, "%s", name);
	if (depth == REMOVE_DEPTH_MAX)
		return err_set(err, ERR_LIMIT, "%s: folders deeper than %d", name, REMOVE_DEPTH_MAX);
	return remove_folder(dir, name, depth, err);
}

bool file_remove(int dir, const char *path, struct err *err)
{
	return remove_at(dir, path, 0, err);
}

static int no_dots(const struct dirent *entry)
{
	return !is_dots(entry->d_name);
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
	return strcmp((*left)->d_name, (*right)->d_name);
}

static bool is_folder(int fd, const struct dirent *entry)
{
	struct stat is;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(fd, entry->d_name, &is, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(is.st_mode);
}

bool file_list(int dir, const char *path, bool (*each)(void *context, const char *name, bool is_dir, struct err *err),
	       void *context, struct err *err)
{
	struct dirent **entries = NULL;
	int fd = -1;
	bool ok = true;

	if (!file_open_dir(dir, path, false, &fd, err))
		return false;
	int count = scandirat(fd, ".", &entries, no_dots, by_bytes);
	if (count < 0)
		ok = err_errno(err, "%s", path);
	for (int i = 0; i < count; i++) {
		ok = ok && each(context, entries[i]->d_name, is_folder(fd, entries[i]), err);
		free(entries[i]);
	}
	free(entries);
	close(fd);
	return ok;
}
