/* ui -- a frame recorded twice: what to draw, and what it means.
 *
 * Each frame: ui_begin(), the screen records, ui_end(). Then, when ui_complete(), paint ui_list(); but when
 * ui_deadline() is due at once, record once more before painting: something was recorded before its place was known (a
 * page now shorter than where one had read, the progress of a new page). ui_begin() trims the caches of text and
 * pictures, so what older lists borrowed is gone. Between frames ui_input() takes fingers and keys and says which
 * action a visitor asked for, by the items of the last frame: what was recorded is what can be touched, focused, read
 * aloud, audited and tapped by name in tests.
 *
 * Places are design pixels on a canvas of ui_width() x ui_height(), x from the START edge: left in Danish, right in
 * Arabic. Nothing outside this layer knows left and right. The canvas is 1080 x 1920, or 1920 x 1080, and longer where
 * the picture is; where the smallest target would then be less than 20 mm everything is enlarged (by half at most) and
 * the canvas is smaller. Text given to recording functions is copied where it is kept. One thread.
 *
 * Touch: an action happens on release, and only if the finger is still (or again) on what it pressed; sliding off
 * cancels; moving more than the slop up or down turns a press into a scroll when there is something to scroll; a touch
 * on what rolls fast stops it and no more; a second finger is ignored, more than two at once are a palm and
 * mean nothing, and a hand that rests on the glass or holds on to its edge does not keep a finger from it; a tap just beside a target is meant for the
 * nearest; a disabled one swallows it; a second tap on the same place within 0.3 s of one that led to another screen
 * (ui_leave()) is the same tap. Keys move a focus ring through what can be pressed, round and round; press it; roll the
 * view, or with nothing to roll move the ring up and down; and go back: the item "close" where there is one, else "nav.back". Touching hides the ring. What can be pressed
 * needs an id of its own in its layer, at most 127 bytes.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/err.h"
#include "draw/list.h"
#include "draw/picture.h"
#include "draw/theme.h"
#include "text/text.h"
#include "ui/input.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UI_SUBJECT_MAX   96
#define UI_TITLE_SPACING (-0.6f) /* design px: "h1" in assets/tokens.json */

struct ui;

/* Design px; x from the start edge of the canvas, or of the innermost scroll. */
struct box {
	float x, y, w, h;
};

/* What a screen asks for; the numbers mean something to the screens only. Verb 0 is nothing. */
struct action {
	int verb;
	int number;
	char subject[UI_SUBJECT_MAX];
};

enum ui_role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_BUTTON,
	ROLE_CHOICE,
	ROLE_SWITCH,
	ROLE_PICTURE,
	ROLE_STATUS,
	ROLE_DIALOG,
	ROLE_COUNT
};

/* One thing of the last frame, in reading order. */
struct ui_item {
	enum ui_role role;
	const char *id;   /* "topic.health"; NULL for plain text */
	const char *name; /* what is read aloud, in `lang` */
	const char *lang;
	const char *reason;   /* why it is disabled, else NULL */
	bool chosen;          /* ROLE_CHOICE, ROLE_SWITCH */
	struct rect place;    /* device px, whole */
	struct rect seen;     /* the part not cut by a scroll or the canvas; empty when scrolled out of sight */
	struct action action; /* verb 0: cannot be pressed, or disabled */
	int layer;            /* 0 the screen, 1 a sheet, 2 a dialog; only the highest layer takes touches */
	bool scrolled;        /* lies in the scroll of its layer */
};

/* Words as they were drawn, silent ones too; for the audit. */
struct ui_print {
	const char *text;
	const char *lang;
	struct rect place; /* of the letters, device px, whole */
	struct rect seen;
	uint32_t colour;
	int layer;
	bool scrolled;
	bool cut;    /* an ellipsis stands for the rest */
	bool wide;   /* wider than the box it was given */
	int missing; /* characters without a glyph */
};

