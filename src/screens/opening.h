/* opening -- in the visitor's language, whether a place is open and when.
 *
 * Times are of the clock on the wall, "16:00", isolated from left to right. What is not known is said, never guessed.
 */
#ifndef SCREENS_OPENING_H
#define SCREENS_OPENING_H

#include "screens/column.h"
#include "ui/widgets.h"

/* "Open now until 17:00", "Closed. Opens: Monday 10:00" */
struct widget_status opening_status(const struct view *view, const struct hours *hours);
/* "16:00" */
const char *opening_time(const struct view *view, int minute);
/* "16:00–20:00" */
const char *opening_span(const struct view *view, int from, int to);
/* A card: days with the same hours on one line, today by itself and tinted; then the dates to come that differ. Nothing when the
 * hours are not known. */
void opening_table(struct column *column, const struct hours *hours);

#endif
