#include "screens/column.h"
#include "screens/marks.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>

#define GAP_TEXT       28.0f
#define GAP_HEADING    42.0f
#define GAP_BLOCK      32.0f
#define TITLE_GAP      4.0f  /* between a step's title and its text */
#define STEP_GAP       32.0f /* from one step to the next */
#define STEP_GAP_UNDER 48.0f
#define CONNECTOR      4.0f
#define MARKS_OUT      4.0f /* a mark begins before the words it goes round */
#define BULLET         12.0f
#define BULLET_TEXT    44.0f
#define LINKS_APART    14.0f /* 3 mm */
#define LIST_GAP       12.0f

/* The circle with a step's number, and where its text starts. */
static const struct {
	float circle, text;
} steps[] = {
	[TEXT_100] = {72, 100},
	[TEXT_125] = {80, 110},
	[TEXT_150] = {92, 124},
	[TEXT_200] = {112, 148},
};
static_assert(ARRAY_LEN(steps) == TEXT_SIZE_COUNT, "a text size has no steps");

static void paragraph(struct column *column, const struct block *block)
{
	struct ui_text style = column_style(column, TYPE_BODY, COLOUR_INK);
	const struct pair *mark = marks_next(column);
	column->y += GAP_TEXT;
	column->y += column_rich(column, (struct box){column->x, column->y, column->w, 0}, style, &block->text);
	marks_after(column, mark);
}

static void heading(struct column *column, const struct block *block)
{
	struct ui_text style = column_style(column, TYPE_H2, COLOUR_INK);
	const struct pair *mark = marks_next(column);
	style.title = true;
	column_text(column, GAP_HEADING, &style, block->title);
	marks_after(column, mark);
}

void column_number(struct column *column, struct box circle, int number, struct ui_text style)
{
	struct view *view = column->view;
	char digits[16];
	snprintf(digits, sizeof(digits), "%d", number);
	style.colour = column->hue.on_main;
	style.align = ALIGN_CENTRE;
	style.silent = true;
	style.shrink_to = 0.5f;
	style.lines_max = 1;
	float line = ui_text_height(view->ui, circle.w, &style, digits);
	ui_round(view->ui, circle, circle.h / 2, column->hue.main);
	ui_text(view->ui, (struct box){circle.x, circle.y + (circle.h - line) / 2, circle.w, line}, &style, digits);
	ui_meaning(view->ui, circle, ROLE_TEXT,
		   view_filled(view, view_word_in(view, column->language, WORD_STEP), digits));
}

/* Title and text of a step. `box` starts at the title; `wide` is where the text stands in the largest size. */
struct step {
	const struct item *item;
	struct box title, text;
	bool under; /* the text stands under number and title */
	float circle;
};

static float step_words(struct column *column, struct step *step, bool draw)
{
	struct ui *ui = column->view->ui;
	struct ui_text title = column_style(column, TYPE_H3, COLOUR_INK),
		       body = column_style(column, TYPE_BODY, COLOUR_INK);
	float y = step->title.y;
	if (step->item->title) {
		y += draw ? ui_text(ui, step->title, &title, step->item->title)
			  : ui_text_height(ui, step->title.w, &title, step->item->title);
		y += TITLE_GAP;
	}
	step->text.y = step->under ? fmaxf(y, step->text.y) : y;
	if (step->item->text.len > 0)
		y = step->text.y + (draw ? column_rich(column, step->text, body, &step->item->text)
					 : column_rich_height(column, step->text.w, body, &step->item->text));
	return y - step->title.y;
}

/* The words stand in the mark, which begins a little beside the number. Returns where it ends. */
static float step_marked(struct column *column, struct step *step, const struct pair *mark, float top)
{
	float start = step->under ? 0 : step->title.x - column->x - MARKS_OUT, words;
	float own_y = step->under ? top + step->circle + TITLE_GAP : top;
	struct box box = {column->x + start, own_y, column->w - start, 0};
	step->under = false;
	step->title.x = step->text.x = box.x + MARKS_START;
	step->title.w = step->text.w = box.w - MARKS_START - MARKS_END;
	float own = step_words(column, step, false);
	box.h = marks_box(column, box, mark, own, &words, true);
	step->title.y = words;
	step_words(column, step, true);
	return box.y + box.h;
}

