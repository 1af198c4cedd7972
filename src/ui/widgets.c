#include "ui/widgets.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/inside.h"

#include <math.h>
#include <string.h>

#define EDGE_PAD       30.0f  /* row: from its edge to tile and chevron */
#define ROW_PAD        22.0f  /* row: above and below */
#define LOW_HIGH       112.0f /* a low row, and its parts */
#define LOW_TILE       76.0f
#define LOW_ICON       48.0f
#define LOW_GAP        24.0f
#define LOW_PAD        14.0f
#define STATUS_PAD     14.0f /* row with three lines */
#define STATUS_GAP     20.0f
#define BESIDE_EDGE    24.0f /* the same where rows lie beside each other */
#define BESIDE_PAD     19.0f
#define BESIDE_GAP     12.0f
#define NARROW_EDGE    26.0f /* a narrow row, and its parts */
#define NARROW_PAD     20.0f
#define NARROW_GAP     23.0f
#define NARROW_END     12.0f
#define NARROW_TITLE   (44.0f / 46) /* of the lines of its words */
#define NARROW_TEXT    (40.0f / 44)
#define TEXT_SHARE     (30.0f / 32) /* row: of TYPE_SUB, its second line */
#define TEXT_LINE      (42.0f / 44)
#define NARROW_WORDS   4.0f  /* between title and text */
#define DOT            18.0f /* status */
#define DOT_LINE       4.0f
#define DOT_GAP        12.0f
#define KNOB           48.0f        /* switch */
#define ROW_GAP        28.0f        /* row: between tile, words and chevron */
#define WORD_GAP       12.0f        /* button: between pictogram and word */
#define GREAT          (40.0f / 34) /* button: how much larger its words can be, and what goes with them */
#define GREAT_ICON     60.0f
#define GREAT_GAP      16.0f
#define WITHIN         (32.0f / 34) /* the same of one within a callout */
#define WITHIN_ICON    44.0f
#define WITHIN_PAD     20.0f
#define BUTTON_PAD     28.0f
#define CHIP_GAP       4.0f
#define CHIP_PAD       8.0f
#define BAR            10.0f /* callout: edge bar */
#define CALLOUT_ICON   56.0f
#define CALLOUT_PAD    28.0f
#define CALLOUT_LOW    14.0f /* callout with a title alone: above and below the pictogram */
#define CALLOUT_ICON_X 26.0f
#define CALLOUT_TEXT_X 104.0f
#define LABEL_ICON     68.0f /* the same of one that is a label */
#define LABEL_ICON_X   30.0f
#define LABEL_TEXT_X   124.0f
#define BELOW_GAP      24.0f /* callout: over what the caller draws in it */
#define TITLE_LIFT     5.0f  /* callout with a title alone: its words are lower than its pictogram by twice this */

static uint32_t mix(uint32_t a, uint32_t b, float share)
{
	uint32_t mixed = 0;
	for (unsigned shift = 0; shift < 32; shift += 8) {
		float from = (float)(a >> shift & 0xFF), to = (float)(b >> shift & 0xFF);
		mixed |= (uint32_t)(from + (to - from) * share + 0.5f) << shift;
	}
	return mixed;
}

static float edge_width(const struct ui *ui, float normal)
{
	return ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : normal;
}

void widget_tile(struct ui *ui, struct box box, const char *icon, float icon_side, struct hue hue, bool tinted)
{
	float radius = TOKEN_RADIUS_TILE_SHARE * fminf(box.w, box.h);
	bool outlined = ui_theme(ui)->high_contrast;
	ui_round(ui, box, radius, tinted || outlined ? hue.tint : hue.main);
	if (outlined)
		ui_ring(ui, box, radius, TOKEN_BORDER_HIGH_CONTRAST, hue.main);
	ui_icon(ui, box, icon, icon_side, tinted || outlined ? hue.main : hue.on_main);
}

