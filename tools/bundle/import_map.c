#include "bundle/import_map.h"

#include "base/array.h"
#include "base/message.h"
#include "bundle/record.h"
#include "bundle/shaped.h"
#include "content/records.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct map_reading {
	const struct reading *in;
	const struct tree *columns, *values, *always;
	const struct table *table;
	const struct import_site *site;
	struct import_map *out;
};

static const char *keep(const struct reading *in, const char *text)
{
	if (!text)
		in->faults->no_memory = true;
	return text ? text : "";
}

static bool told_none(const struct reading *in, size_t before)
{
	return in->faults->errors == before && !in->faults->no_memory;
}

/* The column that a key names; -1: told. */
static int find_column(const struct map_reading *map, const struct tree *node)
{
	const struct table *table = map->table;
	int column = node->kind == TREE_TEXT ? table_column(table, node->text) : -1;

	if (column < 0)
		fault_error(map->in->faults, map->in->path, node->line, "the table has no column \"%s\"%s",
			    node->kind == TREE_TEXT ? node->text : "",
			    reading_suggest(map->in, node->kind == TREE_TEXT ? node->text : "", table->columns,
					    table->column_count));
	return column;
}

/* The keys of a place that can be imported; the count. */
static size_t field_keys(const char *keys[IMPORT_FIELDS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < place_shape.count; i++) {
		const struct shape_field *field = &place_shape.fields[i];

		if (!(field->flags & SHAPE_DERIVED) && strcmp(field->key, "id") != 0)
			keys[count++] = field->key;
	}
	return count;
}

static void add_field(struct map_reading *map, const struct shape_field *shape, const struct tree *column,
		      const struct tree *always, const char *lang)
{
	const struct reading *in = map->in;
	struct import_field *field = &map->out->fields[map->out->count++];

	*field = (struct import_field){.shape = shape, .lang = lang, .column = -1};
	field->name = lang ? keep(in, arena_printf(in->arena, "%s.%s", shape->key, lang)) : shape->key;
	field->values = tree_find(map->values, shape->key);
	if (always) {
		if (always->kind != TREE_TEXT)
			fault_error(in->faults, in->path, always->line,
				    "always: %s must be a text; write several as \"a, b\"", shape->key);
		field->always = always->kind == TREE_TEXT ? always->text : "";
		field->what = keep(in, arena_printf(in->arena, "always: %s", shape->key));
		return;
	}
	field->column = find_column(map, column);
	field->what = keep(in, arena_printf(in->arena, _("column %d \"%s\""), field->column + 1,
					    field->column < 0 ? "" : map->table->columns[field->column]));
}

static bool holds_maps(const struct tree *values)
{
	for (const struct tree *value = values ? values->first : NULL; value; value = value->next)
		if (value->kind == TREE_MAP)
			return true;
	return false;
}

/* Whether the map says where a key comes from: once, or for what a place can be without, not at all. */
static bool is_asked(const struct map_reading *map, const struct shape_field *shape, const struct tree *column,
		     const struct tree *always)
{
	if (column && always)
		fault_error(map->in->faults, map->in->path, always->line,
			    "\"%s\" stands in columns and in always; allowed: in one of them", shape->key);
	if (!column && !always && shape->flags & SHAPE_REQUIRED)
		fault_error(map->in->faults, map->in->path, 1, "\"%s\" is missing in columns and in always",
			    shape->key);
	return column || always;
}

static void read_field(struct map_reading *map, const struct shape_field *shape)
{
	bool translated = shape->flags & SHAPE_TRANSLATED;
	const char *from = shape->key;

	if (strcmp(from, "danish") == 0 && !tree_find(map->columns, from) && !tree_find(map->always, from))
		from = "name";
	const struct tree *column = tree_find(map->columns, from);
	const struct tree *always = tree_find(map->always, from);
	if (!is_asked(map, shape, column, always))
		return;
	bool everywhere = strcmp(shape->key, "name") == 0 || holds_maps(tree_find(map->values, shape->key));
	size_t count = translated && everywhere ? map->site->language_count : 1;
	for (size_t i = 0; i < count && map->out->count < IMPORT_FIELDS_MAX; i++)
		add_field(map, shape, column, always, translated ? map->site->languages[i] : NULL);
}

static void read_id(struct map_reading *map, const struct tree *root)
{
	const struct tree *id = tree_find(root, "id");
	const struct tree *node = id && id->kind == TREE_LIST ? id->first : id;

	if (!id || id->kind == TREE_MAP || (id->kind == TREE_LIST && (id->count == 0 || id->count > IMPORT_ID_COLUMNS)))
		fault_error(map->in->faults, map->in->path, id ? id->line : 1,
			    "id must name one to four columns, such as [Forening, By]");
	else
		for (; node; node = id->kind == TREE_LIST ? node->next : NULL)
			map->out->id_columns[map->out->id_count++] = find_column(map, node);
}

