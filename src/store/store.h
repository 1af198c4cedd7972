/* store -- content on this machine's disk: objects, generations, and which one is shown.
 *
 *	objects/xx/<sha256>   one file of a bundle, named by the SHA-256 of its bytes
 *	generations/<n>/      index.db and targets.json (the metadata it was activated under); unchanged once published
 *	current               the number of the generation shown
 *	trust/                TUF metadata (trust/trust.h)
 *	part/<sha256>         what came of an object that is not whole yet, or is whole and not settled yet
 *	factory/              TUF metadata of the content that came with the program, while it is installed
 *	format                the number STORE_FORMAT; lock, status.json
 *
 * Invariants
 *	S1  an object's name is the SHA-256 of its bytes: a name appears in objects/ only when they are on the disk
 *	S2  an object never changes
 *	S3  `current` names only a generation that is complete, and whose objects are all synced
 *	S4  order of writing: objects, then the generation, then `current`
 *	S5  accepted metadata versions never fall
 *	S6  a cut at any moment leaves the old or the new, never a mix
 *
 * "On the disk" is what fsync() or syncfs() has returned for: the bytes of a file, and its name in its folder, each on
 * its own. What was not synced may be there after a cut, or not, or in part, in any order; tests/sync/power_test.c
 * tries it.
 *
 * Two generations are kept, the one shown and the one before. What the disk itself damages is noticed where it is read:
 * an object by its hash (store_object_read()), an index by content_open(). Then the kiosk shows the generation before,
 * and the next pass mends (sync/mend.h).
 *
 * Room: STORE_FREE_BYTES of the disk stay free, for whatever else must be written there. Objects and generations are
 * not begun without that (ERR_FULL, and nothing has changed).
 *
 * The kiosk opens for reading: no lock, no write. One writer at a time: the lock is held from store_open(STORE_WRITE)
 * to store_close(); a second one does not wait (ERR_BUSY). The store moves opaque bytes and does not know what they
 * say. Errors: ERR_IO, ERR_FULL, ERR_MISSING, ERR_CORRUPT, ERR_HASH, ERR_FORMAT (a name that is no hash), ERR_BUSY,
 * ERR_LIMIT, ERR_VERSION (a newer format), ERR_MEMORY.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_PATH_MAX   4096
#define STORE_FREE_BYTES (INT64_C(64) << 20) /* a floor, not a share: small disks are the ones that fill up */

/* How the folder is laid out. A store without the marker is from before there was one: the same but for part/, which
 * was emptied at every opening. It is upgraded when opened for writing. A newer one is left alone (ERR_VERSION). */
#define STORE_FORMAT 2

enum store_mode {
	STORE_READ,
	STORE_WRITE
};

struct store;

/* STORE_WRITE makes the folders when missing, takes the lock (ERR_BUSY when held) and clears what a cut left behind. */
bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *err);
void store_close(struct store *store); /* takes NULL */

/* The open folder that holds everything; borrowed. */
int store_dir(const struct store *store);

/* Reading */

/* The generation shown, or ERR_MISSING when there has never been one. One small read; called at every frame the kiosk
 * draws. */
bool store_current(const struct store *store, int64_t *generation, struct err *err);
/* The newest generation before `generation`, to fall back on; ERR_MISSING when there is none. */
bool store_previous(const struct store *store, int64_t generation, int64_t *previous, struct err *err);
/* Writes the path of a file in a generation, such as "index.db"; `path` has STORE_PATH_MAX bytes. */
bool store_generation_path(const struct store *store, int64_t generation, const char *name, char *path,
			   struct err *err);
/* `context` is the store; the bytes are checked against the hash (ERR_CORRUPT). Fits struct content_objects. */
bool store_object_read(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err);

/* Writing, in this order: objects; begin a generation; its files; publish; collect. */

/* ERR_FULL unless `bytes` more can be written, beside what open parts still will, and the floor stays free. */
bool store_room(const struct store *store, int64_t bytes, struct err *err);
/* Another floor than STORE_FREE_BYTES, from now on. */
void store_keep_free(struct store *store, int64_t bytes);

/* True when the object is there with this length. */
bool store_object_has(const struct store *store, const char *sha256, int64_t len);
/* True when its bytes are right, too: reads them all. One that is not can be written again, which replaces it. */
bool store_object_intact(const struct store *store, const char *sha256, int64_t len);

/* An object being written, in part/<sha256>. One of a name at a time; several names at once are fine. Ends with one of
 * finish, keep and abandon, which release it.
 *
 * What a cut leaves in part/ stays there: the beginning of an object, or, after a power cut, a file with any bytes at
 * all, since nothing has synced it. So it is believed only as far as the hash of the whole proves it. It goes when the
 * object is settled, when a resumed one turns out wrong, and with store_collect()
 * when `keep` does not name it.
 *
 * Whole objects can be read at once. They are settled, that is synced all together and moved to objects/, when a
 * generation is begun or the store is closed: one sync of the file system, where one for each file would be slower than
 * the network.
 *
 *	int64_t have;
 *	if (!store_part_open(store, sha256, len, &have, &part, err))
 *		return false;
 *	... have == len: finish; else fetch from byte `have` on, or store_part_restart() and fetch from the first ...
 *	ok = store_part_write(part, bytes, n, err);      as often as bytes come
 *	ok ? store_part_finish(part, err) : store_part_keep(part);
 */
struct store_part;
/* *have is how many bytes are kept from before, read and hashed again: 0 to `len`; it is `len` only when the hash is
 * right. A kept one that is too long, or whole and wrong, is begun anew. ERR_FULL when there is no room for the rest. */
bool store_part_open(struct store *store, const char *sha256, int64_t len, int64_t *have, struct store_part **out,
		     struct err *err);
/* Appends. ERR_LIMIT past `len`: then nothing of it is written. */
bool store_part_write(struct store_part *part, const void *bytes, size_t len, struct err *err);
/* Begins anew, from the first byte: the source has no rest to give. */
bool store_part_restart(struct store_part *part, struct err *err);
/* Checks length and hash; the object is there when it succeeds. After ERR_HASH what was written is gone: for one that
 * was resumed (*have > 0), opening it once more begins at 0 and may well succeed. */
bool store_part_finish(struct store_part *part, struct err *err);
void store_part_keep(struct store_part *part);    /* for the next pass; takes NULL */
void store_part_abandon(struct store_part *part); /* removes it; takes NULL */

/* Settles the objects. A fresh number and its folder, which store_generation_path() then names. Abandon it when it is
 * not published. */
bool store_generation_begin(struct store *store, int64_t *generation, struct err *err);
/* Syncs everything, then replaces `current`. */
bool store_generation_publish(struct store *store, int64_t generation, struct err *err);
/* Removes it, unless `current` names it already: a publication can fail at its very last step. */
void store_generation_abandon(struct store *store, int64_t generation);

/* Removes generations but the current and the one before it, and objects that `keep` does not name: it must answer true
 * for those of either. */
bool store_collect(struct store *store, bool (*keep)(void *context, const char *sha256), void *context,
		   struct err *err);

#endif
