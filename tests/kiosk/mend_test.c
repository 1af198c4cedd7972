/* What fails before the loop's eyes, and how it comes back: a glass, the content, the files beside it. */
#include "base/log.h"
#include "glass.h"
#include "screens/screen.h"
#include "screens/terminal.h"

#include "../refuse.h"

#define NOON "2027-01-15T12:00:00Z"

static int errors;        /* told in the log */
static int64_t heard_s;   /* what the terminal was told of the server, */
static size_t remarks_on; /* and what technicians are */

void __wrap_log_error(const char *format, ...);
void __wrap_terminal_heard(struct terminal *terminal, int64_t utc_s);
bool __wrap_terminal_remark(struct terminal *terminal, const struct remark *list, size_t count, struct err *err);

void __wrap_log_error(const char *format, ...)
{
	print_message("# an error: %s\n", format);
	errors++;
}

void __wrap_terminal_heard(struct terminal *terminal, int64_t utc_s)
{
	(void)terminal;
	heard_s = utc_s;
}

bool __wrap_terminal_remark(struct terminal *terminal, const struct remark *list, size_t count, struct err *err)
{
	(void)terminal;
	(void)list;
	(void)err;
	remarks_on = count;
	return true;
}

static int presented, frames;

static void count(void)
{
	presented = glass.presented;
	frames = glass.frames;
}

static void painted_once(void)
{
	assert_int_equal(glass.presented, presented + 1);
}

static void test_what_the_glass_lost_is_painted_again(void **state)
{
	static const struct step steps[] = {
		/* Before the greeting begins to change its language. */
		{.wait_ms = 300, .kind = PRESENTER_EXPOSED, .look = LIT, .doing = count},
		{.wait_ms = 300, .kind = PRESENTER_QUIT, .doing = painted_once},
	};

	(void)state;
	PLAY("", NOON, steps);
}

/* More of a finger than the glass shows pictures of is taken up at once, but not painted. */
static void frames_are_few(void)
{
	assert_in_range(glass.frames, frames + 1, frames + 4);
}

static void test_no_picture_is_painted_that_nobody_sees(void **state)
{
	enum {
		MOVES = 30 /* in as many ms, which are two pictures */
	};
	struct step steps[MOVES + 2] = {
		{.wait_ms = 1000, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .finger = 1, .doing = count}};

	(void)state;
	for (int i = 1; i <= MOVES; i++)
		steps[i] = (struct step){.wait_ms = 1, .kind = PRESENTER_INPUT, .input = INPUT_MOVE, .finger = 1};
	steps[MOVES + 1] = (struct step){.wait_ms = 1, .kind = PRESENTER_QUIT, .doing = frames_are_few};
	PLAY("", NOON, steps);
}

static void fail_for_a_second(void)
{
	glass.refuses_ms = now.mono_ms + 1200;
}

static void painted_whole(void)
{
	assert_int_equal(glass.refused, 3); /* half a second apart, whatever happens in between */
	assert_int_equal(black_rows(), 0);
}

/* A card that has no time for us is not given up for being touched meanwhile. */
static void test_the_glass_fails_for_a_second(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 1000, .kind = PRESENTER_EXPOSED, .look = LIT, .doing = fail_for_a_second},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_DOWN},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_EXPOSED},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_CANCEL},
		{.wait_ms = 2000, .kind = PRESENTER_QUIT, .doing = painted_whole},
	};

	(void)state;
	PLAY("", NOON, steps);
}

static void test_the_glass_cannot_be_lit_at_once(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 4 * MINUTE,
		 .kind = PRESENTER_INPUT,
		 .input = INPUT_DOWN,
		 .look = BLACK,
		 .doing = fail_for_a_second},
		{.wait_ms = 2000, .kind = PRESENTER_QUIT, .look = LIT, .doing = painted_whole},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "2027-01-15T22:00:00Z", steps);
}

/* ---- The content */

static void write_nonsense(const char *path)
{
	struct err err;
	assert_true(file_write(AT_FDCWD, path, "nonsense", 8, 0644, &err));
}

static void publish_damaged(void)
{
	little_store_make(store, (void (*const[])(const char *)){write_nonsense}, 1);
}

static void publish(void)
{
	little_store_make(store, (void (*const[])(const char *)){little_store_index}, 1);
}

/* The rescue screen has a red band from side to side, and no other screen has. */
static bool is_rescue(void)
{
	const uint32_t *bits = pixman_image_get_data(glass.picture);
	int reds = 0;

	for (int y = 0; y < HEIGHT; y++)
		reds += (bits[y * WIDTH] & 0xFFFFFF) == 0x9B1C1F &&
			(bits[y * WIDTH + WIDTH - 1] & 0xFFFFFF) == 0x9B1C1F;
	return reds > 0;
}

static void rescued(void)
{
	assert_true(is_rescue());
}

static void not_rescued(void)
{
	assert_false(is_rescue());
}

static void rescued_then_published(void)
{
	assert_true(is_rescue());
	publish();
}

/* With a store of its own, which is empty. */
static void play_empty(const struct step *steps, size_t step_count)
{
	char filled[sizeof store];
	struct err err;

	memcpy(filled, store, sizeof store);
	snprintf(store, sizeof store, "/tmp/vejviser-mend-XXXXXX");
	assert_non_null(mkdtemp(store));
	play("", NOON, steps, step_count);
	assert_true(file_remove(AT_FDCWD, store, &err));
	memcpy(store, filled, sizeof store);
}

