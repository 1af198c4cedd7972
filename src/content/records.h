/* records -- places, events, notices, phrases, guides, paths and stories: their form in memory and in JSON.
 *
 * Each struct has a shape (content/shape.h), which is all that reading, writing and checking them needs. They are
 * documents of content/document.h, where the limits of texts, ids and languages stand:
 *
 *	places/<lang>.json, events/<lang>.json, notices/<lang>.json   all of them in one language
 *	timetable.json                                                the days of all events
 *	guides/<lang>/<guide>.json, phrases/<lang>/<set>.json, paths/<lang>/<path>.json,
 *	stories/<lang>/<story>.json                                   one in one language
 *	alts/<lang>.json                                              what pictures show, in one language
 *
 * A translation holds everything its source holds, so each document can be shown alone; what a language lacks is
 * absent, never taken from another. Days and minutes are of the clock on the wall (clock_local()), so daylight saving
 * does not move an opening hour; only a notice begins and ends at a moment, in UTC.
 */
#ifndef CONTENT_RECORDS_H
#define CONTENT_RECORDS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "content/shape.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLACES_MAX      2000
#define ACTIVITIES_MAX  200
#define HOURS_MAX       28  /* openings in a week, */
#define HOURS_DATES_MAX 120 /* and on dates that differ */
#define EVENTS_MAX      1000
#define EVENT_TIMES_MAX 400 /* days of one event */
#define NOTICES_MAX     50
#define NOTICE_ACTS_MAX 3
#define ITEMS_OF_KIND   100 /* guides, sets of phrases, paths or stories in a bundle */
#define PHRASES_MAX     60  /* in one set */
#define REPLIES_MAX     4
#define QUESTIONS_MAX   30 /* in one guide, */
#define ANSWERS_MAX     5  /* to one question, */
#define RESULTS_MAX     30
#define GUIDE_STEPS_MAX 5
#define PATH_STEPS_MAX  15
#define STORY_PARTS_MAX 12
#define STORY_WORDS_MAX 3   /* of one part */
#define ALTS_MAX        500 /* pictures that have a text */
#define MINUTES_OF_DAY  1440

enum translation {
	TRANSLATION_SOURCE,
	TRANSLATION_CHECKED,
	TRANSLATION_UNCHECKED,
	TRANSLATION_COUNT
};
extern const char *const translation_names[TRANSLATION_COUNT + 1]; /* ends with NULL, as all names here */

/* Where the words of a record come from. */
struct origin {
	enum translation translation;
	const char *revision; /* of the source's text: its own, or the one this translation was made from */
	bool source_newer; /* the source has another revision; found when the record is fetched, not in the document */
};

/* A time on one day, in minutes from midnight: from 0 to 1440 is all day. */
struct opening {
	int weekday; /* 0 is Monday */
	int from, to;
};

struct opening_on {
	const char *date; /* "YYYY-MM-DD" */
	int from, to;     /* both 0: closed */
};

struct hours {
	struct opening *week; /* ascending; a weekday without any is closed */
	size_t week_count;
	struct opening_on *dates; /* ascending; these stand instead of the week's */
	size_t date_count;
	const char *valid_to; /* "YYYY-MM-DD"; NULL: the hours are not known */
};

enum place_kind {
	PLACE_OTHER,
	PLACE_OFFICE,
	PLACE_HEALTH,
	PLACE_DAYCARE,
	PLACE_SCHOOL,
	PLACE_LIBRARY,
	PLACE_CLUB,
	PLACE_CULTURE,
	PLACE_LANGUAGE,
	PLACE_WORK,
	PLACE_SENIORS,
	PLACE_KIND_COUNT
};
extern const char *const place_kinds[PLACE_KIND_COUNT + 1];

struct place {
	const char *id;
	const char *icon;
	const char *name;
	const char *danish; /* its Danish name */
	const char *phone;  /* this and the following may be NULL */
	const char *address;
	const char *web;
	const char *email;
	const char *note;
	enum place_kind kind;
	const char *town;
	const char *geo;         /* "56.8042,9.5180": degrees north and east */
	const char **activities; /* ids of `struct activity` */
	size_t activity_count;
	const char **speaks; /* language codes */
	size_t speaks_count;
	const char *audience; /* who it is for */
	const char *price;
	const char *travel; /* how to get there */
	bool fritidspas;    /* takes part in it */
	bool example;       /* not a real one: shows how it looks */
	struct hours hours;
	struct origin origin;
};

