#include "screens/notices.h"

#include "base/array.h"
#include "screens/frame.h"
#include "screens/panel.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define PAD        40.0f
#define ICON       120.0f
#define ICON_GAP   32.0f
#define ACT_ICON   72.0f
#define ACT_PAD    20.0f
#define ACT_LEAST  196.0f
#define GAP        24.0f
#define PHONE_ICON 52.0f
#define SHADE      0x40000000u /* over red: black, so strong */
#define FOOT_PAD   40.0f
#define CALM_ICON  64.0f
#define ROW_PAD    28.0f
#define ROW_ICON   48.0f
#define ROW_LEAST  104.0f

/* How much of a notice is shown. */
enum detail {
	DETAIL_TITLE,
	DETAIL_ACTS,
	DETAIL_TEXT,
	DETAIL_ALL
};

struct look {
	enum colour fill, ink, second, edge;
};

static const struct look looks[] = {
	[NOTICE_SERVICE] = {COLOUR_FJORD_TINT, COLOUR_INK, COLOUR_INK2, COLOUR_FJORD},
	[NOTICE_IMPORTANT] = {COLOUR_AMBER_TINT, COLOUR_INK, COLOUR_INK2, COLOUR_AMBER_INK},
	[NOTICE_URGENT] = {COLOUR_RED, COLOUR_ON_RED, COLOUR_ON_RED, COLOUR_ON_RED},
};
static_assert(ARRAY_LEN(looks) == NOTICE_URGENCY_COUNT, "an urgency has no look");

/* One part under the other: only measured, or drawn too. */
struct telling {
	struct view *view;
	const struct notice *notice;
	const struct look *look;
	int language; /* of its words: an index of view->content */
	float x, y, w;
	bool live, draw;
};

static float put(struct telling *block, struct box box, const struct ui_text *style, const char *text)
{
	struct ui *ui = block->view->ui;
	return block->draw ? ui_text(ui, box, style, text) : ui_text_height(ui, box.w, style, text);
}

static struct ui_text style_of(const struct telling *block, enum type_role type, enum colour colour, int language)
{
	const struct view *view = block->view;
	return (struct ui_text){.type = type,
				.colour = ui_colour(view->ui, colour),
				.lang = view_code(view, language),
				.rtl = view_turn(view, language)};
}

/* "Urgent message · today 13:10" */
static const char *when_of(const struct telling *block)
{
	struct view *view = block->view;
	struct clock_civil from = clock_local(block->notice->from_utc_s);
	bool today = from.year == view->local.year && from.month == view->local.month && from.day == view->local.day;
	const char *time = arena_printf(view->scratch, "%02d:%02d", from.hour, from.minute);
	const char *when = today ? view_filled(view, view_word(view, WORD_TODAY_AT), time ? time : "")
				 : view_date(view, view->language, from);
	if (block->notice->urgency != NOTICE_URGENT)
		return when;
	const char *both = arena_printf(view->scratch, "%s · %s", view_word(view, WORD_URGENT_MESSAGE), when);
	return both ? both : when;
}

static void head(struct telling *block)
{
	struct ui *ui = block->view->ui;
	bool urgent = block->notice->urgency == NOTICE_URGENT, over = ui_text_size(ui) >= TEXT_200;
	float side = urgent ? ICON : CALM_ICON, start = over ? 0 : side + ICON_GAP, y = block->y;
	struct ui_text when = style_of(block, TYPE_LABEL, block->look->second, block->view->language),
		       title = style_of(block, urgent ? TYPE_H1 : TYPE_H3, block->look->ink, block->language);
	title.title = true;
	title.shrink_to = 0.6f;
	if (over)
		y += side + 12;
	struct box words = {block->x + start, y, block->w - start, 0};
	words.y += put(block, words, &when, when_of(block));
	words.y += put(block, words, &title, block->notice->title);
	float height = words.y - y;
	if (block->draw)
		ui_icon(ui, (struct box){block->x, block->y, side, over ? side : fmaxf(fminf(height, 2 * side), side)},
			urgent ? "warn" : block->notice->icon, side, ui_colour(ui, block->look->edge));
	block->y = fmaxf(words.y, block->y + (over ? 0 : side));
}

