#include "town.h"

static const struct town usual;

static void assert_open(const struct kiosk *kiosk, const char *open)
{
	static const char *const steps[] = {"step.address", "step.bank", "step.school"};
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (kiosk_item(kiosk, steps[i])->chosen != (strcmp(steps[i], open) == 0))
			fail_msg("%s is%s open", steps[i], kiosk_item(kiosk, steps[i])->chosen ? "" : " not");
}

static void one_step_is_open_at_a_time(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "situation", "en", NULL, NULL);
	kiosk_tap(&kiosk, "path.arrived");
	assert_screen(&kiosk, "path", NULL);
	assert_open(&kiosk, "step.address");
	assert_string_equal(kiosk_item(&kiosk, "step.address")->name, "en Step 1. en Tell your address. en Next step");
	assert_non_null(kiosk_named(&kiosk, "en Town hall"));
	assert_non_null(kiosk_named(&kiosk, "Himmerlandsgade 27, 9600 Aars"));
	assert_non_null(kiosk_named(&kiosk, "en in five days"));
	assert_non_null(kiosk_named(&kiosk, "en your passport"));
	assert_non_null(kiosk_named(&kiosk, "CPR-nummer"));
	kiosk_tap(&kiosk, "step.bank");
	assert_open(&kiosk, "step.bank");
	kiosk_tap(&kiosk, "step.bank");
	assert_open(&kiosk, "");
	kiosk_tap(&kiosk, "step.address");
	kiosk_tap(&kiosk, "read.address");
	assert_screen(&kiosk, "guide", NULL);
	kiosk_tap(&kiosk, "nav.back");
	assert_open(&kiosk, "step.address");
	kiosk_close(&kiosk);
}

static void what_is_done_opens_the_next_step(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "path", "en", "arrived", NULL);
	assert_false(kiosk_item(&kiosk, "done.address")->chosen);
	kiosk_tap(&kiosk, "done.address");
	assert_true(kiosk_item(&kiosk, "done.address")->chosen);
	assert_open(&kiosk, "step.bank");
	assert_non_null(kiosk_named(&kiosk, "en 1 step of 3 done"));
	kiosk_taps(&kiosk, "done.bank done.school");
	assert_open(&kiosk, "");
	/* taken back */
	kiosk_tap(&kiosk, "done.bank");
	assert_false(kiosk_item(&kiosk, "done.bank")->chosen);
	assert_true(kiosk_item(&kiosk, "done.school")->chosen);
	assert_open(&kiosk, "step.bank");
	kiosk_close(&kiosk);
}

static void marks_are_kept_in_the_visit_and_only_there(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "path", "en", "arrived", NULL);
	kiosk_taps(&kiosk, "done.address nav.home");
	assert_int_equal(visit_of(&kiosk)->done_count, 1);
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 30000);
	assert_nobody(&kiosk);
	kiosk_place(&kiosk, "path", "en", "arrived", NULL);
	assert_false(kiosk_item(&kiosk, "done.address")->chosen);
	kiosk_close(&kiosk);
}

/* In Danish where there is no translation, and the label in the visitor's language. */
static void a_path_without_translation_says_so(void **unused)
{
	static const struct {
		int width, height;
	} sizes[] = {{1080, 1920}, {1920, 1080}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, sizes[i].width, sizes[i].height);
		kiosk_place(&kiosk, "path", "uk", "arrived", NULL);
		assert_non_null(kiosk_named(&kiosk, "uk This page is not in your language yet."));
		assert_non_null(kiosk_named(&kiosk, "da I have arrived"));
		assert_non_null(kiosk_named(&kiosk, "da 0 step of 3 done")
					? kiosk_named(&kiosk, "da I have arrived")
					: kiosk_named(&kiosk, "da 0 steps of 3 done"));
		kiosk_close(&kiosk);
	}
}

static void what_is_gone_says_so(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	assert_false(terminal_place(kiosk.terminal, "path", "en", "never", NULL, kiosk.now));
	assert_false(terminal_place(kiosk.terminal, "phrase", "en", "never", "pain", kiosk.now));
	kiosk_place(&kiosk, "phrase", "en", "doctor", "never");
	assert_non_null(kiosk_named(&kiosk, "en This page is no longer here."));
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_step_is_open_at_a_time),
		cmocka_unit_test(what_is_done_opens_the_next_step),
		cmocka_unit_test(marks_are_kept_in_the_visit_and_only_there),
		cmocka_unit_test(a_path_without_translation_says_so),
		cmocka_unit_test(what_is_gone_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
