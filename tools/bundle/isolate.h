/* isolate -- keeps numbers and addresses in running text together and in order.
 *
 * In every language the spaces inside a phone number become U+00A0, so that it is never broken. In a right-to-left
 * language a run of Latin letters and digits that the bidirectional algorithm (UAX #9) could tear apart or turn
 * around (phone numbers, dates, times, prices, percentages, addresses with numbers, e-mail and web addresses) is put between
 * U+2066 (LRI) and U+2069 (PDI), with U+00A0 for the spaces inside; only after a comma it may still be broken. A
 * number alone and words alone stay as they are: nothing can happen to them. What is isolated already must not come
 * again.
 */
#ifndef BUNDLE_ISOLATE_H
#define BUNDLE_ISOLATE_H

#include "base/arena.h"
#include "content/document.h"

#include <stdbool.h>

/* *text is replaced by a text in the arena; NULL stays NULL. False: no memory. */
bool isolate_text(const char **text, bool rtl, struct arena *arena);

/* The same with spans, which cover the same words afterwards; the invisible marks at a span's ends stay outside it. */
bool isolate_rich(struct rich *rich, bool rtl, struct arena *arena);

#endif
