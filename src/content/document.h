/* document -- the documents a bundle holds: their form in memory and in JSON.
 *
 * Format 1. A bundle is a set of files ("targets") named with [A-Za-z0-9._/-] only:
 *
 *	bundle.json                        languages, topics and their pages, guides, phrases, paths and stories, in order
 *	topics/<lang>.json                 titles and summaries of the topics
 *	pages/<lang>/<topic>/<page>.json   one page in one language
 *	places/<lang>.json                 places and contacts; this and the following as content/records.h has them
 *	events/<lang>.json                 what happens
 *	timetable.json                     and when
 *	notices/<lang>.json                what is new or urgent
 *	guides/<lang>/<guide>.json         one decision tree in one language
 *	phrases/<lang>/<set>.json          the sentences of one situation
 *	paths/<lang>/<path>.json           the steps of one life event
 *	stories/<lang>/<story>.json        a story in pictures
 *	alts/<lang>.json                   what pictures show, for those who do not see them
 *	ui/<lang>.json                     the kiosk's own words (content/words.h)
 *	pictures/<name>.svg                as they are
 *
 * Running text is stored as an array of runs: [{"text": "..."}, {"text": "dagpleje", "kind": "term"}, {"text": "...",
 * "kind": "link", "to": "daycare/costs"}]. Texts hold no control characters, so a paragraph is one line. In a
 * right-to-left language, numbers, dates, addresses and the like stand between U+2066 and U+2069 with no-break spaces
 * inside, and so do a place's phone and address; in every language the spaces of a phone number are no-break.
 *
 * vejviser-bundle writes them, the sync checks and indexes them, the kiosk reads them. What is parsed lives in the
 * caller's arena and borrows nothing from the bytes. Every limit below is checked when parsing: ERR_LIMIT; a wrong
 * form is ERR_FORMAT with the key; a bundle.json of a later format is ERR_VERSION. Targets and keys that a program does
 * not know are passed over: so what is new and may be missing, as events were, keeps the format.
 */
#ifndef CONTENT_DOCUMENT_H
#define CONTENT_DOCUMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "content/records.h"
#include "content/words.h"

#include <stdbool.h>
#include <stddef.h>

#define DOCUMENT_FORMAT    1
#define DOCUMENT_BYTES_MAX (1u << 20)

#define ID_MAX            41 /* bytes of a topic, page or place id with the final zero: [a-z0-9-], 1-40 */
#define REVISION_MAX      9  /* bytes of a revision with the final zero: 8 of 0-9 and a-f */
#define LANG_MAX          16 /* bytes of a BCP 47 tag with the final zero */
#define LANGUAGES_MAX     64
#define TOPICS_MAX        24
#define PAGES_MAX         64  /* in one topic */
#define BLOCKS_MAX        200 /* in one page */
#define ITEMS_MAX         50  /* in one list */
#define FACTS_MAX         3
#define TERMS_MAX         8
#define RELATED_MAX       4
#define RUNS_MAX          400  /* in one paragraph */
#define TITLE_MAX         200  /* bytes of titles, names, labels and values */
#define SUMMARY_MAX       1000 /* bytes of summaries, meanings, notes and the kiosk's own words */
#define TEXT_MAX          8000 /* bytes of one paragraph */
#define PLURAL_FORMS_MAX  6
#define PICTURE_BYTES_MAX (512u << 10) /* what the kiosk draws (draw/picture.h) */

bool document_id_valid(const char *id);             /* of a topic, page or place */
bool document_lang_valid(const char *lang);         /* a BCP 47 tag */
bool document_revision_valid(const char *revision); /* [0-9a-f], 8 */
bool document_parts_valid(const char *parts);       /* one or more digests of a part (content/parts.h) */
bool document_icon_valid(const char *icon);         /* [A-Za-z0-9-], 1-40: a pictogram's name */
bool document_picture_valid(const char *picture);   /* [A-Za-z0-9-], then ".svg"; at most 80 bytes */
/* True for "topic/page". */
bool document_page_path_valid(const char *path);

struct language {
	const char *code; /* BCP 47: "da", "uk" */
	const char *name; /* in the language itself */
	bool rtl;
};

/* Whom a page is for; one that names nobody is for everybody. */
enum audience {
	AUDIENCE_FAMILIES,
	AUDIENCE_WORKING,
	AUDIENCE_STUDENTS,
	AUDIENCE_SENIORS,
	AUDIENCE_COUNT
};
extern const char *const audience_names[AUDIENCE_COUNT]; /* "families" */

/* What is true of a page in all languages, and must be known without reading it. */
struct page_marks {
	unsigned audience; /* 1 << enum audience, together */
	bool sensitive;    /* reading it may bring the reader into danger: there is a quick way out */
};

