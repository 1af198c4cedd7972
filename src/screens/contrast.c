#include "screens/frame.h"
#include "screens/panel.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define LOW_SCREEN   900.0f
#define GROUP_GAP    44.0f
#define HEAD_GAP     25.0f
#define TITLE_GAP    21.0f
#define CARD_GAP     24.0f
#define AA_ROOM      107.0f /* from the card's top to the foot of its letters */
#define SWATCH       96.0f
#define COLOURS_WIDE 800.0f /* of two cards beside each other, at least */
#define COLOUR_HIGH  152.0f
#define CARD_PAD     30.0f
#define CALM_ICON    60.0f
#define CHECK        36.0f
#define CHECK_GAP    10.0f
#define RESET_ICON   52.0f
#define RESET_GAP    14.0f
#define NOTE_END     70.0f

static const struct size_choice {
	const char *id, *name;
	float letters; /* size of the sample */
} choices[] = {
	[TEXT_100] = {"text.size.100", "100 %", 40},
	[TEXT_125] = {"text.size.125", "125 %", 50},
	[TEXT_150] = {"text.size.150", "150 %", 60},
	[TEXT_200] = {"text.size.200", "200 %", 80},
};
static_assert(ARRAY_LEN(choices) == TEXT_SIZE_COUNT, "a text size cannot be chosen");

static float group_title(struct view *view, struct box box, enum word word)
{
	struct ui_text style = {.type = TYPE_LABEL, .colour = ui_colour(view->ui, COLOUR_INK)};
	return ui_text(view->ui, box, &style, view_word(view, word)) + TITLE_GAP;
}

static void size_draw(struct view *view, struct box box, enum text_size size, float line)
{
	struct ui *ui = view->ui;
	bool chosen = view->visit->text_size == (int)size;
	struct ui_state state =
		widget_card(ui, box,
			    &(struct ui_target){.role = ROLE_CHOICE,
						.id = choices[size].id,
						.name = choices[size].name,
						.action = screen_action(VERB_TEXT_SIZE, (int)size, NULL),
						.chosen = chosen});
	uint32_t ink = widget_card_ink(ui, state, chosen);
	float letters = choices[size].letters;
	struct ui_text sample = {.colour = ink,
				 .size = letters,
				 .line = letters,
				 .bold = true,
				 .align = ALIGN_CENTRE,
				 .silent = true,
				 .lang = "en",
				 .rtl = -1};
	struct ui_text name = {.type = TYPE_BAR,
			       .colour = ink,
			       .align = ALIGN_CENTRE,
			       .silent = true,
			       .lang = "en",
			       .rtl = -1,
			       .lines_max = 1,
			       .shrink_to = 0.6f};
	ui_text(ui, (struct box){box.x, box.y + AA_ROOM - letters * 1.02f, box.w, 0}, &sample, "Aa");
	float wide = ui_text_width(ui, &name, choices[size].name), check = chosen ? CHECK + CHECK_GAP : 0;
	struct box words = {box.x + fmaxf((box.w - wide - check) / 2, 8), box.y + AA_ROOM, 0, line};
	words.w = fminf(wide + check, box.w - 16) - check;
	if (chosen)
		ui_icon(ui, (struct box){words.x, words.y, CHECK, line}, "check", CHECK, ink);
	words.x += check;
	ui_text(ui, words, &name, choices[size].name);
}

/* The place of one of several cards, line by line. */
static struct box card_place(struct box box, size_t index, size_t columns, float height)
{
	size_t line = index / columns, column = index % columns;
	float width = (box.w - CARD_GAP * (float)(columns - 1)) / (float)columns;
	return (struct box){box.x + (width + CARD_GAP) * (float)column, box.y + (height + CARD_GAP) * (float)line,
			    width, height};
}

static float sizes_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	float top = group_title(view, box, WORD_TEXT_SIZE), line = theme_type(TYPE_BAR, ui_text_size(ui)).line;
	size_t columns = ui_text_size(ui) >= TEXT_200 ? 2 : TEXT_SIZE_COUNT;
	struct box cards = {box.x, box.y + top, box.w, 0}, card = {0};
	for (size_t i = 0; i < TEXT_SIZE_COUNT; i++) {
		card = card_place(cards, i, columns, AA_ROOM + line + 18);
		size_draw(view, card, (enum text_size)i, line);
	}
	return card.y + card.h - box.y;
}

