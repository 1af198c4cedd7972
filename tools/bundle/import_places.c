#include "bundle/import_places.h"

#include "base/file.h"
#include "base/message.h"
#include "bundle/edit.h"
#include "bundle/import_map.h"
#include "bundle/shaped.h"
#include "bundle/slug.h"
#include "bundle/source.h"
#include "content/records.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A row on its way to a place. */
struct listed {
	const char *id;
	const struct table_row *row;
	const char *values[IMPORT_FIELDS_MAX];
	bool sound;
};

struct merge {
	struct import_places *import;
	struct arena *arena;
	struct plan *plan;
	struct reading table_in, map_in, past_in;
	struct import_site site;
	struct table table, past;     /* the list; what was written last */
	struct table_row **past_rows; /* ascending by id */
	struct import_map map;
	struct listed *listed; /* ascending by id */
	size_t listed_count;
	const char *list; /* the file's name, for the comment */
};

/* ---- what is there */

static int compare_past(const void *a, const void *b)
{
	return strcmp((*(struct table_row *const *)a)->cells[0], (*(struct table_row *const *)b)->cells[0]);
}

static bool load_past(struct merge *merge, struct err *err)
{
	struct buf bytes = {0};
	bool ok = import_site_load(AT_FDCWD, merge->past_in.path, TABLE_BYTES_MAX, true, &bytes, err);

	if (ok && bytes.len > 0)
		ok = (table_read(&merge->past_in, bytes.data, bytes.len, &merge->past) &&
		      strcmp(merge->past.columns[0], "id") == 0) ||
		     err_set(err, ERR_FORMAT, "%s is not what an import wrote; put back the last one that was",
			     merge->past_in.path);
	buf_finish(&bytes);
	if (!ok)
		return false;
	merge->past_rows = arena_array(merge->arena, merge->past.row_count + 1, sizeof(struct table_row *));
	if (!merge->past_rows)
		return err_memory(err);
	for (size_t i = 0; i < merge->past.row_count; i++)
		merge->past_rows[i] = &merge->past.rows[i];
	if (merge->past.row_count > 0)
		qsort(merge->past_rows, merge->past.row_count, sizeof(struct table_row *), compare_past);
	return true;
}

static const struct table_row *find_past(const struct merge *merge, const char *id)
{
	struct table_row row = {.cells = &id};
	struct table_row *key = &row;
	struct table_row **found = merge->past.row_count == 0 ? NULL
							      : bsearch(&key, merge->past_rows, merge->past.row_count,
									sizeof(struct table_row *), compare_past);
	return found ? *found : NULL;
}

/* ---- what the list says */

static bool read_row(struct merge *merge, const struct table_row *row, struct listed *out)
{
	const struct reading *in = &merge->table_in;
	char id[ID_MAX];
	struct buf name = {0};
	bool ok = true;

	*out = (struct listed){.row = row, .sound = row->sound};
	for (size_t i = 0; ok && i < merge->map.id_count; i++)
		ok = buf_printf(&name, "%s%s", i ? " " : "", row->cells[merge->map.id_columns[i]]);
	slug_make(ok && name.len > 0 ? name.data : "", id);
	buf_finish(&name);
	out->id = arena_text(merge->arena, id, strlen(id));
	if (!ok || !out->id)
		return false;
	if (!*id) {
		fault_error(in->faults, in->path, row->line,
			    "no name for a file can be made of column %d \"%s\": it has no letter a-z and no digit",
			    merge->map.id_columns[0] + 1, merge->table.columns[merge->map.id_columns[0]]);
		out->sound = false;
	}
	for (size_t f = 0; f < merge->map.count && row->sound; f++)
		out->sound =
			import_map_value(in, &merge->map, &merge->map.fields[f], row, &merge->site, &out->values[f]) &&
			out->sound;
	return true;
}

static int compare_listed(const void *a, const void *b)
{
	const struct listed *left = a;
	const struct listed *right = b;
	int order = strcmp(left->id, right->id);

	return order != 0 ? order : (left->row->line > right->row->line) - (left->row->line < right->row->line);
}

