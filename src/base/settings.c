#include "base/settings.h"

#include "base/array.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"

#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum kind {
	KIND_TEXT,  /* min and max are bytes */
	KIND_PHONE, /* digits and spaces, min and max are bytes */
	KIND_WHOLE, /* min and max are values */
	KIND_HOURS, /* such as 22:00-06:00, or nothing */
	KIND_ONE_OF /* of the row's values */
};

#define VALUES_MAX 4
#define DAY_MIN    (24 * 60)

struct row {
	const char *key;
	size_t offset; /* in struct settings: char[SETTING_TEXT_MAX], int64_t or struct settings_hours, by kind */
	enum kind kind;
	const char *initial;
	int64_t min;
	int64_t max;
	int64_t values[VALUES_MAX];
	const char *unit;
	const char *help;
};

#define AT(member) #member, offsetof(struct settings, member)
#define TEXT_LEN   (SETTING_TEXT_MAX - 1)

/* clang-format off */
static const struct row rows[] = {
	{AT(server), KIND_TEXT, "", 0, TEXT_LEN, {0}, "",
	 "Where content comes from: an http or https address, or a folder. Several, with commas between, are tried in this order. Empty: nothing is fetched."},
	{AT(store), KIND_TEXT, "/var/lib/vejviser", 1, TEXT_LEN, {0}, "",
	 "The folder in which fetched content is kept."},
	{AT(root), KIND_TEXT, "/etc/vejviser/root.json", 1, TEXT_LEN, {0}, "",
	 "The file with the first keys to trust."},
	{AT(factory), KIND_TEXT, VEJVISER_SHARE "/factory", 0, TEXT_LEN, {0}, "",
	 "The folder with the content that came with the program, shown while there is no other. Empty: none."},
	{AT(ca_file), KIND_TEXT, "", 0, TEXT_LEN, {0}, "",
	 "The file with the certificates to trust for https. Empty: those of the system."},
	{AT(proxy), KIND_TEXT, "", 0, TEXT_LEN, {0}, "",
	 "The proxy to go through, such as http://proxy.example:3128. Empty: none."},
	{AT(redirect_hosts), KIND_TEXT, "", 0, TEXT_LEN, {0}, "",
	 "The names of hosts to which a server may redirect, with commas between. Empty: to none."},
	{AT(screen_width_mm), KIND_WHOLE, "0", 0, 5000, {0}, "mm",
	 "The width of the lit picture, as the visitor sees it. 0: unknown, the screen is taken to be the usual size."},
	{AT(rotation), KIND_ONE_OF, "0", 0, 0, {0, 90, 180, 270}, "degrees clockwise",
	 "How far the picture is turned on the screen."},
	{AT(screen_off), KIND_HOURS, "", 0, 0, {0}, "",
	 "The hours of every day in which the screen is off while nobody is here; a touch wakes it. Empty: never."},
	{AT(idle_warn_s), KIND_WHOLE, "120", 30, 3600, {0}, "seconds",
	 "Without a touch for so long, the kiosk asks whether anyone is there."},
	{AT(idle_wipe_s), KIND_WHOLE, "30", 20, 300, {0}, "seconds",
	 "Without an answer for so long, it forgets the visitor."},
	{AT(doctor_phone), KIND_PHONE, "70 15 03 00", 3, 20, {0}, "",
	 "The phone number of the doctor on call, as it is shown."},
};
/* clang-format on */

struct slice {
	const char *at;
	size_t len;
};

struct reader {
	const char *name;
	size_t line;
	struct settings settings;
	size_t given_on[ARRAY_LEN(rows)]; /* line; 0: not yet */
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

static bool take_text(const struct row *row, struct slice value, void *field)
{
	if (value.len < (size_t)row->min || value.len > (size_t)row->max)
		return false;
	memset(field, 0, SETTING_TEXT_MAX);
	memcpy(field, value.at, value.len);
	return true;
}

static bool take_phone(const struct row *row, struct slice value, void *field)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] != ' ' && (value.at[i] < '0' || value.at[i] > '9'))
			return false;
	return take_text(row, value, field);
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

static bool take_whole(const struct row *row, struct slice value, void *field)
{
	int64_t number;

	if (!parse_whole(value, &number) || number < row->min || number > row->max)
		return false;
	*(int64_t *)field = number;
	return true;
}

