/* repository -- the signed repository that kiosks fetch from: static files (TUF 1.0.34 with consistent snapshots).
 *
 *	metadata/timestamp.json, N.snapshot.json, N.targets.json, N.root.json
 *	targets/<folder>/<sha256>.<name>
 *
 * repository_publish() writes what is new and renews what expires: targets first, then metadata, timestamp.json last,
 * each durable before the next. Until timestamp.json is replaced nobody sees anything of it; a publication that was cut
 * off is simply done again. Files of earlier versions stay, for the kiosk that is fetching them just now.
 *
 * Errors: ERR_BUSY (another publisher is at it), ERR_EXPIRED (root.json of the keys), ERR_SIGNATURE, ERR_FORMAT and others of trust/trust.h (what is in the
 * folder was not signed by these keys, or is damaged), ERR_LIMIT, ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef BUNDLE_REPOSITORY_H
#define BUNDLE_REPOSITORY_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/build.h"
#include "bundle/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct repository_lifetimes {
	int64_t days[METADATA_ROLE_COUNT]; /* from publishing to expiry; that of root is not used */
};

struct repository_report {
	struct buf changes; /* one line a file: "added", "changed" or "removed" and its path */
	size_t files;       /* of the bundle */
	size_t added, changed, removed;
	bool renewed; /* the same files, but the old targets.json would expire soon */
	bool ahead;   /* the last publication is dated more than a day after now: the clock of one of the machines is
			 wrong */
	int64_t versions[METADATA_ROLE_COUNT];
};

/* `now_utc_s` becomes the time of publishing; it is never before that of the last publication. Caller finishes
 * report->changes, also after a failure. */
bool repository_publish(const char *path, const struct bundle_files *files, const struct keys *keys,
			const struct repository_lifetimes *lifetimes, int64_t now_utc_s,
			struct repository_report *report, struct err *err);

#endif
