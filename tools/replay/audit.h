/* audit -- every screen in every language, text size, theme and form of screen, held against the rules of the design.
 *
 *	cut       words end in an ellipsis
 *	wide      words are wider than their box
 *	side      words leave the screen
 *	overlap   words lie over other words
 *	glyph     a character has no glyph
 *	target    a target is smaller than 20 mm, or a tile smaller than 30 mm
 *	gap       two targets are closer than 3 mm
 *	name      a control has no name
 *	reach     something to press lies above the reach line, with nothing equal below it
 *	contrast  words have less than 7:1 against what is painted behind them
 *	control   nothing of a control has 3:1 against its ground
 *	focus     the Tab key does not come to a control, or cannot leave it
 *
 * Geometry is looked at in all forms; contrast and focus in one upright and one lying form, where colours and order are
 * decided. Millimetres are those of the reference screen: 96 design pixels are 20 mm.
 *
 * A look at what fits is only the first five, the geometry of words, in one theme: for `vejviser-bundle check --fit`. It
 * writes a line for each of the first 400 different findings, its fields between tabs: rule, screen, language, topic and
 * page (each may be empty), the words, how they are and where.
 *
 * A file of deviations lists what is meant to be so: "rule  screen  what  reason", where `what` is an id or a text and
 * screen and what may hold * and ?. A finding that no line allows fails the audit, and so does a line that allows
 * nothing any more: the list only shrinks.
 */
#ifndef REPLAY_AUDIT_H
#define REPLAY_AUDIT_H

#include "base/err.h"
#include "replay/stage.h"
#include "replay/supply.h"

#include <stdbool.h>

struct audit_setup {
	struct stage_setup stage; /* its size is not looked at */
	struct supply *supply;
	const char *deviations; /* file, or NULL */
	bool fit;               /* only what fits */
};

/* Writes a TAP line for each rule to standard output, and the findings below it. ERR_FORMAT when a rule is broken; what
 * does not fit is only told. */
bool audit_run(const struct audit_setup *setup, struct err *err);

#endif
