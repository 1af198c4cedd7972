#include "draw/theme.h"

#include "base/array.h"
#include "tokens.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Every text colour on every background it is used on, and what meaning-carrying edges need. */
static const struct {
	enum colour front, back;
	double least;
} pairs[] = {
	{COLOUR_INK, COLOUR_PAPER, 7},
	{COLOUR_INK, COLOUR_SURFACE, 7},
	{COLOUR_INK, COLOUR_SAND, 7},
	{COLOUR_INK, COLOUR_FJORD_TINT, 7},
	{COLOUR_INK, COLOUR_AMBER_TINT, 7},
	{COLOUR_INK, COLOUR_RED_TINT, 7},
	{COLOUR_INK, COLOUR_GREEN_TINT, 7},
	{COLOUR_INK, COLOUR_SEARCH_MARK, 7},
	{COLOUR_INK2, COLOUR_PAPER, 7},
	{COLOUR_INK2, COLOUR_SURFACE, 7},
	{COLOUR_INK2, COLOUR_SAND, 7},
	{COLOUR_FJORD, COLOUR_PAPER, 7},
	{COLOUR_FJORD, COLOUR_SURFACE, 7},
	{COLOUR_FJORD, COLOUR_FJORD_TINT, 7},
	{COLOUR_ON_FJORD, COLOUR_FJORD, 7},
	{COLOUR_ON_FJORD, COLOUR_FJORD_DEEP, 7},
	{COLOUR_ON_FJORD, COLOUR_NAV_CURRENT, 7},
	{COLOUR_ON_FJORD2, COLOUR_FJORD, 7},
	{COLOUR_ON_NAV, COLOUR_NAV, 7},
	{COLOUR_ON_NAV2, COLOUR_NAV, 7},
	{COLOUR_ON_BRIGHT, COLOUR_BRIGHT, 7},
	{COLOUR_ON_BRIGHT, COLOUR_MORE, 7},
	{COLOUR_ON_SELECTED, COLOUR_SELECTED, 7},
	{COLOUR_ON_RED, COLOUR_RED, 7},
	{COLOUR_AMBER_INK, COLOUR_AMBER_TINT, 7},
	{COLOUR_GREEN, COLOUR_SURFACE, 7},
	{COLOUR_GREEN, COLOUR_PAPER, 7},
	{COLOUR_RED, COLOUR_PAPER, 7},
	{COLOUR_RED, COLOUR_SURFACE, 7},
	/* exempt from 7:1, kept readable */
	{COLOUR_DISABLED, COLOUR_SURFACE, 4.5},
	{COLOUR_DISABLED_ON_FJORD, COLOUR_NAV, 4.5},
	/* edges */
	{COLOUR_LINE_STRONG, COLOUR_PAPER, 3},
	{COLOUR_LINE_STRONG, COLOUR_SURFACE, 3},
	{COLOUR_FOCUS, COLOUR_PAPER, 3},
	{COLOUR_FOCUS, COLOUR_SURFACE, 3},
	{COLOUR_FJORD, COLOUR_SAND, 3},
};

static void text_can_be_read(void **state)
{
	(void)state;
	for (int high = 0; high < 2; high++) {
		const struct theme *theme = theme_get(high);
		assert_int_equal(theme->high_contrast, high);
		for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
			double contrast = theme_contrast(theme->colours[pairs[i].front], theme->colours[pairs[i].back]);
			if (contrast < pairs[i].least)
				fail_msg("theme %d, colour %d on %d: %.2f, at least %.1f", high, (int)pairs[i].front,
					 (int)pairs[i].back, contrast, pairs[i].least);
		}
	}
}

#define NAME(name, main, deep, mid, soft, tint) name,
static const char *const topics[] = {TOKEN_HUES(NAME)};

static void hues_can_be_read(void **state)
{
	(void)state;
	for (int high = 0; high < 2; high++)
		for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
			const struct theme *theme = theme_get(high);
			struct hue hue = theme_hue(theme, topics[i]);
			assert_string_equal(hue.name, topics[i]);
			assert_true(theme_contrast(hue.on_main, hue.main) >= 7);
			assert_true(theme_contrast(hue.main, hue.tint) >= 7);
			assert_true(theme_contrast(hue.main, theme->colours[COLOUR_PAPER]) >= 7);
			assert_true(theme_contrast(hue.main, theme->colours[COLOUR_SURFACE]) >= 7);
			assert_true(theme_contrast(theme->colours[COLOUR_INK], hue.tint) >= 7);
			if (high)
				assert_true(hue.main == TOKEN_HIGH_CONTRAST_ACCENT && hue.on_main == 0xFF000000u);
		}
}

