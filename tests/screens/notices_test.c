#include "town.h"

static const struct town usual, fire = {.urgent = "Smoke"}, closed = {.calm = true};

/* T4: who reads is told within a minute, and once; the page is theirs again when they have read it. */
static void who_reads_is_told_within_a_minute(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare page.daycare/get-a-place more");
	float scroll = visit_of(&kiosk)->places[visit_of(&kiosk)->depth - 1].scroll;
	assert_true(scroll > 0);
	kiosk_offer(&kiosk, &fire);
	assert_true(terminal_deadline(kiosk.terminal, kiosk.now) <= kiosk.now.mono_ms + 60000);
	kiosk_wait(&kiosk, terminal_deadline(kiosk.terminal, kiosk.now) - kiosk.now.mono_ms);
	assert_screen(&kiosk, "guide", "notices");
	assert_non_null(kiosk_named(&kiosk, "en Smoke"));
	assert_non_null(kiosk_named(&kiosk, "en Go inside"));
	kiosk_wait(&kiosk, 1000);
	kiosk_tap(&kiosk, "close");
	assert_screen(&kiosk, "guide", NULL);
	assert_true(visit_of(&kiosk)->places[visit_of(&kiosk)->depth - 1].scroll == scroll);
	kiosk_wait(&kiosk, 60000);
	assert_screen(&kiosk, "guide", NULL);
	kiosk_close(&kiosk);
}

static void a_notice_that_only_begins_is_told_too(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_offer(&kiosk, &fire);
	kiosk.now.mono_ms -= 60000;
	kiosk_wait(&kiosk, 0);
	kiosk_place(&kiosk, "topic", "en", "daycare", NULL);
	assert_screen(&kiosk, "topic", NULL);
	kiosk_wait(&kiosk, 59000);
	assert_screen(&kiosk, "topic", NULL);
	kiosk_wait(&kiosk, 1000);
	assert_screen(&kiosk, "topic", "notices");
	kiosk_close(&kiosk);
}

static void home_and_attract_show_it_themselves(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &fire, 1080, 1920);
	kiosk_wait(&kiosk, 1000);
	assert_screen(&kiosk, "attract", NULL);
	assert_true(kiosk_named(&kiosk, "Smoke") != NULL);
	kiosk_tap(&kiosk, "start");
	assert_screen(&kiosk, "language", NULL);
	kiosk_tap(&kiosk, "language.en");
	assert_screen(&kiosk, "home", NULL);
	assert_non_null(kiosk_named(&kiosk, "en Smoke"));
	assert_non_null(kiosk_named(&kiosk, "en Urgent message · en today 14:32"));
	/* told there, so not told again */
	kiosk_taps(&kiosk, "notice.smoke");
	assert_screen(&kiosk, "guide", NULL);
	kiosk_tap(&kiosk, "nav.home");
	/* over when it is over */
	kiosk_wait(&kiosk, 100000);
	kiosk_tap(&kiosk, "nav.home");
	for (int i = 0; i < 6; i++) {
		kiosk_wait(&kiosk, 100000);
		kiosk_tap(&kiosk, "nav.home");
	}
	assert_null(kiosk_named(&kiosk, "en Smoke"));
	kiosk_close(&kiosk);
}

/* Who calls for help is not interrupted. */
static void a_call_for_help_goes_first(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "topic", "en", "daycare", NULL);
	kiosk_tap(&kiosk, "emergency");
	kiosk_offer(&kiosk, &fire);
	kiosk_wait(&kiosk, 60000);
	assert_screen(&kiosk, "topic", "emergency");
	kiosk_tap(&kiosk, "close");
	assert_screen(&kiosk, "topic", "notices");
	kiosk_close(&kiosk);
}

static void the_next_visitor_is_told_too(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &fire, 1080, 1920);
	for (int visitor = 0; visitor < 2; visitor++) {
		kiosk_place(&kiosk, "topic", "en", "daycare", NULL);
		assert_screen(&kiosk, "topic", "notices");
		kiosk_wait(&kiosk, 1000);
		kiosk_tap(&kiosk, "close");
		kiosk_wait(&kiosk, 121000);
		kiosk_wait(&kiosk, 30000);
		assert_nobody(&kiosk);
	}
	kiosk_close(&kiosk);
}

/* A service notice is a row on the home screen and interrupts nobody. */
static void a_service_notice_is_calm(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &closed, 1080, 1920);
	kiosk_place(&kiosk, "topic", "en", "daycare", NULL);
	kiosk_wait(&kiosk, 60000);
	assert_screen(&kiosk, "topic", NULL);
	kiosk_place(&kiosk, "home", "en", NULL, NULL);
	kiosk_tap(&kiosk, "notices");
	assert_screen(&kiosk, "home", "notices");
	assert_non_null(kiosk_named(&kiosk, "en On Friday."));
	assert_non_null(kiosk_named(&kiosk, "en From: Kommunen"));
	kiosk_tap(&kiosk, "close");
	kiosk_place(&kiosk, "home", "uk", NULL, NULL);
	kiosk_tap(&kiosk, "notices");
	assert_non_null(kiosk_named(&kiosk, "uk This message is not in your language yet."));
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_reads_is_told_within_a_minute),
		cmocka_unit_test(a_notice_that_only_begins_is_told_too),
		cmocka_unit_test(home_and_attract_show_it_themselves),
		cmocka_unit_test(a_call_for_help_goes_first),
		cmocka_unit_test(the_next_visitor_is_told_too),
		cmocka_unit_test(a_service_notice_is_calm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
