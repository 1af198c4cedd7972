#include "sync/pass.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/file.h"
#include "base/log.h"
#include "sync/activate.h"
#include "sync/refresh.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define METADATA_PREFIX "metadata/"
#define TARGETS_PREFIX  "targets/"
#define TARGETS_FILE    "targets.json"
#define TRUST_FOLDER    "trust"
#define FACTORY_FOLDER  "factory"

void pass_shown(const struct store *store, struct pass_report *report)
{
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	struct buf bytes = {0};
	struct err unused;

	report->generation = report->published_utc_s = 0;
	if (store_current(store, &report->generation, &unused) &&
	    activate_read(store, report->generation, &arena, &bytes, &targets, &unused))
		report->published_utc_s = targets.published_utc_s;
	buf_finish(&bytes);
	arena_finish(&arena);
}

/* True when these targets are shown already. */
static bool is_shown(const struct store *store, const struct buf *targets)
{
	struct metadata_targets unused = {0};
	struct arena arena = {0};
	struct buf shown = {0};
	int64_t generation;
	struct err why;
	bool same = store_current(store, &generation, &why) &&
		    activate_read(store, generation, &arena, &shown, &unused, &why) && shown.len == targets->len &&
		    memcmp(shown.data, targets->data, shown.len) == 0;

	buf_finish(&shown);
	arena_finish(&arena);
	return same;
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
	struct buf bytes = {0};
	int64_t generation;
	struct err why;
	bool found = store_current(store, &generation, &why);
	bool ok = !found || activate_read(store, generation, arena, &bytes, shown, err);

	found = found && ok && store_previous(store, generation, &generation, &why);
	ok = ok && (!found || activate_read(store, generation, arena, &bytes, previous, err));
	buf_finish(&bytes);
	if (ok && !found && why.code != ERR_MISSING) {
		*err = why;
		ok = false;
	}
	return ok;
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

/* From trusted metadata to what is shown. `sound`: what is shown can be read. */
static bool take(struct store *store, const struct refresh *refresh, bool sound, struct pass_report *report,
		 struct err *err)
{
	if (!objects_fetch(store, refresh->fetch, refresh->trust, TARGETS_PREFIX, &report->objects, err))
		return false;
	if (sound && is_shown(store, &refresh->targets))
		return true;
	return activate_targets(store, trust_all(refresh->trust), &refresh->targets, err) ||
	       err_context(err, "the new content (targets version %lld)",
			   (long long)trust_version(refresh->trust, METADATA_TARGETS));
}

static bool run(struct store *store, struct refresh *refresh, bool sound, struct pass_report *report, struct err *err)
{
	int64_t before = report->generation;
	bool ok = refresh_run(refresh, err);

	for (enum metadata_role role = 0; refresh->trust && role < METADATA_ROLE_COUNT; role++)
		report->versions[role] = trust_version(refresh->trust, role);
	ok = ok && take(store, refresh, sound, report, err);
	pass_shown(store, report);
	report->changed = report->generation > 0 && report->generation != before;
	/* Also when nothing is new: the pass before may have been cut before it came so far. And a full disk may be full
	 * of what a version that never fitted left behind: the next pass finds that room. */
	if (refresh->trust && (ok || err->code == ERR_FULL))
		collect(store, trust_all(refresh->trust));
	return ok;
}

static bool run_with(struct store *store, const char *kept, struct refresh *refresh, int64_t now_utc_s,
		     struct pass_report *report, struct err *err)
{
	bool sound, ok;

	*report = (struct pass_report){0};
	pass_shown(store, report);
	if (!file_open_dir(store_dir(store), kept, true, &refresh->kept, err))
		return false;
	sound = activate_mend(store);
	refresh->now_utc_s = not_before_accepted(refresh->kept, now_utc_s);
	ok = run(store, refresh, sound, report, err);
	refresh_finish(refresh);
	close(refresh->kept);
	return ok;
}

bool pass_run(struct store *store, struct fetch *fetch, const struct buf *root, int64_t now_utc_s,
	      struct pass_report *report, struct err *err)
{
	struct refresh refresh = {.fetch = fetch, .prefix = METADATA_PREFIX, .root = root};

	return run_with(store, TRUST_FOLDER, &refresh, now_utc_s, report, err);
}

/* ---- what came with the program */

bool pass_can_show(struct store *store)
{
	int64_t generation;
	struct err unused;

	return (store_current(store, &generation, &unused) && activate_opens(store, generation, &unused)) ||
	       activate_mend(store) || activate_any(store);
}

bool pass_factory(struct store *store, struct fetch *fetch, const struct buf *root, struct pass_report *report,
		  struct err *err)
{
	struct refresh refresh = {.fetch = fetch, .prefix = METADATA_PREFIX, .root = root};
	struct err unused;
	bool ok = file_remove(store_dir(store), FACTORY_FOLDER, err) &&
		  run_with(store, FACTORY_FOLDER, &refresh, 0, report, err);

	file_remove(store_dir(store), FACTORY_FOLDER, &unused); /* else the next time */
	return ok || err_context(err, "the content that came with the program");
}
