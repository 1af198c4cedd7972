/* monkey -- a thousand wild fingers: made-up input to the real screens, and what must hold whatever was pressed.
 *
 *	M1  there is always a way: home, close, stay or the greeting can be pressed in the layer that takes touches
 *	M2  help can be pressed (112) wherever somebody is, but on the sheet it opens
 *	M3  after the idle times the attract screen is shown and nothing of the visit is left
 *	M4  the picture made of changed rectangles is what painting all of it gives (one monkey of sixteen paints; the
 *	    others only record their frames, which is what most of their paths differ in)
 *	M5  memory does not grow with what was done: never is MONKEY_GROWTH_MAX more allocated than before the first
 *	    event, which is what the caches may take and what libraries keep. The more events, the smaller a leak that is
 *	    found
 *	M6  under AddressSanitizer (with detect_leaks=1): nothing is lost when all is closed
 *
 * Fingers aim at what can be pressed, beside it, or anywhere; there are second fingers, drags, wheels, keys, waits,
 * other sizes of the picture, content that comes in anew, and staff who mostly know their PIN. The same seed does the
 * same things. Errors: ERR_FORMAT with the invariant and the number of the event, and those of the stage.
 */
#ifndef REPLAY_MONKEY_H
#define REPLAY_MONKEY_H

#include "base/err.h"
#include "draw/paint.h"
#include "draw/picture.h"
#include "replay/stage.h"
#include "replay/supply.h"
#include "text/text.h"

#include <stdbool.h>
#include <stdint.h>

#define MONKEY_GROWTH_MAX (PICTURES_BYTES_MAX + PAINT_CACHE_BYTES + TEXT_CACHE_BYTES + (8u << 20)) /* bytes */

struct monkey_setup {
	struct stage_setup stage;
	struct supply *supply;
	int64_t events;
	uint64_t seed;
};

/* Sixteen monkeys, each with its share and a seed of its own; as many at a time as there are processors. */
bool monkey_run(const struct monkey_setup *setup, struct err *err);

#endif
