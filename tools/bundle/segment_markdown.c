#include "bundle/markdown.h"
#include "bundle/segment.h"

#include <stdio.h>
#include <string.h>

/* Walks the lines of a body. cmark says what a page holds but not in which bytes; so these lines are read once more,
 * and what is found must be what cmark found. */
struct walk {
	const struct reading *in;
	const char *bytes;
	size_t line;
	struct segments *out;
	size_t block, item; /* at hand, from 1; item 0: none */
	enum block_kind kind;
	bool open;  /* the next line may go on with the last segment */
	bool blank; /* an empty line came before */
	size_t callout_lines;
};

static bool add(struct walk *walk, enum segment_kind kind, const char *id, const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	if (from == to)
		return true;
	return segments_add(walk->in, walk->out,
			    (struct segment){.id = id,
					     .kind = kind,
					     .text = arena_text(walk->in->arena, from, (size_t)(to - from)),
					     .line = walk->line,
					     .from = (size_t)(from - walk->bytes),
					     .to = (size_t)(to - walk->bytes),
					     .chars_max = kind == SEGMENT_HEADING ? MARKDOWN_TITLE_CHARS : 0});
}

/* One more line of the last segment. */
static bool extend(struct walk *walk, const char *from, const char *to)
{
	struct segment *last = &walk->out->items[walk->out->count - 1];

	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	last->text = arena_printf(walk->in->arena, "%s %.*s", last->text, (int)(to - from), from);
	last->to = (size_t)(to - walk->bytes);
	if (!last->text)
		walk->in->faults->no_memory = true;
	return last->text;
}

static const char *name(struct walk *walk, const char *part)
{
	if (walk->item == 0)
		return arena_printf(walk->in->arena, "%zu%s", walk->block, part);
	return arena_printf(walk->in->arena, "%zu.%zu%s", walk->block, walk->item, part);
}

/* "**Title**" of a step or a box. */
static bool add_title(struct walk *walk, const char *from, const char *to)
{
	while (to > from && to[-1] == ' ')
		to--;
	if (to - from > 4 && memcmp(from, "**", 2) == 0 && memcmp(to - 2, "**", 2) == 0)
		return add(walk, SEGMENT_HEADING, name(walk, ".title"), from + 2, to - 2);
	return true;
}

static void begin(struct walk *walk, enum block_kind kind)
{
	walk->block++;
	walk->item = 0;
	walk->kind = kind;
	walk->open = false;
}

/* Bytes of "1. ", "2) " or "- " before an item; *steps says which. */
static size_t marker(const char *from, const char *to, bool *steps)
{
	size_t n = strspn(from, "0123456789");

	*steps = n > 0;
	if (n == 0 && to - from > 1 && strchr("-*+", *from) && from[1] == ' ')
		return 2;
	return n > 0 && n < 10 && to - from > (ptrdiff_t)n + 1 && (from[n] == '.' || from[n] == ')') &&
			       from[n + 1] == ' '
		       ? n + 2
		       : 0;
}

static bool add_item(struct walk *walk, bool steps, const char *from, const char *to)
{
	enum block_kind kind = steps ? BLOCK_STEPS : BLOCK_LIST;

	if (walk->kind != kind || walk->item == 0)
		begin(walk, kind);
	walk->item++;
	walk->open = !steps;
	return steps ? add_title(walk, from, to) : add(walk, SEGMENT_RICH, name(walk, ""), from, to);
}

/* A line of a box, behind its ">". */
static bool add_boxed(struct walk *walk, const char *from, const char *to)
{
	from += from < to && *from == ' ';
	if (walk->kind != BLOCK_CALLOUT || walk->blank) {
		begin(walk, BLOCK_CALLOUT);
		walk->callout_lines = 0;
	}
	walk->callout_lines++;
	if (walk->callout_lines == 1)
		return true;
	if (walk->callout_lines == 2)
		return add_title(walk, from, to);
	if (walk->open)
		return extend(walk, from, to);
	walk->open = true;
	return add(walk, SEGMENT_RICH, name(walk, ".text"), from, to);
}

