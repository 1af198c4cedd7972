#include "base/json.h"

#include "base/array.h"
#include "base/json_scan.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#define INTEGER_MAX ((int64_t)1 << 53)

/* A struct json is a cJSON, under a name that lets no other file depend on the library. */
static const cJSON *inside(const struct json *json)
{
	return (const cJSON *)json;
}

static const struct json *outside(const cJSON *item)
{
	return (const struct json *)item;
}

bool json_parse(const char *bytes, size_t len, size_t limit, struct json **out, struct err *err)
{
	const char *value;
	size_t value_len;

	if (len > limit)
		return err_set(err, ERR_LIMIT, "%zu bytes, allowed are %zu", len, limit);
	if (!json_scan(len > 0 ? bytes : "", len, &value, &value_len, err))
		return false;

	cJSON *tree = cJSON_ParseWithLengthOpts(value, value_len, NULL, 0);
	if (!tree)
		return err_memory(err);
	*out = (struct json *)tree;
	return true;
}

void json_destroy(struct json *json)
{
	cJSON_Delete((cJSON *)json);
}

const struct json *json_find(const struct json *object, const char *key)
{
	if (!cJSON_IsObject(inside(object)))
		return NULL;
	for (const cJSON *member = inside(object)->child; member; member = member->next)
		if (strcmp(member->string, key) == 0)
			return outside(member);
	return NULL;
}

