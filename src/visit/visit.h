/* visit -- the one person who stands before the kiosk, and all it knows of them.
 *
 *	AWAY -touch-> HERE -idle_warn-> ASKING -idle_wipe-> AWAY (wiped)
 *	                ^------touch------'
 *
 * Everything about a visitor is in this struct and nowhere else, so forgetting them is one assignment: visit_wipe().
 * (Caches keep pages, pictures and letters that were shown. They are content; who asked for them is not in them.)
 * Zero is a valid start: nobody is here. Times are milliseconds of the monotonic clock, given by the caller; there is
 * no limit on how often a visit is prolonged.
 */
#ifndef VISIT_VISIT_H
#define VISIT_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VISIT_ID_MAX      41
#define VISIT_LANG_MAX    16
#define VISIT_PART_MAX    (2 * VISIT_ID_MAX)
#define VISIT_TOWN_MAX    64
#define VISIT_PIN_MAX     13  /* digits, and the final zero */
#define VISIT_HISTORY_MAX 32  /* when full, the oldest step but the first is forgotten */
#define VISIT_DONE_MAX    128 /* when full, the oldest is forgotten, */
#define VISIT_TOLD_MAX    8   /* here too */

enum visit_state {
	VISIT_AWAY,
	VISIT_HERE,
	VISIT_ASKING
};

/* What a list is narrowed down to; zero is the whole list. */
struct visit_filter {
	int kind;                    /* of the places: 1 + enum place_kind; 0 is any */
	char activity[VISIT_ID_MAX]; /* empty is any */
	char town[VISIT_TOWN_MAX];   /* empty is any */
	bool open_now, fritidspas;   /* only those */
	int day;                     /* events from this one on: days since 1970-01-01; 0 is today */
};

/* Where the visitor is: a screen, what it shows, and how far they have read. */
struct visit_place {
	int screen;               /* enum screen_id; 0 is the attract screen */
	char topic[VISIT_ID_MAX]; /* empty where the screen needs none */
	char page[VISIT_ID_MAX];
	char part[VISIT_PART_MAX];  /* what of it is open or chosen; another part is no other place, */
	struct visit_filter filter; /* nor is another filter */
	float scroll;               /* design px from the top */
};

struct visit {
	enum visit_state state;
	int64_t touched_ms;           /* the last touch or key */
	int64_t asked_ms;             /* when the question was put */
	char lang[VISIT_LANG_MAX];    /* empty until chosen */
	char instead[VISIT_LANG_MAX]; /* to read in what is not in it; empty: the source's */
	int text_size;                /* enum text_size; 0 is 100 % */
	bool high_contrast;
	bool calm;                                    /* nothing moves by itself */
	int audience;                                 /* 0: everybody; else 1 + enum audience */
	bool danish;                                  /* the page stands beside its Danish text */
	int sheet;                                    /* enum sheet_id over the screen; 0 is none */
	struct visit_place places[VISIT_HISTORY_MAX]; /* the last is shown; empty while away */
	size_t depth;
	char done[VISIT_DONE_MAX]
		 [VISIT_PART_MAX]; /* steps of paths that are marked as done, "path/step"; oldest first */
	size_t done_count;
	char told[VISIT_TOLD_MAX][VISIT_PART_MAX]; /* urgent notices they have been shown, "id/revision" */
	size_t told_count;
	char pin[VISIT_PIN_MAX]; /* what they have typed of the staff's */
	bool staff;              /* it was right: the staff's page is open, until they leave it */
};

struct visit_limits {
	int64_t warn_ms; /* without a touch, before the question */
	int64_t wipe_ms; /* from the question to the wipe */
};

/* A touch or a key: the visitor is here (again). */
void visit_touch(struct visit *visit, int64_t now_ms);
/* Lets time pass. True when the state changed. */
bool visit_tick(struct visit *visit, const struct visit_limits *limits, int64_t now_ms);
/* When visit_tick() or the countdown next has something to do; INT64_MAX for never. Counts whole seconds while asking.
 */
int64_t visit_deadline(const struct visit *visit, const struct visit_limits *limits, int64_t now_ms);
/* Whole seconds until the wipe, rounded up; only while asking. */
int visit_seconds_left(const struct visit *visit, const struct visit_limits *limits, int64_t now_ms);

/* The place shown; NULL while away. Its scroll may be written. */
struct visit_place *visit_here(struct visit *visit);
/* A step onwards; topic and page may be NULL. The Danish side of a page, any sheet and the staff's page are left. Going where one is
 * already is no step. */
void visit_go(struct visit *visit, int screen, const char *topic, const char *page);
/* One step back, leaving the same; false at the first place, and nothing changes. */
bool visit_back(struct visit *visit);
/* Back to the first place with this screen, or a fresh history of it alone. */
void visit_restart(struct visit *visit, int screen);
/* Opens or chooses a part of the place shown; NULL: none. */
void visit_part(struct visit *visit, const char *part);
/* Marks a step as done, or takes the mark away. */
void visit_mark(struct visit *visit, const char *step);
bool visit_is_done(const struct visit *visit, const char *step);
void visit_tell(struct visit *visit, const char *notice);
bool visit_is_told(const struct visit *visit, const char *notice);
/* Another digit of the PIN, 0-9, as long as there is room; the last one away; all of them. */
void visit_type_pin(struct visit *visit, int digit);
void visit_erase_pin(struct visit *visit);
void visit_forget_pin(struct visit *visit);
void visit_wipe(struct visit *visit);

#endif
