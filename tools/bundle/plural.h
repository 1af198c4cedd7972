/* plural -- how many plural forms a language has for whole numbers (CLDR 42, numbers 0-1000, as the kiosk chooses
 * them).
 *
 * The forms are in CLDR's order: zero, one, two, few, many, other; only those the language has.
 */
#ifndef BUNDLE_PLURAL_H
#define BUNDLE_PLURAL_H

#include <stdbool.h>
#include <stddef.h>

struct plural {
	const char *lang;
	size_t forms;
	size_t exact; /* so many forms at the start stand for one number each, which may be spelled in words */
};

/* By the tag's first part; NULL: a language this program does not know. */
const struct plural *plural_find(const char *lang);

/* How a PO file's header says which form a number has (gettext manual, "Plural forms"), and the same as a function. */
struct plural_rule {
	const char *formula; /* "nplurals=2; plural=n != 1;" */
	size_t (*form)(size_t n);
};
const struct plural_rule *plural_rule(const char *lang); /* NULL as above */

#endif
