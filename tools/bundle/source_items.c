#include "base/array.h"
#include "base/message.h"
#include "bundle/ics.h"
#include "bundle/record.h"
#include "bundle/shaped.h"
#include "bundle/source_parts.h"

#include <stdlib.h>
#include <string.h>

#define URGENT_DAYS_MAX 14 /* an urgent notice that stays makes people blind to the next */

static const char *const lacking[] = {[ITEM_GUIDE] = N_("this guide is not translated to \"%s\""),
				      [ITEM_PHRASES] = N_("this set of phrases is not translated to \"%s\""),
				      [ITEM_PATH] = N_("this path is not translated to \"%s\""),
				      [ITEM_STORY] = N_("this story is not translated to \"%s\"")};
static_assert(ARRAY_LEN(lacking) == ITEM_KIND_COUNT, "a kind of item has no sentence");

static bool read_list(struct source *source, const struct reading *in, const struct tree *site, enum item_kind kind,
		      struct err *err)
{
	const char *key = item_folders[kind];
	const struct tree *list = tree_find(site, key);
	struct source_names *ids = &source->item_ids[kind];
	struct source_names folders = {0};

	ids->names = reading_array(in, ITEMS_OF_KIND, sizeof(*ids->names));
	if (!ids->names)
		return true;
	ids->count = record_formed_list(in, site, key, &record_id, ITEMS_OF_KIND, false, ids->names);
	if (!source_list(source, source->dir, key, true, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		size_t j = 0;

		while (j < ids->count && strcmp(ids->names[j], folders.names[i]) != 0)
			j++;
		if (j == ids->count)
			fault_error(in->faults, in->path, list ? list->line : 1,
				    "the folder %s/%s is not listed in %s; add \"%s\" to %s, or delete the folder", key,
				    folders.names[i], key, folders.names[i], key);
	}
	return true;
}

bool source_read_item_lists(struct source *source, const struct reading *in, const struct tree *site, struct err *err)
{
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		if (!read_list(source, in, site, kind, err))
			return false;
	return true;
}

/* What is true of the translation's file and not of its texts: who checked it, and what it was made from. */
struct claim {
	enum translation translation;
	const char *made_from;
	const char *texts; /* the same of each text; NULL: it does not say */
	bool moved_on;     /* the Danish text has changed since */
};

static struct claim read_claim(const struct reading *in, const struct tree *root, const char *lang,
			       const struct shape *shape, void *original)
{
	static const char *const names[] = {"unchecked", "checked"};
	const char *revision = *shape_text(shaped_find(shape, "revision"), original);
	const struct shape_field *texts = shaped_find(shape, "texts");
	int status = record_choice(in, root, "translation", names, ARRAY_LEN(names), true);
	struct claim claim = {
		.translation = status == 1 ? TRANSLATION_CHECKED : TRANSLATION_UNCHECKED,
		.made_from = record_formed(in, root, "made_from", &record_revision, false),
	};
	const struct tree *node = tree_find(root, "made_from");

	record_text(in, root, "translator", PERSON_CHARS, false);
	record_text(in, root, "checked_by", PERSON_CHARS, false);
	if ((claim.made_from && strcmp(claim.made_from, SOURCE_NOT_WRITTEN) == 0) || !node) {
		fault_error(in->faults, in->path, node ? node->line : root->line,
			    "made_from is not written yet; if this translates the Danish text as it is now, write "
			    "made_from: %s",
			    revision);
	} else if (claim.made_from && strcmp(claim.made_from, revision) != 0) {
		claim.moved_on = true;
		source_tell_older(in, lang, node->line, "made_from", revision);
	}
	if (texts)
		claim.texts = record_formed(in, root, texts->key, &record_parts, false);
	if (texts && node && claim.made_from && strcmp(claim.made_from, revision) == 0)
		source_check_digests(in, node->line, texts->key, claim.texts, *shape_text(texts, original));
	if (status == 0)
		source_tell_unchecked(in, lang, tree_find(root, "translation")->line);
	return claim;
}

static void translate(struct source *source, const struct reading *in, const struct source_record *record,
		      const struct tree *root, size_t language)
{
	static const char *const also[] = {"translation", "made_from", "translator", "checked_by", "texts"};
	const struct shape *shape = record->shape;
	const struct shape_field *texts = shaped_find(shape, "texts");
	char *original = (char *)record->texts + source->source_language * record->size;
	char *text = (char *)record->texts + language * record->size;
	struct claim claim = read_claim(in, root, source->bundle.languages[language].code, shape, original);
	struct shaped shaped = {
		.source = source, .in = in, .differs = claim.moved_on ? FAULT_WARNING : FAULT_ERROR, .same = true};

	if (!shaped_translate(&shaped, root, N_("the file"), shape, also, ARRAY_LEN(also) - !texts, original, text))
		return;
	shaped_set_origin(shape, text, claim.translation, claim.made_from);
	if (texts)
		*shape_text(texts, text) = claim.texts;
	record->present[language] = shaped.same;
	if (!shaped.same && claim.moved_on)
		fault_warning(
			in->faults, in->path, 1,
			"this translation is left out until it has what the Danish text has; visitors see that it "
			"is missing");
}

static bool is_silent(const struct source_record *record, const char *lang)
{
	for (size_t i = 0; record->silent && i < record->silent->count; i++)
		if (strcmp(record->silent->names[i], lang) == 0)
			return true;
	return false;
}

bool source_read_translations(struct source *source, const struct source_record *record, struct err *err)
{
	const struct shape *shape = record->shape;
	void *original = (char *)record->texts + source->source_language * record->size;
	const char *revision = shaped_revision(source, shape, original);
	const struct shape_field *texts = shaped_find(shape, "texts");

	shaped_set_origin(shape, original, TRANSLATION_SOURCE, revision);
	if (texts)
		*shape_text(texts, original) = shaped_texts(source, shape, original);
	record->present[source->source_language] = true;
	for (size_t i = 0; revision && i < source->bundle.language_count; i++) {
		const char *lang = source->bundle.languages[i].code;
		struct reading in = source_reading(source, source_path(source, "%s/%s.yaml", record->folder, lang));
		struct buf bytes = {0};
		size_t errors = source->faults->errors;
		bool loaded;

		if (i == source->source_language)
			continue;
		if (!source_load(source, &in, TREE_BYTES_MAX, true, &bytes, &loaded, err)) {
			buf_finish(&bytes);
			return false;
		}
		const struct tree *root = loaded ? tree_read(&in, bytes.len ? bytes.data : "", bytes.len, 1) : NULL;
		buf_finish(&bytes);
		if (root)
			translate(source, &in, record, root, i);
		else if (source->faults->errors == errors && !is_silent(record, lang))
			fault_lag(source->faults, LAG_MISSING, lang, record->path, 1, record->lacking, lang);
	}
	return source_check_files(source, record->folder, ".yaml", err);
}

static void check_guide(const struct reading *in, const struct tree *root, const struct guide *guide)
{
	const struct tree *results = tree_find(root, "results");
	const char *id;
	const char *fault = guide_fault(guide, &id);
	const struct tree *node = fault ? tree_find(tree_find(root, "questions"), id) : NULL;

	if (fault)
		fault_error(in->faults, in->path, node ? node->key_line : tree_find(results, id)->key_line, "%s: %s",
			    id, fault);
	for (size_t i = 0; i < guide->result_count; i++) {
		const struct guide_result *result = &guide->results[i];

		if (!result->phone && !result->place && !result->page)
			fault_error(in->faults, in->path, tree_find(results, result->id)->key_line,
				    "%s: a result must say who answers; add phone, place or page", result->id);
	}
}

/* The topic it is shown with; NULL: none is named. */
static const char *read_topic(const struct source *source, const struct reading *in, const struct tree *root)
{
	const struct tree *node = tree_find(root, "topic");
	const char *topic = node ? record_text(in, root, "topic", ID_MAX, true) : NULL;

	for (size_t i = 0; topic && i < source->bundle.topic_count; i++)
		if (strcmp(source->bundle.topics[i].id, topic) == 0)
			return topic;
	if (topic)
		fault_error(in->faults, in->path, node->line, "topic: site.yaml has no topic \"%s\"", topic);
	return NULL;
}

/* In the source language; sound when nothing was told. */
static bool read_original(struct source *source, enum item_kind kind, const char *folder, union item_any *out,
			  const char **topic, bool *sound, struct err *err)
{
	static const char *const also[] = {"aims", "sources", "topic"};
	struct reading in = source_reading(source, source_path(source, "%s/%s.yaml", folder,
							       source->bundle.languages[source->source_language].code));
	struct ease ease = {source->faults, in.path, {0}};
	bool danish = strcmp(source->bundle.source, "da") == 0;
	struct shaped shaped = {.source = source, .in = &in, .ease = danish ? &ease : NULL};
	size_t errors = source->faults->errors;
	const char *aims[21];
	const struct tree *root;

	if (!source_load_tree(source, &in, &root, err))
		return false;
	bool read = shaped_read(&shaped, root, N_("the file"), item_shapes[kind], also, ARRAY_LEN(also), out);
	if (read) {
		record_formed_list(&in, root, "aims", &record_aim, ARRAY_LEN(aims), false, aims);
		*topic = read_topic(source, &in, root);
		source_read_facts_named(source, &in, root, NULL);
		source_check_dates(source, &in, root, out->head.reviewed, out->head.valid_to);
		ease_tell(&ease);
	}
	*sound = read && source->faults->errors == errors;
	if (*sound && kind == ITEM_GUIDE)
		check_guide(&in, root, &out->guide);
	*sound = *sound && source->faults->errors == errors;
	return true;
}

/* Room for a record of `size` bytes in every language. */
static bool make_room(struct source *source, size_t size, void **texts, bool **present, struct err *err)
{
	*texts = arena_array(&source->arena, source->bundle.language_count, size);
	*present = arena_array(&source->arena, source->bundle.language_count, sizeof(**present));
	return (*texts && *present) || err_memory(err);
}

static bool read_item(struct source *source, enum item_kind kind, size_t index, struct err *err)
{
	struct source_item *item = &source->items[kind][index];
	const char *id = source->item_ids[kind].names[index];
	const char *folder = source_path(source, "%s/%s", item_folders[kind], id);
	const char *topic = NULL;
	void *texts;
	bool sound;

	if (!make_room(source, sizeof(union item_any), &texts, &item->present, err))
		return false;
	item->texts = texts;
	union item_any *original = &item->texts[source->source_language];
	if (!read_original(source, kind, folder, original, &topic, &sound, err))
		return false;
	original->head.id = id;
	source->bundle.items[kind].entries[index] =
		(struct item_entry){id, original->head.icon, original->head.picture, topic};
	const struct source_record record = {
		.folder = folder,
		.lacking = lacking[kind],
		.path = source_path(source, "%s/%s.yaml", folder,
				    source->bundle.languages[source->source_language].code),
		.shape = item_shapes[kind],
		.texts = texts,
		.size = sizeof(union item_any),
		.present = item->present,
	};
	return !sound || source_read_translations(source, &record, err);
}

bool source_read_items(struct source *source, struct err *err)
{
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		size_t count = source->item_ids[kind].count;
		struct item_list *list = &source->bundle.items[kind];

		source->items[kind] = arena_array(&source->arena, count ? count : 1, sizeof(struct source_item));
		list->entries = arena_array(&source->arena, count ? count : 1, sizeof(*list->entries));
		if (!source->items[kind] || !list->entries)
			return err_memory(err);
		list->count = count;
		for (size_t i = 0; i < count; i++)
			if (!read_item(source, kind, i, err))
				return false;
	}
	return true;
}

