/* markdown -- the body of a page: CommonMark read by cmark, and only the blocks a kiosk shows.
 *
 * Everything else (HTML, pictures, tables, code, web links, nested lists, marks inside marks, a "*" without its other
 * half ...) is told to the
 * reading's faults with its line. Whether links and terms lead anywhere is the caller's to check, from the list of
 * marks. All that is returned lives in the reading's arena.
 */
#ifndef BUNDLE_MARKDOWN_H
#define BUNDLE_MARKDOWN_H

#include "bundle/reading.h"
#include "content/document.h"

#include <stddef.h>

#define MARKDOWN_BYTES_MAX   (256u * 1024u)
#define MARKDOWN_SPANS_MAX   100 /* in one paragraph */
#define MARKDOWN_TITLE_CHARS 60  /* of headings, and of the titles of steps and boxes */

/* A link or a term, where it stands. */
struct markdown_mark {
	enum span_kind kind;
	const char *text; /* the page it leads to ("topic/page"), or the term as it is written */
	size_t line;
};

struct markdown {
	struct block *blocks;
	size_t *lines; /* of each block */
	size_t count;
	struct markdown_mark *marks;
	size_t mark_count;
};

/* `first_line` is the number of the bytes' first line in the file; the bytes are valid UTF-8. */
void markdown_read(const struct reading *in, const char *bytes, size_t len, size_t first_line, struct markdown *out);

#endif
