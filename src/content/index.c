#include "content/content.h"

#include "base/array.h"
#include "base/file.h"
#include "content/database.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is known while an index is built. */
struct build {
	const struct content_target *targets; /* ascending by path */
	size_t target_count;
	struct content_objects objects;
	struct arena arena; /* what is needed until the end */
	struct arena page_arena;
	struct bundle bundle;
	const char **page_paths; /* "topic/page" of every page of the bundle, ascending */
	size_t page_count;
	struct timetable timetable;
	struct places places; /* in the source language */
	struct buf bytes;     /* of the document at hand */
	sqlite3 *db;
	sqlite3_stmt *put_document, *put_page, *put_picture, *put_body;
};

static int compare_targets(const void *a, const void *b)
{
	return strcmp(((const struct content_target *)a)->path, ((const struct content_target *)b)->path);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const struct content_target *find_target(const struct build *build, const char *path)
{
	struct content_target key = {.path = path};

	return bsearch(&key, build->targets, build->target_count, sizeof(key), compare_targets);
}

static bool sort_targets(struct build *build, const struct content_target *targets, size_t count, struct err *err)
{
	struct content_target *sorted = arena_array(&build->arena, count ? count : 1, sizeof(*sorted));

	if (!sorted)
		return err_memory(err);
	if (count > 0)
		memcpy(sorted, targets, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), compare_targets);
	for (size_t i = 1; i < count; i++)
		if (strcmp(sorted[i - 1].path, sorted[i].path) == 0)
			return err_set(err, ERR_FORMAT, "%s: the bundle names it twice", sorted[i].path);
	build->targets = sorted;
	build->target_count = count;
	return true;
}

/* The document's bytes into build->bytes, compared with what was signed. */
static bool read_document(struct build *build, const struct content_target *target, struct err *err)
{
	char hex[SHA256_HEX_MAX];

	if (target->len < 0 || target->len > (int64_t)DOCUMENT_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: %lld bytes; at most %u are allowed", target->path,
			       (long long)target->len, DOCUMENT_BYTES_MAX);
	buf_clear(&build->bytes);
	if (!build->objects.read(build->objects.context, target->sha256, DOCUMENT_BYTES_MAX, &build->bytes, err) ||
	    !sha256_hex(build->bytes.data, build->bytes.len, hex, err))
		return err_context(err, "%s", target->path);
	if ((int64_t)build->bytes.len != target->len || strcmp(hex, target->sha256) != 0)
		return err_set(err, ERR_CORRUPT, "%s: the object is not what was signed", target->path);
	return true;
}

/* The bytes at hand. */
static bool put_body(struct build *build, const struct content_target *target, struct err *err)
{
	sqlite3_stmt *stmt = build->put_body;

	return database_bind_text(stmt, 1, target->sha256, err) &&
	       database_bind_bytes(stmt, 2, build->bytes.data, build->bytes.len, err) && database_do(stmt, err);
}

static bool put_document(struct build *build, const struct content_target *target, struct err *err)
{
	sqlite3_stmt *stmt = build->put_document;

	return database_bind_text(stmt, 1, target->path, err) && database_bind_text(stmt, 2, target->sha256, err) &&
	       database_do(stmt, err) && put_body(build, target, err);
}

static bool parse_bundle(struct build *build, struct err *err)
{
	return bundle_parse(build->bytes.data, build->bytes.len, &build->arena, &build->bundle, err);
}

static bool is_source(const struct build *build, const char *lang)
{
	return strcmp(lang, build->bundle.source) == 0;
}

static bool add_bundle(struct build *build, struct err *err)
{
	const struct content_target *target = find_target(build, "bundle.json");

	if (!target)
		return err_set(err, ERR_FORMAT, "bundle.json: the bundle lacks it");
	if (!read_document(build, target, err))
		return false;
	if (!parse_bundle(build, err))
		return err_context(err, "%s", target->path);
	return put_document(build, target, err);
}

