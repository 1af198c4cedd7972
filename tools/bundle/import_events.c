#include "bundle/import_events.h"

#include "base/array.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "bundle/calendar.h"
#include "bundle/ics.h"
#include "bundle/import_site.h"
#include "bundle/slug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TEXT_CHARS 200 /* of DESCRIPTION, as bundle/ics.h has it */
#define DIGEST_MAX 9   /* bytes of a digest with the final zero */
#define LINES_MAX  2000

/* The texts that staff may change by hand. */
enum text_name {
	TEXT_SUMMARY,
	TEXT_DESCRIPTION,
	TEXT_LOCATION,
	TEXT_CATEGORIES,
	TEXT_URL,
	TEXT_COUNT
};
static const char *const text_names[] = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL"};
static_assert(ARRAY_LEN(text_names) == TEXT_COUNT, "a text has no name");

/* A file of events/. */
struct present {
	const char *id, *uid, *bytes;
	const struct calendar_event *events; /* the event itself first */
	size_t count;
	const char *stamp; /* X-VEJVISER-FROM, or "" */
	bool listed;       /* the calendar has it */
};

struct place_name {
	const char *danish, *id;
};

/* All VEVENTs of one UID, the newest of each. */
struct incoming {
	const struct calendar_event *main; /* or NULL */
	const struct calendar_event **dates;
	size_t date_count;
	size_t line;
	const char *uid;
	bool cancelled; /* by a message that says no more */
};

struct merge {
	struct import_events *import;
	struct arena *arena;
	struct plan *plan;
	struct reading in; /* of the calendar */
	struct calendar calendar;
	struct present *present; /* ascending by UID */
	size_t present_count;
	struct place_name *places;
	size_t place_count;
	const char **ids; /* names of files that are taken */
	size_t id_count;
};

/* An event being written: its text, and for each of its lines the line of the calendar that it came from. */
struct draft {
	struct buf text, said;
	size_t lines[LINES_MAX];
	size_t line_count;
	bool ok;
};

static const char *keep(struct merge *merge, const char *text)
{
	const char *kept = text ? arena_text(merge->arena, text, strlen(text)) : NULL;

	if (!kept)
		merge->in.faults->no_memory = true;
	return kept ? kept : "";
}

/* ---- what is there */

static bool read_present(struct merge *merge, const char *name, struct err *err)
{
	struct faults faults = {0};
	struct reading in = {"events", &faults, merge->arena, NULL};
	struct present *present = &merge->present[merge->present_count];
	struct calendar calendar;
	struct buf bytes = {0};
	char path[64];
	bool ok;

	snprintf(path, sizeof(path), "events/%.50s", name);
	ok = import_site_load(merge->import->dir, path, ICS_BYTES_MAX, false, &bytes, err);
	reading_unix(&bytes);
	merge->ids[merge->id_count] = arena_text(merge->arena, name, strlen(name) - 4);
	if (ok && bytes.len > 0 && calendar_read(&in, bytes.data, bytes.len, &calendar)) {
		const struct calendar_line *stamp = NULL;

		*present = (struct present){.id = merge->ids[merge->id_count],
					    .uid = calendar.events[0].uid,
					    .bytes = keep(merge, bytes.data),
					    .events = calendar.events,
					    .count = calendar.count};
		for (size_t i = 0; i < calendar.count && !stamp; i++)
			stamp = calendar_find(&calendar.events[i], "X-VEJVISER-FROM");
		present->stamp = stamp ? stamp->value : "";
		merge->present_count++;
	}
	ok = ok && (merge->ids[merge->id_count++] || err_memory(err));
	buf_finish(&bytes);
	faults_finish(&faults);
	return ok;
}

static bool each_event(void *context, const char *name, bool is_dir, struct err *err)
{
	struct merge *merge = context;
	size_t len = strlen(name);

	if (is_dir || len < 5 || len > 44 || strcmp(name + len - 4, ".ics") != 0 || name[0] == '.')
		return true;
	if (merge->id_count == EVENTS_MAX)
		return err_set(err, ERR_LIMIT, "events: more than %d files", EVENTS_MAX);
	return read_present(merge, name, err);
}

