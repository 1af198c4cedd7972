#include "screens/frame.h"
#include "screens/staff.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define CARD_GAP        14.0f
#define CARD_PAD        30.0f
#define CARD_HIGH_MAX   176.0f /* cards grow when there are few languages */
#define CARD_HIGH_LARGE 150.0f
#define NAME_SIZE       38.0f
#define CHECK           40.0f
#define CHECK_GAP       16.0f
#define STAFF_ICON      56.0f
#define WORDS_LEAST     460.0f /* beside the bubbles */
#define BUBBLES_WIDE    416.0f
#define BUBBLES_HIGH    412.0f
#define BUBBLES_IN      10.0f /* from the margin */

#define HELP_GAP   25.0f
#define LYING_TOP  63.0f
#define LYING_GAP  28.0f /* from the words to the bubbles */
#define WORDS_LIFT 8.0f  /* the bubbles' tails are light */

#define BUBBLE_TAIL 48.0f

/* Letters of four scripts in speech bubbles, whose tails point at who speaks. */
static const struct bubble {
	struct box box;
	const char *letter, *lang, *hue;
	bool tail_right;
	float tail; /* from the bubble's nearer side */
	float lift; /* of a letter that hangs below its line */
} bubbles[] = {
	{{0, 50, 170, 140}, "Å", "da", "clubs", false, 40, 0},
	{{200, 0, 200, 150}, "Ж", "uk", "school", true, 40, 0},
	{{50, 236, 166, 136}, "ት", "ti", NULL, false, 40, 0},
	{{240, 206, 176, 146}, "ع", "ar", "daycare", true, 40, 18},
};

static void bubbles_draw(struct view *view, float x, float y)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	for (size_t i = 0; i < ARRAY_LEN(bubbles); i++) {
		const struct bubble *bubble = &bubbles[i];
		struct hue hue = theme_hue(ui_theme(ui), bubble->hue);
		uint32_t fill = bubble->hue ? hue.main : ui_colour(ui, COLOUR_AMBER);
		uint32_t ink = bubble->hue ? hue.on_main : ui_colour(ui, high ? COLOUR_ON_BRIGHT : COLOUR_INK);
		struct box box = {x + bubble->box.x, y + bubble->box.y, bubble->box.w, bubble->box.h};
		bool tail_at_end = bubble->tail_right;
		if (ui_rtl(ui)) { /* the group is the same picture in every language */
			box.x = x + BUBBLES_WIDE - bubble->box.x - bubble->box.w;
			tail_at_end = !tail_at_end;
		}
		struct box tail = {tail_at_end ? box.x + box.w - bubble->tail - BUBBLE_TAIL : box.x + bubble->tail,
				   box.y + box.h - 1, BUBBLE_TAIL, BUBBLE_TAIL};
		struct ui_text style = {.colour = ink,
					.size = 84,
					.line = 104,
					.bold = true,
					.align = ALIGN_CENTRE,
					.lang = bubble->lang,
					.silent = true,
					.rtl = -1};
		ui_icon(ui, tail, bubble->tail_right ? "tailRight" : "tailLeft", BUBBLE_TAIL, fill);
		ui_round(ui, box, TOKEN_RADIUS_CARD, fill);
		float height = ui_text_height(ui, box.w, &style, bubble->letter);
		ui_text(ui, (struct box){box.x, box.y + (box.h - height) / 2 - bubble->lift, box.w, height}, &style,
			bubble->letter);
	}
}

static struct ui_text name_style(const struct view *view, int language, uint32_t colour, float high)
{
	float grown = theme_type(TYPE_H3, ui_text_size(view->ui)).size / theme_type(TYPE_H3, TEXT_100).size;
	if (high >= CARD_HIGH_LARGE)
		grown *= 1.15f;
	return (struct ui_text){.colour = colour,
				.size = NAME_SIZE * grown,
				.line = 50 * grown,
				.bold = true,
				.silent = true,
				.lang = view_code(view, language),
				.rtl = view_rtl(view, language) ? 1 : -1,
				.lines_max = 1,
				.shrink_to = 0.6f};
}

