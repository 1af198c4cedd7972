/* import_site -- what an import must know of a folder of content, read without judging the rest of it. */
#ifndef BUNDLE_IMPORT_SITE_H
#define BUNDLE_IMPORT_SITE_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/reading.h"
#include "bundle/tree.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>

struct import_site {
	const char *languages[LANGUAGES_MAX]; /* codes; the source's first */
	size_t language_count;
	const char **activities; /* their ids */
	size_t activity_count;
};

/* `dir` is the folder of content; what is read lives in the arena. Errors: those of base/file.h, ERR_FORMAT. */
bool import_site_read(int dir, struct faults *faults, struct arena *arena, struct import_site *site, struct err *err);

/* A file's bytes, and a file as a tree (NULL: told, or missing). With `optional`, missing is success. */
bool import_site_load(int dir, const char *path, size_t limit, bool optional, struct buf *out, struct err *err);
bool import_site_tree(const struct reading *in, int dir, bool optional, const struct tree **out, struct err *err);

#endif