static bool each_place(void *context, const char *name, bool is_dir, struct err *err)
{
	struct merge *merge = context;
	size_t len = strlen(name);
	char path[64];

	if (is_dir || len < 6 || len > 45 || strcmp(name + len - 5, ".yaml") != 0 || merge->place_count == PLACES_MAX)
		return true;
	snprintf(path, sizeof(path), "places/%s", name);
	struct faults faults = {0};
	struct reading in = {path, &faults, merge->arena, NULL};
	const struct tree *place;
	bool ok = import_site_tree(&in, merge->import->dir, false, &place, err);
	const struct tree *danish = ok ? tree_find(place, "danish") : NULL;
	if (danish && danish->kind == TREE_TEXT) {
		struct place_name *out = &merge->places[merge->place_count++];

		out->danish = danish->text;
		out->id = arena_text(merge->arena, name, len - 5);
		ok = out->id || err_memory(err);
	}
	faults_finish(&faults);
	return ok;
}

static int compare_present(const void *a, const void *b)
{
	return strcmp(((const struct present *)a)->uid, ((const struct present *)b)->uid);
}

/* A folder that is missing is an empty one. */
static bool list(struct merge *merge, const char *folder,
		 bool (*each)(void *context, const char *name, bool is_dir, struct err *err), struct err *err)
{
	struct err why = {0};

	if (file_list(merge->import->dir, folder, each, merge, &why) || why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

static bool load_present(struct merge *merge, struct err *err)
{
	merge->present = arena_array(merge->arena, EVENTS_MAX, sizeof(*merge->present));
	merge->ids = arena_array(merge->arena, EVENTS_MAX + CALENDAR_EVENTS_MAX, sizeof(*merge->ids));
	merge->places = arena_array(merge->arena, PLACES_MAX, sizeof(*merge->places));
	if (!merge->present || !merge->ids || !merge->places)
		return err_memory(err);
	if (!list(merge, "events", each_event, err) || !list(merge, "places", each_place, err))
		return false;
	if (merge->present_count > 0)
		qsort(merge->present, merge->present_count, sizeof(*merge->present), compare_present);
	return true;
}

static struct present *find_present(const struct merge *merge, const char *uid)
{
	struct present key = {.uid = uid};

	return merge->present_count == 0
		       ? NULL
		       : bsearch(&key, merge->present, merge->present_count, sizeof(key), compare_present);
}

/* ---- texts */

static const char *digest_of(struct merge *merge, const char *text)
{
	char hex[SHA256_HEX_MAX] = "";
	struct err err = {0};

	if (!sha256_hex(text, strlen(text), hex, &err))
		merge->in.faults->no_memory = true;
	hex[DIGEST_MAX - 1] = '\0';
	return keep(merge, hex);
}

/* "list SUMMARY=0123abcd ...": the digest of a text, "" when it is not there. */
static const char *stamped(struct merge *merge, const char *stamp, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strchr(stamp, ' '); at; at = strchr(at + 1, ' '))
		if (strncmp(at + 1, name, len) == 0 && at[1 + len] == '=')
			return keep(merge, arena_printf(merge->arena, "%.8s", at + 2 + len));
	return "";
}

static bool is_from(const char *stamp, const char *list_name)
{
	size_t len = strcspn(stamp, " ");

	return strlen(list_name) == len && strncmp(stamp, list_name, len) == 0;
}

/* Behind the last sentence that ends within the limit; "" when none does. */
static const char *cut_text(struct merge *merge, struct draft *draft, const char *text)
{
	size_t len = strlen(text);
	size_t at = 0;
	size_t kept = 0;

	if (reading_chars(text, len) <= TEXT_CHARS)
		return text;
	for (size_t chars = 0; at < len && chars < TEXT_CHARS; chars++) {
		utf8_next(text, len, &at);
		if (strchr(".!?", text[at - 1]) && (text[at] == ' ' || text[at] == '\0'))
			kept = at;
	}
	plan_say(&draft->said,
		 kept > 0 ? N_("DESCRIPTION has more than %d letters; cut behind a sentence")
			  : N_("DESCRIPTION has more than %d letters; left out: its first sentence is too long"),
		 TEXT_CHARS);
	return keep(merge, arena_text(merge->arena, text, kept));
}

static const char *description(struct merge *merge, struct draft *draft, const char *text)
{
	const char *tag = strchr(text, '<');

	if (!tag || !strchr(tag, '>'))
		return cut_text(merge, draft, text);
	plan_say(&draft->said, "DESCRIPTION holds HTML; left out");
	return "";
}

static const char *location(struct merge *merge, const char *text)
{
	for (size_t i = 0; i < merge->place_count; i++)
		if (strcmp(merge->places[i].danish, text) == 0)
			return merge->places[i].id;
	return text;
}

/* Those that the kiosk knows, and a kind in any case. */
static const char *categories(struct merge *merge, const char *text)
{
	static const char *const flags[] = {"free", "no-signup", "families", "example", NULL};
	const char *out = "";
	bool kind = false;

	while (*text) {
		size_t len = strcspn(text, ",");
		char word[32];

		snprintf(word, sizeof(word), "%.*s", (int)len, text + strspn(text, " "));
		for (char *c = word; *c; c++)
			*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
		bool known = shape_choice(event_kinds, word) >= 0;
		if ((known && !kind) || shape_choice(flags, word) >= 0)
			out = keep(merge, arena_printf(merge->arena, "%s%s%s", out, *out ? "," : "", word));
		kind = kind || known;
		text += len + (text[len] == ',');
	}
	if (kind)
		return out;
	return keep(merge, arena_printf(merge->arena, "%s%s%s", merge->import->kind ? merge->import->kind : "other",
					*out ? "," : "", out));
}

static const char *address(struct draft *draft, const char *text)
{
	if (!*text || strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0)
		return text;
	plan_say(&draft->said, "URL is no web address; left out");
	return "";
}

/* What the calendar says, as it would stand in the file; "" when nothing. */
static const char *new_text(struct merge *merge, struct draft *draft, const struct calendar_event *event,
			    enum text_name name)
{
	const struct calendar_line *line = calendar_find(event, text_names[name]);
	const char *text = keep(merge, calendar_text(merge->arena, line ? line->value : ""));

	switch (name) {
	case TEXT_DESCRIPTION:
		return description(merge, draft, text);
	case TEXT_LOCATION:
		return location(merge, text);
	case TEXT_CATEGORIES:
		return categories(merge, text);
	case TEXT_URL:
		return address(draft, text);
	default:
		return text;
	}
}

static const struct calendar_event *main_of(const struct present *present)
{
	for (size_t i = 0; present && i < present->count; i++)
		if (!present->events[i].date)
			return &present->events[i];
	return NULL;
}

/* ---- writing */

__attribute__((format(printf, 3, 4))) static void put(struct draft *draft, size_t line, const char *format, ...)
{
	va_list args;
	char *text = NULL;

	va_start(args, format);
	draft->ok = vasprintf(&text, format, args) >= 0 && draft->ok && draft->line_count < LINES_MAX;
	va_end(args);
	if (draft->ok) {
		draft->ok = buf_append_text(&draft->text, text) && buf_append_text(&draft->text, "\n");
		draft->lines[draft->line_count++] = line;
	}
	free(text);
}

/* A time with its zone: the other parameters are of no use to a kiosk. */
static void put_time(struct draft *draft, const struct calendar_line *line)
{
	const char *params = line->params;

	for (const char *at = params; *at; at += strcspn(at, ";") + (at[strcspn(at, ";")] == ';'))
		if (strncasecmp(at, "TZID=", 5) == 0) {
			put(draft, line->line, "%s;TZID=%.*s:%s", line->name, (int)strcspn(at + 5, ";"), at + 5,
			    line->value);
			return;
		}
	bool day = strcasestr(params, "VALUE=DATE") && !strcasestr(params, "VALUE=DATE-TIME");
	put(draft, line->line, "%s%s:%s", line->name, day ? ";VALUE=DATE" : "", line->value);
}

static void put_times(struct draft *draft, const struct calendar_event *event, bool rules)
{
	static const char *const times[] = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID",
					    "RRULE",   "RDATE", "EXDATE"};

	for (size_t i = 0; i < ARRAY_LEN(times); i++)
		for (size_t l = 0; l < event->count && (rules || i < 4); l++)
			if (strcmp(event->lines[l].name, times[i]) == 0)
				put_time(draft, &event->lines[l]);
}

