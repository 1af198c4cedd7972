#include "screens/column.h"

#include "tokens.h"

#include <math.h>

#define GAP             28.0f
#define CARDS_GAP       33.0f
#define CARD_GAP        24.0f
#define CARD_PAD        26.0f
#define CARD_ICON       44.0f
#define LABEL_START     88.0f
#define LABEL_END       12.0f
#define LABEL_LEAST     0.85f /* of its size, where all can be equally large */
#define LABEL_SHRINK    0.8f  /* of that, one by itself */
#define ROW_PAD         27.0f
#define ROW_PAD_LINES   14.0f /* where one of them has more lines */
#define ROW_EDGE        28.0f
#define ROW_ICON        44.0f
#define ROW_ICON_150    60.0f /* and from there on */
#define ROW_GAP         16.0f /* from icon to label */
#define ROW_GAP_150     36.0f
#define ROW_PAD_STACKED 20.0f
#define VALUE_GAP       46.0f
#define LABEL_SHARE     0.42f /* of the row, for the longest label */

static float value_y(const struct ui *ui)
{
	return CARD_PAD + fmaxf(CARD_ICON, theme_type(TYPE_SMALL, ui_text_size(ui)).line) + 12;
}

static void card_draw(struct column *column, struct box box, const struct fact *fact, float share)
{
	struct ui *ui = column->view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2),
		       value = column_style(column, TYPE_LABEL, COLOUR_INK);
	float line = theme_type(TYPE_SMALL, ui_text_size(ui)).line;
	label.lines_max = 1;
	label.size = theme_type(TYPE_SMALL, ui_text_size(ui)).size * share;
	label.line = line;
	label.shrink_to = LABEL_SHRINK;
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SURFACE));
	ui_ring(ui, box, TOKEN_RADIUS_CARD,
		ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
		ui_colour(ui, COLOUR_LINE));
	float row = fmaxf(CARD_ICON, line);
	ui_icon(ui, (struct box){box.x + CARD_PAD, box.y + CARD_PAD, CARD_ICON, row}, fact->icon, CARD_ICON,
		column->hue.main);
	ui_text(ui,
		(struct box){box.x + LABEL_START, box.y + CARD_PAD + (row - line) / 2, box.w - LABEL_START - LABEL_END,
			     line},
		&label, fact->label);
	ui_text(ui, (struct box){box.x + CARD_PAD, box.y + value_y(ui), box.w - 2 * CARD_PAD, 0}, &value, fact->value);
}

static float card_width(const struct column *column, const struct page *page)
{
	return (column->w - CARD_GAP * (float)(page->fact_count - 1)) / (float)page->fact_count;
}

/* Of its size, what the longest label may have to stand on a line in its card. */
static float label_share(const struct column *column, const struct page *page)
{
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2);
	float room = card_width(column, page) - LABEL_START - LABEL_END, most = room;
	for (size_t i = 0; i < page->fact_count; i++)
		most = fmaxf(most, ui_text_width(column->view->ui, &label, page->facts[i].label) + 1);
	return room / most;
}

static void cards_draw(struct column *column, const struct page *page)
{
	struct ui *ui = column->view->ui;
	float width = card_width(column, page), height = TOKEN_SIZE_FACT_H;
	struct ui_text value = column_style(column, TYPE_LABEL, COLOUR_INK);
	for (size_t i = 0; i < page->fact_count; i++)
		height = fmaxf(height, value_y(ui) +
					       ui_text_height(ui, width - 2 * CARD_PAD, &value, page->facts[i].value) +
					       18);
	/* Labels beside each other are equally large. */
	float share = fmaxf(label_share(column, page), LABEL_LEAST);
	for (size_t i = 0; i < page->fact_count; i++)
		card_draw(column, (struct box){column->x + (width + CARD_GAP) * (float)i, column->y, width, height},
			  &page->facts[i], share);
	column->y += height;
}

/* Where the parts of all rows stand, from the start of the card. */
struct row_plan {
	bool stacked; /* the value stands under the label */
	float icon, label, label_w, value, value_w;
};

