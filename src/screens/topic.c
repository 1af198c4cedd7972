#include "screens/foryou.h"
#include "screens/frame.h"
#include "screens/guides.h"
#include "screens/head.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define ROW_GAP      TOKEN_SPACE_M
#define FORYOU_GAP   24.0f
#define FORYOU_LARGE 44.0f
#define COLUMNS_MAX  2
#define FACTS_START  64.0f
#define FACTS_ABOVE  24.0f
#define FACTS_LOW    38.0f

static struct head head_of(const struct view *view, const struct topic_entry *topic, const struct topic_text *text)
{
	return (struct head){.icon = topic->icon,
			     .hue = theme_hue(ui_theme(view->ui), topic->hue),
			     .picture = topic->picture,
			     .title = text->title,
			     .summary = text->summary};
}

/* A page that is not in the visitor's language stands there with its Danish title, and says so. */
static struct widget_row row_of(struct view *view, const struct topic_entry *topic, const char *page)
{
	bool translated = true;
	const struct page_title *title =
		content_page_title(view->content, view->language, topic->id, page, &translated);
	const char *path = arena_printf(view->scratch, "%s/%s", topic->id, page);
	path = path ? path : "";
	struct widget_row row = {.hue = theme_hue(ui_theme(view->ui), topic->hue),
				 .id = view_id(view, "page", path),
				 .action = screen_action(VERB_PAGE, 0, path)};
	if (!title)
		return row;
	row.icon = title->icon;
	row.title = title->title;
	row.text = translated ? title->summary : view_word(view, WORD_NOT_TRANSLATED);
	row.lang = translated ? NULL : view_code(view, view->source);
	row.text_lang = translated ? NULL : view->lang;
	row.rtl = view_turn(view, translated ? view->language : view->source);
	row.text_rtl = view_turn(view, view->language);
	return row;
}

/* Guides and stories stand before pages: they lead to the page that helps, or show what it is about. */
static size_t row_count(const struct view *view, const struct topic_entry *topic)
{
	return guides_count(view, topic->id) + topic->page_count;
}

/* One line of rows beside each other; returns its height. */
static float line_draw(struct view *view, struct box box, const struct topic_entry *topic, size_t first, size_t columns,
		       bool draw)
{
	struct widget_row rows[COLUMNS_MAX];
	const char *const *pages = foryou_pages(view, topic);
	size_t guides = guides_count(view, topic->id), left = row_count(view, topic) - first,
	       count = left < columns ? left : columns;
	float width = (box.w - FRAME_GUTTER * (float)(columns - 1)) / (float)columns, height = 0;
	for (size_t i = 0; i < count; i++) {
		size_t index = first + i;
		rows[i] = index < guides ? guides_row_of_topic(view, topic->id, index)
					 : row_of(view, topic, pages[index - guides]);
		rows[i].narrow = columns > 1;
		height = fmaxf(height, widget_row_height(view->ui, width, &rows[i]));
	}
	for (size_t i = 0; i < count && draw; i++) {
		rows[i].height = height;
		widget_row(view->ui, box.x + (width + FRAME_GUTTER) * (float)i, box.y, width, &rows[i]);
	}
	return height;
}

static float rows_draw(struct view *view, struct box box, const struct topic_entry *topic, size_t columns, bool draw)
{
	float y = box.y;
	for (size_t i = 0; i < row_count(view, topic); i += columns)
		y += line_draw(view, (struct box){box.x, y, box.w, 0}, topic, i, columns, draw) + ROW_GAP;
	return y - box.y;
}

static float pages_draw(struct view *view, struct box box, const struct topic_entry *topic, size_t columns)
{
	struct ui *ui = view->ui;
	struct widget_callout none = {.icon = "staff",
				      .fill = ui_colour(ui, COLOUR_FJORD_TINT),
				      .edge = ui_colour(ui, COLOUR_FJORD),
				      .title = view_word(view, WORD_NO_PAGES)};
	if (row_count(view, topic) == 0)
		return widget_callout(ui, box.x, box.y, box.w, &none);
	return rows_draw(view, box, topic, columns, true);
}

