/* unit -- a file of the content with its texts in Danish and in one language: what a PO file has messages of.
 *
 * units_list() says which there are and which PO file each belongs to: one for each topic, and one for each kind. Then
 * unit_read() for each; then unit_answer() for every text of unit->original that somebody has translated, and
 * unit_write() for the bytes of the file with these answers in it. Only what differs is changed: with the answers that
 * are in the file already, its bytes stay as they are.
 *
 * Faults of the content are told to `faults`. Everything lives in the source's arena but `danish` and `bytes`, which
 * unit_finish() frees.
 */
#ifndef BUNDLE_UNIT_H
#define BUNDLE_UNIT_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/segment.h"
#include "bundle/source.h"

#include <stdbool.h>
#include <stddef.h>

enum unit_kind {
	UNIT_PAGE,   /* <lang>.md beside da.md */
	UNIT_RECORD, /* <lang>.yaml beside da.yaml */
	UNIT_EVENT,  /* <lang>.yaml beside an .ics */
	UNIT_MAP     /* every language stands in the same file */
};

struct unit {
	enum unit_kind kind;
	const char *po;   /* "topic-daycare", "guides" */
	const char *name; /* "topics/daycare/get-a-place": begins the names of its messages */
	const char *danish_path, *path;
	const char *revision;      /* of the Danish text; NULL where nothing says what a text was made from */
	const char *parts_key;     /* "parts" of a page, "texts" of an item; NULL: it has none */
	const char *parts;         /* of the Danish text, too */
	const struct shape *shape; /* of a record, an event or a place */
	const struct event *event; /* in Danish */
	struct buf danish, bytes;
	struct segments original, text; /* in Danish, in the language */
	const char **answers;           /* for each text of the original, or NULL */
	bool present;                   /* there is a translation */
	bool same;                      /* with the structure of the Danish */
	bool current;                   /* and made from the Danish text as it is now */
};

struct units {
	struct unit *units;
	size_t count, cap;
};

/* Who did it, of the PO file; "" when nobody is named. */
struct unit_people {
	const char *translator, *checker;
};

bool units_list(struct source *source, const char *lang, struct units *out, struct err *err);

/* False, and told, when the Danish file or the translation has errors; *err is set when reading itself failed. */
bool unit_read(struct source *source, struct faults *faults, const char *lang, struct unit *unit, struct err *err);

/* The file with the answers in it; *changed is false when it is as it was. A new file, or one whose structure is not that
 * of the Danish, is only made when every text has an answer: a visitor never sees half a page. Then, too, the file says
 * that it is made from the Danish text as it is now, and when a checker is named that it was checked. */
bool unit_write(const struct source *source, const char *lang, const struct unit *unit,
		const struct unit_people *people, struct buf *out, bool *changed, struct err *err);

/* Every text has an answer. */
bool unit_complete(const struct unit *unit);

void unit_finish(struct unit *unit);

#endif
