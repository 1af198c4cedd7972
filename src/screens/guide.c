#include "screens/beside.h"
#include "screens/column.h"
#include "screens/frame.h"
#include "screens/guides.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define TILE        88.0f
#define TILE_ICON   60.0f
#define TOP         48.0f
#define LEAVE_PAD   20.0f
#define LYING_LEFT  680.0f /* where the line between the columns stands */
#define LYING_TOP   44.0f
#define LYING_PAD   44.0f
#define LYING_LOW   24.0f /* left under what stands still */
#define END_PAD     48.0f
#define TITLE_GAP   30.0f
#define SUMMARY_GAP 28.0f
#define CARDS_WIDE  800.0f /* from this width on facts stand beside each other */

/* "3 minutes · Checked 2 March 2026" */
static const char *facts_line(const struct column *column, const struct page *page)
{
	struct view *view = column->view;
	const char *minutes = view_counted(view, column->language, WORD_MINUTES, page->minutes);
	struct clock_civil day;
	if (!page->reviewed || !clock_parse_date(page->reviewed, &day))
		return minutes;
	const char *checked = view_filled(view, view_word_in(view, column->language, WORD_CHECKED_ON),
					  view_date(view, column->language, day));
	const char *both = arena_printf(view->scratch, "%s · %s", minutes, checked);
	return both ? both : minutes;
}

/* The topic's tile with its name and the page's facts beside it, or under it when the text is large. */
static void topic_line(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	const struct topic_entry *topic = content_topic(view->content, view->place.topic);
	const struct topic_text *text = content_topic_text(view->content, column->language, view->place.topic);
	enum text_size size = ui_text_size(ui);
	bool over = size >= TEXT_200;
	float side = TILE * (over ? 1.6f : size >= TEXT_150 ? 1.3f : size >= TEXT_125 ? 1.15f : 1);
	struct ui_text name = column_style(column, TYPE_LABEL, COLOUR_INK),
		       under = column_style(column, TYPE_META, COLOUR_INK2);
	const char *line = facts_line(column, page);
	float start = over ? 0 : side + 24, width = column->w - start;
	name.colour = column->hue.main;
	float first = text ? ui_text_height(ui, width, &name, text->title) : 0,
	      second = ui_text_height(ui, width, &under, line);
	float y = over ? column->y + side + 16 : column->y + fmaxf((side - first - second) / 2, 0);
	if (topic)
		widget_tile(ui, (struct box){column->x, column->y, side, side}, topic->icon, side * TILE_ICON / TILE,
			    column->hue, false);
	if (text)
		ui_text(ui, (struct box){column->x + start, y, width, first}, &name, text->title);
	ui_text(ui, (struct box){column->x + start, y + first, width, second}, &under, line);
	column->y = fmaxf(column->y + side, y + first + second);
}

/* Large text needs the whole width. */
static bool is_lying(const struct view *view)
{
	return view_wide(view) && ui_text_size(view->ui) < TEXT_150;
}

static struct ui_text title_style(const struct column *column)
{
	bool lying = is_lying(column->view);
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(column->view->ui));
	struct ui_text style = column_style(column, TYPE_H1, COLOUR_INK);
	style.title = true;
	style.bold = true;
	style.size = h1.size * (lying ? 0.875f : 1);
	style.line = h1.line * (lying ? 0.875f : 1);
	return style;
}

static void title_draw(struct column *column, const struct page *page)
{
	struct ui_text style = title_style(column);
	topic_line(column, page);
	column_text(column, TITLE_GAP, &style, page->title);
}

static float title_height(const struct column *column, const struct page *page)
{
	struct ui_text title = title_style(column);
	return TILE * 1.15f + TITLE_GAP + ui_text_height(column->view->ui, column->w, &title, page->title);
}

static struct ui_text summary_style(const struct column *column)
{
	return column_style(column, is_lying(column->view) ? TYPE_BODY : TYPE_LEAD, COLOUR_INK);
}

static void summary_draw(struct column *column, const struct page *page)
{
	struct ui_text style = summary_style(column);
	column_text(column, SUMMARY_GAP, &style, page->summary);
}

static float summary_height(const struct column *column, const struct page *page)
{
	struct ui_text style = summary_style(column);
	return SUMMARY_GAP + ui_text_height(column->view->ui, column->w, &style, page->summary);
}

static void facts_draw(struct column *column, const struct page *page)
{
	column_facts(column, page, column->w < CARDS_WIDE || ui_text_size(column->view->ui) >= TEXT_150);
}

