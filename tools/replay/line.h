/* line -- of a script, cut into words.
 *
 * Words stand between spaces; "quoted ones" may hold spaces, and \" and \\ within. A word that begins with # outside
 * quotes ends the line. Errors are ERR_FORMAT.
 */
#ifndef REPLAY_LINE_H
#define REPLAY_LINE_H

#include "base/err.h"
#include "replay/find.h"
#include "replay/finger.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_WORDS_MAX 8

struct line_word {
	const char *text;
	bool quoted;
};

/* The line is cut in place and borrowed. */
bool line_cut(char *line, struct line_word words[LINE_WORDS_MAX], size_t *count, struct err *err);

/* "text", @id */
bool line_wish(const struct line_word *word, struct find_wish *wish, struct err *err);
/* 1080x1920, sides 320 to 8192 */
bool line_size(const char *text, int *width, int *height, struct err *err);
/* 120s, 500ms; at most a day */
bool line_duration(const char *text, int64_t *ms, struct err *err);
/* 100,-200 */
bool line_point(const char *text, struct finger_point *point, struct err *err);

#endif
