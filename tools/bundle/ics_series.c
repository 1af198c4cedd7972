#include "base/array.h"
#include "base/clock.h"
#include "base/message.h"
#include "bundle/ics_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#define DAY        INT64_C(1440) /* minutes */
#define YEAR_FIRST 2000
#define YEAR_LAST  2100
#define ZONE       "Europe/Copenhagen"

/* A time on the wall in Denmark. */
struct wall {
	int64_t minute; /* from 1970-01-01 00:00 */
	bool all_day;
};

struct series {
	const struct reading *in;
	const struct ics_block *blocks;
	size_t block_count;
	int64_t first_day, last_day; /* the window */
	int64_t length;              /* minutes of one date */
	struct event_time *times;
	size_t count;
	bool refused;
};

static void refuse(struct series *series, const struct ics_property *property, const char *what, const char *allowed)
{
	fault_error(series->in->faults, series->in->path, property->line, "%s \"%.40s\" is not allowed; allowed: %s",
		    _(what), property->value ? property->value : "", _(allowed));
	series->refused = true;
}

static icaltimezone *zone_of(const char *name)
{
	/* What Windows calls our time, and its neighbours of the same clock. */
	static const char *const same[] = {"Romance Standard Time", "W. Europe Standard Time",
					   "Central European Standard Time", "Central Europe Standard Time"};
	size_t len = strlen(name);
	char plain[64];

	if (len > 1 && name[0] == '"' && name[len - 1] == '"') {
		name++;
		len -= 2;
	}
	/* It becomes a path below the time zone database. */
	if (snprintf(plain, sizeof(plain), "%.*s", (int)len, name) >= (int)sizeof(plain) || plain[0] == '/' ||
	    strstr(plain, ".."))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		if (strcmp(plain, same[i]) == 0)
			return icaltimezone_get_builtin_timezone(ZONE);
	return plain[0] ? icaltimezone_get_builtin_timezone(plain) : NULL;
}

static bool digits(const char *text, size_t count, int *out)
{
	*out = 0;
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*out = *out * 10 + (text[i] - '0');
	}
	return true;
}

/* "20261203": a day that exists. */
static bool parse_day(const char *text, size_t len, struct icaltimetype *out)
{
	char date[16];
	struct clock_civil civil;

	if (len < 8)
		return false;
	snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	if (!clock_parse_date(date, &civil) || civil.year < YEAR_FIRST || civil.year > YEAR_LAST)
		return false;
	*out = icaltime_null_time();
	out->year = civil.year;
	out->month = civil.month;
	out->day = civil.day;
	out->is_date = 1;
	return true;
}

/* The same, or "20261203T160000" with or without a Z. */
static bool parse_time(const char *text, size_t len, struct icaltimetype *out, bool *utc)
{
	if (!parse_day(text, len, out))
		return false;
	*utc = len == 16 && text[15] == 'Z';
	if (len == 8)
		return true;
	out->is_date = 0;
	return (len == 15 || *utc) && text[8] == 'T' && digits(text + 9, 2, &out->hour) &&
	       digits(text + 11, 2, &out->minute) && digits(text + 13, 2, &out->second) && out->hour < 24 &&
	       out->minute < 60 && out->second < 60;
}

static struct wall wall_of(struct icaltimetype time)
{
	icaltimezone *here = zone_of(ZONE);

	if (!time.is_date && time.zone && here)
		time = icaltime_convert_to_zone(time, here);
	int64_t day = clock_days(time.year, time.month, time.day);
	return (struct wall){day * DAY + (time.is_date ? 0 : time.hour * 60 + time.minute), time.is_date};
}

/* A time of a property, or of one of several in it. */
static bool read_time(struct series *series, const struct ics_property *property, const char *what, const char *text,
		      size_t len, struct icaltimetype *out)
{
	bool utc = false;

	if (!parse_time(text, len, out, &utc)) {
		refuse(series, property, what, N_("a day such as 20261203, or a time such as 20261203T160000"));
		return false;
	}
	if (out->is_date)
		return true;
	icaltimezone *zone = utc ? icaltimezone_get_utc_timezone() : zone_of(property->tzid ? property->tzid : ZONE);
	if (!zone) {
		fault_error(series->in->faults, series->in->path, property->line,
			    "the time zone \"%.60s\" is not known; allowed: " ZONE,
			    property->tzid ? property->tzid : "");
		series->refused = true;
		return false;
	}
	*out = icaltime_set_timezone(out, zone);
	return true;
}

static bool read_whole(struct series *series, const struct ics_block *block, enum ics_name name, const char *what,
		       struct icaltimetype *out)
{
	const struct ics_property *property = &block->properties[name];

	return property->value && read_time(series, property, what, property->value, strlen(property->value), out);
}

