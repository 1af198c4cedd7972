#include "sync/objects.h"

#include "base/arena.h"
#include "sync/arrival.h"

#include <stdlib.h>
#include <string.h>

/* One object that is missing. */
struct wanted {
	const struct metadata_target *target;
	struct arrival arrival;
	const char *prefix;
	struct objects_count *count;
};

/* ---- as the bytes come */

static bool name_it(const struct wanted *wanted, struct err *err)
{
	return err_context(err, "%s%s", wanted->prefix, wanted->target->path);
}

static bool begin_part(void *context, bool keep, int64_t *have, struct err *err)
{
	struct wanted *wanted = context;

	return arrival_begin(&wanted->arrival, keep, have, err) || name_it(wanted, err);
}

static bool write_part(void *context, const void *bytes, size_t len, struct err *err)
{
	struct wanted *wanted = context;

	return arrival_write(&wanted->arrival, bytes, len, err) || name_it(wanted, err);
}

static bool end_part(void *context, bool whole, struct err *err)
{
	struct wanted *wanted = context;

	if (!arrival_end(&wanted->arrival, whole, err))
		return name_it(wanted, err);
	wanted->count->fetched += whole;
	wanted->count->bytes += whole ? wanted->target->len : 0;
	return true;
}

/* ---- which */

/* The publisher allows no others; they need no escaping anywhere. */
static bool check_path(const char *path, struct err *err)
{
	size_t plain = strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

	return path[plain] == '\0' ||
	       err_set(err, ERR_FORMAT, "targets.json: a path has other characters than A-Z a-z 0-9 . _ / -");
}

static int compare_hashes(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;

	return strcmp(x->target->sha256, y->target->sha256);
}

/* Those that are not whole in the store, each once although several paths may share it. */
static bool list_wanted(const struct wanted *like, const struct metadata_targets *targets, struct arena *arena,
			struct wanted **out, size_t *count, struct err *err)
{
	struct wanted *list = arena_array(arena, targets->count + 1, sizeof(*list));
	size_t n = 0, kept = 0;

	if (!list)
		return err_memory(err);
	for (size_t i = 0; i < targets->count; i++) {
		const struct metadata_target *target = &targets->targets[i];

		if (!check_path(target->path, err))
			return false;
		if (store_object_intact(like->arrival.store, target->sha256, target->len))
			continue;
		list[n] = *like;
		list[n].arrival.sha256 = target->sha256;
		list[n].arrival.len = target->len;
		list[n++].target = target;
	}
	qsort(list, n, sizeof(*list), compare_hashes);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || compare_hashes(&list[kept - 1], &list[i]) != 0)
			list[kept++] = list[i];
	*out = list;
	*count = kept;
	return true;
}

static bool list_files(const struct trust *trust, struct wanted *wanted, size_t count, struct arena *arena,
		       struct fetch_file **out, struct err *err)
{
	struct fetch_file *files = arena_array(arena, count + 1, sizeof(*files));
	char path[FETCH_PATH_MAX];

	if (!files)
		return err_memory(err);
	for (size_t i = 0; i < count; i++) {
		const struct metadata_target *target = wanted[i].target;

		if (!trust_target_path(trust, target, path, sizeof(path), err))
			return false;
		files[i] = (struct fetch_file){arena_printf(arena, "%s%s", wanted[i].prefix, path),
					       target->len,
					       write_part,
					       end_part,
					       &wanted[i],
					       begin_part};
		if (!files[i].path)
			return err_memory(err);
	}
	*out = files;
	return true;
}

bool objects_fetch(struct store *store, struct fetch *fetch, const struct trust *trust, const char *prefix,
		   struct objects_count *count, struct err *err)
{
	const struct metadata_targets *targets = trust_all(trust);
	struct wanted like = {.arrival = {.store = store}, .prefix = prefix, .count = count}, *wanted = NULL;
	struct fetch_file *files = NULL;
	struct arena arena = {0};
	size_t wanted_count = 0;
	bool ok;

	*count = (struct objects_count){.all = targets->count};
	ok = list_wanted(&like, targets, &arena, &wanted, &wanted_count, err) &&
	     list_files(trust, wanted, wanted_count, &arena, &files, err) &&
	     fetch_files(fetch, files, wanted_count, err);
	arena_finish(&arena);
	return ok;
}
