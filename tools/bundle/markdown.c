#include "bundle/markdown.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/message.h"

#include <string.h>

#include <cmark.h>

struct parse {
	const struct reading *in;
	size_t before; /* lines of the file before the bytes */
	struct markdown *out;
	const char *what; /* is at hand, in the words of a fault */
	struct buf text;  /* of it */
	struct span spans[MARKDOWN_SPANS_MAX];
	size_t span_count;
	size_t errors; /* told before it */
};

static size_t line_of(const struct parse *parse, cmark_node *node)
{
	int line = cmark_node_get_start_line(node);

	return parse->before + (line > 0 ? (size_t)line : 1);
}

static void refuse(const struct parse *parse, size_t line, const char *what)
{
	fault_error(parse->in->faults, parse->in->path, line, "%s", _(what));
}

static void append(struct parse *parse, struct buf *buf, const char *text, size_t len)
{
	if (!buf_append(buf, text, len))
		parse->in->faults->no_memory = true;
}

static const char *keep(struct parse *parse, const char *text, size_t len)
{
	const char *kept = arena_text(parse->in->arena, text, len);

	if (!kept)
		parse->in->faults->no_memory = true;
	return kept;
}

static void refuse_node(const struct parse *parse, cmark_node *node, size_t line)
{
	static const struct {
		cmark_node_type type;
		const char *name;
	} names[] = {
		{CMARK_NODE_HTML_BLOCK, N_("HTML is")},
		{CMARK_NODE_HTML_INLINE, N_("HTML is")},
		{CMARK_NODE_CODE_BLOCK, N_("code is")},
		{CMARK_NODE_CODE, N_("code is")},
		{CMARK_NODE_IMAGE, N_("pictures are")},
		{CMARK_NODE_THEMATIC_BREAK, N_("a horizontal rule is")},
		{CMARK_NODE_LIST, N_("nested lists are")},
		{CMARK_NODE_BLOCK_QUOTE, N_("a box inside something else is")},
		{CMARK_NODE_HEADING, N_("a heading inside something else is")},
		{CMARK_NODE_LINEBREAK, N_("a forced line break (a backslash or two spaces at the end of a line) is")},
	};
	const char *name = N_("this is");

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].type == cmark_node_get_type(node))
			name = names[i].name;
	fault_error(parse->in->faults, parse->in->path, line,
		    "%s not allowed; allowed: paragraphs, ## headings, lists, steps, boxes, **bold**, *terms* and "
		    "[links](topic/page)",
		    _(name));
}

/* A text; what cmark left in it of bold and terms is told, because a visitor would read the signs. */
static void add_text(struct parse *parse, cmark_node *node, size_t line, struct buf *out)
{
	const char *text = cmark_node_get_literal(node);
	const char *mark = strchr(text, '*');

	if (mark)
		fault_error(
			parse->in->faults, parse->in->path, line,
			"\"%.*s\" stands alone; bold is **words**, a term is *word*, with no space inside the marks",
			strspn(mark, "*") == 1 ? 1 : 2, mark);
	reading_check(parse->in, line, parse->what, text, strlen(text));
	append(parse, out, text, strlen(text));
}

/* The words inside bold, a term, a link or a heading: text alone. */
static bool plain_words(struct parse *parse, cmark_node *parent, size_t *line, struct buf *out)
{
	for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
		cmark_node_type type = cmark_node_get_type(node);

		if (type == CMARK_NODE_TEXT) {
			add_text(parse, node, *line, out);
		} else if (type == CMARK_NODE_SOFTBREAK) {
			append(parse, out, " ", 1);
			++*line;
		} else if (type == CMARK_NODE_STRONG || type == CMARK_NODE_EMPH || type == CMARK_NODE_LINK) {
			refuse(parse, *line, "bold, a term or a link inside another or in a title is not allowed");
			return false;
		} else {
			refuse_node(parse, node, *line);
			return false;
		}
	}
	return true;
}

static void add_mark(struct parse *parse, enum span_kind kind, const char *text, size_t line)
{
	if (text)
		parse->out->marks[parse->out->mark_count++] =
			(struct markdown_mark){.kind = kind, .text = text, .line = line};
}

