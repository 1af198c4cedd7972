/* metadata_inside -- what the files of metadata have in common; only they include this. */
#ifndef TRUST_METADATA_INSIDE_H
#define TRUST_METADATA_INSIDE_H

#include "trust/metadata.h"

#define TEXT_MAX 256 /* bytes of key IDs, key types, times and names of roles */

/* A copy in the arena; NULL when memory ran out. */
const char *metadata_keep(struct arena *arena, const char *text);

bool metadata_read_time(const struct json *part, const char *key, int64_t *utc_s, struct err *err);
/* The SHA-256 among the "hashes" of `in`; there must be one. */
bool metadata_read_sha256(const struct json *in, const char **sha256, struct err *err);

/* "keys" of a root or of delegations. */
bool metadata_read_keys(const struct json *in, struct arena *arena, struct metadata_key **keys, size_t *count,
			struct err *err);
/* "keyids" and "threshold" of a role. */
bool metadata_read_signers(const struct json *role, struct arena *arena, struct metadata_signers *out, struct err *err);

#endif
