#include "replay/line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MIN 320
#define SIDE_MAX 8192
#define WAIT_MAX (INT64_C(24) * 60 * 60 * 1000)

/* Cuts the quoted word whose opening quote is at `line`; *after is where the line goes on. */
static bool cut_quoted(char *line, struct line_word *word, char **after, struct err *err)
{
	char *from = line + 1, *to = from;

	word->text = to;
	word->quoted = true;
	while (*from && *from != '"') {
		bool escaped = *from == '\\' && from[1] && strchr("\"\\nt", from[1]);
		from += escaped;
		*to++ = escaped && *from == 'n' ? '\n' : escaped && *from == 't' ? '\t' : *from;
		from++;
	}
	if (!*from)
		return err_set(err, ERR_FORMAT, "a quote is not closed");
	*to = '\0';
	*after = from + 1;
	if (**after && !strchr(" \t", **after))
		return err_set(err, ERR_FORMAT, "after a closing quote must come a space");
	return true;
}

bool line_cut(char *line, struct line_word words[LINE_WORDS_MAX], size_t *count, struct err *err)
{
	*count = 0;
	for (char *at = line + strspn(line, " \t\r"); *at && *at != '#'; at += strspn(at, " \t\r")) {
		if (*count == LINE_WORDS_MAX)
			return err_set(err, ERR_FORMAT, "more than %d words", LINE_WORDS_MAX);
		struct line_word *word = &words[(*count)++];
		if (*at == '"') {
			if (!cut_quoted(at, word, &at, err))
				return false;
			continue;
		}
		*word = (struct line_word){at, false};
		at += strcspn(at, " \t\r");
		if (*at)
			*at++ = '\0';
	}
	return true;
}

bool line_wish(const struct line_word *word, struct find_wish *wish, struct err *err)
{
	bool by_id = !word->quoted && word->text[0] == '@' && word->text[1];

	if (!by_id && !(word->quoted && word->text[0]))
		return err_set(err, ERR_FORMAT, "%s: an item is named as \"what it says\" or @id", word->text);
	*wish = (struct find_wish){by_id, word->text + by_id};
	return true;
}

bool line_size(const char *text, int *width, int *height, struct err *err)
{
	char rest = 0;
	int w = 0, h = 0;

	if (sscanf(text, "%4dx%4d%c", &w, &h, &rest) != 2 || w < SIDE_MIN || h < SIDE_MIN || w > SIDE_MAX ||
	    h > SIDE_MAX)
		return err_set(err, ERR_FORMAT, "%s: a size is WIDTHxHEIGHT, each %d to %d", text, SIDE_MIN, SIDE_MAX);
	*width = w;
	*height = h;
	return true;
}

bool line_duration(const char *text, int64_t *ms, struct err *err)
{
	char *unit = NULL;

	errno = 0;
	long long value = strtoll(text, &unit, 10);
	int64_t factor = strcmp(unit, "s") == 0 ? 1000 : strcmp(unit, "ms") == 0 ? 1 : 0;
	if (unit == text || errno || factor == 0 || value < 0 || value > WAIT_MAX / factor)
		return err_set(err, ERR_FORMAT, "%s: a time is such as 120s or 500ms, at most a day", text);
	*ms = value * factor;
	return true;
}

bool line_point(const char *text, struct finger_point *point, struct err *err)
{
	char rest = 0;
	int x = 0, y = 0;

	if (sscanf(text, "%5d,%5d%c", &x, &y, &rest) != 2)
		return err_set(err, ERR_FORMAT, "%s: pixels are such as 100,-200", text);
	*point = (struct finger_point){(float)x, (float)y};
	return true;
}
