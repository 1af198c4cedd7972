/* head -- what a topic, a question, a list or a place begins with: a picture, a tile half over it, title and summary.
 *
 * Upright it is the first of what rolls; where the screen lies it stands still at the start, and the rest rolls beside
 * it, in head_beside().
 */
#ifndef SCREENS_HEAD_H
#define SCREENS_HEAD_H

#include "screens/screen.h"

#define HEAD_LEFT       584.0f /* lying: how wide its words are */
#define HEAD_BESIDE_PAD 42.0f  /* from the start of head_beside() to what stands in it */

struct head {
	const char *icon;
	struct hue hue;
	const char *picture; /* of the content; NULL: */
	const char *own;     /* of the firmware; NULL: the hue alone */
	float high;          /* of the picture, upright; 0: as high as a topic's */
	const char *title;
	const char *summary; /* NULL: none */
	bool reading;        /* upright too it is as large as reading text */
	const char *lang;    /* of both; NULL: the frame's */
	int rtl;             /* for struct ui_text */
};

/* Both return where the head ends, and what stands below it may begin. */
float head_upright(struct view *view, const struct head *head, float width);
float head_lying(struct view *view, const struct head *head, struct box room);
/* It has room there, and does not run under the bar. */
bool head_fits(const struct view *view, const struct head *head, struct box room);
/* Upright: where actions may begin below a head that ends at y, no higher than the hand reaches well. */
float head_reach(const struct view *view, float y, float height);
struct box head_beside(struct box room);
/* The screen lies, and the text is not too large for two columns. */
bool head_lies(const struct view *view);

#endif
