#include "content/inside.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* The index was sound when it was built: what cannot be read now has been damaged since. */
static bool damaged(struct err *err)
{
	if (err->code == ERR_FORMAT || err->code == ERR_LIMIT)
		err->code = ERR_CORRUPT;
	return false;
}

static bool check_body(sqlite3_stmt *stmt, int hash_column, struct err *err)
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

typedef bool parse_function(struct content *content, struct language_view *view, const char *bytes, size_t len,
			    struct err *err);

static bool parse_bundle(struct content *content, struct language_view *view, const char *bytes, size_t len,
			 struct err *err)
{
	(void)view;
	return bundle_parse(bytes, len, &content->arena, &content->bundle, err);
}

static bool parse_timetable(struct content *content, struct language_view *view, const char *bytes, size_t len,
			    struct err *err)
{
	(void)view;
	return timetable_parse(bytes, len, &content->arena, &content->timetable, err);
}

static bool parse_topics(struct content *content, struct language_view *view, const char *bytes, size_t len,
			 struct err *err)
{
	return topic_texts_parse(bytes, len, &content->arena, &view->topics, err);
}

static bool parse_places(struct content *content, struct language_view *view, const char *bytes, size_t len,
			 struct err *err)
{
	return places_parse(bytes, len, &content->arena, &view->places, err);
}

static bool parse_events(struct content *content, struct language_view *view, const char *bytes, size_t len,
			 struct err *err)
{
	return events_parse(bytes, len, &content->arena, &view->events, err);
}

static bool parse_notices(struct content *content, struct language_view *view, const char *bytes, size_t len,
			  struct err *err)
{
	return notices_parse(bytes, len, &content->arena, &view->notices, err);
}

static bool parse_alts(struct content *content, struct language_view *view, const char *bytes, size_t len,
		       struct err *err)
{
	return alts_parse(bytes, len, &content->arena, &view->alts, err);
}

static bool parse_words(struct content *content, struct language_view *view, const char *bytes, size_t len,
			struct err *err)
{
	return words_parse(bytes, len, &content->arena, &view->words, err);
}

/* A missing document is left as it is, unless it is required. */
static bool load_document(struct content *content, const char *path, bool required, parse_function *parse,
			  struct language_view *view, struct err *err)
{
	sqlite3_stmt *stmt = content->document;
	bool found = false;
	bool ok = database_bind_text(stmt, 1, path, err) && database_row(stmt, &found, err);

	if (ok && found)
		ok = check_body(stmt, 0, err) &&
		     parse(content, view, sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1), err);
	else if (ok && required)
		ok = err_set(err, ERR_CORRUPT, "the index lacks it");
	database_again(stmt);
	return ok || damaged(err) || err_context(err, "%s", path);
}

static bool load_language(struct content *content, const char *code, struct language_view *view, struct err *err)
{
	static const struct {
		const char *folder;
		parse_function *parse;
	} kinds[] = {{"topics", parse_topics},   {"places", parse_places}, {"events", parse_events},
		     {"notices", parse_notices}, {"alts", parse_alts},     {"ui", parse_words}};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char path[64];

		sqlite3_snprintf(sizeof(path), path, "%s/%s.json", kinds[i].folder, code);
		if (!load_document(content, path, false, kinds[i].parse, view, err))
			return false;
	}
	return true;
}

/* Columns of a page's row that are kept: language, kind, topic, page, revision, icon, title, summary. */
#define TITLE_TEXTS 8

static int compare_titles(const void *a, const void *b)
{
	const struct page_title *left = a;
	const struct page_title *right = b;
	int order = strcmp(left->kind, right->kind);

	if (order == 0)
		order = strcmp(left->topic, right->topic);
	return order != 0 ? order : strcmp(left->page, right->page);
}

/* The row's texts, in the arena. */
static bool copy_title(struct content *content, sqlite3_stmt *stmt, const char *texts[TITLE_TEXTS], struct err *err)
{
	for (int i = 0; i < TITLE_TEXTS; i++) {
		const char *text = database_text(stmt, i);

		texts[i] = text ? arena_text(&content->arena, text, strlen(text)) : NULL;
		if (!texts[i]) {
			text ? err_memory(err) : database_column_err(stmt, err);
			return false;
		}
	}
	return true;
}

