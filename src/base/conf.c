#include "base/conf.h"

#include "base/array.h"
#include "base/message.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAY_MIN (24 * 60)

struct slice {
	const char *at;
	size_t len;
};

struct reader {
	const struct conf *conf;
	const char *name;
	size_t line;
	void *out;
	size_t given_on[CONF_ROWS_MAX]; /* line; 0: not yet */
	size_t faults;
	size_t left_out;              /* faults that did not fit into text */
	char text[ERR_TEXT_MAX - 64]; /* one line for each fault; the rest is for "and 7 more" */
	size_t text_len;
};

#define FAULT_MAX   512 /* bytes of one fault: with NAME_SHOWN and a line number the first one always fits */
#define NAME_SHOWN  255
#define VALUE_SHOWN 40

__attribute__((format(printf, 2, 3))) static void add_fault(struct reader *reader, const char *format, ...)
{
	char what[FAULT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), _(format), args);
	va_end(args);

	size_t room = sizeof(reader->text) - reader->text_len;
	int name_len = (int)utf8_cut(reader->name, strlen(reader->name), NAME_SHOWN);
	int len = snprintf(reader->text + reader->text_len, room, "%s%.*s:%zu: %s", reader->faults ? "\n" : "",
			   name_len, reader->name, reader->line, what);
	if (len >= 0 && (size_t)len < room)
		reader->text_len += (size_t)len;
	else
		reader->left_out++;
	reader->text[reader->text_len] = '\0';
	reader->faults++;
}

static bool take_phone(const struct conf_row *row, struct slice value, void *field)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] != ' ' && (value.at[i] < '0' || value.at[i] > '9'))
			return false;
	if (value.len < (size_t)row->min || value.len > (size_t)row->max)
		return false;
	memset(field, 0, CONF_TEXT_MAX);
	memcpy(field, value.at, value.len);
	return true;
}

static bool parse_whole(struct slice value, int64_t *out)
{
	int64_t number = 0;

	if (value.len == 0 || value.len > 9)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
		number = number * 10 + (value.at[i] - '0');
	}
	*out = number;
	return true;
}

static bool take_whole(const struct conf_row *row, struct slice value, void *field)
{
	int64_t number;

	if (!parse_whole(value, &number) || number < row->min || number > row->max)
		return false;
	*(int64_t *)field = number;
	return true;
}

static bool take_one_of(const struct conf_row *row, struct slice value, void *field)
{
	int64_t number;

	if (!parse_whole(value, &number))
		return false;
	for (size_t i = 0; i < CONF_VALUES; i++) {
		if (row->values[i] == number) {
			*(int64_t *)field = number;
			return true;
		}
	}
	return false;
}

/* "06:00", and "24:00" for the end of the day. */
static bool parse_time(const char *at, int *minute)
{
	struct slice hours = {at, 2};
	struct slice minutes = {at + 3, 2};
	int64_t h;
	int64_t m;

	if (!parse_whole(hours, &h) || at[2] != ':' || !parse_whole(minutes, &m) || m > 59 || h * 60 + m > DAY_MIN)
		return false;
	*minute = (int)(h * 60 + m);
	return true;
}

static bool take_hours(const struct conf_row *row, struct slice value, void *field)
{
	struct conf_hours hours = {0};

	(void)row;
	if (value.len > 0 &&
	    (value.len != strlen("22:00-06:00") || !parse_time(value.at, &hours.from) || value.at[5] != '-' ||
	     !parse_time(value.at + 6, &hours.to) || hours.from == DAY_MIN || hours.from == hours.to % DAY_MIN))
		return false;
	hours.to %= DAY_MIN;
	*(struct conf_hours *)field = hours;
	return true;
}

static bool take_checked(const struct conf_row *row, struct slice value, void *field)
{
	char text[CONF_TEXT_MAX];

	if (value.len >= sizeof(text))
		return false;
	memcpy(text, value.at, value.len);
	text[value.len] = '\0';
	if ((*text || *row->initial) && !row->check(text))
		return false;
	memset(field, 0, CONF_TEXT_MAX);
	memcpy(field, text, value.len);
	return true;
}

