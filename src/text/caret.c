#include "text/paragraph.h"

#include <math.h>
#include <string.h>

/* A text that ends so is continued on a new line. */
static bool breaks_at_end(const struct text_input *input)
{
	static const char *const breaks[] = {"\n", "\r", "\v", "\f", "\xC2\x85", "\u2028", "\u2029"};
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		size_t len = strlen(breaks[i]);
		if (input->len >= len && memcmp(input->utf8 + input->len - len, breaks[i], len) == 0)
			return true;
	}
	return false;
}

/* No text, or a line break at its end: the caret stands on a line that has nothing. */
static bool line_follows(const struct paragraph *p)
{
	return p->line_count == 0 || (!p->cut && breaks_at_end(&p->input));
}

/* The line the offset is on; line_count: the one that would follow. */
static size_t line_of(const struct paragraph *p, size_t offset)
{
	if (line_follows(p) && offset >= p->input.len)
		return p->line_count;
	size_t line = 0;
	while (line + 1 < p->line_count && p->lines[line + 1].start <= offset)
		line++;
	return line;
}

static const struct paragraph_cell *cells_end(const struct paragraph *p, const struct paragraph_line *line)
{
	return line == &p->lines[p->line_count] ? p->cells + line->first_cell : p->cells + line[1].first_cell;
}

/* The cell with which the grapheme before the offset ends; NULL at the line's start. */
static const struct paragraph_cell *cell_before(const struct paragraph *p, const struct paragraph_line *line,
						size_t offset)
{
	const struct paragraph_cell *best = NULL;
	for (const struct paragraph_cell *cell = p->cells + line->first_cell; cell < cells_end(p, line); cell++)
		if (cell->whole && cell->end <= offset && (!best || cell->end > best->end))
			best = cell;
	return best;
}

static const struct paragraph_cell *first_cell(const struct paragraph *p, const struct paragraph_line *line)
{
	for (const struct paragraph_cell *cell = p->cells + line->first_cell; cell < cells_end(p, line); cell++)
		if (cell->start == line->start)
			return cell;
	return NULL;
}

static float leading(const struct paragraph_cell *cell)
{
	return cell->rtl ? cell->x + cell->w : cell->x;
}

static float trailing(const struct paragraph_cell *cell)
{
	return cell->rtl ? cell->x : cell->x + cell->w;
}

bool paragraph_caret(const struct paragraph *p, size_t offset, struct text_caret *out)
{
	if (!p->lines || !p->input.places || offset > p->input.len)
		return false;
	size_t number = line_of(p, offset);
	const struct paragraph_line *line = &p->lines[number];
	bool shown = number + 1 < p->line_count || !p->cut || offset <= line->end;
	if (!shown)
		return false;
	*out = (struct text_caret){line->x, (float)number * p->distance, p->distance, p->input.rtl};
	const struct paragraph_cell *before = offset > line->start ? cell_before(p, line, offset) : NULL;
	const struct paragraph_cell *cell = before ? before : first_cell(p, line);
	if (cell) {
		out->x = before ? trailing(cell) : leading(cell);
		out->rtl = cell->rtl;
	}
	return true;
}

/* The line at that height, else the nearest. */
static size_t line_at(const struct paragraph *p, float y)
{
	size_t count = p->line_count + line_follows(p);
	float line = p->distance > 0 ? floorf(y / p->distance) : 0;
	if (!(line > 0))
		return 0;
	return line < (float)count ? (size_t)line : count - 1;
}

/* The first offset that is on a later line. */
static size_t next_start(const struct paragraph *p, size_t number)
{
	if (number + 1 < p->line_count)
		return p->lines[number + 1].start;
	return line_follows(p) ? p->input.len : p->input.len + 1;
}

size_t paragraph_hit(const struct paragraph *p, float x, float y)
{
	if (!p->lines || !p->input.places)
		return 0;
	size_t number = line_at(p, y);
	const struct paragraph_line *line = &p->lines[number];
	const struct paragraph_cell *first = first_cell(p, line);
	if (!first)
		return line->start;
	size_t next = next_start(p, number);
	size_t best = line->start;
	float distance = fabsf(leading(first) - x);
	for (const struct paragraph_cell *cell = p->cells + line->first_cell; cell < cells_end(p, line); cell++) {
		if (cell->whole && cell->end < next && fabsf(trailing(cell) - x) < distance) {
			distance = fabsf(trailing(cell) - x);
			best = cell->end;
		}
	}
	return best;
}
