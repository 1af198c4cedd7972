#include "screens/quick.h"

#include "base/array.h"
#include "screens/frame.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define LINE_GAP     20.0f /* where the screen lies: between two of them */
#define RED_HIGH     112.0f
#define RED_WIDE     276.0f
#define RED_PAD      24.0f
#define RED_NUMBER   (40.0f / 44)                       /* of TYPE_H2 */
#define NUMBER_LIFT  2.0f                               /* digits have nothing below the line */
#define RED_START    (RED_PAD + TOKEN_ICON_BUTTON + 20) /* of its words */
#define QUICK_MAX    3
#define QUICK_PAD    26.0f
#define QUICK_ICON   60.0f
#define QUICK_START  (QUICK_PAD + QUICK_ICON + 18) /* of its words */
#define QUICK_AROUND (QUICK_START + 20)
#define QUICK_STEP   12.0f

static struct ui_text red_style(const struct view *view, bool number)
{
	struct type_size type = theme_type(number ? TYPE_H2 : TYPE_META, ui_text_size(view->ui));
	float share = number ? RED_NUMBER : 1;
	return (struct ui_text){.size = type.size * share,
				.line = number ? type.size : type.line,
				.bold = number,
				.lines_max = 1,
				.silent = true,
				.lang = number ? "en" : NULL,
				.rtl = number ? -1 : 0,
				.shrink_to = 0.6f};
}

static float red_height(const struct view *view)
{
	struct ui_text number = red_style(view, true), under = red_style(view, false);
	return fmaxf(RED_HIGH, number.line + under.line + 18);
}

/* As wide as its words need. */
static float red_least(const struct view *view)
{
	struct ui_text number = red_style(view, true), under = red_style(view, false);
	float words = fmaxf(ui_text_width(view->ui, &number, "112"),
			    ui_text_width(view->ui, &under, view_word(view, WORD_EMERGENCY)));
	return fminf(RED_START + words + RED_PAD, RED_WIDE);
}

/* 112, red. */
static void red_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *word = view_word(view, WORD_EMERGENCY);
	struct ui_text number = red_style(view, true), under = red_style(view, false);
	box.h = fmaxf(red_height(view), box.h);
	const char *name = arena_printf(view->scratch, "112. %s", word);
	struct ui_state state =
		ui_target(ui, box,
			  &(struct ui_target){.role = ROLE_BUTTON,
					      .id = "emergency.card",
					      .name = name,
					      .action = screen_action(VERB_SHEET, SHEET_EMERGENCY, view->lang),
					      .radius = TOKEN_RADIUS_CARD});
	ui_card_shadow(ui, box, TOKEN_RADIUS_CARD);
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, state.pressed ? COLOUR_INK : COLOUR_RED));
	number.colour = under.colour = ui_colour(ui, state.pressed ? COLOUR_PAPER : COLOUR_ON_RED);
	ui_icon(ui, (struct box){box.x + RED_PAD, box.y, TOKEN_ICON_BUTTON, box.h}, "phone", TOKEN_ICON_BUTTON,
		number.colour);
	struct box text = {box.x + RED_START, box.y + (box.h - number.line - under.line) / 2, box.w - RED_START - 12,
			   number.line};
	ui_text(ui, (struct box){text.x, text.y - NUMBER_LIFT, text.w, text.h}, &number, "112");
	text.y += number.line;
	ui_text(ui, text, &under, word);
}

bool quick_has_situation(const struct view *view, bool lying)
{
	struct place_filter open = {.open_at = &view->local};
	return content_bundle(view->content)->items[ITEM_PATH].count > 0 &&
	       (lying || content_places(view->content, view->language, &open, NULL, 0) == 0);
}

/* A low card beside 112: a pictogram, and words in one or two styles. */
struct quick {
	const char *id, *icon, *first, *second, *lang; /* second NULL: none */
	int rtl;                                       /* of the words, for struct ui_text */
	struct action action;
	bool good;   /* the first words are green */
	bool brief;  /* half a column is enough */
	float share; /* of its type; 0: all */
};