/* Once rescued, all is tried again with the minute, and not for a touch; what is better stands over all of the glass. */
static void test_from_nothing_to_the_rescue_screen_and_back(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 1000, .kind = PRESENTER_NOTHING, .look = LIT, .doing = not_rescued},
		{.wait_ms = 500, .kind = PRESENTER_NOTHING, .doing = publish_damaged},
		{.wait_ms = 1100, .kind = PRESENTER_NOTHING, .doing = rescued_then_published},
		{.wait_ms = 30000, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .doing = rescued},
		{.wait_ms = 1000, .kind = PRESENTER_INPUT, .input = INPUT_UP, .doing = rescued},
		{.wait_ms = 30000, .kind = PRESENTER_QUIT, .look = LIT, .doing = not_rescued},
	};

	(void)state;
	play_empty(steps, ARRAY_LEN(steps));
}

static void told_once(void)
{
	assert_int_equal(errors, 1);
	assert_false(is_rescue());
}

static void count_and_damage(void)
{
	count();
	errors = 0;
	publish_damaged();
}

static void test_a_damaged_generation_changes_nothing_and_is_told_once(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 1000, .kind = PRESENTER_NOTHING, .doing = count_and_damage},
		{.wait_ms = 5 * MINUTE, .kind = PRESENTER_NOTHING, .doing = told_once},
		{.wait_ms = 1, .kind = PRESENTER_NOTHING, .doing = publish},
		{.wait_ms = 2 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT, .doing = told_once},
	};

	(void)state;
	PLAY("", NOON, steps);
}

/* Which generation is the current one cannot be read: the newest will do, as long as nothing else is shown. */
static void test_the_current_generation_is_not_named(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 5 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT, .doing = told_once},
	};
	char path[sizeof store + 16];

	(void)state;
	snprintf(path, sizeof path, "%s/current", store);
	write_nonsense(path);
	errors = 0;
	PLAY("", NOON, steps);
	publish();
}

/* ---- The files beside it */

static void beside(const char *name, const char *text)
{
	char path[sizeof store + 32];
	struct err err;

	snprintf(path, sizeof path, "%s/%s", store, name);
	assert_true(file_write(AT_FDCWD, path, text, strlen(text), 0644, &err));
}

static void both_are_heard(void)
{
	assert_int_equal(heard_s, 1795762800);
	assert_int_equal(remarks_on, 1);
}

static void test_the_server_and_the_technician_are_heard(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 2 * MINUTE, .kind = PRESENTER_QUIT, .doing = both_are_heard},
	};
	char path[sizeof store + 32];

	(void)state;
	beside("status.json", "{\"last_good\": \"2026-11-27T07:00:00Z\"}");
	beside("remarks.json", "{\"remarks\": [{\"place\": \"kiosk.conf:1\", \"text\": \"wrong\"}]}");
	snprintf(path, sizeof path, "%s/remarks.json", store);
	remarks = path;
	PLAY("", NOON, steps);
	remarks = NULL;
}

static void settings_are_told(void)
{
	assert_int_equal(remarks_on, 2);
}

static void test_what_is_wrong_with_the_settings_is_told(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = MINUTE, .kind = PRESENTER_QUIT, .doing = settings_are_told},
	};

	(void)state;
	remarks = "/nowhere/remarks.json";
	faults = "kiosk.conf:1: one\nkiosk.conf:2: two";
	PLAY("", NOON, steps);
	remarks = faults = NULL;
}

/* ---- Memory */

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);

char *__wrap_strdup(const char *text)
{
	return refuse() ? NULL : __real_strdup(text);
}

static long allocations; /* that succeed */

static void starve(void)
{
	refused = false;
	left = allocations;
}

static void feed(void)
{
	left = -1;
}

/* While it lasts what stands may stay; then all of it is right again. */
static void test_memory_is_short_for_a_second(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 300, .kind = PRESENTER_EXPOSED, .doing = starve},
		{.wait_ms = 300, .kind = PRESENTER_INPUT, .input = INPUT_DOWN},
		{.wait_ms = 300, .kind = PRESENTER_INPUT, .input = INPUT_UP},
		{.wait_ms = 600, .kind = PRESENTER_EXPOSED, .doing = feed},
		{.wait_ms = 2000, .kind = PRESENTER_QUIT, .look = LIT},
	};

	(void)state;
	allocations = 0;
	do {
		PLAY("", NOON, steps);
		allocations += 7;
	} while (refused);
	assert_true(allocations > 100);
}

/* Nothing but the rescue screen may stand then, or not even that; with the next trial all does. */
static void test_memory_is_short_at_the_start(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 1000, .kind = PRESENTER_NOTHING, .doing = feed},
		{.wait_ms = MINUTE, .kind = PRESENTER_QUIT, .look = LIT, .doing = not_rescued},
	};

	(void)state;
	allocations = 0;
	do {
		starve();
		PLAY("", NOON, steps);
		allocations += 11;
	} while (refused);
	assert_true(allocations > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_the_glass_lost_is_painted_again),
		cmocka_unit_test(test_no_picture_is_painted_that_nobody_sees),
		cmocka_unit_test(test_the_glass_fails_for_a_second),
		cmocka_unit_test(test_the_glass_cannot_be_lit_at_once),
		cmocka_unit_test(test_from_nothing_to_the_rescue_screen_and_back),
		cmocka_unit_test(test_a_damaged_generation_changes_nothing_and_is_told_once),
		cmocka_unit_test(test_the_current_generation_is_not_named),
		cmocka_unit_test(test_the_server_and_the_technician_are_heard),
		cmocka_unit_test(test_what_is_wrong_with_the_settings_is_told),
		cmocka_unit_test(test_memory_is_short_for_a_second),
		cmocka_unit_test(test_memory_is_short_at_the_start),
	};
	return cmocka_run_group_tests(tests, glass_set_up, glass_tear_down);
}
