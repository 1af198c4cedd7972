#include "screens/decision.h"

#include "screens/column.h"
#include "screens/frame.h"
#include "screens/head.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define PART_GAP       32.0f
#define BUTTONS_GAP    42.0f
#define TOP            40.0f
#define END_PAD        36.0f
#define GIVEN_HIGH     104.0f
#define GIVEN_GAP      42.0f
#define PHONE_HIGH     128.0f
#define CIRCLE         64.0f
#define CIRCLE_LARGE   112.0f
#define SAY_GAP        12.0f
#define BASELINE_SHARE 0.36f  /* of a size: how far its baseline lies below the middle of its line */
#define TITLE_SHARE    1.125f /* of TYPE_H1, upright */
#define SHOWN_WIDE     640.0f /* the picture of a result, its ground around it, and what it says beside it */
#define SHOWN_HIGH     312.0f
#define SHOWN_PAD      60.0f
#define SHOWN_TOP      44.0f
#define SHOWN_GAP      16.0f
#define SHOWN_END      24.0f
#define SHOWN_LINE     242.0f /* middle of the words, in the picture */
#define STEP_GAP       24.0f
#define STEP_LARGE     48.0f /* from the words of one to the number over the next */
#define LYING_LEFT     680.0f
#define LYING_PAD      36.0f
#define LYING_LOW      24.0f
#define LEAD_GAP       12.0f
#define WORD_SHRINK    0.6f /* of a title, before a long word is broken */

/* The answer that led here; NULL when the visitor came by another way. */
static const struct guide_answer *given_answer(const struct decision *decision)
{
	const struct view *view = decision->view;
	const struct visit *visit = view->visit;
	if (visit->depth < 2)
		return NULL;
	const struct visit_place *before = &visit->places[visit->depth - 2];
	if (before->screen != SCREEN_DECISION || strcmp(before->topic, view->place.topic) != 0)
		return NULL;
	const struct guide_question *question =
		before->page[0] ? guide_question(decision->guide, before->page) : &decision->guide->questions[0];
	for (size_t i = 0; question && i < question->answer_count; i++)
		if (strcmp(question->answers[i].id, before->part) == 0)
			return &question->answers[i];
	return NULL;
}

/* What was answered, and the way back to change it. Returns its height; only measures unless `draw`. */
static float given_draw(struct column *column, const struct guide_answer *given, bool draw)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	struct ui_text over = {.type = TYPE_META, .colour = ui_colour(ui, COLOUR_INK2), .silent = true},
		       word = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_FJORD), .silent = true},
		       answer = column_style(column, TYPE_LABEL, COLOUR_INK);
	answer.silent = true;
	const char *change = view_word(view, WORD_CHANGE), *title = view_word(view, WORD_YOU_ANSWERED);
	float start = 28 + TOKEN_ICON_CHEVRON + 24, wide = ui_text_width(ui, &word, change) + 2;
	bool under = ui_text_size(ui) >= TEXT_150; /* the word stands under the answer */
	float room = column->w - start - (under ? 0 : wide + 24) - 36;
	float first = ui_text_height(ui, room, &over, title), second = ui_text_height(ui, room, &answer, given->title);
	float line = under ? ui_text_height(ui, room, &word, change) : 0;
	struct box box = {column->x, column->y, column->w, fmaxf(GIVEN_HIGH, first + second + line + 32)};
	if (!draw)
		return box.h;
	const char *name = arena_printf(view->scratch, "%s: %s. %s", title, given->title, change);
	struct ui_state state = ui_target(ui, box,
					  &(struct ui_target){.role = ROLE_BUTTON,
							      .id = "decision.change",
							      .name = name ? name : title,
							      .action = screen_action(VERB_BACK, 0, NULL),
							      .radius = TOKEN_RADIUS_CALLOUT});
	bool high = ui_theme(ui)->high_contrast;
	ui_round(ui, box, TOKEN_RADIUS_CALLOUT,
		 ui_colour(ui, state.pressed && !high ? COLOUR_SAND : COLOUR_FJORD_TINT));
	if (high)
		ui_ring(ui, box, TOKEN_RADIUS_CALLOUT, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){box.x + 28, box.y, TOKEN_ICON_CHEVRON, box.h}, "check", TOKEN_ICON_CHEVRON,
		answer.colour);
	float y = box.y + (box.h - first - second - line) / 2;
	ui_text(ui, (struct box){box.x + start, y, room, first}, &over, title);
	ui_text(ui, (struct box){box.x + start, y + first, room, second}, &answer, given->title);
	if (under)
		ui_text(ui, (struct box){box.x + start, y + first + second, room, line}, &word, change);
	else
		ui_text(ui,
			(struct box){box.x + box.w - 36 - wide,
				     box.y + (box.h - theme_type(TYPE_LABEL, ui_text_size(ui)).line) / 2, wide, 0},
			&word, change);
	return box.h;
}

