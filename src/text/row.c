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

/* Has a place of its own in a ligature: begins a grapheme that is not a soft hyphen or the like. */
static bool stands(const struct passage *passage, const struct cluster *cluster, uint32_t at)
{
	return at == cluster->first ||
	       ((passage->breaks[at] & BREAKS_GRAPHEME) && !chars_invisible(passage->codes[at]));
}

/* The other end of the grapheme (or of its part in the cluster) that begins at `at`, or ends there when rtl. */
static uint32_t across(const struct passage *passage, const struct cluster *cluster, uint32_t at, bool rtl)
{
	do
		at = rtl ? at - 1 : at + 1;
	while (at > cluster->first && at < cluster->end && !(passage->breaks[at] & BREAKS_GRAPHEME));
	return at;
}

/* A ligature is divided evenly among its graphemes. */
static void record_cells(const struct record *record, const struct cluster *cluster, const struct span_style *style)
{
	const struct passage *passage = record->passage;
	bool rtl = record->piece->item->level & 1;
	unsigned parts = 0;
	for (uint32_t i = cluster->first; i < cluster->end; i++)
		parts += stands(passage, cluster, i);
	float share = cluster->width / (float)parts;
	float x = cluster->x;
	uint32_t last = rtl ? cluster->first : cluster->end;
	for (uint32_t at = rtl ? cluster->end : cluster->first, next; at != last; at = next) {
		next = across(passage, cluster, at, rtl);
		uint32_t start = rtl ? next : at;
		uint32_t end = rtl ? at : next;
		float width = stands(passage, cluster, start) ? share : 0;
		bool whole = passage->breaks[end] & BREAKS_GRAPHEME;
		struct paragraph_cell cell = {passage->offsets[start], passage->offsets[end], x, width, rtl, whole};
		draft_cell(record->draft, cell, style, record->input->size);
		x += width;
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

/* What a visitor typed last is a space: it has a place, though nothing is drawn. Where a line goes on it takes none. */
static void record_hanging(const struct record *record, const struct row *row)
{
	const struct passage *passage = record->passage;
	bool rtl = record->input->rtl;
	bool ends = row->end == passage->count && !row->tail;
	float x = rtl ? 0 : row->width;
	for (uint32_t i = row->hang; rtl && ends && i < row->end; i++)
		x -= passage->advances[i];
	for (uint32_t n = 0; n < row->end - row->hang; n++) {
		uint32_t i = rtl ? row->end - 1 - n : row->hang + n;
		const uint32_t *offset = &passage->offsets[i];
		float width = ends ? passage->advances[i] : 0;
		bool whole = passage->breaks[i + 1] & BREAKS_GRAPHEME;
		struct span_style plain = {0};
		struct paragraph_cell cell = {offset[0], offset[1], x, width, rtl, whole};
		draft_cell(record->draft, cell, &plain, 0);
		x += width;
	}
}

void row_record(const struct text_input *input, const struct passage *passage, const struct row *row,
		struct draft *draft)
{
	struct record record = {input, passage, draft, NULL};
	draft_line(draft, passage->offsets[row->start], passage->offsets[row->end], row->width);
	if (input->rtl)
		record_hanging(&record, row);
	float x = 0;
	for (uint32_t i = 0; i < row->piece_count && !draft->failed; i++) {
		record.piece = &row->pieces[i];
		if (record.piece->tail)
			record_tail(&record, row, x);
		else
			record_piece(&record, x);
		x += record.piece->width;
	}
	if (!input->rtl)
		record_hanging(&record, row);
}
