#include "text/passage.h"

#include "text/script.h"
#include "text/span.h"

#include <hb.h>
#include <string.h>
#include <unicode/uscript.h>

/* Marks one font is sought for together. */
#define CLUSTER_MAX 32u

/* HarfBuzz looks back within a run, so runs are kept short: a new one begins at a space, later at any character, at
 * last anywhere. */
#define ITEM_LONG    512u
#define ITEM_LONGER  768u
#define ITEM_LONGEST 1024u

struct sources {
	int16_t *scripts;
	struct font **fonts;
};

static uint32_t cluster_end(const struct passage *passage, uint32_t start)
{
	uint32_t end = start + 1;
	while (end < passage->count && end - start < CLUSTER_MAX && chars_extends(passage->codes[end]) &&
	       passage->bidi.levels[end] == passage->bidi.levels[start])
		end++;
	return end;
}

static bool common(uint32_t code)
{
	UErrorCode status = U_ZERO_ERROR;
	return uscript_getScript((UChar32)code, &status) == USCRIPT_COMMON;
}

/* HarfBuzz would turn a left-to-right run of such a script around: numbers and their punctuation are not of it. */
static bool right_to_left(uint32_t script)
{
	return hb_script_get_horizontal_direction(hb_script_from_iso15924_tag(script)) == HB_DIRECTION_RTL;
}

/* Urdu is read in Nastaliq, which fonts know as a script of its own (ISO 15924 Aran); to HarfBuzz it is Arabic. */
static uint32_t font_script(const char *lang, uint32_t script)
{
	bool urdu = strncmp(lang, "ur", 2) == 0 && (!lang[2] || lang[2] == '-');
	return urdu && script == HB_SCRIPT_ARABIC ? HB_TAG('A', 'r', 'a', 'n') : script;
}

/* A font for every character; marks take their base's. */
static bool choose_fonts(const struct passage_tools *tools, const struct text_input *input, struct passage *passage,
			 const struct sources *sources)
{
	struct font *before = NULL;
	uint8_t level = 0;
	uint32_t script = 0;
	int16_t scripted = USCRIPT_INVALID_CODE;
	for (uint32_t start = 0, end; start < passage->count; start = end) {
		end = cluster_end(passage, start);
		if (scripted != sources->scripts[start]) {
			scripted = sources->scripts[start];
			script = script_tag(scripted);
		}
		struct fonts_wish wish = {
			.codes = passage->codes + start,
			.count = end - start,
			.script = font_script(input->lang, script),
			.bold = span_style(input, passage->offsets[start]).bold,
			.neutral = common(passage->codes[start]),
			.even = !(passage->bidi.levels[start] & 1),
			.before = level == passage->bidi.levels[start] ? before : NULL,
		};
		if (!wish.before || !chars_extends(passage->codes[start]))
			before = fonts_choose(tools->fonts, &wish);
		level = passage->bidi.levels[start];
		if (wish.neutral && wish.even && right_to_left(script))
			sources->scripts[start] = USCRIPT_COMMON;
		for (uint32_t i = start; i < end; i++) {
			sources->fonts[i] = before;
			sources->scripts[i] = sources->scripts[start];
		}
	}
	return !fonts_starved(tools->fonts);
}

static bool begins(const struct passage *passage, const struct sources *sources, uint32_t at, uint32_t length)
{
	if (passage->bidi.levels[at] != passage->bidi.levels[at - 1] || sources->fonts[at] != sources->fonts[at - 1] ||
	    sources->scripts[at] != sources->scripts[at - 1])
		return true;
	bool whole = passage->breaks[at] & BREAKS_GRAPHEME;
	return length >= ITEM_LONGEST || (length >= ITEM_LONGER && whole) ||
	       (length >= ITEM_LONG && whole && passage->codes[at - 1] == ' ');
}

/* Writes the items when `items` is not NULL; returns how many there are. */
static uint32_t divide(const struct passage *passage, const struct sources *sources, struct item *items)
{
	uint32_t count = 0;
	for (uint32_t start = 0, end; start < passage->count; start = end, count++) {
		for (end = start + 1; end < passage->count && !begins(passage, sources, end, end - start);)
			end++;
		if (items)
			items[count] = (struct item){
				.start = start,
				.end = end,
				.script = script_tag(sources->scripts[start]),
				.level = passage->bidi.levels[start],
				.font = sources->fonts[start],
			};
	}
	return count;
}

bool passage_open(const struct passage_tools *tools, const struct text_input *input, const struct chars *chars,
		  uint32_t start, uint32_t end, struct passage *out)
{
	struct passage passage = {.codes = chars->code + start, .offsets = chars->offset + start, .count = end - start};
	struct sources sources = {
		arena_array(tools->arena, passage.count + 1, sizeof(*sources.scripts)),
		arena_array(tools->arena, passage.count + 1, sizeof(struct font *)),
	};
	passage.advances = arena_array(tools->arena, passage.count + 1, sizeof(*passage.advances));
	if (!sources.scripts || !sources.fonts || !passage.advances)
		return false;
	if (!bidi_resolve(tools->arena, passage.codes, passage.count, input->rtl, &passage.bidi) ||
	    !breaks_find(tools->breaks, tools->arena, input->lang, passage.codes, passage.count, &passage.breaks))
		return false;
	script_resolve(passage.codes, passage.count, sources.scripts);
	if (!choose_fonts(tools, input, &passage, &sources))
		return false;
	passage.item_count = divide(&passage, &sources, NULL);
	passage.items = arena_array(tools->arena, passage.item_count, sizeof(*passage.items));
	if (!passage.items)
		return false;
	divide(&passage, &sources, passage.items);
	*out = passage;
	return true;
}
