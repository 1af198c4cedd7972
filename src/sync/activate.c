#include "sync/activate.h"

#include "base/file.h"
#include "base/log.h"
#include "content/content.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#define TARGETS_FILE "targets.json"
#define INDEX_FILE   "index.db"

bool activate_read(const struct store *store, int64_t generation, struct arena *arena, struct buf *bytes,
		   struct metadata_targets *out, struct err *err)
{
	char path[STORE_PATH_MAX];
	bool ok = store_generation_path(store, generation, TARGETS_FILE, path, err) &&
		  file_read(AT_FDCWD, path, metadata_limit(METADATA_TARGETS), bytes, err) &&
		  trust_read_accepted(bytes->data, bytes->len, arena, out, err);

	return ok || err_context(err, "generation %lld", (long long)generation);
}

/* ---- trying */

static bool read_pages(const struct content *content, const struct topic_entry *topic, struct arena *arena,
		       struct err *err)
{
	struct page page;
	struct err why;

	for (size_t i = 0; i < topic->page_count; i++)
		for (int language = 0; language < (int)content_bundle(content)->language_count; language++) {
			arena_reset(arena);
			if (content_page(content, language, topic->id, topic->pages[i], arena, &page, &why) ||
			    why.code == ERR_MISSING) /* not translated */
				continue;
			*err = why;
			return false;
		}
	return true;
}

static bool read_through(const struct content *content, struct err *err)
{
	const struct bundle *bundle = content_bundle(content);
	struct arena arena = {0};
	struct buf picture = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < bundle->language_count; i++)
		ok = content_read(content, (int)i, err);
	for (size_t i = 0; ok && i < bundle->topic_count; i++)
		ok = read_pages(content, &bundle->topics[i], &arena, err) &&
		     (!bundle->topics[i].picture || content_picture(content, bundle->topics[i].picture, &picture, err));
	arena_finish(&arena);
	buf_finish(&picture);
	return ok;
}

static bool open_content(struct store *store, int64_t generation, struct content **out, struct err *err)
{
	const struct content_objects objects = {store_object_read, store};
	char path[STORE_PATH_MAX];

	return store_generation_path(store, generation, INDEX_FILE, path, err) && content_open(path, objects, out, err);
}

bool activate_opens(struct store *store, int64_t generation, struct err *err)
{
	struct content *content;

	if (!open_content(store, generation, &content, err))
		return false;
	content_close(content);
	return true;
}

bool activate_try(struct store *store, int64_t generation, struct err *err)
{
	struct content *content;

	if (!open_content(store, generation, &content, err))
		return false;
	bool ok = read_through(content, err);

	content_close(content);
	return ok;
}

bool activate_any(struct store *store)
{
	int64_t generation = INT64_MAX;
	struct err unused;

	while (store_previous(store, generation, &generation, &unused))
		if (activate_opens(store, generation, &unused))
			return true;
	return false;
}

/* ---- making */

/* The index holds the documents, and less than as much again of what is found in them. */
static int64_t index_bytes(const struct metadata_targets *targets)
{
	int64_t bytes = 1 << 16;

	for (size_t i = 0; i < targets->count; i++) {
		const char *dot = strrchr(targets->targets[i].path, '.');

		if (dot && strcmp(dot, ".json") == 0)
			bytes += 2 * targets->targets[i].len;
	}
	return bytes;
}

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

static bool make_generation(struct store *store, const struct metadata_targets *targets, const struct buf *bytes,
			    int64_t generation, struct err *err)
{
	char path[STORE_PATH_MAX];

	return build_index(store, targets, generation, err) && activate_try(store, generation, err) &&
	       store_generation_path(store, generation, TARGETS_FILE, path, err) &&
	       file_write(AT_FDCWD, path, bytes->data, bytes->len, 0644, err) &&
	       store_generation_publish(store, generation, err);
}

bool activate_targets(struct store *store, const struct metadata_targets *targets, const struct buf *bytes,
		      struct err *err)
{
	int64_t generation;

	if (targets->published_utc_s == 0)
		return err_set(err, ERR_FORMAT, TARGETS_FILE ": x-vejviser-published is missing");
	if (!store_room(store, index_bytes(targets), err) || !store_generation_begin(store, &generation, err))
		return false;
	if (make_generation(store, targets, bytes, generation, err))
		return true;
	store_generation_abandon(store, generation);
	return false;
}

/* ---- mending */

static bool has_all(const struct store *store, const struct metadata_targets *targets, struct err *err)
{
	for (size_t i = 0; i < targets->count; i++)
		if (!store_object_intact(store, targets->targets[i].sha256, targets->targets[i].len))
			return err_set(err, ERR_CORRUPT, "%s: the object is damaged", targets->targets[i].path);
	return true;
}

static bool make_anew(struct store *store, int64_t generation, struct err *err)
{
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	struct buf bytes = {0};
	bool ok = activate_read(store, generation, &arena, &bytes, &targets, err) && has_all(store, &targets, err) &&
		  activate_targets(store, &targets, &bytes, err);

	buf_finish(&bytes);
	arena_finish(&arena);
	return ok;
}

bool activate_mend(struct store *store)
{
	int64_t shown = 0, generation;
	bool newest = true;
	struct err why;

	if (store_current(store, &shown, &why) && activate_try(store, shown, &why))
		return true;
	if (why.code == ERR_MISSING && !store_previous(store, INT64_MAX, &generation, &(struct err){0}))
		return false; /* there has never been any */
	log_warn("what is shown cannot be read: %s", why.text);
	for (generation = INT64_MAX; store_previous(store, generation, &generation, &why); newest = false) {
		bool opens = activate_opens(store, generation, &why);

		if ((newest || !opens) && make_anew(store, generation, &why)) {
			log_warn("generation %lld is made anew from its objects", (long long)generation);
			store_generation_abandon(store, generation); /* so that the one to fall back on is a good one */
			store_generation_abandon(store, shown);
			return true;
		}
		log_warn("generation %lld cannot be made anew: %s", (long long)generation, why.text);
		if (opens)
			return false;
	}
	return false;
}
