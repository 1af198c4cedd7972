#include "content/document.h"

#include "base/array.h"
#include "base/json.h"
#include "content/fields.h"

#include <assert.h>
#include <string.h>

#define MINUTES_MAX 600

static const char *const block_kinds[] = {
	[BLOCK_PARAGRAPH] = "paragraph", [BLOCK_HEADING] = "heading", [BLOCK_STEPS] = "steps",
	[BLOCK_LIST] = "list",           [BLOCK_CALLOUT] = "callout",
};
static_assert(ARRAY_LEN(block_kinds) == BLOCK_KIND_COUNT, "a kind of block has no name");

static const char *const callout_kinds[] = {
	[CALLOUT_REMEMBER] = "remember",
	[CALLOUT_GOOD_TO_KNOW] = "good-to-know",
	[CALLOUT_URGENT] = "urgent",
};
static_assert(ARRAY_LEN(callout_kinds) == CALLOUT_KIND_COUNT, "a kind of callout has no name");

static const char *const span_kinds[] = {[SPAN_BOLD] = "bold", [SPAN_TERM] = "term", [SPAN_LINK] = "link"};

struct run {
	const char *text;
	bool marked; /* is a span */
	struct span span;
};

static bool parse_run(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct run *run = out;
	size_t kind;

	if (!fields_text(in, "text", TEXT_MAX, arena, &run->text, err))
		return false;
	run->span.len = strlen(run->text);
	if (!json_find(in, "kind"))
		return true;
	if (!fields_choice(in, "kind", span_kinds, ARRAY_LEN(span_kinds), &kind, err))
		return false;
	run->marked = true;
	run->span.kind = (enum span_kind)kind;
	return kind != SPAN_LINK || fields_formed(in, "to", &fields_page_path, arena, &run->span.target, err);
}

/* Joins the runs; `min` is how many there must be. */
static bool parse_rich(const struct json *in, const char *key, size_t min, struct arena *arena, struct rich *out,
		       struct err *err)
{
	struct fields_list list = {.min = min, .max = RUNS_MAX, .size = sizeof(struct run), .parse = parse_run};
	struct rich rich = {0};
	size_t count;
	const struct run *runs = fields_items(in, key, &list, arena, &count, err);

	if (!runs)
		return false;
	for (size_t i = 0; i < count; i++) {
		rich.len += runs[i].span.len;
		rich.span_count += runs[i].marked;
	}
	if (rich.len > TEXT_MAX)
		return err_set(err, ERR_LIMIT, "\"%s\": has %zu bytes, allowed are %d", key, rich.len, TEXT_MAX);
	char *text = arena_alloc(arena, rich.len + 1);
	rich.spans = arena_array(arena, rich.span_count ? rich.span_count : 1, sizeof(*rich.spans));
	if (!text || !rich.spans)
		return err_memory(err);
	size_t at = 0;
	struct span *span = rich.spans;
	for (size_t i = 0; i < count; i++) {
		memcpy(text + at, runs[i].text, runs[i].span.len);
		if (runs[i].marked) {
			*span = runs[i].span;
			span++->start = at;
		}
		at += runs[i].span.len;
	}
	rich.text = text;
	*out = rich;
	return true;
}

static bool parse_step(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct item *item = out;

	return fields_text(in, "title", TITLE_MAX, arena, &item->title, err) &&
	       parse_rich(in, "text", 0, arena, &item->text, err);
}

static bool parse_list_item(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	return parse_rich(in, "text", 1, arena, &((struct item *)out)->text, err);
}

static bool parse_paragraph(const struct json *in, struct arena *arena, struct block *block, struct err *err)
{
	return parse_rich(in, "text", 1, arena, &block->text, err);
}

static bool parse_heading(const struct json *in, struct arena *arena, struct block *block, struct err *err)
{
	return fields_text(in, "title", TITLE_MAX, arena, &block->title, err);
}

static bool parse_steps(const struct json *in, struct arena *arena, struct block *block, struct err *err)
{
	static const struct fields_list items = {
		.min = 1, .max = ITEMS_MAX, .size = sizeof(struct item), .parse = parse_step};

	block->items = fields_items(in, "items", &items, arena, &block->item_count, err);
	return block->items;
}

static bool parse_list(const struct json *in, struct arena *arena, struct block *block, struct err *err)
{
	static const struct fields_list items = {
		.min = 1, .max = ITEMS_MAX, .size = sizeof(struct item), .parse = parse_list_item};

	block->items = fields_items(in, "items", &items, arena, &block->item_count, err);
	return block->items;
}

static bool parse_callout(const struct json *in, struct arena *arena, struct block *block, struct err *err)
{
	size_t kind;

	if (!fields_choice(in, "callout", callout_kinds, ARRAY_LEN(callout_kinds), &kind, err))
		return false;
	block->callout = (enum callout_kind)kind;
	return fields_text(in, "title", TITLE_MAX, arena, &block->title, err) &&
	       parse_rich(in, "text", 1, arena, &block->text, err);
}

