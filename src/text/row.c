#include "text/row.h"

#include "text/span.h"

/* The part of an item that stands on the line. */
struct row_piece {
	const struct item *item;
	uint32_t start, end;
	const struct glyph *glyphs;
	uint32_t glyph_count;
	float width;
	bool tail;
};

static void measure(struct row_piece *piece)
{
	piece->width = 0;
	for (uint32_t i = 0; i < piece->glyph_count; i++)
		piece->width += piece->glyphs[i].advance;
}

/* Pieces in logical order, the tail last. */
static bool cut_pieces(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		       uint32_t first, const struct row *row, struct row_piece *pieces, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct item *item = &passage->items[first + i];
		struct row_piece *piece = &pieces[i];
		*piece = (struct row_piece){
			.item = item,
			.start = item->start > row->start ? item->start : row->start,
			.end = item->end < row->hang ? item->end : row->hang,
		};
		if (!passage_part(tools, input, passage, item, piece->start, piece->end, &piece->glyphs,
				  &piece->glyph_count))
			return false;
		measure(piece);
	}
	if (row->tail)
		pieces[count] = (struct row_piece){
			.item = &row->tail->item,
			.glyphs = row->tail->item.glyphs,
			.glyph_count = row->tail->item.glyph_count,
			.width = row->tail->width,
			.tail = true,
		};
	return true;
}

bool row_make(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
	      uint32_t *item, struct row *row)
{
	row->hang = bidi_hang(&passage->bidi, row->start, row->end);
	while (*item < passage->item_count && passage->items[*item].end <= row->start)
		++*item;
	uint32_t last = *item;
	while (row->hang > row->start && last < passage->item_count && passage->items[last].start < row->hang)
		last++;
	uint32_t count = last - *item;
	row->piece_count = count + (row->tail ? 1 : 0);
	row->pieces = arena_array(tools->arena, row->piece_count, sizeof(*row->pieces));
	struct row_piece *pieces = arena_array(tools->arena, row->piece_count, sizeof(*pieces));
	uint8_t *levels = arena_array(tools->arena, row->piece_count, sizeof(*levels));
	uint32_t *order = arena_array(tools->arena, row->piece_count, sizeof(*order));
	if (!row->pieces || !pieces || !levels || !order ||
	    !cut_pieces(tools, input, passage, *item, row, pieces, count))
		return false;
	row->width = 0;
	for (uint32_t i = 0; i < row->piece_count; i++) {
		levels[i] = pieces[i].item->level;
		row->width += pieces[i].width;
	}
	bidi_order(levels, row->piece_count, order);
	for (uint32_t i = 0; i < row->piece_count; i++)
		row->pieces[i] = pieces[order[i]];
	return true;
}

/* What a cluster's record needs besides the row. */
struct record {
	const struct text_input *input;
	const struct passage *passage;
	struct draft *draft;
	const struct row_piece *piece;
};

struct cluster {
	uint32_t first, end;       /* characters */
	uint32_t glyph, glyph_end; /* of the piece */
	float x, width;
};

/* A ligature of letters can be told apart by dividing it evenly; what holds a mark or a joiner cannot. */
static uint32_t parts_of(const struct passage *passage, const struct cluster *cluster)
{
	for (uint32_t i = cluster->first; i < cluster->end; i++)
		if (chars_extends(passage->codes[i]))
			return 1;
	return cluster->end - cluster->first;
}

static void record_cells(const struct record *record, const struct cluster *cluster, const struct span_style *style)
{
	const struct passage *passage = record->passage;
	uint32_t parts = parts_of(passage, cluster);
	float width = cluster->width / (float)parts;
	for (uint32_t i = 0; i < parts; i++) {
		uint32_t first = cluster->first + (record->piece->item->level & 1 ? parts - 1 - i : i);
		uint32_t end = parts == 1 ? cluster->end : first + 1;
		struct paragraph_cell cell = {passage->offsets[first], passage->offsets[end],
					      cluster->x + (float)i * width, width};
		draft_cell(record->draft, cell, style, record->input->size);
	}
}