static bool is_cancelled(const struct merge *merge, const struct calendar_event *event)
{
	const struct calendar_line *status = calendar_find(event, "STATUS");
	bool came = event >= merge->calendar.events && event < merge->calendar.events + merge->calendar.count;

	return (came && merge->calendar.cancels) || (status && strcasecmp(status->value, "CANCELLED") == 0);
}

/* One text: the calendar's or staff's. *stamp grows by what was brought in. */
static void put_text(struct merge *merge, struct draft *draft, const struct incoming *incoming,
		     const struct present *present, enum text_name name, const char **stamp)
{
	const struct calendar_line *line = calendar_find(incoming->main, text_names[name]);
	const char *new = new_text(merge, draft, incoming->main, name);
	const char *text = new;
	const char *digest = digest_of(merge, new);

	if (present && main_of(present)) {
		const struct calendar_line *had = calendar_find(main_of(present), text_names[name]);
		const char *now = keep(merge, calendar_text(merge->arena, had ? had->value : ""));
		const char *past = stamped(merge, present->stamp, text_names[name]);
		bool by_hand = strcmp(digest_of(merge, now), past) != 0 && strcmp(now, new) != 0;

		if (by_hand && strcmp(digest, past) != 0)
			plan_say(&draft->said, "%s: changed by hand to \"%s\"; the calendar now says \"%s\"",
				 text_names[name], now, new);
		else if (!by_hand && strcmp(now, new) != 0)
			plan_say(&draft->said, "%s: \"%s\" -> \"%s\"", text_names[name], now, new);
		text = by_hand ? now : new;
	}
	*stamp = keep(merge, arena_printf(merge->arena, "%s %s=%s", *stamp, text_names[name], digest));
	const char *value = name == TEXT_CATEGORIES ? text : keep(merge, calendar_value(merge->arena, text));
	if (*value)
		put(draft, line ? line->line : incoming->line, "%s:%s", text_names[name], value);
}

