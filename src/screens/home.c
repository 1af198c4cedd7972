#include "screens/cards.h"
#include "screens/frame.h"
#include "screens/notices.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define HERO_TEXT  600.0f /* beside sun and houses */
#define HERO_LEAST 276.0f /* so that the first topics lie within reach */
#define TOP_GAP    28.0f
#define LOW_GAP    28.0f
#define NOTICE_GAP 24.0f
#define RED_HIGH   112.0f
#define RED_WIDE   276.0f

static const char *greeting(const struct view *view)
{
	if (view->local.hour < 12)
		return view_word(view, WORD_GOOD_MORNING);
	return view_word(view, view->local.hour < 18 ? WORD_GOOD_AFTERNOON : WORD_GOOD_EVENING);
}

/* `greet` false: only the question, where there is little room. */
static float words_draw(struct view *view, struct box box, bool greet)
{
	struct ui *ui = view->ui;
	struct ui_text hello = {.type = TYPE_SUB, .colour = ui_colour(ui, COLOUR_INK2)};
	struct ui_text title = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float height = greet ? ui_text(ui, box, &hello, greeting(view)) : 0;
	box.y += height;
	return height + ui_text(ui, box, &title, view_word(view, WORD_WHAT_HELP));
}

/* The title over its picture, which is so much less high; it gives way to large text. Returns the height of both. */
static float hero_draw(struct view *view, float width, float less)
{
	struct ui *ui = view->ui;
	struct box words = {FRAME_MARGIN, 44, width - 2 * FRAME_MARGIN, 0};
	if (!view_pictured(view)) /* what is below stays within reach */
		return fmaxf(words.y + words_draw(view, words, true), TOKEN_SIZE_HERO_HOME);
	struct ui_text title = {.type = TYPE_H1}, hello = {.type = TYPE_SUB};
	words.w = fmaxf(words.w - (960 - HERO_TEXT), HERO_TEXT);
	bool greet = less == 0;
	float height = ui_text_height(ui, words.w, &title, view_word(view, WORD_WHAT_HELP));
	if (greet)
		height += ui_text_height(ui, words.w, &hello, greeting(view));
	/* The lowest third of the picture is land; the words stay in its sky. */
	float tall = fmaxf(fmaxf(TOKEN_SIZE_HERO_HOME - less, HERO_LEAST), (words.y + height) / 0.7f);
	ui_picture(ui, (struct box){0, 0, width, tall}, "home");
	words_draw(view, words, greet);
	return tall;
}

/* An urgent message stands instead of the picture. Returns the height. */
static float top_draw(struct view *view, float width, float less)
{
	struct ui *ui = view->ui;
	struct ui_text title = {.type = TYPE_H2, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float y = notices_banner(view, (struct box){0, 0, width, 0}, 0, true, true);
	if (y == 0)
		return hero_draw(view, width, less);
	struct box line = {FRAME_MARGIN, y + NOTICE_GAP, width - 2 * FRAME_MARGIN, 0};
	return line.y + ui_text(ui, line, &title, view_word(view, WORD_WHAT_HELP));
}

static float red_height(const struct view *view)
{
	enum text_size size = ui_text_size(view->ui);
	return fmaxf(RED_HIGH, theme_type(TYPE_H2, size).line + theme_type(TYPE_SMALL, size).line + 18);
}

/* 112, red. */
static void red_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *word = view_word(view, WORD_EMERGENCY);
	struct ui_text number = {.type = TYPE_H2, .lines_max = 1, .silent = true, .lang = "en", .rtl = -1};
	struct ui_text under = {.type = TYPE_SMALL, .lines_max = 1, .silent = true, .shrink_to = 0.6f};
	float line = theme_type(TYPE_H2, ui_text_size(ui)).line, low = theme_type(TYPE_SMALL, ui_text_size(ui)).line;
	box.h = fmaxf(red_height(view), box.h);
	const char *name = arena_printf(view->scratch, "112. %s", word);
	struct ui_state state =
		ui_target(ui, box,
			  &(struct ui_target){.role = ROLE_BUTTON,
					      .id = "emergency.card",
					      .name = name,
					      .action = screen_action(VERB_SHEET, SHEET_EMERGENCY, view->lang),
					      .radius = TOKEN_RADIUS_CARD});
	ui_card_shadow(ui, box, TOKEN_RADIUS_CARD);
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, state.pressed ? COLOUR_INK : COLOUR_RED));
	number.colour = under.colour = ui_colour(ui, state.pressed ? COLOUR_PAPER : COLOUR_ON_RED);
	ui_icon(ui, (struct box){box.x + 28, box.y, TOKEN_ICON_BUTTON, box.h}, "phone", TOKEN_ICON_BUTTON,
		number.colour);
	struct box text = {box.x + 28 + TOKEN_ICON_BUTTON + 20, box.y + (box.h - line - low) / 2,
			   box.w - 28 - TOKEN_ICON_BUTTON - 40, line};
	ui_text(ui, text, &number, "112");
	text.y += line;
	ui_text(ui, text, &under, word);
}

