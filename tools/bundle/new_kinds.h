/* new_kinds -- what `vejviser-bundle new` can make: for each kind the files it writes, and where it must be listed.
 *
 * In paths and texts stand for what was asked: @name@, @topic@ (of a page), @title@ (as YAML has it), @value@ (the title
 * as iCalendar has it), @icon@, and the days @today@, @soon@ (in a week), @until@ (in a year); @soonday@ is @soon@ as
 * iCalendar has it. Every example is one that the check accepts, and says of each line what it is for.
 */
#ifndef BUNDLE_NEW_KINDS_H
#define BUNDLE_NEW_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#define NEW_FILES_MAX 4

struct new_kind {
	const char *name;
	const char *help;      /* what it is */
	const char *name_help; /* what NAME is */
	const char *title_help;
	size_t title_chars; /* at most */
	const char *icon;   /* unless another is asked for */
	struct {
		const char *path, *text;
	} files[NEW_FILES_MAX]; /* the first is the one to open */
	const char *list, *key; /* the file and the key it is listed in; NULL: nowhere */
};

extern const struct new_kind new_kinds[];
extern const size_t new_kind_count;

#endif
