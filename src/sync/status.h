/* status -- how the last pass went, in status.json beside the content, for the staff panel and `vejviser-sync
 * --status`.
 *
 * Replaced whole after each pass, so a reader sees one pass or the next, never a mix; and its room is kept, so a full
 * disk is told, too (base/reserve.h): status_reserve() before the pass, status_write() after it. Members:
 *
 *	time         when the pass ended, by the time gone by (base/clock.h)
 *	result       "new", "same", or the name of what went wrong (base/err.h)
 *	sentence     the same for people
 *	last_good    time of the last pass in which a source was heard to its end, "" when none ever was
 *	duration_ms  of the pass
 *	mirror       the source that was tried last
 *	clock        "right", "before-build" or "before-content"; clock_behind_s: by how much, 0 when right
 *	generation   that is shown, 0 when none; published: when staff published it, or ""
 *	versions     of root, timestamp, snapshot and targets that were accepted; 0: the pass did not come so far
 *	files        of the content; fetched: objects of them that came in this pass; bytes: of those
 *
 * Times are "YYYY-MM-DDTHH:MM:SSZ". Nothing in it comes from a visitor. Errors: those of base/file.h and base/json.h.
 */
#ifndef SYNC_STATUS_H
#define SYNC_STATUS_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/standing.h"
#include "sync/pass.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATUS_FILE STANDING_PASS_FILE

struct status {
	struct pass_report report;
	const struct err *went; /* NULL: all went well */
	bool heard;             /* a source gave a whole pass; not so when there is none */
	const char *mirror;     /* at most 1023 bytes; "" when it did not come so far */
	int64_t now_utc_s;      /* at the end, as judged */
	int64_t duration_ms;
	enum clock_state clock;
	int64_t clock_behind_s;
};

/* Appends one line for people, without a final newline. */
bool status_sentence(const struct status *status, struct buf *out, struct err *err);

/* `dir` is the open folder of the store. */
bool status_reserve(int dir, struct err *err);
bool status_write(int dir, const struct status *status, struct err *err);

/* Appends the status as lines for people. */
bool status_describe(int dir, struct buf *out, struct err *err);
/* The same from the bytes of the file. */
bool status_describe_bytes(const char *bytes, size_t len, struct buf *out, struct err *err);

#endif
