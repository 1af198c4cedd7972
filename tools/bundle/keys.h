/* keys -- the folder of keys that a publishing machine has.
 *
 *	root.json           who may sign what, for kiosks and for publishing; bundle/root.h
 *	N.root.json         every root there was: a kiosk that was away for years follows them one by one
 *	root.draft.json     the next root, while it collects signatures
 *	<name>.pem          private keys, PKCS#8, mode 0600, perhaps with a passphrase
 *
 * Publishing needs the private keys of targets, snapshot and timestamp, under the names that root.json gives them;
 * refreshing only the last two, which are one, "online". Those of root belong to its holders, not in this folder.
 * Passphrases are had as bundle/passphrase.h says. A folder from earlier versions of this program has <role>.pem and a
 * root without names; it works as it is.
 *
 * Errors: ERR_USAGE (a file is there already, a wrong passphrase, a key that root.json does not name), ERR_MISSING,
 * ERR_FORMAT, ERR_SIGNATURE, ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef BUNDLE_KEYS_H
#define BUNDLE_KEYS_H

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "bundle/passphrase.h"
#include "bundle/root.h"
#include "trust/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEYS_OLDER_MAX 64   /* roots before the one in force that are kept */
#define KEYS_ROOT_DAYS 3652 /* ten years */

/* What publishing needs. Zero is a valid start. */
struct keys {
	struct buf root;                  /* root.json as it stands */
	struct buf older[KEYS_OLDER_MAX]; /* the roots before it, newest first */
	size_t older_count;
	struct key *private[METADATA_ROLE_COUNT]; /* that of root stays NULL */
};

/* ERR_USAGE when `newer`, found as the next root where content is published, rightly follows root.json: whoever signs
 * under an old root makes what no kiosk takes. */
bool keys_check_newest(const struct keys *keys, const struct buf *newer, struct err *err);

/* `online`: only the keys of snapshot and timestamp. Asks for a passphrase only when a key has one and the environment
 * gives none. */
bool keys_open(const char *path, bool online, struct keys *out, struct err *err);
void keys_finish(struct keys *keys);

/* A pair of files: <path>.pem, with a passphrase (NULL or "": without), and <path>.pub for everybody. The last part of
 * `path` is the key's name. Nothing is overwritten. */
bool keys_new(const char *path, const char *passphrase, struct err *err);

/* One private key from its file. `last` holds the passphrase that opened the one before, "" at first: often it is the
 * same, and then nobody is asked again. The caller wipes it. */
bool keys_read_private(int dir, const char *path, char last[PASSPHRASE_MAX], struct key **out, struct err *err);

/* For a trial, all on one machine: root.pem, targets.pem, online.pem and a root.json that each of them alone signs for.
 * The folder is made when missing; nothing there is overwritten. */
bool keys_make_trial(const char *path, const char *passphrase, int64_t now_utc_s, struct err *err);

/* The draft of the next root: what stands in root.draft.json, else a new version of root.json, else (`first`) version 1
 * without any key. Signatures on an earlier draft fall away when it is written again. */
bool keys_read_draft(const char *path, struct root *out, bool *first, struct err *err);
bool keys_write_draft(const char *path, const struct root *root, struct err *err);

/* Brings the signatures of `copies` into the draft; when none is missing it becomes root.json (*adopted). Appends
 * lines for people. */
bool keys_collect(const char *path, char *const *copies, size_t count, struct buf *out, bool *adopted, struct err *err);

/* Appends who has signed the draft and whose signature is missing; changes nothing. */
bool keys_draft_status(const char *path, struct buf *out, bool *complete, struct err *err);

/* Appends lines for people: who may sign what, until when, and which private keys are there. */
bool keys_describe(const char *path, struct buf *out, struct err *err);

#endif
