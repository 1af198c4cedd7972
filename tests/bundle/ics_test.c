/* iCalendar: what is refused, with its line; and on which days a series falls. */
#include "bundle/ics.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TODAY 20783 /* 2026-11-26 */
#define HEAD  "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Kaffe\n"
#define TAIL  "END:VEVENT\nEND:VCALENDAR\n"

static const struct {
	const char *text, *says;
} refused[] = {
	{"", "1: there is no event in it"},
	{"hello\n", "1: this is not iCalendar; a line is NAME:value"},
	{"a:b\n", "1: this is not iCalendar; it must begin with BEGIN:VCALENDAR"},
	{"BEGIN:VEVENT\n", "1: components are nested wrongly; allowed: VEVENT in VCALENDAR"},
	{"BEGIN:VCALENDAR\nBEGIN:VTODO\n", "2: only events can be read; allowed: VCALENDAR with VEVENT"},
	{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n",
	 "3: components are nested wrongly; allowed: VEVENT in VCALENDAR"},
	{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nBEGIN:VALARM\nBEGIN:VALARM\n",
	 "5: components are nested wrongly; allowed: VEVENT in VCALENDAR"},
	{"BEGIN:VCALENDAR\nEND:VEVENT\n", "2: END without its BEGIN"},
	{HEAD, "5: the file ends before its END"},
	{HEAD TAIL, "2: DTSTART is missing"},
	{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203\n" TAIL, "2: UID is missing\n2: SUMMARY is missing"},
	{HEAD "SUMMARY:Te\nDTSTART:20261203\n" TAIL, "5: SUMMARY stands twice; first in line 4"},
	{HEAD "DTSTART:20261203\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20261203\n" TAIL,
	 "7: a second event; allowed: one in a file"},
	{HEAD "DTSTART:20261203\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nRECURRENCE-ID:20261203\n" TAIL, "7: another UID"},
	{HEAD "RECURRENCE-ID:20261203\n" TAIL, "2: the event itself is missing"},
	{HEAD "DTSTART:20261131\n" TAIL, "5: DTSTART \"20261131\" is not allowed; allowed: a day such as"},
	{HEAD "DTSTART:20261203T250000\n" TAIL, "5: DTSTART"},
	{HEAD "DTSTART:20261203T16000\n" TAIL, "5: DTSTART"},
	{HEAD "DTSTART:19990101\n" TAIL, "5: DTSTART"},
	{HEAD "DTSTART:99990101T000000Z\n" TAIL, "5: DTSTART"},
	{HEAD "DTSTART;TZID=Mars/North:20261203T160000\n" TAIL, "5: the time zone \"Mars/North\" is not known"},
	{HEAD "DTSTART;TZID=../../etc/passwd:20261203T160000\n" TAIL, "5: the time zone"},
	{HEAD "DTSTART;TZID=/etc/passwd:20261203T160000\n" TAIL, "5: the time zone"},
	{HEAD "DTSTART:20261203T160000\nDTEND:20261203T150000\n" TAIL, "6: the length"},
	{HEAD "DTSTART:20261203T160000\nDTEND:20261204\n" TAIL, "6: DTEND"},
	{HEAD "DTSTART:20261203\nDTEND:20270203\n" TAIL, "6: the length"},
	{HEAD "DTSTART:20261203\nDURATION:soon\n" TAIL, "6: DURATION"},
	{HEAD "DTSTART:20261203\nDURATION:P999999999W\n" TAIL, "6: the length"},
	{HEAD "DTSTART:20261203\nRRULE:FREQ=SECONDLY\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:FREQ=DAILY;BYHOUR=1,2,3\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:FREQ=DAILY;INTERVAL=0\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:INTERVAL=2\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:every Tuesday\n" TAIL, "6: RRULE"},
	{HEAD "DTSTART:20261203\nRRULE:FREQ=DAILY\nDURATION:P2D\n" TAIL,
	 "2: the event has more than 400 days within 12 months"},
	{HEAD "DTSTART:20261203\nEXDATE:tomorrow\n" TAIL, "6: EXDATE"},
	{HEAD "DTSTART:20261203\nRDATE:20261203,x\n" TAIL, "6: RDATE"},
	{HEAD "DTSTART:20261203\nCATEGORIES:sprot\n" TAIL,
	 "6: CATEGORIES \"sprot\" is unknown; did you mean \"sport\"?"},
	{HEAD "DTSTART:20261203\nURL:javascript:alert(1)\n" TAIL, "6: URL is not allowed"},
	{HEAD "DTSTART:20261203\nURL:https://x.dk/a b\n" TAIL, "6: URL is not allowed"},
	{HEAD "DTSTART:20261203\nDESCRIPTION:\xe2\x80\xae\n" TAIL, "6: DESCRIPTION holds the hidden character U+202E"},
	{HEAD "DTSTART:20261203\nLOCATION:\n" TAIL, "6: LOCATION is empty"},
};

/* The faults as "line: text", one a line. */
static char *told(const char *text, size_t len, struct ics_event *event, struct arena *arena)
{
	struct faults faults = {0};
	struct reading in = {"x.ics", &faults, arena, NULL};
	struct buf lines = {0};

	buf_append_text(&lines, "");
	bool read = ics_read(&in, text, len, TODAY, event);
	assert_int_equal(read, faults.errors == 0);
	for (size_t i = 0; i < faults.count; i++)
		buf_printf(&lines, "%zu: %s\n", faults.faults[i].line, faults.faults[i].text);
	char *kept = strdup(lines.data ? lines.data : "");
	buf_finish(&lines);
	faults_finish(&faults);
	return kept;
}

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct arena arena = {0};
		struct ics_event event;
		char *lines = told(refused[i].text, strlen(refused[i].text), &event, &arena);

		if (strncmp(lines, refused[i].says, strlen(refused[i].says)) != 0)
			fail_msg("row %zu: expected\n%s\ntold\n%s", i, refused[i].says, lines);
		free(lines);
		arena_finish(&arena);
	}
}