/* What stands for a column's word: a text, or for what is translated perhaps one for each language. */
static void check_value(const struct map_reading *map, const struct shape_field *shape, const struct tree *value)
{
	const struct import_site *site = map->site;

	if (value->kind == TREE_TEXT)
		return;
	if (!(shape->flags & SHAPE_TRANSLATED) || value->kind != TREE_MAP) {
		fault_error(map->in->faults, map->in->path, value->line, "%s: \"%s\" must be a text", shape->key,
			    value->key);
		return;
	}
	record_keys(map->in, value, value->key, site->languages, site->language_count);
	for (const struct tree *text = value->first; text; text = text->next)
		if (text->kind != TREE_TEXT)
			fault_error(map->in->faults, map->in->path, text->line, "%s (%s) must be a text", value->key,
				    text->key);
}

static void check_values(const struct map_reading *map)
{
	for (const struct tree *key = map->values ? map->values->first : NULL; key; key = key->next) {
		const struct tree *value = key->kind == TREE_MAP ? key->first : NULL;

		if (key->kind != TREE_MAP)
			fault_error(map->in->faults, map->in->path, key->line, "values of %s must be a map", key->key);
		for (; value; value = value->next)
			check_value(map, shaped_find(&place_shape, key->key), value);
	}
}

bool import_map_read(const struct reading *in, const struct tree *root, const struct table *table,
		     const struct import_site *site, struct import_map *out)
{
	static const char *const keys[] = {"id", "columns", "values", "always"};
	const char *fields[IMPORT_FIELDS_MAX];
	size_t field_count = field_keys(fields);
	size_t errors = in->faults->errors;
	struct map_reading map = {
		in, tree_find(root, "columns"), tree_find(root, "values"), tree_find(root, "always"), table, site, out};
	const struct tree *const parts[] = {map.columns, map.values, map.always};

	*out = (struct import_map){.path = in->path};
	if (!record_keys(in, root, N_("the map of an import"), keys, ARRAY_LEN(keys)))
		return false;
	if (!map.columns)
		fault_error(in->faults, in->path, 1, "\"columns\" is missing");
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		record_keys(in, parts[i], keys[i + 1], fields, field_count);
	if (!told_none(in, errors))
		return false;
	check_values(&map);
	read_id(&map, root);
	for (size_t i = 0; i < field_count; i++)
		read_field(&map, shaped_find(&place_shape, fields[i]));
	return told_none(in, errors);
}

/* ---- what a row says */

/* The Danish text is the column's own when the map gives only translations; "" in a language it lacks. */
static const char *said_in(const struct tree *value, const char *lang, const struct import_site *site)
{
	const struct tree *text = tree_find(value, lang ? lang : "");

	if (value->kind == TREE_TEXT)
		return value->text;
	return text ? text->text : lang && strcmp(lang, site->languages[0]) == 0 ? value->key : "";
}

/* What `values` make of a text; NULL: told. */
static const char *looked_up(const struct reading *in, const struct import_map *map, const struct import_field *field,
			     const struct table_row *row, const struct import_site *site, const char *text)
{
	const char *known[60];
	size_t count = 0;
	const struct tree *value = tree_find(field->values, text);

	if (value || !field->values)
		return value ? said_in(value, field->lang, site) : text;
	for (const struct tree *node = field->values->first; node && count < ARRAY_LEN(known); node = node->next)
		known[count++] = node->key;
	if (field->lang && strcmp(field->lang, site->languages[0]) != 0)
		return NULL; /* told of the Danish */
	fault_error(in->faults, in->path, row->line, "%s says \"%.60s\", which values: %s: in %s lacks%s", field->what,
		    text, field->shape->key, map->path, reading_suggest(in, text, known, count));
	return NULL;
}

/* Eight digits in pairs, as they are written in Denmark; anything else stays. */
static const char *tidy_phone(const struct reading *in, const char *text)
{
	char digits[9];
	size_t count = 0;

	if (strncmp(text, "+45", 3) == 0)
		text += 3;
	for (const char *c = text; *c; c++) {
		if (*c == ' ')
			continue;
		if (*c < '0' || *c > '9' || count == 8)
			return text;
		digits[count++] = *c;
	}
	return count < 8 ? text
			 : keep(in, arena_printf(in->arena, "%.2s %.2s %.2s %.2s", digits, digits + 2, digits + 4,
						 digits + 6));
}

