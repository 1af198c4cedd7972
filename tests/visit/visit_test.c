#include "visit/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"

#define WARN_MS 120000
#define WIPE_MS 30000

static const struct visit_limits limits = {.warn_ms = WARN_MS, .wipe_ms = WIPE_MS};

/* Every arrow of the diagram in visit.h, and what must be no arrow. */
static void states(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		enum visit_state from;
		int64_t touched_ms, asked_ms, now_ms;
		bool touch; /* else a tick */
		enum visit_state to;
		bool changed;
	} cases[] = {
		{"nobody, and time passes", VISIT_AWAY, 0, 0, INT64_MAX, false, VISIT_AWAY, false},
		{"somebody comes", VISIT_AWAY, 0, 0, 5, true, VISIT_HERE, true},
		{"just not asked", VISIT_HERE, 1000, 0, 1000 + WARN_MS - 1, false, VISIT_HERE, false},
		{"asked", VISIT_HERE, 1000, 0, 1000 + WARN_MS, false, VISIT_ASKING, true},
		{"asked long after it was due, never wiped at once", VISIT_HERE, 0, 0, 10 * WARN_MS, false,
		 VISIT_ASKING, true},
		{"touched again", VISIT_HERE, 1000, 0, 2000, true, VISIT_HERE, false},
		{"just not wiped", VISIT_ASKING, 0, 7000, 7000 + WIPE_MS - 1, false, VISIT_ASKING, false},
		{"wiped", VISIT_ASKING, 0, 7000, 7000 + WIPE_MS, false, VISIT_AWAY, true},
		{"answered", VISIT_ASKING, 0, 7000, 7000 + WIPE_MS - 1, true, VISIT_HERE, true},
		{"a clock that goes back does nothing", VISIT_HERE, 1000, 0, 0, false, VISIT_HERE, false},
		{"a touch at the end of time", VISIT_HERE, INT64_MAX, 0, INT64_MAX - 1, false, VISIT_HERE, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct visit visit = {
			.state = cases[i].from, .touched_ms = cases[i].touched_ms, .asked_ms = cases[i].asked_ms};
		bool changed = cases[i].changed;
		if (cases[i].touch)
			visit_touch(&visit, cases[i].now_ms);
		else
			changed = visit_tick(&visit, &limits, cases[i].now_ms);
		if (visit.state != cases[i].to || changed != cases[i].changed)
			fail_msg("%s: state %d, changed %d", cases[i].name, visit.state, changed);
		if (visit.state == VISIT_ASKING && cases[i].from == VISIT_HERE)
			assert_int_equal(visit.asked_ms, cases[i].now_ms);
		if (cases[i].touch)
			assert_int_equal(visit.touched_ms, cases[i].now_ms);
	}
}

static void deadlines(void **unused)
{
	(void)unused;
	static const struct {
		enum visit_state state;
		int64_t now_ms; /* touched or asked at 1000 */
		int seconds;
		int64_t deadline_ms;
	} cases[] = {
		{VISIT_AWAY, 5000, 0, INT64_MAX},        {VISIT_HERE, 1000, 0, 1000 + WARN_MS},
		{VISIT_HERE, 999999, 0, 1000 + WARN_MS}, {VISIT_ASKING, 1000, 30, 2000},
		{VISIT_ASKING, 1001, 30, 2000},          {VISIT_ASKING, 1999, 30, 2000},
		{VISIT_ASKING, 2000, 29, 3000},          {VISIT_ASKING, 29999, 2, 30000},
		{VISIT_ASKING, 30000, 1, 31000},         {VISIT_ASKING, 30999, 1, 31000},
		{VISIT_ASKING, 31000, 0, 31000},         {VISIT_ASKING, 99000, 0, 31000},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct visit visit = {.state = cases[i].state, .touched_ms = 1000, .asked_ms = 1000};
		int seconds = visit_seconds_left(&visit, &limits, cases[i].now_ms);
		int64_t deadline = visit_deadline(&visit, &limits, cases[i].now_ms);
		if (seconds != cases[i].seconds || deadline != cases[i].deadline_ms)
			fail_msg("case %zu: %d s, next at %lld", i, seconds, (long long)deadline);
	}
	static const struct visit_limits endless = {.warn_ms = INT64_MAX, .wipe_ms = INT64_MAX};
	struct visit visit = {.state = VISIT_HERE, .touched_ms = 1000};
	assert_int_equal(visit_deadline(&visit, &endless, 1000), INT64_MAX);
	visit.state = VISIT_ASKING;
	assert_int_equal(visit_seconds_left(&visit, &endless, 0), INT32_MAX);
}

