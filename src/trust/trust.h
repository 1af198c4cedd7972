/* trust -- which metadata to believe: the client workflow of TUF 1.0.34 §5, over bytes and one time.
 *
 * Pure: the caller fetches, keeps and persists; here is only the verdict. In this order:
 *
 *	trust_open()      §5.2    a root that is trusted already
 *	trust_root()      §5.3    each newer root, while trust_root_wanted() and the source has it; persist each
 *	trust_settle()    §5.3.10 no more roots
 *	trust_remember()          timestamp and snapshot kept from the last pass: nothing may be older than they are
 *	trust_timestamp() §5.4    persist when fresh
 *	trust_snapshot()  §5.5    first the kept bytes, which need no fetching while they are right; else persist
 *	trust_targets()   §5.6    the same
 *	trust_give()      §5.6.7  each delegated role that trust_wants(), the same
 *	trust_find()      §5.7    one target by its path
 *
 * trust_request() names the file that the next call needs, and its limit. A call that fails leaves everything as it
 * was, so a file is persisted only after its call went well. All expiry is judged at the time given to trust_open():
 * valid while expires > now.
 *
 * Three places where the letter of the specification would strand a kiosk after a power cut are decided so: a timestamp
 * of the same version is not "nothing to do", the pass goes on with the one it has; kept files bind even when they have
 * expired or the timestamp names another hash; and they bind only while they verify under the current root, which is
 * also the recovery from fast-forward attacks (in the stead of §5.3.11).
 *
 * Delegations serve two kinds of callers. Who wants one target asks trust_wants(path) and gives only the roles on the
 * way to it. A kiosk mirrors everything: it asks trust_wants(NULL), gives every role, and calls trust_resolve(); then
 * trust_all() has each path that any role lists with the very target that trust_find() answers for it, so the first
 * role in the order of the search wins, and what a role lists outside of what it was delegated is not there. A
 * mirror is whole or not at all: a role that is missing, expired or wrongly signed fails it, as do more than 32
 * delegations. In both ways the roles together list at most METADATA_TARGETS_MAX targets in at most 16 MB.
 *
 * Errors: those of trust/metadata.h, ERR_ROLLBACK and ERR_EXPIRED.
 */
#ifndef TRUST_TRUST_H
#define TRUST_TRUST_H

#include "trust/metadata.h"

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRUST_ROTATIONS_MAX 32 /* new roots in one pass; the next pass goes on */

struct trust;

/* The root must verify under itself; it may have expired. Now 0: expiry is not judged (for the publisher, who renews
 * what has expired). */
bool trust_open(const void *root, size_t len, int64_t now_utc_s, struct trust **out, struct err *err);
void trust_close(struct trust *trust); /* takes NULL */

#define TRUST_NAME_MAX 112 /* bytes of a file's name with the final zero */

struct trust_request {
	char name[TRUST_NAME_MAX]; /* such as "4.snapshot.json" */
	size_t limit;              /* bytes */
};
void trust_request(const struct trust *trust, enum metadata_role role, struct trust_request *out);

/* False after TRUST_ROTATIONS_MAX. */
bool trust_root_wanted(const struct trust *trust);
/* Must be signed by the trusted root and by itself, and be exactly the next version. Its expiry does not matter yet. */
bool trust_root(struct trust *trust, const void *bytes, size_t len, struct err *err);
/* ERR_EXPIRED when the newest root has expired. */
bool trust_settle(struct trust *trust, struct err *err);

/* What does not verify under the current root is forgotten; that is no failure. Only METADATA_TIMESTAMP and
 * METADATA_SNAPSHOT. */
void trust_remember(struct trust *trust, enum metadata_role role, const void *bytes, size_t len);

/* *fresh: these bytes are what is trusted now; false when the version is the same as that of the remembered one, which
 * stays. */
bool trust_timestamp(struct trust *trust, const void *bytes, size_t len, bool *fresh, struct err *err);
bool trust_snapshot(struct trust *trust, const void *bytes, size_t len, struct err *err);
bool trust_targets(struct trust *trust, const void *bytes, size_t len, struct err *err);

/* What is trusted now; 0 while nothing is. */
int64_t trust_version(const struct trust *trust, enum metadata_role role);
/* UTC seconds; 0 while nothing is. */
int64_t trust_expires(const struct trust *trust, enum metadata_role role);

/* After trust_targets(): whether there are delegations at all. */
bool trust_delegates(const struct trust *trust);

struct trust_role {
	struct trust_request request; /* such as "4.clubs.json"; percent-encoded where a name has other characters */
	char kept[TRUST_NAME_MAX];    /* the same without the version */
	struct role *delegator;       /* private, as is the next */
	size_t delegation;
};
/* The next role that must be given before trust_find(path) can answer; with path NULL, before trust_resolve() can.
 * *wants is false when there is none. A role comes again for each delegation to it, which may trust other keys. */
bool trust_wants(const struct trust *trust, const char *path, struct trust_role *out, bool *wants, struct err *err);
/* Verified like targets, by the keys of the delegation. */
bool trust_give(struct trust *trust, const struct trust_role *role, const void *bytes, size_t len, struct err *err);
/* Whether a role that was given is kept under this name. */
bool trust_follows(const struct trust *trust, const char *kept);
/* Makes trust_all(), when every role was given. */
bool trust_resolve(struct trust *trust, struct err *err);

/* Everything there is; after trust_resolve(), but without delegations already after trust_targets(). Before that it
 * is empty. Borrowed until trust_close(). */
const struct metadata_targets *trust_all(const struct trust *trust);
/* The same as a targets file that nobody has signed, for trust_read_accepted(); appended. */
bool trust_write_all(const struct trust *trust, struct buf *out, struct err *err);
/* ERR_MISSING when there is no such target, ERR_LIMIT when the search was given up. Borrowed until trust_close(). */
bool trust_find(const struct trust *trust, const char *path, const struct metadata_target **out, struct err *err);
/* Where the source has a target: with consistent snapshots "pages/da/<sha256>.x.json" for "pages/da/x.json". ERR_LIMIT
 * when too long for `size`. */
bool trust_target_path(const struct trust *trust, const struct metadata_target *target, char *path, size_t size,
		       struct err *err);

/* The targets of a file that was accepted before, without verifying it again: what a generation on disk is made of. */
bool trust_read_accepted(const void *bytes, size_t len, struct arena *arena, struct metadata_targets *out,
			 struct err *err);

#endif