static void act_draw(struct telling *block, struct box box, const struct notice_act *act, const struct ui_text *style)
{
	struct ui *ui = block->view->ui;
	float words = ui_text_height(ui, box.w - 2 * ACT_PAD, style, act->text);
	float y = box.y + (box.h - ACT_ICON - 12 - words) / 2;
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, box, TOKEN_RADIUS_CARD, TOKEN_BORDER_HIGH_CONTRAST, style->colour);
	else
		ui_round(ui, box, TOKEN_RADIUS_CARD, SHADE);
	ui_icon(ui, (struct box){box.x, y, box.w, ACT_ICON}, act->icon, ACT_ICON, style->colour);
	ui_text(ui, (struct box){box.x + ACT_PAD, y + ACT_ICON + 12, box.w - 2 * ACT_PAD, words}, style, act->text);
}

/* What to do, as pictures beside each other; large words need a line each. */
static void acts(struct telling *block)
{
	struct ui *ui = block->view->ui;
	size_t count = block->notice->act_count, each = ui_text_size(ui) >= TEXT_150 ? 1 : count;
	struct ui_text style = style_of(block, TYPE_LABEL, block->look->ink, block->language);
	style.align = ALIGN_CENTRE;
	if (count == 0)
		return;
	float width = (block->w - FRAME_GUTTER * (float)(each - 1)) / (float)each, most = 0;
	for (size_t i = 0; i < count; i++)
		most = fmaxf(most, ui_text_height(ui, width - 2 * ACT_PAD, &style, block->notice->acts[i].text));
	float height = fmaxf(ACT_ICON + 12 + most + 2 * ACT_PAD, ACT_LEAST);
	block->y += GAP;
	for (size_t i = 0; i < count && block->draw; i++) {
		size_t line = i / each;
		act_draw(block,
			 (struct box){block->x + (width + FRAME_GUTTER) * (float)(i % each),
				      block->y + (height + FRAME_GUTTER) * (float)line, width, height},
			 &block->notice->acts[i], &style);
	}
	size_t lines = (count + each - 1) / each;
	block->y += (height + FRAME_GUTTER) * (float)lines - FRAME_GUTTER;
}

/* The same, calmer: one line each. */
static void acts_calm(struct telling *block)
{
	struct ui *ui = block->view->ui;
	struct ui_text style = style_of(block, TYPE_SUB, block->look->ink, block->language);
	style.bold = true;
	for (size_t i = 0; i < block->notice->act_count; i++) {
		const struct notice_act *act = &block->notice->acts[i];
		block->y += 12;
		float start = PHONE_ICON + 20;
		float high =
			put(block, (struct box){block->x + start, block->y, block->w - start, 0}, &style, act->text);
		if (block->draw)
			ui_icon(ui, (struct box){block->x, block->y, PHONE_ICON, high}, act->icon, PHONE_ICON,
				ui_colour(ui, block->look->edge));
		block->y += high;
	}
}

static void text(struct telling *block)
{
	struct ui_text style = style_of(block, block->notice->urgency == NOTICE_URGENT ? TYPE_BODY : TYPE_SUB,
					block->look->ink, block->language);
	block->y += block->notice->urgency == NOTICE_URGENT ? GAP : 12;
	block->y += put(block, (struct box){block->x, block->y, block->w, 0}, &style, block->notice->text);
}

static void phone(struct telling *block)
{
	struct ui *ui = block->view->ui;
	struct ui_text style = style_of(block, TYPE_H2, block->look->ink, block->view->source);
	if (!block->notice->phone)
		return;
	block->y += GAP;
	float start = PHONE_ICON + 20;
	struct box line = {block->x + start, block->y, block->w - start, 0};
	float high = put(block, line, &style, block->notice->phone);
	if (block->draw)
		ui_icon(ui, (struct box){block->x, block->y, PHONE_ICON, high}, "phone", PHONE_ICON, style.colour);
	block->y += high;
}

