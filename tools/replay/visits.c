#include "replay/visits.h"

#include "base/array.h"
#include "replay/find.h"
#include "replay/finger.h"
#include "screens/screen.h"

#include <stdio.h>
#include <string.h>

#define SETTLE_MS      1000 /* until nothing moves any more */
#define GREETING_MS    100  /* how often to look whether the greeting wanted has come */
#define GREETINGS_MS   300000
#define SCREENFULS_MAX 30

enum subject {
	SUBJECT_NONE,
	SUBJECT_TOPIC,
	SUBJECT_PAGE,
	SUBJECT_GUIDE, /* every question and result of it */
	SUBJECT_PLACE,
	SUBJECT_PHRASES,
	SUBJECT_PATH,
	SUBJECT_STORY, /* every part of it */
	SUBJECT_STAFF  /* in their language whatever the visitor's, so in the source's only */
};

struct going {
	const struct visits_one *visit;
	struct stage *stage;
	const struct visits_camera *camera;
};

/* Presses what asks for an action. */
static bool press(struct stage *stage, enum verb verb, int number, const char *subject, struct err *err)
{
	const struct ui *ui = stage_ui(stage);
	int top = find_top_layer(ui);

	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->layer == top && item->action.verb == (int)verb && item->action.number == number &&
		    (!subject || strcmp(item->action.subject, subject) == 0) && !rect_empty(item->seen))
			return finger_tap(stage, finger_middle(item), err) && stage_wait(stage, SETTLE_MS, NULL, err);
	}
	return err_set(err, ERR_MISSING, "nothing on the screen leads to verb %d, number %d, %s", (int)verb, number,
		       subject ? subject : "any subject");
}

/* `screenful` counts from 1. */
static bool take(const struct going *going, int screenful, struct err *err);

/* Places the visitor there, with the look they have chosen, where nothing is known of the server. */
static bool place(const struct going *going, const char *screen, struct err *err)
{
	const struct visits_one *visit = going->visit;

	terminal_heard(stage_terminal(going->stage), 0);
	return stage_place(going->stage, screen, visit->lang, visit->topic, visit->page, err) &&
	       stage_look(going->stage, &visit->style, err) && stage_wait(going->stage, SETTLE_MS, NULL, err);
}

/* Whether the page goes on below. */
static const struct ui_item *find_more(const struct ui *ui)
{
	int top = find_top_layer(ui);

	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->layer == top && item->action.verb == VERB_MORE && !rect_empty(item->seen))
			return item;
	}
	return NULL;
}

static bool take_all(const struct going *going, struct err *err)
{
	if (!take(going, 1, err))
		return false;
	if (going->camera->once)
		return true;
	for (int screenful = 2; screenful <= SCREENFULS_MAX; screenful++) {
		const struct ui_item *more = find_more(stage_ui(going->stage));
		if (!more)
			return true;
		if (!finger_tap(going->stage, finger_middle(more), err) ||
		    !stage_wait(going->stage, SETTLE_MS, NULL, err) || !take(going, screenful, err))
			return false;
	}
	return err_set(err, ERR_LIMIT, "it has more than %d screenfuls", SCREENFULS_MAX);
}

/* Waits for the greeting in the visit's language. */
static bool go_attract(const struct going *going, const char *screen, struct err *err)
{
	(void)screen;
	for (int64_t waited = 0; waited < GREETINGS_MS; waited += GREETING_MS) {
		const struct ui *ui = stage_ui(going->stage);
		for (size_t i = 0; i < ui_item_count(ui); i++) {
			const struct action *action = &ui_item(ui, i)->action;
			if (action->verb == VERB_START && strcmp(action->subject, going->visit->lang) == 0)
				return stage_wait(going->stage, SETTLE_MS, NULL, err) && take_all(going, err);
		}
		if (!stage_wait(going->stage, GREETING_MS, NULL, err))
			return false;
	}
	return err_set(err, ERR_MISSING, "the greeting in %s never came", going->visit->lang);
}

static bool go_screen(const struct going *going, const char *screen, struct err *err)
{
	return place(going, screen, err) && take_all(going, err);
}

/* There is no text sheet on the screen of languages: from home. */
static bool go_languages(const struct going *going, const char *screen, struct err *err)
{
	return place(going, screen, err) && press(going->stage, VERB_LANGUAGES, 0, NULL, err) && take_all(going, err);
}

