/* pairs -- a page and its Danish text, cut into the paragraphs that stand beside each other.
 *
 * A translation made from the Danish as it is has the same paragraphs in the same order. Where the Danish has changed since,
 * what both have at the start and at the end is paired by its kind, and what is between stands alone, on its own side.
 */
#ifndef SCREENS_PAIRS_H
#define SCREENS_PAIRS_H

#include "base/arena.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>

enum part_kind {
	PART_SUMMARY,
	PART_FACT,
	PART_PARAGRAPH,
	PART_HEADING,
	PART_STEP,
	PART_ENTRY, /* of a list */
	PART_CALLOUT
};

struct part {
	enum part_kind kind;
	enum callout_kind callout; /* PART_CALLOUT */
	int number;                /* PART_STEP: from 1 */
	const char *title;         /* bold; NULL: none */
	struct rich text;          /* may be empty */
};

struct pair {
	const struct part *own, *danish; /* at least one; NULL: nothing on this side */
};

/* In the arena; points into both pages. False: no memory. */
bool pairs_make(const struct page *own, const struct page *danish, struct arena *arena, struct pair **out,
		size_t *count);

#endif
