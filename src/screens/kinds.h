/* kinds -- what a kind of place is called and how it looks: its word, pictogram, hue and picture. */
#ifndef SCREENS_KINDS_H
#define SCREENS_KINDS_H

#include "screens/screen.h"

enum word kind_word(enum place_kind kind);
const char *kind_icon(enum place_kind kind);
struct hue kind_hue(const struct view *view, enum place_kind kind);
/* The topic whose picture stands over such a place, where the content has it; else the firmware's picture of places. */
const char *kind_topic(enum place_kind kind);

#endif
