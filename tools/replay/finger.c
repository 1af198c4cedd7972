#include "replay/finger.h"

struct finger_point finger_middle(const struct ui_item *item)
{
	return (struct finger_point){(float)item->seen.x + (float)item->seen.w / 2,
				     (float)item->seen.y + (float)item->seen.h / 2};
}

static bool touch(struct stage *stage, enum input_kind kind, struct finger_point at, struct err *err)
{
	return stage_input(stage, (struct input_event){.kind = kind, .finger = 1, .x = at.x, .y = at.y}, err);
}

bool finger_down(struct stage *stage, struct finger_point at, struct err *err)
{
	return touch(stage, INPUT_DOWN, at, err);
}

bool finger_up(struct stage *stage, struct finger_point at, struct err *err)
{
	return touch(stage, INPUT_UP, at, err);
}

bool finger_tap(struct stage *stage, struct finger_point at, struct err *err)
{
	return finger_down(stage, at, err) && stage_wait(stage, FINGER_TAP_MS, NULL, err) && finger_up(stage, at, err);
}

bool finger_drag(struct stage *stage, struct finger_point from, float dx, float dy, int64_t ms, struct err *err)
{
	struct finger_point at = from;
	bool ok = finger_down(stage, from, err);

	for (int64_t done = 0; ok && done < ms;) {
		int64_t step = ms - done < FINGER_STEP_MS ? ms - done : FINGER_STEP_MS;
		done += step;
		float share = (float)done / (float)ms;
		at = (struct finger_point){from.x + dx * share, from.y + dy * share};
		ok = stage_wait(stage, step, NULL, err) && touch(stage, INPUT_MOVE, at, err);
	}
	return ok && finger_up(stage, at, err);
}