uint32_t widget_card_ink(const struct ui *ui, struct ui_state state, bool chosen)
{
	return ui_colour(ui, chosen || state.pressure > 0.5f ? COLOUR_ON_SELECTED : COLOUR_INK);
}

static void card_face(struct ui *ui, struct box box, const struct ui_target *target, struct ui_state state)
{
	uint32_t selected = ui_colour(ui, COLOUR_SELECTED);
	float radius = target->radius;
	if (target->chosen) {
		ui_round(ui, box, radius, selected);
		ui_ring(ui, box, radius, TOKEN_BORDER_SELECTED, ui_colour(ui, COLOUR_FJORD));
		return;
	}
	uint32_t fill = ui_colour(ui, target->reason ? COLOUR_PAPER : COLOUR_SURFACE);
	if (target->action.verb != 0 && !target->reason)
		ui_shadow(ui, box, radius, 1 - state.pressure);
	ui_round(ui, box, radius, mix(fill, selected, state.pressure));
	bool grey = target->reason && ui_theme(ui)->high_contrast; /* where there is no sunken fill to tell it by */
	uint32_t edge = ui_colour(ui, grey ? COLOUR_DISABLED : COLOUR_LINE);
	ui_ring(ui, box, radius, edge_width(ui, TOKEN_BORDER_CARD), mix(edge, selected, state.pressure));
}

struct ui_state widget_card(struct ui *ui, struct box box, const struct ui_target *target)
{
	struct ui_target own = *target;
	own.radius = TOKEN_RADIUS_CARD;
	struct ui_state state = ui_target(ui, box, &own);
	card_face(ui, box, &own, state);
	return state;
}

static struct ui_text status_words(const struct ui *ui, enum type_role type, const struct widget_status *status,
				   bool silent, uint32_t ink)
{
	bool inverted = ink != ui_colour(ui, COLOUR_INK), quiet = status->quiet && !status->good;
	uint32_t colour = ui_colour(ui, status->good ? COLOUR_GREEN : quiet ? COLOUR_INK2 : COLOUR_INK);
	return (struct ui_text){.type = type, .colour = inverted ? ink : colour, .bold = !quiet, .silent = silent};
}

/* As large beside large words as beside small ones. */
static float dot_side(const struct ui *ui, enum type_role type)
{
	return DOT * theme_type(type, ui_text_size(ui)).size / theme_type(type, TEXT_100).size;
}

float widget_status_height(struct ui *ui, float width, enum type_role type, const struct widget_status *status)
{
	struct ui_text words = status_words(ui, type, status, true, ui_colour(ui, COLOUR_INK));
	return ui_text_height(ui, width - dot_side(ui, type) - DOT_GAP, &words, status->text);
}

static float status_draw(struct ui *ui, struct box box, enum type_role type, const struct widget_status *status,
			 bool silent, uint32_t ink)
{
	struct ui_text words = status_words(ui, type, status, silent, ink);
	float line = theme_type(type, ui_text_size(ui)).line, side = dot_side(ui, type);
	struct box dot = {box.x, box.y + (line - side) / 2, side, side};
	if (status->good)
		ui_round(ui, dot, side / 2, words.colour);
	else
		ui_ring(ui, dot, side / 2, DOT_LINE * side / DOT, words.colour);
	box.x += side + DOT_GAP;
	box.w -= side + DOT_GAP;
	return ui_text(ui, box, &words, status->text);
}

float widget_status(struct ui *ui, struct box box, enum type_role type, const struct widget_status *status)
{
	return status_draw(ui, box, type, status, false, ui_colour(ui, COLOUR_INK));
}

/* Where the parts of a row lie, from its upper start corner. */
struct row_plan {
	bool stacked; /* the tile stands over the words */
	bool end;     /* something stands at the end: chevron or check mark */
	struct box tile;
	float edge, text_x, text_y, text_w, title_h, text_h, status_h, height;
};

static const char *second_line(const struct widget_row *row)
{
	return row->reason ? row->reason : row->text;
}

