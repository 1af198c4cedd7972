/* preview_store -- what a preview shows: bundle files become generations of a store of its own, and faults its remarks.
 *
 * The kiosk takes both as kiosk/preview.h says. Nothing is signed: the store is this user's, and goes with the preview.
 * Errors: those of store/store.h and content/content.h.
 */
#ifndef BUNDLE_PREVIEW_STORE_H
#define BUNDLE_PREVIEW_STORE_H

#include "base/err.h"
#include "bundle/build.h"
#include "bundle/fault.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of a generation's files, by their hashes. Zero is a valid start: none. */
struct preview_list {
	char (*hashes)[65];
	size_t count;
};

struct preview_store {
	struct store *store;
	struct preview_list shown, before;
};

bool preview_store_open(const char *path, struct preview_store *out, struct err *err);
void preview_store_close(struct preview_store *store);
/* The files become what is shown; *changed is false when they are already. */
bool preview_store_show(struct preview_store *store, const struct bundle_files *files, int64_t now_utc_s, bool *changed,
			struct err *err);
/* The errors among the sorted faults, as many as there is room for, and then `trouble` (NULL: none). */
bool preview_store_remark(struct preview_store *store, const struct faults *faults, const char *trouble,
			  struct err *err);

#endif