/* Minutes from start to end. */
static int64_t length_of(struct series *series, const struct ics_block *block, struct icaltimetype start)
{
	const struct ics_property *duration = &block->properties[ICS_DURATION];
	const struct ics_property *last = &block->properties[ICS_DTEND];
	int64_t length = start.is_date ? DAY : 0;
	struct icaltimetype stop;

	if (duration->value) {
		struct icaldurationtype given = icaldurationtype_from_string(duration->value);

		if (icaldurationtype_is_bad_duration(given))
			refuse(series, duration, "DURATION", N_("such as PT2H or P1D"));
		else
			length = icaldurationtype_as_int(given) / 60;
	} else if (read_whole(series, block, ICS_DTEND, "DTEND", &stop)) {
		length = wall_of(stop).minute - wall_of(start).minute;
		if (stop.is_date != start.is_date)
			refuse(series, last, "DTEND", N_("a day when DTSTART is a day, else a time"));
	}
	if (!series->refused && (length < 0 || length > ICS_DAYS_MAX * DAY || (start.is_date && length % DAY)))
		refuse(series,
		       last->line       ? last
		       : duration->line ? duration
					: &block->properties[ICS_DTSTART],
		       N_("the length"), N_("0 to 31 days, whole ones for a day"));
	return length;
}

static const char *date_text(const struct series *series, int64_t day)
{
	char utc[CLOCK_UTC_MAX];

	clock_format_utc(day * 86400, utc);
	const char *kept = arena_text(series->in->arena, utc, 10);
	if (!kept)
		series->in->faults->no_memory = true;
	return kept;
}

static void add_day(struct series *series, int64_t day, int from, int to, bool cancelled)
{
	if (day < series->first_day || day > series->last_day || series->refused)
		return;
	if (series->count == EVENT_TIMES_MAX) {
		fault_error(series->in->faults, series->in->path, series->blocks[0].line,
			    "the event has more than %d days within %d months", EVENT_TIMES_MAX, ICS_MONTHS);
		series->refused = true;
		return;
	}
	series->times[series->count++] = (struct event_time){date_text(series, day), from, to, cancelled};
}

/* One date of the series: as many days as it touches. */
static void add_date(struct series *series, struct wall start, int64_t length, bool cancelled)
{
	int64_t stop = start.minute + length;

	do {
		int64_t day = start.minute / DAY;
		int64_t midnight = (day + 1) * DAY;
		int64_t to = stop < midnight ? stop : midnight;

		add_day(series, day, (int)(start.minute - day * DAY), (int)(to - day * DAY), cancelled);
		start.minute = midnight;
	} while (start.minute < stop);
}

/* Whether one of the dates in a list of them is this one; a day alone stands for all that begins on it. */
static bool names_date(struct series *series, const struct ics_property *property, const char *what, struct wall start)
{
	const char *text = property->value;

	while (text && *text) {
		size_t len = strcspn(text, ",");
		struct icaltimetype time;

		if (!read_time(series, property, what, text, len, &time))
			return false;
		struct wall wall = wall_of(time);
		if (wall.all_day ? wall.minute / DAY == start.minute / DAY : wall.minute == start.minute)
			return true;
		text += len + (text[len] == ',');
	}
	return false;
}

static bool is_cancelled(const struct ics_block *block)
{
	const char *status = block->properties[ICS_STATUS].value;

	return status && strcasecmp(status, "CANCELLED") == 0;
}

/* A date as it stands, or as another block has it. */
static void add_start(struct series *series, struct icaltimetype time)
{
	const struct ics_block *main = &series->blocks[0];
	struct wall start = wall_of(time);

	for (size_t i = 0; i < main->exdate_count; i++)
		if (names_date(series, &main->exdates[i], "EXDATE", start))
			return;
	for (size_t i = 1; i < series->block_count; i++) {
		const struct ics_block *block = &series->blocks[i];
		struct icaltimetype other = time;

		if (!names_date(series, &block->properties[ICS_RECURRENCE_ID], "RECURRENCE-ID", start))
			continue;
		bool moved = read_whole(series, block, ICS_DTSTART, "DTSTART", &other);
		add_date(series, wall_of(other), moved ? length_of(series, block, other) : series->length,
			 is_cancelled(block) || is_cancelled(main));
		return;
	}
	add_date(series, start, series->length, is_cancelled(main));
}

