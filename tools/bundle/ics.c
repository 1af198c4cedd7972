#include "bundle/ics.h"

#include "base/array.h"
#include "base/message.h"
#include "bundle/ics_parts.h"

#include <string.h>
#include <strings.h>

#define TITLE_CHARS    60
#define TEXT_CHARS     200
#define LOCATION_CHARS 80
#define WEB_CHARS      100
#define DEPTH_MAX      4 /* components within components */

static const char *const names[] = {
	[ICS_UID] = "UID",           [ICS_SUMMARY] = "SUMMARY", [ICS_DESCRIPTION] = "DESCRIPTION",
	[ICS_LOCATION] = "LOCATION", [ICS_URL] = "URL",         [ICS_CATEGORIES] = "CATEGORIES",
	[ICS_STATUS] = "STATUS",     [ICS_DTSTART] = "DTSTART", [ICS_DTEND] = "DTEND",
	[ICS_DURATION] = "DURATION", [ICS_RRULE] = "RRULE",     [ICS_RECURRENCE_ID] = "RECURRENCE-ID",
};
static_assert(ARRAY_LEN(names) == ICS_NAME_COUNT, "a property has no name");

/* A file being read, line by line. */
struct parse {
	const struct reading *in;
	const char *at, *end;
	size_t line; /* of `at`, from 1 */
	size_t depth;
	const char *components[DEPTH_MAX]; /* the names of those that are open */
	struct ics_block *blocks;
	size_t block_count;
	bool refused;
};

static void refuse(struct parse *parse, size_t line, const char *what)
{
	fault_error(parse->in->faults, parse->in->path, line, "%s", _(what));
	parse->refused = true;
}

/* The next line with its continuations, which begin with a space or a tab; empty at the end. */
static size_t next_line(struct parse *parse, char line[ICS_LINE_MAX], size_t *number)
{
	size_t len = 0;

	*number = parse->line;
	while (parse->at < parse->end) {
		const char *newline = memchr(parse->at, '\n', (size_t)(parse->end - parse->at));
		const char *stop = newline ? newline : parse->end;
		size_t n = (size_t)(stop - parse->at);

		if (n >= ICS_LINE_MAX - len) {
			refuse(parse, *number, "this line is too long; at most 4096 bytes are allowed");
			return 0;
		}
		memcpy(line + len, parse->at, n);
		len += n;
		parse->at = newline ? newline + 1 : parse->end;
		parse->line++;
		bool folded = parse->at < parse->end && (*parse->at == ' ' || *parse->at == '\t');
		if (len > 0 && !folded)
			break;
		if (len == 0)
			*number = parse->line;
		parse->at += folded;
	}
	line[len] = '\0';
	return len;
}

/* Cuts "NAME;TZID=x;Y=\"a:b\":value" at its parts; false: it has no value. */
static bool split(char *line, char **value, const char **tzid)
{
	bool quoted = false;
	char *at = line;

	*tzid = NULL;
	for (; *at && (quoted || *at != ':'); at++) {
		if (*at == '"')
			quoted = !quoted;
		if (*at != ';' || quoted)
			continue;
		*at = '\0';
		if (strncasecmp(at + 1, "TZID=", 5) == 0)
			*tzid = at + 6;
	}
	if (*at != ':')
		return false;
	*at = '\0';
	*value = at + 1;
	return true;
}

static const char *keep(struct parse *parse, const char *text)
{
	const char *kept = text ? arena_text(parse->in->arena, text, strlen(text)) : NULL;

	if (text && !kept)
		parse->in->faults->no_memory = true;
	return kept;
}

static void begin_event(struct parse *parse, size_t line)
{
	if (parse->block_count == ICS_EVENTS_MAX) {
		refuse(parse, line, "too many events; at most 60 are allowed");
		return;
	}
	struct ics_block *block = &parse->blocks[parse->block_count++];
	block->line = line;
	block->rdates = reading_array(parse->in, ICS_DATES_MAX, sizeof(*block->rdates));
	block->exdates = reading_array(parse->in, ICS_DATES_MAX, sizeof(*block->exdates));
	parse->refused = parse->refused || !block->rdates || !block->exdates;
}

