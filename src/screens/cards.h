/* cards -- what the home screen leads to, as cards in even lines that leave no holes, as large as there is room for.
 *
 * cards_plan() for a width and the height there is (less than the cards need: they are as high as they must be), then cards_draw().
 */
#ifndef SCREENS_CARDS_H
#define SCREENS_CARDS_H

#include "screens/screen.h"

struct card {
	const char *id, *icon;
	struct hue hue;
	const char *title;
	const char *summary; /* NULL: none */
	struct action action;
};

struct cards {
	const struct card *cards;
	size_t count, lines;
	float height; /* of one card */
	float gap;    /* between lines */
	size_t look;
};

/* `cards` are borrowed. */
struct cards cards_plan(const struct view *view, const struct card *cards, size_t count, float width, float room);
/* Returns the height of all. */
float cards_draw(struct view *view, struct box box, const struct cards *cards);

/* The same with the word beside its tile: a low line of two or three, for what stands under the topics. */
float cards_low_draw(struct view *view, struct box box, const struct card *cards, size_t count);
float cards_low_height(const struct view *view, float width, const struct card *cards, size_t count);

#endif
