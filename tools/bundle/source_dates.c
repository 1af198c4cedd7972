#include "base/clock.h"
#include "bundle/source_parts.h"

#include <stdio.h>
#include <string.h>

#define YEARS_MAX 1 /* after which somebody should read a text again */

/* How many days from `date` until today; negative when it is still to come. */
static int64_t days_since(const struct source *source, const char *date)
{
	struct clock_civil civil;

	return clock_parse_date(date, &civil) ? source->today - clock_days(civil.year, civil.month, civil.day) : 0;
}

void source_check_dates(const struct source *source, const struct reading *in, const struct tree *map,
			const char *reviewed, const char *valid_to)
{
	if (reviewed && valid_to && strcmp(valid_to, reviewed) <= 0)
		fault_error(in->faults, in->path, tree_find(map, "valid_to")->line,
			    "valid_to %s is not after reviewed %s", valid_to, reviewed);
	else if (reviewed && days_since(source, reviewed) < 0)
		fault_warning(
			in->faults, in->path, tree_find(map, "reviewed")->line,
			"reviewed %s is a day to come; write the day on which a person last read the text through",
			reviewed);
	else if (valid_to && days_since(source, valid_to) > 0)
		source_tell_past(source, in, tree_find(map, "valid_to")->line, valid_to);
	else if (reviewed && days_since(source, reviewed) > INT64_C(366) * YEARS_MAX)
		fault_warning(
			in->faults, in->path, tree_find(map, "reviewed")->line,
			"nobody has read this through since %s, for more than a year; read it, then write today's "
			"date at reviewed",
			reviewed);
}

void source_tell_past(const struct source *source, const struct reading *in, size_t line, const char *valid_to)
{
	if (days_since(source, valid_to) > 0)
		fault_warning(
			in->faults, in->path, line,
			"valid_to %s has passed, and the kiosk says that this may be out of date; read it through, "
			"then write a later day",
			valid_to);
}
