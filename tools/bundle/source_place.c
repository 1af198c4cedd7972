#include "base/array.h"
#include "base/clock.h"
#include "base/message.h"
#include "bundle/record.h"
#include "bundle/shaped.h"
#include "bundle/source_parts.h"

#include <stdio.h>
#include <string.h>

#define FIELDS_MAX 40

static const char *const weekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/* A place being read: texts[field][language] are those of fields that are translated. */
struct place_reading {
	struct source *source;
	const struct reading *in;
	const struct tree *node;
	const char *texts[FIELDS_MAX][LANGUAGES_MAX];
};

/* "9:00-17:30" from `text`; the bytes, 0 when it is none. */
static size_t read_span(const char *text, int *from, int *to)
{
	int h1;
	int m1;
	int h2;
	int m2;
	int n = 0;

	if (sscanf(text, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &n) != 4 || strspn(text, "0123456789:-") != (size_t)n)
		return 0;
	*from = h1 * 60 + m1;
	*to = h2 * 60 + m2;
	if (m1 > 59 || m2 > 59 || *from >= *to || *to > MINUTES_OF_DAY)
		return 0;
	return (size_t)n;
}

/* "9:00-12:00, 13:00-17:00", "closed": told when it is neither. Each span to `add`. */
static void read_spans(const struct reading *in, const struct tree *node,
		       void (*add)(void *context, const struct tree *node, int from, int to), void *context)
{
	const char *text = node->kind == TREE_TEXT ? node->text : "";
	int before = -1;

	if (strcmp(text, "closed") == 0) {
		add(context, node, 0, 0);
		return;
	}
	for (;;) {
		int from;
		int to;
		size_t n = read_span(text, &from, &to);

		if (n == 0 || from <= before)
			break;
		add(context, node, from, to);
		before = to;
		text += n;
		if (*text == '\0')
			return;
		if (*text++ != ',')
			break;
		text += *text == ' ';
	}
	fault_error(
		in->faults, in->path, node->line,
		"the opening hours of %s are not allowed; allowed: such as 10:00-17:00, or 9:00-12:00, 13:00-17:00, or "
		"closed",
		node->key);
}

struct hours_reading {
	const struct reading *in;
	struct hours *hours;
	int weekday;
};

static void add_opening(void *context, const struct tree *node, int from, int to)
{
	const struct hours_reading *reading = context;
	struct hours *hours = reading->hours;

	if (to == 0)
		return;
	if (hours->week_count == HOURS_MAX)
		fault_error(reading->in->faults, reading->in->path, node->line,
			    "too many openings in a week; at most %d", HOURS_MAX);
	else
		hours->week[hours->week_count++] = (struct opening){reading->weekday, from, to};
}

static void add_date(void *context, const struct tree *node, int from, int to)
{
	const struct hours_reading *reading = context;
	struct hours *hours = reading->hours;

	if (hours->date_count == HOURS_DATES_MAX)
		fault_error(reading->in->faults, reading->in->path, node->line, "too many dates; at most %d",
			    HOURS_DATES_MAX);
	else
		hours->dates[hours->date_count++] = (struct opening_on){node->key, from, to};
}

static void read_dates(const struct reading *in, const struct tree *dates, struct hours *hours)
{
	struct hours_reading reading = {in, hours, 0};
	const char *before = "";

	if (dates && dates->kind != TREE_MAP)
		fault_error(in->faults, in->path, dates->line, "dates must be a map of date: hours");
	for (const struct tree *node = dates ? dates->first : NULL; node; node = node->next) {
		struct clock_civil civil;

		if (!clock_parse_date(node->key, &civil) || strcmp(before, node->key) >= 0) {
			fault_error(in->faults, in->path, node->key_line,
				    "\"%s\" is not allowed here; allowed: dates such as 2026-12-24, the earliest first",
				    node->key);
			continue;
		}
		read_spans(in, node, add_date, &reading);
		before = node->key;
	}
}

/* Hours without a last day would be shown long after they have changed. */
static void read_hours(const struct place_reading *place, struct hours *out)
{
	const char *keys[ARRAY_LEN(weekdays) + 2] = {"valid_to", "dates"};
	const struct reading *in = place->in;
	const struct tree *node = tree_find(place->node, "hours");
	struct hours hours = {0};

	memcpy(keys + 2, weekdays, sizeof(weekdays));
	if (!node || !record_keys(in, node, "hours", keys, ARRAY_LEN(keys)))
		return;
	hours.week = reading_array(in, HOURS_MAX, sizeof(*hours.week));
	hours.dates = reading_array(in, HOURS_DATES_MAX, sizeof(*hours.dates));
	if (!hours.week || !hours.dates)
		return;
	hours.valid_to = record_formed(in, node, "valid_to", &record_date, true);
	if (hours.valid_to)
		source_tell_past(place->source, in, tree_find(node, "valid_to")->line, hours.valid_to);
	for (int day = 0; day < (int)ARRAY_LEN(weekdays); day++) {
		struct hours_reading reading = {in, &hours, day};
		const struct tree *text = tree_find(node, weekdays[day]);

		if (text)
			read_spans(in, text, add_opening, &reading);
	}
	read_dates(in, tree_find(node, "dates"), &hours);
	*out = hours;
}

