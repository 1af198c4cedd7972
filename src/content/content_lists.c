#include "content/hours.h"
#include "content/inside.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Every record of a list begins with its id. */
static int compare_id(const void *id, const void *record)
{
	return strcmp(id, *(const char *const *)record);
}

static void *find(const void *records, size_t count, size_t size, const char *id)
{
	return count > 0 ? bsearch(id, records, count, size, compare_id) : NULL;
}

static struct place *find_place(const struct language_view *view, const char *id)
{
	return find(view->places.places, view->places.count, sizeof(struct place), id);
}

static struct event *find_event(const struct language_view *view, const char *id)
{
	return find(view->events.events, view->events.count, sizeof(struct event), id);
}

const char *content_alt(const struct content *content, int language, const char *picture)
{
	const struct alts *alts = &view_of(content, language, LIST_ALTS)->alts;
	const struct alt *found = find(alts->pictures, alts->count, sizeof(struct alt), picture);

	return found ? found->text : NULL;
}

static struct notice *find_notice(const struct language_view *view, const char *id)
{
	return find(view->notices.notices, view->notices.count, sizeof(struct notice), id);
}

const struct place *content_place(const struct content *content, int language, const char *place)
{
	const struct place *found = find_place(view_of(content, language, LIST_PLACES), place);

	return found ? found : find_place(source_of(content), place);
}

const struct event *content_event(const struct content *content, int language, const char *event)
{
	const struct event *found = find_event(view_of(content, language, LIST_EVENTS), event);

	return found ? found : find_event(source_of(content), event);
}

static const struct notice *notice_of(const struct content *content, int language, const char *id)
{
	const struct notice *found = find_notice(view_of(content, language, LIST_NOTICES), id);

	return found ? found : find_notice(source_of(content), id);
}

static const struct activity *find_activity(const struct places *places, const char *id)
{
	for (size_t i = 0; i < places->activity_count; i++)
		if (strcmp(places->activities[i].id, id) == 0)
			return &places->activities[i];
	return NULL;
}

const struct activity *content_activity(const struct content *content, int language, const char *activity)
{
	const struct activity *found = find_activity(&view_of(content, language, LIST_PLACES)->places, activity);

	return found ? found : find_activity(&source_of(content)->places, activity);
}

const struct places *content_source_places(const struct content *content)
{
	return &source_of(content)->places;
}

static bool has_activity(const struct place *place, const char *activity)
{
	for (size_t i = 0; i < place->activity_count; i++)
		if (strcmp(place->activities[i], activity) == 0)
			return true;
	return false;
}

static bool fits(const struct place *place, const struct place_filter *filter)
{
	if (filter->by_kind && place->kind != filter->kind)
		return false;
	if (filter->activity && !has_activity(place, filter->activity))
		return false;
	if (filter->town && (!place->town || strcmp(place->town, filter->town) != 0))
		return false;
	if (filter->fritidspas && !place->fritidspas)
		return false;
	return !filter->open_at || hours_at(&place->hours, filter->open_at).kind == HOURS_OPEN;
}

/* What a place is does not depend on the language: the source's places are asked. */
size_t content_places(const struct content *content, int language, const struct place_filter *filter,
		      const struct place **out, size_t max)
{
	const struct places *places = content_source_places(content);
	size_t count = 0;

	for (size_t i = 0; i < places->count; i++) {
		if (!fits(&places->places[i], filter))
			continue;
		if (count < max)
			out[count] = content_place(content, language, places->places[i].id);
		count++;
	}
	return count;
}

static int compare_days(const struct event_day *a, const struct event_day *b)
{
	int order = strcmp(a->time->date, b->time->date);

	if (order == 0)
		order = a->time->from - b->time->from;
	return order != 0 ? order : strcmp(a->event->id, b->event->id);
}

static bool within(const char *date, const char *first, const char *last)
{
	return strcmp(date, first) >= 0 && strcmp(date, last) <= 0;
}

