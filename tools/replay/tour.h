/* tour -- a picture of every screen in every language, and a page to look at them.
 *
 * First those that scripts take (script.h): the design's screens by the design's names, tests/replay/design.replay. Then
 * all others.
 * Upright: attract, languages, home, each topic, each guide with all its screenfuls, the sheets and the question.
 * Lying, at the largest text and in high contrast: languages, home, the topics and one guide. Each is reached on a
 * stage of its own, so the pictures are the same whatever the number of processors; one process each. Writes
 * <out>/NN-screen-….png, numbered as in the design, the type specimen (specimen.h) and <out>/index.html; tells on
 * standard error how far it is, each second.
 */
#ifndef REPLAY_TOUR_H
#define REPLAY_TOUR_H

#include "replay/stage.h"
#include "replay/supply.h"

#include <stdbool.h>

struct tour_setup {
	struct stage_setup stage; /* its size is the upright one's */
	struct supply *supply;
	const char *out;
	char **scripts;
	size_t script_count;
};

bool tour_run(const struct tour_setup *setup, struct err *err);

#endif