static bool rule_allowed(const struct ics_property *rule)
{
	static const char *const parts[] = {"FREQ",  "INTERVAL",   "COUNT",   "UNTIL",
					    "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"};
	static const char *const rates[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
	bool rated = false;

	for (const char *text = rule->value; *text;) {
		size_t len = strcspn(text, ";");
		size_t key = strcspn(text, "=;");
		bool known = false;

		for (size_t i = 0; i < ARRAY_LEN(parts); i++)
			known = known || (strlen(parts[i]) == key && strncasecmp(text, parts[i], key) == 0);
		if (!known || text[key] != '=' || len > 120)
			return false;
		for (size_t i = 0; key == 4 && strncasecmp(text, "FREQ", 4) == 0 && i < ARRAY_LEN(rates); i++)
			rated = rated ||
				(len - 5 == strlen(rates[i]) && strncasecmp(text + 5, rates[i], strlen(rates[i])) == 0);
		text += len + (text[len] == ';');
	}
	return rated;
}

static void follow_rule(struct series *series, struct icaltimetype start)
{
	const struct ics_property *property = &series->blocks[0].properties[ICS_RRULE];
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(property->value);
	icalrecur_iterator *iterator = NULL;

	/* Until a day means all of it; libical takes its midnight. */
	if (rule.until.is_date && !icaltime_is_null_time(rule.until) && !start.is_date) {
		rule.until.is_date = 0;
		rule.until.hour = 23;
		rule.until.minute = rule.until.second = 59;
		rule.until.zone = start.zone;
	}
	if (rule_allowed(property) && rule.freq != ICAL_NO_RECURRENCE && rule.interval > 0 && rule.interval < 100)
		iterator = icalrecur_iterator_new(rule, start);
	if (!iterator) {
		refuse(series, property, "RRULE",
		       N_("FREQ=DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, "
			  "BYMONTH"));
		return;
	}
	for (int steps = 0; steps < ICS_STEPS_MAX && !series->refused; steps++) {
		struct icaltimetype next = icalrecur_iterator_next(iterator);

		if (icaltime_is_null_time(next) || next.year > YEAR_LAST ||
		    wall_of(next).minute / DAY > series->last_day)
			break;
		add_start(series, next);
	}
	icalrecur_iterator_free(iterator);
}

static void add_more(struct series *series)
{
	const struct ics_block *main = &series->blocks[0];

	for (size_t i = 0; i < main->rdate_count && !series->refused; i++) {
		const char *text = main->rdates[i].value;

		while (text && *text) {
			size_t len = strcspn(text, ",");
			struct icaltimetype time;

			if (!read_time(series, &main->rdates[i], "RDATE", text, len, &time))
				return;
			add_start(series, time);
			text += len + (text[len] == ',');
		}
	}
}

static int compare_times(const void *a, const void *b)
{
	const struct event_time *left = a;
	const struct event_time *right = b;
	int order = strcmp(left->date, right->date);

	return order != 0 ? order : left->from - right->from;
}

static void sort(struct series *series)
{
	size_t count = 0;

	if (series->count == 0 || series->in->faults->no_memory)
		return;
	qsort(series->times, series->count, sizeof(*series->times), compare_times);
	for (size_t i = 0; i < series->count; i++)
		if (count == 0 || compare_times(&series->times[count - 1], &series->times[i]) != 0)
			series->times[count++] = series->times[i];
	series->count = count;
}

bool ics_series(const struct reading *in, const struct ics_block *blocks, size_t count, int64_t today,
		struct ics_event *out)
{
	struct series series = {.in = in, .blocks = blocks, .block_count = count};
	struct icaltimetype now = icaltime_from_timet_with_zone((time_t)(today * 86400), 1, NULL);
	struct icaltimetype start;

	icalerror_set_errors_are_fatal(0);
	series.first_day = clock_days(now.year, now.month, 1);
	series.last_day =
		clock_days(now.year + (now.month - 1 + ICS_MONTHS) / 12, (now.month - 1 + ICS_MONTHS) % 12 + 1, 1) - 1;
	series.times = reading_array(in, EVENT_TIMES_MAX, sizeof(*series.times));
	if (!series.times)
		return false;
	if (!blocks[0].properties[ICS_DTSTART].value)
		fault_error(in->faults, in->path, blocks[0].line, "DTSTART is missing");
	if (!read_whole(&series, &blocks[0], ICS_DTSTART, "DTSTART", &start))
		return false;
	series.length = length_of(&series, &blocks[0], start);
	if (series.refused)
		return false;
	if (blocks[0].properties[ICS_RRULE].value)
		follow_rule(&series, start);
	else
		add_start(&series, start);
	add_more(&series);
	sort(&series);
	out->times = series.times;
	out->time_count = series.count;
	return !series.refused;
}

bool ics_moment(const char *text, bool end, int64_t *utc_s)
{
	struct icaltimetype time = icaltime_null_time();
	struct clock_civil civil;
	char date[16];

	icalerror_set_errors_are_fatal(0);
	snprintf(date, sizeof(date), "%.10s", text);
	if (!clock_parse_date(date, &civil))
		return false;
	time.year = civil.year;
	time.month = civil.month;
	time.day = civil.day;
	if (text[10] != '\0') {
		if (strlen(text) != 16 || text[10] != ' ' || text[13] != ':' || !digits(text + 11, 2, &time.hour) ||
		    !digits(text + 14, 2, &time.minute) || time.hour > 23 || time.minute > 59)
			return false;
	} else if (end) {
		icaltime_adjust(&time, 1, 0, 0, 0);
	}
	icaltimezone *zone = zone_of(ZONE);
	if (!zone || time.year < YEAR_FIRST || time.year > YEAR_LAST)
		return false;
	*utc_s = (int64_t)icaltime_as_timet_with_zone(time, zone);
	return true;
}
