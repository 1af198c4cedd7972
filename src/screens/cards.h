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

float cards_height(const struct cards *cards);

/* The same with the word beside its tile, in lines of two or three: for what stands under the topics, or, less low, for all
 * under an urgent message. */
struct cards_low {
	float high, pad, tile, icon, tile_gap; /* high: at least */
	float gap;                             /* between lines */
	float share, line;                     /* of TYPE_LABEL: of its size, and of its line */
};
extern const struct cards_low cards_lowest, cards_rows;
float cards_low_draw(struct view *view, struct box box, const struct cards_low *look, const struct card *cards,
		     size_t count);
float cards_low_height(const struct view *view, float width, const struct cards_low *look, const struct card *cards,
		       size_t count);

#endif
