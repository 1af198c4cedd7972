/* objects -- the files of a bundle, from the source into the store.
 *
 * Every object that is not whole in the store is fetched, several at a time; length and hash are checked as it is
 * written, and what came stays when the pass fails, whole objects and the beginnings of others, so the next one goes on from there. All objects in the store
 * are read and hashed each time: one that the disk has damaged is fetched again.
 *
 * Errors: those of sync/fetch.h and store/store.h; the sentence begins with the file, such as
 * "targets/pages/uk/daycare/costs.json: SHA-256 differs from the signed one".
 */
#ifndef SYNC_OBJECTS_H
#define SYNC_OBJECTS_H

#include "base/err.h"
#include "store/store.h"
#include "sync/fetch.h"
#include "trust/trust.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct objects_count {
	size_t all;     /* files of the bundle */
	size_t fetched; /* objects */
	int64_t bytes;  /* of those */
};

/* `prefix` is that of targets below the source, such as "targets/". *count is right also after a failure. */
bool objects_fetch(struct store *store, struct fetch *fetch, const struct trust *trust, const char *prefix,
		   struct objects_count *count, struct err *err);

#endif
