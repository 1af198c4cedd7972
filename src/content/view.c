/* What an open view reads from the index: rows with a body, and the lists of a language when they are asked for. */
#include "content/inside.h"

#include "base/array.h"
#include "base/log.h"

#include <string.h>

/* The index was sound when it was built: what cannot be read now has been damaged since. */
static bool damaged(struct err *err)
{
	if (err->code == ERR_FORMAT || err->code == ERR_LIMIT)
		err->code = ERR_CORRUPT;
	return false;
}

bool view_check_body(sqlite3_stmt *stmt, int hash_column, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	const char *expected = database_text(stmt, hash_column);
	const void *body = sqlite3_column_blob(stmt, hash_column + 1);
	size_t len = (size_t)sqlite3_column_bytes(stmt, hash_column + 1);

	if (!expected || !body)
		return database_column_err(stmt, err);
	if (!sha256_hex(body, len, hex, err))
		return false;
	return strcmp(hex, expected) == 0 ||
	       err_set(err, ERR_CORRUPT, "the text is not what it was when the index was built");
}

bool view_read_row(sqlite3_stmt *stmt, bool *found, view_parse *parse, void *out, struct err *err)
{
	bool ok = database_row(stmt, found, err) &&
		  (!*found || (view_check_body(stmt, 0, err) &&
			       parse(out, sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1), err)));

	database_again(stmt);
	return ok || damaged(err);
}

bool view_read_document(const struct content *content, const char *path, bool *found, view_parse *parse, void *out,
			struct err *err)
{
	return (database_bind_text(content->document, 1, path, err) &&
		view_read_row(content->document, found, parse, out, err)) ||
	       err_context(err, "%s", path);
}

static bool parse_topics(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return topic_texts_parse(bytes, len, &view->arena, &view->topics, err);
}

static bool parse_places(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return places_parse(bytes, len, &view->arena, &view->places, err);
}

static bool parse_events(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return events_parse(bytes, len, &view->arena, &view->events, err);
}

static bool parse_notices(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return notices_parse(bytes, len, &view->arena, &view->notices, err);
}

static bool parse_alts(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return alts_parse(bytes, len, &view->arena, &view->alts, err);
}

static bool parse_words(void *out, const char *bytes, size_t len, struct err *err)
{
	struct language_view *view = out;

	return words_parse(bytes, len, &view->arena, &view->words, err);
}

int view_compare_titles(const void *a, const void *b)
{
	const struct page_title *left = a;
	const struct page_title *right = b;
	int order = strcmp(left->kind, right->kind);

	if (order == 0)
		order = strcmp(left->topic, right->topic);
	return order != 0 ? order : strcmp(left->page, right->page);
}

/* The row's texts, in the arena. */
static bool copy_title(struct language_view *view, sqlite3_stmt *stmt, struct page_title *out, struct err *err)
{
	const char **const texts[] = {&out->kind, &out->topic, &out->page,    &out->revision,
				      &out->icon, &out->title, &out->summary, &out->reviewed};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text = database_text(stmt, (int)i);

		if (!text)
			return database_column_err(stmt, err);
		*texts[i] = arena_text(&view->arena, text, strlen(text));
		if (!*texts[i])
			return err_memory(err);
	}
	return true;
}

static bool copy_titles(struct language_view *view, sqlite3_stmt *stmt, size_t max, struct err *err)
{
	bool found;

	while (database_row(stmt, &found, err)) {
		struct page_title *title = &view->titles[view->title_count];

		if (!found)
			return true;
		if (view->title_count == max)
			return err_set(err, ERR_CORRUPT, "the index has a page too many");
		if (!copy_title(view, stmt, title, err))
			return false;
		if (view->title_count++ > 0 && view_compare_titles(title - 1, title) >= 0)
			return err_set(err, ERR_CORRUPT, "the pages of the index are out of order");
	}
	return false;
}

static bool read_titles(const struct content *content, struct language_view *view, const char *code, struct err *err)
{
	const struct bundle *bundle = &content->bundle;
	size_t max = 1;

	for (size_t i = 0; i < bundle->topic_count; i++)
		max += bundle->topics[i].page_count;
	for (size_t i = 0; i < ITEM_KIND_COUNT; i++)
		max += bundle->items[i].count;
	view->title_count = 0;
	view->titles = arena_array(&view->arena, max, sizeof(*view->titles));
	if (!view->titles)
		return err_memory(err);
	bool ok = database_bind_text(content->titles, 1, code, err) && copy_titles(view, content->titles, max, err);
	database_again(content->titles);
	if (!ok)
		view->title_count = 0;
	return ok || err_context(err, "the titles in %s", code);
}

static const struct {
	const char *folder; /* of a document in each language; NULL: no document */
	view_parse *parse;
} lists[LIST_COUNT] = {
	[LIST_TOPICS] = {"topics", parse_topics},
	[LIST_PLACES] = {"places", parse_places},
	[LIST_EVENTS] = {"events", parse_events},
	[LIST_NOTICES] = {"notices", parse_notices},
	[LIST_ALTS] = {"alts", parse_alts},
	[LIST_WORDS] = {"ui", parse_words},
	[LIST_TITLES] = {NULL, NULL},
};

bool view_read(const struct content *content, int language, enum list list, struct err *err)
{
	struct language_view *view = &content->languages[language];
	const char *code = content->bundle.languages[language].code;
	char path[64];
	bool found;

	if (view->read[list])
		return true;
	if (list == LIST_TITLES) {
		view->read[list] = read_titles(content, view, code, err);
	} else {
		sqlite3_snprintf(sizeof(path), path, "%s/%s.json", lists[list].folder, code);
		view->read[list] = view_read_document(content, path, &found, lists[list].parse, view, err);
		content_join(content, view);
	}
	return view->read[list];
}

const struct language_view *view_of(const struct content *content, int language, enum list list)
{
	struct err err = {0};

	if (language < 0 || (size_t)language >= content->bundle.language_count)
		language = content->source;
	struct language_view *view = &content->languages[language];
	if (!view->failed[list] && !view_read(content, language, list, &err)) {
		view->failed[list] = true;
		log_error("%s", err.text);
	}
	return view;
}
