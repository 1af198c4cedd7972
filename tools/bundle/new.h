/* new -- makes new things in a folder of content, with an example in them that the check accepts. */
#ifndef BUNDLE_NEW_H
#define BUNDLE_NEW_H

#include "base/err.h"
#include "bundle/plan.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What was asked for; texts of main's arguments, or kept by the caller. */
struct new_wish {
	const char *kind, *name, *title, *icon; /* title and icon may be NULL for a language */
	const char *content, *share;
	int64_t today; /* as of clock_days() */
};

/* `vejviser-bundle new`; the exit status: 0 made, 1 refused, 2 wrong use. */
int command_new(int argc, char **argv);

/* What would be written; nothing is there twice, and lists are changed where they must name it. Errors: ERR_USAGE (a
 * name that is not allowed, a topic or pictogram that is not there), ERR_FORMAT (a list that cannot be changed), those
 * of base/file.h. */
bool new_plan(const struct new_wish *wish, int dir, struct plan *plan, struct err *err);

/* The same of a language (bundle/new_language.c), which also tells on `out` what fonts it needs and what it still lacks.
 *
 * No page is begun in it: a file that is there is shown as a translation, so a stub would put Danish words, or none,
 * under the name of another language. What is missing is counted and told instead. Until the kiosk's own words are
 * translated the language stands in site.yaml behind a "#", for it cannot be shown before. Words that come with the
 * programs (<share>/ui/<lang>.po) are taken, and then it is listed at once. */
bool new_language_plan(const struct new_wish *wish, int dir, struct plan *plan, FILE *out, struct err *err);

#endif