static bool keep_title(struct content *content, const char *const texts[TITLE_TEXTS], size_t page_max, struct err *err)
{
	int language = content_language(content, texts[0]);
	struct language_view *view = language < 0 ? NULL : &content->languages[language];

	if (!view || view->title_count == page_max)
		return err_set(err, ERR_CORRUPT, "the index has a page too many");
	if (!view->titles) {
		view->titles = arena_array(&content->arena, page_max, sizeof(*view->titles));
		if (!view->titles)
			return err_memory(err);
	}
	struct page_title *title = &view->titles[view->title_count++];
	*title = (struct page_title){.kind = texts[1],
				     .topic = texts[2],
				     .page = texts[3],
				     .revision = texts[4],
				     .icon = texts[5],
				     .title = texts[6],
				     .summary = texts[7]};
	if (view->title_count > 1 && compare_titles(title - 1, title) >= 0)
		return err_set(err, ERR_CORRUPT, "the pages of the index are out of order");
	return true;
}

static bool read_titles(struct content *content, sqlite3_stmt *stmt, struct err *err)
{
	size_t page_max = 0;
	bool found;

	for (size_t i = 0; i < content->bundle.topic_count; i++)
		page_max += content->bundle.topics[i].page_count;
	for (size_t i = 0; i < ITEM_KIND_COUNT; i++)
		page_max += content->bundle.items[i].count;
	for (;;) {
		const char *texts[TITLE_TEXTS];

		if (!database_row(stmt, &found, err))
			return false;
		if (!found)
			return true;
		if (!copy_title(content, stmt, texts, err) || !keep_title(content, texts, page_max, err))
			return false;
	}
}

/* The value of a row of meta, as text in the arena. */
static bool meta(struct content *content, const char *key, const char **out, struct err *err)
{
	sqlite3_stmt *stmt;
	bool found = false;

	if (!database_prepare(content->db, "SELECT value FROM meta WHERE key = ?", &stmt, err))
		return false;
	bool ok = database_bind_text(stmt, 1, key, err) && database_row(stmt, &found, err);
	const char *text = ok && found ? database_text(stmt, 0) : NULL;
	*out = text ? arena_text(&content->arena, text, strlen(text)) : NULL;
	if (ok && !*out)
		text ? err_memory(err) : err_set(err, ERR_CORRUPT, "the index lacks \"%s\"", key);
	sqlite3_finalize(stmt);
	return *out != NULL;
}

static bool load_titles(struct content *content, struct err *err)
{
	static const char sql[] = "SELECT lang, kind, topic, page, revision, icon, title, summary FROM page"
				  " ORDER BY lang, kind, topic, page";
	sqlite3_stmt *stmt = NULL;

	bool ok = database_prepare(content->db, sql, &stmt, err) && read_titles(content, stmt, err);
	sqlite3_finalize(stmt);
	return ok;
}

static bool check_digest(struct content *content, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	const char *expected;

	if (!meta(content, "digest", &expected, err) || !database_digest(content->db, hex, err))
		return false;
	return strcmp(hex, expected) == 0 ||
	       err_set(err, ERR_CORRUPT, "the index is not what it was when it was built");
}

