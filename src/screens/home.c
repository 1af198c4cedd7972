#include "screens/cards.h"
#include "screens/frame.h"
#include "screens/notices.h"
#include "screens/quick.h"

#include "tokens.h"

#include <math.h>

#define HERO_TEXT      600.0f /* beside sun and houses */
#define HERO_LEAST     276.0f /* so that the first topics lie within reach */
#define HERO_SKY       0.7f   /* of its height; below is land, where no words stand */
#define TOP_GAP        28.0f
#define LINE_GAP       20.0f /* between what stands under the topics */
#define ROWS_GAP       30.0f /* the same under an urgent message */
#define LOW_GAP        24.0f
#define NOTICE_GAP     24.0f
#define SKY            50.0f        /* of the picture where the screen lies: words may stand over it */
#define WORDS_IN       60.0f        /* where the screen lies, so that the title's lines are even */
#define HERO_GAP       32.0f        /* to the message under it */
#define URGENT_LESS    9.0f         /* closer to what follows than the picture */
#define LYING_SHARE    (60.0f / 64) /* of the question's type */
#define LYING_LINE     (70.0f / 76)
#define LYING_TOP      39.0f /* above the greeting */
#define QUESTION_LEAST 0.85f

/* Two columns hold no large text. */
static bool is_lying(const struct view *view)
{
	return view_wide(view) && ui_text_size(view->ui) < TEXT_150;
}

static const char *greeting(const struct view *view)
{
	if (view->local.hour < 12)
		return view_word(view, WORD_GOOD_MORNING);
	return view_word(view, view->local.hour < 18 ? WORD_GOOD_AFTERNOON : WORD_GOOD_EVENING);
}

static struct ui_text question_style(const struct view *view)
{
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(view->ui));
	bool lying = is_lying(view);
	return (struct ui_text){.colour = ui_colour(view->ui, COLOUR_INK),
				.size = h1.size * (lying ? LYING_SHARE : 1),
				.line = h1.line * (lying ? LYING_LINE : 1),
				.bold = true,
				.spacing = UI_TITLE_SPACING,
				.title = true,
				.lines_wanted = 2,
				.shrink_to = QUESTION_LEAST};
}

static float words_height(const struct view *view, float width, bool greet)
{
	struct ui_text hello = {.type = TYPE_SUB}, title = question_style(view);
	float height = greet ? ui_text_height(view->ui, width, &hello, greeting(view)) : 0;
	return height + ui_text_height(view->ui, width, &title, view_word(view, WORD_WHAT_HELP));
}

/* `greet` false: only the question, where there is little room. */
static float words_draw(struct view *view, struct box box, bool greet)
{
	struct ui *ui = view->ui;
	struct ui_text hello = {.type = TYPE_SUB, .colour = ui_colour(ui, COLOUR_INK2)};
	struct ui_text title = question_style(view);
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
		return fmaxf(words.y + words_draw(view, words, true), TOKEN_SIZE_HERO_HOME - less);
	words.w = fmaxf(words.w - (960 - HERO_TEXT), HERO_TEXT);
	float tall = fmaxf(TOKEN_SIZE_HERO_HOME - less, HERO_LEAST);
	bool greet = less == 0 || words.y + words_height(view, words.w, true) <= tall * HERO_SKY;
	tall = fmaxf(tall, (words.y + words_height(view, words.w, greet)) / HERO_SKY);
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
	return line.y + ui_text(ui, line, &title, view_word(view, WORD_WHAT_HELP)) - URGENT_LESS;
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

static struct offers offers_of(struct view *view, bool lying)
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
	if (bundle->items[ITEM_PATH].count > 0 && !quick_has_situation(view, lying))
		offers.cards[offers.count++] =
			extra_card(view, "situation", "route", WORD_MY_SITUATION, VERB_SITUATION);
	if (bundle->items[ITEM_PHRASES].count > 0)
		offers.cards[offers.count++] = extra_card(view, "phrases", "phrases", WORD_PHRASES, VERB_PHRASES);
	return offers;
}

