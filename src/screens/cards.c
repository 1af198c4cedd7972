#include "screens/cards.h"

#include "base/array.h"
#include "screens/frame.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define HIGH_MAX    480.0f /* cards grow when there are few topics */
#define LARGE_WIDE  400.0f /* from this size on a card is a large one */
#define LARGE_HIGH  320.0f
#define WIDE_FOUR   1100.0f /* from this width on there are so many in a line */
#define WIDE_THREE  900.0f
#define GAP_TIGHT   16.0f /* between lines, where the design's is too much */
#define TILE_GAP    8.0f  /* at least, between tile and words */
#define SUMMARY_GAP 6.0f
#define LINE_SHARE  (42.0f / 34) /* of the title's size */
#define TITLE_LEAST 0.9f
#define FEW         3 /* so few stand in one line */

/* From the fullest to the plainest; all cards have the same, the first that all their words fit into. A large card says in a sentence what its topic holds. */
static const struct look {
	float pad, tile, icon;
	bool large, summary;
	float share; /* of the title's type */
} looks[] = {
	{28, TOKEN_ICON_TILE_HERO, TOKEN_ICON_TILE_HERO_ICON, true, true, 1},
	{28, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, true, true, 1},
	{28, TOKEN_ICON_TILE_HERO, TOKEN_ICON_TILE_HERO_ICON, true, false, 1},
	{24, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, false, false, 34.0f / 36},
	{22, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, false, false, 31.0f / 36},
	{20, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, false, false, 28.0f / 36},
};
#define PLAINEST 3 /* the smaller ones after it only where all cards then fit */

static struct ui_text title_style(const struct view *view, const struct look *look, uint32_t colour)
{
	struct type_size type = theme_type(look->large ? TYPE_H2 : TYPE_H3, ui_text_size(view->ui));
	return (struct ui_text){.colour = colour,
				.size = type.size * look->share,
				.line = look->large ? type.line : type.size * look->share * LINE_SHARE,
				.bold = true,
				.silent = true,
				.lines_wanted = 2,
				.shrink_to = TITLE_LEAST};
}

static struct ui_text summary_style(const struct view *view, uint32_t colour)
{
	struct type_size type = theme_type(TYPE_SUB, ui_text_size(view->ui));
	return (struct ui_text){
		.colour = colour, .size = type.size * 30 / 32, .line = type.line * 40 / 44, .silent = true};
}

/* Of the words at the foot of a card. */
static float words_height(const struct view *view, const struct look *look, float width, const struct card *card)
{
	struct ui_text title = title_style(view, look, 0), summary = summary_style(view, 0);
	float height = ui_text_height(view->ui, width, &title, card->title);
	if (look->summary && card->summary)
		height += SUMMARY_GAP + ui_text_height(view->ui, width, &summary, card->summary);
	return height;
}

/* The cards of a line are as even as can be, and fill it. */
static size_t line_count(const struct cards *cards, size_t line)
{
	return cards->count / cards->lines + (line < cards->count % cards->lines ? 1 : 0);
}

static float card_width(const struct cards *cards, size_t line, float width)
{
	float count = fmaxf((float)line_count(cards, line), 1);
	return (width - FRAME_GUTTER * (count - 1)) / count;
}

/* How high a card must be, for the words of all. */
static float least_height(const struct view *view, const struct cards *cards, const struct look *look, float width)
{
	float most = 0;
	size_t card = 0;
	for (size_t line = 0; line < cards->lines; line++) {
		float room = card_width(cards, line, width) - 2 * look->pad;
		for (size_t i = 0; i < line_count(cards, line); i++, card++)
			most = fmaxf(most, words_height(view, look, room, &cards->cards[card]));
	}
	return most + 2 * look->pad + look->tile + TILE_GAP;
}

static size_t lines_of(const struct view *view, size_t count, float width)
{
	enum text_size size = ui_text_size(view->ui);
	size_t most = width >= WIDE_FOUR ? 4 : width >= WIDE_THREE ? 3 : 2;
	most -= size >= TEXT_150;
	most -= size >= TEXT_200 && most > 1;
	size_t lines = (count + most - 1) / most;
	if (lines < 2 && count > FEW)
		lines = 2; /* one line would look lost */
	return lines > 0 ? lines : 1;
}

/* How high a card is at least: in the largest words that then all fit, else in the usual ones. */
static float fitting_height(const struct view *view, const struct cards *cards, float width, float most)
{
	float usual = 0;
	for (size_t look = PLAINEST; look < ARRAY_LEN(looks); look++) {
		float height = fmaxf(least_height(view, cards, &looks[look], width), TOKEN_SIZE_CARD_TOPIC_H);
		if (height <= most)
			return height;
		usual = look == PLAINEST ? height : usual;
	}
	return usual;
}

struct cards cards_plan(const struct view *view, const struct card *all, size_t count, float width, float room)
{
	struct cards cards = {.cards = all, .count = count, .lines = lines_of(view, count, width)};
	float between = (float)(cards.lines - 1);
	float least = fitting_height(view, &cards, width, (room - GAP_TIGHT * between) / (float)cards.lines);
	cards.gap = least * (float)cards.lines + FRAME_GUTTER * between <= room ? FRAME_GUTTER : GAP_TIGHT;
	float each = (room - cards.gap * between) / (float)cards.lines;
	cards.height = fmaxf(fminf(each, HIGH_MAX), least);
	bool large = card_width(&cards, 0, width) >= LARGE_WIDE && cards.height >= LARGE_HIGH;
	cards.look = large ? 0 : PLAINEST;
	while (cards.look + 1 < ARRAY_LEN(looks) &&
	       least_height(view, &cards, &looks[cards.look], width) > cards.height)
		cards.look++;
	return cards;
}

