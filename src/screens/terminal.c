#include "screens/terminal.h"

#include "base/arena.h"
#include "base/log.h"
#include "draw/paint.h"
#include "screens/act.h"
#include "screens/arrive.h"
#include "screens/door.h"
#include "screens/layers.h"
#include "screens/motion.h"
#include "screens/reading.h"
#include "screens/screen.h"
#include "tokens.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_A_MINUTE 60
#define SECOND_MS        1000
/* A frame is recorded again until what it was laid out for is what it turned out to be; more would mean that it never
 * is. */
#define PASSES_MAX 4

#define SHEET_OUT_MS 200
#define FRAME_MS     16

/* What is in front of the visitor, as far as a change of it ends what a finger was doing. */
struct shown {
	struct visit_place place;
	size_t depth;
	int sheet;
	bool asking, staff;
};

struct terminal {
	struct visit_limits idle;
	float mm_per_px;
	int frame_ms;
	int64_t heard_utc_s;
	char *doctor_phone, *here;
	bool at_once;
	struct door door;
	const struct staff_state *staff; /* NULL: nothing is known */
	bool wants_fetch;
	struct text *text;
	struct pictures *pictures;
	struct ui *ui;
	struct painter *painter;
	struct content *content; /* NULL: none was ever offered */
	struct content *offered; /* waits for the next change of screen; NULL: none */
	struct visit visit;
	struct shown shown;
	struct reading reading, danish; /* the page, and its Danish text where it stands beside it */
	struct arena scratch;
	struct recall recall;
	struct arena remark_arena;
	struct remark remarks[REMARKS_MAX];
	size_t remark_count;
	struct fit fit;
	float sheet_scroll, question_scroll;
	float nowhere; /* how far the attract screen has rolled: it does not */
	struct {
		struct motion page, sheet, question;
		float way;
		int gone_sheet;
	} motion;
	bool painted; /* the surface shows the last frame */
	bool starved; /* a screen lacked memory */
};

/* T1: somebody who is nowhere and reads no sheet is nobody: a visit begins when the attract screen is left.
 * T2: content is exchanged only together with the screen, but while staff look at what they write.
 * T4: who reads is shown an urgent notice at the next minute, once; on the home screen it stands already. Only a call for
 * help and the question go before it.
 * T3: what belongs to a visitor is in `visit`; settle() forgets what was read when the page is left, and the other views with what they show. */

/* Notices are shown before the pages they come with. */
static const struct content *news(const struct terminal *terminal)
{
	return terminal->offered ? terminal->offered : terminal->content;
}

static bool is_asking(const struct terminal *terminal)
{
	return terminal->visit.state == VISIT_ASKING;
}

static struct shown shown_now(const struct terminal *terminal)
{
	struct shown shown = {.depth = terminal->visit.depth,
			      .sheet = terminal->visit.sheet,
			      .asking = is_asking(terminal),
			      .staff = terminal->visit.staff};
	if (terminal->visit.depth > 0)
		shown.place = terminal->visit.places[terminal->visit.depth - 1];
	shown.place.scroll = 0;
	return shown;
}

static bool same_place(const struct visit_place *a, const struct visit_place *b)
{
	return a->screen == b->screen && strcmp(a->topic, b->topic) == 0 && strcmp(a->page, b->page) == 0;
}

static void take_up(struct terminal *terminal)
{
	if (!terminal->offered)
		return;
	content_close(terminal->content);
	terminal->content = terminal->offered;
	terminal->offered = NULL;
	terminal->reading.content = terminal->danish.content = NULL;
}

static void rest(struct terminal *terminal)
{
	memset(&terminal->motion, 0, sizeof(terminal->motion));
}

