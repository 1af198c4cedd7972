#include "glass.h"

#include <stdio.h>

#define PITCH    152
#define ROWS     12
#define VIEW_TOP 104
#define VIEW     1000
#define MARGIN   24

enum show {
	SHOW_PAGE,
	SHOW_SHEET,
	SHOW_DIALOG,
	SHOW_TWINS,
	SHOW_TALL,
	SHOW_KEYS,
	SHOW_NOTHING
};
static enum show show;
static bool home_disabled, no_home, with_sheet;

static struct ui_state target(struct glass *glass, struct box box, const char *id, int number, const char *reason)
{
	return ui_target(glass->ui, box,
			 &(struct ui_target){.role = ROLE_BUTTON,
					     .id = id,
					     .name = id,
					     .action = {.verb = number ? 1 : 0, .number = number},
					     .reason = reason,
					     .radius = 24,
					     .inset = strncmp(id, "nav.", 4) == 0});
}

static void page(struct glass *glass)
{
	struct ui *ui = glass->ui;
	ui_fill(ui, (struct box){0, 0, ui_width(ui), ui_height(ui)}, 0xFFFFFFFF);
	ui_meaning(ui, (struct box){0, 0, 100, 100}, ROLE_PICTURE, "a picture");
	target(glass, (struct box){800, 4, 200, 96}, "112", 12, NULL);
	ui_scroll_begin(ui, (struct box){0, VIEW_TOP, 1080, VIEW}, &glass->offset);
	for (int i = 0; i < ROWS; i++) {
		char id[16];
		snprintf(id, sizeof(id), "row.%d", i);
		float high = show == SHOW_TALL && i == 1 ? 1200 : 136;
		float y = (float)(i * PITCH) + (show == SHOW_TALL && i > 1 ? 1200 - 136 : 0);
		target(glass, (struct box){60, y, 960, high}, id, 100 + i, i == 3 ? "not today" : NULL);
	}
	ui_scroll_end(ui, ROWS * PITCH + (show == SHOW_TALL ? 1200 - 136 : 0));
	target(glass, (struct box){0, 1784, 270, 136}, "nav.back", 1, NULL);
	if (!no_home)
		target(glass, (struct box){270, 1784, 270, 136}, "nav.home", 2, home_disabled ? "you are there" : NULL);
}

/* What keys of their own press, beside one that has none. */
static void keyed(struct glass *glass)
{
	static const struct {
		const char *id;
		enum input_key key;
		const char *reason;
		int layer;
	} rows[] = {{"seven", KEY_DIGIT_0 + 7, NULL, 0},
		    {"none", KEY_NONE, NULL, 0},
		    {"nine", KEY_DIGIT_9, "not today", 0},
		    {"ok", KEY_ENTER, NULL, 0},
		    {"sheet.1", KEY_NONE, NULL, 1}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].layer > 0 && !with_sheet)
			continue;
		ui_layer(glass->ui, rows[i].layer);
		ui_target(glass->ui, (struct box){60, (float)i * 200, 200, 100},
			  &(struct ui_target){.role = ROLE_BUTTON,
					      .id = rows[i].id,
					      .name = rows[i].id,
					      .action = {.verb = 1, .number = 50 + (int)i},
					      .key = rows[i].key,
					      .reason = rows[i].reason});
	}
}

static void screen(struct glass *glass)
{
	if (show == SHOW_NOTHING)
		return;
	if (show == SHOW_KEYS) {
		keyed(glass);
		return;
	}
	if (show == SHOW_TWINS) {
		for (int i = 0; i < 3; i++)
			target(glass, (struct box){60, (float)i * 200, 200, 100}, "twin", 20 + i, NULL);
		return;
	}
	page(glass);
	if (show != SHOW_SHEET && show != SHOW_DIALOG)
		return;
	ui_layer(glass->ui, 1);
	target(glass, (struct box){60, 1000, 200, 112}, "sheet.ok", 30, NULL);
	target(glass, (struct box){700, 1000, 200, 112}, "nav.back", 32, NULL);
	target(glass, (struct box){400, 1000, 200, 112}, "close", 31, NULL);
	if (show == SHOW_DIALOG) {
		ui_layer(glass->ui, 2);
		target(glass, (struct box){60, 700, 200, 112}, "stay", 40, NULL);
	}
}

static struct glass open_screen(enum show what)
{
	show = what;
	home_disabled = no_home = with_sheet = false;
	struct glass glass = {.record = screen};
	glass_open(&glass);
	return glass;
}

static void is_at(struct glass *glass, int number)
{
	assert_int_equal(glass_key(glass, KEY_ENTER), number);
}

