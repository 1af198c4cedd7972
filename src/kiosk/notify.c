#include "kiosk/notify.h"

#include "base/array.h"

#include <assert.h>
#include <inttypes.h>
#include <systemd/sd-daemon.h>

#define START_MS  INT64_C(60000) /* how often a start is prolonged, */
#define LONGER_MS 150000         /* and for how long each time */

static const struct state {
	bool ready, alive;
	const char *status;
} states[] = {
	[NOTIFY_NOTHING] = {false, false, "starting"},
	[NOTIFY_BLANK] = {false, false, "the picture is blank"},
	[NOTIFY_RESCUE] = {false, true, "the rescue screen is shown"},
	[NOTIFY_UNSEEN] = {true, true, "no panel is connected"},
	[NOTIFY_SHOWN] = {true, true, "the picture is shown"},
	[NOTIFY_DARK] = {true, true, "the screen is off at this time of day"},
};
static_assert(ARRAY_LEN(states) == NOTIFY_STATE_COUNT, "a state has no row");

void notify_open(struct notify *notify)
{
	uint64_t watch_us = 0;

	*notify = (struct notify){0};
	if (sd_watchdog_enabled(0, &watch_us) > 0)
		notify->watch_ms = (int64_t)(watch_us / 1000);
}

/* How long the watchdog waits now. */
static int64_t patience_ms(const struct notify *notify)
{
	return notify->here || notify->watch_ms > NOTIFY_AWAY_MS ? notify->watch_ms : NOTIFY_AWAY_MS;
}

static void tell_patience(const struct notify *notify)
{
	if (notify->ready && notify->watch_ms)
		sd_notifyf(0, "WATCHDOG_USEC=%" PRId64, patience_ms(notify) * 1000);
}

static void tell_status(const struct notify *notify)
{
	sd_notifyf(0, "STATUS=%s%s", states[notify->told].status, notify->here ? "; a visitor is here" : "");
}

void notify_visit(struct notify *notify, bool here)
{
	if (notify->here == here)
		return;
	notify->here = here;
	tell_status(notify);
	tell_patience(notify);
}

bool notify_is_due(const struct notify *notify, enum notify_state state, int64_t now_ms)
{
	if (state != notify->told)
		return true;
	if (notify->ready)
		return notify->watch_ms && now_ms - notify->told_ms >= patience_ms(notify) / 4;
	return now_ms - notify->told_ms >= START_MS;
}

void notify_tell(struct notify *notify, enum notify_state state, int64_t now_ms)
{
	const struct state *how = &states[state];
	bool first = how->ready && !notify->ready, changed = state != notify->told;

	notify->told = state;
	notify->told_ms = now_ms;
	if (changed)
		tell_status(notify);
	if (first)
		sd_notify(0, "READY=1");
	notify->ready = notify->ready || how->ready;
	if (first)
		tell_patience(notify);
	if (how->alive && !notify->ready)
		sd_notifyf(0, "EXTEND_TIMEOUT_USEC=%d", LONGER_MS * 1000);
	if (how->alive && notify->ready && notify->watch_ms)
		sd_notify(0, "WATCHDOG=1");
}

int64_t notify_deadline(const struct notify *notify)
{
	if (notify->ready)
		return notify->watch_ms ? notify->told_ms + patience_ms(notify) / 2 : INT64_MAX;
	return notify->told_ms + START_MS;
}
