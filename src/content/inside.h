/* inside -- what an open view is made of. Only content.c, content_lists.c and view.c know. */
#ifndef CONTENT_INSIDE_H
#define CONTENT_INSIDE_H

#include "content/content.h"
#include "content/database.h"

enum list {
	LIST_TOPICS,
	LIST_PLACES,
	LIST_EVENTS,
	LIST_NOTICES,
	LIST_ALTS,
	LIST_WORDS,
	LIST_TITLES,
	LIST_COUNT
};

/* What one language has. A list is empty until it is read. */
struct language_view {
	struct arena arena;
	bool read[LIST_COUNT], failed[LIST_COUNT];
	struct topic_texts topics;
	struct places places;
	struct events events;
	struct notices notices;
	struct alts alts;
	struct words words;
	struct page_title *titles; /* of pages and items, ascending by kind, topic, then page */
	size_t title_count;
};

struct content {
	struct content_objects objects;
	sqlite3 *db;
	sqlite3_stmt *document, *titles, *page, *picture;
	struct arena arena;
	int64_t published;
	struct bundle bundle;
	struct timetable timetable;
	int source;
	struct language_view *languages;
};

/* Every list of it was read when the view was opened. */
static inline const struct language_view *source_of(const struct content *content)
{
	return &content->languages[content->source];
}

/* The language, with this list read; the source language when there is no such language. What cannot be read is told in
 * the log, once, and stays empty: the source language stands in. */
const struct language_view *view_of(const struct content *content, int language, enum list list);
/* Does nothing when it has been read. */
bool view_read(const struct content *content, int language, enum list list, struct err *err);

/* The hash in this column is that of the bytes in the next. */
bool view_check_body(sqlite3_stmt *stmt, int hash_column, struct err *err);

typedef bool view_parse(void *out, const char *bytes, size_t len, struct err *err);

/* The statement's only row, of a hash and its bytes, into *out; its columns are bound. Nothing is done when there is none. */
bool view_read_row(sqlite3_stmt *stmt, bool *found, view_parse *parse, void *out, struct err *err);
bool view_read_document(const struct content *content, const char *path, bool *found, view_parse *parse, void *out,
			struct err *err);

int view_compare_titles(const void *a, const void *b);

/* Events get their days, and translations of places, events and notices are told whether their source is newer. */
void content_join(const struct content *content, struct language_view *view);

#endif
