#include "screens/saying.h"

#include "base/array.h"
#include "tokens.h"

#include <math.h>

#define PAD          48.0f
#define PAD_WIDE     56.0f
#define TOP          40.0f
#define LABEL_ICON   44.0f
#define LABEL_GAP    20.0f
#define SIZE_STEP    4.0f
#define LINE_SHARE   (104.0f / 88.0f)
#define LINE_LARGE   (130.0f / 116.0f) /* of a size above this: */
#define LARGE        100.0f
#define LINES        2
#define LINES_LARGE  3    /* of large text, which has fewer words in a line */
#define OTHER_SHARE  0.8f /* the other language is never larger than this share of the Danish */
#define RULE_ABOVE   22.0f
#define RULE_BELOW   15.0f
#define BUTTON_GAP   16.0f
#define WIDE_HIGH    120.0f /* of a button, and the gap beside it, on a screen that lies */
#define WIDE_GAP     20.0f
#define BUTTON_ICON  44.0f
#define WORD_GAP     12.0f
#define BUTTON_PAD   14.0f
#define BUTTON_ABOVE 17.0f
#define BUTTON_THREE (30.0f / 34.0f) /* of TYPE_BUTTON: three beside each other on an upright screen */
#define BUTTONS_MAX  3

const char *saying_own(const struct view *view, const struct phrase *phrase)
{
	return view->page_language == view->source ? NULL : phrase->text;
}

const char *saying_path(const struct view *view, const struct phrases *set, const struct phrase *phrase)
{
	const char *path = arena_printf(view->scratch, "%s/%s", set->head.id, phrase->id);
	return path ? path : set->head.id;
}

/* The largest size that needs no third line. Words too long for a line shrink further. */
static struct ui_text fit(const struct view *view, const struct saying *saying, float width)
{
	struct ui_text style = {.colour = ui_colour(view->ui, COLOUR_ON_NAV),
				.bold = true,
				.lang = view_code(view, view->source),
				.rtl = -1,
				.shrink_to = 0.5f};
	float most = ui_text_size(view->ui) >= TEXT_150 ? LINES_LARGE : LINES;
	for (float size = saying->most;; size -= SIZE_STEP) {
		style.size = fmaxf(size, saying->least);
		style.line = style.size * (style.size > LARGE ? LINE_LARGE : LINE_SHARE);
		float lines = ui_text_height(view->ui, width, &style, saying->phrase->danish) / style.line;
		if (style.size <= saying->least || lines < most + 0.5f)
			return style;
	}
}

static float button_height(const struct view *view)
{
	float least = view_wide(view) ? WIDE_HIGH : TOKEN_SIZE_BUTTON;
	return fmaxf(least, theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line + 48);
}

/* Large words need a line of their own. */
static size_t buttons_in_line(const struct view *view, size_t count)
{
	return ui_text_size(view->ui) >= TEXT_150 ? 1 : count;
}

static const char *label_of(const struct view *view, const struct phrase *phrase)
{
	return view_word(view, phrase->from == PHRASE_FROM_VISITOR ? WORD_SHOW_THIS : WORD_THEY_ASK_YOU);
}

void saying_plan(const struct view *view, float width, struct saying *saying)
{
	struct ui *ui = view->ui;
	struct type_size lead = theme_type(TYPE_LEAD, ui_text_size(ui));
	const char *own = saying_own(view, saying->phrase);
	saying->width = width;
	saying->pad = view_wide(view) ? PAD_WIDE : PAD;
	float room = width - 2 * saying->pad;
	saying->label = (struct ui_text){.type = TYPE_SUB, .colour = ui_colour(ui, COLOUR_ON_NAV2)};
	saying->label_h = ui_text_height(ui, room - LABEL_ICON - 16, &saying->label, label_of(view, saying->phrase));
	saying->large = fit(view, saying, room);
	saying->large_h = ui_text_height(ui, room, &saying->large, saying->phrase->danish);
	float share = fminf(saying->small, saying->large.size * OTHER_SHARE / lead.size);
	saying->other = (struct ui_text){.colour = ui_colour(ui, COLOUR_ON_NAV2),
					 .size = lead.size * share,
					 .line = lead.line * share * 54 / 58,
					 .lang = view_code(view, view->page_language)};
	saying->other_h = own ? RULE_ABOVE + RULE_BELOW + ui_text_height(ui, room, &saying->other, own) : 0;
	size_t count = saying->enlarge ? BUTTONS_MAX : BUTTONS_MAX - 1, each = buttons_in_line(view, count);
	size_t lines = (count + each - 1) / each;
	saying->buttons_h = (float)lines * (button_height(view) + BUTTON_GAP) - BUTTON_GAP;
	saying->height = TOP + fmaxf(saying->label_h, LABEL_ICON) + LABEL_GAP + saying->large_h + saying->other_h +
			 BUTTON_ABOVE + saying->buttons_h + TOP;
}

