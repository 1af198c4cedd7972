#include "screens/frame.h"
#include "screens/heading.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define TOP          40.0f
#define GAP          32.0f
#define HELP_GAP     27.0f
#define CARDS_GAP    33.0f
#define PICTURE_HIGH (197.0f / 468.0f) /* of the card's width */
#define PAD          24.0f
#define ROW_GAP      TOKEN_SPACE_M
#define LOW          40.0f
#define LYING_LEFT   680.0f
#define LYING_PAD    44.0f
#define EDGE         2.0f
#define WIDE_THREE   1100.0f

static const struct item_list *paths_of(const struct view *view)
{
	return &content_bundle(view->content)->items[ITEM_PATH];
}

static struct hue hue_of(const struct view *view)
{
	const struct ui *ui = view->ui;
	struct hue hue = theme_hue(ui_theme(ui), NULL);
	if (!ui_theme(ui)->high_contrast) {
		hue.main = ui_colour(ui, COLOUR_FJORD);
		hue.tint = ui_colour(ui, COLOUR_FJORD_TINT);
		hue.on_main = ui_colour(ui, COLOUR_ON_FJORD);
	}
	return hue;
}

/* What a card says, in the source language where there is no other. */
struct said {
	const char *title, *text, *lang, *text_lang;
	int rtl, text_rtl;
};

static struct said words_of(const struct view *view, const char *path)
{
	bool translated = true;
	const struct page_title *title =
		content_item_title(view->content, view->language, ITEM_PATH, path, &translated);
	int language = translated ? view->language : view->source;
	struct said said = {.title = path,
			    .lang = view_code(view, language),
			    .text_lang = view->lang,
			    .rtl = view_turn(view, language),
			    .text_rtl = view_turn(view, view->language)};
	if (title) {
		said.title = title->title;
		said.text = translated ? title->summary : view_word(view, WORD_NOT_TRANSLATED);
	}
	return said;
}

static struct ui_text title_style(const struct said *words, uint32_t colour)
{
	return (struct ui_text){
		.type = TYPE_H3, .colour = colour, .silent = true, .lang = words->lang, .rtl = words->rtl};
}

static struct ui_text text_style(const struct view *view, const struct said *words, uint32_t colour)
{
	struct type_size type = theme_type(TYPE_META, ui_text_size(view->ui));
	return (struct ui_text){.colour = colour,
				.size = type.size * 28 / 26,
				.line = type.line * 36 / 34,
				.silent = true,
				.lang = words->text_lang,
				.rtl = words->text_rtl};
}

static float words_height(const struct view *view, float width, const struct said *words)
{
	struct ui_text title = title_style(words, 0), text = text_style(view, words, 0);
	float height = ui_text_height(view->ui, width, &title, words->title);
	return height + (words->text ? ui_text_height(view->ui, width, &text, words->text) : 0);
}

static void picture_draw(struct view *view, struct box box, const struct item_entry *path)
{
	float radius = TOKEN_RADIUS_CARD - EDGE;
	if (path->picture) {
		struct picture_source source = view_picture(view, path->picture);
		ui_card_picture(view->ui, box, &source, radius, CORNERS_TOP);
		return;
	}
	struct hue hue = hue_of(view);
	ui_round_corners(view->ui, box, radius, CORNERS_TOP, hue.tint);
	ui_icon(view->ui, box, path->icon, TOKEN_ICON_TILE_CARD, hue.main);
}

static void card_draw(struct view *view, struct box box, float picture, const struct item_entry *path)
{
	struct ui *ui = view->ui;
	struct said words = words_of(view, path->id);
	const char *name = words.text ? arena_printf(view->scratch, "%s. %s", words.title, words.text) : words.title;
	struct ui_target target = {.role = ROLE_BUTTON,
				   .id = view_id(view, "path", path->id),
				   .name = name ? name : words.title,
				   .lang = words.lang,
				   .action = screen_action(VERB_PATH, 0, path->id)};
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), false);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	struct ui_text title = title_style(&words, ink),
		       text = text_style(view, &words, resting ? ui_colour(ui, COLOUR_INK2) : ink);
	struct box line = {box.x + PAD, box.y + picture + PAD - 6, box.w - 2 * PAD, 0};
	struct box inside = {box.x + EDGE, box.y + EDGE, box.w - 2 * EDGE, picture - EDGE};
	picture_draw(view, inside, path);
	line.y += ui_text(ui, line, &title, words.title);
	if (words.text)
		ui_text(ui, line, &text, words.text);
}

