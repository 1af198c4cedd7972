/* Days and nights of the loop: what is shown, told to systemd, and when it wants to wake. */
#include "glass.h"

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
		{.wait_ms = 100,
		 .kind = PRESENTER_NOTHING,
		 .look = LIT,
		 .heard = "WATCHDOG_USEC=20000000,WATCHDOG_USEC=130000000,"},
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

/* Nor does its end, on a button; the next finger does, though the first is still there. */
static void test_the_waking_finger_alone_presses_nothing(void **state)
{
	static const struct step steps[] = {
		{.wait_ms = 4 * MINUTE, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .finger = 3, .look = BLACK},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_MOVE, .finger = 3, .look = LIT},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_DOWN, .finger = 4},
		{.wait_ms = 100, .kind = PRESENTER_INPUT, .input = INPUT_UP, .finger = 3},
		{.wait_ms = 100,
		 .kind = PRESENTER_INPUT,
		 .input = INPUT_UP,
		 .finger = 4,
		 .heard = "WATCHDOG_USEC=20000000,WATCHDOG_USEC=130000000,"},
		/* Somebody is here. */
		{.wait_ms = 100, .kind = PRESENTER_QUIT, .heard = "WATCHDOG_USEC=20000000,"},
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_is_ready_and_alive),
		cmocka_unit_test(test_a_blank_picture_is_no_picture),
		cmocka_unit_test(test_a_night),
		cmocka_unit_test(test_a_visitor_at_night),
		cmocka_unit_test(test_the_waking_finger_alone_presses_nothing),
		cmocka_unit_test(test_by_day_it_stays_on),
		cmocka_unit_test(test_the_clock_is_put_right),
		cmocka_unit_test(test_a_visitor_outlives_the_clock),
		cmocka_unit_test(test_an_empty_store_is_looked_at_each_second),
	};
	return cmocka_run_group_tests(tests, glass_set_up, glass_tear_down);
}