static bool is_translated(const struct shape_field *field)
{
	return field->flags & SHAPE_TRANSLATED;
}

/* What a map from language to text under `key` says of one language. */
static const struct tree *said_of(const struct place_reading *place, const char *key, const char *lang)
{
	return tree_find(tree_find(place->node, key), lang);
}

/* Of the Danish text, or of the whole. */
static size_t line_of(const struct place_reading *place, const char *key)
{
	const struct tree *node = said_of(place, key, place->source->bundle.source);

	return node ? node->line : place->node->line;
}

/* False: nobody says what it was made from. */
static bool read_origin(const struct place_reading *place, const char *revision, const char *lang,
			struct origin *origin)
{
	const struct reading *in = place->in;
	const struct tree *made_from = said_of(place, "made_from", lang);
	const struct tree *translation = said_of(place, "translation", lang);
	const char *status = translation && translation->kind == TREE_TEXT ? translation->text : "unchecked";
	const char *made = made_from && made_from->kind == TREE_TEXT ? made_from->text : NULL;

	origin->translation = strcmp(status, "checked") == 0 ? TRANSLATION_CHECKED : TRANSLATION_UNCHECKED;
	if (origin->translation != TRANSLATION_CHECKED && strcmp(status, "unchecked") != 0)
		fault_error(in->faults, in->path, translation->line,
			    "translation (%s) \"%s\" is unknown; allowed: unchecked, checked", lang, status);
	else if (origin->translation == TRANSLATION_UNCHECKED)
		source_tell_unchecked(in, lang, translation ? translation->line : place->node->line);
	if (!made)
		return false;
	if (!document_revision_valid(made)) {
		fault_error(in->faults, in->path, made_from->line, "made_from (%s) \"%s\" is not allowed; allowed: %s",
			    lang, made, _(record_revision.allowed));
	} else {
		origin->revision = made;
		if (strcmp(made, revision) != 0)
			source_tell_older(in, lang, made_from->line, lang, revision);
	}
	return true;
}

static void check_origin_keys(const struct place_reading *place)
{
	static const char *const keys[] = {"made_from", "translation"};
	const char *codes[LANGUAGES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < place->source->bundle.language_count; i++)
		if (i != place->source->source_language)
			codes[count++] = place->source->bundle.languages[i].code;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		record_keys(place->in, tree_find(place->node, keys[i]), keys[i], codes, count);
}

/* The record in one language; false when it has no name in it. */
static bool fill(const struct place_reading *place, size_t language, struct place *out)
{
	for (size_t f = 0; f < place_shape.count; f++) {
		const struct shape_field *field = &place_shape.fields[f];

		if (is_translated(field))
			*shape_text(field, out) = place->texts[f][language];
	}
	return out->name;
}

static void keep_place(struct place_reading *reading, const struct place *shared)
{
	struct source *source = reading->source;
	struct place original = *shared;
	const char *lacking = "";

	if (!fill(reading, source->source_language, &original))
		return;
	original.origin.revision = shaped_revision(source, &place_shape, &original);
	check_origin_keys(reading);
	for (size_t i = 0; original.origin.revision && i < source->bundle.language_count; i++) {
		struct places *places = &source->places[i];
		struct place *place = &places->places[places->count];

		*place = original;
		if (!fill(reading, i, place))
			continue;
		places->count++;
		if (i == source->source_language)
			continue;
		place->origin = (struct origin){0};
		if (!read_origin(reading, original.origin.revision, source->bundle.languages[i].code, &place->origin))
			lacking = source_path(source, "%s%s%s", lacking, *lacking ? ", " : "",
					      source->bundle.languages[i].code);
	}
	if (*lacking)
		fault_warning(
			reading->in->faults, reading->in->path, reading->node->line,
			"made_from lacks %s; if it is translated from the Danish texts as they are now, write %s for "
			"each",
			lacking, original.origin.revision);
}

static bool read_place(struct source *source, const char *id, struct err *err)
{
	static const char *const also[] = {"hours", "made_from", "translation"};
	struct reading in = source_reading(source, source_path(source, "places/%s.yaml", id));
	struct shaped shaped = {.source = source, .in = &in};
	struct place_reading reading = {.source = source, .in = &in};
	struct place place = {.id = id};
	const char *keys[FIELDS_MAX + ARRAY_LEN(also)];
	size_t count = 0;

	if (!source_load_tree(source, &in, &reading.node, err))
		return false;
	for (size_t f = 0; f < place_shape.count; f++)
		if (!(place_shape.fields[f].flags & SHAPE_DERIVED))
			keys[count++] = place_shape.fields[f].key;
	for (size_t i = 0; i < ARRAY_LEN(also); i++)
		keys[count++] = also[i];
	if (!record_keys(&in, reading.node, N_("a place"), keys, count))
		return true;
	for (size_t f = 0; f < place_shape.count; f++) {
		const struct shape_field *field = &place_shape.fields[f];

		if (is_translated(field))
			source_texts(source, &in, reading.node, field->key, (size_t)field->chars,
				     field->flags & SHAPE_REQUIRED, reading.texts[f]);
		else
			shaped_field(&shaped, reading.node, field, &place);
	}
	for (size_t f = 0; f < place_shape.count; f++)
		if (place_shape.fields[f].flags & SHAPE_RUNNING)
			source_check_ease(source, &in, line_of(&reading, place_shape.fields[f].key),
					  reading.texts[f][source->source_language]);
	read_hours(&reading, &place.hours);
	keep_place(&reading, &place);
	return true;
}