static bool (*const takers[])(const struct conf_row *row, struct slice value, void *field) = {
	[CONF_PHONE] = take_phone,   [CONF_WHOLE] = take_whole,     [CONF_HOURS] = take_hours,
	[CONF_ONE_OF] = take_one_of, [CONF_CHECKED] = take_checked, [CONF_SECRET] = take_checked,
};

static bool take(const struct conf_row *row, struct slice value, void *out)
{
	return takers[row->kind](row, value, (char *)out + row->offset);
}

#define ALLOWED_MAX 128

static void describe_allowed(const struct conf_row *row, char text[ALLOWED_MAX])
{
	static const char *const formats[] = {
		[CONF_PHONE] = N_("%" PRId64 " to %" PRId64 " digits and spaces"),
		[CONF_WHOLE] = N_("%" PRId64 " to %" PRId64 " %s"),
		[CONF_ONE_OF] = N_("%" PRId64 ", %" PRId64 ", %" PRId64 " or %" PRId64 " %s"),
	};
	const char *unit = row->unit[0] ? _(row->unit) : "";

	if (row->allowed)
		snprintf(text, ALLOWED_MAX, "%s", _(row->allowed));
	else if (row->kind == CONF_HOURS)
		snprintf(text, ALLOWED_MAX, "%s", _("from and to, such as 22:00-06:00, or nothing"));
	else if (row->kind == CONF_ONE_OF)
		snprintf(text, ALLOWED_MAX, _(formats[row->kind]), row->values[0], row->values[1], row->values[2],
			 row->values[3], unit);
	else
		snprintf(text, ALLOWED_MAX, _(formats[row->kind]), row->min, row->max, unit);
}

static const struct conf_row *find_row(const struct conf *conf, struct slice key)
{
	for (size_t i = 0; i < conf->count; i++)
		if (strlen(conf->rows[i].key) == key.len && memcmp(conf->rows[i].key, key.at, key.len) == 0)
			return &conf->rows[i];
	return NULL;
}

#define KEY_MAX 32

/* How many letters must be added, taken away or changed (Levenshtein). */
static size_t distance(struct slice key, const char *other)
{
	size_t costs[KEY_MAX + 1]; /* of turning the beginning of key so far into the first j letters of other */
	size_t other_len = strlen(other);

	for (size_t j = 0; j <= other_len; j++)
		costs[j] = j;
	for (size_t i = 0; i < key.len; i++) {
		size_t diagonal = costs[0];
		costs[0] = i + 1;
		for (size_t j = 0; j < other_len; j++) {
			size_t change = diagonal + (key.at[i] != other[j]);
			size_t shift = (costs[j] < costs[j + 1] ? costs[j] : costs[j + 1]) + 1;
			diagonal = costs[j + 1];
			costs[j + 1] = change < shift ? change : shift;
		}
	}
	return costs[other_len];
}

static void fault_unknown(struct reader *reader, struct slice key)
{
	const struct conf_row *rows = reader->conf->rows;
	size_t count = reader->conf->count;
	const struct conf_row *nearest = NULL;
	size_t least = 4; /* a word of which more is wrong is another word */
	int shown = (int)utf8_cut(key.at, key.len, VALUE_SHOWN);

	for (size_t i = 0; key.len <= KEY_MAX && i < count; i++) {
		size_t wrong = distance(key, rows[i].key);
		if (wrong < least) {
			least = wrong;
			nearest = &rows[i];
		}
	}
	if (nearest) {
		add_fault(reader, "\"%.*s\" is not a setting; did you mean \"%s\"?", shown, key.at, nearest->key);
		return;
	}

	char keys[FAULT_MAX / 2] = "";
	size_t len = 0;
	for (size_t i = 0; i < count; i++) {
		int n = snprintf(keys + len, sizeof(keys) - len, "%s%s", i ? ", " : "", rows[i].key);
		len += (size_t)n;
		if (len >= sizeof(keys))
			break;
	}
	add_fault(reader, "\"%.*s\" is not a setting; the settings are %s", shown, key.at, keys);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct slice trim(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	while (at < end && is_blank(end[-1]))
		end--;
	return (struct slice){at, (size_t)(end - at)};
}

static bool is_plain_text(struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (((unsigned char)line.at[i] < 0x20 && line.at[i] != '\t') || line.at[i] == 0x7F)
			return false;
	return utf8_valid(line.at, line.len, NULL);
}

/* What somebody took for a comment behind the value: a # alone. "Kiosk #2" is a name. */
static bool has_comment(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] == '#' && (i == 0 || is_blank(value.at[i - 1])) &&
		    (i + 1 == value.len || is_blank(value.at[i + 1])))
			return true;
	return false;
}