/* ---- What it leads to */

#define EXTRAS_MAX 4

/* The topics, and what stands beside them: places, events, what to do when life changes, sentences to show. */
struct offers {
	struct card *cards; /* the topics first */
	size_t topics, count;
};

static struct card topic_card(const struct view *view, const struct topic_entry *topic)
{
	const struct topic_text *text = content_topic_text(view->content, view->language, topic->id);
	return (struct card){.id = view_id(view, "topic", topic->id),
			     .icon = topic->icon,
			     .hue = theme_hue(ui_theme(view->ui), topic->hue),
			     .title = text ? text->title : "",
			     .summary = text ? text->summary : NULL,
			     .action = screen_action(VERB_TOPIC, 0, topic->id)};
}

static struct card extra_card(const struct view *view, const char *name, const char *icon, enum word word,
			      enum verb verb)
{
	return (struct card){.id = view_id(view, "home", name),
			     .icon = icon,
			     .hue = theme_hue(ui_theme(view->ui), name),
			     .title = view_word(view, word),
			     .action = screen_action(verb, 0, NULL)};
}

static struct offers offers_of(struct view *view)
{
	const struct bundle *bundle = content_bundle(view->content);
	struct offers offers = {.topics = bundle->topic_count};
	offers.cards = arena_array(view->scratch, bundle->topic_count + EXTRAS_MAX, sizeof(*offers.cards));
	if (!offers.cards) {
		view->starved = true;
		return (struct offers){0};
	}
	for (; offers.count < bundle->topic_count; offers.count++)
		offers.cards[offers.count] = topic_card(view, &bundle->topics[offers.count]);
	if (content_source_places(view->content)->count > 0)
		offers.cards[offers.count++] = extra_card(view, "places", "places", WORD_PLACES, VERB_PLACES);
	if (content_has_events(view->content))
		offers.cards[offers.count++] = extra_card(view, "events", "events", WORD_EVENTS, VERB_EVENTS);
	if (bundle->items[ITEM_PATH].count > 0)
		offers.cards[offers.count++] =
			extra_card(view, "situation", "route", WORD_MY_SITUATION, VERB_SITUATION);
	if (bundle->items[ITEM_PHRASES].count > 0)
		offers.cards[offers.count++] = extra_card(view, "phrases", "phrases", WORD_PHRASES, VERB_PHRASES);
	return offers;
}

/* ---- 112, the first guide, what is open */

#define QUICK_MAX 3
#define QUICK_PAD 28.0f

/* A low card beside 112: a pictogram, and words in one or two styles. */
struct quick {
	const char *id, *icon, *first, *second, *lang; /* second NULL: none */
	struct action action;
	bool good; /* the first words are green */
};

static size_t quick_of(struct view *view, struct quick out[QUICK_MAX])
{
	const struct item_list *guides = &content_bundle(view->content)->items[ITEM_GUIDE];
	struct place_filter open = {.open_at = &view->local};
	size_t count = 0, places = content_places(view->content, view->language, &open, NULL, 0);
	bool translated = true;
	const struct page_title *guide = guides->count > 0
						 ? content_item_title(view->content, view->language, ITEM_GUIDE,
								      guides->entries[0].id, &translated)
						 : NULL;
	if (guide)
		out[count++] = (struct quick){.id = view_id(view, "guide", guide->page),
					      .icon = guide->icon,
					      .first = guide->title,
					      .lang = translated ? NULL : view_code(view, view->source),
					      .action = screen_action(VERB_DECIDE, 0, guide->page)};
	if (places > 0)
		out[count++] =
			(struct quick){.id = "home.open",
				       .icon = "clock",
				       .first = view_word(view, WORD_OPEN_NOW),
				       .second = view_counted(view, view->language, WORD_PLACES_COUNT, (int)places),
				       .action = screen_action(VERB_PLACES, 1, NULL),
				       .good = true};
	return count;
}