/* The guide that asks what the page is about. */
static void decide_draw(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	const char *guide = guides_of_page(view, view->place.topic, view->place.page);
	(void)page;
	if (!guide)
		return;
	struct widget_row row = guides_row(view, guide);
	column->y += SUMMARY_GAP;
	column->y += widget_row(view->ui, column->x, column->y, column->w, &row);
}

static float decide_height(const struct column *column, const struct page *page)
{
	const struct view *view = column->view;
	const char *guide = guides_of_page(view, view->place.topic, view->place.page);
	(void)page;
	if (!guide)
		return 0;
	struct widget_row row = guides_row(view, guide);
	return SUMMARY_GAP + widget_row_height(view->ui, column->w, &row);
}

/* What stands between the title and the text. */
static const struct part {
	void (*draw)(struct column *, const struct page *);
	float (*height)(const struct column *, const struct page *);
} parts[] = {
	{column_labels, column_labels_height},
	{summary_draw, summary_height},
	{facts_draw, column_facts_height},
	{decide_draw, decide_height},
};

static void turn(struct column *column)
{
	column->rtl = 0;
	ui_direction(column->view->ui, view_rtl(column->view, column->language));
}

static struct column column_of(struct view *view)
{
	return (struct column){.view = view, .hue = view_hue(view, view->place.topic), .language = view->page_language};
}

static float upright_draw(struct view *view, struct box room)
{
	struct column column = column_of(view);
	column.x = FRAME_MARGIN;
	column.y = TOP;
	column.w = room.w - 2 * FRAME_MARGIN;
	frame_roll_begin(view, LAYER_SCREEN, room);
	turn(&column);
	title_draw(&column, view->page);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		parts[i].draw(&column, view->page);
	column_blocks(&column, view->page);
	column_closing(&column, view->page);
	return frame_roll_end(view, LAYER_SCREEN, room, column.y + END_PAD);
}

/* The title stands still at the start, and so do the parts under it as far as there is room; the rest rolls beside them. */
static float lying_draw(struct view *view, struct box room)
{
	struct column left = column_of(view);
	left.x = FRAME_MARGIN;
	left.y = room.y + LYING_TOP;
	left.w = LYING_LEFT - FRAME_MARGIN - 36;
	left.rtl = view_rtl(view, left.language) ? 1 : -1;
	float end = left.y + title_height(&left, view->page), most = room.y + room.h - LYING_LOW;
	size_t still = 0;
	title_draw(&left, view->page);
	for (; still < ARRAY_LEN(parts); still++) {
		end += parts[still].height(&left, view->page);
		if (end > most)
			break;
		parts[still].draw(&left, view->page);
	}
	ui_fill(view->ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(view->ui, COLOUR_LINE));

	struct column right = column_of(view);
	struct box roll = {LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
	right.x = LYING_PAD - 2;
	right.y = 16;
	right.w = roll.w - right.x - FRAME_MARGIN;
	frame_roll_begin(view, LAYER_SCREEN, roll);
	turn(&right);
	for (; still < ARRAY_LEN(parts); still++)
		parts[still].draw(&right, view->page);
	column_blocks(&right, view->page);
	column_closing(&right, view->page);
	return frame_roll_end(view, LAYER_SCREEN, roll, right.y + END_PAD);
}

/* The way out of a page that somebody else must not see being read: always in the same place, over the bars. Returns
 * its height. */
static float leave_draw(struct view *view, struct box room)
{
	struct ui *ui = view->ui;
	float high = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	struct box strip = {room.x, room.y + room.h - high - 2 * LEAVE_PAD, room.w, high + 2 * LEAVE_PAD};
	struct box button = {strip.x + FRAME_MARGIN, strip.y + LEAVE_PAD, strip.w - 2 * FRAME_MARGIN, high};
	ui_fill(ui, strip, ui_colour(ui, COLOUR_PAPER));
	widget_button(ui, button, BUTTON_MAIN, "close", view_word(view, WORD_LEAVE_PAGE), "leave",
		      screen_action(VERB_QUIT, 0, NULL));
	return strip.h;
}

static bool is_sensitive(const struct view *view)
{
	const struct topic_entry *topic = content_topic(view->content, view->place.topic);
	return topic && page_marks_of(topic, view->place.page).sensitive;
}

void guide_draw(struct view *view)
{
	struct box room = frame_room(view);
	float line = frame_progress_height(view);
	if (!view->page) {
		gone_draw(view);
		return;
	}
	room.y += line;
	room.h -= line;
	if (is_sensitive(view))
		room.h -= leave_draw(view, room);
	float read = view->danish     ? beside_draw(view, room)
		     : is_lying(view) ? lying_draw(view, room)
				      : upright_draw(view, room);
	frame_progress(view, read, view_hue(view, view->place.topic).main);
}
