#include "sync/pass.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/file.h"
#include "base/log.h"
#include "content/content.h"
#include "sync/refresh.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define METADATA_PREFIX "metadata/"
#define TARGETS_PREFIX  "targets/"
#define TARGETS_FILE    "targets.json"
#define INDEX_FILE      "index.db"

/* ---- generations and what they are made of */

static bool read_generation_bytes(const struct store *store, int64_t generation, struct buf *bytes, struct err *err)
{
	char path[STORE_PATH_MAX];

	return store_generation_path(store, generation, TARGETS_FILE, path, err) &&
	       file_read(AT_FDCWD, path, metadata_limit(METADATA_TARGETS), bytes, err);
}

static bool read_generation_targets(const struct store *store, int64_t generation, struct arena *arena,
				    struct metadata_targets *out, struct err *err)
{
	struct buf bytes = {0};
	bool ok = read_generation_bytes(store, generation, &bytes, err) &&
		  trust_read_accepted(bytes.data, bytes.len, arena, out, err);

	buf_finish(&bytes);
	return ok || err_context(err, "generation %lld", (long long)generation);
}

/* As the kiosk does it. */
static bool try_generation(struct store *store, int64_t generation, struct err *err)
{
	const struct content_objects objects = {store_object_read, store};
	struct content *content;
	char path[STORE_PATH_MAX];

	if (!store_generation_path(store, generation, INDEX_FILE, path, err) ||
	    !content_open(path, objects, &content, err))
		return false;
	bool ok = content_bundle(content)->language_count > 0 || err_set(err, ERR_FORMAT, "the bundle has no language");

	content_close(content);
	return ok;
}

void pass_shown(const struct store *store, struct pass_report *report)
{
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	struct err unused;

	report->generation = report->published_utc_s = 0;
	if (store_current(store, &report->generation, &unused) &&
	    read_generation_targets(store, report->generation, &arena, &targets, &unused))
		report->published_utc_s = targets.published_utc_s;
	arena_finish(&arena);
}

/* True when these targets are shown already, and the index can still be read. */
static bool is_shown(struct store *store, const struct buf *targets, struct pass_report *report)
{
	struct buf shown = {0};
	struct err why;
	bool same = report->generation > 0 && read_generation_bytes(store, report->generation, &shown, &why) &&
		    shown.len == targets->len && memcmp(shown.data, targets->data, shown.len) == 0;

	buf_finish(&shown);
	if (same && !try_generation(store, report->generation, &why)) {
		log_warn("generation %lld is damaged and made anew: %s", (long long)report->generation, why.text);
		same = false;
	}
	return same;
}

/* ---- a new generation */

static bool build_index(struct store *store, const struct metadata_targets *targets, int64_t generation,
			struct err *err)
{
	const struct content_objects objects = {store_object_read, store};
	struct content_target *list = calloc(targets->count + 1, sizeof(*list));
	char path[STORE_PATH_MAX];
	bool ok;

	if (!list)
		return err_memory(err);
	for (size_t i = 0; i < targets->count; i++)
		list[i] = (struct content_target){targets->targets[i].path, targets->targets[i].sha256,
						  targets->targets[i].len};
	ok = store_generation_path(store, generation, INDEX_FILE, path, err) &&
	     content_index_build(list, targets->count, objects, targets->published_utc_s, path, err);
	free(list);
	return ok;
}

static bool make_generation(struct store *store, const struct refresh *refresh, int64_t generation, struct err *err)
{
	char path[STORE_PATH_MAX];

	return build_index(store, trust_all(refresh->trust), generation, err) &&
	       try_generation(store, generation, err) &&
	       store_generation_path(store, generation, TARGETS_FILE, path, err) &&
	       file_write(AT_FDCWD, path, refresh->targets.data, refresh->targets.len, 0644, err) &&
	       store_generation_publish(store, generation, err);
}

static bool activate(struct store *store, const struct refresh *refresh, struct err *err)
{
	int64_t generation;

	if (trust_all(refresh->trust)->published_utc_s == 0)
		return err_set(err, ERR_FORMAT, METADATA_PREFIX TARGETS_FILE ": x-vejviser-published is missing");
	if (!store_generation_begin(store, &generation, err))
		return false;
	if (make_generation(store, refresh, generation, err))
		return true;
	store_generation_abandon(store, generation);
	return err_context(err, "the new content (targets version %lld)",
			   (long long)trust_version(refresh->trust, METADATA_TARGETS));
}

/* ---- collecting */

