/* clock -- time as an argument.
 *
 * Only a program's main reads the machine's clocks, with clock_now(); everything below is handed a struct clock or a
 * number, so tests choose the time. Civil times are in the proleptic Gregorian calendar.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_UTC_MAX 21 /* bytes of "2026-11-23T14:05:00Z" with the final zero */

struct clock {
	int64_t mono_ms; /* never goes back, goes on while the machine sleeps; only differences mean something */
	int64_t utc_s;   /* seconds since 1970-01-01T00:00:00Z; 0 or wrong when the machine has no battery */
};

struct clock_civil {
	int year;    /* such as 2026 */
	int month;   /* 1-12 */
	int day;     /* 1-31 */
	int weekday; /* 0 is Monday */
	int hour;    /* 0-23 */
	int minute;  /* 0-59 */
	int second;  /* 0-60 */
};

struct clock clock_now(void);

/* In the machine's time zone (TZ or /etc/localtime). */
struct clock_civil clock_local(int64_t utc_s);

/* Days since 1970-01-01; year 1-9999. */
int64_t clock_days(int year, int month, int day);

/* Exactly "YYYY-MM-DDTHH:MM:SSZ" (RFC 3339 in UTC, as TUF 1.0.34 has it); false for anything else, a leap second or a
 * day that does not exist. */
bool clock_parse_utc(const char *text, int64_t *utc_s);
/* Writes CLOCK_UTC_MAX bytes; utc_s within the years 1-9999. */
void clock_format_utc(int64_t utc_s, char *text);
/* Exactly "YYYY-MM-DD", at midnight; false for anything else or a day that does not exist. */
bool clock_parse_date(const char *text, struct clock_civil *civil);

/* The earliest time that can be true: `utc_s`, but never before this program was built (SOURCE_DATE_EPOCH at build
 * time). */
int64_t clock_sane(int64_t utc_s);

/* The time to go by on a kiosk, whose clock may never have been set: the machine's, but never before this program was
 * built, nor before `published_utc_s`, when the newest content was published that this kiosk has taken (0: none yet). So
 * it knows the day after a start in 1970, and what has expired stays so. A clock that is ahead cannot be told from one
 * that is right. */
enum clock_state {
	CLOCK_RIGHT, /* as far as can be known */
	CLOCK_BEFORE_BUILD,
	CLOCK_BEFORE_CONTENT,
	CLOCK_STATE_COUNT
};
int64_t clock_judge(int64_t utc_s, int64_t published_utc_s, enum clock_state *state);
/* "right", "before-build", "before-content"; for status files. */
const char *clock_state_name(enum clock_state state);

#endif
