#include "bundle/tree.h"

#include "base/message.h"
#include "base/utf8.h"

#include <string.h>

#include <yaml.h>

struct parse {
	const struct reading *in;
	yaml_parser_t parser;
	const char *bytes;
	size_t len;
	size_t first_line;
	size_t nodes;
	size_t chars, at; /* a mark seen, as characters and as bytes */
};

static void refuse(const struct parse *parse, size_t line, const char *what)
{
	fault_error(parse->in->faults, parse->in->path, line, "%s", _(what));
}

static size_t line_of(const struct parse *parse, yaml_mark_t mark)
{
	return parse->first_line + mark.line;
}

/* A mark counts characters. Marks ascend, so the whole file is walked once. */
static size_t byte_of(struct parse *parse, yaml_mark_t mark)
{
	for (; parse->chars < mark.index && parse->at < parse->len; parse->chars++)
		utf8_next(parse->bytes, parse->len, &parse->at);
	return parse->at;
}

/* The reader knows only the byte of what it could not read. */
static size_t problem_line(const struct parse *parse)
{
	size_t line = parse->first_line;

	if (parse->parser.error != YAML_READER_ERROR)
		return line_of(parse, parse->parser.problem_mark);
	for (size_t i = 0; i < parse->parser.problem_offset; i++)
		line += parse->bytes[i] == '\n';
	return line;
}

/* The mark counts characters. */
static bool tab_at(const struct parse *parse, yaml_mark_t mark)
{
	size_t at = 0;

	for (size_t left = mark.index; at < parse->len && left > 0; left--)
		utf8_next(parse->bytes, parse->len, &at);
	return at < parse->len && parse->bytes[at] == '\t';
}

/* In the words of staff, what libyaml says in its own: the two faults that are made most. */
static void tell_problem(const struct parse *parse)
{
	const char *problem = parse->parser.problem ? parse->parser.problem : _("it cannot be read");
	size_t line = problem_line(parse);

	if (strstr(problem, "tab character") ||
	    (strstr(problem, "cannot start any token") && tab_at(parse, parse->parser.problem_mark)))
		refuse(parse, line, "a tab stands here; use spaces");
	else if (strcmp(problem, "mapping values are not allowed in this context") == 0)
		refuse(parse, line, "a text with a colon must stand in quotes \"...\"");
	else
		fault_error(parse->in->faults, parse->in->path, line, "this is not YAML: %s", problem);
}

static bool next_event(struct parse *parse, yaml_event_t *event)
{
	if (yaml_parser_parse(&parse->parser, event))
		return true;
	if (parse->parser.error == YAML_MEMORY_ERROR)
		parse->in->faults->no_memory = true;
	else
		tell_problem(parse);
	return false;
}

static bool marked(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return event->data.scalar.anchor || event->data.scalar.tag;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor || event->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor || event->data.mapping_start.tag;
	default:
		return event->type == YAML_ALIAS_EVENT;
	}
}

static struct tree *new_node(struct parse *parse, const yaml_event_t *event, size_t depth)
{
	size_t line = line_of(parse, event->start_mark);

	if (marked(event)) {
		refuse(parse, line,
		       "anchors (&), aliases (*) and tags (!) are not allowed; put a text with such a sign in quotes");
		return NULL;
	}
	if (depth > TREE_DEPTH_MAX || ++parse->nodes > TREE_NODES_MAX) {
		refuse(parse, line,
		       depth > TREE_DEPTH_MAX ? "lists and maps are nested too deep"
					      : N_("the file holds too many values"));
		return NULL;
	}
	struct tree *node = reading_array(parse->in, 1, sizeof(*node));
	if (node)
		node->line = line;
	return node;
}

static struct tree *read_node(struct parse *parse, yaml_event_t *event, size_t depth);

static struct tree *read_text(struct parse *parse, const yaml_event_t *event, struct tree *node)
{
	node->kind = TREE_TEXT;
	node->from = byte_of(parse, event->start_mark);
	node->to = byte_of(parse, event->end_mark);
	/* What follows "|" ends with the line. */
	while (node->to > node->from && strchr(" \n", parse->bytes[node->to - 1]))
		node->to--;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->len = event->data.scalar.length;
	node->text = arena_text(parse->in->arena, (const char *)event->data.scalar.value, node->len);
	if (!node->text)
		parse->in->faults->no_memory = true;
	return node->text ? node : NULL;
}

/* The next value, or with *end nothing more. */
static struct tree *read_next(struct parse *parse, yaml_event_type_t last, size_t depth, bool *end)
{
	yaml_event_t event;

