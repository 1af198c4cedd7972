/* quick -- what helps at once, on the home screen: 112, the first guide, my situation, and what is open now. */
#ifndef SCREENS_QUICK_H
#define SCREENS_QUICK_H

#include "screens/screen.h"

/* In one line, or under each other where the text is large; only measured or drawn. Returns the height. */
float quick_row(struct view *view, struct box box, bool draw);
/* Where the screen lies: under each other, 112 and the last one beside it at the end. Returns where it begins; the lower end
 * is given. */
float quick_lying(struct view *view, float low);
/* My situation stands there: where nothing is open, and where the screen lies; else below the topics. */
bool quick_has_situation(const struct view *view, bool lying);

#endif
