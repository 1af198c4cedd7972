#include "replay/monkey.h"

#include "base/array.h"
#include "replay/crew.h"
#include "replay/find.h"
#include "replay/finger.h"
#include "screens/screen.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MONKEYS      16 /* each with its share of the events */
#define CHECK_EVERY  50
#define LEAVE_EVERY  2000 /* events to an idle time that is waited for */
#define SIDE_STEP_PX 60
#define IDLE_MS      INT64_C(160000) /* longer than both idle times together */

struct monkey {
	const struct monkey_setup *setup;
	struct stage *stage;
	uint64_t random;
	int64_t event;
	size_t held_first; /* bytes that were allocated and not freed, before the first event */
};

/* xorshift64*: the same on every machine. */
static uint32_t chance(struct monkey *monkey, uint32_t below)
{
	monkey->random ^= monkey->random >> 12;
	monkey->random ^= monkey->random << 25;
	monkey->random ^= monkey->random >> 27;
	return (uint32_t)((monkey->random * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % below;
}

/* ---- What it does */

static struct finger_point anywhere(struct monkey *monkey)
{
	struct rect picture = ui_picture_size(stage_ui(monkey->stage));
	return (struct finger_point){(float)chance(monkey, (uint32_t)picture.w),
				     (float)chance(monkey, (uint32_t)picture.h)};
}

/* At something that can be pressed, now and then a little beside it. */
static struct finger_point aim(struct monkey *monkey)
{
	const struct ui *ui = stage_ui(monkey->stage);
	size_t count = ui_item_count(ui), first = count > 0 ? chance(monkey, (uint32_t)count) : 0;

	for (size_t i = 0; i < count && chance(monkey, 8) > 0; i++) {
		const struct ui_item *item = ui_item(ui, (first + i) % count);
		if (item->action.verb == 0 || rect_empty(item->seen))
			continue;
		struct finger_point at = finger_middle(item);
		if (chance(monkey, 5) == 0) {
			at.x += (float)chance(monkey, 2 * SIDE_STEP_PX) - SIDE_STEP_PX;
			at.y += (float)chance(monkey, 2 * SIDE_STEP_PX) - SIDE_STEP_PX;
		}
		return at;
	}
	return anywhere(monkey);
}

static bool tap(struct monkey *monkey, struct err *err)
{
	struct finger_point at = aim(monkey);
	return finger_down(monkey->stage, at, err) &&
	       stage_wait(monkey->stage, 5 + chance(monkey, FINGER_TAP_MS), NULL, err) &&
	       finger_up(monkey->stage, at, err);
}

static bool drag(struct monkey *monkey, struct err *err)
{
	float dx = (float)chance(monkey, 400) - 200, dy = (float)chance(monkey, 2400) - 1200;
	return finger_drag(monkey->stage, aim(monkey), dx, dy, 40 + (int64_t)chance(monkey, 120), err);
}

/* Up, down, moved or taken away in any order, by any of three fingers. */
static bool touch(struct monkey *monkey, struct err *err)
{
	static const enum input_kind kinds[] = {INPUT_DOWN, INPUT_MOVE, INPUT_UP, INPUT_CANCEL};
	struct finger_point at = aim(monkey);
	return stage_input(monkey->stage,
			   (struct input_event){.kind = kinds[chance(monkey, ARRAY_LEN(kinds))],
						.finger = (int64_t)chance(monkey, 3),
						.alone = chance(monkey, 10) == 0,
						.x = at.x,
						.y = at.y},
			   err);
}

static bool wheel(struct monkey *monkey, struct err *err)
{
	struct finger_point at = anywhere(monkey);
	return stage_input(
		monkey->stage,
		(struct input_event){.kind = INPUT_WHEEL, .x = at.x, .y = at.y, .wheel = (float)chance(monkey, 7) - 3},
		err);
}

static bool press_key(struct monkey *monkey, struct err *err)
{
	return stage_input(monkey->stage,
			   (struct input_event){.kind = INPUT_KEY, .key = (enum input_key)chance(monkey, KEY_COUNT)},
			   err);
}

static bool wait(struct monkey *monkey, struct err *err)
{
	static const uint32_t longest_ms[] = {50, 50, 500, 3000, 40000};
	return stage_wait(monkey->stage, chance(monkey, longest_ms[chance(monkey, ARRAY_LEN(longest_ms))]), NULL, err);
}

static bool turn(struct monkey *monkey, struct err *err)
{
	static const int sizes[][2] = {{540, 960}, {960, 540}, {480, 800}, {320, 320}, {1080, 1920}};
	const int *size = sizes[chance(monkey, 20) == 0 ? chance(monkey, ARRAY_LEN(sizes)) : 0];
	return stage_resize(monkey->stage, size[0], size[1], err);
}

static bool renew(struct monkey *monkey, struct err *err)
{
	struct content *content = NULL;
	return supply_content(monkey->setup->supply, &content, err) && stage_offer(monkey->stage, content, err);
}

/* Taps what has this id, if all before it was there; *there: it was, too. */
static bool press(struct monkey *monkey, const char *id, bool *there, struct err *err)
{
	const struct find_wish wish = {true, id};
	struct err missed;
	const struct ui_item *item = *there ? find_target(stage_ui(monkey->stage), &wish, &missed) : NULL;

	*there = item != NULL;
	return !item || (finger_tap(monkey->stage, finger_middle(item), err) &&
			 stage_wait(monkey->stage, chance(monkey, 1000), NULL, err));
}

/* Staff go to their page, as far as the way is open, and sometimes slip on the PIN. */
static bool knock(struct monkey *monkey, struct err *err)
{
	static const char *const way[] = {"nav.language",  "staff",         "staff.digit.1", "staff.digit.2",
					  "staff.digit.3", "staff.digit.4", "staff.digit.5", "staff.digit.6",
					  "staff.unlock",  "staff.fetch"};
	size_t slip = chance(monkey, 3) == 0 ? 2 + chance(monkey, 6) : 0;
	bool there = true;

	for (size_t i = 0; i < ARRAY_LEN(way); i++)
		if (!press(monkey, slip && i == slip ? "staff.digit.0" : way[i], &there, err))
			return false;
	return true;
}

static const struct habit {
	uint32_t often; /* in ten thousand */
	bool (*act)(struct monkey *monkey, struct err *err);
} habits[] = {
	{6000, tap}, {900, drag}, {1200, touch}, {400, wheel}, {897, press_key},
	{500, wait}, {90, turn},  {10, renew},   {3, knock},
};

static bool act(struct monkey *monkey, struct err *err)
{
	uint32_t mood = chance(monkey, 10000);
	size_t i = 0;
	while (i + 1 < ARRAY_LEN(habits) && mood >= habits[i].often)
		mood -= habits[i++].often;
	return habits[i].act(monkey, err);
}

/* ---- What must hold */

static bool broken(const struct monkey *monkey, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "seed %" PRIu64 ", event %" PRId64 ": %s (screen %s, sheet %s)",
		       monkey->setup->seed, monkey->event, what, terminal_screen(stage_terminal(monkey->stage)),
		       terminal_sheet(stage_terminal(monkey->stage)));
}

static bool pressable(const struct ui *ui, enum verb verb, int number)
{
	int top = find_top_layer(ui);
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->layer == top && item->action.verb == (int)verb && item->action.number == number &&
		    !rect_empty(item->seen))
			return true;
	}
	return false;
}