static void card_draw(struct view *view, struct box box, int language)
{
	struct ui *ui = view->ui;
	const struct language *entry = &content_bundle(view->content)->languages[language];
	bool chosen = language == view->language;
	struct ui_target target = {.role = ROLE_CHOICE,
				   .id = view_id(view, "language", entry->code),
				   .name = entry->name,
				   .lang = entry->code,
				   .action = screen_action(VERB_LANGUAGE, 0, entry->code),
				   .chosen = chosen};
	struct ui_state state = widget_card(ui, box, &target);
	struct ui_text style = name_style(view, language, widget_card_ink(ui, state, chosen), box.h);
	float start = CARD_PAD + (chosen ? CHECK + CHECK_GAP : 0);
	float width = box.w - start - CARD_PAD, height = ui_text_height(ui, width, &style, entry->name);
	if (chosen)
		ui_icon(ui, (struct box){box.x + CARD_PAD, box.y, CHECK, box.h}, "check", CHECK, style.colour);
	ui_text(ui, (struct box){box.x + start, box.y + (box.h - height) / 2, width, height}, &style, entry->name);
}

/* Nothing to press: the staff stand beside the screen. */
static void other_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *text = view_word(view, WORD_ANOTHER_LANGUAGE);
	struct ui_text style = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_INK), .shrink_to = 0.6f};
	float width = box.w - 2 * CARD_PAD - STAFF_ICON - 20;
	style.lines_max = (int)fmaxf(floorf((box.h - 16) / theme_type(TYPE_LABEL, ui_text_size(ui)).line), 1);
	float height = ui_text_height(ui, width, &style, text);
	ui_ring(ui, box, TOKEN_RADIUS_CARD,
		ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
		ui_colour(ui, COLOUR_LINE_STRONG));
	ui_icon(ui, (struct box){box.x + CARD_PAD, box.y, STAFF_ICON, box.h}, "staff", STAFF_ICON,
		ui_colour(ui, COLOUR_INK));
	ui_text(ui, (struct box){box.x + CARD_PAD + STAFF_ICON + 20, box.y + (box.h - height) / 2, width, height},
		&style, text);
}

struct grid {
	size_t columns;
	float width, height;
};

/* As large as there is room for, never smaller than the design's. `room` is 0 when the grid rolls. */
static struct grid grid_plan(const struct view *view, float width, float room)
{
	size_t cells = content_bundle(view->content)->language_count + 1;
	enum text_size size = ui_text_size(view->ui);
	size_t columns = view_wide(view) ? 3 : 2;
	if (size >= TEXT_150)
		columns--;
	if (size >= TEXT_200)
		columns = view_wide(view) ? 2 : 1;
	size_t lines = (cells + columns - 1) / columns;
	float least = TOKEN_SIZE_CARD_LANGUAGE_H * fmaxf(1, theme_type(TYPE_H3, size).line / 54);
	float each = (room - CARD_GAP * (float)(lines - 1)) / (float)lines;
	float gap = columns > 2 ? 20 : FRAME_GUTTER;
	return (struct grid){columns, (width - gap * (float)(columns - 1)) / (float)columns,
			     fmaxf(fminf(each, CARD_HIGH_MAX), least)};
}

static float grid_draw(struct view *view, struct box box, const struct grid *grid)
{
	size_t languages = content_bundle(view->content)->language_count;
	float gap = grid->columns > 1 ? (box.w - grid->width * (float)grid->columns) / (float)(grid->columns - 1) : 0;
	struct box cell = {box.x, box.y, grid->width, grid->height};
	for (size_t i = 0; i < languages; i++) {
		card_draw(view, cell, (int)i);
		cell.x += grid->width + gap;
		if ((i + 1) % grid->columns == 0) {
			cell.x = box.x;
			cell.y += grid->height + CARD_GAP;
		}
	}
	cell.w = box.x + box.w - cell.x; /* to the end of its line: no hole */
	other_draw(view, cell);
	return cell.y + cell.h - box.y;
}

