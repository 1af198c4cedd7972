#include "glass.h"

#include <math.h>
#include <stdio.h>

#define PITCH    152
#define VIEW_TOP 104
#define VIEW     1560

static int rows;
static float left_below, progress_told;

static void screen(struct glass *glass)
{
	struct ui *ui = glass->ui;
	if (glass->less)
		return;
	progress_told = ui_scroll_progress(ui);
	ui_scroll_begin(ui, (struct box){0, VIEW_TOP, 1080, VIEW}, &glass->offset);
	for (int i = 0; i < rows; i++) {
		char id[16];
		snprintf(id, sizeof(id), "row.%d", i);
		ui_target(ui, (struct box){60, (float)(i * PITCH), 960, 136},
			  &(struct ui_target){
				  .role = ROLE_BUTTON, .id = id, .name = id, .action = {.verb = 1, .number = 100 + i}});
	}
	left_below = ui_scroll_end(ui, (float)(rows * PITCH));
	ui_target(ui, (struct box){60, 1700, 200, 120},
		  &(struct ui_target){
			  .role = ROLE_BUTTON, .id = "bar", .name = "bar", .action = {.verb = 1, .number = 1}});
	if (!glass->sheet)
		return;
	ui_layer(ui, 1);
	float still = 0;
	ui_scroll_begin(ui, (struct box){0, 1000, 1080, 500}, &still);
	ui_scroll_end(ui, 400);
}

/* 30 rows: 4560 high, 3000 to roll. */
static void open_list(struct glass *glass, int row_count, float offset)
{
	rows = row_count;
	*glass = (struct glass){.record = screen, .offset = offset, .frame = glass->frame};
	glass_open(glass);
}

static void put_down(struct glass *glass, float y)
{
	assert_int_equal(glass_finger(glass, INPUT_DOWN, 1, 500, y), 0);
}

static void move(struct glass *glass, int64_t wait_ms, float y)
{
	glass_wait(glass, wait_ms);
	assert_int_equal(glass_finger(glass, INPUT_MOVE, 1, 500, y), 0);
}

static void lift(struct glass *glass, int64_t wait_ms, float y)
{
	glass_wait(glass, wait_ms);
	assert_int_equal(glass_finger(glass, INPUT_UP, 1, 500, y), 0);
}

/* Nothing rolls; what was pressed may still be fading. */
static void is_still(struct glass *glass)
{
	float offset = glass->offset;
	glass_wait(glass, 160);
	assert_int_equal(ui_deadline(glass->ui), INT64_MAX);
	assert_true(glass->offset == offset);
}

static void follows_the_finger(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	put_down(&glass, 1000);
	move(&glass, 10, 976);
	assert_true(glass.offset == 0); /* the slop, and not more */
	move(&glass, 10, 970);
	assert_true(glass.offset == 6); /* and no jump by the slop */
	move(&glass, 10, 700);
	assert_true(glass.offset == 276);
	glass_place_is(glass_find(&glass, "row.2")->place, 60, VIEW_TOP + 304 - 276, 960, 136);
	move(&glass, 10, 800);
	assert_true(glass.offset == 176);
	lift(&glass, 500, 800); /* it has rested: no momentum */
	is_still(&glass);
	assert_true(glass.offset == 176);
	assert_true(left_below == 3000 - 176);
	glass_close(&glass);
}

static void is_enlarged_with_the_picture(void **unused)
{
	(void)unused;
	struct glass glass = {.frame = {.width = 2160, .height = 3840}};
	open_list(&glass, 30, 0);
	put_down(&glass, 2000);
	move(&glass, 10, 1952);
	assert_true(glass.offset == 0);
	move(&glass, 10, 1852);
	assert_true(glass.offset == 50);
	glass_close(&glass);
}

