#include "screens/arrive.h"

#include "screens/guides.h"
#include "screens/screen.h"

#include <string.h>

static int screen_named(const char *name)
{
	int screen = 0;
	while (screen < SCREEN_COUNT && strcmp(screens[screen].name, name) != 0)
		screen++;
	return screen;
}

/* The guide, set of phrases or path is there. */
static bool is_item(const struct content *content, enum item_kind kind, const char *id)
{
	bool translated;
	return id && content_item_title(content, 0, kind, id, &translated);
}

/* What the screen shows is there. */
static bool is_there(const struct content *content, int screen, const char *topic, const char *page)
{
	bool translated;
	struct visit trial = {0};
	switch (screen) {
	case SCREEN_DECISION:
		return topic && guides_place(&trial, content, topic, page);
	case SCREEN_PLACE:
		return topic && content_place(content, 0, topic);
	case SCREEN_TOPIC:
		return topic && content_topic(content, topic);
	case SCREEN_GUIDE:
		return topic && page && content_page_title(content, 0, topic, page, &translated);
	case SCREEN_PHRASES:
		return !topic || is_item(content, ITEM_PHRASES, topic);
	case SCREEN_PHRASE:
		return is_item(content, ITEM_PHRASES, topic);
	case SCREEN_PATH:
		return is_item(content, ITEM_PATH, topic);
	case SCREEN_STORY:
		return is_item(content, ITEM_STORY, topic);
	default:
		return true;
	}
}

static bool has_topic(int screen)
{
	return screen == SCREEN_TOPIC || screen == SCREEN_GUIDE || screen == SCREEN_PLACE || screen == SCREEN_PHRASE ||
	       screen == SCREEN_PATH || screen == SCREEN_STORY;
}

static const char *topic_of_story(const struct content *content, const char *id)
{
	const struct item_list *stories = &content_bundle(content)->items[ITEM_STORY];
	for (size_t i = 0; i < stories->count; i++)
		if (strcmp(stories->entries[i].id, id) == 0)
			return stories->entries[i].topic;
	return NULL;
}

/* The way a visitor would have come. */
static void place_before(const struct content *content, struct visit *visit, int screen, const char *topic)
{
	if (screen == SCREEN_GUIDE)
		visit_go(visit, SCREEN_TOPIC, topic, NULL);
	if (screen == SCREEN_STORY && topic_of_story(content, topic))
		visit_go(visit, SCREEN_TOPIC, topic_of_story(content, topic), NULL);
	if (screen == SCREEN_PHRASE)
		visit_go(visit, SCREEN_PHRASES, NULL, NULL);
	if (screen == SCREEN_PATH)
		visit_go(visit, SCREEN_SITUATION, NULL, NULL);
}

int arrive_where(const struct content *content, const char *screen, const char *topic, const char *page)
{
	int where = screen_named(screen);
	return where < SCREEN_COUNT && is_there(content, where, topic, page) ? where : SCREEN_COUNT;
}

void arrive(struct visit *visit, const struct content *content, int where, const char *topic, const char *page)
{
	visit_go(visit, SCREEN_HOME, NULL, NULL);
	place_before(content, visit, where, topic);
	if (where == SCREEN_DECISION)
		guides_place(visit, content, topic, page);
	else
		visit_go(visit, where, has_topic(where) ? topic : NULL,
			 where == SCREEN_GUIDE || where == SCREEN_PHRASE ? page : NULL);
	if (where == SCREEN_PHRASES)
		visit_part(visit, topic);
	if (where == SCREEN_STORY)
		visit_part(visit, page);
	visit->staff = where == SCREEN_STAFF && topic;
}
