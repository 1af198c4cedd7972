#include "base/array.h"
#include "base/message.h"
#include "bundle/cache.h"
#include "bundle/markdown.h"
#include "bundle/record.h"
#include "bundle/source_parts.h"
#include "bundle/visible.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define TERM_CHARS 40

/* A page being read. */
struct text_reading {
	struct source *source;
	struct reading in;
	const char *lang;
	bool is_source; /* it is in the source language */
	struct source_page *page;
	const struct page *original; /* the page in the source language, when this is a translation of one */
	struct source_text *text;
};

/* Keys of the front matter, and in which files they may stand. */
static const struct head_key {
	const char *name;
	bool in_source, in_translation;
} head_keys[] = {
	{"title", true, true},       {"summary", true, true},      {"facts", true, true},
	{"terms", true, true},       {"icon", true, false},        {"aims", true, false},
	{"reviewed", true, false},   {"valid_to", true, false},    {"contact", true, false},
	{"related", true, false},    {"translation", false, true}, {"made_from", false, true},
	{"audience", true, false},   {"sensitive", true, false},   {"translator", false, true},
	{"checked_by", false, true}, {"sources", true, false},     {"parts", false, true},
};

static bool check_keys(const struct text_reading *reading, const struct tree *head)
{
	const struct reading *in = &reading->in;
	const char *names[ARRAY_LEN(head_keys)];

	for (size_t i = 0; i < ARRAY_LEN(head_keys); i++) {
		const struct tree *node = tree_find(head, head_keys[i].name);

		names[i] = head_keys[i].name;
		if (node && !(reading->is_source ? head_keys[i].in_source : head_keys[i].in_translation))
			fault_error(in->faults, in->path, node->key_line, "\"%s\" may not stand here; it belongs in %s",
				    head_keys[i].name, reading->is_source ? "translations" : "da.md");
	}
	return record_keys(in, head, N_("the front matter"), names, ARRAY_LEN(names));
}

static void read_fact(const struct text_reading *reading, const struct tree *node, struct page *page)
{
	static const char *const keys[] = {"icon", "label", "value"};
	const struct reading *in = &reading->in;
	const struct page *original = reading->original;

	if (!record_keys(in, node, N_("a fact"), keys, ARRAY_LEN(keys)))
		return;
	struct fact fact = {
		.icon = source_icon(reading->source, in, node, "icon", reading->is_source),
		.label = record_text(in, node, "label", PAGE_LABEL_CHARS, true),
		.value = record_text(in, node, "value", PAGE_VALUE_CHARS, true),
	};
	if (original && page->fact_count < original->fact_count) {
		const char *icon = original->facts[page->fact_count].icon;

		bool moved = source_moved_on(original, reading->text);

		if (fact.icon && icon && strcmp(fact.icon, icon) != 0)
			fault_tell(in->faults, moved ? FAULT_WARNING : FAULT_ERROR, in->path, node->line,
				   "the fact's icon is \"%s\"; in the Danish text it is \"%s\"", fact.icon, icon);
		if (!moved || !fact.icon)
			fact.icon = icon;
	} else if (original && !fact.icon) {
		/* The Danish page has lost this fact since; until this one loses it too, it must be shown with something.
		 */
		fact.icon = original->icon;
	}
	page->facts[page->fact_count++] = fact;
}

static void read_term(const struct text_reading *reading, const struct tree *node, struct page *page)
{
	static const char *const keys[] = {"term", "meaning"};
	const struct reading *in = &reading->in;

	if (!record_keys(in, node, N_("a term"), keys, ARRAY_LEN(keys)))
		return;
	const char *term = record_text(in, node, "term", TERM_CHARS, true);
	const char *meaning = record_text(in, node, "meaning", PAGE_MEANING_CHARS, true);
	if (!term || !meaning)
		return;
	if (page_term(page, term, strlen(term)))
		fault_error(in->faults, in->path, node->line, "the term \"%s\" stands twice", term);
	else
		page->terms[page->term_count++] = (struct term){.term = term, .meaning = meaning};
}

