/* calendar -- iCalendar as calendar programs and web sites give it (RFC 5545): many events, each perhaps in several
 * VEVENTs, cut into their lines.
 *
 * Judges nothing but the form of the whole: what an event says is judged by bundle/ics.h when it stands in a file of its
 * own. Other components, what stands within an event (VALARM), and properties that no kiosk shows are passed over. One
 * pass over the bytes.
 */
#ifndef BUNDLE_CALENDAR_H
#define BUNDLE_CALENDAR_H

#include "bundle/reading.h"

#include <stdbool.h>
#include <stddef.h>

#define CALENDAR_BYTES_MAX  (8u << 20)
#define CALENDAR_EVENTS_MAX 5000
#define CALENDAR_LINES_MAX  500 /* of one VEVENT, that are kept */

struct calendar_line {
	size_t line;
	const char *name;   /* capitals */
	const char *params; /* "TZID=Europe/Copenhagen;VALUE=DATE", "" when none */
	const char *value;  /* as in the file */
};

/* One VEVENT. */
struct calendar_event {
	size_t line;
	const char *uid;  /* "" when it has none */
	const char *date; /* RECURRENCE-ID: it is this date of a series; else NULL */
	long sequence;    /* of changes */
	struct calendar_line *lines;
	size_t count;
};

struct calendar {
	struct calendar_event *events; /* as they stand in the file */
	size_t count;
	bool cancels; /* METHOD:CANCEL */
	bool partial; /* METHOD:CANCEL, REQUEST or the like: it tells of some events, not of all there are */
};

/* All in the reading's arena; the bytes are as reading_unix() leaves them. False: told. */
bool calendar_read(const struct reading *in, const char *bytes, size_t len, struct calendar *out);

/* The first line of that name; NULL: there is none. */
const struct calendar_line *calendar_find(const struct calendar_event *event, const char *name);

/* RFC 5545, 3.3.11: a text without its escapes, white space of all kinds as single spaces; and with them. NULL: no
 * memory. */
const char *calendar_text(struct arena *arena, const char *value);
const char *calendar_value(struct arena *arena, const char *text);

#endif