static void put_date(struct merge *merge, struct draft *draft, const struct calendar_event *event, const char *uid)
{
	put(draft, event->line, "BEGIN:VEVENT");
	put(draft, event->line, "UID:%s", uid);
	put_times(draft, event, false);
	if (is_cancelled(merge, event))
		put(draft, event->line, "STATUS:CANCELLED");
	put(draft, event->line, "END:VEVENT");
}

static void compose(struct merge *merge, struct draft *draft, const struct incoming *incoming,
		    const struct present *present)
{
	const struct calendar_event *main = incoming->main;
	const struct calendar_line *stamp_line = main_of(present) ? calendar_find(main_of(present), "DTSTAMP") : NULL;
	const char *stamp = merge->import->list;

	if (!stamp_line)
		stamp_line = calendar_find(main, "LAST-MODIFIED");
	if (!stamp_line)
		stamp_line = calendar_find(main, "DTSTAMP");
	put(draft, incoming->line, "BEGIN:VCALENDAR");
	put(draft, incoming->line, "VERSION:2.0");
	put(draft, incoming->line, "PRODID:-//Vejviser//import//EN");
	put(draft, incoming->line, "BEGIN:VEVENT");
	put(draft, incoming->line, "UID:%s", incoming->uid);
	if (stamp_line)
		put(draft, incoming->line, "DTSTAMP:%s", stamp_line->value);
	if (main->sequence > 0)
		put(draft, incoming->line, "SEQUENCE:%ld", main->sequence);
	for (int name = 0; name < TEXT_COUNT; name++)
		put_text(merge, draft, incoming, present, (enum text_name)name, &stamp);
	put_times(draft, main, true);
	if (incoming->cancelled || is_cancelled(merge, main))
		put(draft, main->line, "STATUS:CANCELLED");
	put(draft, incoming->line, "X-VEJVISER-FROM:%s", stamp);
	put(draft, incoming->line, "END:VEVENT");
	for (size_t i = 0; i < incoming->date_count; i++)
		put_date(merge, draft, incoming->dates[i], incoming->uid);
	put(draft, incoming->line, "END:VCALENDAR");
}

