#include "screens/frame.h"
#include "screens/head.h"
#include "screens/labels.h"
#include "screens/opening.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAYS       7 /* to choose from, and shown from the one chosen on */
#define SHOWN_MAX  200
#define CHIP_GAP   20.0f
#define CHIP_HIGH  120.0f
#define DAY_GAP    36.0f
#define CARD_GAP   TOKEN_SPACE_M
#define PAD        30.0f
#define CARD_PAD   20.0f           /* above and below */
#define TITLE      (34.0f / 36.0f) /* of TYPE_H3 */
#define TIME_LEAST 96.0f
#define TIME_GAP   10.0f /* from its beginning to its end */
#define BAR_START  28.0f /* from the time, */
#define BAR_IN     40.0f /* and from the card's edges */
#define TEXT_START 60.0f
#define BAR        4.0f
#define TILE       84.0f
#define TILE_ICON  56.0f
#define TAG_PAD    18.0f
#define TAG_GAP    10.0f
#define TAGS_MAX   5
#define LYING_TOP  36.0f
#define LOW_PAD    24.0f

struct happening {
	struct view *view;
	struct hue hue;
	int64_t first; /* the day chosen, of clock_days() */
	struct event_day days[SHOWN_MAX];
	size_t count;
};

/* "2026-03-12" */
static void date_of(int64_t day, char out[CLOCK_UTC_MAX])
{
	clock_format_utc(day * 86400, out);
	out[10] = '\0';
}

static int64_t day_of(const struct event_day *event)
{
	struct clock_civil date = {0};
	return clock_parse_date(event->time->date, &date) ? clock_days(date.year, date.month, date.day) : 0;
}

/* A day that has passed while the visitor was reading is today. */
static void find_events(struct happening *happening)
{
	struct view *view = happening->view;
	char first[CLOCK_UTC_MAX], last[CLOCK_UTC_MAX];
	int64_t chosen = view->place.filter.day, today = view_today(view);
	happening->hue = theme_hue(ui_theme(view->ui), "events");
	happening->first = chosen > today && chosen < today + DAYS ? chosen : today;
	date_of(happening->first, first);
	date_of(happening->first + DAYS - 1, last);
	size_t count = content_events(view->content, view->language, first, last, happening->days, SHOWN_MAX);
	happening->count = count < SHOWN_MAX ? count : SHOWN_MAX;
}

/* ---- The days to choose from */

static void chip_draw(struct happening *happening, struct box box, int64_t day)
{
	struct view *view = happening->view;
	struct ui *ui = view->ui;
	bool chosen = day == happening->first;
	const char *date = view_day(view, view->language, day, LOCALE_DAY),
		   *weekday = view_day(view, view->language, day, LOCALE_WEEKDAY_SHORT);
	char text[CLOCK_UTC_MAX];
	date_of(day, text);
	const char *number = arena_printf(view->scratch, "%d", (text[8] - '0') * 10 + text[9] - '0');
	struct ui_target target = {.role = ROLE_CHOICE,
				   .id = view_id(view, "day", text),
				   .name = date,
				   .action = screen_action(VERB_DAY, (int)day, NULL),
				   .chosen = chosen,
				   .radius = TOKEN_RADIUS_CALLOUT};
	struct ui_state state = ui_target(ui, box, &target);
	bool high = ui_theme(ui)->high_contrast;
	uint32_t fill = ui_colour(ui, chosen ? COLOUR_FJORD : state.pressed ? COLOUR_SELECTED : COLOUR_SURFACE);
	uint32_t ink = chosen ? ui_colour(ui, COLOUR_ON_FJORD) : widget_card_ink(ui, state, false);
	if (!chosen && !state.pressed)
		ui_card_shadow(ui, box, TOKEN_RADIUS_CALLOUT);
	ui_round(ui, box, TOKEN_RADIUS_CALLOUT, fill);
	if (!chosen)
		ui_ring(ui, box, TOKEN_RADIUS_CALLOUT, high ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
			ui_colour(ui, COLOUR_LINE));
	struct ui_text over = {.type = TYPE_META,
			       .colour = ink,
			       .align = ALIGN_CENTRE,
			       .silent = true,
			       .lines_max = 1,
			       .shrink_to = 0.5f},
		       under = {.type = TYPE_H2,
				.colour = ink,
				.align = ALIGN_CENTRE,
				.silent = true,
				.lines_max = 1,
				.shrink_to = 0.5f};
	float first = ui_text_height(ui, box.w - 12, &over, weekday),
	      second = ui_text_height(ui, box.w - 12, &under, number ? number : "");
	float y = box.y + (box.h - first - second) / 2;
	ui_text(ui, (struct box){box.x + 6, y, box.w - 12, first}, &over, weekday);
	ui_text(ui, (struct box){box.x + 6, y + first, box.w - 12, second}, &under, number ? number : "");
}

