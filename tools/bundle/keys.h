/* keys -- the keys that publications are signed with, as files in a folder.
 *
 *	root.json             the first keys to trust, for every kiosk; signed by the root key
 *	root.pem targets.pem  one private key for each role: PKCS#8, mode 0600, perhaps with a passphrase
 *	snapshot.pem timestamp.pem
 *
 * Publishing needs all but root.pem, which belongs in a drawer. The passphrase is that of $VEJVISER_PASSPHRASE, else
 * what is typed at the terminal. Errors: ERR_USAGE (a file is there already, a wrong passphrase), ERR_MISSING,
 * ERR_FORMAT, ERR_SIGNATURE, ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef BUNDLE_KEYS_H
#define BUNDLE_KEYS_H

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "trust/metadata.h"

#include <stdbool.h>
#include <stdint.h>

/* What publishing needs. Zero is a valid start. */
struct keys {
	struct buf root;                          /* root.json as it stands */
	struct key *private[METADATA_ROLE_COUNT]; /* that of root stays NULL */
};

/* Asks for a passphrase only when a key has one and $VEJVISER_PASSPHRASE is not set. */
bool keys_open(const char *path, struct keys *out, struct err *err);
void keys_finish(struct keys *keys);

/* Makes the four keys and root.json version 1 in the folder, which is made when missing; nothing there is overwritten.
 * `passphrase` may be NULL. */
bool keys_make(const char *path, const char *passphrase, int64_t now_utc_s, struct err *err);

/* Appends lines for people: who may sign what, until when, and which private keys are there. */
bool keys_describe(const char *path, struct buf *out, struct err *err);

/* `vejviser-bundle keys`; the exit status. */
int command_keys(int argc, char **argv);

#endif
