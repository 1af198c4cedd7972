/* json -- strict JSON (RFC 8259), the only way in and out.
 *
 * Stricter than cJSON, on which it stands: UTF-8 must be valid, U+0000 and unpaired surrogates are refused, a key may
 * stand once in an object, numbers are whole and within +-2^53, nothing may follow the value, and size and depth have
 * limits. Keys compare by bytes. A parsed tree is owned by the caller; values found in it are borrowed from it.
 * Errors: ERR_LIMIT (too many bytes, levels or members), ERR_FORMAT (all else about the bytes), ERR_MEMORY. What
 * json_parse() refuses is named with line and column.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_DEPTH_MAX 32

struct json; /* a value: object, array, text, whole number, true, false or null */

/* `len` bytes, at most `limit`; they need no final zero. */
bool json_parse(const char *bytes, size_t len, size_t limit, struct json **out, struct err *err);
void json_destroy(struct json *json); /* takes NULL */

/* Finding. `key` NULL means the value itself. The json_get_ functions fail with a sentence that names the key and what
 * was expected. */
const struct json *json_find(const struct json *object, const char *key); /* NULL when absent, or when not an object */
bool json_get_object(const struct json *in, const char *key, const struct json **out, struct err *err);
bool json_get_array(const struct json *in, const char *key, size_t count_max, const struct json **out, struct err *err);
bool json_get_text(const struct json *in, const char *key, size_t len_max, const char **out, struct err *err);
bool json_get_integer(const struct json *in, const char *key, int64_t min, int64_t max, int64_t *out, struct err *err);
bool json_get_bool(const struct json *in, const char *key, bool *out, struct err *err);
/* As json_get_text, but absent gives NULL and success. */
bool json_get_text_or_none(const struct json *in, const char *key, size_t len_max, const char **out, struct err *err);

size_t json_count(const struct json *container);             /* members of an object or array, else 0 */
const struct json *json_first(const struct json *container); /* NULL when empty */
const struct json *json_next(const struct json *member);
const char *json_key(const struct json *member); /* the member's key within its object; NULL in an array */

/* Making. Each returns the new value, or NULL when memory ran out, `to` is NULL or a number is beyond +-2^53, so a
 * chain needs one check at its end. `to` is an object (key is the member's name) or an array (key is NULL); a key is
 * added once. The tree owns the value; text is copied. */
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_add_object(struct json *to, const char *key);
struct json *json_add_array(struct json *to, const char *key);
struct json *json_add_text(struct json *to, const char *key, const char *text);
struct json *json_add_integer(struct json *to, const char *key, int64_t value);
struct json *json_add_bool(struct json *to, const char *key, bool value);
struct json *json_add_copy(struct json *to, const char *key, const struct json *value);

/* Appends the value with keys in the order they were added, a tab for each level, one member a line, a final newline:
 * the same tree gives the same bytes. What json_parse() would refuse is not written: text that is not valid UTF-8
 * (ERR_FORMAT) and more levels than JSON_DEPTH_MAX (ERR_LIMIT). On failure *out is as it was. */
bool json_write(const struct json *json, struct buf *out, struct err *err);

/* Appends OLPC canonical JSON: keys sorted by bytes, no white space, only `"` and `\` escaped. To sign and hash only;
 * it is not legal JSON. */
bool json_canonical(const struct json *json, struct buf *out, struct err *err);

#endif
