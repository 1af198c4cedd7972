#include "screens/frame.h"

#include "base/array.h"
#include "base/message.h"
#include "screens/staff.h"
#include "tokens.h"

#include <math.h>
#include <string.h>

#define LANDSCAPE_TOP_LESS 8.0f  /* the top bar is lower when the screen lies */
#define ATTRACT_LINE       83.0f /* middle of what stands at the top of the attract screen */
#define CLOCK_ATTRACT      48.0f
#define CLOCK_LIFT         1.0f /* digits have nothing below the line */
#define PILL_WIDTH         120.0f
#define PILL_HEIGHT        72.0f
#define PILL_TOUCH         156.0f
#define PILL_GAP           8.0f
#define STATUS_ICON        36.0f
#define BAND_ICON          44.0f
#define RING_IN            18.0f
#define CRUMBS_MAX         3
#define CRUMB_STEP         38.0f /* from one level to the next, with the chevron between */

/* What stands around a page grows less than the page, so that it never pushes it away. */
static const struct bar_size {
	float top, mark, name, crumb, clock, progress, band;
} sizes[] = {
	[TEXT_100] = {.top = 104, .mark = 64, .name = 26, .crumb = 28, .clock = 40, .progress = 8, .band = 96},
	[TEXT_125] = {.top = 112, .mark = 68, .name = 28, .crumb = 30, .clock = 43, .progress = 8, .band = 104},
	[TEXT_150] = {.top = 120, .mark = 72, .name = 30, .crumb = 33, .clock = 48, .progress = 12, .band = 112},
	[TEXT_200] = {.top = 128, .mark = 84, .name = 36, .crumb = 40, .clock = 60, .progress = 16, .band = 128},
};
static_assert(ARRAY_LEN(sizes) == TEXT_SIZE_COUNT, "a text size has no bar");

static const struct bar_size *bar_size(const struct view *view)
{
	return &sizes[ui_text_size(view->ui)];
}

float frame_top_height(const struct view *view)
{
	return bar_size(view)->top - (ui_landscape(view->ui) ? LANDSCAPE_TOP_LESS : 0);
}

static struct ui_text clock_style(const struct view *view)
{
	float size = view->place.screen == SCREEN_ATTRACT ? CLOCK_ATTRACT : bar_size(view)->clock;
	return (struct ui_text){.colour = ui_colour(view->ui, COLOUR_INK),
				.size = size,
				.line = size * 1.2f,
				.bold = true,
				.align = ALIGN_END,
				.lines_max = 1,
				.rtl = -1,
				.lang = "en"};
}

static const char *clock_text(const struct view *view)
{
	const char *text = arena_printf(view->scratch, "%02d:%02d", view->local.hour, view->local.minute);
	return text ? text : "";
}

static float top_line(const struct view *view)
{
	return view->place.screen == SCREEN_ATTRACT ? ATTRACT_LINE
						    : frame_top_height(view) / 2 - TOKEN_BORDER_CARD / 2.0f;
}

/* Where the 112 pill takes touches: inside the clock. */
static struct box pill_touch(const struct view *view)
{
	struct ui_text style = clock_style(view);
	float end = ui_width(view->ui) - FRAME_MARGIN - ui_text_width(view->ui, &style, clock_text(view)) - PILL_GAP;
	float height = fminf(frame_top_height(view), TOKEN_SIZE_TOP_BAR);
	return (struct box){end - PILL_TOUCH, fmaxf(top_line(view) - height / 2, 0), PILL_TOUCH, height};
}

void frame_emergency(struct view *view, bool live)
{
	struct ui *ui = view->ui;
	struct box touch = pill_touch(view);
	struct box pill = {touch.x + (touch.w - PILL_WIDTH) / 2, touch.y + (touch.h - PILL_HEIGHT) / 2, PILL_WIDTH,
			   PILL_HEIGHT};
	uint32_t fill = ui_colour(ui, COLOUR_RED);
	if (live) {
		const char *name = arena_printf(view->scratch, "112. %s", view_word(view, WORD_CALL_FOR_HELP));
		struct ui_state state = ui_target(
			ui, touch,
			&(struct ui_target){.role = ROLE_BUTTON,
					    .id = "emergency",
					    .name = name,
					    .radius = PILL_HEIGHT / 2,
					    .ring = pill,
					    .action = screen_action(VERB_SHEET, SHEET_EMERGENCY, view->lang)});
		fill = state.pressed ? ui_colour(ui, COLOUR_INK) : fill;
	}
	ui_round(ui, pill, PILL_HEIGHT / 2, fill);
	struct ui_text style = {.colour = ui_colour(ui, COLOUR_ON_RED),
				.size = 36,
				.line = 44,
				.bold = true,
				.silent = true,
				.align = ALIGN_CENTRE,
				.lang = "en",
				.rtl = -1};
	struct box middle = {pill.x, pill.y + (pill.h - style.line) / 2, pill.w, style.line};
	ui_text(ui, middle, &style, "112");
}