/* One more than allowed of everything that is counted. */
static void test_limits(void **state)
{
	static const struct {
		const char *before, *again, *after, *says;
		size_t times;
	} rows[] = {
		{HEAD "DTSTART:20261203\nEXDATE:20261203\nX-A:", "xxxxxxxx", "\n" TAIL, "too long", 600},
		{HEAD "DTSTART:20261203\nX-A:", "\n x", "\n" TAIL, "too long", 5000},
		{HEAD "DTSTART:20261203\n", "EXDATE:20261204\n", TAIL, "too many dates", 401},
		{HEAD "DTSTART:20261203\n", "END:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261203\n", TAIL,
		 "too many events", 61},
		{"", "BEGIN:VCALENDAR\n", "", "nested", 5},
		{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261203\nSUMMARY:", "Kaffe ", "\n" TAIL,
		 "characters; at most 60", 20},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena arena = {0};
		struct buf text = {0};
		struct ics_event event;

		buf_append_text(&text, rows[i].before);
		for (size_t n = 0; n < rows[i].times; n++)
			buf_append_text(&text, rows[i].again);
		buf_append_text(&text, rows[i].after);
		char *lines = told(text.data, text.len, &event, &arena);
		if (!strstr(lines, rows[i].says))
			fail_msg("row %zu: expected\n%s\ntold\n%s", i, rows[i].says, lines);
		free(lines);
		buf_finish(&text);
		arena_finish(&arena);
	}
	struct arena arena = {0};
	struct ics_event event;
	char *lines = told("BEGIN:V\0CALENDAR\n", 17, &event, &arena);
	assert_non_null(strstr(lines, "a zero byte"));
	free(lines);
	arena_finish(&arena);
}