/* What to look for, such as a card, and in words what is to be seen there. */
static void picture_draw(struct column *column, const char *name)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	const char *words = content_alt(view->content, column->language, name);
	if (!view_pictured(view))
		return;
	column->y += PART_GAP + 4;
	struct box ground = {column->x, column->y, column->w, SHOWN_HIGH + 2 * SHOWN_TOP};
	struct box picture = {ground.x + SHOWN_PAD, ground.y + SHOWN_TOP, SHOWN_WIDE, SHOWN_HIGH};
	struct picture_source source = view_picture(view, name);
	ui_round(ui, ground, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SAND));
	ui_content_picture(ui, picture, &source);
	column->y += ground.h;
	if (!words)
		return;
	struct ui_text style = column_style(column, TYPE_H3, COLOUR_INK);
	style.lines_max = 5;
	style.shrink_to = 0.6f;
	struct box beside = {picture.x + picture.w + SHOWN_GAP, 0, 0, 0};
	beside.w = ground.x + ground.w - beside.x - SHOWN_END;
	beside.h = ui_text_height(ui, beside.w, &style, words);
	beside.y = fminf(picture.y + SHOWN_LINE - beside.h / 2, ground.y + ground.h - beside.h - SHOWN_END);
	ui_text(ui, beside, &style, words);
}

/* The number to call, as large as there is room for; red where somebody is in danger. */
static void phone_draw(struct column *column, const struct guide_result *result)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	if (!result->phone)
		return;
	column->y += PART_GAP;
	struct ui_text style = {.type = TYPE_H1,
				.colour = ui_colour(ui, result->danger ? COLOUR_ON_RED : COLOUR_FJORD),
				.lines_max = 1,
				.shrink_to = 0.5f,
				.lang = view_code(view, view->source),
				.rtl = -1};
	float line = theme_type(TYPE_H1, ui_text_size(ui)).line, start = 36 + TOKEN_ICON_BUTTON + 28;
	struct box panel = {column->x, column->y, column->w, fmaxf(PHONE_HIGH, line + 40)};
	ui_round(ui, panel, TOKEN_RADIUS_CALLOUT, ui_colour(ui, result->danger ? COLOUR_RED : COLOUR_FJORD_TINT));
	if (ui_theme(ui)->high_contrast && !result->danger)
		ui_ring(ui, panel, TOKEN_RADIUS_CALLOUT, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){panel.x + 36, panel.y, TOKEN_ICON_BUTTON, panel.h}, "phone", TOKEN_ICON_BUTTON,
		style.colour);
	ui_meaning(ui, panel, ROLE_TEXT, view_word(view, WORD_PHONE));
	ui_text(ui, (struct box){panel.x + start, panel.y + (panel.h - line) / 2, panel.w - start - 28, line}, &style,
		result->phone);
	column->y += panel.h;
}

static void place_card(struct decision *decision, struct column *column)
{
	struct view *view = decision->view;
	const struct place *place =
		decision->result->place ? content_place(view->content, view->language, decision->result->place) : NULL;
	if (!place)
		return;
	column->y += PART_GAP;
	column->language = view->language;
	decision_turn(decision, view->language);
	column_place(column, place);
	column->language = decision->language;
	decision_turn(decision, decision->language);
}

/* The Danish sentence is in the colour of what can be used, and what it is for stands before it where there is room, else
 * over it. Returns the height. */
static float say_draw(struct view *view, struct box box, const char *sentence)
{
	struct ui *ui = view->ui;
	struct ui_text what = {.type = TYPE_META, .colour = ui_colour(ui, COLOUR_INK2)};
	struct ui_text say = {.type = TYPE_BODY,
			      .colour = ui_colour(ui, COLOUR_FJORD),
			      .bold = true,
			      .lang = view_code(view, view->source),
			      .rtl = view_rtl(view, view->source) ? 1 : -1};
	const char *word = view_word(view, WORD_SAY_IN_DANISH);
	float wide = ui_text_width(ui, &what, word) + SAY_GAP, top = box.y;
	if (view->language == view->source)
		return ui_text(ui, box, &say, sentence);
	if (wide + ui_text_width(ui, &say, sentence) > box.w) {
		box.y += ui_text(ui, box, &what, word);
		return box.y + ui_text(ui, box, &say, sentence) - top;
	}
	struct type_size large = theme_type(TYPE_BODY, ui_text_size(ui)),
			 small = theme_type(TYPE_META, ui_text_size(ui));
	float lower = (large.line - small.line) / 2 + (large.size - small.size) * BASELINE_SHARE;
	ui_text(ui, (struct box){box.x, box.y + lower, wide, 0}, &what, word);
	return ui_text(ui, (struct box){box.x + wide, box.y, box.w - wide, 0}, &say, sentence);
}