static struct ui_text crumb_style(const struct view *view, bool last)
{
	const struct bar_size *size = bar_size(view);
	return (struct ui_text){.colour = ui_colour(view->ui, last ? COLOUR_INK : COLOUR_INK2),
				.size = size->crumb,
				.line = size->crumb * 1.28f,
				.lines_max = 1,
				.shortens = true};
}

struct crumb {
	const char *text;
	const char *lang;
};

/* What has a level of its own under Home, and what is shown of it. */
static size_t crumbs_of_screen(const struct view *view, struct crumb *crumbs, size_t count)
{
	const struct place *place = view->place.screen == SCREEN_PLACE
					    ? content_place(view->content, view->language, view->place.topic)
					    : NULL;
	crumbs[count++] = (struct crumb){view_word(view, screens[view->place.screen].crumb), view->lang};
	if (place)
		crumbs[count++] = (struct crumb){place->name, view->lang};
	if (view->item && view->place.topic[0])
		crumbs[count++] = (struct crumb){view->item->head.title, view_code(view, view->page_language)};
	return count;
}

static size_t crumbs_of_item(const struct view *view, enum item_kind kind, struct crumb *crumbs, size_t count)
{
	const char *topic = view_item_topic(view, kind, view->place.topic);
	const struct topic_text *text = topic ? content_topic_text(view->content, view->language, topic) : NULL;
	bool translated = false;
	const struct page_title *item =
		content_item_title(view->content, view->language, kind, view->place.topic, &translated);
	if (text)
		crumbs[count++] = (struct crumb){text->title, view->lang};
	if (item)
		crumbs[count++] = (struct crumb){item->title, translated ? view->lang : view_code(view, view->source)};
	return count;
}

/* Home, the topic, the page: as many as there are. */
static size_t crumbs_here(const struct view *view, struct crumb crumbs[CRUMBS_MAX])
{
	const struct visit_place *place = &view->place;
	size_t count = 0;
	if (place->screen == SCREEN_LANGUAGE)
		return 0;
	crumbs[count++] = (struct crumb){view_word(view, WORD_HOME), view->lang};
	if (screens[place->screen].crumb)
		return crumbs_of_screen(view, crumbs, count);
	if (place->screen == SCREEN_STAFF) {
		crumbs[count++] = (struct crumb){_("Staff"), staff_lang()};
		return count;
	}
	if (place->screen == SCREEN_DECISION)
		return crumbs_of_item(view, ITEM_GUIDE, crumbs, count);
	if (place->screen == SCREEN_STORY)
		return crumbs_of_item(view, ITEM_STORY, crumbs, count);
	const struct topic_text *topic =
		place->topic[0] ? content_topic_text(view->content, view->language, place->topic) : NULL;
	if (!topic)
		return count;
	crumbs[count++] = (struct crumb){topic->title, view->lang};
	bool translated = false;
	const struct page_title *page = place->page[0] ? content_page_title(view->content, view->language, place->topic,
									    place->page, &translated)
						       : NULL;
	if (page)
		crumbs[count++] = (struct crumb){page->title, translated ? view->lang : view_code(view, view->source)};
	return count;
}

static float crumbs_width(const struct view *view, const struct crumb *crumbs, size_t count)
{
	float width = count > 1 ? CRUMB_STEP * (float)(count - 1) : 0;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = crumb_style(view, i + 1 == count);
		width += ui_text_width(view->ui, &style, crumbs[i].text);
	}
	return width;
}

/* Shortens from the middle: the last level says where one is, and goes last. */
static size_t crumbs_shorten(const struct view *view, struct crumb *crumbs, size_t count, float room)
{
	enum text_size size = ui_text_size(view->ui);
	size_t most = size >= TEXT_200 ? 1 : size >= TEXT_150 ? 2 : CRUMBS_MAX;
	if (count > most) {
		memmove(crumbs, crumbs + (count - most), most * sizeof(crumbs[0]));
		count = most;
	}
	if (count == CRUMBS_MAX && crumbs_width(view, crumbs, count) > room)
		crumbs[1].text = "…";
	while (count > 1 && crumbs_width(view, crumbs, count) > room) {
		memmove(crumbs, crumbs + 1, (count - 1) * sizeof(crumbs[0]));
		count--;
	}
	return count;
}

