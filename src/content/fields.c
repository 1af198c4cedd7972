#include "content/fields.h"

#include "base/clock.h"
#include "content/document.h"
#include "content/shape.h"

#include <string.h>

#define FORMED_MAX 90 /* longer than any form allows */

static bool date_valid(const char *text)
{
	struct clock_civil civil;

	return clock_parse_date(text, &civil);
}

/* "56.8042,9.5180": at most two or three digits, a point, and two to six more. */
static bool degrees_valid(const char **at)
{
	size_t whole = strspn(*at, "0123456789");
	size_t part = whole > 0 && whole < 4 && (*at)[whole] == '.' ? strspn(*at + whole + 1, "0123456789") : 0;

	*at += whole + 1 + part;
	return part >= 2 && part <= 6;
}

static bool geo_valid(const char *text)
{
	return degrees_valid(&text) && *text++ == ',' && degrees_valid(&text) && *text == '\0';
}

const struct fields_form fields_id = {document_id_valid, "1-40 of a-z, 0-9 and -", 0};
const struct fields_form fields_lang = {document_lang_valid, "a language tag such as \"da\" or \"zh-Hant\"", 0};
const struct fields_form fields_icon = {document_icon_valid, "1-40 of A-Z, a-z, 0-9 and -", 0};
const struct fields_form fields_picture = {document_picture_valid, "A-Z, a-z, 0-9 and -, then .svg", 0};
const struct fields_form fields_page_path = {document_page_path_valid, "topic/page", 0};
const struct fields_form fields_date = {date_valid, "a date such as 2026-11-01", 0};
const struct fields_form fields_revision = {document_revision_valid, "8 of 0-9 and a-f", 0};
const struct fields_form fields_parts = {document_parts_valid, "groups of 4 of 0-9 and a-f", TEXT_MAX};
const struct fields_form fields_geo = {geo_valid, "degrees north and east, such as 56.8042,9.5180", 0};

/* The sentences begin as those of base/json.h do: "key": what is wrong. */
static bool refuse(struct err *err, const char *key)
{
	return key ? err_context(err, "\"%s\"", key) : false;
}

static bool one_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

static bool copy(const char *text, struct arena *arena, const char **out, struct err *err)
{
	char *kept = arena_text(arena, text, strlen(text));

	if (!kept)
		return err_memory(err);
	*out = kept;
	return true;
}

bool fields_text(const struct json *in, const char *key, size_t max, struct arena *arena, const char **out,
		 struct err *err)
{
	const char *text;

	if (!json_get_text(in, key, max, &text, err))
		return false;
	if (!*text || !one_line(text)) {
		err_set(err, ERR_FORMAT, "must be one line of text, not empty");
		return refuse(err, key);
	}
	return copy(text, arena, out, err);
}

bool fields_text_or_none(const struct json *in, const char *key, size_t max, struct arena *arena, const char **out,
			 struct err *err)
{
	*out = NULL;
	return !json_find(in, key) || fields_text(in, key, max, arena, out, err);
}

bool fields_formed(const struct json *in, const char *key, const struct fields_form *form, struct arena *arena,
		   const char **out, struct err *err)
{
	const char *text;

	if (!json_get_text(in, key, form->max ? form->max : FORMED_MAX, &text, err))
		return false;
	if (!form->valid(text)) {
		err_set(err, ERR_FORMAT, "\"%s\" is not allowed; allowed: %s", text, form->allowed);
		return refuse(err, key);
	}
	return copy(text, arena, out, err);
}

bool fields_formed_or_none(const struct json *in, const char *key, const struct fields_form *form, struct arena *arena,
			   const char **out, struct err *err)
{
	*out = NULL;
	return !json_find(in, key) || fields_formed(in, key, form, arena, out, err);
}

bool fields_choice(const struct json *in, const char *key, const char *const *names, size_t count, size_t *out,
		   struct err *err)
{
	const char *text;

	if (!json_get_text(in, key, FORMED_MAX, &text, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(text, names[i]) == 0) {
			*out = i;
			return true;
		}
	}
	err_set(err, ERR_FORMAT, "\"%s\" is unknown", text);
	return refuse(err, key);
}

void *fields_items(const struct json *in, const char *key, const struct fields_list *list, struct arena *arena,
		   size_t *count, struct err *err)
{
	const struct json *array = NULL;
	size_t n = 0;

	if ((!list->optional || json_find(in, key)) && !json_get_array(in, key, list->max, &array, err))
		return NULL;
	size_t total = json_count(array);
	if (total < list->min) {
		err_set(err, ERR_FORMAT, "must hold at least %zu", list->min);
		refuse(err, key);
		return NULL;
	}
	char *items = arena_array(arena, total ? total : 1, list->size);
	if (!items) {
		err_memory(err);
		return NULL;
	}
	for (const struct json *item = json_first(array); item; item = json_next(item), n++) {
		void *at = items + n * list->size;

		if (!(list->shape ? shape_parse(item, list->shape, arena, at, err)
				  : list->parse(item, arena, at, err))) {
			err_context(err, "%s[%zu]", key, n);
			return NULL;
		}
	}
	*count = total;
	return items;
}
