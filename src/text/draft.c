#include "text/draft.h"

#include <math.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Parts of the base size. */
#define UNDERLINE_TOP       0.12f
#define UNDERLINE_THICKNESS 0.06f

/* Room for one more; NULL when there is none. */
static void *add(struct draft *draft, struct draft_list *list, size_t size)
{
	if (draft->failed)
		return NULL;
	if (list->count == list->cap) {
		size_t cap = list->cap ? 2 * list->cap : 16;
		void *items = realloc(list->items, cap * size);
		if (!items) {
			draft->failed = true;
			return NULL;
		}
		list->items = items;
		list->cap = cap;
	}
	return (char *)list->items + size * list->count++;
}

static struct paragraph_line ends(const struct draft *draft)
{
	return (struct paragraph_line){
		.first_glyph = draft->glyphs.count,
		.first_run = draft->runs.count,
		.first_cell = draft->cells.count,
		.first_stroke = draft->strokes.count,
	};
}

void draft_line(struct draft *draft, uint32_t start, uint32_t end, float width)
{
	struct paragraph_line *line = add(draft, &draft->lines, sizeof(*line));
	if (!line)
		return;
	*line = ends(draft);
	line->start = start;
	line->end = end;
	line->width = width;
}

static const struct paragraph_line *last_line(const struct draft *draft)
{
	return (const struct paragraph_line *)draft->lines.items + (draft->lines.count - 1);
}

static bool same_colour(bool coloured, uint32_t colour, const struct span_style *style)
{
	return coloured == style->coloured && colour == style->colour;
}

static void underline(struct draft *draft, const struct paragraph_cell *cell, const struct span_style *style,
		      float size)
{
	struct paragraph_stroke *last = NULL;
	if (draft->strokes.count > last_line(draft)->first_stroke)
		last = (struct paragraph_stroke *)draft->strokes.items + (draft->strokes.count - 1);
	bool joins = last && fabsf(last->x + last->w - cell->x) < 0.01f;
	if (joins && same_colour(last->coloured, last->colour, style)) {
		last->w = cell->x + cell->w - last->x;
		return;
	}
	struct paragraph_stroke *stroke = add(draft, &draft->strokes, sizeof(*stroke));
	if (stroke)
		*stroke = (struct paragraph_stroke){
			.x = cell->x,
			.y = roundf(size * UNDERLINE_TOP),
			.w = cell->w,
			.h = fmaxf(1, roundf(size * UNDERLINE_THICKNESS)),
			.coloured = style->coloured,
			.colour = style->colour,
		};
}

void draft_cell(struct draft *draft, struct paragraph_cell cell, const struct span_style *style, float size)
{
	struct paragraph_cell *place = draft->places ? add(draft, &draft->cells, sizeof(*place)) : NULL;
	if (place)
		*place = cell;
	if (style->underline && cell.w > 0)
		underline(draft, &cell, style, size);
}

void draft_glyph(struct draft *draft, const struct font *font, float size, struct draw_glyph glyph,
		 const struct span_style *style)
{
	struct draw_glyph *place = add(draft, &draft->glyphs, sizeof(*place));
	if (!place)
		return;
	*place = glyph;
	struct paragraph_run *run = NULL;
	if (draft->runs.count > last_line(draft)->first_run)
		run = (struct paragraph_run *)draft->runs.items + (draft->runs.count - 1);
	if (!run || run->face != font->face || run->size != size || !same_colour(run->coloured, run->colour, style)) {
		run = add(draft, &draft->runs, sizeof(*run));
		if (!run)
			return;
		*run = (struct paragraph_run){font->face,      size,         draft->glyphs.count - 1, 0,
					      style->coloured, style->colour};
	}
	run->count++;
}

static float indent(const struct text_input *input, float room, float width)
{
	if (input->align == ALIGN_CENTRE)
		return (room - width) / 2;
	bool right = input->rtl == (input->align == ALIGN_START);
	return right ? room - width : 0;
}

