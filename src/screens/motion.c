#include "screens/motion.h"

/* A first frame that took longer than this has other causes than a page to lay out. */
#define FORGIVEN_MS 150

void motion_begin(struct motion *motion, int lasts_ms, int frame_ms)
{
	*motion = (struct motion){.lasts_ms = lasts_ms, .frame_ms = frame_ms};
}

bool motion_runs(const struct motion *motion)
{
	return motion->lasts_ms > 0;
}

static void count_frame(struct motion *motion, int64_t now_ms)
{
	if (motion->frames == 0) {
		motion->since_ms = now_ms - motion->frame_ms;
	} else if (motion->frames == 1) {
		int64_t late = now_ms - motion->shown_ms - motion->frame_ms;
		if (late > 0)
			motion->since_ms += late < FORGIVEN_MS ? late : FORGIVEN_MS;
	}
	motion->frames += motion->frames < 2;
	motion->shown_ms = now_ms;
}

float motion_at(struct motion *motion, int64_t now_ms)
{
	if (!motion_runs(motion))
		return 1;
	if (motion->frames == 0 || now_ms > motion->shown_ms)
		count_frame(motion, now_ms);
	float left = 1 - (float)(now_ms - motion->since_ms) / (float)motion->lasts_ms;
	if (left <= 0) {
		*motion = (struct motion){0};
		return 1;
	}
	return 1 - left * left * left;
}
