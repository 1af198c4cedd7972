#include "replay/supply.h"

#include "base/file.h"
#include "replay/folder.h"
#include "store/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#define PATH_BYTES 4096

struct supply {
	struct supply_setup setup;
	struct store *store;
	char dir[PATH_BYTES]; /* of temporary files; empty: not made */
	struct folder *folders[SUPPLY_BUNDLES_MAX];
	size_t count; /* of bundles whose index is made; the first is setup.bundle */
};

static void index_path(const struct supply *supply, size_t bundle, char path[PATH_BYTES + 32])
{
	snprintf(path, PATH_BYTES + 32, "%s/%zu.db", supply->dir, bundle);
}

static bool make_dir(struct supply *supply, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char path[PATH_BYTES];

	if (supply->dir[0])
		return true;
	snprintf(path, sizeof(path), "%s/vejviser-replay-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (!mkdtemp(path))
		return err_errno(err, "%s", path);
	snprintf(supply->dir, sizeof(supply->dir), "%s", path);
	return true;
}

/* Takes the folder, whatever happens. */
static bool add_bundle(struct supply *supply, struct folder *folder, struct err *err)
{
	char path[PATH_BYTES + 32];
	int64_t published_s = supply->setup.published_s + 60 * (int64_t)supply->count;

	if (supply->count == SUPPLY_BUNDLES_MAX) {
		folder_close(folder);
		return err_set(err, ERR_LIMIT, "more than %d bundles", SUPPLY_BUNDLES_MAX);
	}
	if (!make_dir(supply, err)) {
		folder_close(folder);
		return false;
	}
	index_path(supply, supply->count, path);
	if (!folder_index(folder, published_s, path, err)) {
		folder_close(folder);
		return false;
	}
	supply->folders[supply->count++] = folder;
	return true;
}

static bool open_bundle(struct supply *supply, size_t bundle, struct content **out, struct err *err)
{
	char path[PATH_BYTES + 32];

	index_path(supply, bundle, path);
	return content_open(path, folder_objects(supply->folders[bundle]), out, err);
}

static bool open_store(struct supply *supply, struct content **out, struct err *err)
{
	struct content_objects objects = {store_object_read, supply->store};
	char path[STORE_PATH_MAX];
	int64_t generation = 0;

	return store_current(supply->store, &generation, err) &&
	       store_generation_path(supply->store, generation, "index.db", path, err) &&
	       content_open(path, objects, out, err);
}

static bool open_first(struct supply *supply, struct err *err)
{
	struct folder *folder = NULL;

	if (supply->setup.store)
		return store_open(supply->setup.store, STORE_READ, &supply->store, err);
	if (!supply->setup.bundle)
		return true;
	return folder_open(supply->setup.bundle, &folder, err) &&
	       (add_bundle(supply, folder, err) || err_context(err, "%s", supply->setup.bundle));
}

bool supply_open(const struct supply_setup *setup, struct supply **out, struct err *err)
{
	struct supply *supply = calloc(1, sizeof(*supply));

	if (!supply)
		return err_memory(err);
	supply->setup = *setup;
	if (!open_first(supply, err)) {
		supply_close(supply);
		return false;
	}
	*out = supply;
	return true;
}

void supply_close(struct supply *supply)
{
	struct err err;

	if (!supply)
		return;
	for (size_t i = 0; i < supply->count; i++)
		folder_close(supply->folders[i]);
	store_close(supply->store);
	if (supply->dir[0] && !file_remove(AT_FDCWD, supply->dir, &err))
		fprintf(stderr, "vejviser-replay: %s\n", err.text);
	free(supply);
}

bool supply_content(struct supply *supply, struct content **out, struct err *err)
{
	*out = NULL;
	if (supply->store)
		return open_store(supply, out, err);
	return !supply->setup.bundle || open_bundle(supply, 0, out, err);
}

bool supply_bundle(struct supply *supply, const char *path, struct content **out, struct err *err)
{
	struct folder *folder = NULL;

	return folder_open(path, &folder, err) && (add_bundle(supply, folder, err) || err_context(err, "%s", path)) &&
	       open_bundle(supply, supply->count - 1, out, err);
}

bool supply_amended(struct supply *supply, const char *file, const char *old, const char *new, struct content **out,
		    struct err *err)
{
	struct folder *folder = NULL;

	if (!supply->setup.bundle)
		return err_set(err, ERR_USAGE, "only a bundle given by --bundle can be amended");
	if (!folder_open(supply->setup.bundle, &folder, err))
		return false;
	if (!(old ? folder_amend(folder, file, old, new, err) : folder_remove(folder, file, err))) {
		folder_close(folder);
		return false;
	}
	return add_bundle(supply, folder, err) && open_bundle(supply, supply->count - 1, out, err);
}
