/* The objects of a store, and those being written. */
#include "store/inside.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_PATH_MAX (sizeof("part/") + SHA256_HEX_MAX)
#define READ_BYTES    65536

struct store_part {
	struct store *store;
	struct sha256 *hash;
	int fd;
	int64_t len, written;
	char sha256[SHA256_HEX_MAX];
	char path[PART_PATH_MAX];
};

bool object_path(const char *sha256, char path[OBJECT_PATH_MAX], struct err *err)
{
	if (!sha256_valid_hex(sha256))
		return err_set(err, ERR_FORMAT, "an object is named by 64 lower-case hex digits");
	snprintf(path, OBJECT_PATH_MAX, "objects/%.2s/%s", sha256, sha256);
	return true;
}

/* ---- reading */

bool store_object_read(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct store *store = context;
	char path[OBJECT_PATH_MAX], found[SHA256_HEX_MAX];

	if (!object_path(sha256, path, err) || !file_read(store->dir, path, limit, out, err) ||
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

	return object_path(sha256, path, &unused) && fstatat(store->dir, path, &is, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(is.st_mode) && is.st_size == len;
}

static bool hash_file(int fd, struct sha256 *hash, char found[SHA256_HEX_MAX], struct err *err)
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
	}
	return sha256_digest(hash, found, err);
}

bool store_object_intact(const struct store *store, const char *sha256, int64_t len)
{
	char path[OBJECT_PATH_MAX], found[SHA256_HEX_MAX] = "";
	struct sha256 *hash = NULL;
	struct err unused;
	int fd;

	if (!store_object_has(store, sha256, len) || !object_path(sha256, path, &unused))
		return false;
	fd = openat(store->dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && sha256_create(&hash, &unused) && !hash_file(fd, hash, found, &unused))
		found[0] = '\0';
	sha256_destroy(hash);
	if (fd >= 0)
		close(fd);
	return strcmp(found, sha256) == 0;
}

/* ---- writing */

static bool open_part(struct store_part *part, struct err *err)
{
	part->fd = openat(part->store->dir, part->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	return part->fd >= 0 || err_errno(err, "%s", part->path);
}

bool store_part_create(struct store *store, const char *sha256, int64_t len, struct store_part **out, struct err *err)
{
	struct store_part *part;
	char path[OBJECT_PATH_MAX];

	if (!object_path(sha256, path, err))
		return false;
	part = calloc(1, sizeof(*part));
	if (!part)
		return err_memory(err);
	*part = (struct store_part){.store = store, .fd = -1, .len = len};
	memcpy(part->sha256, sha256, sizeof(part->sha256));
	snprintf(part->path, sizeof(part->path), "part/%s", part->sha256);
	if (!sha256_create(&part->hash, err) || !open_part(part, err)) {
		store_part_abandon(part);
		return false;
	}
	*out = part;
	return true;
}

static bool write_all(const struct store_part *part, const char *bytes, size_t len, struct err *err)
{
	while (len > 0) {
		ssize_t n = write(part->fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, "%s", part->path);
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

bool store_part_write(struct store_part *part, const void *bytes, size_t len, struct err *err)
{
	if (len > (uint64_t)(part->len - part->written))
		return err_set(err, ERR_LIMIT, "longer than the %lld bytes signed", (long long)part->len);
	if (!sha256_update(part->hash, bytes, len, err) || !write_all(part, bytes, len, err))
		return false;
	part->written += (int64_t)len;
	return true;
}

static bool check_part(const struct store_part *part, struct err *err)
{
	char found[SHA256_HEX_MAX];

	if (part->written != part->len)
		return err_set(err, ERR_HASH, "%lld bytes long, not the %lld that were signed",
			       (long long)part->written, (long long)part->len);
	if (!sha256_digest(part->hash, found, err))
		return false;
	return strcmp(found, part->sha256) == 0 || err_set(err, ERR_HASH, "SHA-256 differs from the signed one");
}

/* The folders are synced once for all, when the generation is published: until then nothing names the object. */
static bool move_part(struct store_part *part, struct err *err)
{
	const struct store *store = part->store;
	char path[OBJECT_PATH_MAX], folder[sizeof("objects/xx")];

	if (!object_path(part->sha256, path, err))
		return false;
	snprintf(folder, sizeof(folder), "objects/%.2s", part->sha256);
	if (mkdirat(store->dir, folder, 0755) != 0 && errno != EEXIST)
		return err_errno(err, "%s", folder);
	return renameat(store->dir, part->path, store->dir, path) == 0 || err_errno(err, "%s", path);
}

bool store_part_finish(struct store_part *part, struct err *err)
{
	bool ok = check_part(part, err) && file_sync(part->fd, part->path, err) && move_part(part, err);

	if (ok) {
		close(part->fd);
		part->fd = -1; /* nothing is left to remove */
	}
	store_part_abandon(part);
	return ok;
}

void store_part_abandon(struct store_part *part)
{
	if (!part)
		return;
	if (part->fd >= 0) {
		close(part->fd);
		unlinkat(part->store->dir, part->path, 0);
	}
	sha256_destroy(part->hash);
	free(part);
}

/* ---- all of them */

static bool sync_folder(void *context, const char *name, bool is_dir, struct err *err)
{
	const int *objects = context;
	bool ok;
	int fd;

	if (!is_dir)
		return true;
	if (!file_open_dir(*objects, name, false, &fd, err))
		return false;
	ok = file_sync(fd, name, err);
	close(fd);
	return ok;
}

bool object_sync_all(const struct store *store, struct err *err)
{
	bool ok;
	int fd;

	if (!file_open_dir(store->dir, "objects", false, &fd, err))
		return false;
	ok = file_list(fd, ".", sync_folder, &fd, err) && file_sync(fd, "objects", err);
	close(fd);
	return ok;
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
