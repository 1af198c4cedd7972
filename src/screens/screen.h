/* screen -- which screens and sheets there are, what each may read, and what a visitor may ask of them.
 *
 * A screen is a function of its view: it reads the view, records into view->ui what is seen and what it means, and
 * changes nothing but view->found and view->starved. What a visitor asks for comes back from ui as an action with one of the verbs below,
 * and act.c does it. Files: one per screen and per sheet; frame.c is what stands around every page; view.c what they
 * all read.
 */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include "base/arena.h"
#include "base/clock.h"
#include "content/content.h"
#include "content/parts.h"
#include "text/recall.h"
#include "ui/ui.h"
#include "visit/visit.h"

#include <stdbool.h>

enum screen_id {
	SCREEN_ATTRACT,
	SCREEN_LANGUAGE,
	SCREEN_HOME,
	SCREEN_TOPIC,
	SCREEN_GUIDE,
	SCREEN_DECISION,  /* topic: guide; page: question or result, empty is the first; part: the answer given */
	SCREEN_PLACES,    /* filter */
	SCREEN_PLACE,     /* topic: place */
	SCREEN_EVENTS,    /* filter */
	SCREEN_PHRASES,   /* part: set/phrase */
	SCREEN_PHRASE,    /* topic: set; page: phrase; part: reply */
	SCREEN_SITUATION, /* choose a path */
	SCREEN_PATH,      /* topic: path; part: the open step */
	SCREEN_STORY,     /* topic: story; part: the picture */
	SCREEN_STAFF,     /* the PIN, and when it was right the terminal's condition */
	SCREEN_COUNT
};
enum sheet_id {
	SHEET_NONE,
	SHEET_EMERGENCY,
	SHEET_TEXT,
	SHEET_NOTICES,
	SHEET_COUNT
};

/* The layers of ui.h. */
enum {
	LAYER_SCREEN,
	LAYER_SHEET,
	LAYER_QUESTION,
	LAYER_COUNT
};

/* In brackets: what is in the action besides. */
enum verb {
	VERB_NONE,
	VERB_START,     /* leave the attract screen (subject: language of the greeting) */
	VERB_LANGUAGE,  /* speak another language (subject: its code) */
	VERB_LANGUAGES, /* show the languages */
	VERB_TOPIC,     /* (subject: topic) */
	VERB_PAGE,      /* (subject: topic/page) */
	VERB_BACK,
	VERB_HOME,
	VERB_QUIT,     /* home, and what the visitor read is nowhere any more */
	VERB_AUDIENCE, /* (number: 0 everybody, else 1 + enum audience) */
	VERB_MORE,     /* (number: design px to roll) */
	VERB_DANISH,   /* the Danish text beside the page, and without it */
	VERB_SHEET,    /* (number: enum sheet_id; subject: language to speak when none is chosen) */
	VERB_CLOSE,
	VERB_TEXT_SIZE, /* (number: enum text_size) */
	VERB_CONTRAST,  /* (number: 1 for high) */
	VERB_CALM,
	VERB_RESET,
	VERB_STAY,
	VERB_LEAVE,
	VERB_DECIDE,     /* a guide (subject: guide) */
	VERB_ANSWER,     /* (subject: answer/where it leads) */
	VERB_START_OVER, /* the guide's first question again */
	VERB_PLACES,     /* (number: 1 for those that are open now) */
	VERB_PLACE,      /* (subject: place) */
	VERB_EVENTS,
	VERB_KIND,       /* of places (number: 0 any, else 1 + enum place_kind); forgets the three below */
	VERB_ACTIVITY,   /* (subject: activity; empty: any) */
	VERB_TOWN,       /* (subject: town; empty: any) */
	VERB_FRITIDSPAS, /* only those, or all */
	VERB_OPEN_NOW,   /* only those, or all */
	VERB_ALL,        /* the whole list */
	VERB_DAY,        /* events from this one on (number: days since 1970-01-01) */
	VERB_PHRASES,    /* the sets of phrases; subject: the one to begin with, or empty */
	VERB_SAY,        /* show another one of them (subject: set, or set/phrase) */
	VERB_PHRASE,     /* on the whole screen (subject: set/phrase) */
	VERB_SITUATION,  /* the paths */
	VERB_PATH,       /* (subject: path) */
	VERB_PART,       /* open or choose a part of what is shown (subject: its id) */
	VERB_STORY,      /* a story (subject: story) */
	VERB_TURN,       /* another picture of it (subject: its part) */
	VERB_MARK,       /* a step is done, or not yet (subject: path/step) */
	VERB_INSTEAD,    /* read in this language what is not in one's own (subject: its code) */
	VERB_STAFF,      /* the staff's page */
	VERB_DIGIT,      /* of its PIN (number) */
	VERB_ERASE,      /* the last of them */
	VERB_UNLOCK,     /* try them */
	VERB_FETCH,      /* content, now */
	VERB_COUNT
};

struct action screen_action(enum verb verb, int number, const char *subject); /* subject may be NULL */

/* What only recording a frame tells and the same frame needs to know from the start. The terminal records again when it
 * was wrong. */
struct fit {
	bool more[LAYER_COUNT]; /* the view that rolls goes on below */
	float sheet_height;     /* of all the sheet holds, design px; 0: not known yet */
	float question_height;
};

/* How far what comes has come: 0-1, and 1 at rest. */
struct view_motion {
	float page, sheet, question;
	float way;      /* of the page: 1 from the end, -1 from the start */
	int gone_sheet; /* the sheet that goes, `sheet` of it still there; SHEET_NONE: none */
};