/* In even lines, as many as the text's size asks for. Returns their height. */
static float chips_draw(struct happening *happening, struct box box, bool draw)
{
	struct ui *ui = happening->view->ui;
	static const size_t columns_wide[] = {[TEXT_100] = 7, [TEXT_125] = 7, [TEXT_150] = 4, [TEXT_200] = 4};
	static_assert(ARRAY_LEN(columns_wide) == TEXT_SIZE_COUNT, "a text size has no days");
	enum text_size size = ui_text_size(ui);
	size_t columns = box.w < 800 ? 4 : columns_wide[size];
	float width = (box.w - CHIP_GAP * (float)(columns - 1)) / (float)columns;
	float height =
		fmaxf(CHIP_HIGH, (theme_type(TYPE_META, size).line + theme_type(TYPE_H2, size).line) * 1.12f + 20);
	int64_t today = view_today(happening->view);
	for (size_t i = 0; draw && i < DAYS; i++) {
		size_t line = i / columns, column = i % columns;
		chip_draw(happening,
			  (struct box){box.x + (width + CHIP_GAP) * (float)column,
				       box.y + (height + CHIP_GAP) * (float)line, width, height},
			  today + (int64_t)i);
	}
	size_t lines = (DAYS + columns - 1) / columns;
	return (height + CHIP_GAP) * (float)lines - CHIP_GAP;
}

/* ---- An event */

struct tag {
	const char *text;
	bool warns;
};

static size_t tags_of(const struct view *view, const struct event_day *day, struct tag tags[TAGS_MAX])
{
	const struct event *event = day->event;
	size_t count = 0;
	if (day->time->cancelled)
		tags[count++] = (struct tag){view_word(view, WORD_EVENT_CANCELLED), true};
	if (event->free)
		tags[count++] = (struct tag){view_word(view, WORD_EVENT_FREE), false};
	if (event->no_signup)
		tags[count++] = (struct tag){view_word(view, WORD_EVENT_NO_SIGNUP), false};
	if (event->families)
		tags[count++] = (struct tag){view_word(view, WORD_EVENT_FAMILIES), false};
	return count;
}

/* One line or more; returns their height. */
static float tags_draw(struct happening *happening, struct box box, const struct tag *tags, size_t count, bool draw)
{
	struct ui *ui = happening->view->ui;
	float line = theme_type(TYPE_META, ui_text_size(ui)).line, height = line + 10, x = box.x, y = box.y;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = {.type = TYPE_META,
					.colour = tags[i].warns ? ui_colour(ui, COLOUR_INK) : happening->hue.main,
					.bold = true,
					.silent = true,
					.lines_max = 1,
					.shrink_to = 0.6f};
		float wide = fminf(ui_text_width(ui, &style, tags[i].text) + 2 + 2 * TAG_PAD, box.w);
		if (x > box.x && x + wide > box.x + box.w) {
			x = box.x;
			y += height + TAG_GAP;
		}
		struct box tag = {x, y, wide, height};
		if (draw) {
			ui_round(ui, tag, height / 2,
				 tags[i].warns ? ui_colour(ui, COLOUR_AMBER_TINT) : happening->hue.tint);
			if (ui_theme(ui)->high_contrast)
				ui_ring(ui, tag, height / 2, 3, ui_colour(ui, COLOUR_LINE));
			ui_text(ui, (struct box){x + TAG_PAD, y + 5, wide - 2 * TAG_PAD, line}, &style, tags[i].text);
		}
		x += wide + TAG_GAP;
	}
	return count > 0 ? y + height - box.y : 0;
}

