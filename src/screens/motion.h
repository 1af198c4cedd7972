/* motion -- how far something that comes has come.
 *
 * Zero is a valid start: at rest. Begun when the visitor asks; its clock starts with the frame that shows it, so that
 * the work of laying out a page is done before the page moves. Its steps are of time, not of frames.
 */
#ifndef SCREENS_MOTION_H
#define SCREENS_MOTION_H

#include <stdbool.h>
#include <stdint.h>

struct motion {
	int lasts_ms; /* 0: at rest */
	int frame_ms; /* from one frame to the next */
	int frames;   /* that showed it, counted to 2 */
	int64_t since_ms, shown_ms;
};

void motion_begin(struct motion *motion, int lasts_ms, int frame_ms);
/* 0-1, cubic ease-out; 1 at rest. For each frame; the same for the same time. */
float motion_at(struct motion *motion, int64_t now_ms);
bool motion_runs(const struct motion *motion);

#endif
