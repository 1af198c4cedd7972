/* parts -- a page cut into its paragraphs: what can be compared with the same page in another language, or as it was; and
 * the same for the texts of a guide, a path and the like.
 *
 * The order of a page's parts is that of the page: title, summary, facts, blocks (steps and lists one by one), terms. In
 * page.parts each has PART_DIGEST hex digits, of its words in the source language. The texts of an item are those that are
 * translated, in the order of shape_each(); its translation has the same ones, and their digits are in head.texts.
 */
#ifndef CONTENT_PARTS_H
#define CONTENT_PARTS_H

#include "base/arena.h"
#include "content/document.h"
#include "content/records.h"

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

/* A text of an item that was made from another text than the source has now. */
struct newer {
	const char *const *text; /* the member of the item */
	const char *source;      /* the source's text now */
};

struct newers {
	struct newer *all;
	size_t count; /* 0, too, where it is not known */
};

/* In the arena; points into both items. False: no memory. */
bool parts_newer(enum item_kind kind, const union item_any *own, const union item_any *source, struct arena *arena,
		 struct newers *out);

#endif