static struct ui_text title_style(const struct view *view)
{
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(view->ui));
	float grown = 72.0f / 64;
	return (struct ui_text){.colour = ui_colour(view->ui, COLOUR_INK),
				.size = h1.size * grown,
				.line = h1.line * 1.1f,
				.bold = true,
				.title = true,
				.spacing = UI_TITLE_SPACING,
				.shrink_to = 0.6f};
}

static float words_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	struct ui_text title = title_style(view);
	struct ui_text help = {.type = TYPE_BODY, .colour = ui_colour(ui, COLOUR_INK2)};
	float y = box.y + ui_text(ui, box, &title, view_word(view, WORD_CHOOSE_LANGUAGE)) + HELP_GAP;
	return y + ui_text(ui, (struct box){box.x, y, box.w, 0}, &help, view_word(view, WORD_CHOOSE_LANGUAGE_HELP)) -
	       box.y;
}

static float words_height(const struct view *view, float width)
{
	struct ui_text title = title_style(view), help = {.type = TYPE_BODY};
	return ui_text_height(view->ui, width, &title, view_word(view, WORD_CHOOSE_LANGUAGE)) + HELP_GAP +
	       ui_text_height(view->ui, width, &help, view_word(view, WORD_CHOOSE_LANGUAGE_HELP));
}

static void lying_draw(struct view *view, struct box room)
{
	float left = TOKEN_GRID_LANDSCAPE_LEFT - 32, top = room.y + LYING_TOP;
	float words = words_draw(view, (struct box){FRAME_MARGIN, top, left, 0});
	float low = top + words + LYING_GAP;
	if (low + BUBBLES_HIGH <= room.y + room.h)
		bubbles_draw(view, FRAME_MARGIN + BUBBLES_IN, fmaxf(low, room.y + room.h - BUBBLES_HIGH - 60));
	struct box right = {FRAME_MARGIN + TOKEN_GRID_LANDSCAPE_LEFT + FRAME_GUTTER, room.y, 0, room.h};
	right.w = room.w - right.x - FRAME_MARGIN;
	struct grid grid = grid_plan(view, right.w, room.h - 112 - staff_way_height(view));
	frame_roll_begin(view, LAYER_SCREEN, right);
	float height = grid_draw(view, (struct box){0, 56, right.w, 0}, &grid);
	height += staff_way_draw(view, (struct box){0, 56 + height, right.w, 0});
	frame_roll_end(view, LAYER_SCREEN, right, 56 + height + 40);
}

static void upright_draw(struct view *view, struct box room)
{
	struct ui *ui = view->ui;
	float width = room.w - 2 * FRAME_MARGIN, y = 72;
	bool pictured =
		room.h >= 2 * BUBBLES_HIGH && ui_text_size(ui) < TEXT_150 && width - BUBBLES_WIDE >= WORDS_LEAST;
	frame_roll_begin(view, LAYER_SCREEN, room);
	if (pictured) {
		float words = width - BUBBLES_WIDE - FRAME_GUTTER;
		bubbles_draw(view, FRAME_MARGIN + words + FRAME_GUTTER - BUBBLES_IN, y);
		float lower = fmaxf((BUBBLES_HIGH - words_height(view, words)) / 2 - WORDS_LIFT, 0);
		words_draw(view, (struct box){FRAME_MARGIN, y + lower, words, 0});
		y += 472;
	} else {
		y += words_draw(view, (struct box){FRAME_MARGIN, y, width, 0}) + 56;
	}
	struct grid grid = grid_plan(view, width, room.h - y - 60 - staff_way_height(view));
	y += grid_draw(view, (struct box){FRAME_MARGIN, y, width, 0}, &grid);
	y += staff_way_draw(view, (struct box){FRAME_MARGIN, y, width, 0});
	frame_roll_end(view, LAYER_SCREEN, room, y + 28);
}

void language_draw(struct view *view)
{
	if (view_wide(view))
		lying_draw(view, frame_room(view));
	else
		upright_draw(view, frame_room(view));
}
