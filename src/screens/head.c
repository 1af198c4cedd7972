#include "screens/head.h"

#include "screens/frame.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define TILE_EDGE   8.0f
#define TITLE_START 224.0f
#define LYING_LEFT  680.0f
#define LYING_HERO  252.0f
#define WORD_SHRINK 0.6f  /* of a title, before a long word is broken */
#define TITLE_LOW   11.0f /* lying: from the title to the summary */

/* The tile stands half over the picture, with an edge of paper. */
static void tile_draw(struct view *view, float x, float y, const struct head *head)
{
	struct ui *ui = view->ui;
	float side = TOKEN_ICON_TILE_HERO, outer = side + 2 * TILE_EDGE;
	ui_round(ui, (struct box){x, y, outer, outer}, outer * TOKEN_RADIUS_TILE_SHARE, ui_colour(ui, COLOUR_PAPER));
	widget_tile(ui, (struct box){x + TILE_EDGE, y + TILE_EDGE, side, side}, head->icon, TOKEN_ICON_TILE_HERO_ICON,
		    head->hue, false);
}

static void picture_draw(struct view *view, struct box box, const struct head *head)
{
	if (head->picture) {
		struct picture_source source = view_picture(view, head->picture);
		const char *shows = content_alt(view->content, view->language, head->picture);
		ui_content_picture(view->ui, box, &source);
		if (shows)
			ui_meaning(view->ui, box, ROLE_PICTURE, shows);
	} else if (head->own) {
		ui_picture(view->ui, box, head->own);
	} else {
		ui_fill(view->ui, box, head->hue.tint);
	}
}

static struct ui_text summary_style(const struct view *view, const struct head *head)
{
	struct ui_text style = {
		.type = TYPE_BODY, .colour = ui_colour(view->ui, COLOUR_INK2), .lang = head->lang, .rtl = head->rtl};
	if (!view_wide(view) && !head->reading) {
		style.size = theme_type(TYPE_BODY, ui_text_size(view->ui)).size * 34 / 36;
		style.line = theme_type(TYPE_BODY, ui_text_size(view->ui)).line * 50 / 54;
	}
	return style;
}

static float summary_draw(struct view *view, struct box box, const struct head *head)
{
	struct ui_text style = summary_style(view, head);
	return head->summary ? ui_text(view->ui, box, &style, head->summary) : 0;
}

float head_upright(struct view *view, const struct head *head, float width)
{
	struct ui *ui = view->ui;
	struct ui_text title = {.type = TYPE_H1,
				.colour = ui_colour(ui, COLOUR_INK),
				.title = true,
				.shrink_to = WORD_SHRINK,
				.lang = head->lang,
				.rtl = head->rtl};
	float high = head->high > 0 ? head->high : TOKEN_SIZE_HERO_TOPIC, hero = view_pictured(view) ? high : 0;
	bool over = ui_text_size(ui) >= TEXT_200; /* tile over text */
	struct box box = {over ? FRAME_MARGIN : TITLE_START, 0, 0, 0};
	if (hero > 0)
		picture_draw(view, (struct box){0, 0, width, hero}, head);
	float tile = hero > 0 ? hero - TOKEN_ICON_TILE_HERO / 2.0f - TILE_EDGE : 32;
	tile_draw(view, FRAME_MARGIN - (hero > 0 ? 0 : TILE_EDGE), tile, head);
	float tile_end = tile + TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE;
	box.w = width - box.x - FRAME_MARGIN;
	high = ui_text_height(ui, box.w, &title, head->title);
	if (over)
		box.y = tile_end + 16;
	else if (hero > 0)
		box.y = hero + 3;
	else
		box.y = fmaxf(tile + (TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE - high) / 2, 24);
	ui_text(ui, box, &title, head->title);
	/* What stands below keeps its place in scripts with taller lines. */
	float line = theme_type(TYPE_H1, ui_text_size(ui)).line;
	float usual = fminf(high, floorf(high / line + 0.25f) * line);
	float y = fmaxf(box.y + usual, tile_end) + (head->reading ? 24 : 21);
	y = fmaxf(y, box.y + high + 2);
	return y + summary_draw(view, (struct box){FRAME_MARGIN, y, width - 2 * FRAME_MARGIN, 0}, head);
}

static struct ui_text title_lying(const struct view *view, const struct head *head)
{
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(view->ui));
	return (struct ui_text){.colour = ui_colour(view->ui, COLOUR_INK),
				.size = h1.size * 0.875f,
				.line = h1.line * 0.875f,
				.bold = true,
				.spacing = UI_TITLE_SPACING,
				.title = true,
				.shrink_to = WORD_SHRINK,
				.lang = head->lang,
				.rtl = head->rtl};
}

/* From the room's top to the title. */
static float above_title(const struct view *view)
{
	return view_pictured(view) ? LYING_HERO + 87 : 32 + TOKEN_ICON_TILE_HERO + 2 * TILE_EDGE + 28;
}

bool head_fits(const struct view *view, const struct head *head, struct box room)
{
	struct ui_text title = title_lying(view, head), summary = summary_style(view, head);
	float words = ui_text_height(view->ui, HEAD_LEFT, &title, head->title);
	if (head->summary)
		words += TITLE_LOW + ui_text_height(view->ui, HEAD_LEFT, &summary, head->summary);
	return above_title(view) + words <= room.h;
}

float head_lying(struct view *view, const struct head *head, struct box room)
{
	struct ui *ui = view->ui;
	bool pictured = view_pictured(view);
	struct box words = {FRAME_MARGIN, room.y + above_title(view), HEAD_LEFT, 0};
	struct ui_text title = title_lying(view, head);
	if (pictured)
		picture_draw(view, (struct box){0, room.y, LYING_LEFT, LYING_HERO}, head);
	tile_draw(view, FRAME_MARGIN - TILE_EDGE, room.y + (pictured ? LYING_HERO - 60 : 32), head);
	words.y += ui_text(ui, words, &title, head->title) + TITLE_LOW;
	words.y += summary_draw(view, words, head);
	ui_fill(ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(ui, COLOUR_LINE));
	return words.y;
}

float head_reach(const struct view *view, float y, float height)
{
	if (ui_landscape(view->ui))
		return y;
	return fmaxf(y, TOKEN_GRID_REACH - frame_top_height(view) - height / 2);
}

struct box head_beside(struct box room)
{
	return (struct box){LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
}

bool head_lies(const struct view *view)
{
	return view_wide(view) && ui_text_size(view->ui) < TEXT_150;
}
