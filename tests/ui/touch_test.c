#include "glass.h"

#include <math.h>
#include <stdio.h>

#define ROWS     30
#define PITCH    152
#define VIEW_TOP 104
#define VIEW_END 1664
#define LEAVES   -7

enum {
	ROW = 100,
	BACK = 1,
	HOME = 2,
	KEY_A = 3,
	KEY_B = 4,
	OK = 5,
	UNDER = 6
};

static struct ui_state states[ROWS];

static struct ui_state target(struct glass *glass, struct box box, const char *id, int number, const char *reason)
{
	return ui_target(glass->ui, box,
			 &(struct ui_target){.role = ROLE_BUTTON,
					     .id = id,
					     .name = id,
					     .action = {.verb = number ? 1 : 0, .number = number},
					     .reason = reason});
}

/* A list that rolls; under it a row of keys, 12 apart, the third disabled; perhaps a sheet over everything. */
static void screen(struct glass *glass)
{
	struct ui *ui = glass->ui;
	ui_scroll_begin(ui, (struct box){0, VIEW_TOP, 1080, VIEW_END - VIEW_TOP}, &glass->offset);
	for (int i = 0; i < (glass->less ? 3 : ROWS); i++) {
		char id[16];
		snprintf(id, sizeof(id), "row.%d", i);
		states[i] = target(glass, (struct box){60, (float)i * PITCH, 960, 136}, id, ROW + i, NULL);
	}
	ui_scroll_end(ui, (glass->less ? 3 : ROWS) * PITCH);
	target(glass, (struct box){60, 1700, 200, 120}, "a", KEY_A, NULL);
	target(glass, (struct box){284, 1700, 200, 120}, "b", KEY_B, NULL);
	target(glass, (struct box){496, 1700, 200, 120}, "off", 9, "not today");
	target(glass, (struct box){708, 1700, 200, 120}, "leave", LEAVES, NULL);
	target(glass, (struct box){916, 1700, 140, 120}, "plain", 0, NULL);
	if (!glass->sheet)
		return;
	ui_layer(ui, 1);
	target(glass, (struct box){100, 1000, 400, 120}, "ok", OK, NULL);
}

enum {
	DOWN = INPUT_DOWN,
	MOVE = INPUT_MOVE,
	UP = INPUT_UP,
	CANCEL = INPUT_CANCEL
};

struct step {
	int wait_ms;
	int kind;
	int64_t finger;
	float x, y;
	int want; /* the action's number */
};

