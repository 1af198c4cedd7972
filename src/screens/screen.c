#include "screens/screen.h"

#include "base/array.h"

#include <stdio.h>

const struct screen screens[] = {
	[SCREEN_ATTRACT] = {.name = "attract", .draw = attract_draw},
	[SCREEN_LANGUAGE] = {.name = "language", .draw = language_draw, .top = true, .navigation = true},
	[SCREEN_HOME] = {.name = "home", .draw = home_draw, .top = true, .tools = true, .navigation = true},
	[SCREEN_TOPIC] = {.name = "topic", .draw = topic_draw, .top = true, .tools = true, .navigation = true},
	[SCREEN_GUIDE] = {.name = "guide", .draw = guide_draw, .top = true, .tools = true, .navigation = true},
	[SCREEN_DECISION] = {.name = "decision", .draw = decision_draw, .top = true, .tools = true, .navigation = true},
	[SCREEN_PLACES] = {.name = "places",
			   .draw = places_draw,
			   .top = true,
			   .tools = true,
			   .navigation = true,
			   .crumb = WORD_PLACES},
	[SCREEN_PLACE] = {.name = "place",
			  .draw = place_draw,
			  .top = true,
			  .tools = true,
			  .navigation = true,
			  .crumb = WORD_PLACES},
	[SCREEN_EVENTS] = {.name = "events",
			   .draw = events_draw,
			   .top = true,
			   .tools = true,
			   .navigation = true,
			   .crumb = WORD_EVENTS},
	[SCREEN_PHRASES] = {.name = "phrases",
			    .draw = phrases_draw,
			    .top = true,
			    .tools = true,
			    .navigation = true,
			    .crumb = WORD_PHRASES},
	[SCREEN_PHRASE] = {.name = "phrase",
			   .draw = phrase_draw,
			   .top = true,
			   .tools = true,
			   .navigation = true,
			   .crumb = WORD_PHRASES},
	[SCREEN_SITUATION] = {.name = "situation",
			      .draw = situation_draw,
			      .top = true,
			      .tools = true,
			      .navigation = true,
			      .crumb = WORD_MY_SITUATION},
	[SCREEN_PATH] = {.name = "path",
			 .draw = path_draw,
			 .top = true,
			 .tools = true,
			 .navigation = true,
			 .crumb = WORD_MY_SITUATION},
	[SCREEN_STORY] = {.name = "story", .draw = story_draw, .top = true, .tools = true, .navigation = true},
	[SCREEN_STAFF] = {.name = "staff", .draw = staff_page_draw, .top = true, .navigation = true},
};
static_assert(ARRAY_LEN(screens) == SCREEN_COUNT, "a screen has no row");

const struct sheet screen_sheets[] = {
	[SHEET_NONE] = {0},
	[SHEET_EMERGENCY] = {.name = "emergency", .draw = emergency_draw},
	[SHEET_TEXT] = {.name = "text", .draw = contrast_draw},
	[SHEET_NOTICES] = {.name = "notices", .draw = notices_draw},
};
static_assert(ARRAY_LEN(screen_sheets) == SHEET_COUNT, "a sheet has no row");

struct action screen_action(enum verb verb, int number, const char *subject)
{
	struct action action = {.verb = (int)verb, .number = number};
	snprintf(action.subject, sizeof(action.subject), "%s", subject ? subject : "");
	return action;
}
