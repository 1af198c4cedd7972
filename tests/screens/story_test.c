#include "town.h"

static const struct town usual;

static void it_turns_one_picture_at_a_time(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "story", "en", "day", NULL);
	assert_non_null(kiosk_named(&kiosk, "en A father comes with his child."));
	assert_non_null(kiosk_named(&kiosk, "en You come."));
	assert_non_null(kiosk_named(&kiosk, "Du kommer."));
	assert_non_null(kiosk_named(&kiosk, "en good morning"));
	assert_null(kiosk_named(&kiosk, "en You go home."));
	kiosk_tap(&kiosk, "story.next");
	assert_non_null(kiosk_named(&kiosk, "en They go home."));
	assert_non_null(kiosk_named(&kiosk, "I går hjem."));
	assert_null(kiosk_named(&kiosk, "en You come."));
	kiosk_tap(&kiosk, "story.previous");
	assert_non_null(kiosk_named(&kiosk, "en You come."));
	/* However many were turned, it is one place. */
	kiosk_taps(&kiosk, "story.next story.done");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

static void what_is_not_translated_is_told_in_ones_own_language(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "story", "uk", "day", "home");
	assert_non_null(kiosk_named(&kiosk, "I går hjem."));
	assert_non_null(kiosk_named(&kiosk, "uk This page is not in your language yet."));
	kiosk_close(&kiosk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_turns_one_picture_at_a_time),
		cmocka_unit_test(what_is_not_translated_is_told_in_ones_own_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
