#include "screens/beside.h"

#include "screens/column.h"
#include "screens/frame.h"
#include "screens/pairs.h"
#include "tokens.h"

#include <math.h>
#include <stdio.h>

#define GUTTER     36.0f /* from the line in the middle to the words */
#define ROW_TOP    28.0f
#define ROW_LOW    26.0f
#define HEAD_TOP   72.0f
#define HEAD_UNDER 40.0f /* under the labels */
#define HEAD_GAP   42.0f /* between the language's name and the title */
#define HEAD_LOW   13.0f
#define LABEL_LOW  36.0f
#define TITLE      (46.0f / 44.0f) /* of a heading's size */
#define CIRCLE     8.0f            /* more than a line is high */
#define INDENT     16.0f
#define BULLET     12.0f
#define STACK_GAP  20.0f
#define END_PAD    48.0f
#define HIGH_LINE  4.0f

struct beside {
	struct view *view;
	struct column own, danish; /* each in its own direction */
	bool stacked;
	float width, half, y;
};

static struct ui_text words(const struct column *column, bool bold)
{
	struct ui_text style = column_style(column, TYPE_SUB, COLOUR_INK);
	style.bold = bold;
	return style;
}

static float line_of(const struct column *column)
{
	return theme_type(TYPE_SUB, ui_text_size(column->view->ui)).line;
}

/* The Danish side has no numbers: they stand beside the same words. */
static float indent(const struct column *column, const struct part *part, bool marked)
{
	if (part->kind == PART_ENTRY)
		return BULLET + INDENT;
	return marked && (part->kind == PART_STEP || part->kind == PART_CALLOUT) ? line_of(column) + CIRCLE + INDENT
										 : 0;
}

static struct ui_text title_style(const struct column *column, const struct part *part)
{
	struct ui_text style = words(column, true);
	if (part->kind == PART_HEADING)
		style = column_style(column, TYPE_H3, COLOUR_INK);
	if (part->kind == PART_FACT)
		style = column_style(column, TYPE_SMALL, COLOUR_INK2);
	style.title = part->kind == PART_HEADING;
	return style;
}

static float part_height(const struct column *column, const struct part *part, bool marked)
{
	float start = indent(column, part, marked), height = 0;
	if (part->title) {
		struct ui_text title = title_style(column, part);
		height += ui_text_height(column->view->ui, column->w - start, &title, part->title);
	}
	if (part->text.len > 0)
		height += column_rich_height(column, column->w - start, words(column, part->kind == PART_FACT),
					     &part->text);
	return fmaxf(height, start > line_of(column) ? line_of(column) + CIRCLE : 0);
}

static void mark_draw(struct column *column, const struct part *part)
{
	struct ui *ui = column->view->ui;
	float line = line_of(column), side = line + CIRCLE;
	struct box circle = {column->x, column->y - CIRCLE / 2, side, side};
	if (part->kind == PART_STEP) {
		struct ui_text style = words(column, true);
		style.size = side * 28 / 52;
		style.line = side * 36 / 52;
		column_number(column, circle, part->number, style);
	} else if (part->kind == PART_CALLOUT) {
		struct column_callout look = column_callout(part->callout);
		ui_icon(ui, circle, look.icon, side, ui_colour(ui, look.edge));
		ui_meaning(ui, circle, ROLE_TEXT, view_word_in(column->view, column->language, look.word));
	}
}

static void part_draw(struct column *column, const struct part *part, bool marked)
{
	struct ui *ui = column->view->ui;
	float start = indent(column, part, marked);
	struct box box = {column->x + start, column->y, column->w - start, 0};
	ui_direction(ui, view_rtl(column->view, column->language));
	if (part->kind == PART_ENTRY)
		ui_round(ui, (struct box){column->x, column->y + (line_of(column) - BULLET) / 2, BULLET, BULLET},
			 BULLET / 2, column->hue.main);
	else if (marked)
		mark_draw(column, part);
	if (part->title) {
		struct ui_text title = title_style(column, part);
		box.y += ui_text(ui, box, &title, part->title);
	}
	if (part->text.len > 0)
		column_rich(column, box, words(column, part->kind == PART_FACT), &part->text);
}

/* The Danish side has a lighter ground, from `top` on; in high contrast a line instead. */
static void ground_draw(struct beside *beside, float top, float height)
{
	struct ui *ui = beside->view->ui;
	struct box ground = {beside->half, top, beside->width - beside->half, height};
	ui_direction(ui, view_rtl(beside->view, beside->own.language));
	if (beside->stacked)
		ground = (struct box){0, top, beside->width, height};
	ui_fill(ui, ground, ui_colour(ui, COLOUR_SURFACE));
	if (ui_theme(ui)->high_contrast && !beside->stacked)
		ui_fill(ui, (struct box){ground.x - HIGH_LINE / 2, top, HIGH_LINE, height}, ui_colour(ui, COLOUR_LINE));
}

static void line_draw(struct beside *beside)
{
	struct ui *ui = beside->view->ui;
	struct box line = {FRAME_MARGIN, beside->y - 2, beside->width - 2 * FRAME_MARGIN, 2};
	ui_fill(ui, line, ui_colour(ui, COLOUR_LINE));
}