/* Rows lie at 104 + i * 152, 136 high. */
static const struct {
	const char *name;
	bool sheet, less;
	struct step steps[10]; /* up to one without a finger */
} cases[] = {
	{"press and release", false, false, {{0, DOWN, 1, 500, 150, 0}, {50, UP, 1, 500, 150, ROW}}},
	{"a long press is a press", false, false, {{0, DOWN, 1, 500, 150, 0}, {9000, UP, 1, 500, 150, ROW}}},
	{"up without down", false, false, {{0, UP, 1, 500, 150, 0}}},
	{"trembles within the slop",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {9, MOVE, 1, 520, 173, 0}, {9, UP, 1, 490, 127, ROW}}},
	{"slides sideways and stays on",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 150, 0}, {9, MOVE, 1, 900, 150, 0}, {9, UP, 1, 1000, 150, ROW}}},
	{"slides off sideways",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 150, 0}, {9, MOVE, 1, 20, 150, 0}, {9, UP, 1, 20, 150, 0}}},
	{"slides off and back",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 150, 0}, {9, MOVE, 1, 20, 150, 0}, {9, MOVE, 1, 100, 150, 0}, {9, UP, 1, 100, 150, ROW}}},
	{"onto another is none of both",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 1750, 0}, {9, MOVE, 1, 400, 1750, 0}, {9, UP, 1, 400, 1750, 0}}},
	{"more than the slop rolls",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {9, MOVE, 1, 500, 175, 0}, {9, UP, 1, 500, 150, 0}}},
	{"a roll never presses, back on the row",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 600, 0}, {9, MOVE, 1, 500, 500, 0}, {9, MOVE, 1, 500, 600, 0}, {9, UP, 1, 500, 600, 0}}},
	{"far up without a move is a roll", false, false, {{0, DOWN, 1, 500, 600, 0}, {9, UP, 1, 500, 500, 0}}},
	{"nothing to roll: the slop does not count",
	 false,
	 true,
	 {{0, DOWN, 1, 500, 110, 0}, {9, MOVE, 1, 500, 170, 0}, {9, UP, 1, 500, 235, ROW}}},
	{"a key is no place to roll from",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 1705, 0}, {9, MOVE, 1, 100, 1790, 0}, {9, UP, 1, 100, 1815, KEY_A}}},
	{"a second finger is ignored",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0},
	  {9, DOWN, 2, 100, 1750, 0},
	  {9, MOVE, 2, 500, 900, 0},
	  {9, UP, 2, 100, 1750, 0},
	  {9, UP, 1, 500, 150, ROW}}},
	{"and does not take over",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {9, DOWN, 2, 100, 1750, 0}, {9, UP, 1, 500, 150, ROW}, {9, UP, 2, 100, 1750, 0}}},
	{"an arm on the glass is given up",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0},
	  {3000, DOWN, 2, 100, 1750, 0},
	  {9, UP, 2, 100, 1750, KEY_A},
	  {9, UP, 1, 500, 150, 0}}},
	{"many fingers are a palm, and press nothing",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0},
	  {9, DOWN, 2, 100, 1750, 0},
	  {9, DOWN, 3, 300, 1750, 0},
	  {9, UP, 3, 300, 1750, 0},
	  {9, UP, 2, 100, 1750, 0},
	  {9, UP, 1, 500, 150, 0},
	  {9, DOWN, 1, 500, 150, 0},
	  {9, UP, 1, 500, 150, ROW}}},
	{"a palm that rests lets a finger through",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 900, 0},
	  {9, DOWN, 2, 520, 950, 0},
	  {9, DOWN, 3, 540, 900, 0},
	  {3000, MOVE, 2, 525, 953, 0},
	  {9, DOWN, 4, 100, 1750, 0},
	  {9, UP, 4, 100, 1750, KEY_A}}},
	{"a hand that holds the edge lets a finger through",
	 false,
	 false,
	 {{0, DOWN, 1, 1075, 900, 0}, {700, DOWN, 2, 100, 1750, 0}, {9, UP, 2, 100, 1750, KEY_A}}},
	{"but not at once",
	 false,
	 false,
	 {{0, DOWN, 1, 1075, 900, 0}, {690, DOWN, 2, 100, 1750, 0}, {9, UP, 2, 100, 1750, 0}}},
	{"an up that was lost",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {99, DOWN, 1, 100, 1750, 0}, {9, UP, 1, 100, 1750, KEY_A}}},
	{"cancelled", false, false, {{0, DOWN, 1, 500, 150, 0}, {9, CANCEL, 1, 0, 0, 0}, {9, UP, 1, 500, 150, 0}}},
	{"another finger's cancel",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {9, CANCEL, 2, 0, 0, 0}, {9, UP, 1, 500, 150, ROW}}},
	{"every finger is gone, and the end of one comes late",
	 false,
	 false,
	 {{0, DOWN, 1, 500, 150, 0}, {9, CANCEL, INPUT_EVERY_FINGER, 0, 0, 0}, {9, UP, 1, 500, 150, 0}}},
	{"beside a key: 12 away", false, false, {{0, DOWN, 1, 48, 1750, 0}, {9, UP, 1, 48, 1750, KEY_A}}},
	{"beside a key: more than 12 away", false, false, {{0, DOWN, 1, 47.5f, 1750, 0}, {9, UP, 1, 47.5f, 1750, 0}}},
	{"in the gap, nearer to the first", false, false, {{0, DOWN, 1, 271, 1750, 0}, {9, UP, 1, 271, 1750, KEY_A}}},
	{"in the gap, nearer to the second", false, false, {{0, DOWN, 1, 273, 1750, 0}, {9, UP, 1, 273, 1750, KEY_B}}},
	{"in the gap beside a disabled one", false, false, {{0, DOWN, 1, 492, 1750, 0}, {9, UP, 1, 492, 1750, KEY_B}}},
	{"a disabled one swallows, near another", false, false, {{0, DOWN, 1, 498, 1750, 0}, {9, UP, 1, 498, 1750, 0}}},
	{"so does a control without action", false, false, {{0, DOWN, 1, 917, 1750, 0}, {9, UP, 1, 917, 1750, 0}}},
	{"a sheet alone takes touches", true, false, {{0, DOWN, 1, 300, 1050, 0}, {9, UP, 1, 300, 1050, OK}}},
	{"what it covers takes none", true, false, {{0, DOWN, 1, 100, 1750, 0}, {9, UP, 1, 100, 1750, 0}}},
	{"nor rolls", true, false, {{0, DOWN, 1, 500, 600, 0}, {9, MOVE, 1, 500, 300, 0}, {9, UP, 1, 500, 300, 0}}},
	{"under the view's edge is the key's",
	 false,
	 false,
	 {{0, DOWN, 1, 100, 1689, 0}, {9, UP, 1, 100, 1689, KEY_A}}},
	{"no number", false, false, {{0, DOWN, 1, (float)NAN, (float)NAN, 0}, {9, UP, 1, INFINITY, -INFINITY, 0}}},
};

