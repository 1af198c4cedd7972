#include "bundle/coverage.h"

#include "base/clock.h"
#include "base/file.h"
#include "bundle/source_parts.h"
#include "bundle/visible.h"

#include <stdio.h>
#include <string.h>

#define AUDIO_DEPTH 4

struct counting {
	struct source *source;
	struct coverage *out;
	char today[11];
};

/* One thing in one language, against the same in Danish. */
struct thing {
	enum coverage_kind kind;
	const char *name;
	bool present;
	const struct origin *origin; /* NULL: it is Danish, or nothing says */
	const char *revision;        /* of the Danish */
	const char *valid_to;        /* of the Danish; or NULL */
};

static void add_name(struct counting *counting, struct coverage_list *list, const char *name)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 16;
		const char **grown = arena_array(&counting->source->arena, cap, sizeof(*grown));

		if (!grown) {
			counting->source->faults->no_memory = true;
			return;
		}
		if (list->count > 0)
			memcpy(grown, list->names, list->count * sizeof(*grown));
		list->names = grown;
		list->cap = cap;
	}
	list->names[list->count++] = name;
}

static void add_thing(struct counting *counting, size_t language, const struct thing *thing)
{
	struct coverage_language *out = &counting->out->languages[language];
	const struct origin *origin = thing->origin;

	if (language == counting->source->source_language)
		counting->out->total[thing->kind]++;
	if (!thing->present) {
		add_name(counting, &out->missing[thing->kind], thing->name);
		return;
	}
	out->have[thing->kind]++;
	if (language == counting->source->source_language) {
		if (thing->valid_to && strcmp(thing->valid_to, counting->today) < 0)
			add_name(counting, &out->old, thing->name);
		return;
	}
	if (!origin)
		return;
	if (!origin->revision || strcmp(origin->revision, thing->revision) != 0)
		add_name(counting, &out->old, thing->name);
	if (origin->translation != TRANSLATION_CHECKED)
		add_name(counting, &out->unchecked, thing->name);
}

static size_t count_words(const char *text, size_t len)
{
	size_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		bool space = text[i] == ' ' || text[i] == '\n';

		words += !space && !inside;
		inside = !space;
	}
	return words;
}

static void add_page_words(void *context, enum visible_kind kind, size_t block, const char *text, size_t len)
{
	(void)kind;
	(void)block;
	*(size_t *)context += count_words(text, len);
}

struct texts {
	size_t count, words;
};

static bool add_text(void *context, const struct shape_field *field, const char **text)
{
	struct texts *texts = context;

	(void)field;
	texts->count++;
	texts->words += count_words(*text, strlen(*text));
	return true;
}

/* A record in one language; NULL: it is not in it. */
static void add_record(struct counting *counting, size_t language, struct thing *thing, const struct shape *shape,
		       void *record, void *original)
{
	struct texts texts = {0};
	struct texts danish = {0};

	if (record)
		shape_each(shape, record, SHAPE_TRANSLATED, add_text, &texts);
	shape_each(shape, original, SHAPE_TRANSLATED, add_text, &danish);
	thing->present = record && texts.count == danish.count;
	counting->out->languages[language].words += texts.words;
	add_thing(counting, language, thing);
}

static void count_pages(struct counting *counting, size_t language)
{
	struct source *source = counting->source;

	for (size_t i = 0; i < source->page_count; i++) {
		const struct source_page *page = &source->pages[i];
		const struct page *original = &page->texts[source->source_language].page;
		const struct source_text *text = &page->texts[language];
		const struct origin origin = {.translation = text->page.translation, .revision = text->page.revision};

		if (text->present)
			visible_each(&text->page, add_page_words, &counting->out->languages[language].words);
		add_thing(counting, language,
			  &(struct thing){.kind = COVERAGE_PAGES,
					  .name = source_path(source, "topics/%s/%s", page->topic, page->id),
					  .present = text->present,
					  .origin = &origin,
					  .revision = original->revision,
					  .valid_to = original->valid_to});
	}
}

