/* inside -- the state behind struct ui, for the files of this folder only.
 *
 * A frame is recorded by ui.c (begin, end), shapes.c, words.c and items.c, rolled by scroll.c; between frames input.c
 * hands a finger to touch.c and a key to focus.c, which look at the items of the last frame. What must be known from
 * one frame to the next about an item is kept by its key, because items live for a frame only.
 */
#ifndef UI_INSIDE_H
#define UI_INSIDE_H

#include "base/arena.h"
#include "ui/ui.h"

#define UI_LAYERS   3
#define UI_KEY_MAX  128 /* bytes of an id that tell one item from another */
#define UI_FADES    4   /* presses that can be fading out at once */
#define UI_SAMPLES  16  /* of a finger's way, for its speed */
#define UI_CONTACTS 16
#define UI_FRAME_MS 16

/* Who an item is, in every frame. An empty id is nobody. */
struct ui_key {
	int layer;
	char id[UI_KEY_MAX];
};

struct ui_entry {
	struct ui_item item;
	bool target;        /* recorded by ui_target(): takes touches, even when it does nothing */
	enum input_key key; /* presses it, too */
	struct rect ring;   /* what the focus ring goes round */
	float radius;
	bool inset;
};

struct ui_items {
	struct ui_entry *all;
	size_t count, capacity;
};

struct ui_prints {
	struct ui_print *all;
	size_t count, capacity;
};

enum ui_motion {
	MOTION_STILL,
	MOTION_HELD,
	MOTION_GLIDE,
	MOTION_COAST,
	MOTION_SPRING
};

/* The view of a layer. Lengths are design px, `offset` within 0 and `most`, `over` beyond them: negative above the top.
 */
struct ui_scroll {
	bool there; /* recorded in the last frame, or in the one being recorded */
	bool seen;  /* recorded in this frame */
	struct rect view;
	float height, most;
	float offset, over;
	float given;    /* what the caller's *offset was left at: another value there means the caller moved the view */
	float recorded; /* offset + over when recorded: where items are on the picture */
	float progress;
	enum ui_motion motion;
	int64_t since_ms;
	float from, to;     /* MOTION_GLIDE; `from` also of MOTION_COAST and MOTION_SPRING */
	float speed;        /* MOTION_COAST, design px a millisecond */
	float grip, grip_y; /* MOTION_HELD: place before resistance, and the finger's y, when it was gripped */
};

struct ui_fade {
	struct ui_key key;
	bool down;
	float from;
	int64_t since_ms;
};

enum ui_finger {
	FINGER_NONE,
	FINGER_IDLE,   /* down, and nothing will come of it but a scroll */
	FINGER_PRESS,  /* down on something */
	FINGER_SCROLL, /* rolls the view */
	FINGER_DEAD,   /* down, and nothing at all will come of it */
};

/* Something on the glass, whether it counts or not. */
struct ui_contact {
	bool down;
	bool edge; /* it came down at the edge of the picture, where one holds on to a screen */
	int64_t number;
	int64_t moved_ms; /* when it last moved, more than a resting hand does */
	float x, y;       /* and where */
};

struct ui_touch {
	enum ui_finger finger;
	int64_t number; /* of the finger that counts */
	bool over_view; /* it came down on a view that can roll */
	bool on;        /* it is on what it pressed */
	float x, y;     /* where it came down */
	struct ui_key pressed;
	struct ui_contact contacts[UI_CONTACTS];
	struct {
		float y;
		int64_t ms;
	} samples[UI_SAMPLES];
	unsigned sample_count;
	struct {
		bool done; /* there was such a tap */
		bool left; /* and it led to another screen */
		float x, y;
		int64_t ms;
	} tap;
};

struct ui_focus {
	struct ui_key key; /* shown by the ring; an empty one is none */
	size_t index;      /* where it was, should two items have one id */
};

