#include "bundle/segment.h"

#include "base/array.h"
#include "bundle/source_parts.h"

#include <string.h>

#define FENCE "---\n"

bool segments_add(const struct reading *in, struct segments *segments, struct segment segment)
{
	if (segments->count == segments->cap) {
		size_t cap = segments->cap ? segments->cap * 2 : 32;
		struct segment *grown = reading_array(in, cap, sizeof(*grown));

		if (!grown)
			return false;
		if (segments->count > 0)
			memcpy(grown, segments->items, segments->count * sizeof(*grown));
		segments->items = grown;
		segments->cap = cap;
	}
	if (!segment.id || !segment.text) {
		in->faults->no_memory = true;
		return false;
	}
	segments->items[segments->count++] = segment;
	return true;
}

const struct segment *segments_find(const struct segments *segments, const char *id)
{
	for (size_t i = 0; i < segments->count; i++)
		if (strcmp(segments->items[i].id, id) == 0)
			return &segments->items[i];
	return NULL;
}

bool segments_same(const struct segments *a, const struct segments *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = segments_find(b, a->items[i].id);
	return same;
}

/* One line, as a translator sees it; NULL when memory ran out. */
static const char *one_line(const struct reading *in, const struct tree *node)
{
	char *text = arena_text(in->arena, node->text, node->len);

	for (char *c = text; c && *c; c++)
		if (*c == '\n')
			*c = ' ';
	return text;
}

/* `base`: the byte of the file that the tree's bytes begin at. An absent or empty text is no segment. */
static bool add_scalar(const struct reading *in, struct segments *out, const struct tree *node, size_t base, bool flow,
		       size_t chars_max, const char *id)
{
	if (!node || node->kind != TREE_TEXT || node->len == 0)
		return true;
	return segments_add(in, out,
			    (struct segment){.id = id,
					     .kind = SEGMENT_PLAIN,
					     .text = one_line(in, node),
					     .line = node->line,
					     .from = base + node->from,
					     .to = base + node->to,
					     .flow = flow,
					     .quoted = node->quoted,
					     .chars_max = chars_max});
}

static bool add_facts(const struct reading *in, struct segments *out, const struct tree *facts, size_t base)
{
	static const struct segment_key keys[] = {{"label", PAGE_LABEL_CHARS}, {"value", PAGE_VALUE_CHARS}};
	size_t n = 1;

	for (const struct tree *fact = facts ? facts->first : NULL; fact; fact = fact->next, n++)
		for (size_t k = 0; k < ARRAY_LEN(keys); k++)
			if (!add_scalar(in, out, tree_find(fact, keys[k].key), base, fact->flow, keys[k].chars_max,
					arena_printf(in->arena, "facts.%zu.%s", n, keys[k].key)))
				return false;
	return true;
}

static bool add_terms(const struct reading *in, struct segments *out, const struct tree *terms, size_t base)
{
	size_t n = 1;

	for (const struct tree *node = terms ? terms->first : NULL; node; node = node->next, n++) {
		const struct tree *term = tree_find(node, "term");
		size_t before = out->count;

		if (!add_scalar(in, out, tree_find(node, "meaning"), base, node->flow, PAGE_MEANING_CHARS,
				arena_printf(in->arena, "terms.%zu", n)))
			return false;
		if (out->count > before && term && term->kind == TREE_TEXT)
			out->items[before].keep = term->text;
	}
	return true;
}

bool segments_page(const struct reading *in, const char *bytes, size_t len, struct segments *out)
{
	size_t fence = strlen(FENCE);
	const char *end = len >= fence && memcmp(bytes, FENCE, fence) == 0
				  ? memmem(bytes + fence - 1, len - fence + 1, "\n" FENCE, fence + 1)
				  : NULL;
	size_t errors = in->faults->errors;

	*out = (struct segments){0};
	if (!end) {
		fault_error(in->faults, in->path, 1,
			    "a page must begin with a line \"---\", the front matter, and another line \"---\"");
		return false;
	}
	out->body = (size_t)(end + 1 - bytes) + fence;
	size_t head = end + 1 > bytes + fence ? (size_t)(end + 1 - bytes) - fence : 0;
	out->tree = tree_read(in, bytes + fence, head, 2);
	return out->tree &&
	       add_scalar(in, out, tree_find(out->tree, "title"), fence, false, PAGE_TITLE_CHARS, "title") &&
	       add_scalar(in, out, tree_find(out->tree, "summary"), fence, false, PAGE_SUMMARY_CHARS, "summary") &&
	       add_facts(in, out, tree_find(out->tree, "facts"), fence) &&
	       add_terms(in, out, tree_find(out->tree, "terms"), fence) && segments_markdown(in, bytes, len, out) &&
	       in->faults->errors == errors;
}

