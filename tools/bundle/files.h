/* files -- a bundle that `vejviser-bundle build` wrote, read back from its folder. */
#ifndef BUNDLE_FILES_H
#define BUNDLE_FILES_H

#include "base/err.h"
#include "bundle/build.h"

#include <stdbool.h>

/* The caller gives *out back with bundle_files_finish(); it is empty on failure. Errors: ERR_FORMAT (no bundle),
 * ERR_MISSING, ERR_LIMIT, ERR_IO, ERR_MEMORY. */
bool files_read(const char *path, struct bundle_files *out, struct err *err);

#endif