static void coasts_and_comes_to_rest(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	put_down(&glass, 1500);
	for (int i = 1; i <= 10; i++) /* 1 px a millisecond */
		move(&glass, 10, 1500 - (float)i * 10);
	lift(&glass, 0, 1400);
	assert_true(glass.offset == 76);
	int64_t began_ms = glass.frame.now_ms;
	float before = glass.offset, step_before = 1e9f;
	while (ui_deadline(glass.ui) != INT64_MAX) {
		assert_int_equal(ui_deadline(glass.ui), glass.frame.now_ms + 16);
		glass_wait(&glass, 16);
		float step = glass.offset - before;
		assert_true(step >= 0 && step < step_before);
		before = glass.offset;
		step_before = step;
		assert_true(glass.frame.now_ms - began_ms < 3000);
	}
	/* Until it is slower than 0.05 px/ms: 325 ms x (1 - 0.05), after 325 ms x ln 20. */
	assert_true(fabsf(glass.offset - 76 - 325 * 0.95f) < 0.1f);
	assert_in_range(glass.frame.now_ms - began_ms, 973, 974 + 16);
	glass_close(&glass);
}

/* It ends in the same place whether it was drawn often or once. */
static void does_not_depend_on_frames(void **unused)
{
	(void)unused;
	float ends[2];
	for (int once = 0; once < 2; once++) {
		struct glass glass = {0};
		open_list(&glass, 30, 0);
		put_down(&glass, 1500);
		move(&glass, 10, 1460);
		lift(&glass, 10, 1420);
		if (once) {
			glass.frame.now_ms += 5000;
			glass_frame(&glass);
		}
		glass_wait(&glass, 5000);
		ends[once] = glass.offset;
		glass_close(&glass);
	}
	assert_true(ends[0] == ends[1]);
	assert_true(ends[0] > 500);
}

static void momentum_ends_at_the_end(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 2900);
	put_down(&glass, 1500);
	move(&glass, 10, 1460);
	lift(&glass, 1, 1450);
	glass_wait(&glass, 5000);
	assert_true(glass.offset == 3000);
	assert_true(left_below == 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

/* Speed is that of the last 80 ms: a slow way and then a flick is a flick; a flick and then a rest is none. */
static void momentum_is_of_the_last_moment(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 1000);
	put_down(&glass, 1500);
	for (int i = 0; i < 20; i++)
		move(&glass, 100, 1490 - (float)i * 10);
	assert_true(glass.offset == 1176);
	move(&glass, 40, 1220);
	lift(&glass, 40, 1140);
	assert_true(ui_deadline(glass.ui) != INT64_MAX);
	glass_wait(&glass, 5000);
	assert_true(glass.offset > 1336 + 300 && glass.offset < 1336 + 700);

	put_down(&glass, 1500);
	move(&glass, 10, 1300);
	lift(&glass, 81, 1300);
	is_still(&glass);

	/* Where the finger before was is no part of this one's way. */
	glass.offset = 1000;
	glass_frame(&glass);
	glass_finger(&glass, INPUT_DOWN, 1, 1050, 300);
	glass_finger(&glass, INPUT_UP, 1, 1050, 300);
	put_down(&glass, 1500);
	move(&glass, 20, 1470);
	lift(&glass, 20, 1460);
	glass_wait(&glass, 5000);
	assert_true(glass.offset > 1016 + 200 && glass.offset < 1016 + 400);
	glass_close(&glass);
}

static void touching_stops_it_and_no_more(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	put_down(&glass, 1500);
	move(&glass, 10, 1400);
	lift(&glass, 1, 1390);
	glass_wait(&glass, 100);
	put_down(&glass, 600);
	float stopped = glass.offset;
	assert_true(stopped > 100);
	lift(&glass, 50, 600); /* on a row, and yet no press */
	glass_wait(&glass, 5000);
	assert_true(glass.offset == stopped);
	assert_int_equal(glass_finger(&glass, INPUT_DOWN, 1, 500, 600), 0);
	assert_true(glass_finger(&glass, INPUT_UP, 1, 500, 600) >= 100); /* at rest it is one */
	glass_close(&glass);
}

