#include "bundle/edit.h"

#include "base/utf8.h"
#include "bundle/tree.h"

#include <string.h>

#include <yaml.h>

/* Where a value stands, in bytes. */
struct site {
	bool found;             /* the value; else its map, which lacks the last key */
	bool flow;              /* the map is written {...} */
	bool empty;             /* the map holds nothing */
	size_t missing;         /* not found: so many keys of the path were there */
	size_t key, start, end; /* of the key and of the value; not found: end is where the map's last value ends */
	size_t column;          /* of the map's keys */
	bool block;             /* the value is a list in block style, */
	size_t item_column;     /* its dashes stand here, */
	size_t items_end;       /* and here ends the last entry of a list */
};

struct walk {
	yaml_parser_t parser;
	yaml_event_t event;
	const char *bytes;
	size_t len;
	size_t at, chars; /* the same place, in bytes and in characters */
	size_t last;      /* where the last text or bracket ended, */
	size_t before;    /* and the last one before the present event */
};

/* Marks only go forward, but for the end of a block, which is not asked for. */
static size_t offset(struct walk *walk, yaml_mark_t mark)
{
	if (mark.index < walk->chars)
		walk->at = walk->chars = 0;
	for (; walk->chars < mark.index && walk->at < walk->len; walk->chars++)
		utf8_next(walk->bytes, walk->len, &walk->at);
	return walk->at;
}