static bool add_timetable(struct build *build, struct err *err)
{
	const struct content_target *target = find_target(build, "timetable.json");

	if (!target)
		return true;
	if (!read_document(build, target, err))
		return false;
	if (!timetable_parse(build->bytes.data, build->bytes.len, &build->arena, &build->timetable, err))
		return err_context(err, "%s", target->path);
	return put_document(build, target, err);
}

/* The names of all pages, so that links can be followed. */
static bool list_pages(struct build *build, struct err *err)
{
	const struct bundle *bundle = &build->bundle;
	size_t count = 0;

	for (size_t i = 0; i < bundle->topic_count; i++)
		count += bundle->topics[i].page_count;
	build->page_paths = arena_array(&build->arena, count ? count : 1, sizeof(*build->page_paths));
	if (!build->page_paths)
		return err_memory(err);
	for (size_t i = 0; i < bundle->topic_count; i++) {
		for (size_t j = 0; j < bundle->topics[i].page_count; j++) {
			char *path =
				arena_printf(&build->arena, "%s/%s", bundle->topics[i].id, bundle->topics[i].pages[j]);

			if (!path)
				return err_memory(err);
			build->page_paths[build->page_count++] = path;
		}
	}
	qsort(build->page_paths, count, sizeof(*build->page_paths), compare_texts);
	return true;
}

static bool check_link(const struct build *build, const char *what, const char *path, struct err *err)
{
	if (bsearch(&path, build->page_paths, build->page_count, sizeof(path), compare_texts))
		return true;
	return err_set(err, ERR_FORMAT, "%s: the bundle has no page \"%s\"", what, path);
}

static bool check_topic_texts(struct build *build, const char *lang, struct err *err)
{
	struct topic_texts texts;

	if (!topic_texts_parse(build->bytes.data, build->bytes.len, &build->arena, &texts, err))
		return false;
	for (size_t i = 0; is_source(build, lang) && i < build->bundle.topic_count; i++) {
		size_t j = 0;

		while (j < texts.count && strcmp(texts.topics[j].id, build->bundle.topics[i].id) != 0)
			j++;
		if (j == texts.count)
			return err_set(err, ERR_FORMAT, "the topic \"%s\" has no title in the source language",
				       build->bundle.topics[i].id);
	}
	return true;
}

static bool has_place(const struct build *build, const char *id)
{
	for (size_t i = 0; i < build->places.count; i++)
		if (strcmp(build->places.places[i].id, id) == 0)
			return true;
	return false;
}

static bool has_activity(const struct build *build, const char *id)
{
	for (size_t i = 0; i < build->places.activity_count; i++)
		if (strcmp(build->places.activities[i].id, id) == 0)
			return true;
	return false;
}

static bool has_item(const struct build *build, enum item_kind kind, const char *id)
{
	const struct item_list *list = &build->bundle.items[kind];

	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->entries[i].id, id) == 0)
			return true;
	return false;
}

struct reference {
	const struct build *build;
	struct err *err;
};

static bool check_reference(void *context, const struct shape_field *field, const char **text)
{
	const struct reference *reference = context;
	const struct build *build = reference->build;

	if (field->flags & SHAPE_PAGE)
		return check_link(build, field->key, *text, reference->err);
	if (field->flags & SHAPE_PLACE      ? has_place(build, *text)
	    : field->flags & SHAPE_ACTIVITY ? has_activity(build, *text)
					    : has_item(build, ITEM_PHRASES, *text))
		return true;
	return err_set(reference->err, ERR_FORMAT, "%s: the bundle has no \"%s\"", field->key, *text);
}

/* Everything a record names must be there. */
static bool check_references(const struct build *build, const struct shape *shape, void *record, struct err *err)
{
	struct reference reference = {build, err};

	return shape_each(shape, record, SHAPE_REFERENCE, check_reference, &reference);
}

static bool check_places(struct build *build, const char *lang, struct err *err)
{
	struct places places;

	if (!places_parse(build->bytes.data, build->bytes.len, &build->arena, &places, err))
		return false;
	if (is_source(build, lang))
		build->places = places;
	return check_references(build, &places_shape, &places, err);
}

