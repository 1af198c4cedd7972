/* last_good -- a copy of the content folder in which each file is as it was when nothing was wrong with it.
 *
 * The copies lie in a folder of the caller's (`dir`), as trial/ and good/:
 *
 *	last_good_try        trial/ is the content as it is now
 *	last_good_restore    a file with a fault in it becomes what it is in good/, or goes when it is not there
 *	last_good_keep       trial/ turned out to be without faults: it becomes good/
 *
 * Files and folders whose name begins with "." are left out, larger files than any of content are cut. Not synced: it
 * is nothing to keep. Errors: ERR_MISSING, ERR_IO, ERR_FULL, ERR_LIMIT, ERR_MEMORY.
 */
#ifndef BUNDLE_LAST_GOOD_H
#define BUNDLE_LAST_GOOD_H

#include "base/err.h"

#include <stdbool.h>

#define LAST_GOOD_TRIAL "trial"

bool last_good_try(int dir, const char *content, struct err *err);
/* `path` is relative to the content folder. */
bool last_good_restore(int dir, const char *path, struct err *err);
bool last_good_keep(int dir, struct err *err);

#endif