/* libyaml counts line ends before a comma in braces to a text without quotes. */
static size_t end_of_text(struct walk *walk)
{
	size_t start = offset(walk, walk->event.start_mark);
	size_t end = offset(walk, walk->event.end_mark);

	if (walk->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		while (end > start && (walk->bytes[end - 1] == '\n' || walk->bytes[end - 1] == ' '))
			end--;
	return end;
}

static bool next(struct walk *walk)
{
	yaml_event_delete(&walk->event);
	walk->before = walk->last;
	/* Behind the end of the stream libyaml gives no events for ever. */
	if (!yaml_parser_parse(&walk->parser, &walk->event) || walk->event.type == YAML_NO_EVENT)
		return false;
	yaml_event_type_t type = walk->event.type;
	if (type == YAML_SCALAR_EVENT)
		walk->last = end_of_text(walk);
	if (type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT) {
		size_t end = offset(walk, walk->event.end_mark);
		char closing = end > 0 ? walk->bytes[end - 1] : '\0';

		if (closing == (type == YAML_MAPPING_END_EVENT ? '}' : ']') && end > walk->last &&
		    walk->event.start_mark.index < walk->event.end_mark.index)
			walk->last = end;
	}
	return true;
}

/* Past the node that begins with the present event; the last event of it is then the present one. */
static bool skip(struct walk *walk)
{
	int depth = 0;

	for (;;) {
		yaml_event_type_t type = walk->event.type;

		depth += type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT;
		depth -= type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT;
		if (depth == 0)
			return true;
		if (!next(walk))
			return false;
	}
}

/* The present event begins the value. */
static bool measure(struct walk *walk, struct site *site)
{
	const yaml_event_t *event = &walk->event;

	site->found = true;
	site->start = offset(walk, event->start_mark);
	site->block = event->type == YAML_SEQUENCE_START_EVENT &&
		      event->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE;
	site->item_column = event->start_mark.column;
	if (!skip(walk))
		return false;
	site->end = walk->last;
	site->items_end = walk->before;
	return true;
}

/* The present event begins a map; looks for `path` in it. */
static bool find(struct walk *walk, const char *const *path, struct site *site)
{
	while (*path) {
		if (walk->event.type != YAML_MAPPING_START_EVENT)
			return false;
		site->flow = walk->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
		site->column = walk->event.start_mark.column;
		site->end = offset(walk, walk->event.start_mark) + 1;
		site->empty = true;
		bool deeper = false;
		while (!deeper) {
			if (!next(walk))
				return false;
			if (walk->event.type == YAML_MAPPING_END_EVENT)
				return true; /* it is not here */
			bool same = walk->event.type == YAML_SCALAR_EVENT &&
				    strcmp((const char *)walk->event.data.scalar.value, *path) == 0;
			size_t key = offset(walk, walk->event.start_mark);

			if (!next(walk))
				return false;
			if (same && !path[1]) {
				site->key = key;
				return measure(walk, site);
			}
			if (!same && !skip(walk))
				return false;
			deeper = same;
			site->empty = false;
			site->end = walk->last;
		}
		path++;
		site->missing++;
	}
	return false;
}

/* The value at `path` in the text, NULL when it is not there; *read: it is YAML as content has it. */
static const struct tree *value_at(const struct buf *yaml, const char *const *path, struct arena *arena, bool *read)
{
	struct faults faults = {0};
	struct reading in = {"", &faults, arena, NULL};
	const struct tree *node = tree_read(&in, yaml->len ? yaml->data : "", yaml->len, 1);

	*read = node && node->kind == TREE_MAP;
	for (; node && *path; path++)
		node = tree_find(node, *path);
	faults_finish(&faults);
	return node;
}

/* YAML 1.1 also ends a line at a lone carriage return, U+0085, U+2028 and U+2029; what is edited here is lines of \n. */
static bool has_other_lines(const struct buf *yaml)
{
	for (size_t i = 0; i < yaml->len; i++) {
		const char *at = yaml->data + i; /* behind the last byte is a zero */

		if ((at[0] == '\r' && at[1] != '\n') || strncmp(at, "\xc2\x85", 2) == 0 ||
		    strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0)
			return true;
	}
	return false;
}

static bool locate(const struct buf *yaml, const char *const *path, struct site *site)
{
	struct arena arena = {0};
	static const char *const top[] = {NULL};
	struct walk walk = {.bytes = yaml->len ? yaml->data : "", .len = yaml->len};
	bool ok;

	*site = (struct site){0};
	value_at(yaml, top, &arena, &ok); /* its limits are ours, and its keys are texts */
	arena_finish(&arena);
	if (!ok || has_other_lines(yaml) || !yaml_parser_initialize(&walk.parser))
		return false;
	yaml_parser_set_encoding(&walk.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&walk.parser, (const unsigned char *)walk.bytes, walk.len);
	do
		ok = next(&walk);
	while (ok && walk.event.type != YAML_MAPPING_START_EVENT && walk.event.type != YAML_STREAM_END_EVENT);
	ok = ok && find(&walk, path, site);
	yaml_event_delete(&walk.event);
	yaml_parser_delete(&walk.parser);
	return ok;
}

static bool replace(const struct buf *yaml, size_t start, size_t end, const char *text, size_t len, struct buf *out)
{
	const char *bytes = yaml->len ? yaml->data : "";

	return buf_append(out, bytes, start) && buf_append(out, text, len) &&
	       buf_append(out, bytes + end, yaml->len - end);
}

/* Where the line that holds `at` ends, behind its comment. */
static size_t line_end(const struct buf *yaml, size_t at)
{
	const char *newline = at < yaml->len ? memchr(yaml->data + at, '\n', yaml->len - at) : NULL;

	return newline ? (size_t)(newline - yaml->data) + 1 : yaml->len;
}

static size_t line_start(const struct buf *yaml, size_t at)
{
	while (at > 0 && yaml->data[at - 1] != '\n')
		at--;
	return at;
}

/* A whole line behind the one that ends with a value. A file's last line may lack its end. */
static bool insert_line(const struct buf *yaml, size_t after, const char *text, size_t len, struct buf *out)
{
	/* The end of a block text is the start of the next line. */
	bool at_start = after > 0 && yaml->data[after - 1] == '\n';
	size_t at = at_start ? after : line_end(yaml, after);
	bool bare = at > 0 && yaml->data[at - 1] != '\n';

	return buf_append(out, yaml->data, at) && (!bare || buf_append(out, "\n", 1)) && buf_append(out, text, len) &&
	       buf_append(out, yaml->data + at, yaml->len - at);
}

/* "key: value", and for more keys "key: {key: value}". */
static bool add_entry(const struct buf *yaml, const struct site *site, const char *const *path, const char *value,
		      struct buf *out)
{
	struct buf text = {0};
	const char *const *key = path + site->missing;
	size_t braces = 0;
	bool ok = true;

	if (site->flow)
		ok = site->empty || buf_append_text(&text, ", ");
	else
		ok = buf_printf(&text, "%*s", (int)site->column, "");
	for (; ok && *key; key++) {
		ok = edit_quote(&text, *key) && buf_append_text(&text, key[1] ? ": {" : ": ");
		braces += key[1] != NULL;
	}
	ok = ok && buf_append_text(&text, value);
	for (; ok && braces > 0; braces--)
		ok = buf_append_text(&text, "}");
	ok = ok && (site->flow || buf_append_text(&text, "\n"));
	ok = ok && (site->flow ? replace(yaml, site->end, site->end, text.data, text.len, out)
			       : insert_line(yaml, site->end, text.data, text.len, out));
	buf_finish(&text);
	return ok;
}

static bool set_value(const struct buf *yaml, const struct site *site, const char *value, struct buf *out)
{
	const char *before = site->start > 0 && yaml->data[site->start - 1] == ':' ? " " : "";
	bool line = site->end > site->start && yaml->data[site->end - 1] == '\n';
	struct buf text = {0};
	bool ok = buf_printf(&text, "%s%s%s", before, value, line ? "\n" : "") &&
		  replace(yaml, site->start, site->end, text.data, text.len, out);

	buf_finish(&text);
	return ok;
}

/* What may stand between two entries of a flow map. */
static bool is_gap(char c)
{
	return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '\t';
}

static bool take_away(const struct buf *yaml, const struct site *site, struct buf *out)
{
	size_t start = site->key;
	size_t end = site->end;
	const char *bytes = yaml->data;

	if (!site->flow) {
		end = end > 0 && bytes[end - 1] == '\n' ? end : line_end(yaml, end);
		return replace(yaml, line_start(yaml, start), end, "", 0, out);
	}
	while (end < yaml->len && is_gap(bytes[end]))
		end++;
	if (end < yaml->len && bytes[end] == '}')
		while (start > 0 && is_gap(bytes[start - 1]))
			start--;
	return replace(yaml, start, end, "", 0, out);
}

static bool add_item(const struct buf *yaml, const struct site *site, const char *value, struct buf *out)
{
	struct buf text = {0};
	bool ok;

	if (site->block) {
		ok = buf_printf(&text, "%*s- %s\n", (int)site->item_column, "", value) &&
		     insert_line(yaml, site->end, text.data, text.len, out);
	} else {
		/* Before the spaces and comments that may stand before "]". */
		ok = buf_printf(&text, ", %s", value) &&
		     replace(yaml, site->items_end, site->items_end, text.data, text.len, out);
	}
	buf_finish(&text);
	return ok;
}

/* Whether a text may begin like this without quotes: with a letter or a digit. */
static bool plain_start(unsigned char c)
{
	bool ascii = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

	/* EF and F4 begin marks and characters that libyaml does not print. */
	return ascii || (c >= 0xc2 && c != 0xef && c != 0xf4);
}

static bool is_plain(const char *text)
{
	size_t len = strlen(text);

	return plain_start((unsigned char)*text) && text[len - 1] != ' ' && text[len - 1] != ':' &&
	       !strstr(text, ": ") && !strstr(text, " #") && !strpbrk(text, "[]{},\"'\\\t\r\n");
}

bool edit_quote(struct buf *out, const char *text)
{
	bool plain = is_plain(text);
	bool ok = plain || buf_append_text(out, "\"");

	for (; ok && *text; text++)
		ok = (plain || (*text != '"' && *text != '\\') || buf_append_text(out, "\\")) &&
		     buf_append(out, text, 1);
	return ok && (plain || buf_append_text(out, "\""));
}

/* ---- what is asked, what came of it */

static bool list_holds(const struct tree *list, const char *value)
{
	for (const struct tree *item = list && list->kind == TREE_LIST ? list->first : NULL; item; item = item->next)
		if (item->kind == TREE_TEXT && strcmp(item->text, value) == 0)
			return true;
	return false;
}

/* Whether two values are the same: texts, and lists of them. */
static bool equal(const struct tree *a, const struct tree *b)
{
	if (!a || !b || a->kind != b->kind)
		return !a && !b;
	if (a->kind == TREE_TEXT)
		return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
	const struct tree *left = a->first;
	const struct tree *right = b->first;
	for (; left && right; left = left->next, right = right->next)
		if (!equal(left, right) || (left->key && strcmp(left->key, right->key) != 0))
			return false;
	return !left && !right;
}

static const struct tree *other(const struct tree *node, const char *key)
{
	return node && strcmp(node->key, key) == 0 ? node->next : node;
}

static bool map_or_none(const struct tree *node)
{
	return !node || node->kind == TREE_MAP;
}

/* Whether every value but that at the path is what it was, in its order. */
static bool others_equal(const struct tree *old, const struct tree *new, const char *const *path)
{
	if (!map_or_none(old) || !map_or_none(new))
		return false;
	const struct tree *left = other(old ? old->first : NULL, *path);
	const struct tree *right = other(new ? new->first : NULL, *path);
	for (; left && right; left = other(left->next, *path), right = other(right->next, *path))
		if (strcmp(left->key, right->key) != 0 || !equal(left, right))
			return false;
	const struct tree *left_here = tree_find(old, *path);
	const struct tree *right_here = tree_find(new, *path);
	bool deeper = path[1] && left_here && right_here;
	return !left && !right && (!deeper || others_equal(left_here, right_here, path + 1));
}

static void swap(struct buf *a, struct buf *b)
{
	struct buf old = *a;

	*a = *b;
	*b = old;
}

/* The edited text becomes the text, when it reads as meant: `value` (NULL: nothing) at the path. */
static bool accept(struct buf *yaml, struct buf *edited, const char *const *path, const char *value, struct err *err)
{
	static const char *const key[] = {"v", NULL};
	struct arena arena = {0};
	struct buf wanted = {0};
	bool wanted_read = true;
	bool old_read;
	bool read;
	static const char *const top[] = {NULL};
	const struct tree *is = value_at(edited, path, &arena, &read);
	const struct tree *old = value_at(yaml, top, &arena, &old_read);
	const struct tree *new = value_at(edited, top, &arena, &read);
	bool ok = !value || buf_printf(&wanted, "v: %s\n", value);
	const struct tree *should = value && ok ? value_at(&wanted, key, &arena, &wanted_read) : NULL;

	ok = ok && old_read && (read || (!value && !new)) && wanted_read && equal(is, should) &&
	     others_equal(old, new, path);
	if (ok)
		swap(yaml, edited);
	else
		err_set(err, ERR_FORMAT, "\"%s\" cannot be changed by the program; change it with a text editor",
			path[0]);
	buf_finish(&wanted);
	arena_finish(&arena);
	return ok;
}

static bool refuse(struct err *err, const char *const *path)
{
	return err_set(err, ERR_FORMAT, "\"%s\" cannot be found: this is not YAML as content has it", path[0]);
}

/* The text with the value set, before anybody has looked whether it reads as meant. */
static bool apply(const struct buf *yaml, const char *const *path, const char *value, struct buf *out, struct err *err)
{
	struct site site;

	if (!locate(yaml, path, &site))
		return refuse(err, path);
	bool ok = !site.found && !value ? buf_append(out, yaml->len ? yaml->data : "", yaml->len)
		  : !site.found         ? add_entry(yaml, &site, path, value, out)
		  : value               ? set_value(yaml, &site, value, out)
					: take_away(yaml, &site, out);
	return ok || err_memory(err);
}

/* To do it once more must change nothing: else something of the layout was not understood. */
static bool is_settled(const struct buf *edited, const char *const *path, const char *value)
{
	struct buf again = {0};
	struct err ignored = {0};
	bool ok = apply(edited, path, value, &again, &ignored) && again.len == edited->len &&
		  (again.len == 0 || memcmp(again.data, edited->data, again.len) == 0);

	buf_finish(&again);
	return ok;
}

static bool set(struct buf *yaml, const char *const *path, const char *value, struct err *err)
{
	struct buf edited = {0};
	bool ok = apply(yaml, path, value, &edited, err);

	if (ok && !is_settled(&edited, path, value))
		ok = refuse(err, path);
	ok = ok && accept(yaml, &edited, path, value, err);
	buf_finish(&edited);
	return ok;
}

bool edit_text(struct buf *yaml, const char *const *path, const char *value, struct err *err)
{
	struct buf quoted = {0};
	bool ok = !value || edit_quote(&quoted, value) || err_memory(err);

	ok = ok && set(yaml, path, value ? quoted.data : NULL, err);
	buf_finish(&quoted);
	return ok;
}

static bool quote_list(struct buf *out, const char *const *values, size_t count)
{
	bool ok = buf_append_text(out, "[");

	for (size_t i = 0; ok && i < count; i++)
		ok = (i == 0 || buf_append_text(out, ", ")) && edit_quote(out, values[i]);
	return ok && buf_append_text(out, "]");
}

bool edit_list(struct buf *yaml, const char *const *path, const char *const *values, size_t count, struct err *err)
{
	struct buf list = {0};
	bool ok = quote_list(&list, values, count) || err_memory(err);

	ok = ok && set(yaml, path, count > 0 ? list.data : NULL, err);
	buf_finish(&list);
	return ok;
}

/* The edited text has one entry more at the end of its list, and nothing else is changed. */
static bool has_grown(const struct buf *yaml, const struct buf *edited, const char *const *path)
{
	static const char *const top[] = {NULL};
	struct arena arena = {0};
	bool old_read;
	bool read;
	const struct tree *old = value_at(yaml, path, &arena, &old_read);
	const struct tree *new = value_at(edited, path, &arena, &read);
	bool ok = old && new && old->kind == TREE_LIST &&new->kind == TREE_LIST &&new->count == old->count + 1 &&
		  others_equal(value_at(yaml, top, &arena, &old_read), value_at(edited, top, &arena, &read), path);
	const struct tree *right = new ? new->first : NULL;

	for (const struct tree *left = ok ? old->first : NULL; ok && left; left = left->next, right = right->next)
		ok = equal(left, right);
	arena_finish(&arena);
	return ok;
}

bool edit_add_entry(struct buf *yaml, const char *const *path, const char *entry, struct err *err)
{
	struct buf edited = {0};
	struct site site;
	bool ok = locate(yaml, path, &site) || refuse(err, path);

	if (ok && !add_item(yaml, &site, entry, &edited))
		ok = err_memory(err);
	if (ok && !has_grown(yaml, &edited, path))
		ok = err_set(err, ERR_FORMAT, "\"%s\" cannot be added to \"%s\" by the program; use a text editor",
			     entry, path[0]);
	if (ok)
		swap(yaml, &edited);
	buf_finish(&edited);
	return ok;
}

bool edit_add_comment(struct buf *yaml, const char *const *path, const char *comment, struct err *err)
{
	struct buf edited = {0};
	struct buf text = {0};
	struct site site;
	bool ok = locate(yaml, path, &site) || refuse(err, path);

	if (ok && !site.block)
		ok = err_set(err, ERR_FORMAT, "\"%s\" is no list in lines of their own", path[0]);
	if (ok && !(buf_printf(&text, "%*s# %s\n", (int)site.item_column, "", comment) &&
		    insert_line(yaml, site.end, text.data, text.len, &edited)))
		ok = err_memory(err);
	if (ok)
		swap(yaml, &edited);
	buf_finish(&text);
	buf_finish(&edited);
	return ok;
}

bool edit_add(struct buf *yaml, const char *const *path, const char *value, struct err *err)
{
	struct arena arena = {0};
	bool read;
	const struct tree *list = value_at(yaml, path, &arena, &read);
	bool there = list_holds(list, value);
	bool empty = !list || list->kind == TREE_TEXT || list->count == 0;

	arena_finish(&arena);
	if (there)
		return true;
	if (empty)
		return edit_list(yaml, path, &value, 1, err);
	struct buf quoted = {0};
	bool ok = (edit_quote(&quoted, value) || err_memory(err)) && edit_add_entry(yaml, path, quoted.data, err);
	buf_finish(&quoted);
	return ok;
}
