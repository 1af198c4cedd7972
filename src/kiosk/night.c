#include "kiosk/night.h"

#include "base/clock.h"

#define HOUR     60 /* minutes */
#define HALF_DAY (12 * HOUR)
#define DAY      (24 * HOUR)

static int minute_of_day(int64_t utc_s)
{
	struct clock_civil civil = clock_local(utc_s);
	return civil.hour * HOUR + civil.minute;
}

bool night_is(const struct conf_hours *hours, int64_t utc_s)
{
	int now = minute_of_day(utc_s);

	if (hours->from == hours->to || clock_sane(utc_s) != utc_s)
		return false;
	return hours->from < hours->to ? now >= hours->from && now < hours->to : now >= hours->from || now < hours->to;
}

int64_t night_left_s(const struct conf_hours *hours, int64_t utc_s)
{
	int64_t begun_s = utc_s - clock_local(utc_s).second; /* the minute */
	int left = (hours->to - minute_of_day(utc_s) + DAY) % DAY;
	/* When the clock is put forward or back before then, it will show something else. */
	int off = minute_of_day(begun_s + (int64_t)left * 60) - hours->to;

	off = off > HALF_DAY ? off - DAY : off < -HALF_DAY ? off + DAY : off;
	int64_t left_s = begun_s + (int64_t)(left - off) * 60 - utc_s;
	return left_s > 0 ? left_s : 1;
}
