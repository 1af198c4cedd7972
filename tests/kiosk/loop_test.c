/* Days and nights of the loop before a glass of memory, with a clock of our own: what is shown, told to systemd, and when it
 * wants to wake. */
#include "kiosk/loop.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "little_store.h"
#include "systemd.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH  540
#define HEIGHT 960
#define MINUTE 60000

/* Each step: what happens after so many ms at the latest, and what must be true then. */
enum look {
	ANY,
	BLACK, /* the glass sleeps */
	LIT
};

struct step {
	int64_t wait_ms; /* until it happens; the loop may wake before */
	enum presenter_event_kind kind;
	enum input_kind input;
	enum input_key key;
	int finger;
	enum look look;      /* before it happens */
	const char *heard;   /* since the step before; NULL: anything */
	int wakes;           /* without anything having happened, since the step before; 0: any number */
	void (*doing)(void); /* what else happens then; may be NULL */
};

static struct clock now;
static char store[64];

static struct glass {
	struct presenter presenter; /* first, so that one is the other */
	pixman_image_t *picture;
	const struct step *steps, *end;
	int64_t since_ms; /* the step before */
	int wakes, presented, refused;
	int64_t refuses_ms;  /* until then nothing can be presented */
	bool asleep, spoilt; /* what is presented is lost */
} glass;

struct clock __wrap_clock_now(void);

struct clock __wrap_clock_now(void)
{
	return now;
}

static void pass(int64_t ms)
{
	now.utc_s += (now.mono_ms + ms) / 1000 - now.mono_ms / 1000;
	now.mono_ms += ms;
}

/* What was said since, but STATUS, with a comma after each word. */
static char heard[4096];

/* Often, since systemd's socket holds few words, and sd_notify() waits. */
static void hear(void)
{
	systemd_hear(heard, sizeof heard);
}

static bool glass_surface(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err)
{
	(void)self;
	(void)err;
	*target = glass.picture;
	*fresh = false;
	return true;
}

static bool glass_present(struct presenter *self, pixman_region32_t *changed, struct err *err)
{
	(void)self;
	assert_true(pixman_region32_not_empty(changed));
	if (now.mono_ms < glass.refuses_ms) {
		glass.refused++;
		return err_set(err, ERR_IO, "refused");
	}
	glass.presented++;
	if (glass.spoilt)
		memset(pixman_image_get_data(glass.picture), 0,
		       (size_t)pixman_image_get_stride(glass.picture) * HEIGHT);
	return true;
}

static pixman_image_t *glass_shown(struct presenter *self)
{
	(void)self;
	return glass.picture;
}

static bool glass_light(struct presenter *self, bool on, struct err *err)
{
	(void)self;
	(void)err;
	glass.asleep = !on;
	return true;
}

static bool is_black(void)
{
	const uint32_t *bits = pixman_image_get_data(glass.picture);

	for (int i = 0; i < WIDTH * HEIGHT; i++)
		if (bits[i] & 0xFFFFFF)
			return false;
	return true;
}

static void check(const struct step *step)
{
	print_message("# %d steps to the end, %s\n", (int)(glass.end - step), heard);
	if (step->look != ANY) {
		assert_int_equal(glass.asleep, step->look == BLACK);
		assert_int_equal(is_black(), step->look == BLACK);
	}
	if (step->heard)
		assert_string_equal(heard, step->heard);
	heard[0] = '\0';
	if (step->wakes > 0)
		assert_int_equal(glass.wakes, step->wakes);
}

static bool glass_next(struct presenter *self, int64_t timeout_ms, struct presenter_event *event, struct err *err)
{
	(void)self;
	(void)err;
	*event = (struct presenter_event){0};
	hear();
	if (timeout_ms <= 0) { /* what is left of events, or something moves */
		pass(1);
		return true;
	}
	assert_true(glass.steps < glass.end);
	const struct step *step = glass.steps;
	int64_t left_ms = glass.since_ms + step->wait_ms - now.mono_ms;
	left_ms = left_ms > 0 ? left_ms : 0;
	pass(timeout_ms < left_ms ? timeout_ms : left_ms);
	if (timeout_ms < left_ms) {
		glass.wakes++;
		return true;
	}
	check(step);
	if (step->doing)
		step->doing();
	event->kind = step->kind;
	event->input = (struct input_event){.kind = step->input,
					    .key = step->key,
					    .finger = step->finger,
					    .x = WIDTH / 2.0f,
					    .y = HEIGHT * 0.85f,
					    .time_ms = now.mono_ms};
	glass.steps++;
	glass.wakes = 0;
	glass.since_ms = now.mono_ms;
	return true;
}