static void colours_draw(struct view *view, struct box box, bool high)
{
	struct ui *ui = view->ui;
	const struct theme *theme = theme_get(high);
	bool chosen = view->visit->high_contrast == high;
	const char *name = view_word(view, high ? WORD_HIGH_CONTRAST : WORD_STANDARD);
	struct ui_state state =
		widget_card(ui, box,
			    &(struct ui_target){.role = ROLE_CHOICE,
						.id = high ? "text.contrast.high" : "text.contrast.standard",
						.name = name,
						.action = screen_action(VERB_CONTRAST, high, NULL),
						.chosen = chosen});
	struct ui_text sample = {.colour = theme->colours[high ? COLOUR_FJORD : COLOUR_INK],
				 .size = 44,
				 .line = 56,
				 .bold = true,
				 .align = ALIGN_CENTRE,
				 .silent = true,
				 .lang = "en",
				 .rtl = -1};
	struct ui_text style = {.type = TYPE_LABEL, .colour = widget_card_ink(ui, state, chosen), .silent = true};
	struct box swatch = {box.x + CARD_PAD, box.y + (box.h - SWATCH) / 2, SWATCH, SWATCH};
	ui_round(ui, swatch, TOKEN_RADIUS_CALLOUT, theme->colours[COLOUR_PAPER]);
	ui_ring(ui, swatch, TOKEN_RADIUS_CALLOUT, 3, theme->colours[high ? COLOUR_PAPER : COLOUR_LINE_STRONG]);
	ui_text(ui, (struct box){swatch.x, swatch.y + (SWATCH - 56) / 2, SWATCH, 56}, &sample, "Aa");
	float x = swatch.x + SWATCH + 28;
	if (chosen)
		ui_icon(ui, (struct box){x, box.y, CHECK, box.h}, "check", CHECK, style.colour);
	x += chosen ? CHECK + CHECK_GAP : 0;
	float width = box.x + box.w - x - 20, height = ui_text_height(ui, width, &style, name);
	ui_text(ui, (struct box){x, box.y + (box.h - height) / 2, width, height}, &style, name);
}

static float contrast_group(struct view *view, struct box box)
{
	float top = group_title(view, box, WORD_COLOURS);
	size_t columns = ui_text_size(view->ui) >= TEXT_200 || box.w < COLOURS_WIDE ? 1 : 2;
	float height = fmaxf(COLOUR_HIGH, 2 * theme_type(TYPE_LABEL, ui_text_size(view->ui)).line + 40);
	struct box cards = {box.x, box.y + top, box.w, 0}, card = {0};
	for (size_t i = 0; i < 2; i++) {
		card = card_place(cards, i, columns, height);
		colours_draw(view, card, i == 1);
	}
	return card.y + card.h - box.y;
}

static float movement_group(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	bool on = view->visit->calm;
	float top = group_title(view, box, WORD_MOVEMENT), start = CARD_PAD + 2 + CALM_ICON + CARD_PAD;
	const char *name = view_word(view, WORD_CALM_SCREEN), *help = view_word(view, WORD_CALM_SCREEN_HELP);
	struct ui_text title = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_INK), .silent = true},
		       under = {.type = TYPE_SMALL, .colour = ui_colour(ui, COLOUR_INK2)};
	float width = box.w - start - WIDGET_SWITCH_WIDE - 28 - 36;
	float first = ui_text_height(ui, width, &title, name), second = ui_text_height(ui, width, &under, help);
	struct box card = {box.x, box.y + top, box.w, fmaxf(TOKEN_SIZE_ROW, first + second + 40)};
	struct ui_state state = ui_target(ui, card,
					  &(struct ui_target){.role = ROLE_SWITCH,
							      .id = "text.calm",
							      .name = name,
							      .action = screen_action(VERB_CALM, 0, NULL),
							      .chosen = on,
							      .radius = TOKEN_RADIUS_CARD});
	bool high = ui_theme(ui)->high_contrast;
	ui_round(ui, card, TOKEN_RADIUS_CARD, ui_colour(ui, state.pressed && !high ? COLOUR_SELECTED : COLOUR_SURFACE));
	ui_ring(ui, card, TOKEN_RADIUS_CARD, high ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
		ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){card.x + CARD_PAD + 2, card.y, CALM_ICON, card.h}, "calm", CALM_ICON, title.colour);
	float y = card.y + (card.h - first - second) / 2;
	ui_text(ui, (struct box){card.x + start, y, width, first}, &title, name);
	ui_text(ui, (struct box){card.x + start, y + first, width, second}, &under, help);
	widget_switch(ui, card.x + card.w - WIDGET_SWITCH_WIDE - 36, card.y + (card.h - WIDGET_SWITCH_HIGH) / 2, on);
	return top + card.h;
}

