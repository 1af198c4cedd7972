#include "draw/theme.h"

#include "base/array.h"
#include "tokens.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static_assert((int)TOKEN_COLOUR_COUNT == (int)COLOUR_ON_RED, "enum colour and colour.base differ");
static_assert((int)TOKEN_TYPE_COUNT == (int)TYPE_COUNT, "enum type_role and type.roles differ");

#define BLACK  TOKEN_HIGH_CONTRAST_PAPER
#define WHITE  TOKEN_HIGH_CONTRAST_INK
#define ACCENT TOKEN_HIGH_CONTRAST_ACCENT
/* Two colours of high contrast that the tokens do not name: disabled (9.7:1 on black), and the box behind white text
 * that was searched for or is read aloud (8.7:1 with white). */
#define GREY      0xFFB0B0B0u
#define DARK_MARK 0xFF5A4A00u

#define BASE_COLOUR(name) [COLOUR_##name] = TOKEN_COLOUR_##name,

static const struct theme normal = {
	.high_contrast = false,
	.colours = {[COLOUR_ON_RED] = TOKEN_COLOUR_ON_FJORD,
		    [COLOUR_FOCUS] = TOKEN_COLOUR_FJORD,
		    [COLOUR_NAV] = TOKEN_COLOUR_FJORD,
		    [COLOUR_ON_NAV] = TOKEN_COLOUR_ON_FJORD,
		    [COLOUR_ON_NAV2] = TOKEN_COLOUR_ON_FJORD2,
		    [COLOUR_NAV_CURRENT] = TOKEN_COLOUR_FJORD_DEEP,
		    [COLOUR_BRIGHT] = TOKEN_COLOUR_SURFACE,
		    [COLOUR_MORE] = TOKEN_COLOUR_SAND,
		    [COLOUR_ON_BRIGHT] = TOKEN_COLOUR_INK,
		    [COLOUR_SELECTED] = TOKEN_COLOUR_FJORD_TINT,
		    [COLOUR_ON_SELECTED] = TOKEN_COLOUR_INK,
		    [COLOUR_SHADOW_CARD] = TOKEN_SHADOW_CARD_ARGB,
		    [COLOUR_SHADOW_DIALOG] = TOKEN_SHADOW_DIALOG_ARGB,
		    TOKEN_COLOURS(BASE_COLOUR)},
};

static const struct theme high_contrast = {
	.high_contrast = true,
	.colours =
		{
			[COLOUR_PAPER] = BLACK,
			[COLOUR_SURFACE] = BLACK,
			[COLOUR_SAND] = BLACK,
			[COLOUR_LINE] = TOKEN_HIGH_CONTRAST_LINE,
			[COLOUR_LINE_STRONG] = TOKEN_HIGH_CONTRAST_LINE,
			[COLOUR_INK] = WHITE,
			[COLOUR_INK2] = WHITE,
			[COLOUR_DISABLED] = GREY,
			[COLOUR_DISABLED_ON_FJORD] = GREY,
			[COLOUR_FJORD] = ACCENT,
			[COLOUR_FJORD_DEEP] = WHITE, /* pressed main button: must differ from accent */
			[COLOUR_FJORD_LINE] = TOKEN_HIGH_CONTRAST_LINE,
			[COLOUR_FJORD_TINT] = BLACK,
			[COLOUR_ON_FJORD] = BLACK,
			[COLOUR_ON_FJORD2] = BLACK,
			[COLOUR_AMBER] = ACCENT,
			[COLOUR_AMBER_TINT] = BLACK,
			[COLOUR_AMBER_INK] = ACCENT,
			[COLOUR_SEARCH_MARK] = DARK_MARK,
			[COLOUR_RED] = TOKEN_HIGH_CONTRAST_EMERGENCY,
			[COLOUR_RED_TINT] = BLACK,
			[COLOUR_GREEN] = WHITE,
			[COLOUR_GREEN_TINT] = BLACK,
			[COLOUR_KEY_EDGE] = TOKEN_HIGH_CONTRAST_LINE,
			[COLOUR_SCRIM] = (TOKEN_COLOUR_SCRIM & 0xFF000000u) | (BLACK & 0xFFFFFFu),
			[COLOUR_ON_RED] = BLACK,
			[COLOUR_FOCUS] = TOKEN_HIGH_CONTRAST_FOCUS,
			[COLOUR_NAV] = BLACK,
			[COLOUR_ON_NAV] = WHITE,
			[COLOUR_ON_NAV2] = WHITE,
			[COLOUR_NAV_CURRENT] = ACCENT,
			[COLOUR_BRIGHT] = ACCENT,
			[COLOUR_MORE] = ACCENT,
			[COLOUR_ON_BRIGHT] = BLACK,
			[COLOUR_SELECTED] = ACCENT,
			[COLOUR_ON_SELECTED] = BLACK,
			[COLOUR_SHADOW_CARD] = 0,
			[COLOUR_SHADOW_DIALOG] = 0,
		},
};