struct ui_frame {
	int width, height; /* device px of the picture */
	float mm_per_px;   /* 0: unknown */
	const char *lang;  /* language of the text unless said otherwise */
	bool rtl;
	enum text_size text_size;
	bool high_contrast;
	bool calm;
	int frame_ms; /* how soon after this frame the next one may be; 0: 16 */
	int64_t now_ms;
};

bool ui_create(struct text *text, struct pictures *pictures, struct ui **out, struct err *err);
void ui_destroy(struct ui *ui); /* takes NULL */

void ui_begin(struct ui *ui, const struct ui_frame *frame);
void ui_end(struct ui *ui);
/* False when memory ran out while recording; the frame must not be shown. */
bool ui_complete(const struct ui *ui);

const struct draw_list *ui_list(const struct ui *ui);
/* Of the frame before, to compare with; empty when there was none. */
const struct draw_list *ui_list_before(const struct ui *ui);
size_t ui_item_count(const struct ui *ui);
const struct ui_item *ui_item(const struct ui *ui, size_t index);
const struct ui_item *ui_focused(const struct ui *ui); /* NULL: none is, or it is not in the last frame */
size_t ui_print_count(const struct ui *ui);
const struct ui_print *ui_print(const struct ui *ui, size_t index);

/* Between frames. True when *action is to be done. Any event may change what the next frame looks like. */
bool ui_input(struct ui *ui, const struct input_event *event, struct action *action);
/* When the next frame is needed for something that moves or fades; INT64_MAX for never: nothing wakes a kiosk at rest.
 */
int64_t ui_deadline(const struct ui *ui);
/* Another screen or sheet is shown from now on: nothing is pressed, focused or rolling any more, and the items of the
 * last frame take no touches. */
void ui_leave(struct ui *ui);

/* The canvas and the frame being recorded */
float ui_width(const struct ui *ui);
float ui_height(const struct ui *ui);
struct rect ui_picture_size(const struct ui *ui); /* device px, at 0,0 */
bool ui_landscape(const struct ui *ui);
bool ui_rtl(const struct ui *ui);
enum text_size ui_text_size(const struct ui *ui);
const struct theme *ui_theme(const struct ui *ui);
uint32_t ui_colour(const struct ui *ui, enum colour colour);
/* Rounded to a whole device pixel, as design px: for lines that must be crisp. */
float ui_snap(const struct ui *ui, float design);

/* Drawing */

/* What is drawn from here on stands so far from its place (design px, towards the end and down), and is so opaque (0-1):
 * for what comes in. What it means stays at its place, where it will be touched. Undone by (0, 0, 1), and by ui_end(). */
void ui_move(struct ui *ui, float along, float down, float opacity);
/* What is recorded from here on is only seen, and means nothing: for what goes. */
void ui_ghost(struct ui *ui, bool ghost);
void ui_fill(struct ui *ui, struct box box, uint32_t colour);
void ui_round(struct ui *ui, struct box box, float radius, uint32_t colour);
/* Corners named as in draw/list.h but START for left, END for right. */
void ui_round_corners(struct ui *ui, struct box box, float radius, unsigned corners, uint32_t colour);
void ui_ring(struct ui *ui, struct box box, float radius, float width, uint32_t colour);
void ui_card_shadow(struct ui *ui, struct box box, float radius); /* "you can press me"; none in high contrast */
void ui_dialog_shadow(struct ui *ui, struct box box, float radius);
/* A pictogram centred in the box; `mirrored` ones (arrows, speaker) turn round in right-to-left layout. */
void ui_icon(struct ui *ui, struct box box, const char *name, float side, uint32_t colour);
/* A picture of the firmware or of content that covers the box; mirrored in right-to-left layout. Nothing in high
 * contrast. */
void ui_picture(struct ui *ui, struct box box, const char *name);
void ui_content_picture(struct ui *ui, struct box box, const struct picture_source *source);
/* The same with round corners, named as in draw/list.h: the head of a card, or a card of its own. */
void ui_card_picture(struct ui *ui, struct box box, const struct picture_source *source, float radius,
		     unsigned corners);