	if (!next_event(parse, &event))
		return NULL;
	*end = event.type == last;
	struct tree *node = *end ? NULL : read_node(parse, &event, depth);
	yaml_event_delete(&event);
	return node;
}

static bool read_list(struct parse *parse, struct tree *list, size_t depth)
{
	struct tree **last = &list->first;
	bool end = false;

	list->kind = TREE_LIST;
	for (;;) {
		struct tree *item = read_next(parse, YAML_SEQUENCE_END_EVENT, depth + 1, &end);

		if (!item)
			return end;
		*last = item;
		last = &item->next;
		list->count++;
	}
}

static bool key_allowed(struct parse *parse, const struct tree *map, const struct tree *key)
{
	if (key->kind != TREE_TEXT || key->len == 0 || strlen(key->text) != key->len) {
		refuse(parse, key->line, "a key must be a text");
		return false;
	}
	const struct tree *before = tree_find(map, key->text);
	if (before)
		fault_error(parse->in->faults, parse->in->path, key->line,
			    "the key \"%s\" stands twice; first in line %zu", key->text, before->key_line);
	return !before;
}

static bool read_map(struct parse *parse, struct tree *map, size_t depth)
{
	struct tree **last = &map->first;
	bool end = false;

	map->kind = TREE_MAP;
	for (;;) {
		const struct tree *key = read_next(parse, YAML_MAPPING_END_EVENT, depth + 1, &end);

		if (!key)
			return end;
		if (!key_allowed(parse, map, key))
			return false;
		struct tree *value = read_next(parse, YAML_NO_EVENT, depth + 1, &end);
		if (!value)
			return false;
		value->key = key->text;
		value->key_line = key->line;
		value->key_from = key->from;
		*last = value;
		last = &value->next;
		map->count++;
	}
}

static struct tree *read_node(struct parse *parse, yaml_event_t *event, size_t depth)
{
	struct tree *node = new_node(parse, event, depth);

	if (!node)
		return NULL;
	if (event->type == YAML_SCALAR_EVENT)
		return read_text(parse, event, node);
	if (event->type == YAML_SEQUENCE_START_EVENT)
		return read_list(parse, node, depth) ? node : NULL;
	node->flow =
		event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	if (event->type == YAML_MAPPING_START_EVENT)
		return read_map(parse, node, depth) ? node : NULL;
	refuse(parse, node->line, "this is not YAML: a value was expected");
	return NULL;
}

static bool skip(struct parse *parse, yaml_event_type_t expected, const char *otherwise)
{
	yaml_event_t event;

	if (!next_event(parse, &event))
		return false;
	bool ok = event.type == expected;
	size_t line = line_of(parse, event.start_mark);
	yaml_event_delete(&event);
	if (!ok)
		refuse(parse, line, otherwise);
	return ok;
}

static struct tree *read_stream(struct parse *parse)
{
	bool end = false;

	if (!skip(parse, YAML_STREAM_START_EVENT, "this is not YAML") ||
	    !skip(parse, YAML_DOCUMENT_START_EVENT, N_("there is nothing in it")))
		return NULL;
	struct tree *root = read_next(parse, YAML_NO_EVENT, 1, &end);
	if (!root || !skip(parse, YAML_DOCUMENT_END_EVENT, "this is not YAML") ||
	    !skip(parse, YAML_STREAM_END_EVENT, N_("a file holds one document; \"---\" may not stand here")))
		return NULL;
	return root;
}

const struct tree *tree_read(const struct reading *in, const char *bytes, size_t len, size_t first_line)
{
	struct parse parse = {.in = in, .bytes = bytes, .len = len, .first_line = first_line};

	if (len > TREE_BYTES_MAX) {
		fault_error(in->faults, in->path, first_line, "%zu bytes of YAML; at most %d are allowed", len,
			    TREE_BYTES_MAX);
		return NULL;
	}
	if (!yaml_parser_initialize(&parse.parser)) {
		in->faults->no_memory = true;
		return NULL;
	}
	yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parse.parser, (const unsigned char *)bytes, len);
	const struct tree *root = read_stream(&parse);
	yaml_parser_delete(&parse.parser);
	return root;
}

const struct tree *tree_find(const struct tree *map, const char *key)
{
	if (!map || map->kind != TREE_MAP)
		return NULL;
	for (const struct tree *node = map->first; node; node = node->next)
		if (strcmp(node->key, key) == 0)
			return node;
	return NULL;
}
