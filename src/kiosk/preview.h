/* preview -- what staff and technicians are told on the screen: while they write, and of what they wrote for this kiosk.
 *
 * `vejviser-bundle preview` writes the store, and beside it PREVIEW_FILE with what staff are to be told:
 *
 *	{"remarks": [{"place": "topics/clubs/library/da.md:4", "text": "there is no pictogram \"books\""}]}
 *
 * place may be empty. The file is looked at each PREVIEW_LOOK_MS; while it is missing there are no remarks, and one that
 * is not as it should be is told in the log once. Nobody is asked whether they are still there.
 *
 * A kiosk for visitors shows REMARKS_PATH, in the same form, from its start on: what is wrong with the files of the
 * provisioning partition. Where there is no such partition there is no such file; then it may be told its own faults.
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
#define REMARKS_PATH      "/run/provision/remarks.json"

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

/* Puts on the terminal what the file at `path` says; it may be missing. What is wrong with it stands in the log. */
void preview_remark(const char *path, struct terminal *terminal);
/* The same with faults such as "kiosk.conf:3: what is wrong", a line each; the first REMARKS_MAX. */
void preview_faults(const char *faults, struct terminal *terminal);

#endif