/* "Biblioteket, 9600 Aars": as on the sign, or the place's own name and address. */
static const char *where_of(const struct view *view, const struct event *event, const struct place *place)
{
	if (event->where || !place)
		return event->where;
	const char *rest = place->address ? place->address : place->town;
	const char *both = rest ? arena_printf(view->scratch, "%s, %s", place->name, rest) : NULL;
	return both ? both : place->name;
}

struct card {
	const struct event_day *day;
	const struct event *event;
	const struct place *place;                   /* NULL: none that the kiosk knows */
	const char *from, *to, *both, *where, *name; /* both: on one line */
	struct tag tags[TAGS_MAX];
	size_t tag_count;
};

static struct card card_of(const struct view *view, const struct event_day *day)
{
	const struct event *event = day->event;
	bool whole = day->time->from == 0 && day->time->to == MINUTES_OF_DAY;
	struct card card = {.day = day, .event = event};
	card.place = event->place ? content_place(view->content, view->language, event->place) : NULL;
	card.from = whole ? view_word(view, WORD_ALL_DAY) : opening_time(view, day->time->from);
	card.to = whole ? NULL : arena_printf(view->scratch, "\u2066–%s\u2069", opening_time(view, day->time->to));
	card.both = whole ? card.from : opening_span(view, day->time->from, day->time->to);
	card.where = where_of(view, event, card.place);
	card.tag_count = tags_of(view, day, card.tags);
	card.name = arena_printf(view->scratch, "%s. %s%s%s", card.both,
				 day->time->cancelled ? view_word(view, WORD_EVENT_CANCELLED) : "",
				 day->time->cancelled ? ". " : "", event->title);
	return card;
}

struct card_plan {
	bool over; /* the time stands over the rest, and there is no tile */
	float time_w, x, w;
	float title_h, where_h, text_h, tags_h, note_h, height;
};

static struct ui_text words(const struct view *view, enum type_role type, uint32_t colour, bool danish)
{
	return (struct ui_text){.type = type,
				.colour = colour,
				.silent = type != TYPE_SMALL, /* what the card's own name leaves out */
				.lang = danish ? view_code(view, view->source) : NULL};
}

static struct ui_text title_words(const struct view *view, uint32_t colour)
{
	struct type_size type = theme_type(TYPE_H3, ui_text_size(view->ui));
	struct ui_text style = words(view, TYPE_H3, colour, false);
	style.size = type.size * TITLE;
	style.line = type.line;
	style.bold = true;
	return style;
}

static struct card_plan plan_card(struct happening *happening, float width, const struct card *card)
{
	struct view *view = happening->view;
	struct ui *ui = view->ui;
	struct card_plan plan = {.over = ui_text_size(ui) >= TEXT_150};
	struct ui_text time = words(view, TYPE_H3, 0, false), small = words(view, TYPE_SMALL, 0, false),
		       title = title_words(view, 0);
	plan.time_w = fmaxf(
		fmaxf(ui_text_width(ui, &time, card->from), card->to ? ui_text_width(ui, &small, card->to) : 0) + 4,
		TIME_LEAST);
	plan.time_w = fminf(plan.time_w, width * 0.3f);
	plan.x = plan.over ? PAD : PAD + plan.time_w + TEXT_START;
	plan.w = width - plan.x - PAD - (plan.over ? 0 : TILE + 24);
	plan.title_h = ui_text_height(ui, plan.w, &title, card->event->title);
	plan.where_h = card->where ? ui_text_height(ui, plan.w, &small, card->where) : 0;
	plan.text_h = card->event->text ? ui_text_height(ui, plan.w, &small, card->event->text) : 0;
	plan.note_h = card->event->example ? ui_text_height(ui, plan.w, &small, view_word(view, WORD_EXAMPLE)) : 0;
	plan.tags_h = tags_draw(happening, (struct box){0, 0, plan.w, 0}, card->tags, card->tag_count, false);
	plan.height =
		plan.title_h + plan.where_h + plan.text_h + plan.note_h + (plan.tags_h > 0 ? plan.tags_h + 10 : 0);
	if (plan.over)
		plan.height += theme_type(TYPE_H3, ui_text_size(ui)).line + 8;
	plan.height = fmaxf(plan.height + 2 * CARD_PAD, 140);
	return plan;
}