static struct ui_target target_of(const struct card *card)
{
	return (struct ui_target){.role = ROLE_BUTTON, .id = card->id, .name = card->title, .action = card->action};
}

static void card_draw(struct view *view, struct box box, const struct look *look, const struct card *card)
{
	struct ui *ui = view->ui;
	struct ui_target target = target_of(card);
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), false);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	struct ui_text title = title_style(view, look, ink),
		       summary = summary_style(view, resting ? ui_colour(ui, COLOUR_INK2) : ink);
	struct box words = {box.x + look->pad, 0, box.w - 2 * look->pad, 0};
	words.y = box.y + box.h - look->pad - words_height(view, look, words.w, card);
	widget_tile(ui, (struct box){box.x + look->pad, box.y + look->pad, look->tile, look->tile}, card->icon,
		    look->icon, card->hue, false);
	words.y += ui_text(ui, words, &title, card->title) + SUMMARY_GAP;
	if (look->summary && card->summary)
		ui_text(ui, words, &summary, card->summary);
}

float cards_height(const struct cards *cards)
{
	return (float)cards->lines * (cards->height + cards->gap) - cards->gap;
}

float cards_draw(struct view *view, struct box box, const struct cards *cards)
{
	struct box place = {box.x, box.y, 0, cards->height};
	size_t card = 0;
	for (size_t line = 0; line < cards->lines; line++) {
		place.x = box.x;
		place.w = card_width(cards, line, box.w);
		for (size_t i = 0; i < line_count(cards, line); i++, card++) {
			card_draw(view, place, &looks[cards->look], &cards->cards[card]);
			place.x += place.w + FRAME_GUTTER;
		}
		place.y += cards->height + cards->gap;
	}
	return cards_height(cards);
}

/* ---- Low ones */

#define LOW_END 12.0f /* words may come so near to the end */

const struct cards_low cards_lowest = {104, 22,        TOKEN_ICON_TILE_SMALL, TOKEN_ICON_TILE_SMALL_ICON, 18, GAP_TIGHT,
				       1,   36.0f / 38};
const struct cards_low cards_rows = {132, 20, 80, 56, 14, 18, 28.0f / 30, 36.0f / 38};

static size_t low_columns(const struct view *view, size_t count)
{
	enum text_size size = ui_text_size(view->ui);
	size_t most = size >= TEXT_200 ? 1 : size >= TEXT_125 || count == 4 ? 2 : 3;
	return count < most ? count : most;
}

static float low_width(const struct view *view, float width, size_t count)
{
	size_t columns = low_columns(view, count);
	return (width - FRAME_GUTTER * (float)(columns - 1)) / (float)columns;
}

static struct ui_text low_style(const struct view *view, const struct cards_low *look, uint32_t colour)
{
	struct type_size type = theme_type(TYPE_LABEL, ui_text_size(view->ui));
	return (struct ui_text){.colour = colour,
				.size = type.size * look->share,
				.line = type.line * look->line,
				.bold = type.bold,
				.silent = true};
}

/* Of one: the highest. */
static float low_each(const struct view *view, float width, const struct cards_low *look, const struct card *cards,
		      size_t count)
{
	struct ui_text style = low_style(view, look, 0);
	float most = look->high,
	      room = low_width(view, width, count) - look->pad - LOW_END - look->tile - look->tile_gap;
	for (size_t i = 0; i < count; i++)
		most = fmaxf(most, ui_text_height(view->ui, room, &style, cards[i].title) + 2 * 14);
	return most;
}

float cards_low_height(const struct view *view, float width, const struct cards_low *look, const struct card *cards,
		       size_t count)
{
	size_t columns = low_columns(view, count);
	if (count == 0)
		return 0;
	size_t lines = (count + columns - 1) / columns;
	return (float)lines * (low_each(view, width, look, cards, count) + look->gap) - look->gap;
}

float cards_low_draw(struct view *view, struct box box, const struct cards_low *look, const struct card *cards,
		     size_t count)
{
	struct ui *ui = view->ui;
	size_t columns = low_columns(view, count);
	float each = low_each(view, box.w, look, cards, count), width = low_width(view, box.w, count);
	for (size_t i = 0; i < count; i++) {
		size_t line = i / columns, column = i % columns;
		struct box place = {box.x + (width + FRAME_GUTTER) * (float)column,
				    box.y + (each + look->gap) * (float)line, width, each};
		struct ui_target target = target_of(&cards[i]);
		uint32_t ink = widget_card_ink(ui, widget_card(ui, place, &target), false);
		struct ui_text style = low_style(view, look, ink);
		float side = look->tile, start = look->pad + side + look->tile_gap, room = place.w - start - LOW_END;
		float high = ui_text_height(ui, room, &style, cards[i].title);
		widget_tile(ui, (struct box){place.x + look->pad, place.y + (each - side) / 2, side, side},
			    cards[i].icon, look->icon, cards[i].hue, false);
		ui_text(ui, (struct box){place.x + start, place.y + (each - high) / 2, room, high}, &style,
			cards[i].title);
	}
	return cards_low_height(view, box.w, look, cards, count);
}
