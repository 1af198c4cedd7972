/* number -- finds phone numbers and emergency numbers in running text.
 *
 * A phone number is eight digits, alone or grouped by single spaces (plain or U+00A0) as 99 66 70 00, 9966 7000 or 99
 * 667 000, perhaps after +45; or "+", then 8-15 digits grouped in any way. An emergency number is 112, 114 or 1888 on
 * its own. Only the digits 0-9 count: those are what a person finds on the keys of a phone.
 */
#ifndef BUNDLE_NUMBER_H
#define BUNDLE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_MAX 17 /* bytes of "+", 15 digits and the final zero */

/* Bytes of the phone number that starts at `pos`; 0: none starts there. `digits` (NUMBER_MAX bytes, or NULL) becomes
 * its digits alone, without +45. */
size_t number_phone(const char *text, size_t len, size_t pos, char *digits);

/* The next phone or emergency number at or after *pos, and *pos behind it; false: none. */
bool number_next(const char *text, size_t len, size_t *pos, char digits[NUMBER_MAX]);

/* Whether the digits are 112, 114 or 1888. */
bool number_is_emergency(const char digits[NUMBER_MAX]);

#define NUMBER_SHOWN_MAX 24

/* The digits as people read them, eight in pairs; returns `shown`. */
const char *number_show(const char digits[NUMBER_MAX], char shown[NUMBER_SHOWN_MAX]);

/* Bytes of the space at `pos`: 1 for a plain one, 2 for U+00A0, 0 for anything else. */
size_t number_space(const char *text, size_t len, size_t pos);

#endif
