#include "content/parts.h"

#include "base/array.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static size_t block_parts(const struct block *block)
{
	return block->kind == BLOCK_STEPS || block->kind == BLOCK_LIST ? block->item_count : 1;
}

static struct rich plain(const char *text)
{
	return (struct rich){.text = text, .len = strlen(text)};
}

static void add_block(struct parts *parts, const struct block *block)
{
	static const enum part_kind kinds[] = {
		[BLOCK_PARAGRAPH] = PART_PARAGRAPH, [BLOCK_HEADING] = PART_HEADING, [BLOCK_STEPS] = PART_STEP,
		[BLOCK_LIST] = PART_ENTRY,          [BLOCK_CALLOUT] = PART_CALLOUT,
	};
	static_assert(ARRAY_LEN(kinds) == BLOCK_KIND_COUNT, "a kind of block has no part");
	if (block->kind != BLOCK_STEPS && block->kind != BLOCK_LIST) {
		parts->all[parts->count++] = (struct part){.kind = kinds[block->kind],
							   .callout = block->callout,
							   .title = block->title,
							   .text = block->text};
		return;
	}
	for (size_t i = 0; i < block->item_count; i++)
		parts->all[parts->count++] = (struct part){.kind = kinds[block->kind],
							   .number = (int)i + 1,
							   .title = block->items[i].title,
							   .text = block->items[i].text};
}

bool parts_cut(const struct page *page, struct arena *arena, struct parts *out)
{
	size_t most = 2 + page->fact_count + page->term_count;
	for (size_t i = 0; i < page->block_count; i++)
		most += block_parts(&page->blocks[i]);
	*out = (struct parts){.all = arena_array(arena, most, sizeof(struct part))};
	if (!out->all)
		return false;
	out->all[out->count++] = (struct part){.kind = PART_TITLE, .text = plain(page->title)};
	out->all[out->count++] = (struct part){.kind = PART_SUMMARY, .text = plain(page->summary)};
	for (size_t i = 0; i < page->fact_count; i++)
		out->all[out->count++] = (struct part){
			.kind = PART_FACT, .title = page->facts[i].label, .text = plain(page->facts[i].value)};
	for (size_t i = 0; i < page->block_count; i++)
		add_block(out, &page->blocks[i]);
	for (size_t i = 0; i < page->term_count; i++)
		out->all[out->count++] = (struct part){
			.kind = PART_TERM, .title = page->terms[i].term, .text = plain(page->terms[i].meaning)};
	return true;
}

/* The members of an item that are its texts. */
struct texts {
	const char ***all;
	size_t count, most;
};

static bool add_text(void *context, const struct shape_field *field, const char **text)
{
	struct texts *texts = context;

	(void)field;
	if (texts->count == texts->most)
		return false;
	texts->all[texts->count++] = text;
	return true;
}

/* False: they are not as many as there are digests. The item stays as it is. */
static bool list_texts(enum item_kind kind, const union item_any *item, struct texts *texts)
{
	return shape_each(item_shapes[kind], (void *)(uintptr_t)item, SHAPE_TRANSLATED, add_text, texts) &&
	       texts->count == texts->most;
}

bool parts_newer(enum item_kind kind, const union item_any *own, const union item_any *source, struct arena *arena,
		 struct newers *out)
{
	const char *made = own->head.texts, *now = source->head.texts;

	*out = (struct newers){0};
	if (!made || !now || strlen(made) != strlen(now))
		return true;
	size_t count = strlen(made) / PART_DIGEST;
	struct texts texts = {arena_array(arena, count, sizeof(*texts.all)), 0, count};
	struct texts newest = {arena_array(arena, count, sizeof(*newest.all)), 0, count};
	out->all = arena_array(arena, count, sizeof(*out->all));
	if (!texts.all || !newest.all || !out->all)
		return false;
	if (!list_texts(kind, own, &texts) || !list_texts(kind, source, &newest))
		return true;
	for (size_t i = 0; i < count; i++)
		if (memcmp(made + i * PART_DIGEST, now + i * PART_DIGEST, PART_DIGEST) != 0)
			out->all[out->count++] = (struct newer){texts.all[i], *newest.all[i]};
	return true;
}
