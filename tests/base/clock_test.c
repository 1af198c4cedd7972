#include "base/clock.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define DAY_S INT64_C(86400)

static void test_parse_utc_refuses(void **state)
{
	static const char *const refused[] = {
		"",
		"2026",
		"2026-11-23",
		"2026-11-23T14:05:00",
		"2026-11-23T14:05:00z",
		"2026-11-23t14:05:00Z",
		"2026-11-23 14:05:00Z",
		"2026-11-23T14:05:00+00:00",
		"2026-11-23T14:05:00.0Z",
		"2026-11-23T14:05:00Z ",
		" 2026-11-23T14:05:00Z",
		"2026-11-23T14:05:00ZZ",
		"2026-11-23T24:00:00Z",
		"2026-11-23T23:60:00Z",
		"2026-12-31T23:59:60Z",
		"2026-00-23T14:05:00Z",
		"2026-13-23T14:05:00Z",
		"2026-11-00T14:05:00Z",
		"2026-11-31T14:05:00Z",
		"2026-02-29T14:05:00Z",
		"1900-02-29T14:05:00Z",
		"2100-02-29T14:05:00Z",
		"0000-01-01T00:00:00Z",
		"-001-01-01T00:00:00Z",
		"+026-11-23T14:05:00Z",
		"12026-11-23T14:05:0Z",
		"2026-1-23T14:05:000Z",
		"2026-11-23T14:05:0aZ",
		"2026-11-23T 4:05:00Z",
		"2026-11-23T14-05-00Z",
		"٢٠٢٦-11-23T14:05:00Z",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		int64_t utc_s = 77;
		if (clock_parse_utc(refused[i], &utc_s))
			fail_msg("accepted: %s", refused[i]);
		assert_int_equal(utc_s, 77);
	}
}

static void test_utc_both_ways(void **state)
{
	static const struct {
		const char *text;
		int64_t utc_s;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1969-12-31T23:59:59Z", -1},
		{"2000-02-29T12:00:00Z", 951825600},
		{"2026-11-23T14:05:00Z", 1795442700},
		{"2038-01-19T03:14:08Z", 2147483648},
		{"0001-01-01T00:00:00Z", -62135596800},
		{"9999-12-31T23:59:59Z", 253402300799},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[CLOCK_UTC_MAX];
		int64_t utc_s = 77;
		assert_true(clock_parse_utc(cases[i].text, &utc_s));
		assert_int_equal(utc_s, cases[i].utc_s);
		clock_format_utc(utc_s, text);
		assert_string_equal(text, cases[i].text);
	}
}

/* Every day of the years 1-9999, against the C library. */
static void test_every_day(void **state)
{
	int64_t first = clock_days(1, 1, 1);
	int64_t last = clock_days(9999, 12, 31);

	(void)state;
	assert_int_equal(last - first + 1, 3652059);
	for (int64_t day = first; day <= last; day++) {
		char text[CLOCK_UTC_MAX];
		struct clock_civil civil;
		struct tm tm;
		int64_t back;
		time_t time = (time_t)(day * DAY_S + (day - first) % DAY_S);
		gmtime_r(&time, &tm);
		clock_format_utc(time, text);
		bool ok = clock_parse_utc(text, &back) && back == time;
		text[10] = '\0';
		ok = ok && clock_parse_date(text, &civil) && civil.year == tm.tm_year + 1900 &&
		     civil.month == tm.tm_mon + 1 && civil.day == tm.tm_mday && (civil.weekday + 1) % 7 == tm.tm_wday &&
		     clock_days(civil.year, civil.month, civil.day) == day;
		if (!ok)
			fail_msg("%s", text);
	}
}

