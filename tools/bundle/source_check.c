#include "base/array.h"
#include "base/message.h"
#include "bundle/ease.h"
#include "bundle/markdown.h"
#include "bundle/number.h"
#include "bundle/source_parts.h"
#include "bundle/visible.h"

#include <stdint.h>
#include <string.h>

/* A translation beside its source. */
struct pair {
	struct faults *faults;
	const struct source_text *original;
	struct source_text *text;
	const char *lang; /* of the text */
	/* What a difference in structure is: an error, but not when the Danish text has changed since. A correction in
	 * Danish is published before the translators are done. */
	enum fault_kind differs;
};

static void check_lists(const struct pair *pair)
{
	const struct page *original = &pair->original->page;
	const struct page *page = &pair->text->page;
	bool same = page->term_count == original->term_count;

	if (page->fact_count != original->fact_count)
		fault_tell(pair->faults, pair->differs, pair->text->path, pair->text->facts_line,
			   "the page has %zu facts; the Danish text has %zu", page->fact_count, original->fact_count);
	for (size_t i = 0; same && i < page->term_count; i++)
		same = strcmp(page->terms[i].term, original->terms[i].term) == 0;
	if (same)
		return;
	struct buf list = {0};
	bool ok = true;
	for (size_t i = 0; i < original->term_count; i++)
		ok = ok && buf_printf(&list, "%s%s", i ? ", " : "", original->terms[i].term);
	fault_tell(pair->faults, pair->differs, pair->text->path, pair->text->terms_line,
		   "the terms must be those of the Danish text, in Danish and in its order: %s",
		   ok && list.len ? list.data : "none");
	buf_finish(&list);
}

static const char *block_name(const struct block *block)
{
	static const char *const names[] = {
		[BLOCK_PARAGRAPH] = N_("a paragraph"), [BLOCK_HEADING] = N_("a heading"), [BLOCK_STEPS] = N_("steps"),
		[BLOCK_LIST] = N_("a list"),           [BLOCK_CALLOUT] = N_("a box"),
	};
	static const char *const boxes[] = {
		[CALLOUT_REMEMBER] = N_("a box [!remember]"),
		[CALLOUT_GOOD_TO_KNOW] = N_("a box [!good-to-know]"),
		[CALLOUT_URGENT] = N_("a box [!urgent]"),
	};
	static_assert(ARRAY_LEN(names) == BLOCK_KIND_COUNT, "a kind of block has no name");
	static_assert(ARRAY_LEN(boxes) == CALLOUT_KIND_COUNT, "a kind of box has no name");

	return block->kind == BLOCK_CALLOUT ? _(boxes[block->callout]) : _(names[block->kind]);
}

/* Only the first difference: what follows is moved by it. */
static void check_blocks(const struct pair *pair)
{
	const struct page *original = &pair->original->page;
	const struct page *page = &pair->text->page;

	for (size_t i = 0; i < page->block_count && i < original->block_count; i++) {
		const struct block *block = &page->blocks[i];
		const struct block *model = &original->blocks[i];
		size_t line = pair->text->block_lines[i];

		if (strcmp(block_name(block), block_name(model)) != 0) {
			fault_tell(pair->faults, pair->differs, pair->text->path, line,
				   "here is %s; the Danish text has %s (line %zu)", block_name(block),
				   block_name(model), pair->original->block_lines[i]);
			return;
		}
		if (block->item_count != model->item_count) {
			fault_tell(pair->faults, pair->differs, pair->text->path, line,
				   "here are %zu %s; the Danish text has %zu (line %zu)", block->item_count,
				   block->kind == BLOCK_STEPS ? N_("steps") : "items", model->item_count,
				   pair->original->block_lines[i]);
			return;
		}
	}
	if (page->block_count != original->block_count && page->block_count > 0)
		fault_tell(
			pair->faults, pair->differs, pair->text->path, pair->text->block_lines[page->block_count - 1],
			"the page has %zu blocks; the Danish text has %zu", page->block_count, original->block_count);
}

static void check_links(const struct pair *pair)
{
	for (size_t i = 0; i < pair->original->mark_count; i++) {
		const struct markdown_mark *mark = &pair->original->marks[i];
		bool found = mark->kind != SPAN_LINK;

		for (size_t j = 0; !found && j < pair->text->mark_count; j++)
			found = pair->text->marks[j].kind == SPAN_LINK &&
				strcmp(pair->text->marks[j].text, mark->text) == 0;
		if (!found)
			fault_warning(pair->faults, pair->text->path, 1,
				      "the Danish text's link to \"%s\" is missing (line %zu)", mark->text, mark->line);
	}
}

/* The end of its first occurrence, 0 when it is not there. */
static size_t find_number(const struct buf *text, const char *digits)
{
	char other[NUMBER_MAX];

	for (size_t pos = 0; number_next(text->data, text->len, &pos, other);)
		if (strcmp(digits, other) == 0)
			return pos;
	return 0;
}

/* Tells the numbers of `text` that `other` lacks, each once however often it stands there. An emergency number stops the
 * build in any case. */
static void tell_numbers(const struct pair *pair, enum fault_kind kind, const struct buf *text, const struct buf *other,
			 const char *what)
{
	char digits[NUMBER_MAX];
	char shown[NUMBER_SHOWN_MAX];

	for (size_t pos = 0; number_next(text->data, text->len, &pos, digits);)
		if (find_number(other, digits) == 0 && find_number(text, digits) == pos)
			fault_tell(pair->faults, number_is_emergency(digits) ? FAULT_ERROR : kind, pair->text->path, 1,
				   "the number %s is %s", number_show(digits, shown), _(what));
}