static size_t quick_of(struct view *view, bool lying, struct quick out[QUICK_MAX])
{
	const struct item_list *guides = &content_bundle(view->content)->items[ITEM_GUIDE];
	struct place_filter open = {.open_at = &view->local};
	size_t count = 0, places = content_places(view->content, view->language, &open, NULL, 0);
	bool translated = true;
	const struct page_title *guide = guides->count > 0
						 ? content_item_title(view->content, view->language, ITEM_GUIDE,
								      guides->entries[0].id, &translated)
						 : NULL;
	if (guide)
		out[count++] = (struct quick){.id = view_id(view, "guide", guide->page),
					      .icon = guide->icon,
					      .first = guide->title,
					      .lang = translated ? NULL : view_code(view, view->source),
					      .rtl = translated ? 0 : view_turn(view, view->source),
					      .action = screen_action(VERB_DECIDE, 0, guide->page)};
	if (quick_has_situation(view, lying))
		out[count++] = (struct quick){.id = "home.situation",
					      .icon = "route",
					      .first = view_word(view, WORD_MY_SITUATION),
					      .action = screen_action(VERB_SITUATION, 0, NULL),
					      .brief = true};
	if (places > 0)
		out[count++] =
			(struct quick){.id = "home.open",
				       .icon = "clock",
				       .first = view_word(view, WORD_OPEN_NOW),
				       .second = view_counted(view, view->language, WORD_PLACES_COUNT, (int)places),
				       .action = screen_action(VERB_PLACES, 1, NULL),
				       .good = true,
				       .brief = true};
	return count;
}

static struct ui_text quick_style(const struct view *view, const struct quick *quick, uint32_t colour, bool first)
{
	struct type_size type = theme_type(first ? TYPE_LABEL : TYPE_SMALL, ui_text_size(view->ui));
	float share = quick->share > 0 ? quick->share : 1;
	return (struct ui_text){.size = type.size * share,
				.line = type.line * share,
				.bold = type.bold,
				.colour = colour,
				.silent = true,
				.lang = quick->lang,
				.rtl = quick->rtl};
}

static float quick_words(const struct view *view, const struct quick *quick, float width)
{
	struct ui_text first = quick_style(view, quick, 0, true), second = quick_style(view, quick, 0, false);
	float height = ui_text_height(view->ui, width, &first, quick->first);
	return height + (quick->second ? ui_text_height(view->ui, width, &second, quick->second) : 0);
}

static float quick_height(const struct view *view, const struct quick *quick, float width)
{
	return fmaxf(RED_HIGH, quick_words(view, quick, width - QUICK_AROUND) + 24);
}

static void quick_draw(struct view *view, struct box box, const struct quick *quick)
{
	struct ui *ui = view->ui;
	const char *name = quick->second ? arena_printf(view->scratch, "%s: %s", quick->first, quick->second) : NULL;
	struct ui_target target = {.role = ROLE_BUTTON,
				   .id = quick->id,
				   .name = name ? name : quick->first,
				   .lang = quick->lang,
				   .action = quick->action};
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), false);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	struct ui_text first = quick_style(view, quick, quick->good && resting ? ui_colour(ui, COLOUR_GREEN) : ink,
					   true),
		       second = quick_style(view, quick, ink, false);
	float width = box.w - QUICK_AROUND;
	ui_icon(ui, (struct box){box.x + QUICK_PAD, box.y, QUICK_ICON, box.h}, quick->icon, QUICK_ICON, ink);
	struct box words = {box.x + QUICK_START, box.y + (box.h - quick_words(view, quick, width)) / 2, width, 0};
	words.y += ui_text(ui, words, &first, quick->first);
	if (quick->second)
		ui_text(ui, words, &second, quick->second);
}

static float longest_word(const struct view *view, const struct ui_text *style, const char *text)
{
	float most = 0;
	for (const char *at = text; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *word = arena_printf(view->scratch, "%.*s", (int)length, at);
		most = fmaxf(most, word ? ui_text_width(view->ui, style, word) : 0);
		at += length;
	}
	return most;
}

