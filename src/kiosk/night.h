/* night -- the hours in which the screen is off while nobody is here, in the machine's time zone.
 *
 *	LIT -in the hours, nobody here, no touch for a while-> DARK -a touch, or the hours are over-> LIT
 *
 * A clock that is certainly wrong (base/clock.h) knows no night. Whoever asks each minute is at most a minute late, also when
 * summer time begins or the clock is put right in between.
 */
#ifndef KIOSK_NIGHT_H
#define KIOSK_NIGHT_H

#include "base/settings.h"

#include <stdbool.h>
#include <stdint.h>

bool night_is(const struct conf_hours *hours, int64_t utc_s);

#endif
