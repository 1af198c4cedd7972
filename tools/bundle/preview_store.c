#include "bundle/preview_store.h"

#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "base/message.h"
#include "base/utf8.h"
#include "content/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMARKS_FILE "preview.json" /* as kiosk/preview.h has it, and the next two */
#define REMARKS_MAX  4
#define REMARK_MAX   1000 /* bytes of one shown */

bool preview_store_open(const char *path, struct preview_store *out, struct err *err)
{
	*out = (struct preview_store){0};
	if (!store_open(path, STORE_WRITE, &out->store, err))
		return false;
	return true;
}

void preview_store_close(struct preview_store *store)
{
	store_close(store->store);
	free(store->shown.hashes);
	free(store->before.hashes);
	*store = (struct preview_store){0};
}

static bool write_object(struct store *store, const char *sha256, const struct buf *bytes, struct err *err)
{
	struct store_part *part = NULL;
	int64_t have = 0;

	if (store_object_has(store, sha256, (int64_t)bytes->len))
		return true;
	if (!store_part_open(store, sha256, (int64_t)bytes->len, &have, &part, err))
		return false;
	if ((have == 0 || store_part_restart(part, err)) && store_part_write(part, bytes->data, bytes->len, err))
		return store_part_finish(part, err);
	store_part_abandon(part);
	return false;
}

static bool is_named(void *context, const char *sha256)
{
	const struct preview_store *store = context;
	const struct preview_list *lists[] = {&store->shown, &store->before};

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < lists[i]->count; j++)
			if (strcmp(lists[i]->hashes[j], sha256) == 0)
				return true;
	return false;
}

static bool same_list(const struct preview_list *a, const struct preview_list *b)
{
	return a->count == b->count && a->hashes && b->hashes &&
	       (a->count == 0 || memcmp(a->hashes, b->hashes, a->count * sizeof(*a->hashes)) == 0);
}

static bool publish(struct store *store, const struct content_target *targets, size_t count, int64_t now_utc_s,
		    struct err *err)
{
	const struct content_objects objects = {store_object_read, store};
	char path[STORE_PATH_MAX];
	int64_t generation;

	if (!store_generation_begin(store, &generation, err))
		return false;
	if (store_generation_path(store, generation, "index.db", path, err) &&
	    content_index_build(targets, count, objects, now_utc_s, path, err) &&
	    store_generation_publish(store, generation, err))
		return true;
	store_generation_abandon(store, generation);
	return false;
}

bool preview_store_show(struct preview_store *store, const struct bundle_files *files, int64_t now_utc_s, bool *changed,
			struct err *err)
{
	struct content_target *targets = calloc(files->count + 1, sizeof(*targets));
	struct preview_list list = {calloc(files->count + 1, sizeof(*list.hashes)), files->count};
	bool ok = (targets && list.hashes) || err_memory(err);

	for (size_t i = 0; ok && targets && i < files->count; i++) {
		const struct bundle_file *file = &files->files[i];

		ok = sha256_hex(file->bytes.data, file->bytes.len, list.hashes[i], err);
		targets[i] = (struct content_target){file->path, list.hashes[i], (int64_t)file->bytes.len};
	}
	*changed = ok && !same_list(&list, &store->shown);
	for (size_t i = 0; *changed && ok && i < files->count; i++)
		ok = write_object(store->store, list.hashes[i], &files->files[i].bytes, err);
	ok = ok && (!*changed || publish(store->store, targets, files->count, now_utc_s, err));
	if (ok && *changed) {
		free(store->before.hashes);
		store->before = store->shown;
		store->shown = list;
		list = (struct preview_list){0};
		ok = store_collect(store->store, is_named, store, err);
	}
	free(list.hashes);
	free(targets);
	return ok;
}

static bool add_remark(struct json *list, const char *place, const char *text)
{
	struct json *remark = json_add_object(list, NULL);
	char cut[REMARK_MAX];

	snprintf(cut, sizeof(cut), "%.*s", (int)utf8_cut(text, strlen(text), sizeof(cut) - 1), text);
	return json_add_text(remark, "place", place) && json_add_text(remark, "text", cut);
}

static bool add_fault(struct json *list, const struct fault *fault)
{
	char place[REMARK_MAX];

	snprintf(place, sizeof(place), "%s:%zu", fault->path, fault->line);
	return add_remark(list, place, fault->text);
}

static bool add_remarks(struct json *list, const struct faults *faults, const char *trouble)
{
	size_t room = REMARKS_MAX - (trouble != NULL);
	size_t shown = 0;
	bool ok = true;

	/* One line less when not all have room, to say so. */
	if (faults->errors > room)
		room--;
	for (size_t i = 0; ok && i < faults->count && shown < room; i++)
		if (faults->faults[i].kind == FAULT_ERROR && ++shown)
			ok = add_fault(list, &faults->faults[i]);
	if (ok && shown < faults->errors) {
		size_t more = faults->errors - shown;
		char text[REMARK_MAX];

		snprintf(text, sizeof(text), ngettext("and %zu more error", "and %zu more errors", more), more);
		ok = add_remark(list, "", text);
	}
	return ok && (!trouble || add_remark(list, "", trouble));
}

bool preview_store_remark(struct preview_store *store, const struct faults *faults, const char *trouble,
			  struct err *err)
{
	struct json *json = json_new_object();
	struct buf bytes = {0};
	bool ok = add_remarks(json_add_array(json, "remarks"), faults, trouble) || err_memory(err);

	ok = ok && json_write(json, &bytes, err) &&
	     file_write(store_dir(store->store), REMARKS_FILE, bytes.data, bytes.len, 0644, err);
	json_destroy(json);
	buf_finish(&bytes);
	return ok;
}
