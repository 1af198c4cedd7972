#include "base/clock.h"

#include "base/array.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#ifndef VEJVISER_BUILT
#define VEJVISER_BUILT 0
#endif

#define DAY_S INT64_C(86400)

struct clock clock_now(void)
{
	struct timespec mono;
	struct timespec real;

	/* BOOTTIME rather than MONOTONIC: a kiosk that slept has been idle all the while, and must have forgotten its
	 * visitor. */
	clock_gettime(CLOCK_BOOTTIME, &mono);
	clock_gettime(CLOCK_REALTIME, &real);
	return (struct clock){
		.mono_ms = (int64_t)mono.tv_sec * 1000 + mono.tv_nsec / 1000000,
		.utc_s = real.tv_sec,
	};
}

struct clock_civil clock_local(int64_t utc_s)
{
	time_t time = (time_t)utc_s;
	struct tm tm = {0};

	tzset(); /* localtime_r() alone need not look at TZ */
	if (!localtime_r(&time, &tm))
		return (struct clock_civil){.year = 1970, .month = 1, .day = 1, .weekday = 3};
	return (struct clock_civil){
		.year = tm.tm_year + 1900,
		.month = tm.tm_mon + 1,
		.day = tm.tm_mday,
		.weekday = (tm.tm_wday + 6) % 7,
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec,
	};
}

/* Years are counted from March, so that the leap day is a year's last day. */
int64_t clock_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t m = (month + 9) % 12;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Whether text has the shape, in which '0' stands for a digit and all else for itself. */
static bool has_shape(const char *text, const char *shape)
{
	for (; *shape; shape++, text++) {
		bool fits = *shape == '0' ? *text >= '0' && *text <= '9' : *text == *shape;
		if (!fits)
			return false;
	}
	return *text == '\0';
}

static int digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

/* "YYYY-MM-DD", already known to have that shape. */
static bool parse_day(const char *text, struct clock_civil *civil)
{
	int year = digits(text, 4);
	int month = digits(text + 5, 2);
	int day = digits(text + 8, 2);

	if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	int64_t days = clock_days(year, month, day);
	*civil = (struct clock_civil){.year = year, .month = month, .day = day};
	civil->weekday = (int)((days % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
	return true;
}

bool clock_parse_utc(const char *text, int64_t *utc_s)
{
	struct clock_civil civil;

	if (!has_shape(text, "0000-00-00T00:00:00Z") || !parse_day(text, &civil))
		return false;
	int hour = digits(text + 11, 2);
	int minute = digits(text + 14, 2);
	int second = digits(text + 17, 2);
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*utc_s = clock_days(civil.year, civil.month, civil.day) * DAY_S + ((int64_t)hour * 60 + minute) * 60 + second;
	return true;
}

bool clock_parse_date(const char *text, struct clock_civil *civil)
{
	return has_shape(text, "0000-00-00") && parse_day(text, civil);
}

static void put_digits(char *at, int64_t value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

void clock_format_utc(int64_t utc_s, char *text)
{
	const int64_t first = clock_days(1, 1, 1) * DAY_S;
	const int64_t last = clock_days(9999, 12, 31) * DAY_S + DAY_S - 1;

	utc_s = utc_s < first ? first : utc_s > last ? last : utc_s;

	/* The inverse of clock_days(), with days counted from 0000-03-01 and eras of 400 years. */
	int64_t z = (utc_s - first) / DAY_S + 306;
	int64_t in_day = (utc_s - first) % DAY_S;
	int64_t era = z / 146097;
	int64_t in_era = z % 146097;
	int64_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t m = (5 * in_year + 2) / 153;
	int64_t month = m < 10 ? m + 3 : m - 9;

	memcpy(text, "0000-00-00T00:00:00Z", CLOCK_UTC_MAX);
	put_digits(text, year_of_era + era * 400 + (month <= 2), 4);
	put_digits(text + 5, month, 2);
	put_digits(text + 8, in_year - (153 * m + 2) / 5 + 1, 2);
	put_digits(text + 11, in_day / 3600, 2);
	put_digits(text + 14, in_day / 60 % 60, 2);
	put_digits(text + 17, in_day % 60, 2);
}

int64_t clock_sane(int64_t utc_s)
{
	const int64_t built = VEJVISER_BUILT;

	return utc_s > built ? utc_s : built;
}

int64_t clock_judge(int64_t utc_s, int64_t published_utc_s, enum clock_state *state)
{
	int64_t sane = clock_sane(utc_s);

	*state = sane > utc_s ? CLOCK_BEFORE_BUILD : CLOCK_RIGHT;
	if (sane >= published_utc_s)
		return sane;
	*state = CLOCK_BEFORE_CONTENT;
	return published_utc_s;
}

static const char *const state_names[] = {
	[CLOCK_RIGHT] = "right",
	[CLOCK_BEFORE_BUILD] = "before-build",
	[CLOCK_BEFORE_CONTENT] = "before-content",
};
static_assert(ARRAY_LEN(state_names) == CLOCK_STATE_COUNT, "a state of the clock has no name");

const char *clock_state_name(enum clock_state state)
{
	return state_names[state];
}
