/* mirrors -- one pass from the first of several sources that can give it.
 *
 * A mirror that is away, behind, broken or hostile must not keep a kiosk from its content, so whatever goes wrong with
 * one, the next is tried from the beginning; what it gave, and was right, stays in the store. Only what is wrong here,
 * and not there, ends the search: no memory, a full disk (ERR_MEMORY, ERR_FULL).
 *
 * Errors: those of sync/pass.h and sync/fetch.h; of several failures it is the first that is not
 * ERR_USAGE; each has been logged.
 */
#ifndef SYNC_MIRRORS_H
#define SYNC_MIRRORS_H

#include "base/err.h"
#include "sync/fetch.h"
#include "sync/pass.h"

#include <stdbool.h>

#define MIRRORS_NAME_MAX 1024 /* bytes of one source with the final zero */

struct mirrors {
	const char *list; /* base/list.h */
	const char *root; /* path of the first root, to name it */
	struct fetch_options options;
	char used[MIRRORS_NAME_MAX]; /* out: the one that was tried last; "" when the list is empty */
};

/* The rest as of pass_run(). ERR_USAGE when the list is empty. */
bool mirrors_pass(struct mirrors *mirrors, struct store *store, const struct buf *root, int64_t now_utc_s,
		  struct pass_report *report, struct err *err);

#endif