static bool check_ways(const struct monkey *monkey, struct err *err)
{
	static const enum verb ways[] = {VERB_HOME, VERB_CLOSE, VERB_STAY, VERB_START};
	const struct ui *ui = stage_ui(monkey->stage);
	const char *screen = terminal_screen(stage_terminal(monkey->stage)),
		   *sheet = terminal_sheet(stage_terminal(monkey->stage));
	bool way = strcmp(screen, "home") == 0 && !sheet;

	for (size_t i = 0; i < ARRAY_LEN(ways) && !way; i++)
		way = pressable(ui, ways[i], 0);
	if (!way)
		return broken(monkey, "M1: there is no way out", err);
	bool help = (sheet && strcmp(sheet, "emergency") == 0) || pressable(ui, VERB_SHEET, SHEET_EMERGENCY);
	return help || broken(monkey, "M2: 112 cannot be pressed", err);
}

static bool is_wiped(const struct visit *visit)
{
	const unsigned char *bytes = (const unsigned char *)visit;
	size_t zeros = 0;
	while (zeros < sizeof(*visit) && bytes[zeros] == 0)
		zeros++;
	return zeros == sizeof(*visit);
}

static bool check_leaving(struct monkey *monkey, struct err *err)
{
	if (!stage_wait(monkey->stage, IDLE_MS, NULL, err))
		return false;
	if (strcmp(terminal_screen(stage_terminal(monkey->stage)), "attract") != 0)
		return broken(monkey, "M3: the attract screen did not come back", err);
	return is_wiped(terminal_visit(stage_terminal(monkey->stage))) ||
	       broken(monkey, "M3: something of the visit is left", err);
}

