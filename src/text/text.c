#include "text/text.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/cache.h"
#include "text/layout.h"

#include <hb.h>
#include <math.h>
#include <stdlib.h>

#define SIZE_MIN_PX    1.0f
#define SIZE_MAX_PX    2000.0f
#define LENGTH_MAX_PX  1e6f
#define SCRATCH_KEEP   (64u << 10) /* bytes of text up to which the memory of its layout is kept for the next */
#define SPAN_COUNT_MAX (1u << 16)

struct text {
	struct fonts *fonts;
	struct breaks *breaks;
	hb_buffer_t *buffer;
	struct arena arena;
	struct cache cache;
	struct words words;
	bool failed;
};

/* What text_paragraph() gives when there is no memory. */
static const struct paragraph nothing;

bool text_open(const char *share, struct text **out, struct err *err)
{
	struct text *text = calloc(1, sizeof(*text));
	if (!text)
		return err_memory(err);
	text->buffer = hb_buffer_create();
	text->breaks = breaks_create();
	bool memory = text->breaks && hb_buffer_allocation_successful(text->buffer);
	if (!(memory || err_memory(err)) || !fonts_open(share, &text->fonts, err)) {
		text_close(text);
		return false;
	}
	*out = text;
	return true;
}

void text_close(struct text *text)
{
	if (!text)
		return;
	cache_trim(&text->cache, 0);
	words_finish(&text->words);
	arena_finish(&text->arena);
	hb_buffer_destroy(text->buffer);
	breaks_destroy(text->breaks);
	fonts_close(text->fonts);
	free(text);
}

void text_trim(struct text *text)
{
	cache_trim(&text->cache, TEXT_CACHE_BYTES);
	text->failed = false;
}

bool text_failed(const struct text *text)
{
	return text->failed;
}

/* Between the limits; the lower one for what is not a number. */
static float within(float value, float low, float high)
{
	return value > low ? fminf(value, high) : low;
}

static struct text_input sane(const struct text_input *input)
{
	struct text_input out = *input;
	out.len = input->utf8 ? utf8_cut(input->utf8, input->len, TEXT_BYTES_MAX) : 0;
	out.lang = input->lang ? input->lang : "";
	out.size = within(input->size, SIZE_MIN_PX, SIZE_MAX_PX);
	out.line = within(input->line, SIZE_MIN_PX, 2 * SIZE_MAX_PX);
	out.width = within(input->width, 0, LENGTH_MAX_PX);
	if (!input->spans)
		out.span_count = 0;
	else if (input->span_count > SPAN_COUNT_MAX)
		out.span_count = SPAN_COUNT_MAX;
	return out;
}

static struct paragraph *make(struct text *text, const struct text_input *input)
{
	struct passage_tools tools = {&text->arena, text->fonts, text->breaks, &text->words, text->buffer};
	struct draft draft = {0};
	struct paragraph *paragraph = NULL;
	if (layout(&tools, input, &draft))
		paragraph = draft_finish(&draft, input, fonts_metrics(text->fonts));
	draft_discard(&draft);
	if (input->len > SCRATCH_KEEP)
		arena_finish(&text->arena);
	else
		arena_reset(&text->arena);
	if (!hb_buffer_allocation_successful(text->buffer))
		hb_buffer_reset(text->buffer);
	return paragraph;
}

const struct paragraph *text_paragraph(struct text *text, const struct text_input *input)
{
	struct text_input wanted = sane(input);
	uint64_t hash = cache_hash(&wanted);
	const struct paragraph *found = cache_find(&text->cache, &wanted, hash);
	if (found)
		return found;
	struct paragraph *made = make(text, &wanted);
	if (!made) {
		text->failed = true;
		return &nothing;
	}
	cache_add(&text->cache, made, hash, TEXT_CACHE_BYTES);
	return made;
}
