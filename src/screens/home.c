#include "screens/cards.h"
#include "screens/frame.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define HERO_TEXT 600.0f /* beside sun and houses */
#define TOP_GAP   28.0f
#define LOW_GAP   28.0f
#define RED_HIGH  112.0f
#define RED_WIDE  276.0f

static const char *greeting(const struct view *view)
{
	if (view->local.hour < 12)
		return view_word(view, WORD_GOOD_MORNING);
	return view_word(view, view->local.hour < 18 ? WORD_GOOD_AFTERNOON : WORD_GOOD_EVENING);
}

static float words_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	struct ui_text hello = {.type = TYPE_SUB, .colour = ui_colour(ui, COLOUR_INK2)};
	struct ui_text title = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float height = ui_text(ui, box, &hello, greeting(view));
	box.y += height;
	return height + ui_text(ui, box, &title, view_word(view, WORD_WHAT_HELP));
}

/* The title over its picture; the picture gives way to large text. Returns the height of both. */
static float hero_draw(struct view *view, float width)
{
	struct ui *ui = view->ui;
	struct box words = {FRAME_MARGIN, 44, width - 2 * FRAME_MARGIN, 0};
	if (!view_pictured(view))
		return words.y + words_draw(view, words);
	struct ui_text title = {.type = TYPE_H1}, hello = {.type = TYPE_SUB};
	words.w = fmaxf(words.w - (960 - HERO_TEXT), HERO_TEXT);
	float height = ui_text_height(ui, words.w, &title, view_word(view, WORD_WHAT_HELP)) +
		       ui_text_height(ui, words.w, &hello, greeting(view));
	/* The lowest third of the picture is land; the words stay in its sky. */
	float tall = fmaxf(TOKEN_SIZE_HERO_HOME, (words.y + height) / 0.7f);
	ui_picture(ui, (struct box){0, 0, width, tall}, "home");
	words_draw(view, words);
	return tall;
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
	box.h = red_height(view);
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

/* The title, its picture and 112 at the start, the topics beside them. */
static void lying_draw(struct view *view, struct box room)
{
	struct ui *ui = view->ui;
	float left = TOKEN_GRID_LANDSCAPE_LEFT,
	      words = words_draw(view, (struct box){FRAME_MARGIN, room.y + 44, left, 0});
	float red = room.y + room.h - 44 - red_height(view);
	float wide = FRAME_MARGIN + left + 28, tall = wide * TOKEN_SIZE_HERO_HOME / 1080;
	float top = room.y + 44 + words - 24;
	if (ui_text_size(ui) < TEXT_150 && top + tall < red)
		ui_picture(ui, (struct box){0, fmaxf(top, red - 40 - tall), wide, tall}, "home");
	red_draw(view, (struct box){FRAME_MARGIN, red, RED_WIDE + 24, 0});

	struct box right = {FRAME_MARGIN + left + FRAME_GUTTER + 16, room.y, 0, room.h};
	right.w = room.w - right.x - FRAME_MARGIN;
	struct cards cards = cards_plan(view, right.w, room.h - 88);
	frame_roll_begin(view, LAYER_SCREEN, right);
	float height = cards_draw(view, (struct box){0, 44, right.w, 0}, &cards);
	frame_roll_end(view, LAYER_SCREEN, right, height + 88);
}

static void upright_draw(struct view *view, struct box room)
{
	float width = room.w - 2 * FRAME_MARGIN;
	frame_roll_begin(view, LAYER_SCREEN, room);
	float y = hero_draw(view, room.w) + TOP_GAP;
	struct cards cards = cards_plan(view, width, room.h - y - red_height(view) - FRAME_GUTTER - LOW_GAP);
	y += cards_draw(view, (struct box){FRAME_MARGIN, y, width, 0}, &cards) + FRAME_GUTTER;
	red_draw(view, (struct box){FRAME_MARGIN, y, width, 0});
	frame_roll_end(view, LAYER_SCREEN, room, y + red_height(view) + LOW_GAP);
}

void home_draw(struct view *view)
{
	/* Two columns hold no large text. */
	if (view_wide(view) && ui_text_size(view->ui) < TEXT_200)
		lying_draw(view, frame_room(view));
	else
		upright_draw(view, frame_room(view));
}
