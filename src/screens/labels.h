/* labels -- what a visitor has to know before believing a text: amber when it may be wrong, fjord when it is missing.
 *
 * One callout under the other, in the visitor's own language whatever that of the text, with what can be done about it.
 */
#ifndef SCREENS_LABELS_H
#define SCREENS_LABELS_H

#include "screens/screen.h"

/* Of a text: where its words come from, and the last day they hold (NULL: no day is known). */
struct labels {
	bool missing;    /* another language's text stands for one in the visitor's */
	bool translated; /* it is a translation; the following two are looked at */
	bool newer;      /* the source's text is newer */
	bool marked;     /* and what has changed is marked */
	bool unchecked;
	const char *valid_to;
	/* Buttons. Of a translation: */
	bool beside; /* the Danish text beside it */
	/* Of what is missing: */
	const struct language *other; /* labels_other() */
	const char *person;           /* the place where to ask; NULL: none */
};

struct labels labels_of_page(const struct view *view);
struct labels labels_of_item(const struct view *view); /* without buttons */
/* The same, of a screen that shows these texts of it alone (as marks_changed()), marked where they have changed. */
struct labels labels_of_texts(const struct view *view, const char *const *const texts[], size_t count);

/* A widely read language that the page is in, where it stands in the source's; NULL: none. */
const struct language *labels_other(const struct view *view);

/* `gap` stands above each of them. Both return the height of all, 0 when there are none; _height only measures. */
float labels_draw(struct view *view, float x, float y, float width, float gap, const struct labels *labels);
float labels_height(const struct view *view, float width, float gap, const struct labels *labels);

#endif
