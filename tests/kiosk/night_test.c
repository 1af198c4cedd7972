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
	} cases[] = {
		{22, 6, "2027-01-15T20:59:59Z", false},
		{22, 6, "2027-01-15T21:00:00Z", true},
		{22, 6, "2027-01-15T23:00:01Z", true},
		{22, 6, "2027-01-16T04:59:59Z", true},
		{22, 6, "2027-01-16T05:00:00Z", false},
		{22, 6, "2027-07-15T20:00:00Z", true},
		{1, 5, "2027-01-15T00:00:00Z", true},
		{1, 5, "2027-01-15T04:00:00Z", false},
		{1, 5, "2027-01-15T23:30:00Z", false},
		{18, 0, "2027-01-15T22:59:00Z", true},
		{18, 0, "2027-01-15T23:00:00Z", false},
		{0, 0, "2027-01-15T12:00:00Z", false}, /* never */
		/* The night in which summer time begins is an hour shorter; when it ends, longer. */
		{22, 6, "2027-03-27T21:00:00Z", true},
		{22, 6, "2027-03-28T03:59:59Z", true},
		{22, 6, "2027-03-28T04:00:00Z", false},
		{22, 6, "2027-10-30T20:00:00Z", true},
		{22, 6, "2027-10-31T04:59:59Z", true},
		{22, 6, "2027-10-31T05:00:00Z", false},
		/* A clock that starts in 1970 does not put out a screen at noon. */
		{22, 6, "1970-01-01T00:10:00Z", false},
	};

	(void)state;
	setenv("TZ", "Europe/Copenhagen", 1);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct conf_hours hours = {cases[i].from * 60, cases[i].to * 60};
		print_message("# %02d-%02d at %s\n", cases[i].from, cases[i].to, cases[i].utc);
		assert_int_equal(night_is(&hours, at(cases[i].utc)), cases[i].night);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when_it_is_night),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
