/* content -- what one generation says, ready to be shown.
 *
 * content_index_build() makes `index.db` from a bundle's objects, once, when a generation is made; content_open()
 * gives a const view of it (SQLite, read-only, immutable). An open view never changes; keep an old one open as long
 * as it is shown. One thread. Everything returned is owned by the view and lives until content_close(), except pages
 * and pictures, which say otherwise.
 *
 * Opening compares everything but pages and pictures with its hashes, and reads the lists of the source language. Those of
 * another language are read when they are first asked for. Should that fail (no memory; the disk has gone bad meanwhile)
 * the log tells it, and they count as lacking.
 *
 * What the bundle lacks in a language is taken from the source language: texts of topics, places, events, notices and
 * page titles; but a page, guide, set of phrases, path or story itself is told to be missing (ERR_MISSING), so that the visitor
 * is told too. A place, event or notice says so by its origin: TRANSLATION_SOURCE in another language.
 *
 * Errors: ERR_MISSING, ERR_CORRUPT (the index or an object is damaged), ERR_FORMAT and ERR_LIMIT (building),
 * ERR_VERSION (the bundle, or an index made by another version of this program), ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef CONTENT_CONTENT_H
#define CONTENT_CONTENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "content/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file of the bundle as signed metadata name it. */
struct content_target {
	const char *path;
	const char *sha256; /* hex */
	int64_t len;        /* bytes */
};

/* How to get an object's bytes; the store's business. */
struct content_objects {
	bool (*read)(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err);
	void *context;
};

/* Writes `path` (which must not exist) from the targets: every document parsed, every reference followed (pages of
 * topics, pictures, places, languages). Fsynced when it returns. */
bool content_index_build(const struct content_target *targets, size_t count, struct content_objects objects,
			 int64_t published_utc_s, const char *path, struct err *err);

struct content;

/* `objects.context` must outlive the view. */
bool content_open(const char *path, struct content_objects objects, struct content **out, struct err *err);
void content_close(struct content *content); /* takes NULL */
/* Reads the lists of a language at once, and tells what is wrong with them. */
bool content_read(const struct content *content, int language, struct err *err);

const struct bundle *content_bundle(const struct content *content);
int64_t content_published(const struct content *content); /* UTC seconds: when staff published it */

/* The language's index in content_bundle()->languages, or -1. */
int content_language(const struct content *content, const char *code);

/* NULL when there is none. `language` is an index. */
const struct topic_entry *content_topic(const struct content *content, const char *topic);
const struct topic_text *content_topic_text(const struct content *content, int language, const char *topic);
const struct place *content_place(const struct content *content, int language, const char *place);
const struct event *content_event(const struct content *content, int language, const char *event);
const struct activity *content_activity(const struct content *content, int language, const char *activity);

/* Every place and activity, in the source language: what filters are made of. */
const struct places *content_source_places(const struct content *content);

/* Which places; zero: all of them. */
struct place_filter {
	bool by_kind;
	enum place_kind kind;
	const char *activity; /* id; NULL: any, as the following */
	const char *town;
	bool fritidspas;                   /* only those that take part in it */
	const struct clock_civil *open_at; /* only those open then */
};

/* Ascending by id. How many there are; at most `max` of them in `out`. */
size_t content_places(const struct content *content, int language, const struct place_filter *filter,
		      const struct place **out, size_t max);

/* What happens on the days from `first` to `last` ("YYYY-MM-DD"), by day, time and id; cancelled ones too. How many
 * there are; the first of them, at most `max`, in `out`. */
struct event_day {
	const struct event *event;
	const struct event_time *time;
};
size_t content_events(const struct content *content, int language, const char *first, const char *last,
		      struct event_day *out, size_t max);
bool content_has_events(const struct content *content); /* on any day */

/* The notices in force, the most urgent first, then the newest. How many there are; at most `max` in `out`. */
size_t content_notices(const struct content *content, int language, int64_t utc_s, const struct notice **out,
		       size_t max);
/* When a notice next begins or ends after `utc_s`; INT64_MAX: never. */
int64_t content_notice_change(const struct content *content, int64_t utc_s);

/* Title, summary and icon of a page; in `language`, or in the source language where there is no translation (then
 * *translated is false). NULL: no such page. */
struct page_title {
	const char *kind; /* "pages" */
	const char *topic;
	const char *page;
	const char *revision;
	const char *icon;
	const char *title;
	const char *summary;
	const char *reviewed; /* "YYYY-MM-DD" */
};
const struct page_title *content_page_title(const struct content *content, int language, const char *topic,
					    const char *page, bool *translated);

/* The whole page, in the caller's arena; ERR_MISSING when it is not in this language. */
bool content_page(const struct content *content, int language, const char *topic, const char *page, struct arena *arena,
		  struct page *out, struct err *err);

/* The same for a guide, a set of phrases, a path or a story; `topic` is "" in its title. Which there are, and in which order, is
 * in content_bundle()->items. */
const struct page_title *content_item_title(const struct content *content, int language, enum item_kind kind,
					    const char *id, bool *translated);
bool content_item(const struct content *content, int language, enum item_kind kind, const char *id, struct arena *arena,
		  union item_any *out, struct err *err);

/* The kiosk's own word; never NULL: English where the bundle lacks it. `form` is the plural form's index (0 where
 * there is no plural). */
const char *content_word(const struct content *content, int language, enum word word, size_t form);

/* What a picture shows, for those who do not see it. NULL: nobody has said it in this language, so it is passed over in
 * silence: it would be read aloud in the wrong one. */
const char *content_alt(const struct content *content, int language, const char *picture);

/* Bytes of pictures/<name>. */
bool content_picture(const struct content *content, const char *name, struct buf *out, struct err *err);

#endif