struct ui {
	struct text *text;
	struct pictures *pictures;
	struct draw_list *lists[2];
	unsigned current; /* of the lists */
	struct arena arena;
	struct ui_frame frame;
	const struct theme *theme;
	float scale; /* device px a design px */
	float width, height;
	bool landscape;
	bool failed;
	int64_t now_ms;     /* of the last frame or event */
	bool gone;          /* ui_leave(): the items belong to a screen that is no more */
	bool again;         /* what was shown before its place or height was known needs another frame */
	unsigned unsettled; /* frames in a row that needed another */
	int layer, top;
	bool ghost;
	bool rtl; /* which way is recorded: the frame's, or in a scroll that of ui_direction() */
	bool in_scroll;
	struct rect view; /* of the scroll being recorded, device px */
	int shift;        /* device px its content lies above its place */
	float *offset;    /* the caller's, between begin and end */
	struct rect clip;
	struct ui_items items;
	struct ui_prints prints;
	struct ui_scroll scrolls[UI_LAYERS];
	struct ui_touch touch;
	struct ui_fade fades[UI_FADES];
	struct ui_focus focus;
};

/* ui.c: places. ui_whole() rounds a number of device px. */
int ui_whole(float device);
struct rect ui_place(const struct ui *ui, struct box box);
struct box ui_unplace(const struct ui *ui, struct rect rect);
int ui_thick(const struct ui *ui, float design); /* device px of a line: at least 1 */
struct draw_list *ui_paper(struct ui *ui);       /* the list being recorded */

/* shapes.c: the shadow of a card that is being pressed; share 0-1 */
void ui_shadow(struct ui *ui, struct box box, float radius, float share);

/* items.c */
struct ui_key ui_key(int layer, const struct ui_item *item);
bool ui_key_is(const struct ui_key *key, int layer, const struct ui_item *item);
void ui_items_add(struct ui *ui, const struct ui_entry *entry);
void ui_prints_add(struct ui *ui, const struct ui_print *print);
const struct ui_entry *ui_items_find(const struct ui *ui, const struct ui_key *key); /* NULL: not in the last frame */
/* What a touch at a device px means: the target there, else an enabled one at most UI_GAP away; NULL for nothing. */
const struct ui_entry *ui_items_hit(const struct ui *ui, float x, float y);

/* scroll.c: the view of the layer that takes touches, NULL when nothing in it can roll; and moving it, from ui->now_ms
 * on. */
struct ui_scroll *ui_scroll_top(struct ui *ui);
void ui_scroll_advance(struct ui *ui, int64_t now_ms);
bool ui_scroll_moving(const struct ui_scroll *scroll);
float ui_scroll_speed(const struct ui_scroll *scroll, int64_t now_ms); /* design px a millisecond, never negative */
void ui_scroll_stop(struct ui_scroll *scroll);
/* A finger holds the content at the device px y, drags it to another, and lets go at a speed (design px a millisecond,
 * positive towards the end). */
void ui_scroll_hold(struct ui *ui, struct ui_scroll *scroll, float y);
void ui_scroll_drag(struct ui *ui, struct ui_scroll *scroll, float y);
void ui_scroll_release(struct ui *ui, float speed); /* whatever is held */
void ui_scroll_to(struct ui *ui, struct ui_scroll *scroll, float offset);
void ui_scroll_roll(struct ui *ui, struct ui_scroll *scroll, float distance);

/* hands.c: what lies on the glass. A hand that rests says nothing, and many fingers at once are no finger. */
void ui_hands_gone(struct ui *ui); /* every finger */
void ui_hands_note(struct ui *ui, const struct input_event *event);
bool ui_hands_rests(const struct ui *ui, int64_t number, int64_t now_ms);    /* or is not there */
size_t ui_hands_others(const struct ui *ui, int64_t number, int64_t now_ms); /* that do not rest */
float ui_hands_slop(const struct ui *ui); /* device px a finger may move and still mean a press */

/* touch.c */
void ui_touch_down(struct ui *ui, const struct input_event *event);
void ui_touch_move(struct ui *ui, const struct input_event *event);
bool ui_touch_up(struct ui *ui, const struct input_event *event, struct action *action);
void ui_touch_cancel(struct ui *ui, const struct input_event *event);
void ui_touch_leave(struct ui *ui);

/* fade.c: how far what is or was pressed looks pressed, 0-1, in the frame being recorded. */
void ui_fade_set(struct ui *ui, const struct ui_key *key, bool down);
float ui_fade_pressure(const struct ui *ui, int layer, const struct ui_item *item);
bool ui_fade_moving(const struct ui *ui);
void ui_fade_advance(struct ui *ui, int64_t now_ms);

/* focus.c */
bool ui_focus_key(struct ui *ui, const struct input_event *event, struct action *action);
void ui_focus_draw(struct ui *ui);

#endif
