#include "screens/pairs.h"

#include "base/array.h"

#include <string.h>

struct parts {
	struct part *all;
	size_t count;
};

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

static bool cut_up(const struct page *page, struct arena *arena, struct parts *out)
{
	size_t most = 1 + page->fact_count;
	for (size_t i = 0; i < page->block_count; i++)
		most += block_parts(&page->blocks[i]);
	*out = (struct parts){.all = arena_array(arena, most, sizeof(struct part))};
	if (!out->all)
		return false;
	out->all[out->count++] = (struct part){.kind = PART_SUMMARY, .text = plain(page->summary)};
	for (size_t i = 0; i < page->fact_count; i++)
		out->all[out->count++] = (struct part){
			.kind = PART_FACT, .title = page->facts[i].label, .text = plain(page->facts[i].value)};
	for (size_t i = 0; i < page->block_count; i++)
		add_block(out, &page->blocks[i]);
	return true;
}

bool pairs_make(const struct page *own, const struct page *danish, struct arena *arena, struct pair **out,
		size_t *count)
{
	struct parts left, right;
	if (!cut_up(own, arena, &left) || !cut_up(danish, arena, &right))
		return false;
	struct pair *pairs = arena_array(arena, left.count + right.count, sizeof(*pairs));
	if (!pairs)
		return false;
	size_t least = left.count < right.count ? left.count : right.count, first = 0, last = 0, n = 0;
	while (first < least && left.all[first].kind == right.all[first].kind)
		first++;
	while (last < least - first && left.all[left.count - 1 - last].kind == right.all[right.count - 1 - last].kind)
		last++;
	for (size_t i = 0; i < first; i++)
		pairs[n++] = (struct pair){&left.all[i], &right.all[i]};
	for (size_t i = first; i < left.count - last; i++)
		pairs[n++] = (struct pair){&left.all[i], NULL};
	for (size_t i = first; i < right.count - last; i++)
		pairs[n++] = (struct pair){NULL, &right.all[i]};
	for (size_t i = last; i > 0; i--)
		pairs[n++] = (struct pair){&left.all[left.count - i], &right.all[right.count - i]};
	*out = pairs;
	*count = n;
	return true;
}
