#include "bundle/table.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct parse {
	const struct reading *in;
	const char *at, *end;
	size_t line;
	char separator;
	struct buf cell;
	const char *cells[TABLE_COLUMNS_MAX];
	size_t cell_count;
	size_t cap; /* rows there is room for */
	struct table *out;
};

static bool refuse(const struct parse *parse, size_t line, const char *what)
{
	fault_error(parse->in->faults, parse->in->path, line, "%s", what);
	return false;
}

static bool no_memory(const struct reading *in)
{
	in->faults->no_memory = true;
	return false;
}

static size_t line_of(const char *bytes, const char *at)
{
	size_t line = 1;

	for (; bytes < at; bytes++)
		line += *bytes == '\n' || (*bytes == '\r' && bytes[1] != '\n');
	return line;
}

/* Windows-1252, 80-9F; 0: no character. The rest is that of Unicode. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool from_windows(const struct reading *in, const char *bytes, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		uint32_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
		char utf8[4];

		if (code == 0) {
			fault_error(in->faults, in->path, line_of(bytes, bytes + i),
				    "the byte %02X is neither UTF-8 nor Windows-1252; save the table as \"CSV UTF-8\"",
				    byte);
			return false;
		}
		if (!buf_append(out, utf8, utf8_encode(code, utf8)))
			return no_memory(in);
	}
	return true;
}

/* The text in UTF-8 without its mark. */
static bool decode(const struct reading *in, const char *bytes, size_t len, struct buf *out, bool *windows)
{
	static const char *const wide[] = {"\xff\xfe", "\xfe\xff"};

	for (size_t i = 0; i < 2; i++)
		if (len >= 2 && memcmp(bytes, wide[i], 2) == 0) {
			fault_error(in->faults, in->path, 1, "this is UTF-16; save the table as \"CSV UTF-8\"");
			return false;
		}
	const char *zero = memchr(bytes, '\0', len);
	if (zero) {
		fault_error(in->faults, in->path, line_of(bytes, zero),
			    "a zero byte; this is no table that was saved as CSV");
		return false;
	}
	size_t mark = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	*windows = !utf8_valid(bytes, len, NULL);
	if (*windows && mark) {
		fault_error(in->faults, in->path, 1,
			    "the file says it is UTF-8 and is not; save the table as \"CSV UTF-8\"");
		return false;
	}
	if (*windows)
		return from_windows(in, bytes, len, out);
	return buf_append(out, bytes + mark, len - mark) || no_memory(in);
}

static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

/* Past one line break of any kind. */
static void skip_break(struct parse *parse)
{
	bool pair = *parse->at == '\r' && parse->at + 1 < parse->end && parse->at[1] == '\n';

	parse->at += pair ? 2 : 1;
	parse->line++;
}

