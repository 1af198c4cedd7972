#include "bundle/shaped.h"

#include "base/array.h"
#include "base/message.h"
#include "bundle/number.h"
#include "bundle/record.h"
#include "bundle/source_parts.h"
#include "bundle/visible.h"
#include "content/document.h"
#include "content/parts.h"

#include <string.h>

#define KEYS_MAX 40

static bool phone_valid(const char *text)
{
	size_t len = strlen(text);
	size_t pos = 0;
	char digits[NUMBER_MAX];

	return number_phone(text, len, 0, NULL) == len ||
	       (len < 5 && number_next(text, len, &pos, digits) && pos == len);
}

static bool web_valid(const char *text)
{
	return strchr(text, '.') && !strpbrk(text, " \t@") && !strstr(text, "://") && strlen(text) <= 100;
}

static bool email_valid(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && strchr(at, '.') && !strchr(at + 1, '@') && !strpbrk(text, " \t") &&
	       strlen(text) <= 100;
}

/* What staff write must have a form that a kiosk need not know. */
static const struct {
	const char *key;
	struct record_form form;
} strict[] = {
	{"phone", {phone_valid, N_("eight digits in pairs, such as 99 66 70 00, or 112, 114, 1888")}},
	{"web", {web_valid, N_("an address without https://, such as www.vesthimmerland.dk")}},
	{"email", {email_valid, N_("an address such as post@vesthimmerland.dk")}},
};

const struct shape_field *shaped_find(const struct shape *shape, const char *key)
{
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(shape->fields[i].key, key) == 0)
			return &shape->fields[i];
	return NULL;
}

void shaped_set_origin(const struct shape *shape, void *record, enum translation translation, const char *revision)
{
	shape_set_choice(shaped_find(shape, "translation"), record, (int)translation);
	*shape_text(shaped_find(shape, "revision"), record) = revision;
}

static size_t list_keys(const struct shape *shape, unsigned without, const char *const *also, size_t also_count,
			const char **keys)
{
	size_t count = 0;

	for (size_t i = 0; i < shape->count && count < KEYS_MAX; i++)
		if (!(shape->fields[i].flags & without))
			keys[count++] = shape->fields[i].key;
	for (size_t i = 0; i < also_count && count < KEYS_MAX; i++)
		keys[count++] = also[i];
	return count;
}

static void read_text(struct shaped *shaped, const struct tree *map, const struct shape_field *field, const char **text)
{
	bool required = field->flags & SHAPE_REQUIRED;

	for (size_t i = 0; i < ARRAY_LEN(strict); i++) {
		if (strcmp(strict[i].key, field->key) == 0) {
			*text = record_formed(shaped->in, map, field->key, &strict[i].form, required);
			return;
		}
	}
	*text = record_text(shaped->in, map, field->key, (size_t)field->chars, required);
	if (*text && shaped->ease && (field->flags & SHAPE_RUNNING))
		ease_add(shaped->ease, *text, strlen(*text), tree_find(map, field->key)->line);
}

/* What the text names must be there. */
static void check_reference(const struct shaped *shaped, size_t line, const struct shape_field *field, const char *text)
{
	struct source *source = shaped->source;
	const struct reading *in = shaped->in;
	const struct {
		unsigned flag;
		const char *lacking;
		const struct source_names *ids;
	} kinds[] = {
		{SHAPE_PLACE, N_("%s: there is no place \"%s\"%s"), &source->place_ids},
		{SHAPE_PHRASES, N_("%s: there is no set of phrases \"%s\"%s"), &source->item_ids[ITEM_PHRASES]},
		{SHAPE_ACTIVITY, N_("%s: there is no activity \"%s\" in activities.yaml%s"), &source->activity_ids},
	};

	if ((field->flags & SHAPE_PAGE) && !source_find_page(source, text))
		source_page_missing(source, in, line, field->key, text);
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		bool found = !(field->flags & kinds[k].flag);

		for (size_t i = 0; !found && i < kinds[k].ids->count; i++)
			found = strcmp(kinds[k].ids->names[i], text) == 0;
		if (!found)
			fault_error(in->faults, in->path, line, kinds[k].lacking, field->key, text,
				    reading_near(in, text, kinds[k].ids->names, kinds[k].ids->count));
	}
}

