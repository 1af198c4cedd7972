/* specimen -- how each language is set: its specimen text at 100 % and 200 %, a picture each.
 *
 * No screen of a visitor's: people look at it beside the same text in a browser (make specimen-chromium). Writes
 * <out>/specimen-<lang>.png, and <out>/specimen.html with the same texts in the same places, for that browser.
 */
#ifndef REPLAY_SPECIMEN_H
#define REPLAY_SPECIMEN_H

#include "base/arena.h"
#include "base/err.h"
#include "replay/gallery.h"

#include <stdbool.h>
#include <stddef.h>

struct specimen_setup {
	const char *share; /* folder with fonts/ */
	const char *out;   /* folder; made when missing */
};

/* *pictures, in the arena: one for each text. ERR_FORMAT when a character has no glyph: the pictures are written and
 * each such language is logged. */
bool specimen_write(const struct specimen_setup *setup, struct arena *arena, struct gallery_picture **pictures,
		    size_t *count, struct err *err);

#endif
