#include "screens/cards.h"
#include "screens/frame.h"
#include "screens/notices.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define HERO_TEXT      600.0f /* beside sun and houses */
#define HERO_LEAST     276.0f /* so that the first topics lie within reach */
#define HERO_SKY       0.7f   /* of its height; below is land, where no words stand */
#define TOP_GAP        28.0f
#define LINE_GAP       20.0f /* between what stands under the topics */
#define LOW_GAP        24.0f
#define NOTICE_GAP     24.0f
#define SKY            50.0f /* of the picture where the screen lies: words may stand over it */
#define WORDS_IN       60.0f /* where the screen lies, so that the title's lines are even */
#define HERO_GAP       32.0f /* to the message under it */
#define URGENT_LESS    9.0f  /* closer to what follows than the picture */
#define RED_HIGH       112.0f
#define RED_WIDE       276.0f
#define RED_PAD        24.0f
#define RED_NUMBER     (40.0f / 44) /* of TYPE_H2 */
#define NUMBER_LIFT    2.0f         /* digits have nothing below the line */
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
		return fmaxf(words.y + words_draw(view, words, true), TOKEN_SIZE_HERO_HOME);
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

static struct ui_text red_style(const struct view *view, bool number)
{
	struct type_size type = theme_type(number ? TYPE_H2 : TYPE_META, ui_text_size(view->ui));
	float share = number ? RED_NUMBER : 1;
	return (struct ui_text){.size = type.size * share,
				.line = number ? type.size : type.line,
				.bold = number,
				.lines_max = 1,
				.silent = true,
				.lang = number ? "en" : NULL,
				.rtl = number ? -1 : 0,
				.shrink_to = 0.6f};
}

static float red_height(const struct view *view)
{
	struct ui_text number = red_style(view, true), under = red_style(view, false);
	return fmaxf(RED_HIGH, number.line + under.line + 18);
}

#define RED_START (RED_PAD + TOKEN_ICON_BUTTON + 20) /* of its words */

/* As wide as its words need. */
static float red_least(const struct view *view)
{
	struct ui_text number = red_style(view, true), under = red_style(view, false);
	float words = fmaxf(ui_text_width(view->ui, &number, "112"),
			    ui_text_width(view->ui, &under, view_word(view, WORD_EMERGENCY)));
	return fminf(RED_START + words + RED_PAD, RED_WIDE);
}

/* 112, red. */
static void red_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *word = view_word(view, WORD_EMERGENCY);
	struct ui_text number = red_style(view, true), under = red_style(view, false);
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
	ui_icon(ui, (struct box){box.x + RED_PAD, box.y, TOKEN_ICON_BUTTON, box.h}, "phone", TOKEN_ICON_BUTTON,
		number.colour);
	struct box text = {box.x + RED_START, box.y + (box.h - number.line - under.line) / 2, box.w - RED_START - 12,
			   number.line};
	ui_text(ui, (struct box){text.x, text.y - NUMBER_LIFT, text.w, text.h}, &number, "112");
	text.y += number.line;
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

/* It stands beside 112 where nothing is open and where the screen lies; else below the topics. */
static bool is_beside(const struct view *view, bool lying)
{
	struct place_filter open = {.open_at = &view->local};
	return content_bundle(view->content)->items[ITEM_PATH].count > 0 &&
	       (lying || content_places(view->content, view->language, &open, NULL, 0) == 0);
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
	if (bundle->items[ITEM_PATH].count > 0 && !is_beside(view, lying))
		offers.cards[offers.count++] =
			extra_card(view, "situation", "route", WORD_MY_SITUATION, VERB_SITUATION);
	if (bundle->items[ITEM_PHRASES].count > 0)
		offers.cards[offers.count++] = extra_card(view, "phrases", "phrases", WORD_PHRASES, VERB_PHRASES);
	return offers;
}

/* ---- 112, the first guide, my situation, what is open */

#define QUICK_MAX    3
#define QUICK_PAD    26.0f
#define QUICK_ICON   60.0f
#define QUICK_START  (QUICK_PAD + QUICK_ICON + 18) /* of its words */
#define QUICK_AROUND (QUICK_START + 20)
#define QUICK_STEP   12.0f

/* A low card beside 112: a pictogram, and words in one or two styles. */
struct quick {
	const char *id, *icon, *first, *second, *lang; /* second NULL: none */
	int rtl;                                       /* of the words, for struct ui_text */
	struct action action;
	bool good;   /* the first words are green */
	bool brief;  /* half a column is enough */
	float share; /* of its type; 0: all */
};

static size_t quick_of(struct view *view, bool lying, struct quick out[QUICK_MAX])
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
					      .rtl = translated ? 0 : view_turn(view, view->source),
					      .action = screen_action(VERB_DECIDE, 0, guide->page)};
	if (is_beside(view, lying))
		out[count++] = (struct quick){.id = "home.situation",
					      .icon = "route",
					      .first = view_word(view, WORD_MY_SITUATION),
					      .action = screen_action(VERB_SITUATION, 0, NULL),
					      .brief = true};
	if (places > 0)
		out[count++] =
			(struct quick){.id = "home.open",
				       .icon = "clock",
				       .first = view_word(view, WORD_OPEN_NOW),
				       .second = view_counted(view, view->language, WORD_PLACES_COUNT, (int)places),
				       .action = screen_action(VERB_PLACES, 1, NULL),
				       .good = true,
				       .brief = true};
	return count;
}