static void read_formed(struct shaped *shaped, const struct tree *map, const struct shape_field *field,
			const char **text)
{
	const struct record_form form = {field->form->valid, field->form->allowed};
	bool required = field->flags & SHAPE_REQUIRED;

	if (field->form == &fields_icon)
		*text = source_icon(shaped->source, shaped->in, map, field->key, required);
	else if (field->form == &fields_picture)
		*text = source_picture(shaped->source, shaped->in, map, field->key, required);
	else
		*text = record_formed(shaped->in, map, field->key, &form, required);
	if (*text)
		check_reference(shaped, tree_find(map, field->key)->line, field, *text);
}

static void read_forms(struct shaped *shaped, const struct tree *map, const struct shape_field *field, void *record)
{
	const struct record_form form = {field->form->valid, field->form->allowed};
	const char **texts = reading_array(shaped->in, (size_t)field->max, sizeof(*texts));

	if (!texts)
		return;
	size_t count = record_formed_list(shaped->in, map, field->key, &form, (size_t)field->max,
					  field->flags & SHAPE_REQUIRED, texts);
	for (size_t i = 0; i < count; i++)
		check_reference(shaped, tree_find(map, field->key)->line, field, texts[i]);
	shape_set_items(field, record, texts, count);
}

static const struct tree *record_map(const struct shaped *shaped, const struct tree *map,
				     const struct shape_field *field)
{
	const struct reading *in = shaped->in;
	const struct tree *list = tree_find(map, field->key);

	if (!list) {
		if (field->flags & SHAPE_REQUIRED)
			fault_error(in->faults, in->path, map->line, "\"%s\" is missing", field->key);
		return NULL;
	}
	if (list->kind == TREE_MAP)
		return list;
	fault_error(in->faults, in->path, list->line, "%s must be a map of names, each with what stands under it",
		    field->key);
	return NULL;
}

static void read_records(struct shaped *shaped, const struct tree *map, const struct shape_field *field, void *record)
{
	const struct reading *in = shaped->in;
	const struct tree *list = record_map(shaped, map, field);
	size_t count = 0;

	if (!list)
		return;
	if (list->count < (size_t)field->min || list->count > (size_t)field->max)
		fault_error(in->faults, in->path, list->line, "%s has %zu entries; allowed are %d to %d", field->key,
			    list->count, field->min, field->max);
	char *items = reading_array(in, list->count, field->shape->size);
	for (const struct tree *node = items ? list->first : NULL; node; node = node->next) {
		char *item = items + count * field->shape->size;

		if (!document_id_valid(node->key))
			fault_error(in->faults, in->path, node->key_line,
				    "%s: the name \"%s\" is not allowed; allowed: %s", field->key, node->key,
				    _(fields_id.allowed));
		else if (shaped_read(shaped, node, node->key, field->shape, NULL, 0, item))
			count++;
		*shape_text(&field->shape->fields[0], item) = node->key;
	}
	shape_set_items(field, record, items, count);
}

static void read_choice(struct shaped *shaped, const struct tree *map, const struct shape_field *field, void *record)
{
	static const char *const answers[] = {"no", "yes", NULL};
	const char *const *names = field->type == SHAPE_FLAG ? answers : field->names;
	size_t count = 0;

	while (names[count])
		count++;
	int choice = record_choice(shaped->in, map, field->key, names, count, field->flags & SHAPE_REQUIRED);
	if (field->type == SHAPE_FLAG)
		*(bool *)(void *)((char *)record + field->offset) = choice == 1;
	else if (choice >= 0)
		shape_set_choice(field, record, choice);
}