static void count_topics(struct counting *counting, size_t language)
{
	struct source *source = counting->source;
	const struct topic_texts *texts = &source->topics[language];

	for (size_t i = 0; i < source->bundle.topic_count; i++) {
		const char *id = source->bundle.topics[i].id;
		struct thing thing = {.kind = COVERAGE_TOPICS, .name = source_path(source, "topics/%s", id)};

		for (size_t t = 0; t < texts->count; t++) {
			const struct topic_text *text = &texts->topics[t];

			if (strcmp(text->id, id) != 0)
				continue;
			thing.present = true;
			counting->out->languages[language].words += count_words(text->title, strlen(text->title)) +
								    count_words(text->summary, strlen(text->summary));
		}
		add_thing(counting, language, &thing);
	}
}

static void count_items(struct counting *counting, size_t language)
{
	static const enum coverage_kind kinds[ITEM_KIND_COUNT] = {[ITEM_GUIDE] = COVERAGE_GUIDES,
								  [ITEM_PHRASES] = COVERAGE_PHRASES,
								  [ITEM_PATH] = COVERAGE_PATHS,
								  [ITEM_STORY] = COVERAGE_STORIES};
	struct source *source = counting->source;

	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < source->item_ids[kind].count; i++) {
			const struct source_item *item = &source->items[kind][i];

			if (!item->texts)
				continue;
			union item_any *original = &item->texts[source->source_language];
			union item_any *text = item->present[language] ? &item->texts[language] : NULL;

			add_record(counting, language,
				   &(struct thing){.kind = kinds[kind],
						   .name = source_path(source, "%s/%s", item_folders[kind],
								       source->item_ids[kind].names[i]),
						   .origin = text ? &text->head.origin : NULL,
						   .revision = original->head.origin.revision,
						   .valid_to = original->head.valid_to},
				   item_shapes[kind], text, original);
		}
}

static void count_places(struct counting *counting, size_t language)
{
	struct source *source = counting->source;
	const struct places *danish = &source->places[source->source_language];
	const struct places *places = &source->places[language];

	for (size_t i = 0, j = 0; i < danish->count; i++) {
		struct place *original = &danish->places[i];

		/* Both ascend. */
		while (j < places->count && strcmp(places->places[j].id, original->id) < 0)
			j++;
		struct place *place = j < places->count && strcmp(places->places[j].id, original->id) == 0
					      ? &places->places[j]
					      : NULL;
		add_record(counting, language,
			   &(struct thing){.kind = COVERAGE_PLACES,
					   .name = source_path(source, "places/%s", original->id),
					   .origin = place ? &place->origin : NULL,
					   .revision = original->origin.revision},
			   &place_shape, place, original);
	}
}

static void count_events(struct counting *counting, size_t language)
{
	struct source *source = counting->source;
	const struct events *danish = &source->events[source->source_language];
	const struct events *events = &source->events[language];

	for (size_t i = 0, j = 0; i < danish->count; i++) {
		struct event *original = &danish->events[i];

		while (j < events->count && strcmp(events->events[j].id, original->id) < 0)
			j++;
		struct event *event = j < events->count && strcmp(events->events[j].id, original->id) == 0
					      ? &events->events[j]
					      : NULL;
		add_record(counting, language,
			   &(struct thing){.kind = COVERAGE_EVENTS,
					   .name = source_path(source, "events/%s", original->id),
					   .origin = event ? &event->origin : NULL,
					   .revision = original->origin.revision},
			   &event_shape, event, original);
	}
}

static void count_notices(struct counting *counting, size_t language)
{
	struct source *source = counting->source;
	const struct notices *danish = &source->notices[source->source_language];
	const struct notices *notices = &source->notices[language];

	for (size_t i = 0, j = 0; i < danish->count; i++) {
		struct notice *original = &danish->notices[i];

		while (j < notices->count && strcmp(notices->notices[j].id, original->id) < 0)
			j++;
		struct notice *notice = j < notices->count && strcmp(notices->notices[j].id, original->id) == 0
						? &notices->notices[j]
						: NULL;
		add_record(counting, language,
			   &(struct thing){.kind = COVERAGE_NOTICES,
					   .name = source_path(source, "notices/%s", original->id),
					   .origin = notice ? &notice->origin : NULL,
					   .revision = original->origin.revision},
			   &notice_shape, notice, original);
	}
}

