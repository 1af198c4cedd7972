#include "screens/frame.h"
#include "screens/heading.h"
#include "screens/labels.h"

#include "text/locale.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOP           24.0f
#define TILE          88.0f
#define TITLE_SHARE   (48.0f / 64.0f)
#define GAP           20.0f
#define TITLE_GAP     22.0f           /* over the picture, */
#define PICTURE_GAP   28.0f           /* under it, */
#define DANISH_GAP    12.0f           /* and over the Danish */
#define WIDE          960.0f          /* of a picture, and */
#define HIGH          680.0f          /* its height then, */
#define HIGH_LEAST    460.0f          /* and the least of it before the words roll */
#define SENTENCE      (50.0f / 44.0f) /* of TYPE_H2 */
#define SENTENCE_LINE (64.0f / 56.0f)
#define WORD_PAD      24.0f
#define WORD_LEAST    112.0f
#define DOT           24.0f
#define DOT_WIDE      72.0f /* of the picture that is shown */
#define DOT_GAP       20.0f
#define DOT_LINE      4.0f
#define FOOT_PAD      20.0f
#define LISTEN_SHARE  (360.0f / 912.0f) /* what the middle one of three buttons has of the width */
#define LYING_GAP     48.0f
#define LYING_SHARE   0.5f /* of the room that the picture has beside the words */

static const struct story *story_of(const struct view *view)
{
	return &view->item->story;
}

/* The one that was turned to, at first the first. */
static size_t part_here(const struct view *view)
{
	const struct story *story = story_of(view);
	for (size_t i = 0; i < story->part_count; i++)
		if (strcmp(story->parts[i].id, view->place.part) == 0)
			return i;
	return 0;
}

static struct hue hue_of(const struct view *view)
{
	const char *topic = view_item_topic(view, ITEM_STORY, view->item->head.id);
	return view_hue(view, topic ? topic : "");
}

/* "Picture 3 of 8 · In the morning" */
static const char *where_text(const struct view *view, size_t at)
{
	const struct story_part *part = &story_of(view)->parts[at];
	const char *pattern = view_word_in(view, view->page_language, WORD_PICTURE);
	char digits[24];
	snprintf(digits, sizeof(digits), "%zu", story_of(view)->part_count);
	pattern = view_filled(view, pattern, digits);
	snprintf(digits, sizeof(digits), "%zu", at + 1);
	const char *where = view_filled(view, pattern, digits);
	const char *text = part->when ? arena_printf(view->scratch, "%s · %s", where, part->when) : where;
	return text ? text : where;
}

static float title_draw(struct view *view, struct box box, size_t at)
{
	struct heading heading = {.icon = view->item->head.icon,
				  .hue = hue_of(view),
				  .title = view->item->head.title,
				  .below = where_text(view, at),
				  .title_lang = view_code(view, view->page_language),
				  .tile = TILE,
				  .share = TITLE_SHARE};
	return heading_draw(view, box, &heading);
}

/* Whoever does not see it, or sees it badly, gets it in words. */
static void picture_draw(struct view *view, struct box box, const struct story_part *part)
{
	struct ui *ui = view->ui;
	struct picture_source source = view_picture(view, part->picture);
	ui_card_picture(ui, box, &source, TOKEN_RADIUS_CARD, CORNERS_ALL);
	ui_meaning(ui, box, ROLE_PICTURE, part->shows);
}

/* ---- The words */

struct lines {
	struct ui_text sentence, danish;
	bool both; /* the Danish stands under the visitor's language */
};

static struct lines lines_of(const struct view *view)
{
	struct type_size h2 = theme_type(TYPE_H2, ui_text_size(view->ui));
	return (struct lines){.sentence = {.size = h2.size * SENTENCE,
					   .line = h2.line * SENTENCE_LINE,
					   .bold = true,
					   .shrink_to = 0.6f,
					   .colour = ui_colour(view->ui, COLOUR_INK),
					   .lang = view_code(view, view->page_language)},
			      .danish = {.type = TYPE_LEAD,
					 .colour = ui_colour(view->ui, COLOUR_FJORD),
					 .lang = view_code(view, view->source),
					 .rtl = view_turn(view, view->source)},
			      .both = view->page_language != view->source};
}

