/* record -- what a map of YAML must and may hold, read with every check.
 *
 * Call record_keys() first: it tells about unknown keys. The others give NULL (or false) for what is absent or
 * refused; with `required`, absence is told. */
#ifndef BUNDLE_RECORD_H
#define BUNDLE_RECORD_H

#include "bundle/reading.h"
#include "bundle/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* False, and told, when `node` is not a map. `what` names it, such as "a fact". */
bool record_keys(const struct reading *in, const struct tree *node, const char *what, const char *const *keys,
		 size_t count);

const char *record_text(const struct reading *in, const struct tree *map, const char *key, size_t max_chars,
			bool required);

/* A text that `valid` accepts; `allowed` says in words what it accepts. */
struct record_form {
	bool (*valid)(const char *text);
	const char *allowed;
};
extern const struct record_form record_id, record_lang, record_icon, record_picture, record_page_path, record_date,
	record_revision, record_parts, record_aim, record_audience;

const char *record_formed(const struct reading *in, const struct tree *map, const char *key,
			  const struct record_form *form, bool required);

/* The index of one of `names`, or -1. */
int record_choice(const struct reading *in, const struct tree *map, const char *key, const char *const *names,
		  size_t count, bool required);

/* The value, when it is a list of at most `max`. */
const struct tree *record_list(const struct reading *in, const struct tree *map, const char *key, size_t max,
			       bool required);

/* A list of different formed texts into `out` (room for max); the count. */
size_t record_formed_list(const struct reading *in, const struct tree *map, const char *key,
			  const struct record_form *form, size_t max, bool required, const char **out);

#endif
