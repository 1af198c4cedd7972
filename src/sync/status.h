/* status -- how the last pass went, in status.json beside the content, for the staff panel and `vejviser-sync
 * --status`.
 *
 * Replaced whole after each pass, so a reader sees one pass or the next, never a mix. Members: time, result ("new",
 * "same", or the name of what went wrong: base/err.h), sentence, last_good (time of the last pass that went well),
 * generation, published, versions, files, fetched, bytes. Errors: those of base/file.h and base/json.h.
 */
#ifndef SYNC_STATUS_H
#define SYNC_STATUS_H

#include "base/buf.h"
#include "base/err.h"
#include "sync/pass.h"

#include <stdbool.h>
#include <stdint.h>

#define STATUS_FILE "status.json"

/* Appends one line for people, without a final newline. `went` is NULL when all went well. */
bool status_sentence(const struct pass_report *report, const struct err *went, struct buf *out, struct err *err);

/* Replaces the status in `dir`, the open folder of the store. */
bool status_write(int dir, const struct pass_report *report, const struct err *went, int64_t now_utc_s,
		  struct err *err);

/* Appends the status as lines for people. */
bool status_describe(int dir, struct buf *out, struct err *err);

#endif
