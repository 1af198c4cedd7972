#include "screens/beside.h"
#include "screens/column.h"
#include "screens/frame.h"
#include "screens/guides.h"
#include "screens/marks.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define TILE          88.0f
#define TILE_ICON     60.0f
#define TOP           48.0f
#define LABEL_LIFT    8.0f /* what has a label begins so much higher, */
#define TITLE_LIFT    3.0f /* and has so much less above its title and summary */
#define LEAVE_PAD     20.0f
#define LYING_LEFT    680.0f /* where the line between the columns stands */
#define LYING_TOP     44.0f
#define LYING_PAD     44.0f
#define LYING_LOW     24.0f /* left under what stands still */
#define END_PAD       48.0f
#define TITLE_GAP     30.0f
#define SUMMARY_GAP   33.0f
#define GUIDE_GAP     28.0f
#define LYING_TITLE   0.875f /* of its size */
#define LYING_SUMMARY 17.0f
#define STAFF_GAP     28.0f
#define CARD_PAD      34.0f
#define CARD_TOP      20.0f
#define RULE_ICON     44.0f
#define RULE_START    72.0f /* from the edge to the language's name */
#define RULE_SPACE    36.0f /* from there to the line */
#define RULE_GAP      24.0f
#define CARDS_WIDE    800.0f /* from this width on facts stand beside each other */

/* In which language a column reads from here on. */
static void speak(struct column *column, int language)
{
	bool rtl = view_rtl(column->view, language);
	column->language = language;
	if (column->rtl == 0)
		ui_direction(column->view->ui, rtl);
	else
		column->rtl = rtl ? 1 : -1;
}

static bool is_missing(const struct view *view)
{
	return view->page_language != view->language;
}

/* Nobody has read the translation as it is; the day is that of the Danish text. */
static bool is_unread(const struct view *view)
{
	return is_missing(view) || (view->page_language != view->source &&
				    (view->page->source_newer || view->page->translation == TRANSLATION_UNCHECKED));
}

/* "3 minutes · Checked 2 March 2026" */
static const char *facts_line(const struct column *column, const struct page *page)
{
	struct view *view = column->view;
	const char *minutes = view_counted(view, column->language, WORD_MINUTES, page->minutes);
	struct clock_civil day;
	if (!page->reviewed || !clock_parse_date(page->reviewed, &day))
		return minutes;
	enum word word = is_unread(view) ? WORD_DANISH_CHECKED_ON : WORD_CHECKED_ON;
	const char *checked =
		view_filled(view, view_word_in(view, column->language, word), view_date(view, column->language, day));
	const char *both = arena_printf(view->scratch, "%s · %s", minutes, checked);
	return both ? both : minutes;
}

/* The topic's tile with its name and the page's facts beside it, or under it when the text is large; in the visitor's
 * language. */
static float topic_line(struct column *column, const struct page *page, bool draw)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	const struct topic_entry *topic = content_topic(view->content, view->place.topic);
	const struct topic_text *text = content_topic_text(view->content, column->language, view->place.topic);
	enum text_size size = ui_text_size(ui);
	bool over = size >= TEXT_200;
	float side = TILE * (over ? 1.7f : size >= TEXT_150 ? 1.3f : size >= TEXT_125 ? 1.15f : 1);
	struct ui_text name = column_style(column, over ? TYPE_H3 : TYPE_LABEL, COLOUR_INK),
		       under = column_style(column, TYPE_META, COLOUR_INK2);
	const char *line = facts_line(column, page);
	float start = over ? 0 : side + 24, width = column->w - start;
	name.colour = column->hue.main;
	float first = text ? ui_text_height(ui, width, &name, text->title) : 0,
	      second = ui_text_height(ui, width, &under, line);
	float y = over ? column->y + side + 16 : column->y + fmaxf((side - first - second) / 2, 0);
	float end = fmaxf(column->y + side, y + first + second);
	if (!draw)
		return end - column->y;
	if (topic)
		widget_tile(ui, (struct box){column->x, column->y, side, side}, topic->icon, side * TILE_ICON / TILE,
			    column->hue, false);
	if (text)
		ui_text(ui, (struct box){column->x + start, y, width, first}, &name, text->title);
	ui_text(ui, (struct box){column->x + start, y + first, width, second}, &under, line);
	return end - column->y;
}

/* Large text needs the whole width. */
static bool is_lying(const struct view *view)
{
	return view_wide(view) && ui_text_size(view->ui) < TEXT_150;
}

/* Under another language's own title the page's is as large as a heading. */
static struct ui_text title_style(const struct column *column)
{
	const struct view *view = column->view;
	bool missing = is_missing(view);
	struct ui_text style = column_style(column, missing ? TYPE_H2 : TYPE_H1, COLOUR_INK);
	struct type_size type = theme_type(style.type, ui_text_size(view->ui));
	float share = is_lying(view) && !missing ? LYING_TITLE : 1;
	style.title = true;
	style.bold = true;
	style.size = type.size * share;
	style.line = type.line * share;
	return style;
}

