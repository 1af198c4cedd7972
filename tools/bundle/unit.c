#include "bundle/unit.h"

#include "base/array.h"
#include "bundle/markdown.h"
#include "bundle/shaped.h"
#include "bundle/source_parts.h"

#include <stdlib.h>
#include <string.h>

static bool add(struct units *units, struct unit unit, struct err *err)
{
	if (units->count == units->cap) {
		size_t cap = units->cap ? units->cap * 2 : 64;
		struct unit *grown = reallocarray(units->units, cap, sizeof(*grown));

		if (!grown)
			return err_memory(err);
		units->units = grown;
		units->cap = cap;
	}
	units->units[units->count++] = unit;
	return true;
}

static const char *danish_of(const struct source *source)
{
	return source->bundle.source;
}

static bool list_topics(struct source *source, const char *lang, struct units *out, struct err *err)
{
	for (size_t i = 0; i < source->bundle.topic_count; i++) {
		const char *id = source->bundle.topics[i].id;
		const char *path = source_path(source, "topics/%s/topic.yaml", id);
		const char *po = source_path(source, "topic-%s", id);

		if (!add(out,
			 (struct unit){.kind = UNIT_MAP,
				       .po = po,
				       .name = source_path(source, "topics/%s", id),
				       .danish_path = path,
				       .path = path},
			 err))
			return false;
		for (size_t p = 0; p < source->page_count; p++) {
			const struct source_page *page = &source->pages[p];
			const char *name = source_path(source, "topics/%s/%s", page->topic, page->id);

			if (strcmp(page->topic, id) == 0 && page->texts[source->source_language].sound &&
			    !add(out,
				 (struct unit){.kind = UNIT_PAGE,
					       .po = po,
					       .name = name,
					       .danish_path = page->texts[source->source_language].path,
					       .path = source_path(source, "%s/%s.md", name, lang),
					       .revision = page->texts[source->source_language].page.revision,
					       .parts_key = "parts",
					       .parts = page->texts[source->source_language].page.parts},
				 err))
				return false;
		}
	}
	return true;
}

static bool add_record(struct source *source, const char *lang, const char *folder, const char *id,
		       const struct shape *shape, const char *revision, const char *texts, struct units *out,
		       struct err *err)
{
	const char *name = source_path(source, "%s/%s", folder, id);

	return add(out,
		   (struct unit){.kind = UNIT_RECORD,
				 .po = folder,
				 .name = name,
				 .danish_path = source_path(source, "%s/%s.yaml", name, danish_of(source)),
				 .path = source_path(source, "%s/%s.yaml", name, lang),
				 .revision = revision,
				 .parts_key = texts ? "texts" : NULL,
				 .parts = texts,
				 .shape = shape},
		   err);
}

static bool list_records(struct source *source, const char *lang, struct units *out, struct err *err)
{
	size_t danish = source->source_language;
	const struct notices *notices = &source->notices[danish];
	const struct events *events = &source->events[danish];

	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < source->bundle.items[kind].count; i++) {
			const struct item_head *head = &source->items[kind][i].texts[danish].head;

			if (source->items[kind][i].present[danish] &&
			    !add_record(source, lang, item_folders[kind], source->item_ids[kind].names[i],
					item_shapes[kind], head->origin.revision, head->texts, out, err))
				return false;
		}
	for (size_t i = 0; i < notices->count; i++)
		if (!add_record(source, lang, "notices", notices->notices[i].id, &notice_shape,
				notices->notices[i].origin.revision, NULL, out, err))
			return false;
	for (size_t i = 0; i < events->count; i++) {
		const struct event *event = &events->events[i];
		const char *name = source_path(source, "events/%s", event->id);

		if (!add(out,
			 (struct unit){.kind = UNIT_EVENT,
				       .po = "events",
				       .name = name,
				       .danish_path = source_path(source, "%s.ics", name),
				       .path = source_path(source, "%s/%s.yaml", name, lang),
				       .revision = event->origin.revision,
				       .shape = &event_shape,
				       .event = event},
			 err))
			return false;
	}
	return true;
}

static bool list_places(struct source *source, struct units *out, struct err *err)
{
	const struct places *places = &source->places[source->source_language];

	for (size_t i = 0; i < places->count; i++) {
		const char *name = source_path(source, "places/%s", places->places[i].id);
		const char *path = source_path(source, "%s.yaml", name);

		if (!add(out,
			 (struct unit){.kind = UNIT_MAP,
				       .po = "places",
				       .name = name,
				       .danish_path = path,
				       .path = path,
				       .revision = places->places[i].origin.revision,
				       .shape = &place_shape},
			 err))
			return false;
	}
	return places->activity_count == 0 || add(out,
						  (struct unit){.kind = UNIT_MAP,
								.po = "places",
								.name = "activities",
								.danish_path = "activities.yaml",
								.path = "activities.yaml",
								.shape = &activity_shape},
						  err);
}

