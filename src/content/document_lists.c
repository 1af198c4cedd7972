#include "content/document.h"

#include "base/json.h"
#include "content/fields.h"

#include <string.h>

static bool parse_topic_text(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	struct topic_text *text = out;

	return fields_formed(in, "id", &fields_id, arena, &text->id, err) &&
	       fields_text(in, "title", TITLE_MAX, arena, &text->title, err) &&
	       fields_text(in, "summary", SUMMARY_MAX, arena, &text->summary, err);
}

bool topic_texts_parse(const char *bytes, size_t len, struct arena *arena, struct topic_texts *out, struct err *err)
{
	static const struct fields_list topics = {
		.max = TOPICS_MAX, .size = sizeof(struct topic_text), .parse = parse_topic_text};
	struct topic_texts texts = {0};
	struct json *json;

	if (!json_parse(bytes, len, DOCUMENT_BYTES_MAX, &json, err))
		return false;
	texts.topics = fields_items(json, "topics", &topics, arena, &texts.count, err);
	json_destroy(json);
	if (!texts.topics)
		return false;
	for (size_t i = 0; i < texts.count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(texts.topics[i].id, texts.topics[j].id) == 0)
				return err_set(err, ERR_FORMAT, "\"topics\": \"%s\" stands twice", texts.topics[i].id);
	*out = texts;
	return true;
}

static bool fill_topic_texts(struct json *json, const struct topic_texts *texts)
{
	struct json *topics = json_add_array(json, "topics");
	bool ok = topics != NULL;

	for (size_t i = 0; i < texts->count; i++) {
		const struct topic_text *text = &texts->topics[i];
		struct json *topic = json_add_object(topics, NULL);

		ok = ok && json_add_text(topic, "id", text->id) && json_add_text(topic, "title", text->title) &&
		     json_add_text(topic, "summary", text->summary);
	}
	return ok;
}

bool topic_texts_write(const struct topic_texts *texts, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	bool ok = json && fill_topic_texts(json, texts) ? json_write(json, out, err) : err_memory(err);

	json_destroy(json);
	return ok;
}

static bool parse_form(const struct json *in, struct arena *arena, void *out, struct err *err)
{
	return fields_text(in, NULL, SUMMARY_MAX, arena, out, err);
}

static bool parse_word(const struct json *in, enum word word, struct arena *arena, struct word_text *out,
		       struct err *err)
{
	const char *msgid = word_messages[word].msgid;
	struct fields_list list = {.min = 1,
				   .max = word_messages[word].plural ? PLURAL_FORMS_MAX : 1,
				   .size = sizeof(const char *),
				   .parse = parse_form};
	const char **forms = fields_items(in, NULL, &list, arena, &out->form_count, err);

	if (!forms)
		return err_context(err, "\"%s\"", msgid);
	for (size_t i = 0; i < out->form_count; i++) {
		const char *fault = word_form_fault(word, forms[i]);

		if (fault)
			return err_set(err, ERR_FORMAT, "%s[%zu]: %s", msgid, i, fault);
		out->forms[i] = forms[i];
	}
	return true;
}

bool words_parse(const char *bytes, size_t len, struct arena *arena, struct words *out, struct err *err)
{
	struct words words = {0};
	const struct json *texts, *next = NULL;
	struct json *json;
	bool ok;

	if (!json_parse(bytes, len, DOCUMENT_BYTES_MAX, &json, err))
		return false;
	ok = json_get_object(json, "words", &texts, err);
	/* Most stand in our order, so the next one is looked at first. */
	for (int w = 0; ok && w < WORD_COUNT; w++) {
		const char *msgid = word_messages[w].msgid;
		const struct json *text = next && strcmp(json_key(next), msgid) == 0 ? next : json_find(texts, msgid);

		if (text)
			ok = parse_word(text, (enum word)w, arena, &words.words[w], err);
		next = text ? json_next(text) : next;
	}
	json_destroy(json);
	if (ok)
		*out = words;
	return ok;
}

bool words_write(const struct words *words, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	struct json *texts = json_add_object(json, "words");
	bool ok = texts != NULL;

	for (size_t w = 0; w < WORD_COUNT; w++) {
		const struct word_text *word = &words->words[w];
		struct json *forms = word->form_count ? json_add_array(texts, word_messages[w].msgid) : NULL;

		for (size_t i = 0; i < word->form_count; i++)
			ok = ok && json_add_text(forms, NULL, word->forms[i]);
	}
	ok = ok ? json_write(json, out, err) : err_memory(err);
	json_destroy(json);
	return ok;
}
