/* visible -- the words of a page that a visitor sees, in order.
 *
 * Both what tells that a page has changed (its revision) and what its numbers, words and sentences are looked for in.
 */
#ifndef BUNDLE_VISIBLE_H
#define BUNDLE_VISIBLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>

#define VISIBLE_HEAD SIZE_MAX /* the block of what stands above the blocks */

enum visible_kind {
	VISIBLE_TITLE = 't',
	VISIBLE_SUMMARY = 's',
	VISIBLE_FACT = 'f',
	VISIBLE_TERM = 'w',
	VISIBLE_MEANING = 'm',
	VISIBLE_HEADING = 'h', /* of a block, a step or a box */
	VISIBLE_RUNNING = 'r'  /* sentences */
};

/* `each` is told every text that is not empty, and the index of its block. */
void visible_each(const struct page *page,
		  void (*each)(void *context, enum visible_kind kind, size_t block, const char *text, size_t len),
		  void *context);

/* Each text on a line of its own, after its kind and a tab. */
bool visible_text(const struct page *page, struct buf *out, struct err *err);

/* The first 8 hex digits of the SHA-256 of visible_text(): dates, pictograms, marks and links are no part of it. Nor is
 * which phone number it is: every translation must have the same, so a new number makes none of them older. */
bool visible_revision(const struct page *page, char revision[REVISION_MAX], struct err *err);

/* The first digits of the same of each part, one after the other, in the arena; NULL: there are too many. */
bool visible_parts(const struct page *page, struct arena *arena, const char **out, struct err *err);

/* The same of any text. */
bool visible_digest(const struct buf *text, char revision[REVISION_MAX], struct err *err);

/* Minutes to read it, at least 1. */
int visible_minutes(const struct page *page);

#endif