/* ---- judging */

/* Whether a kiosk can show it; faults are told with the calendar's own lines. *days: how many are to come. */
static bool judge(struct merge *merge, const struct draft *draft, size_t *days)
{
	struct faults faults = {0};
	struct reading in = {"event", &faults, merge->arena, NULL};
	struct ics_event event;
	bool ok = ics_read(&in, draft->text.data, draft->text.len, merge->import->today, &event);

	*days = ok ? event.time_count : 0;
	faults_sort(&faults);
	for (size_t i = 0; i < faults.count; i++) {
		size_t line = faults.faults[i].line;

		line = line > 0 && line <= draft->line_count ? draft->lines[line - 1] : 1;
		fault_tell(merge->in.faults, faults.faults[i].kind, merge->in.path, line, "%s", faults.faults[i].text);
	}
	merge->in.faults->no_memory = merge->in.faults->no_memory || faults.no_memory;
	faults_finish(&faults);
	return ok;
}

static bool id_taken(const struct merge *merge, const char *id)
{
	for (size_t i = 0; i < merge->id_count; i++)
		if (strcmp(merge->ids[i], id) == 0)
			return true;
	return false;
}

/* From the title, else with the day, else with a number. */
static const char *new_id(struct merge *merge, const struct calendar_event *main)
{
	const struct calendar_line *start = calendar_find(main, "DTSTART");
	const struct calendar_line *summary = calendar_find(main, "SUMMARY");
	const char *title = summary ? keep(merge, calendar_text(merge->arena, summary->value)) : "";
	char slug[ID_MAX];
	char id[64];

	slug_make(title, slug);
	if (!*slug)
		strcpy(slug, "event");
	snprintf(id, sizeof(id), "%s", slug);
	if (id_taken(merge, id) && start)
		snprintf(id, sizeof(id), "%.30s-%.8s", slug, start->value);
	for (int n = 2; id_taken(merge, id) && n < CALENDAR_EVENTS_MAX; n++)
		snprintf(id, sizeof(id), "%.34s-%d", slug, n);
	merge->ids[merge->id_count++] = keep(merge, id);
	return merge->ids[merge->id_count - 1];
}

static bool keep_step(struct merge *merge, const char *id, const char *title, const char *why, struct err *err)
{
	char path[64];

	snprintf(path, sizeof(path), "events/%s.ics", id);
	struct plan_step *step = plan_step(merge->plan, PLAN_KEEP, path, title);
	return (step && plan_say(&step->said, "%s", _(why))) || err_memory(err);
}

/* The draft becomes a step, or is what is there. */
static bool plan_draft(struct merge *merge, const struct incoming *incoming, const struct present *present,
		       struct draft *draft, struct err *err)
{
	const struct calendar_line *summary = calendar_find(incoming->main, "SUMMARY");
	const char *title = summary ? keep(merge, calendar_text(merge->arena, summary->value)) : "";
	struct plan_step *step;
	char path[64];

	if (present && strcmp(present->bytes, draft->text.data) == 0) {
		merge->import->same++;
		return true;
	}
	if (!present && merge->id_count >= EVENTS_MAX) {
		fault_error(merge->in.faults, merge->in.path, incoming->line,
			    "there would be more than %d events; no more are allowed", EVENTS_MAX);
		return true;
	}
	snprintf(path, sizeof(path), "events/%s.ics", present ? present->id : new_id(merge, incoming->main));
	step = plan_step(merge->plan, present ? PLAN_CHANGE : PLAN_ADD, path, title);
	if (!step)
		return err_memory(err);
	step->bytes = draft->text;
	draft->text = (struct buf){0};
	if (draft->said.len > 0)
		return buf_append(&step->said, draft->said.data, draft->said.len) || err_memory(err);
	return !present || plan_say(&step->said, "other days, times or state") || err_memory(err);
}

static bool has_date(const struct incoming *incoming, const char *date)
{
	for (size_t i = 0; i < incoming->date_count; i++)
		if (strcmp(incoming->dates[i]->date, date) == 0)
			return true;
	return false;
}

