/* Open or not: at the edges of an opening, on dates that differ, over the end of the week, and when nobody knows. */
#include "content/hours.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct opening week[] = {{0, 540, 720}, {0, 780, 1020}, {3, 600, 1440}};
static struct opening_on dates[] = {{"2026-12-24", 0, 0}, {"2026-12-25", 600, 660}, {"2026-12-25", 700, 800}};
static const struct hours known = {week, ARRAY_LEN(week), dates, ARRAY_LEN(dates), "2026-12-31"};

static struct clock_civil at(int month, int day, int hour, int minute)
{
	return (struct clock_civil){.year = 2026, .month = month, .day = day, .hour = hour, .minute = minute};
}

/* 2026-11-23 is a Monday. */
static const struct {
	int month, day, hour, minute;
	struct hours_state state;
} rows[] = {
	{11, 23, 0, 0, {HOURS_CLOSED, 0, 0, 540}},
	{11, 23, 8, 59, {HOURS_CLOSED, 0, 0, 540}},
	{11, 23, 9, 0, {HOURS_OPEN, 720, -1, 0}},
	{11, 23, 11, 59, {HOURS_OPEN, 720, -1, 0}},
	{11, 23, 12, 0, {HOURS_CLOSED, 0, 0, 780}},
	{11, 23, 16, 59, {HOURS_OPEN, 1020, -1, 0}},
	{11, 23, 17, 0, {HOURS_CLOSED, 0, 3, 600}},
	{11, 26, 23, 59, {HOURS_OPEN, 1440, -1, 0}},
	{11, 27, 0, 0, {HOURS_CLOSED, 0, 3, 540}},
	{11, 29, 12, 0, {HOURS_CLOSED, 0, 1, 540}},
	/* Christmas Eve is a Thursday, but closed; the day after opens twice. */
	{12, 24, 12, 0, {HOURS_CLOSED, 0, 1, 600}},
	{12, 25, 10, 30, {HOURS_OPEN, 660, -1, 0}},
	{12, 25, 11, 30, {HOURS_CLOSED, 0, 0, 700}},
	/* The hours end with the year: what comes after is not known. */
	{12, 31, 11, 0, {HOURS_OPEN, 1440, -1, 0}},
	{12, 29, 11, 0, {HOURS_CLOSED, 0, 2, 600}},
};

static void test_states(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct clock_civil now = at(rows[i].month, rows[i].day, rows[i].hour, rows[i].minute);
		struct hours_state found = hours_at(&known, &now);
		struct hours_state expected = rows[i].state;

		if (found.kind != expected.kind || found.until != expected.until ||
		    found.opens_in != expected.opens_in || found.opens_from != expected.opens_from)
			fail_msg("row %zu: %d until %d, opens in %d from %d", i, (int)found.kind, found.until,
				 found.opens_in, found.opens_from);
	}
}

static void test_unknown(void **state)
{
	const struct hours none = {0};
	struct hours closed = {.valid_to = "2026-12-31"};
	struct clock_civil now = at(11, 26, 12, 0);
	struct clock_civil later = {.year = 2027, .month = 1, .day = 1};

	(void)state;
	assert_int_equal(hours_at(&none, &now).kind, HOURS_UNKNOWN);
	assert_int_equal(hours_at(&known, &later).kind, HOURS_UNKNOWN);
	assert_int_equal(hours_at(&closed, &now).kind, HOURS_CLOSED);
	assert_int_equal(hours_at(&closed, &now).opens_in, -1);
}

static void test_days(void **state)
{
	struct opening out[HOURS_MAX];

	(void)state;
	assert_int_equal(hours_of_day(&known, clock_days(2026, 11, 23), out, HOURS_MAX), 2);
	assert_true(out[1].weekday == 0 && out[1].from == 780 && out[1].to == 1020);
	assert_int_equal(hours_of_day(&known, clock_days(2026, 11, 23), out, 1), 1);
	assert_int_equal(hours_of_day(&known, clock_days(2026, 11, 24), out, HOURS_MAX), 0);
	assert_int_equal(hours_of_day(&known, clock_days(2026, 12, 24), out, HOURS_MAX), 0);
	assert_int_equal(hours_of_day(&known, clock_days(2026, 12, 25), out, HOURS_MAX), 2);
	assert_true(out[0].weekday == 4 && out[0].from == 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_days),
	};

	return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
