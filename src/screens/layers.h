/* layers -- one frame from the paper up: the page with its bars, the sheet over it, the question over all. */
#ifndef SCREENS_LAYERS_H
#define SCREENS_LAYERS_H

#include "screens/screen.h"

void layers_draw(struct view *view);

#endif