static void crumbs_draw(struct view *view, const struct crumb *crumbs, size_t count, struct box box)
{
	struct ui *ui = view->ui;
	float x = box.x;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = crumb_style(view, i + 1 == count);
		style.lang = crumbs[i].lang;
		int language = content_language(view->content, crumbs[i].lang);
		style.rtl = language < 0 ? -1 : view_turn(view, language);
		float width = fminf(ui_text_width(ui, &style, crumbs[i].text), box.x + box.w - x);
		ui_text(ui, (struct box){x, box.y, width + 1, box.h}, &style, crumbs[i].text);
		x += width;
		if (i + 1 < count)
			ui_icon(ui, (struct box){x, box.y, CRUMB_STEP, style.line}, "chev", style.size * 0.8f,
				ui_colour(ui, COLOUR_INK2));
		x += CRUMB_STEP;
	}
}

static const char *status_text(const struct view *view)
{
	if (view_unheard(view))
		return view_word(view, WORD_NO_CONNECTION);
	struct clock_civil day = clock_local(content_published(view->content));
	if (day.year == view->local.year && day.month == view->local.month && day.day == view->local.day)
		return view_word(view, WORD_UPDATED_TODAY);
	return view_filled(view, view_word(view, WORD_UPDATED_ON), view_date(view, view->language, day));
}

/* The cloud, with words where there is room; returns where it starts. */
static float status_draw(struct view *view, float end)
{
	struct ui *ui = view->ui;
	const char *text = status_text(view);
	struct ui_text style = {
		.type = TYPE_META, .colour = ui_colour(ui, COLOUR_INK2), .lines_max = 1, .silent = true};
	float words = ui_landscape(ui) ? ui_text_width(ui, &style, text) + 10 : 0;
	float line = theme_type(TYPE_META, ui_text_size(ui)).line;
	float middle = top_line(view);
	struct box icon = {end - words - STATUS_ICON, middle - STATUS_ICON / 2, STATUS_ICON, STATUS_ICON};
	ui_icon(ui, icon, view_unheard(view) ? "cloudOff" : "cloudOk", STATUS_ICON, ui_colour(ui, COLOUR_INK2));
	if (words > 0)
		ui_text(ui, (struct box){end - words + 10, middle - line / 2, words, line}, &style, text);
	ui_meaning(ui, (struct box){icon.x, icon.y, icon.w + words, icon.h}, ROLE_STATUS, text);
	return icon.x;
}

static void mark_draw(struct view *view, float side)
{
	struct ui *ui = view->ui;
	struct box tile = {FRAME_MARGIN, top_line(view) - side / 2, side, side};
	ui_round(ui, tile, side * TOKEN_RADIUS_TILE_SHARE, ui_colour(ui, COLOUR_FJORD));
	ui_icon(ui, tile, "sign", side * 0.72f, ui_colour(ui, COLOUR_ON_FJORD));
}

static void attract_top(struct view *view, float x, float end)
{
	struct ui *ui = view->ui;
	struct ui_text name = {.colour = ui_colour(ui, COLOUR_INK),
			       .size = 32,
			       .line = 40,
			       .bold = true,
			       .lines_max = 1,
			       .lang = "da"};
	struct ui_text under = {.type = TYPE_META,
				.colour = ui_colour(ui, COLOUR_INK2),
				.lines_max = 1,
				.lang = view_code(view, view->source)};
	ui_text(ui, (struct box){x, ATTRACT_LINE - 38, end - x, 40}, &name, "Vejviser");
	ui_text(ui, (struct box){x, ATTRACT_LINE + 2, end - x, 34}, &under,
		content_bundle(view->content)->municipality);
}

static void names_draw(struct view *view, float x, float end)
{
	struct ui *ui = view->ui;
	const struct bar_size *size = bar_size(view);
	struct ui_text name = {.colour = ui_colour(ui, COLOUR_INK),
			       .size = size->name,
			       .line = size->name * 1.25f,
			       .bold = true,
			       .lines_max = 1,
			       .shrink_to = 0.7f,
			       .lang = view_code(view, view->source)};
	float crumb_line = size->crumb * 1.28f;
	struct crumb crumbs[CRUMBS_MAX];
	size_t count = crumbs_here(view, crumbs);
	float y = top_line(view) - (name.line + (count > 0 ? crumb_line : 0)) / 2;
	struct box line = {x, y, end - x, name.line};
	ui_text(ui, line, &name, content_bundle(view->content)->municipality);
	line.y += name.line;
	line.h = crumb_line;
	count = crumbs_shorten(view, crumbs, count, line.w);
	crumbs_draw(view, crumbs, count, line);
}