static void step_draw(struct column *column, const struct guide_step *step, int number)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	bool under = ui_text_size(ui) >= TEXT_200; /* the text under its number */
	float side = CIRCLE + (CIRCLE_LARGE - CIRCLE) * (float)ui_text_size(ui) / (TEXT_SIZE_COUNT - 1);
	float line = theme_type(TYPE_BODY, ui_text_size(ui)).line, start = under ? 0 : side + 28;
	struct ui_text text = column_style(column, TYPE_BODY, COLOUR_INK);
	struct box box = {column->x + start, column->y + (under ? side + 8 : fmaxf((side - line) / 2, 0)),
			  column->w - start, 0};
	column_number(column, (struct box){column->x, column->y, side, side}, number,
		      column_style(column, TYPE_H3, COLOUR_INK));
	box.y += ui_text(ui, box, &text, step->text);
	if (step->say) {
		const char *quoted = arena_printf(view->scratch, "“%s”", step->say);
		box.y += say_draw(view, box, quoted ? quoted : step->say);
	}
	column->y = fmaxf(box.y, column->y + side);
}

static void steps_draw(struct column *column, const struct guide_result *result)
{
	for (size_t i = 0; i < result->step_count; i++) {
		column->y += i > 0             ? (ui_text_size(column->view->ui) >= TEXT_200 ? STEP_LARGE : STEP_GAP)
			     : result->picture ? BUTTONS_GAP
					       : PART_GAP;
		step_draw(column, &result->steps[i], (int)i + 1);
	}
}

static void warning_draw(struct column *column, const struct guide_result *result)
{
	struct ui *ui = column->view->ui;
	struct widget_callout callout = {.icon = "warn",
					 .fill = ui_colour(ui, COLOUR_RED_TINT),
					 .edge = ui_colour(ui, COLOUR_RED),
					 .text = result->warning,
					 .lang = view_code(column->view, column->language)};
	if (!result->warning)
		return;
	column->y += PART_GAP;
	ui_meaning(ui, (struct box){column->x, column->y, column->w, widget_callout_height(ui, column->w, &callout)},
		   ROLE_TEXT, view_word(column->view, WORD_URGENT));
	column->y += widget_callout(ui, column->x, column->y, column->w, &callout);
}

/* "Phrases: Doctor" */
static const char *phrases_name(const struct view *view, const char *set)
{
	bool translated = false;
	const struct page_title *title =
		content_item_title(view->content, view->language, ITEM_PHRASES, set, &translated);
	const char *word = view_word(view, WORD_PHRASES);
	const char *name = translated ? arena_printf(view->scratch, "%s: %s", word, title->title) : NULL;
	return name ? name : word;
}

/* The first question again, and what helps on: phrases, the page with more; beside each other where there is room. */
static void buttons_draw(struct column *column, const struct guide_result *result)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	bool beside = ui_text_size(ui) < TEXT_200;
	float high = fmaxf(TOKEN_SIZE_BUTTON, 2 * theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 24);
	struct box again = {column->x, column->y + BUTTONS_GAP, beside ? (column->w - FRAME_GUTTER) / 2 : column->w,
			    high};
	struct box next = again;
	if (beside)
		next.x += again.w + FRAME_GUTTER;
	else
		next.y += high + FRAME_GUTTER;
	widget_button(ui, again, BUTTON_SECOND, "reset", view_word(view, WORD_START_OVER), "decision.again",
		      screen_action(VERB_START_OVER, 0, NULL));
	if (result->phrases) {
		widget_button(ui, next, BUTTON_MAIN, "phrases", phrases_name(view, result->phrases),
			      view_id(view, "phrases", result->phrases),
			      screen_action(VERB_PHRASES, 0, result->phrases));
		next = (struct box){column->x, next.y + (result->page ? high + FRAME_GUTTER : 0), column->w, high};
	}
	if (result->page)
		widget_button(ui, next, result->phrases ? BUTTON_SECOND : BUTTON_MAIN, "book",
			      view_word(view, WORD_READ_MORE), view_id(view, "page", result->page),
			      screen_action(VERB_PAGE, 0, result->page));
	else if (!result->phrases)
		widget_button(ui, next, BUTTON_MAIN, "home", view_word(view, WORD_HOME), "decision.home",
			      screen_action(VERB_HOME, 0, NULL));
	column->y = next.y + high;
}