static bool go_emergency(const struct going *going, const char *screen, struct err *err)
{
	return place(going, screen, err) && press(going->stage, VERB_SHEET, SHEET_EMERGENCY, NULL, err) &&
	       take_all(going, err);
}

static bool go_text(const struct going *going, const char *screen, struct err *err)
{
	return place(going, screen, err) && press(going->stage, VERB_SHEET, SHEET_TEXT, NULL, err) &&
	       take_all(going, err);
}

static bool is_seen(const struct ui *ui, enum verb verb, int number)
{
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->action.verb == (int)verb && item->action.number == number && !rect_empty(item->seen))
			return true;
	}
	return false;
}

/* The row of messages may lie further down. */
static bool go_notices(const struct going *going, const char *screen, struct err *err)
{
	if (!place(going, screen, err))
		return false;
	for (int i = 0; i < SCREENFULS_MAX && !is_seen(stage_ui(going->stage), VERB_SHEET, SHEET_NOTICES); i++) {
		const struct ui_item *more = find_more(stage_ui(going->stage));
		if (!more)
			break;
		if (!finger_tap(going->stage, finger_middle(more), err) ||
		    !stage_wait(going->stage, SETTLE_MS, NULL, err))
			return false;
	}
	/* The content may have no message that is in force. */
	return !is_seen(stage_ui(going->stage), VERB_SHEET, SHEET_NOTICES) ||
	       (press(going->stage, VERB_SHEET, SHEET_NOTICES, NULL, err) && take_all(going, err));
}

static bool go_unheard(const struct going *going, const char *screen, struct err *err)
{
	return place(going, screen, err) && stage_heard(going->stage, TERMINAL_NEVER, err) && take_all(going, err);
}

static bool go_question(const struct going *going, const char *screen, struct err *err)
{
	if (!place(going, screen, err))
		return false;
	while (terminal_visit(stage_terminal(going->stage))->state == VISIT_HERE)
		if (!stage_wait(going->stage, SETTLE_MS, NULL, err))
			return false;
	return stage_wait(going->stage, SETTLE_MS, NULL, err) && take_all(going, err);
}

static bool go_staff(const struct going *going, const char *screen, struct err *err)
{
	const struct visits_one *visit = going->visit;

	return stage_place(going->stage, screen, visit->lang, "open", NULL, err) &&
	       stage_look(going->stage, &visit->style, err) && stage_wait(going->stage, SETTLE_MS, NULL, err) &&
	       take_all(going, err);
}

static const struct screen_row {
	const char *number, *name, *title;
	const char *screen; /* of terminal_place() */
	enum subject subject;
	bool all_looks;
	bool (*go)(const struct going *going, const char *screen, struct err *err);
} rows[] = {
	{"01", "attract", "01 Attract", "attract", SUBJECT_NONE, false, go_attract},
	{"02", "language", "02 Languages", "home", SUBJECT_NONE, true, go_languages},
	{"03", "home", "03 Home", "home", SUBJECT_NONE, true, go_screen},
	{"04", "topic", "04 Topic", "topic", SUBJECT_TOPIC, true, go_screen},
	{"05", "guide", "05 Guide", "guide", SUBJECT_PAGE, true, go_screen},
	{"07", "where-do-i-go", "07 Guided decision", "decision", SUBJECT_GUIDE, true, go_screen},
	{"08", "places", "08 Places", "places", SUBJECT_NONE, true, go_screen},
	{"08", "place", "08 Place", "place", SUBJECT_PLACE, true, go_screen},
	{"09", "events", "09 Events", "events", SUBJECT_NONE, true, go_screen},
	{"10", "phrases", "10 Phrases", "phrases", SUBJECT_PHRASES, true, go_screen},
	{"10", "phrase", "10 A phrase on the whole screen", "phrase", SUBJECT_PHRASES, true, go_screen},
	{"13", "text-contrast", "13 Text and contrast", "home", SUBJECT_NONE, true, go_text},
	{"14", "still-there", "14 Are you still there?", "home", SUBJECT_NONE, true, go_question},
	{"16", "staff-pin", "16 The PIN", "staff", SUBJECT_STAFF, true, go_screen},
	{"16", "staff", "16 The staff's page", "staff", SUBJECT_STAFF, true, go_staff},
	{"17", "no-connection", "17 No connection", "events", SUBJECT_NONE, true, go_unheard},
	{"18", "situation", "18 My situation", "situation", SUBJECT_NONE, true, go_screen},
	{"18", "path", "18 What to do", "path", SUBJECT_PATH, true, go_screen},
	{"20", "picture-story", "20 Picture story", "story", SUBJECT_STORY, true, go_screen},
	{"25", "notices", "25 Messages", "home", SUBJECT_NONE, true, go_notices},
	{"30", "emergency", "30 Emergency", "home", SUBJECT_NONE, true, go_emergency},
};