/* Of several rows that would be one place none is taken: nobody knows which is meant. */
static void refuse_twins(struct merge *merge)
{
	const struct reading *in = &merge->table_in;

	for (size_t i = 1; i < merge->listed_count; i++) {
		struct listed *before = &merge->listed[i - 1];
		struct listed *row = &merge->listed[i];

		if (!*row->id || strcmp(before->id, row->id) != 0)
			continue;
		fault_error(in->faults, in->path, row->row->line,
			    "the same name as in line %zu gives the same file places/%s.yaml; name more columns at id",
			    before->row->line, row->id);
		before->sound = row->sound = false;
	}
}

static bool read_rows(struct merge *merge, struct err *err)
{
	const struct reading *in = &merge->table_in;

	if (merge->table.row_count > PLACES_MAX) {
		fault_error(in->faults, in->path, merge->table.rows[PLACES_MAX].line,
			    "the list has %zu rows; at most %d places are allowed", merge->table.row_count, PLACES_MAX);
		return err_set(err, ERR_FORMAT, "the list is too long");
	}
	merge->listed = arena_array(merge->arena, merge->table.row_count + 1, sizeof(*merge->listed));
	if (!merge->listed)
		return err_memory(err);
	for (size_t i = 0; i < merge->table.row_count; i++)
		if (!read_row(merge, &merge->table.rows[i], &merge->listed[merge->listed_count++]))
			return err_memory(err);
	if (merge->listed_count > 0)
		qsort(merge->listed, merge->listed_count, sizeof(*merge->listed), compare_listed);
	refuse_twins(merge);
	return true;
}

/* ---- what a place says now */