/* Runs the steps, the last of which ends the loop. */
static void play(const char *conf, const char *utc, const struct step *steps, size_t count)
{
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct settings settings;
	struct err err;

	hear();
	heard[0] = '\0';
	assert_true(settings_parse("conf", conf, strlen(conf), &settings, &err));
	snprintf(settings.store, sizeof settings.store, "%s", store);
	now.mono_ms = 5000000;
	assert_true(clock_parse_utc(utc, &now.utc_s));
	bool spoilt = glass.spoilt;
	glass = (struct glass){.presenter = {.surface = glass_surface,
					     .present = glass_present,
					     .shown = glass_shown,
					     .light = glass_light,
					     .next = glass_next},
			       .picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH, HEIGHT, NULL, 0),
			       .steps = steps,
			       .end = steps + count,
			       .since_ms = now.mono_ms,
			       .spoilt = spoilt};
	struct loop_setup setup = {
		.presenter = &glass.presenter, .share = share ? share : "build/share", .settings = &settings};
	assert_true(loop_run(&setup, &err));
	assert_ptr_equal(glass.steps, glass.end);
	pixman_image_unref(glass.picture);
}

#define PLAY(conf, utc, steps) play(conf, utc, steps, ARRAY_LEN(steps))
#define READY                  "READY=1,WATCHDOG_USEC=130000000,WATCHDOG=1,"

static void test_it_is_ready_and_alive(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 100, .kind = PRESENTER_EXPOSED, .look = LIT, .heard = READY},
		{.wait_ms = 10 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT},
	};

	(void)state;
	PLAY("", "2027-01-15T12:00:00Z", steps);
}

static void test_a_blank_picture_is_no_picture(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 20000, .kind = PRESENTER_QUIT, .heard = ""},
	};

	(void)state;
	glass.spoilt = true;
	PLAY("", "2027-01-15T12:00:00Z", steps);
	assert_in_range(glass.presented, 30, 60); /* it is painted again and again */
	glass.spoilt = false;
}

/* 23:00 in Denmark. Nobody comes: the screen goes out after two minutes, and sleeps, but for the minute and the watchdog, until
 * six. */
static void test_a_night(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 119000, .kind = PRESENTER_NOTHING, .look = LIT},
		{.wait_ms = 62000, .kind = PRESENTER_NOTHING, .look = BLACK},
		{.wait_ms = 60 * MINUTE, .kind = PRESENTER_NOTHING, .look = BLACK, .wakes = 59},
		/* A touch wakes it, and presses nothing: nobody is here, and it goes out again. */
		{.kind = PRESENTER_INPUT, .input = INPUT_DOWN, .finger = 3, .look = BLACK},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE, .finger = 3, .look = LIT},
		{.wait_ms = 100,
		 .kind = PRESENTER_INPUT,
		 .input = INPUT_UP,
		 .finger = 3,
		 .look = LIT,
		 .heard = "WATCHDOG_USEC=20000000,WATCHDOG_USEC=130000000,"},
		{.wait_ms = 100, .kind = PRESENTER_NOTHING, .look = LIT},
		{.wait_ms = 119000, .kind = PRESENTER_NOTHING, .look = LIT},
		{.wait_ms = 62000, .kind = PRESENTER_NOTHING, .look = BLACK},
		/* Not until six. */
		{.wait_ms = (6 * 60 - 7) * MINUTE - 61000, .kind = PRESENTER_NOTHING, .look = BLACK},
		{.wait_ms = 3 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "2027-01-15T22:00:00Z", steps);
}

/* Whoever woke it may use it: the second touch presses, and while they are here it stays on. */
static void test_a_visitor_at_night(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 4 * MINUTE, .kind = PRESENTER_INPUT, .input = INPUT_KEY, .key = KEY_ENTER, .look = BLACK},
		{.wait_ms = 1000, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .look = LIT},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_UP, .look = LIT},
		/* Here: the watchdog is quick, */
		{.wait_ms = 100000, .kind = PRESENTER_NOTHING, .look = LIT},
		/* and two and a half minutes later forgotten, and dark in the minute after that. */
		{.wait_ms = 112000, .kind = PRESENTER_NOTHING, .look = BLACK},
		{.wait_ms = 1000, .kind = PRESENTER_QUIT, .look = BLACK},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "2027-01-15T22:00:00Z", steps);
}

static void test_by_day_it_stays_on(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 60 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "2027-01-15T12:00:00Z", steps);
	PLAY("", "2027-01-15T23:00:00Z", steps);
	/* A clock that was never set says nothing about the night. */
	PLAY("screen_off = 22:00-06:00", "1970-01-01T00:00:00Z", steps);
}

