#include "screens/frame.h"
#include "screens/panel.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define GAP         16.0f
#define PAD         28.0f
#define ICON        52.0f
#define NUMBER_GAP  32.0f
#define FOOT_PAD    40.0f
#define FOOT_LOW    24.0f /* lying */
#define LEAST_PAD   20.0f /* above and below the words of a row */
#define COLUMNS_MAX 2

/* These are in the firmware: they stand here whatever the content is. */
static const struct number {
	const char *number; /* NULL: of the doctor on call */
	enum word word;
	bool red;
} numbers[] = {
	{"112", WORD_CALL_112, true},
	{"114", WORD_CALL_114, false},
	{NULL, WORD_CALL_DOCTOR, false},
	{"1888", WORD_CALL_1888, false},
};

static const char *digits(const struct view *view, const struct number *number)
{
	return number->number ? number->number : view->doctor_phone;
}

static struct ui_text digits_style(const struct view *view, const struct number *number)
{
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(view->ui));
	float share = number->red ? 1.25f : 0.75f;
	return (struct ui_text){.colour = ui_colour(view->ui, number->red ? COLOUR_ON_RED : COLOUR_INK),
				.size = h1.size * share,
				.line = h1.line * share,
				.bold = true,
				.lines_max = 1,
				.shrink_to = 0.5f,
				.lang = "en",
				.rtl = -1};
}

static struct ui_text word_style(const struct view *view, const struct number *number)
{
	return (struct ui_text){.type = TYPE_SUB,
				.colour = ui_colour(view->ui, number->red ? COLOUR_ON_RED : COLOUR_INK),
				.bold = number->red};
}

/* Those there are a number for. */
static size_t rows_here(const struct view *view, const struct number *rows[ARRAY_LEN(numbers)])
{
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (digits(view, &numbers[i]))
			rows[count++] = &numbers[i];
	return count;
}

/* Where the parts of the rows of a column stand. */
struct plan {
	float width;
	bool stacked; /* the words stand under the number */
	float digits_x, digits_w, word_x, word_w;
};

/* Beside each other, the words of all columns have the same width, however long their numbers are. */
static void plan_rows(const struct view *view, float width, size_t columns, struct plan plans[COLUMNS_MAX])
{
	const struct number *rows[ARRAY_LEN(numbers)];
	size_t all = rows_here(view, rows);
	float digits_all = 0, digits_most = 0;
	for (size_t i = 0; i < columns; i++) {
		plans[i] = (struct plan){.digits_x = PAD + ICON + 24};
		for (size_t j = i; j < all; j += columns) {
			struct ui_text style = digits_style(view, rows[j]);
			plans[i].digits_w =
				fmaxf(plans[i].digits_w, ui_text_width(view->ui, &style, digits(view, rows[j])) + 2);
		}
		digits_all += plans[i].digits_w;
		digits_most = fmaxf(digits_most, plans[i].digits_w);
	}
	float each = (width - FRAME_GUTTER * (float)(columns - 1)) / (float)columns;
	for (size_t i = 0; i < columns; i++) {
		struct plan *plan = &plans[i];
		plan->stacked = digits_most > each * 0.4f || ui_text_size(view->ui) >= TEXT_150;
		plan->width = each;
		if (plan->stacked)
			plan->digits_w = each - plan->digits_x - PAD;
		else
			plan->width += plan->digits_w - digits_all / (float)columns;
		plan->word_x = plan->stacked ? PAD : plan->digits_x + plan->digits_w + NUMBER_GAP;
		plan->word_w = plan->width - plan->word_x - PAD;
	}
}

static float row_height(struct view *view, const struct plan *plan, const struct number *number)
{
	struct ui_text style = digits_style(view, number), words = word_style(view, number);
	float low = ui_text_height(view->ui, plan->word_w, &words, view_word(view, number->word));
	float high = plan->stacked ? style.line + low : fmaxf(style.line, low);
	return fmaxf(high + 2 * LEAST_PAD, number->red ? 168 : 128);
}

static void row_draw(struct view *view, struct box box, const struct plan *plan, const struct number *number)
{
	struct ui *ui = view->ui;
	struct ui_text style = digits_style(view, number), words = word_style(view, number);
	float low = ui_text_height(ui, plan->word_w, &words, view_word(view, number->word));
	float y = plan->stacked ? box.y + (box.h - style.line - low) / 2 : box.y + (box.h - style.line) / 2;
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, number->red ? COLOUR_RED : COLOUR_SURFACE));
	if (!number->red)
		ui_ring(ui, box, TOKEN_RADIUS_CARD,
			ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
			ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){box.x + PAD, y, ICON, style.line}, "phone", ICON, style.colour);
	ui_text(ui, (struct box){box.x + plan->digits_x, y, plan->digits_w, style.line}, &style, digits(view, number));
	float under = plan->stacked ? y + style.line : box.y + (box.h - low) / 2;
	ui_text(ui, (struct box){box.x + plan->word_x, under, plan->word_w, low}, &words,
		view_word(view, number->word));
}

static float rows_draw(struct view *view, struct box box, size_t columns)
{
	const struct number *rows[ARRAY_LEN(numbers)];
	size_t all = rows_here(view, rows);
	struct plan plans[COLUMNS_MAX];
	float y = box.y;
	plan_rows(view, box.w, columns, plans);
	for (size_t i = 0; i < all; i += columns) {
		size_t count = all - i < columns ? all - i : columns;
		float height = 0, x = box.x;
		for (size_t j = 0; j < count; j++)
			height = fmaxf(height, row_height(view, &plans[j], rows[i + j]));
		for (size_t j = 0; j < count; j++) {
			row_draw(view, (struct box){x, y, plans[j].width, height}, &plans[j], rows[i + j]);
			x += plans[j].width + FRAME_GUTTER;
		}
		y += height + GAP;
	}
	return y - box.y;
}

void emergency_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct panel panel;
	const char *title = view_word(view, WORD_CALL_FOR_HELP);
	struct ui_text big = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	float button = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	float foot_pad = view_wide(view) ? FOOT_LOW : FOOT_PAD;
	float width = panel_begin(&panel, view, title, true, button + 2 * foot_pad - 8);
	size_t columns = view_wide(view) && ui_text_size(ui) < TEXT_150 ? 2 : 1;

	float y = ui_text(ui, (struct box){FRAME_MARGIN, 0, width, 0}, &big, title) + FRAME_GUTTER;
	y += rows_draw(view, (struct box){FRAME_MARGIN, y, width, 0}, columns);
	struct widget_callout phone = {.icon = "info",
				       .fill = ui_colour(ui, COLOUR_FJORD_TINT),
				       .edge = ui_colour(ui, COLOUR_FJORD),
				       .text = view_word(view, WORD_USE_A_PHONE),
				       .reading = true};
	y += widget_callout(ui, FRAME_MARGIN, y, width, &phone);
	struct box foot = panel_end(&panel, y + 8);
	widget_button(ui, (struct box){foot.x, foot.y + foot_pad - 8, foot.w, button}, BUTTON_MAIN, "close",
		      view_word(view, WORD_CLOSE), "close", screen_action(VERB_CLOSE, 0, NULL));
}
