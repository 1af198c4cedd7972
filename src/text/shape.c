#include "text/passage.h"

#include <hb.h>

struct shaped {
	struct glyph *glyphs;
	uint32_t count;
};

/* HarfBuzz without memory may give back what it was given: everything after relies on clusters in visual order. */
static bool in_order(const struct item *item, uint32_t start, uint32_t end, const struct shaped *shaped)
{
	bool rtl = item->level & 1;
	uint32_t before = rtl ? end - 1 : start;
	for (uint32_t i = 0; i < shaped->count; i++) {
		uint32_t cluster = shaped->glyphs[i].cluster;
		if (cluster < start || cluster >= end || (rtl ? cluster > before : cluster < before))
			return false;
		before = cluster;
	}
	return true;
}

/* The whole passage is the context of [start, end): HarfBuzz joins letters across its borders. */
static bool shape(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		  const struct item *item, uint32_t start, uint32_t end, struct shaped *out)
{
	hb_buffer_t *buffer = tools->buffer;
	hb_buffer_clear_contents(buffer);
	hb_buffer_add_utf32(buffer, passage->codes, (int)passage->count, start, (int)(end - start));
	hb_buffer_set_direction(buffer, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, hb_script_from_iso15924_tag(item->script));
	hb_buffer_set_language(buffer, hb_language_from_string(input->lang, -1));
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT);
	hb_shape(item->font->shaper, buffer, NULL, 0);
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
	out->glyphs = arena_array(tools->arena, count, sizeof(*out->glyphs));
	out->count = count;
	if (!hb_buffer_allocation_successful(buffer) || !out->glyphs)
		return false;
	float scale = input->size * item->font->size / item->font->units;
	for (unsigned i = 0; i < count; i++)
		out->glyphs[i] = (struct glyph){
			.id = infos[i].codepoint,
			.cluster = infos[i].cluster,
			.advance = scale * (float)positions[i].x_advance,
			.dx = scale * (float)positions[i].x_offset,
			.dy = scale * (float)positions[i].y_offset,
			.unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
		};
	return hb_buffer_get_content_type(buffer) == HB_BUFFER_CONTENT_TYPE_GLYPHS && in_order(item, start, end, out);
}

/* Shares the advance of every cluster evenly among its characters. */
static void share_advances(struct passage *passage, const struct item *item)
{
	bool rtl = item->level & 1;
	for (uint32_t from = 0, to; from < item->glyph_count; from = to) {
		uint32_t first = item->glyphs[from].cluster;
		float width = 0;
		for (to = from; to < item->glyph_count && item->glyphs[to].cluster == first; to++)
			width += item->glyphs[to].advance;
		uint32_t end = to < item->glyph_count ? item->glyphs[to].cluster : item->end;
		if (rtl)
			end = from > 0 ? item->glyphs[from - 1].cluster : item->end;
		for (uint32_t i = first; i < end; i++)
			passage->advances[i] = width / (float)(end - first);
	}
}

bool passage_shape(const struct passage_tools *tools, const struct text_input *input, struct passage *passage)
{
	for (uint32_t i = 0; i < passage->item_count; i++) {
		struct item *item = &passage->items[i];
		struct shaped shaped;
		if (!shape(tools, input, passage, item, item->start, item->end, &shaped))
			return false;
		item->glyphs = shaped.glyphs;
		item->glyph_count = shaped.count;
		share_advances(passage, item);
	}
	return true;
}

/* The first glyph, in logical order, of those whose cluster is `at` or later: counted from the logical start. */
static uint32_t logical_find(const struct item *item, uint32_t at)
{
	uint32_t low = 0;
	uint32_t high = item->glyph_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		uint32_t index = item->level & 1 ? item->glyph_count - 1 - middle : middle;
		if (item->glyphs[index].cluster < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A line may begin or end at `at` with the glyphs as they are. */
static bool safe(const struct item *item, uint32_t at, uint32_t logical)
{
	if (at == item->start || at == item->end)
		return true;
	if (logical >= item->glyph_count)
		return false;
	const struct glyph *glyph = &item->glyphs[item->level & 1 ? item->glyph_count - 1 - logical : logical];
	return glyph->cluster == at && !glyph->unsafe;
}

bool passage_part(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		  const struct item *item, uint32_t start, uint32_t end, const struct glyph **glyphs, uint32_t *count)
{
	uint32_t from = logical_find(item, start);
	uint32_t to = end == item->end ? item->glyph_count : logical_find(item, end);
	if (safe(item, start, from) && safe(item, end, to)) {
		*glyphs = item->glyphs + (item->level & 1 ? item->glyph_count - to : from);
		*count = to - from;
		return true;
	}
	struct shaped shaped;
	if (!shape(tools, input, passage, item, start, end, &shaped))
		return false;
	*glyphs = shaped.glyphs;
	*count = shaped.count;
	return true;
}

bool passage_single(const struct passage_tools *tools, const struct text_input *input, uint32_t code, bool bold,
		    struct item *out)
{
	struct passage passage = {.codes = &code, .count = 1};
	struct item item = {.end = 1, .script = HB_SCRIPT_COMMON, .font = fonts_default(tools->fonts, bold)};
	struct shaped shaped;
	if (!shape(tools, input, &passage, &item, 0, 1, &shaped))
		return false;
	item.glyphs = shaped.glyphs;
	item.glyph_count = shaped.count;
	*out = item;
	return true;
}
