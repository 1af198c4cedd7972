/* Whatever the text: no crash; and what is read without a fault is a page that the kiosk accepts, also with its
 * numbers isolated. */
#include "bundle/isolate.h"
#include "bundle/markdown.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void isolate(struct block *block, struct arena *arena)
{
	isolate_rich(&block->text, true, arena);
	for (size_t i = 0; i < block->item_count; i++)
		isolate_rich(&block->items[i].text, true, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct page page = {"T", "S", "i", "2026-11-01", "2026-11-01", .revision = "00000000", .minutes = 1};
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.md", &faults, &arena, NULL};
	struct markdown markdown = {0};
	struct buf text = {0};
	struct buf out = {0};
	struct err err;

	if (!buf_append(&text, bytes, len < 2500 ? len : 0))
		abort();
	reading_unix(&text);
	if (reading_utf8(&in, text.data, text.len))
		markdown_read(&in, text.data, text.len, 1, &markdown);
	page.blocks = markdown.blocks;
	for (; faults.errors == 0 && page.block_count < markdown.count; page.block_count++)
		isolate(&page.blocks[page.block_count], &arena);
	if (faults.errors == 0 &&
	    (!page_write(&page, &out, &err) || !page_parse(out.data, out.len, &arena, &page, &err)))
		abort();
	buf_finish(&text);
	buf_finish(&out);
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
