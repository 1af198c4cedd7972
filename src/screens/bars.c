#include "screens/frame.h"
#include "screens/labels.h"

#include "base/array.h"
#include "tokens.h"

#include <math.h>
#include <string.h>

#define INSET         12.0f /* of the block in the Language cell */
#define DIVIDER_INSET 30.0f
#define CELL_TIGHT    200.0f
#define EDGE          2.0f /* the line above a row */
#define EDGE_HIGH     4.0f
#define CELLS         4 /* of a row */

/* Heights of the rows, their pictograms, what lies between these and their words, and beside the words: where they may take
 * two lines, so much that they stand clear of the dividers. */
static const struct {
	float tools, navigation, lying, icon, language, gap, pad;
} heights[] = {
	[TEXT_100] = {120, 136, 128, 52, 44, 5, 8},
	[TEXT_125] = {132, 144, 136, 52, 44, 5, 8},
	[TEXT_150] = {148, 156, 152, 52, 44, 3, 16},
	[TEXT_200] = {168, 176, 172, 60, 60, 3, 12},
};
static_assert(ARRAY_LEN(heights) == TEXT_SIZE_COUNT, "a text size has no bars");

/* What is particular to one cell, now. */
struct cell {
	const char *id;
	const char *icon;
	const char *label; /* on it */
	const char *name;  /* read aloud */
	const char *lang;
	const char *reason;
	struct action action;
	bool toggle, chosen;
	bool current; /* navigation: the screen shown */
};

static bool lying(const struct view *view)
{
	return ui_landscape(view->ui);
}

/* The row of heights: narrow cells need room for two lines under their icons, as large text does. */
static enum text_size row_step(const struct view *view)
{
	enum text_size size = ui_text_size(view->ui);
	bool tight = ui_width(view->ui) / (lying(view) ? 2 * CELLS : CELLS) < CELL_TIGHT;
	return tight && size < TEXT_150 ? TEXT_150 : size;
}

static float bars_height(const struct view *view)
{
	const struct screen *screen = &screens[view->place.screen];
	enum text_size size = row_step(view);
	if (!screen->navigation)
		return 0;
	if (lying(view))
		return heights[size].lying;
	return heights[size].navigation + (screen->tools ? heights[size].tools : 0);
}

struct box frame_room(const struct view *view)
{
	if (!view->content) /* whose words the bars are */
		return (struct box){0, 0, ui_width(view->ui), ui_height(view->ui)};
	float top = frame_top_height(view);
	return (struct box){0, top, ui_width(view->ui), ui_height(view->ui) - top - bars_height(view)};
}

static struct ui_text label_style(const struct view *view, const struct cell *cell, uint32_t colour)
{
	return (struct ui_text){.type = TYPE_BAR,
				.colour = colour,
				.align = ALIGN_CENTRE,
				.silent = true,
				.lang = cell->lang,
				.lines_max = row_step(view) >= TEXT_150 && strchr(cell->label, ' ') ? 2 : 1,
				.shrink_to = 0.7f};
}

/* Icons of a row stand on one line, even when the words under one of them need two. */
static float label_height(const struct view *view, const struct cell *cells, size_t count, float width)
{
	float most = 0, room = width - 2 * heights[row_step(view)].pad;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = label_style(view, &cells[i], 0);
		most = fmaxf(most, ui_text_height(view->ui, room, &style, cells[i].label));
	}
	return most;
}

static void face_draw(struct view *view, struct box box, const struct cell *cell, float icon, float words,
		      uint32_t colour)
{
	struct ui_text style = label_style(view, cell, colour);
	float gap = heights[row_step(view)].gap, y = box.y + (box.h - icon - gap - words) / 2;
	ui_icon(view->ui, (struct box){box.x, y, box.w, icon}, cell->icon, icon, colour);
	float pad = heights[row_step(view)].pad;
	ui_text(view->ui, (struct box){box.x + pad, y + icon + gap, box.w - 2 * pad, words}, &style, cell->label);
}

/* `ring`: the cell's light ground, which gets a dark focus ring; NULL on fjord. */
static struct ui_state cell_target(struct view *view, struct box box, const struct cell *cell, const struct box *ring)
{
	return ui_target(view->ui, box,
			 &(struct ui_target){.role = cell->toggle ? ROLE_SWITCH : ROLE_BUTTON,
					     .id = cell->id,
					     .name = cell->name ? cell->name : cell->label,
					     .lang = cell->lang,
					     .action = cell->action,
					     .reason = cell->reason,
					     .chosen = cell->chosen,
					     .inset = !ring,
					     .ring = ring ? frame_within(*ring) : box});
}