/* Only ever called when visit_deadline() says so: the whole way of a visitor who leaves. */
static void sleeps_between(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	visit_touch(&visit, 0);
	visit_go(&visit, 3, "health", "doctor");
	int woken = 0;
	int64_t now_ms = 0;
	while (visit.state != VISIT_AWAY) {
		int64_t next_ms = visit_deadline(&visit, &limits, now_ms);
		assert_true(next_ms > now_ms);
		now_ms = next_ms;
		visit_tick(&visit, &limits, now_ms);
		woken++;
	}
	assert_int_equal(now_ms, WARN_MS + WIPE_MS);
	assert_int_equal(woken, 1 + WIPE_MS / 1000);
}

static void wipes_every_byte(void **unused)
{
	(void)unused;
	struct visit visit;
	unsigned char bytes[sizeof(visit)];
	memset(&visit, 0xA5, sizeof(visit));
	visit_wipe(&visit);
	memcpy(bytes, &visit, sizeof(visit));
	for (size_t i = 0; i < sizeof(visit); i++)
		assert_int_equal(bytes[i], 0);
	assert_null(visit_here(&visit));
}

/* The places one can no longer go back to hold nothing of what was read. */
static void forgets_places_left(void **unused)
{
	(void)unused;
	static const struct visit_place nothing;
	struct visit visit = {0};
	for (int i = 1; i <= 5; i++)
		visit_go(&visit, i, "health", "doctor");
	assert_true(visit_back(&visit));
	assert_memory_equal(&visit.places[4], &nothing, sizeof(nothing));
	visit_restart(&visit, 2);
	assert_int_equal(visit.depth, 2);
	for (size_t i = 2; i < VISIT_HISTORY_MAX; i++)
		assert_memory_equal(&visit.places[i], &nothing, sizeof(nothing));
	visit_restart(&visit, 9);
	assert_int_equal(visit.depth, 1);
	assert_int_equal(visit_here(&visit)->screen, 9);
	assert_string_equal(visit_here(&visit)->topic, "");
	assert_memory_equal(&visit.places[1], &nothing, sizeof(nothing));
}

static void goes_and_comes_back(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	assert_false(visit_back(&visit));
	visit_go(&visit, 1, NULL, NULL);
	assert_false(visit_back(&visit));
	assert_int_equal(visit.depth, 1);

	visit_go(&visit, 2, "health", NULL);
	visit_here(&visit)->scroll = 321;
	visit.danish = true;
	visit.sheet = 4;
	visit_go(&visit, 3, "health", "doctor");
	assert_false(visit.danish);
	assert_int_equal(visit.sheet, 0);
	assert_string_equal(visit_here(&visit)->page, "doctor");
	assert_true(visit_here(&visit)->scroll == 0);

	visit.danish = true;
	visit.sheet = 4;
	assert_true(visit_back(&visit));
	assert_false(visit.danish);
	assert_int_equal(visit.sheet, 0);
	assert_int_equal(visit_here(&visit)->screen, 2);
	assert_true(visit_here(&visit)->scroll == 321);

	visit.danish = true;
	visit_go(&visit, 2, "health", "");
	assert_int_equal(visit.depth, 2);
	assert_true(visit_here(&visit)->scroll == 321);
	assert_false(visit.danish);
	visit_go(&visit, 2, visit_here(&visit)->topic, "pharmacy");
	assert_int_equal(visit.depth, 3);
	assert_string_equal(visit_here(&visit)->topic, "health");
}

static void history_keeps_the_first_and_the_last(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	for (int i = 1; i <= VISIT_HISTORY_MAX + 10; i++)
		visit_go(&visit, i, NULL, NULL);
	assert_int_equal(visit.depth, VISIT_HISTORY_MAX);
	assert_int_equal(visit.places[0].screen, 1);
	for (int i = 1; i < VISIT_HISTORY_MAX; i++)
		assert_int_equal(visit.places[i].screen, i + 11);
	int steps = 0;
	while (visit_back(&visit))
		steps++;
	assert_int_equal(steps, VISIT_HISTORY_MAX - 1);
	assert_int_equal(visit_here(&visit)->screen, 1);
}

static void cuts_names_too_long(void **unused)
{
	(void)unused;
	char name[200];
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	struct visit visit = {0};
	visit_go(&visit, 1, name, name);
	assert_int_equal(strlen(visit_here(&visit)->topic), VISIT_ID_MAX - 1);
	assert_int_equal(strlen(visit_here(&visit)->page), VISIT_ID_MAX - 1);
}

