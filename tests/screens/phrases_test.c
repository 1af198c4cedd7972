#include "town.h"

static const struct town usual;

static void a_sentence_is_chosen_enlarged_and_answered(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "phrases", "en", NULL, NULL);
	assert_true(kiosk_item(&kiosk, "set.doctor")->chosen);
	assert_true(kiosk_item(&kiosk, "phrase.doctor/interpreter")->chosen);
	assert_non_null(kiosk_named(&kiosk, "en Show this to the other person"));
	kiosk_tap(&kiosk, "phrase.doctor/pain");
	assert_true(kiosk_item(&kiosk, "phrase.doctor/pain")->chosen);
	assert_non_null(kiosk_named(&kiosk, "Det gør ondt her."));
	kiosk_taps(&kiosk, "phrase.doctor/interpreter phrase.enlarge");
	assert_screen(&kiosk, "phrase", NULL);
	assert_non_null(kiosk_named(&kiosk, "Jeg har brug for en tolk."));
	assert_non_null(kiosk_named(&kiosk, "en I need an interpreter."));
	/* the staff reads Danish first */
	assert_string_equal(kiosk_item(&kiosk, "reply.which")->name, "Hvilket sprog?. en Which?");
	assert_false(kiosk_item(&kiosk, "reply.which")->chosen);
	kiosk_tap(&kiosk, "reply.which");
	assert_true(kiosk_item(&kiosk, "reply.which")->chosen);
	assert_false(kiosk_item(&kiosk, "reply.booked")->chosen);
	kiosk_tap(&kiosk, "nav.back");
	assert_screen(&kiosk, "phrases", NULL);
	assert_true(kiosk_item(&kiosk, "phrase.doctor/interpreter")->chosen);
	kiosk_close(&kiosk);
}

static void what_the_staff_says_is_answered_by_the_visitor(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "phrase", "ar", "doctor", "card");
	assert_non_null(kiosk_named(&kiosk, "ar The other person says this to you"));
	assert_non_null(kiosk_named(&kiosk, "da Point at an answer"));
	assert_string_equal(kiosk_item(&kiosk, "reply.which")->name, "ar Which?. Hvilket sprog?");
	kiosk_close(&kiosk);
}

/* What cannot speak yet says so. */
static void listen_and_slower_give_their_reason(void **unused)
{
	static const char *const names[] = {"phrases", "phrase"};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		kiosk_place(&kiosk, names[i], "en", "doctor", NULL);
		assert_string_equal(kiosk_item(&kiosk, "phrase.listen")->reason, "en This is not ready yet.");
		assert_string_equal(kiosk_item(&kiosk, "phrase.slower")->reason, "en This is not ready yet.");
	}
	kiosk_close(&kiosk);
}

static void honest_about_the_translation(void **unused)
{
	static const struct {
		const char *lang, *set, *told, *not_told;
	} cases[] = {
		{"en", "doctor", "en Not checked by a person yet.", "en This page is not in your language yet."},
		{"uk", "school", "uk This page is not in your language yet.", "uk Not checked by a person yet."},
		{"da", "doctor", "da You say · da patient", "da Not checked by a person yet."},
	};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		kiosk_place(&kiosk, "phrases", cases[i].lang, cases[i].set, NULL);
		if (!kiosk_named(&kiosk, cases[i].told) || kiosk_named(&kiosk, cases[i].not_told))
			fail_msg("%s in %s", cases[i].set, cases[i].lang);
	}
	kiosk_close(&kiosk);
}

/* Also to a Dane each sentence stands there once. */
static void danish_has_one_line(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1920, 1080);
	kiosk_place(&kiosk, "phrases", "da", "doctor", NULL);
	assert_string_equal(kiosk_item(&kiosk, "phrase.doctor/pain")->name, "Det gør ondt her.");
	kiosk_close(&kiosk);
}

static void nothing_of_it_is_left(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "phrases", "en", "school", NULL);
	kiosk_tap(&kiosk, "phrase.enlarge");
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 30000);
	assert_nobody(&kiosk);
	kiosk_place(&kiosk, "phrases", "en", NULL, NULL);
	assert_true(kiosk_item(&kiosk, "set.doctor")->chosen);
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_is_chosen_enlarged_and_answered),
		cmocka_unit_test(what_the_staff_says_is_answered_by_the_visitor),
		cmocka_unit_test(listen_and_slower_give_their_reason),
		cmocka_unit_test(honest_about_the_translation),
		cmocka_unit_test(danish_has_one_line),
		cmocka_unit_test(nothing_of_it_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