void shaped_field(struct shaped *shaped, const struct tree *map, const struct shape_field *field, void *record)
{
	if (field->flags & SHAPE_DERIVED)
		return;
	switch (field->type) {
	case SHAPE_TEXT:
		read_text(shaped, map, field, shape_text(field, record));
		break;
	case SHAPE_FORMED:
		read_formed(shaped, map, field, shape_text(field, record));
		break;
	case SHAPE_FORMS:
		read_forms(shaped, map, field, record);
		break;
	case SHAPE_RECORDS:
		read_records(shaped, map, field, record);
		break;
	default:
		read_choice(shaped, map, field, record);
	}
}

/* A phrase shows its Danish text in every language. */
static void keep_danish(const struct shape *shape, void *record)
{
	const struct shape_field *danish = shaped_find(shape, "danish");

	if (danish && (danish->flags & SHAPE_DERIVED))
		*shape_text(danish, record) = *shape_text(shaped_find(shape, "text"), record);
}

bool shaped_read(struct shaped *shaped, const struct tree *map, const char *what, const struct shape *shape,
		 const char *const *also, size_t also_count, void *record)
{
	const char *keys[KEYS_MAX];
	size_t count = list_keys(shape, SHAPE_DERIVED, also, also_count, keys);

	if (!record_keys(shaped->in, map, what, keys, count))
		return false;
	for (size_t i = 0; i < shape->count; i++)
		shaped_field(shaped, map, &shape->fields[i], record);
	keep_danish(shape, record);
	return true;
}

static bool has_number(const char *text, const char *digits)
{
	char other[NUMBER_MAX];

	for (size_t at = 0; number_next(text, strlen(text), &at, other);)
		if (strcmp(digits, other) == 0)
			return true;
	return false;
}

void shaped_numbers(const struct reading *in, size_t line, const char *what, const char *original, const char *text,
		    enum fault_kind more)
{
	char digits[NUMBER_MAX];
	char shown[NUMBER_SHOWN_MAX];

	size_t errors = in->faults->errors;

	for (size_t pos = 0; number_next(original, strlen(original), &pos, digits);)
		if (!has_number(text, digits))
			fault_error(in->faults, in->path, line, "%s lacks the number %s; the Danish text has it", what,
				    number_show(digits, shown));
	/* One that was mistyped is told once. */
	for (size_t pos = 0; in->faults->errors == errors && number_next(text, strlen(text), &pos, digits);)
		if (!has_number(original, digits))
			fault_tell(in->faults, number_is_emergency(digits) ? FAULT_ERROR : more, in->path, line,
				   "%s has the number %s; the Danish text has not", what, number_show(digits, shown));
}

/* A text that the source has, and only such a text, must be there. */
static void translate_text(struct shaped *shaped, const struct tree *map, const struct shape_field *field,
			   const char **text)
{
	const struct reading *in = shaped->in;
	const struct tree *node = tree_find(map, field->key);
	const char *original = *text;

	if (!original == !node) {
		*text = node ? record_text(in, map, field->key, (size_t)field->chars, true) : NULL;
		if (*text)
			shaped_numbers(in, node->line, field->key, original, *text, shaped->differs);
		return;
	}
	shaped->same = false;
	fault_tell(in->faults, shaped->differs, in->path, node ? node->key_line : map->line,
		   node ? N_("the Danish text has no \"%s\"") : N_("\"%s\" is missing; the Danish text has it"),
		   field->key);
}