static void begin(struct parse *parse, size_t line, const char *component)
{
	static const char *const known[] = {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"};
	size_t i = 0;

	while (i < ARRAY_LEN(known) && strcasecmp(component, known[i]) != 0)
		i++;
	if (i == ARRAY_LEN(known))
		refuse(parse, line, "only events can be read; allowed: VCALENDAR with VEVENT");
	else if (parse->depth == DEPTH_MAX || (parse->depth == 0) != (i == 0))
		refuse(parse, line, "components are nested wrongly; allowed: VEVENT in VCALENDAR");
	if (parse->refused)
		return;
	parse->components[parse->depth++] = known[i];
	if (i == 1 && parse->depth == 2)
		begin_event(parse, line);
	else if (i == 1)
		refuse(parse, line, "components are nested wrongly; allowed: VEVENT in VCALENDAR");
}

static void end(struct parse *parse, size_t line, const char *component)
{
	if (parse->depth == 0 || strcasecmp(component, parse->components[parse->depth - 1]) != 0)
		refuse(parse, line, "END without its BEGIN");
	else
		parse->depth--;
}

static void keep_date(struct parse *parse, size_t line, struct ics_property *dates, size_t *count, const char *value,
		      const char *tzid)
{
	if (*count == ICS_DATES_MAX)
		refuse(parse, line, "too many dates; at most 400 are allowed");
	else
		dates[(*count)++] = (struct ics_property){line, keep(parse, value), keep(parse, tzid)};
}

static void keep_property(struct parse *parse, size_t line, const char *name, const char *value, const char *tzid)
{
	struct ics_block *block = &parse->blocks[parse->block_count - 1];

	if (strcasecmp(name, "RDATE") == 0)
		keep_date(parse, line, block->rdates, &block->rdate_count, value, tzid);
	else if (strcasecmp(name, "EXDATE") == 0)
		keep_date(parse, line, block->exdates, &block->exdate_count, value, tzid);
	for (size_t i = 0; i < ICS_NAME_COUNT; i++) {
		struct ics_property *property = &block->properties[i];

		if (strcasecmp(name, names[i]) != 0)
			continue;
		if (property->line > 0) {
			fault_error(parse->in->faults, parse->in->path, line, "%s stands twice; first in line %zu",
				    names[i], property->line);
			parse->refused = true;
		}
		*property = (struct ics_property){line, keep(parse, value), keep(parse, tzid)};
	}
}

static void read_line(struct parse *parse, char *line, size_t number)
{
	const char *tzid;
	char *value;

	if (!split(line, &value, &tzid))
		refuse(parse, number, "this is not iCalendar; a line is NAME:value");
	else if (strcasecmp(line, "BEGIN") == 0)
		begin(parse, number, value);
	else if (strcasecmp(line, "END") == 0)
		end(parse, number, value);
	else if (parse->depth == 0)
		refuse(parse, number, "this is not iCalendar; it must begin with BEGIN:VCALENDAR");
	else if (parse->depth == 2 && strcmp(parse->components[1], "VEVENT") == 0)
		keep_property(parse, number, line, value, tzid);
}

static bool read_blocks(struct parse *parse)
{
	char line[ICS_LINE_MAX];
	size_t number;

	while (!parse->refused && next_line(parse, line, &number) > 0)
		read_line(parse, line, number);
	if (!parse->refused && (parse->depth > 0 || parse->block_count == 0))
		refuse(parse, parse->depth > 0 ? parse->line : 1,
		       parse->depth > 0 ? N_("the file ends before its END") : N_("there is no event in it"));
	return !parse->refused;
}

/* The event itself first: it is the one without RECURRENCE-ID. The others are dates of it. */
static bool order_blocks(struct parse *parse)
{
	size_t main = parse->block_count;

	for (size_t i = 0; i < parse->block_count; i++) {
		struct ics_block *block = &parse->blocks[i];

		if (block->properties[ICS_RECURRENCE_ID].line > 0)
			continue;
		if (main < parse->block_count)
			refuse(parse, block->line, "a second event; allowed: one in a file");
		main = i;
	}
	if (main == parse->block_count) {
		refuse(parse, parse->blocks[0].line, "the event itself is missing; all here have RECURRENCE-ID");
		return false;
	}
	struct ics_block first = parse->blocks[main];
	parse->blocks[main] = parse->blocks[0];
	parse->blocks[0] = first;
	for (size_t i = 1; i < parse->block_count; i++) {
		const char *uid = parse->blocks[i].properties[ICS_UID].value;

		if (!uid || !first.properties[ICS_UID].value || strcmp(uid, first.properties[ICS_UID].value) != 0)
			refuse(parse, parse->blocks[i].line,
			       "another UID; a date that differs has the UID of its event");
	}
	return !parse->refused;
}

/* RFC 5545, 3.3.11; line breaks become spaces. NULL when the property is absent or refused. */
static const char *text_of(struct parse *parse, enum ics_name name, size_t max_chars)
{
	const struct ics_property *property = &parse->blocks[0].properties[name];
	char text[ICS_LINE_MAX];
	size_t len = 0;

	if (!property->value)
		return NULL;
	for (const char *at = property->value; *at; at++) {
		if (*at != '\\' || !at[1]) {
			text[len++] = *at;
			continue;
		}
		at++;
		text[len++] = *at == 'n' || *at == 'N' ? ' ' : *at;
	}
	const char *kept = reading_text(parse->in, property->line, names[name], text, len, max_chars);
	parse->refused = parse->refused || !kept;
	return kept;
}

static void read_category(struct parse *parse, const char *category, struct ics_event *out)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {{"free", &out->free},
		     {"no-signup", &out->no_signup},
		     {"families", &out->families},
		     {"example", &out->example}};
	const char *allowed[EVENT_KIND_COUNT + ARRAY_LEN(flags)];
	int kind = shape_choice(event_kinds, category);
	bool found = kind >= 0;

	for (size_t i = 0; i < EVENT_KIND_COUNT; i++)
		allowed[i] = event_kinds[i];
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		allowed[EVENT_KIND_COUNT + i] = flags[i].name;
		if (strcmp(flags[i].name, category) != 0)
			continue;
		*flags[i].flag = true;
		found = true;
	}
	if (kind >= 0)
		out->kind = (enum event_kind)kind;
	if (found)
		return;
	fault_error(parse->in->faults, parse->in->path, parse->blocks[0].properties[ICS_CATEGORIES].line,
		    "CATEGORIES \"%s\" is unknown%s", category,
		    reading_suggest(parse->in, category, allowed, ARRAY_LEN(allowed)));
	parse->refused = true;
}

