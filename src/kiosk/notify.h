/* notify -- tells systemd how the kiosk is (Type=notify, WatchdogSec=), by sd_notify(3).
 *
 * READY=1 is said when a whole picture stands that is not blank, WATCHDOG=1 as long as that stays so. While a visitor is
 * here the watchdog bites after what the unit says; while nobody is, after NOTIFY_AWAY_MS: half of that is more than the
 * minute in which the kiosk wakes anyway, so being watched costs a resting kiosk nothing. Until it is ready, a kiosk that
 * has something to say for itself prolongs its start. STATUS ends with "a visitor is here" while one is: no restart that can
 * wait comes then (tools/rauc/). Without NOTIFY_SOCKET nothing is told.
 */
#ifndef KIOSK_NOTIFY_H
#define KIOSK_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

#define NOTIFY_AWAY_MS 130000

enum notify_state {
	NOTIFY_NOTHING, /* has been told */
	NOTIFY_BLANK,   /* there is nothing to see: neither ready nor alive */
	NOTIFY_RESCUE,  /* the rescue screen: alive, but never ready by it */
	NOTIFY_UNSEEN,  /* no panel is connected; the picture is whole, in memory */
	NOTIFY_SHOWN,
	NOTIFY_DARK, /* the screen sleeps as it should */
	NOTIFY_STATE_COUNT
};

/* Zero is a valid start: nobody listens. */
struct notify {
	int64_t watch_ms; /* of the unit; 0: it does not watch */
	bool ready;
	bool here; /* a visitor is */
	enum notify_state told;
	int64_t told_ms;
};

void notify_open(struct notify *notify);
/* A visitor comes or goes. Call it before anything is done about a touch that could fail to end. */
void notify_visit(struct notify *notify, bool here);
/* True when notify_tell() has something to do. */
bool notify_is_due(const struct notify *notify, enum notify_state state, int64_t now_ms);
void notify_tell(struct notify *notify, enum notify_state state, int64_t now_ms);
/* When something must be told at the latest, monotonic; INT64_MAX: never. */
int64_t notify_deadline(const struct notify *notify);

#endif
