/* conf -- files of `key = value` lines, read by a table of rows: kiosk.conf and its like.
 *
 * A line that begins with `#` is a comment. Behind a value there can be none: a `#` with blanks around it is a fault, but
 * in a secret, which may have any character. Every key is one row: kind, default, what is allowed, help. A fault names
 * file, line, key and what is allowed; all faults of a file are told, not only the first. Values go into the caller's
 * struct, each as its row says: char[CONF_TEXT_MAX], int64_t or struct conf_hours. Pure.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONF_BYTES_MAX 65536
#define CONF_TEXT_MAX  1024 /* bytes of a text with the final zero */
#define CONF_ROWS_MAX  32
#define CONF_VALUES    4

/* Of every day, in minutes from its beginning, each below 1440; from == to: never. */
struct conf_hours {
	int from, to;
};

enum conf_kind {
	CONF_PHONE,   /* digits and spaces, min and max are bytes */
	CONF_WHOLE,   /* min and max are values */
	CONF_HOURS,   /* such as 22:00-06:00, or nothing */
	CONF_ONE_OF,  /* of the row's values */
	CONF_CHECKED, /* a text that `check` takes, or empty when the default is; `allowed` says which, in English */
	CONF_SECRET   /* the same; a fault does not show the value, nor one with an @ of any other kind */
};

struct conf_row {
	const char *key;
	size_t offset; /* in the caller's struct */
	enum conf_kind kind;
	const char *initial;
	int64_t min;
	int64_t max;
	int64_t values[CONF_VALUES];
	const char *unit;
	const char *help;
	bool (*check)(const char *value);
	const char *allowed;
};

struct conf {
	const struct conf_row *rows;
	size_t count; /* at most CONF_ROWS_MAX */
};

/* Defaults, and over them what the file says. On failure *out is half filled and err holds one line for each fault
 * (ERR_USAGE; what does not fit is counted), or ERR_LIMIT. `name` is the path, as faults shall name it. */
bool conf_parse(const struct conf *conf, const char *name, const char *bytes, size_t len, void *out, struct err *err);
/* `intro`, and every key with its default, what is allowed, and help as comments. */
bool conf_describe(const struct conf *conf, const char *intro, struct buf *out, struct err *err);

#endif
