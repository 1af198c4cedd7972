/* inside -- what the store's own files share; nobody else includes it. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/store.h"

#include "base/crypto.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store {
	char *path; /* as given to store_open() */
	int dir;
	int lock;                      /* -1 when reading */
	int64_t keep_free;             /* bytes */
	int64_t promised;              /* bytes that open parts may still write */
	char (*whole)[SHA256_HEX_MAX]; /* in part/, checked, and not yet settled */
	size_t whole_count, whole_cap;
};

/* "objects/xx/<sha256>" below the store. */
#define OBJECT_PATH_MAX (sizeof("objects/xx/") + SHA256_HEX_MAX)
/* ERR_FORMAT unless `sha256` is one: what comes here may come from a file. */
bool object_path(const char *sha256, char path[OBJECT_PATH_MAX], struct err *err);

/* Where the object is now: in objects/, or in part/ until it is settled. */
bool object_find(const struct store *store, const char *sha256, char path[OBJECT_PATH_MAX], struct err *err);
/* Hashes from where `fd` stands to the end, and adds the bytes read to *len. */
bool object_hash_rest(int fd, struct sha256 *hash, int64_t *len, struct err *err);
/* Bytes and names of everything in the store: one sync of the file system, where each folder's own would take longer. */
bool store_sync(const struct store *store, struct err *err);
/* Removes the objects that `keep` does not name. */
bool object_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context,
		    struct err *err);

/* Syncs what store_part_finish() left in part/ and moves it into place; the folders are not synced yet. */
bool part_settle(struct store *store, struct err *err);
bool part_is_whole(const struct store *store, const char *sha256);
/* Removes all but what part.c can have left. */
bool part_clear(struct store *store, struct err *err);
/* Removes those that `keep` does not name, and those whose object is there. */
bool part_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context, struct err *err);

/* Removes generations that were begun and never published. */
bool generation_clear(struct store *store, struct err *err);

#endif