static bool list_pictures(struct source *source, struct units *out, struct err *err)
{
	const struct unit pictures = {.kind = UNIT_MAP,
				      .po = "pictures",
				      .name = "pictures",
				      .danish_path = PICTURE_TEXTS,
				      .path = PICTURE_TEXTS,
				      .shape = &alts_shape};

	return source->alts[source->source_language].count == 0 || add(out, pictures, err);
}

bool units_list(struct source *source, const char *lang, struct units *out, struct err *err)
{
	*out = (struct units){0};
	return list_topics(source, lang, out, err) && list_places(source, out, err) &&
	       list_records(source, lang, out, err) && list_pictures(source, out, err) &&
	       faults_complete(source->faults, err);
}

static bool load(struct source *source, const struct reading *in, bool optional, struct buf *bytes, bool *loaded,
		 struct err *err)
{
	size_t files = source->file_count;
	struct faults *faults = source->faults;

	source->faults = in->faults;
	bool ok = source_load(source, in, MARKDOWN_BYTES_MAX + TREE_BYTES_MAX, optional, bytes, loaded, err);
	source->faults = faults;
	source->file_count = files;
	return ok;
}

static bool cut(const struct reading *in, const struct unit *unit, const char *lang, const struct buf *bytes,
		struct segments *out)
{
	static const struct segment_key topic_keys[] = {{"title", TOPIC_TITLE_CHARS}, {"summary", PAGE_SUMMARY_CHARS}};
	static const struct segment_key picture_keys[] = {{NULL, PICTURE_TEXT_CHARS}};
	struct segment_key keys[16];
	size_t count = 0;

	if (unit->kind == UNIT_PAGE)
		return segments_page(in, bytes->data, bytes->len, out);
	if (unit->kind != UNIT_MAP)
		return segments_record(in, bytes->data, bytes->len, unit->shape, out);
	if (!unit->shape)
		return segments_map(in, bytes->data, bytes->len, topic_keys, ARRAY_LEN(topic_keys), false, lang, out);
	if (unit->shape == &alts_shape)
		return segments_map(in, bytes->data, bytes->len, picture_keys, 1, false, lang, out);
	for (size_t i = 0; i < unit->shape->count && count < ARRAY_LEN(keys); i++)
		if (unit->shape->fields[i].flags & SHAPE_TRANSLATED)
			keys[count++] =
				(struct segment_key){unit->shape->fields[i].key, (size_t)unit->shape->fields[i].chars};
	return segments_map(in, bytes->data, bytes->len, keys, count, unit->shape == &activity_shape, lang, out);
}

static bool cut_event(const struct reading *in, const struct unit *unit, struct segments *out)
{
	const char *const texts[] = {unit->event->title, unit->event->text};
	static const char *const keys[] = {"title", "text"};

	*out = (struct segments){0};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (texts[i] &&
		    !segments_add(in, out,
				  (struct segment){.id = keys[i],
						   .text = texts[i],
						   .line = 1,
						   .chars_max = (size_t)shaped_find(&event_shape, keys[i])->chars}))
			return false;
	return true;
}

static bool is_current(const struct unit *unit, const char *lang)
{
	const struct tree *made_from = tree_find(unit->text.tree, "made_from");

	if (unit->kind == UNIT_MAP)
		made_from = tree_find(made_from, lang);
	return !unit->revision ||
	       (made_from && made_from->kind == TREE_TEXT && strcmp(made_from->text, unit->revision) == 0);
}

bool unit_read(struct source *source, struct faults *faults, const char *lang, struct unit *unit, struct err *err)
{
	struct reading original = {unit->danish_path, faults, &source->arena, NULL};
	struct reading in = {unit->path, faults, &source->arena, NULL};
	size_t errors = faults->errors;
	bool loaded = true;

	if (unit->kind == UNIT_EVENT && !cut_event(&original, unit, &unit->original))
		return false;
	if (unit->kind != UNIT_EVENT && (!load(source, &original, false, &unit->danish, &loaded, err) || !loaded ||
					 !buf_append(&unit->danish, "", 0) ||
					 !cut(&original, unit, danish_of(source), &unit->danish, &unit->original)))
		return false;
	if (!load(source, &in, true, &unit->bytes, &unit->present, err) || faults->errors > errors)
		return false;
	unit->answers = reading_array(&in, unit->original.count, sizeof(*unit->answers));
	if (!unit->answers)
		return err_memory(err);
	if (!unit->present)
		return true;
	if (!buf_append(&unit->bytes, "", 0))
		return err_memory(err);
	if (!cut(&in, unit, lang, &unit->bytes, &unit->text))
		return false;
	unit->same = segments_same(&unit->original, &unit->text);
	unit->current = is_current(unit, lang);
	return true;
}

bool unit_complete(const struct unit *unit)
{
	bool complete = true;

	for (size_t i = 0; complete && i < unit->original.count; i++)
		complete = unit->answers[i];
	return complete;
}

void unit_finish(struct unit *unit)
{
	buf_finish(&unit->danish);
	buf_finish(&unit->bytes);
}