/* How wide each must be so that no word is broken and none takes more lines; the sum. */
static float quick_needs(const struct view *view, const struct quick *quick, size_t count, float lines,
			 float widths[QUICK_MAX])
{
	float total = 0;
	for (size_t i = 0; i < count; i++) {
		struct ui_text style = quick_style(view, &quick[i], 0, true);
		float words = longest_word(view, &style, quick[i].first) + 2;
		while (ui_text_height(view->ui, words, &style, quick[i].first) > (lines + 0.4f) * style.line)
			words += QUICK_STEP;
		widths[i] = words + QUICK_AROUND;
		total += widths[i];
	}
	return total;
}

/* How wide 112 and the others are beside each other. Where they need more than there is, 112 is as narrow as its words, then
 * the others' words are a little smaller, at last they take more lines. */
static float quick_widths(const struct view *view, struct quick *quick, size_t count, float width,
			  float widths[QUICK_MAX])
{
	static const struct {
		float share, lines;
	} steps[] = {{1, 2}, {28.0f / 30, 2}, {26.0f / 30, 2}, {26.0f / 30, 3}};
	float room = width - (float)count * FRAME_GUTTER, red = RED_WIDE, total = 0;
	for (size_t step = 0; step < ARRAY_LEN(steps); step++) {
		for (size_t i = 0; i < count; i++)
			quick[i].share = steps[step].share;
		total = quick_needs(view, quick, count, steps[step].lines, widths);
		red = fmaxf(fminf(room - total, RED_WIDE), red_least(view));
		if (red + total <= room)
			break;
	}
	for (size_t i = 0; i < count; i++)
		widths[i] += (room - red - total) / (float)count;
	return red;
}

float quick_row(struct view *view, struct box box, bool draw)
{
	struct quick quick[QUICK_MAX];
	float widths[QUICK_MAX];
	size_t count = quick_of(view, false, quick);
	bool line = ui_text_size(view->ui) < TEXT_150 && count > 0;
	float red = line ? quick_widths(view, quick, count, box.w, widths) : box.w, height = red_height(view);
	for (size_t i = 0; i < count && line; i++)
		height = fmaxf(height, quick_height(view, &quick[i], widths[i]));
	if (draw)
		red_draw(view, (struct box){box.x, box.y, red, line ? height : 0});
	struct box place = {box.x + red + FRAME_GUTTER, box.y, 0, height};
	for (size_t i = 0; i < count && line; i++) {
		place.w = widths[i];
		if (draw)
			quick_draw(view, place, &quick[i]);
		place.x += place.w + FRAME_GUTTER;
	}
	for (size_t i = 0; i < count && !line; i++) {
		float each = quick_height(view, &quick[i], box.w);
		height += FRAME_GUTTER;
		if (draw)
			quick_draw(view, (struct box){box.x, box.y + height, box.w, each}, &quick[i]);
		height += each;
	}
	return height;
}

float quick_lying(struct view *view, float low)
{
	struct quick quick[QUICK_MAX];
	size_t count = quick_of(view, true, quick);
	float left = TOKEN_GRID_LANDSCAPE_LEFT, rest = left - RED_WIDE - FRAME_GUTTER, height = red_height(view);
	const struct quick *last = count > 0 && quick[count - 1].brief ? &quick[count - 1] : NULL;
	if (last)
		height = fmaxf(height, quick_height(view, last, rest));
	float y = low - height;
	red_draw(view, (struct box){FRAME_MARGIN, y, RED_WIDE, height});
	if (last)
		quick_draw(view, (struct box){FRAME_MARGIN + RED_WIDE + FRAME_GUTTER, y, rest, height}, last);
	for (size_t i = 0; i < count; i++) {
		float each = quick_height(view, &quick[i], left);
		if (&quick[i] == last)
			continue;
		y -= each + LINE_GAP;
		quick_draw(view, (struct box){FRAME_MARGIN, y, left, each}, &quick[i]);
	}
	return y;
}
