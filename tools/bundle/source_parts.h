/* source_parts -- what the files of source_*.c share: loading a file, and the checks that need the whole folder.
 *
 * A function that returns bool fails only when reading itself does; faults of the content are told and reading goes
 * on.
 */
#ifndef BUNDLE_SOURCE_PARTS_H
#define BUNDLE_SOURCE_PARTS_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/reading.h"
#include "bundle/source.h"
#include "bundle/tree.h"

#include <stdbool.h>
#include <stddef.h>

#define SOURCE_NOT_WRITTEN "00000000" /* made_from of a translation that has none yet */

/* Characters that the texts of a page's front matter may have. */
#define PAGE_TITLE_CHARS   60
#define TOPIC_TITLE_CHARS  30
#define PAGE_SUMMARY_CHARS 200
#define PAGE_LABEL_CHARS   20
#define PAGE_VALUE_CHARS   40
#define PAGE_MEANING_CHARS 200
#define PERSON_CHARS       60 /* of who translated or checked; kept in the file, not shown */

/* A path beneath the content folder, kept; "" when memory ran out. */
__attribute__((format(printf, 2, 3))) const char *source_path(struct source *source, const char *format, ...);

/* A file of the folder, about to be read. */
struct reading source_reading(struct source *source, const char *path);

/* The file's bytes, valid UTF-8 with LF line ends (reading_unix()); *loaded is false when it is missing (told unless
 * `optional`), too large or not UTF-8 (told). */
bool source_load(struct source *source, const struct reading *in, size_t limit, bool optional, struct buf *bytes,
		 bool *loaded, struct err *err);

/* The file as a tree; *tree is NULL when it was refused. */
bool source_load_tree(struct source *source, const struct reading *in, const struct tree **tree, struct err *err);

/* Names in a folder, ascending; editors' leftovers (".x", "x~") are passed over. A missing folder is an empty one. */
bool source_list(struct source *source, int dir, const char *path, bool folders, struct source_names *out,
		 struct err *err);
/* The ids of the files <id><suffix> in a folder, ascending; files of other names are told. ERR_LIMIT: more than `max`. */
bool source_list_ids(struct source *source, const char *folder, const char *suffix, size_t max,
		     struct source_names *out, struct err *err);
bool source_has(const struct source_names *names, const char *name);

/* The pictogram that `key` names, when the kiosk has it. */
const char *source_icon(const struct source *source, const struct reading *in, const struct tree *map, const char *key,
			bool required);

/* The picture that `key` names, when it is there; NULL when absent. */
const char *source_picture(struct source *source, const struct reading *in, const struct tree *map, const char *key,
			   bool required);

/* Tells about files of a folder that are not <language><suffix>. */
bool source_check_files(struct source *source, const char *folder, const char *suffix, struct err *err);

/* The texts of a map from language to text into `out`, one for each language, NULL where there is none. What the
 * source language lacks is an error when `required`; what another lacks while the source has it is a warning. */
void source_texts(struct source *source, const struct reading *in, const struct tree *map, const char *key,
		  size_t max_chars, bool required, const char **out);

/* The language's index, or -1. */
int source_language(const struct source *source, const char *code);

/* A translation that names another Danish text than the one that is here: the Danish has changed since it was made. The
 * revision of the Danish page must be known. */
bool source_moved_on(const struct page *original, const struct source_text *text);

/* sources.yaml: the facts behind the texts, for staff alone; it need not be there. */
bool source_read_facts(struct source *source, struct err *err);
/* The facts that a text rests on, at its key "sources": how many, and in *ids (an array in the arena; may be NULL). */
size_t source_read_facts_named(struct source *source, const struct reading *in, const struct tree *map,
			       const char ***ids);
/* Something rests on the fact. False: there is no such. */
bool source_use_fact(struct source *source, const char *id);
/* Warns of facts that nothing rests on. */
void source_check_facts(const struct source *source);

/* The days of a text as of source->today: when it was reviewed, and until when it holds. Each may be NULL. */
void source_check_dates(const struct source *source, const struct reading *in, const struct tree *map,
			const char *reviewed, const char *valid_to);
/* Warns when `valid_to` is over. */
void source_tell_past(const struct source *source, const struct reading *in, size_t line, const char *valid_to);

/* How easy a text of the source language is to read, when that is Danish. NULL is passed over. */
void source_check_ease(const struct source *source, const struct reading *in, size_t line, const char *text);

/* `made` is to be `now`, where there are digests of the Danish text as it is now (content/parts.h); both may be NULL. */
void source_check_digests(const struct reading *in, size_t line, const char *key, const char *made, const char *now);

/* Tells that a translation was made from another Danish text than the one that is here; `key` is what to write the
 * revision at. */
void source_tell_older(const struct reading *in, const char *lang, size_t line, const char *key, const char *revision);
void source_tell_unchecked(const struct reading *in, const char *lang, size_t line);

const struct source_page *source_find_page(const struct source *source, const char *path);

/* A record that stands in <folder>/<lang>.yaml. */
struct source_record {
	const char *folder;  /* "guides/ill" */
	const char *path;    /* of the file with the source's text, for what is missing */
	const char *lacking; /* what is said of a language that is missing: a format with the language */
	const struct shape *shape;
	void *texts;                       /* one record for each language; the source's is read, and sound */
	size_t size;                       /* bytes from one to the next */
	bool *present;                     /* one for each language */
	const struct source_names *silent; /* languages whose lack is not told; or NULL */
};

/* Its translations, each beside the source's text. */
bool source_read_translations(struct source *source, const struct source_record *record, struct err *err);

/* The lists of guides, phrases, paths and stories in site.yaml. */
bool source_read_item_lists(struct source *source, const struct reading *in, const struct tree *site, struct err *err);
bool source_read_items(struct source *source, struct err *err);
bool source_read_notices(struct source *source, struct err *err);
bool source_read_events(struct source *source, struct err *err);
/* Tells about a page that somebody names and that is not there; but when it has a folder that is not listed, that is told
 * already. */
void source_page_missing(struct source *source, const struct reading *in, size_t line, const char *what,
			 const char *path);

/* Tells about what stands in the content folder and is not read. */
bool source_check_root(struct source *source, struct err *err);
/* The names of the pictures, before anything names them; and the pictures, when all that shows them was read. */
bool source_list_pictures(struct source *source, struct err *err);
bool source_read_pictures(struct source *source, struct err *err);
#define PICTURE_TEXTS      "pictures/texts.yaml" /* what each shows, for those who do not see it */
#define PICTURE_TEXT_CHARS 160
/* Every picture that something shows, as often as something does; `told`: what shows it says what it shows. False ends
 * the walk. */
bool source_each_picture(const struct source *source, bool (*each)(void *context, const char *picture, bool told),
			 void *context);
/* Warns of activities that no place has, and of a place that stands in two files. */
void source_check_activities(const struct source *source);
void source_check_twins(const struct source *source);

bool source_read_site(struct source *source, struct err *err);
bool source_read_topics(struct source *source, struct err *err);
bool source_read_places(struct source *source, struct err *err);
bool source_read_pages(struct source *source, struct err *err);

/* Everything that is seen only when a page stands beside its source: structure, numbers, revision; and how easy the
 * Danish is. */
bool source_check_page(const struct source *source, struct source_page *page, struct err *err);

#endif