/* A day, or a day and a time, in Denmark; as an end, a day goes on to its midnight. */
static int64_t read_moment(const struct reading *in, const struct tree *root, const char *key, bool end)
{
	const char *text = record_text(in, root, key, 20, true);
	int64_t utc_s = 0;

	if (text && !ics_moment(text, end, &utc_s))
		fault_error(in->faults, in->path, tree_find(root, key)->line,
			    "%s \"%s\" is not allowed; allowed: a day such as 2026-11-26, or a day and a time such as "
			    "2026-11-26 13:10",
			    key, text);
	return utc_s;
}

static void check_notice(const struct source *source, const struct reading *in, const struct tree *root,
			 const struct notice *notice)
{
	size_t line = tree_find(root, "to") ? tree_find(root, "to")->line : root->line;

	if (!notice->from_utc_s || !notice->to_utc_s)
		return;
	if (notice->to_utc_s <= notice->from_utc_s)
		fault_error(in->faults, in->path, line, "\"to\" is not after \"from\"");
	else if (notice->urgency == NOTICE_URGENT &&
		 notice->to_utc_s - notice->from_utc_s > INT64_C(86400) * URGENT_DAYS_MAX)
		fault_error(in->faults, in->path, line, "an urgent notice lasts at most %d days", URGENT_DAYS_MAX);
	else if (notice->to_utc_s <= source->today * 86400)
		fault_warning(in->faults, in->path, line, "this notice is over; delete its folder");
	for (size_t i = 0; i < notice->missing_count; i++)
		if (source_language(source, notice->missing[i]) < 0)
			fault_error(in->faults, in->path, tree_find(root, "missing")->line,
				    "missing: \"%s\" is not a language of site.yaml", notice->missing[i]);
}

