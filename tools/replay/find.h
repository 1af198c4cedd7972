/* find -- the items of the last frame, by id or by what they are called.
 *
 * Names are compared as a person reads them: invisible direction marks are left out, and any space is a space. An id is
 * the whole id. An item that is scrolled out of sight is not on the screen.
 */
#ifndef REPLAY_FIND_H
#define REPLAY_FIND_H

#include "base/err.h"
#include "ui/ui.h"

#include <stdbool.h>
#include <stdio.h>

struct find_wish {
	bool by_id;
	const char *text; /* the id, or part of the name */
};

/* The first on the screen; NULL when there is none. Of those with the name, one that is called exactly so comes first.
 */
const struct ui_item *find_item(const struct ui *ui, const struct find_wish *wish);

/* The one a finger is meant for: pressable, uncovered, and the only one that fits (exact names before parts of names).
 * NULL with the reason in err. */
const struct ui_item *find_target(const struct ui *ui, const struct find_wish *wish, struct err *err);

/* The layer that takes touches. */
int find_top_layer(const struct ui *ui);

#endif