struct card {
	struct ui_text danish, own;
	size_t each; /* in a line */
	float width;
};

static struct card card_of(const struct view *view, float width, const struct story_part *part)
{
	enum text_size size = ui_text_size(view->ui);
	struct card card = {.danish = {.type = TYPE_SUB,
				       .bold = true,
				       .shrink_to = 0.6f,
				       .colour = ui_colour(view->ui, COLOUR_FJORD),
				       .lang = view_code(view, view->source),
				       .rtl = view_turn(view, view->source)},
			    .own = {.type = TYPE_SMALL,
				    .shrink_to = 0.6f,
				    .colour = ui_colour(view->ui, COLOUR_INK),
				    .lang = view_code(view, view->page_language)},
			    .each = size >= TEXT_150 || width < WIDE / 2 ? 1 : part->word_count};
	card.width = (width - TOKEN_SPACE_M * (float)(card.each - 1)) / (float)card.each;
	return card;
}

/* One word shrinks rather than being broken. */
static struct ui_text lined(struct ui_text style, const char *text)
{
	style.lines_max = strchr(text, ' ') ? 2 : 1;
	return style;
}

/* Both lines of a card; returns their height. */
static float word_draw(struct view *view, struct box box, const struct card *card, const struct story_word *word,
		       bool draw)
{
	struct ui_text danish = lined(card->danish, word->danish), own = lined(card->own, word->text);
	float first = ui_text_height(view->ui, box.w, &danish, word->danish);
	float second = ui_text_height(view->ui, box.w, &own, word->text);
	if (draw) {
		ui_text(view->ui, box, &danish, word->danish);
		ui_text(view->ui, (struct box){box.x, box.y + first, box.w, second}, &own, word->text);
	}
	return first + second;
}

static float card_height(struct view *view, const struct card *card, const struct story_part *part)
{
	struct box inside = {0, 0, card->width - 2 * WORD_PAD, 0};
	float high = WORD_LEAST;
	for (size_t i = 0; i < part->word_count; i++)
		high = fmaxf(high, WORD_PAD + word_draw(view, inside, card, &part->words[i], false));
	return high;
}

/* Danish words to know, as cards. Whoever reads Danish knows them. */
static float cards_draw(struct view *view, struct box box, const struct story_part *part, bool draw)
{
	if (part->word_count == 0 || view->page_language == view->source)
		return 0;
	struct card card = card_of(view, box.w, part);
	float high = card_height(view, &card, part);
	for (size_t i = 0; draw && i < part->word_count; i++) {
		const struct story_word *word = &part->words[i];
		size_t line = i / card.each;
		struct box at = {box.x + (card.width + TOKEN_SPACE_M) * (float)(i % card.each),
				 box.y + (high + TOKEN_SPACE_M) * (float)line, card.width, high};
		ui_round(view->ui, at, TOKEN_RADIUS_CARD, ui_colour(view->ui, COLOUR_SURFACE));
		ui_ring(view->ui, at, TOKEN_RADIUS_CARD, TOKEN_BORDER_CARD, ui_colour(view->ui, COLOUR_LINE));
		at = (struct box){at.x + WORD_PAD, at.y, at.w - 2 * WORD_PAD, 0};
		at.y += (high - word_draw(view, at, &card, word, false)) / 2;
		word_draw(view, at, &card, word, true);
	}
	float lines = ceilf((float)part->word_count / (float)card.each);
	return (high + TOKEN_SPACE_M) * lines - TOKEN_SPACE_M;
}

