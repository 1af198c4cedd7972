/* edit -- changes one value in the text of a YAML file and leaves every other byte as staff wrote it.
 *
 * A value is found by its path: the keys from the top, ended by NULL. libyaml says where it stands; the bytes around
 * it, comments and layout too, are kept, whichever style a map or list is written in. The result is read again before
 * it is given out, so what cannot be edited safely is refused rather than broken.
 *
 * Errors: ERR_FORMAT (no YAML that bundle/tree.h reads, the path leads through something that is no map, or the result
 * would not read as meant), ERR_MEMORY. On failure the text is as it was.
 */
#ifndef BUNDLE_EDIT_H
#define BUNDLE_EDIT_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

/* The text at `path` becomes `value`, quoted when it must be. A key that is missing is added at the end of its map, and
 * so are the maps around it; `value` NULL takes the key away, and missing is success. */
bool edit_text(struct buf *yaml, const char *const *path, const char *value, struct err *err);
/* The same with a list of texts, written [a, b]. */
bool edit_list(struct buf *yaml, const char *const *path, const char *const *values, size_t count, struct err *err);
/* Adds a text at the end of the list at `path`, unless it is there. A missing list is added. */
bool edit_add(struct buf *yaml, const char *const *path, const char *value, struct err *err);

/* The same with an entry that is YAML itself, such as {code: pl, name: Polski}; it is not asked whether it is there. */
bool edit_add_entry(struct buf *yaml, const char *const *path, const char *entry, struct err *err);
/* Adds a comment, a line of its own, behind the last entry of the list at `path`, which must be written in lines. */
bool edit_add_comment(struct buf *yaml, const char *const *path, const char *comment, struct err *err);

/* Appends a text as YAML, in quotes when it must be. */
bool edit_quote(struct buf *out, const char *text);

#endif
