/* Paragraphs beside each other: what both pages have is paired, and nothing is lost or moved. */
#include "screens/pairs.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BLOCKS_TRIED 8

/* A page with one block for each letter: h heading, p paragraph, 1-9 steps, l a list of two, c callout. */
static struct page page_of(const char *letters, struct block *blocks, struct item *items)
{
	struct page page = {.title = "t", .summary = "s", .blocks = blocks};
	for (const char *letter = letters; *letter; letter++) {
		struct block *block = &blocks[page.block_count++];
		*block = (struct block){.text = {.text = "x", .len = 1}};
		block->kind = *letter == 'h' ? BLOCK_HEADING : *letter == 'p' ? BLOCK_PARAGRAPH : BLOCK_STEPS;
		block->kind = *letter == 'l' ? BLOCK_LIST : *letter == 'c' ? BLOCK_CALLOUT : block->kind;
		block->items = items;
		block->item_count = *letter == 'l' ? 2 : (size_t)(*letter - '0');
	}
	return page;
}

static char letter_of(const struct part *part)
{
	static const char letters[] = {
		[PART_SUMMARY] = 's', [PART_FACT] = 'f',  [PART_PARAGRAPH] = 'p', [PART_HEADING] = 'h',
		[PART_STEP] = '1',    [PART_ENTRY] = 'l', [PART_CALLOUT] = 'c'};
	return part ? letters[part->kind] : '-';
}

static void pairs_of_pages(void **state)
{
	static const struct {
		const char *own, *danish, *left, *right;
	} rows[] = {
		{"", "", "s", "s"},
		{"ph3", "ph3", "sph111", "sph111"},
		{"p2c", "p3c", "sp11-c", "sp111c"}, /* a step more in Danish */
		{"p3c", "p2c", "sp111c", "sp11-c"},
		{"hp", "hc", "shp-", "sh-c"},
		{"p", "", "sp", "s-"},
		{"", "lc", "s---", "sllc"},
		{"pp", "p", "spp", "sp-"},
	};
	struct item items[9] = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct block left[BLOCKS_TRIED], right[BLOCKS_TRIED];
		struct page own = page_of(rows[i].own, left, items), danish = page_of(rows[i].danish, right, items);
		struct arena arena = {0};
		struct pair *pairs;
		size_t count, numbers[2] = {0, 0};
		char got[2][32] = {"", ""};
		assert_true(pairs_make(&own, &danish, &arena, &pairs, &count));
		for (size_t p = 0; p < count; p++) {
			assert_true(pairs[p].own || pairs[p].danish);
			got[0][p] = letter_of(pairs[p].own);
			got[1][p] = letter_of(pairs[p].danish);
			if (pairs[p].own && pairs[p].own->kind == PART_STEP)
				assert_int_equal(pairs[p].own->number, ++numbers[0]);
			if (pairs[p].danish && pairs[p].danish->kind == PART_STEP)
				assert_int_equal(pairs[p].danish->number, ++numbers[1]);
		}
		assert_string_equal(got[0], rows[i].left);
		assert_string_equal(got[1], rows[i].right);
		arena_finish(&arena);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_of_pages)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
