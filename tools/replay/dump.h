/* dump -- a frame in words: one line an item, in reading order.
 *
 *	layer role id "name" language x,y wxh [unseen] [chosen] [disabled: reason]
 *
 * The rectangle is the whole item's, in device pixels; "-" stands for no id. In names, a new line is \n, a quote \",
 * and the marks of bidi isolates and no-break spaces are written as {LRI}, {PDI} and the like, because nobody can see
 * them.
 */
#ifndef REPLAY_DUMP_H
#define REPLAY_DUMP_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/ui.h"

#include <stdbool.h>
#include <stdio.h>

bool dump_append(const struct ui *ui, struct buf *out, struct err *err);
bool dump_write(const struct ui *ui, const char *path, struct err *err);
/* What can be seen, shortly, for a person who wonders why a script failed. */
void dump_tell(const struct ui *ui, FILE *to);

#endif