static void pair_beside(struct beside *beside, const struct pair *pair)
{
	float own = pair->own ? part_height(&beside->own, pair->own, true) : 0,
	      danish = pair->danish ? part_height(&beside->danish, pair->danish, false) : 0;
	float height = ROW_TOP + fmaxf(own, danish) + ROW_LOW;
	ground_draw(beside, beside->y, height);
	beside->own.y = beside->danish.y = beside->y + ROW_TOP;
	beside->y += height;
	line_draw(beside);
	if (pair->own)
		part_draw(&beside->own, pair->own, true);
	if (pair->danish)
		part_draw(&beside->danish, pair->danish, false);
}

static void pair_stacked(struct beside *beside, const struct pair *pair)
{
	if (pair->own) {
		beside->own.y = beside->y + ROW_TOP;
		beside->y = beside->own.y + part_height(&beside->own, pair->own, true) + STACK_GAP;
		part_draw(&beside->own, pair->own, true);
	}
	if (pair->danish) {
		float height = STACK_GAP + part_height(&beside->danish, pair->danish, false) + ROW_LOW;
		ground_draw(beside, beside->y, height);
		beside->danish.y = beside->y + STACK_GAP;
		beside->y += height;
		part_draw(&beside->danish, pair->danish, false);
	}
	line_draw(beside);
}

/* The titles stand over all, and the terms below with what they mean. */
static void pair_draw(struct beside *beside, const struct pair *pair)
{
	enum part_kind kind = pair->own ? pair->own->kind : pair->danish->kind;
	if (kind == PART_TITLE || kind == PART_TERM)
		return;
	if (beside->stacked)
		pair_stacked(beside, pair);
	else
		pair_beside(beside, pair);
}

static float head_height(const struct column *column, const struct ui_text *title, const char *text)
{
	float line = theme_type(TYPE_LABEL, ui_text_size(column->view->ui)).line;
	return line + HEAD_GAP + ui_text_height(column->view->ui, column->w, title, text);
}

/* The language's own name over the title. */
static float head_draw(struct beside *beside, struct column *column, const struct page *page, bool draw)
{
	struct view *view = beside->view;
	struct ui *ui = view->ui;
	struct type_size h2 = theme_type(TYPE_H2, ui_text_size(ui));
	struct ui_text name = column_style(column, TYPE_LABEL, COLOUR_FJORD),
		       title = column_style(column, TYPE_H2, COLOUR_INK);
	title.size = h2.size * TITLE;
	title.line = h2.line * TITLE;
	title.bold = title.title = true;
	title.spacing = UI_TITLE_SPACING;
	float height = head_height(column, &title, page->title);
	if (!draw)
		return height;
	ui_direction(ui, view_rtl(view, column->language));
	struct box box = {column->x, column->y, column->w, 0};
	box.y += ui_text(ui, box, &name, content_bundle(view->content)->languages[column->language].name) + HEAD_GAP;
	ui_text(ui, box, &title, page->title);
	return height;
}

/* `above`: what is left over the names. */
static void heads_draw(struct beside *beside, float above)
{
	struct view *view = beside->view;
	float own = head_draw(beside, &beside->own, view->page, false),
	      danish = head_draw(beside, &beside->danish, view->danish, false);
	float top = beside->y, high = beside->stacked ? own : fmaxf(own, danish);
	beside->own.y = beside->danish.y = top + above;
	if (beside->stacked) {
		beside->y += above + own + STACK_GAP;
		beside->danish.y = beside->y + STACK_GAP;
		ground_draw(beside, beside->y, STACK_GAP + danish + ROW_LOW);
		beside->y += STACK_GAP + danish + ROW_LOW;
	} else {
		beside->y += above + high + HEAD_LOW;
		ground_draw(beside, top, beside->y - top);
	}
	head_draw(beside, &beside->own, view->page, true);
	head_draw(beside, &beside->danish, view->danish, true);
}

/* Both columns read from their own start; the Danish one lies at the end of the layout. */
static struct beside plan(struct view *view, float width)
{
	struct column column = {
		.view = view, .hue = view_hue(view, view->place.topic), .language = view->page_language};
	struct beside beside = {.view = view, .width = width, .half = width / 2};
	beside.stacked = ui_text_size(view->ui) >= TEXT_150;
	column.x = FRAME_MARGIN;
	column.w = beside.stacked ? width - 2 * FRAME_MARGIN : beside.half - GUTTER - FRAME_MARGIN;
	beside.own = beside.danish = column;
	beside.danish.language = view->source;
	if (!beside.stacked && view_rtl(view, view->source) == view_rtl(view, column.language))
		beside.danish.x = beside.half + GUTTER;
	return beside;
}

float beside_draw(struct view *view, struct box room)
{
	struct beside beside = plan(view, room.w);
	struct pairs pairs = {0};
	if (!pairs_make(view->page, view->danish, view->scratch, &pairs))
		view->starved = true;
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct column whole = beside.own;
	whole.w = room.w - 2 * FRAME_MARGIN;
	column_labels(&whole, view->page);
	beside.y = whole.y > 0 ? whole.y + LABEL_LOW : 0;
	heads_draw(&beside, beside.y > 0 ? HEAD_UNDER : HEAD_TOP);
	for (size_t i = 0; i < pairs.count; i++)
		pair_draw(&beside, &pairs.all[i]);
	whole.y = beside.y;
	ui_direction(view->ui, view_rtl(view, whole.language));
	column_closing(&whole, view->page);
	return frame_roll_end(view, LAYER_SCREEN, room, whole.y + END_PAD);
}
