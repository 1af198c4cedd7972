#include "town.h"

#include "../refuse.h"

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);

char *__wrap_strdup(const char *text)
{
	return refuse() ? NULL : __real_strdup(text);
}

#define STRIDE 17 /* not every allocation of a frame: they are thousands */

static void a_terminal_is_whole_or_not_there(void **unused)
{
	struct terminal_setup setup = {.share = getenv("VEJVISER_TEST_SHARE") ? getenv("VEJVISER_TEST_SHARE")
									      : "build/share",
				       .idle = {120000, 30000},
				       .doctor_phone = "70 15 03 00",
				       .staff_pin = "a line"};
	(void)unused;
	for (long n = 0;; n++) {
		struct terminal *terminal = NULL;
		struct err err = {0};
		left = n;
		refused = false;
		bool ok = terminal_create(&setup, &terminal, &err);
		left = -1;
		if (ok)
			terminal_destroy(terminal);
		else
			assert_int_equal(err.code, ERR_MEMORY);
		if (!refused) {
			assert_true(n > 5);
			return;
		}
	}
}

/* Whichever allocation fails: the frame says so or is whole, and the next one is whole; the visitor stays where they are. */
static void check_frame(long stride, const char *screen, const char *topic, const char *page, const char *id)
{
	long failures = 0;
	bool whole = false;
	for (long n = 0; !whole; n += stride) {
		struct kiosk kiosk = {0};
		struct err err = {0};
		kiosk_open(&kiosk, &(struct town){0}, 1080, 1920);
		assert_true(terminal_place(kiosk.terminal, screen, "en", topic, page, kiosk.now));
		left = n;
		refused = false;
		bool ok = terminal_frame(kiosk.terminal, kiosk.now, kiosk.image, false, &kiosk.changed, &err);
		left = -1;
		whole = !refused;
		if (!ok)
			assert_int_equal(err.code, ERR_MEMORY);
		failures += !ok;
		kiosk_frame(&kiosk);
		assert_non_null(kiosk_item(&kiosk, id));
		kiosk_close(&kiosk);
	}
	assert_true(failures > 5);
}

static void a_frame_is_whole_or_says_so(void **unused)
{
	(void)unused;
	check_frame(STRIDE, "guide", "daycare", "get-a-place", "link.health/doctor");
	check_frame(STRIDE, "staff", "open", NULL, "staff.lock");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_is_whole_or_not_there),
		cmocka_unit_test(a_frame_is_whole_or_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