/* False when the last level of the breadcrumb would have to be cut for the status. */
static bool status_fits(const struct view *view, float room)
{
	struct crumb crumbs[CRUMBS_MAX];
	size_t count = crumbs_here(view, crumbs);
	if (ui_text_size(view->ui) >= TEXT_150)
		return false;
	return count == 0 || crumbs_width(view, crumbs + count - 1, 1) <= room - STATUS_ICON - 2 * PILL_GAP;
}

void frame_top(struct view *view)
{
	struct ui *ui = view->ui;
	bool attract = view->place.screen == SCREEN_ATTRACT;
	float mark = bar_size(view)->mark, height = frame_top_height(view);
	float x = FRAME_MARGIN + mark + 20, end = pill_touch(view).x - PILL_GAP;

	mark_draw(view, mark);
	if (attract) {
		attract_top(view, x, end);
	} else {
		bool status = status_fits(view, end - x);
		if (status)
			end = status_draw(view, end) - 2 * PILL_GAP;
		names_draw(view, x, end);
	}
	int layer = view_layer(view);
	if (layer == LAYER_SCREEN)
		frame_emergency(view, true);
	else if (layer == LAYER_SHEET && view->visit->sheet == SHEET_EMERGENCY)
		frame_emergency(view, false);

	struct ui_text style = clock_style(view);
	struct box clock = {ui_width(ui) / 2, top_line(view) - style.line / 2 - CLOCK_LIFT,
			    ui_width(ui) / 2 - FRAME_MARGIN, style.line};
	ui_text(ui, clock, &style, clock_text(view));
	float edge = ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD;
	if (!attract)
		ui_fill(ui, (struct box){0, height - edge, ui_width(ui), edge}, ui_colour(ui, COLOUR_LINE));
}

float frame_progress_height(const struct view *view)
{
	return bar_size(view)->progress;
}

void frame_progress(struct view *view, float share, uint32_t colour)
{
	struct ui *ui = view->ui;
	struct box track = {0, frame_top_height(view), ui_width(ui), bar_size(view)->progress};
	ui_fill(ui, track, ui_colour(ui, COLOUR_SAND));
	track.w *= fminf(fmaxf(share, 0), 1);
	ui_round_corners(ui, track, track.h / 2, share < 1 ? CORNERS_RIGHT : 0, colour);
}

struct box frame_within(struct box box)
{
	return (struct box){box.x + RING_IN, box.y + RING_IN, box.w - 2 * RING_IN, box.h - 2 * RING_IN};
}

static void band_draw(struct view *view, struct box band, float roll)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	const char *text = view_word(view, WORD_MORE_BELOW);
	struct ui_state state = ui_target(ui, band,
					  &(struct ui_target){.role = ROLE_BUTTON,
							      .id = "more",
							      .name = text,
							      .action = screen_action(VERB_MORE, (int)roll, NULL),
							      .inset = high,
							      .ring = frame_within(band)});
	ui_fill(ui, band, ui_colour(ui, state.pressed && !high ? COLOUR_FJORD_TINT : COLOUR_MORE));
	uint32_t colour = ui_colour(ui, high ? COLOUR_ON_BRIGHT : COLOUR_FJORD);
	struct ui_text style = {
		.type = TYPE_LABEL, .colour = colour, .silent = true, .lines_max = 1, .shrink_to = 0.7f};
	float width = fminf(ui_text_width(ui, &style, text) + 2, band.w - BAND_ICON - 80);
	float line = theme_type(TYPE_LABEL, ui_text_size(ui)).line;
	float x = band.x + (band.w - width - BAND_ICON - 20) / 2;
	ui_icon(ui, (struct box){x, band.y, BAND_ICON, band.h}, "arrowDown", BAND_ICON, colour);
	ui_text(ui, (struct box){x + BAND_ICON + 20, band.y + (band.h - line) / 2, width, line}, &style, text);
}

static float band_height(const struct view *view, int layer)
{
	return view->fit.more[layer] ? bar_size(view)->band : 0;
}

void frame_roll_begin(struct view *view, int layer, struct box room)
{
	room.h -= band_height(view, layer);
	ui_scroll_begin(view->ui, room, view->scroll[layer]);
}

float frame_roll_end(struct view *view, int layer, struct box room, float height)
{
	float band = band_height(view, layer);
	float below = ui_scroll_end(view->ui, height);
	view->found.more[layer] = below > band + 0.5f;
	if (band > 0)
		band_draw(view, (struct box){room.x, room.y + room.h - band, room.w, band}, (room.h - band) * 0.8f);
	return height > 0 ? (height - below) / height : 1;
}
