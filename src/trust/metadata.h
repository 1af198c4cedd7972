/* metadata -- one TUF metadata file: its shape, its signatures, and what its role says (TUF 1.0.34 §4).
 *
 * metadata_parse() checks what every role has in common; metadata_verify() counts signatures; the functions below read
 * what is particular to one role. Nothing here compares one file with another: that is trust/trust.h. Pure: no disk, no
 * clock.
 *
 * What a file says beyond the specification is kept for the signature and otherwise ignored. Sentences never repeat
 * text of an unverified file. Errors: ERR_FORMAT, ERR_LIMIT, ERR_VERSION (another major version of TUF), ERR_SIGNATURE,
 * ERR_HASH, ERR_MEMORY.
 */
#ifndef TRUST_METADATA_H
#define TRUST_METADATA_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum metadata_role {
	METADATA_ROOT,
	METADATA_TIMESTAMP,
	METADATA_SNAPSHOT,
	METADATA_TARGETS,
	METADATA_ROLE_COUNT
};

#define METADATA_SIGNATURES_MAX  128  /* in one file */
#define METADATA_KEYS_MAX        256  /* in one root or delegating file, and for one role */
#define METADATA_FILES_MAX       4096 /* that one snapshot lists */
#define METADATA_TARGETS_MAX     20000
#define METADATA_PATH_MAX        512  /* bytes of a target's path, and of a pattern for paths, with the final zero */
#define METADATA_DELEGATIONS_MAX 256  /* in one file */
#define METADATA_PATTERNS_MAX    1024 /* of all delegations in one file */

/* "root" and so on. */
const char *metadata_name(enum metadata_role role);
/* The most bytes that a file of this role may have. */
size_t metadata_limit(enum metadata_role role);

struct metadata {
	struct json *json;
	const struct json *part; /* "signed", within json */
	int64_t version;         /* at least 1 */
	int64_t expires_utc_s;
};

/* Envelope, _type, spec_version 1.x, version, expires, and that no key signs twice. Caller gives *out back with
 * metadata_finish(). */
bool metadata_parse(enum metadata_role role, const void *bytes, size_t len, struct metadata *out, struct err *err);
void metadata_finish(struct metadata *metadata); /* takes one that is all zero */

/* Keys and roles, as a root says them */

struct metadata_key {
	const char *id;            /* SHA-256 of the key's canonical form; recomputed, never believed */
	const char *public;        /* NULL: a kind of key this program does not know, which never counts */
	enum public_key_kind kind; /* what `public` is; it need not be usable, and then never counts either */
};

struct metadata_signers {
	const char **keyids; /* each once */
	size_t count;
	int64_t threshold; /* at least 1 */
};

struct metadata_root {
	struct metadata_key *keys;
	size_t key_count;
	struct metadata_signers roles[METADATA_ROLE_COUNT];
	bool consistent; /* consistent_snapshot: names of files carry version or hash */
};

/* What *out points to lives in the arena. */
bool metadata_read_root(const struct metadata *metadata, struct arena *arena, struct metadata_root *out,
			struct err *err);

/* True when at least `threshold` different public keys of `role` signed these bytes. Signatures by other keys and wrong
 * ones do not count, and do no harm. */
bool metadata_verify(const struct metadata *metadata, const struct metadata_root *root, enum metadata_role role,
		     struct err *err);
/* The same for the keys and signers of a delegation; `role` is for the sentence. */
bool metadata_verify_by(const struct metadata *metadata, const struct metadata_key *keys, size_t key_count,
			const struct metadata_signers *signers, const char *role, struct err *err);

/* Other files, as timestamp and snapshot name them */

struct metadata_file {
	const char *name; /* such as "targets.json" */
	int64_t version;
	int64_t len;                 /* bytes; -1 when not said */
	char sha256[SHA256_HEX_MAX]; /* "" when not said */
};

struct metadata_files {
	struct metadata_file *files;
	size_t count;
};

/* The "meta" of a timestamp or snapshot; it must name `needed`. Lives in the arena. */
bool metadata_read_files(const struct metadata *metadata, const char *needed, struct arena *arena,
			 struct metadata_files *out, struct err *err);
const struct metadata_file *metadata_find_file(const struct metadata_files *files,
					       const char *name); /* NULL: not named */
/* ERR_HASH unless length and hash are as said, where they are said. */
bool metadata_check_file(const struct metadata_file *file, const void *bytes, size_t len, struct err *err);

/* Targets */

struct metadata_target {
	const char *path;
	const char *sha256;
	int64_t len; /* bytes */
};

struct metadata_targets {
	struct metadata_target *targets; /* sorted by path, by bytes */
	size_t count;
	int64_t published_utc_s; /* "x-vejviser-published", when staff published it; 0 when not said */
};

/* Lives in the arena. */
bool metadata_read_targets(const struct metadata *metadata, struct arena *arena, struct metadata_targets *out,
			   struct err *err);
const struct metadata_target *metadata_find_target(const struct metadata_targets *targets,
						   const char *path); /* NULL: none */

/* Delegations of a targets file */

struct metadata_delegation {
	const char *name; /* of a role, none of the four */
	struct metadata_signers signers;
	const char **patterns; /* of paths it may speak for; `by_hash`: beginnings of the SHA-256 of such paths */
	size_t pattern_count;
	bool by_hash;
	bool terminating; /* what it covers is its own: nothing behind it is asked */
};

struct metadata_delegations {
	struct metadata_key *keys;
	size_t key_count;
	struct metadata_delegation *roles; /* in the order to ask them; each name once */
	size_t count;
};

/* None when the file says nothing of them. Lives in the arena. */
bool metadata_read_delegations(const struct metadata *metadata, struct arena *arena, struct metadata_delegations *out,
			       struct err *err);
/* Patterns are fnmatch(3)'s, by bytes and without a backslash's meaning; none matches a slash but by a slash. */
bool metadata_delegation_covers(const struct metadata_delegation *delegation, const char *path,
				const char *path_sha256);

#endif
