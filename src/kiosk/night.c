#include "kiosk/night.h"

#include "base/clock.h"

bool night_is(const struct conf_hours *hours, int64_t utc_s)
{
	struct clock_civil civil = clock_local(utc_s);
	int now = civil.hour * 60 + civil.minute;

	if (hours->from == hours->to || clock_sane(utc_s) != utc_s)
		return false;
	return hours->from < hours->to ? now >= hours->from && now < hours->to : now >= hours->from || now < hours->to;
}
