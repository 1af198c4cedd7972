#include "content/hours.h"

#include <stdio.h>
#include <string.h>

/* `day` is of clock_days(). */
static void date_of(int64_t day, char text[16])
{
	char utc[CLOCK_UTC_MAX];

	clock_format_utc(day * 86400, utc);
	snprintf(text, 16, "%.10s", utc);
}

/* 1970-01-01 was a Thursday. */
static int weekday_of(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

size_t hours_of_day(const struct hours *hours, int64_t day, struct opening *out, size_t max)
{
	int weekday = weekday_of(day);
	bool differs = false;
	size_t count = 0;
	char date[16];

	date_of(day, date);
	for (size_t i = 0; i < hours->date_count; i++) {
		const struct opening_on *on = &hours->dates[i];

		if (strcmp(on->date, date) != 0)
			continue;
		differs = true;
		if (on->to > on->from && count < max)
			out[count++] = (struct opening){weekday, on->from, on->to};
	}
	for (size_t i = 0; !differs && i < hours->week_count; i++)
		if (hours->week[i].weekday == weekday && count < max)
			out[count++] = hours->week[i];
	return count;
}

struct hours_state hours_at(const struct hours *hours, const struct clock_civil *now)
{
	struct hours_state state = {HOURS_UNKNOWN, 0, -1, 0};
	int64_t today = clock_days(now->year, now->month, now->day);
	int minute = now->hour * 60 + now->minute;
	struct opening openings[HOURS_MAX];
	char date[16];

	date_of(today, date);
	if (!hours->valid_to || strcmp(date, hours->valid_to) > 0)
		return state;
	state.kind = HOURS_CLOSED;
	for (int ahead = 0; ahead <= HOURS_AHEAD; ahead++) {
		size_t count = hours_of_day(hours, today + ahead, openings, HOURS_MAX);

		date_of(today + ahead, date);
		if (strcmp(date, hours->valid_to) > 0)
			return state;
		for (size_t i = 0; i < count; i++) {
			if (ahead == 0 && openings[i].to <= minute)
				continue;
			if (ahead == 0 && openings[i].from <= minute)
				return (struct hours_state){HOURS_OPEN, openings[i].to, -1, 0};
			state.opens_in = ahead;
			state.opens_from = openings[i].from;
			return state;
		}
	}
	return state;
}