/* The one that the first row has most of, outside quotes. */
static char find_separator(struct parse *parse)
{
	static const char separators[] = {';', ',', '\t'};
	size_t counts[3] = {0};
	bool quoted = false;
	size_t best = 0;
	size_t left = (size_t)(parse->end - parse->at);

	if (left > 5 && strncmp(parse->at, "sep=", 4) == 0 && strchr(";,\t", parse->at[4]) && is_break(parse->at[5])) {
		char separator = parse->at[4];

		parse->at += 5;
		skip_break(parse);
		return separator;
	}
	for (const char *at = parse->at; at < parse->end && (quoted || (*at != '\n' && *at != '\r')); at++) {
		if (*at == '"')
			quoted = !quoted;
		for (size_t i = 0; i < sizeof(separators) && !quoted; i++)
			counts[i] += *at == separators[i];
	}
	for (size_t i = 1; i < sizeof(separators); i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

static bool take(struct parse *parse, char c)
{
	if (parse->cell.len == TABLE_CELL_MAX)
		return refuse(parse, parse->line, "a cell has more than 4000 bytes; no more are allowed");
	return buf_append(&parse->cell, &c, 1) || no_memory(parse->in);
}

static bool read_quoted(struct parse *parse)
{
	size_t from = parse->line;

	for (parse->at++; parse->at < parse->end;) {
		char c = *parse->at;

		if (is_break(c)) {
			skip_break(parse);
			c = ' ';
		} else if (c != '"') {
			parse->at++;
		} else if (parse->at + 1 < parse->end && parse->at[1] == '"') {
			parse->at += 2;
		} else {
			parse->at++;
			while (parse->at < parse->end && *parse->at == ' ')
				parse->at++;
			return parse->at == parse->end || *parse->at == parse->separator || is_break(*parse->at) ||
			       refuse(parse, parse->line,
				      "text behind a closing quote; a quote within quotes is written twice");
		}
		if (!take(parse, c))
			return false;
	}
	return refuse(parse, from, "a quote opens here and is never closed");
}

static bool read_plain(struct parse *parse)
{
	while (parse->at < parse->end && *parse->at != parse->separator && !is_break(*parse->at)) {
		if (*parse->at == '"')
			return refuse(parse, parse->line,
				      "a quote within a cell; put the cell in quotes and write the quote twice");
		if (!take(parse, *parse->at++))
			return false;
	}
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool read_cell(struct parse *parse)
{
	buf_clear(&parse->cell);
	while (parse->at < parse->end && is_space(*parse->at) && *parse->at != parse->separator)
		parse->at++;
	bool quoted = parse->at < parse->end && *parse->at == '"';
	if (parse->cell_count == TABLE_COLUMNS_MAX)
		return refuse(parse, parse->line, "a row has more than 100 cells; no more are allowed");
	if (quoted ? !read_quoted(parse) : !read_plain(parse))
		return false;
	size_t from = 0;
	size_t to = parse->cell.len;
	const char *text = to > 0 ? parse->cell.data : "";
	while (to > 0 && is_space(text[to - 1]))
		to--;
	while (from < to && is_space(text[from]))
		from++;
	const char *kept = arena_text(parse->in->arena, text + from, to - from);
	parse->cells[parse->cell_count++] = kept;
	return kept || no_memory(parse->in);
}

static bool read_row(struct parse *parse)
{
	parse->cell_count = 0;
	for (;;) {
		if (!read_cell(parse))
			return false;
		if (parse->at == parse->end)
			return true;
		if (is_break(*parse->at)) {
			skip_break(parse);
			return true;
		}
		parse->at++; /* the separator */
	}
}

static bool row_empty(const struct parse *parse)
{
	for (size_t i = 0; i < parse->cell_count; i++)
		if (*parse->cells[i])
			return false;
	return true;
}

static bool keep_cells(struct parse *parse, size_t count, const char ***out)
{
	*out = reading_array(parse->in, count, sizeof(**out));
	for (size_t i = 0; *out && i < count; i++)
		(*out)[i] = i < parse->cell_count ? parse->cells[i] : "";
	return *out;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool keep_columns(struct parse *parse, size_t line)
{
	const char *sorted[TABLE_COLUMNS_MAX];

	/* Spreadsheets leave separators behind the last name. */
	while (parse->cell_count > 0 && !*parse->cells[parse->cell_count - 1])
		parse->cell_count--;
	parse->out->column_count = parse->cell_count;
	memcpy(sorted, parse->cells, parse->cell_count * sizeof(*sorted));
	qsort(sorted, parse->cell_count, sizeof(*sorted), compare_names);
	for (size_t i = 1; i < parse->cell_count; i++)
		if (*sorted[i] && strcmp(sorted[i - 1], sorted[i]) == 0) {
			fault_error(parse->in->faults, parse->in->path, line, "two columns are called \"%s\"",
				    sorted[i]);
			return false;
		}
	return keep_cells(parse, parse->cell_count, &parse->out->columns);
}

static bool grow(struct parse *parse, size_t line)
{
	struct table *out = parse->out;

	if (out->row_count < parse->cap)
		return true;
	if (out->row_count == TABLE_ROWS_MAX)
		return refuse(parse, line, "the table has more than 20000 rows; no more are allowed");
	size_t cap = parse->cap ? parse->cap * 2 : 64;
	struct table_row *rows = reading_array(parse->in, cap, sizeof(*rows));
	if (!rows)
		return false;
	if (out->row_count > 0)
		memcpy(rows, out->rows, out->row_count * sizeof(*rows));
	out->rows = rows;
	parse->cap = cap < TABLE_ROWS_MAX ? cap : TABLE_ROWS_MAX;
	return true;
}

static bool keep_row(struct parse *parse, size_t line)
{
	struct table *out = parse->out;
	size_t count = parse->cell_count;

	while (count > out->column_count && !*parse->cells[count - 1])
		count--;
	if (!grow(parse, line))
		return false;
	struct table_row *row = &out->rows[out->row_count++];
	*row = (struct table_row){.line = line, .sound = count == out->column_count};
	if (!row->sound)
		fault_error(parse->in->faults, parse->in->path, line, "this row has %zu cells; the first row has %zu",
			    count, out->column_count);
	return keep_cells(parse, out->column_count, &row->cells);
}

static bool read_rows(struct parse *parse)
{
	bool first = true;

	parse->separator = parse->out->separator = find_separator(parse);
	while (parse->at < parse->end) {
		size_t line = parse->line;

		if (!read_row(parse))
			return false;
		if (row_empty(parse))
			continue;
		if (first ? !keep_columns(parse, line) : !keep_row(parse, line))
			return false;
		first = false;
	}
	return !first || refuse(parse, 1, "the table is empty; its first row must name the columns");
}

bool table_read(const struct reading *in, const char *bytes, size_t len, struct table *out)
{
	struct parse parse = {.in = in, .line = 1, .out = out};
	struct buf text = {0};
	bool ok;

	*out = (struct table){0};
	if (len > TABLE_BYTES_MAX) {
		fault_error(in->faults, in->path, 1, "the table has more than 8 MB; no more are allowed");
		return false;
	}
	ok = decode(in, bytes, len, &text, &out->windows_1252);
	parse.at = text.len > 0 ? text.data : "";
	parse.end = parse.at + text.len;
	ok = ok && read_rows(&parse);
	buf_finish(&parse.cell);
	buf_finish(&text);
	return ok;
}

int table_column(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (strcmp(table->columns[i], name) == 0)
			return (int)i;
	return -1;
}

bool table_write_cell(struct buf *out, const char *cell, bool last)
{
	bool ok = true;

	if (!strpbrk(cell, "\";,\t\r\n "))
		return buf_append_text(out, cell) && buf_append_text(out, last ? "\n" : ";");
	ok = buf_append_text(out, "\"");
	for (const char *c = cell; *c; c++)
		ok = ok && (*c != '"' || buf_append(out, c, 1)) && buf_append(out, c, 1);
	return ok && buf_append_text(out, last ? "\"\n" : "\";");
}