/* What a result begins with. */
enum piece {
	PIECE_GIVEN,
	PIECE_TITLE,
	PIECE_LEAD,
	PIECE_COUNT
};

static struct ui_text title_style(const struct column *column, bool small)
{
	struct ui_text style = column_style(column, TYPE_H1, COLOUR_INK);
	style.title = true;
	style.shrink_to = WORD_SHRINK;
	if (small)
		return style;
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(column->view->ui));
	style.size = h1.size * TITLE_SHARE;
	style.line = h1.line * TITLE_SHARE;
	style.bold = true;
	style.spacing = UI_TITLE_SPACING;
	return style;
}

/* Records one at column->y, which it moves; `draw` false only measures. Returns its height, with the gap above. */
static float piece_draw(const struct decision *decision, struct column *column, enum piece piece, bool small, bool draw)
{
	const struct guide_answer *given = given_answer(decision);
	struct ui_text style = piece == PIECE_TITLE ? title_style(column, small)
						    : column_style(column, small ? TYPE_BODY : TYPE_LEAD, COLOUR_INK);
	const char *text = piece == PIECE_TITLE ? decision->result->title : decision->result->text;
	float gap = piece == PIECE_LEAD ? LEAD_GAP : piece == PIECE_TITLE && given ? GIVEN_GAP : 0, height;
	if (piece == PIECE_GIVEN)
		height = given ? given_draw(column, given, draw) : 0;
	else
		height = gap + ui_text_height(column->view->ui, column->w, &style, text);
	if (draw && piece != PIECE_GIVEN)
		ui_text(column->view->ui, (struct box){column->x, column->y + gap, column->w, 0}, &style, text);
	if (draw)
		column->y += height;
	return height;
}

/* What to do. */
static void help_draw(struct decision *decision, struct column *column)
{
	if (decision->result->picture)
		picture_draw(column, decision->result->picture);
	column->y += decision_changes(decision, (struct box){column->x, column->y, column->w, 0});
	phone_draw(column, decision->result);
	place_card(decision, column);
	steps_draw(column, decision->result);
	warning_draw(column, decision->result);
	column->y = head_reach(decision->view, column->y, 0);
	buttons_draw(column, decision->result);
}

static struct column column_of(const struct decision *decision, float x, float y, float w)
{
	return (struct column){
		.view = decision->view, .hue = decision->hue, .x = x, .y = y, .w = w, .language = decision->language};
}

static void result_upright(struct decision *decision, struct box room)
{
	struct column column = column_of(decision, FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN);
	frame_roll_begin(decision->view, LAYER_SCREEN, room);
	decision_turn(decision, decision->language);
	for (enum piece piece = 0; piece < PIECE_COUNT; piece++)
		piece_draw(decision, &column, piece, false, true);
	column.y += decision_labels(decision, (struct box){column.x, column.y, column.w, 0});
	help_draw(decision, &column);
	frame_roll_end(decision->view, LAYER_SCREEN, room, column.y + END_PAD);
}

/* What it begins with stands still at the start, as far as there is room; the rest rolls beside it. */
static void result_lying(struct decision *decision, struct box room)
{
	struct ui *ui = decision->view->ui;
	struct column left = column_of(decision, FRAME_MARGIN, TOP, HEAD_LEFT);
	struct box right = head_beside(room);
	struct column column = column_of(decision, HEAD_BESIDE_PAD, 4, right.w - HEAD_BESIDE_PAD - FRAME_MARGIN);
	enum piece piece = 0;
	left.y += room.y;
	left.rtl = view_rtl(decision->view, decision->language) ? 1 : -1;
	for (; piece < PIECE_COUNT &&
	       left.y + piece_draw(decision, &left, piece, true, false) <= room.y + room.h - LYING_LOW;
	     piece++)
		piece_draw(decision, &left, piece, true, true);
	ui_fill(ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(ui, COLOUR_LINE));
	frame_roll_begin(decision->view, LAYER_SCREEN, right);
	decision_turn(decision, decision->language);
	column.y += piece < PIECE_COUNT ? LYING_PAD - LEAD_GAP : 0;
	for (; piece < PIECE_COUNT; piece++)
		piece_draw(decision, &column, piece, true, true);
	column.y += decision_labels(decision, (struct box){column.x, column.y, column.w, 0});
	help_draw(decision, &column);
	frame_roll_end(decision->view, LAYER_SCREEN, right, column.y + LYING_PAD);
}

void decision_result(struct decision *decision, bool lies)
{
	(lies ? result_lying : result_upright)(decision, frame_room(decision->view));
}