/* What changes comes in, or goes, unless nobody is here to see it or the visitor wants a calm screen. */
static void set_in_motion(struct terminal *terminal, const struct shown *before, const struct shown *now, bool moved)
{
	if (terminal->visit.calm || terminal->visit.state == VISIT_AWAY) {
		rest(terminal);
		return;
	}
	if (moved && now->depth > 0) {
		motion_begin(&terminal->motion.page, TOKEN_MOTION_PAGE_MS, terminal->frame_ms);
		terminal->motion.way = now->depth < before->depth ? -1 : 1;
	}
	if (now->sheet != before->sheet) {
		terminal->motion.gone_sheet = now->sheet || moved ? SHEET_NONE : before->sheet;
		bool replaced = before->sheet && (now->sheet || moved);
		motion_begin(&terminal->motion.sheet,
			     replaced     ? 0
			     : now->sheet ? TOKEN_MOTION_SHEET_MS
					  : SHEET_OUT_MS,
			     terminal->frame_ms);
	}
	if (now->asking != before->asking)
		motion_begin(&terminal->motion.question, now->asking ? TOKEN_MOTION_DIALOG_MS : 0, terminal->frame_ms);
}

/* After anything that may have changed what is shown. */
static void settle(struct terminal *terminal)
{
	struct visit *visit = &terminal->visit;
	if (visit->state == VISIT_HERE && visit->depth == 0 && visit->sheet == SHEET_NONE)
		visit_wipe(visit);
	struct shown now = shown_now(terminal), before = terminal->shown;
	bool moved = !same_place(&now.place, &before.place) || now.staff != before.staff;
	if (moved || now.sheet != before.sheet || now.asking != before.asking) {
		ui_leave(terminal->ui);
		terminal->fit = (struct fit){0};
		set_in_motion(terminal, &before, &now, moved);
		if (now.sheet != before.sheet && now.sheet)
			terminal->sheet_scroll = 0;
		if (now.asking != before.asking)
			terminal->question_scroll = 0;
	}
	if (moved) {
		reading_forget(&terminal->reading);
		reading_forget(&terminal->danish);
	}
	if (moved || visit->state == VISIT_AWAY)
		take_up(terminal);
	terminal->shown = now;
}

/* Without content whoever is somewhere is on the staff's page, and there are no words to ask them with. */
static bool is_alone(const struct terminal *terminal)
{
	return !terminal->content && terminal->visit.state != VISIT_AWAY;
}

/* True when another screen or question is shown than a moment ago. */
static bool pass_time(struct terminal *terminal, struct clock now)
{
	bool alone = is_alone(terminal);
	if (door_falls_shut(&terminal->visit, alone, now.mono_ms))
		visit_wipe(&terminal->visit);
	else if (alone || !visit_tick(&terminal->visit, &terminal->idle, now.mono_ms))
		return false;
	settle(terminal);
	return true;
}

/* A copy of what may be missing; false when memory lacks. */
static bool keep(const char *text, char **copy)
{
	*copy = text ? strdup(text) : NULL;
	return *copy || !text;
}

bool terminal_create(const struct terminal_setup *setup, struct terminal **out, struct err *err)
{
	struct terminal *terminal = calloc(1, sizeof(*terminal));
	if (!terminal)
		return err_memory(err);
	terminal->idle = setup->idle;
	terminal->frame_ms = FRAME_MS;
	terminal->at_once = setup->at_once;
	terminal->painter = painter_create();
	bool ok = terminal->painter && keep(setup->doctor_phone, &terminal->doctor_phone) &&
		  keep(setup->here, &terminal->here) && keep(setup->staff_pin, &terminal->door.pin);
	if (!ok)
		err_memory(err);
	ok = ok && text_open(setup->share, &terminal->text, err) &&
	     pictures_create(setup->share, &terminal->pictures, err) &&
	     ui_create(terminal->text, terminal->pictures, &terminal->ui, err);
	if (!ok) {
		terminal_destroy(terminal);
		return false;
	}
	*out = terminal;
	return true;
}

void terminal_destroy(struct terminal *terminal)
{
	if (!terminal)
		return;
	ui_destroy(terminal->ui);
	pictures_destroy(terminal->pictures);
	text_close(terminal->text);
	painter_destroy(terminal->painter);
	content_close(terminal->content);
	content_close(terminal->offered);
	arena_finish(&terminal->reading.arena);
	arena_finish(&terminal->danish.arena);
	arena_finish(&terminal->scratch);
	arena_finish(&terminal->remark_arena);
	free(terminal->doctor_phone);
	free(terminal->here);
	free(terminal->door.pin);
	visit_wipe(&terminal->visit);
	free(terminal);
}

