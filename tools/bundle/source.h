/* source -- a folder of content, read and checked.
 *
 * site.yaml, topics/<topic>/topic.yaml, topics/<topic>/<page>/<lang>.md, places/<place>.yaml, activities.yaml,
 * events/<event>.ics with events/<event>/<lang>.yaml, {guides,phrases,paths,stories,notices}/<name>/<lang>.yaml,
 * ui/<lang>.po and pictures/ with its texts.yaml become the documents of content/document.h, one set for each language;
 * sources.yaml is checked with them. Every fault is told to `faults`, all in one go; what could not be read is left out,
 * so the documents are only good when faults->errors is 0.
 * source_read() fails only when reading itself does: ERR_MISSING, ERR_IO, ERR_MEMORY.
 *
 * Everything lives until source_finish().
 */
#ifndef BUNDLE_SOURCE_H
#define BUNDLE_SOURCE_H

#include "base/arena.h"
#include "base/err.h"
#include "bundle/fault.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>

/* One page in one language. */
struct source_text {
	bool present;     /* there is a file */
	bool sound;       /* and no error in it: it can be compared with another */
	const char *path; /* of the file */
	struct page page;
	const char *made_from; /* of a translation: the source's revision, or NULL */
	size_t made_from_line, facts_line, terms_line;
	const size_t *block_lines;
	const struct markdown_mark *marks; /* links and terms */
	size_t mark_count;
	const char *document; /* its bytes, when the page is known; then nothing else of it was read */
	size_t document_len;
};

struct source_page {
	const char *topic;
	const char *id;
	const char *listed_in; /* the topic.yaml */
	size_t listed_line;
	struct page_marks *marks;
	struct source_text *texts; /* one for each language */
	bool known;                /* by the cache: it has not changed */
	const char **facts;        /* it rests on */
	size_t fact_count;
};

/* A guide, a set of phrases or a path; or a notice or event, in the documents of all languages. */
struct source_item {
	union item_any *texts; /* one for each language */
	bool *present;         /* and whether it is in it */
};

struct source_names {
	const char **names; /* ascending */
	size_t count, cap;
};

/* A fact of sources.yaml. */
struct source_fact {
	const char *id;
	size_t line;
	bool used; /* a text rests on it */
};

struct fonts;
struct build_cache;

struct source {
	struct arena arena;
	int dir; /* the content folder */
	const char *folder;
	struct faults *faults;
	size_t file_count;
	struct build_cache *cache; /* NULL: everything is read */
	bool progress;             /* is shown on the terminal */
	const char *share;
	struct fonts *fonts;           /* that the kiosk has */
	struct source_names icons;     /* pictograms the kiosk has */
	const char *icons_allowed;     /* "; allowed: ...", for a fault */
	struct source_names pictures;  /* files in pictures/ */
	struct source_names place_ids; /* of the files in places/ */
	struct source_names activity_ids;
	size_t *activity_lines;
	struct source_names item_ids[ITEM_KIND_COUNT]; /* as site.yaml lists them */
	int64_t today;                                 /* the day as of clock_days() */
	struct source_fact *facts;
	size_t fact_count;
	struct bundle bundle;
	size_t page_list_lines[TOPICS_MAX]; /* of "pages" in each topic.yaml */
	size_t source_language;             /* index */
	struct topic_texts *topics;         /* one for each language, as the following */
	struct places *places;
	struct events *events;
	struct timetable timetable;
	struct notices *notices;
	struct alts *alts;
	struct words *words;
	struct source_page *pages; /* in the order of the topics and their lists */
	const char **page_paths;   /* of each, "topic/page" */
	size_t page_count;
	struct source_item *items[ITEM_KIND_COUNT]; /* in the order of item_ids */
};

/* The day is that of SOURCE_DATE_EPOCH (seconds), so that the same content can give the same bytes again; without it,
 * today. Only what is over, and which days of a series are written (bundle/ics.h), depend on it.
 *
 * `share` is what the kiosk draws with: icons/<name>.svg for every pictogram, and fonts/ (text/fonts.h). NULL:
 * $VEJVISER_SHARE, else where the programs are installed. */
bool source_read(const char *content_dir, const char *share, struct source *out, struct faults *faults,
		 struct err *err);
/* The same, but pages that `cache` (bundle/cache.h; or NULL) knows are not read again, and with `progress` it says on
 * stderr how far it is. */
bool source_read_with(const char *content_dir, const char *share, struct build_cache *cache, bool progress,
		      struct source *out, struct faults *faults, struct err *err);
void source_finish(struct source *source);

#endif