/* What a message about some events leaves open stands in the file: the event itself, and its other dates. */
static bool complete(struct merge *merge, struct incoming *incoming, const struct present *present)
{
	const struct calendar_event **dates;
	size_t count = 0;

	if (incoming->main && (!merge->calendar.partial || !present))
		return true;
	dates = reading_array(&merge->in, incoming->date_count + (present ? present->count : 0),
			      sizeof(const struct calendar_event *));
	if (!dates)
		return false;
	incoming->cancelled = incoming->main && merge->calendar.cancels;
	if (!incoming->main || incoming->cancelled)
		incoming->main = main_of(present);
	for (size_t i = 0; i < incoming->date_count; i++)
		dates[count++] = incoming->dates[i];
	for (size_t i = 0; present && i < present->count; i++) {
		const char *date = present->events[i].date;

		if (date && !has_date(incoming, date))
			dates[count++] = &present->events[i];
	}
	incoming->dates = dates;
	incoming->date_count = count;
	return true;
}

static bool is_hidden(const struct calendar_event *event)
{
	const struct calendar_line *class = calendar_find(event, "CLASS");

	return class && strcasecmp(class->value, "PUBLIC") != 0;
}

/* A change of all dates from one on cannot be said in the format of content. */
static bool has_range(struct merge *merge, const struct incoming *incoming)
{
	for (size_t i = 0; i < incoming->date_count; i++) {
		const struct calendar_line *line = calendar_find(incoming->dates[i], "RECURRENCE-ID");

		if (line && strcasestr(line->params, "RANGE=")) {
			fault_error(
				merge->in.faults, merge->in.path, line->line,
				"a change of this date and all later ones; allowed: end the series, and begin a new "
				"one");
			return true;
		}
	}
	return false;
}

static bool plan_series(struct merge *merge, struct incoming *incoming, struct present *present, struct err *err)
{
	struct draft draft = {.ok = true};
	size_t days = 0;
	bool ok = true;

	compose(merge, &draft, incoming, present);
	if (!draft.ok)
		fault_error(merge->in.faults, merge->in.path, incoming->line, "the event is too large");
	else if (judge(merge, &draft, &days))
		ok = days > 0 || present ? plan_draft(merge, incoming, present, &draft, err) : ++merge->import->over;
	buf_finish(&draft.text);
	buf_finish(&draft.said);
	return ok;
}

/* C5, C1, C2: what is passed over before it is looked at. *passed says so. */
static bool pass_over(struct merge *merge, const struct incoming *incoming, struct present *present, bool *passed,
		      struct err *err)
{
	const struct calendar_event *now = main_of(present);
	bool ours = present && is_from(present->stamp, merge->import->list);

	*passed = true;
	if (incoming->main && is_hidden(incoming->main)) {
		merge->import->hidden++;
		if (ours)
			present->listed = false;
		return true;
	}
	if (present && !ours)
		return keep_step(merge, present->id, "", N_("it has the same UID and is not from this calendar"), err);
	if (present && now && incoming->main && incoming->main->sequence < now->sequence)
		return keep_step(merge, present->id, "", N_("what the calendar says is older than what is here"), err);
	*passed = has_range(merge, incoming);
	return true;
}

static bool plan_event(struct merge *merge, struct incoming *incoming, struct err *err)
{
	struct present *present = find_present(merge, incoming->uid);
	bool passed;

	if (present)
		present->listed = true;
	if (!pass_over(merge, incoming, present, &passed, err))
		return false;
	if (passed)
		return true;
	if (!complete(merge, incoming, present))
		return err_memory(err);
	if (incoming->main && (present || !merge->calendar.cancels))
		return plan_series(merge, incoming, present, err);
	if (!merge->calendar.cancels)
		fault_error(merge->in.faults, merge->in.path, incoming->line,
			    "a changed date of an event that is neither in the calendar nor here");
	return true;
}

/* ---- the calendar */

static int compare_events(const void *a, const void *b)
{
	const struct calendar_event *left = *(const struct calendar_event *const *)a;
	const struct calendar_event *right = *(const struct calendar_event *const *)b;
	int order = strcmp(left->uid, right->uid);

	if (order == 0)
		order = strcmp(left->date ? left->date : "", right->date ? right->date : "");
	if (order == 0)
		order = (left->sequence < right->sequence) - (left->sequence > right->sequence);
	return order != 0 ? order : (left->line < right->line) - (left->line > right->line);
}

