/* loop -- the kiosk's one thread: it sleeps until a touch, a deadline or the minute, then shows what has changed.
 *
 * A new generation in the store is noticed at the next frame. One that cannot be opened is told once in the log, and
 * what is shown stays; at start the generation before it is shown instead. When that is damaged, too, or no terminal can
 * be made, the rescue screen stands and everything is tried again each minute. systemd is told how it is (notify.h).
 */
#ifndef KIOSK_LOOP_H
#define KIOSK_LOOP_H

#include "base/err.h"
#include "base/settings.h"
#include "kiosk/presenter.h"
#include "kiosk/preview.h"

#include <stdbool.h>

struct loop_setup {
	struct presenter *presenter;
	const char *share; /* folder with fonts/, icons/ and pictures/ */
	const struct settings *settings;
	const struct preview_setup *preview; /* NULL: a kiosk for visitors */
	const char *remarks;                 /* the file that preview_remark() shows; NULL: none */
	const char *faults;                  /* what preview_faults() shows instead; NULL: none */
	const char *wishes;                  /* the folder of condition.h; NULL: none */
};

/* Until the presenter tells to quit; false when the presenter fails for good. */
bool loop_run(const struct loop_setup *setup, struct err *err);

#endif
