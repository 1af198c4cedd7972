/* widgets -- the design's components: tiles, cards, rows, buttons, chips, callouts. Each is a recording function over
 * ui.h.
 *
 * Widths and places are the caller's; what can grow with its text says how high it is. Everything has a look of its own
 * in high contrast.
 */
#ifndef UI_WIDGETS_H
#define UI_WIDGETS_H

#include "ui/ui.h"

/* A tile with a pictogram: filled with the hue (main) or with its tint; black with an edge in high contrast. */
void widget_tile(struct ui *ui, struct box box, const char *icon, float icon_side, struct hue hue, bool tinted);

/* A dot and words beside it: filled and green for what is good (open), a ring otherwise. Returns its height. */
struct widget_status {
	const char *text;
	bool good;
	bool quiet; /* what is not good is said as quietly as a second line */
};
float widget_status(struct ui *ui, struct box box, enum type_role type, const struct widget_status *status);
float widget_status_height(struct ui *ui, float width, enum type_role type, const struct widget_status *status);

struct widget_row {
	const char *icon; /* in a tinted tile; NULL: none */
	struct hue hue;
	bool filled; /* the tile has the full hue */
	const char *title;
	const char *text;                   /* second line; NULL: none */
	const char *lang;                   /* of both; NULL: the frame's */
	const char *text_lang;              /* of the second line, where it is not that of the title */
	bool danish;                        /* the second line is the title in Danish, and has its colour */
	const struct widget_status *status; /* third line; NULL: none, and the second may be larger */
	bool low;                           /* at least 112 high, with a smaller tile */
	bool narrow;                        /* in half the width: closer together */
	int rtl, text_rtl;                  /* which way the two run, as in struct ui_text */
	float height;                       /* at least this high, for rows beside each other; 0: as it needs */
	const char *id;
	struct action action; /* verb 0: an information card, without shadow and chevron */
	const char *reason;   /* disabled, and why, which is shown instead of the text */
	bool choice;          /* one of several to choose from: opens nothing, so it has no chevron */
	bool chosen;          /* a choice that is made: check mark */
};
/* A list row, at least 136 high, grows with its text. Returns its height; _height only measures. */
float widget_row(struct ui *ui, float x, float y, float width, const struct widget_row *row);
float widget_row_height(struct ui *ui, float width, const struct widget_row *row);

enum widget_button_kind {
	BUTTON_MAIN,
	BUTTON_GREAT, /* main, with larger words: the one to press of two */
	BUTTON_SECOND,
	BUTTON_WITHIN, /* second, within a callout */
	BUTTON_KIND_COUNT
};
/* A pill with pictogram (NULL: none; "chev" stands after the word) and word, which shrinks rather than being cut. Disabled when the action's verb is
 * 0: say why beside it. */
void widget_button(struct ui *ui, struct box box, enum widget_button_kind kind, const char *icon, const char *name,
		   const char *id, struct action action);

/* The same with a name that is not in the frame's language. */
void widget_button_in(struct ui *ui, struct box box, enum widget_button_kind kind, const char *icon, const char *name,
		      const char *lang, const char *id, struct action action);
/* How wide it is with its words on one line. */
float widget_button_width(struct ui *ui, enum widget_button_kind kind, const char *icon, const char *name,
			  const char *lang);

/* A filter: pictogram over word, filled with fjord when chosen. Words stand on two lines where the box has room. */
void widget_chip(struct ui *ui, struct box box, const char *icon, const char *name, const char *id,
		 struct action action, bool chosen);

/* As high as a chip is. */
float widget_chip_height(const struct ui *ui);

/* On or off; part of something to press that has ROLE_SWITCH. */
#define WIDGET_SWITCH_WIDE 112.0f
#define WIDGET_SWITCH_HIGH 64.0f
void widget_switch(struct ui *ui, float x, float y, bool on);

/* A card to press: surface, edge, shadow, and fjord edge when chosen: put a check mark before its name then. Draw
 * into it what it holds, in the colour widget_card_ink() says: black upon accent in high contrast. An information card
 * (verb 0) has neither shadow nor feedback; a disabled one (reason) has no fill. target->radius is set to the card's.
 */
struct ui_state widget_card(struct ui *ui, struct box box, const struct ui_target *target);
uint32_t widget_card_ink(const struct ui *ui, struct ui_state state, bool chosen);

/* Callout with edge bar, pictogram, bold title and text. Returns its height; _height only measures. */
struct widget_callout {
	const char *icon;
	uint32_t fill, edge; /* edge also colours the pictogram */
	const char *title;   /* may be NULL */
	const char *text;    /* may be NULL */
	const char *lang;
	const struct text_span *spans; /* of the text */
	size_t span_count;
	bool reading; /* within reading text, and as large; else as large as the second line of a row */
	bool label;   /* says something of all that follows: with a larger pictogram */
	float below;  /* left free under the words, for what the caller draws there; 0: nothing */
};
float widget_callout(struct ui *ui, float x, float y, float width, const struct widget_callout *callout);
float widget_callout_height(struct ui *ui, float width, const struct widget_callout *callout);
/* Where its text stands, for the links in it, and what is left free under it. */
struct box widget_callout_words(struct ui *ui, float x, float y, float width, const struct widget_callout *callout);
struct box widget_callout_below(struct ui *ui, float x, float y, float width, const struct widget_callout *callout);
/* How wide its words may be, and what is under them. */
float widget_callout_width(float width, const struct widget_callout *callout);

#endif
