#include "town.h"

#include <malloc.h>

static const struct town usual;

static void idle_asks_and_a_touch_stays(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare page.daycare/get-a-place more");
	struct visit before = *visit_of(&kiosk);
	for (int round = 0; round < 3; round++) {
		kiosk_wait(&kiosk, 118000);
		assert_null(kiosk_item(&kiosk, "idle.stay"));
		kiosk_wait(&kiosk, 2000);
		assert_int_equal(visit_of(&kiosk)->state, VISIT_ASKING);
		assert_non_null(kiosk_named(&kiosk, "en Are you still there?"));
		assert_non_null(kiosk_named(&kiosk, "da Are you still there?"));
		kiosk_wait(&kiosk, 29000);
		assert_non_null(kiosk_named(&kiosk, "1"));
		if (round == 0)
			kiosk_tap(&kiosk, "idle.stay");
		else if (round == 1)
			kiosk_touch(&kiosk, 20, 1000); /* beside the dialog */
		else
			kiosk_key(&kiosk, KEY_BACK);
		assert_int_equal(visit_of(&kiosk)->state, VISIT_HERE);
		assert_null(kiosk_item(&kiosk, "idle.stay"));
		assert_memory_equal(visit_of(&kiosk)->places, before.places,
				    sizeof(before.places)); /* the page is where it was */
	}
	kiosk_close(&kiosk);
}

static void idle_forgets_everything(void **unused)
{
	static const char *const taps[] = {
		"start", "start language.ar topic.daycare page.daycare/get-a-place more tool.danish", "emergency",
		"start language.en tool.text text.calm text.contrast.high text.size.200"};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(taps); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk_taps(&kiosk, taps[i]);
		kiosk_wait(&kiosk, 121000);
		assert_int_equal(visit_of(&kiosk)->state, VISIT_ASKING);
		kiosk_wait(&kiosk, 30000);
		assert_nobody(&kiosk);
		kiosk_close(&kiosk);
	}
}

/* Not what was pressed last, either, in what lasts from frame to frame. */
static void what_was_pressed_is_forgotten(void **unused)
{
	static const char pressed[] = "page.daycare/get-a-place";
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare");
	const struct ui *ui = terminal_ui(kiosk.terminal);
	size_t bytes = malloc_usable_size((void *)(uintptr_t)ui);
	struct rect row = kiosk_item(&kiosk, pressed)->place;
	kiosk_event(&kiosk, INPUT_DOWN, (float)row.x + 40, (float)row.y + 40);
	assert_non_null(memmem(ui, bytes, pressed, sizeof(pressed)));
	kiosk_event(&kiosk, INPUT_UP, (float)row.x + 40, (float)row.y + 40);
	assert_screen(&kiosk, "guide", NULL);
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 30000);
	assert_nobody(&kiosk);
	assert_null(memmem(ui, bytes, pressed, sizeof(pressed)));
	kiosk_close(&kiosk);
}

static void the_question_takes_no_for_an_answer(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en");
	kiosk_wait(&kiosk, 121000);
	kiosk_tap(&kiosk, "idle.leave");
	assert_nobody(&kiosk);

	/* by keys: the focus moves without answering, and starts the countdown afresh */
	kiosk_taps(&kiosk, "start language.en");
	kiosk_wait(&kiosk, 121000);
	for (int i = 0; i < 4; i++) {
		kiosk_wait(&kiosk, 20000);
		kiosk_key(&kiosk, KEY_NEXT);
		assert_int_equal(visit_of(&kiosk)->state, VISIT_ASKING);
	}
	kiosk_key(&kiosk, KEY_PREVIOUS); /* stay, leave, 112, stay; back to 112 */
	kiosk_key(&kiosk, KEY_PREVIOUS);
	kiosk_key(&kiosk, KEY_ENTER);
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

/* A finger that rests on a button while the countdown ends has answered in time. */
static void a_resting_finger_holds_the_countdown(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en");
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 28000);
	struct rect stay = kiosk_item(&kiosk, "idle.stay")->seen;
	kiosk_event(&kiosk, INPUT_DOWN, (float)stay.x + 20, (float)stay.y + 20);
	kiosk_wait(&kiosk, 5000);
	assert_int_equal(visit_of(&kiosk)->state, VISIT_ASKING);
	kiosk_event(&kiosk, INPUT_UP, (float)stay.x + 20, (float)stay.y + 20);
	assert_int_equal(visit_of(&kiosk)->state, VISIT_HERE);
	kiosk_close(&kiosk);
}

/* A touch that comes after the countdown, before any frame, is for nobody: what was touched belongs to the visitor before. */
static void a_late_touch_does_nothing(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en");
	struct rect topic = kiosk_item(&kiosk, "topic.health")->seen;
	kiosk_wait(&kiosk, 121000);
	kiosk.now.mono_ms += 31000;
	struct input_event event = {
		.kind = INPUT_DOWN, .x = (float)topic.x + 5, .y = (float)topic.y + 5, .time_ms = kiosk.now.mono_ms};
	terminal_input(kiosk.terminal, &event, kiosk.now);
	event.kind = INPUT_UP;
	terminal_input(kiosk.terminal, &event, kiosk.now);
	kiosk_frame(&kiosk);
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

/* Also while the kiosk asks whether somebody is there; who calls for help is there. */
static void help_is_there_while_the_question_stands(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en tool.text");
	kiosk_wait(&kiosk, 121000);
	assert_int_equal(kiosk_item(&kiosk, "emergency")->layer, LAYER_QUESTION);
	kiosk_tap(&kiosk, "emergency");
	assert_int_equal(visit_of(&kiosk)->state, VISIT_HERE);
	assert_screen(&kiosk, "home", "emergency");
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(idle_asks_and_a_touch_stays),
		cmocka_unit_test(idle_forgets_everything),
		cmocka_unit_test(what_was_pressed_is_forgotten),
		cmocka_unit_test(the_question_takes_no_for_an_answer),
		cmocka_unit_test(a_resting_finger_holds_the_countdown),
		cmocka_unit_test(a_late_touch_does_nothing),
		cmocka_unit_test(help_is_there_while_the_question_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
