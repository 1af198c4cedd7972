#include "bundle/calendar.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DEPTH_MAX 8

struct parse {
	const struct reading *in;
	char *at, *end;
	size_t line; /* of `at` */
	const char *components[DEPTH_MAX];
	size_t depth;
	struct calendar_line *lines; /* of the present event */
	size_t line_count, event_cap;
	struct calendar *out;
};

static bool refuse(const struct parse *parse, size_t line, const char *what)
{
	fault_error(parse->in->faults, parse->in->path, line, "%s", what);
	return false;
}

/* The next line, unfolded where it stands and closed with a zero; NULL at the end. */
static char *next_line(struct parse *parse, size_t *number)
{
	while (parse->at < parse->end && *parse->at == '\n') {
		parse->at++;
		parse->line++;
	}
	char *start = parse->at;
	char *to = start;
	*number = parse->line;
	while (parse->at < parse->end) {
		if (*parse->at != '\n') {
			*to++ = *parse->at++;
			continue;
		}
		parse->at++;
		parse->line++;
		if (parse->at == parse->end || (*parse->at != ' ' && *parse->at != '\t'))
			break;
		parse->at++;
	}
	if (to == start && parse->at == parse->end)
		return NULL;
	*to = '\0'; /* there is room: of the line end, or behind the bytes */
	return start;
}

/* "NAME;PARAMS:value"; false: it has no value. */
static bool split(char *line, struct calendar_line *out)
{
	bool quoted = false;
	char *colon = line;

	for (; *colon && (quoted || *colon != ':'); colon++)
		if (*colon == '"')
			quoted = !quoted;
	if (*colon != ':')
		return false;
	*colon = '\0';
	char *params = line + strcspn(line, ";");
	*out = (struct calendar_line){.name = line, .params = *params ? params + 1 : "", .value = colon + 1};
	*params = '\0';
	for (; *line; line++)
		*line = (char)(*line >= 'a' && *line <= 'z' ? *line - ('a' - 'A') : *line);
	return true;
}

static bool is_kept(const char *name)
{
	static const char *const kept[] = {"UID",           "SUMMARY", "DESCRIPTION",   "LOCATION",       "CATEGORIES",
					   "URL",           "STATUS",  "DTSTART",       "DTEND",          "DURATION",
					   "RRULE",         "RDATE",   "EXDATE",        "CLASS",          "SEQUENCE",
					   "RECURRENCE-ID", "DTSTAMP", "LAST-MODIFIED", "X-VEJVISER-FROM"};

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (strcmp(kept[i], name) == 0)
			return true;
	return false;
}

static bool begin_event(struct parse *parse, size_t line)
{
	struct calendar *out = parse->out;

	if (out->count == CALENDAR_EVENTS_MAX)
		return refuse(parse, line, "the calendar has more than 5000 events; no more are allowed");
	if (out->count == parse->event_cap) {
		size_t cap = parse->event_cap ? parse->event_cap * 2 : 32;
		struct calendar_event *grown = reading_array(parse->in, cap, sizeof(*grown));

		if (!grown)
			return false;
		if (out->count > 0)
			memcpy(grown, out->events, out->count * sizeof(*grown));
		out->events = grown;
		parse->event_cap = cap;
	}
	out->events[out->count++] = (struct calendar_event){.line = line, .uid = ""};
	parse->line_count = 0;
	return true;
}

static bool end_event(struct parse *parse)
{
	struct calendar_event *event = &parse->out->events[parse->out->count - 1];

	event->lines = reading_array(parse->in, parse->line_count, sizeof(*event->lines));
	if (!event->lines)
		return false;
	if (parse->line_count > 0)
		memcpy(event->lines, parse->lines, parse->line_count * sizeof(*event->lines));
	event->count = parse->line_count;
	const struct calendar_line *uid = calendar_find(event, "UID");
	const struct calendar_line *date = calendar_find(event, "RECURRENCE-ID");
	const struct calendar_line *sequence = calendar_find(event, "SEQUENCE");
	event->uid = uid ? uid->value : "";
	event->date = date ? date->value : NULL;
	event->sequence = sequence ? strtol(sequence->value, NULL, 10) : 0;
	return true;
}

static bool in_event(const struct parse *parse)
{
	return parse->depth == 2 && strcasecmp(parse->components[1], "VEVENT") == 0;
}

