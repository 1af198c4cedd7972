/* condition -- what the staff's page is told of this terminal: read from the disk, and the wish for content now.
 *
 * While terminal_visit() says that the page is open, condition_look() about each CONDITION_LOOK_MS; what it gives is
 * borrowed until the next one. It reads status.json and firmware/state.json (base/standing.h) and how full the disk is.
 * Whoever asks for content makes the file sync-now in the folder that systemd gives the kiosk for it (RUNTIME_DIRECTORY),
 * where vejviser-sync.path sees it; without that folder nobody can ask.
 */
#ifndef KIOSK_CONDITION_H
#define KIOSK_CONDITION_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "screens/staff.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

#define CONDITION_LOOK_MS 1000
#define CONDITION_FILE    "sync-now"
#define CONDITION_WAIT_MS 600000 /* for the pass that was asked for: longer, and something is wrong */

/* Zero is a valid start. */
struct condition {
	const char *folder; /* where to ask; NULL: nowhere. Borrowed */
	struct staff_state state;
	struct json *pass, *firmware; /* what the state borrows */
	struct buf seen;              /* status.json as it was looked at last, */
	struct buf asked;             /* and when content was asked for */
	int64_t asked_ms;             /* 0: not, or it has come */
	bool failed;                  /* it has not */
	char version[32];
	char unread[ERR_TEXT_MAX];
};

struct condition_store {
	const struct store *store; /* NULL: it cannot be opened */
	int64_t generation;        /* of the content that is shown, or -1 */
	const char *empty;         /* why it does not say what to show; empty: it does. Borrowed as long as the state */
};

const struct staff_state *condition_look(struct condition *condition, const struct condition_store *from,
					 struct clock now);
/* Asks for content; how that went stands in the state from the next look on. */
void condition_fetch(struct condition *condition, struct clock now);
void condition_finish(struct condition *condition);

#endif