/* Text */
struct ui_text {
	enum type_role type;
	uint32_t colour;
	enum text_align align; /* start is the layout's, also for words that run the other way */
	int lines_max;         /* 0: all */
	bool shortens;         /* by design an ellipsis may stand for what lines_max leaves out */
	bool bold;             /* besides what the role has */
	bool silent;           /* part of something that has a name of its own: no item */
	bool title;            /* ROLE_TITLE */
	const char *lang;      /* NULL: the frame's */
	int rtl;               /* 0: as the frame; 1: right to left; -1: left to right */
	float size, line; /* design px instead of those of the role and the text size, then bold only by `bold`; 0: the
			     role's */
	float spacing;    /* design px between letters, where letters stand alone; 0: the role's */
	int lines_wanted; /* it shrinks to stand on so many, or takes more in its full size; 0: never for that */
	float shrink_to;  /* smallest share (such as 0.6) of the size the text may shrink to, to fit width and lines_max
			    and to break no word; 0: never */
	const struct text_span *spans;
	size_t span_count;
};
/* Both return the height used, design px. The box's h is not looked at. */
float ui_text(struct ui *ui, struct box box, const struct ui_text *style, const char *text);
float ui_text_height(struct ui *ui, float width, const struct ui_text *style, const char *text);
float ui_text_width(struct ui *ui, const struct ui_text *style, const char *text); /* on one line */
/* Where the bytes start to end of a text stand that ui_text() draws in this box: for links. At most `max` boxes, in
 * visual order; returns how many there are (32 at most). The text must have spans. */
size_t ui_text_boxes(struct ui *ui, struct box box, const struct ui_text *style, const char *text, size_t start,
		     size_t end, struct box *boxes, size_t max);

/* Meaning */
struct ui_target {
	enum ui_role role;
	const char *id;
	const char *name;
	const char *lang; /* NULL: the frame's */
	struct action action;
	const char *reason; /* disabled, and why */
	bool chosen;
	enum input_key key; /* presses it, too; KEY_ENTER while nothing has the focus */
	float radius;       /* of the focus ring */
	bool inset;         /* the focus ring is drawn inside and light (on fjord) */
	struct box ring;    /* what the focus ring goes round, where that is not the whole target; w 0: it is */
};
struct ui_state {
	bool pressed, focused;
	float pressure; /* 0-1, eased: for press feedback */
};
/* Records something that can be touched; call it before drawing it, and draw it as the state says. The focus ring is
 * drawn by ui_end(). */
struct ui_state ui_target(struct ui *ui, struct box box, const struct ui_target *target);
/* Something to read that is no text: a picture's alternative, a status. */
void ui_meaning(struct ui *ui, struct box box, enum ui_role role, const char *name);

/* Layers: what is recorded after ui_layer() lies above, and alone takes touches. */
void ui_layer(struct ui *ui, int layer);

/* A view onto something taller, one in a layer. Between begin and end, y counts from the top of the content. *offset is
 * kept by the caller (design px); what fingers, wheel and keys did is written there when the next frame is recorded,
 * always within the content; another value put there moves the view. The pointer is let go by ui_scroll_end(). Content
 * is cut above and below only, so shadows and rings at its sides stay whole. */
void ui_scroll_begin(struct ui *ui, struct box view, float *offset);
/* Within a scroll, which way what is recorded from here on reads: for a page in another language than the frame's.
 * ui_scroll_end() goes back to the frame's. */
void ui_direction(struct ui *ui, bool rtl);
/* Returns how far one can still scroll down, design px: above 0 the view goes on below. */
float ui_scroll_end(struct ui *ui, float content_height);
/* Rolls the view by so much, as a visitor's button asks; smoothly unless calm. */
void ui_scroll_by(struct ui *ui, float distance);
float ui_scroll_progress(const struct ui *ui); /* of the last frame: 0-1, how much has been seen */

#endif