bool content_has_events(const struct content *content)
{
	return source_of(content)->events.count > 0;
}

size_t content_events(const struct content *content, int language, const char *first, const char *last,
		      struct event_day *out, size_t max)
{
	const struct events *events = &source_of(content)->events;
	size_t count = 0;

	for (size_t i = 0; i < events->count; i++) {
		const struct event *source = &events->events[i];

		for (size_t j = 0; j < source->time_count; j++) {
			struct event_day day = {content_event(content, language, source->id), &source->times[j]};
			size_t at = count < max ? count : max;

			if (!within(day.time->date, first, last))
				continue;
			for (; at > 0 && compare_days(&day, &out[at - 1]) < 0; at--)
				if (at < max)
					out[at] = out[at - 1];
			if (at < max)
				out[at] = day;
			count++;
		}
	}
	return count;
}

/* The most urgent first, then the newest. */
static int compare_notices(const struct notice *a, const struct notice *b)
{
	if (a->urgency != b->urgency)
		return a->urgency > b->urgency ? -1 : 1;
	if (a->from_utc_s != b->from_utc_s)
		return a->from_utc_s > b->from_utc_s ? -1 : 1;
	return strcmp(a->id, b->id);
}

size_t content_notices(const struct content *content, int language, int64_t utc_s, const struct notice **out,
		       size_t max)
{
	const struct notices *notices = &source_of(content)->notices;
	size_t count = 0;

	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *source = &notices->notices[i];
		const struct notice *notice = notice_of(content, language, source->id);
		size_t at = count < max ? count : max;

		if (utc_s < source->from_utc_s || utc_s >= source->to_utc_s)
			continue;
		for (; at > 0 && compare_notices(notice, out[at - 1]) < 0; at--)
			if (at < max)
				out[at] = out[at - 1];
		if (at < max)
			out[at] = notice;
		count++;
	}
	return count;
}

int64_t content_notice_change(const struct content *content, int64_t utc_s)
{
	const struct notices *notices = &source_of(content)->notices;
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < notices->count; i++) {
		const int64_t moments[] = {notices->notices[i].from_utc_s, notices->notices[i].to_utc_s};

		for (size_t j = 0; j < ARRAY_LEN(moments); j++)
			if (moments[j] > utc_s && moments[j] < next)
				next = moments[j];
	}
	return next;
}

static void compare_origin(struct origin *origin, const struct origin *source)
{
	/* A bundle made before places had an origin. */
	if (!origin->revision)
		origin->translation = TRANSLATION_UNCHECKED;
	else
		origin->source_newer = !source || !source->revision || strcmp(origin->revision, source->revision) != 0;
}

static void compare_origins(const struct language_view *source, struct language_view *view)
{
	for (size_t i = 0; i < view->places.count; i++) {
		struct place *place = &view->places.places[i];
		const struct place *original = find_place(source, place->id);
		compare_origin(&place->origin, original ? &original->origin : NULL);
	}
	for (size_t i = 0; i < view->events.count; i++) {
		struct event *event = &view->events.events[i];
		const struct event *original = find_event(source, event->id);
		compare_origin(&event->origin, original ? &original->origin : NULL);
	}
	for (size_t i = 0; i < view->notices.count; i++) {
		struct notice *notice = &view->notices.notices[i];
		const struct notice *original = find_notice(source, notice->id);
		compare_origin(&notice->origin, original ? &original->origin : NULL);
	}
}

void content_join(const struct content *content, struct language_view *view)
{
	const struct timetable *table = &content->timetable;

	for (size_t i = 0; i < view->events.count; i++) {
		struct event *event = &view->events.events[i];
		const struct event_times *times = find(table->events, table->count, sizeof(*times), event->id);

		event->times = times ? times->times : NULL;
		event->time_count = times ? times->count : 0;
	}
	if (view != source_of(content))
		compare_origins(source_of(content), view);
}