/* Where a link leads; NULL when it was refused. */
static const char *link_target(struct parse *parse, cmark_node *node, size_t line)
{
	const char *url = cmark_node_get_url(node);
	const char *title = cmark_node_get_title(node);

	if (strchr(url, ':') || strncmp(url, "www.", 4) == 0) {
		fault_error(
			parse->in->faults, parse->in->path, line,
			"the link to \"%s\" is not allowed; the kiosk has no browser: write the address as plain text",
			url);
		return NULL;
	}
	if (!document_page_path_valid(url)) {
		fault_error(parse->in->faults, parse->in->path, line,
			    "the link to \"%s\" is not allowed; allowed: topic/page", url);
		return NULL;
	}
	if (title && *title) {
		refuse(parse, line, "a title in a link is not allowed; allowed: [words](topic/page)");
		return NULL;
	}
	return keep(parse, url, strlen(url));
}

static void add_span(struct parse *parse, cmark_node *node, enum span_kind kind, size_t *line)
{
	size_t first_line = *line;
	size_t start = parse->text.len;
	const char *target = kind == SPAN_LINK ? link_target(parse, node, *line) : NULL;

	if (!plain_words(parse, node, line, &parse->text))
		return;
	size_t len = parse->text.len - start;
	if (len == 0) {
		refuse(parse, first_line, "a link has no words; allowed: [words](topic/page)");
		return;
	}
	if (parse->span_count == MARKDOWN_SPANS_MAX) {
		refuse(parse, first_line, "too many marks in one paragraph; at most 100 are allowed");
		return;
	}
	parse->spans[parse->span_count++] = (struct span){.start = start, .len = len, .kind = kind, .target = target};
	if (kind == SPAN_TERM)
		add_mark(parse, kind, keep(parse, parse->text.data + start, len), first_line);
	else if (kind == SPAN_LINK)
		add_mark(parse, kind, target, first_line);
}

/* Everything from `node` to its last sibling, into parse->text and parse->spans. */
static void read_inlines(struct parse *parse, cmark_node *node, size_t line)
{
	buf_clear(&parse->text);
	parse->what = N_("the text");
	parse->span_count = 0;
	parse->errors = parse->in->faults->errors;
	for (; node; node = cmark_node_next(node)) {
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
			add_text(parse, node, line, &parse->text);
			break;
		case CMARK_NODE_SOFTBREAK:
			append(parse, &parse->text, " ", 1);
			line++;
			break;
		case CMARK_NODE_STRONG:
			add_span(parse, node, SPAN_BOLD, &line);
			break;
		case CMARK_NODE_EMPH:
			add_span(parse, node, SPAN_TERM, &line);
			break;
		case CMARK_NODE_LINK:
			add_span(parse, node, SPAN_LINK, &line);
			break;
		default:
			refuse_node(parse, node, line);
		}
	}
}

/* What read_inlines() gathered, as running text; `what` is NULL where it may be empty. */
static struct rich take_rich(struct parse *parse, size_t line, const char *what)
{
	struct rich rich = {.text = "", .len = parse->text.len, .span_count = parse->span_count};

	if (rich.len == 0 && what && parse->in->faults->errors == parse->errors)
		fault_error(parse->in->faults, parse->in->path, line, "%s is empty", what);
	if (rich.len > TEXT_MAX) {
		fault_error(parse->in->faults, parse->in->path, line,
			    "a paragraph of %zu bytes; at most %d are allowed", rich.len, TEXT_MAX);
		return (struct rich){.text = ""};
	}
	if (rich.len > 0 && *parse->text.data == '|')
		refuse(parse, line, "tables are not allowed; write a list");
	const char *text = keep(parse, rich.len > 0 ? parse->text.data : "", rich.len);
	rich.spans = reading_array(parse->in, rich.span_count, sizeof(*rich.spans));
	if (!text || !rich.spans)
		return (struct rich){.text = ""};
	memcpy(rich.spans, parse->spans, rich.span_count * sizeof(*rich.spans));
	rich.text = text;
	return rich;
}

/* A title: the words inside `node`, which must not be marked. */
static const char *read_title(struct parse *parse, cmark_node *node, size_t line, const char *what)
{
	size_t end = line;

	buf_clear(&parse->text);
	parse->what = what;
	if (!plain_words(parse, node, &end, &parse->text))
		return NULL;
	return reading_text(parse->in, line, what, parse->text.len ? parse->text.data : "", parse->text.len,
			    MARKDOWN_TITLE_CHARS);
}

static bool is_type(cmark_node *node, cmark_node_type type)
{
	return node && cmark_node_get_type(node) == type;
}

static void read_paragraph(struct parse *parse, cmark_node *node, struct block *block)
{
	size_t line = line_of(parse, node);

	block->kind = BLOCK_PARAGRAPH;
	read_inlines(parse, cmark_node_first_child(node), line);
	if (parse->text.len > 0 && *parse->text.data == '#')
		refuse(parse, line, "a heading is \"## \" with a space");
	block->text = take_rich(parse, line, N_("a paragraph"));
}

