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

/* Not in scripts whose letters join or stack, and never between a letter and its marks. */
static void space_out(float spacing, const struct item *item, const struct shaped *shaped)
{
	if (item->script != HB_SCRIPT_LATIN && item->script != HB_SCRIPT_CYRILLIC)
		return;
	bool wide = false; /* the cluster is no invisible mark, such as an isolate */
	for (uint32_t i = 0; i < shaped->count; i++) {
		struct glyph *glyph = &shaped->glyphs[i];
		wide = wide || glyph->advance > 0;
		if (i + 1 < shaped->count && glyph[1].cluster == glyph->cluster)
			continue;
		glyph->advance += wide ? spacing : 0;
		wide = false;
	}
}

/* The glyphs of [start, end) in the buffer. The whole passage is their context: HarfBuzz joins letters across borders. */
static bool run_harfbuzz(const struct passage_tools *tools, const struct text_input *input,
			 const struct passage *passage, const struct item *item, uint32_t start, uint32_t end)
{
	hb_buffer_t *buffer = tools->buffer;
	hb_buffer_clear_contents(buffer);
	hb_buffer_add_utf32(buffer, passage->codes, (int)passage->count, start, (int)(end - start));
	hb_buffer_set_direction(buffer, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, hb_script_from_iso15924_tag(item->script));
	hb_buffer_set_language(buffer, hb_language_from_string(input->lang, -1));
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT);
	hb_shape(item->font->shaper, buffer, NULL, 0);
	return hb_buffer_allocation_successful(buffer) &&
	       hb_buffer_get_content_type(buffer) == HB_BUFFER_CONTENT_TYPE_GLYPHS;
}

static float scale_of(const struct text_input *input, const struct item *item)
{
	return input->size * item->font->size / item->font->units;
}

static bool shape(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		  const struct item *item, uint32_t start, uint32_t end, struct shaped *out)
{
	if (!run_harfbuzz(tools, input, passage, item, start, end))
		return false;
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(tools->buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(tools->buffer, &count);
	out->glyphs = arena_array(tools->arena, count, sizeof(*out->glyphs));
	out->count = count;
	if (!out->glyphs)
		return false;
	float scale = scale_of(input, item);
	for (unsigned i = 0; i < count; i++)
		out->glyphs[i] = (struct glyph){
			.id = infos[i].codepoint,
			.cluster = infos[i].cluster,
			.advance = scale * (float)positions[i].x_advance,
			.dx = scale * (float)positions[i].x_offset,
			.dy = scale * (float)positions[i].y_offset,
			.unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
		};
	space_out(input->spacing, item, out);
	return in_order(item, start, end, out);
}

/* Where the word that begins at `start` ends; a space is a word by itself. */
static uint32_t word_end(const struct passage *passage, const struct item *item, uint32_t start)
{
	uint32_t end = start + 1;
	while (passage->codes[start] != ' ' && end < item->end && passage->codes[end] != ' ')
		end++;
	return end;
}

/* Nothing beside [start, end) has a say in its glyphs: a space, or what stands between spaces and does not begin with a
 * mark (for which HarfBuzz draws a circle at the start of a text only). */
static bool stands_free(const struct passage *passage, uint32_t start, uint32_t end)
{
	if (passage->codes[start] == ' ')
		return true;
	return end - start <= WORDS_LEN_MAX && !chars_extends(passage->codes[start]) &&
	       (start == 0 || passage->codes[start - 1] == ' ') &&
	       (end == passage->count || passage->codes[end] == ' ');
}

static bool fits(const hb_glyph_position_t *at)
{
	return at->x_advance == (int16_t)at->x_advance && at->x_offset == (int16_t)at->x_offset &&
	       at->y_offset == (int16_t)at->y_offset;
}

/* Keeps what HarfBuzz has left in the buffer. NULL: no memory, or numbers too large to be kept. */
static const struct word *keep_word(const struct passage_tools *tools, const struct words_key *key, uint32_t start)
{
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(tools->buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(tools->buffer, &count);
	for (unsigned i = 0; i < count; i++)
		if (!fits(&positions[i]))
			return NULL;
	struct word *word = words_add(tools->words, key, count);
	for (unsigned i = 0; word && i < count; i++)
		word->glyphs[i] = (struct word_glyph){
			.id = (uint16_t)infos[i].codepoint,
			.cluster = (uint8_t)(infos[i].cluster - start),
			.unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
			.advance = (int16_t)positions[i].x_advance,
			.dx = (int16_t)positions[i].x_offset,
			.dy = (int16_t)positions[i].y_offset,
		};
	return word;
}

/* The words of an item, each with where it starts. */
struct placed_word {
	const struct word *word;
	uint32_t start;
};

/* False: the item must be shaped whole. */
static bool find_words(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
		       const struct item *item, struct placed_word *found, uint32_t *count, uint32_t *glyph_count)
{
	struct words_key key = {
		.font = item->font,
		.lang = hb_language_from_string(input->lang, -1),
		.script = item->script,
		.rtl = item->level & 1,
	};
	words_trim(tools->words);
	for (uint32_t start = item->start, end; start < item->end; start = end) {
		end = word_end(passage, item, start);
		if (!stands_free(passage, start, end))
			return false;
		key.codes = passage->codes + start;
		key.len = end - start;
		const struct word *word = words_find(tools->words, &key);
		if (!word && run_harfbuzz(tools, input, passage, item, start, end))
			word = keep_word(tools, &key, start);
		if (!word)
			return false;
		found[(*count)++] = (struct placed_word){word, start};
		*glyph_count += word->glyph_count;
	}
	return true;
}

/* The item from words shaped before. */
static bool shape_words(const struct passage_tools *tools, const struct text_input *input,
			const struct passage *passage, const struct item *item, struct shaped *out)
{
	uint32_t count = 0;
	uint32_t glyph_count = 0;
	struct placed_word *found = arena_array(tools->arena, item->end - item->start, sizeof(*found));
	if (!found || !find_words(tools, input, passage, item, found, &count, &glyph_count))
		return false;
	out->glyphs = arena_array(tools->arena, glyph_count, sizeof(*out->glyphs));
	out->count = glyph_count;
	if (!out->glyphs)
		return false;
	struct glyph *glyph = out->glyphs;
	float scale = scale_of(input, item);
	for (uint32_t i = 0; i < count; i++) {
		const struct placed_word *placed = &found[item->level & 1 ? count - 1 - i : i];
		for (uint32_t g = 0; g < placed->word->glyph_count; g++) {
			const struct word_glyph *kept = &placed->word->glyphs[g];
			*glyph++ = (struct glyph){
				.id = kept->id,
				.cluster = placed->start + kept->cluster,
				.advance = scale * (float)kept->advance,
				.dx = scale * (float)kept->dx,
				.dy = scale * (float)kept->dy,
				.unsafe = kept->unsafe,
			};
		}
	}
	space_out(input->spacing, item, out);
	return in_order(item, item->start, item->end, out);
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
		if (!(item->font->plain_space && shape_words(tools, input, passage, item, &shaped)) &&
		    !shape(tools, input, passage, item, item->start, item->end, &shaped))
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