/* Who says so, and what one has to know before believing the words. */
static void small_print(struct telling *block)
{
	struct view *view = block->view;
	const struct notice *notice = block->notice;
	bool missing = block->language != view->language;
	const char *lines[] = {
		view_filled(view, view_word(view, WORD_FROM), notice->sender),
		missing ? view_word(view, WORD_MESSAGE_NOT_TRANSLATED) : NULL,
		!missing && notice->origin.source_newer                           ? view_word(view, WORD_DANISH_NEWER)
		: !missing && notice->origin.translation == TRANSLATION_UNCHECKED ? view_word(view, WORD_NOT_CHECKED)
										  : NULL,
		notice->example ? view_word(view, WORD_EXAMPLE) : NULL,
	};
	struct ui_text style = style_of(block, TYPE_SMALL, block->look->second, view->language);
	block->y += notice->urgency == NOTICE_URGENT ? GAP : 12;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (lines[i])
			block->y += put(block, (struct box){block->x, block->y, block->w, 0}, &style, lines[i]);
}

static void read_more(struct telling *block)
{
	struct view *view = block->view;
	float high = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line + 48);
	if (!block->notice->page || !block->live)
		return;
	block->y += GAP;
	if (block->draw)
		widget_button(view->ui, (struct box){block->x, block->y, fminf(block->w, 480), high}, BUTTON_SECOND,
			      "book", view_word(view, WORD_READ_MORE), view_id(view, "notice", block->notice->id),
			      screen_action(VERB_PAGE, 0, block->notice->page));
	block->y += high;
}

/* A notice that is not in the visitor's language is in the source's. */
static struct telling block_of(struct view *view, const struct notice *notice, struct box box, bool draw)
{
	bool missing = notice->origin.translation == TRANSLATION_SOURCE;
	return (struct telling){.view = view,
				.notice = notice,
				.look = &looks[notice->urgency],
				.language = missing ? view->source : view->language,
				.x = box.x,
				.y = box.y,
				.w = box.w,
				.draw = draw};
}

static float block_draw(struct telling *block, enum detail detail)
{
	float top = block->y;
	bool urgent = block->notice->urgency == NOTICE_URGENT;
	head(block);
	if (urgent && detail >= DETAIL_ACTS)
		acts(block);
	if (detail >= DETAIL_TEXT)
		text(block);
	if (detail >= DETAIL_ALL) {
		if (!urgent)
			acts_calm(block);
		phone(block);
		small_print(block);
		read_more(block);
	}
	return block->y - top;
}

static size_t in_force(const struct view *view, const struct notice *out[NOTICES_MAX])
{
	int language = content_language(view->news, view->lang);
	if (language < 0)
		language = content_language(view->news, content_bundle(view->news)->source);
	size_t count = content_notices(view->news, language, view->now.utc_s, out, NOTICES_MAX);
	return count < NOTICES_MAX ? count : NOTICES_MAX;
}

/* Of all urgent ones with so much detail. */
static float banner(struct view *view, struct box box, enum detail detail, bool live, bool draw)
{
	const struct notice *notices[NOTICES_MAX];
	size_t count = in_force(view, notices);
	float top = box.y;
	for (size_t i = 0; i < count && notices[i]->urgency == NOTICE_URGENT; i++) {
		struct box inner = {box.x + FRAME_MARGIN, box.y + PAD, box.w - 2 * FRAME_MARGIN, 0};
		struct telling measured = block_of(view, notices[i], inner, false);
		measured.live = live;
		float high = block_draw(&measured, detail) + 2 * PAD;
		if (draw) {
			struct telling block = block_of(view, notices[i], inner, true);
			block.live = live;
			ui_fill(view->ui, (struct box){box.x, box.y, box.w, high}, ui_colour(view->ui, COLOUR_RED));
			if (i > 0)
				ui_fill(view->ui, (struct box){box.x, box.y, box.w, 4},
					ui_colour(view->ui, COLOUR_ON_RED));
			block_draw(&block, detail);
		}
		box.y += high;
	}
	return box.y - top;
}

float notices_banner(struct view *view, struct box box, float most, bool live, bool draw)
{
	enum detail detail = DETAIL_ALL;
	while (most > 0 && detail > DETAIL_TITLE && banner(view, box, detail, live, false) > most)
		detail--;
	return banner(view, box, detail, live, draw);
}

