/* column -- the parts of a guide, recorded one under the other.
 *
 * A column has a place and a width; each function records one part at column->y and moves y below it. `gap` is what has
 * to be left above the next part: it is laid out first, so that nothing has a gap at its end. The text is in
 * column->language; what stands in other languages says so.
 */
#ifndef SCREENS_COLUMN_H
#define SCREENS_COLUMN_H

#include "screens/screen.h"

struct marks;

struct column {
	struct view *view;
	struct hue hue;
	float x, y, w;
	int language;        /* of the text and of the kiosk's words around it */
	int rtl;             /* for struct ui_text: 0 where ui's direction is that of the text */
	struct marks *marks; /* on the blocks; NULL: none */
};

/* A style in the column's language. */
struct ui_text column_style(const struct column *column, enum type_role type, enum colour colour);
/* Leaves a gap and records text; for titles and single paragraphs. */
void column_text(struct column *column, float gap, const struct ui_text *style, const char *text);
/* Running text in a box, with its links to touch. Returns its height; _height only measures. */
float column_rich(struct column *column, struct box box, struct ui_text style, const struct rich *rich);
float column_rich_height(const struct column *column, float width, struct ui_text style, const struct rich *rich);
/* The two halves of column_rich(), for text that a widget draws: how its spans look, and its links. */
struct rich_look {
	const struct text_span *spans;
	size_t count;
};
struct rich_look column_look(const struct column *column, const struct rich *rich);
void column_links(struct column *column, struct box box, struct ui_text style, const struct rich *rich);

/* blocks.c */
struct column_callout {
	const char *icon;
	enum colour fill, edge;
	enum word word; /* what it is, read aloud */
};
struct column_callout column_callout(enum callout_kind kind);
void column_blocks(struct column *column, const struct page *page);
/* A step's number in a circle of the column's hue; of `style` the size counts. */
void column_number(struct column *column, struct box circle, int number, struct ui_text style);

/* facts.c: as cards beside each other, or as rows of one card. */
void column_facts(struct column *column, const struct page *page, bool rows);
float column_facts_height(const struct column *column, const struct page *page); /* as rows, with the gap above */

/* labels.c: what the visitor has to know before believing the page, in their own language whatever that of the page. */
void column_labels(struct column *column, const struct page *page);
float column_labels_height(const struct column *column, const struct page *page);

/* closing.c: what stands under the text, below the Danish words in the visitor's language. */
void column_closing(struct column *column, const struct page *page);
/* The ground of an information card at column->y, which it does not move. */
void column_card(struct column *column, float height);
/* A place as a card: names, phone, whether it is open, and the way to the rest of it. */
void column_place(struct column *column, const struct place *place);

#endif