/* What staff are told on the screen while they look at what they write (kiosk/preview.h), in their language. */
#define REMARKS_MAX 4
struct staff_state;
struct remark {
	const char *place; /* "topics/clubs/library/da.md:4"; empty: none */
	const char *text;
};

struct view {
	struct ui *ui;
	const struct content *content; /* NULL: none was ever offered */
	const struct visit *visit;
	struct visit_place place; /* without scroll; the attract screen while nobody is here */
	struct clock now;
	struct clock_civil local;
	const struct visit_limits *idle;
	const char *doctor_phone;
	int64_t heard_utc_s; /* as terminal_heard() */
	const char *here;    /* id of the place where the kiosk stands; empty: nowhere */
	const char *lang;    /* of the frame */
	int language;        /* its index in content */
	int source;          /* index of the source language */
	/* Of the page at `place`; NULL: it is not there, or place has none */
	const struct page *page;
	const struct page *danish;  /* its Danish text, when that stands beside it or is newer; else NULL */
	bool beside;                /* it stands beside the page */
	const union item_any *item; /* of the guide, the phrases, the path or the story at `place`; NULL: as above */
	struct newers newers;       /* texts of the item whose Danish text is a newer one */
	int page_language; /* of page or item: where there is no translation the language taken instead, or the source's */
	/* Where notices come from: the newest content, also while its pages wait for the next change of screen */
	const struct content *news;
	struct arena *scratch; /* until the next frame */
	struct recall *recall;
	float *scroll[LAYER_COUNT];
	struct view_motion motion;
	const struct remark *remarks; /* a band over all else */
	size_t remark_count;
	bool has_staff_page;
	int64_t pin_wait_ms;             /* until another PIN may be tried */
	const struct staff_state *staff; /* NULL: nothing is known */
	struct fit fit;                  /* as it is taken to be */
	struct fit found;                /* as it turned out */
	bool starved;                    /* memory was lacking: the frame is not whole */
};

struct screen {
	const char *name;
	void (*draw)(struct view *view); /* without top bar and bars, which frame.c records before and after */
	bool top;                        /* the bar stands over the screen; else it lies on the screen's picture */
	bool tools, navigation;          /* which of them there are, upright; lying there is one bar or none */
	enum word crumb;                 /* its level of the breadcrumb under Home; 0: that of its topic */
};
extern const struct screen screens[SCREEN_COUNT];

struct sheet {
	const char *name;
	void (*draw)(struct view *view);
};
extern const struct sheet screen_sheets[SHEET_COUNT];

void attract_draw(struct view *view);
/* When the greeting or message next changes; monotonic ms, INT64_MAX for never. */
int64_t attract_deadline(const struct content *content, const struct content *news, struct clock now, int frame_ms);
void language_draw(struct view *view);
void home_draw(struct view *view);
void topic_draw(struct view *view);
void guide_draw(struct view *view);
void decision_draw(struct view *view);
void places_draw(struct view *view);
void place_draw(struct view *view);
void events_draw(struct view *view);
void unheard_draw(struct view *view); /* instead of the events while view_unheard() */
void phrases_draw(struct view *view);
void phrase_draw(struct view *view);
void situation_draw(struct view *view);
void path_draw(struct view *view);
void story_draw(struct view *view);
void staff_page_draw(struct view *view);
void emergency_draw(struct view *view);
void contrast_draw(struct view *view);
void notices_draw(struct view *view);
void question_draw(struct view *view); /* are you still there? */
void gone_draw(struct view *view);     /* instead of a page or topic that is no longer there */
void offline_draw(struct view *view);  /* instead of any screen but the staff's page while there is no content */
struct box offline_picture(const struct view *view); /* where its picture stands; no width: it has none */
void remarks_draw(struct view *view); /* over everything, above the bars, if there are any; takes no touches */

/* The kiosk's words in the frame's language, or in another; a pattern's %s or %d filled in; with a number, in the right
 * plural form. Never NULL. Without content, whose they are, in English. */
const char *view_word(const struct view *view, enum word word);
const char *view_word_in(const struct view *view, int language, enum word word);
const char *view_filled(const struct view *view, const char *pattern, const char *value);
const char *view_counted(const struct view *view, int language, enum word word, int number);
/* "2 March 2026" */
const char *view_date(const struct view *view, int language, struct clock_civil date);
/* "Thursday 12 March" and the like, of a day of clock_days() */
const char *view_day(const struct view *view, int language, int64_t day, enum locale_day form);
int64_t view_today(const struct view *view);
/* "Monday, Tuesday and Friday" */
const char *view_list(const struct view *view, const char *const *items, size_t count);
const char *view_code(const struct view *view, int language); /* "en" */
bool view_rtl(const struct view *view, int language);
/* The topic that a guide, a set of phrases, a path or a story is shown with; NULL: none. */
const char *view_item_topic(const struct view *view, enum item_kind kind, const char *id);
int view_turn(const struct view *view, int language); /* the same for struct ui_text */
struct hue view_hue(const struct view *view, const char *topic);
/* Nothing was heard from the server for so long that what changes from day to day may be wrong. */
bool view_unheard(const struct view *view);
/* A picture of the content, by its file's name. */
struct picture_source view_picture(const struct view *view, const char *name);
/* "page.daycare/get-a-place" and the like, for the frame. */
const char *view_id(const struct view *view, const char *kind, const char *name);
/* The screen lies and has room for two columns beside each other. */
bool view_wide(const struct view *view);
/* A picture leaves room for what the page is about: not so with large text, on a low screen, or in high contrast. */
bool view_pictured(const struct view *view);
/* The layer that takes touches. */
int view_layer(const struct view *view);

#endif