static struct row_plan plan_rows(const struct column *column, const struct page *page)
{
	struct ui *ui = column->view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2);
	bool large = ui_text_size(ui) >= TEXT_150;
	struct row_plan plan = {.icon = large ? ROW_ICON_150 : ROW_ICON};
	plan.label = ROW_EDGE + plan.icon + (large ? ROW_GAP_150 : ROW_GAP);
	float most = 0, room = column->w - plan.label - ROW_EDGE;
	for (size_t i = 0; i < page->fact_count; i++)
		most = fmaxf(most, ui_text_width(ui, &label, page->facts[i].label));
	plan.stacked = ui_text_size(ui) >= TEXT_200 || most > room * LABEL_SHARE;
	plan.label_w = plan.stacked ? room : most + 2;
	plan.value = plan.stacked ? plan.label : plan.label + most + VALUE_GAP;
	plan.value_w = column->w - plan.value - ROW_EDGE;
	return plan;
}

static float row_height(const struct column *column, const struct row_plan *plan, const struct fact *fact)
{
	struct ui *ui = column->view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2),
		       value = column_style(column, TYPE_LABEL, COLOUR_INK);
	float first = ui_text_height(ui, plan->label_w, &label, fact->label),
	      second = ui_text_height(ui, plan->value_w, &value, fact->value);
	return plan->stacked ? fmaxf(first + second, plan->icon) + 2 * ROW_PAD_STACKED
			     : fmaxf(fmaxf(first, second) + 2 * ROW_PAD_LINES,
				     theme_type(TYPE_LABEL, ui_text_size(ui)).line + 2 * ROW_PAD);
}

static void row_draw(struct column *column, struct box box, const struct row_plan *plan, const struct fact *fact)
{
	struct ui *ui = column->view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2),
		       value = column_style(column, TYPE_LABEL, COLOUR_INK);
	float first = ui_text_height(ui, plan->label_w, &label, fact->label),
	      second = ui_text_height(ui, plan->value_w, &value, fact->value);
	float y = box.y + (box.h - first - second) / 2;
	ui_icon(ui,
		(struct box){box.x + ROW_EDGE, plan->stacked ? y : box.y, plan->icon, plan->stacked ? first : box.h},
		fact->icon, plan->icon, column->hue.main);
	ui_text(ui,
		(struct box){box.x + plan->label, plan->stacked ? y : box.y + (box.h - first) / 2, plan->label_w,
			     first},
		&label, fact->label);
	ui_text(ui,
		(struct box){box.x + plan->value, plan->stacked ? y + first : box.y + (box.h - second) / 2,
			     plan->value_w, second},
		&value, fact->value);
}

static void rows_draw(struct column *column, const struct page *page)
{
	struct ui *ui = column->view->ui;
	float edge = ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD;
	struct row_plan plan = plan_rows(column, page);
	struct box card = {column->x, column->y, column->w, 0};
	for (size_t i = 0; i < page->fact_count; i++)
		card.h += row_height(column, &plan, &page->facts[i]);
	ui_round(ui, card, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SURFACE));
	ui_ring(ui, card, TOKEN_RADIUS_CARD, edge, ui_colour(ui, COLOUR_LINE));
	for (size_t i = 0; i < page->fact_count; i++) {
		struct box row = {card.x, column->y, card.w, row_height(column, &plan, &page->facts[i])};
		if (i > 0)
			ui_fill(ui, (struct box){row.x, row.y - 1, row.w, 2}, ui_colour(ui, COLOUR_LINE));
		row_draw(column, row, &plan, &page->facts[i]);
		column->y += row.h;
	}
}

float column_facts_height(const struct column *column, const struct page *page)
{
	struct row_plan plan = plan_rows(column, page);
	float height = page->fact_count > 0 ? GAP : 0;
	for (size_t i = 0; i < page->fact_count; i++)
		height += row_height(column, &plan, &page->facts[i]);
	return height;
}

void column_facts(struct column *column, const struct page *page, bool rows)
{
	if (page->fact_count == 0)
		return;
	column->y += rows ? GAP : CARDS_GAP;
	if (rows || label_share(column, page) < LABEL_LEAST * LABEL_SHRINK)
		rows_draw(column, page);
	else
		cards_draw(column, page);
}