/* The Danish stands beside it, so what has changed there needs no mark. */
static struct labels labels_of_part(const struct view *view, const struct story_part *part)
{
	const char *const *texts[3 + STORY_WORDS_MAX] = {&part->text, &part->shows, &part->when};
	for (size_t i = 0; i < part->word_count; i++)
		texts[3 + i] = &part->words[i].text;
	struct labels labels = labels_of_texts(view, texts, 3 + part->word_count);
	labels.marked = false;
	return labels;
}

/* The sentence, the Danish and the words; `draw` false only measures. */
static float words_draw(struct view *view, struct box box, const struct story_part *part, bool draw)
{
	struct ui *ui = view->ui;
	struct lines lines = lines_of(view);
	float top = box.y;
	box.y += draw ? ui_text(ui, box, &lines.sentence, part->text)
		      : ui_text_height(ui, box.w, &lines.sentence, part->text);
	box.y += lines.both ? DANISH_GAP : 0;
	if (lines.both)
		box.y += draw ? ui_text(ui, box, &lines.danish, part->danish)
			      : ui_text_height(ui, box.w, &lines.danish, part->danish);
	float cards = cards_draw(view, (struct box){box.x, box.y + GAP, box.w, 0}, part, draw);
	box.y += cards > 0 ? cards + GAP : 0;
	return box.y - top;
}

/* Where there are no pictures, what it shows stands in its place. */
static float shown_draw(struct view *view, struct box box, const struct story_part *part)
{
	struct ui_text style = {.type = TYPE_LEAD,
				.colour = ui_colour(view->ui, COLOUR_INK2),
				.lang = view_code(view, view->page_language)};
	return ui_text(view->ui, box, &style, part->shows);
}

/* ---- The foot: how far one has come, and the ways on. It always stands in the same place, with more air where the
 * picture is whole. */

struct foot {
	float listen;  /* how wide it is between the two ways on, with why it is grey under them; 0: it is not there */
	float above;   /* the dots */
	float between; /* the dots and the buttons */
	float high;    /* a button, at least */
	float under;   /* from the buttons to the line */
	float below;
};

/* How wide the larger of the two ways on must be for its words. */
static float way_width(const struct view *view)
{
	float previous = widget_button_width(view->ui, BUTTON_SECOND, "back", view_word(view, WORD_PREVIOUS), NULL);
	float next = widget_button_width(view->ui, BUTTON_MAIN, "chev", view_word(view, WORD_NEXT), NULL);
	return fmaxf(previous, next);
}

/* Of the one between them, `width` without the gaps: as drawn, but no wider than they leave it. 0: there is no room. */
static float listen_width(const struct view *view, float width)
{
	float listen = widget_button_width(view->ui, BUTTON_MAIN, "listen", view_word(view, WORD_LISTEN), NULL);
	float left = fminf(width * LISTEN_SHARE, width - 2 * way_width(view));
	return left >= listen ? left : 0;
}

/* `air`: from none, 0, to as much as drawn, 1. */
static struct foot foot_of(const struct view *view, float width, float air)
{
	struct foot foot = {.above = FOOT_PAD, .between = FOOT_PAD, .high = TOKEN_SIZE_BUTTON_MAIN, .below = FOOT_PAD};
	if (!view_wide(view) && ui_text_size(view->ui) < TEXT_150)
		foot.listen = listen_width(view, width - 2 * FRAME_GUTTER);
	if (foot.listen <= 0)
		return foot;
	foot.above -= 8 * air;
	foot.between += 32 * air;
	foot.high += 8 * air;
	foot.under = 12 + 16 * air;
	foot.below = 16 + 28 * air;
	return foot;
}

static float button_height(const struct view *view, const struct foot *foot)
{
	return fmaxf(foot->high, theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line + 48);
}

static struct ui_text why_style(const struct view *view)
{
	return (struct ui_text){.type = TYPE_SMALL,
				.colour = ui_colour(view->ui, COLOUR_INK2),
				.align = ALIGN_CENTRE,
				.lines_max = 1,
				.shrink_to = 0.6f};
}