static void read_lists(const struct text_reading *reading, const struct tree *head)
{
	const struct reading *in = &reading->in;
	struct source_text *text = reading->text;
	const struct tree *facts = record_list(in, head, "facts", FACTS_MAX, false);
	const struct tree *terms = record_list(in, head, "terms", TERMS_MAX, false);

	text->facts_line = facts ? facts->line : head->line;
	text->terms_line = terms ? terms->line : head->line;
	for (const struct tree *node = facts ? facts->first : NULL; node; node = node->next)
		read_fact(reading, node, &text->page);
	for (const struct tree *node = terms ? terms->first : NULL; node; node = node->next)
		read_term(reading, node, &text->page);
}

void source_page_missing(struct source *source, const struct reading *in, size_t line, const char *what,
			 const char *path)
{
	struct stat folder;

	if (fstatat(source->dir, source_path(source, "topics/%s", path), &folder, 0) == 0 && S_ISDIR(folder.st_mode))
		return;
	fault_error(in->faults, in->path, line, "%s: there is no page \"%s\"%s", _(what), path,
		    reading_near(in, path, source->page_paths, source->page_count));
}

static void read_related(const struct text_reading *reading, const struct tree *head, const char *self)
{
	const struct reading *in = &reading->in;
	struct page *page = &reading->text->page;
	const char *paths[RELATED_MAX];
	size_t count = record_formed_list(in, head, "related", &record_page_path, RELATED_MAX, false, paths);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(paths[i], self) == 0)
			fault_error(in->faults, in->path, tree_find(head, "related")->line,
				    "related names the page itself");
		else if (!source_find_page(reading->source, paths[i]))
			source_page_missing(reading->source, in, tree_find(head, "related")->line, "related", paths[i]);
		else
			page->related[page->related_count++] = paths[i];
	}
}

static void read_marks(const struct text_reading *reading, const struct tree *head)
{
	static const char *const yes[] = {"yes"};
	const struct reading *in = &reading->in;
	const char *names[AUDIENCE_COUNT];
	size_t count = record_formed_list(in, head, "audience", &record_audience, AUDIENCE_COUNT, false, names);

	for (size_t i = 0; i < count; i++)
		for (size_t a = 0; a < AUDIENCE_COUNT; a++)
			if (strcmp(names[i], audience_names[a]) == 0)
				reading->page->marks->audience |= 1u << a;
	reading->page->marks->sensitive = record_choice(in, head, "sensitive", yes, ARRAY_LEN(yes), false) == 0;
}

/* What stands only in the source language's file, and holds for all. */
static void read_source_head(const struct text_reading *reading, const struct tree *head, const char *self)
{
	const struct reading *in = &reading->in;
	struct page *page = &reading->text->page;
	struct source_page *source_page = reading->page;
	const char *aims[21];

	page->translation = TRANSLATION_SOURCE;
	page->icon = source_icon(reading->source, in, head, "icon", true);
	page->reviewed = record_formed(in, head, "reviewed", &record_date, true);
	page->valid_to = record_formed(in, head, "valid_to", &record_date, true);
	source_check_dates(reading->source, in, head, page->reviewed, page->valid_to);
	source_page->fact_count = source_read_facts_named(reading->source, in, head, &source_page->facts);
	record_formed_list(in, head, "aims", &record_aim, ARRAY_LEN(aims), false, aims);
	page->contact = record_formed(in, head, "contact", &record_id, false);
	if (page->contact && !source_has(&reading->source->place_ids, page->contact))
		fault_error(in->faults, in->path, tree_find(head, "contact")->line,
			    "contact: there is no file places/%s.yaml", page->contact);
	read_related(reading, head, self);
	read_marks(reading, head);
}

static void read_translation_head(const struct text_reading *reading, const struct tree *head)
{
	static const char *const names[] = {"unchecked", "checked"};
	const struct reading *in = &reading->in;
	struct source_text *text = reading->text;
	struct page *page = &text->page;

	int status = record_choice(in, head, "translation", names, ARRAY_LEN(names), true);
	page->translation = status == 1 ? TRANSLATION_CHECKED : TRANSLATION_UNCHECKED;
	if (status == 0)
		source_tell_unchecked(in, reading->lang, tree_find(head, "translation")->line);
	record_text(in, head, "translator", PERSON_CHARS, false);
	record_text(in, head, "checked_by", PERSON_CHARS, false);
	text->made_from = record_formed(in, head, "made_from", &record_revision, false);
	page->parts = record_formed(in, head, "parts", &record_parts, false);
	const struct tree *node = tree_find(head, "made_from");
	text->made_from_line = node ? node->line : head->line;
	/* A malformed one has been told; an absent one is told with the value to write, once the source's revision is
	 * known. */
	if (!text->made_from && !node)
		text->made_from = SOURCE_NOT_WRITTEN;
	if (!reading->original)
		return;
	page->icon = reading->original->icon;
	page->reviewed = reading->original->reviewed;
	page->valid_to = reading->original->valid_to;
	page->contact = reading->original->contact;
	page->related_count = reading->original->related_count;
	memcpy(page->related, reading->original->related, sizeof(page->related));
}