static void tool_draw(struct view *view, struct box box, const struct cell *cell, float words)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	struct ui_state state = cell_target(view, box, cell, &box);
	uint32_t colour = ui_colour(ui, cell->reason ? COLOUR_DISABLED : COLOUR_INK);
	if (state.pressed || cell->chosen) {
		ui_fill(ui, box, ui_colour(ui, COLOUR_SELECTED));
		colour = ui_colour(ui, high ? COLOUR_ON_SELECTED : COLOUR_FJORD);
	}
	if (cell->chosen)
		ui_fill(ui, (struct box){box.x, box.y, box.w, 8}, ui_colour(ui, COLOUR_FJORD));
	face_draw(view, box, cell, heights[row_step(view)].icon, words, colour);
}

static void navigation_draw(struct view *view, struct box box, const struct cell *cell, float words)
{
	struct ui *ui = view->ui;
	struct ui_state state = cell_target(view, box, cell, NULL);
	uint32_t colour = ui_colour(ui, cell->reason ? COLOUR_DISABLED_ON_FJORD : COLOUR_ON_NAV);
	if (state.pressed || cell->current) {
		ui_fill(ui, box, ui_colour(ui, COLOUR_NAV_CURRENT));
		colour = cell->reason ? colour : ui_colour(ui, COLOUR_ON_FJORD);
	}
	face_draw(view, box, cell, heights[row_step(view)].icon, words, colour);
}

/* The way out of a wrong language is always the brightest button. */
static void language_cell(struct view *view, struct box box, const struct cell *cell)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	float edge = high ? EDGE_HIGH : 0;
	struct box block = {box.x + INSET, box.y + edge + INSET, box.w - 2 * INSET, box.h - edge - 2 * INSET};
	struct ui_state state = cell_target(view, box, cell, &block);
	ui_fill(ui, box, ui_colour(ui, cell->current && !high ? COLOUR_NAV_CURRENT : COLOUR_NAV));
	ui_round(ui, block, TOKEN_RADIUS_CARD,
		 ui_colour(ui, state.pressed && !high ? COLOUR_FJORD_TINT : COLOUR_BRIGHT));
	float words = label_height(view, cell, 1, block.w);
	face_draw(view, block, cell, heights[row_step(view)].language, words, ui_colour(ui, COLOUR_ON_BRIGHT));
}

static void navigation_cells(const struct view *view, struct cell cells[CELLS])
{
	int screen = view->place.screen;
	const char *nowhere = view_word(view, WORD_NOT_ON_THIS_PAGE);
	cells[0] = (struct cell){.id = "nav.back",
				 .icon = "back",
				 .label = view_word(view, WORD_BACK),
				 .action = screen_action(VERB_BACK, 0, NULL),
				 .reason = view->visit->depth > 1 ? NULL : nowhere};
	cells[1] = (struct cell){.id = "nav.home",
				 .icon = "home",
				 .label = view_word(view, WORD_HOME),
				 .action = screen_action(VERB_HOME, 0, NULL),
				 .current = screen == SCREEN_HOME};
	cells[2] = (struct cell){.id = "nav.search",
				 .icon = "search",
				 .label = view_word(view, WORD_SEARCH),
				 .reason = view_word(view, WORD_NOT_READY)};
	const char *native = content_bundle(view->content)->languages[view->language].name;
	const char *name = arena_printf(view->scratch, "%s: %s", view_word(view, WORD_LANGUAGE), native);
	cells[3] = (struct cell){.id = "nav.language",
				 .icon = "lang",
				 .label = native,
				 .name = name,
				 .action = screen_action(VERB_LANGUAGES, 0, NULL),
				 .current = screen == SCREEN_LANGUAGE};
}

/* The page stands in another language than the visitor's. */
static bool is_missing(const struct view *view)
{
	return view->page && view->page_language != view->language;
}

/* Why the Danish text cannot stand beside the page; NULL when it can. */
static const char *danish_reason(const struct view *view)
{
	if (!view->page || view->language == view->source)
		return view_word(view, WORD_NOT_ON_THIS_PAGE);
	return view->page_language == view->source ? view_word(view, WORD_NOT_TRANSLATED) : NULL;
}