static void a_part_is_no_other_place(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	visit_part(&visit, "doctor"); /* nobody is anywhere */
	visit_go(&visit, 1, "path", NULL);
	visit_here(&visit)->scroll = 9;
	visit_part(&visit, "first");
	assert_string_equal(visit_here(&visit)->part, "first");
	visit_go(&visit, 1, "path", NULL);
	assert_int_equal(visit.depth, 1);
	assert_true(visit_here(&visit)->scroll == 9);
	assert_string_equal(visit_here(&visit)->part, "first");
	visit_go(&visit, 2, "path", NULL);
	assert_string_equal(visit_here(&visit)->part, "");
	visit_back(&visit);
	assert_string_equal(visit_here(&visit)->part, "first");
	visit_part(&visit, NULL);
	assert_string_equal(visit_here(&visit)->part, "");
}

static void marks_come_and_go(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	static const struct visit nobody;
	visit_mark(&visit, "a/1");
	visit_mark(&visit, "a/2");
	visit_mark(&visit, "b/1");
	visit_mark(&visit, "a/2");
	assert_true(visit_is_done(&visit, "a/1"));
	assert_false(visit_is_done(&visit, "a/2"));
	assert_true(visit_is_done(&visit, "b/1"));
	assert_false(visit_is_done(&visit, "a"));
	visit_mark(&visit, "b/1");
	visit_mark(&visit, "a/1");
	assert_memory_equal(&visit, &nobody, sizeof(visit));
}

static void the_oldest_mark_makes_room(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	char name[VISIT_PART_MAX];
	for (int i = 0; i < VISIT_DONE_MAX + 3; i++) {
		snprintf(name, sizeof(name), "path/%d", i);
		visit_mark(&visit, name);
	}
	assert_int_equal(visit.done_count, VISIT_DONE_MAX);
	assert_false(visit_is_done(&visit, "path/2"));
	assert_true(visit_is_done(&visit, "path/3"));
	assert_true(visit_is_done(&visit, name));
}

/* As many as are shown at once are remembered at once, so that none is told again and again. */
static void what_was_told_is_remembered_once(void **unused)
{
	(void)unused;
	struct visit visit = {0};
	char name[VISIT_PART_MAX];
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < VISIT_TOLD_MAX; i++) {
			snprintf(name, sizeof(name), "notice-%d/00000001", i);
			assert_int_equal(visit_is_told(&visit, name), round);
			visit_tell(&visit, name);
		}
	assert_int_equal(visit.told_count, VISIT_TOLD_MAX);
	visit_tell(&visit, "new/00000001");
	assert_int_equal(visit.told_count, VISIT_TOLD_MAX);
	assert_false(visit_is_told(&visit, "notice-0/00000001"));
	assert_true(visit_is_told(&visit, "new/00000001"));
}

static void a_pin_is_typed_and_forgotten(void **unused)
{
	static const struct visit nobody;
	struct visit visit = {0};
	(void)unused;
	for (int i = 0; i < 20; i++)
		visit_type_pin(&visit, i % 10);
	assert_string_equal(visit.pin, "012345678901");
	visit_type_pin(&visit, -1);
	visit_type_pin(&visit, 10);
	visit_erase_pin(&visit);
	visit_type_pin(&visit, 11);
	assert_string_equal(visit.pin, "01234567890");
	while (visit.pin[0])
		visit_erase_pin(&visit);
	visit_erase_pin(&visit);
	assert_memory_equal(&visit, &nobody, sizeof(visit));
	/* Whoever goes on, back or home has left the staff's page. */
	for (int way = 0; way < 3; way++) {
		visit_go(&visit, 1, NULL, NULL);
		visit_go(&visit, 2, NULL, NULL);
		visit_type_pin(&visit, 7);
		visit.staff = true;
		if (way == 0)
			visit_go(&visit, 3, NULL, NULL);
		else if (way == 1)
			visit_back(&visit);
		else
			visit_restart(&visit, 1);
		assert_false(visit.staff);
		assert_memory_equal(visit.pin, nobody.pin, sizeof(visit.pin));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(sleeps_between),
		cmocka_unit_test(wipes_every_byte),
		cmocka_unit_test(forgets_places_left),
		cmocka_unit_test(goes_and_comes_back),
		cmocka_unit_test(history_keeps_the_first_and_the_last),
		cmocka_unit_test(cuts_names_too_long),
		cmocka_unit_test(a_part_is_no_other_place),
		cmocka_unit_test(marks_come_and_go),
		cmocka_unit_test(the_oldest_mark_makes_room),
		cmocka_unit_test(what_was_told_is_remembered_once),
		cmocka_unit_test(a_pin_is_typed_and_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