static void fault_value(struct reader *reader, const struct conf_row *row, struct slice value)
{
	char allowed[ALLOWED_MAX];

	describe_allowed(row, allowed);
	/* What stands before an @ in an address may be a password. */
	if (row->kind == CONF_SECRET || memchr(value.at, '@', value.len))
		add_fault(reader, "%s: what it says is not allowed; allowed: %s", row->key, allowed);
	else
		add_fault(reader, "%s: \"%.*s\" is not allowed; allowed: %s", row->key,
			  (int)utf8_cut(value.at, value.len, VALUE_SHOWN), value.at, allowed);
}

static void read_line(struct reader *reader, struct slice line)
{
	if (line.len == 0)
		return;
	if (!is_plain_text(line)) {
		add_fault(reader, "a control character or invalid UTF-8; the file must be plain text in UTF-8");
		return;
	}
	if (*line.at == '#')
		return;
	const char *equals = memchr(line.at, '=', line.len);
	if (!equals) {
		add_fault(reader, "no \"=\"; expected key = value, or # before a comment");
		return;
	}

	struct slice key = trim(line.at, equals);
	struct slice value = trim(equals + 1, line.at + line.len);
	const struct conf_row *row = find_row(reader->conf, key);
	if (!row) {
		fault_unknown(reader, key);
		return;
	}
	size_t *given_on = &reader->given_on[row - reader->conf->rows];
	if (*given_on) {
		add_fault(reader, "%s: given a second time; the first is on line %zu", row->key, *given_on);
		return;
	}
	*given_on = reader->line;
	if (row->kind != CONF_SECRET && has_comment(value))
		add_fault(reader, "%s: a comment stands on a line of its own, not behind a value", row->key);
	else if (!take(row, value, reader->out))
		fault_value(reader, row, value);
}

bool conf_parse(const struct conf *conf, const char *name, const char *bytes, size_t len, void *out, struct err *err)
{
	struct reader reader = {.conf = conf, .name = name, .out = out};

	static_assert(ARRAY_LEN(takers) == CONF_SECRET + 1, "a kind has no row");
	if (len > CONF_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: %zu bytes, allowed are %d", name, len, CONF_BYTES_MAX);
	if (len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
		return err_set(err, ERR_USAGE, _("%s: saved as UTF-16; it must be plain text in UTF-8"), name);
	for (size_t i = 0; i < conf->count; i++)
		take(&conf->rows[i], (struct slice){conf->rows[i].initial, strlen(conf->rows[i].initial)}, out);

	/* Editors of Windows put a byte-order mark in front. */
	for (size_t pos = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; pos < len;) {
		const char *line = bytes + pos;
		const char *end = memchr(line, '\n', len - pos);
		end = end ? end : bytes + len;
		reader.line++;
		read_line(&reader, trim(line, end));
		pos = (size_t)(end - bytes) + 1;
	}
	if (reader.faults == 0)
		return true;
	if (reader.left_out > 0)
		return err_set(err, ERR_USAGE, "%s\nand %zu more faults", reader.text, reader.left_out);
	return err_set(err, ERR_USAGE, "%s", reader.text);
}

bool conf_describe(const struct conf *conf, const char *intro, struct buf *out, struct err *err)
{
	size_t before = out->len;
	bool ok = buf_append_text(out, intro);

	for (size_t i = 0; ok && i < conf->count; i++) {
		const struct conf_row *row = &conf->rows[i];
		char allowed[ALLOWED_MAX];
		describe_allowed(row, allowed);
		ok = buf_printf(out, "\n# %s\n# Allowed: %s.\n#%s =%s%s\n", row->help, allowed, row->key,
				*row->initial ? " " : "", row->initial);
	}
	if (ok)
		return true;
	buf_cut(out, before);
	return err_memory(err);
}
