/* shape -- a record described by a table: its keys, what each may hold, and where in a struct it is kept.
 *
 * One table reads a record from JSON, writes it, and finds the texts in it; vejviser-bundle reads the same record from
 * staff's YAML by it. A struct is a row of members at fixed offsets:
 *
 *	SHAPE_TEXT    const char *, one line            SHAPE_FLAG    bool, written only when true
 *	SHAPE_FORMED  const char *, which `form` takes  SHAPE_MOMENT  int64_t, UTC seconds, "2026-11-26T12:10:00Z"
 *	SHAPE_CHOICE  an enum, by its `names`           SHAPE_FORMS   const char ** and a size_t, each of them formed
 *	SHAPE_NUMBER  int, `min` to `max`               SHAPE_RECORDS records of `shape` and a size_t
 *
 * A text that is absent is NULL. Records whose first field is "id" stand once in their list. Errors are those of
 * content/fields.h; a fault in a record with an id names it.
 */
#ifndef CONTENT_SHAPE_H
#define CONTENT_SHAPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "content/fields.h"

#include <stdbool.h>
#include <stddef.h>

enum shape_type {
	SHAPE_TEXT,
	SHAPE_FORMED,
	SHAPE_CHOICE,
	SHAPE_NUMBER,
	SHAPE_FLAG,
	SHAPE_MOMENT,
	SHAPE_FORMS,
	SHAPE_RECORDS,
	SHAPE_TYPE_COUNT
};

enum shape_flags {
	SHAPE_REQUIRED = 1,
	SHAPE_TITLE = 2,      /* stands in every language: a heading or a name */
	SHAPE_RUNNING = 4,    /* stands in every language: sentences */
	SHAPE_SHOWN = 8,      /* shown as it is in every language: a phone number, a Danish word */
	SHAPE_DERIVED = 16,   /* staff do not write it: vejviser-bundle finds it */
	SHAPE_ASCENDING = 32, /* records: ascending by id, so that there may be many */
	SHAPE_PLACE = 64,     /* the id of a place, and so on: what it names must be there */
	SHAPE_PAGE = 128,
	SHAPE_PHRASES = 256,
	SHAPE_ACTIVITY = 512,
	SHAPE_PICTURE = 1024
};
#define SHAPE_REFERENCE  (SHAPE_PLACE | SHAPE_PAGE | SHAPE_PHRASES | SHAPE_ACTIVITY)
#define SHAPE_TRANSLATED (SHAPE_TITLE | SHAPE_RUNNING)

struct shape;

struct shape_field {
	const char *key;
	enum shape_type type;
	unsigned flags;
	size_t offset, count_offset; /* in the struct */
	int min, max;                /* bytes of a text, a number's range, entries of a list */
	int chars;                   /* of a text that staff write */
	const struct fields_form *form;
	const char *const *names; /* of a choice; ends with NULL */
	const struct shape *shape;
};

struct shape {
	const struct shape_field *fields;
	size_t count, size; /* fields; bytes of the struct */
};

#define SHAPE_OF(fields, type) \
	{ \
		(fields), ARRAY_LEN(fields), sizeof(struct type) \
	}

/* `out` is zeroed; texts and lists live in the arena. */
bool shape_parse(const struct json *in, const struct shape *shape, struct arena *arena, void *out, struct err *err);
/* A whole document, at most DOCUMENT_BYTES_MAX; *out is written on success only. */
bool shape_read(const char *bytes, size_t len, const struct shape *shape, struct arena *arena, void *out,
		struct err *err);
/* Adds the record's members to an object; false when memory ran out. */
bool shape_add(struct json *to, const struct shape *shape, const void *record);
bool shape_write(const struct shape *shape, const void *record, struct buf *out, struct err *err);

/* The index of `name` among `names`, or -1. */
int shape_choice(const char *const *names, const char *name);

/* A member of a record. */
const char **shape_text(const struct shape_field *field, void *record);
void *shape_items(const struct shape_field *field, const void *record, size_t *count);
void shape_set_items(const struct shape_field *field, void *record, void *items, size_t count);
void shape_set_choice(const struct shape_field *field, void *record, int choice);

/* Every text with one of the flags, records within records too, in the order of the tables. `each` may replace it;
 * false ends the walk. */
bool shape_each(const struct shape *shape, void *record, unsigned flags,
		bool (*each)(void *context, const struct shape_field *field, const char **text), void *context);

#endif