static struct ui_text quick_style(const struct view *view, const struct quick *quick, uint32_t colour, bool first)
{
	struct type_size type = theme_type(first ? TYPE_LABEL : TYPE_SMALL, ui_text_size(view->ui));
	float share = quick->share > 0 ? quick->share : 1;
	return (struct ui_text){.size = type.size * share,
				.line = type.line * share,
				.bold = type.bold,
				.colour = colour,
				.silent = true,
				.lang = quick->lang,
				.rtl = quick->rtl};
}

static float quick_words(const struct view *view, const struct quick *quick, float width)
{
	struct ui_text first = quick_style(view, quick, 0, true), second = quick_style(view, quick, 0, false);
	float height = ui_text_height(view->ui, width, &first, quick->first);
	return height + (quick->second ? ui_text_height(view->ui, width, &second, quick->second) : 0);
}

static float quick_height(const struct view *view, const struct quick *quick, float width)
{
	return fmaxf(RED_HIGH, quick_words(view, quick, width - QUICK_AROUND) + 24);
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
	struct ui_text first = quick_style(view, quick, quick->good && resting ? ui_colour(ui, COLOUR_GREEN) : ink,
					   true),
		       second = quick_style(view, quick, ink, false);
	float width = box.w - QUICK_AROUND;
	ui_icon(ui, (struct box){box.x + QUICK_PAD, box.y, QUICK_ICON, box.h}, quick->icon, QUICK_ICON, ink);
	struct box words = {box.x + QUICK_START, box.y + (box.h - quick_words(view, quick, width)) / 2, width, 0};
	words.y += ui_text(ui, words, &first, quick->first);
	if (quick->second)
		ui_text(ui, words, &second, quick->second);
}

static float longest_word(const struct view *view, const struct ui_text *style, const char *text)
{
	float most = 0;
	for (const char *at = text; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *word = arena_printf(view->scratch, "%.*s", (int)length, at);
		most = fmaxf(most, word ? ui_text_width(view->ui, style, word) : 0);
		at += length;
	}
	return most;
}

/* How wide each must be so that no word is broken and none takes more lines; the sum. */
static float quick_needs(const struct view *view, const struct quick *quick, size_t count, float lines,
			 float widths[QUICK_MAX])
{
	float total = 0;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = quick_style(view, &quick[i], 0, true);
		float words = longest_word(view, &style, quick[i].first) + 2;
		while (ui_text_height(view->ui, words, &style, quick[i].first) > (lines + 0.4f) * style.line)
			words += QUICK_STEP;
		widths[i] = words + QUICK_AROUND;
		total += widths[i];
	}
	return total;
}

/* How wide 112 and the others are beside each other. Where they need more than there is, 112 is as narrow as its words, then
 * the others' words are a little smaller, at last they take more lines. */
static float quick_widths(const struct view *view, struct quick *quick, size_t count, float width,
			  float widths[QUICK_MAX])
{
	static const struct {
		float share, lines;
	} steps[] = {{1, 2}, {28.0f / 30, 2}, {26.0f / 30, 2}, {26.0f / 30, 3}};
	float room = width - (float)count * FRAME_GUTTER, red = RED_WIDE, total = 0;
	for (size_t step = 0; step < ARRAY_LEN(steps); step++) {
		for (size_t i = 0; i < count; i++)
			quick[i].share = steps[step].share;
		total = quick_needs(view, quick, count, steps[step].lines, widths);
		red = fmaxf(fminf(room - total, RED_WIDE), red_least(view));
		if (red + total <= room)
			break;
	}
	for (size_t i = 0; i < count; i++)
		widths[i] += (room - red - total) / (float)count;
	return red;
}

/* 112 and the others in one line, or under each other where the text is large; only measured or drawn. */
static float quick_row(struct view *view, struct box box, bool draw)
{
	struct quick quick[QUICK_MAX];
	float widths[QUICK_MAX];
	size_t count = quick_of(view, false, quick);
	bool line = ui_text_size(view->ui) < TEXT_150 && count > 0;
	float red = line ? quick_widths(view, quick, count, box.w, widths) : box.w, height = red_height(view);
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

/* Where the screen lies: under each other, 112 and the last one beside it at the end. Returns where it begins; the lower end
 * is given. */
static float quick_lying(struct view *view, float low)
{
	struct quick quick[QUICK_MAX];
	size_t count = quick_of(view, true, quick);
	float left = TOKEN_GRID_LANDSCAPE_LEFT, rest = left - RED_WIDE - FRAME_GUTTER, height = red_height(view);
	const struct quick *last = count > 0 && quick[count - 1].brief ? &quick[count - 1] : NULL;
	if (last)
		height = fmaxf(height, quick_height(view, last, rest));
	float y = low - height;
	red_draw(view, (struct box){FRAME_MARGIN, y, RED_WIDE, height});
	if (last)
		quick_draw(view, (struct box){FRAME_MARGIN + RED_WIDE + FRAME_GUTTER, y, rest, height}, last);
	for (size_t i = 0; i < count; i++) {
		float each = quick_height(view, &quick[i], left);
		if (&quick[i] == last)
			continue;
		y -= each + LINE_GAP;
		quick_draw(view, (struct box){FRAME_MARGIN, y, left, each}, &quick[i]);
	}
	return y;
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
	row.y += (urgent ? rows_draw(view, row, offers) : cards_and_line(view, row, offers, &cards)) + LINE_GAP;
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
