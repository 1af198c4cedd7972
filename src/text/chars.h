/* chars -- UTF-8 as characters, each with its place in the bytes.
 *
 * What cannot be shown becomes U+FFFD: ill-formed bytes and control characters. A tab becomes a space; line breaks
 * stay. Errors: no memory.
 */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHARS_SOFT_HYPHEN 0x00ADu
#define CHARS_HYPHEN      0x2010u
#define CHARS_ELLIPSIS    0x2026u

struct chars {
	uint32_t *code;
	uint32_t *offset; /* count + 1 of them: the byte at which each begins, and the end */
	uint32_t count;
};

/* len < 4 GB. Arrays live in the arena. */
bool chars_decode(struct arena *arena, const char *utf8, size_t len, struct chars *out);

/* How many characters at `at` end a paragraph (UAX #9 type B; CR LF is two); 0 when none does. */
uint32_t chars_separator(const struct chars *chars, uint32_t at);

bool chars_contain(const struct chars *chars, uint32_t code);

/* No ink: white space, line breaks, and characters Unicode calls default ignorable. */
bool chars_invisible(uint32_t code);

/* Is a grapheme by itself between others of which this is said, by rule GB999 or GB4 and GB5 of UAX #29. Not said of all
 * that are: of common letters and signs, to save asking ICU. */
bool chars_alone(uint32_t code);

/* Belongs to the character before it: marks, joiners and variation selectors. */
bool chars_extends(uint32_t code);

#endif