static bool add_running(struct walk *walk, const char *from, const char *to)
{
	if (walk->open && !walk->blank)
		return extend(walk, from, to);
	if (walk->item > 0 && !walk->blank) {
		walk->open = true;
		return add(walk, SEGMENT_RICH, name(walk, ".text"), from, to);
	}
	begin(walk, BLOCK_PARAGRAPH);
	walk->open = true;
	return add(walk, SEGMENT_RICH, name(walk, ""), from, to);
}

static bool read_line(struct walk *walk, const char *from, const char *to)
{
	const char *start = from;
	bool steps;
	bool ok;

	while (from < to && *from == ' ')
		from++;
	if (from == to) {
		walk->blank = true;
		return true;
	}
	size_t mark = from - start < 2 ? marker(from, to, &steps) : 0;
	if (*from == '>') {
		ok = add_boxed(walk, from + 1, to);
	} else if (to - from > 3 && memcmp(from, "## ", 3) == 0) {
		begin(walk, BLOCK_HEADING);
		ok = add(walk, SEGMENT_HEADING, name(walk, ""), from + 3, to);
	} else {
		ok = mark > 0 ? add_item(walk, steps, from + mark, to) : add_running(walk, from, to);
	}
	walk->blank = false;
	return ok;
}

/* The names that cmark's blocks would give, one after the other; item 0: the block itself. */
static bool expect(const struct walk *walk, size_t *at, size_t block, size_t item, const char *part)
{
	char id[64];

	if (item == 0)
		snprintf(id, sizeof(id), "%zu%s", block, part);
	else
		snprintf(id, sizeof(id), "%zu.%zu%s", block, item, part);
	return *at < walk->out->count && strcmp(walk->out->items[(*at)++].id, id) == 0;
}

static bool expect_block(const struct walk *walk, size_t *at, const struct block *block, size_t n)
{
	if (block->kind == BLOCK_CALLOUT)
		return expect(walk, at, n, 0, ".title") && expect(walk, at, n, 0, ".text");
	if (block->kind != BLOCK_STEPS && block->kind != BLOCK_LIST)
		return expect(walk, at, n, 0, "");
	for (size_t i = 0; i < block->item_count; i++) {
		bool steps = block->kind == BLOCK_STEPS;

		if (!expect(walk, at, n, i + 1, steps ? ".title" : ""))
			return false;
		if (steps && block->items[i].text.len > 0 && !expect(walk, at, n, i + 1, ".text"))
			return false;
	}
	return true;
}

static bool as_cmark(const struct walk *walk, size_t first, const struct markdown *body)
{
	size_t at = first;

	for (size_t i = 0; i < body->count; i++) {
		if (expect_block(walk, &at, &body->blocks[i], i + 1))
			continue;
		fault_error(walk->in->faults, walk->in->path, body->lines[i],
			    "this is written in a way that cannot be given to translators; write it as "
			    "\"The text of a page\" in the handbook shows");
		return false;
	}
	return at == walk->out->count;
}

bool segments_markdown(const struct reading *in, const char *bytes, size_t len, struct segments *out)
{
	struct walk walk = {.in = in, .bytes = bytes, .line = 1, .out = out, .blank = true};
	size_t first = out->count;
	size_t errors = in->faults->errors;
	struct markdown body;

	for (size_t i = 0; i < out->body; i++)
		walk.line += bytes[i] == '\n';
	markdown_read(in, bytes + out->body, len - out->body, walk.line, &body);
	if (in->faults->errors > errors)
		return false;
	for (const char *at = bytes + out->body; at < bytes + len; walk.line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + len - at));
		const char *stop = end ? end : bytes + len;

		if (!read_line(&walk, at, stop))
			return false;
		at = stop + 1;
	}
	return as_cmark(&walk, first, &body);
}