/* Every event must have its days. */
static bool check_events(struct build *build, const char *lang, struct err *err)
{
	const struct timetable *table = &build->timetable;
	struct events events;
	size_t t = 0;

	(void)lang;
	if (!events_parse(build->bytes.data, build->bytes.len, &build->arena, &events, err) ||
	    !check_references(build, &events_shape, &events, err))
		return false;
	for (size_t i = 0; i < events.count; i++) {
		while (t < table->count && strcmp(table->events[t].id, events.events[i].id) < 0)
			t++;
		if (t == table->count || strcmp(table->events[t].id, events.events[i].id) != 0)
			return err_set(err, ERR_FORMAT, "the event \"%s\" is not in timetable.json",
				       events.events[i].id);
	}
	return true;
}

static bool check_notices(struct build *build, const char *lang, struct err *err)
{
	struct notices notices;

	(void)lang;
	return notices_parse(build->bytes.data, build->bytes.len, &build->arena, &notices, err) &&
	       check_references(build, &notices_shape, &notices, err);
}

static bool check_alts(struct build *build, const char *lang, struct err *err)
{
	struct alts alts;

	(void)lang;
	return alts_parse(build->bytes.data, build->bytes.len, &build->arena, &alts, err);
}

static bool check_words(struct build *build, const char *lang, struct err *err)
{
	struct words words;

	(void)lang;
	return words_parse(build->bytes.data, build->bytes.len, &build->arena, &words, err);
}

/* The documents that every language has one of. */
static const struct kind {
	const char *folder;
	bool source_required;
	bool (*check)(struct build *build, const char *lang, struct err *err);
} kinds[] = {
	{"topics", true, check_topic_texts}, {"places", false, check_places}, {"events", false, check_events},
	{"notices", false, check_notices},   {"alts", false, check_alts},     {"ui", false, check_words},
};

static bool add_language(struct build *build, const char *lang, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char path[64];

		sqlite3_snprintf(sizeof(path), path, "%s/%s.json", kinds[i].folder, lang);
		const struct content_target *target = find_target(build, path);
		if (!target) {
			if (kinds[i].source_required && is_source(build, lang))
				return err_set(err, ERR_FORMAT, "%s: the bundle lacks it", path);
			continue;
		}
		if (!read_document(build, target, err))
			return false;
		if (!kinds[i].check(build, lang, err))
			return err_context(err, "%s", path);
		if (!put_document(build, target, err))
			return false;
	}
	return true;
}

static bool check_rich(const struct build *build, const struct rich *rich, struct err *err)
{
	for (size_t i = 0; i < rich->span_count; i++)
		if (rich->spans[i].kind == SPAN_LINK && !check_link(build, "link", rich->spans[i].target, err))
			return false;
	return true;
}

static bool check_page(const struct build *build, const struct page *page, struct err *err)
{
	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *block = &page->blocks[i];

		if (!check_rich(build, &block->text, err))
			return false;
		for (size_t j = 0; j < block->item_count; j++)
			if (!check_rich(build, &block->items[j].text, err))
				return false;
	}
	for (size_t i = 0; i < page->related_count; i++)
		if (!check_link(build, "related", page->related[i], err))
			return false;
	return !page->contact || has_place(build, page->contact) ||
	       err_set(err, ERR_FORMAT, "contact: the bundle has no place \"%s\"", page->contact);
}

/* What lists show of a page or an item. */
struct row {
	const char *lang, *kind, *topic, *id, *revision, *icon, *title, *summary, *reviewed;
};

static bool put_row(struct build *build, const struct content_target *target, const struct row *row, struct err *err)
{
	const char *texts[] = {row->lang, row->kind,  row->topic,   row->id,       row->revision,
			       row->icon, row->title, row->summary, row->reviewed, target->sha256};
	sqlite3_stmt *stmt = build->put_page;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (!database_bind_text(stmt, (int)i + 1, texts[i], err))
			return false;
	return database_do(stmt, err) && put_body(build, target, err);
}

