#include "bundle/shaped.h"
#include "bundle/unit.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define EDITS_MAX 1024

/* New bytes in the place of [from, to). */
struct edit {
	size_t from, to;
	size_t order;
	const char *text;
};

struct writer {
	const struct source *source;
	const struct unit *unit;
	const struct unit_people *people;
	const char *lang;
	struct arena arena;
	struct edit edits[EDITS_MAX];
	size_t count;
	bool ok; /* memory has not run out */
};

static void edit(struct writer *writer, size_t from, size_t to, const char *text)
{
	if (!text || writer->count == EDITS_MAX) {
		writer->ok = false;
		return;
	}
	writer->edits[writer->count] = (struct edit){from, to, writer->count, text};
	writer->count++;
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a;
	const struct edit *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The bytes from `from` on, with the edits. */
static bool apply(struct writer *writer, const struct buf *bytes, size_t from, struct buf *out)
{
	bool ok = writer->ok;

	qsort(writer->edits, writer->count, sizeof(*writer->edits), compare_edits);
	for (size_t i = 0; ok && i < writer->count; i++) {
		const struct edit *next = &writer->edits[i];

		ok = buf_append(out, bytes->data + from, next->from - from) && buf_append_text(out, next->text);
		from = next->to;
	}
	return ok && buf_append(out, bytes->data + from, bytes->len - from);
}

static const char *scalar(struct writer *writer, const char *text, bool flow, bool quoted)
{
	struct buf bytes = {0};
	const char *kept =
		segment_scalar(&bytes, text, flow, quoted) ? arena_text(&writer->arena, bytes.data, bytes.len) : NULL;

	buf_finish(&bytes);
	return kept;
}

static void replace(struct writer *writer, const struct segment *segment, const char *text)
{
	edit(writer, segment->from, segment->to,
	     segment->kind == SEGMENT_PLAIN ? scalar(writer, text, segment->flow, segment->quoted) : text);
}

/* The answers whose text stands in the file already, and differs. */
static bool replace_texts(struct writer *writer)
{
	const struct unit *unit = writer->unit;
	bool any = false;

	for (size_t i = 0; i < unit->original.count; i++) {
		const struct segment *text = segments_find(&unit->text, unit->original.items[i].id);

		if (!text || !unit->answers[i] || strcmp(text->text, unit->answers[i]) == 0)
			continue;
		replace(writer, text, unit->answers[i]);
		any = true;
	}
	return any;
}

/* ---- What the file says of itself */

static size_t line_start(const struct buf *bytes, size_t at)
{
	while (at > 0 && bytes->data[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct buf *bytes, size_t at)
{
	while (at < bytes->len && bytes->data[at] != '\n')
		at++;
	return at;
}

/* The value of `key` at the top; a key that is not there is put behind `after`; NULL takes it away. */
static void claim(struct writer *writer, const char *key, const char *after, const char *value)
{
	const struct unit *unit = writer->unit;
	size_t base = unit->kind == UNIT_PAGE ? strlen("---\n") : 0;
	const struct tree *node = tree_find(unit->text.tree, key);
	const struct tree *before = tree_find(unit->text.tree, after);
	const char *written = value ? scalar(writer, value, false, false) : "";

	if (!written) {
		writer->ok = false;
	} else if (node && node->kind == TREE_TEXT && value) {
		if (strcmp(node->text, value) != 0)
			edit(writer, base + node->from, base + node->to, written);
	} else if (node && node->kind == TREE_TEXT) {
		size_t end = line_end(&unit->bytes, base + node->to);

		edit(writer, line_start(&unit->bytes, base + node->key_from), end + (end < unit->bytes.len), "");
	} else if (value) {
		size_t at = before ? line_end(&unit->bytes, base + before->to) : base;

		edit(writer, at, at, arena_printf(&writer->arena, before ? "\n%s: %s" : "%s: %s\n", key, written));
	}
}

static bool is_checked(const struct unit *unit, const char *lang)
{
	const struct tree *node = tree_find(unit->text.tree, "translation");

	if (unit->kind == UNIT_MAP)
		node = tree_find(node, lang);
	return node && node->kind == TREE_TEXT && strcmp(node->text, "checked") == 0;
}

/* A text that changes after somebody has checked it is not checked any more. */
static void claim_people(struct writer *writer, bool texts_changed, bool complete)
{
	const struct unit_people *people = writer->people;
	bool checked = complete && *people->checker;

	if (complete)
		claim(writer, "made_from", "translation", writer->unit->revision);
	if (complete && writer->unit->parts &&
	    (!writer->unit->current || tree_find(writer->unit->text.tree, writer->unit->parts_key)))
		claim(writer, writer->unit->parts_key, "made_from", writer->unit->parts);
	if (checked)
		claim(writer, "translation", "summary", "checked");
	else if (texts_changed)
		claim(writer, "translation", "summary", "unchecked");
	if (texts_changed && *people->translator)
		claim(writer, "translator", "made_from", people->translator);
	if (checked)
		claim(writer, "checked_by", "made_from", people->checker);
	else if (texts_changed)
		claim(writer, "checked_by", "made_from", NULL);
}

/* ---- A file of all languages */

/* Puts "lang: value" into the map, behind the language that comes before it in site.yaml. */
static void insert_said(struct writer *writer, const struct tree *map, const char *value, bool quoted)
{
	const struct buf *bytes = &writer->unit->bytes;
	const struct bundle *bundle = &writer->source->bundle;
	const struct tree *after = NULL;

	for (size_t i = 0; i < bundle->language_count && strcmp(bundle->languages[i].code, writer->lang) != 0; i++) {
		const struct tree *node = tree_find(map, bundle->languages[i].code);

		after = node && node->kind == TREE_TEXT ? node : after;
	}
	if (!after)
		after = map->first;
	if (!after || after->kind != TREE_TEXT)
		return;
	const char *written = scalar(writer, value, map->flow, quoted);
	if (!written) {
		writer->ok = false;
	} else if (map->flow) {
		edit(writer, after->to, after->to, arena_printf(&writer->arena, ", %s: %s", writer->lang, written));
	} else {
		size_t start = line_start(bytes, after->key_from);
		size_t end = line_end(bytes, after->to);

		edit(writer, end, end,
		     arena_printf(&writer->arena, "\n%.*s%s: %s", (int)(after->key_from - start), bytes->data + start,
				  writer->lang, written));
	}
}

/* "lang: value" in the map under `key`, which is made when it is not there. */
static void claim_said(struct writer *writer, const char *key, const char *value)
{
	const struct unit *unit = writer->unit;
	const struct tree *map = tree_find(unit->text.tree, key);
	const struct tree *node = tree_find(map, writer->lang);

	if (node && node->kind == TREE_TEXT) {
		if (strcmp(node->text, value) != 0)
			edit(writer, node->from, node->to, value);
	} else if (map && map->first) {
		insert_said(writer, map, value, false);
	} else if (!map) {
		const char *data = unit->bytes.data;
		bool ended = unit->bytes.len > 0 && data[unit->bytes.len - 1] == '\n';

		edit(writer, unit->bytes.len, unit->bytes.len,
		     arena_printf(&writer->arena, "%s%s: {%s: %s}\n", ended ? "" : "\n", key, writer->lang, value));
	}
}

static const struct tree *map_of(const struct tree *tree, const char *id)
{
	const struct tree *whole = tree_find(tree, id); /* the name of a picture has a dot, too */
	const char *dot = strchr(id, '.');

	if (whole || !dot)
		return whole;
	for (const struct tree *node = tree->first; node; node = node->next)
		if (node->key && strncmp(node->key, id, (size_t)(dot - id)) == 0 && !node->key[dot - id])
			return tree_find(node, dot + 1);
	return NULL;
}

static void write_map(struct writer *writer)
{
	const struct unit *unit = writer->unit;
	bool changed = replace_texts(writer);
	bool complete = unit_complete(unit);

	for (size_t i = 0; i < unit->original.count; i++) {
		const struct segment *original = &unit->original.items[i];
		const struct tree *map = map_of(unit->text.tree, original->id);

		if (!unit->answers[i] || segments_find(&unit->text, original->id) || !map)
			continue;
		insert_said(writer, map, unit->answers[i], original->quoted);
		changed = true;
	}
	if (!unit->revision)
		return;
	if (complete)
		claim_said(writer, "made_from", unit->revision);
	if (complete && *writer->people->checker)
		claim_said(writer, "translation", "checked");
	else if (changed && is_checked(unit, writer->lang))
		claim_said(writer, "translation", "unchecked");
}

/* ---- A new file, after the Danish */

static const char *answer(const struct unit *unit, const char *id)
{
	for (size_t i = 0; i < unit->original.count; i++)
		if (strcmp(unit->original.items[i].id, id) == 0)
			return unit->answers[i];
	return NULL;
}

static bool put(struct buf *out, const char *key, const char *value, bool flow)
{
	return !value || (buf_printf(out, "%s: ", key) && segment_scalar(out, value, flow, false));
}

static bool put_line(struct buf *out, const char *key, const char *value)
{
	return !value || !*value || (put(out, key, value, false) && buf_append_text(out, "\n"));
}

static bool put_claims(const struct writer *writer, struct buf *out)
{
	bool checked = *writer->people->checker;

	return put_line(out, "translation", checked ? "checked" : "unchecked") &&
	       put_line(out, "made_from", writer->unit->revision) &&
	       put_line(out, writer->unit->parts_key, writer->unit->parts) &&
	       put_line(out, "translator", writer->people->translator) &&
	       put_line(out, "checked_by", writer->people->checker);
}

static const char *text_of(const struct tree *map, const char *key)
{
	const struct tree *node = tree_find(map, key);

	return node && node->kind == TREE_TEXT ? node->text : NULL;
}

static bool put_facts(const struct unit *unit, struct buf *out)
{
	const struct tree *facts = tree_find(unit->original.tree, "facts");
	bool ok = !facts || buf_append_text(out, "facts:\n");
	size_t n = 1;

	for (const struct tree *fact = facts ? facts->first : NULL; ok && fact; fact = fact->next, n++) {
		char label[32];
		char value[32];

		snprintf(label, sizeof(label), "facts.%zu.label", n);
		snprintf(value, sizeof(value), "facts.%zu.value", n);
		ok = buf_append_text(out, "  - {") && put(out, "icon", text_of(fact, "icon"), true) &&
		     buf_append_text(out, ", ") && put(out, "label", answer(unit, label), true) &&
		     buf_append_text(out, ", ") && put(out, "value", answer(unit, value), true) &&
		     buf_append_text(out, "}\n");
	}
	return ok;
}

static bool put_terms(const struct unit *unit, struct buf *out)
{
	const struct tree *terms = tree_find(unit->original.tree, "terms");
	bool ok = !terms || buf_append_text(out, "terms:\n");
	size_t n = 1;

	for (const struct tree *term = terms ? terms->first : NULL; ok && term; term = term->next, n++) {
		char meaning[32];

		snprintf(meaning, sizeof(meaning), "terms.%zu", n);
		ok = buf_append_text(out, "  - {") && put(out, "term", text_of(term, "term"), true) &&
		     buf_append_text(out, ", ") && put(out, "meaning", answer(unit, meaning), true) &&
		     buf_append_text(out, "}\n");
	}
	return ok;
}

static bool new_page(struct writer *writer, struct buf *out)
{
	const struct unit *unit = writer->unit;

	for (size_t i = 0; i < unit->original.count; i++)
		if (unit->original.items[i].kind != SEGMENT_PLAIN)
			replace(writer, &unit->original.items[i], unit->answers[i]);
	return buf_append_text(out, "---\n") && put_line(out, "title", answer(unit, "title")) &&
	       put_line(out, "summary", answer(unit, "summary")) && put_claims(writer, out) && put_facts(unit, out) &&
	       put_terms(unit, out) && buf_append_text(out, "---\n") &&
	       apply(writer, &unit->danish, unit->original.body, out);
}

/* Written between { and }, and holds nothing but texts. */
static bool is_flow(const struct tree *map)
{
	bool flow = map->flow;

	for (const struct tree *node = map->first; flow && node; node = node->next)
		flow = node->kind != TREE_MAP;
	return flow;
}

static bool put_record(struct writer *writer, struct buf *out, const struct tree *map, const struct shape *shape,
		       const char *prefix, int depth);

/* The records under a key, each with its name. */
static bool put_items(struct writer *writer, struct buf *out, const struct tree *map, const struct shape *shape,
		      const char *id, int depth)
{
	bool ok = buf_printf(out, "%*s%s:\n", depth * 2, "", map->key);

	for (const struct tree *item = map->first; ok && item; item = item->next) {
		const char *below = arena_printf(&writer->arena, "%s.%s.", id, item->key);
		bool flow = is_flow(item);

		ok = below && buf_printf(out, "%*s", depth * 2 + 2, "") &&
		     segment_scalar(out, item->key, false, false) && buf_append_text(out, flow ? ": {" : ":\n") &&
		     put_record(writer, out, item, shape, below, depth + 2) && buf_append_text(out, flow ? "}\n" : "");
	}
	return ok;
}

/* The texts of a record in the order of the Danish file; `prefix` begins their names. */
static bool put_record(struct writer *writer, struct buf *out, const struct tree *map, const struct shape *shape,
		       const char *prefix, int depth)
{
	const char *comma = "";
	bool flow = is_flow(map);
	bool ok = true;

	for (const struct tree *node = map->first; ok && node; node = node->next) {
		const struct shape_field *field = shaped_find(shape, node->key);
		const char *id = arena_printf(&writer->arena, "%s%s", prefix, node->key);
		const char *text = id ? answer(writer->unit, id) : NULL;

		if (text && flow) {
			ok = buf_append_text(out, comma) && put(out, node->key, text, true);
			comma = ", ";
		} else if (text) {
			ok = buf_printf(out, "%*s", depth * 2, "") && put_line(out, node->key, text);
		} else if (field && field->type == SHAPE_RECORDS && node->kind == TREE_MAP) {
			ok = put_items(writer, out, node, field->shape, id, depth);
		}
	}
	return ok;
}

static bool new_record(struct writer *writer, struct buf *out)
{
	const struct unit *unit = writer->unit;

	if (unit->kind == UNIT_EVENT)
		return put_claims(writer, out) && put_line(out, "title", answer(unit, "title")) &&
		       put_line(out, "text", answer(unit, "text"));
	return put_claims(writer, out) && put_record(writer, out, unit->original.tree, unit->shape, "", 0);
}

static bool write(struct writer *writer, struct buf *out)
{
	const struct unit *unit = writer->unit;

	if (unit->kind == UNIT_MAP) {
		write_map(writer);
		return apply(writer, &unit->bytes, 0, out);
	}
	if (!unit->same && unit_complete(unit))
		return unit->kind == UNIT_PAGE ? new_page(writer, out) : new_record(writer, out);
	if (!unit->present)
		return true;
	bool changed = replace_texts(writer);
	claim_people(writer, changed, unit->same && unit_complete(unit));
	return apply(writer, &unit->bytes, 0, out);
}

bool unit_write(const struct source *source, const char *lang, const struct unit *unit,
		const struct unit_people *people, struct buf *out, bool *changed, struct err *err)
{
	struct writer *writer = calloc(1, sizeof(*writer));
	struct buf bytes = {0};
	bool ok = false;

	if (!writer)
		return err_memory(err);
	*writer = (struct writer){.source = source, .unit = unit, .people = people, .lang = lang, .ok = true};
	ok = write(writer, &bytes) || err_memory(err);
	arena_finish(&writer->arena);
	free(writer);
	*changed = ok && (bytes.len != unit->bytes.len ||
			  (bytes.len > 0 && memcmp(bytes.data, unit->bytes.data, bytes.len) != 0));
	if (*changed) {
		*out = bytes;
		return true;
	}
	buf_finish(&bytes);
	return ok;
}
