#include "base/array.h"
#include "base/message.h"
#include "bundle/ics.h"
#include "bundle/shaped.h"
#include "bundle/source_parts.h"

#include <string.h>

/* The pictogram of each kind. */
static const char *const icons[] = {
	[EVENT_OTHER] = "events",    [EVENT_LANGUAGE] = "language", [EVENT_SPORT] = "clubs",
	[EVENT_CHILDREN] = "baby",   [EVENT_CULTURE] = "book",      [EVENT_HEALTH] = "health",
	[EVENT_SENIORS] = "seniors", [EVENT_MEETING] = "meeting",   [EVENT_VOLUNTEER] = "heart",
};
static_assert(ARRAY_LEN(icons) == EVENT_KIND_COUNT, "a kind of event has no pictogram");

/* A location that looks like an id must be one. */
static void read_location(const struct source *source, const struct reading *in, const struct ics_event *read,
			  struct event *event)
{
	if (!read->location)
		return;
	if (source_has(&source->place_ids, read->location))
		event->place = read->location;
	else if (document_id_valid(read->location))
		fault_error(in->faults, in->path, read->location_line, "LOCATION: there is no place \"%s\"%s",
			    read->location,
			    reading_near(in, read->location, source->place_ids.names, source->place_ids.count));
	else
		event->where = read->location;
}

static bool load(struct source *source, const struct reading *in, struct ics_event *out, bool *read, struct err *err)
{
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, in, ICS_BYTES_MAX, false, &bytes, &loaded, err);

	*read = ok && loaded && ics_read(in, bytes.len ? bytes.data : "", bytes.len, source->today, out);
	buf_finish(&bytes);
	return ok;
}

/* Calendar programs know an event by its UID: a second file with it is a copy that nobody changed. */
static void check_uid(const struct source *source, const struct reading *in, const struct ics_event *read,
		      const char *const *uids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (uids[i] && strcmp(uids[i], read->uid) == 0)
			fault_warning(source->faults, in->path, read->uid_line,
				      "the UID is that of another file of events/, too; is one of them a copy?");
}

/* `uids` has room for all; the events before this one have theirs in it. */
static bool read_event(struct source *source, const char *id, const char **uids, size_t index, struct err *err)
{
	struct reading in = source_reading(source, source_path(source, "events/%s.ics", id));
	struct event *texts = arena_array(&source->arena, source->bundle.language_count, sizeof(*texts));
	bool *present = arena_array(&source->arena, source->bundle.language_count, sizeof(*present));
	size_t errors = source->faults->errors;
	struct ics_event read;
	bool sound;

	if (!texts || !present)
		return err_memory(err);
	if (!load(source, &in, &read, &sound, err))
		return false;
	if (!sound || !read.uid)
		return true;
	check_uid(source, &in, &read, uids, index);
	uids[index] = read.uid;
	struct event *event = &texts[source->source_language];
	*event = (struct event){.id = id,
				.icon = icons[read.kind],
				.kind = read.kind,
				.title = read.title,
				.text = read.text,
				.web = read.web,
				.free = read.free,
				.no_signup = read.no_signup,
				.families = read.families,
				.example = read.example};
	read_location(source, &in, &read, event);
	source_check_ease(source, &in, 1, event->text);
	if (source->faults->errors > errors)
		return true;
	struct source_record record = {.folder = source_path(source, "events/%s", id),
				       .lacking = N_("this event is not translated to \"%s\""),
				       .path = in.path,
				       .shape = &event_shape,
				       .texts = texts,
				       .size = sizeof(*texts),
				       .present = present};
	if (!source_read_translations(source, &record, err))
		return false;
	if (read.time_count == 0) {
		fault_warning(source->faults, in.path, 1, "this event is over, or more than %d months away",
			      ICS_MONTHS);
		return true;
	}
	source->timetable.events[source->timetable.count++] = (struct event_times){id, read.times, read.time_count};
	for (size_t i = 0; i < source->bundle.language_count; i++)
		if (present[i])
			source->events[i].events[source->events[i].count++] = texts[i];
	return true;
}

/* Translations of an event that is not there. */
static bool check_folders(struct source *source, const struct source_names *ids, struct err *err)
{
	struct source_names folders = {0};

	if (!source_list(source, source->dir, "events", true, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++)
		if (!source_has(ids, folders.names[i]))
			fault_error(source->faults, source_path(source, "events/%s", folders.names[i]), 1,
				    "there is no file events/%s.ics", folders.names[i]);
	return true;
}

bool source_read_events(struct source *source, struct err *err)
{
	struct source_names ids;

	if (!source_list_ids(source, "events", ".ics", EVENTS_MAX, &ids, err) || !check_folders(source, &ids, err))
		return false;
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		source->events[i].events = arena_array(&source->arena, ids.count + 1, sizeof(struct event));
		if (!source->events[i].events)
			return err_memory(err);
	}
	const char **uids = arena_array(&source->arena, ids.count + 1, sizeof(*uids));
	source->timetable.events = arena_array(&source->arena, ids.count + 1, sizeof(struct event_times));
	if (!source->timetable.events || !uids)
		return err_memory(err);
	for (size_t i = 0; i < ids.count; i++)
		if (!read_event(source, ids.names[i], uids, i, err))
			return false;
	return true;
}