/* Whoever reads another language must find the same numbers, and no others. */
static bool check_numbers(const struct pair *pair, struct err *err)
{
	struct buf original = {0};
	struct buf text = {0};
	bool ok = visible_text(&pair->original->page, &original, err) && visible_text(&pair->text->page, &text, err);

	if (ok) {
		size_t errors = pair->faults->errors;

		tell_numbers(pair, FAULT_ERROR, &original, &text, N_("missing; the Danish text has it"));
		/* One that was mistyped is told once. */
		if (pair->faults->errors == errors)
			tell_numbers(pair, pair->differs, &text, &original, N_("not in the Danish text"));
	}
	buf_finish(&original);
	buf_finish(&text);
	return ok;
}

struct search {
	const char *term;
	bool found;
};

static void search_text(void *context, enum visible_kind kind, size_t block, const char *text, size_t len)
{
	struct search *search = context;

	(void)block;
	(void)len;
	if (kind != VISIBLE_TERM && kind != VISIBLE_MEANING)
		search->found = search->found || strcasestr(text, search->term);
}

/* Where a term is first marked in the text; NULL: nowhere. */
static const struct markdown_mark *find_mark(const struct source_text *text, const struct term *term)
{
	for (size_t i = 0; i < text->mark_count; i++)
		if (text->marks[i].kind == SPAN_TERM &&
		    page_term(&text->page, text->marks[i].text, strlen(text->marks[i].text)) == term)
			return &text->marks[i];
	return NULL;
}

/* The official word is what letters and signs say, so it stands beside its translation. Told once for each term. */
static void check_terms(const struct pair *pair)
{
	const struct page *page = &pair->original->page;

	for (size_t i = 0; i < page->term_count; i++) {
		const struct markdown_mark *mark = find_mark(pair->original, &page->terms[i]);
		struct search search = {.term = page->terms[i].term};

		if (mark)
			visible_each(&pair->text->page, search_text, &search);
		if (mark && !search.found)
			fault_tell(pair->faults, pair->differs, pair->text->path, 1,
				   "the text lacks the Danish word \"%s\"; write it beside its translation, as line "
				   "%zu of "
				   "the Danish text does",
				   search.term, mark->line);
	}
}

bool source_moved_on(const struct page *original, const struct source_text *text)
{
	return text->made_from && strcmp(text->made_from, SOURCE_NOT_WRITTEN) != 0 &&
	       strcmp(text->made_from, original->revision) != 0;
}

void source_check_digests(const struct reading *in, size_t line, const char *key, const char *made, const char *now)
{
	if (now && !made)
		fault_tell(in->faults, FAULT_HINT, in->path, line,
			   "the kiosk could mark what changes in the Danish text; for that, write %s: %s", key, now);
	else if (now && strcmp(made, now) != 0)
		fault_error(in->faults, in->path, line,
			    "%s is not of the Danish text that made_from names; write %s: %s", key, key, now);
}

static void check_revision(const struct pair *pair)
{
	const struct source_text *text = pair->text;
	const char *revision = pair->original->page.revision;

	const struct reading in = {.path = text->path, .faults = pair->faults};

	if (text->made_from && strcmp(text->made_from, revision) == 0)
		source_check_digests(&in, text->made_from_line, "parts", text->page.parts, pair->original->page.parts);
	if (!text->made_from || strcmp(text->made_from, revision) == 0)
		return;
	if (strcmp(text->made_from, SOURCE_NOT_WRITTEN) == 0) {
		fault_error(pair->faults, text->path, text->made_from_line,
			    "made_from is not written yet; if this translates the Danish text as it is now, write "
			    "made_from: %s",
			    revision);
		return;
	}
	source_tell_older(&in, pair->lang, text->made_from_line, "made_from", revision);
}

struct page_ease {
	struct ease ease;
	const size_t *block_lines;
};

static void add_ease(void *context, enum visible_kind kind, size_t block, const char *text, size_t len)
{
	struct page_ease *page = context;

	if (kind == VISIBLE_SUMMARY || kind == VISIBLE_RUNNING)
		ease_add(&page->ease, text, len, block == VISIBLE_HEAD ? 1 : page->block_lines[block]);
}

void source_check_ease(const struct source *source, const struct reading *in, size_t line, const char *text)
{
	struct ease ease = {source->faults, in->path, {0}};

	if (!text || strcmp(source->bundle.source, "da") != 0)
		return;
	ease_add(&ease, text, strlen(text), line);
	ease_tell(&ease);
}

static void check_ease(const struct source *source, const struct source_text *text)
{
	struct page_ease page = {{source->faults, text->path, {0}}, text->block_lines};

	visible_each(&text->page, add_ease, &page);
	ease_tell(&page.ease);
}

bool source_check_page(const struct source *source, struct source_page *page, struct err *err)
{
	const struct source_text *original = &page->texts[source->source_language];

	if (!original->sound)
		return true;
	if (strcmp(source->bundle.source, "da") == 0)
		check_ease(source, original);
	for (size_t i = 0; i < original->page.term_count; i++)
		if (!find_mark(original, &original->page.terms[i]))
			fault_tell(source->faults, FAULT_HINT, original->path, original->terms_line,
				   "nothing leads to the term \"%s\"; mark it in the text as *%s*, or take it away",
				   original->page.terms[i].term, original->page.terms[i].term);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct pair pair = {source->faults, original, &page->texts[i], source->bundle.languages[i].code,
				    FAULT_ERROR};

		if (i == source->source_language || !pair.text->sound)
			continue;
		if (source_moved_on(&original->page, pair.text))
			pair.differs = FAULT_WARNING;
		check_lists(&pair);
		check_blocks(&pair);
		check_links(&pair);
		check_revision(&pair);
		check_terms(&pair);
		if (!check_numbers(&pair, err))
			return false;
	}
	return true;
}
