#include "screens/heading.h"

#include "ui/widgets.h"

#include <math.h>

#define ICON_SHARE 0.68f /* of the tile */
#define GAP        28.0f
#define LOW        100.0f /* a tile no higher is nearer to its words: */
#define LOW_GAP    24.0f
#define OVER_GAP   16.0f
#define RISE       6.0f /* so far may words that are higher than the tile begin above it */

/* Where the parts lie, from the upper start corner. */
struct plan {
	struct ui_text above, title, below;
	float tile, text_x, text_y, text_w, above_h, title_h, height;
};

static struct plan plan_heading(const struct view *view, float width, const struct heading *heading)
{
	struct ui *ui = view->ui;
	enum text_size size = ui_text_size(ui);
	struct type_size h1 = theme_type(TYPE_H1, size);
	bool over = size >= TEXT_200;
	struct plan plan = {
		.above = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_FJORD)},
		.title = {.colour = ui_colour(ui, COLOUR_INK),
			  .size = h1.size * heading->share,
			  .line = h1.line * heading->share,
			  .bold = true,
			  .spacing = UI_TITLE_SPACING,
			  .title = true,
			  .shrink_to = 0.6f,
			  .lang = heading->title_lang},
		.below = {.type = TYPE_SUB, .colour = ui_colour(ui, COLOUR_INK2), .lang = heading->title_lang},
		.tile = heading->tile * (size >= TEXT_150 ? 1.2f : 1),
	};
	plan.text_x = over ? 0 : plan.tile + (heading->tile <= LOW ? LOW_GAP : GAP);
	plan.text_w = width - plan.text_x;
	if (heading->above)
		plan.above_h = ui_text_height(ui, plan.text_w, &plan.above, heading->above);
	plan.title_h = ui_text_height(ui, plan.text_w, &plan.title, heading->title);
	float words = plan.above_h + plan.title_h;
	if (heading->below)
		words += ui_text_height(ui, plan.text_w, &plan.below, heading->below);
	plan.text_y = over ? plan.tile + OVER_GAP : fmaxf((plan.tile - words) / 2, -RISE);
	plan.height = fmaxf(plan.text_y + words, plan.tile);
	return plan;
}

float heading_draw(struct view *view, struct box box, const struct heading *heading)
{
	struct ui *ui = view->ui;
	struct plan plan = plan_heading(view, box.w, heading);
	struct box words = {box.x + plan.text_x, box.y + plan.text_y, plan.text_w, plan.above_h};
	widget_tile(ui, (struct box){box.x, box.y, plan.tile, plan.tile}, heading->icon, plan.tile * ICON_SHARE,
		    heading->hue, false);
	if (heading->above)
		ui_text(ui, words, &plan.above, heading->above);
	words.y += plan.above_h;
	ui_text(ui, words, &plan.title, heading->title);
	words.y += plan.title_h;
	if (heading->below)
		ui_text(ui, words, &plan.below, heading->below);
	return plan.height;
}