static bool take_one_of(const struct row *row, struct slice value, void *field)
{
	int64_t number;

	if (!parse_whole(value, &number))
		return false;
	for (size_t i = 0; i < VALUES_MAX; i++) {
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

static bool take_hours(const struct row *row, struct slice value, void *field)
{
	struct settings_hours hours = {0};

	(void)row;
	if (value.len > 0 &&
	    (value.len != strlen("22:00-06:00") || !parse_time(value.at, &hours.from) || value.at[5] != '-' ||
	     !parse_time(value.at + 6, &hours.to) || hours.from == DAY_MIN || hours.from == hours.to % DAY_MIN))
		return false;
	hours.to %= DAY_MIN;
	*(struct settings_hours *)field = hours;
	return true;
}

static bool (*const takers[])(const struct row *row, struct slice value, void *field) = {
	[KIND_TEXT] = take_text,   [KIND_PHONE] = take_phone,   [KIND_WHOLE] = take_whole,
	[KIND_HOURS] = take_hours, [KIND_ONE_OF] = take_one_of,
};

static bool take(const struct row *row, struct slice value, struct settings *settings)
{
	return takers[row->kind](row, value, (char *)settings + row->offset);
}

#define ALLOWED_MAX 128

static void describe_allowed(const struct row *row, char text[ALLOWED_MAX])
{
	static const char *const formats[] = {
		[KIND_TEXT] = N_("%" PRId64 " to %" PRId64 " bytes of text"),
		[KIND_PHONE] = N_("%" PRId64 " to %" PRId64 " digits and spaces"),
		[KIND_WHOLE] = "%" PRId64 " to %" PRId64 " %s",
	};

	if (row->kind == KIND_HOURS) {
		snprintf(text, ALLOWED_MAX, "%s", _("from and to, such as 22:00-06:00, or nothing"));
		return;
	}
	if (row->kind == KIND_ONE_OF)
		snprintf(text, ALLOWED_MAX, "%" PRId64 ", %" PRId64 ", %" PRId64 " or %" PRId64 " %s", row->values[0],
			 row->values[1], row->values[2], row->values[3], row->unit);
	else
		snprintf(text, ALLOWED_MAX, _(formats[row->kind]), row->min, row->max, row->unit);
}

static const struct row *find_row(struct slice key)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strlen(rows[i].key) == key.len && memcmp(rows[i].key, key.at, key.len) == 0)
			return &rows[i];
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
	const struct row *nearest = NULL;
	size_t least = 4; /* a word of which more is wrong is another word */
	int shown = (int)utf8_cut(key.at, key.len, VALUE_SHOWN);

	for (size_t i = 0; key.len <= KEY_MAX && i < ARRAY_LEN(rows); i++) {
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
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
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

static void read_line(struct reader *reader, struct slice line)
{
	if (line.len == 0)
		return;
	if (reader->line == 1 && line.len >= 3 && memcmp(line.at, "\xEF\xBB\xBF", 3) == 0) {
		add_fault(reader, "a byte-order mark; the file must be plain text in UTF-8 without one");
		return;
	}
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
	const struct row *row = find_row(key);
	if (!row) {
		fault_unknown(reader, key);
		return;
	}
	size_t *given_on = &reader->given_on[row - rows];
	if (*given_on) {
		add_fault(reader, "%s: given a second time; the first is on line %zu", row->key, *given_on);
		return;
	}
	*given_on = reader->line;
	if (!take(row, value, &reader->settings)) {
		char allowed[ALLOWED_MAX];
		describe_allowed(row, allowed);
		add_fault(reader, "%s: \"%.*s\" is not allowed; allowed: %s", row->key,
			  (int)utf8_cut(value.at, value.len, VALUE_SHOWN), value.at, allowed);
	}
}

bool settings_parse(const char *name, const char *bytes, size_t len, struct settings *out, struct err *err)
{
	struct reader reader = {.name = name};

	static_assert(ARRAY_LEN(takers) == KIND_ONE_OF + 1, "a kind has no row");
	if (len > SETTINGS_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: %zu bytes, allowed are %d", name, len, SETTINGS_BYTES_MAX);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		take(&rows[i], (struct slice){rows[i].initial, strlen(rows[i].initial)}, &reader.settings);

	for (size_t pos = 0; pos < len;) {
		const char *line = bytes + pos;
		const char *end = memchr(line, '\n', len - pos);
		end = end ? end : bytes + len;
		reader.line++;
		read_line(&reader, trim(line, end));
		pos = (size_t)(end - bytes) + 1;
	}
	if (reader.faults == 0) {
		*out = reader.settings;
		return true;
	}
	if (reader.left_out > 0)
		return err_set(err, ERR_USAGE, "%s\nand %zu more faults", reader.text, reader.left_out);
	return err_set(err, ERR_USAGE, "%s", reader.text);
}

bool settings_read(const char *path, bool required, struct settings *out, struct err *err)
{
	struct buf bytes = {0};
	struct err reason;
	bool ok = file_read(AT_FDCWD, path, SETTINGS_BYTES_MAX, &bytes, &reason);

	if (ok || (reason.code == ERR_MISSING && !required))
		ok = settings_parse(path, bytes.data, bytes.len, out, err);
	else
		*err = reason;
	buf_finish(&bytes);
	return ok;
}

bool settings_describe(struct buf *out, struct err *err)
{
	size_t before = out->len;
	bool ok = buf_append_text(
		out,
		"# Settings of Vejviser: key = value, one a line. A line that begins with # is a comment.\n"
		"# Every setting is here with its default: to change one, take away its # and change the value.\n");

	for (size_t i = 0; ok && i < ARRAY_LEN(rows); i++) {
		const struct row *row = &rows[i];
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