static void rubber_band_returns(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	put_down(&glass, 300);
	move(&glass, 10, 300 + 24 + 200);
	int pulled = glass_find(&glass, "row.0")->place.y - VIEW_TOP;
	/* 200 against resistance: 1560 x w / (w + 1) with w = 0.55 x 200 / 1560 */
	assert_int_equal(pulled, 103);
	assert_true(glass.offset == 0);
	move(&glass, 10, 300 + 24 + 1400);
	int further = glass_find(&glass, "row.0")->place.y - VIEW_TOP;
	assert_true(further > pulled && further < 770);
	move(&glass, 10, 300 + 24 + 200); /* and the same way back */
	assert_int_equal(glass_find(&glass, "row.0")->place.y - VIEW_TOP, pulled);
	lift(&glass, 200, 300 + 24 + 200);
	int before = pulled;
	while (ui_deadline(glass.ui) != INT64_MAX) {
		glass_wait(&glass, 16);
		int now = glass_find(&glass, "row.0")->place.y - VIEW_TOP;
		assert_true(now <= before && now >= 0);
		before = now;
	}
	assert_int_equal(before, 0);
	assert_true(glass.offset == 0);

	glass.offset = 3000;
	glass_frame(&glass);
	put_down(&glass, 1500);
	move(&glass, 10, 1276);
	assert_true(glass.offset == 3000);
	assert_int_equal(glass_find(&glass, "row.29")->place.y, VIEW_TOP + 29 * PITCH - 3000 - 103 + 0);
	glass_finger(&glass, INPUT_CANCEL, 1, 0, 0);
	glass_wait(&glass, 5000);
	assert_int_equal(glass_find(&glass, "row.29")->place.y, VIEW_TOP + 29 * PITCH - 3000);
	glass_close(&glass);
}

/* Caught on its way back and held still, the band goes back all the same. */
static void caught_band_returns(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	put_down(&glass, 300);
	move(&glass, 10, 1000);
	lift(&glass, 0, 1000);
	glass_wait(&glass, 32);
	put_down(&glass, 600);
	int caught = glass_find(&glass, "row.0")->place.y;
	assert_true(caught > VIEW_TOP);
	glass_wait(&glass, 500);
	assert_int_equal(glass_find(&glass, "row.0")->place.y, caught);
	move(&glass, 0, 601); /* held from there */
	assert_in_range(glass_find(&glass, "row.0")->place.y, caught, caught + 1);
	move(&glass, 0, 600);
	lift(&glass, 0, 600);
	glass_wait(&glass, 2000);
	assert_int_equal(glass_find(&glass, "row.0")->place.y, VIEW_TOP);
	glass_close(&glass);
}