static float foot_height(const struct view *view, const struct foot *foot)
{
	float line = foot->listen > 0 ? theme_type(TYPE_SMALL, ui_text_size(view->ui)).line : 0;
	return foot->above + DOT + foot->between + button_height(view, foot) + foot->under + line + foot->below;
}

static void dots_draw(struct view *view, struct box box, size_t at)
{
	struct ui *ui = view->ui;
	size_t count = story_of(view)->part_count;
	uint32_t colour = hue_of(view).main;
	float x = box.x + (box.w - (DOT + DOT_GAP) * (float)(count - 1) - DOT_WIDE) / 2;
	for (size_t i = 0; i < count; i++) {
		struct box dot = {x, box.y, i == at ? DOT_WIDE : DOT, DOT};
		if (i <= at)
			ui_round(ui, dot, DOT / 2, colour);
		else
			ui_ring(ui, dot, DOT / 2, DOT_LINE, colour);
		x += dot.w + DOT_GAP;
	}
}

static void foot_draw(struct view *view, struct box box, const struct foot *foot, size_t at)
{
	const struct story *story = story_of(view);
	struct ui *ui = view->ui;
	dots_draw(view, (struct box){box.x, box.y + foot->above, box.w, DOT}, at);
	float gaps = FRAME_GUTTER * (foot->listen > 0 ? 2 : 1);
	struct box button = {box.x, box.y + foot->above + DOT + foot->between, (box.w - foot->listen - gaps) / 2,
			     button_height(view, foot)};
	if (at > 0)
		widget_button(ui, button, BUTTON_SECOND, "back", view_word(view, WORD_PREVIOUS), "story.previous",
			      screen_action(VERB_TURN, 0, story->parts[at - 1].id));
	if (foot->listen > 0) {
		struct ui_text style = why_style(view);
		const char *listen = view_word(view, WORD_LISTEN);
		const char *why = arena_printf(view->scratch, "%s: %s", listen, view_word(view, WORD_NOT_READY));
		widget_button(ui, (struct box){button.x + button.w + FRAME_GUTTER, button.y, foot->listen, button.h},
			      BUTTON_GREAT, "listen", listen, "story.listen", screen_action(VERB_NONE, 0, NULL));
		ui_text(ui, (struct box){box.x, button.y + button.h + foot->under, box.w, 0}, &style,
			why ? why : listen);
	}
	button.x = box.x + box.w - button.w;
	if (at + 1 < story->part_count)
		widget_button(ui, button, BUTTON_MAIN, "chev", view_word(view, WORD_NEXT), "story.next",
			      screen_action(VERB_TURN, 0, story->parts[at + 1].id));
	else
		widget_button(ui, button, BUTTON_MAIN, "check", view_word(view, WORD_DONE), "story.done",
			      screen_action(VERB_BACK, 0, NULL));
}

/* ---- The page */

/* As high as the rest of `room` allows, and no narrower for it. */
static struct box picture_box(struct box box, float room)
{
	float high = fminf(fmaxf(room, HIGH_LEAST), box.w * HIGH / WIDE);
	float wide = fminf(box.w, high * WIDE / HIGH);
	return (struct box){box.x + (box.w - wide) / 2, box.y, wide, high};
}

/* The same for every part, so that the buttons do not move from one to the next. */
static struct foot foot_upright(struct view *view, struct box room, float width, float labels)
{
	const struct story *story = story_of(view);
	struct foot least = foot_of(view, width, 0), most = foot_of(view, width, 1);
	float words = 0, low = foot_height(view, &least), high = foot_height(view, &most);
	for (size_t i = 0; i < story->part_count; i++)
		words = fmaxf(words, words_draw(view, (struct box){0, 0, width, 0}, &story->parts[i], false));
	float all = TOP + TILE + TITLE_GAP + width * HIGH / WIDE + PICTURE_GAP + words + labels + GAP;
	float air = high > low ? (room.h - all - low) / (high - low) : 0;
	return foot_of(view, width, fminf(fmaxf(air, 0), 1));
}