/* The ground of the row; returns the colour of what stands on it. */
static uint32_t row_face(struct telling *block, struct box box)
{
	struct ui *ui = block->view->ui;
	bool high = ui_theme(ui)->high_contrast;
	const char *name = block->notice->title;
	struct ui_state state =
		ui_target(ui, box,
			  &(struct ui_target){.role = ROLE_BUTTON,
					      .id = "notices",
					      .name = name,
					      .lang = view_code(block->view, block->language),
					      .radius = TOKEN_RADIUS_CALLOUT,
					      .action = screen_action(VERB_SHEET, SHEET_NOTICES, block->view->lang)});
	ui_round(ui, box, TOKEN_RADIUS_CALLOUT, ui_colour(ui, state.pressed ? COLOUR_MORE : block->look->fill));
	if (high)
		ui_ring(ui, box, TOKEN_RADIUS_CALLOUT, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	return ui_colour(ui, state.pressed && high ? COLOUR_ON_BRIGHT : block->look->ink);
}

float notices_row(struct view *view, struct box box, bool draw)
{
	const struct notice *notices[NOTICES_MAX];
	size_t count = in_force(view, notices), first = 0;
	while (first < count && notices[first]->urgency == NOTICE_URGENT)
		first++;
	if (first == count)
		return 0;
	struct telling block = block_of(view, notices[first], box, draw);
	struct ui_text title = style_of(&block, TYPE_SUB, block.look->ink, block.language), text = title;
	float start = ROW_PAD + ROW_ICON + 20, room = box.w - start - ROW_PAD - TOKEN_ICON_CHEVRON - 12;
	title.bold = title.silent = text.silent = true;
	bool both = ui_text_width(view->ui, &text, notices[first]->text) <= room;
	float words = ui_text_height(view->ui, room, &title, notices[first]->title);
	if (both)
		words += ui_text_height(view->ui, room, &text, notices[first]->text);
	box.h = fmaxf(ROW_LEAST, words + 2 * 8);
	if (!draw)
		return box.h;
	uint32_t ink = row_face(&block, box);
	title.colour = text.colour = ink;
	struct box place = {box.x + start, box.y + (box.h - words) / 2, room, 0};
	ui_icon(view->ui, (struct box){box.x + ROW_PAD, box.y, ROW_ICON, box.h}, notices[first]->icon, ROW_ICON, ink);
	place.y += ui_text(view->ui, place, &title, notices[first]->title);
	if (both)
		ui_text(view->ui, place, &text, notices[first]->text);
	ui_icon(view->ui, (struct box){box.x + box.w - ROW_PAD - TOKEN_ICON_CHEVRON, box.y, TOKEN_ICON_CHEVRON, box.h},
		"chev", TOKEN_ICON_CHEVRON, ink);
	return box.h;
}

/* ---- The sheet */

static float card_draw(struct view *view, struct box box, const struct notice *notice)
{
	struct ui *ui = view->ui;
	struct box inner = {box.x + PAD, box.y + PAD, box.w - 2 * PAD, 0};
	struct telling measured = block_of(view, notice, inner, false);
	measured.live = true;
	box.h = block_draw(&measured, DETAIL_ALL) + 2 * PAD;
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, measured.look->fill));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, box, TOKEN_RADIUS_CARD, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	struct telling block = block_of(view, notice, inner, true);
	block.live = true;
	block_draw(&block, DETAIL_ALL);
	return box.h;
}

void notices_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct panel panel;
	const struct notice *notices[NOTICES_MAX];
	size_t count = in_force(view, notices);
	bool urgent = count > 0 && notices[0]->urgency == NOTICE_URGENT;
	const char *title = view_word(view, WORD_MESSAGES);
	struct ui_text big = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float button = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	float width = panel_begin(&panel, view, title, true, button + 2 * FOOT_PAD - 8);

	float y = ui_text(ui, (struct box){FRAME_MARGIN, 0, width, 0}, &big, title);
	for (size_t i = 0; i < count; i++)
		y += GAP + card_draw(view, (struct box){FRAME_MARGIN, y + GAP, width, 0}, notices[i]);
	struct box foot = panel_end(&panel, y + 8);
	widget_button(ui, (struct box){foot.x, foot.y + FOOT_PAD - 8, foot.w, button}, BUTTON_MAIN,
		      urgent ? "check" : "close", view_word(view, urgent ? WORD_GO_ON : WORD_CLOSE), "close",
		      screen_action(VERB_CLOSE, 0, NULL));
}
