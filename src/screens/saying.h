/* saying -- a sentence so large that somebody reads it over a table, on a fjord card, with what one can do with it.
 *
 * saying_plan() for a width, then saying_draw() in a box at least as high as the plan says: the words stand at its top,
 * the buttons at its foot.
 */
#ifndef SCREENS_SAYING_H
#define SCREENS_SAYING_H

#include "screens/screen.h"

struct saying {
	const struct phrases *set;
	const struct phrase *phrase;
	float most, least; /* the size of the large words: it shrinks before they use three lines */
	float small;       /* the share of TYPE_LEAD that the words in the other language have */
	bool enlarge;      /* there is a button for the whole screen */
	/* The plan */
	float width, pad;
	struct ui_text label, large, other;
	float label_h, large_h, other_h, buttons_h, height;
};

void saying_plan(const struct view *view, float width, struct saying *saying);
void saying_draw(struct view *view, struct box box, const struct saying *saying);

/* The words of a phrase that the visitor reads, and the Danish; NULL where there is only the one. */
const char *saying_own(const struct view *view, const struct phrase *phrase);

/* "set/phrase" */
const char *saying_path(const struct view *view, const struct phrases *set, const struct phrase *phrase);

#endif
