/* catalog -- the kiosk's own words in one language: a gettext PO file, read by libgettextpo.
 *
 * Every word of content/words.h must be there, not fuzzy, with as many plural forms as the language has and the "%d"
 * and "%s" of its msgid. What is wrong is told to the reading's faults. One thread at a time.
 */
#ifndef BUNDLE_CATALOG_H
#define BUNDLE_CATALOG_H

#include "bundle/reading.h"
#include "content/document.h"

#include <stddef.h>

#define CATALOG_BYTES_MAX (256u * 1024u)

/* The bytes are as reading_unix() leaves them. */
void catalog_read(const struct reading *in, const char *lang, const char *bytes, size_t len, struct words *out);

#endif