static void read_activity(struct source *source, const struct reading *in, const struct tree *node)
{
	static const char *const keys[] = {"icon", "name"};
	const struct shape_field *name = shaped_find(&activity_shape, "name");
	const char *names[LANGUAGES_MAX] = {0};

	if (!document_id_valid(node->key))
		fault_error(in->faults, in->path, node->key_line,
			    "the name \"%s\" is not allowed; allowed: 1-40 of a-z, 0-9 and -", node->key);
	if (!record_keys(in, node, node->key, keys, ARRAY_LEN(keys)))
		return;
	const char *icon = source_icon(source, in, node, "icon", true);
	source_texts(source, in, node, "name", (size_t)name->chars, true, names);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct places *places = &source->places[i];

		if (names[i])
			places->activities[places->activity_count++] = (struct activity){node->key, icon, names[i]};
	}
	source->activity_lines[source->activity_ids.count] = node->key_line;
	source->activity_ids.names[source->activity_ids.count++] = node->key;
}

/* activities.yaml: what one can do at places; there need not be any. */
static bool read_activities(struct source *source, struct err *err)
{
	struct reading in = source_reading(source, "activities.yaml");
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, &in, TREE_BYTES_MAX, true, &bytes, &loaded, err);
	const struct tree *root = ok && loaded ? tree_read(&in, bytes.len ? bytes.data : "", bytes.len, 1) : NULL;

	buf_finish(&bytes);
	if (!root)
		return ok;
	if (root->kind != TREE_MAP || root->count > ACTIVITIES_MAX) {
		fault_error(in.faults, in.path, root->line, "this must be a map of at most %d activities",
			    ACTIVITIES_MAX);
		return true;
	}
	for (const struct tree *node = root->first; node; node = node->next)
		read_activity(source, &in, node);
	return true;
}

static bool has_activity(const struct places *places, const char *activity)
{
	for (size_t i = 0; i < places->count; i++)
		for (size_t a = 0; a < places->places[i].activity_count; a++)
			if (strcmp(places->places[i].activities[a], activity) == 0)
				return true;
	return false;
}

void source_check_activities(const struct source *source)
{
	const struct places *places = &source->places[source->source_language];

	for (size_t i = 0; i < source->activity_ids.count; i++)
		if (!has_activity(places, source->activity_ids.names[i]))
			fault_tell(source->faults, FAULT_HINT, "activities.yaml", source->activity_lines[i],
				   "no place has the activity \"%s\"; name it at a place, or delete it",
				   source->activity_ids.names[i]);
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

void source_check_twins(const struct source *source)
{
	const struct places *places = &source->places[source->source_language];

	for (size_t i = 0; i < places->count; i++)
		for (size_t j = 0; j < i; j++) {
			const struct place *place = &places->places[i], *before = &places->places[j];
			char path[ID_MAX + sizeof("places/.yaml")];

			if (!is_same(place->danish, before->danish) || !is_same(place->address, before->address))
				continue;
			snprintf(path, sizeof(path), "places/%s.yaml", place->id);
			fault_warning(source->faults, path, 1,
				      "places/%s.yaml has the same danish name and address; keep one of the two",
				      before->id);
		}
}

bool source_read_places(struct source *source, struct err *err)
{
	if (!source_list_ids(source, "places", ".yaml", PLACES_MAX, &source->place_ids, err))
		return false;
	source->activity_ids.names = arena_array(&source->arena, ACTIVITIES_MAX, sizeof(const char *));
	source->activity_lines = arena_array(&source->arena, ACTIVITIES_MAX, sizeof(size_t));
	if (!source->activity_ids.names || !source->activity_lines)
		return err_memory(err);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct places *places = &source->places[i];

		places->places = arena_array(&source->arena, source->place_ids.count + 1, sizeof(struct place));
		places->activities = arena_array(&source->arena, ACTIVITIES_MAX, sizeof(struct activity));
		if (!places->places || !places->activities)
			return err_memory(err);
	}
	if (!read_activities(source, err))
		return false;
	for (size_t i = 0; i < source->place_ids.count; i++)
		if (!read_place(source, source->place_ids.names[i], err))
			return false;
	return true;
}
