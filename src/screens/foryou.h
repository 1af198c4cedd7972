/* foryou -- a topic's pages for this visitor: those that are for people like them first, and no page hidden. */
#ifndef SCREENS_FORYOU_H
#define SCREENS_FORYOU_H

#include "screens/screen.h"

/* Some page of the topic is for particular people, so there is something to choose. */
bool foryou_there(const struct topic_entry *topic);
/* The choice, in lines as long as the text allows, with its title or without. Returns its height. */
float foryou_draw(struct view *view, struct box box, bool titled);
/* The topic's page ids in this visitor's order, as many as it has; in the frame's arena or the topic's own. */
const char *const *foryou_pages(const struct view *view, const struct topic_entry *topic);

#endif