void terminal_offer(struct terminal *terminal, struct content *content)
{
	content_close(terminal->offered);
	terminal->offered = content;
	if (terminal->visit.state == VISIT_AWAY || !terminal->content || terminal->at_once)
		take_up(terminal);
}

void terminal_measure(struct terminal *terminal, float mm_per_px)
{
	terminal->mm_per_px = mm_per_px;
}

void terminal_heard(struct terminal *terminal, int64_t utc_s)
{
	terminal->heard_utc_s = utc_s;
}

void terminal_pace(struct terminal *terminal, int frame_ms)
{
	terminal->frame_ms = frame_ms;
}

bool terminal_remark(struct terminal *terminal, const struct remark *remarks, size_t count, struct err *err)
{
	struct arena *arena = &terminal->remark_arena;
	terminal->remark_count = 0;
	arena_reset(arena);
	for (size_t i = 0; i < count && i < REMARKS_MAX; i++) {
		struct remark *kept = &terminal->remarks[i];
		kept->place = arena_text(arena, remarks[i].place, strlen(remarks[i].place));
		kept->text = arena_text(arena, remarks[i].text, strlen(remarks[i].text));
		if (!kept->place || !kept->text)
			return err_memory(err);
		terminal->remark_count++;
	}
	return true;
}

void terminal_staff(struct terminal *terminal, const struct staff_state *state)
{
	terminal->staff = state;
}

bool terminal_wants_fetch(struct terminal *terminal)
{
	bool wants = terminal->wants_fetch;
	terminal->wants_fetch = false;
	return wants;
}

/* What ends the question at once. A finger may be on its way to one of the two buttons, and keys move towards them:
 * these only start the countdown afresh. */
static bool ends_question(const struct input_event *event, bool acted)
{
	static const bool moves[KEY_COUNT] = {[KEY_NEXT] = true, [KEY_PREVIOUS] = true, [KEY_UP] = true,
					      [KEY_DOWN] = true, [KEY_START] = true,    [KEY_END] = true};
	if (acted || event->kind == INPUT_UP || event->kind == INPUT_WHEEL)
		return true;
	return event->kind == INPUT_KEY && !moves[event->key];
}

static void note_presence(struct terminal *terminal, const struct input_event *event, bool acted, int64_t now_ms)
{
	/* A mouse that is moved past says nothing. */
	if (event->kind == INPUT_MOVE || event->kind == INPUT_CANCEL)
		return;
	if (is_asking(terminal) && !ends_question(event, acted))
		terminal->visit.asked_ms = now_ms;
	else
		visit_touch(&terminal->visit, now_ms);
}

/* The key that goes back closes what lies on top first; true when it did. */
static bool key_back(struct terminal *terminal, const struct input_event *event, bool was_asking)
{
	struct visit *visit = &terminal->visit;
	if (event->kind != INPUT_KEY || event->key != KEY_BACK || was_asking)
		return false;
	if (visit->sheet) {
		visit->sheet = SHEET_NONE;
		return true;
	}
	return visit_back(visit);
}

void terminal_input(struct terminal *terminal, const struct input_event *event, struct clock now)
{
	struct action action = {0};
	bool missed = pass_time(terminal, now); /* what the visitor touched is no longer there */
	bool acted = !missed && ui_input(terminal->ui, event, &action);
	bool was_asking = is_asking(terminal);
	note_presence(terminal, event, acted, now.mono_ms);
	if (acted)
		act(&terminal->visit, terminal->ui, &action);
	if (acted && action.verb == VERB_UNLOCK)
		door_try(&terminal->door, &terminal->visit, now.mono_ms);
	terminal->wants_fetch = terminal->wants_fetch || (acted && action.verb == VERB_FETCH);
	if (!acted && !missed)
		key_back(terminal, event, was_asking);
	settle(terminal);
	if (acted && action.verb == VERB_QUIT)
		rest(terminal);
}

/* False when memory was lacking for the page that is shown. */
static bool is_read(const struct terminal *terminal)
{
	return !terminal->starved && !terminal->reading.starved && !terminal->danish.starved;
}

