/* staff -- what the staff's page shows of the terminal, which the screens themselves cannot know.
 *
 * The kiosk reads it from the disk (kiosk/condition.h); tests make it up. Texts are borrowed as long as the struct is.
 * Zero is a valid start: nothing is known. Words of the page are sentences for staff (base/message.h), in the language of
 * this program, whatever the visitor's.
 */
#ifndef SCREENS_STAFF_H
#define SCREENS_STAFF_H

#include "screens/screen.h"

#include <stdbool.h>
#include <stdint.h>

enum staff_fetch {
	STAFF_FETCH_NONE, /* cannot be asked for */
	STAFF_FETCH_READY,
	STAFF_FETCH_ASKED, /* a pass is to come, or runs */
	STAFF_FETCH_FAILED /* asked for in vain; can be asked for again */
};

enum staff_slot {
	STAFF_SLOT_NONE, /* holds nothing else */
	STAFF_SLOT_NEW,  /* starts at the next restart */
	STAFF_SLOT_GOOD,
	STAFF_SLOT_BAD /* did not start */
};

struct staff_state {
	const char *version; /* of the program; NULL: unknown */
	int64_t generation;  /* of the content; 0: none */
	const char *empty;   /* why there is none, or NULL */

	/* The sync's last pass; NULL: there was none. */
	const char *sentence;
	bool passed_well;
	int64_t passed_utc_s, good_utc_s; /* when the last one ended, and the last that went well; 0: never */
	const char *mirror;               /* what it asked last; may be empty */
	int64_t clock_behind_s;

	/* The slots of the firmware; NULL: it is not ours. */
	const char *running, *slot;
	const char *other; /* with other_state */
	enum staff_slot other_state;
	const char *update; /* how the last one went, or NULL */

	const char *unread;            /* why one of the files cannot be read, or NULL */
	int64_t free_bytes, all_bytes; /* of the disk with the content; all 0: unknown */
	enum staff_fetch fetch;
};

/* The way in, at the foot of the page of languages and of the screen without content; its height with the gap above, 0
 * where there is no PIN. */
float staff_way_height(const struct view *view);
float staff_way_draw(struct view *view, struct box box);

/* Of the language the page is in. */
const char *staff_lang(void);

/* For the two halves of the page: text in its language, left to right. */
struct ui_text staff_text(const struct view *view, enum type_role type, enum colour colour);
void staff_condition_draw(struct view *view);

#endif