/* An urgent notice is in every language, or says in which it is not. */
static void check_languages(const struct source *source, const char *path, const struct notice *notice,
			    const bool *present)
{
	const struct source_names missing = {notice->missing, notice->missing_count, 0};
	struct source_record record = {.silent = &missing};

	for (size_t i = 0; i < source->bundle.language_count; i++) {
		const char *lang = source->bundle.languages[i].code;

		if (present[i] && is_silent(&record, lang))
			fault_error(source->faults, path, 1, "missing names \"%s\", but there is a translation", lang);
		else if (!present[i] && !is_silent(&record, lang) && notice->urgency == NOTICE_URGENT)
			fault_error(source->faults, path, 1,
				    "an urgent notice must be in \"%s\" too; translate it, or name \"%s\" in missing",
				    lang, lang);
	}
}

static bool read_notice(struct source *source, const char *id, struct err *err)
{
	static const char *const also[] = {"from", "to"};
	const char *folder = source_path(source, "notices/%s", id);
	struct reading in = source_reading(source, source_path(source, "%s/%s.yaml", folder,
							       source->bundle.languages[source->source_language].code));
	struct source_record record = {.folder = folder,
				       .lacking = N_("this notice is not translated to \"%s\""),
				       .path = in.path,
				       .shape = &notice_shape,
				       .size = sizeof(struct notice)};
	struct ease ease = {source->faults, in.path, {0}};
	bool danish = strcmp(source->bundle.source, "da") == 0;
	struct shaped shaped = {.source = source, .in = &in, .ease = danish ? &ease : NULL};
	size_t errors = source->faults->errors;
	const struct tree *root;

	if (!make_room(source, sizeof(struct notice), &record.texts, &record.present, err) ||
	    !source_load_tree(source, &in, &root, err))
		return false;
	struct notice *texts = record.texts;
	struct notice *notice = &texts[source->source_language];
	if (!shaped_read(&shaped, root, N_("a notice"), &notice_shape, also, ARRAY_LEN(also), notice))
		return true;
	notice->id = id;
	notice->from_utc_s = read_moment(&in, root, "from", false);
	notice->to_utc_s = read_moment(&in, root, "to", true);
	check_notice(source, &in, root, notice);
	ease_tell(&ease);
	if (source->faults->errors > errors)
		return true;
	const struct source_names missing = {notice->missing, notice->missing_count, 0};
	record.silent = &missing;
	if (!source_read_translations(source, &record, err))
		return false;
	check_languages(source, in.path, notice, record.present);
	for (size_t i = 0; i < source->bundle.language_count; i++)
		if (record.present[i])
			source->notices[i].notices[source->notices[i].count++] = texts[i];
	return true;
}

bool source_read_notices(struct source *source, struct err *err)
{
	struct source_names folders = {0};

	if (!source_list(source, source->dir, "notices", true, &folders, err))
		return false;
	if (folders.count > NOTICES_MAX)
		return err_set(err, ERR_LIMIT, "%zu notices; at most %d are allowed", folders.count, NOTICES_MAX);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		source->notices[i].notices = arena_array(&source->arena, NOTICES_MAX, sizeof(struct notice));
		if (!source->notices[i].notices)
			return err_memory(err);
	}
	for (size_t i = 0; i < folders.count; i++) {
		if (!document_id_valid(folders.names[i]))
			fault_error(source->faults, source_path(source, "notices/%s", folders.names[i]), 1,
				    "the name of the folder is not allowed; allowed: 1-40 of a-z, 0-9 and -");
		else if (!read_notice(source, folders.names[i], err))
			return false;
	}
	return true;
}
