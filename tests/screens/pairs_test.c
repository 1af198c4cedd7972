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
	static const char letters[] = {[PART_TITLE] = 't', [PART_TERM] = 'w',      [PART_SUMMARY] = 's',
				       [PART_FACT] = 'f',  [PART_PARAGRAPH] = 'p', [PART_HEADING] = 'h',
				       [PART_STEP] = '1',  [PART_ENTRY] = 'l',     [PART_CALLOUT] = 'c'};
	return part ? letters[part->kind] : '-';
}

static void pairs_of_pages(void **state)
{
	static const struct {
		const char *own, *danish, *left, *right;
	} rows[] = {
		{"", "", "ts", "ts"},
		{"ph3", "ph3", "tsph111", "tsph111"},
		{"p2c", "p3c", "tsp11-c", "tsp111c"}, /* a step more in Danish */
		{"p3c", "p2c", "tsp111c", "tsp11-c"},
		{"hp", "hc", "tshp-", "tsh-c"},
		{"p", "", "tsp", "ts-"},
		{"", "lc", "ts---", "tsllc"},
		{"pp", "p", "tspp", "tsp-"},
	};
	struct item items[9] = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct block left[BLOCKS_TRIED], right[BLOCKS_TRIED];
		struct page own = page_of(rows[i].own, left, items), danish = page_of(rows[i].danish, right, items);
		struct arena arena = {0};
		struct pairs pairs;
		size_t numbers[2] = {0, 0};
		char got[2][32] = {"", ""};
		assert_true(pairs_make(&own, &danish, &arena, &pairs));
		assert_false(pairs.known);
		for (size_t p = 0; p < pairs.count; p++) {
			const struct pair *pair = &pairs.all[p];
			assert_true(pair->own || pair->danish);
			assert_false(pair->changed);
			got[0][p] = letter_of(pair->own);
			got[1][p] = letter_of(pair->danish);
			if (pair->own && pair->own->kind == PART_STEP)
				assert_int_equal(pair->own->number, ++numbers[0]);
			if (pair->danish && pair->danish->kind == PART_STEP)
				assert_int_equal(pair->danish->number, ++numbers[1]);
		}
		assert_string_equal(got[0], rows[i].left);
		assert_string_equal(got[1], rows[i].right);
		arena_finish(&arena);
	}
}

/* A digest for each paragraph, told by a letter: the same letter, the same words in Danish. */
static const char *digests_of(const char *letters, char text[128])
{
	size_t len = 0;
	for (; *letters; letters++)
		len += (size_t)snprintf(text + len, 128 - len, "%04x", (unsigned)*letters);
	return text;
}

/* The pairs as "own=danish"; with ! where the words have changed. */
static void what_has_changed(void **state)
{
	static const struct {
		const char *own, *danish; /* paragraphs */
		const char *made, *now;   /* their digests, title and summary first */
		const char *pairs;        /* kinds of both, and ! */
	} rows[] = {
		{"h3c", "h3c", "tsh123c", "tsh123c", "tt ss hh 11 11 11 cc "},
		{"h3c", "h3c", "tsh123c", "tsh1x3c", "tt ss hh 11 11! 11 cc "},
		{"h3c", "h3c", "tsh123c", "txh123c", "tt ss! hh 11 11 11 cc "},
		{"h3c", "h4c", "tsh123c", "tsh12x3c", "tt ss hh 11 11 -1 11 cc "}, /* one is new */
		{"h3c", "h2c", "tsh123c", "tsh13c", "tt ss hh 11 1- 11 cc "},      /* one is gone */
		{"h3c", "h3c", "tsh123c", "tsh231c", "tt ss hh 1- 11 11 -1 cc "},  /* one has moved */
		{"hp", "ph", "tsab", "tsxy", "tt ss -p hh! p- "},                  /* another order */
		{"pp", "pp", "tsab", "tsxy", "tt ss pp! pp! "},                    /* all of it */
		{"p", "", "tsa", "ts", "tt ss p- "},
		{"", "lc", "ts", "tsabc", "tt ss -l -l -c "},
		{"pp", "pp", "tsaa", "tsaa", "tt ss pp pp "},
		{"pp", "p", "tsaa", "tsa", "tt ss pp p- "},
	};
	struct item items[9] = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct block left[BLOCKS_TRIED], right[BLOCKS_TRIED];
		struct page own = page_of(rows[i].own, left, items), danish = page_of(rows[i].danish, right, items);
		char made[128], now[128], got[128];
		struct arena arena = {0};
		struct pairs pairs;
		size_t len = 0;
		own.parts = digests_of(rows[i].made, made);
		danish.parts = digests_of(rows[i].now, now);
		assert_true(pairs_make(&own, &danish, &arena, &pairs));
		assert_true(pairs.known);
		for (size_t p = 0; p < pairs.count; p++)
			len += (size_t)snprintf(got + len, sizeof(got) - len, "%c%c%s ", letter_of(pairs.all[p].own),
						letter_of(pairs.all[p].danish), pairs.all[p].changed ? "!" : "");
		if (strcmp(got, rows[i].pairs) != 0)
			fail_msg("row %zu: %s", i, got);
		arena_finish(&arena);
	}
}

/* Digests that are not those of the page's own paragraphs say nothing. */
static void digests_of_another_page(void **state)
{
	static const char *const wrong[] = {NULL, "0001", "0001000200030004", "000100020003"};
	struct block left[BLOCKS_TRIED], right[BLOCKS_TRIED];
	struct item items[9] = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct page own = page_of("p", left, items), danish = page_of("p", right, items);
		struct arena arena = {0};
		struct pairs pairs;
		own.parts = wrong[i];
		danish.parts = "000100020004";
		assert_true(pairs_make(&own, &danish, &arena, &pairs));
		assert_true(pairs.known == (i == 3));
		assert_int_equal(pairs.count, 3);
		assert_true(pairs.all[2].changed == (i == 3));
		arena_finish(&arena);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_of_pages), cmocka_unit_test(what_has_changed),
						  cmocka_unit_test(digests_of_another_page)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
