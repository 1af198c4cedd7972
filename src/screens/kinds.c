#include "screens/kinds.h"

#include "base/array.h"

#include <assert.h>

static const struct kind {
	enum word word;
	const char *icon, *topic; /* the hue is the topic's */
} kinds[] = {
	[PLACE_OTHER] = {WORD_KIND_OTHER, "places", "places"},
	[PLACE_OFFICE] = {WORD_KIND_OFFICE, "civic", "places"},
	[PLACE_HEALTH] = {WORD_KIND_HEALTH, "health", "health"},
	[PLACE_DAYCARE] = {WORD_KIND_DAYCARE, "daycare", "daycare"},
	[PLACE_SCHOOL] = {WORD_KIND_SCHOOL, "school", "school"},
	[PLACE_LIBRARY] = {WORD_KIND_LIBRARY, "book", "events"},
	[PLACE_CLUB] = {WORD_KIND_CLUB, "clubs", "clubs"},
	[PLACE_CULTURE] = {WORD_KIND_CULTURE, "events", "events"},
	[PLACE_LANGUAGE] = {WORD_KIND_LANGUAGE, "language", "language"},
	[PLACE_WORK] = {WORD_KIND_WORK, "work", "work"},
	[PLACE_SENIORS] = {WORD_KIND_SENIORS, "seniors", "seniors"},
};
static_assert(ARRAY_LEN(kinds) == PLACE_KIND_COUNT, "a kind of place has no look");

enum word kind_word(enum place_kind kind)
{
	return kinds[kind].word;
}

const char *kind_icon(enum place_kind kind)
{
	return kinds[kind].icon;
}

struct hue kind_hue(const struct view *view, enum place_kind kind)
{
	return theme_hue(ui_theme(view->ui), kinds[kind].topic);
}

const char *kind_topic(enum place_kind kind)
{
	return kinds[kind].topic;
}