/* Hashes that are needed, sorted. */
struct named {
	const char **hashes;
	size_t count;
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_named(void *context, const char *sha256)
{
	const struct named *named = context;

	return bsearch(&sha256, named->hashes, named->count, sizeof(*named->hashes), compare_texts) != NULL;
}

static bool name_all(struct arena *arena, const struct metadata_targets *lists, size_t list_count, struct named *out,
		     struct err *err)
{
	size_t count = 0;

	for (size_t i = 0; i < list_count; i++)
		count += lists[i].count;
	out->hashes = arena_array(arena, count + 1, sizeof(*out->hashes));
	if (!out->hashes)
		return err_memory(err);
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < lists[i].count; k++)
			out->hashes[out->count++] = lists[i].targets[k].sha256;
	qsort(out->hashes, out->count, sizeof(*out->hashes), compare_texts);
	return true;
}

/* Those of the generation shown and of the one before it, as far as there are such. */
static bool read_kept_targets(const struct store *store, struct arena *arena, struct metadata_targets *shown,
			      struct metadata_targets *previous, struct err *err)
{
	int64_t generation, before;
	struct err why;

	if (store_current(store, &generation, &why)) {
		if (!read_generation_targets(store, generation, arena, shown, err))
			return false;
		if (store_previous(store, generation, &before, &why))
			return read_generation_targets(store, before, arena, previous, err);
	}
	if (why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

/* Keeps what `newest` names, too, which need not be shown yet, and is empty when the pass did not come so far. What cannot be collected now costs room, not content;
 * the next new content tries again. */
static void collect(struct store *store, const struct metadata_targets *newest)
{
	struct metadata_targets lists[3] = {*newest};
	struct arena arena = {0};
	struct named named = {0};
	struct err err;

	if (!read_kept_targets(store, &arena, &lists[1], &lists[2], &err) ||
	    !name_all(&arena, lists, ARRAY_LEN(lists), &named, &err) || !store_collect(store, is_named, &named, &err))
		log_warn("old content stays on the disk: %s", err.text);
	arena_finish(&arena);
}

/* ---- the pass */

/* A clock that was never set must not make what has expired valid again. */
static int64_t not_before_accepted(int kept, int64_t now_utc_s)
{
	struct metadata_targets targets;
	struct arena arena = {0};
	struct buf bytes = {0};
	struct err unused;

	if (file_read(kept, TARGETS_FILE, metadata_limit(METADATA_TARGETS), &bytes, &unused) &&
	    trust_read_accepted(bytes.data, bytes.len, &arena, &targets, &unused) &&
	    targets.published_utc_s > now_utc_s)
		now_utc_s = targets.published_utc_s;
	buf_finish(&bytes);
	arena_finish(&arena);
	return now_utc_s;
}

/* From trusted metadata to what is shown. */
static bool take(struct store *store, const struct refresh *refresh, struct pass_report *report, struct err *err)
{
	if (!objects_fetch(store, refresh->fetch, refresh->trust, TARGETS_PREFIX, &report->objects, err))
		return false;
	if (is_shown(store, &refresh->targets, report))
		return true;
	if (!activate(store, refresh, err))
		return false;
	report->changed = true;
	pass_shown(store, report);
	return true;
}

static bool run(struct store *store, struct refresh *refresh, struct pass_report *report, struct err *err)
{
	bool ok = refresh_run(refresh, err);

	for (enum metadata_role role = 0; refresh->trust && role < METADATA_ROLE_COUNT; role++)
		report->versions[role] = trust_version(refresh->trust, role);
	ok = ok && take(store, refresh, report, err);
	/* A full disk may be full of what a version that never fitted left behind: the next pass finds that room. */
	if (refresh->trust && (report->changed || (!ok && err->code == ERR_FULL)))
		collect(store, trust_all(refresh->trust));
	return ok;
}

bool pass_run(struct store *store, struct fetch *fetch, const struct buf *root, int64_t now_utc_s,
	      struct pass_report *report, struct err *err)
{
	struct refresh refresh = {.fetch = fetch, .prefix = METADATA_PREFIX, .root = root};
	bool ok;

	*report = (struct pass_report){0};
	pass_shown(store, report);
	if (!file_open_dir(store_dir(store), "trust", true, &refresh.kept, err))
		return false;
	refresh.now_utc_s = not_before_accepted(refresh.kept, now_utc_s);
	ok = run(store, &refresh, report, err);
	refresh_finish(&refresh);
	close(refresh.kept);
	return ok;
}