static void read_heading(struct parse *parse, cmark_node *node, struct block *block)
{
	size_t line = line_of(parse, node);

	block->kind = BLOCK_HEADING;
	if (cmark_node_get_heading_level(node) != 2)
		refuse(parse, line,
		       "a heading of this level is not allowed; allowed: ## (the page's title is the first level)");
	block->title = read_title(parse, node, line, N_("a heading"));
}

/* The only child of a list's item, when it is a paragraph; else told. */
static cmark_node *only_paragraph(struct parse *parse, cmark_node *item, const char *otherwise)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	cmark_node *second = paragraph ? cmark_node_next(paragraph) : NULL;

	if (is_type(paragraph, CMARK_NODE_PARAGRAPH) && !second)
		return paragraph;
	if (is_type(second, CMARK_NODE_LIST) || is_type(paragraph, CMARK_NODE_LIST))
		refuse_node(parse, second ? second : paragraph, line_of(parse, second ? second : paragraph));
	else
		refuse(parse, line_of(parse, item), otherwise);
	return NULL;
}

static void read_list_item(struct parse *parse, cmark_node *node, struct item *item)
{
	cmark_node *paragraph = only_paragraph(parse, node, N_("an item of a list must be one line of text"));

	item->text.text = "";
	if (!paragraph)
		return;
	size_t line = line_of(parse, paragraph);
	read_inlines(parse, cmark_node_first_child(paragraph), line);
	item->text = take_rich(parse, line, N_("an item of a list"));
}

static void read_step(struct parse *parse, cmark_node *node, struct item *item)
{
	static const char form[] =
		N_("a step must be one paragraph: its title in **bold** on the first line, then its text");
	cmark_node *paragraph = only_paragraph(parse, node, form);

	item->text.text = "";
	if (!paragraph)
		return;
	size_t line = line_of(parse, paragraph);
	cmark_node *title = cmark_node_first_child(paragraph);
	cmark_node *after = title ? cmark_node_next(title) : NULL;
	if (!is_type(title, CMARK_NODE_STRONG) || (after && !is_type(after, CMARK_NODE_SOFTBREAK))) {
		refuse(parse, line, form);
		return;
	}
	item->title = read_title(parse, title, line, "a step's title");
	read_inlines(parse, after ? cmark_node_next(after) : NULL, line + 1);
	item->text = take_rich(parse, line + 1, NULL);
}

static size_t count_children(cmark_node *node)
{
	size_t count = 0;

	for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child))
		count++;
	return count;
}

static void read_list(struct parse *parse, cmark_node *node, struct block *block)
{
	size_t count = count_children(node);
	size_t line = line_of(parse, node);
	bool steps = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;

	block->kind = steps ? BLOCK_STEPS : BLOCK_LIST;
	if (count > ITEMS_MAX) {
		fault_error(parse->in->faults, parse->in->path, line, "a list of %zu items; at most %d are allowed",
			    count, ITEMS_MAX);
		return;
	}
	if (steps && cmark_node_get_list_start(node) != 1)
		refuse(parse, line, "steps must begin at 1");
	block->items = reading_array(parse->in, count, sizeof(*block->items));
	if (!block->items)
		return;
	for (cmark_node *item = cmark_node_first_child(node); item; item = cmark_node_next(item))
		(steps ? read_step : read_list_item)(parse, item, &block->items[block->item_count++]);
}

/* The first line of a quotation, such as "[!urgent]", into parse->text; the node behind it. */
static cmark_node *read_marker(struct parse *parse, cmark_node *node)
{
	buf_clear(&parse->text);
	for (; is_type(node, CMARK_NODE_TEXT); node = cmark_node_next(node)) {
		const char *text = cmark_node_get_literal(node);

		append(parse, &parse->text, text, strlen(text));
	}
	return node;
}

static bool callout_kind(const struct buf *marker, enum callout_kind *out)
{
	static const char *const markers[] = {
		[CALLOUT_REMEMBER] = "[!remember]",
		[CALLOUT_GOOD_TO_KNOW] = "[!good-to-know]",
		[CALLOUT_URGENT] = "[!urgent]",
	};
	static_assert(ARRAY_LEN(markers) == CALLOUT_KIND_COUNT, "a kind of callout has no marker");

	for (size_t i = 0; i < ARRAY_LEN(markers); i++) {
		if (marker->len > 0 && strcmp(marker->data, markers[i]) == 0) {
			*out = (enum callout_kind)i;
			return true;
		}
	}
	return false;
}

