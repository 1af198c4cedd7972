/* finger -- what a hand does to a stage, as the touch screen would tell it: one finger, in time.
 *
 * Places are device pixels. A frame is drawn after each thing the finger does. Errors are the stage's.
 */
#ifndef REPLAY_FINGER_H
#define REPLAY_FINGER_H

#include "replay/stage.h"

#define FINGER_TAP_MS  60 /* how long a tap is on the glass */
#define FINGER_STEP_MS 8  /* between two reports of a finger that moves */

struct finger_point {
	float x, y;
};

/* The middle of what is seen of an item. */
struct finger_point finger_middle(const struct ui_item *item);

bool finger_down(struct stage *stage, struct finger_point at, struct err *err);
bool finger_up(struct stage *stage, struct finger_point at, struct err *err);
bool finger_tap(struct stage *stage, struct finger_point at, struct err *err);
/* Down at `from`, evenly by dx and dy within `ms`, and up without a halt. */
bool finger_drag(struct stage *stage, struct finger_point from, float dx, float dy, int64_t ms, struct err *err);

#endif