static void unknown_topic_has_the_first_hue(void **state)
{
	(void)state;
	static const char *const names[] = {NULL, "", "no such topic", "Daycare"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_string_equal(theme_hue(theme_get(false), names[i]).name, topics[0]);
	assert_true(theme_hue(theme_get(false), "daycare").main == 0xFF743244u);
}

static void every_colour_is_set(void **state)
{
	(void)state;
	for (int high = 0; high < 2; high++)
		for (int i = 0; i < COLOUR_COUNT; i++) {
			uint32_t alpha = theme_get(high)->colours[i] >> 24;
			bool shadow = i == COLOUR_SHADOW_CARD || i == COLOUR_SHADOW_DIALOG;
			if (shadow && high)
				assert_int_equal(alpha, 0);
			else if (shadow || i == COLOUR_SCRIM)
				assert_in_range(alpha, 1, 254);
			else
				assert_int_equal(alpha, 255);
		}
	assert_true(theme_get(false)->colours[COLOUR_PAPER] == 0xFFF8F3E8u);
	assert_true(theme_get(false)->colours[COLOUR_SCRIM] == 0x9E06161Cu);
	assert_true(theme_get(true)->colours[COLOUR_PAPER] == 0xFF000000u);
}

static void types_grow_with_the_text_size(void **state)
{
	(void)state;
	for (int role = 0; role < TYPE_COUNT; role++)
		for (int step = 0; step < TEXT_SIZE_COUNT; step++) {
			struct type_size type = theme_type((enum type_role)role, (enum text_size)step);
			assert_true(type.size >= 24 && type.line > type.size);
			if (step == 0)
				continue;
			struct type_size less = theme_type((enum type_role)role, (enum text_size)(step - 1));
			assert_true(type.size >= less.size && type.bold == less.bold);
		}
	struct type_size body = theme_type(TYPE_BODY, TEXT_200), bar = theme_type(TYPE_BAR, TEXT_150);
	assert_true(body.size == 72 && body.line == 102 && !body.bold);
	assert_true(bar.size == 32 && bar.line == 36 && bar.bold);
}

static void strokes_follow_the_design(void **state)
{
	(void)state;
	static const struct {
		float side, width;
	} cases[] = {{22, 3},     {40, 3.6f}, {52, 4.2f}, {68, 4.6f},  {96, 5},
		     {112, 5.6f}, {46, 3.9f}, {11, 1.5f}, {224, 11.2f}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_true(fabsf(theme_icon_stroke(cases[i].side) - cases[i].width) < 0.001f);
	for (int half = 2; half < 600; half++)
		assert_true(theme_icon_stroke((float)(half + 1) / 2) > theme_icon_stroke((float)half / 2));
}

static void contrast_is_that_of_wcag(void **state)
{
	(void)state;
	assert_true(fabs(theme_contrast(0xFF000000u, 0xFFFFFFFFu) - 21) < 1e-9);
	assert_true(fabs(theme_contrast(0xFFFFFFFFu, 0xFF000000u) - 21) < 1e-9);
	assert_true(fabs(theme_contrast(0xFF123456u, 0xFF123456u) - 1) < 1e-9);
	assert_true(fabs(theme_contrast(0xFF767676u, 0xFFFFFFFFu) - 4.54) < 0.01);
	assert_true(fabs(theme_contrast(0xFFFF0000u, 0xFFFFFFFFu) - 4.00) < 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_can_be_read),
		cmocka_unit_test(hues_can_be_read),
		cmocka_unit_test(unknown_topic_has_the_first_hue),
		cmocka_unit_test(every_colour_is_set),
		cmocka_unit_test(types_grow_with_the_text_size),
		cmocka_unit_test(strokes_follow_the_design),
		cmocka_unit_test(contrast_is_that_of_wcag),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
