/* guides -- which guides and stories there are, and the ways to them; what one of them shows is in decision.c and
 * story.c. */
#ifndef SCREENS_GUIDES_H
#define SCREENS_GUIDES_H

#include "screens/screen.h"
#include "ui/widgets.h"

/* A way to one of them, as a row: in the list of its topic first the guides, then the stories, each in the order of
 * site.yaml. How many there are in the list, and one of them. */
size_t guides_count(const struct view *view, const char *topic);
struct widget_row guides_row_of_topic(const struct view *view, const char *topic, size_t index);
/* The guide that belongs to a page: that of its topic with its name; NULL: none. */
const char *guides_of_page(const struct view *view, const char *topic, const char *page);

struct widget_row guides_row(const struct view *view, const char *guide);

/* For tests and the tour: takes the visitor to a guide (part NULL), or to a question or result of it as if by answers.
 * False when it is not there. */
bool guides_place(struct visit *visit, const struct content *content, const char *id, const char *part);

#endif
