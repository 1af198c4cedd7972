/* ics_parts -- what ics.c (lines and properties) and ics_series.c (dates; all of libical) share. */
#ifndef BUNDLE_ICS_PARTS_H
#define BUNDLE_ICS_PARTS_H

#include "bundle/ics.h"

#define ICS_DATES_MAX 400 /* in RDATE and EXDATE together */

/* A property: its value with what matters of its parameters. */
struct ics_property {
	size_t line;       /* 0: absent */
	const char *value; /* as in the file */
	const char *tzid;  /* or NULL */
};

enum ics_name {
	ICS_UID,
	ICS_SUMMARY,
	ICS_DESCRIPTION,
	ICS_LOCATION,
	ICS_CATEGORIES,
	ICS_URL,
	ICS_STATUS,
	ICS_DTSTART,
	ICS_DTEND,
	ICS_DURATION,
	ICS_RRULE,
	ICS_RECURRENCE_ID,
	ICS_NAME_COUNT
};

/* One VEVENT. */
struct ics_block {
	size_t line;
	struct ics_property properties[ICS_NAME_COUNT];
	struct ics_property *rdates, *exdates; /* ICS_DATES_MAX */
	size_t rdate_count, exdate_count;
};

/* The days of a series, blocks[0], with the dates that differ in the other blocks. False: told. */
bool ics_series(const struct reading *in, const struct ics_block *blocks, size_t count, int64_t today,
		struct ics_event *out);

#endif
