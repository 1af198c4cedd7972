/* ics -- iCalendar (RFC 5545): one event, perhaps a series, from a file.
 *
 * Stands on libical, but takes only what a kiosk can show and a reader can follow; the rest is told, with its line, and
 * is an error:
 *
 *	BEGIN:VCALENDAR            one VEVENT, and for dates of the series that differ more with its UID and RECURRENCE-ID
 *	SUMMARY, DESCRIPTION       title and text, in Danish
 *	DTSTART, DTEND | DURATION  a day (all day), a time in Denmark, in UTC or in a TZID of the time zone database;
 *	                           at most 31 days
 *	RRULE                      DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH
 *	RDATE, EXDATE              dates more and dates less
 *	STATUS:CANCELLED           of the event or of one date: it is shown as cancelled
 *	LOCATION                   a place's id, or words for the sign on the door
 *	CATEGORIES                 one of event_kinds, and any of free, no-signup, families, example
 *	URL                        https://..., shown without it
 *
 * A series becomes days from the first of the month of `today` for ICS_MONTHS months, so that a kiosk without a network
 * still has them, and a build on another day of the month gives the same bytes. VTIMEZONE and VALARM are passed over: a
 * time zone is known by its name.
 */
#ifndef BUNDLE_ICS_H
#define BUNDLE_ICS_H

#include "bundle/reading.h"
#include "content/records.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICS_BYTES_MAX  65536
#define ICS_LINE_MAX   4096  /* bytes of an unfolded line */
#define ICS_EVENTS_MAX 60    /* VEVENTs in one file */
#define ICS_DAYS_MAX   31    /* of one date of a series */
#define ICS_STEPS_MAX  20000 /* dates of a series that are looked at */
#define ICS_MONTHS     12

struct ics_event {
	const char *title, *text; /* title NULL: refused */
	const char *uid;          /* as it is written */
	size_t uid_line;
	const char *location; /* or NULL, as the text and the web address */
	size_t location_line;
	const char *web;
	enum event_kind kind;
	bool free, no_signup, families, example;
	struct event_time *times; /* within the window, ascending */
	size_t time_count;
};

/* `today` is a day of clock_days(). False: something was told as an error; *out is then of no use. A series without a
 * day in the window gives none. */
bool ics_read(const struct reading *in, const char *bytes, size_t len, int64_t today, struct ics_event *out);

/* "2026-11-26 13:10" or "2026-11-26" in Denmark as UTC; as an end, a day goes on to its midnight. */
bool ics_moment(const char *text, bool end, int64_t *utc_s);

#endif