static const char *second_lang(const struct widget_row *row)
{
	if (row->reason)
		return NULL;
	return row->text_lang ? row->text_lang : row->lang;
}

static struct ui_text row_words(const struct ui *ui, const struct widget_row *row, bool title, uint32_t colour)
{
	struct ui_text words = {.type = title         ? TYPE_H3
					: row->status ? TYPE_SMALL
						      : TYPE_SUB,
				.colour = colour,
				.lang = title ? row->lang : second_lang(row),
				.rtl = title         ? row->rtl
				       : row->reason ? 0
						     : row->text_rtl,
				.silent = row->action.verb != 0 || row->reason};
	struct type_size type = theme_type(words.type, ui_text_size(ui));
	bool sub = words.type == TYPE_SUB && !row->danish;
	words.size = type.size * (sub ? TEXT_SHARE : 1);
	words.line = roundf(type.line * (row->narrow ? title ? NARROW_TITLE : NARROW_TEXT : sub ? TEXT_LINE : 1));
	words.bold = type.bold;
	return words;
}

/* The measures of the kinds of row. */
struct row_form {
	float edge, tile, pad, gap, end_gap, least;
};

static struct row_form row_form(const struct ui *ui, const struct widget_row *row)
{
	float tile = TOKEN_ICON_TILE_ROW, least = TOKEN_SIZE_ROW;
	if (row->low)
		return (struct row_form){EDGE_PAD, LOW_TILE, LOW_PAD, LOW_GAP, ROW_GAP, LOW_HIGH};
	if (row->status && ui_landscape(ui))
		return (struct row_form){BESIDE_EDGE, tile, BESIDE_PAD, BESIDE_EDGE, BESIDE_GAP, least};
	if (row->status)
		return (struct row_form){EDGE_PAD, tile, STATUS_PAD, ROW_GAP, STATUS_GAP, least};
	if (row->narrow)
		return (struct row_form){NARROW_EDGE, tile, NARROW_PAD, NARROW_GAP, NARROW_END, least};
	return (struct row_form){EDGE_PAD, tile, ROW_PAD, ROW_GAP, ROW_GAP, least};
}

static struct row_plan plan_row(struct ui *ui, float width, const struct widget_row *row)
{
	struct row_form form = row_form(ui, row);
	float tile = form.tile;
	struct row_plan plan = {.edge = form.edge, .text_x = form.edge, .text_y = ROW_PAD};
	bool pressable = row->action.verb != 0 && !row->reason;
	plan.stacked = row->icon && ui_text_size(ui) == TEXT_200;
	plan.end = row->chosen || pressable;
	plan.tile = (struct box){form.edge, ROW_PAD, tile, tile};
	if (row->icon && !plan.stacked)
		plan.text_x += tile + form.gap;
	plan.text_w = width - plan.text_x - form.edge - (plan.end ? TOKEN_ICON_CHEVRON + form.end_gap : 0);
	struct ui_text title = row_words(ui, row, true, 0), text = row_words(ui, row, false, 0);
	plan.title_h = row->title ? ui_text_height(ui, plan.text_w, &title, row->title) : 0;
	plan.text_h = second_line(row) ? ui_text_height(ui, plan.text_w, &text, second_line(row)) : 0;
	if (row->narrow && plan.text_h > 0)
		plan.title_h += NARROW_WORDS;
	plan.status_h = row->status ? widget_status_height(ui, plan.text_w, TYPE_SMALL, row->status) : 0;

	float lines = plan.title_h + plan.text_h + plan.status_h, words = lines;
	if (plan.stacked)
		words += tile + ROW_PAD;
	plan.height = fmaxf(fmaxf(words + 2 * form.pad, form.least), row->height);
	plan.text_y = (plan.height - lines) / 2;
	if (plan.stacked)
		plan.text_y = plan.tile.y + tile + ROW_PAD;
	else
		plan.tile.y = (plan.height - tile) / 2;
	return plan;
}

float widget_row_height(struct ui *ui, float width, const struct widget_row *row)
{
	return plan_row(ui, width, row).height;
}

