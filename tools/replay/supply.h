/* supply -- where a replay's content comes from: folders of bundles, a store, or nowhere.
 *
 * supply_open() once; then any number of views, each owned by its caller and closed before the supply. A bundle is
 * indexed into a folder for temporary files, which supply_close() removes. After a fork the child may open views, and
 * leaves closing to the parent (_exit).
 */
#ifndef REPLAY_SUPPLY_H
#define REPLAY_SUPPLY_H

#include "base/err.h"
#include "content/content.h"

#include <stdbool.h>
#include <stdint.h>

#define SUPPLY_BUNDLES_MAX 32

struct supply;

struct supply_setup {
	const char *bundle;  /* folder as `vejviser-bundle build --out` writes it, or NULL */
	const char *store;   /* or NULL; with neither, views are NULL */
	int64_t published_s; /* when the first bundle was published; each further one a minute later */
};

bool supply_open(const struct supply_setup *setup, struct supply **out, struct err *err);
void supply_close(struct supply *supply); /* takes NULL */

bool supply_content(struct supply *supply, struct content **out, struct err *err);
/* Another bundle, from its folder. */
bool supply_bundle(struct supply *supply, const char *path, struct content **out, struct err *err);
/* The first bundle, in which `file` says `new` instead of `old`, or, with `old` NULL, is missing; ERR_USAGE without a
 * first bundle. */
bool supply_amended(struct supply *supply, const char *file, const char *old, const char *new, struct content **out,
		    struct err *err);

#endif
