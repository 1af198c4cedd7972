/* root -- who may sign what: root.json, and the draft of the next one, which travels between those who sign it.
 *
 * A draft is a root.json with too few signatures. It is complete, and becomes root.json, when as many of the old root's
 * holders have signed it as the old root asks for, and as many of its own as it asks for itself (TUF 1.0.34 §5.3.4).
 * Every holder signs on a machine of their own, in any order, in one file or in copies of it; root_merge() brings copies
 * together. Pure but for memory: bytes in, bytes out.
 *
 * Keys have names, in "x-vejviser-names", for people and for finding the file of a key; other programs ignore them.
 * A root without names, as earlier versions of this program made it, gives every key the name of its role.
 *
 * Errors: ERR_USAGE (a change that would leave a role without enough keys, a name that is taken or unknown), ERR_FORMAT,
 * ERR_LIMIT, ERR_SIGNATURE, ERR_MEMORY.
 */
#ifndef BUNDLE_ROOT_H
#define BUNDLE_ROOT_H

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "trust/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROOT_SIGNERS_MAX 24
#define ROOT_NAME_MAX    41 /* bytes with the final zero: 1-40 of a-z, 0-9 and - */

/* A public key and the name that people call it by; the text of a .pub file: "ed25519 <64 hex digits> <name>". */
struct root_key {
	char name[ROOT_NAME_MAX];
	char public[ED25519_PUBLIC_HEX_MAX];
	char id[SHA256_HEX_MAX];
};

bool root_key_parse(const struct buf *text, struct root_key *out, struct err *err);
bool root_key_write(const struct root_key *key, struct buf *out, struct err *err);
/* `public` and `id` of a private key. */
bool root_key_of(const struct key *key, const char *name, struct root_key *out, struct err *err);

struct root_signer {
	struct root_key key;
	bool may[METADATA_ROLE_COUNT]; /* sign for that role */
};

/* What a root says. Zero is a valid start: version 0, nobody may do anything. */
struct root {
	int64_t version;
	int64_t expires_utc_s;
	int64_t thresholds[METADATA_ROLE_COUNT];
	struct root_signer signers[ROOT_SIGNERS_MAX];
	size_t count;
};

/* Reads a root or a draft; signatures are not looked at. */
bool root_read(const struct buf *bytes, struct root *out, struct err *err);

const struct root_signer *root_find(const struct root *root, const char *name); /* NULL: nobody */
size_t root_signer_count(const struct root *root, enum metadata_role role);

/* Changes. `roles` are the roles the key gets besides those it has. */
bool root_add(struct root *root, const struct root_key *key, const bool roles[METADATA_ROLE_COUNT], struct err *err);
bool root_remove(struct root *root, const char *name, struct err *err);
/* `new` gets all that `name` had. */
bool root_replace(struct root *root, const char *name, const struct root_key *new, struct err *err);

/* A draft without any signature. ERR_USAGE when a role has fewer keys than must sign. */
bool root_draft(const struct root *root, struct buf *out, struct err *err);

/* The draft with one more signature. who->name is "" when the draft does not name the key: then it counts only when the
 * root before does. */
bool root_sign(const struct buf *draft, const struct key *key, struct buf *out, struct root_key *who, struct err *err);
/* The draft with the signatures of a copy of it. */
bool root_merge(const struct buf *draft, const struct buf *copy, struct buf *out, struct err *err);

/* Appends lines for people: version, expiry, who may sign what. */
bool root_describe(const struct root *root, struct buf *out, struct err *err);
/* Appends lines for people: who has signed, whose signature is missing. `old` is NULL for the first root. *complete:
 * nothing is missing. */
bool root_status(const struct buf *draft, const struct buf *old, struct buf *out, bool *complete, struct err *err);

#endif
