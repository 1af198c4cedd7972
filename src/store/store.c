#include "store/inside.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define FORMAT_FILE "format"
#define MEGABYTE    INT64_C(1000000)

static bool take_lock(struct store *store, struct err *err)
{
	store->lock = openat(store->dir, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (store->lock < 0)
		return err_errno(err, "lock");
	if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno == EWOULDBLOCK)
		return err_set(err, ERR_BUSY, "another program is writing here");
	return err_errno(err, "lock");
}

/* What file_write() left when it was cut off. */
static bool remove_aside(void *context, const char *name, bool is_dir, struct err *err)
{
	size_t len = strlen(name);

	if (is_dir || name[0] != '.' || len < 5 || strcmp(name + len - 4, ".new") != 0)
		return true;
	return file_remove(*(const int *)context, name, err);
}

static bool make_folders(struct store *store, struct err *err)
{
	static const char *const folders[] = {"objects", "generations", "trust", "part"};
	int fd;

	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		bool ok = file_open_dir(store->dir, folders[i], true, &fd, err);

		if (!ok)
			return false;
		if (strcmp(folders[i], "trust") == 0)
			ok = file_list(fd, ".", remove_aside, &fd, err);
		close(fd);
		if (!ok)
			return err_context(err, "%s", folders[i]);
	}
	return true;
}

/* A store from before there was a marker is laid out the same way. A damaged marker is mended. */
static bool read_format(struct store *store, int64_t *format, struct err *err)
{
	struct buf text = {0};
	struct err why;
	bool ok = file_read(store->dir, FORMAT_FILE, 64, &text, &why) || why.code == ERR_MISSING;

	*format = text.len > 0 ? strtoll(text.data, NULL, 10) : 0;
	buf_finish(&text);
	if (!ok)
		*err = why;
	else if (*format > STORE_FORMAT)
		ok = err_set(err, ERR_VERSION, "the store has format %lld, of a newer program; this one knows %d",
			     (long long)*format, STORE_FORMAT);
	return ok;
}

/* Last, so that a cut in between repeats all of it. */
static bool mark_format(struct store *store, int64_t found, struct err *err)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%d\n", STORE_FORMAT);

	return found == STORE_FORMAT || file_write(store->dir, FORMAT_FILE, text, (size_t)n, 0644, err);
}

static bool prepare(struct store *store, int64_t format, struct err *err)
{
	return take_lock(store, err) && make_folders(store, err) &&
	       file_list(store->dir, ".", remove_aside, &store->dir, err) && part_clear(store, err) &&
	       generation_clear(store, err) && mark_format(store, format, err);
}

bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *err)
{
	struct store *store = calloc(1, sizeof(*store));
	int64_t format = 0;
	bool ok;

	if (!store)
		return err_memory(err);
	store->dir = store->lock = -1;
	store->keep_free = STORE_FREE_BYTES;
	store->path = strdup(path);
	ok = store->path ? file_open_dir(AT_FDCWD, path, mode == STORE_WRITE, &store->dir, err) : err_memory(err);
	if (ok && (!read_format(store, &format, err) || (mode == STORE_WRITE && !prepare(store, format, err))))
		ok = err_context(err, "%s", path);
	if (!ok) {
		store_close(store);
		return false;
	}
	*out = store;
	return true;
}

void store_close(struct store *store)
{
	struct err unused;

	if (!store)
		return;
	part_settle(store, &unused); /* what cannot be settled now stays in part/ and is whole there */
	free(store->whole);
	if (store->lock >= 0)
		close(store->lock);
	if (store->dir >= 0)
		close(store->dir);
	free(store->path);
	free(store);
}

void store_keep_free(struct store *store, int64_t bytes)
{
	store->keep_free = bytes;
}

bool store_room(const struct store *store, int64_t bytes, struct err *err)
{
	struct statvfs disk;

	if (fstatvfs(store->dir, &disk) != 0)
		return err_errno(err, "%s: how much is free", store->path);
	int64_t unit = (int64_t)disk.f_frsize;
	int64_t room = (int64_t)disk.f_bavail < INT64_MAX / unit ? (int64_t)disk.f_bavail * unit : INT64_MAX;

	if (room - store->promised >= bytes && room - store->promised - bytes >= store->keep_free)
		return true;
	return err_set(err, ERR_FULL, "%s: %lld MB are free; %lld MB are needed, and %lld MB are always kept free",
		       store->path, (long long)(room / MEGABYTE),
		       (long long)((bytes + store->promised + MEGABYTE - 1) / MEGABYTE),
		       (long long)(store->keep_free / MEGABYTE));
}

int store_dir(const struct store *store)
{
	return store->dir;
}

bool store_generation_path(const struct store *store, int64_t generation, const char *name, char *path, struct err *err)
{
	int n = snprintf(path, STORE_PATH_MAX, "%s/generations/%lld/%s", store->path, (long long)generation, name);

	if (n < 0 || n >= STORE_PATH_MAX)
		return err_set(err, ERR_LIMIT, "%s: the path is longer than %d bytes", store->path, STORE_PATH_MAX);
	return true;
}

bool store_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context, struct err *err)
{
	/* Generations first: a cut in between leaves objects that nobody names, never a generation without its objects.
	 */
	return generation_clear(store, err) && object_collect(store, keep, context, err) &&
	       part_collect(store, keep, context, err);
}
