/* parts -- a page cut into its paragraphs: what can be compared with the same page in another language, or as it was.
 *
 * Their order is that of the page: title, summary, facts, blocks (steps and lists one by one), terms. In page.parts each
 * has PART_DIGEST hex digits, of its words in the source language.
 */
#ifndef CONTENT_PARTS_H
#define CONTENT_PARTS_H

#include "base/arena.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>

#define PART_DIGEST 4

enum part_kind {
	PART_TITLE,
	PART_SUMMARY,
	PART_FACT,
	PART_PARAGRAPH,
	PART_HEADING,
	PART_STEP,
	PART_ENTRY, /* of a list */
	PART_CALLOUT,
	PART_TERM
};

struct part {
	enum part_kind kind;
	enum callout_kind callout; /* PART_CALLOUT */
	int number;                /* PART_STEP: from 1 */
	const char *title;         /* bold; NULL: none */
	struct rich text;          /* may be empty */
};

struct parts {
	struct part *all;
	size_t count;
};

/* In the arena; points into the page. False: no memory. */
bool parts_cut(const struct page *page, struct arena *arena, struct parts *out);

#endif