static bool take(const struct going *going, int screenful, struct err *err)
{
	static const char *const looks[] = {
		[LOOK_UPRIGHT] = "", [LOOK_LYING] = "-landscape", [LOOK_LARGE] = "-200", [LOOK_CONTRAST] = "-contrast"};
	static_assert(ARRAY_LEN(looks) == LOOK_COUNT, "a look has no name");
	const struct visits_one *visit = going->visit;
	const struct screen_row *row = &rows[visit->screen];
	char file[VISITS_FILE_MAX], number[16] = "";

	if (screenful > 1)
		snprintf(number, sizeof(number), "-%d", screenful);
	snprintf(file, sizeof(file), "%s-%s%s-%s%s%s%s%s%s.png", row->number, row->name, looks[visit->look],
		 visit->lang, visit->topic ? "-" : "", visit->topic ? visit->topic : "", visit->page ? "-" : "",
		 visit->page ? visit->page : "", number);
	return going->camera->take(going->camera->context, stage_picture(going->stage), file, err);
}

bool visits_go(const struct visits_one *visit, struct stage *stage, const struct visits_camera *camera, struct err *err)
{
	struct going going = {visit, stage, camera};
	const struct screen_row *row = &rows[visit->screen];

	return row->go(&going, row->screen, err) ||
	       err_context(err, "%s in %s%s%s%s%s", row->name, visit->lang, visit->topic ? ", " : "",
			   visit->topic ? visit->topic : "", visit->page ? "/" : "", visit->page ? visit->page : "");
}

const char *visits_title(size_t screen)
{
	return rows[screen].title;
}

const char *visits_name(size_t screen)
{
	return rows[screen].name;
}

/* ---- The list. It is gone through twice: to count, then to fill. */

struct list {
	const struct content *content;
	struct arena *arena;
	struct visits_one *visits; /* NULL while counting */
	size_t count;
};

static void add(struct list *list, const struct visits_one *visit)
{
	if (list->visits)
		list->visits[list->count] = *visit;
	list->count++;
}

static const struct guide *read_guide(const struct list *list, const char *id, struct err *err)
{
	union item_any *item = arena_alloc(list->arena, sizeof(*item));
	int source = content_language(list->content, content_bundle(list->content)->source);

	if (!item) {
		err_memory(err);
		return NULL;
	}
	return content_item(list->content, source, ITEM_GUIDE, id, list->arena, item, err) ? &item->guide : NULL;
}

/* All of them upright; the first guide's first question stands for all in the other looks. */
static bool add_guides(struct list *list, struct visits_one visit, struct err *err)
{
	const struct item_list *guides = &content_bundle(list->content)->items[ITEM_GUIDE];

	for (size_t i = 0; i < guides->count && (i == 0 || visit.look == LOOK_UPRIGHT); i++) {
		const struct guide *guide = read_guide(list, guides->entries[i].id, err);

		if (!guide)
			return false;
		visit.topic = guide->head.id;
		for (size_t j = 0; j < guide->question_count; j++) {
			visit.page = j > 0 ? guide->questions[j].id : NULL;
			if (visit.look == LOOK_UPRIGHT || j == 0)
				add(list, &visit);
		}
		for (size_t j = 0; j < guide->result_count; j++) {
			visit.page = guide->results[j].id;
			if (visit.look == LOOK_UPRIGHT || j == 1)
				add(list, &visit);
		}
	}
	return true;
}