static struct ui_state row_face(struct ui *ui, struct box box, const struct widget_row *row)
{
	const char *title = row->title ? row->title : "", *text = second_line(row) ? second_line(row) : "";
	const char *name = arena_printf(&ui->arena, "%s%s%s%s%s", title, *title && *text ? ". " : "", text,
					row->status ? ". " : "", row->status ? row->status->text : "");
	struct ui_target target = {.role = row->chosen || row->choice ? ROLE_CHOICE : ROLE_BUTTON,
				   .id = row->id,
				   .name = name ? name : title,
				   .lang = row->lang,
				   .action = row->action,
				   .reason = row->reason,
				   .chosen = row->chosen,
				   .radius = TOKEN_RADIUS_CARD};
	struct ui_state state = {0};
	if (row->action.verb != 0 || row->reason)
		state = ui_target(ui, box, &target);
	card_face(ui, box, &target, state);
	return state;
}

float widget_row(struct ui *ui, float x, float y, float width, const struct widget_row *row)
{
	struct row_plan plan = plan_row(ui, width, row);
	struct ui_state state = row_face(ui, (struct box){x, y, width, plan.height}, row);
	uint32_t ink = widget_card_ink(ui, state, row->chosen);
	bool inverted = ink != ui_colour(ui, COLOUR_INK);

	struct hue hue = row->hue;
	if (row->reason) {
		hue.main = hue.on_main = ui_colour(ui, COLOUR_DISABLED);
		hue.tint = ui_colour(ui, COLOUR_SAND);
	}
	struct box tile = {x + plan.tile.x, y + plan.tile.y, plan.tile.w, plan.tile.h};
	if (row->icon)
		widget_tile(ui, tile, row->icon, row->low ? LOW_ICON : TOKEN_ICON_TILE_ROW_ICON, hue,
			    !row->filled || row->reason);

	struct ui_text title = row_words(ui, row, true, ink);
	struct ui_text text =
		row_words(ui, row, false, inverted ? ink : ui_colour(ui, row->danish ? COLOUR_FJORD : COLOUR_INK2));
	struct box words = {x + plan.text_x, y + plan.text_y, plan.text_w, 0};
	if (row->title)
		ui_text(ui, words, &title, row->title);
	words.y += plan.title_h;
	if (second_line(row))
		ui_text(ui, words, &text, second_line(row));
	words.y += plan.text_h;
	if (row->status)
		status_draw(ui, words, TYPE_SMALL, row->status, row->action.verb != 0, ink);
	struct box end = {x + width - plan.edge - TOKEN_ICON_CHEVRON, y, TOKEN_ICON_CHEVRON, plan.height};
	if (plan.end && (row->chosen || !row->choice))
		ui_icon(ui, end, row->chosen ? "check" : "chev", TOKEN_ICON_CHEVRON, ink);
	return plan.height;
}

/* Colours and measures of a pill; its words change only in high contrast, where what is pressed becomes bright. */
struct pill {
	enum colour fill, pressed, edge, words, words_inverted;
	float grown;          /* words, of their size */
	float side, gap, pad; /* pictogram, from it to the words, at the ends */
};

static const struct pill pills[] = {
	[BUTTON_MAIN] = {COLOUR_FJORD, COLOUR_FJORD_DEEP, COLOUR_FJORD, COLOUR_ON_FJORD, COLOUR_ON_FJORD, 1,
			 TOKEN_ICON_BUTTON, WORD_GAP, BUTTON_PAD},
	[BUTTON_GREAT] = {COLOUR_FJORD, COLOUR_FJORD_DEEP, COLOUR_FJORD, COLOUR_ON_FJORD, COLOUR_ON_FJORD, GREAT,
			  GREAT_ICON, GREAT_GAP, BUTTON_PAD},
	[BUTTON_SECOND] = {COLOUR_SURFACE, COLOUR_SELECTED, COLOUR_FJORD, COLOUR_FJORD, COLOUR_ON_SELECTED, 1,
			   TOKEN_ICON_BUTTON, WORD_GAP, BUTTON_PAD},
	[BUTTON_WITHIN] = {COLOUR_SURFACE, COLOUR_SELECTED, COLOUR_FJORD, COLOUR_FJORD, COLOUR_ON_SELECTED, WITHIN,
			   WITHIN_ICON, WORD_GAP, WITHIN_PAD},
};
static_assert(ARRAY_LEN(pills) == BUTTON_KIND_COUNT, "a kind of button has no look");
static const struct pill disabled_pill = {COLOUR_SAND, COLOUR_SAND,       COLOUR_DISABLED, COLOUR_INK2, COLOUR_INK2,
					  1,           TOKEN_ICON_BUTTON, WORD_GAP,        BUTTON_PAD};