/* As import_map_value() gives it. */
static const char *present_value(const struct merge *merge, const struct import_field *field, const struct tree *place)
{
	const struct tree *node = tree_find(place, field->shape->key);
	struct buf list = {0};
	bool ok = true;

	if (field->lang)
		node = tree_find(node, field->lang);
	if (!node || node->kind == TREE_TEXT)
		return node && node->len > 0 ? node->text : NULL;
	for (const struct tree *item = node->kind == TREE_LIST ? node->first : NULL; item; item = item->next)
		ok = ok && buf_printf(&list, "%s%s", list.len ? ", " : "", item->text ? item->text : "");
	const char *text = ok && list.len ? arena_text(merge->arena, list.data, list.len) : NULL;
	buf_finish(&list);
	return text;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

/* What was written last; false: it was never asked for. */
static bool past_value(const struct merge *merge, const struct import_field *field, const struct table_row *row,
		       const char **out)
{
	int column = table_column(&merge->past, field->name);

	*out = column >= 0 && *row->cells[column] ? row->cells[column] : NULL;
	return column >= 0;
}

static bool write_value(struct merge *merge, const struct import_field *field, const char *value, struct buf *yaml,
			struct err *err)
{
	const char *path[] = {field->shape->key, field->lang, NULL};
	const char *entries[64];
	size_t count = 0;

	if (field->shape->type != SHAPE_FORMS || !value)
		return edit_text(yaml, path, value, err);
	while (*value && count < 64) {
		size_t len = strcspn(value, ",");

		entries[count] = arena_text(merge->arena, value, len);
		if (!entries[count++])
			return err_memory(err);
		value += len + strspn(value + len, ", ");
	}
	return edit_list(yaml, path, entries, count, err);
}

/* ---- made_from */

static const char *text_in(const struct tree *place, const char *key, const char *lang)
{
	const struct tree *node = tree_find(tree_find(place, key), lang);

	return node && node->kind == TREE_TEXT && node->len > 0 ? node->text : NULL;
}

static const char *row_text(const struct merge *merge, const struct listed *row, const char *key, const char *lang)
{
	for (size_t f = 0; f < merge->map.count; f++) {
		const struct import_field *field = &merge->map.fields[f];

		if (field->lang && strcmp(field->shape->key, key) == 0 && strcmp(field->lang, lang) == 0)
			return row->values[f];
	}
	return NULL;
}

/* Whatever stands in the language came from the list together with the Danish beside it. */
static bool all_listed(const struct merge *merge, const struct listed *row, const struct tree *place, const char *lang)
{
	const char *source = merge->site.languages[0];

	for (size_t f = 0; f < place_shape.count; f++) {
		const char *key = place_shape.fields[f].key;
		const char *text = place_shape.fields[f].flags & SHAPE_TRANSLATED ? text_in(place, key, lang) : NULL;

		if (text && (!same(text, row_text(merge, row, key, lang)) ||
			     !same(text_in(place, key, source), row_text(merge, row, key, source))))
			return false;
	}
	return text_in(place, "name", lang);
}

static const char *revision_of(struct merge *merge, const struct tree *place)
{
	struct source source = {.faults = merge->table_in.faults};
	struct place record = {0};

	for (size_t f = 0; f < place_shape.count; f++)
		if (place_shape.fields[f].flags & SHAPE_TRANSLATED)
			*shape_text(&place_shape.fields[f], &record) =
				text_in(place, place_shape.fields[f].key, merge->site.languages[0]);
	const char *revision = shaped_revision(&source, &place_shape, &record);
	const char *kept = revision ? arena_text(merge->arena, revision, strlen(revision)) : NULL;
	arena_finish(&source.arena);
	return kept;
}

static const struct tree *tree_of(struct merge *merge, const char *path, const struct buf *yaml)
{
	struct reading in = {path, merge->table_in.faults, merge->arena, NULL};

	return tree_read(&in, yaml->len ? yaml->data : "", yaml->len, 1);
}

static bool write_origins(struct merge *merge, const struct listed *row, const char *path, struct buf *yaml,
			  struct err *err)
{
	const struct tree *place = tree_of(merge, path, yaml);
	const char *revision = place ? revision_of(merge, place) : NULL;

	if (!revision)
		return err_set(err, ERR_FORMAT, "%s: cannot be read again", path);
	for (size_t i = 1; i < merge->site.language_count; i++) {
		const char *made[] = {"made_from", merge->site.languages[i], NULL};

		if (all_listed(merge, row, place, merge->site.languages[i]) && !edit_text(yaml, made, revision, err))
			return err_context(err, "%s", path);
	}
	return true;
}

/* ---- rows become steps */

/* A row of what was written, or of what was before. */
static bool record_row(struct merge *merge, const char *id, const char *const *values, const struct table_row *past)
{
	bool ok = table_write_cell(&merge->import->record, id, merge->map.count == 0);

	for (size_t f = 0; ok && f < merge->map.count; f++) {
		const char *value = values ? values[f] : NULL;

		if (!values)
			past_value(merge, &merge->map.fields[f], past, &value);
		ok = table_write_cell(&merge->import->record, value ? value : "", f + 1 == merge->map.count);
	}
	return ok;
}

static bool record_columns(struct merge *merge)
{
	bool ok = table_write_cell(&merge->import->record, "id", merge->map.count == 0);

	for (size_t f = 0; ok && f < merge->map.count; f++)
		ok = table_write_cell(&merge->import->record, merge->map.fields[f].name, f + 1 == merge->map.count);
	return ok;
}

static const char *title_of(const struct merge *merge, const struct listed *row)
{
	for (size_t f = 0; f < merge->map.count; f++)
		if (strcmp(merge->map.fields[f].shape->key, "name") == 0 && row->values[f])
			return row->values[f];
	return "";
}

/* The keys in the order of the table of keys, texts of several languages below each other. */
static bool compose(struct merge *merge, const struct listed *row, struct buf *yaml)
{
	const char *before = "";
	bool ok =
		buf_printf(yaml,
			   "# From %s, by \"vejviser-bundle import places\". What you change here by hand stays as you "
			   "write it.\n",
			   merge->list);

	for (size_t f = 0; ok && f < merge->map.count; f++) {
		const struct import_field *field = &merge->map.fields[f];
		bool list = field->shape->type == SHAPE_FORMS;

		if (!row->values[f])
			continue;
		if (field->lang && strcmp(before, field->shape->key) != 0)
			ok = buf_printf(yaml, "%s:\n", field->shape->key);
		before = field->shape->key;
		ok = ok && (field->lang ? buf_printf(yaml, "  %s: ", field->lang)
					: buf_printf(yaml, "%s: ", field->shape->key));
		/* What is in a list has been looked at: ids need no quotes. */
		ok = ok && (list ? buf_printf(yaml, "[%s]", row->values[f]) : edit_quote(yaml, row->values[f])) &&
		     buf_append_text(yaml, "\n");
	}
	return ok;
}

static bool plan_new(struct merge *merge, const struct listed *row, const char *path, struct err *err)
{
	struct plan_step *step = plan_step(merge->plan, PLAN_ADD, path, title_of(merge, row));

	return ((step && compose(merge, row, &step->bytes)) || err_memory(err)) &&
	       write_origins(merge, row, path, &step->bytes, err);
}

/* One field of a place that is there: I1. */
static bool merge_field(struct merge *merge, const struct listed *row, size_t f, const struct tree *place,
			struct buf *yaml, struct buf *changed, struct buf *kept, struct err *err)
{
	const struct import_field *field = &merge->map.fields[f];
	const char *now = present_value(merge, field, place);
	const char *new = row->values[f];
	const char *past;
	bool known = past_value(merge, field, find_past(merge, row->id), &past);
	bool ok;

	if (same(now, new) || (known && same(past, new)))
		return true;
	if (known ? same(now, past) : !now) {
		ok = plan_say(changed, "%s: %s -> %s", field->name, now ? now : _("(nothing)"),
			      new ? new : _("(nothing)"));
		return ok ? write_value(merge, field, new, yaml, err) : err_memory(err);
	}
	ok = plan_say(kept, "%s: changed by hand to %s; the list now says %s", field->name, now ? now : _("(nothing)"),
		      new ? new : _("(nothing)"));
	return ok || err_memory(err);
}

/* Takes the bytes of `yaml`. */
static bool plan_changed(struct merge *merge, const struct listed *row, const char *path, struct buf *yaml,
			 const struct buf *changed, struct err *err)
{
	struct plan_step *step = plan_step(merge->plan, PLAN_CHANGE, path, title_of(merge, row));

	if (!step)
		return err_memory(err);
	if (!write_origins(merge, row, path, yaml, err))
		return false;
	step->bytes = *yaml;
	*yaml = (struct buf){0};
	return buf_append(&step->said, changed->data, changed->len) || err_memory(err);
}

static bool plan_merge(struct merge *merge, const struct listed *row, const char *path, struct buf *yaml,
		       struct err *err)
{
	const struct tree *place = tree_of(merge, path, yaml);
	struct buf changed = {0};
	struct buf kept = {0};
	bool ok = place || err_set(err, ERR_FORMAT, "%s cannot be read; check the folder first", path);

	for (size_t f = 0; ok && f < merge->map.count; f++)
		ok = merge_field(merge, row, f, place, yaml, &changed, &kept, err);
	merge->import->same += ok && changed.len == 0 && kept.len == 0;
	if (ok && changed.len > 0)
		ok = plan_changed(merge, row, path, yaml, &changed, err);
	if (ok && kept.len > 0) {
		struct plan_step *step = plan_step(merge->plan, PLAN_KEEP, path, title_of(merge, row));

		ok = (step && buf_append(&step->said, kept.data, kept.len)) || err_memory(err);
	}
	buf_finish(&changed);
	buf_finish(&kept);
	return ok;
}

static bool plan_removed_by_hand(struct merge *merge, const struct listed *row, const char *path, struct err *err)
{
	struct plan_step *step = plan_step(merge->plan, PLAN_KEEP, path, title_of(merge, row));

	return (step && plan_say(&step->said, "deleted by hand; it stays away")) || err_memory(err);
}

static bool plan_row(struct merge *merge, const struct listed *row, struct err *err)
{
	const struct reading *in = &merge->table_in;
	const struct table_row *past = find_past(merge, row->id);
	struct buf yaml = {0};
	struct err why = {0};
	char path[64];
	bool ok;

	if (!row->sound) /* I3 */
		return true;
	snprintf(path, sizeof(path), "places/%s.yaml", row->id);
	bool there = file_read(merge->import->dir, path, TREE_BYTES_MAX, &yaml, &why);
	if (!there && why.code != ERR_MISSING) {
		*err = why;
		return false;
	}
	if (there && !past) { /* I4 */
		fault_error(in->faults, in->path, row->row->line,
			    "%s is there already and is not from this list; rename one of them, or name more columns "
			    "at id",
			    path);
		buf_finish(&yaml);
		return true;
	}
	reading_unix(&yaml);
	if (!there && past)
		ok = plan_removed_by_hand(merge, row, path, err);
	else
		ok = there ? plan_merge(merge, row, path, &yaml, err) : plan_new(merge, row, path, err);
	buf_finish(&yaml);
	return ok && (record_row(merge, row->id, row->values, NULL) || err_memory(err));
}

static int compare_id(const void *key, const void *item)
{
	return strcmp(key, ((const struct listed *)item)->id);
}

static bool has_fault(const struct merge *merge)
{
	for (size_t i = 0; i < merge->listed_count; i++)
		if (!merge->listed[i].sound)
			return true;
	return false;
}

/* Places of this list that the list no longer has, as far as can be known. */
static bool plan_gone(struct merge *merge, struct err *err)
{
	bool unsure = has_fault(merge);

	for (size_t i = 0; i < merge->past.row_count; i++) {
		const struct table_row *past = merge->past_rows[i];
		int name = table_column(&merge->past, "danish");
		const struct listed *row =
			bsearch(past->cells[0], merge->listed, merge->listed_count, sizeof(*row), compare_id);
		char path[64];

		if (row && row->sound)
			continue;
		if (unsure) { /* I3 */
			if (!record_row(merge, past->cells[0], NULL, past))
				return err_memory(err);
			continue;
		}
		snprintf(path, sizeof(path), "places/%.40s.yaml", past->cells[0]);
		if (!document_id_valid(past->cells[0]) ||
		    faccessat(merge->import->dir, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
			continue; /* by hand, before */
		if (!plan_step(merge->plan, PLAN_GONE, path, name >= 0 ? past->cells[name] : "") ||
		    (!merge->import->remove && !record_row(merge, past->cells[0], NULL, past)))
			return err_memory(err);
	}
	return true;
}

static bool plan_all(struct merge *merge, struct err *err)
{
	if (!record_columns(merge))
		return err_memory(err);
	for (size_t i = 0; i < merge->listed_count; i++)
		if (!plan_row(merge, &merge->listed[i], err))
			return false;
	return plan_gone(merge, err);
}

static bool load_table(struct merge *merge, struct err *err)
{
	struct buf bytes = {0};
	bool ok = import_site_load(AT_FDCWD, merge->table_in.path, TABLE_BYTES_MAX, false, &bytes, err);

	ok = ok && (table_read(&merge->table_in, bytes.len ? bytes.data : "", bytes.len, &merge->table) ||
		    err_set(err, ERR_FORMAT, "the table cannot be read"));
	buf_finish(&bytes);
	return ok;
}

static bool run(struct merge *merge, struct faults *faults, struct err *err)
{
	const struct tree *map;

	if (!import_site_read(merge->import->dir, faults, merge->arena, &merge->site, err) || !load_table(merge, err) ||
	    !import_site_tree(&merge->map_in, AT_FDCWD, false, &map, err))
		return false;
	if (!map || !import_map_read(&merge->map_in, map, &merge->table, &merge->site, &merge->map))
		return err_set(err, ERR_FORMAT, "the map cannot be read");
	return load_past(merge, err) && read_rows(merge, err) && plan_all(merge, err);
}

/* "import/clubs.yaml": "import/clubs.imported.csv". */
static const char *imported_path(struct arena *arena, const char *map)
{
	size_t len = strlen(map);

	if (len > 5 && strcmp(map + len - 5, ".yaml") == 0)
		len -= 5;
	return arena_printf(arena, "%.*s.imported.csv", (int)len, map);
}

bool import_places_plan(struct import_places *import, struct faults *faults, struct plan *plan, struct err *err)
{
	const char *slash = strrchr(import->table, '/');
	struct merge merge = {.import = import, .arena = &plan->arena, .plan = plan};
	bool ok;

	import->imported = imported_path(merge.arena, import->map);
	if (!import->imported)
		return err_memory(err);
	merge.list = slash ? slash + 1 : import->table;
	merge.table_in = (struct reading){import->table, faults, merge.arena, NULL};
	merge.map_in = (struct reading){import->map, faults, merge.arena, NULL};
	merge.past_in = (struct reading){import->imported, faults, merge.arena, NULL};
	ok = run(&merge, faults, err);
	import->row_count = merge.table.row_count;
	import->windows_1252 = merge.table.windows_1252;
	import->separator = merge.table.separator;
	if (ok)
		ok = faults_complete(faults, err);
	return ok;
}

void import_places_finish(struct import_places *import)
{
	buf_finish(&import->record);
}
