/* door -- the PIN before the staff's page, and how long whoever tries must wait after a wrong one.
 *
 * Each wrong PIN doubles the wait for the next, from DOOR_WAIT_MS to DOOR_WAIT_MAX_MS: a person who slips waits two seconds,
 * and all PINs of six digits would take years. It is never closed for good. The count outlives a visit, or whoever tries
 * would just begin another one; the right PIN ends it. A PIN is kept nowhere but in struct visit, and never told to the log.
 */
#ifndef SCREENS_DOOR_H
#define SCREENS_DOOR_H

#include "visit/visit.h"

#include <stdbool.h>
#include <stdint.h>

#define DOOR_WAIT_MS     2000
#define DOOR_WAIT_MAX_MS 600000
#define DOOR_OPEN_MS     60000 /* without a touch, the page closes and the visit ends */

struct door {
	char *pin;        /* as pin_hash() writes it; NULL or empty: there is no door */
	int wrong;        /* PINs in a row */
	int64_t opens_ms; /* when another may be tried, monotonic */
};

bool door_is_there(const struct door *door);
int64_t door_wait_ms(const struct door *door, int64_t now_ms); /* at least 0 */
/* Tries what the visitor has typed, which is forgotten; not while one must wait. Takes a tenth of a second. */
void door_try(struct door *door, struct visit *visit, int64_t now_ms);
/* The staff's page is open, and nobody has touched it for DOOR_OPEN_MS. `alone`: no other page is there, and the PIN's ends, too. */
bool door_falls_shut(const struct visit *visit, bool alone, int64_t now_ms);
/* When time does something here: the page closes, or a second of the wait is over. INT64_MAX: never. */
int64_t door_deadline(const struct door *door, const struct visit *visit, bool alone, int64_t now_ms);

#endif