static void goes_round(void **unused)
{
	(void)unused;
	static const struct {
		enum show show;
		int count, numbers[16];
	} cases[] = {
		{SHOW_PAGE, 14, {12, 100, 101, 102, 104, 105, 106, 107, 108, 109, 110, 111, 1, 2}},
		{SHOW_SHEET, 3, {30, 32, 31}},
		{SHOW_DIALOG, 1, {40}},
		{SHOW_TWINS, 3, {20, 21, 22}}, /* one id for three things is a mistake, but no trap */
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = open_screen(cases[i].show);
		is_at(&glass, 0);
		int count = cases[i].count;
		for (int turn = 0; turn < 2 * count + 1; turn++) {
			assert_int_equal(glass_key(&glass, KEY_NEXT), 0);
			is_at(&glass, cases[i].numbers[turn % count]);
		}
		for (int turn = 2 * count; turn-- > 0;) {
			assert_int_equal(glass_key(&glass, KEY_PREVIOUS), 0);
			is_at(&glass, cases[i].numbers[turn % count]);
		}
		glass_close(&glass);
	}
	struct glass glass = open_screen(SHOW_PAGE);
	glass_key(&glass, KEY_PREVIOUS); /* from nowhere backwards: the last */
	is_at(&glass, 2);
	glass_close(&glass);
}

