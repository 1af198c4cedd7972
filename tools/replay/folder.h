/* folder -- a bundle as vejviser-bundle writes it into a folder, read without a store.
 *
 * Files are named by their path below the folder, objects by the SHA-256 of their bytes. The folder must not change
 * while it is open. Errors as in base/file.h; ERR_LIMIT for more than FOLDER_FILES_MAX files.
 */
#ifndef REPLAY_FOLDER_H
#define REPLAY_FOLDER_H

#include "base/err.h"
#include "content/content.h"

#include <stdbool.h>
#include <stdint.h>

#define FOLDER_FILES_MAX  4096
#define FOLDER_BYTES_MAX  (64u << 20) /* of one file */
#define FOLDER_LEVELS_MAX 8

struct folder;

bool folder_open(const char *path, struct folder **out, struct err *err);
void folder_close(struct folder *folder); /* takes NULL */

/* From now on the file says `new` wherever it said `old`; ERR_MISSING when it nowhere does, or is not there. Nothing on
 * disk changes. */
bool folder_amend(struct folder *folder, const char *file, const char *old, const char *new, struct err *err);

/* From now on the file is not there. */
bool folder_remove(struct folder *folder, const char *file, struct err *err);

/* Writes the index of the bundle to `path`, which must not exist. */
bool folder_index(struct folder *folder, int64_t published_utc_s, const char *path, struct err *err);

/* Borrow the folder. */
struct content_objects folder_objects(struct folder *folder);

#endif