/* What bundle.json names: its bytes are in build->bytes, and *target says what they are; NULL when it is not in this
 * language, which only the source language must be. */
static bool read_named(struct build *build, const char *lang, const char *path, const struct content_target **target,
		       struct err *err)
{
	*target = find_target(build, path);
	if (!*target)
		return !is_source(build, lang) ||
		       err_set(err, ERR_FORMAT, "%s: bundle.json names it, but the bundle lacks it", path);
	arena_reset(&build->page_arena);
	return read_document(build, *target, err);
}

static bool add_page(struct build *build, const char *lang, const char *topic, const char *id, struct err *err)
{
	char path[LANG_MAX + 2 * ID_MAX + 16];
	struct page page;

	sqlite3_snprintf(sizeof(path), path, "pages/%s/%s/%s.json", lang, topic, id);
	const struct content_target *target;
	if (!read_named(build, lang, path, &target, err))
		return false;
	if (!target)
		return true;
	if (!page_parse(build->bytes.data, build->bytes.len, &build->page_arena, &page, err) ||
	    !check_page(build, &page, err))
		return err_context(err, "%s", path);
	struct row row = {lang, "pages", topic, id, page.revision, page.icon, page.title, page.summary, page.reviewed};
	return put_row(build, target, &row, err);
}

static bool add_picture(struct build *build, const char *name, struct err *err)
{
	char path[96];

	sqlite3_snprintf(sizeof(path), path, "pictures/%s", name);
	const struct content_target *target = find_target(build, path);
	if (!target)
		return err_set(err, ERR_FORMAT, "%s: it is named, but the bundle lacks it", path);
	if (target->len < 0 || target->len > (int64_t)PICTURE_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: %lld bytes; at most %u are allowed", path, (long long)target->len,
			       PICTURE_BYTES_MAX);
	return database_bind_text(build->put_picture, 1, name, err) &&
	       database_bind_text(build->put_picture, 2, target->sha256, err) &&
	       database_bind_integer(build->put_picture, 3, target->len, err) && database_do(build->put_picture, err);
}

struct adding {
	struct build *build;
	struct err *err;
};

static bool add_picture_of(void *context, const struct shape_field *field, const char **text)
{
	const struct adding *adding = context;

	(void)field;
	return add_picture(adding->build, *text, adding->err);
}

static bool add_item(struct build *build, const char *lang, enum item_kind kind, const char *id, struct err *err)
{
	char path[LANG_MAX + ID_MAX + 16];
	struct adding adding = {build, err};
	union item_any item;

	sqlite3_snprintf(sizeof(path), path, "%s/%s/%s.json", item_folders[kind], lang, id);
	const struct content_target *target;
	if (!read_named(build, lang, path, &target, err))
		return false;
	if (!target)
		return true;
	if (!item_parse(kind, build->bytes.data, build->bytes.len, &build->page_arena, &item, err) ||
	    !check_references(build, item_shapes[kind], &item, err) ||
	    !shape_each(item_shapes[kind], &item, SHAPE_PICTURE, add_picture_of, &adding))
		return err_context(err, "%s", path);
	const struct item_head *head = &item.head;
	if (strcmp(head->id, id) != 0)
		return err_set(err, ERR_FORMAT, "%s: it says that its id is \"%s\"", path, head->id);
	struct row row = {lang,          item_folders[kind], "", id, head->origin.revision, head->icon, head->title,
			  head->summary, head->reviewed};
	return put_row(build, target, &row, err);
}

static bool add_items(struct build *build, const char *lang, struct err *err)
{
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < build->bundle.items[kind].count; i++)
			if (!add_item(build, lang, kind, build->bundle.items[kind].entries[i].id, err))
				return false;
	return true;
}

