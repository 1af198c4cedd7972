#include "bundle/record.h"

#include "base/clock.h"
#include "base/message.h"
#include "content/document.h"

#include <stdlib.h>
#include <string.h>

static bool date_valid(const char *text)
{
	struct clock_civil civil;

	return clock_parse_date(text, &civil);
}

static bool aim_valid(const char *text)
{
	size_t digits = text[0] == 'P' ? strspn(text + 1, "0123456789") : 0;

	return digits > 0 && digits < 3 && text[1 + digits] == '\0' && text[1] != '0' && atoi(text + 1) <= 21;
}

static bool audience_valid(const char *text)
{
	for (size_t i = 0; i < AUDIENCE_COUNT; i++)
		if (strcmp(text, audience_names[i]) == 0)
			return true;
	return false;
}

const struct record_form record_id = {document_id_valid, N_("1-40 of a-z, 0-9 and -")};
const struct record_form record_lang = {document_lang_valid, N_("a language tag such as da or zh-Hant")};
const struct record_form record_icon = {document_icon_valid, N_("1-40 of A-Z, a-z, 0-9 and -")};
const struct record_form record_picture = {document_picture_valid, N_("letters, digits and -, then .svg")};
const struct record_form record_page_path = {document_page_path_valid, N_("topic/page")};
const struct record_form record_date = {date_valid, N_("a date such as 2026-11-01")};
const struct record_form record_revision = {document_revision_valid, N_("8 of 0-9 and a-f")};
const struct record_form record_parts = {document_parts_valid, N_("groups of 4 of 0-9 and a-f")};
const struct record_form record_aim = {aim_valid, N_("P1 to P21")};
const struct record_form record_audience = {audience_valid, N_("families, working, students, seniors")};

static const struct tree *find(const struct reading *in, const struct tree *map, const char *key, bool required)
{
	const struct tree *node = tree_find(map, key);

	if (!node && required && map)
		fault_error(in->faults, in->path, map->line, "\"%s\" is missing", key);
	return node;
}

static bool is_text(const struct reading *in, const struct tree *node, const char *what)
{
	if (node->kind != TREE_TEXT)
		fault_error(in->faults, in->path, node->line, "%s must be a text", _(what));
	return node->kind == TREE_TEXT;
}

/* "{term: x, meaning: one, two}" has a key "two" without a value. */
static const char *cut_by_comma(const struct tree *map, const struct tree *value)
{
	return map->flow && value->kind == TREE_TEXT && value->len == 0
		       ? _("; a text with a comma must stand in straight quotes \"...\"")
		       : "";
}

bool record_keys(const struct reading *in, const struct tree *node, const char *what, const char *const *keys,
		 size_t count)
{
	if (!node)
		return false;
	if (node->kind != TREE_MAP) {
		fault_error(in->faults, in->path, node->line, "%s must be a map of \"key: value\"", _(what));
		return false;
	}
	for (const struct tree *value = node->first; value; value = value->next) {
		size_t i = 0;

		while (i < count && strcmp(value->key, keys[i]) != 0)
			i++;
		if (i == count)
			fault_error(in->faults, in->path, value->key_line, "unknown key \"%s\"%s%s", value->key,
				    reading_suggest(in, value->key, keys, count), cut_by_comma(node, value));
	}
	return true;
}

const char *record_text(const struct reading *in, const struct tree *map, const char *key, size_t max_chars,
			bool required)
{
	const struct tree *node = find(in, map, key, required);

	return node && is_text(in, node, key) ? reading_text(in, node->line, key, node->text, node->len, max_chars)
					      : NULL;
}

static const char *formed(const struct reading *in, const struct tree *node, const char *what,
			  const struct record_form *form)
{
	if (!is_text(in, node, what))
		return NULL;
	if (strlen(node->text) == node->len && form->valid(node->text))
		return reading_check(in, node->line, what, node->text, node->len) ? node->text : NULL;
	fault_error(in->faults, in->path, node->line, "%s \"%s\" is not allowed; allowed: %s", _(what), node->text,
		    _(form->allowed));
	return NULL;
}

const char *record_formed(const struct reading *in, const struct tree *map, const char *key,
			  const struct record_form *form, bool required)
{
	const struct tree *node = find(in, map, key, required);

	return node ? formed(in, node, key, form) : NULL;
}

int record_choice(const struct reading *in, const struct tree *map, const char *key, const char *const *names,
		  size_t count, bool required)
{
	const struct tree *node = find(in, map, key, required);

	if (!node || !is_text(in, node, key))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (strcmp(node->text, names[i]) == 0)
			return (int)i;
	fault_error(in->faults, in->path, node->line, "%s \"%s\" is unknown%s", key, node->text,
		    reading_suggest(in, node->text, names, count));
	return -1;
}

const struct tree *record_list(const struct reading *in, const struct tree *map, const char *key, size_t max,
			       bool required)
{
	const struct tree *node = find(in, map, key, required);

	if (!node)
		return NULL;
	if (node->kind != TREE_LIST) {
		fault_error(in->faults, in->path, node->line, "%s must be a list", key);
		return NULL;
	}
	if (node->count > max) {
		fault_error(in->faults, in->path, node->line, "%s has %zu entries; at most %zu are allowed", key,
			    node->count, max);
		return NULL;
	}
	return node;
}

size_t record_formed_list(const struct reading *in, const struct tree *map, const char *key,
			  const struct record_form *form, size_t max, bool required, const char **out)
{
	const struct tree *list = record_list(in, map, key, max, required);
	size_t count = 0;

	for (const struct tree *item = list ? list->first : NULL; item; item = item->next) {
		const char *text = formed(in, item, key, form);
		size_t i = 0;

		while (text && i < count && strcmp(text, out[i]) != 0)
			i++;
		if (text && i < count)
			fault_error(in->faults, in->path, item->line, "%s: \"%s\" stands twice", key, text);
		else if (text)
			out[count++] = text;
	}
	return count;
}
