/* pass -- one pass of the sync: from what the source publishes to what the kiosk shows.
 *
 * Refresh the metadata, fetch the objects that are missing, build a generation, try it as the kiosk would, switch to
 * it, collect what nobody needs. When any step fails, the kiosk goes on showing what it showed (S6 in store/store.h),
 * and what was fetched is kept for the next pass; but when the disk is full, what is neither shown nor of the version
 * at hand goes. A pass that finds nothing new asks only for the next root and for the timestamp; it mends objects and
 * an index that the disk has damaged.
 *
 * The source holds metadata/ and targets/. Time is judged once, and is never before what was accepted last was
 * published.
 *
 * Errors: those of sync/refresh.h, sync/objects.h and content/content.h.
 */
#ifndef SYNC_PASS_H
#define SYNC_PASS_H

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"
#include "sync/fetch.h"
#include "sync/objects.h"
#include "trust/trust.h"

#include <stdbool.h>
#include <stdint.h>

struct pass_report {
	bool changed;                          /* another generation is shown than before */
	int64_t generation;                    /* that is shown; 0: none */
	int64_t published_utc_s;               /* of that generation; 0: none */
	int64_t versions[METADATA_ROLE_COUNT]; /* accepted in this pass; 0: it did not come so far */
	struct objects_count objects;
};

/* Fills in what is shown now, and nothing else: for the report of a pass that cannot even begin. */
void pass_shown(const struct store *store, struct pass_report *report);

/* `store` is open for writing. `root` came with the program and may be empty when the store has one. *report is filled
 * also after a failure. */
bool pass_run(struct store *store, struct fetch *fetch, const struct buf *root, int64_t now_utc_s,
	      struct pass_report *report, struct err *err);

#endif