static void count_pictures(struct counting *counting, size_t language)
{
	const struct source *source = counting->source;
	const struct alts *danish = &source->alts[source->source_language];
	const struct alts *alts = &source->alts[language];

	for (size_t i = 0, j = 0; i < danish->count; i++) {
		struct thing thing = {.kind = COVERAGE_PICTURES, .name = danish->pictures[i].id};

		while (j < alts->count && strcmp(alts->pictures[j].id, thing.name) < 0)
			j++;
		thing.present = j < alts->count && strcmp(alts->pictures[j].id, thing.name) == 0;
		if (thing.present)
			counting->out->languages[language].words +=
				count_words(alts->pictures[j].text, strlen(alts->pictures[j].text));
		add_thing(counting, language, &thing);
	}
}

static void count_kiosk(struct counting *counting, size_t language)
{
	const struct words *words = &counting->source->words[language];

	/* There they must be, in Danish as well: the source of these words is the kiosk. */
	counting->out->total[COVERAGE_KIOSK] = WORD_COUNT;
	for (size_t w = 0; w < WORD_COUNT; w++) {
		if (words->words[w].form_count > 0 && words->words[w].forms[0])
			counting->out->languages[language].have[COVERAGE_KIOSK]++;
		else
			add_name(counting, &counting->out->languages[language].missing[COVERAGE_KIOSK],
				 word_messages[w].msgid);
	}
}

struct audio {
	int dir;
	const char *path;
	size_t depth, count;
};

static bool count_audio_file(void *context, const char *name, bool is_dir, struct err *err)
{
	struct audio *audio = context;
	char path[512];

	if (!is_dir) {
		audio->count += name[0] != '.';
		return true;
	}
	if (audio->depth == AUDIO_DEPTH ||
	    snprintf(path, sizeof(path), "%s/%s", audio->path, name) >= (int)sizeof(path))
		return true;
	struct audio below = {audio->dir, path, audio->depth + 1, 0};
	bool ok = file_list(audio->dir, path, count_audio_file, &below, err);
	audio->count += below.count;
	return ok;
}

static bool count_audio(struct counting *counting, size_t language, struct err *err)
{
	struct coverage_language *out = &counting->out->languages[language];
	struct audio audio = {counting->source->dir, source_path(counting->source, "audio/%s", out->language->code), 0,
			      0};
	struct err reason = {0};

	counting->out->total[COVERAGE_AUDIO] = counting->source->page_count;
	if (!file_list(audio.dir, audio.path, count_audio_file, &audio, &reason) && reason.code != ERR_MISSING)
		return *err = reason, false;
	out->have[COVERAGE_AUDIO] = audio.count;
	return true;
}

bool coverage_count(struct source *source, struct coverage *out, struct err *err)
{
	struct counting counting = {.source = source, .out = out};
	size_t count = source->bundle.language_count;
	char now[CLOCK_UTC_MAX];

	*out = (struct coverage){.language_count = count, .errors = source->faults->errors};
	out->languages = arena_array(&source->arena, count ? count : 1, sizeof(*out->languages));
	if (!out->languages)
		return err_memory(err);
	clock_format_utc(source->today * 86400, now);
	memcpy(counting.today, now, sizeof(counting.today) - 1);
	for (size_t i = 0; i < count; i++) {
		out->languages[i].language = &source->bundle.languages[i];
		count_topics(&counting, i);
		count_pages(&counting, i);
		count_places(&counting, i);
		count_items(&counting, i);
		count_events(&counting, i);
		count_notices(&counting, i);
		count_pictures(&counting, i);
		count_kiosk(&counting, i);
		if (!count_audio(&counting, i, err))
			return false;
	}
	return faults_complete(source->faults, err);
}
