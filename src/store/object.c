/* The objects of a store. */
#include "store/inside.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES 65536

bool object_path(const char *sha256, char path[OBJECT_PATH_MAX], struct err *err)
{
	if (!sha256_valid_hex(sha256))
		return err_set(err, ERR_FORMAT, "an object is named by 64 lower-case hex digits");
	snprintf(path, OBJECT_PATH_MAX, "objects/%.2s/%s", sha256, sha256);
	return true;
}

/* ---- reading */

bool object_find(const struct store *store, const char *sha256, char path[OBJECT_PATH_MAX], struct err *err)
{
	if (!object_path(sha256, path, err))
		return false;
	if (part_is_whole(store, sha256))
		snprintf(path, OBJECT_PATH_MAX, "part/%s", sha256);
	return true;
}

bool store_object_read(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct store *store = context;
	char path[OBJECT_PATH_MAX], found[SHA256_HEX_MAX];

	if (!object_find(store, sha256, path, err) || !file_read(store->dir, path, limit, out, err) ||
	    !sha256_hex(out->data, out->len, found, err))
		return false;
	if (strcmp(found, sha256) == 0)
		return true;
	buf_clear(out);
	return err_set(err, ERR_CORRUPT, "%s: is damaged on this disk", path);
}

bool store_object_has(const struct store *store, const char *sha256, int64_t len)
{
	char path[OBJECT_PATH_MAX];
	struct stat is;
	struct err unused;

	return object_find(store, sha256, path, &unused) && fstatat(store->dir, path, &is, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(is.st_mode) && is.st_size == len;
}

bool object_hash_rest(int fd, struct sha256 *hash, int64_t *len, struct err *err)
{
	char bytes[READ_BYTES];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, "reading an object");
		if (!sha256_update(hash, bytes, (size_t)n, err))
			return false;
		*len += n;
	}
	return true;
}

bool store_object_intact(const struct store *store, const char *sha256, int64_t len)
{
	char path[OBJECT_PATH_MAX], found[SHA256_HEX_MAX] = "";
	struct sha256 *hash = NULL;
	struct err unused;
	int64_t read_len = 0;
	int fd;

	if (!store_object_has(store, sha256, len) || !object_find(store, sha256, path, &unused))
		return false;
	fd = openat(store->dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || !sha256_create(&hash, &unused) || !object_hash_rest(fd, hash, &read_len, &unused) ||
	    !sha256_digest(hash, found, &unused))
		found[0] = '\0';
	sha256_destroy(hash);
	if (fd >= 0)
		close(fd);
	return strcmp(found, sha256) == 0;
}

/* ---- all of them */

bool store_sync(const struct store *store, struct err *err)
{
	return syncfs(store->dir) == 0 || err_errno(err, "%s: syncfs", store->path);
}

struct collection {
	int objects; /* the folder */
	const char *folder;
	bool (*keep)(void *context, const char *sha256);
	void *context;
};

static bool collect_object(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct collection *all = context;
	char path[sizeof("xx/") + 256];

	(void)is_dir;
	if (sha256_valid_hex(name) && strncmp(name, all->folder, 2) == 0 && all->keep(all->context, name))
		return true;
	snprintf(path, sizeof(path), "%s/%s", all->folder, name);
	return file_remove(all->objects, path, err);
}

static bool collect_folder(void *context, const char *name, bool is_dir, struct err *err)
{
	struct collection *all = context;

	if (!is_dir || strlen(name) != 2)
		return file_remove(all->objects, name, err);
	all->folder = name;
	return file_list(all->objects, name, collect_object, all, err);
}

bool object_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context,
		    struct err *err)
{
	struct collection all = {.keep = keep, .context = context};
	bool ok;

	if (!file_open_dir(store->dir, "objects", false, &all.objects, err))
		return false;
	ok = file_list(all.objects, ".", collect_folder, &all, err);
	close(all.objects);
	return ok;
}
