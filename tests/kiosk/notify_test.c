/* What systemd hears, on a socket of our own. */
#include "kiosk/notify.h"

#include "base/array.h"
#include "systemd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* All that was said since; "" for nothing. STATUS is left to another test. */
static const char *heard(void)
{
	static char all[1024];

	all[0] = '\0';
	systemd_hear(all, sizeof all);
	return all;
}

static int set_up(void **state)
{
	(void)state;
	return systemd_listen() ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return close(systemd);
}

static void test_ready_is_said_when_there_is_something_to_see(void **state)
{
	static const struct {
		enum notify_state state;
		const char *heard;
	} cases[] = {
		{NOTIFY_BLANK, ""},
		{NOTIFY_RESCUE, "EXTEND_TIMEOUT_USEC=150000000,"},
		{NOTIFY_UNSEEN, "READY=1,WATCHDOG_USEC=130000000,WATCHDOG=1,"},
		{NOTIFY_SHOWN, "READY=1,WATCHDOG_USEC=130000000,WATCHDOG=1,"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct notify notify;
		notify_open(&notify);
		assert_int_equal(notify.watch_ms, 20000);
		assert_true(notify_is_due(&notify, cases[i].state, 0));
		notify_tell(&notify, cases[i].state, 0);
		assert_string_equal(heard(), cases[i].heard);
	}
}

static void test_the_dog_is_fed_only_while_there_is_something_to_see(void **state)
{
	struct notify notify;

	(void)state;
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	heard();
	/* Nobody is here: the minute that the kiosk wakes in anyway will do. */
	assert_false(notify_is_due(&notify, NOTIFY_SHOWN, 20000));
	assert_true(notify_is_due(&notify, NOTIFY_SHOWN, 60000));
	assert_int_equal(notify_deadline(&notify), 65000);
	notify_tell(&notify, NOTIFY_SHOWN, 60000);
	assert_string_equal(heard(), "WATCHDOG=1,");
	assert_int_equal(notify_deadline(&notify), 125000);
	/* Blank: hungry, and looked at again and again. */
	notify_tell(&notify, NOTIFY_BLANK, 70000);
	assert_string_equal(heard(), "");
	assert_true(notify_deadline(&notify) > 70000);
	assert_true(notify_is_due(&notify, NOTIFY_SHOWN, 70001));
	notify_tell(&notify, NOTIFY_SHOWN, 70001);
	assert_string_equal(heard(), "WATCHDOG=1,");
	/* Out at night, or on the rescue screen: alive. */
	notify_tell(&notify, NOTIFY_DARK, 80000);
	notify_tell(&notify, NOTIFY_RESCUE, 90000);
	assert_string_equal(heard(), "WATCHDOG=1,WATCHDOG=1,");
}

static void test_a_visitor_waits_less_long(void **state)
{
	struct notify notify;

	(void)state;
	notify_open(&notify);
	notify_visit(&notify, true);
	assert_string_equal(heard(), ""); /* not before it is ready */
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	assert_string_equal(heard(), "READY=1,WATCHDOG_USEC=20000000,WATCHDOG=1,");
	notify_visit(&notify, false);
	notify_visit(&notify, false);
	assert_string_equal(heard(), "WATCHDOG_USEC=130000000,");
	notify_visit(&notify, true);
	notify_visit(&notify, true);
	assert_string_equal(heard(), "WATCHDOG_USEC=20000000,");
	assert_int_equal(notify_deadline(&notify), 10000);
	assert_true(notify_is_due(&notify, NOTIFY_SHOWN, 5000));
}

static void test_a_start_is_prolonged_while_it_needs_to(void **state)
{
	struct notify notify;

	(void)state;
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_RESCUE, 0);
	assert_false(notify_is_due(&notify, NOTIFY_RESCUE, 59999));
	assert_int_equal(notify_deadline(&notify), 60000);
	notify_tell(&notify, NOTIFY_RESCUE, 60000);
	assert_string_equal(heard(), "EXTEND_TIMEOUT_USEC=150000000,EXTEND_TIMEOUT_USEC=150000000,");
	notify_tell(&notify, NOTIFY_SHOWN, 70000);
	assert_string_equal(heard(), "READY=1,WATCHDOG_USEC=130000000,WATCHDOG=1,");
}

static void test_each_state_is_told_once(void **state)
{
	struct notify notify;
	char word[256];

	(void)state;
	notify_open(&notify);
	for (int i = NOTIFY_BLANK; i < NOTIFY_STATE_COUNT; i++) {
		notify_tell(&notify, (enum notify_state)i, i);
		ssize_t n = recv(systemd, word, sizeof word, MSG_DONTWAIT);
		assert_true(n > 7 && strncmp(word, "STATUS=", 7) == 0);
		heard();
		notify_tell(&notify, (enum notify_state)i, i);
		assert_true(recv(systemd, word, sizeof word, MSG_DONTWAIT | MSG_PEEK) < 0 || word[0] != 'S');
		heard();
	}
}

static void test_a_visitor_is_told_of(void **state)
{
	struct notify notify;
	char word[256];

	(void)state;
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	heard();
	for (int here = 1; here >= 0; here--) {
		notify_visit(&notify, here);
		ssize_t n = recv(systemd, word, sizeof word - 1, MSG_DONTWAIT);
		assert_true(n > 0);
		word[n] = '\0';
		assert_string_equal(word, here ? "STATUS=the picture is shown; a visitor is here"
					       : "STATUS=the picture is shown");
		heard();
	}
	notify_visit(&notify, true);
	heard();
	notify_tell(&notify, NOTIFY_UNSEEN, 1);
	ssize_t n = recv(systemd, word, sizeof word - 1, MSG_DONTWAIT);
	assert_true(n > 0);
	word[n] = '\0';
	assert_string_equal(word, "STATUS=no panel is connected; a visitor is here");
	heard();
}

static void test_without_a_dog_and_without_systemd(void **state)
{
	struct notify notify;

	(void)state;
	setenv("WATCHDOG_USEC", "300000000", 1); /* longer than ours is taken as it is */
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	assert_string_equal(heard(), "READY=1,WATCHDOG_USEC=300000000,WATCHDOG=1,");
	unsetenv("WATCHDOG_USEC");
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	notify_visit(&notify, true);
	assert_string_equal(heard(), "READY=1,");
	assert_int_equal(notify_deadline(&notify), INT64_MAX);
	assert_false(notify_is_due(&notify, NOTIFY_SHOWN, INT64_MAX / 2));
	unsetenv("NOTIFY_SOCKET");
	notify_open(&notify);
	notify_tell(&notify, NOTIFY_SHOWN, 0);
	assert_string_equal(heard(), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ready_is_said_when_there_is_something_to_see),
		cmocka_unit_test(test_the_dog_is_fed_only_while_there_is_something_to_see),
		cmocka_unit_test(test_a_visitor_waits_less_long),
		cmocka_unit_test(test_a_start_is_prolonged_while_it_needs_to),
		cmocka_unit_test(test_each_state_is_told_once),
		cmocka_unit_test(test_a_visitor_is_told_of),
		cmocka_unit_test(test_without_a_dog_and_without_systemd),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
