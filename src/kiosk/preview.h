/* preview -- the kiosk as staff see it while they write: new content at once, and what is wrong with it.
 *
 * `vejviser-bundle preview` writes the store, and beside it PREVIEW_FILE with what staff are to be told:
 *
 *	{"remarks": [{"place": "topics/clubs/library/da.md:4", "text": "there is no pictogram \"books\""}]}
 *
 * place may be empty. The file is looked at each PREVIEW_LOOK_MS; while it is missing there are no remarks, and one that
 * is not as it should be is told in the log once. Nobody is asked whether they are still there.
 */
#ifndef KIOSK_PREVIEW_H
#define KIOSK_PREVIEW_H

#include "base/buf.h"
#include "screens/terminal.h"
#include "store/store.h"
#include "visit/visit.h"

#include <stdbool.h>

#define PREVIEW_FILE      "preview.json"
#define PREVIEW_BYTES_MAX 16384
#define PREVIEW_LOOK_MS   150

struct preview_setup {
	const char *lang; /* NULL: of the source */
	const char *page; /* "topic/page"; NULL: the start page, or, without a language either, the first screen */
};

/* Zero is a valid start. */
struct preview {
	struct buf bytes; /* of the file as it was looked at last */
	bool placed;
};

extern const struct visit_limits preview_idle;

/* Goes to where staff asked to begin, once. */
void preview_place(struct preview *preview, const struct preview_setup *setup, struct terminal *terminal);
/* Puts on the terminal what the file says, when that has changed. `store` may be NULL. */
void preview_look(struct preview *preview, const struct store *store, struct terminal *terminal);
void preview_finish(struct preview *preview);

#endif