#define HUE(topic, a, b, c, d, e) \
	{.name = (topic), \
	 .main = (a), \
	 .deep = (b), \
	 .mid = (c), \
	 .soft = (d), \
	 .tint = (e), \
	 .on_main = TOKEN_COLOUR_ON_FJORD},
static const struct hue hues[] = {TOKEN_HUES(HUE)};

#define TYPE(role, is_bold, s100, l100, s125, l125, s150, l150, s200, l200) \
	[TYPE_##role] = { \
		[TEXT_100] = {.size = (s100), .line = (l100), .bold = (is_bold)}, \
		[TEXT_125] = {.size = (s125), .line = (l125), .bold = (is_bold)}, \
		[TEXT_150] = {.size = (s150), .line = (l150), .bold = (is_bold)}, \
		[TEXT_200] = {.size = (s200), .line = (l200), .bold = (is_bold)}, \
	},
static const struct type_size types[TYPE_COUNT][TEXT_SIZE_COUNT] = {TOKEN_TYPES(TYPE)};

#define STROKE(icon_side, line) {.side = (icon_side), .width = (line)},
static const struct {
	float side, width;
} strokes[] = {TOKEN_ICON_STROKES(STROKE)};

const struct theme *theme_get(bool in_high_contrast)
{
	return in_high_contrast ? &high_contrast : &normal;
}

struct hue theme_hue(const struct theme *theme, const char *name)
{
	struct hue hue = hues[0];
	for (size_t i = 0; name && i < ARRAY_LEN(hues); i++)
		if (strcmp(hues[i].name, name) == 0)
			hue = hues[i];
	if (theme->high_contrast) {
		hue.main = hue.deep = hue.mid = hue.soft = ACCENT;
		hue.tint = hue.on_main = BLACK;
	}
	return hue;
}

struct type_size theme_type(enum type_role role, enum text_size size)
{
	return types[role][size];
}

float theme_icon_stroke(float side)
{
	size_t last = ARRAY_LEN(strokes) - 1;
	if (side <= strokes[0].side)
		return strokes[0].width * side / strokes[0].side;
	if (side >= strokes[last].side)
		return strokes[last].width * side / strokes[last].side;
	size_t i = 1;
	while (i < last && strokes[i].side < side)
		i++;
	float share = (side - strokes[i - 1].side) / (strokes[i].side - strokes[i - 1].side);
	return strokes[i - 1].width + share * (strokes[i].width - strokes[i - 1].width);
}

/* WCAG 2.2, "relative luminance" */
static double luminance(uint32_t colour)
{
	static const double weights[] = {0.0722, 0.7152, 0.2126}; /* blue, green, red */
	double sum = 0;
	for (size_t i = 0; i < ARRAY_LEN(weights); i++) {
		double c = (colour >> (8 * i) & 0xFF) / 255.0;
		sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double theme_contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a) + 0.05, lb = luminance(b) + 0.05;
	return la > lb ? la / lb : lb / la;
}
