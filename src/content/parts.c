#include "content/parts.h"

#include "base/array.h"

#include <assert.h>
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
