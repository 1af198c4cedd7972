#include "screens/marks.h"

#include "tokens.h"

#include <math.h>
#include <string.h>

#define GAP        20.0f
#define EDGE       10.0f
#define TOP        16.0f
#define LOW        24.0f
#define ICON       34.0f
#define ICON_GAP   18.0f
#define CARD_ABOVE 12.0f
#define CARD_PAD   24.0f
#define CARD_TOP   14.0f

static bool is_marked(const struct pair *pair)
{
	return pair->changed || !pair->own || !pair->danish;
}

bool marks_any(const struct pairs *pairs)
{
	for (size_t i = 0; pairs->known && i < pairs->count; i++)
		if (is_marked(&pairs->all[i]))
			return true;
	return false;
}

/* Titles, facts and terms have a place of their own on the page, so their marks stand at the ends of the text. */
static bool is_block(const struct pair *pair)
{
	return pair->own && pair->own->kind >= PART_PARAGRAPH && pair->own->kind <= PART_CALLOUT;
}

static void pass(struct column *column)
{
	struct marks *marks = column->marks;
	for (; marks->at < marks->pairs.count && !is_block(&marks->pairs.all[marks->at]); marks->at++)
		if (is_marked(&marks->pairs.all[marks->at]))
			marks_after(column, &marks->pairs.all[marks->at]);
}

const struct pair *marks_next(struct column *column)
{
	struct marks *marks = column->marks;
	if (!marks)
		return NULL;
	pass(column);
	if (marks->at == marks->pairs.count)
		return NULL;
	const struct pair *pair = &marks->pairs.all[marks->at++];
	return is_marked(pair) ? pair : NULL;
}

void marks_rest(struct column *column)
{
	if (column->marks)
		pass(column);
}

void marks_after(struct column *column, const struct pair *pair)
{
	struct box box = {column->x, column->y + GAP, column->w, 0};
	float words;
	if (!pair)
		return;
	box.h = marks_box(column, box, pair, 0, &words, false);
	marks_box(column, box, pair, 0, &words, true);
	column->y = box.y + box.h;
}

/* In Danish, which way that reads. */
static struct ui_text danish_style(const struct column *column, bool bold)
{
	struct ui_text style = column_style(column, TYPE_SUB, COLOUR_FJORD);
	style.lang = view_code(column->view, column->view->source);
	style.rtl = view_turn(column->view, column->view->source);
	style.bold = bold;
	return style;
}

/* The card with the Danish as it is now. */
static float card_draw(struct column *column, struct box box, const struct part *danish, bool draw)
{
	struct ui *ui = column->view->ui;
	struct ui_text label = column_style(column, TYPE_META, COLOUR_INK2), title = danish_style(column, true),
		       text = danish_style(column, danish->title == NULL);
	struct box words = {box.x + CARD_PAD, box.y + CARD_TOP, box.w - 2 * CARD_PAD, 0};
	const char *name = view_word_in(column->view, column->language, WORD_NEWEST_DANISH);
	float first = ui_text_height(ui, words.w, &label, name),
	      second = danish->title ? ui_text_height(ui, words.w, &title, danish->title) : 0,
	      third = danish->text.len > 0 ? ui_text_height(ui, words.w, &text, danish->text.text) : 0;
	float height = first + second + third + 2 * CARD_TOP;
	if (!draw)
		return height;
	ui_round(ui, (struct box){box.x, box.y, box.w, height}, TOKEN_RADIUS_KEY, ui_colour(ui, COLOUR_SURFACE));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, (struct box){box.x, box.y, box.w, height}, TOKEN_RADIUS_KEY, TOKEN_BORDER_CARD,
			ui_colour(ui, COLOUR_LINE));
	words.y += ui_text(ui, words, &label, name);
	if (danish->title)
		words.y += ui_text(ui, words, &title, danish->title);
	if (danish->text.len > 0)
		ui_text(ui, words, &text, danish->text.text);
	return height;
}

static const char *happened(const struct column *column, const struct pair *pair)
{
	enum word word = pair->changed ? WORD_CHANGED_IN_DANISH : pair->own ? WORD_GONE_IN_DANISH : WORD_NEW_IN_DANISH;
	return view_word_in(column->view, column->language, word);
}

static void ground_draw(struct ui *ui, struct box box)
{
	float radius = TOKEN_RADIUS_CALLOUT;
	ui_round_corners(ui, (struct box){box.x, box.y, 2 * radius, box.h}, radius, CORNERS_LEFT,
			 ui_colour(ui, COLOUR_AMBER_INK));
	ui_round_corners(ui, (struct box){box.x + EDGE, box.y, box.w - EDGE, box.h}, radius, CORNERS_RIGHT,
			 ui_colour(ui, COLOUR_AMBER_TINT));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, box, radius, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
}

float marks_box(struct column *column, struct box box, const struct pair *pair, float own, float *words, bool draw)
{
	struct ui *ui = column->view->ui;
	struct ui_text style = column_style(column, TYPE_SMALL, COLOUR_AMBER_INK);
	struct box inside = {box.x + MARKS_START, box.y + TOP, box.w - MARKS_START - MARKS_END, 0};
	struct box line = {inside.x + ICON + ICON_GAP, inside.y, inside.w - ICON - ICON_GAP, 0};
	const char *what = happened(column, pair);
	style.bold = true;
	float first = fmaxf(ui_text_height(ui, line.w, &style, what), ICON);
	*words = inside.y + first;
	inside.y += first + own;
	if (pair->danish)
		inside.y += CARD_ABOVE;
	float card = pair->danish ? card_draw(column, inside, pair->danish, false) : 0;
	float height = inside.y + card + (pair->danish ? LOW : TOP) - box.y;
	if (!draw)
		return height;
	ground_draw(ui, (struct box){box.x, box.y, box.w, height});
	ui_icon(ui, (struct box){box.x + MARKS_START, box.y + TOP, ICON, theme_type(TYPE_SMALL, ui_text_size(ui)).line},
		"pageNew", ICON, style.colour);
	ui_text(ui, line, &style, what);
	if (pair->danish)
		card_draw(column, inside, pair->danish, true);
	return height;
}

/* What stands in Danish in the place of a text of the item; NULL: what it was made from. */
static const char *newest(const struct view *view, const char *const *text)
{
	for (size_t i = 0; i < view->newers.count; i++)
		if (view->newers.all[i].text == text)
			return view->newers.all[i].source;
	return NULL;
}

bool marks_changed(const struct view *view, const char *const *const texts[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (newest(view, texts[i]))
			return true;
	return false;
}

float marks_texts(struct view *view, struct box box, const char *const *const texts[], size_t count, bool draw)
{
	const char *danish = NULL;
	for (size_t i = 0; i < count; i++) {
		const char *text = newest(view, texts[i]);
		const char *both = danish && text ? arena_printf(view->scratch, "%s · %s", danish, text) : text;
		danish = both ? both : danish;
	}
	if (!danish)
		return 0;
	struct column column = {
		.view = view, .language = view->page_language, .rtl = view_turn(view, view->page_language)};
	struct part part = {.text = {.text = danish, .len = strlen(danish)}};
	struct pair pair = {.danish = &part, .changed = true};
	float words;
	box.y += GAP;
	box.h = marks_box(&column, box, &pair, 0, &words, false);
	if (draw)
		marks_box(&column, box, &pair, 0, &words, true);
	return GAP + box.h;
}
