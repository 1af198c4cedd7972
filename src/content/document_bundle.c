#include "content/document.h"

#include "base/array.h"
#include "base/json.h"
#include "content/fields.h"

#include <string.h>

static bool parse_language(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct language *language = out;

	return fields_formed(in, "code", &fields_lang, arena, &language->code, err) &&
	       fields_text(in, "name", TITLE_MAX, arena, &language->name, err) &&
	       json_get_bool(in, "rtl", &language->rtl, err);
}

static bool parse_page_id(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	return fields_formed(in, NULL, &fields_id, arena, out, err);
}

const char *const audience_names[] = {
	[AUDIENCE_FAMILIES] = "families",
	[AUDIENCE_WORKING] = "working",
	[AUDIENCE_STUDENTS] = "students",
	[AUDIENCE_SENIORS] = "seniors",
};

struct page_marks page_marks_of(const struct topic_entry *topic, const char *page)
{
	for (size_t i = 0; topic->marks && i < topic->page_count; i++)
		if (strcmp(topic->pages[i], page) == 0)
			return topic->marks[i];
	return (struct page_marks){0};
}

/* A page with its marks, as they stand in the document: only for those that have any. */
struct marked {
	const char *page;
	struct page_marks marks;
};

static bool parse_audience(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	(void)arena;
	return fields_choice(in, NULL, audience_names, AUDIENCE_COUNT, out, err);
}

static bool parse_marked(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	static const struct fields_list audience = {
		.max = AUDIENCE_COUNT, .size = sizeof(size_t), .parse = parse_audience, .optional = true};
	struct marked *marked = out;
	size_t count;

	if (!fields_formed(in, "page", &fields_id, arena, &marked->page, err))
		return false;
	if (json_find(in, "sensitive") && !json_get_bool(in, "sensitive", &marked->marks.sensitive, err))
		return false;
	const size_t *whom = fields_items(in, "audience", &audience, arena, &count, err);
	for (size_t i = 0; whom && i < count; i++)
		marked->marks.audience |= 1u << whom[i];
	return whom;
}

static bool parse_marks(const struct json *in, struct arena *arena, struct topic_entry *topic, struct err *err)
{
	static const struct fields_list list = {
		.max = PAGES_MAX, .size = sizeof(struct marked), .parse = parse_marked, .optional = true};
	size_t count;
	const struct marked *marked = fields_items(in, "marks", &list, arena, &count, err);

	if (!marked)
		return false;
	topic->marks = arena_array(arena, topic->page_count ? topic->page_count : 1, sizeof(*topic->marks));
	if (!topic->marks)
		return err_memory(err);
	for (size_t i = 0; i < count; i++) {
		size_t p = 0;
		while (p < topic->page_count && strcmp(topic->pages[p], marked[i].page) != 0)
			p++;
		if (p == topic->page_count)
			return err_set(err, ERR_FORMAT, "\"marks\": the topic has no page \"%s\"", marked[i].page);
		topic->marks[p] = marked[i].marks;
	}
	return true;
}

static bool parse_topic(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	static const struct fields_list pages = {
		.max = PAGES_MAX, .size = sizeof(const char *), .parse = parse_page_id};
	struct topic_entry *topic = out;

	if (!fields_formed(in, "id", &fields_id, arena, &topic->id, err))
		return false;
	if (!fields_formed(in, "icon", &fields_icon, arena, &topic->icon, err) ||
	    !fields_formed(in, "hue", &fields_id, arena, &topic->hue, err) ||
	    !fields_formed_or_none(in, "picture", &fields_picture, arena, &topic->picture, err))
		return err_context(err, "%s", topic->id);
	topic->pages = fields_items(in, "pages", &pages, arena, &topic->page_count, err);
	if (!topic->pages)
		return err_context(err, "%s", topic->id);
	for (size_t i = 0; i < topic->page_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(topic->pages[i], topic->pages[j]) == 0)
				return err_set(err, ERR_FORMAT, "%s: \"pages\": \"%s\" stands twice", topic->id,
					       topic->pages[i]);
	return parse_marks(in, arena, topic, err) || err_context(err, "%s", topic->id);
}

