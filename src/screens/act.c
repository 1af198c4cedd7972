#include "screens/act.h"

#include "base/array.h"

#include <stdio.h>
#include <string.h>

static void speak(struct visit *visit, const char *lang)
{
	snprintf(visit->lang, sizeof(visit->lang), "%.*s", VISIT_LANG_MAX - 1, lang);
}

static void start(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	speak(visit, action->subject);
	visit_go(visit, SCREEN_LANGUAGE, NULL, NULL);
}

/* Back to where the visitor was, in the other language; who has been nowhere yet goes home. */
static void language(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	speak(visit, action->subject);
	if (!visit_back(visit))
		visit_restart(visit, SCREEN_HOME);
}

/* What is read begins at its top. */
static void instead(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	snprintf(visit->instead, sizeof(visit->instead), "%.*s", VISIT_LANG_MAX - 1, action->subject);
	if (visit_here(visit))
		visit_here(visit)->scroll = 0;
}

static void languages(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_go(visit, SCREEN_LANGUAGE, NULL, NULL);
}

static void topic(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_TOPIC, action->subject, NULL);
}

/* "set/phrase": a place of two. */
static void go_two(struct visit *visit, enum screen_id screen, const char *subject)
{
	char path[UI_SUBJECT_MAX];
	snprintf(path, sizeof(path), "%s", subject);
	char *slash = strchr(path, '/');
	if (!slash)
		return;
	*slash = '\0';
	visit_go(visit, (int)screen, path, slash + 1);
}

static void page(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	go_two(visit, SCREEN_GUIDE, action->subject);
}

static void phrases(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_PHRASES, NULL, NULL);
	if (action->subject[0])
		visit_part(visit, action->subject);
}

/* What is shown begins at its top. */
static void turn(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_part(visit, action->subject);
	if (visit_here(visit))
		visit_here(visit)->scroll = 0;
}

static void phrase(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	go_two(visit, SCREEN_PHRASE, action->subject);
}

static void situation(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_go(visit, SCREEN_SITUATION, NULL, NULL);
}

static void path(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_PATH, action->subject, NULL);
}

static void story(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_STORY, action->subject, NULL);
}

static void part(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_part(visit, action->subject);
}

/* Then the next step is open. */
static void mark(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_mark(visit, action->subject);
	if (visit_is_done(visit, action->subject))
		visit_part(visit, NULL);
}

static void back(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_back(visit);
}

static void home(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_restart(visit, SCREEN_HOME);
}

/* No different from going home: nothing behind it is kept. But it may look different, so it has a name. */
static void quit(struct visit *visit, struct ui *ui, const struct action *action)
{
	home(visit, ui, action);
}

static void audience(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit->audience = action->number;
}

static void more(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)visit;
	ui_scroll_by(ui, (float)action->number);
}

static void danish(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit->danish = !visit->danish;
}

static void sheet(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit->sheet = action->number;
	if (visit->lang[0] == '\0')
		speak(visit, action->subject);
}

static void close_sheet(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit->sheet = SHEET_NONE;
}

static void text_size(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit->text_size = action->number;
}

static void contrast(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit->high_contrast = action->number != 0;
}

static void calm(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit->calm = !visit->calm;
}

static void reset(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit->text_size = TEXT_100;
	visit->high_contrast = false;
	visit->calm = false;
}

/* The touch itself has said that somebody is here. */
static void stay(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)visit;
	(void)ui;
	(void)action;
}

static void leave(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_wipe(visit);
}

static void decide(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_DECISION, action->subject, NULL);
}

/* The answer is kept with its question, so that going back shows it. */
static void answer(struct visit *visit, struct ui *ui, const struct action *action)
{
	char text[UI_SUBJECT_MAX], guide[VISIT_ID_MAX];
	const struct visit_place *here = visit_here(visit);
	(void)ui;
	snprintf(text, sizeof(text), "%s", action->subject);
	char *slash = strchr(text, '/');
	if (!slash || !here)
		return;
	*slash = '\0';
	snprintf(guide, sizeof(guide), "%s", here->topic);
	visit_part(visit, text);
	visit_go(visit, SCREEN_DECISION, guide, slash + 1);
}

static bool is_further_on(const struct visit_place *here, const char *guide)
{
	return here && here->screen == SCREEN_DECISION && here->page[0] && strcmp(here->topic, guide) == 0;
}

