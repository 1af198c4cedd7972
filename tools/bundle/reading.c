#include "bundle/reading.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/message.h"
#include "base/utf8.h"
#include "text/fonts.h"

#include <stdint.h>
#include <string.h>

#define WORD_MAX 64 /* bytes of a word that a suggestion is sought for */

void *reading_array(const struct reading *in, size_t count, size_t size)
{
	void *items = arena_array(in->arena, count ? count : 1, size);

	if (!items)
		in->faults->no_memory = true;
	return items;
}

size_t reading_chars(const char *text, size_t len)
{
	size_t chars = 0;

	for (size_t i = 0; i < len; i++)
		chars += ((unsigned char)text[i] & 0xc0) != 0x80;
	return chars;
}

static bool is_hidden(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x00, 0x1f}, /* control characters, with tab and line breaks */
		{0x7f, 0x9f},
		{0x2028, 0x202e}, /* line and paragraph separators, embeddings and overrides of direction */
		{0x2066, 0x2069}, /* isolates: the tool itself puts them in */
		{0xfeff, 0xfeff},
		{0xfff9, 0xffff},
	};

	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* Tells the first character that the kiosk cannot draw. */
static void check_glyphs(const struct reading *in, size_t line, const char *what, const char *text, size_t len)
{
	for (size_t pos = 0, start = 0; in->fonts && pos < len; start = pos) {
		uint32_t c = utf8_next(text, len, &pos);

		if (fonts_cover(in->fonts, c))
			continue;
		if (fonts_starved(in->fonts))
			in->faults->no_memory = true;
		fault_error(
			in->faults, in->path, line,
			"%s holds \"%.*s\" (U+%04X), which the kiosk cannot draw: no font has it; write it otherwise, "
			"or have it added in fonts/characters.txt",
			_(what), (int)(pos - start), text + start, (unsigned)c);
		return;
	}
}

/* A decimal digit of a script that has its own: phones, doors and forms in Denmark have 0-9. */
static bool is_own_digit(uint32_t c)
{
	static const uint32_t zeros[] = {
		0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66,
		0x0ce6, 0x0d66, 0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0xff10,
	};

	for (size_t i = 0; i < ARRAY_LEN(zeros); i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return true;
	return false;
}

static void check_digits(const struct reading *in, size_t line, const char *what, const char *text, size_t len)
{
	for (size_t pos = 0, start = 0; pos < len; start = pos)
		if (is_own_digit(utf8_next(text, len, &pos))) {
			fault_warning(in->faults, in->path, line,
				      "%s has the digit %.*s; write 0-9, as on phones, doors and forms in Denmark",
				      _(what), (int)(pos - start), text + start);
			return;
		}
}

bool reading_check(const struct reading *in, size_t line, const char *what, const char *text, size_t len)
{
	for (size_t pos = 0; pos < len;) {
		uint32_t c = utf8_next(text, len, &pos);

		if (c == '\n' || c == '\r') {
			fault_error(in->faults, in->path, line, "%s must be one line", _(what));
			return false;
		}
		if (is_hidden(c)) {
			fault_error(in->faults, in->path, line,
				    "%s holds the hidden character U+%04X; control characters and direction marks are "
				    "not allowed",
				    _(what), (unsigned)c);
			return false;
		}
	}
	check_glyphs(in, line, what, text, len);
	check_digits(in, line, what, text, len);
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

const char *reading_text(const struct reading *in, size_t line, const char *what, const char *text, size_t len,
			 size_t max_chars)
{
	while (len > 0 && is_space(text[len - 1]))
		len--;
	while (len > 0 && is_space(*text)) {
		text++;
		len--;
	}
	if (len == 0) {
		fault_error(in->faults, in->path, line, "%s is empty", _(what));
		return NULL;
	}
	if (!reading_check(in, line, what, text, len))
		return NULL;
	size_t chars = reading_chars(text, len);
	if (chars > max_chars) {
		fault_error(in->faults, in->path, line, "%s has %zu characters; at most %zu are allowed", _(what),
			    chars, max_chars);
		return NULL;
	}
	const char *kept = arena_text(in->arena, text, len);
	if (!kept)
		in->faults->no_memory = true;
	return kept;
}

void reading_unix(struct buf *bytes)
{
	static const char mark[] = {'\xef', '\xbb', '\xbf'};
	size_t from = bytes->len >= sizeof(mark) && memcmp(bytes->data, mark, sizeof(mark)) == 0 ? sizeof(mark) : 0;
	size_t len = 0;

	for (; from < bytes->len; from++)
		if (bytes->data[from] != '\r' || from + 1 == bytes->len || bytes->data[from + 1] != '\n')
			bytes->data[len++] = bytes->data[from];
	buf_cut(bytes, len);
}

bool reading_utf8(const struct reading *in, const char *bytes, size_t len)
{
	size_t bad;
	size_t line = 1;
	const char *what = NULL;

	if (!utf8_valid(bytes, len, &bad))
		what = N_("this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8");
	else if (memchr(bytes, '\r', len))
		what = N_("a carriage return inside a line; allowed: lines that end by LF or CRLF"),
		bad = (size_t)((const char *)memchr(bytes, '\r', len) - bytes);
	if (!what)
		return true;
	for (size_t i = 0; i < bad; i++)
		line += bytes[i] == '\n';
	fault_error(in->faults, in->path, line, "%s", _(what));
	return false;
}

/* Levenshtein's distance between short words. */
static size_t distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1];
	size_t b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < b_len; j++) {
			size_t best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j + 1] + 1 < best)
				best = row[j + 1] + 1;
			row[j + 1] = best;
		}
	}
	return row[b_len];
}

static const char *nearest(const char *word, const char *const *names, size_t count)
{
	size_t len = strlen(word);
	size_t best = len < 4 ? 2 : 3; /* at most one or two letters off */
	const char *found = NULL;

	for (size_t i = 0; i < count && len <= WORD_MAX; i++) {
		size_t d = strlen(names[i]) <= WORD_MAX ? distance(word, names[i]) : best;

		if (d < best) {
			best = d;
			found = names[i];
		}
	}
	return found;
}

const char *reading_near(const struct reading *in, const char *word, const char *const *names, size_t count)
{
	const char *near = nearest(word, names, count);
	const char *kept = near ? arena_printf(in->arena, _("; did you mean \"%s\"?"), near) : "";

	return kept ? kept : "";
}

const char *reading_suggest(const struct reading *in, const char *word, const char *const *names, size_t count)
{
	const char *kept = reading_near(in, word, names, count);
	struct buf list = {0};
	bool ok = true;

	if (*kept || count == 0 || count > 60)
		return kept;
	for (size_t i = 0; i < count; i++)
		ok = ok && buf_printf(&list, "%s%s", i == 0 ? _("; allowed: ") : ", ", names[i]);
	kept = ok ? arena_text(in->arena, list.data, list.len) : NULL;
	buf_finish(&list);
	return kept ? kept : "";
}
