/* pofile -- a gettext PO file, read and written by libgettextpo.
 *
 * What libgettextpo cannot read is told to the reading's faults with its line. Bytes are as reading_unix() leaves them.
 * One thread at a time. What is returned lives in the reading's arena.
 */
#ifndef BUNDLE_POFILE_H
#define BUNDLE_POFILE_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/reading.h"

#include <stdbool.h>
#include <stddef.h>

#include <gettext-po.h>

#define POFILE_BYTES_MAX (4u * 1024u * 1024u)

struct pofile_entry {
	const char *context;  /* msgctxt, or NULL */
	const char *id;       /* msgid */
	const char *text;     /* msgstr; "" when not translated */
	const char *previous; /* msgid that the text was made from; or NULL */
	bool fuzzy;
	size_t line;          /* that the message begins at; when it is written, the line in `file` it comes from */
	const char *file;     /* only written */
	const char *comments; /* lines for the translator; only written */
};

struct pofile {
	struct pofile_entry *entries; /* obsolete ones and the header apart */
	size_t count;
	const char *language, *translator, *checker; /* of the header; "" when absent */
};

/* False, and told, when anything is wrong with the file as a PO file. Plurals are read as not translated. */
bool pofile_read(const struct reading *in, const char *bytes, size_t len, struct pofile *out);

/* `header` has a line for each field. Adds the file's bytes to `out`; the same entries give the same bytes. */
bool pofile_write(const struct reading *in, const char *header, const struct pofile *po, struct buf *out,
		  struct err *err);

/* For who reads more than pofile_read() does: NULL when told; else the caller's to po_file_free(), with the line of each
 * message, obsolete ones apart. */
po_file_t pofile_open(const struct reading *in, const char *bytes, size_t len, const size_t **lines,
		      size_t *line_count);

#endif