static const struct {
	const char *lines, *days;
} series[] = {
	{"DTSTART:20261203\n", "2026-12-03 0-1440"},
	{"DTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261205\n", "2026-12-03 0-1440, 2026-12-04 0-1440"},
	{"DTSTART:20261203T160000\nDTEND:20261203T173000\n", "2026-12-03 960-1050"},
	{"DTSTART:20261203T160000\n", "2026-12-03 960-960"},
	{"DTSTART:20261203T160000\nDURATION:PT2H\n", "2026-12-03 960-1080"},
	/* A night is two days. */
	{"DTSTART:20261231T220000\nDTEND:20270101T020000\n", "2026-12-31 1320-1440, 2027-01-01 0-120"},
	/* UTC and other zones: an hour later in winter, two in summer. */
	{"DTSTART:20261203T150000Z\n", "2026-12-03 960-960"},
	{"DTSTART:20270603T140000Z\n", "2027-06-03 960-960"},
	{"DTSTART;TZID=Europe/London:20261203T150000\n", "2026-12-03 960-960"},
	{"DTSTART;TZID=\"Romance Standard Time\":20261203T160000\n", "2026-12-03 960-960"},
	{"DTSTART:20261203T233000Z\n", "2026-12-04 30-30"},
	/* In Danish time an hour stays the same over the change of clocks, in UTC it does not. */
	{"DTSTART:20270321T100000\nRRULE:FREQ=WEEKLY;COUNT=2\n", "2027-03-21 600-600, 2027-03-28 600-600"},
	{"DTSTART:20270321T090000Z\nRRULE:FREQ=WEEKLY;COUNT=2\n", "2027-03-21 600-600, 2027-03-28 660-660"},
	{"DTSTART:20261202T100000\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261230T090000Z\n",
	 "2026-12-02 600-600, 2026-12-16 600-600, 2026-12-30 600-600"},
	{"DTSTART:20261202T100000\nRRULE:FREQ=WEEKLY;UNTIL=20261209\n", "2026-12-02 600-600, 2026-12-09 600-600"},
	/* The last Thursday of each month; the 31st only where there is one. */
	{"DTSTART:20261126\nRRULE:FREQ=MONTHLY;BYDAY=-1TH;COUNT=3\n",
	 "2026-11-26 0-1440, 2026-12-31 0-1440, 2027-01-28 0-1440"},
	{"DTSTART:20270131\nRRULE:FREQ=MONTHLY;COUNT=3\n", "2027-01-31 0-1440, 2027-03-31 0-1440, 2027-05-31 0-1440"},
	/* A series that is years old: only the window, from the first of this month. */
	{"DTSTART:20200101\nRRULE:FREQ=YEARLY\n", "2027-01-01 0-1440"},
	{"DTSTART:20261101\n", "2026-11-01 0-1440"},
	{"DTSTART:20261031\n", ""},
	{"DTSTART:20271031\n", "2027-10-31 0-1440"},
	{"DTSTART:20271101\n", ""},
	/* Dates less, dates more, a date moved, a date cancelled. */
	{"DTSTART:20261202T100000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261203T100000,20261204T090000Z\n",
	 "2026-12-02 600-600, 2026-12-05 600-600"},
	{"DTSTART:20261202T100000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20261203\n", "2026-12-02 600-600"},
	{"DTSTART:20261202\nRDATE:20261224,20261202\n", "2026-12-02 0-1440, 2026-12-24 0-1440"},
	{"DTSTART:20261202T100000\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n"
	 "RECURRENCE-ID:20261203T100000\nDTSTART:20261203T120000\nDTEND:20261203T130000\nEND:VEVENT\n"
	 "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261204T100000\nSTATUS:CANCELLED\n",
	 "2026-12-02 600-600, 2026-12-03 720-780, 2026-12-04 600-600 cancelled"},
	{"DTSTART:20261202\nSTATUS:CANCELLED\n", "2026-12-02 0-1440 cancelled"},
	/* What calendar programs write besides. */
	{"DTSTART:20261202\nORGANIZER;CN=\"Ole: x\":mailto:ole@x.dk\nBEGIN:VALARM\nDTSTART:20261224\nEND:VALARM\n",
	 "2026-12-02 0-1440"},
	{"DTSTART:2026\n 1202\n", "2026-12-02 0-1440"},
};

