#include "text/paragraph.h"

#include <math.h>

float paragraph_width(const struct paragraph *p)
{
	return p->width;
}

float paragraph_height(const struct paragraph *p)
{
	return (float)p->line_count * p->distance;
}

int paragraph_lines(const struct paragraph *p)
{
	return (int)p->line_count;
}

float paragraph_baseline(const struct paragraph *p)
{
	return p->line_count > 0 ? p->lines[0].baseline : 0;
}

bool paragraph_cut(const struct paragraph *p)
{
	return p->cut;
}

bool paragraph_broken(const struct paragraph *p)
{
	return p->broken;
}

int paragraph_missing(const struct paragraph *p)
{
	return p->missing;
}

void paragraph_draw(const struct paragraph *p, struct draw_list *list, float x, float y, uint32_t colour)
{
	if (p->line_count == 0)
		return;
	const struct paragraph_line *end = &p->lines[p->line_count];
	for (size_t i = 0; i < end->first_stroke; i++) {
		const struct paragraph_stroke *stroke = &p->strokes[i];
		int left = (int)floorf(x + stroke->x);
		struct rect box = {left, (int)roundf(y + stroke->y), (int)ceilf(x + stroke->x + stroke->w) - left,
				   (int)stroke->h};
		draw_fill(list, box, stroke->coloured ? stroke->colour : colour);
	}
	for (size_t i = 0; i < end->first_run; i++) {
		const struct paragraph_run *run = &p->runs[i];
		draw_glyphs(list, run->face, run->size, p->glyphs + run->first, run->count, x, y,
			    run->coloured ? run->colour : colour);
	}
}

size_t paragraph_boxes(const struct paragraph *p, size_t start, size_t end, struct text_box *boxes, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < p->line_count; i++) {
		const struct paragraph_line *line = &p->lines[i];
		struct text_box box = {0};
		for (size_t c = line->first_cell; c < line[1].first_cell; c++) {
			const struct paragraph_cell *cell = &p->cells[c];
			bool inside = cell->start < end && cell->end > start && cell->w > 0;
			if (inside && box.w > 0)
				box.w = cell->x + cell->w - box.x;
			else if (inside)
				box = (struct text_box){cell->x, (float)i * p->distance, cell->w, p->distance};
			bool last = c + 1 == line[1].first_cell;
			if (box.w > 0 && (last || (!inside && cell->w > 0))) {
				if (count < max)
					boxes[count] = box;
				count++;
				box.w = 0;
			}
		}
	}
	return count;
}
