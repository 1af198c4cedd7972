/* refresh -- the newest metadata that can be trusted, fetched and kept (TUF 1.0.34 §5.2-5.6).
 *
 * The folder `kept` holds root.json, timestamp.json, snapshot.json, targets.json and delegated roles as <role>.json (with
 * percent-encoding where a name has other characters than letters, digits and "_.-~"), the bytes as they came; each is
 * replaced durably as soon as it is accepted, so the next pass goes on where a power cut ended this one. Requests, in
 * this order and no other: the next roots until there is none, the timestamp, and snapshot and targets only when they
 * are new, then delegated roles that are new. A file that cannot be kept fails the refresh.
 *
 *	struct refresh refresh = {.kept = dir, .fetch = fetch, .prefix = "metadata/", .root = &root, .now_utc_s = now};
 *	ok = refresh_run(&refresh, err);
 *	... trust_all(refresh.trust), refresh.targets ...
 *	refresh_finish(&refresh);
 *
 * refresh_run() takes every delegated role, and removes kept ones to which nobody delegates any more: for who mirrors
 * all targets. Who wants some of them calls refresh_top(),
 * then refresh_find() for each.
 *
 * Errors: those of trust/trust.h, sync/fetch.h and base/file.h; the sentence begins with the file.
 */
#ifndef SYNC_REFRESH_H
#define SYNC_REFRESH_H

#include "base/buf.h"
#include "base/err.h"
#include "sync/fetch.h"
#include "trust/trust.h"

#include <stdbool.h>
#include <stdint.h>

struct refresh {
	int kept; /* an open folder */
	struct fetch *fetch;
	const char *prefix;     /* of metadata below the source */
	const struct buf *root; /* came with the program; the newer of it and the kept one counts. May be empty when one
				   is kept. */
	int64_t now_utc_s;

	struct trust *trust; /* also after a failure, as far as it went; NULL when not even a root could be trusted */
	struct buf targets;  /* the bytes of the accepted targets.json; after refresh_run(), when that delegates, of the
				file that trust_write_all() writes */
};

bool refresh_run(struct refresh *refresh, struct err *err);
bool refresh_top(struct refresh *refresh, struct err *err);
/* ERR_MISSING also when there is no such target. Borrowed until refresh_finish(). */
bool refresh_find(struct refresh *refresh, const char *path, const struct metadata_target **out, struct err *err);
void refresh_finish(struct refresh *refresh);

#endif