/* Upright what has to be known before the text draws all closer together. */
static bool is_labelled(const struct column *column, const struct page *page)
{
	return !is_lying(column->view) && column_labels_height(column, page) > 0;
}

static float title_gap(const struct column *column, const struct page *page)
{
	return is_missing(column->view) ? RULE_GAP : is_labelled(column, page) ? TITLE_GAP - TITLE_LIFT : TITLE_GAP;
}

static void title_draw(struct column *column, const struct page *page)
{
	struct ui_text style = title_style(column);
	column_text(column, title_gap(column, page), &style, page->title);
}

static float title_height(const struct column *column, const struct page *page)
{
	struct ui_text style = title_style(column);
	return title_gap(column, page) + ui_text_height(column->view->ui, column->w, &style, page->title);
}

/* What the visitor can show to the staff, who read Danish. */
static float staff_card(struct column *column, bool draw)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2),
		       danish = column_style(column, TYPE_H3, COLOUR_FJORD),
		       own = column_style(column, TYPE_SUB, COLOUR_INK);
	const char *sentence = view_word_in(view, view->source, WORD_HELP_ME_READ);
	danish.lang = view_code(view, view->source);
	danish.rtl = view_turn(view, view->source);
	struct box box = {column->x + CARD_PAD, column->y + STAFF_GAP + CARD_TOP, column->w - 2 * CARD_PAD, 0};
	float first = ui_text_height(ui, box.w, &label, view_word(view, WORD_SHOW_STAFF)),
	      second = ui_text_height(ui, box.w, &danish, sentence),
	      third = ui_text_height(ui, box.w, &own, view_word(view, WORD_HELP_ME_READ));
	float height = STAFF_GAP + 2 * CARD_TOP + first + second + third;
	if (!draw)
		return height;
	column->y += STAFF_GAP;
	column_card(column, height - STAFF_GAP);
	column->y += height - STAFF_GAP;
	box.y += ui_text(ui, box, &label, view_word(view, WORD_SHOW_STAFF));
	box.y += ui_text(ui, box, &danish, sentence);
	ui_text(ui, box, &own, view_word(view, WORD_HELP_ME_READ));
	return height;
}

static void staff_draw(struct column *column, const struct page *page)
{
	(void)page;
	staff_card(column, true);
}

static float staff_height(const struct column *column, const struct page *page)
{
	struct column copy = *column;
	(void)page;
	return staff_card(&copy, false);
}

static float rule_line(const struct column *column)
{
	return fmaxf(RULE_ICON, theme_type(TYPE_LABEL, ui_text_size(column->view->ui)).line);
}

static float rule_height(const struct column *column, const struct page *page)
{
	(void)page;
	return STAFF_GAP + rule_line(column);
}

/* From here on it is another language, whose own name stands before a line. */
static void rule_draw(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	struct ui_text style = column_style(column, TYPE_LABEL, COLOUR_FJORD);
	const char *name = content_bundle(view->content)->languages[column->language].name;
	float line = theme_type(TYPE_LABEL, ui_text_size(ui)).line, high = rule_line(column);
	float room = column->w - RULE_START, wide = fminf(ui_text_width(ui, &style, name) + 1, room);
	(void)page;
	column->y += STAFF_GAP;
	ui_icon(ui, (struct box){column->x, column->y, RULE_ICON, high}, "dansk", RULE_ICON, style.colour);
	ui_text(ui, (struct box){column->x + RULE_START, column->y + (high - line) / 2, wide, line}, &style, name);
	struct box rule = {column->x + RULE_START + wide + RULE_SPACE, column->y + high / 2 - 1, 0, 2};
	rule.w = column->x + column->w - rule.x;
	if (rule.w > 0)
		ui_fill(ui, rule, ui_colour(ui, COLOUR_LINE));
	column->y += high;
}

static struct ui_text summary_style(const struct column *column)
{
	return column_style(column, is_lying(column->view) ? TYPE_BODY : TYPE_LEAD, COLOUR_INK);
}

static float summary_gap(const struct column *column, const struct page *page)
{
	return is_missing(column->view)    ? RULE_GAP / 2
	       : is_lying(column->view)    ? LYING_SUMMARY
	       : is_labelled(column, page) ? SUMMARY_GAP - TITLE_LIFT
					   : SUMMARY_GAP;
}

static void summary_draw(struct column *column, const struct page *page)
{
	struct ui_text style = summary_style(column);
	column_text(column, summary_gap(column, page), &style, page->summary);
}