static bool add_record(const struct reading *in, struct segments *out, const struct tree *map,
		       const struct shape *shape, const char *prefix)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		const struct tree *node = tree_find(map, field->key);
		const char *id = arena_printf(in->arena, "%s%s", prefix, field->key);

		if (field->flags & SHAPE_DERIVED || !node)
			continue;
		if ((field->flags & SHAPE_TRANSLATED) && id &&
		    !add_scalar(in, out, node, 0, map->flow, (size_t)field->chars, id))
			return false;
		if (field->type != SHAPE_RECORDS || node->kind != TREE_MAP)
			continue;
		for (const struct tree *item = node->first; item; item = item->next) {
			const char *below = arena_printf(in->arena, "%s.%s.", id, item->key);

			if (!below || !add_record(in, out, item, field->shape, below))
				return false;
		}
	}
	return true;
}

bool segments_record(const struct reading *in, const char *bytes, size_t len, const struct shape *shape,
		     struct segments *out)
{
	*out = (struct segments){.tree = tree_read(in, bytes, len, 1)};
	return out->tree && add_record(in, out, out->tree, shape, "");
}

static bool add_said(const struct reading *in, struct segments *out, const struct tree *map,
		     const struct segment_key *keys, size_t key_count, const char *prefix, const char *lang)
{
	for (size_t k = 0; k < key_count; k++) {
		for (const struct tree *texts = map ? map->first : NULL; texts; texts = texts->next) {
			const struct tree *node = tree_find(texts, lang);

			if (node && texts->key && (!keys[k].key || strcmp(texts->key, keys[k].key) == 0) &&
			    !add_scalar(in, out, node, 0, texts->flow, keys[k].chars_max,
					arena_printf(in->arena, "%s%s", prefix, texts->key)))
				return false;
		}
	}
	return true;
}

bool segments_map(const struct reading *in, const char *bytes, size_t len, const struct segment_key *keys,
		  size_t key_count, bool below, const char *lang, struct segments *out)
{
	*out = (struct segments){.tree = tree_read(in, bytes, len, 1)};
	if (!out->tree || !below)
		return out->tree && add_said(in, out, out->tree, keys, key_count, "", lang);
	for (const struct tree *node = out->tree->first; node; node = node->next) {
		const char *prefix = arena_printf(in->arena, "%s.", node->key ? node->key : "");

		if (!prefix || !add_said(in, out, node, keys, key_count, prefix, lang))
			return false;
	}
	return true;
}

/* Whether a plain scalar reads as the text itself. Other readers of YAML than ours take "yes" and "12" for more than
 * words. */
static bool may_be_plain(const char *text, bool flow)
{
	static const char *const words[] = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"};
	size_t len = strlen(text);

	if (len == 0 || strchr("-?:,[]{}#&*!|>'\"%@`~ ", text[0]) || text[len - 1] == ' ' || text[len - 1] == ':' ||
	    strstr(text, ": ") || strstr(text, " #") || strpbrk(text, "\t\n") || (flow && strpbrk(text, ",[]{}")))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcasecmp(text, words[i]) == 0)
			return false;
	return strspn(text, "0123456789.+-e_:") != len;
}

bool segment_scalar(struct buf *out, const char *text, bool flow, bool quoted)
{
	if (!quoted && may_be_plain(text, flow))
		return buf_append_text(out, text);
	bool ok = buf_append(out, "\"", 1);
	for (const char *c = text; ok && *c; c++)
		ok = (*c != '"' && *c != '\\' ? true : buf_append(out, "\\", 1)) && buf_append(out, c, 1);
	return ok && buf_append(out, "\"", 1);
}
