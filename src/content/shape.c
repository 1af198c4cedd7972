#include "content/shape.h"

#include "base/array.h"
#include "base/clock.h"
#include "content/document.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* The enums of records are read and written as this. */
static_assert(sizeof(enum shape_type) == sizeof(unsigned), "an enum has another size");

static void *member(const struct shape_field *field, const void *record)
{
	return (char *)(uintptr_t)record + field->offset;
}

const char **shape_text(const struct shape_field *field, void *record)
{
	return member(field, record);
}

void *shape_items(const struct shape_field *field, const void *record, size_t *count)
{
	void *items;

	memcpy(&items, member(field, record), sizeof(items));
	memcpy(count, (const char *)record + field->count_offset, sizeof(*count));
	return items;
}

void shape_set_items(const struct shape_field *field, void *record, void *items, size_t count)
{
	memcpy(member(field, record), &items, sizeof(items));
	memcpy((char *)record + field->count_offset, &count, sizeof(count));
}

void shape_set_choice(const struct shape_field *field, void *record, int choice)
{
	memcpy(member(field, record), &choice, sizeof(choice));
}

int shape_choice(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* The id of a record that has one. */
static const char *id_of(const struct shape *shape, const void *record)
{
	const struct shape_field *first = &shape->fields[0];

	return strcmp(first->key, "id") == 0 ? *(const char *const *)member(first, record) : NULL;
}

static bool check_ids(const struct shape_field *field, const void *items, size_t count, struct err *err)
{
	size_t size = field->shape->size;

	for (size_t i = 1; i < count && id_of(field->shape, items); i++) {
		const char *id = id_of(field->shape, (const char *)items + i * size);
		const char *before = id_of(field->shape, (const char *)items + (i - 1) * size);

		if (field->flags & SHAPE_ASCENDING) {
			if (strcmp(before, id) >= 0)
				return err_set(err, ERR_FORMAT,
					       "\"%s\": \"%s\" does not come after \"%s\"; they must ascend by id",
					       field->key, id, before);
			continue;
		}
		for (size_t j = 0; j < i; j++)
			if (strcmp(id_of(field->shape, (const char *)items + j * size), id) == 0)
				return err_set(err, ERR_FORMAT, "\"%s\": \"%s\" stands twice", field->key, id);
	}
	return true;
}

static bool parse_records(const struct shape_field *field, const struct json *in, struct arena *arena, void *record,
			  struct err *err)
{
	const struct fields_list list = {.min = (size_t)field->min,
					 .max = (size_t)field->max,
					 .size = field->shape->size,
					 .shape = field->shape,
					 .optional = !(field->flags & SHAPE_REQUIRED)};
	size_t count;
	void *items = fields_items(in, field->key, &list, arena, &count, err);

	if (!items || !check_ids(field, items, count, err))
		return false;
	shape_set_items(field, record, items, count);
	return true;
}

static bool parse_form(const struct shape_field *field, const struct json *json, struct arena *arena, const char **out,
		       struct err *err)
{
	return fields_formed(json, NULL, field->form, arena, out, err);
}

static bool parse_forms(const struct shape_field *field, const struct json *in, struct arena *arena, void *record,
			struct err *err)
{
	const struct json *array;
	size_t count = 0;

	if (!json_find(in, field->key) && !(field->flags & SHAPE_REQUIRED))
		return true;
	if (!json_get_array(in, field->key, (size_t)field->max, &array, err))
		return false;
	const char **texts = arena_array(arena, json_count(array) + 1, sizeof(*texts));
	if (!texts)
		return err_memory(err);
	for (const struct json *item = json_first(array); item; item = json_next(item), count++)
		if (!parse_form(field, item, arena, &texts[count], err))
			return err_context(err, "%s[%zu]", field->key, count);
	shape_set_items(field, record, texts, count);
	return true;
}

static bool parse_choice(const struct shape_field *field, const struct json *in, void *record, struct err *err)
{
	size_t count = 0;
	size_t choice;

	if (!json_find(in, field->key) && !(field->flags & SHAPE_REQUIRED))
		return true;
	while (field->names[count])
		count++;
	if (!fields_choice(in, field->key, field->names, count, &choice, err))
		return false;
	shape_set_choice(field, record, (int)choice);
	return true;
}

static bool parse_moment(const struct shape_field *field, const struct json *in, void *record, struct err *err)
{
	const char *text;
	int64_t utc_s;

	if (!json_get_text(in, field->key, CLOCK_UTC_MAX, &text, err))
		return false;
	if (!clock_parse_utc(text, &utc_s))
		return err_set(err, ERR_FORMAT,
			       "\"%s\": \"%s\" is not allowed; allowed: a time such as 2026-11-26T12:10:00Z",
			       field->key, text);
	memcpy(member(field, record), &utc_s, sizeof(utc_s));
	return true;
}

static bool parse_number(const struct shape_field *field, const struct json *in, void *record, struct err *err)
{
	int64_t number;

	if (!json_get_integer(in, field->key, field->min, field->max, &number, err))
		return false;
	*(int *)member(field, record) = (int)number;
	return true;
}

static bool parse_field(const struct shape_field *field, const struct json *in, struct arena *arena, void *record,
			struct err *err)
{
	bool required = field->flags & SHAPE_REQUIRED;
	const char **text = shape_text(field, record);

	switch (field->type) {
	case SHAPE_TEXT:
		return (required ? fields_text : fields_text_or_none)(in, field->key, (size_t)field->max, arena, text,
								      err);
	case SHAPE_FORMED:
		return (required ? fields_formed : fields_formed_or_none)(in, field->key, field->form, arena, text,
									  err);
	case SHAPE_CHOICE:
		return parse_choice(field, in, record, err);
	case SHAPE_NUMBER:
		return parse_number(field, in, record, err);
	case SHAPE_FLAG:
		return !json_find(in, field->key) || json_get_bool(in, field->key, member(field, record), err);
	case SHAPE_MOMENT:
		return parse_moment(field, in, record, err);
	case SHAPE_FORMS:
		return parse_forms(field, in, arena, record, err);
	default:
		return parse_records(field, in, arena, record, err);
	}
}

bool shape_parse(const struct json *in, const struct shape *shape, struct arena *arena, void *out, struct err *err)
{
	for (size_t i = 0; i < shape->count; i++) {
		if (!parse_field(&shape->fields[i], in, arena, out, err)) {
			const char *id = id_of(shape, out);

			return id ? err_context(err, "%s", id) : false;
		}
	}
	return true;
}

bool shape_read(const char *bytes, size_t len, const struct shape *shape, struct arena *arena, void *out,
		struct err *err)
{
	struct json *json;
	void *record = arena_alloc(arena, shape->size);

	if (!record)
		return err_memory(err);
	if (!json_parse(bytes, len, DOCUMENT_BYTES_MAX, &json, err))
		return false;
	bool ok = shape_parse(json, shape, arena, record, err);
	json_destroy(json);
	if (ok)
		memcpy(out, record, shape->size);
	return ok;
}

static bool add_list(struct json *to, const struct shape_field *field, const void *record)
{
	size_t count;
	const void *items = shape_items(field, record, &count);
	struct json *list;
	bool ok = true;

	if (count == 0 && !(field->flags & SHAPE_REQUIRED))
		return true;
	list = json_add_array(to, field->key);
	for (size_t i = 0; i < count; i++) {
		if (field->type == SHAPE_FORMS)
			ok = ok && json_add_text(list, NULL, ((const char *const *)items)[i]);
		else
			ok = ok && shape_add(json_add_object(list, NULL), field->shape,
					     (const char *)items + i * field->shape->size);
	}
	return ok && list;
}

static bool add_field(struct json *to, const struct shape_field *field, const void *record)
{
	const void *at = member(field, record);
	char moment[CLOCK_UTC_MAX];

	switch (field->type) {
	case SHAPE_TEXT:
	case SHAPE_FORMED: {
		const char *text = *(const char *const *)at;
		return (!text && !(field->flags & SHAPE_REQUIRED)) || json_add_text(to, field->key, text);
	}
	case SHAPE_CHOICE:
		return json_add_text(to, field->key, field->names[*(const unsigned *)at]);
	case SHAPE_NUMBER:
		return json_add_integer(to, field->key, *(const int *)at);
	case SHAPE_FLAG:
		return !*(const bool *)at || json_add_bool(to, field->key, true);
	case SHAPE_MOMENT:
		clock_format_utc(*(const int64_t *)at, moment);
		return json_add_text(to, field->key, moment);
	default:
		return add_list(to, field, record);
	}
}

bool shape_add(struct json *to, const struct shape *shape, const void *record)
{
	bool ok = to != NULL;

	for (size_t i = 0; ok && i < shape->count; i++)
		ok = add_field(to, &shape->fields[i], record);
	return ok;
}

bool shape_write(const struct shape *shape, const void *record, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	bool ok = shape_add(json, shape, record) ? json_write(json, out, err) : err_memory(err);

	json_destroy(json);
	return ok;
}

/* The texts of a field that is no record: one, several or none. */
static const char **texts_of(const struct shape_field *field, void *record, size_t *count)
{
	const char **text = shape_text(field, record);

	if (field->type == SHAPE_FORMS)
		return shape_items(field, record, count);
	*count = (field->type == SHAPE_TEXT || field->type == SHAPE_FORMED) && *text;
	return text;
}

bool shape_each(const struct shape *shape, void *record, unsigned flags,
		bool (*each)(void *context, const struct shape_field *field, const char **text), void *context)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		size_t count;

		if (field->type == SHAPE_RECORDS) {
			char *items = shape_items(field, record, &count);

			for (size_t j = 0; j < count; j++)
				if (!shape_each(field->shape, items + j * field->shape->size, flags, each, context))
					return false;
		} else if (field->flags & flags) {
			const char **texts = texts_of(field, record, &count);

			for (size_t j = 0; j < count; j++)
				if (!each(context, field, &texts[j]))
					return false;
		}
	}
	return true;
}