static bool check_languages(const struct bundle *bundle, struct err *err)
{
	bool source = false;

	for (size_t i = 0; i < bundle->language_count; i++) {
		const char *code = bundle->languages[i].code;

		for (size_t j = 0; j < i; j++)
			if (strcmp(code, bundle->languages[j].code) == 0)
				return err_set(err, ERR_FORMAT, "\"languages\": \"%s\" stands twice", code);
		source = source || strcmp(code, bundle->source) == 0;
	}
	return source || err_set(err, ERR_FORMAT, "\"source\": \"%s\" is not among the languages", bundle->source);
}

static bool check_topics(const struct bundle *bundle, struct err *err)
{
	for (size_t i = 0; i < bundle->topic_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(bundle->topics[i].id, bundle->topics[j].id) == 0)
				return err_set(err, ERR_FORMAT, "\"topics\": \"%s\" stands twice",
					       bundle->topics[i].id);
	return true;
}

static bool has_topic(const struct bundle *bundle, const char *topic)
{
	for (size_t i = 0; i < bundle->topic_count; i++)
		if (strcmp(bundle->topics[i].id, topic) == 0)
			return true;
	return false;
}

static bool check_items(const struct bundle *bundle, struct err *err)
{
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		const struct item_list *list = &bundle->items[kind];
		for (size_t i = 0; i < list->count; i++)
			if (list->entries[i].topic && !has_topic(bundle, list->entries[i].topic))
				return err_set(err, ERR_FORMAT, "\"%s\": \"%s\": the bundle has no topic \"%s\"",
					       item_folders[kind], list->entries[i].id, list->entries[i].topic);
	}
	return true;
}

static const struct shape_field entry_fields[] = {
	{"id", SHAPE_FORMED, SHAPE_REQUIRED, offsetof(struct item_entry, id), .form = &fields_id},
	{"icon", SHAPE_FORMED, SHAPE_REQUIRED, offsetof(struct item_entry, icon), .form = &fields_icon},
	{"picture", SHAPE_FORMED, 0, offsetof(struct item_entry, picture), .form = &fields_picture},
	{"topic", SHAPE_FORMED, 0, offsetof(struct item_entry, topic), .form = &fields_id},
};
static const struct shape entry_shape = SHAPE_OF(entry_fields, item_entry);

#define LIST(name, kind) \
	{ \
		name, SHAPE_RECORDS, 0, offsetof(struct bundle, items[kind].entries), \
			offsetof(struct bundle, items[kind].count), .max = ITEMS_OF_KIND, .shape = &entry_shape \
	}
static const struct shape_field item_fields[] = {LIST("guides", ITEM_GUIDE), LIST("phrases", ITEM_PHRASES),
						 LIST("paths", ITEM_PATH), LIST("stories", ITEM_STORY)};
static_assert(ARRAY_LEN(item_fields) == ITEM_KIND_COUNT, "a kind of item is not in bundle.json");
static const struct shape items_shape = SHAPE_OF(item_fields, bundle);

static bool read_bundle(const struct json *in, struct arena *arena, struct bundle *out, struct err *err)
{
	static const struct fields_list languages = {
		.min = 1, .max = LANGUAGES_MAX, .size = sizeof(struct language), .parse = parse_language};
	static const struct fields_list topics = {
		.max = TOPICS_MAX, .size = sizeof(struct topic_entry), .parse = parse_topic};
	int64_t format;

	if (!json_get_integer(in, "format", 1, INT64_C(1) << 31, &format, err))
		return false;
	if (format > DOCUMENT_FORMAT)
		return err_set(err, ERR_VERSION,
			       "the content has format %lld; this program knows up to %d: it must be updated first",
			       (long long)format, DOCUMENT_FORMAT);
	if (!fields_text(in, "municipality", TITLE_MAX, arena, &out->municipality, err) ||
	    !fields_formed(in, "source", &fields_lang, arena, &out->source, err))
		return false;
	out->languages = fields_items(in, "languages", &languages, arena, &out->language_count, err);
	if (!out->languages || !check_languages(out, err))
		return false;
	out->topics = fields_items(in, "topics", &topics, arena, &out->topic_count, err);
	return out->topics && check_topics(out, err) && shape_parse(in, &items_shape, arena, out, err) &&
	       check_items(out, err);
}