static bool begin(struct parse *parse, const struct calendar_line *line)
{
	bool calendar = strcasecmp(line->value, "VCALENDAR") == 0;

	if ((parse->depth == 0) != calendar || parse->depth == DEPTH_MAX)
		return refuse(parse, line->line, "components are nested wrongly; allowed: VEVENT in VCALENDAR");
	parse->components[parse->depth++] = line->value;
	return !in_event(parse) || begin_event(parse, line->line);
}

static bool end(struct parse *parse, const struct calendar_line *line)
{
	if (parse->depth == 0 || strcasecmp(line->value, parse->components[parse->depth - 1]) != 0)
		return refuse(parse, line->line, "END without its BEGIN");
	if (in_event(parse) && !end_event(parse))
		return false;
	parse->depth--;
	return true;
}

static bool read_line(struct parse *parse, const struct calendar_line *line)
{
	if (strcmp(line->name, "BEGIN") == 0)
		return begin(parse, line);
	if (strcmp(line->name, "END") == 0)
		return end(parse, line);
	if (parse->depth == 0)
		return refuse(parse, line->line, "this is not iCalendar; it must begin with BEGIN:VCALENDAR");
	if (parse->depth == 1 && strcmp(line->name, "METHOD") == 0) {
		parse->out->cancels = strcasecmp(line->value, "CANCEL") == 0;
		parse->out->partial = strcasecmp(line->value, "PUBLISH") != 0;
	}
	if (!in_event(parse) || !is_kept(line->name))
		return true;
	if (parse->line_count == CALENDAR_LINES_MAX)
		return refuse(parse, line->line, "an event has more than 500 lines; no more are allowed");
	parse->lines[parse->line_count++] = *line;
	return true;
}

static bool read_lines(struct parse *parse)
{
	size_t number;
	bool ok = true;

	for (char *text = next_line(parse, &number); ok && text; text = ok ? next_line(parse, &number) : NULL) {
		struct calendar_line line;

		if (!*text)
			continue;
		ok = split(text, &line) || refuse(parse, number, "this is not iCalendar; a line is NAME:value");
		line.line = number;
		ok = ok && read_line(parse, &line);
	}
	if (ok && parse->depth > 0)
		ok = refuse(parse, parse->line, "the file ends before its END");
	return ok;
}

bool calendar_read(const struct reading *in, const char *bytes, size_t len, struct calendar *out)
{
	struct parse parse = {.in = in, .line = 1, .out = out};
	struct calendar_line lines[CALENDAR_LINES_MAX];

	*out = (struct calendar){0};
	if (len > CALENDAR_BYTES_MAX)
		return refuse(&parse, 1, "the calendar has more than 8 MB; no more are allowed");
	if (memchr(bytes, '\0', len))
		return refuse(&parse, 1, "this is not iCalendar; a zero byte stands in it");
	parse.at = arena_text(in->arena, bytes, len);
	if (!parse.at) {
		in->faults->no_memory = true;
		return false;
	}
	parse.end = parse.at + len;
	parse.lines = lines;
	if (!read_lines(&parse))
		return false;
	return out->count > 0 || refuse(&parse, 1, "there is no event in it");
}

const struct calendar_line *calendar_find(const struct calendar_event *event, const char *name)
{
	for (size_t i = 0; i < event->count; i++)
		if (strcmp(event->lines[i].name, name) == 0)
			return &event->lines[i];
	return NULL;
}

const char *calendar_text(struct arena *arena, const char *value)
{
	char *text = arena_alloc(arena, strlen(value) + 1);
	size_t len = 0;

	for (; text && *value; value++) {
		char c = *value;

		if (c == '\\' && value[1]) {
			c = *++value;
			c = c == 'n' || c == 'N' ? ' ' : c;
		}
		if (c == '\t')
			c = ' ';
		if (c != ' ' || (len > 0 && text[len - 1] != ' '))
			text[len++] = c;
	}
	while (len > 0 && text[len - 1] == ' ')
		len--;
	if (text)
		text[len] = '\0';
	return text;
}

const char *calendar_value(struct arena *arena, const char *text)
{
	char *value = arena_alloc(arena, 2 * strlen(text) + 1);
	size_t len = 0;

	for (; value && *text; text++) {
		if (strchr("\\,;", *text))
			value[len++] = '\\';
		value[len++] = *text;
	}
	return value;
}