static const char *kind_name(const cJSON *item)
{
	static const struct {
		int type;
		const char *name;
	} kinds[] = {
		{cJSON_Object, "an object"}, {cJSON_Array, "an array"}, {cJSON_String, "text"},
		{cJSON_Number, "a number"},  {cJSON_True, "true"},      {cJSON_False, "false"},
		{cJSON_NULL, "null"},
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if ((item->type & 0xFF) == kinds[i].type)
			return kinds[i].name;
	return "unknown";
}

/* The value meant by (in, key), when it is of one of the types in `types`. */
static const cJSON *get(const struct json *in, const char *key, int types, const char *expected, struct err *err)
{
	const cJSON *item = inside(key ? json_find(in, key) : in);

	if (item && (item->type & types) != 0)
		return item;
	if (in && key && !cJSON_IsObject(inside(in))) {
		err_set(err, ERR_FORMAT, "is %s, expected an object with \"%s\"", kind_name(inside(in)), key);
		return NULL;
	}
	if (item)
		err_set(err, ERR_FORMAT, "is %s, expected %s", kind_name(item), expected);
	else
		err_set(err, ERR_FORMAT, "is missing, expected %s", expected);
	if (key)
		err_context(err, "\"%s\"", key);
	return NULL;
}

/* "key": what is wrong. */
static bool refuse(struct err *err, const char *key)
{
	return key ? err_context(err, "\"%s\"", key) : false;
}

bool json_get_object(const struct json *in, const char *key, const struct json **out, struct err *err)
{
	const cJSON *item = get(in, key, cJSON_Object, "an object", err);

	if (!item)
		return false;
	*out = outside(item);
	return true;
}

bool json_get_array(const struct json *in, const char *key, size_t count_max, const struct json **out, struct err *err)
{
	const cJSON *item = get(in, key, cJSON_Array, "an array", err);

	if (!item)
		return false;
	size_t count = json_count(outside(item));
	if (count > count_max) {
		err_set(err, ERR_LIMIT, "has %zu members, allowed are %zu", count, count_max);
		return refuse(err, key);
	}
	*out = outside(item);
	return true;
}

bool json_get_text(const struct json *in, const char *key, size_t len_max, const char **out, struct err *err)
{
	const cJSON *item = get(in, key, cJSON_String, "text", err);

	if (!item)
		return false;
	size_t len = strlen(item->valuestring);
	if (len > len_max) {
		err_set(err, ERR_LIMIT, "has %zu bytes, allowed are %zu", len, len_max);
		return refuse(err, key);
	}
	*out = item->valuestring;
	return true;
}

bool json_get_text_or_none(const struct json *in, const char *key, size_t len_max, const char **out, struct err *err)
{
	if (key && cJSON_IsObject(inside(in)) && !json_find(in, key)) {
		*out = NULL;
		return true;
	}
	return json_get_text(in, key, len_max, out, err);
}

bool json_get_integer(const struct json *in, const char *key, int64_t min, int64_t max, int64_t *out, struct err *err)
{
	const cJSON *item = get(in, key, cJSON_Number, "a whole number", err);

	if (!item)
		return false;
	int64_t value = (int64_t)item->valuedouble;
	if (value < min || value > max) {
		err_set(err, ERR_FORMAT, "is %" PRId64 ", allowed are %" PRId64 " to %" PRId64, value, min, max);
		return refuse(err, key);
	}
	*out = value;
	return true;
}

bool json_get_bool(const struct json *in, const char *key, bool *out, struct err *err)
{
	const cJSON *item = get(in, key, cJSON_True | cJSON_False, "true or false", err);

	if (!item)
		return false;
	*out = cJSON_IsTrue(item);
	return true;
}

static bool is_container(const cJSON *item)
{
	return cJSON_IsObject(item) || cJSON_IsArray(item);
}

size_t json_count(const struct json *container)
{
	return is_container(inside(container)) ? (size_t)cJSON_GetArraySize(inside(container)) : 0;
}

const struct json *json_first(const struct json *container)
{
	return is_container(inside(container)) ? outside(inside(container)->child) : NULL;
}

const struct json *json_next(const struct json *member)
{
	return outside(inside(member)->next);
}

const char *json_key(const struct json *member)
{
	return inside(member)->string;
}

struct json *json_new_object(void)
{
	return (struct json *)cJSON_CreateObject();
}

struct json *json_new_array(void)
{
	return (struct json *)cJSON_CreateArray();
}

/* Takes the item: it becomes a member of `to` or is gone. */
static struct json *attach(struct json *to, const char *key, cJSON *item)
{
	cJSON *parent = (cJSON *)to;
	bool ok = false;

	if (item && cJSON_IsObject(parent) && key)
		ok = cJSON_AddItemToObject(parent, key, item);
	else if (item && cJSON_IsArray(parent) && !key)
		ok = cJSON_AddItemToArray(parent, item);
	if (ok)
		return (struct json *)item;
	cJSON_Delete(item);
	return NULL;
}

struct json *json_add_object(struct json *to, const char *key)
{
	return attach(to, key, cJSON_CreateObject());
}

struct json *json_add_array(struct json *to, const char *key)
{
	return attach(to, key, cJSON_CreateArray());
}

struct json *json_add_text(struct json *to, const char *key, const char *text)
{
	return attach(to, key, cJSON_CreateString(text));
}

struct json *json_add_integer(struct json *to, const char *key, int64_t value)
{
	if (value < -INTEGER_MAX || value > INTEGER_MAX)
		return NULL;
	return attach(to, key, cJSON_CreateNumber((double)value));
}

struct json *json_add_bool(struct json *to, const char *key, bool value)
{
	return attach(to, key, cJSON_CreateBool(value));
}

struct json *json_add_copy(struct json *to, const char *key, const struct json *value)
{
	cJSON *copy = cJSON_Duplicate(inside(value), true);

	/* The copy of an object's member brings its key along, which would be json_key() of an array's member. */
	if (copy && !key) {
		cJSON_free(copy->string);
		copy->string = NULL;
	}
	return attach(to, key, copy);
}

struct writer {
	struct buf *out;
	bool canonical;
	unsigned depth;
	struct err *err;
};

static bool put(struct writer *w, const void *bytes, size_t len)
{
	return buf_append(w->out, bytes, len) || err_memory(w->err);
}

static bool put_escape(struct writer *w, char c)
{
	static const char chars[] = "\"\\\b\f\n\r\t";
	static const char names[] = "\"\\bfnrt";
	const char *found = strchr(chars, c);

	if (found)
		return put(w, (char[]){'\\', names[found - chars]}, 2);
	return buf_printf(w->out, "\\u%04x", (unsigned)(unsigned char)c) || err_memory(w->err);
}

static bool put_text(struct writer *w, const char *text)
{
	size_t len = strlen(text);
	size_t bad;

	if (!utf8_valid(text, len, &bad))
		return err_set(w->err, ERR_FORMAT, "text that is not valid UTF-8 cannot be written (byte %zu of %zu)",
			       bad, len);
	if (!put(w, "\"", 1))
		return false;
	for (const char *at = text;; at++) {
		const char *plain = at;
		while (*at && *at != '"' && *at != '\\' && (w->canonical || (unsigned char)*at >= 0x20))
			at++;
		if (!put(w, plain, (size_t)(at - plain)))
			return false;
		if (!*at)
			return put(w, "\"", 1);
		if (!put_escape(w, *at))
			return false;
	}
}

struct member {
	const cJSON *item;
};

static int compare_keys(const void *left, const void *right)
{
	const struct member *a = left;
	const struct member *b = right;

	return strcmp(a->item->string, b->item->string);
}

/* The members in the order to write them, and a NULL item; the caller frees the array. NULL when memory ran out. */
static struct member *ordered_members(const cJSON *container, size_t count, bool sorted)
{
	struct member *members = calloc(count + 1, sizeof(members[0]));
	size_t i = 0;

	if (!members)
		return NULL;
	for (const cJSON *item = container->child; item; item = item->next)
		members[i++].item = item;
	if (sorted)
		qsort(members, count, sizeof(members[0]), compare_keys);
	return members;
}

static bool put_line(struct writer *w)
{
	static const char tabs[JSON_DEPTH_MAX + 1] =
		"\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";

	return w->canonical || put(w, tabs, 1 + w->depth);
}

static bool put_value(struct writer *w, const cJSON *item);

static bool put_member(struct writer *w, const cJSON *member, bool keyed, bool first)
{
	if ((!first && !put(w, ",", 1)) || !put_line(w))
		return false;
	if (keyed && (!put_text(w, member->string) || !put(w, ": ", w->canonical ? 1 : 2)))
		return false;
	return put_value(w, member);
}

/* Recursive, but never deeper than what json_parse() takes. */
static bool put_container(struct writer *w, const cJSON *item)
{
	bool keyed = cJSON_IsObject(item);
	size_t count = json_count(outside(item));

	if (count == 0)
		return put(w, keyed ? "{}" : "[]", 2);
	struct member *members = ordered_members(item, count, keyed && w->canonical);
	if (!members)
		return err_memory(w->err);
	bool ok = put(w, keyed ? "{" : "[", 1);
	w->depth++;
	for (const struct member *member = members; ok && member->item; member++)
		ok = put_member(w, member->item, keyed, member == members);
	w->depth--;
	free(members);
	return ok && put_line(w) && put(w, keyed ? "}" : "]", 1);
}

static bool put_value(struct writer *w, const cJSON *item)
{
	if (cJSON_IsString(item))
		return put_text(w, item->valuestring);
	if (cJSON_IsNumber(item))
		return buf_printf(w->out, "%" PRId64, (int64_t)item->valuedouble) || err_memory(w->err);
	if (!is_container(item)) {
		const char *word = kind_name(item);
		return put(w, word, strlen(word));
	}
	if (w->depth == JSON_DEPTH_MAX)
		return err_set(w->err, ERR_LIMIT, "nested deeper than %d levels", JSON_DEPTH_MAX);
	return put_container(w, item);
}

static bool append(const struct json *json, struct buf *out, bool canonical, struct err *err)
{
	struct writer w = {.out = out, .canonical = canonical, .err = err};
	size_t before = out->len;

	if (put_value(&w, inside(json)) && (canonical || put(&w, "\n", 1)))
		return true;
	buf_cut(out, before);
	return false;
}

bool json_write(const struct json *json, struct buf *out, struct err *err)
{
	return append(json, out, false, err);
}

bool json_canonical(const struct json *json, struct buf *out, struct err *err)
{
	return append(json, out, true, err);
}