static float summary_height(const struct column *column, const struct page *page)
{
	struct ui_text style = summary_style(column);
	return summary_gap(column, page) + ui_text_height(column->view->ui, column->w, &style, page->summary);
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
	column->y += GUIDE_GAP;
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
	return GUIDE_GAP + widget_row_height(view->ui, column->w, &row);
}

static void topic_draw_line(struct column *column, const struct page *page)
{
	column->y += topic_line(column, page, true);
}

static float topic_height(const struct column *column, const struct page *page)
{
	struct column copy = *column;
	return topic_line(&copy, page, false);
}

/* What stands above the text; `own` is in the visitor's language. */
struct piece {
	void (*draw)(struct column *, const struct page *);
	float (*height)(const struct column *, const struct page *);
	bool own;
};

static const struct piece ordinary[] = {
	{topic_draw_line, topic_height, true},       {title_draw, title_height, true},
	{column_labels, column_labels_height, true}, {summary_draw, summary_height, true},
	{facts_draw, column_facts_height, true},     {decide_draw, decide_height, true},
};
static const struct piece foreign[] = {
	{topic_draw_line, topic_height, true},    {column_labels, column_labels_height, true},
	{staff_draw, staff_height, true},         {rule_draw, rule_height, false},
	{title_draw, title_height, false},        {summary_draw, summary_height, false},
	{facts_draw, column_facts_height, false}, {decide_draw, decide_height, false},
};

struct head {
	const struct piece *pieces;
	size_t count;
};

static struct head head_of(const struct view *view)
{
	return is_missing(view) ? (struct head){foreign, ARRAY_LEN(foreign)}
				: (struct head){ordinary, ARRAY_LEN(ordinary)};
}

static void speak_for(struct column *column, const struct piece *piece)
{
	speak(column, piece->own ? column->view->language : column->view->page_language);
}

static struct column column_of(struct view *view)
{
	return (struct column){.view = view, .hue = view_hue(view, view->place.topic), .language = view->language};
}

static void text_draw(struct column *column)
{
	struct view *view = column->view;
	struct marks marks = {0};
	speak(column, view->page_language);
	if (view->danish && !pairs_make(view->page, view->danish, view->scratch, &marks.pairs))
		view->starved = true;
	column->marks = marks_any(&marks.pairs) ? &marks : NULL;
	column_blocks(column, view->page);
	column->marks = NULL;
	column_closing(column, column->view->page);
}

static float upright_draw(struct view *view, struct box room)
{
	struct column column = column_of(view);
	struct head head = head_of(view);
	column.x = FRAME_MARGIN;
	column.y = TOP;
	column.w = room.w - 2 * FRAME_MARGIN;
	column.y -= is_labelled(&column, view->page) ? LABEL_LIFT : 0;
	frame_roll_begin(view, LAYER_SCREEN, room);
	for (size_t i = 0; i < head.count; i++) {
		speak_for(&column, &head.pieces[i]);
		head.pieces[i].draw(&column, view->page);
	}
	text_draw(&column);
	return frame_roll_end(view, LAYER_SCREEN, room, column.y + END_PAD);
}

/* What stands above the text stands still at the start, as far as there is room; the rest rolls beside it. */
static float lying_draw(struct view *view, struct box room)
{
	struct column left = column_of(view);
	struct head head = head_of(view);
	left.x = FRAME_MARGIN;
	left.y = room.y + LYING_TOP;
	left.w = LYING_LEFT - FRAME_MARGIN - 36;
	left.rtl = view_turn(view, left.language);
	float most = room.y + room.h - LYING_LOW;
	size_t still = 0;
	bool apart = false; /* the labels have no room there, but what follows them */
	for (; still < head.count; still++) {
		const struct piece *piece = &head.pieces[still];
		speak_for(&left, piece);
		bool fits = left.y + piece->height(&left, view->page) <= most;
		if (!fits && piece->draw != column_labels)
			break;
		apart = apart || !fits;
		if (fits)
			piece->draw(&left, view->page);
	}
	ui_fill(view->ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(view->ui, COLOUR_LINE));

	struct column right = column_of(view);
	struct box roll = {LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
	right.x = LYING_PAD - 2;
	right.y = 16;
	right.w = roll.w - right.x - FRAME_MARGIN;
	frame_roll_begin(view, LAYER_SCREEN, roll);
	if (apart) {
		speak(&right, view->language);
		column_labels(&right, view->page);
	}
	for (; still < head.count; still++) {
		speak_for(&right, &head.pieces[still]);
		head.pieces[still].draw(&right, view->page);
	}
	text_draw(&right);
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
	float read = view->beside     ? beside_draw(view, room)
		     : is_lying(view) ? lying_draw(view, room)
				      : upright_draw(view, room);
	frame_progress(view, read, view_hue(view, view->place.topic).main);
}