/* Two columns, unless the text is large, and their narrow rows then need more height than there is and wide ones do not. */
static size_t columns_lying(struct view *view, struct box box, const struct topic_entry *topic)
{
	if (ui_text_size(view->ui) == TEXT_100)
		return 2;
	float two = rows_draw(view, box, topic, 2, false);
	return two <= box.h || two < rows_draw(view, box, topic, 1, false) ? 2 : 1;
}

/* The day the page was read through that was read longest ago; NULL: there are no pages. */
static const char *oldest_day(const struct view *view, const struct topic_entry *topic)
{
	const char *oldest = NULL;
	for (size_t i = 0; i < topic->page_count; i++) {
		bool translated;
		const struct page_title *title =
			content_page_title(view->content, view->language, topic->id, topic->pages[i], &translated);
		if (title && (!oldest || strcmp(title->reviewed, oldest) < 0))
			oldest = title->reviewed;
	}
	return oldest;
}

/* "6 pages · Checked 2 March 2026" at the foot of what stands at the start, where it has room below `y`. */
static void facts_draw(struct view *view, struct box room, const struct topic_entry *topic, float y)
{
	struct ui_text style = {.type = TYPE_SMALL, .colour = ui_colour(view->ui, COLOUR_INK2)};
	const char *oldest = oldest_day(view, topic);
	struct clock_civil day;
	if (!oldest || !clock_parse_date(oldest, &day))
		return;
	enum word word = view->language == view->source ? WORD_CHECKED_ON : WORD_DANISH_CHECKED_ON;
	const char *checked = view_filled(view, view_word(view, word), view_date(view, view->language, day));
	const char *facts = arena_printf(
		view->scratch, "%s · %s",
		view_counted(view, view->language, WORD_PAGES_COUNT, (int)row_count(view, topic)), checked);
	struct box box = {FRAME_MARGIN + FACTS_START, 0, HEAD_LEFT - FACTS_START, 0};
	box.h = ui_text_height(view->ui, box.w, &style, facts ? facts : checked);
	box.y = room.y + room.h - FACTS_LOW - box.h;
	if (box.y < y + FACTS_ABOVE)
		return;
	float line = theme_type(TYPE_SMALL, ui_text_size(view->ui)).line;
	ui_icon(view->ui, (struct box){FRAME_MARGIN, box.y, TOKEN_ICON_CHEVRON, line}, "clock", TOKEN_ICON_CHEVRON,
		style.colour);
	ui_text(view->ui, box, &style, facts ? facts : checked);
}

static void lying_draw(struct view *view, struct box room, const struct topic_entry *topic,
		       const struct topic_text *text)
{
	struct head head = head_of(view, topic, text);
	facts_draw(view, room, topic, head_lying(view, &head, room));
	struct box right = head_beside(room);
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {HEAD_BESIDE_PAD, 36, right.w - HEAD_BESIDE_PAD - FRAME_MARGIN, right.h - 56};
	if (foryou_there(topic)) {
		box.y = 32;
		box.y += foryou_draw(view, box, false) + FORYOU_GAP;
		box.h = right.h - box.y - 20;
	}
	float height = pages_draw(view, box, topic, columns_lying(view, box, topic));
	frame_roll_end(view, LAYER_SCREEN, right, box.y + height + 20);
}

static void upright_draw(struct view *view, struct box room, const struct topic_entry *topic,
			 const struct topic_text *text)
{
	struct head head = head_of(view, topic, text);
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box box = {FRAME_MARGIN, head_upright(view, &head, room.w), room.w - 2 * FRAME_MARGIN, 0};
	if (foryou_there(topic)) {
		box.y += ui_text_size(view->ui) >= TEXT_150 ? FORYOU_LARGE : FORYOU_GAP;
		box.y += foryou_draw(view, box, true) + FORYOU_GAP;
	} else {
		box.y += 36;
	}
	float y = box.y + pages_draw(view, box, topic, 1);
	frame_roll_end(view, LAYER_SCREEN, room, y + 24);
}

void topic_draw(struct view *view)
{
	const struct topic_entry *topic = content_topic(view->content, view->place.topic);
	const struct topic_text *text = content_topic_text(view->content, view->language, view->place.topic);
	if (!topic || !text)
		gone_draw(view);
	else if (head_lies(view))
		lying_draw(view, frame_room(view), topic, text);
	else
		upright_draw(view, frame_room(view), topic, text);
}
