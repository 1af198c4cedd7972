/* file -- files beneath a folder, read with a limit and written so that a power cut leaves the old or the new.
 *
 * Every path is relative to an open folder (`dir`, from file_open_dir(), or AT_FDCWD for the command line's paths).
 * Blocking; the kiosk calls only file_read() and file_map(), on local disk. Errors: ERR_IO, ERR_FULL, ERR_MISSING,
 * ERR_LIMIT, ERR_MEMORY; the sentence names the path.
 *
 * Durable write, the same everywhere: write `.<name>.new` beside the goal, fsync it, rename it, fsync the folder.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The folder at `path`, beneath `dir`; links are followed. With `create` it is made (mode 0755, its parents too, each
 * parent fsynced) when missing. Caller closes *fd. */
bool file_open_dir(int dir, const char *path, bool create, int *fd, struct err *err);

/* The whole of a regular file, at most `limit` bytes (ERR_LIMIT); *out is replaced, empty on failure. Does not follow a
 * link in the last part, never waits on a FIFO or device. */
bool file_read(int dir, const char *path, size_t limit, struct buf *out, struct err *err);

/* The same, mapped read-only and shared, so only for files that nobody shortens. *bytes is NULL for an empty file.
 * file_unmap takes NULL. */
bool file_map(int dir, const char *path, size_t limit, const void **bytes, size_t *len, struct err *err);
void file_unmap(const void *bytes, size_t len);

/* Old or new, never a mix; on disk when it returns. The mode is exactly `mode`, whatever the umask. On failure the old
 * is there, or, when only the last fsync failed, the new. One writer of a path at a time. */
bool file_write(int dir, const char *path, const void *bytes, size_t len, mode_t mode, struct err *err);

/* For what can be made again: its folder is made when it is missing, and nothing waits for the disk, so a power cut may
 * leave it empty. A file that is there becomes the new one at once; one that is not grows where it stands. */
bool file_write_later(int dir, const char *path, const void *bytes, size_t len, mode_t mode, struct err *err);

/* fsyncs an open file or folder. */
bool file_sync(int fd, const char *path, struct err *err);

/* Renames within or between folders and fsyncs both; the goal is replaced. */
bool file_rename(int from_dir, const char *from, int to_dir, const char *to, struct err *err);

/* Removes a file, or a folder with all in it; missing is success. Never follows links. Folders in folders go to 64
 * levels (ERR_LIMIT). Not fsynced. */
bool file_remove(int dir, const char *path, struct err *err);

/* Calls `each` for every entry but "." and "..", in byte order of names; stops and fails when `each` does. */
bool file_list(int dir, const char *path, bool (*each)(void *context, const char *name, bool is_dir, struct err *err),
	       void *context, struct err *err);

#endif