static void time_draw(struct happening *happening, struct box box, const struct card *card,
		      const struct card_plan *plan, uint32_t ink, uint32_t ink2)
{
	struct view *view = happening->view;
	struct ui *ui = view->ui;
	struct ui_text from = words(view, TYPE_H3, ink, false), to = words(view, TYPE_SMALL, ink2, false);
	float first = theme_type(TYPE_H3, ui_text_size(ui)).line,
	      second = theme_type(TYPE_SMALL, ui_text_size(ui)).line;
	from.shrink_to = to.shrink_to = 0.5f;
	from.lines_max = to.lines_max = 1;
	to.silent = true;
	if (plan->over) {
		ui_text(ui, (struct box){box.x + PAD, box.y + CARD_PAD, box.w - 2 * PAD, first}, &from, card->both);
		return;
	}
	float y = box.y + (box.h - first - (card->to ? second + TIME_GAP : 0)) / 2;
	ui_text(ui, (struct box){box.x + PAD, y, plan->time_w, first}, &from, card->from);
	if (card->to)
		ui_text(ui, (struct box){box.x + PAD, y + first + TIME_GAP, plan->time_w, second}, &to, card->to);
	ui_fill(ui, (struct box){box.x + PAD + plan->time_w + BAR_START, box.y + BAR_IN, BAR, box.h - 2 * BAR_IN},
		happening->hue.soft);
}

static float card_draw(struct happening *happening, struct box box, const struct card *card)
{
	struct view *view = happening->view;
	struct ui *ui = view->ui;
	struct card_plan plan = plan_card(happening, box.w, card);
	const struct event *event = card->event;
	const char *id =
		arena_printf(view->scratch, "event.%s.%s.%d", event->id, card->day->time->date, card->day->time->from);
	struct ui_target target = {.role = card->place ? ROLE_BUTTON : ROLE_TEXT,
				   .id = id,
				   .name = card->name ? card->name : event->title};
	struct ui_state state = {0};
	box.h = plan.height;
	if (card->place) {
		target.action = screen_action(VERB_PLACE, 0, card->place->id);
		state = widget_card(ui, box, &target);
	} else {
		struct column column = {.view = view, .x = box.x, .y = box.y, .w = box.w};
		column_card(&column, box.h);
		ui_meaning(ui, box, ROLE_TEXT, target.name);
	}
	uint32_t ink = widget_card_ink(ui, state, false);
	uint32_t ink2 = ink == ui_colour(ui, COLOUR_INK) ? ui_colour(ui, COLOUR_INK2) : ink;
	struct ui_text title = title_words(view, ink), where = words(view, TYPE_SMALL, ink2, true),
		       text = words(view, TYPE_SMALL, ink, false);
	time_draw(happening, box, card, &plan, ink, ink2);
	float lines =
		plan.title_h + plan.where_h + plan.text_h + plan.note_h + (plan.tags_h > 0 ? plan.tags_h + 10 : 0);
	struct box at = {box.x + plan.x, box.y + (box.h - lines) / 2, plan.w, 0};
	if (plan.over)
		at.y = box.y + CARD_PAD + theme_type(TYPE_H3, ui_text_size(ui)).line + 8;
	ui_text(ui, at, &title, event->title);
	at.y += plan.title_h;
	if (card->where)
		ui_text(ui, at, &where, card->where);
	at.y += plan.where_h;
	if (event->text)
		ui_text(ui, at, &text, event->text);
	at.y += plan.text_h;
	if (event->example)
		ui_text(ui, at, &where, view_word(view, WORD_EXAMPLE));
	at.y += plan.note_h + 10;
	tags_draw(happening, at, card->tags, card->tag_count, true);
	if (!plan.over)
		widget_tile(ui, (struct box){box.x + box.w - PAD - TILE, box.y + (box.h - TILE) / 2, TILE, TILE},
			    event->icon, TILE_ICON, happening->hue, true);
	return plan.height;
}

/* ---- The list */

static const char *heading_of(const struct view *view, int64_t day)
{
	const char *date = view_day(view, view->language, day, LOCALE_DAY);
	int64_t today = view_today(view);
	if (day == today)
		return view_filled(view, view_word(view, WORD_TODAY), date);
	return day == today + 1 ? view_filled(view, view_word(view, WORD_TOMORROW), date) : date;
}

