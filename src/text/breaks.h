/* breaks -- where a line may end (UAX #14 with the language's dictionaries, by ICU) and where a character ends for its
 * reader (UAX #29).
 *
 * Keeps the iterators of the languages asked for lately. Linear time. False: no memory, or ICU has no data.
 */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum breaks_flag {
	BREAKS_MAY = 1,      /* a line may end before this character */
	BREAKS_MUST = 2,     /* a line ends before it; MAY is set too */
	BREAKS_GRAPHEME = 4, /* a grapheme cluster begins with it */
};

struct breaks;

struct breaks *breaks_create(void);         /* NULL: no memory */
void breaks_destroy(struct breaks *breaks); /* takes NULL */

/* *flags: count + 1 of enum breaks_flag, in the arena; a line may always end at `count`. `lang` is BCP 47. */
bool breaks_find(struct breaks *breaks, struct arena *arena, const char *lang, const uint32_t *codes, uint32_t count,
		 uint8_t **flags);

#endif
