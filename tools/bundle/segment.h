/* segment -- the texts of a content file that are translated, each with its name and the bytes it stands in.
 *
 * A translation of a file has the same names, so a text is found beside the Danish one; and because only the bytes of a
 * text that differs are replaced, what a translator has not touched stays as it was written. Names:
 *
 *	title, facts.1.label, terms.2     the front matter of a page (facts and terms count from 1)
 *	3, 3.2, 3.2.title, 5.text         blocks of its Markdown and their items: cut as po4a cuts them, but that the
 *	                                  marks of a heading, step, list or box are no part of the text
 *	questions.now.title               a record of content/records.h
 *	name, football.name               a map from language to text
 *
 * Texts are one line: the line breaks inside a paragraph have become spaces. Files are as reading_unix() leaves them, and
 * valid UTF-8; faults are told to the reading. Everything lives in its arena.
 */
#ifndef BUNDLE_SEGMENT_H
#define BUNDLE_SEGMENT_H

#include "base/buf.h"
#include "bundle/reading.h"
#include "bundle/tree.h"
#include "content/shape.h"

#include <stdbool.h>
#include <stddef.h>

enum segment_kind {
	SEGMENT_PLAIN,   /* a scalar of YAML */
	SEGMENT_HEADING, /* Markdown: a title, without marks */
	SEGMENT_RICH     /* Markdown: one paragraph */
};

struct segment {
	const char *id;
	enum segment_kind kind;
	const char *text;
	size_t line;
	size_t from, to;   /* bytes of the file, quotes and all */
	bool flow, quoted; /* SEGMENT_PLAIN: between { and }; in quotes */
	size_t chars_max;  /* characters, or 0 */
	const char *keep;  /* the Danish word it explains; or NULL */
};

struct segments {
	struct segment *items; /* in the order of the file */
	size_t count, cap;
	const struct tree *tree; /* of the YAML */
	size_t body;             /* of a page: the byte its Markdown begins at */
};

/* False, and told, when the file cannot be understood. */
bool segments_page(const struct reading *in, const char *bytes, size_t len, struct segments *out);
bool segments_record(const struct reading *in, const char *bytes, size_t len, const struct shape *shape,
		     struct segments *out);

/* The texts of `lang` in the maps under `keys`, at the top or one level below it. A key NULL stands for all there are. */
struct segment_key {
	const char *key;
	size_t chars_max;
};
bool segments_map(const struct reading *in, const char *bytes, size_t len, const struct segment_key *keys,
		  size_t key_count, bool below, const char *lang, struct segments *out);

/* For the above; false when memory ran out. */
bool segments_add(const struct reading *in, struct segments *segments, struct segment segment);
/* The Markdown of a page, which begins at out->body. */
bool segments_markdown(const struct reading *in, const char *bytes, size_t len, struct segments *out);

/* NULL: none of that name. */
const struct segment *segments_find(const struct segments *segments, const char *id);
/* They have the same names. */
bool segments_same(const struct segments *a, const struct segments *b);

/* The text as a scalar of YAML, in quotes when it must be or `quoted`; false when memory ran out. */
bool segment_scalar(struct buf *out, const char *text, bool flow, bool quoted);

#endif
