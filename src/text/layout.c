#include "text/layout.h"

#include "text/row.h"

#include <math.h>

/* A paragraph laid out again in the width it was measured to have keeps its lines. */
#define SLACK_PX (1.0f / 64)

/* One text on its way into a draft. */
struct setter {
	const struct passage_tools *tools;
	const struct text_input *input;
	struct draft *draft;
	struct chars chars;
	uint32_t solid; /* characters before the invisible ones at the text's end */
	struct row_tail hyphen, ellipsis;
	struct passage passage;
	uint32_t base; /* the passage's first character in the text */
	uint32_t item; /* the one in which the next line starts */
	float room;
};

static bool hangs(const struct passage *passage, uint32_t at)
{
	return bidi_hang(&passage->bidi, at, at + 1) == at;
}

/* The soft hyphen before `end` shows when a line ends there. */
static bool hyphenated(const struct passage *passage, uint32_t start, uint32_t end)
{
	return end > start && end < passage->count && passage->codes[end - 1] == CHARS_SOFT_HYPHEN &&
	       !(passage->breaks[end] & BREAKS_MUST);
}

/* The last place with `flag` at which the line from `start` still fits; `start` when there is none. */
static uint32_t fit(const struct setter *setter, uint32_t start, float room, unsigned flag)
{
	const struct passage *passage = &setter->passage;
	uint32_t best = start;
	double pen = 0;
	double solid = 0;
	for (uint32_t end = start + 1; end <= passage->count; end++) {
		pen += (double)passage->advances[end - 1];
		if (!hangs(passage, end - 1))
			solid = pen;
		if (solid > (double)room)
			break;
		double hyphen = hyphenated(passage, start, end) ? (double)setter->hyphen.width : 0;
		if ((passage->breaks[end] & flag) && solid + hyphen <= (double)room)
			best = end;
		if (passage->breaks[end] & BREAKS_MUST)
			break;
	}
	return best;
}

static uint32_t next_grapheme(const struct passage *passage, uint32_t start)
{
	uint32_t end = start + 1;
	while (end < passage->count && !(passage->breaks[end] & BREAKS_GRAPHEME))
		end++;
	return end;
}

static uint32_t line_end(const struct setter *setter, uint32_t start, float room)
{
	uint32_t end = fit(setter, start, room, BREAKS_MAY);
	if (end == start)
		end = fit(setter, start, room, BREAKS_GRAPHEME);
	return end > start ? end : next_grapheme(&setter->passage, start);
}

/* Makes the row [start, end) with the tail that belongs there. */
static bool make(struct setter *setter, struct row *row, struct row_tail *tail)
{
	const struct passage *passage = &setter->passage;
	row->tail = tail;
	if (!tail && hyphenated(passage, row->start, row->end)) {
		setter->hyphen.item.level = passage->bidi.levels[row->end - 1];
		row->tail = &setter->hyphen;
	}
	return row_make(setter->tools, setter->input, passage, &setter->item, row);
}

/* The row that starts at `start`. Shaping again at its end may make it wider than the sum of its characters: then it
 * takes less. */
static bool set_row(struct setter *setter, uint32_t start, struct row_tail *tail, struct row *row)
{
	*row = (struct row){.start = start, .end = start};
	if (start == setter->passage.count)
		return make(setter, row, tail);
	uint32_t least = next_grapheme(&setter->passage, start);
	float room = setter->room - (tail ? tail->width : 0);
	for (float step = 1;; step *= 2) {
		row->end = line_end(setter, start, room);
		if (!make(setter, row, tail))
			return false;
		if (row->width <= setter->room)
			return true;
		if (row->end <= least)
			break;
		room -= step * (row->width - setter->room);
	}
	if (!tail)
		return true;
	row->end = start;
	return make(setter, row, tail);
}

/* With `more` lines there would be as many as there may be. */
static bool full(const struct setter *setter, size_t more)
{
	return setter->input->lines_max > 0 && setter->draft->lines.count + more >= (size_t)setter->input->lines_max;
}

static bool set_passage(struct setter *setter, uint32_t start, uint32_t end)
{
	struct passage *passage = &setter->passage;
	if (!passage_open(setter->tools, setter->input, &setter->chars, start, end, passage) ||
	    !passage_shape(setter->tools, setter->input, passage))
		return false;
	setter->base = start;
	setter->item = 0;
	for (uint32_t i = 0; i < passage->item_count; i++)
		setter->draft->line_factor = fmaxf(setter->draft->line_factor, passage->items[i].font->line);
	uint32_t at = 0;
	do {
		struct row row;
		if (!set_row(setter, at, NULL, &row))
			return false;
		setter->draft->broken = setter->draft->broken || !(passage->breaks[row.end] & BREAKS_MAY);
		if (full(setter, 1) && setter->base + row.end < setter->solid) {
			setter->draft->cut = true;
			if (!set_row(setter, at, &setter->ellipsis, &row))
				return false;
		}
		row_record(setter->input, passage, &row, setter->draft);
		at = row.end;
	} while (at < passage->count && !full(setter, 0) && !setter->draft->failed);
	return !setter->draft->failed;
}

static bool make_tail(struct setter *setter, uint32_t code, struct row_tail *tail)
{
	if (!passage_single(setter->tools, setter->input, code, setter->input->bold, &tail->item))
		return false;
	tail->item.level = setter->input->rtl;
	tail->width = 0;
	for (uint32_t i = 0; i < tail->item.glyph_count; i++)
		tail->width += tail->item.glyphs[i].advance;
	return true;
}

bool layout(const struct passage_tools *tools, const struct text_input *input, struct draft *draft)
{
	struct setter setter = {.tools = tools, .input = input, .draft = draft};
	draft->places = input->places;
	setter.room = input->width > 0 ? input->width + SLACK_PX : INFINITY;
	if (!chars_decode(tools->arena, input->utf8, input->len, &setter.chars))
		return false;
	if (chars_contain(&setter.chars, CHARS_SOFT_HYPHEN) && !make_tail(&setter, CHARS_HYPHEN, &setter.hyphen))
		return false;
	if (input->lines_max > 0 && !make_tail(&setter, CHARS_ELLIPSIS, &setter.ellipsis))
		return false;
	for (setter.solid = setter.chars.count; setter.solid > 0; setter.solid--)
		if (!chars_invisible(setter.chars.code[setter.solid - 1]))
			break;
	for (uint32_t start = 0, end; start < setter.chars.count && !full(&setter, 0); start = end) {
		uint32_t separator = 0;
		for (end = start; end < setter.chars.count && !(separator = chars_separator(&setter.chars, end));)
			end++;
		if (!set_passage(&setter, start, end))
			return false;
		end += separator;
	}
	if (draft->line_factor <= 0)
		draft->line_factor = 1;
	return true;
}
