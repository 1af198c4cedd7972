/* pairs -- the paragraphs of a page and of its Danish text that stand beside each other.
 *
 * A translation made from the Danish as it is has the same paragraphs in the same order. Where the Danish has changed since,
 * and both pages say what each of their paragraphs was made from (page.parts), what has not changed is paired, and between
 * that what is of the same kind. Where they do not say it, what both have at the start and at the end is paired by its
 * kind, and what is between stands alone, on its own side.
 */
#ifndef SCREENS_PAIRS_H
#define SCREENS_PAIRS_H

#include "base/arena.h"
#include "content/parts.h"

#include <stdbool.h>
#include <stddef.h>

struct pair {
	const struct part *own, *danish; /* at least one; NULL: nothing on this side */
	bool changed;                    /* both are known, and the Danish one is not what the own one was made from */
};

struct pairs {
	struct pair *all;
	size_t count;
	bool known; /* what has changed is; else `changed` is always false */
};

/* In the arena; points into both pages. False: no memory. */
bool pairs_make(const struct page *own, const struct page *danish, struct arena *arena, struct pairs *out);

#endif
