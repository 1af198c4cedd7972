#include "bundle/translate.h"

#include "base/array.h"
#include "base/message.h"
#include "bundle/markdown.h"
#include "bundle/shaped.h"

#include <string.h>

static const struct pofile_entry *find(const struct pofile *po, const char *context)
{
	for (size_t i = 0; po && i < po->count; i++)
		if (po->entries[i].context && strcmp(po->entries[i].context, context) == 0)
			return &po->entries[i];
	return NULL;
}

static const char *context_of(const struct reading *in, const struct unit *unit, const struct segment *segment)
{
	return arena_printf(in->arena, "%s %s", unit->name, segment->id);
}

/* What kind of text it is: a translator sees it alone. */
static const char *what_of(const struct segment *segment)
{
	static const struct {
		enum segment_kind kind;
		const char *end, *what;
	} rows[] = {
		{SEGMENT_HEADING, ".title", "Title of a step or a box"},
		{SEGMENT_HEADING, "", "Heading"},
		{SEGMENT_RICH, ".text", "Text of a step or a box"},
		{SEGMENT_RICH, "", "Paragraph, or item of a list"},
		{SEGMENT_PLAIN, "name", "Name"},
		{SEGMENT_PLAIN, "title", "Title"},
		{SEGMENT_PLAIN, "summary", "Summary"},
		{SEGMENT_PLAIN, "label", "Label of a fact"},
		{SEGMENT_PLAIN, "value", "Fact"},
		{SEGMENT_PLAIN, "when", "When to do it"},
		{SEGMENT_PLAIN, "who", "Who does it"},
		{SEGMENT_PLAIN, "bring", "What to bring"},
		{SEGMENT_PLAIN, "warning", "Warning"},
		{SEGMENT_PLAIN, "shows", "What the picture shows, for those who do not see it"},
		{SEGMENT_PLAIN, ".svg", "What the picture shows, for those who do not see it"},
		{SEGMENT_PLAIN, "", "Text"},
	};
	size_t len = strlen(segment->id);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t end = strlen(rows[i].end);

		if (rows[i].kind == segment->kind && len >= end && strcmp(segment->id + len - end, rows[i].end) == 0)
			return rows[i].what;
	}
	return "Text";
}

/* The text's links and terms, as cmark reads them; false: told to the reading. */
static bool read_marks(const struct reading *in, size_t line, const char *text, struct markdown *out)
{
	size_t errors = in->faults->errors;

	markdown_read(in, text, strlen(text), line, out);
	if (in->faults->errors == errors && (out->count != 1 || out->blocks[0].kind != BLOCK_PARAGRAPH))
		fault_error(in->faults, in->path, line,
			    "the text must be one paragraph; it may not begin as a list, a heading or a box does");
	return in->faults->errors == errors;
}

static const char *comments(const struct reading *in, const struct segment *segment)
{
	struct faults ignored = {0};
	struct reading quiet = {in->path, &ignored, in->arena, NULL};
	struct buf text = {0};
	struct markdown marks = {0};
	bool ok = buf_append_text(&text, what_of(segment));

	if (ok && segment->keep)
		ok = buf_printf(&text, ": what the Danish word \"%s\" means", segment->keep);
	if (ok && segment->chars_max > 0)
		ok = buf_printf(&text, "\nAt most %zu characters", segment->chars_max);
	if (segment->kind == SEGMENT_RICH)
		read_marks(&quiet, 1, segment->text, &marks);
	for (size_t i = 0; ok && i < marks.mark_count; i++)
		ok = buf_printf(&text,
				marks.marks[i].kind == SPAN_TERM ? "\nStays Danish: *%s*" : "\nKeep the link: (%s)",
				marks.marks[i].text);
	const char *kept = ok ? arena_text(in->arena, text.data, text.len) : NULL;
	buf_finish(&text);
	faults_finish(&ignored);
	return kept;
}

/* The text that stands in the content now. Where a page has other blocks than the Danish, only those before the first
 * difference are taken for the same. */
static const char *text_now(const struct unit *unit, size_t index)
{
	const struct segment *original = &unit->original.items[index];
	const struct segment *text = unit->present ? segments_find(&unit->text, original->id) : NULL;

	if (!text || unit->same || unit->kind != UNIT_PAGE || original->kind == SEGMENT_PLAIN)
		return text ? text->text : NULL;
	for (size_t i = 0; i <= index; i++)
		if (unit->original.items[i].kind != SEGMENT_PLAIN &&
		    (i >= unit->text.count || strcmp(unit->text.items[i].id, unit->original.items[i].id) != 0))
			return NULL;
	return text->text;
}

/* What an earlier export knows of the message. */
static void remember(const struct reading *in, const struct pofile_entry *before, const char *now,
		     struct pofile_entry *entry)
{
	bool moved = strcmp(before->id, entry->id) != 0;

	if (!*before->text)
		return;
	if (now && strcmp(before->text, now) != 0) {
		if (!before->fuzzy)
			fault_error(in->faults, in->path, before->line,
				    "\"%s\" is translated here otherwise than in the content; import it first, or give "
				    "another --out",
				    before->context);
		return;
	}
	entry->text = before->text;
	entry->fuzzy = before->fuzzy || moved;
	entry->previous = moved && !before->fuzzy ? before->id : before->previous;
}