static void fingers(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {.record = screen, .sheet = cases[i].sheet, .less = cases[i].less};
		glass_open(&glass);
		for (const struct step *step = cases[i].steps; step->finger; step++) {
			glass_wait(&glass, step->wait_ms);
			int got = glass_finger(&glass, (enum input_kind)step->kind, step->finger, step->x, step->y);
			if (got != step->want)
				fail_msg("%s, step %d: %d", cases[i].name, (int)(step - cases[i].steps), got);
		}
		if (cases[i].sheet && glass.offset != 0)
			fail_msg("%s: rolled", cases[i].name);
		glass_wait(&glass, 10000);
		if (ui_deadline(glass.ui) != INT64_MAX)
			fail_msg("%s: does not come to rest", cases[i].name);
		glass_close(&glass);
	}
}

/* A press never rolls: not by a hair. */
/* The end of a finger is lost with its glass: the first finger on the next glass, or on the same, counts at once. A second
 * one beside it does not. */
static void a_glass_that_was_unplugged_leaves_no_finger(void **state)
{
	static const struct {
		int before; /* fingers: one, or a palm */
		bool alone;
		int want;
	} rows[] = {{1, true, KEY_A}, {3, true, KEY_A}, {1, false, 0}, {3, false, 0}};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct glass glass = {.record = screen};
		glass_open(&glass);
		for (int64_t finger = 1; finger <= rows[i].before; finger++)
			glass_finger(&glass, INPUT_DOWN, finger, 500 + 20 * (float)finger, 150);
		glass_wait(&glass, 200);
		glass_send(&glass,
			   (struct input_event){
				   .kind = INPUT_DOWN, .finger = 7, .x = 100, .y = 1750, .alone = rows[i].alone});
		assert_int_equal(glass_finger(&glass, INPUT_UP, 7, 100, 1750), rows[i].want);
		glass_close(&glass);
	}
}

static void a_press_does_not_roll(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen, .offset = 500};
	glass_open(&glass);
	glass_finger(&glass, INPUT_DOWN, 1, 500, 600);
	for (int y = 576; y <= 624; y += 4) {
		glass_wait(&glass, 10);
		glass_finger(&glass, INPUT_MOVE, 1, 500, (float)y);
		assert_true(glass.offset == 500);
	}
	assert_true(glass_finger(&glass, INPUT_UP, 1, 500, 610) >= ROW);
	glass_wait(&glass, 1000);
	assert_true(glass.offset == 500);
	glass_close(&glass);
}

static const struct ui_state *row_state(struct glass *glass, int64_t wait_ms)
{
	glass->frame.now_ms += wait_ms;
	glass_frame(glass);
	return &states[0];
}

static void feedback_fades(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen};
	glass_open(&glass);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_wait(&glass, 500); /* without a frame */
	glass_finger(&glass, INPUT_DOWN, 1, 500, 150);
	assert_true(states[0].pressed);
	assert_true(states[0].pressure == 0);
	assert_int_equal(ui_deadline(glass.ui), glass.frame.now_ms + 16);
	assert_true(row_state(&glass, 40)->pressure == 0.875f); /* half the time, cubic ease-out */
	assert_true(row_state(&glass, 39)->pressure < 1);
	assert_true(row_state(&glass, 1)->pressure == 1);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	assert_false(states[1].pressed);
	assert_true(states[1].pressure == 0);

	glass_finger(&glass, INPUT_MOVE, 1, 20, 150); /* off */
	assert_false(states[0].pressed);
	assert_true(states[0].pressure == 1);
	assert_true(row_state(&glass, 80)->pressure == 0.125f);
	glass_finger(&glass, INPUT_MOVE, 1, 100, 150); /* on again, from where it was */
	assert_true(states[0].pressed);
	assert_true(states[0].pressure == 0.125f);
	assert_true(row_state(&glass, 80)->pressure == 1);
	assert_int_equal(glass_finger(&glass, INPUT_UP, 1, 100, 150), ROW);
	assert_false(states[0].pressed);
	assert_true(row_state(&glass, 159)->pressure > 0);
	assert_true(row_state(&glass, 1)->pressure == 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

static void feedback_is_immediate_when_calm(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen, .frame = {.calm = true}};
	glass_open(&glass);
	glass_finger(&glass, INPUT_DOWN, 1, 500, 150);
	assert_true(states[0].pressure == 1);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_finger(&glass, INPUT_UP, 1, 500, 150);
	assert_true(states[0].pressure == 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	glass_close(&glass);
}

/* A roll takes the press away from what it began on. */
static void rolling_lets_go(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen};
	glass_open(&glass);
	glass_finger(&glass, INPUT_DOWN, 1, 500, 150);
	glass_wait(&glass, 100);
	glass_finger(&glass, INPUT_MOVE, 1, 500, 174);
	assert_true(states[0].pressed);
	glass_finger(&glass, INPUT_MOVE, 1, 500, 175);
	assert_false(states[0].pressed);
	assert_true(row_state(&glass, 160)->pressure == 0);
	glass_close(&glass);
}