/* Title and, at the end, the way back to the standard. */
static float head_draw(struct view *view, float width)
{
	struct ui *ui = view->ui;
	struct ui_text title = {.type = TYPE_H2, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	struct ui_text word = {
		.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_FJORD), .silent = true, .lines_max = 1};
	const char *reset = view_word(view, WORD_RESET);
	float wide = fminf(ui_text_width(ui, &word, reset) + 2, width / 2 - RESET_ICON - RESET_GAP),
	      line = theme_type(TYPE_LABEL, ui_text_size(ui)).line;
	float room = width - wide - RESET_ICON - RESET_GAP - 40,
	      high = ui_text_height(ui, room, &title, view_word(view, WORD_TEXT_AND_CONTRAST));
	float row = fmaxf(high, TOKEN_TOUCH_MIN);
	ui_text(ui, (struct box){FRAME_MARGIN, (row - high) / 2, room, high}, &title,
		view_word(view, WORD_TEXT_AND_CONTRAST));
	struct box button = {FRAME_MARGIN + width - wide - RESET_ICON - RESET_GAP - 12, (row - TOKEN_TOUCH_MIN) / 2,
			     wide + RESET_ICON + RESET_GAP + 24, TOKEN_TOUCH_MIN};
	struct ui_state state = ui_target(ui, button,
					  &(struct ui_target){.role = ROLE_BUTTON,
							      .id = "text.reset",
							      .name = reset,
							      .action = screen_action(VERB_RESET, 0, NULL),
							      .radius = TOKEN_RADIUS_CARD});
	if (state.pressed) {
		ui_round(ui, button, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SELECTED));
		word.colour = ui_colour(ui, COLOUR_ON_SELECTED);
	}
	ui_icon(ui, (struct box){button.x + 12, button.y, RESET_ICON, button.h}, "reset", RESET_ICON, word.colour);
	ui_text(ui, (struct box){button.x + 12 + RESET_ICON + RESET_GAP, button.y + (button.h - line) / 2, wide, line},
		&word, reset);
	return row + HEAD_GAP;
}

/* Returns where they end. */
static float groups_draw(struct view *view, float y, float width)
{
	bool beside = view_wide(view) && ui_text_size(view->ui) < TEXT_150; /* the first two */
	float each = beside ? (width - 2 * CARD_GAP) / 2 : width;
	float first = sizes_draw(view, (struct box){FRAME_MARGIN, y, each, 0});
	struct box next = {FRAME_MARGIN, y + first + GROUP_GAP, each, 0};
	if (beside)
		next = (struct box){FRAME_MARGIN + each + 2 * CARD_GAP, y, each, 0};
	float second = contrast_group(view, next);
	next.x = FRAME_MARGIN;
	next.y = beside ? y + fmaxf(first, second) + GROUP_GAP : next.y + second + GROUP_GAP;
	next.w = width;
	return next.y + movement_group(view, next);
}

/* On a low screen only the button stays; the note rolls with the rest. */
void contrast_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct panel panel;
	struct ui_text note = {.type = TYPE_SMALL, .colour = ui_colour(ui, COLOUR_INK2), .align = ALIGN_CENTRE};
	const char *back = view_word(view, WORD_BACK_TO_STANDARD);
	bool low = ui_height(ui) < LOW_SCREEN;
	float button = fmaxf(TOKEN_SIZE_BUTTON_MAIN, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	float words = ui_text_height(ui, ui_width(ui) - 2 * FRAME_MARGIN, &note, back);
	float above = low ? 20 : 36, under = low ? 24 : 24 + words + NOTE_END;
	float width = panel_begin(&panel, view, view_word(view, WORD_TEXT_AND_CONTRAST), false, above + button + under);
	float y = groups_draw(view, head_draw(view, width), width) + 4;
	if (low)
		y += 24 + ui_text(ui, (struct box){FRAME_MARGIN, y + 24, width, words}, &note, back);
	struct box foot = panel_end(&panel, y);
	widget_button(ui, (struct box){foot.x, foot.y + above, foot.w, button}, BUTTON_MAIN, "check",
		      view_word(view, WORD_DONE), "close", screen_action(VERB_CLOSE, 0, NULL));
	if (!low)
		ui_text(ui, (struct box){foot.x, foot.y + above + button + 24, foot.w, words}, &note, back);
}