static bool parse_block(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	static bool (*const parse[])(const struct json *, struct arena *, struct block *, struct err *) = {
		[BLOCK_PARAGRAPH] = parse_paragraph, [BLOCK_HEADING] = parse_heading, [BLOCK_STEPS] = parse_steps,
		[BLOCK_LIST] = parse_list,           [BLOCK_CALLOUT] = parse_callout,
	};
	static_assert(ARRAY_LEN(parse) == BLOCK_KIND_COUNT, "a kind of block has no parser");
	struct block *block = out;
	size_t kind;

	if (!fields_choice(in, "kind", block_kinds, ARRAY_LEN(block_kinds), &kind, err))
		return false;
	block->kind = (enum block_kind)kind;
	block->text.text = "";
	return parse[kind](in, arena, block, err);
}

static bool parse_fact(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct fact *fact = out;

	return fields_formed(in, "icon", &fields_icon, arena, &fact->icon, err) &&
	       fields_text(in, "label", TITLE_MAX, arena, &fact->label, err) &&
	       fields_text(in, "value", TITLE_MAX, arena, &fact->value, err);
}

static bool parse_term(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct term *term = out;

	return fields_text(in, "term", TITLE_MAX, arena, &term->term, err) &&
	       fields_text(in, "meaning", SUMMARY_MAX, arena, &term->meaning, err);
}

static bool parse_related(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	return fields_formed(in, NULL, &fields_page_path, arena, out, err);
}

/* A list whose items stand in the page itself. */
static bool parse_inside(const struct json *in, const char *key, const struct fields_list *list, struct arena *arena,
			 void *out, size_t *count, struct err *err)
{
	const void *items = fields_items(in, key, list, arena, count, err);

	if (!items)
		return false;
	memcpy(out, items, *count * list->size);
	return true;
}

static bool parse_head(const struct json *in, struct arena *arena, struct page *page, struct err *err)
{
	size_t translation;
	int64_t minutes;

	if (!fields_text(in, "title", TITLE_MAX, arena, &page->title, err) ||
	    !fields_text(in, "summary", SUMMARY_MAX, arena, &page->summary, err) ||
	    !fields_formed(in, "icon", &fields_icon, arena, &page->icon, err) ||
	    !fields_formed(in, "reviewed", &fields_date, arena, &page->reviewed, err) ||
	    !fields_formed(in, "valid_to", &fields_date, arena, &page->valid_to, err) ||
	    !fields_choice(in, "translation", translation_names, TRANSLATION_COUNT, &translation, err) ||
	    !fields_formed(in, "revision", &fields_revision, arena, &page->revision, err) ||
	    !fields_text_or_none(in, "parts", TEXT_MAX, arena, &page->parts, err) ||
	    !json_get_integer(in, "minutes", 1, MINUTES_MAX, &minutes, err))
		return false;
	if (page->parts && !document_parts_valid(page->parts))
		return err_set(err, ERR_FORMAT, "\"parts\": must be groups of 4 of 0-9 and a-f");
	page->translation = (enum translation)translation;
	page->minutes = (int)minutes;
	return true;
}

static bool read_page(const struct json *in, struct arena *arena, struct page *page, struct err *err)
{
	static const struct fields_list facts = {0, FACTS_MAX, sizeof(struct fact), parse_fact, .optional = true};
	static const struct fields_list terms = {0, TERMS_MAX, sizeof(struct term), parse_term, .optional = true};
	static const struct fields_list related = {0, RELATED_MAX, sizeof(const char *), parse_related,
						   .optional = true};
	static const struct fields_list blocks = {
		.max = BLOCKS_MAX, .size = sizeof(struct block), .parse = parse_block};

	if (!parse_head(in, arena, page, err) ||
	    !parse_inside(in, "facts", &facts, arena, page->facts, &page->fact_count, err) ||
	    !parse_inside(in, "terms", &terms, arena, page->terms, &page->term_count, err) ||
	    !parse_inside(in, "related", &related, arena, page->related, &page->related_count, err) ||
	    !fields_formed_or_none(in, "contact", &fields_id, arena, &page->contact, err))
		return false;
	page->blocks = fields_items(in, "blocks", &blocks, arena, &page->block_count, err);
	return page->blocks;
}

bool page_parse(const char *bytes, size_t len, struct arena *arena, struct page *out, struct err *err)
{
	struct page page = {0};
	struct json *json;

	if (!json_parse(bytes, len, DOCUMENT_BYTES_MAX, &json, err))
		return false;
	bool ok = read_page(json, arena, &page, err);
	json_destroy(json);
	if (ok)
		*out = page;
	return ok;
}

