/* A second of frames on glasses of every rate: none is missed, and none painted that is not seen. */
#include "kiosk/beat.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const int rates[] = {24, 30, 50, 60, 75, 120, 144, 240};

/* How long the n-th frame takes: mostly little, now and then nearly as long as the glass shows one. */
static int64_t cost(int n, int frame_us)
{
	return n % 5 == 0 ? frame_us * 7 / 10000 : n % 3;
}

static void every_moment_of_the_glass_gets_one_frame(void **state)
{
	(void)state;
	for (size_t r = 0; r < ARRAY_LEN(rates); r++)
		for (int64_t start = 1000000007; start < 1000000007 + 40; start++) {
			int frame = 1000000 / rates[r], frame_ms = (frame + 500) / 1000, frames = 0;
			int64_t now = start, beat = -1;
			for (; now < start + 1000; frames++) {
				int64_t shown = now + cost(frames, frame);
				/* What moves asks for a frame from when the last one began. */
				int64_t due = beat_deadline(shown, now + frame_ms, frame);
				assert_true(due > shown || now + frame_ms <= shown);
				now = due > shown ? due : shown;
				assert_true(now * 1000 / frame > beat); /* never two in one moment */
				beat = now * 1000 / frame;
			}
			assert_in_range(frames, rates[r] - 2, rates[r] + 1);
		}
}

static void far_deadlines_stay(void **state)
{
	static const int64_t away[] = {0, -5, 34, 1000, 60000};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(away); i++)
		assert_int_equal(beat_deadline(5000, 5000 + away[i], 16667), 5000 + away[i]);
	assert_true(beat_deadline(5000, INT64_MAX / 2, 16667) == INT64_MAX / 2);
}

static void what_no_glass_has_is_taken_for_sixty_a_second(void **state)
{
	static const int unlikely[] = {0, -1, 1, 3999, 50001, 1000000};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(unlikely); i++)
		assert_int_equal(beat_frame_us(unlikely[i]), 16667);
	assert_int_equal(beat_frame_us(8333), 8333);
}

static void the_next_beat_is_never_now(void **state)
{
	(void)state;
	for (size_t r = 0; r < ARRAY_LEN(rates); r++)
		for (int64_t now = 0; now < 300; now++) {
			int64_t next = beat_next(now, 1000000 / rates[r]);
			assert_true(next > now && next <= now + 1000 / rates[r] + 2);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_moment_of_the_glass_gets_one_frame),
		cmocka_unit_test(far_deadlines_stay),
		cmocka_unit_test(what_no_glass_has_is_taken_for_sixty_a_second),
		cmocka_unit_test(the_next_beat_is_never_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