static void read_head(const struct text_reading *reading, const char *bytes, size_t len, const char *self)
{
	const struct reading *in = &reading->in;
	const struct tree *head = tree_read(in, bytes, len, 2);
	struct page *page = &reading->text->page;

	if (!head || !check_keys(reading, head))
		return;
	page->title = record_text(in, head, "title", PAGE_TITLE_CHARS, true);
	page->summary = record_text(in, head, "summary", PAGE_SUMMARY_CHARS, true);
	if (reading->is_source)
		read_source_head(reading, head, self);
	else
		read_translation_head(reading, head);
	read_lists(reading, head);
}

/* `terms_known`: the front matter was sound, so a term can be missed in it. */
static void read_body(const struct text_reading *reading, const char *bytes, size_t len, size_t first_line,
		      bool terms_known)
{
	const struct reading *in = &reading->in;
	struct source_text *text = reading->text;
	struct markdown body;
	size_t errors = in->faults->errors;

	markdown_read(in, bytes, len, first_line, &body);
	text->page.blocks = body.blocks;
	text->page.block_count = body.count;
	text->block_lines = body.lines;
	text->marks = body.marks;
	text->mark_count = body.mark_count;
	if (body.count == 0 && in->faults->errors == errors)
		fault_error(in->faults, in->path, first_line, "the page has no text");
	for (size_t i = 0; i < body.mark_count; i++) {
		const struct markdown_mark *mark = &body.marks[i];

		if (mark->kind == SPAN_LINK && !source_find_page(reading->source, mark->text))
			source_page_missing(reading->source, in, mark->line, N_("the link leads nowhere"), mark->text);
		if (mark->kind == SPAN_TERM && terms_known && !page_term(&text->page, mark->text, strlen(mark->text)))
			fault_error(in->faults, in->path, mark->line,
				    "the term \"%s\" is not among the page's terms; *...* is for official Danish words",
				    mark->text);
	}
}

/* The front matter between two lines "---", and the Markdown behind it. */
static void read_text(const struct text_reading *reading, const char *bytes, size_t len, const char *self)
{
	static const char fence[] = "---\n";
	const char *end = len >= 4 && memcmp(bytes, fence, 4) == 0 ? memmem(bytes + 3, len - 3, "\n---\n", 5) : NULL;
	size_t first_line = 1;

	if (!end) {
		fault_error(reading->in.faults, reading->in.path, 1,
			    "a page must begin with a line \"---\", the front matter, and another line \"---\"");
		return;
	}
	const char *body = end + 5;
	for (const char *at = bytes; at < body; at++)
		first_line += *at == '\n';
	size_t errors = reading->in.faults->errors;
	read_head(reading, bytes + 4, (size_t)(end + 1 > bytes + 4 ? end + 1 - (bytes + 4) : 0), self);
	read_body(reading, body, len - (size_t)(body - bytes), first_line, reading->in.faults->errors == errors);
}

