/* inside -- what an open view is made of. Only content.c and content_lists.c know. */
#ifndef CONTENT_INSIDE_H
#define CONTENT_INSIDE_H

#include "content/content.h"
#include "content/database.h"

/* What one language has, read when the view is opened. */
struct language_view {
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
	sqlite3_stmt *document, *page, *picture;
	struct arena arena;
	int64_t published;
	struct bundle bundle;
	struct timetable timetable;
	int source;
	struct language_view *languages;
};

/* The source language where there is no such language. */
static inline const struct language_view *view_of(const struct content *content, int language)
{
	if (language < 0 || (size_t)language >= content->bundle.language_count)
		language = content->source;
	return &content->languages[language];
}

/* Done once, when the view is opened: events get their days, and translations of places, events and notices are told
 * whether their source is newer. */
void content_join(struct content *content);

#endif