static struct ui_text pill_style(const struct ui *ui, const struct pill *pill, const char *lang)
{
	struct type_size type = theme_type(TYPE_BUTTON, ui_text_size(ui));
	return (struct ui_text){.size = type.size * pill->grown,
				.line = type.line * pill->grown,
				.bold = true,
				.silent = true,
				.lang = lang,
				.shrink_to = 0.6f};
}

float widget_button_width(struct ui *ui, enum widget_button_kind kind, const char *icon, const char *name,
			  const char *lang)
{
	const struct pill *pill = &pills[kind];
	struct ui_text style = pill_style(ui, pill, lang);
	return ui_text_width(ui, &style, name) + 1 + 2 * pill->pad + (icon ? pill->side + pill->gap : 0);
}

static void pill_words(struct ui *ui, struct box box, const struct pill *pill, const char *icon, const char *name,
		       const char *lang, uint32_t colour)
{
	struct ui_text style = pill_style(ui, pill, lang);
	bool onward = icon && strcmp(icon, "chev") == 0; /* what leads on stands after the word */
	float beside = icon ? pill->side + pill->gap : 0;
	float room = box.w - 2 * pill->pad - beside;
	style.colour = colour;
	/* One word shrinks rather than being broken. */
	style.lines_max = strchr(name, ' ') && box.h >= 2 * style.line + 8 ? 2 : 1;
	float wide = fminf(ui_text_width(ui, &style, name), room);
	float high = ui_text_height(ui, wide, &style, name);
	float x = box.x + (box.w - beside - wide) / 2;
	if (icon)
		ui_icon(ui, (struct box){onward ? x + wide + beside - pill->side : x, box.y, pill->side, box.h}, icon,
			pill->side, colour);
	ui_text(ui, (struct box){onward ? x : x + beside, box.y + (box.h - high) / 2, wide, high}, &style, name);
}

void widget_button_in(struct ui *ui, struct box box, enum widget_button_kind kind, const char *icon, const char *name,
		      const char *lang, const char *id, struct action action)
{
	float radius = TOKEN_RADIUS_PILL_SHARE * box.h;
	struct ui_target target = {
		.role = ROLE_BUTTON, .id = id, .name = name, .lang = lang, .action = action, .radius = radius};
	struct ui_state state = ui_target(ui, box, &target);
	const struct pill *pill = action.verb ? &pills[kind] : &disabled_pill;
	if (action.verb)
		ui_shadow(ui, box, radius, 1 - state.pressure);
	ui_round(ui, box, radius, mix(ui_colour(ui, pill->fill), ui_colour(ui, pill->pressed), state.pressure));
	if (pill->fill == COLOUR_SURFACE || (!action.verb && ui_theme(ui)->high_contrast))
		ui_ring(ui, box, radius, edge_width(ui, TOKEN_BORDER_SECOND), ui_colour(ui, pill->edge));
	bool inverted = state.pressure > 0.5f && ui_theme(ui)->high_contrast;
	pill_words(ui, box, pill, icon, name, lang, ui_colour(ui, inverted ? pill->words_inverted : pill->words));
}