/* Cards of a line are equally high. */
static float cards_draw_all(struct view *view, struct box box, size_t columns)
{
	const struct item_list *paths = paths_of(view);
	float width = (box.w - FRAME_GUTTER * (float)(columns - 1)) / (float)columns, picture = width * PICTURE_HIGH;
	float top = box.y;
	for (size_t i = 0; i < paths->count; i += columns) {
		float high = 0;
		for (size_t j = i; j < i + columns && j < paths->count; j++) {
			struct said words = words_of(view, paths->entries[j].id);
			high = fmaxf(high, words_height(view, width - 2 * PAD, &words));
		}
		high += picture + 2 * PAD - 6;
		for (size_t j = i; j < i + columns && j < paths->count; j++)
			card_draw(view,
				  (struct box){box.x + (width + FRAME_GUTTER) * (float)(j - i), box.y, width, high},
				  picture, &paths->entries[j]);
		box.y += high + FRAME_GUTTER;
	}
	return box.y - FRAME_GUTTER - top;
}

/* Without pictures: where text is large, the screen low or the contrast high. */
static float rows_draw(struct view *view, struct box box)
{
	const struct item_list *paths = paths_of(view);
	float top = box.y;
	for (size_t i = 0; i < paths->count; i++) {
		struct said words = words_of(view, paths->entries[i].id);
		struct widget_row row = {.icon = paths->entries[i].icon,
					 .hue = hue_of(view),
					 .title = words.title,
					 .text = words.text,
					 .lang = words.lang,
					 .text_lang = words.text_lang,
					 .rtl = words.rtl,
					 .text_rtl = words.text_rtl,
					 .id = view_id(view, "path", paths->entries[i].id),
					 .action = screen_action(VERB_PATH, 0, paths->entries[i].id)};
		box.y += widget_row(view->ui, box.x, box.y, box.w, &row) + ROW_GAP;
	}
	return box.y - ROW_GAP - top;
}

static float choices_draw(struct view *view, struct box box)
{
	float top = box.y;
	struct widget_row other = {.icon = "question",
				   .hue = hue_of(view),
				   .title = view_word(view, WORD_SOMETHING_ELSE),
				   .text = view_word(view, WORD_SOMETHING_ELSE_HELP)};
	if (paths_of(view)->count > 0)
		box.y += view_pictured(view) ? cards_draw_all(view, box, box.w >= WIDE_THREE ? 3 : 2)
					     : rows_draw(view, box);
	box.y += GAP;
	box.y += widget_row(view->ui, box.x, box.y, box.w, &other);
	return box.y - top;
}

static float title_draw(struct view *view, struct box box)
{
	struct heading heading = {.icon = "route",
				  .hue = hue_of(view),
				  .above = view_word(view, WORD_MY_SITUATION),
				  .title = view_word(view, WORD_WHAT_IS_NEW),
				  .tile = TOKEN_ICON_TILE_HERO,
				  .share = view_wide(view) ? 0.875f : 1};
	struct ui_text help = {.type = TYPE_BODY, .colour = ui_colour(view->ui, COLOUR_INK)};
	float top = box.y;
	box.y += heading_draw(view, box, &heading) + HELP_GAP;
	box.y += ui_text(view->ui, box, &help, view_word(view, WORD_WHAT_IS_NEW_HELP));
	return box.y - top;
}

static void lying_draw(struct view *view, struct box room)
{
	title_draw(view, (struct box){FRAME_MARGIN, room.y + TOP, TOKEN_GRID_LANDSCAPE_LEFT, 0});
	ui_fill(view->ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(view->ui, COLOUR_LINE));
	struct box right = {LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {LYING_PAD - 2, 36, right.w - LYING_PAD + 2 - FRAME_MARGIN, 0};
	frame_roll_end(view, LAYER_SCREEN, right, 36 + choices_draw(view, box) + LOW);
}

static void upright_draw(struct view *view, struct box room)
{
	struct box box = {FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN, 0};
	frame_roll_begin(view, LAYER_SCREEN, room);
	box.y += title_draw(view, box) + CARDS_GAP;
	box.y += choices_draw(view, box);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW);
}

void situation_draw(struct view *view)
{
	if (view_wide(view) && ui_text_size(view->ui) < TEXT_150)
		lying_draw(view, frame_room(view));
	else
		upright_draw(view, frame_room(view));
}