static void tool_cells(const struct view *view, struct cell cells[CELLS])
{
	const char *later = view_word(view, WORD_NOT_READY);
	cells[0] = (struct cell){
		.id = "tool.listen", .icon = "listen", .label = view_word(view, WORD_LISTEN), .reason = later};
	cells[1] = (struct cell){.id = "tool.danish",
				 .icon = "dansk",
				 .label = "Dansk",
				 .lang = "da",
				 .action = screen_action(VERB_DANISH, 0, NULL),
				 .reason = danish_reason(view),
				 .toggle = true,
				 .chosen = view->beside};
	const struct language *other = is_missing(view) ? labels_other(view) : NULL;
	if (other)
		cells[1] = (struct cell){.id = "tool.other",
					 .icon = "lang",
					 .label = other->name,
					 .lang = other->code,
					 .action = screen_action(VERB_INSTEAD, 0, other->code)};
	cells[2] = (struct cell){.id = "tool.text",
				 .icon = "aa",
				 .label = view_word(view, WORD_TEXT_AND_CONTRAST),
				 .action = screen_action(VERB_SHEET, SHEET_TEXT, view->lang)};
	cells[3] = (struct cell){
		.id = "tool.take", .icon = "take", .label = view_word(view, WORD_TAKE_WITH_ME), .reason = later};
}

static void dividers_draw(struct view *view, struct box row, float cell, size_t count, enum colour colour)
{
	float width = ui_theme(view->ui)->high_contrast ? 3 : 2;
	for (size_t i = 1; i < count; i++) {
		struct box line = {row.x + cell * (float)i - width / 2, row.y + DIVIDER_INSET, width,
				   row.h - 2 * DIVIDER_INSET};
		ui_fill(view->ui, line, ui_colour(view->ui, colour));
	}
}

/* The line above a row. */
static void edge_draw(struct view *view, struct box row, bool always)
{
	bool high = ui_theme(view->ui)->high_contrast;
	if (high || always)
		ui_fill(view->ui, (struct box){row.x, row.y, row.w, high ? EDGE_HIGH : EDGE},
			ui_colour(view->ui, COLOUR_LINE));
}

static void tools_row(struct view *view, struct box row)
{
	struct cell cells[CELLS];
	float width = row.w / CELLS;
	tool_cells(view, cells);
	float words = label_height(view, cells, CELLS, width);
	ui_fill(view->ui, row, ui_colour(view->ui, COLOUR_SURFACE));
	for (size_t i = 0; i < CELLS; i++)
		tool_draw(view, (struct box){row.x + width * (float)i, row.y, width, row.h}, &cells[i], words);
	edge_draw(view, row, true);
	dividers_draw(view, row, width, CELLS, COLOUR_LINE);
}

static void navigation_row(struct view *view, struct box row, struct box language)
{
	struct cell cells[CELLS];
	size_t count = CELLS - 1;
	float width = row.w / (float)count;
	navigation_cells(view, cells);
	float words = label_height(view, cells, count, width);
	ui_fill(view->ui, row, ui_colour(view->ui, COLOUR_NAV));
	for (size_t i = 0; i < count; i++)
		navigation_draw(view, (struct box){row.x + width * (float)i, row.y, width, row.h}, &cells[i], words);
	dividers_draw(view, row, width, count, COLOUR_FJORD_LINE);
	language_cell(view, language, &cells[count]);
	edge_draw(view, row, false);
	edge_draw(view, language, false);
}

/* One row: three cells of navigation, four tools, the language. */
static void lying_row(struct view *view, struct box row)
{
	float cell = row.w / (2 * CELLS);
	struct box navigation = {row.x, row.y, cell * (CELLS - 1), row.h};
	struct box tools = {navigation.w, row.y, cell * CELLS, row.h};
	navigation_row(view, navigation, (struct box){row.w - cell, row.y, cell, row.h});
	tools_row(view, tools);
}

void frame_bottom(struct view *view)
{
	const struct screen *screen = &screens[view->place.screen];
	float width = ui_width(view->ui), height = bars_height(view), y = ui_height(view->ui) - height;
	if (!screen->navigation)
		return;
	if (lying(view)) {
		lying_row(view, (struct box){0, y, width, height});
		return;
	}
	float low = heights[row_step(view)].navigation;
	if (screen->tools)
		tools_row(view, (struct box){0, y, width, height - low});
	float cell = width / CELLS;
	struct box navigation = {0, ui_height(view->ui) - low, cell * (CELLS - 1), low};
	navigation_row(view, navigation, (struct box){navigation.w, navigation.y, cell, low});
}