static const char *tidy_web(const struct reading *in, const char *text)
{
	if (strncasecmp(text, "https://", 8) == 0)
		text += 8;
	else if (strncasecmp(text, "http://", 7) == 0)
		text += 7;
	size_t len = strlen(text);
	len -= len > 0 && text[len - 1] == '/';
	return keep(in, arena_text(in->arena, text, len));
}

static bool flag_value(const struct reading *in, const struct import_field *field, size_t line, const char *text,
		       const char **out)
{
	static const char *const words[] = {"yes", "ja", "x", "1", "no", "nej", "0"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcasecmp(text, words[i]) == 0) {
			*out = i < 4 ? "yes" : NULL;
			return true;
		}
	fault_error(in->faults, in->path, line, "%s says \"%.60s\"; allowed: ja, nej, yes, no, x, 1, 0", field->what,
		    text);
	return false;
}

static bool formed(const struct reading *in, const struct import_field *field, size_t line, const char *text)
{
	if (field->shape->form->valid(text))
		return true;
	fault_error(in->faults, in->path, line, "%s: \"%.60s\" is not allowed; allowed: %s", field->what, text,
		    field->shape->form->allowed);
	return false;
}

/* One text, or one entry of a list. */
static bool one_value(const struct reading *in, const struct import_field *field, size_t line, const char *text,
		      const char **out)
{
	const struct shape_field *shape = field->shape;

	*out = text;
	if (shape->type == SHAPE_FLAG)
		return flag_value(in, field, line, text, out);
	if (shape->type == SHAPE_CHOICE && shape_choice(shape->names, text) < 0) {
		size_t count = 0;

		while (shape->names[count])
			count++;
		fault_error(in->faults, in->path, line, "%s: \"%.60s\" is unknown%s", field->what, text,
			    reading_suggest(in, text, shape->names, count));
		return false;
	}
	if (shape->type == SHAPE_FORMED || shape->type == SHAPE_FORMS)
		return formed(in, field, line, text);
	if (shape->type != SHAPE_TEXT)
		return true;
	if (strcmp(shape->key, "phone") == 0)
		text = tidy_phone(in, text);
	if (strcmp(shape->key, "web") == 0)
		text = tidy_web(in, text);
	*out = reading_text(in, line, field->what, text, strlen(text), (size_t)shape->chars);
	return *out;
}

static bool known_activity(const struct reading *in, const struct import_field *field, size_t line, const char *id,
			   const struct import_site *site)
{
	if (!(field->shape->flags & SHAPE_ACTIVITY))
		return true;
	for (size_t i = 0; i < site->activity_count; i++)
		if (strcmp(site->activities[i], id) == 0)
			return true;
	fault_error(in->faults, in->path, line, "%s: activities.yaml has no \"%s\"%s", field->what, id,
		    reading_near(in, id, site->activities, site->activity_count));
	return false;
}

static bool list_value(const struct reading *in, const struct import_map *map, const struct import_field *field,
		       const struct table_row *row, const char *text, const struct import_site *site, const char **out)
{
	struct buf list = {0};
	bool ok = true;

	while (ok && *text) {
		size_t len = strcspn(text, ",;/");
		size_t used = len;

		while (used > 0 && text[used - 1] == ' ')
			used--;
		const char *entry = keep(in, arena_text(in->arena, text, used));
		text += len + (text[len] != '\0');
		text += strspn(text, " ");
		if (!*entry)
			continue;
		entry = looked_up(in, map, field, row, site, entry);
		ok = entry && one_value(in, field, row->line, entry, &entry) &&
		     known_activity(in, field, row->line, entry, site);
		if (ok && !buf_printf(&list, "%s%s", list.len ? ", " : "", entry))
			in->faults->no_memory = true;
	}
	*out = ok && list.len ? keep(in, arena_text(in->arena, list.data, list.len)) : NULL;
	buf_finish(&list);
	return ok;
}

bool import_map_value(const struct reading *in, const struct import_map *map, const struct import_field *field,
		      const struct table_row *row, const struct import_site *site, const char **out)
{
	const char *text = field->column < 0 ? field->always : row->cells[field->column];

	*out = NULL;
	if (!*text) {
		if (field->shape->flags & SHAPE_REQUIRED)
			fault_error(in->faults, in->path, row->line, "%s is empty; a place must have it", field->what);
		return !(field->shape->flags & SHAPE_REQUIRED);
	}
	if (field->shape->type == SHAPE_FORMS)
		return list_value(in, map, field, row, text, site, out);
	text = looked_up(in, map, field, row, site, text);
	return text && (!*text || one_value(in, field, row->line, text, out));
}
