#include "sync/pass.h"

#include "base/arena.h"
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

static bool read_generation_targets(const struct store *store, int64_t generation, struct buf *bytes, struct err *err)
{
	char path[STORE_PATH_MAX];

	return store_generation_path(store, generation, TARGETS_FILE, path, err) &&
	       file_read(AT_FDCWD, path, metadata_limit(METADATA_TARGETS), bytes, err);
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

/* What is shown now, for the report; none when there is none or it cannot be read. */
static void report_shown(const struct store *store, struct pass_report *report)
{
	struct metadata_targets targets;
	struct arena arena = {0};
	struct buf bytes = {0};
	struct err unused;

	report->generation = report->published_utc_s = 0;
	if (store_current(store, &report->generation, &unused) &&
	    read_generation_targets(store, report->generation, &bytes, &unused) &&
	    trust_read_accepted(bytes.data, bytes.len, &arena, &targets, &unused))
		report->published_utc_s = targets.published_utc_s;
	buf_finish(&bytes);
	arena_finish(&arena);
}

/* True when these targets are shown already, and the index can still be read. */
static bool is_shown(struct store *store, const struct buf *targets, struct pass_report *report)
{
	struct buf shown = {0};
	struct err why;
	bool same = report->generation > 0 && read_generation_targets(store, report->generation, &shown, &why) &&
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

/* Hashes that the two kept generations name, sorted. */
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

static bool name_all(struct arena *arena, const struct metadata_targets *a, const struct metadata_targets *b,
		     struct named *out, struct err *err)
{
	out->hashes = arena_array(arena, a->count + b->count + 1, sizeof(*out->hashes));
	if (!out->hashes)
		return err_memory(err);
	for (size_t i = 0; i < a->count; i++)
		out->hashes[out->count++] = a->targets[i].sha256;
	for (size_t i = 0; i < b->count; i++)
		out->hashes[out->count++] = b->targets[i].sha256;
	qsort(out->hashes, out->count, sizeof(*out->hashes), compare_texts);
	return true;
}

static bool read_previous(const struct store *store, int64_t shown, struct arena *arena, struct metadata_targets *out,
			  struct err *err)
{
	struct buf bytes = {0};
	struct err why;
	int64_t previous;
	bool ok;

	if (!store_previous(store, shown, &previous, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	ok = read_generation_targets(store, previous, &bytes, err) &&
	     trust_read_accepted(bytes.data, bytes.len, arena, out, err);
	buf_finish(&bytes);
	return ok;
}

/* What cannot be collected now costs room, not content; the next new content tries again. */
static void collect(struct store *store, const struct metadata_targets *targets, int64_t shown)
{
	struct metadata_targets previous = {0};
	struct arena arena = {0};
	struct named named = {0};
	struct err err;

	if (!read_previous(store, shown, &arena, &previous, &err) ||
	    !name_all(&arena, targets, &previous, &named, &err) || !store_collect(store, is_named, &named, &err))
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

static bool run(struct store *store, struct refresh *refresh, struct pass_report *report, struct err *err)
{
	bool ok = refresh_run(refresh, err);

	for (enum metadata_role role = 0; refresh->trust && role < METADATA_ROLE_COUNT; role++)
		report->versions[role] = trust_version(refresh->trust, role);
	if (!ok || !objects_fetch(store, refresh->fetch, refresh->trust, TARGETS_PREFIX, &report->objects, err))
		return false;
	if (is_shown(store, &refresh->targets, report))
		return true;
	if (!activate(store, refresh, err))
		return false;
	report->changed = true;
	report_shown(store, report);
	collect(store, trust_all(refresh->trust), report->generation);
	return true;
}

bool pass_run(struct store *store, struct fetch *fetch, const struct buf *root, int64_t now_utc_s,
	      struct pass_report *report, struct err *err)
{
	struct refresh refresh = {.fetch = fetch, .prefix = METADATA_PREFIX, .root = root};
	bool ok;

	*report = (struct pass_report){0};
	report_shown(store, report);
	if (!file_open_dir(store_dir(store), "trust", true, &refresh.kept, err))
		return false;
	refresh.now_utc_s = not_before_accepted(refresh.kept, now_utc_s);
	ok = run(store, &refresh, report, err);
	refresh_finish(&refresh);
	close(refresh.kept);
	return ok;
}