static bool load(struct content *content, struct err *err)
{
	static const char document_sql[] = "SELECT sha256, body FROM document WHERE path = ?";
	static const char page_sql[] =
		"SELECT sha256, body FROM page WHERE lang = ? AND kind = ? AND topic = ? AND page = ?";
	static const char picture_sql[] = "SELECT sha256 FROM picture WHERE name = ?";
	const char *published;

	if (!check_digest(content, err) || !database_prepare(content->db, document_sql, &content->document, err) ||
	    !database_prepare(content->db, page_sql, &content->page, err) ||
	    !database_prepare(content->db, picture_sql, &content->picture, err) ||
	    !meta(content, "published", &published, err) ||
	    !load_document(content, "bundle.json", true, parse_bundle, NULL, err) ||
	    !load_document(content, "timetable.json", false, parse_timetable, NULL, err))
		return false;
	content->published = strtoll(published, NULL, 10);
	content->source = content_language(content, content->bundle.source);
	content->languages = arena_array(&content->arena, content->bundle.language_count, sizeof(*content->languages));
	if (!content->languages)
		return err_memory(err);
	for (size_t i = 0; i < content->bundle.language_count; i++)
		if (!load_language(content, content->bundle.languages[i].code, &content->languages[i], err))
			return false;
	content_join(content);
	return load_titles(content, err);
}

bool content_open(const char *path, struct content_objects objects, struct content **out, struct err *err)
{
	struct content *content = calloc(1, sizeof(*content));

	if (!content)
		return err_memory(err);
	content->objects = objects;
	if (!database_open(path, &content->db, err) || !load(content, err)) {
		content_close(content);
		return err_context(err, "%s", path);
	}
	*out = content;
	return true;
}

void content_close(struct content *content)
{
	if (!content)
		return;
	sqlite3_finalize(content->document);
	sqlite3_finalize(content->page);
	sqlite3_finalize(content->picture);
	database_close(content->db);
	arena_finish(&content->arena);
	free(content);
}

const struct bundle *content_bundle(const struct content *content)
{
	return &content->bundle;
}

int64_t content_published(const struct content *content)
{
	return content->published;
}

int content_language(const struct content *content, const char *code)
{
	for (size_t i = 0; i < content->bundle.language_count; i++)
		if (strcmp(content->bundle.languages[i].code, code) == 0)
			return (int)i;
	return -1;
}

const struct topic_entry *content_topic(const struct content *content, const char *topic)
{
	for (size_t i = 0; i < content->bundle.topic_count; i++)
		if (strcmp(content->bundle.topics[i].id, topic) == 0)
			return &content->bundle.topics[i];
	return NULL;
}

static const struct topic_text *find_topic_text(const struct topic_texts *texts, const char *topic)
{
	for (size_t i = 0; i < texts->count; i++)
		if (strcmp(texts->topics[i].id, topic) == 0)
			return &texts->topics[i];
	return NULL;
}

const struct topic_text *content_topic_text(const struct content *content, int language, const char *topic)
{
	const struct topic_text *text = find_topic_text(&view_of(content, language)->topics, topic);

	return text ? text : find_topic_text(&content->languages[content->source].topics, topic);
}

static const struct page_title *find_title(const struct language_view *view, const struct page_title *name)
{
	if (view->title_count == 0)
		return NULL;
	return bsearch(name, view->titles, view->title_count, sizeof(*name), compare_titles);
}

static const struct page_title *title_of(const struct content *content, int language, const struct page_title *name,
					 bool *translated)
{
	const struct page_title *title = find_title(view_of(content, language), name);

	*translated = title != NULL;
	return title ? title : find_title(&content->languages[content->source], name);
}

const struct page_title *content_page_title(const struct content *content, int language, const char *topic,
					    const char *page, bool *translated)
{
	struct page_title name = {.kind = "pages", .topic = topic, .page = page};

	return title_of(content, language, &name, translated);
}

const struct page_title *content_item_title(const struct content *content, int language, enum item_kind kind,
					    const char *id, bool *translated)
{
	struct page_title name = {.kind = item_folders[kind], .topic = "", .page = id};

	return title_of(content, language, &name, translated);
}

/* Whether the source has moved on is not in the document: a change of the source then changes one object, not one in
 * every language. */
static bool compare_source(const struct content *content, const struct page_title *name, const char *revision,
			   bool *newer, struct err *err)
{
	const struct page_title *source = find_title(&content->languages[content->source], name);

	if (!source)
		return err_set(err, ERR_CORRUPT, "it is missing in the source language");
	*newer = strcmp(source->revision, revision) != 0;
	return true;
}

