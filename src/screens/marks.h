/* marks -- what has changed in the Danish text of a page since it was translated, with the Danish beside it.
 *
 * On a guide, a path and the like marks_texts() stands by what they are about. On a page column_blocks() goes through the
 * pairs in order: marks_next() before each paragraph of its own, which also records what stands in Danish alone, then
 * marks_after() or, where the mark goes round the words, marks_box(); and marks_rest() at the end.
 */
#ifndef SCREENS_MARKS_H
#define SCREENS_MARKS_H

#include "screens/column.h"
#include "screens/pairs.h"

struct marks {
	struct pairs pairs;
	size_t at;
};

/* Something has changed, and it is known what. */
bool marks_any(const struct pairs *pairs);

/* The pair of the next paragraph; NULL: it has no mark. */
const struct pair *marks_next(struct column *column);
/* The mark under a paragraph; a pair that is NULL is passed over. */
void marks_after(struct column *column, const struct pair *pair);
void marks_rest(struct column *column);

/* A mark round words that are `own` high: at the top what has happened, then room for them (from *words on), then the
 * Danish. Returns its height; only measures unless `draw`. */
float marks_box(struct column *column, struct box box, const struct pair *pair, float own, float *words, bool draw);
/* From the box's edge to its words. */
#define MARKS_START 30.0f
#define MARKS_END   24.0f

/* One of these texts of view->item, each named by its member, has changed in Danish. */
bool marks_changed(const struct view *view, const char *const *const texts[], size_t count);
/* Of such texts: what the Danish of those that have changed is now. Returns its height with the gap above, 0 where none
 * has; only measures unless `draw`. */
float marks_texts(struct view *view, struct box box, const char *const *const texts[], size_t count, bool draw);

#endif
