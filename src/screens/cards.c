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
#define TILE_GAP    12.0f /* at least, between tile and words */
#define SUMMARY_GAP 6.0f
#define FEW         3 /* so few stand in one line */

/* From the fullest to the plainest; all cards have the same, the first that all their words fit into. A large card says in a sentence what its topic holds. */
static const struct look {
	float pad, tile, icon;
	bool large, summary;
} looks[] = {
	{28, TOKEN_ICON_TILE_HERO, TOKEN_ICON_TILE_HERO_ICON, true, true},
	{28, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, true, true},
	{28, TOKEN_ICON_TILE_HERO, TOKEN_ICON_TILE_HERO_ICON, true, false},
	{22, TOKEN_ICON_TILE_CARD, TOKEN_ICON_TILE_CARD_ICON, false, false},
};
#define PLAINEST (ARRAY_LEN(looks) - 1)

static struct ui_text title_style(const struct view *view, const struct look *look, uint32_t colour)
{
	struct type_size type = theme_type(look->large ? TYPE_H2 : TYPE_H3, ui_text_size(view->ui));
	float share = look->large ? 1 : 34.0f / 36;
	return (struct ui_text){
		.colour = colour, .size = type.size * share, .line = type.line * share, .bold = true, .silent = true};
}

static struct ui_text summary_style(const struct view *view, uint32_t colour)
{
	struct type_size type = theme_type(TYPE_SUB, ui_text_size(view->ui));
	return (struct ui_text){
		.colour = colour, .size = type.size * 30 / 32, .line = type.line * 40 / 44, .silent = true};
}

/* Of the words at the foot of a card. */
static float words_height(const struct view *view, const struct look *look, float width, const struct topic_text *text)
{
	struct ui_text title = title_style(view, look, 0), summary = summary_style(view, 0);
	float height = ui_text_height(view->ui, width, &title, text->title);
	if (look->summary)
		height += SUMMARY_GAP + ui_text_height(view->ui, width, &summary, text->summary);
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
	const struct bundle *bundle = content_bundle(view->content);
	float most = 0;
	size_t topic = 0;
	for (size_t line = 0; line < cards->lines; line++) {
		float room = card_width(cards, line, width) - 2 * look->pad;
		for (size_t i = 0; i < line_count(cards, line); i++, topic++) {
			const struct topic_text *text =
				content_topic_text(view->content, view->language, bundle->topics[topic].id);
			if (text)
				most = fmaxf(most, words_height(view, look, room, text));
		}
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

struct cards cards_plan(const struct view *view, float width, float room)
{
	size_t count = content_bundle(view->content)->topic_count;
	struct cards cards = {.count = count, .lines = lines_of(view, count, width)};
	float least = fmaxf(least_height(view, &cards, &looks[PLAINEST], width), TOKEN_SIZE_CARD_TOPIC_H);
	float between = (float)(cards.lines - 1);
	cards.gap = least * (float)cards.lines + FRAME_GUTTER * between <= room ? FRAME_GUTTER : GAP_TIGHT;
	float each = (room - cards.gap * between) / (float)cards.lines;
	cards.height = fmaxf(fminf(each, HIGH_MAX), least);
	bool large = card_width(&cards, 0, width) >= LARGE_WIDE && cards.height >= LARGE_HIGH;
	cards.look = large ? 0 : PLAINEST;
	while (cards.look < PLAINEST && least_height(view, &cards, &looks[cards.look], width) > cards.height)
		cards.look++;
	return cards;
}

static void card_draw(struct view *view, struct box box, const struct look *look, const struct topic_entry *topic)
{
	struct ui *ui = view->ui;
	const struct topic_text *text = content_topic_text(view->content, view->language, topic->id);
	if (!text)
		return;
	struct ui_target target = {.role = ROLE_BUTTON,
				   .id = view_id(view, "topic", topic->id),
				   .name = text->title,
				   .action = screen_action(VERB_TOPIC, 0, topic->id)};
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), false);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	struct ui_text title = title_style(view, look, ink),
		       summary = summary_style(view, resting ? ui_colour(ui, COLOUR_INK2) : ink);
	struct box words = {box.x + look->pad, 0, box.w - 2 * look->pad, 0};
	words.y = box.y + box.h - look->pad - words_height(view, look, words.w, text);
	widget_tile(ui, (struct box){box.x + look->pad, box.y + look->pad, look->tile, look->tile}, topic->icon,
		    look->icon, theme_hue(ui_theme(ui), topic->hue), false);
	words.y += ui_text(ui, words, &title, text->title) + SUMMARY_GAP;
	if (look->summary)
		ui_text(ui, words, &summary, text->summary);
}

float cards_draw(struct view *view, struct box box, const struct cards *cards)
{
	const struct bundle *bundle = content_bundle(view->content);
	struct box card = {box.x, box.y, 0, cards->height};
	size_t topic = 0;
	for (size_t line = 0; line < cards->lines; line++) {
		card.x = box.x;
		card.w = card_width(cards, line, box.w);
		for (size_t i = 0; i < line_count(cards, line); i++, topic++) {
			card_draw(view, card, &looks[cards->look], &bundle->topics[topic]);
			card.x += card.w + FRAME_GUTTER;
		}
		card.y += cards->height + cards->gap;
	}
	return card.y - cards->gap - box.y;
}
