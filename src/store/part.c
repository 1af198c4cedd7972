/* Objects that are not whole yet. */
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

struct store_part {
	struct store *store;
	struct sha256 *hash; /* of what is written so far */
	int fd;
	int64_t len, written, promised;
	char sha256[SHA256_HEX_MAX];
	char path[PART_PATH_MAX];
};

/* What is still to be written counts against the room that other parts find. */
static void promise(struct store_part *part)
{
	part->store->promised += part->len - part->written - part->promised;
	part->promised = part->len - part->written;
}

/* ---- opening */

bool store_part_restart(struct store_part *part, struct err *err)
{
	sha256_destroy(part->hash);
	part->hash = NULL;
	part->written = 0;
	if (!sha256_create(&part->hash, err))
		return false;
	return (ftruncate(part->fd, 0) == 0 && lseek(part->fd, 0, SEEK_SET) == 0) || err_errno(err, "%s", part->path);
}

/* What is there already counts when it can be the beginning of the object, or the whole of it. */
static bool take_kept(struct store_part *part, struct err *err)
{
	char found[SHA256_HEX_MAX];
	struct stat is;

	if (fstat(part->fd, &is) != 0)
		return err_errno(err, "%s", part->path);
	if (is.st_size > part->len)
		return store_part_restart(part, err);
	if (!object_hash_rest(part->fd, part->hash, &part->written, err))
		return err_context(err, "%s", part->path);
	if (part->written < part->len)
		return true;
	if (!sha256_digest(part->hash, found, err))
		return false;
	return strcmp(found, part->sha256) == 0 || store_part_restart(part, err);
}

static bool open_part(struct store_part *part, struct err *err)
{
	part->fd = openat(part->store->dir, part->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
	return part->fd >= 0 ? take_kept(part, err) : err_errno(err, "%s", part->path);
}

static void end_part(struct store_part *part)
{
	if (!part)
		return;
	part->store->promised -= part->promised;
	if (part->fd >= 0)
		close(part->fd);
	sha256_destroy(part->hash);
	free(part);
}

bool store_part_open(struct store *store, const char *sha256, int64_t len, int64_t *have, struct store_part **out,
		     struct err *err)
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
	if (!sha256_create(&part->hash, err) || !open_part(part, err) || !store_room(store, len - part->written, err)) {
		end_part(part);
		return false;
	}
	promise(part);
	*have = part->written;
	*out = part;
	return true;
}

/* ---- writing */

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
	promise(part);
	return true;
}

/* ---- ending */

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

static bool note_whole(struct store *store, const char *sha256, struct err *err)
{
	if (store->whole_count == store->whole_cap) {
		size_t cap = store->whole_cap ? 2 * store->whole_cap : 64;
		void *grown = reallocarray(store->whole, cap, sizeof(*store->whole));

		if (!grown)
			return err_memory(err);
		store->whole = grown;
		store->whole_cap = cap;
	}
	memcpy(store->whole[store->whole_count++], sha256, sizeof(*store->whole));
	return true;
}

bool store_part_finish(struct store_part *part, struct err *err)
{
	bool ok = check_part(part, err);

	if (!ok) {
		store_part_abandon(part);
		return false;
	}
	ok = note_whole(part->store, part->sha256, err);
	store_part_keep(part);
	return ok;
}

void store_part_keep(struct store_part *part)
{
	end_part(part);
}

void store_part_abandon(struct store_part *part)
{
	if (part)
		unlinkat(part->store->dir, part->path, 0);
	end_part(part);
}

/* ---- all of them */

bool part_is_whole(const struct store *store, const char *sha256)
{
	for (size_t i = 0; i < store->whole_count; i++)
		if (strcmp(store->whole[i], sha256) == 0)
			return true;
	return false;
}

static bool move_whole(const struct store *store, const char *sha256, struct err *err)
{
	char path[OBJECT_PATH_MAX], part[PART_PATH_MAX], folder[sizeof("objects/xx")];

	if (!object_path(sha256, path, err))
		return false;
	snprintf(part, sizeof(part), "part/%s", sha256);
	snprintf(folder, sizeof(folder), "objects/%.2s", sha256);
	if (mkdirat(store->dir, folder, 0755) != 0 && errno != EEXIST)
		return err_errno(err, "%s", folder);
	return renameat(store->dir, part, store->dir, path) == 0 || err_errno(err, "%s", path);
}

/* One sync for all of them, not one for each. S1 holds at every cut, because a name in
 * objects/ appears only after its bytes are on the disk. */
bool part_settle(struct store *store, struct err *err)
{
	if (store->whole_count == 0)
		return true;
	if (!store_sync(store, err))
		return false;
	while (store->whole_count > 0) {
		if (!move_whole(store, store->whole[store->whole_count - 1], err))
			return false;
		store->whole_count--;
	}
	return true;
}

struct sieve {
	const struct store *store;
	bool (*keep)(void *context, const char *sha256);
	void *context;
};

/* Still wanted, and not there yet: a cut may leave both names, or come before the collection. */
static bool is_wanted(const struct sieve *sieve, const char *sha256)
{
	char path[OBJECT_PATH_MAX];
	struct err unused;

	return !sieve->keep || (sieve->keep(sieve->context, sha256) && object_path(sha256, path, &unused) &&
				faccessat(sieve->store->dir, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0);
}

static bool sift_part(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct sieve *sieve = context;
	char path[sizeof("part/") + 256];
	struct stat is;

	snprintf(path, sizeof(path), "part/%s", name);
	if (!is_dir && sha256_valid_hex(name) && fstatat(sieve->store->dir, path, &is, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(is.st_mode) && is_wanted(sieve, name))
		return true;
	return file_remove(sieve->store->dir, path, err);
}

bool part_clear(struct store *store, struct err *err)
{
	return part_collect(store, NULL, NULL, err);
}

bool part_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context, struct err *err)
{
	struct sieve sieve = {store, keep, context};

	return file_list(store->dir, "part", sift_part, &sieve, err);
}