static void start_over(struct visit *visit, struct ui *ui, const struct action *action)
{
	char guide[VISIT_ID_MAX];
	struct visit_place *here = visit_here(visit);
	(void)ui;
	(void)action;
	if (!here)
		return;
	snprintf(guide, sizeof(guide), "%s", here->topic);
	while (is_further_on(visit_here(visit), guide) && visit_back(visit))
		;
	visit_go(visit, SCREEN_DECISION, guide, NULL);
	visit_part(visit, NULL);
	visit_here(visit)->scroll = 0;
}

static void places(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_PLACES, NULL, NULL);
	visit_here(visit)->filter = (struct visit_filter){.open_now = action->number != 0};
}

static void place(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_go(visit, SCREEN_PLACE, action->subject, NULL);
}

static void events(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_go(visit, SCREEN_EVENTS, NULL, NULL);
}

/* What a list is narrowed down to; the verb says by what. */
static void filter(struct visit *visit, struct ui *ui, const struct action *action)
{
	struct visit_place *here = visit_here(visit);
	(void)ui;
	if (!here)
		return;
	struct visit_filter *filter = &here->filter;
	if (action->verb == VERB_KIND)
		*filter = (struct visit_filter){.kind = action->number, .open_now = filter->open_now};
	else if (action->verb == VERB_ACTIVITY)
		snprintf(filter->activity, sizeof(filter->activity), "%.*s", VISIT_ID_MAX - 1, action->subject);
	else if (action->verb == VERB_TOWN)
		snprintf(filter->town, sizeof(filter->town), "%.*s", VISIT_TOWN_MAX - 1, action->subject);
	else if (action->verb == VERB_FRITIDSPAS)
		filter->fritidspas = !filter->fritidspas;
	else if (action->verb == VERB_OPEN_NOW)
		filter->open_now = !filter->open_now;
	else if (action->verb == VERB_DAY)
		filter->day = action->number;
	else
		*filter = (struct visit_filter){0};
}

static void staff(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_go(visit, SCREEN_STAFF, NULL, NULL);
}

static void digit(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	visit_type_pin(visit, action->number);
}

static void erase(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)ui;
	(void)action;
	visit_erase_pin(visit);
}

/* More than the visit: the terminal does it. */
static void elsewhere(struct visit *visit, struct ui *ui, const struct action *action)
{
	(void)visit;
	(void)ui;
	(void)action;
}

static void (*const acts[])(struct visit *, struct ui *, const struct action *) = {
	[VERB_START] = start,
	[VERB_LANGUAGE] = language,
	[VERB_LANGUAGES] = languages,
	[VERB_TOPIC] = topic,
	[VERB_PAGE] = page,
	[VERB_BACK] = back,
	[VERB_HOME] = home,
	[VERB_MORE] = more,
	[VERB_DANISH] = danish,
	[VERB_SHEET] = sheet,
	[VERB_CLOSE] = close_sheet,
	[VERB_TEXT_SIZE] = text_size,
	[VERB_CONTRAST] = contrast,
	[VERB_CALM] = calm,
	[VERB_RESET] = reset,
	[VERB_STAY] = stay,
	[VERB_LEAVE] = leave,
	[VERB_QUIT] = quit,
	[VERB_AUDIENCE] = audience,
	[VERB_DECIDE] = decide,
	[VERB_ANSWER] = answer,
	[VERB_PLACES] = places,
	[VERB_START_OVER] = start_over,
	[VERB_PLACE] = place,
	[VERB_EVENTS] = events,
	[VERB_KIND] = filter,
	[VERB_ACTIVITY] = filter,
	[VERB_TOWN] = filter,
	[VERB_FRITIDSPAS] = filter,
	[VERB_OPEN_NOW] = filter,
	[VERB_ALL] = filter,
	[VERB_DAY] = filter,
	[VERB_PHRASES] = phrases,
	[VERB_SAY] = turn,
	[VERB_PHRASE] = phrase,
	[VERB_SITUATION] = situation,
	[VERB_PATH] = path,
	[VERB_PART] = part,
	[VERB_STORY] = story,
	[VERB_TURN] = turn,
	[VERB_MARK] = mark,
	[VERB_INSTEAD] = instead,
	[VERB_STAFF] = staff,
	[VERB_DIGIT] = digit,
	[VERB_ERASE] = erase,
	[VERB_UNLOCK] = elsewhere,
	[VERB_FETCH] = elsewhere,
};
static_assert(ARRAY_LEN(acts) == VERB_COUNT, "a verb does nothing");

void act(struct visit *visit, struct ui *ui, const struct action *action)
{
	if (action->verb > VERB_NONE && action->verb < VERB_COUNT)
		acts[action->verb](visit, ui, action);
}