/* What one can do at a place: staff's own list, so that a new one needs no new firmware. */
struct activity {
	const char *id;
	const char *icon;
	const char *name;
};

struct places {
	struct place *places; /* ascending by id */
	size_t count;
	struct activity *activities; /* in the order staff gave */
	size_t activity_count;
};

enum event_kind {
	EVENT_OTHER,
	EVENT_LANGUAGE,
	EVENT_SPORT,
	EVENT_CHILDREN,
	EVENT_CULTURE,
	EVENT_HEALTH,
	EVENT_SENIORS,
	EVENT_MEETING,
	EVENT_VOLUNTEER,
	EVENT_KIND_COUNT
};
extern const char *const event_kinds[EVENT_KIND_COUNT + 1];

/* One day of an event. A night that goes on is two days; a series is one for each time. */
struct event_time {
	const char *date;
	int from, to;
	bool cancelled;
};

struct event {
	const char *id;
	const char *icon;
	enum event_kind kind;
	const char *title;
	const char *text;  /* NULL: none, as the following */
	const char *where; /* in Danish, as on the sign; beside or instead of a place */
	const char *place; /* id */
	const char *web;
	bool free, no_signup, families, example;
	struct origin origin;
	const struct event_time *times; /* ascending by date and time; of the timetable, not in the document */
	size_t time_count;
};

struct events {
	struct event *events; /* ascending by id */
	size_t count;
};

/* When events are: one document for all languages, so that a date that is cancelled moves one object. */
struct event_times {
	const char *id;
	struct event_time *times;
	size_t count;
};

struct timetable {
	struct event_times *events; /* ascending by id */
	size_t count;
};

enum notice_urgency {
	NOTICE_SERVICE,
	NOTICE_IMPORTANT,
	NOTICE_URGENT,
	NOTICE_URGENCY_COUNT
};
extern const char *const notice_urgencies[NOTICE_URGENCY_COUNT + 1];

struct notice_act {
	const char *id;
	const char *icon;
	const char *text;
};

struct notice {
	const char *id;
	const char *icon;
	enum notice_urgency urgency;
	int64_t from_utc_s, to_utc_s; /* shown from the first to before the second */
	const char *sender;           /* in Danish */
	const char *title;
	const char *text;
	const char *phone; /* this and the following may be NULL */
	const char *page;  /* "topic/page" */
	struct notice_act *acts;
	size_t act_count;
	const char **missing; /* languages it is known not to be in: the kiosk says so */
	size_t missing_count;
	bool example;
	struct origin origin;
};

struct notices {
	struct notice *notices; /* ascending by id */
	size_t count;
};

/* What guides, phrases, paths and stories begin with. */
struct item_head {
	const char *id;
	const char *icon;
	const char *picture; /* file in pictures/, or NULL */
	const char *title;
	const char *summary;
	const char *reviewed; /* "YYYY-MM-DD" */
	const char *valid_to; /* the last day it holds */
	struct origin origin;
	const char *texts; /* of each text, as origin.revision (content/parts.h); NULL: not known */
};

enum phrase_from {
	PHRASE_FROM_VISITOR,
	PHRASE_FROM_STAFF,
	PHRASE_FROM_COUNT
};
extern const char *const phrase_froms[PHRASE_FROM_COUNT + 1];

/* What the other one may point at to answer. */
struct reply {
	const char *id;
	const char *icon; /* or NULL */
	const char *danish;
	const char *text;
};

struct phrase {
	const char *id;
	const char *icon;
	enum phrase_from from;
	const char *danish;
	const char *text; /* in the document's language; in the source's, the same as `danish` */
	struct reply *replies;
	size_t reply_count;
};

/* The sentences of one situation. */
struct phrases {
	struct item_head head;
	const char *visitor; /* who the visitor is there: "parent" */
	const char *staff;   /* and the other one */
	struct phrase *phrases;
	size_t count;
};

struct guide_answer {
	const char *id;
	const char *icon;
	const char *title;
	const char *text; /* or NULL */
	const char *to;   /* id of a question further down, or of a result */
	bool danger;
};

struct guide_question {
	const char *id;
	const char *title;
	const char *text; /* or NULL */
	struct guide_answer *answers;
	size_t answer_count;
};

struct guide_step {
	const char *id;
	const char *text;
	const char *say; /* in Danish, to say to somebody; or NULL */
};

