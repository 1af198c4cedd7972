/* cards -- the topics as cards in even lines that leave no holes, as large as there is room for.
 *
 * cards_plan() for a width and the height there is (less than the cards need: they are as high as they must be), then cards_draw().
 */
#ifndef SCREENS_CARDS_H
#define SCREENS_CARDS_H

#include "screens/screen.h"

struct cards {
	size_t count, lines;
	float height; /* of one card */
	float gap;    /* between lines */
	size_t look;
};

struct cards cards_plan(const struct view *view, float width, float room);
/* Returns the height of all. */
float cards_draw(struct view *view, struct box box, const struct cards *cards);

#endif
