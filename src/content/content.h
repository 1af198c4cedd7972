/* content -- what one generation says, ready to be shown.
 *
 * content_index_build() makes `index.db` from a bundle's objects, once, when a generation is made; content_open()
 * gives a const view of it (SQLite, read-only, immutable). An open view never changes; keep an old one open as long
 * as it is shown. One thread. Everything returned is owned by the view and lives until content_close(), except pages
 * and pictures, which say otherwise.
 *
 * What the bundle lacks in a language is taken from the source language: texts of topics, places and page titles; but
 * a page itself is told to be missing (ERR_MISSING), so that the visitor is told too.
 *
 * Errors: ERR_MISSING, ERR_CORRUPT (the index or an object is damaged), ERR_FORMAT and ERR_LIMIT (building),
 * ERR_VERSION (the bundle, or an index made by another version of this program), ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef CONTENT_CONTENT_H
#define CONTENT_CONTENT_H

#include "base/arena.h"
#include "base/buf.h"
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

const struct bundle *content_bundle(const struct content *content);
int64_t content_published(const struct content *content); /* UTC seconds: when staff published it */

/* The language's index in content_bundle()->languages, or -1. */
int content_language(const struct content *content, const char *code);

/* NULL when there is none. `language` is an index. */
const struct topic_entry *content_topic(const struct content *content, const char *topic);
const struct topic_text *content_topic_text(const struct content *content, int language, const char *topic);
const struct place *content_place(const struct content *content, int language, const char *place);
/* Title, summary and icon of a page; in `language`, or in the source language where there is no translation (then
 * *translated is false). NULL: no such page. */
struct page_title {
	const char *topic;
	const char *page;
	const char *revision;
	const char *icon;
	const char *title;
	const char *summary;
};
const struct page_title *content_page_title(const struct content *content, int language, const char *topic,
					    const char *page, bool *translated);

/* The whole page, in the caller's arena; ERR_MISSING when it is not in this language. */
bool content_page(const struct content *content, int language, const char *topic, const char *page, struct arena *arena,
		  struct page *out, struct err *err);

/* The kiosk's own word; never NULL: English where the bundle lacks it. `form` is the plural form's index (0 where
 * there is no plural). */
const char *content_word(const struct content *content, int language, enum word word, size_t form);

/* Bytes of pictures/<name>. */
bool content_picture(const struct content *content, const char *name, struct buf *out, struct err *err);

#endif