static bool add_run(struct json *to, const char *text, size_t len, const struct span *span)
{
	struct arena arena = {0};
	char *copy = arena_text(&arena, text, len);
	struct json *json = json_add_object(to, NULL);
	bool ok = copy && json_add_text(json, "text", copy);

	if (span)
		ok = ok && json_add_text(json, "kind", span_kinds[span->kind]);
	if (span && span->kind == SPAN_LINK)
		ok = ok && json_add_text(json, "to", span->target);
	arena_finish(&arena);
	return ok;
}

static bool add_rich(struct json *to, const struct rich *rich)
{
	struct json *runs = json_add_array(to, "text");
	bool ok = runs != NULL;
	size_t at = 0;

	for (size_t i = 0; i < rich->span_count; i++) {
		const struct span *span = &rich->spans[i];

		if (span->start > at)
			ok = ok && add_run(runs, rich->text + at, span->start - at, NULL);
		ok = ok && add_run(runs, rich->text + span->start, span->len, span);
		at = span->start + span->len;
	}
	if (rich->len > at)
		ok = ok && add_run(runs, rich->text + at, rich->len - at, NULL);
	return ok;
}

static bool add_items(struct json *to, const struct block *block)
{
	struct json *items = json_add_array(to, "items");
	bool ok = items != NULL;

	for (size_t i = 0; i < block->item_count; i++) {
		struct json *item = json_add_object(items, NULL);

		if (block->kind == BLOCK_STEPS)
			ok = ok && json_add_text(item, "title", block->items[i].title);
		ok = ok && add_rich(item, &block->items[i].text);
	}
	return ok;
}

static bool add_block(struct json *to, const struct block *block)
{
	struct json *json = json_add_object(to, NULL);
	bool ok = json_add_text(json, "kind", block_kinds[block->kind]);

	if (block->kind == BLOCK_CALLOUT)
		ok = ok && json_add_text(json, "callout", callout_kinds[block->callout]);
	if (block->kind == BLOCK_CALLOUT || block->kind == BLOCK_HEADING)
		ok = ok && json_add_text(json, "title", block->title);
	if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_CALLOUT)
		ok = ok && add_rich(json, &block->text);
	if (block->kind == BLOCK_STEPS || block->kind == BLOCK_LIST)
		ok = ok && add_items(json, block);
	return ok;
}

static bool add_head(struct json *json, const struct page *page)
{
	return json_add_text(json, "title", page->title) && json_add_text(json, "summary", page->summary) &&
	       json_add_text(json, "icon", page->icon) && json_add_text(json, "reviewed", page->reviewed) &&
	       json_add_text(json, "valid_to", page->valid_to) &&
	       json_add_text(json, "translation", translation_names[page->translation]) &&
	       json_add_text(json, "revision", page->revision) &&
	       (!page->parts || json_add_text(json, "parts", page->parts)) &&
	       json_add_integer(json, "minutes", page->minutes);
}

static bool add_facts(struct json *json, const struct page *page)
{
	struct json *list = json_add_array(json, "facts");
	bool ok = list != NULL;

	for (size_t i = 0; i < page->fact_count; i++) {
		struct json *fact = json_add_object(list, NULL);

		ok = ok && json_add_text(fact, "icon", page->facts[i].icon) &&
		     json_add_text(fact, "label", page->facts[i].label) &&
		     json_add_text(fact, "value", page->facts[i].value);
	}
	return ok;
}

static bool add_blocks(struct json *json, const struct page *page)
{
	struct json *list = json_add_array(json, "blocks");
	bool ok = list != NULL;

	for (size_t i = 0; i < page->block_count; i++)
		ok = ok && add_block(list, &page->blocks[i]);
	return ok;
}

static bool add_terms(struct json *json, const struct page *page)
{
	struct json *list = json_add_array(json, "terms");
	bool ok = list != NULL;

	for (size_t i = 0; i < page->term_count; i++) {
		struct json *term = json_add_object(list, NULL);

		ok = ok && json_add_text(term, "term", page->terms[i].term) &&
		     json_add_text(term, "meaning", page->terms[i].meaning);
	}
	return ok;
}

static bool add_onward(struct json *json, const struct page *page)
{
	bool ok = !page->contact || json_add_text(json, "contact", page->contact);
	struct json *list = json_add_array(json, "related");

	for (size_t i = 0; i < page->related_count; i++)
		ok = ok && json_add_text(list, NULL, page->related[i]);
	return ok && list;
}

bool page_write(const struct page *page, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	bool ok = add_head(json, page) && add_facts(json, page) && add_blocks(json, page) && add_terms(json, page) &&
		  add_onward(json, page);

	ok = ok ? json_write(json, out, err) : err_memory(err);
	json_destroy(json);
	return ok;
}