struct topic_entry {
	const char *id;
	const char *icon;    /* pictogram's name */
	const char *hue;     /* of the theme's topic colours */
	const char *picture; /* file in pictures/, or NULL */
	const char **pages;  /* ids, in order */
	size_t page_count;
	struct page_marks *marks; /* of each page; NULL: none has any */
};

/* A guide, a set of phrases, a path or a story. */
struct item_entry {
	const char *id;
	const char *icon;
	const char *picture; /* file in pictures/, or NULL */
	const char *topic;   /* that it is shown with, or NULL */
};

struct item_list {
	struct item_entry *entries; /* in the order they are shown */
	size_t count;
};

/* Those of a page; none when the topic does not have it. */
struct page_marks page_marks_of(const struct topic_entry *topic, const char *page);

struct bundle {
	const char *municipality;
	const char *source; /* language code of the source, among `languages` */
	struct language *languages;
	size_t language_count;
	struct topic_entry *topics;
	size_t topic_count;
	struct item_list items[ITEM_KIND_COUNT];
};

struct topic_text {
	const char *id;
	const char *title;
	const char *summary;
};

struct topic_texts {
	struct topic_text *topics;
	size_t count;
};

enum span_kind {
	SPAN_BOLD,
	SPAN_TERM,
	SPAN_LINK
};

struct span {
	size_t start, len; /* bytes within the text; never empty, never overlapping, in order */
	enum span_kind kind;
	const char *target; /* SPAN_LINK: "topic/page"; else NULL */
};

/* Running text of one paragraph. */
struct rich {
	const char *text; /* "" when empty, never NULL once parsed */
	size_t len;
	struct span *spans;
	size_t span_count;
};

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_STEPS,
	BLOCK_LIST,
	BLOCK_CALLOUT,
	BLOCK_KIND_COUNT
};
enum callout_kind {
	CALLOUT_REMEMBER,
	CALLOUT_GOOD_TO_KNOW,
	CALLOUT_URGENT,
	CALLOUT_KIND_COUNT
};

struct item {
	const char *title; /* of a step; NULL in a list */
	struct rich text;  /* may be empty in a step */
};

struct block {
	enum block_kind kind;
	enum callout_kind callout; /* BLOCK_CALLOUT */
	const char *title;         /* BLOCK_HEADING, BLOCK_CALLOUT */
	struct rich text;          /* BLOCK_PARAGRAPH, BLOCK_CALLOUT */
	struct item *items;        /* BLOCK_STEPS, BLOCK_LIST */
	size_t item_count;
};

struct fact {
	const char *icon;
	const char *label;
	const char *value;
};

struct term {
	const char *term;    /* the official Danish word */
	const char *meaning; /* in the page's language */
};

struct page {
	const char *title;
	const char *summary;
	const char *icon;
	const char *reviewed; /* "YYYY-MM-DD" */
	const char *valid_to; /* "YYYY-MM-DD", the last day it holds */
	enum translation translation;
	const char *revision; /* of the source's text: the page's own, or the one this translation was made from */
	const char *parts;    /* the same of each part (content/parts.h), one after the other; NULL: not known */
	bool source_newer; /* the source's text is of another revision; found by content_page(), not in the document */
	int minutes;       /* reading time, at least 1 */
	struct fact facts[FACTS_MAX];
	size_t fact_count;
	struct block *blocks;
	size_t block_count;
	struct term terms[TERMS_MAX];
	size_t term_count;
	const char *contact;              /* place id, or NULL */
	const char *related[RELATED_MAX]; /* "topic/page" */
	size_t related_count;
};

/* The term a SPAN_TERM of this page stands for: the same word, but its first letter may be a capital. NULL: none. */
const struct term *page_term(const struct page *page, const char *word, size_t len);

/* One word of the kiosk in one language; forms[0] alone unless the word has a plural. */
struct word_text {
	const char *forms[PLURAL_FORMS_MAX]; /* CLDR order, only the language's own categories for whole numbers */
	size_t form_count;
};

struct words {
	struct word_text words[WORD_COUNT]; /* form_count 0: the bundle lacks it */
};

bool bundle_parse(const char *bytes, size_t len, struct arena *arena, struct bundle *out, struct err *err);
bool bundle_write(const struct bundle *bundle, struct buf *out, struct err *err);
bool topic_texts_parse(const char *bytes, size_t len, struct arena *arena, struct topic_texts *out, struct err *err);
bool topic_texts_write(const struct topic_texts *texts, struct buf *out, struct err *err);
bool page_parse(const char *bytes, size_t len, struct arena *arena, struct page *out, struct err *err);
bool page_write(const struct page *page, struct buf *out, struct err *err);
/* Messages that this kiosk does not know are left out. */
bool words_parse(const char *bytes, size_t len, struct arena *arena, struct words *out, struct err *err);
bool words_write(const struct words *words, struct buf *out, struct err *err);

#endif
