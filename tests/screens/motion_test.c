/* What comes in begins with the frame that shows it, never jumps back, and ends. */
#include "screens/motion.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void at_rest_from_the_start(void **state)
{
	struct motion motion = {0};
	(void)state;
	assert_false(motion_runs(&motion));
	assert_true(motion_at(&motion, 5) == 1);
	motion_begin(&motion, 0, 16);
	assert_false(motion_runs(&motion));
}

static void it_comes_within_its_time(void **state)
{
	/* How long the first frame took to lay out and paint. */
	static const int late[] = {0, 16, 40, 100, 900};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(late); i++) {
		struct motion motion;
		int64_t now = 1000000;
		motion_begin(&motion, 240, 16);
		float last = motion_at(&motion, now), first = last;
		assert_true(first > 0 && first < 0.3f);
		assert_true(motion_at(&motion, now) == first); /* the same for the same time */
		now += 16 + late[i];
		float second = motion_at(&motion, now);
		if (late[i] <= 100) /* nothing of it is missed */
			assert_true(second > first && second < 0.4f);
		for (int frames = 0; motion_runs(&motion); frames++) {
			assert_true(frames < 20);
			now += 16;
			float at = motion_at(&motion, now);
			assert_true(at > last);
			last = at;
		}
		assert_true(motion_at(&motion, now + 16) == 1);
	}
}

static void time_that_stands_still_or_jumps_does_no_harm(void **state)
{
	struct motion motion;
	(void)state;
	motion_begin(&motion, 200, 16);
	float at = motion_at(&motion, 1000);
	assert_true(motion_at(&motion, 1000) == at);
	assert_true(motion_at(&motion, 1000 + (INT64_C(1) << 40)) == 1);
	assert_false(motion_runs(&motion));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_rest_from_the_start),
		cmocka_unit_test(it_comes_within_its_time),
		cmocka_unit_test(time_that_stands_still_or_jumps_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