static void test_series(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(series); i++) {
		struct arena arena = {0};
		struct buf text = {0};
		struct buf days = {0};
		struct ics_event event;

		buf_printf(&text, HEAD "%s" TAIL, series[i].lines);
		char *lines = told(text.data, text.len, &event, &arena);
		assert_string_equal(lines, "");
		buf_append_text(&days, "");
		for (size_t t = 0; t < event.time_count; t++)
			buf_printf(&days, "%s%s %d-%d%s", t ? ", " : "", event.times[t].date, event.times[t].from,
				   event.times[t].to, event.times[t].cancelled ? " cancelled" : "");
		if (strcmp(days.data ? days.data : "", series[i].days) != 0)
			fail_msg("row %zu: expected\n%s\nfound\n%s", i, series[i].days, days.data);
		free(lines);
		buf_finish(&text);
		buf_finish(&days);
		arena_finish(&arena);
	}
}

static void test_texts(void **state)
{
	static const char text[] =
		HEAD "DESCRIPTION:En\\, to\\nog\\; \\\\tre\nDTSTART:20261203\nLOCATION:Aars\\, salen\n"
		     "CATEGORIES:Sport,free,EXAMPLE\nURL:http://www.vhbib.dk/\n" TAIL;
	struct arena arena = {0};
	struct ics_event event;
	char *lines = told(text, strlen(text), &event, &arena);

	(void)state;
	assert_string_equal(lines, "");
	assert_string_equal(event.title, "Kaffe");
	assert_string_equal(event.text, "En, to og; \\tre");
	assert_string_equal(event.location, "Aars, salen");
	assert_string_equal(event.web, "www.vhbib.dk");
	assert_true(event.kind == EVENT_SPORT && event.free && event.example && !event.families && !event.no_signup);
	free(lines);
	arena_finish(&arena);
}

static void test_moments(void **state)
{
	static const struct {
		const char *text;
		bool end;
		const char *utc; /* NULL: refused */
	} rows[] = {
		{"2026-11-26 13:10", false, "2026-11-26T12:10:00Z"},
		{"2026-06-26 13:10", true, "2026-06-26T11:10:00Z"},
		{"2026-11-26", false, "2026-11-25T23:00:00Z"},
		{"2026-11-26", true, "2026-11-26T23:00:00Z"},
		/* The days on which the clocks change have 23 and 25 hours. */
		{"2027-03-28", true, "2027-03-28T22:00:00Z"},
		{"2026-10-25", true, "2026-10-25T23:00:00Z"},
		{"2026-12-31", true, "2026-12-31T23:00:00Z"},
		{"2026-11-31", false, NULL},
		{"2026-11-26T13:10", false, NULL},
		{"2026-11-26 24:00", false, NULL},
		{"2026-11-26 13:1", false, NULL},
		{"2026-11-26 ", false, NULL},
		{"26-11-2026", false, NULL},
		{"", false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[CLOCK_UTC_MAX] = "";
		int64_t utc_s;

		if (ics_moment(rows[i].text, rows[i].end, &utc_s))
			clock_format_utc(utc_s, text);
		if (strcmp(text, rows[i].utc ? rows[i].utc : "") != 0)
			fail_msg("row %zu (%s): %s", i, rows[i].text, text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_limits),  cmocka_unit_test(test_series),
		cmocka_unit_test(test_texts),   cmocka_unit_test(test_moments),
	};

	return cmocka_run_group_tests_name("ics", tests, NULL, NULL);
}