static void double_taps(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		float x, x2, y2;
		int wait_ms;
		int want;
	} doubles[] = {
		{"twice on a way out is once", 800, 800, 1750, 300, 0},
		{"after a while it is a new tap", 800, 800, 1750, 301, LEAVES},
		{"a trembling hand", 800, 840, 1710, 120, 0},
		{"somewhere else is meant", 800, 100, 1750, 120, KEY_A},
		{"keys can be typed fast", 100, 100, 1750, 40, KEY_A},
	};
	for (size_t i = 0; i < ARRAY_LEN(doubles); i++) {
		struct glass glass = {.record = screen};
		glass_open(&glass);
		assert_int_not_equal(glass_tap(&glass, doubles[i].x, 1750), 0);
		glass_wait(&glass, doubles[i].wait_ms);
		int got = glass_tap(&glass, doubles[i].x2, doubles[i].y2);
		if (got != doubles[i].want)
			fail_msg("%s: %d", doubles[i].name, got);
		glass_close(&glass);
	}
}

/* A hand that drums: one tap, until it has rested. */
static void drumming(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen};
	glass_open(&glass);
	assert_int_equal(glass_tap(&glass, 800, 1750), LEAVES);
	for (int i = 0; i < 5; i++) {
		glass_wait(&glass, 200);
		assert_int_equal(glass_tap(&glass, 800, 1750), 0);
	}
	glass_wait(&glass, 301);
	assert_int_equal(glass_tap(&glass, 800, 1750), LEAVES);
	glass_close(&glass);
}

/* Events that wait in the queue while the screen changes mean nothing on the old picture, nor does a finger still down.
 */
static void nothing_outlives_a_screen(void **unused)
{
	(void)unused;
	struct glass glass = {.record = screen};
	struct action action;
	glass_open(&glass);
	ui_leave(glass.ui);
	struct input_event event = {.kind = INPUT_DOWN, .finger = 1, .x = 100, .y = 1750, .time_ms = 1000};
	assert_false(ui_input(glass.ui, &event, &action));
	glass_frame(&glass);
	event.kind = INPUT_UP;
	assert_false(ui_input(glass.ui, &event, &action));
	event = (struct input_event){.kind = INPUT_KEY, .key = KEY_NEXT, .time_ms = 1000};
	ui_leave(glass.ui);
	assert_false(ui_input(glass.ui, &event, &action));
	event.key = KEY_ENTER;
	assert_false(ui_input(glass.ui, &event, &action));
	glass_frame(&glass);

	glass_finger(&glass, INPUT_DOWN, 1, 500, 150);
	glass_wait(&glass, 100);
	ui_leave(glass.ui);
	glass_frame(&glass);
	assert_false(states[0].pressed);
	assert_true(states[0].pressure == 0);
	assert_int_equal(ui_deadline(glass.ui), INT64_MAX);
	assert_int_equal(glass_finger(&glass, INPUT_UP, 1, 500, 150), 0);
	glass_finger(&glass, INPUT_DOWN, 1, 500, 600);
	ui_leave(glass.ui);
	glass_frame(&glass);
	glass_finger(&glass, INPUT_MOVE, 1, 500, 300);
	assert_int_equal(glass_finger(&glass, INPUT_UP, 1, 500, 600), 0);
	assert_true(glass.offset == 0);
	assert_int_equal(glass_tap(&glass, 500, 150), ROW);
	glass_close(&glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingers),
		cmocka_unit_test(a_press_does_not_roll),
		cmocka_unit_test(a_glass_that_was_unplugged_leaves_no_finger),
		cmocka_unit_test(feedback_fades),
		cmocka_unit_test(feedback_is_immediate_when_calm),
		cmocka_unit_test(rolling_lets_go),
		cmocka_unit_test(double_taps),
		cmocka_unit_test(drumming),
		cmocka_unit_test(nothing_outlives_a_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