static float nothing_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	struct widget_callout none = {.icon = "info",
				      .fill = ui_colour(ui, COLOUR_FJORD_TINT),
				      .edge = ui_colour(ui, COLOUR_FJORD),
				      .title = view_word(view, WORD_NO_EVENTS),
				      .text = view_word(view, WORD_NO_EVENTS_HELP)};
	return widget_callout(ui, box.x, box.y, box.w, &none);
}

static float list_draw(struct happening *happening, struct box box)
{
	struct view *view = happening->view;
	struct ui *ui = view->ui;
	struct ui_text title = {.type = TYPE_H3, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	int64_t day = -1;
	float top = box.y;
	if (happening->count == 0)
		return nothing_draw(view, box);
	for (size_t i = 0; i < happening->count; i++) {
		struct card card = card_of(view, &happening->days[i]);
		if (day_of(&happening->days[i]) != day) {
			day = day_of(&happening->days[i]);
			box.y += i > 0 ? DAY_GAP - CARD_GAP : 0;
			box.y += ui_text(ui, box, &title, heading_of(view, day)) + 16;
		}
		box.y += card_draw(happening, box, &card) + CARD_GAP;
	}
	return box.y - CARD_GAP - top;
}

/* True of the list when it is of one event of it. */
static struct labels labels_of(const struct happening *happening)
{
	const struct view *view = happening->view;
	struct labels labels = {.translated = true};
	for (size_t i = 0; i < happening->count && view->language != view->source; i++) {
		const struct origin *origin = &happening->days[i].event->origin;
		labels.missing = labels.missing || origin->translation == TRANSLATION_SOURCE;
		labels.newer = labels.newer || origin->source_newer;
		labels.unchecked = labels.unchecked || origin->translation == TRANSLATION_UNCHECKED;
	}
	return labels;
}

static struct head head_of(const struct happening *happening)
{
	const struct view *view = happening->view;
	return (struct head){.icon = "events",
			     .hue = happening->hue,
			     .own = "topic-events",
			     .title = view_word(view, WORD_EVENTS),
			     .summary = view_word(view, WORD_EVENTS_HELP)};
}

static float rest_draw(struct happening *happening, struct box box)
{
	struct labels labels = labels_of(happening);
	float top = box.y, height = labels_draw(happening->view, box.x, box.y - DAY_GAP, box.w, DAY_GAP, &labels);
	box.y += height;
	return box.y + list_draw(happening, box) - top;
}

static void upright_draw(struct happening *happening, struct box room)
{
	struct view *view = happening->view;
	struct head head = head_of(happening);
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box box = {FRAME_MARGIN, head_upright(view, &head, room.w) + 36, room.w - 2 * FRAME_MARGIN, 0};
	box.y = head_reach(view, box.y, CHIP_HIGH);
	box.y += chips_draw(happening, box, true) + DAY_GAP;
	box.y += rest_draw(happening, box);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW_PAD);
}

static void lying_draw(struct happening *happening, struct box room)
{
	struct view *view = happening->view;
	struct head head = head_of(happening);
	struct box right = head_beside(room);
	struct box still = {FRAME_MARGIN, head_lying(view, &head, room) + 28, right.x - 2 - FRAME_MARGIN - 36, 0};
	bool fits = still.y + chips_draw(happening, still, false) + LOW_PAD <= room.y + room.h;
	if (fits)
		chips_draw(happening, still, true);
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {HEAD_BESIDE_PAD, LYING_TOP, right.w - HEAD_BESIDE_PAD - FRAME_MARGIN, 0};
	if (!fits)
		box.y += chips_draw(happening, box, true) + DAY_GAP;
	box.y += rest_draw(happening, box);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + LOW_PAD);
}

void events_draw(struct view *view)
{
	struct happening happening = {.view = view};
	if (view_unheard(view) && view->place.filter.day == 0) {
		unheard_draw(view);
		return;
	}
	find_events(&happening);
	if (head_lies(view))
		lying_draw(&happening, frame_room(view));
	else
		upright_draw(&happening, frame_room(view));
}
