/* utf8 -- walking and checking UTF-8 (RFC 3629, Unicode 15 table 3-7). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Reads the character at *pos (< len) and moves *pos behind it. An ill-formed sequence gives U+FFFD and moves over its
 * maximal subpart. */
uint32_t utf8_next(const char *text, size_t len, size_t *pos);

/* True when every sequence is well-formed. *bad (may be NULL) is the offset of the first that is not. */
bool utf8_valid(const char *text, size_t len, size_t *bad);

/* Bytes written, 1-4; code must be a Unicode scalar value. */
size_t utf8_encode(uint32_t code, char bytes[4]);

/* The largest n <= max at which text can be cut without splitting a character. */
size_t utf8_cut(const char *text, size_t len, size_t max);

/* Characters, which are columns on a terminal for the scripts that the programs speak in. */
int utf8_columns(const char *text);
/* The width to give printf's %-*s, which counts bytes, so that `text` fills that many columns. */
int utf8_width(const char *text, int columns);

#endif
