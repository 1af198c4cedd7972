/* history -- what a repository published before: to compare with, to go back to, and to take away.
 *
 * Kept are every root (a kiosk that was away for years follows them one by one) and the newest HISTORY_KEPT versions of
 * the list of files and of the snapshot, with the files they name. So a kiosk that is fetching an older version is not
 * left without it, and staff can go back.
 *
 * Errors: ERR_MISSING (no such version, nothing published), ERR_HASH (a file is not what was signed), ERR_SIGNATURE,
 * ERR_FORMAT, ERR_LIMIT, ERR_IO, ERR_MEMORY.
 */
#ifndef BUNDLE_HISTORY_H
#define BUNDLE_HISTORY_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/build.h"
#include "bundle/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HISTORY_KEPT 10

/* The version that is published, of METADATA_SNAPSHOT or METADATA_TARGETS, as the files say; 0 when there is none. */
bool history_current(const char *path, enum metadata_role role, int64_t *version, struct err *err);

/* The files of a version; `keys` NULL: nobody asks who signed it, only whether the files are whole. Caller gives *out
 * back with bundle_files_finish(). */
bool history_load(const char *path, const struct keys *keys, int64_t version, struct bundle_files *out,
		  struct err *err);

/* The newest version before the present one whose content differs from it. */
bool history_previous(const char *path, int64_t *version, struct err *err);

/* Appends lines for people: every version that is kept. */
bool history_list(const char *path, struct buf *out, struct err *err);

/* Takes away what is too old. Before each file goes, `gone` (may be NULL) is told its path within the repository; false
 * stops. */
struct history_gone {
	bool (*tell)(void *context, const char *path, struct err *err);
	void *context;
};
bool history_prune(const char *path, const struct history_gone *gone, size_t *count, struct err *err);

#endif