static void nothing_to_focus(void **unused)
{
	(void)unused;
	struct glass glass = open_screen(SHOW_NOTHING);
	for (int key = KEY_NONE; key < KEY_COUNT; key++)
		assert_int_equal(glass_key(&glass, (enum input_key)key), 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static void is_lost_with(void **unused)
{
	(void)unused;
	struct glass glass = open_screen(SHOW_PAGE);
	glass_key(&glass, KEY_PREVIOUS);
	is_at(&glass, 2);
	home_disabled = true;
	glass_frame(&glass);
	is_at(&glass, 0);
	home_disabled = false;
	no_home = true;
	glass_frame(&glass);
	is_at(&glass, 0);
	no_home = false;
	glass_frame(&glass);
	is_at(&glass, 2);

	glass_finger(&glass, INPUT_DOWN, 1, 1050, 1200); /* beside everything: a touch hides the ring */
	glass_finger(&glass, INPUT_UP, 1, 1050, 1200);
	is_at(&glass, 0);
	glass_key(&glass, KEY_NEXT);
	is_at(&glass, 12);
	ui_leave(glass.ui);
	glass_frame(&glass);
	is_at(&glass, 0);
	glass_key(&glass, KEY_NEXT);
	show = SHOW_SHEET;
	glass_frame(&glass);
	is_at(&glass, 0); /* what a sheet covers is not pressed */
	glass_close(&glass);
}

static void some_have_a_key(void **unused)
{
	(void)unused;
	struct glass glass = open_screen(SHOW_KEYS);
	assert_int_equal(glass_key(&glass, KEY_DIGIT_0 + 7), 50);
	assert_int_equal(glass_key(&glass, KEY_DIGIT_0 + 8), 0);
	assert_int_equal(glass_key(&glass, KEY_DIGIT_9), 0); /* disabled */
	assert_int_equal(glass_key(&glass, KEY_NONE), 0);
	/* Enter presses what has the focus, and only without any what it is the key of. */
	is_at(&glass, 53);
	glass_key(&glass, KEY_NEXT);
	is_at(&glass, 50);
	assert_int_equal(glass_key(&glass, KEY_DIGIT_0 + 7), 50);
	with_sheet = true;
	glass_frame(&glass);
	assert_int_equal(glass_key(&glass, KEY_DIGIT_0 + 7), 0);
	is_at(&glass, 0);
	glass_close(&glass);
}

static void goes_back(void **unused)
{
	(void)unused;
	static const struct {
		enum show show;
		int number;
	} cases[] = {{SHOW_PAGE, 1}, {SHOW_SHEET, 31}, {SHOW_DIALOG, 0}, {SHOW_TWINS, 0}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = open_screen(cases[i].show);
		assert_int_equal(glass_key(&glass, KEY_BACK), cases[i].number);
		glass_close(&glass);
	}
}

static void rolls_into_view(void **unused)
{
	(void)unused;
	struct glass glass = open_screen(SHOW_PAGE);
	for (int i = 0; i < 6; i++)
		glass_key(&glass, KEY_NEXT);
	is_at(&glass, 105);
	assert_true(glass.offset == 0);
	glass_key(&glass, KEY_NEXT); /* row 6: 912 to 1048 */
	is_at(&glass, 106);
	glass_wait(&glass, 320);
	assert_true(glass.offset == 1048 + MARGIN - VIEW);
	/* Keys faster than frames: each is reckoned from the last picture, not from where it has rolled. */
	struct action action;
	for (int i = 0; i < 2; i++) {
		struct input_event event = {
			.kind = INPUT_KEY, .key = KEY_NEXT, .time_ms = glass.frame.now_ms + i * 100};
		ui_input(glass.ui, &event, &action);
	}
	glass.frame.now_ms += 100;
	glass_frame(&glass);
	is_at(&glass, 108);
	glass_wait(&glass, 400);
	assert_true(glass.offset == 8 * PITCH + 136 + MARGIN - VIEW);
	glass_key(&glass, KEY_NEXT);
	glass_wait(&glass, 400);
	for (int i = 0; i < 7; i++)
		glass_key(&glass, KEY_PREVIOUS);
	is_at(&glass, 101);
	glass_wait(&glass, 400);
	assert_true(glass.offset == PITCH - MARGIN);
	glass_key(&glass, KEY_PREVIOUS);
	glass_wait(&glass, 400);
	assert_true(glass.offset == 0);
	glass_close(&glass);

	glass = open_screen(SHOW_TALL); /* taller than the view: its beginning */
	glass_key(&glass, KEY_NEXT);
	glass_key(&glass, KEY_NEXT);
	glass_key(&glass, KEY_NEXT);
	is_at(&glass, 101);
	glass_wait(&glass, 400);
	assert_true(glass.offset == PITCH - MARGIN);
	glass_close(&glass);

	glass = open_screen(SHOW_PAGE);
	glass.frame.calm = true;
	glass_frame(&glass);
	for (int i = 0; i < 7; i++)
		glass_key(&glass, KEY_NEXT);
	assert_true(glass.offset == 1048 + MARGIN - VIEW);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static void pixel_is(struct glass *glass, const uint32_t *pixels, int x, int y, uint32_t colour)
{
	uint32_t got = pixels[y * glass->frame.width + x];
	if (got != colour)
		fail_msg("(%d, %d) is %08x and should be %08x", x, y, got, colour);
}

static void ring(void **unused)
{
	(void)unused;
	struct glass glass = open_screen(SHOW_PAGE);
	uint32_t white = 0xFFFFFFFF, fjord = ui_colour(glass.ui, COLOUR_FOCUS);
	uint32_t *pixels = glass_paint(&glass);
	pixel_is(&glass, pixels, 50, 180, white);
	free(pixels);

	glass_key(&glass, KEY_NEXT);
	glass_key(&glass, KEY_NEXT); /* row 0 at (60, 104): gap 6, ring 8, cut above by the view */
	pixels = glass_paint(&glass);
	pixel_is(&glass, pixels, 45, 180, white);
	pixel_is(&glass, pixels, 46, 180, fjord);
	pixel_is(&glass, pixels, 53, 180, fjord);
	pixel_is(&glass, pixels, 54, 180, white);
	pixel_is(&glass, pixels, 1033, 180, fjord);
	pixel_is(&glass, pixels, 1034, 180, white);
	pixel_is(&glass, pixels, 500, VIEW_TOP + 136 + 6, fjord);
	pixel_is(&glass, pixels, 500, VIEW_TOP + 136 + 13, fjord);
	pixel_is(&glass, pixels, 500, VIEW_TOP + 136 + 14, white);
	pixel_is(&glass, pixels, 500, VIEW_TOP - 10, white);
	pixel_is(&glass, pixels, 47, VIEW_TOP + 136 + 12, white); /* a round corner */
	free(pixels);

	glass_key(&glass, KEY_BACK);
	glass_key(&glass, KEY_PREVIOUS);
	glass_key(&glass, KEY_PREVIOUS); /* nav.home: inside and light */
	uint32_t light = ui_colour(glass.ui, COLOUR_ON_FJORD);
	pixels = glass_paint(&glass);
	pixel_is(&glass, pixels, 275, 1850, white);
	pixel_is(&glass, pixels, 276, 1850, light);
	pixel_is(&glass, pixels, 283, 1850, light);
	pixel_is(&glass, pixels, 284, 1850, white);
	free(pixels);

	glass.frame.high_contrast = true;
	glass_frame(&glass);
	uint32_t cyan = ui_colour(glass.ui, COLOUR_FOCUS);
	assert_true(cyan != fjord && cyan != light);
	pixels = glass_paint(&glass);
	pixel_is(&glass, pixels, 276, 1850, cyan);
	free(pixels);
	glass_close(&glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_round),   cmocka_unit_test(nothing_to_focus),
		cmocka_unit_test(is_lost_with), cmocka_unit_test(some_have_a_key),
		cmocka_unit_test(goes_back),    cmocka_unit_test(rolls_into_view),
		cmocka_unit_test(ring),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
