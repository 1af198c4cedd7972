#include "content/inside.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static bool parse_bundle(void *out, const char *bytes, size_t len, struct err *err)
{
	struct content *content = out;

	return bundle_parse(bytes, len, &content->arena, &content->bundle, err);
}

static bool parse_timetable(void *out, const char *bytes, size_t len, struct err *err)
{
	struct content *content = out;

	return timetable_parse(bytes, len, &content->arena, &content->timetable, err);
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

static bool check_digest(struct content *content, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	const char *expected;

	if (!meta(content, "digest", &expected, err) || !database_digest(content->db, hex, err))
		return false;
	return strcmp(hex, expected) == 0 ||
	       err_set(err, ERR_CORRUPT, "the index is not what it was when it was built");
}

/* What will be read later is known to be what it was. */
static bool check_documents(struct content *content, struct err *err)
{
	sqlite3_stmt *stmt;
	bool found = false;
	bool ok = database_prepare(content->db, "SELECT sha256, bytes, path FROM document LEFT JOIN body USING(sha256)",
				   &stmt, err);

	do
		ok = ok && database_row(stmt, &found, err) &&
		     (!found || view_check_body(stmt, 0, err) || err_context(err, "%s", database_text(stmt, 2)));
	while (ok && found);
	sqlite3_finalize(stmt);
	return ok;
}

static bool prepare(struct content *content, struct err *err)
{
	static const char document_sql[] =
		"SELECT sha256, bytes FROM document LEFT JOIN body USING(sha256) WHERE path = ?";
	static const char titles_sql[] = "SELECT kind, topic, page, revision, icon, title, summary, reviewed FROM page"
					 " WHERE lang = ? ORDER BY kind, topic, page";
	static const char page_sql[] = "SELECT sha256, bytes FROM page LEFT JOIN body USING(sha256)"
				       " WHERE lang = ? AND kind = ? AND topic = ? AND page = ?";
	static const char picture_sql[] = "SELECT sha256 FROM picture WHERE name = ?";

	return database_prepare(content->db, document_sql, &content->document, err) &&
	       database_prepare(content->db, titles_sql, &content->titles, err) &&
	       database_prepare(content->db, page_sql, &content->page, err) &&
	       database_prepare(content->db, picture_sql, &content->picture, err);
}

/* The source language: what others lack is taken from it, so it must be there. */
static bool load_source(struct content *content, struct err *err)
{
	content->source = content_language(content, content->bundle.source);
	content->languages = arena_array(&content->arena, content->bundle.language_count, sizeof(*content->languages));
	return content->languages ? content_read(content, content->source, err) : err_memory(err);
}

static bool load(struct content *content, struct err *err)
{
	const char *published;
	bool found;

	if (!check_digest(content, err) || !check_documents(content, err) || !prepare(content, err) ||
	    !meta(content, "published", &published, err) ||
	    !view_read_document(content, "bundle.json", &found, parse_bundle, content, err))
		return false;
	if (!found)
		return err_set(err, ERR_CORRUPT, "the index lacks bundle.json");
	content->published = strtoll(published, NULL, 10);
	return view_read_document(content, "timetable.json", &found, parse_timetable, content, err) &&
	       load_source(content, err);
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
	sqlite3_finalize(content->titles);
	sqlite3_finalize(content->page);
	sqlite3_finalize(content->picture);
	database_close(content->db);
	for (size_t i = 0; content->languages && i < content->bundle.language_count; i++)
		arena_finish(&content->languages[i].arena);
	arena_finish(&content->arena);
	free(content);
}

bool content_read(const struct content *content, int language, struct err *err)
{
	for (enum list list = 0; list < LIST_COUNT; list++)
		if (!view_read(content, language, list, err))
			return false;
	return true;
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
	const struct topic_text *text = find_topic_text(&view_of(content, language, LIST_TOPICS)->topics, topic);

	return text ? text : find_topic_text(&source_of(content)->topics, topic);
}

static const struct page_title *find_title(const struct language_view *view, const struct page_title *name)
{
	if (view->title_count == 0)
		return NULL;
	return bsearch(name, view->titles, view->title_count, sizeof(*name), view_compare_titles);
}

static const struct page_title *title_of(const struct content *content, int language, const struct page_title *name,
					 bool *translated)
{
	const struct page_title *title = find_title(view_of(content, language, LIST_TITLES), name);

	*translated = title != NULL;
	return title ? title : find_title(source_of(content), name);
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
	const struct page_title *source = find_title(source_of(content), name);

	if (!source)
		return err_set(err, ERR_CORRUPT, "it is missing in the source language");
	*newer = strcmp(source->revision, revision) != 0;
	return true;
}

static bool read_page(const struct content *content, int language, const struct page_title *name, view_parse *parse,
		      void *out, struct err *err)
{
	sqlite3_stmt *stmt = content->page;
	const char *const names[] = {content->bundle.languages[language].code, name->kind, name->topic, name->page};
	bool found;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!database_bind_text(stmt, (int)i + 1, names[i], err))
			return false;
	return view_read_row(stmt, &found, parse, out, err) &&
	       (found || err_set(err, ERR_MISSING, "there is no such page"));
}

/* What read_page() fills. */
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
	return (read_page(content, language, &name, fill_page, &filling, err) &&
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
	return (read_page(content, language, &name, fill_item, &filling, err) &&
		compare_source(content, &name, out->head.origin.revision, &out->head.origin.source_newer, err)) ||
	       err_context(err, "%s/%s/%s", name.kind, content->bundle.languages[language].code, id);
}

const char *content_word(const struct content *content, int language, enum word word, size_t form)
{
	const struct word_text *text = &view_of(content, language, LIST_WORDS)->words.words[word];

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
