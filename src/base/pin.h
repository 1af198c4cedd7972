/* pin -- the staff's PIN, kept so that the settings do not tell it.
 *
 * Six to twelve digits become "scrypt$15$8$1$SALT$HASH" (RFC 7914: N = 2^15, r = 8, p = 1; 16 and 32 bytes in hex), a tenth
 * of a second and 32 MiB for each try. That slows down who has the file; it does not stop them: a million PINs of six
 * digits are a day or two of one machine. So a PIN is to open nothing but the staff's page, and a longer one is a better one.
 */
#ifndef BASE_PIN_H
#define BASE_PIN_H

#include "base/err.h"

#include <stdbool.h>

#define PIN_DIGITS_MIN 6
#define PIN_DIGITS_MAX 12
#define PIN_TEXT_MAX   128 /* bytes of what pin_hash() writes, with the final zero */

bool pin_hash(const char *pin, char text[PIN_TEXT_MAX], struct err *err);
/* Whether the text has the form that pin_hash() writes. */
bool pin_valid(const char *text);
/* Whether it was made of this PIN; false, too, when memory is lacking. Takes the same time for any wrong one. */
bool pin_matches(const char *text, const char *pin);

#endif