static void find_page(struct terminal *terminal, struct view *view)
{
	bool translated = false;
	if (!content_page_title(view->content, view->page_language, view->place.topic, view->place.page, &translated))
		return;
	int instead = translated ? -1 : content_language(view->content, terminal->visit.instead);
	if (instead >= 0 &&
	    content_page_title(view->content, instead, view->place.topic, view->place.page, &translated))
		view->page_language = instead;
	if (!translated)
		view->page_language = view->source;
	view->page = reading_page(&terminal->reading, view->content, view->page_language, view->place.topic,
				  view->place.page);
	bool wanted = terminal->visit.danish || (view->page && view->page->source_newer && view->page->parts);
	if (view->page && wanted && view->page_language != view->source)
		view->danish = reading_page(&terminal->danish, view->content, view->source, view->place.topic,
					    view->place.page);
	view->beside = view->danish && terminal->visit.danish;
}

static void find_item(struct terminal *terminal, struct view *view, enum item_kind kind, const char *id)
{
	bool translated = false;
	if (!content_item_title(view->content, view->page_language, kind, id, &translated))
		return;
	int instead = translated ? -1 : content_language(view->content, terminal->visit.instead);
	if (instead >= 0 && content_item_title(view->content, instead, kind, id, &translated))
		view->page_language = instead;
	if (!translated)
		view->page_language = view->source;
	view->item = reading_item(&terminal->reading, view->content, view->page_language, kind, id);
	if (!view->item || !view->item->head.origin.source_newer || !view->item->head.texts)
		return;
	const union item_any *danish = reading_item(&terminal->danish, view->content, view->source, kind, id);
	if (danish && !parts_newer(kind, view->item, danish, view->scratch, &view->newers))
		view->starved = true;
}

/* The set that is chosen, at first the first one. */
static void find_set(struct terminal *terminal, struct view *view)
{
	const struct item_list *sets = &content_bundle(view->content)->items[ITEM_PHRASES];
	char set[VISIT_PART_MAX];
	snprintf(set, sizeof(set), "%s", view->place.part);
	set[strcspn(set, "/")] = '\0';
	if (set[0])
		find_item(terminal, view, ITEM_PHRASES, set);
	else if (sets->count > 0)
		find_item(terminal, view, ITEM_PHRASES, sets->entries[0].id);
}

static void find_text(struct terminal *terminal, struct view *view)
{
	terminal->reading.starved = terminal->danish.starved = false;
	view->page_language = view->language;
	switch (view->place.screen) {
	case SCREEN_GUIDE:
		find_page(terminal, view);
		break;
	case SCREEN_DECISION:
		find_item(terminal, view, ITEM_GUIDE, view->place.topic);
		break;
	case SCREEN_PHRASES:
		find_set(terminal, view);
		break;
	case SCREEN_PHRASE:
		find_item(terminal, view, ITEM_PHRASES, view->place.topic);
		break;
	case SCREEN_PATH:
		find_item(terminal, view, ITEM_PATH, view->place.topic);
		break;
	case SCREEN_STORY:
		find_item(terminal, view, ITEM_STORY, view->place.topic);
		break;
	default:
		break;
	}
}

static struct view make_view(struct terminal *terminal, struct clock now)
{
	struct visit *visit = &terminal->visit;
	struct visit_place *here = visit_here(visit);
	struct view view = {.ui = terminal->ui,
			    .content = terminal->content,
			    .news = news(terminal),
			    .visit = visit,
			    .now = now,
			    .local = clock_local(now.utc_s),
			    .idle = &terminal->idle,
			    .doctor_phone = terminal->doctor_phone,
			    .heard_utc_s = terminal->heard_utc_s,
			    .here = terminal->here ? terminal->here : "",
			    .scratch = &terminal->scratch,
			    .recall = &terminal->recall,
			    .remarks = terminal->remarks,
			    .remark_count = terminal->remark_count,
			    .has_staff_page = door_is_there(&terminal->door),
			    .pin_wait_ms = door_wait_ms(&terminal->door, now.mono_ms),
			    .staff = terminal->staff,
			    .lang = "da"};
	view.scroll[LAYER_SCREEN] = here ? &here->scroll : &terminal->nowhere;
	view.scroll[LAYER_SHEET] = &terminal->sheet_scroll;
	view.scroll[LAYER_QUESTION] = &terminal->question_scroll;
	if (here)
		view.place = *here;
	if (!terminal->content)
		return view;
	view.source = content_language(terminal->content, content_bundle(terminal->content)->source);
	view.language = visit->lang[0] ? content_language(terminal->content, visit->lang) : -1;
	if (view.language < 0) /* none chosen, or it is no longer there */
		view.language = view.source;
	view.lang = view_code(&view, view.language);
	find_text(terminal, &view);
	return view;
}