static void nothing_moves_by_itself_when_calm(void **unused)
{
	(void)unused;
	struct glass glass = {.frame = {.calm = true}};
	open_list(&glass, 30, 0);
	put_down(&glass, 300);
	move(&glass, 10, 900);
	assert_int_equal(glass_find(&glass, "row.0")->place.y, VIEW_TOP);
	move(&glass, 10, 200);
	assert_true(glass.offset == 124); /* the way back from beyond the end is a way too */
	lift(&glass, 0, 100);
	assert_true(glass.offset == 224);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	ui_scroll_by(glass.ui, 1000);
	glass_frame(&glass);
	assert_true(glass.offset == 1224);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static void rolls_when_asked(void **unused)
{
	(void)unused;
	static const struct {
		enum input_kind kind;
		enum input_key key;
		float wheel;
		float from, to;
	} cases[] = {
		{INPUT_WHEEL, KEY_NONE, -1, 0, 144},
		{INPUT_WHEEL, KEY_NONE, 2, 1000, 712},
		{INPUT_WHEEL, KEY_NONE, 1e30f, 3000, 120},
		{INPUT_WHEEL, KEY_NONE, 1, 0, 0},
		{INPUT_KEY, KEY_DOWN, 0, 0, 120},
		{INPUT_KEY, KEY_UP, 0, 1000, 880},
		{INPUT_KEY, KEY_UP, 0, 50, 0},
		{INPUT_KEY, KEY_PAGE_DOWN, 0, 0, 1248},
		{INPUT_KEY, KEY_PAGE_UP, 0, 2000, 752},
		{INPUT_KEY, KEY_PAGE_DOWN, 0, 2500, 3000},
		{INPUT_KEY, KEY_END, 0, 10, 3000},
		{INPUT_KEY, KEY_START, 0, 2000, 0},
		{INPUT_KEY, KEY_COUNT, 0, 10, 10},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {0};
		open_list(&glass, 30, cases[i].from);
		glass_send(&glass,
			   (struct input_event){.kind = cases[i].kind, .key = cases[i].key, .wheel = cases[i].wheel});
		glass_wait(&glass, 320);
		if (glass.offset != cases[i].to || ui_deadline(glass.ui) != INT64_MAX)
			fail_msg("case %zu: %f", i, (double)glass.offset);
		glass_close(&glass);
	}
}

static void glides_like_the_design(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	ui_scroll_by(glass.ui, 800);
	glass.frame.now_ms += 160;
	glass_frame(&glass);
	assert_true(glass.offset == 700); /* cubic ease-out at half of 320 ms */
	ui_scroll_by(glass.ui, 800);      /* pressed again on the way: from there, to the sum */
	assert_true(ui_deadline(glass.ui) < INT64_MAX);
	glass_wait(&glass, 320);
	assert_true(glass.offset == 1600);
	glass_close(&glass);
}

static void nothing_to_roll(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 3, 500); /* where one had read when the page was longer */
	assert_true(glass.offset == 0);
	assert_int_equal(glass.frames, 2); /* never shown at the wrong place */
	glass_place_is(glass_find(&glass, "row.0")->place, 60, VIEW_TOP, 960, 136);
	assert_true(left_below == 0);
	assert_true(progress_told == 1);
	put_down(&glass, 700);
	move(&glass, 10, 900);
	assert_true(glass.offset == 0);
	assert_int_equal(glass_find(&glass, "row.0")->place.y, VIEW_TOP);
	lift(&glass, 10, 1000);
	glass_key(&glass, KEY_PAGE_DOWN);
	ui_scroll_by(glass.ui, 100);
	glass_frame(&glass);
	assert_true(glass.offset == 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static int fickle_frames;

static void fickle(struct glass *glass)
{
	ui_scroll_begin(glass->ui, (struct box){0, 0, 1080, 500}, &glass->offset);
	ui_scroll_end(glass->ui, fickle_frames++ % 2 ? 1000 : 2000);
}

/* A screen that is never satisfied with itself does not keep the kiosk awake. */
static void settles(void **unused)
{
	(void)unused;
	struct glass glass = {.record = fickle};
	fickle_frames = 0;
	glass_open(&glass);
	assert_in_range(fickle_frames, 5, 20);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static void caller_moves_the_view(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	ui_scroll_by(glass.ui, 800);
	glass_wait(&glass, 100);
	glass.offset = 50;
	glass_frame(&glass);
	glass_wait(&glass, 1000);
	assert_true(glass.offset == 50);
	glass.offset = (float)NAN;
	glass_frame(&glass);
	assert_true(glass.offset == 0);
	glass.offset = 1e30f;
	glass_frame(&glass);
	assert_true(glass.offset == 3000);
	glass.offset = -5;
	glass_frame(&glass);
	assert_true(glass.offset == 0);

	put_down(&glass, 1000);
	move(&glass, 10, 900);
	glass.offset = 500;
	glass_frame(&glass);
	move(&glass, 10, 800); /* the finger has lost it */
	assert_true(glass.offset == 500);
	lift(&glass, 10, 800);
	glass.offset = 0;
	glass_frame(&glass);

	put_down(&glass, 1000);
	move(&glass, 10, 900);
	assert_true(glass.offset == 76);
	rows = 5; /* the content goes away under the finger */
	glass_frame(&glass);
	assert_true(glass.offset == 0);
	move(&glass, 10, 700);
	lift(&glass, 10, 600);
	assert_true(glass.offset == 0);
	is_still(&glass);
	glass_close(&glass);
}

/* At the end of something that becomes shorter, and of something that is gone. */
static void content_goes_away(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 3000);
	rows = 20;
	glass.frames = 0;
	glass_frame(&glass);
	assert_int_equal(glass.frames, 2);
	assert_true(glass.offset == 20 * PITCH - VIEW);
	glass_place_is(glass_find(&glass, "row.19")->place, 60, VIEW_TOP + VIEW - PITCH, 960, 136);

	ui_scroll_by(glass.ui, -800);
	glass_wait(&glass, 50);
	glass.less = true;
	glass_frame(&glass);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass.less = false;
	float offset = glass.offset;
	glass_frame(&glass);
	is_still(&glass);
	assert_true(glass.offset == offset);
	glass_close(&glass);
}

static void progress(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 0);
	assert_true(fabsf(progress_told - 1560.0f / 4560) < 1e-6f);
	glass.offset = 1500;
	glass_frame(&glass);
	assert_true(fabsf(progress_told - 3060.0f / 4560) < 1e-6f);
	glass.offset = 3000;
	glass_frame(&glass);
	assert_true(progress_told == 1);
	/* While it rolls no frame is recorded twice, and yet it tells the place shown. */
	ui_scroll_by(glass.ui, -800);
	glass.frames = 0;
	glass.frame.now_ms += 160;
	glass_frame(&glass);
	assert_int_equal(glass.frames, 1);
	assert_true(fabsf(progress_told - (2300.0f + 1560) / 4560) < 1e-6f);
	/* A sheet with a view of its own leaves that of the page alone. */
	glass_wait(&glass, 1000);
	glass.sheet = true;
	glass_frame(&glass);
	assert_true(fabsf(progress_told - (2200.0f + 1560) / 4560) < 1e-6f);
	ui_scroll_by(glass.ui, 500);
	glass_wait(&glass, 1000);
	assert_true(glass.offset == 2200);
	glass_close(&glass);
}

/* What is cut off can be neither touched nor seen. */
static void cuts_at_its_edges(void **unused)
{
	(void)unused;
	struct glass glass = {0};
	open_list(&glass, 30, 100);
	glass_place_is(glass_find(&glass, "row.0")->place, 60, 4, 960, 136);
	glass_place_is(glass_find(&glass, "row.0")->seen, 60, VIEW_TOP, 960, 36);
	glass_place_is(glass_find(&glass, "row.29")->seen, 0, 0, 0, 0);
	assert_int_equal(glass_tap(&glass, 500, VIEW_TOP - 20), 0);
	assert_int_equal(glass_tap(&glass, 500, VIEW_TOP + 10), 100);
	assert_int_equal(glass_tap(&glass, 100, 1701), 1);
	glass_close(&glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_the_finger),
		cmocka_unit_test(is_enlarged_with_the_picture),
		cmocka_unit_test(coasts_and_comes_to_rest),
		cmocka_unit_test(does_not_depend_on_frames),
		cmocka_unit_test(momentum_ends_at_the_end),
		cmocka_unit_test(momentum_is_of_the_last_moment),
		cmocka_unit_test(touching_stops_it_and_no_more),
		cmocka_unit_test(rubber_band_returns),
		cmocka_unit_test(caught_band_returns),
		cmocka_unit_test(nothing_moves_by_itself_when_calm),
		cmocka_unit_test(rolls_when_asked),
		cmocka_unit_test(glides_like_the_design),
		cmocka_unit_test(nothing_to_roll),
		cmocka_unit_test(settles),
		cmocka_unit_test(caller_moves_the_view),
		cmocka_unit_test(content_goes_away),
		cmocka_unit_test(progress),
		cmocka_unit_test(cuts_at_its_edges),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