void widget_button(struct ui *ui, struct box box, enum widget_button_kind kind, const char *icon, const char *name,
		   const char *id, struct action action)
{
	widget_button_in(ui, box, kind, icon, name, NULL, id, action);
}

float widget_chip_height(const struct ui *ui)
{
	return fmaxf(TOKEN_SIZE_CHIP, TOKEN_ICON_CHIP + CHIP_GAP + theme_type(TYPE_SMALL, ui_text_size(ui)).line + 24);
}

void widget_switch(struct ui *ui, float x, float y, bool on)
{
	struct box track = {x, y, WIDGET_SWITCH_WIDE, WIDGET_SWITCH_HIGH};
	float in = (WIDGET_SWITCH_HIGH - KNOB) / 2;
	struct box knob = {on ? x + WIDGET_SWITCH_WIDE - KNOB - in : x + in, y + in, KNOB, KNOB};
	ui_round(ui, track, WIDGET_SWITCH_HIGH / 2, ui_colour(ui, on ? COLOUR_FJORD : COLOUR_SURFACE));
	if (!on)
		ui_ring(ui, track, WIDGET_SWITCH_HIGH / 2, 4, ui_colour(ui, COLOUR_LINE_STRONG));
	ui_round(ui, knob, KNOB / 2, ui_colour(ui, on ? COLOUR_ON_FJORD : COLOUR_LINE_STRONG));
	if (on)
		ui_icon(ui, knob, "check", 32, ui_colour(ui, COLOUR_FJORD));
}

void widget_chip(struct ui *ui, struct box box, const char *icon, const char *name, const char *id,
		 struct action action, bool chosen)
{
	float radius = TOKEN_RADIUS_CALLOUT;
	struct ui_target target = {
		.role = ROLE_CHOICE, .id = id, .name = name, .action = action, .chosen = chosen, .radius = radius};
	struct ui_state state = ui_target(ui, box, &target);
	uint32_t fill = ui_colour(ui, chosen ? COLOUR_FJORD : COLOUR_SURFACE);
	uint32_t pressed = ui_colour(ui, chosen ? COLOUR_FJORD_DEEP : COLOUR_SELECTED);
	uint32_t ink = chosen ? ui_colour(ui, COLOUR_ON_FJORD) : widget_card_ink(ui, state, false);
	if (!chosen)
		ui_shadow(ui, box, radius, 1 - state.pressure);
	ui_round(ui, box, radius, mix(fill, pressed, state.pressure));
	if (!chosen)
		ui_ring(ui, box, radius, edge_width(ui, TOKEN_BORDER_CARD), ui_colour(ui, COLOUR_LINE));

	struct ui_text style = {.type = TYPE_SMALL,
				.colour = ink,
				.align = ALIGN_CENTRE,
				.lines_max = 1,
				.bold = true,
				.silent = true,
				.shrink_to = 0.6f};
	float line = theme_type(TYPE_SMALL, ui_text_size(ui)).line;
	if (box.h >= TOKEN_ICON_CHIP + CHIP_GAP + 2 * line + 2 * CHIP_PAD)
		style.lines_max = 2;
	float wide = box.w - 2 * CHIP_PAD, high = ui_text_height(ui, wide, &style, name);
	float top = box.y + (box.h - TOKEN_ICON_CHIP - CHIP_GAP - high) / 2;
	ui_icon(ui, (struct box){box.x, top, box.w, TOKEN_ICON_CHIP}, icon, TOKEN_ICON_CHIP, ink);
	ui_text(ui, (struct box){box.x + CHIP_PAD, top + TOKEN_ICON_CHIP + CHIP_GAP, wide, high}, &style, name);
}

struct callout_plan {
	struct ui_text title, text;
	float text_x, text_w, title_h, text_h, icon, icon_y, title_y, below_y, height;
};

float widget_callout_width(float width, const struct widget_callout *callout)
{
	return width - (callout->label ? LABEL_TEXT_X : CALLOUT_TEXT_X) - CALLOUT_PAD;
}

