/* hex -- bytes as lower-case hexadecimal digits, two for each. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* Writes 2 * len digits and a final zero. */
void hex_write(const unsigned char *bytes, size_t len, char *text);

/* True when `text` is 2 * len lower-case digits and nothing else. */
bool hex_valid(const char *text, size_t len);

/* False, with nothing written, when it is not valid. */
bool hex_parse(const char *text, unsigned char *bytes, size_t len);

#endif