static int compare_lines(const void *a, const void *b)
{
	const struct incoming *left = a;
	const struct incoming *right = b;

	return (left->line > right->line) - (left->line < right->line);
}

/* The next VEVENT of a UID, the newest of each date first. `before` is of the same UID, or NULL. */
static void join(struct incoming *incoming, const struct calendar_event *event, const struct calendar_event *before)
{
	bool again = before && event->date && before->date && strcmp(before->date, event->date) == 0;

	if (!event->date && !before)
		incoming->main = event;
	else if (event->date && !again)
		incoming->dates[incoming->date_count++] = event;
	incoming->line = event->line < incoming->line ? event->line : incoming->line;
}

/* One for each UID, in the order of the calendar: so new files get the same names each time. */
static bool group(struct merge *merge, struct incoming **out, size_t *count)
{
	size_t all = merge->calendar.count;
	struct incoming *incoming = reading_array(&merge->in, all, sizeof(*incoming));
	const struct calendar_event **sorted = reading_array(&merge->in, all, sizeof(const struct calendar_event *));
	const struct calendar_event **dates = reading_array(&merge->in, all, sizeof(const struct calendar_event *));

	*count = 0;
	if (!incoming || !sorted || !dates)
		return false;
	for (size_t i = 0; i < all; i++)
		sorted[i] = &merge->calendar.events[i];
	qsort(sorted, all, sizeof(const struct calendar_event *), compare_events);
	for (size_t i = 0; i < all; i++) {
		const struct calendar_event *event = sorted[i];
		bool same_uid = i > 0 && strcmp(sorted[i - 1]->uid, event->uid) == 0;

		if (!*event->uid) {
			fault_error(merge->in.faults, merge->in.path, event->line, "UID is missing");
			continue;
		}
		if (!same_uid)
			incoming[(*count)++] =
				(struct incoming){.uid = event->uid, .line = event->line, .dates = dates + i};
		join(&incoming[*count - 1], event, same_uid ? sorted[i - 1] : NULL);
	}
	if (*count > 0)
		qsort(incoming, *count, sizeof(*incoming), compare_lines);
	*out = incoming;
	return true;
}

static bool plan_gone(struct merge *merge, struct err *err)
{
	if (merge->calendar.partial || merge->in.faults->errors > 0) /* C3 */
		return true;
	for (size_t i = 0; i < merge->present_count; i++) {
		const struct present *present = &merge->present[i];
		char path[64];

		if (present->listed || !is_from(present->stamp, merge->import->list))
			continue;
		snprintf(path, sizeof(path), "events/%s.ics", present->id);
		const struct calendar_line *summary =
			main_of(present) ? calendar_find(main_of(present), "SUMMARY") : NULL;
		if (!plan_step(merge->plan, PLAN_GONE, path,
			       summary ? keep(merge, calendar_text(merge->arena, summary->value)) : ""))
			return err_memory(err);
	}
	return true;
}

bool import_events_plan(struct import_events *import, struct faults *faults, struct plan *plan, struct err *err)
{
	struct merge merge = {.import = import,
			      .arena = &plan->arena,
			      .plan = plan,
			      .in = {import->from, faults, &plan->arena, NULL}};
	struct incoming *incoming = NULL;
	struct buf bytes = {0};
	size_t count = 0;
	bool ok = buf_append(&bytes, import->bytes->len ? import->bytes->data : "", import->bytes->len) ||
		  err_memory(err);

	reading_unix(&bytes);
	if (ok && (!reading_utf8(&merge.in, bytes.len ? bytes.data : "", bytes.len) ||
		   !calendar_read(&merge.in, bytes.len ? bytes.data : "", bytes.len, &merge.calendar)))
		ok = err_set(err, ERR_FORMAT, "the calendar cannot be read");
	buf_finish(&bytes);
	ok = ok && load_present(&merge, err) && (group(&merge, &incoming, &count) || err_memory(err));
	for (size_t i = 0; ok && i < count; i++)
		ok = plan_event(&merge, &incoming[i], err);
	return ok && plan_gone(&merge, err) && faults_complete(faults, err);
}