/* Calls `parse` with the document's bytes. */
static bool read_row(const struct content *content, int language, const struct page_title *name,
		     bool (*parse)(void *out, const char *bytes, size_t len, struct err *err), void *out,
		     struct err *err)
{
	sqlite3_stmt *stmt = content->page;
	bool found = false;
	const char *lang = content->bundle.languages[language].code;
	const char *const names[] = {lang, name->kind, name->topic, name->page};
	bool ok = true;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		ok = ok && database_bind_text(stmt, (int)i + 1, names[i], err);
	ok = ok && database_row(stmt, &found, err);
	if (ok && found)
		ok = check_body(stmt, 0, err) &&
		     parse(out, sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1), err);
	else if (ok)
		ok = err_set(err, ERR_MISSING, "there is no such page");
	database_again(stmt);
	return ok || damaged(err);
}

/* What read_row() fills. */
struct filling {
	struct arena *arena;
	enum item_kind kind;
	struct page *page;
	union item_any *item;
};

static bool fill_page(void *out, const char *bytes, size_t len, struct err *err)
{
	struct filling *filling = out;

	return page_parse(bytes, len, filling->arena, filling->page, err);
}

static bool fill_item(void *out, const char *bytes, size_t len, struct err *err)
{
	struct filling *filling = out;

	return item_parse(filling->kind, bytes, len, filling->arena, filling->item, err);
}

bool content_page(const struct content *content, int language, const char *topic, const char *page, struct arena *arena,
		  struct page *out, struct err *err)
{
	struct page_title name = {.kind = "pages", .topic = topic, .page = page};
	struct filling filling = {.arena = arena, .page = out};

	if (language < 0 || (size_t)language >= content->bundle.language_count)
		return err_set(err, ERR_MISSING, "%s/%s: there is no such language", topic, page);
	return (read_row(content, language, &name, fill_page, &filling, err) &&
		compare_source(content, &name, out->revision, &out->source_newer, err)) ||
	       err_context(err, "%s/%s/%s", content->bundle.languages[language].code, topic, page);
}

bool content_item(const struct content *content, int language, enum item_kind kind, const char *id, struct arena *arena,
		  union item_any *out, struct err *err)
{
	struct page_title name = {.kind = item_folders[kind], .topic = "", .page = id};
	struct filling filling = {.arena = arena, .kind = kind, .item = out};

	if (language < 0 || (size_t)language >= content->bundle.language_count)
		return err_set(err, ERR_MISSING, "%s/%s: there is no such language", name.kind, id);
	return (read_row(content, language, &name, fill_item, &filling, err) &&
		compare_source(content, &name, out->head.origin.revision, &out->head.origin.source_newer, err)) ||
	       err_context(err, "%s/%s/%s", name.kind, content->bundle.languages[language].code, id);
}

const char *content_word(const struct content *content, int language, enum word word, size_t form)
{
	const struct word_text *text = &view_of(content, language)->words.words[word];

	if (text->form_count > 0)
		return text->forms[form < text->form_count ? form : text->form_count - 1];
	return form > 0 && word_messages[word].plural ? word_messages[word].plural : word_messages[word].msgid;
}

/* The name of a picture's object. */
static bool picture_object(const struct content *content, const char *name, char hex[SHA256_HEX_MAX], struct err *err)
{
	sqlite3_stmt *stmt = content->picture;
	bool found = false;

	if (!database_bind_text(stmt, 1, name, err) || !database_row(stmt, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_MISSING, "there is no such picture");
	const char *text = database_text(stmt, 0);
	if (!text || !sha256_valid_hex(text))
		return database_column_err(stmt, err);
	memcpy(hex, text, SHA256_HEX_MAX);
	return true;
}

bool content_picture(const struct content *content, const char *name, struct buf *out, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	bool ok = picture_object(content, name, hex, err);

	database_again(content->picture);
	ok = ok && content->objects.read(content->objects.context, hex, PICTURE_BYTES_MAX, out, err);
	return ok || err_context(err, "pictures/%s", name);
}
