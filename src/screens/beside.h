/* beside -- a page and its Danish text, paragraph beside paragraph; one under the other when the text is large. */
#ifndef SCREENS_BESIDE_H
#define SCREENS_BESIDE_H

#include "screens/screen.h"

/* Of view->page and view->danish, in this room. Returns how much has been seen, 0-1. */
float beside_draw(struct view *view, struct box room);

#endif