static bool same_fit(const struct fit *a, const struct fit *b)
{
	for (size_t i = 0; i < LAYER_COUNT; i++)
		if (a->more[i] != b->more[i])
			return false;
	return fabsf(a->sheet_height - b->sheet_height) < 0.5f && fabsf(a->question_height - b->question_height) < 0.5f;
}

static struct view_motion move_on(struct terminal *terminal, int64_t now_ms)
{
	struct view_motion at = {.page = motion_at(&terminal->motion.page, now_ms),
				 .sheet = motion_at(&terminal->motion.sheet, now_ms),
				 .question = motion_at(&terminal->motion.question, now_ms),
				 .way = terminal->motion.way};
	if (!motion_runs(&terminal->motion.sheet))
		terminal->motion.gone_sheet = SHEET_NONE;
	at.gone_sheet = terminal->motion.gone_sheet;
	if (at.gone_sheet)
		at.sheet = 1 - at.sheet;
	return at;
}

static bool is_moving(const struct terminal *terminal)
{
	return motion_runs(&terminal->motion.page) || motion_runs(&terminal->motion.sheet) ||
	       motion_runs(&terminal->motion.question);
}

/* Records one frame; true when it was laid out for what it turned out to be. */
static bool record(struct terminal *terminal, struct clock now, int width, int height)
{
	arena_reset(&terminal->scratch);
	struct view view = make_view(terminal, now);
	bool attract = view.place.screen == SCREEN_ATTRACT && !terminal->visit.sheet;
	int language = attract ? view.source : view.language;
	struct ui_frame frame = {.width = width,
				 .height = height,
				 .mm_per_px = terminal->mm_per_px,
				 .lang = view.lang,
				 .text_size = (enum text_size)terminal->visit.text_size,
				 .high_contrast = terminal->visit.high_contrast,
				 .calm = terminal->visit.calm,
				 .frame_ms = terminal->frame_ms,
				 .now_ms = now.mono_ms};
	frame.rtl = terminal->content && view_rtl(&view, language);
	view.fit = terminal->fit;
	view.motion = move_on(terminal, now.mono_ms);
	ui_begin(terminal->ui, &frame);
	ui_fill(terminal->ui, (struct box){0, 0, ui_width(terminal->ui), ui_height(terminal->ui)},
		ui_colour(terminal->ui, COLOUR_PAPER));
	layers_draw(&view);
	remarks_draw(&view);
	ui_end(terminal->ui);
	bool fitted = same_fit(&view.found, &view.fit);
	terminal->fit = view.found;
	terminal->starved = view.starved;
	return fitted && ui_deadline(terminal->ui) > now.mono_ms;
}

/* T4 */
static void tell_news(struct terminal *terminal, struct clock now)
{
	struct visit *visit = &terminal->visit;
	struct visit_place *here = visit_here(visit);
	const struct notice *notices[VISIT_TOLD_MAX];
	bool fresh = false;
	if (!news(terminal) || visit->state != VISIT_HERE || !here || here->screen == SCREEN_LANGUAGE ||
	    visit->sheet == SHEET_EMERGENCY)
		return;
	int source = content_language(news(terminal), content_bundle(news(terminal))->source);
	size_t count = content_notices(news(terminal), source, now.utc_s, notices, VISIT_TOLD_MAX);
	for (size_t i = 0; i < count && i < VISIT_TOLD_MAX && notices[i]->urgency == NOTICE_URGENT; i++) {
		char name[VISIT_PART_MAX];
		snprintf(name, sizeof(name), "%s/%s", notices[i]->id,
			 notices[i]->origin.revision ? notices[i]->origin.revision : "");
		fresh = fresh || !visit_is_told(visit, name);
		visit_tell(visit, name);
	}
	if (fresh && here->screen == SCREEN_HOME)
		here->scroll = 0;
	else if (fresh)
		visit->sheet = SHEET_NOTICES;
	if (fresh)
		settle(terminal);
}