static void translate_records(struct shaped *shaped, const struct tree *map, const struct shape_field *field,
			      void *record)
{
	const struct reading *in = shaped->in;
	const struct tree *list = tree_find(map, field->key);
	size_t count;
	const char *originals = shape_items(field, record, &count);
	size_t size = field->shape->size;
	char *items = reading_array(in, count, size);
	size_t found = 0;

	for (size_t i = 0; items && i < count; i++) {
		const char *id = *(const char *const *)(const void *)(originals + i * size);
		const struct tree *node = tree_find(list, id);

		if (node) {
			found++;
			shaped_translate(shaped, node, id, field->shape, NULL, 0, originals + i * size,
					 items + i * size);
			continue;
		}
		shaped->same = false;
		fault_tell(in->faults, shaped->differs, in->path, list ? list->line : map->line,
			   "%s: \"%s\" is missing; the Danish text has it", field->key, id);
	}
	for (const struct tree *node = list && found < list->count ? list->first : NULL; node; node = node->next) {
		size_t i = 0;

		while (i < count && strcmp(*(const char *const *)(const void *)(originals + i * size), node->key) != 0)
			i++;
		if (i < count)
			continue;
		shaped->same = false;
		fault_tell(in->faults, shaped->differs, in->path, node->key_line, "%s: the Danish text has no \"%s\"",
			   field->key, node->key);
	}
	shape_set_items(field, record, items, count);
}

/* Keys that only the source's file may have are told apart from unknown ones. */
static bool check_keys(const struct shaped *shaped, const struct tree *map, const char *what, const struct shape *shape,
		       const char *const *also, size_t also_count)
{
	const char *keys[KEYS_MAX];
	size_t count = list_keys(shape, SHAPE_DERIVED, also, also_count, keys);

	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		const struct tree *node = tree_find(map, field->key);

		if (node && field->type != SHAPE_RECORDS && !(field->flags & (SHAPE_TRANSLATED | SHAPE_DERIVED)))
			fault_error(shaped->in->faults, shaped->in->path, node->key_line,
				    "\"%s\" may not stand here; it belongs in the Danish file", field->key);
	}
	return record_keys(shaped->in, map, what, keys, count);
}

bool shaped_translate(struct shaped *shaped, const struct tree *map, const char *what, const struct shape *shape,
		      const char *const *also, size_t also_count, const void *original, void *record)
{
	memcpy(record, original, shape->size);
	if (!check_keys(shaped, map, what, shape, also, also_count)) {
		shaped->same = false;
		return false;
	}
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];

		if (field->flags & SHAPE_DERIVED)
			continue;
		if (field->type == SHAPE_RECORDS)
			translate_records(shaped, map, field, record);
		else if (field->flags & SHAPE_TRANSLATED)
			translate_text(shaped, map, field, shape_text(field, record));
	}
	return true;
}

static bool add_line(void *context, const struct shape_field *field, const char **text)
{
	return buf_printf(context, "%s\t%s\n", field->key, *text);
}

const char *shaped_revision(struct source *source, const struct shape *shape, void *record)
{
	struct buf text = {0};
	struct err err = {0};
	char revision[REVISION_MAX];
	bool ok = shape_each(shape, record, SHAPE_TRANSLATED, add_line, &text) && visible_digest(&text, revision, &err);

	buf_finish(&text);
	if (!ok)
		source->faults->no_memory = true;
	return ok ? source_path(source, "%s", revision) : NULL;
}

static bool add_digest(void *context, const struct shape_field *field, const char **text)
{
	struct buf line = {0};
	struct err err = {0};
	char digest[REVISION_MAX];
	bool ok = add_line(&line, field, text) && visible_digest(&line, digest, &err) &&
		  buf_append(context, digest, PART_DIGEST);

	buf_finish(&line);
	return ok;
}

const char *shaped_texts(struct source *source, const struct shape *shape, void *record)
{
	struct buf digests = {0};
	const char *kept = NULL;

	if (!shape_each(shape, record, SHAPE_TRANSLATED, add_digest, &digests))
		source->faults->no_memory = true;
	else if (digests.len > 0 && digests.len <= TEXT_MAX)
		kept = arena_text(&source->arena, digests.data, digests.len);
	buf_finish(&digests);
	return kept;
}