struct guide_result {
	const char *id;
	const char *icon;
	const char *title;
	const char *text;
	bool danger;
	const char *phone; /* this and the following may be NULL; a guide's result names at least one */
	const char *place;
	const char *page;
	const char *phrases; /* id of a set */
	const char *picture; /* shown with what it shows in words beside it */
	struct guide_step *steps;
	size_t step_count;
	const char *warning; /* when something else must be done */
};

/* A decision tree; it begins with its first question. */
struct guide {
	struct item_head head;
	bool emergency; /* somebody may be in danger: its first answer leads straight to 112 */
	struct guide_question *questions;
	size_t question_count;
	struct guide_result *results;
	size_t result_count;
};

struct path_step {
	const char *id;
	const char *icon;
	const char *title;
	const char *text;
	const char *when;   /* "in the first five days" */
	const char *who;    /* this and the following may be NULL */
	const char *place;  /* where */
	const char *bring;  /* what to bring */
	const char *danish; /* the Danish word for it */
	const char *page;   /* where there is more */
};

/* A life event: what to do, in order. */
struct path {
	struct item_head head;
	struct path_step *steps;
	size_t step_count;
};

/* A Danish word to know. */
struct story_word {
	const char *id;
	const char *danish;
	const char *text; /* in the document's language; in the source's, the same as `danish` */
};

/* A picture with a sentence. */
struct story_part {
	const char *id;
	const char *picture; /* file in pictures/ */
	const char *shows;   /* what is in it, for those who do not see it */
	const char *when;    /* "in the morning"; or NULL */
	const char *danish;
	const char *text;
	struct story_word *words;
	size_t word_count;
};

/* A story in pictures, told in order. */
struct story {
	struct item_head head;
	struct story_part *parts;
	size_t part_count;
};

/* What a picture shows, for those who do not see it. A story says it itself. */
struct alt {
	const char *id; /* file in pictures/ */
	const char *text;
};

struct alts {
	struct alt *pictures; /* ascending by id */
	size_t count;
};

enum item_kind {
	ITEM_GUIDE,
	ITEM_PHRASES,
	ITEM_PATH,
	ITEM_STORY,
	ITEM_KIND_COUNT
};

/* Each begins with its head. */
union item_any {
	struct item_head head;
	struct guide guide;
	struct phrases phrases;
	struct path path;
	struct story story;
};

/* "guides", "phrases", "paths", "stories": the folder of each kind, and its key in bundle.json. */
extern const char *const item_folders[ITEM_KIND_COUNT + 1];
extern const struct shape *const item_shapes[ITEM_KIND_COUNT];
extern const struct shape place_shape, places_shape, activity_shape, event_shape, events_shape, notice_shape,
	notices_shape, guide_shape, phrases_shape, path_shape, story_shape, alts_shape;

bool places_parse(const char *bytes, size_t len, struct arena *arena, struct places *out, struct err *err);
bool places_write(const struct places *places, struct buf *out, struct err *err);
bool events_parse(const char *bytes, size_t len, struct arena *arena, struct events *out, struct err *err);
bool events_write(const struct events *events, struct buf *out, struct err *err);
bool timetable_parse(const char *bytes, size_t len, struct arena *arena, struct timetable *out, struct err *err);
bool timetable_write(const struct timetable *timetable, struct buf *out, struct err *err);
bool notices_parse(const char *bytes, size_t len, struct arena *arena, struct notices *out, struct err *err);
bool notices_write(const struct notices *notices, struct buf *out, struct err *err);
bool alts_parse(const char *bytes, size_t len, struct arena *arena, struct alts *out, struct err *err);
bool alts_write(const struct alts *alts, struct buf *out, struct err *err);
/* Also ERR_FORMAT when guide_fault() finds one. */
bool item_parse(enum item_kind kind, const char *bytes, size_t len, struct arena *arena, union item_any *out,
		struct err *err);
bool item_write(enum item_kind kind, const union item_any *item, struct buf *out, struct err *err);

/* NULL: none of that id. */
const struct guide_question *guide_question(const struct guide *guide, const char *id);
const struct guide_result *guide_result(const struct guide *guide, const char *id);

/* Why the guide may not be shown; NULL when it may:
 * G1 an id is that of one question or one result;
 * G2 an answer leads to a result or to a question further down, so nobody goes in a circle and every way ends;
 * G3 every question but the first, and every result, is reached;
 * G4 where somebody may be in danger, the first answer is marked so and leads to a result with 112.
 * *id becomes that of the question or result it is about. Static, never freed. */
const char *guide_fault(const struct guide *guide, const char **id);

#endif
