/* rules -- what is wrong with one frame; the rules are those of replay/audit.h.
 *
 * Pure but for rules_focus(), which presses the Tab key on the stage. Items are the last frame's.
 */
#ifndef REPLAY_RULES_H
#define REPLAY_RULES_H

#include "base/err.h"
#include "replay/stage.h"

#include <stdbool.h>

enum rule {
	RULE_CUT,
	RULE_WIDE,
	RULE_SIDE,
	RULE_OVERLAP,
	RULE_GLYPH,
	RULE_TARGET,
	RULE_GAP,
	RULE_NAME,
	RULE_REACH,
	RULE_CONTRAST,
	RULE_CONTROL,
	RULE_FOCUS,
	RULE_COUNT
};

const char *rule_name(enum rule rule);

/* Gets each finding: what it is about (an id, else a text), and how it is. False stops, with err set. */
struct rules_report {
	bool (*found)(void *context, enum rule rule, const char *what, const char *how, struct err *err);
	void *context;
};

bool rules_geometry(const struct ui *ui, const struct rules_report *report, struct err *err);
/* `picture` shows the frame. */
bool rules_colours(const struct ui *ui, pixman_image_t *picture, const struct rules_report *report, struct err *err);
bool rules_focus(struct stage *stage, const struct rules_report *report, struct err *err);

#endif