/* The largest text needs the whole width: it stands under number and title, and no line joins the numbers. */
static void step(struct column *column, const struct item *item, int number, bool last)
{
	const struct pair *mark = marks_next(column);
	struct view *view = column->view;
	enum text_size size = ui_text_size(view->ui);
	bool under = size >= TEXT_200;
	float circle = steps[size].circle, start = steps[size].text, top = column->y;
	float line = theme_type(TYPE_H3, size).line;
	struct box box = {column->x + start, top + (circle - line) / 2, column->w - start, 0};
	struct step words = {.item = item, .title = box, .text = box, .under = under, .circle = circle};
	if (under)
		words.text = (struct box){column->x, top + circle + TITLE_GAP, column->w, 0};

	column_number(column, (struct box){column->x, top, circle, circle}, number,
		      column_style(column, TYPE_H3, COLOUR_INK));
	float end = mark ? step_marked(column, &words, mark, top) : box.y + step_words(column, &words, true);
	column->y = fmaxf(end, top + circle) + (last ? 0 : under ? STEP_GAP_UNDER : STEP_GAP);
	struct box joint = {column->x + (circle - CONNECTOR) / 2, top + circle, CONNECTOR, column->y - top - circle};
	if (!last && !under)
		ui_fill(view->ui, joint, column->hue.soft);
}

static void steps_draw(struct column *column, const struct block *block)
{
	column->y += GAP_BLOCK;
	for (size_t i = 0; i < block->item_count; i++)
		step(column, &block->items[i], (int)i + 1, i + 1 == block->item_count);
}

static bool has_link(const struct rich *text)
{
	for (size_t i = 0; i < text->span_count; i++)
		if (text->spans[i].kind == SPAN_LINK)
			return true;
	return false;
}

/* Lines with links stand so far apart that a finger cannot mean both. */
static float list_gap(const struct item *item, const struct item *next, float line)
{
	bool links = has_link(&item->text) && has_link(&next->text);
	return links ? fmaxf(LINKS_APART, TOKEN_TOUCH_MIN + LINKS_APART - line) : LIST_GAP;
}

static void list(struct column *column, const struct block *block)
{
	struct ui *ui = column->view->ui;
	struct ui_text style = column_style(column, TYPE_BODY, COLOUR_INK);
	float line = theme_type(TYPE_BODY, ui_text_size(ui)).line;
	column->y += GAP_TEXT;
	for (size_t i = 0; i < block->item_count; i++) {
		const struct pair *mark = marks_next(column);
		struct box dot = {column->x + 8, column->y + (line - BULLET) / 2, BULLET, BULLET};
		ui_round(ui, dot, BULLET / 2, column->hue.main);
		struct box box = {column->x + BULLET_TEXT, column->y, column->w - BULLET_TEXT, 0};
		column->y += column_rich(column, box, style, &block->items[i].text);
		marks_after(column, mark);
		if (i + 1 < block->item_count)
			column->y += list_gap(&block->items[i], &block->items[i + 1], line);
	}
}

static const struct column_callout callouts[] = {
	[CALLOUT_REMEMBER] = {"clock", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_REMEMBER},
	[CALLOUT_GOOD_TO_KNOW] = {"info", COLOUR_FJORD_TINT, COLOUR_FJORD, WORD_GOOD_TO_KNOW},
	[CALLOUT_URGENT] = {"warn", COLOUR_RED_TINT, COLOUR_RED, WORD_URGENT},
};
static_assert(ARRAY_LEN(callouts) == CALLOUT_KIND_COUNT, "a kind of callout has no look");

struct column_callout column_callout(enum callout_kind kind)
{
	return callouts[kind];
}

static void callout(struct column *column, const struct block *block)
{
	struct view *view = column->view;
	struct widget_callout callout = {.icon = callouts[block->callout].icon,
					 .fill = ui_colour(view->ui, callouts[block->callout].fill),
					 .edge = ui_colour(view->ui, callouts[block->callout].edge),
					 .title = block->title,
					 .text = block->text.len > 0 ? block->text.text : NULL,
					 .lang = view_code(view, column->language),
					 .reading = true};
	struct rich_look look = column_look(column, &block->text);
	const struct pair *mark = marks_next(column);
	callout.spans = look.spans;
	callout.span_count = look.count;
	column->y += GAP_BLOCK;
	ui_meaning(view->ui,
		   (struct box){column->x, column->y, column->w, widget_callout_height(view->ui, column->w, &callout)},
		   ROLE_TEXT, view_word_in(view, column->language, callouts[block->callout].word));
	struct box words = widget_callout_words(view->ui, column->x, column->y, column->w, &callout);
	column->y += widget_callout(view->ui, column->x, column->y, column->w, &callout);
	struct ui_text style = column_style(column, TYPE_BODY, COLOUR_INK);
	column_links(column, words, style, &block->text);
	marks_after(column, mark);
}

static void (*const kinds[])(struct column *, const struct block *) = {
	[BLOCK_PARAGRAPH] = paragraph, [BLOCK_HEADING] = heading, [BLOCK_STEPS] = steps_draw,
	[BLOCK_LIST] = list,           [BLOCK_CALLOUT] = callout,
};
static_assert(ARRAY_LEN(kinds) == BLOCK_KIND_COUNT, "a kind of block cannot be drawn");

void column_blocks(struct column *column, const struct page *page)
{
	for (size_t i = 0; i < page->block_count; i++)
		kinds[page->blocks[i].kind](column, &page->blocks[i]);
	marks_rest(column);
}