static void read_categories(struct parse *parse, struct ics_event *out)
{
	const char *text = parse->blocks[0].properties[ICS_CATEGORIES].value;
	char category[32];

	while (text && *text) {
		size_t len = strcspn(text, ",");
		size_t kept = len < sizeof(category) - 1 ? len : sizeof(category) - 1;

		memcpy(category, text, kept);
		category[kept] = '\0';
		for (char *c = category; *c; c++)
			*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
		if (!reading_check(parse->in, parse->blocks[0].properties[ICS_CATEGORIES].line, "CATEGORIES", category,
				   kept))
			parse->refused = true;
		else
			read_category(parse, category, out);
		text += len + (text[len] == ',');
	}
}

static void read_web(struct parse *parse, struct ics_event *out)
{
	const char *text = text_of(parse, ICS_URL, WEB_CHARS + 8);
	const char *web = text;

	if (!text)
		return;
	if (strncmp(web, "https://", 8) == 0)
		web += 8;
	else if (strncmp(web, "http://", 7) == 0)
		web += 7;
	size_t len = strlen(web);
	if (web == text || !strchr(web, '.') || strpbrk(web, " @\"<>"))
		refuse(parse, parse->blocks[0].properties[ICS_URL].line,
		       "URL is not allowed; allowed: an address such as https://www.vesthimmerland.dk");
	len -= len > 0 && web[len - 1] == '/';
	out->web = arena_text(parse->in->arena, web, len);
	if (!out->web)
		parse->in->faults->no_memory = true;
}

static void keep_uid(struct parse *parse, const struct ics_property *property, struct ics_event *out)
{
	const char *value = property->value ? property->value : ""; /* NULL: refused, and told */

	out->uid_line = property->line;
	out->uid = arena_text(parse->in->arena, value, strlen(value));
	if (!out->uid)
		parse->in->faults->no_memory = true;
}

static void read_texts(struct parse *parse, struct ics_event *out)
{
	const struct ics_block *block = &parse->blocks[0];

	if (block->properties[ICS_UID].line == 0)
		refuse(parse, block->line, "UID is missing");
	else
		keep_uid(parse, &block->properties[ICS_UID], out);
	if (block->properties[ICS_SUMMARY].line == 0)
		refuse(parse, block->line, "SUMMARY is missing; it is the title");
	out->title = text_of(parse, ICS_SUMMARY, TITLE_CHARS);
	out->text = text_of(parse, ICS_DESCRIPTION, TEXT_CHARS);
	out->location = text_of(parse, ICS_LOCATION, LOCATION_CHARS);
	out->location_line = block->properties[ICS_LOCATION].line;
	read_categories(parse, out);
	read_web(parse, out);
}

bool ics_read(const struct reading *in, const char *bytes, size_t len, int64_t today, struct ics_event *out)
{
	struct parse parse = {.in = in, .at = bytes, .end = bytes + len, .line = 1};

	*out = (struct ics_event){0};
	parse.blocks = reading_array(in, ICS_EVENTS_MAX, sizeof(*parse.blocks));
	if (!parse.blocks)
		return false;
	if (memchr(bytes, '\0', len))
		refuse(&parse, 1, "this is not iCalendar; a zero byte stands in it");
	if (!read_blocks(&parse) || !order_blocks(&parse))
		return false;
	read_texts(&parse, out);
	return ics_series(in, parse.blocks, parse.block_count, today, out) && !parse.refused;
}
