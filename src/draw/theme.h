/* theme -- colours, type sizes and measures of the design, from assets/tokens.json (made into generated/tokens.h when
 * building).
 *
 * Sizes are design pixels, for the 1080 x 1920 reference; struct scale turns them into device pixels. Nothing here is
 * fixed in device pixels. Measures that are the same in both themes are #defines in "tokens.h": TOKEN_SIZE_TOP_BAR,
 * TOKEN_RADIUS_CARD, TOKEN_MOTION_PAGE_MS.
 */
#ifndef DRAW_THEME_H
#define DRAW_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The names are those of tokens.json, in the order of its colour.base. */
enum colour {
	COLOUR_PAPER,
	COLOUR_SURFACE,
	COLOUR_SAND,
	COLOUR_LINE,
	COLOUR_LINE_STRONG,
	COLOUR_INK,
	COLOUR_INK2,
	COLOUR_DISABLED,
	COLOUR_DISABLED_ON_FJORD,
	COLOUR_FJORD,
	COLOUR_FJORD_DEEP,
	COLOUR_FJORD_LINE,
	COLOUR_FJORD_TINT,
	COLOUR_ON_FJORD,
	COLOUR_ON_FJORD2,
	COLOUR_AMBER,
	COLOUR_AMBER_TINT,
	COLOUR_AMBER_INK,
	COLOUR_SEARCH_MARK,
	COLOUR_RED,
	COLOUR_RED_TINT,
	COLOUR_GREEN,
	COLOUR_GREEN_TINT,
	COLOUR_KEY_EDGE,
	COLOUR_SCRIM,
	/* Not in colour.base: where high contrast needs its own choice. In brackets: what it is in the normal theme /
	 * in high contrast. */
	COLOUR_ON_RED,      /* text and icons on red (onFjord / black) */
	COLOUR_FOCUS,       /* focus ring (fjord / cyan) */
	COLOUR_NAV,         /* large fjord areas that are no button: navigation row, phrase card (fjord / black) */
	COLOUR_ON_NAV,      /* (onFjord / white) */
	COLOUR_ON_NAV2,     /* (onFjord2 / white) */
	COLOUR_NAV_CURRENT, /* the current navigation cell; onFjord upon it (fjordDeep / accent) */
	COLOUR_BRIGHT,      /* the Language cell (surface / accent) */
	COLOUR_MORE,        /* the More-below band (sand / accent) */
	COLOUR_ON_BRIGHT,   /* text on bright and more (ink / black) */
	COLOUR_SELECTED,    /* selected or pressed card, key, row (fjordTint / accent) */
	COLOUR_ON_SELECTED, /* text and icons upon it (ink / black) */
	COLOUR_SHADOW_CARD, /* with alpha; transparent in high contrast, where draw_shadow() then draws nothing */
	COLOUR_SHADOW_DIALOG,
	COLOUR_COUNT
};

/* A topic's hue. In high contrast main, deep, mid and soft are the accent and tint is black: a tile there is black with
 * an edge and an icon in main, not filled. */
struct hue {
	const char *name;
	uint32_t main, deep, mid, soft, tint;
	uint32_t on_main; /* text and icons on main */
};

enum type_role {
	TYPE_DISPLAY,
	TYPE_H1,
	TYPE_H2,
	TYPE_H3,
	TYPE_LEAD,
	TYPE_BODY,
	TYPE_SUB,
	TYPE_LABEL,
	TYPE_BUTTON,
	TYPE_SMALL,
	TYPE_META,
	TYPE_LISTEN_WORD,
	TYPE_BAR,
	TYPE_COUNT
};

enum text_size {
	TEXT_100,
	TEXT_125,
	TEXT_150,
	TEXT_200,
	TEXT_SIZE_COUNT
};

struct type_size {
	float size, line; /* design px */
	bool bold;
};

struct theme {
	bool high_contrast;
	uint32_t colours[COLOUR_COUNT]; /* 0xAARRGGBB */
};

const struct theme *theme_get(bool high_contrast); /* static */
/* The hue of a topic; the first of the design when the name is unknown or NULL. */
struct hue theme_hue(const struct theme *theme, const char *name);
struct type_size theme_type(enum type_role role, enum text_size size);
/* Thickness of a pictogram's line at a size, both design px; interpolated between the sizes of the design, in
 * proportion beyond them. */
float theme_icon_stroke(float side);

/* Contrast of two opaque colours, 1-21 (WCAG 2.2). */
double theme_contrast(uint32_t a, uint32_t b);

#endif
