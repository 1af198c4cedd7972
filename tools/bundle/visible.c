#include "bundle/visible.h"

#include "base/crypto.h"
#include "bundle/lix.h"
#include "bundle/number.h"
#include "content/parts.h"

#include <stdint.h>
#include <string.h>

typedef void each_function(void *context, enum visible_kind kind, size_t block, const char *text, size_t len);

static void tell(each_function *each, void *context, enum visible_kind kind, size_t block, const char *text)
{
	if (text && *text)
		each(context, kind, block, text, strlen(text));
}

static void tell_block(const struct block *block, size_t index, each_function *each, void *context)
{
	tell(each, context, VISIBLE_HEADING, index, block->title);
	tell(each, context, VISIBLE_RUNNING, index, block->text.text);
	for (size_t i = 0; i < block->item_count; i++) {
		tell(each, context, VISIBLE_HEADING, index, block->items[i].title);
		tell(each, context, VISIBLE_RUNNING, index, block->items[i].text.text);
	}
}

void visible_each(const struct page *page, each_function *each, void *context)
{
	tell(each, context, VISIBLE_TITLE, VISIBLE_HEAD, page->title);
	tell(each, context, VISIBLE_SUMMARY, VISIBLE_HEAD, page->summary);
	for (size_t i = 0; i < page->fact_count; i++) {
		tell(each, context, VISIBLE_FACT, VISIBLE_HEAD, page->facts[i].label);
		tell(each, context, VISIBLE_FACT, VISIBLE_HEAD, page->facts[i].value);
	}
	for (size_t i = 0; i < page->term_count; i++) {
		tell(each, context, VISIBLE_TERM, VISIBLE_HEAD, page->terms[i].term);
		tell(each, context, VISIBLE_MEANING, VISIBLE_HEAD, page->terms[i].meaning);
	}
	for (size_t i = 0; i < page->block_count; i++)
		tell_block(&page->blocks[i], i, each, context);
}

struct lines {
	struct buf *out;
	bool ok;
};

static void add_line(void *context, enum visible_kind kind, size_t block, const char *text, size_t len)
{
	struct lines *lines = context;

	(void)block;
	lines->ok = lines->ok && buf_printf(lines->out, "%c\t%.*s\n", (char)kind, (int)len, text);
}

bool visible_text(const struct page *page, struct buf *out, struct err *err)
{
	struct lines lines = {.out = out, .ok = true};

	visible_each(page, add_line, &lines);
	return lines.ok || err_memory(err);
}

static bool without_phones(const struct buf *text, struct buf *out)
{
	size_t kept = 0;
	bool ok = true;

	if (text->len == 0)
		return true;
	for (size_t pos = 0; ok && pos < text->len;) {
		size_t phone = number_phone(text->data, text->len, pos, NULL);

		if (phone > 0) {
			ok = buf_append(out, text->data + kept, pos - kept) && buf_append(out, "#", 1);
			kept = pos + phone;
		}
		pos += phone > 0 ? phone : 1;
	}
	return ok && buf_append(out, text->data + kept, text->len - kept);
}

bool visible_digest(const struct buf *text, char revision[REVISION_MAX], struct err *err)
{
	struct buf masked = {0};
	char hex[SHA256_HEX_MAX];
	bool ok = without_phones(text, &masked) || err_memory(err);

	ok = ok && sha256_hex(masked.data, masked.len, hex, err);
	buf_finish(&masked);
	if (!ok)
		return false;
	memcpy(revision, hex, REVISION_MAX - 1);
	revision[REVISION_MAX - 1] = '\0';
	return true;
}

bool visible_revision(const struct page *page, char revision[REVISION_MAX], struct err *err)
{
	struct buf text = {0};
	bool ok = visible_text(page, &text, err) && visible_digest(&text, revision, err);

	buf_finish(&text);
	return ok;
}

static bool part_digest(const struct part *part, char digest[REVISION_MAX], struct err *err)
{
	struct buf text = {0};
	bool ok = buf_printf(&text, "%d\t%s\n%s\n", (int)part->kind, part->title ? part->title : "", part->text.text) ||
		  err_memory(err);

	ok = ok && visible_digest(&text, digest, err);
	buf_finish(&text);
	return ok;
}

bool visible_parts(const struct page *page, struct arena *arena, const char **out, struct err *err)
{
	char digest[REVISION_MAX];
	struct parts parts;

	*out = NULL;
	if (!parts_cut(page, arena, &parts))
		return err_memory(err);
	if (parts.count * PART_DIGEST > TEXT_MAX)
		return true;
	char *text = arena_alloc(arena, parts.count * PART_DIGEST + 1);
	if (!text)
		return err_memory(err);
	for (size_t i = 0; i < parts.count; i++) {
		if (!part_digest(&parts.all[i], digest, err))
			return false;
		memcpy(text + i * PART_DIGEST, digest, PART_DIGEST);
	}
	text[parts.count * PART_DIGEST] = '\0';
	*out = text;
	return true;
}

static void count_words(void *context, enum visible_kind kind, size_t block, const char *text, size_t len)
{
	(void)kind;
	(void)block;
	lix_add(context, text, len, 0, NULL, NULL);
}

int visible_minutes(const struct page *page)
{
	struct lix lix = {0};

	visible_each(page, count_words, &lix);
	return (int)((lix.words + LIX_WORDS_A_MINUTE - 1) / LIX_WORDS_A_MINUTE) + (lix.words == 0);
}
