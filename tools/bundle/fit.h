/* fit -- whether every text has room on the kiosk's screens, in every language, text size and form of screen.
 *
 * The content is built into a temporary folder, and vejviser-replay, which stands beside this program, draws every screen
 * of it and says what is cut, too wide or lies over something else (replay/audit.h). It is a program of its own, so
 * that the staff's tool needs no screens: what it writes are lines. Takes some ten seconds; tells how far it is on
 * standard error.
 */
#ifndef BUNDLE_FIT_H
#define BUNDLE_FIT_H

#include "base/err.h"
#include "bundle/fault.h"
#include "bundle/source.h"

#include <stdbool.h>

/* `source` was read from source->folder with `share`, without an error. Each finding is told as an error of the file
 * that the words stand in. ERR_MISSING: there is no vejviser-replay; ERR_IO, ERR_MEMORY. */
bool fit_check(const struct source *source, const char *share, struct faults *faults, struct err *err);

#endif