static struct ui_text quick_style(const struct quick *quick, uint32_t colour, bool first)
{
	return (struct ui_text){
		.type = first ? TYPE_LABEL : TYPE_SMALL, .colour = colour, .silent = true, .lang = quick->lang};
}

static float quick_words(const struct view *view, const struct quick *quick, float width)
{
	struct ui_text first = quick_style(quick, 0, true), second = quick_style(quick, 0, false);
	float height = ui_text_height(view->ui, width, &first, quick->first);
	return height + (quick->second ? ui_text_height(view->ui, width, &second, quick->second) : 0);
}

static float quick_room(float width)
{
	return width - 2 * QUICK_PAD - TOKEN_ICON_BUTTON - 20;
}

static float quick_height(const struct view *view, const struct quick *quick, float width)
{
	return fmaxf(RED_HIGH, quick_words(view, quick, quick_room(width)) + 24);
}

static void quick_draw(struct view *view, struct box box, const struct quick *quick)
{
	struct ui *ui = view->ui;
	const char *name = quick->second ? arena_printf(view->scratch, "%s: %s", quick->first, quick->second) : NULL;
	struct ui_target target = {.role = ROLE_BUTTON,
				   .id = quick->id,
				   .name = name ? name : quick->first,
				   .lang = quick->lang,
				   .action = quick->action};
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), false);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	struct ui_text first = quick_style(quick, quick->good && resting ? ui_colour(ui, COLOUR_GREEN) : ink, true),
		       second = quick_style(quick, ink, false);
	float width = quick_room(box.w);
	ui_icon(ui, (struct box){box.x + QUICK_PAD, box.y, TOKEN_ICON_BUTTON, box.h}, quick->icon, TOKEN_ICON_BUTTON,
		ink);
	struct box words = {box.x + QUICK_PAD + TOKEN_ICON_BUTTON + 20,
			    box.y + (box.h - quick_words(view, quick, width)) / 2, width, 0};
	words.y += ui_text(ui, words, &first, quick->first);
	if (quick->second)
		ui_text(ui, words, &second, quick->second);
}

/* How wide each is beside 112: what has the longer words has more room. */
static void quick_widths(const struct view *view, const struct quick *quick, size_t count, float width,
			 float widths[QUICK_MAX])
{
	float total = 0, longest[QUICK_MAX] = {0}, room = width - (float)count * FRAME_GUTTER;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = quick_style(&quick[i], 0, true);
		longest[i] = fmaxf(sqrtf(ui_text_width(view->ui, &style, quick[i].first)), 14);
		total += longest[i];
	}
	for (size_t i = 0; i < count; i++)
		widths[i] = room * longest[i] / total;
}

/* 112 and the others in one line, or under each other where the text is large; only measured or drawn. */
static float quick_row(struct view *view, struct box box, bool draw)
{
	struct quick quick[QUICK_MAX];
	float widths[QUICK_MAX];
	size_t count = quick_of(view, quick);
	bool line = ui_text_size(view->ui) < TEXT_150 && count > 0;
	float red = line ? RED_WIDE : box.w, height = red_height(view);
	quick_widths(view, quick, count, box.w - red, widths);
	for (size_t i = 0; i < count && line; i++)
		height = fmaxf(height, quick_height(view, &quick[i], widths[i]));
	if (draw)
		red_draw(view, (struct box){box.x, box.y, red, line ? height : 0});
	struct box place = {box.x + red + FRAME_GUTTER, box.y, 0, height};
	for (size_t i = 0; i < count && line; i++) {
		place.w = widths[i];
		if (draw)
			quick_draw(view, place, &quick[i]);
		place.x += place.w + FRAME_GUTTER;
	}
	for (size_t i = 0; i < count && !line; i++) {
		float each = quick_height(view, &quick[i], box.w);
		height += FRAME_GUTTER;
		if (draw)
			quick_draw(view, (struct box){box.x, box.y + height, box.w, each}, &quick[i]);
		height += each;
	}
	return height;
}

/* Where the screen lies: under each other, 112 and what is open beside it at the end. Returns where it begins; the lower end is
 * given. */