struct button {
	const char *id, *icon;
	enum word word;
	bool ready;
};

/* A pill on fjord: an edge and words, grey where it cannot be pressed. */
static void button_draw(struct view *view, struct box box, const struct button *button, const char *path, float share)
{
	struct ui *ui = view->ui;
	const char *name = view_word(view, button->word);
	struct ui_state state =
		ui_target(ui, box,
			  &(struct ui_target){.role = ROLE_BUTTON,
					      .id = button->id,
					      .name = name,
					      .action = screen_action(button->ready ? VERB_PHRASE : VERB_NONE, 0, path),
					      .reason = button->ready ? NULL : view_word(view, WORD_NOT_READY),
					      .radius = box.h / 2,
					      .inset = true});
	if (state.pressed)
		ui_round(ui, box, box.h / 2, ui_colour(ui, COLOUR_NAV_CURRENT));
	uint32_t ink = ui_colour(ui, !button->ready  ? COLOUR_DISABLED_ON_FJORD
				     : state.pressed ? COLOUR_ON_FJORD
						     : COLOUR_ON_NAV);
	ui_ring(ui, box, box.h / 2, TOKEN_BORDER_SECOND,
		ui_colour(ui, button->ready ? COLOUR_ON_NAV2 : COLOUR_FJORD_LINE));
	struct type_size type = theme_type(TYPE_BUTTON, ui_text_size(ui));
	struct ui_text style = {.size = type.size * share,
				.line = type.line * share,
				.bold = true,
				.colour = ink,
				.silent = true,
				.lines_max = 1,
				.shrink_to = 0.6f};
	float room = box.w - 2 * BUTTON_PAD - BUTTON_ICON - WORD_GAP;
	float wide = fminf(ui_text_width(ui, &style, name) + 1, room), high = ui_text_height(ui, wide, &style, name);
	float x = box.x + (box.w - BUTTON_ICON - WORD_GAP - wide) / 2;
	ui_icon(ui, (struct box){x, box.y, BUTTON_ICON, box.h}, button->icon, BUTTON_ICON, ink);
	ui_text(ui, (struct box){x + BUTTON_ICON + WORD_GAP, box.y + (box.h - high) / 2, wide, high}, &style, name);
}

static void buttons_draw(struct view *view, struct box box, const struct saying *saying)
{
	static const struct button buttons[BUTTONS_MAX] = {
		{"phrase.listen", "listen", WORD_LISTEN, false},
		{"phrase.slower", "slow", WORD_SLOWER, false},
		{"phrase.enlarge", "expand", WORD_ENLARGE, true},
	};
	const char *path = saying_path(view, saying->set, saying->phrase);
	size_t count = saying->enlarge ? BUTTONS_MAX : BUTTONS_MAX - 1, each = buttons_in_line(view, count);
	float gap = view_wide(view) ? WIDE_GAP : BUTTON_GAP, height = button_height(view);
	float width = (box.w - gap * (float)(each - 1)) / (float)each;
	for (size_t i = 0; i < count; i++) {
		size_t line = i / each;
		button_draw(view,
			    (struct box){box.x + (width + gap) * (float)(i % each),
					 box.y + (height + BUTTON_GAP) * (float)line, width, height},
			    &buttons[i], path, each == BUTTONS_MAX && !view_wide(view) ? BUTTON_THREE : 1);
	}
}

void saying_draw(struct view *view, struct box box, const struct saying *saying)
{
	struct ui *ui = view->ui;
	const struct phrase *phrase = saying->phrase;
	const char *own = saying_own(view, phrase);
	struct box line = {box.x + saying->pad, box.y + TOP, box.w - 2 * saying->pad, 0};
	ui_round(ui, box, TOKEN_RADIUS_PANEL, ui_colour(ui, COLOUR_NAV));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, box, TOKEN_RADIUS_PANEL, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	float label = fmaxf(saying->label_h, LABEL_ICON);
	ui_icon(ui, (struct box){line.x, line.y, LABEL_ICON, label},
		phrase->from == PHRASE_FROM_VISITOR ? "staff" : "person", LABEL_ICON, saying->label.colour);
	ui_text(ui,
		(struct box){line.x + LABEL_ICON + 16, line.y + (label - saying->label_h) / 2, line.w - LABEL_ICON - 16,
			     0},
		&saying->label, label_of(view, phrase));
	line.y += label + LABEL_GAP;
	line.y += ui_text(ui, line, &saying->large, phrase->danish);
	if (own) {
		ui_fill(ui, (struct box){line.x, line.y + RULE_ABOVE - 2, line.w, 2}, ui_colour(ui, COLOUR_FJORD_LINE));
		line.y += RULE_ABOVE + RULE_BELOW;
		ui_text(ui, line, &saying->other, own);
	}
	line.y = box.y + box.h - TOP - saying->buttons_h;
	buttons_draw(view, line, saying);
}