/* The title, its picture and what it says at the start, the rest beside them. */
static void lying_draw(struct view *view, struct box room, const struct offers *offers)
{
	struct ui *ui = view->ui;
	float left = TOKEN_GRID_LANDSCAPE_LEFT;
	struct box words = {FRAME_MARGIN, room.y + LYING_TOP, left - WORDS_IN, 0};
	float low = quick_lying(view, room.y + room.h - 40);
	float wide = FRAME_MARGIN + left + 28, tall = wide * TOKEN_SIZE_HERO_HOME / 1080;
	float top = words.y + words_height(view, words.w, true) - SKY;
	struct box note = {FRAME_MARGIN, 0, left, 0};
	float calm = notices_row(view, note, false);
	bool noted = calm > 0 && top + NOTICE_GAP < low - LINE_GAP - calm;
	if (noted) {
		note.y = low - LINE_GAP - calm;
		notices_row(view, note, true);
		low = note.y;
	}
	if (ui_text_size(ui) < TEXT_150 && top + tall < low)
		ui_picture(ui, (struct box){0, fmaxf(top, low - NOTICE_GAP - tall), wide, tall}, "home");
	words_draw(view, words, true);

	struct box right = {FRAME_MARGIN + left + FRAME_GUTTER + 16, room.y, 0, room.h};
	right.w = room.w - right.x - FRAME_MARGIN;
	struct box box = {0, 44, right.w, 0};
	float urgent = notices_banner(view, box, 0, true, false);
	float above = (calm > 0 && !noted ? calm + NOTICE_GAP : 0) + (urgent > 0 ? urgent + NOTICE_GAP : 0);
	struct cards cards = cards_plan(view, offers->cards, offers->count, right.w, room.h - 84 - above);
	frame_roll_begin(view, LAYER_SCREEN, right);
	notices_banner(view, box, 0, true, true);
	box.y += urgent > 0 ? urgent + NOTICE_GAP : 0;
	if (calm > 0 && !noted)
		box.y += notices_row(view, box, true) + NOTICE_GAP;
	box.y += cards_draw(view, box, &cards);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + 40);
}

/* Under an urgent message: all as low rows. */
static float rows_draw(struct view *view, struct box box, const struct offers *offers)
{
	return cards_low_draw(view, box, &cards_rows, offers->cards, offers->count);
}

/* The topics as large as there is room for, and the others in a low line. */
static float cards_and_line(struct view *view, struct box box, const struct offers *offers, const struct cards *cards)
{
	const struct card *extras = offers->cards + offers->topics;
	size_t count = offers->count - offers->topics;
	float high = cards_draw(view, box, cards);
	box.y += high + LINE_GAP;
	return count == 0 ? high : high + LINE_GAP + cards_low_draw(view, box, &cards_lowest, extras, count);
}

/* How much less high the picture must be than the design's, so that it and the topics fit into `room`; 0 when they do
 * anyway, or cannot. */
static float hero_less(struct view *view, const struct offers *offers, float width, float room)
{
	struct cards least = cards_plan(view, offers->cards, offers->topics, width, 0);
	float most = TOKEN_SIZE_HERO_HOME - HERO_LEAST, less = TOKEN_SIZE_HERO_HOME + cards_height(&least) - room;
	if (less <= most)
		return fmaxf(less, 0);
	struct cards tight = cards_plan(view, offers->cards, offers->topics, width, room - HERO_LEAST);
	return cards_height(&tight) <= room - HERO_LEAST ? most : 0;
}

static void upright_draw(struct view *view, struct box room, const struct offers *offers)
{
	float width = room.w - 2 * FRAME_MARGIN;
	const struct card *extras = offers->cards + offers->topics;
	size_t extra_count = offers->count - offers->topics;
	bool urgent = notices_banner(view, (struct box){0, 0, room.w, 0}, 0, true, false) > 0;
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box row = {FRAME_MARGIN, 0, width, 0};
	float calm = notices_row(view, row, false), low = LINE_GAP + quick_row(view, row, false) + LOW_GAP;
	if (extra_count > 0)
		low += LINE_GAP + cards_low_height(view, width, &cards_lowest, extras, extra_count);
	float note = calm > 0 ? HERO_GAP + calm : 0;
	row.y = top_draw(view, room.w, hero_less(view, offers, width, room.h - note - TOP_GAP - low));
	if (calm > 0) {
		row.y += HERO_GAP;
		row.y += notices_row(view, row, true);
	}
	row.y += TOP_GAP;
	struct cards cards = cards_plan(view, offers->cards, offers->topics, width, room.h - row.y - low);
	row.y +=
		urgent ? rows_draw(view, row, offers) + ROWS_GAP : cards_and_line(view, row, offers, &cards) + LINE_GAP;
	row.y += quick_row(view, row, true);
	frame_roll_end(view, LAYER_SCREEN, room, row.y + LOW_GAP);
}

void home_draw(struct view *view)
{
	bool lying = is_lying(view);
	struct offers offers = offers_of(view, lying);
	if (!offers.cards)
		return;
	if (lying)
		lying_draw(view, frame_room(view), &offers);
	else
		upright_draw(view, frame_room(view), &offers);
}
