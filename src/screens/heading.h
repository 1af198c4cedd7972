/* heading -- a page's title with its tile beside it, over it when the text is large. */
#ifndef SCREENS_HEADING_H
#define SCREENS_HEADING_H

#include "screens/screen.h"

struct heading {
	const char *icon;
	struct hue hue;
	const char *above; /* a line over the title; NULL: none */
	const char *title;
	const char *below;      /* and one under it, in the same language */
	const char *title_lang; /* NULL: the frame's */
	float tile;             /* side at 100 % */
	float share;            /* of TYPE_H1 */
};

/* Returns the height. */
float heading_draw(struct view *view, struct box box, const struct heading *heading);

#endif