static bool read_language(struct source *source, struct source_page *page, size_t language, struct err *err)
{
	struct source_text *text = &page->texts[language];
	const struct source_text *original = &page->texts[source->source_language];
	const char *lang = source->bundle.languages[language].code;
	struct buf bytes = {0};
	bool loaded;

	text->path = source_path(source, "topics/%s/%s/%s.md", page->topic, page->id, lang);
	struct text_reading reading = {
		.source = source,
		.in = source_reading(source, text->path),
		.lang = lang,
		.is_source = text == original,
		.page = page,
		.original = text != original && original->present ? &original->page : NULL,
		.text = text,
	};
	size_t errors = source->faults->errors;
	if (!source_load(source, &reading.in, MARKDOWN_BYTES_MAX + TREE_BYTES_MAX, true, &bytes, &loaded, err))
		return false;
	bool refused = source->faults->errors > errors; /* and told */
	text->present = loaded;
	if (loaded)
		read_text(&reading, bytes.len ? bytes.data : "", bytes.len,
			  source_path(source, "%s/%s", page->topic, page->id));
	else if (reading.is_source && !refused)
		fault_error(source->faults, page->listed_in, page->listed_line,
			    "there is no file %s; make it, or take the page out of pages", text->path);
	else if (original->present && !refused)
		fault_lag(source->faults, LAG_MISSING, lang, original->path, 1, "this page is not translated to \"%s\"",
			  lang);
	text->sound = loaded && source->faults->errors == errors;
	buf_finish(&bytes);
	return true;
}

/* The languages of a page: the source first, because the others are compared with it. */
static bool read_page(struct source *source, struct source_page *page, struct err *err)
{
	struct source_text *original = &page->texts[source->source_language];
	char revision[REVISION_MAX];

	if (!read_language(source, page, source->source_language, err) ||
	    !visible_revision(&original->page, revision, err) ||
	    (original->sound && !visible_parts(&original->page, &source->arena, &original->page.parts, err)))
		return false;
	original->page.minutes = visible_minutes(&original->page);
	original->page.revision = source_path(source, "%s", revision);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		if (i == source->source_language)
			continue;
		if (!read_language(source, page, i, err))
			return false;
		page->texts[i].page.minutes = original->page.minutes;
		page->texts[i].page.revision = page->texts[i].made_from;
	}
	return true;
}

static bool list_pages(struct source *source, struct err *err)
{
	const struct bundle *bundle = &source->bundle;
	size_t count = 0;

	for (size_t i = 0; i < bundle->topic_count; i++)
		count += bundle->topics[i].page_count;
	source->pages = arena_array(&source->arena, count ? count : 1, sizeof(*source->pages));
	source->page_paths = arena_array(&source->arena, count ? count : 1, sizeof(*source->page_paths));
	if (!source->pages || !source->page_paths)
		return err_memory(err);
	for (size_t i = 0; i < bundle->topic_count; i++) {
		const struct topic_entry *topic = &bundle->topics[i];

		for (size_t j = 0; j < topic->page_count; j++) {
			struct source_page *page = &source->pages[source->page_count];

			source->page_paths[source->page_count++] =
				source_path(source, "%s/%s", topic->id, topic->pages[j]);
			page->topic = topic->id;
			page->id = topic->pages[j];
			page->marks = &topic->marks[j];
			page->listed_in = source_path(source, "topics/%s/topic.yaml", topic->id);
			page->listed_line = source->page_list_lines[i];
			page->texts = arena_array(&source->arena, bundle->language_count, sizeof(*page->texts));
			if (!page->texts)
				return err_memory(err);
		}
	}
	return true;
}

/* Once for each hundredth part of the pages. */
static void show_progress(const struct source *source, size_t done)
{
	size_t step = source->page_count / 100 + 1;

	if (source->progress && (done % step == 0 || done == source->page_count)) {
		fputc('\r', stderr);
		fprintf(stderr, _("%zu of %zu pages"), done, source->page_count);
		fputs(done == source->page_count ? "\r\033[K" : "", stderr);
	}
}

static bool read_or_find(struct source *source, struct source_page *page, struct err *err)
{
	bool known = false;

	if (source->cache && !build_cache_find(source->cache, source, page, &known, err))
		return false;
	if (known)
		return true;
	size_t told = source->faults->count;
	if (!read_page(source, page, err) ||
	    !source_check_files(source, source_path(source, "topics/%s/%s", page->topic, page->id), ".md", err))
		return false;
	if (source->cache)
		build_cache_note(source->cache, source, page, told);
	return true;
}

bool source_read_pages(struct source *source, struct err *err)
{
	if (!list_pages(source, err))
		return false;
	for (size_t i = 0; i < source->page_count; i++) {
		if (!read_or_find(source, &source->pages[i], err))
			return false;
		show_progress(source, i + 1);
	}
	return true;
}