static float quick_lying(struct view *view, float low)
{
	struct quick quick[QUICK_MAX];
	size_t count = quick_of(view, quick);
	float left = TOKEN_GRID_LANDSCAPE_LEFT, half = (left - FRAME_GUTTER) / 2, height = red_height(view);
	const struct quick *open = count > 0 && quick[count - 1].good ? &quick[count - 1] : NULL;
	if (open)
		height = fmaxf(height, quick_height(view, open, half));
	float y = low - height;
	red_draw(view, (struct box){FRAME_MARGIN, y, half, height});
	if (open)
		quick_draw(view, (struct box){FRAME_MARGIN + half + FRAME_GUTTER, y, half, height}, open);
	for (size_t i = 0; i < count; i++) {
		float each = quick_height(view, &quick[i], left);
		if (&quick[i] == open)
			continue;
		y -= each + 20;
		quick_draw(view, (struct box){FRAME_MARGIN, y, left, each}, &quick[i]);
	}
	return y;
}

/* The title, its picture and what is urgent at the start, the rest beside them. */
static void lying_draw(struct view *view, struct box room, const struct offers *offers)
{
	struct ui *ui = view->ui;
	float left = TOKEN_GRID_LANDSCAPE_LEFT,
	      words = words_draw(view, (struct box){FRAME_MARGIN, room.y + 44, left, 0}, true);
	float low = quick_lying(view, room.y + room.h - 44);
	float wide = FRAME_MARGIN + left + 28, tall = wide * TOKEN_SIZE_HERO_HOME / 1080;
	float top = room.y + 44 + words - 24;
	if (ui_text_size(ui) < TEXT_150 && top + tall < low)
		ui_picture(ui, (struct box){0, fmaxf(top, low - 40 - tall), wide, tall}, "home");

	struct box right = {FRAME_MARGIN + left + FRAME_GUTTER + 16, room.y, 0, room.h};
	right.w = room.w - right.x - FRAME_MARGIN;
	struct box box = {0, 44, right.w, 0};
	float calm = notices_row(view, box, false), urgent = notices_banner(view, box, 0, true, false);
	float above = (calm > 0 ? calm + NOTICE_GAP : 0) + (urgent > 0 ? urgent + NOTICE_GAP : 0);
	struct cards cards = cards_plan(view, offers->cards, offers->count, right.w, room.h - 88 - above);
	frame_roll_begin(view, LAYER_SCREEN, right);
	notices_banner(view, box, 0, true, true);
	box.y += urgent > 0 ? urgent + NOTICE_GAP : 0;
	notices_row(view, box, true);
	box.y += calm > 0 ? calm + NOTICE_GAP : 0;
	box.y += cards_draw(view, box, &cards);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + 44);
}

static void upright_draw(struct view *view, struct box room, const struct offers *offers)
{
	float width = room.w - 2 * FRAME_MARGIN;
	const struct card *extras = offers->cards + offers->topics;
	size_t extra_count = offers->count - offers->topics;
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box row = {FRAME_MARGIN, 0, width, 0};
	float calm = notices_row(view, row, false), low = cards_low_height(view, width, extras, extra_count),
	      quick = quick_row(view, row, false);
	if (calm > 0)
		calm += FRAME_GUTTER;
	if (low > 0)
		low += FRAME_GUTTER;
	row.y = top_draw(view, room.w, calm) + TOP_GAP;
	struct cards cards = cards_plan(view, offers->cards, offers->topics, width,
					room.h - row.y - low - calm - FRAME_GUTTER - quick - LOW_GAP);
	row.y += cards_draw(view, row, &cards) + FRAME_GUTTER;
	if (extra_count > 0)
		row.y += cards_low_draw(view, row, extras, extra_count) + FRAME_GUTTER;
	row.y += quick_row(view, row, true);
	if (calm > 0) {
		row.y += FRAME_GUTTER;
		notices_row(view, row, true);
		row.y += calm - FRAME_GUTTER;
	}
	frame_roll_end(view, LAYER_SCREEN, room, row.y + LOW_GAP);
}

void home_draw(struct view *view)
{
	struct offers offers = offers_of(view);
	if (!offers.cards)
		return;
	/* Two columns hold no large text. */
	if (view_wide(view) && ui_text_size(view->ui) < TEXT_150)
		lying_draw(view, frame_room(view), &offers);
	else
		upright_draw(view, frame_room(view), &offers);
}