static void set_clock(const char *utc)
{
	assert_true(clock_parse_utc(utc, &now.utc_s));
}

static void morning(void)
{
	set_clock("2027-01-16T07:00:00Z");
}

static void night(void)
{
	set_clock("2027-01-15T22:00:00Z");
}

/* The time comes with the network, and may be any other: the screen follows within a minute, in the dark, too. */
static void test_the_clock_is_put_right(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 10 * MINUTE, .kind = PRESENTER_NOTHING, .look = LIT, .doing = night},
		{.wait_ms = MINUTE, .kind = PRESENTER_NOTHING, .look = BLACK, .doing = morning},
		{.wait_ms = MINUTE, .kind = PRESENTER_NOTHING, .look = LIT, .doing = night},
		{.wait_ms = MINUTE, .kind = PRESENTER_QUIT, .look = BLACK},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "1970-01-01T00:00:00Z", steps);
}

/* Nor is anyone forgotten sooner or later for it. */
static void test_a_visitor_outlives_the_clock(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 4 * MINUTE, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .look = LIT},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_UP, .look = LIT, .doing = night},
		{.wait_ms = 140000, .kind = PRESENTER_NOTHING, .look = LIT},
		{.wait_ms = 72000, .kind = PRESENTER_QUIT, .look = BLACK},
	};

	(void)state;
	PLAY("screen_off = 22:00-06:00", "1970-01-01T00:00:00Z", steps);
}

static void refuse(void)
{
	glass.refuses_ms = now.mono_ms + 1200;
}

static void painted_whole(void)
{
	assert_int_equal(glass.refused, 3); /* half a second apart, whatever happens in between */
	assert_false(is_black());
}

/* A card that has no time for us is not given up for being touched meanwhile. */
static void test_the_glass_fails_for_a_second(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 1000, .kind = PRESENTER_EXPOSED, .look = LIT, .doing = refuse},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_DOWN},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE},
		{.wait_ms = 100, .kind = PRESENTER_EXPOSED},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_CANCEL},
		{.wait_ms = 2000, .kind = PRESENTER_QUIT, .doing = painted_whole},
	};

	(void)state;
	PLAY("", "2027-01-15T12:00:00Z", steps);
}

static int presented_empty;

static void fill(void)
{
	presented_empty = glass.presented;
	little_store_make(store, (void (*const[])(const char *)){little_store_index}, 1);
}

static void look_filled(void)
{
	assert_true(glass.presented > presented_empty);
}

/* The first content is shown within a second of its coming; with it the kiosk wakes no oftener than ever. */
static void test_an_empty_store_is_looked_at_each_second(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 500, .kind = PRESENTER_NOTHING, .look = LIT},
		{.wait_ms = 60500, .kind = PRESENTER_NOTHING, .wakes = 60, .doing = fill},
		{.wait_ms = 1001, .kind = PRESENTER_NOTHING, .doing = look_filled},
		/* until systemd's watchdog is told on the minute again */
		{.wait_ms = 20 * MINUTE, .kind = PRESENTER_NOTHING},
		{.wait_ms = 10 * MINUTE, .kind = PRESENTER_QUIT, .look = LIT, .wakes = 10},
	};
	char filled[sizeof store];
	struct err err;

	(void)state;
	memcpy(filled, store, sizeof store);
	snprintf(store, sizeof store, "/tmp/vejviser-loop-XXXXXX");
	assert_non_null(mkdtemp(store));
	PLAY("", "2027-01-15T12:00:00Z", steps);
	assert_true(file_remove(AT_FDCWD, store, &err));
	memcpy(store, filled, sizeof store);
}

static int set_up(void **state)
{
	(void)state;
	if (!systemd_listen())
		return -1;
	setenv("TZ", "Europe/Copenhagen", 1);
	snprintf(store, sizeof store, "/tmp/vejviser-loop-XXXXXX");
	assert_non_null(mkdtemp(store));
	little_store_make(store, (void (*const[])(const char *)){little_store_index}, 1);
	return 0;
}

static int tear_down(void **state)
{
	struct err err;

	(void)state;
	assert_true(file_remove(AT_FDCWD, store, &err));
	return close(systemd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_is_ready_and_alive),
		cmocka_unit_test(test_a_blank_picture_is_no_picture),
		cmocka_unit_test(test_a_night),
		cmocka_unit_test(test_a_visitor_at_night),
		cmocka_unit_test(test_by_day_it_stays_on),
		cmocka_unit_test(test_the_clock_is_put_right),
		cmocka_unit_test(test_a_visitor_outlives_the_clock),
		cmocka_unit_test(test_the_glass_fails_for_a_second),
		cmocka_unit_test(test_an_empty_store_is_looked_at_each_second),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
