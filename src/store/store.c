#include "store/inside.h"

#include "base/array.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool prepare(struct store *store, struct err *err)
{
	return take_lock(store, err) && make_folders(store, err) &&
	       file_list(store->dir, ".", remove_aside, &store->dir, err) && part_clear(store, err) &&
	       generation_clear(store, err);
}

bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *err)
{
	struct store *store = calloc(1, sizeof(*store));
	bool ok;

	if (!store)
		return err_memory(err);
	store->dir = store->lock = -1;
	store->path = strdup(path);
	ok = store->path ? file_open_dir(AT_FDCWD, path, mode == STORE_WRITE, &store->dir, err) : err_memory(err);
	if (ok && mode == STORE_WRITE && !prepare(store, err))
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
	if (!store)
		return;
	if (store->lock >= 0)
		close(store->lock);
	if (store->dir >= 0)
		close(store->dir);
	free(store->path);
	free(store);
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