static void test_format_stays_within_its_bytes(void **state)
{
	static const struct {
		int64_t utc_s;
		const char *text;
	} cases[] = {
		{INT64_MIN, "0001-01-01T00:00:00Z"},
		{-62135596801, "0001-01-01T00:00:00Z"},
		{253402300800, "9999-12-31T23:59:59Z"},
		{INT64_MAX, "9999-12-31T23:59:59Z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[CLOCK_UTC_MAX];
		clock_format_utc(cases[i].utc_s, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void test_parse_date(void **state)
{
	static const char *const refused[] = {
		"",           "2026-11-2",  "2026-11-230", "2026-11-23 ", "2026/11/23", "26-11-23",
		"2026-02-30", "2025-02-29", "2026-04-31",  "2026-11-23T", "0000-01-01", "2026-00-10",
	};
	struct clock_civil civil;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (clock_parse_date(refused[i], &civil))
			fail_msg("accepted: %s", refused[i]);
	memset(&civil, 0x55, sizeof(civil));
	assert_true(clock_parse_date("2026-11-23", &civil));
	assert_int_equal(civil.year, 2026);
	assert_int_equal(civil.month, 11);
	assert_int_equal(civil.day, 23);
	assert_int_equal(civil.weekday, 0);
	assert_int_equal(civil.hour | civil.minute | civil.second, 0);
}

static void test_local_time(void **state)
{
	static const struct {
		const char *utc;
		struct clock_civil civil;
	} cases[] = {
		{"2026-11-23T14:05:09Z", {2026, 11, 23, 0, 15, 5, 9}},
		{"2026-07-01T22:30:00Z", {2026, 7, 2, 3, 0, 30, 0}},
		{"2026-03-29T00:59:59Z", {2026, 3, 29, 6, 1, 59, 59}},
		{"2026-03-29T01:00:00Z", {2026, 3, 29, 6, 3, 0, 0}},
		{"2026-10-25T00:59:59Z", {2026, 10, 25, 6, 2, 59, 59}},
		{"2026-10-25T01:00:00Z", {2026, 10, 25, 6, 2, 0, 0}},
	};

	(void)state;
	setenv("TZ", "UTC0", 1);
	assert_int_equal(clock_local(0).hour, 0);
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t utc_s;
		assert_true(clock_parse_utc(cases[i].utc, &utc_s));
		struct clock_civil civil = clock_local(utc_s);
		assert_memory_equal(&civil, &cases[i].civil, sizeof(civil));
	}
	assert_int_equal(clock_local(INT64_MAX).year, 1970);
	unsetenv("TZ");
}

static void test_now_and_sane(void **state)
{
	struct clock a = clock_now();
	struct clock b = clock_now();

	(void)state;
	assert_true(b.mono_ms >= a.mono_ms);
	assert_in_range(b.utc_s, time(NULL) - 2, time(NULL));
	assert_int_equal(clock_sane(INT64_MIN), VEJVISER_BUILT);
	assert_int_equal(clock_sane(0), VEJVISER_BUILT);
	assert_int_equal(clock_sane(VEJVISER_BUILT), VEJVISER_BUILT);
	assert_int_equal(clock_sane((int64_t)VEJVISER_BUILT + 1), (int64_t)VEJVISER_BUILT + 1);
	assert_true(VEJVISER_BUILT > 1700000000);
}

/* Neither the build nor what was published can lie in the future. */
static void test_judged(void **state)
{
	const int64_t built = VEJVISER_BUILT;
	const struct {
		int64_t utc_s, published_utc_s, judged;
		enum clock_state state;
	} rows[] = {
		{0, 0, built, CLOCK_BEFORE_BUILD},
		{-1, built - 1, built, CLOCK_BEFORE_BUILD},
		{0, built + DAY_S, built + DAY_S, CLOCK_BEFORE_CONTENT},
		{built, 0, built, CLOCK_RIGHT},
		{built + DAY_S, built, built + DAY_S, CLOCK_RIGHT},
		{built + DAY_S, built + DAY_S, built + DAY_S, CLOCK_RIGHT},
		{built + 1, built + DAY_S, built + DAY_S, CLOCK_BEFORE_CONTENT},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum clock_state found;

		assert_int_equal(clock_judge(rows[i].utc_s, rows[i].published_utc_s, &found), rows[i].judged);
		assert_int_equal(found, rows[i].state);
		assert_true(clock_state_name(found)[0] != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_utc_refuses), cmocka_unit_test(test_utc_both_ways),
		cmocka_unit_test(test_every_day),         cmocka_unit_test(test_format_stays_within_its_bytes),
		cmocka_unit_test(test_parse_date),        cmocka_unit_test(test_local_time),
		cmocka_unit_test(test_now_and_sane),      cmocka_unit_test(test_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