bool bundle_parse(const char *bytes, size_t len, struct arena *arena, struct bundle *out, struct err *err)
{
	struct json *json;
	struct bundle bundle = {0};

	if (!json_parse(bytes, len, DOCUMENT_BYTES_MAX, &json, err))
		return false;
	bool ok = read_bundle(json, arena, &bundle, err);
	json_destroy(json);
	if (ok)
		*out = bundle;
	return ok;
}

static bool add_language(struct json *to, const struct language *language)
{
	struct json *json = json_add_object(to, NULL);

	return json_add_text(json, "code", language->code) && json_add_text(json, "name", language->name) &&
	       json_add_bool(json, "rtl", language->rtl);
}

static bool is_marked(const struct topic_entry *topic, size_t page)
{
	return topic->marks && (topic->marks[page].audience || topic->marks[page].sensitive);
}

static bool add_marks(struct json *to, const char *page, struct page_marks marks)
{
	struct json *json = json_add_object(to, NULL);
	bool ok = json_add_text(json, "page", page);

	if (marks.sensitive)
		ok = ok && json_add_bool(json, "sensitive", true);
	struct json *audience = marks.audience ? json_add_array(json, "audience") : NULL;
	for (size_t i = 0; audience && i < AUDIENCE_COUNT; i++)
		if (marks.audience & 1u << i)
			ok = ok && json_add_text(audience, NULL, audience_names[i]);
	return ok && (audience || !marks.audience);
}

static bool add_topic(struct json *to, const struct topic_entry *topic)
{
	struct json *json = json_add_object(to, NULL);
	bool ok = json_add_text(json, "id", topic->id) && json_add_text(json, "icon", topic->icon) &&
		  json_add_text(json, "hue", topic->hue);

	if (topic->picture)
		ok = ok && json_add_text(json, "picture", topic->picture);
	struct json *pages = json_add_array(json, "pages");
	for (size_t i = 0; i < topic->page_count; i++)
		ok = ok && json_add_text(pages, NULL, topic->pages[i]);
	struct json *marks = NULL;
	for (size_t i = 0; i < topic->page_count && ok; i++) {
		if (!is_marked(topic, i))
			continue;
		marks = marks ? marks : json_add_array(json, "marks");
		ok = marks && add_marks(marks, topic->pages[i], topic->marks[i]);
	}
	return ok && pages;
}

static bool fill_bundle(struct json *json, const struct bundle *bundle)
{
	bool ok = json_add_integer(json, "format", DOCUMENT_FORMAT) &&
		  json_add_text(json, "municipality", bundle->municipality) &&
		  json_add_text(json, "source", bundle->source);

	struct json *languages = json_add_array(json, "languages");
	for (size_t i = 0; i < bundle->language_count; i++)
		ok = ok && add_language(languages, &bundle->languages[i]);
	struct json *topics = json_add_array(json, "topics");
	for (size_t i = 0; i < bundle->topic_count; i++)
		ok = ok && add_topic(topics, &bundle->topics[i]);
	return ok && languages && topics && shape_add(json, &items_shape, bundle);
}

bool bundle_write(const struct bundle *bundle, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	bool ok = json && fill_bundle(json, bundle) ? json_write(json, out, err) : err_memory(err);

	json_destroy(json);
	return ok;
}