static bool visible(const struct passage *passage, const struct cluster *cluster)
{
	for (uint32_t i = cluster->first; i < cluster->end; i++)
		if (!chars_invisible(passage->codes[i]))
			return true;
	return false;
}

static void record_glyphs(const struct record *record, const struct cluster *cluster, const struct span_style *style)
{
	const struct font *font = record->piece->item->font;
	float pen = cluster->x;
	for (uint32_t i = cluster->glyph; i < cluster->glyph_end; i++) {
		const struct glyph *glyph = &record->piece->glyphs[i];
		struct draw_glyph drawn = {glyph->id, pen + glyph->dx, -glyph->dy};
		draft_glyph(record->draft, font, record->input->size * font->size, drawn, style);
		record->draft->missing += glyph->id == 0;
		pen += glyph->advance;
	}
}

/* Where the characters of the cluster whose glyphs are [from, to) end. */
static uint32_t cluster_end(const struct row_piece *piece, uint32_t from, uint32_t to)
{
	if (piece->item->level & 1)
		return from > 0 ? piece->glyphs[from - 1].cluster : piece->end;
	return to < piece->glyph_count ? piece->glyphs[to].cluster : piece->end;
}

static void record_piece(const struct record *record, float x)
{
	const struct row_piece *piece = record->piece;
	for (uint32_t from = 0, to; from < piece->glyph_count; from = to) {
		struct cluster cluster = {.first = piece->glyphs[from].cluster, .glyph = from, .x = x};
		for (to = from; to < piece->glyph_count && piece->glyphs[to].cluster == cluster.first; to++)
			cluster.width += piece->glyphs[to].advance;
		cluster.end = cluster_end(piece, from, to);
		cluster.glyph_end = to;
		struct span_style style = span_style(record->input, record->passage->offsets[cluster.first]);
		record_cells(record, &cluster, &style);
		if (visible(record->passage, &cluster))
			record_glyphs(record, &cluster, &style);
		x += cluster.width;
	}
}

static void record_tail(const struct record *record, const struct row *row, float x)
{
	uint32_t last = row->hang > row->start ? row->hang - 1 : row->start;
	struct span_style style = span_style(record->input, record->passage->offsets[last]);
	struct cluster cluster = {.glyph_end = record->piece->glyph_count, .x = x, .width = record->piece->width};
	record_glyphs(record, &cluster, &style);
}

/* What a visitor typed last is a space: it has a place, though nothing is drawn. Where a line goes on it has none. */
static void record_hanging(const struct record *record, const struct row *row, bool rtl)
{
	float x = row->width;
	if (rtl) {
		x = 0;
		for (uint32_t i = row->hang; i < row->end; i++)
			x -= record->passage->advances[i];
	}
	for (uint32_t n = 0; n < row->end - row->hang; n++) {
		uint32_t i = rtl ? row->end - 1 - n : row->hang + n;
		const uint32_t *offset = &record->passage->offsets[i];
		struct span_style plain = {0};
		draft_cell(record->draft,
			   (struct paragraph_cell){offset[0], offset[1], x, record->passage->advances[i]}, &plain, 0);
		x += record->passage->advances[i];
	}
}

void row_record(const struct text_input *input, const struct passage *passage, const struct row *row,
		struct draft *draft)
{
	struct record record = {input, passage, draft, NULL};
	bool ends = row->end == passage->count && !row->tail;
	draft_line(draft, passage->offsets[row->start], passage->offsets[row->end], row->width);
	if (ends && input->rtl)
		record_hanging(&record, row, true);
	float x = 0;
	for (uint32_t i = 0; i < row->piece_count && !draft->failed; i++) {
		record.piece = &row->pieces[i];
		if (record.piece->tail)
			record_tail(&record, row, x);
		else
			record_piece(&record, x);
		x += record.piece->width;
	}
	if (ends && !input->rtl)
		record_hanging(&record, row, false);
}
