/* import_events -- a calendar of many events, each into a file of its own in events/.
 *
 * An event is known by its UID, whatever its file is called. Its dates always come from the calendar; of its texts
 * (title, text, place, kind, address) those that staff changed by hand in the file stay, and that is told when the
 * calendar changes them too: a digest of what was brought in stands in the file, as X-VEJVISER-FROM.
 *
 * C1 an event that was not brought in from this calendar (`list`) is never changed.
 * C2 what the calendar calls cancelled is shown as cancelled; a version older than the one that is here is left.
 * C3 an event with a fault changes nothing; and while there is one, none is gone.
 * C4 the same calendar again changes nothing.
 * C5 what is private, who is invited, and alarms never come in.
 *
 * A text that is too long for the screen is cut behind a sentence, and that is told; a place is recognised by its
 * Danish name. What is over is passed over.
 */
#ifndef BUNDLE_IMPORT_EVENTS_H
#define BUNDLE_IMPORT_EVENTS_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/fault.h"
#include "bundle/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct import_events {
	int dir;                   /* the folder of content */
	const char *from;          /* to name the calendar in faults */
	const struct buf *bytes;   /* the calendar as it came */
	const char *list;          /* an id: the calendar's name here */
	const char *kind;          /* of events whose category says none; NULL: "other" */
	int64_t today;             /* as of clock_days() */
	size_t same, over, hidden; /* events as they were; over; private */
};

/* False: the import could not be made out, or, with ERR_FORMAT, the calendar is refused as a whole (told). */
bool import_events_plan(struct import_events *import, struct faults *faults, struct plan *plan, struct err *err);

#endif
