/* sound -- what must hold of the case's store (town.h) after anything at all went wrong: S1, S3, S5 and S6 of
 * store/store.h, and that the next pass completes and leaves no litter. */
#ifndef TESTS_SYNC_SOUND_H
#define TESTS_SYNC_SOUND_H

#include "sync/activate.h"

#include <string.h>
#include <sys/stat.h>

#include "town.h"

static inline bool check_object(void *context, const char *name, bool is_dir, struct err *err)
{
	struct store *store = context;
	struct stat is;
	char path[TEXT];

	assert_false(is_dir);
	snprintf(path, sizeof(path), "objects/%.2s/%s", name, name);
	assert_int_equal(fstatat(store_dir(store), path, &is, AT_SYMLINK_NOFOLLOW), 0);
	return store_object_intact(store, name, is.st_size) ||
	       err_set(err, ERR_CORRUPT, "S1: %s is not what its name says", path);
}

static inline bool check_folder(void *context, const char *name, bool is_dir, struct err *err)
{
	struct store *store = context;
	char path[TEXT];

	assert_true(is_dir);
	snprintf(path, sizeof(path), "objects/%s", name);
	return file_list(store_dir(store), path, check_object, store, err);
}

static inline int64_t version_of(const struct buf *bytes)
{
	struct metadata metadata;
	struct err err;

	must(metadata_parse(METADATA_TARGETS, bytes->data, bytes->len, &metadata, &err), &err);
	int64_t version = metadata.version;
	metadata_finish(&metadata);
	return version;
}

static inline void check_objects(struct store *store, int64_t generation, const struct metadata_targets *targets)
{
	for (size_t i = 0; i < targets->count; i++)
		if (!store_object_intact(store, targets->targets[i].sha256, targets->targets[i].len))
			fail_msg("S3: generation %d lacks %s", (int)generation, targets->targets[i].path);
}

/* S3: what `current` names has all its objects. S5: nothing older than it is trusted. */
static inline void check_current(struct store *store)
{
	struct metadata_targets targets;
	struct arena arena = {0};
	struct buf shown = {0}, kept = {0};
	int64_t generation;
	struct err err;

	if (!store_current(store, &generation, &err)) {
		assert_int_equal(err.code, ERR_MISSING);
		return;
	}
	must(activate_read(store, generation, &arena, &shown, &targets, &err), &err);
	get("store/trust/targets.json", &kept);
	assert_true(version_of(&kept) >= version_of(&shown));
	check_objects(store, generation, &targets);
	if (store_previous(store, generation, &generation, &err) &&
	    activate_read(store, generation, &arena, &shown, &targets, &err))
		check_objects(store, generation, &targets); /* to fall back on */
	buf_finish(&kept);
	buf_finish(&shown);
	arena_finish(&arena);
}

/* The disk as it is now; `old` is NULL when nothing was shown before. */
static inline void check_disk(const char *old, const char *new)
{
	char town[TEXT], path[TEXT + 8];
	struct store *store;
	struct err err;
	bool any = kiosk_shows(town);

	if (!any && old)
		fail_msg("nothing is shown");
	if (any && strcmp(town, new) != 0 && (!old || strcmp(town, old) != 0))
		fail_msg("%s is shown", town);
	snprintf(path, sizeof(path), "%s/store", here);
	if (!store_open(path, STORE_READ, &store, &err))
		return; /* cut before there was a store */
	check_current(store);
	if (!file_list(store_dir(store), "objects", check_folder, store, &err) && err.code != ERR_MISSING)
		fail_msg("%s", err.text);
	store_close(store);
}

static inline bool count_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	(void)is_dir;
	(void)err;
	assert_null(strstr(name, ".new")); /* nothing of file_write() lies about */
	++*(int *)context;
	return true;
}

static inline int entries(const char *folder)
{
	int count = 0;
	struct err err;

	must(file_list(here_fd, folder, count_entry, &count, &err), &err);
	return count;
}

/* The pass after: it completes, and leaves no litter. */
static inline void check_next_pass(const char *new)
{
	run_well();
	expect_shown(new);
	check_disk(new, new);
	assert_int_equal(entries("store/part"), 0);
	assert_in_range(entries("store/generations"), 1, 2);
	assert_int_equal(entries("store/trust"), METADATA_ROLE_COUNT);
	entries("store");
}

#endif
