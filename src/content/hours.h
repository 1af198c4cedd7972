/* hours -- whether a place is open, and when it opens or closes.
 *
 * The time is an argument: that of the clock on the wall. Hours that are not known, or no longer valid, are never
 * guessed at.
 */
#ifndef CONTENT_HOURS_H
#define CONTENT_HOURS_H

#include "base/clock.h"
#include "content/records.h"

#include <stdbool.h>
#include <stddef.h>

#define HOURS_AHEAD 14 /* days that the next opening is looked for in */

enum hours_kind {
	HOURS_UNKNOWN,
	HOURS_OPEN,
	HOURS_CLOSED
};

struct hours_state {
	enum hours_kind kind;
	int until;      /* HOURS_OPEN: the minute it closes */
	int opens_in;   /* HOURS_CLOSED: days until it opens, 0 is later today; -1: not within HOURS_AHEAD days */
	int opens_from; /* and the minute */
};

struct hours_state hours_at(const struct hours *hours, const struct clock_civil *now);

/* The openings of a day, in order, at most `max`; the count. 0: closed. */
size_t hours_of_day(const struct hours *hours, int64_t day, struct opening *out, size_t max);

#endif
