/* reading -- a page or item as it was parsed last, so that a frame does not parse it again.
 *
 * Zero is a valid start. What was read says what a visitor wanted to know: reading_forget() when the page is left.
 */
#ifndef SCREENS_READING_H
#define SCREENS_READING_H

#include "base/arena.h"
#include "content/content.h"

struct reading {
	const struct content *content; /* NULL: none */
	int language;
	int kind; /* enum item_kind, or ITEM_KIND_COUNT: a page */
	char topic[ID_MAX], page[ID_MAX];
	struct arena arena;
	struct page parsed;
	union item_any item;
	bool there;
	bool starved; /* memory was lacking; cleared by the caller */
};

/* The page, until the next call. NULL: it is not there. One that is there but cannot be read is told in the log, and not
 * there for the visitor; but one that memory was lacking for is read again with the next frame. */
const struct page *reading_page(struct reading *reading, const struct content *content, int language, const char *topic,
				const char *page);
/* The same for a guide, a set of phrases, a path or a story. */
const union item_any *reading_item(struct reading *reading, const struct content *content, int language,
				   enum item_kind kind, const char *id);
void reading_forget(struct reading *reading);

#endif
