/* repository -- the signed repository that kiosks fetch from: static files (TUF 1.0.34 with consistent snapshots).
 *
 *	metadata/timestamp.json, N.snapshot.json, N.targets.json, N.root.json
 *	targets/<folder>/<sha256>.<name>
 *
 * repository_publish() writes what is new and renews what expires: targets first, then metadata, timestamp.json last,
 * each durable before the next. Until timestamp.json is replaced nobody sees anything of it; a publication that was cut
 * off is simply done again. Files of earlier versions stay, for the kiosk that is fetching them just now and for
 * going back (bundle/history.h, which also takes away the oldest).
 *
 * When root.json of the keys is newer than what is there, everything is signed anew, and the numbers make a jump, so that
 * no name is used twice even when a stolen key has published besides us.
 *
 * Errors: ERR_BUSY (another publisher is at it), ERR_EXPIRED (root.json of the keys; for a refresh the list of files),
 * ERR_SIGNATURE, ERR_FORMAT and others of trust/trust.h (what is in the folder was not signed by these keys, or is
 * damaged), ERR_MISSING (nothing to refresh), ERR_LIMIT, ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef BUNDLE_REPOSITORY_H
#define BUNDLE_REPOSITORY_H

#include "base/err.h"
#include "bundle/build.h"
#include "bundle/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPOSITORY_JUMP 1000

struct repository_terms {
	int64_t days[METADATA_ROLE_COUNT];   /* from publishing to expiry; that of root is not used */
	int64_t floors[METADATA_ROLE_COUNT]; /* new versions are greater than these; 0: only than what is there */
	bool jump;                           /* what is published elsewhere is not known: leave room for it */
};

struct repository_report {
	size_t files; /* of the bundle */
	size_t added, changed, removed;
	bool renewed; /* the same files, but the old targets.json would expire soon or was signed under an older root */
	bool ahead;   /* the last publication is dated more than a day after now: the clock of one of the machines is
			 wrong */
	int64_t versions[METADATA_ROLE_COUNT];
	int64_t expires_utc_s[METADATA_ROLE_COUNT]; /* of what is published now */
};

/* `now_utc_s` becomes the time of publishing; it is never before that of the last publication. */
bool repository_publish(const char *path, const struct bundle_files *files, const struct keys *keys,
			const struct repository_terms *terms, int64_t now_utc_s, struct repository_report *report,
			struct err *err);

/* Only a new timestamp.json, and a new snapshot when less than half of its life is left: what the online key alone can
 * do. */
bool repository_refresh(const char *path, const struct keys *keys, const struct repository_terms *terms,
			int64_t now_utc_s, struct repository_report *report, struct err *err);

#endif
