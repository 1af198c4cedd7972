/* json_scan -- whether bytes are strict JSON, decided before any parser sees them.
 *
 * Only json.c calls this. It makes no tree: it walks the bytes once, without recursion, and knows the rules in which
 * json.h is stricter than the parser beneath it. Errors: ERR_FORMAT, ERR_LIMIT (deeper than JSON_DEPTH_MAX),
 * ERR_MEMORY; the sentence begins with line and column, both counted from 1, columns in characters.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* *value and *value_len are the bytes without the white space around them. */
bool json_scan(const char *bytes, size_t len, const char **value, size_t *value_len, struct err *err);

#endif
