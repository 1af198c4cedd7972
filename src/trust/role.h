/* role -- targets files and the delegations between them: who speaks for a path (TUF 1.0.34 §5.6.7).
 *
 * A role is added once its file was verified; a delegation leads to it only after its own keys have verified the file,
 * since two roles may delegate to a third and trust different keys for it. Everything lives in the caller's arena.
 */
#ifndef TRUST_ROLE_H
#define TRUST_ROLE_H

#include "trust/metadata.h"

#define ROLE_VISITED_MAX 32 /* delegated roles that one search asks */

struct role {
	const char *name;
	char sha256[SHA256_HEX_MAX]; /* of the file */
	struct metadata_targets targets;
	struct metadata_delegations delegations;
	struct role **given; /* for each delegation the role, once its keys have verified it; else NULL */
	struct role *next;   /* added after this one */
};

/* Reads what the file says into a new role; NULL sets err. */
struct role *role_read(const char *name, const char sha256[SHA256_HEX_MAX], const struct metadata *metadata,
		       struct arena *arena, struct err *err);

struct role_found {
	const struct metadata_target *target; /* NULL: nobody lists the path, or see below */
	struct role *wants;                   /* this role delegates to one that must be given first; else NULL */
	size_t delegation;                    /* which of its delegations */
	bool stopped;                         /* after ROLE_VISITED_MAX roles */
};

/* Pre-order and depth first from `top`; no role is asked twice, and nothing behind a terminating delegation. */
bool role_find(struct role *top, const char *path, struct role_found *out, struct err *err);

/* The first delegation whose role is not given, whatever paths it covers; *wants NULL when there is none. */
void role_next(struct role *top, struct role **wants, size_t *delegation);

/* What role_find() answers for all paths that any role lists, sorted. All must be given. */
bool role_all(struct role *top, struct arena *arena, struct metadata_targets *out, struct err *err);

#endif