/* Moves everything on a line from the line's corner to the paragraph's. */
static void place_line(struct paragraph *p, const struct paragraph_line *line)
{
	for (size_t i = line->first_glyph; i < line[1].first_glyph; i++) {
		p->glyphs[i].x += line->x;
		p->glyphs[i].y += line->baseline;
	}
	for (size_t i = line->first_cell; i < line[1].first_cell; i++)
		p->cells[i].x += line->x;
	for (size_t i = line->first_stroke; i < line[1].first_stroke; i++) {
		p->strokes[i].x += line->x;
		p->strokes[i].y += line->baseline;
	}
}

static void place_lines(struct paragraph *p, struct fonts_metrics metrics)
{
	for (size_t i = 0; i < p->line_count; i++)
		p->width = fmaxf(p->width, p->lines[i].width);
	float room = p->input.width > 0 ? p->input.width : p->width;
	float ascent = metrics.ascent * p->input.size;
	float descent = metrics.descent * p->input.size;
	for (size_t i = 0; i < p->line_count; i++) {
		struct paragraph_line *line = &p->lines[i];
		line->x = indent(&p->input, room, line->width);
		line->baseline = roundf((float)i * p->distance + (p->distance - ascent - descent) / 2 + ascent);
		place_line(p, line);
	}
	p->lines[p->line_count].x = indent(&p->input, room, 0);
}

/* The next part of an allocation; NULL allocation: only counts. */
static void *part(char *memory, size_t *used, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *place = memory ? memory + *used : NULL;
	*used += (size + align - 1) / align * align;
	return place;
}

static void *copy(char *memory, size_t *used, const void *items, size_t size)
{
	void *place = part(memory, used, size);
	if (place && size > 0)
		memcpy(place, items, size);
	return place;
}

/* Writes everything of known content into `memory`, or only counts its bytes. */
static size_t fill(const struct draft *draft, const struct text_input *input, char *memory)
{
	size_t used = 0;
	struct paragraph *p = part(memory, &used, sizeof(*p));
	struct paragraph counted = {0};
	p = p ? p : &counted;
	p->lines = copy(memory, &used, draft->lines.items, draft->lines.count * sizeof(*p->lines));
	p->runs = copy(memory, &used, draft->runs.items, draft->runs.count * sizeof(*p->runs));
	p->glyphs = copy(memory, &used, draft->glyphs.items, draft->glyphs.count * sizeof(*p->glyphs));
	p->cells = copy(memory, &used, draft->cells.items, draft->cells.count * sizeof(*p->cells));
	p->strokes = copy(memory, &used, draft->strokes.items, draft->strokes.count * sizeof(*p->strokes));
	p->input = *input;
	p->input.spans = copy(memory, &used, input->spans, input->span_count * sizeof(*input->spans));
	p->input.utf8 = copy(memory, &used, input->utf8, input->len);
	p->input.lang = copy(memory, &used, input->lang, strlen(input->lang) + 1);
	return used;
}

struct paragraph *draft_finish(struct draft *draft, const struct text_input *input, struct fonts_metrics metrics)
{
	size_t line_count = draft->lines.count;
	struct paragraph_line *end = add(draft, &draft->lines, sizeof(*end));
	if (!end)
		return NULL;
	*end = ends(draft);
	end->start = end->end = (uint32_t)input->len;
	size_t bytes = fill(draft, input, NULL);
	struct paragraph *p = calloc(1, bytes);
	if (!p)
		return NULL;
	fill(draft, input, (char *)p);
	p->bytes = bytes;
	p->line_count = line_count;
	p->cut = draft->cut;
	p->broken = draft->broken;
	p->missing = draft->missing;
	p->distance = input->line * draft->line_factor;
	place_lines(p, metrics);
	return p;
}

void draft_discard(struct draft *draft)
{
	struct draft_list *lists[] = {&draft->lines, &draft->runs, &draft->glyphs, &draft->cells, &draft->strokes};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		free(lists[i]->items);
	*draft = (struct draft){0};
}
