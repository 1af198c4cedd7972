/* act -- what becomes of the visit when a visitor asks for something. */
#ifndef SCREENS_ACT_H
#define SCREENS_ACT_H

#include "screens/screen.h"

/* Does what the action says; only the visit changes, and in ui how far the view has rolled. */
void act(struct visit *visit, struct ui *ui, const struct action *action);

#endif
