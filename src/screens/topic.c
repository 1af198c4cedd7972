#include "screens/foryou.h"
#include "screens/frame.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define ROW_GAP     TOKEN_SPACE_M
#define FORYOU_GAP  24.0f
#define TILE_EDGE   8.0f
#define TITLE_START 224.0f
#define LYING_LEFT  680.0f
#define LYING_PAD   44.0f
#define COLUMNS_MAX 2

/* The tile stands half over the picture, with an edge of paper. */
static void tile_draw(struct view *view, float x, float y, const struct topic_entry *topic)
{
	struct ui *ui = view->ui;
	float side = TOKEN_ICON_TILE_HERO, outer = side + 2 * TILE_EDGE;
	ui_round(ui, (struct box){x, y, outer, outer}, outer * TOKEN_RADIUS_TILE_SHARE, ui_colour(ui, COLOUR_PAPER));
	widget_tile(ui, (struct box){x + TILE_EDGE, y + TILE_EDGE, side, side}, topic->icon, TOKEN_ICON_TILE_HERO_ICON,
		    theme_hue(ui_theme(ui), topic->hue), false);
}

static void picture_draw(struct view *view, struct box box, const struct topic_entry *topic)
{
	if (topic->picture) {
		struct picture_source source = view_picture(view, topic->picture);
		ui_content_picture(view->ui, box, &source);
	} else {
		ui_fill(view->ui, box, theme_hue(ui_theme(view->ui), topic->hue).tint);
	}
}

static float summary_draw(struct view *view, struct box box, const char *summary)
{
	struct ui_text style = {.type = TYPE_BODY, .colour = ui_colour(view->ui, COLOUR_INK2)};
	if (!view_wide(view)) {
		style.size = theme_type(TYPE_BODY, ui_text_size(view->ui)).size * 34 / 36;
		style.line = theme_type(TYPE_BODY, ui_text_size(view->ui)).line * 50 / 54;
	}
	return ui_text(view->ui, box, &style, summary);
}

/* Picture, tile, title and summary; returns where they end. */
static float head_draw(struct view *view, const struct topic_entry *topic, const struct topic_text *text, float width)
{
	struct ui *ui = view->ui;
	struct ui_text title = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float hero = view_pictured(view) ? TOKEN_SIZE_HERO_TOPIC : 0;
	bool over = ui_text_size(ui) >= TEXT_200; /* tile over text */
	struct box box = {over ? FRAME_MARGIN : TITLE_START, 0, 0, 0};
	if (hero > 0)
		picture_draw(view, (struct box){0, 0, width, hero}, topic);
	float tile = hero > 0 ? hero - TOKEN_ICON_TILE_HERO / 2.0f - TILE_EDGE : 32;
	tile_draw(view, FRAME_MARGIN - (hero > 0 ? 0 : TILE_EDGE), tile, topic);
	float tile_end = tile + TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE;
	box.w = width - box.x - FRAME_MARGIN;
	float high = ui_text_height(ui, box.w, &title, text->title);
	if (over)
		box.y = tile_end + 16;
	else if (hero > 0)
		box.y = hero + 3;
	else
		box.y = fmaxf(tile + (TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE - high) / 2, 24);
	ui_text(ui, box, &title, text->title);
	float y = fmaxf(box.y + high, tile_end) + 21;
	return y + summary_draw(view, (struct box){FRAME_MARGIN, y, width - 2 * FRAME_MARGIN, 0}, text->summary);
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
	return row;
}

/* One line of rows beside each other; returns its height. */
static float line_draw(struct view *view, struct box box, const struct topic_entry *topic, size_t first, size_t columns,
		       bool draw)
{
	struct widget_row rows[COLUMNS_MAX];
	const char *const *pages = foryou_pages(view, topic);
	size_t count = topic->page_count - first < columns ? topic->page_count - first : columns;
	float width = (box.w - FRAME_GUTTER * (float)(columns - 1)) / (float)columns, height = 0;
	for (size_t i = 0; i < count; i++) {
		rows[i] = row_of(view, topic, pages[first + i]);
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
	for (size_t i = 0; i < topic->page_count; i += columns)
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
	if (topic->page_count == 0)
		return widget_callout(ui, box.x, box.y, box.w, &none);
	return rows_draw(view, box, topic, columns, true);
}

/* Two columns, unless their narrow rows need more height than there is and wide ones do not. */
static size_t columns_lying(struct view *view, struct box box, const struct topic_entry *topic)
{
	float two = rows_draw(view, box, topic, 2, false);
	return two <= box.h || two < rows_draw(view, box, topic, 1, false) ? 2 : 1;
}

static void lying_draw(struct view *view, struct box room, const struct topic_entry *topic,
		       const struct topic_text *text)
{
	struct ui *ui = view->ui;
	float left = LYING_LEFT - FRAME_MARGIN - 36, hero = 252, y = room.y + (view_pictured(view) ? hero : 32);
	if (view_pictured(view))
		picture_draw(view, (struct box){0, room.y, LYING_LEFT, hero}, topic);
	tile_draw(view, FRAME_MARGIN - TILE_EDGE, view_pictured(view) ? y - 60 - TILE_EDGE : y, topic);
	y += view_pictured(view) ? 60 + TILE_EDGE + 28 : TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE + 28;
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(ui));
	struct ui_text title = {.colour = ui_colour(ui, COLOUR_INK),
				.size = h1.size * 0.875f,
				.line = h1.line * 0.875f,
				.bold = true,
				.title = true};
	y += ui_text(ui, (struct box){FRAME_MARGIN, y, left, 0}, &title, text->title) + 16;
	summary_draw(view, (struct box){FRAME_MARGIN, y, left, 0}, text->summary);
	ui_fill(ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(ui, COLOUR_LINE));

	struct box right = {LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {LYING_PAD - 2, 36, right.w - LYING_PAD + 2 - FRAME_MARGIN, right.h - 56};
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
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box box = {FRAME_MARGIN, head_draw(view, topic, text, room.w), room.w - 2 * FRAME_MARGIN, 0};
	if (foryou_there(topic)) {
		box.y += FORYOU_GAP;
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
	else if (view_wide(view) && ui_text_size(view->ui) < TEXT_150)
		lying_draw(view, frame_room(view), topic, text);
	else
		upright_draw(view, frame_room(view), topic, text);
}
