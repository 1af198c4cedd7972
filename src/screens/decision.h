/* decision -- a guide that asks one thing at a time, as it is at the visitor's place: a question, or the result.
 *
 * decision.c finds the place and records a question; result.c records a result. The guide may be in Danish where it is not
 * translated: its words run in its own direction, the kiosk's in the visitor's.
 */
#ifndef SCREENS_DECISION_H
#define SCREENS_DECISION_H

#include "screens/labels.h"
#include "screens/screen.h"

/* Either question or result is there. */
struct decision {
	struct view *view;
	const struct guide *guide;
	const struct guide_question *question;
	const struct guide_result *result;
	int language; /* of the guide's text */
	struct hue hue;
	const char *const *texts[2 + 2 * ANSWERS_MAX]; /* of the question with its answers, or of the result */
	size_t text_count;
	struct labels labels;
};

/* Within what rolls: from here on, words of the guide, or the visitor's own. */
void decision_turn(const struct decision *decision, int language);
/* Whether the guide is to be believed, in the visitor's own words. Returns the height, with the gap above. */
float decision_labels(const struct decision *decision, struct box box);
/* What has changed of it in Danish. Returns the height, with the gap above. */
float decision_changes(const struct decision *decision, struct box box);
/* `lies`: the answer given and the result stand still at the start, the rest beside them. */
void decision_result(struct decision *decision, bool lies);

#endif