/* In the order of language, topic and page by bytes, so that the same bundle gives the same file. */
static bool add_pages(struct build *build, struct err *err)
{
	const char *langs[LANGUAGES_MAX] = {0};
	size_t count = build->bundle.language_count;

	for (size_t i = 0; i < count; i++)
		langs[i] = build->bundle.languages[i].code;
	qsort(langs, count, sizeof(langs[0]), compare_texts);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < build->page_count; j++) {
			const char *path = build->page_paths[j];
			char topic[ID_MAX];
			size_t len = (size_t)(strchr(path, '/') - path);

			memcpy(topic, path, len);
			topic[len] = '\0';
			if (!add_page(build, langs[i], topic, path + len + 1, err))
				return false;
		}
		if (!add_items(build, langs[i], err))
			return false;
	}
	return true;
}

static bool add_pictures(struct build *build, struct err *err)
{
	const struct bundle *bundle = &build->bundle;

	for (size_t i = 0; i < bundle->topic_count; i++)
		if (bundle->topics[i].picture && !add_picture(build, bundle->topics[i].picture, err))
			return false;
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < bundle->items[kind].count; i++)
			if (bundle->items[kind].entries[i].picture &&
			    !add_picture(build, bundle->items[kind].entries[i].picture, err))
				return false;
	return true;
}

static bool put_meta(struct build *build, int64_t published_utc_s, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	char sql[256];

	if (!database_digest(build->db, hex, err))
		return false;
	sqlite3_snprintf(sizeof(sql), sql, "INSERT INTO meta VALUES('published', %lld), ('digest', '%s')",
			 (long long)published_utc_s, hex);
	return database_run(build->db, sql, err);
}

static bool add_all(struct build *build, int64_t published_utc_s, struct err *err)
{
	static const char put_document_sql[] = "INSERT INTO document VALUES(?, ?)";
	static const char put_page_sql[] = "INSERT INTO page VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	static const char put_picture_sql[] = "INSERT OR IGNORE INTO picture VALUES(?, ?, ?)";
	static const char put_body_sql[] = "INSERT OR IGNORE INTO body VALUES(?, ?)";

	if (!database_prepare(build->db, put_document_sql, &build->put_document, err) ||
	    !database_prepare(build->db, put_page_sql, &build->put_page, err) ||
	    !database_prepare(build->db, put_picture_sql, &build->put_picture, err) ||
	    !database_prepare(build->db, put_body_sql, &build->put_body, err) || !add_bundle(build, err) ||
	    !add_timetable(build, err) || !list_pages(build, err))
		return false;
	/* The source's places first: what other documents name is sought among them. */
	if (!add_language(build, build->bundle.source, err))
		return false;
	for (size_t i = 0; i < build->bundle.language_count; i++) {
		const char *lang = build->bundle.languages[i].code;

		if (!is_source(build, lang) && !add_language(build, lang, err))
			return false;
	}
	return add_pages(build, err) && add_pictures(build, err) && put_meta(build, published_utc_s, err) &&
	       database_run(build->db, "COMMIT", err);
}

/* The folder `path` is in. */
static bool sync_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
	int fd = -1;

	if (!folder)
		return err_memory(err);
	bool ok = file_open_dir(AT_FDCWD, folder, false, &fd, err) && file_sync(fd, folder, err);
	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

static bool fill(struct build *build, int64_t published_utc_s, const char *path, struct err *err)
{
	bool ok = database_create(path, &build->db, err) && add_all(build, published_utc_s, err);

	sqlite3_finalize(build->put_document);
	sqlite3_finalize(build->put_page);
	sqlite3_finalize(build->put_picture);
	sqlite3_finalize(build->put_body);
	database_close(build->db);
	return ok;
}

bool content_index_build(const struct content_target *targets, size_t count, struct content_objects objects,
			 int64_t published_utc_s, const char *path, struct err *err)
{
	struct build build = {.objects = objects};
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0)
		return err_errno(err, "%s", path);
	bool ok = sort_targets(&build, targets, count, err) && fill(&build, published_utc_s, path, err) &&
		  file_sync(fd, path, err) && sync_folder(path, err);
	close(fd);
	if (!ok)
		unlink(path);
	buf_finish(&build.bytes);
	arena_finish(&build.page_arena);
	arena_finish(&build.arena);
	return ok;
}