bool terminal_record(struct terminal *terminal, struct clock now, int width, int height, pixman_region32_t *changed,
		     struct err *err)
{
	bool fitted = false;
	pass_time(terminal, now);
	tell_news(terminal, now);
	pixman_region32_clear(changed);
	terminal->painted = false;
	for (int pass = 0; pass < PASSES_MAX && !fitted; pass++) {
		fitted = record(terminal, now, width, height);
		if (!ui_complete(terminal->ui) || !is_read(terminal) || terminal->starved)
			return err_memory(err);
		draw_list_changes(ui_list_before(terminal->ui), ui_list(terminal->ui), changed);
	}
	return true;
}

bool terminal_frame(struct terminal *terminal, struct clock now, pixman_image_t *target, bool fresh,
		    pixman_region32_t *changed, struct err *err)
{
	int width = pixman_image_get_width(target), height = pixman_image_get_height(target);
	bool whole = fresh || !terminal->painted;
	if (!terminal_record(terminal, now, width, height, changed, err))
		return false;
	if (whole)
		pixman_region32_union_rect(changed, changed, 0, 0, (unsigned)width, (unsigned)height);
	if (pixman_region32_not_empty(changed) &&
	    !paint(terminal->painter, ui_list(terminal->ui), target, changed, err))
		return false;
	terminal->painted = true;
	return true;
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t terminal_deadline(const struct terminal *terminal, struct clock now)
{
	const struct visit *visit = &terminal->visit;
	int64_t second = now.utc_s % SECONDS_A_MINUTE;
	if (second < 0)
		second += SECONDS_A_MINUTE;
	int64_t deadline = now.mono_ms + (SECONDS_A_MINUTE - second) * SECOND_MS;
	if (!is_alone(terminal))
		deadline = sooner(deadline, visit_deadline(visit, &terminal->idle, now.mono_ms));
	deadline = sooner(deadline, ui_deadline(terminal->ui));
	deadline = sooner(deadline, door_deadline(&terminal->door, visit, is_alone(terminal), now.mono_ms));
	if (is_moving(terminal))
		deadline = sooner(deadline, now.mono_ms + terminal->frame_ms);
	if (visit->depth == 0 && !visit->sheet)
		deadline =
			sooner(deadline, attract_deadline(terminal->content, news(terminal), now, terminal->frame_ms));
	return deadline;
}

const struct ui *terminal_ui(const struct terminal *terminal)
{
	return terminal->ui;
}

const struct visit *terminal_visit(const struct terminal *terminal)
{
	return &terminal->visit;
}

const char *terminal_screen(const struct terminal *terminal)
{
	return screens[shown_now(terminal).place.screen].name;
}

const char *terminal_sheet(const struct terminal *terminal)
{
	return screen_sheets[terminal->visit.sheet].name;
}

bool terminal_place(struct terminal *terminal, const char *screen, const char *lang, const char *topic,
		    const char *page, struct clock now)
{
	struct visit *visit = &terminal->visit;
	if (!terminal->content || (lang && content_language(terminal->content, lang) < 0))
		return false;
	int where = arrive_where(terminal->content, screen, topic, page);
	if (where == SCREEN_COUNT)
		return false;
	visit_wipe(visit);
	if (where != SCREEN_ATTRACT) {
		visit_touch(visit, now.mono_ms);
		snprintf(visit->lang, sizeof(visit->lang), "%s",
			 lang ? lang : content_bundle(terminal->content)->source);
		arrive(visit, terminal->content, where, topic, page);
	}
	ui_leave(terminal->ui);
	terminal->fit = (struct fit){0};
	settle(terminal);
	rest(terminal);
	return true;
}

void terminal_look(struct terminal *terminal, const struct terminal_look *look)
{
	terminal->visit.text_size = look->text_size;
	terminal->visit.high_contrast = look->high_contrast;
	terminal->visit.calm = look->calm;
}