#ifdef __SANITIZE_ADDRESS__
/* gcc has no header for these */
size_t __sanitizer_get_current_allocated_bytes(void);
int __lsan_do_recoverable_leak_check(void);

static size_t held(void)
{
	return __sanitizer_get_current_allocated_bytes();
}

static bool leaks(void)
{
	return __lsan_do_recoverable_leak_check() != 0;
}
#else
static size_t held(void)
{
	struct mallinfo2 info = mallinfo2();
	return info.uordblks + info.hblkhd;
}

static bool leaks(void)
{
	return false;
}
#endif

static bool check_memory(const struct monkey *monkey, struct err *err)
{
	char what[80];
	size_t bytes = held();

	snprintf(what, sizeof(what), "M5: %zu bytes are held, at first %zu", bytes, monkey->held_first);
	return bytes <= monkey->held_first + MONKEY_GROWTH_MAX || broken(monkey, what, err);
}

static bool play(struct monkey *monkey, int64_t events, bool blind, struct err *err)
{
	monkey->held_first = held();
	for (monkey->event = 1; monkey->event <= events; monkey->event++) {
		if (!act(monkey, err) || !check_ways(monkey, err))
			return false;
		if (!blind && monkey->event % CHECK_EVERY == 0 && !stage_check_picture(monkey->stage, err))
			return err_context(err, "M4: event %" PRId64, monkey->event);
		if (monkey->event % LEAVE_EVERY == 0 && !check_leaving(monkey, err))
			return false;
		if (monkey->event % CHECK_EVERY == 0 && !check_memory(monkey, err))
			return false;
	}
	return true;
}

/* ---- The troop */

static bool work(void *context, size_t thing, struct crew_pen *pen, struct err *err)
{
	const struct monkey_setup *setup = context;
	struct monkey monkey = {.setup = setup, .random = (setup->seed + 1) * 1000003 + thing};
	struct stage_setup stage = setup->stage;
	struct content *content = NULL;
	(void)pen;

	stage.width = 540; /* half the size of the reference: four times as quick */
	stage.height = 960;
	stage.staff = true;
	stage.blind = thing % MONKEYS > 0;
	bool ok = supply_content(setup->supply, &content, err) && stage_create(&stage, content, &monkey.stage, err) &&
		  play(&monkey, setup->events / MONKEYS, stage.blind, err);
	stage_destroy(monkey.stage);
	if (ok && leaks())
		ok = err_set(err, ERR_FORMAT, "M6: seed %" PRIu64 ": memory was lost, as told above", setup->seed);
	return ok || err_context(err, "monkey %zu", thing);
}

static bool take_note(void *context, const struct crew_note *note, struct err *err)
{
	(void)context;
	(void)note;
	return err_set(err, ERR_FORMAT, "a monkey has nothing to tell");
}

bool monkey_run(const struct monkey_setup *setup, struct err *err)
{
	struct monkey_setup copy = *setup;
	struct crew crew = {"monkey", "monkeys", MONKEYS, work, take_note, &copy};
	bool ok = crew_run(&crew, err);

	printf("%s - monkey: %" PRId64 " events, seed %" PRIu64 "\n", ok ? "ok" : "not ok", setup->events, setup->seed);
	return ok;
}
