/* coverage -- how much of the content there is in a language, counted from the generation's own lists.
 *
 * A text is up to date when it was made from the source's text as it is now. The source language covers all.
 */
#ifndef SCREENS_COVERAGE_H
#define SCREENS_COVERAGE_H

#include "content/content.h"

#include <stddef.h>

struct coverage {
	size_t pages, pages_all;
	size_t items, items_all; /* guides, sets of phrases, paths and stories */
	size_t old;              /* of both: made from an older text */
	int percent;             /* of both: there and up to date; rounded down, so 100 is all */
};

struct coverage coverage_of(const struct content *content, int language);

#endif
