/* metadata_write -- signed metadata for the four roles (TUF 1.0.34 §4), for the publisher and for tests.
 *
 * Make the "signed" part of a role, then sign it into a file's bytes. Versions, times and the order of publishing are
 * the caller's business. Errors: ERR_MEMORY, and what crypto.h says.
 */
#ifndef TRUST_METADATA_WRITE_H
#define TRUST_METADATA_WRITE_H

#include "trust/metadata.h"

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The ID of an ed25519 key. */
bool metadata_keyid(const char *public_hex, char id[SHA256_HEX_MAX], struct err *err);

struct metadata_write_role {
	const char *const *publics; /* hex of each ed25519 key; borrowed */
	size_t count;
	int64_t threshold;
};

/* The caller owns *out. */
bool metadata_write_root(int64_t version, int64_t expires_utc_s,
			 const struct metadata_write_role roles[METADATA_ROLE_COUNT], struct json **out,
			 struct err *err);
/* Of `file` the version must be there, length and hash where known. */
bool metadata_write_timestamp(int64_t version, int64_t expires_utc_s, const struct metadata_file *file,
			      struct json **out, struct err *err);
bool metadata_write_snapshot(int64_t version, int64_t expires_utc_s, const struct metadata_file *file,
			     struct json **out, struct err *err);
bool metadata_write_targets(int64_t version, int64_t expires_utc_s, const struct metadata_targets *targets,
			    struct json **out, struct err *err);

/* Appends the whole file: `part` and one signature by each key. */
bool metadata_sign(const struct json *part, struct key *const *keys, size_t key_count, struct buf *out,
		   struct err *err);

/* Appends the whole file `metadata` was parsed from, with one more signature, which takes the place of an earlier one by
 * the same key: for what several people sign one after another. */
bool metadata_sign_also(const struct metadata *metadata, const struct key *key, struct buf *out, struct err *err);
/* The same with those signatures of `from` whose keys have not signed yet; both must say the same (ERR_FORMAT). */
bool metadata_sign_merge(const struct metadata *metadata, const struct metadata *from, struct buf *out,
			 struct err *err);

/* How the next file names this one: version, length and hash of its bytes. `name` is borrowed. */
bool metadata_describe(const char *name, int64_t version, const struct buf *bytes, struct metadata_file *out,
		       struct err *err);

#endif