static struct callout_plan plan_callout(struct ui *ui, float width, const struct widget_callout *callout)
{
	uint32_t ink = ui_colour(ui, COLOUR_INK);
	struct callout_plan plan = {
		.title = {.type = TYPE_H3, .colour = ink, .lang = callout->lang},
		.text = {.type = callout->reading ? TYPE_BODY : TYPE_SUB,
			 .colour = ink,
			 .lang = callout->lang,
			 .spans = callout->spans,
			 .span_count = callout->span_count},
		.text_x = callout->label ? LABEL_TEXT_X : CALLOUT_TEXT_X,
		.text_w = widget_callout_width(width, callout),
		.icon = callout->label ? LABEL_ICON : CALLOUT_ICON,
	};
	if (callout->title)
		plan.title_h = ui_text_height(ui, plan.text_w, &plan.title, callout->title);
	if (callout->text)
		plan.text_h = ui_text_height(ui, plan.text_w, &plan.text, callout->text);
	bool alone = !callout->text && callout->below <= 0;
	float pad = alone ? CALLOUT_LOW : CALLOUT_PAD, below = callout->below > 0 ? BELOW_GAP + callout->below : 0;
	plan.title_y = alone ? pad + TITLE_LIFT : pad;
	enum type_role first = callout->title ? plan.title.type : plan.text.type;
	float line = theme_type(first, ui_text_size(ui)).line;
	plan.icon_y = fmaxf(pad, plan.title_y + (line - plan.icon) / 2); /* beside large words: their first line */
	plan.below_y = plan.title_y + plan.title_h + plan.text_h + BELOW_GAP;
	plan.height = fmaxf(2 * plan.title_y + plan.title_h + plan.text_h + below, 2 * pad + plan.icon);
	if (callout->text && below <= 0) /* a line beside the pictogram: at its middle */
		plan.title_y = fmaxf(plan.title_y, (plan.height - plan.title_h - plan.text_h) / 2);
	return plan;
}

float widget_callout_height(struct ui *ui, float width, const struct widget_callout *callout)
{
	return plan_callout(ui, width, callout).height;
}

struct box widget_callout_words(struct ui *ui, float x, float y, float width, const struct widget_callout *callout)
{
	struct callout_plan plan = plan_callout(ui, width, callout);
	return (struct box){x + plan.text_x, y + plan.title_y + plan.title_h, plan.text_w, plan.text_h};
}

struct box widget_callout_below(struct ui *ui, float x, float y, float width, const struct widget_callout *callout)
{
	struct callout_plan plan = plan_callout(ui, width, callout);
	return (struct box){x + plan.text_x, y + plan.below_y, plan.text_w, callout->below};
}

float widget_callout(struct ui *ui, float x, float y, float width, const struct widget_callout *callout)
{
	struct callout_plan plan = plan_callout(ui, width, callout);
	float radius = TOKEN_RADIUS_CALLOUT;
	/* The bar is as wide as the corner before the fill covers it, so its outer corners are the callout's. */
	ui_round_corners(ui, (struct box){x, y, 2 * radius, plan.height}, radius, CORNERS_LEFT, callout->edge);
	ui_round_corners(ui, (struct box){x + BAR, y, width - BAR, plan.height}, radius, CORNERS_RIGHT, callout->fill);
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, (struct box){x, y, width, plan.height}, radius, TOKEN_BORDER_HIGH_CONTRAST,
			ui_colour(ui, COLOUR_LINE));
	float icon_x = x + (callout->label ? LABEL_ICON_X : CALLOUT_ICON_X);
	ui_icon(ui, (struct box){icon_x, y + plan.icon_y, plan.icon, plan.icon}, callout->icon, plan.icon,
		callout->edge);
	struct box words = {x + plan.text_x, y + plan.title_y, plan.text_w, 0};
	if (callout->title)
		ui_text(ui, words, &plan.title, callout->title);
	words.y += plan.title_h;
	if (callout->text)
		ui_text(ui, words, &plan.text, callout->text);
	return plan.height;
}