static void read_callout(struct parse *parse, cmark_node *node, struct block *block)
{
	static const char form[] =
		N_("a box must be one paragraph: [!remember], [!good-to-know] or [!urgent] on the first line,"
		   " its title in **bold** on the second, then its text");
	cmark_node *paragraph = only_paragraph(parse, node, form);

	block->kind = BLOCK_CALLOUT;
	block->text.text = "";
	if (!paragraph)
		return;
	size_t line = line_of(parse, paragraph);
	cmark_node *end = read_marker(parse, cmark_node_first_child(paragraph));
	cmark_node *title = is_type(end, CMARK_NODE_SOFTBREAK) ? cmark_node_next(end) : NULL;
	cmark_node *after = title ? cmark_node_next(title) : NULL;
	if (!callout_kind(&parse->text, &block->callout) || !is_type(title, CMARK_NODE_STRONG) ||
	    !is_type(after, CMARK_NODE_SOFTBREAK)) {
		refuse(parse, line, form);
		return;
	}
	block->title = read_title(parse, title, line + 1, "a box's title");
	read_inlines(parse, cmark_node_next(after), line + 2);
	block->text = take_rich(parse, line + 2, N_("a box"));
}

static void read_block(struct parse *parse, cmark_node *node)
{
	static const struct {
		cmark_node_type type;
		void (*read)(struct parse *parse, cmark_node *node, struct block *block);
	} kinds[] = {
		{CMARK_NODE_PARAGRAPH, read_paragraph},
		{CMARK_NODE_HEADING, read_heading},
		{CMARK_NODE_LIST, read_list},
		{CMARK_NODE_BLOCK_QUOTE, read_callout},
	};
	struct markdown *out = parse->out;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].type != cmark_node_get_type(node))
			continue;
		out->lines[out->count] = line_of(parse, node);
		out->blocks[out->count].text.text = "";
		kinds[i].read(parse, node, &out->blocks[out->count++]);
		return;
	}
	refuse_node(parse, node, line_of(parse, node));
}

/* cmark takes "[words]: address" away as a definition: what a writer meant to be read would be lost without a word. */
static void refuse_definitions(const struct parse *parse, const char *bytes, size_t len)
{
	size_t line = parse->before + 1;

	for (const char *at = bytes; at < bytes + len; line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + len - at));
		const char *stop = end ? end : bytes + len;
		const char *start = at;

		while (start < stop && (*start == ' ' || *start == '>'))
			start++;
		if (start < stop && *start == '[' && memmem(start, (size_t)(stop - start), "]:", 2))
			refuse(parse, line,
			       "a line that begins with \"[...]:\" is not allowed; allowed: [words](topic/page)");
		at = stop + 1;
	}
}

static size_t count_marks(cmark_node *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	size_t count = 0;

	for (cmark_event_type event = cmark_iter_next(iter); event != CMARK_EVENT_DONE; event = cmark_iter_next(iter))
		count += event == CMARK_EVENT_ENTER && (is_type(cmark_iter_get_node(iter), CMARK_NODE_LINK) ||
							is_type(cmark_iter_get_node(iter), CMARK_NODE_EMPH));
	cmark_iter_free(iter);
	return count;
}

static void read_document(struct parse *parse, cmark_node *document)
{
	size_t count = count_children(document);
	struct markdown *out = parse->out;

	if (count > BLOCKS_MAX) {
		fault_error(parse->in->faults, parse->in->path, parse->before + 1, "%zu blocks; at most %d are allowed",
			    count, BLOCKS_MAX);
		return;
	}
	out->blocks = reading_array(parse->in, count, sizeof(*out->blocks));
	out->lines = reading_array(parse->in, count, sizeof(*out->lines));
	out->marks = reading_array(parse->in, count_marks(document), sizeof(*out->marks));
	if (!out->blocks || !out->lines || !out->marks)
		return;
	for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node))
		read_block(parse, node);
}

void markdown_read(const struct reading *in, const char *bytes, size_t len, size_t first_line, struct markdown *out)
{
	struct parse parse = {.in = in, .before = first_line - 1, .out = out};

	*out = (struct markdown){0};
	if (len > MARKDOWN_BYTES_MAX) {
		fault_error(in->faults, in->path, first_line, "%zu bytes of text; at most %u are allowed", len,
			    MARKDOWN_BYTES_MAX);
		return;
	}
	refuse_definitions(&parse, bytes, len);
	cmark_node *document = cmark_parse_document(bytes, len, CMARK_OPT_DEFAULT);
	if (document)
		read_document(&parse, document);
	else
		in->faults->no_memory = true;
	cmark_node_free(document);
	buf_finish(&parse.text);
}
