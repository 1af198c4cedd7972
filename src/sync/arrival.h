/* arrival -- a file on its way from a server into the store, as the object that its hash names.
 *
 * The three functions are those that struct fetch_file wants (fetch.h), with the arrival as their context. What an earlier
 * pass, or an earlier try of this one, left of it is gone on with. Errors: those of store_part_* (store/store.h).
 */
#ifndef SYNC_ARRIVAL_H
#define SYNC_ARRIVAL_H

#include "base/err.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arrival {
	struct store *store;
	const char *sha256; /* borrowed */
	int64_t len;
	struct store_part *part; /* while it comes; start with NULL */
	int64_t have;            /* its bytes */
};

/* *have is where to go on; 0 unless `keep`. */
bool arrival_begin(void *arrival, bool keep, int64_t *have, struct err *err);
/* When it cannot be written nothing of it is kept: room for what is shown comes first. */
bool arrival_write(void *arrival, const void *bytes, size_t len, struct err *err);
/* Checked when whole; otherwise kept for the next time. */
bool arrival_end(void *arrival, bool whole, struct err *err);

#endif
