/* fields -- a document's fields, read from JSON into an arena with every check.
 *
 * Used by the parsers of document.h. `key` NULL means the value itself, as in base/json.h. Errors: ERR_FORMAT,
 * ERR_LIMIT, ERR_MEMORY; the sentence names the key, and for lists also the place in it: `blocks[3]: title: ...`.
 */
#ifndef CONTENT_FIELDS_H
#define CONTENT_FIELDS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/* One line, not empty, at most `max` bytes; copied into the arena. */
bool fields_text(const struct json *in, const char *key, size_t max, struct arena *arena, const char **out,
		 struct err *err);
/* The same; absent gives NULL. */
bool fields_text_or_none(const struct json *in, const char *key, size_t max, struct arena *arena, const char **out,
			 struct err *err);

/* A text that `valid` accepts; `allowed` says in words what it accepts. */
struct fields_form {
	bool (*valid)(const char *text);
	const char *allowed;
	size_t max; /* bytes; 0: 90 */
};
extern const struct fields_form fields_id, fields_lang, fields_icon, fields_picture, fields_page_path, fields_date,
	fields_revision, fields_parts, fields_geo;

bool fields_formed(const struct json *in, const char *key, const struct fields_form *form, struct arena *arena,
		   const char **out, struct err *err);
bool fields_formed_or_none(const struct json *in, const char *key, const struct fields_form *form, struct arena *arena,
			   const char **out, struct err *err);

/* One of `count` names; *out is its index. */
bool fields_choice(const struct json *in, const char *key, const char *const *names, size_t count, size_t *out,
		   struct err *err);

struct shape;

/* How to read a list: `parse`, or the `shape`, fills one zeroed item of `size` bytes. Absent is the same as empty when
 * `optional`. */
struct fields_list {
	size_t min, max, size;
	bool (*parse)(const struct json *in, struct arena *arena, void *out, struct err *err);
	bool optional;
	const struct shape *shape;
};

/* The items, in the arena, never NULL on success. NULL: failed. */
void *fields_items(const struct json *in, const char *key, const struct fields_list *list, struct arena *arena,
		   size_t *count, struct err *err);

#endif
