/* reserve -- a small file that can be replaced even when the disk is full.
 *
 * What must be told most of all is told when there is no room left. So a second file, `<path>.spare`, always holds the
 * room for the next version: it is overwritten in place, synced, and exchanged with `path` (renameat2), which needs no
 * new block and no new entry. Readers and a power cut see the old or the new, never a mix. Both files have the same
 * size, whatever is in them: text, then blanks and a line end, which JSON allows.
 *
 * Where a file system cannot exchange (it says EINVAL), the spare is renamed, and needs room again each time, as it does
 * the first time; where it writes a file's bytes to a new place (btrfs), its own reserve must do. One writer at a time.
 * Errors: those of base/file.h; ERR_LIMIT when the text is longer than the room.
 */
#ifndef BASE_RESERVE_H
#define BASE_RESERVE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Takes the room while there is some. Call it before the work of which reserve_write() is to tell. */
bool reserve_make(int dir, const char *path, size_t room, struct err *err);
bool reserve_write(int dir, const char *path, const char *text, size_t len, size_t room, struct err *err);

#endif