bool translate_entries(const struct reading *in, const struct unit *unit, const struct pofile *before,
		       struct pofile *out, size_t cap)
{
	for (size_t i = 0; i < unit->original.count && out->count < cap; i++) {
		const struct segment *segment = &unit->original.items[i];
		const char *now = text_now(unit, i);
		struct pofile_entry *entry = &out->entries[out->count];

		*entry = (struct pofile_entry){
			.context = context_of(in, unit, segment),
			.id = segment->text,
			.text = now ? now : "",
			.fuzzy = now && !unit->current,
			.file = unit->danish_path,
			.line = segment->line,
			.comments = comments(in, segment),
		};
		if (!entry->context || !entry->comments) {
			in->faults->no_memory = true;
			return false;
		}
		const struct pofile_entry *earlier = find(before, entry->context);
		if (earlier)
			remember(in, earlier, now, entry);
		out->count++;
	}
	return true;
}

static const char *kind_name(enum span_kind kind)
{
	return kind == SPAN_TERM ? _("Danish word") : _("link");
}

static bool same_mark(const struct markdown_mark *a, const struct markdown_mark *b)
{
	const struct page page = {.terms = {{.term = a->text}}, .term_count = 1};

	if (a->kind != b->kind)
		return false;
	/* A term may begin a sentence, here or there. */
	return a->kind == SPAN_LINK ? strcmp(a->text, b->text) == 0
				    : page_term(&page, b->text, strlen(b->text)) || strcasecmp(a->text, b->text) == 0;
}

/* Every mark of `from` is in `to`. */
static void check_marks(const struct reading *in, size_t line, const struct markdown *from, const struct markdown *to,
			bool lacks)
{
	for (size_t i = 0; i < from->mark_count; i++) {
		const struct markdown_mark *mark = &from->marks[i];
		bool term = mark->kind == SPAN_TERM;
		bool found = false;

		for (size_t j = 0; !found && j < to->mark_count; j++)
			found = same_mark(mark, &to->marks[j]);
		if (found)
			continue;
		if (lacks)
			fault_error(in->faults, in->path, line,
				    "the %s %s%s%s is missing; copy it from the msgid as it stands",
				    kind_name(mark->kind), term ? "*" : "(", mark->text, term ? "*" : ")");
		else
			fault_error(in->faults, in->path, line, "the %s %s%s%s is not in the msgid; take it away",
				    kind_name(mark->kind), term ? "*" : "(", mark->text, term ? "*" : ")");
	}
}

static bool check_heading(const struct reading *in, size_t line, const char *text)
{
	struct markdown read;
	struct buf bytes = {0};
	size_t errors = in->faults->errors;

	if (!buf_printf(&bytes, "## %s", text)) {
		in->faults->no_memory = true;
		return false;
	}
	markdown_read(in, bytes.data, bytes.len, line, &read);
	buf_finish(&bytes);
	if (in->faults->errors == errors &&
	    (read.count != 1 || read.blocks[0].kind != BLOCK_HEADING || strchr(text, '*')))
		fault_error(in->faults, in->path, line, "a title must be plain words");
	return in->faults->errors == errors;
}

/* What a translator wrote, as it may be shown; NULL: told. */
static const char *check(const struct reading *in, const struct pofile_entry *entry, const struct segment *segment)
{
	size_t max = segment->chars_max > 0 ? segment->chars_max : TEXT_MAX;
	size_t errors = in->faults->errors;
	const char *text = reading_text(in, entry->line, "msgstr", entry->text, strlen(entry->text), max);
	struct markdown original;
	struct markdown read;

	if (!text)
		return NULL;
	if (segment->kind == SEGMENT_HEADING)
		check_heading(in, entry->line, text);
	if (segment->kind == SEGMENT_RICH && read_marks(in, entry->line, text, &read) &&
	    read_marks(in, entry->line, segment->text, &original)) {
		check_marks(in, entry->line, &original, &read, true);
		check_marks(in, entry->line, &read, &original, false);
	}
	shaped_numbers(in, entry->line, "msgstr", segment->text, text, FAULT_ERROR);
	return in->faults->errors == errors ? text : NULL;
}

void translate_answers(const struct reading *in, const struct pofile *po, const struct unit *unit)
{
	for (size_t i = 0; i < unit->original.count; i++) {
		const struct segment *segment = &unit->original.items[i];
		const struct segment *now = unit->present ? segments_find(&unit->text, segment->id) : NULL;
		const char *context = context_of(in, unit, segment);
		const struct pofile_entry *entry = context ? find(po, context) : NULL;

		if (!context)
			in->faults->no_memory = true;
		if (!entry || entry->fuzzy || !*entry->text)
			continue;
		if (strcmp(entry->id, segment->text) != 0)
			fault_warning(in->faults, in->path, entry->line,
				      "the Danish text has changed since this was exported, so it is not taken; export "
				      "again to the same folder");
		else
			unit->answers[i] =
				now && strcmp(now->text, entry->text) == 0 ? now->text : check(in, entry, segment);
	}
}
