/* arrive -- puts a visitor straight onto a screen, with the way behind them that they would have come. For tests, the tour
 * and staff who look at one page; see terminal_place().
 *
 *	where = arrive_where(content, "guide", "clubs", "library")
 *	if where is a screen:  arrive(visit, content, where, ...)
 */
#ifndef SCREENS_ARRIVE_H
#define SCREENS_ARRIVE_H

#include "content/content.h"
#include "visit/visit.h"

/* The screen of that name; SCREEN_COUNT when there is none, or not what it would show. */
int arrive_where(const struct content *content, const char *screen, const char *topic, const char *page);

/* The visit is fresh, but for its language. */
void arrive(struct visit *visit, const struct content *content, int where, const char *topic, const char *page);

#endif
