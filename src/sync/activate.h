/* activate -- from accepted targets, whose objects are in the store, to the generation that is shown; and again, when
 * the disk has damaged it or another version of this program cannot read its index.
 *
 * A generation holds index.db and targets.json. It is opened and read through as the kiosk would before it becomes
 * current; when anything fails, what was shown stays (S6 in store/store.h). Errors: those of store/store.h and
 * content/content.h.
 */
#ifndef SYNC_ACTIVATE_H
#define SYNC_ACTIVATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"
#include "trust/metadata.h"

#include <stdbool.h>
#include <stdint.h>

/* `bytes` are those of targets.json, which say the same as `targets`. ERR_FULL, before anything is written, when there
 * is no room for the index. */
bool activate_targets(struct store *store, const struct metadata_targets *targets, const struct buf *bytes,
		      struct err *err);

/* What the generation was made of; *bytes is replaced, *out lives in the arena. */
bool activate_read(const struct store *store, int64_t generation, struct arena *arena, struct buf *bytes,
		   struct metadata_targets *out, struct err *err);

/* Opens it as the kiosk does: quick. */
bool activate_opens(struct store *store, int64_t generation, struct err *err);
/* Opens it, and reads every page and picture. */
bool activate_try(struct store *store, int64_t generation, struct err *err);

/* True when the generation that `current` names can be read through. When not, makes the newest one anew, or,
 * while none opens, the next, if it still has all its objects: no source is needed for that, so a new program shows the
 * content of the old one without a network. What it replaces is removed. */
bool activate_mend(struct store *store);

/* True when some generation opens: the kiosk takes the newest that does. */
bool activate_any(struct store *store);

#endif