static void upright_draw(struct view *view, struct box room, size_t at)
{
	const struct story_part *part = &story_of(view)->parts[at];
	struct ui *ui = view->ui;
	struct labels labels = labels_of_part(view, part);
	struct box box = {FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN, 0};
	float labels_h = labels_height(view, box.w, GAP, &labels);
	float rest = words_draw(view, box, part, false) + labels_h + PICTURE_GAP + GAP;
	struct foot foot = foot_upright(view, room, box.w, labels_h);
	room.h -= foot_height(view, &foot);
	frame_roll_begin(view, LAYER_SCREEN, room);
	ui_direction(ui, view_rtl(view, view->page_language));
	box.y += title_draw(view, box, at) + TITLE_GAP;
	if (ui_theme(ui)->high_contrast) {
		box.y += shown_draw(view, box, part) + GAP;
	} else {
		struct box picture = picture_box(box, room.h - box.y - rest);
		picture_draw(view, picture, part);
		box.y += picture.h + PICTURE_GAP;
	}
	box.y += words_draw(view, box, part, true);
	ui_direction(ui, view_rtl(view, view->language));
	box.y += labels_draw(view, box.x, box.y, box.w, GAP, &labels);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + GAP);
	foot_draw(view, (struct box){FRAME_MARGIN, room.y + room.h, room.w - 2 * FRAME_MARGIN, 0}, &foot, at);
}

/* The picture stands at the start, under it what to know of the text, where there is room; the words roll beside it. */
static void lying_draw(struct view *view, struct box room, size_t at)
{
	const struct story_part *part = &story_of(view)->parts[at];
	struct labels labels = labels_of_part(view, part);
	float wide = room.w * LYING_SHARE, high = room.h - 2 * TOP;
	float labels_h = labels_height(view, wide, GAP, &labels);
	struct box picture = picture_box((struct box){FRAME_MARGIN, room.y + TOP, wide, 0}, high - labels_h);
	bool under = picture.h + labels_h <= high;
	picture_draw(view, picture, part);
	if (under)
		labels_draw(view, FRAME_MARGIN, picture.y + picture.h, wide, GAP, &labels);
	float x = FRAME_MARGIN + wide;
	struct box right = {x, room.y, room.w - x, room.h};
	struct box box = {LYING_GAP, TOP, right.w - LYING_GAP - FRAME_MARGIN, 0};
	struct foot foot = foot_of(view, box.w, 0);
	right.h -= foot_height(view, &foot);
	frame_roll_begin(view, LAYER_SCREEN, right);
	ui_direction(view->ui, view_rtl(view, view->page_language));
	box.y += title_draw(view, box, at) + GAP;
	box.y += words_draw(view, box, part, true);
	ui_direction(view->ui, view_rtl(view, view->language));
	if (!under)
		box.y += labels_draw(view, box.x, box.y, box.w, GAP, &labels);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + GAP);
	foot_draw(view, (struct box){x + LYING_GAP, right.y + right.h, box.w, 0}, &foot, at);
}

void story_draw(struct view *view)
{
	struct box room = frame_room(view);
	float line = frame_progress_height(view);
	if (!view->item) {
		gone_draw(view);
		return;
	}
	size_t at = part_here(view);
	room.y += line;
	room.h -= line;
	if (view_wide(view) && ui_text_size(view->ui) < TEXT_150 && !ui_theme(view->ui)->high_contrast)
		lying_draw(view, room, at);
	else
		upright_draw(view, room, at);
	frame_progress(view, (float)(at + 1) / (float)story_of(view)->part_count, hue_of(view).main);
}