/* Every part upright; the longest sentence is not known, so the first part stands for all in the other looks. */
static bool add_stories(struct list *list, struct visits_one visit, struct err *err)
{
	const struct item_list *stories = &content_bundle(list->content)->items[ITEM_STORY];
	int source = content_language(list->content, content_bundle(list->content)->source);

	for (size_t i = 0; i < stories->count && (i == 0 || visit.look == LOOK_UPRIGHT); i++) {
		union item_any *item = arena_alloc(list->arena, sizeof(*item));

		if (!item)
			return err_memory(err);
		if (!content_item(list->content, source, ITEM_STORY, stories->entries[i].id, list->arena, item, err))
			return false;
		visit.topic = item->head.id;
		for (size_t j = 0; j < item->story.part_count; j++) {
			visit.page = item->story.parts[j].id;
			if (visit.look == LOOK_UPRIGHT || j == 0)
				add(list, &visit);
		}
	}
	return true;
}

static void add_places(struct list *list, struct visits_one visit)
{
	const struct places *places = content_source_places(list->content);

	for (size_t i = 0; i < places->count; i++) {
		visit.topic = places->places[i].id;
		if (visit.look == LOOK_UPRIGHT || i == 0)
			add(list, &visit);
	}
}

/* Every page upright; one page, the first of the second topic, stands for all in the other looks. */
static void add_pages(struct list *list, const struct bundle *bundle, struct visits_one visit, enum subject subject)
{
	size_t example = bundle->topic_count > 1 ? 1 : 0;

	for (size_t i = 0; i < bundle->topic_count; i++) {
		const struct topic_entry *topic = &bundle->topics[i];
		visit.topic = topic->id;
		if (subject == SUBJECT_TOPIC)
			add(list, &visit);
		for (size_t j = 0; subject == SUBJECT_PAGE && j < topic->page_count; j++) {
			visit.page = topic->pages[j];
			if (visit.look == LOOK_UPRIGHT || (i == example && j == 0))
				add(list, &visit);
		}
	}
}

/* Every one upright, the first in the other looks. */
static void add_items(struct list *list, const struct item_list *items, struct visits_one visit)
{
	for (size_t i = 0; i < items->count; i++) {
		visit.topic = items->entries[i].id;
		if (visit.look == LOOK_UPRIGHT || i == 0)
			add(list, &visit);
	}
}

static bool add_screen(struct list *list, const struct visits_one *visit, enum subject subject, struct err *err)
{
	const struct bundle *bundle = content_bundle(list->content);

	if (subject == SUBJECT_GUIDE)
		return add_guides(list, *visit, err);
	if (subject == SUBJECT_STORY)
		return add_stories(list, *visit, err);
	if (subject == SUBJECT_NONE || (subject == SUBJECT_STAFF && strcmp(visit->lang, bundle->source) == 0))
		add(list, visit);
	else if (subject == SUBJECT_PLACE)
		add_places(list, *visit);
	else if (subject == SUBJECT_PHRASES)
		add_items(list, &bundle->items[ITEM_PHRASES], *visit);
	else if (subject == SUBJECT_PATH)
		add_items(list, &bundle->items[ITEM_PATH], *visit);
	else if (subject != SUBJECT_STAFF)
		add_pages(list, bundle, *visit, subject);
	return true;
}

static bool add_all(struct list *list, struct err *err)
{
	static const struct terminal_look styles[LOOK_COUNT] = {
		[LOOK_LARGE] = {.text_size = TEXT_200}, [LOOK_CONTRAST] = {.high_contrast = true}};
	const struct bundle *bundle = content_bundle(list->content);
	list->count = 0;
	for (size_t screen = 0; screen < ARRAY_LEN(rows); screen++)
		for (size_t i = 0; i < bundle->language_count; i++)
			for (enum visits_look look = 0; look < LOOK_COUNT; look++) {
				struct visits_one visit = {.screen = screen,
							   .look = look,
							   .style = styles[look],
							   .lang = bundle->languages[i].code};
				if ((look == LOOK_UPRIGHT || rows[screen].all_looks) &&
				    !add_screen(list, &visit, rows[screen].subject, err))
					return false;
			}
	return true;
}

bool visits_list(const struct content *content, struct arena *arena, struct visits_one **out, size_t *count,
		 struct err *err)
{
	struct list list = {.content = content, .arena = arena};

	if (!add_all(&list, err))
		return false;
	list.visits = arena_array(arena, list.count, sizeof(list.visits[0]));
	if (!list.visits)
		return err_memory(err);
	if (!add_all(&list, err))
		return false;
	*out = list.visits;
	*count = list.count;
	return true;
}
