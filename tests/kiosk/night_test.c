/* The hours in which the screen is off: over midnight, when summer time begins and ends, and with a clock that is wrong. */
#include "kiosk/night.h"

#include "base/array.h"
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int64_t at(const char *utc)
{
	int64_t utc_s = 0;
	assert_true(clock_parse_utc(utc, &utc_s));
	return utc_s;
}

/* In Denmark: an hour before UTC, two in summer. */
static void test_when_it_is_night(void **state)
{
	static const struct {
		int from, to; /* hours */
		const char *utc;
		bool night;
		int64_t left_s;
	} cases[] = {
		{22, 6, "2027-01-15T20:59:59Z", false, 0},
		{22, 6, "2027-01-15T21:00:00Z", true, 8 * 3600},
		{22, 6, "2027-01-15T23:00:01Z", true, 6 * 3600 - 1},
		{22, 6, "2027-01-16T04:59:59Z", true, 1},
		{22, 6, "2027-01-16T05:00:00Z", false, 0},
		{22, 6, "2027-07-15T20:00:00Z", true, 8 * 3600},
		{1, 5, "2027-01-15T00:00:00Z", true, 4 * 3600},
		{1, 5, "2027-01-15T04:00:00Z", false, 0},
		{1, 5, "2027-01-15T23:30:00Z", false, 0},
		{18, 0, "2027-01-15T22:59:00Z", true, 60},
		{18, 0, "2027-01-15T23:00:00Z", false, 0},
		{0, 0, "2027-01-15T12:00:00Z", false, 0}, /* never */
		/* The night in which summer time begins is an hour shorter; when it ends, longer. */
		{22, 6, "2027-03-27T21:00:00Z", true, 7 * 3600},
		{22, 6, "2027-03-28T03:59:30Z", true, 30},
		{22, 6, "2027-10-30T20:00:00Z", true, 9 * 3600},
		{22, 6, "2027-10-31T00:30:00Z", true, 4 * 3600 + 1800},
		/* A clock that starts in 1970 does not put out a screen at noon. */
		{22, 6, "1970-01-01T00:10:00Z", false, 0},
	};

	(void)state;
	setenv("TZ", "Europe/Copenhagen", 1);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct conf_hours hours = {cases[i].from * 60, cases[i].to * 60};
		print_message("# %02d-%02d at %s\n", cases[i].from, cases[i].to, cases[i].utc);
		assert_int_equal(night_is(&hours, at(cases[i].utc)), cases[i].night);
		if (cases[i].night)
			assert_int_equal(night_left_s(&hours, at(cases[i].utc)), cases[i].left_s);
	}
}

/* Who sleeps for as long as is said wakes when it is over, on every day of a year and from every hour. */
static void test_nobody_oversleeps(void **state)
{
	static const struct conf_hours hours[] = {{22 * 60, 6 * 60}, {2 * 60 + 30, 3 * 60}, {0, 23 * 60 + 59}};
	int64_t begin = at("2027-01-01T00:00:00Z");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
		for (int64_t hour = 0; hour < INT64_C(366) * 24; hour++) {
			int64_t now = begin + hour * 3600 + 1;
			if (!night_is(&hours[i], now))
				continue;
			int64_t left = night_left_s(&hours[i], now);
			assert_true(left > 0 && left <= INT64_C(25) * 3600);
			assert_false(night_is(&hours[i], now + left));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when_it_is_night),
		cmocka_unit_test(test_nobody_oversleeps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
