#include "screens/layers.h"

#include "screens/frame.h"

#define SLIDE 48.0f /* design px a page comes from the side */

/* A page comes 48 px from the side, out of the paper. */
static void draw_page(struct view *view)
{
	const struct screen *screen = &screens[view->place.screen];
	float left = 1 - view->motion.page;
	uint32_t paper = ui_colour(view->ui, COLOUR_PAPER) & 0xFFFFFFu, alpha = (uint32_t)(left * 255 + 0.5f);
	if (screen->top)
		frame_top(view);
	ui_move(view->ui, left * view->motion.way * SLIDE, 0, 1);
	screen->draw(view);
	ui_move(view->ui, 0, 0, 1);
	if (left > 0)
		ui_fill(view->ui, frame_room(view), paper | alpha << 24);
	if (!screen->top)
		frame_top(view);
	frame_bottom(view);
}

/* One that goes is still seen, but can no longer be touched. */
static void draw_sheet(struct view *view)
{
	int gone = view->motion.gone_sheet, sheet = view->visit->sheet ? view->visit->sheet : gone;
	if (sheet == SHEET_NONE)
		return;
	ui_ghost(view->ui, sheet == gone);
	ui_layer(view->ui, LAYER_SHEET);
	screen_sheets[sheet].draw(view);
	ui_move(view->ui, 0, 0, 1);
	ui_ghost(view->ui, false);
}

void layers_draw(struct view *view)
{
	if (!view->content) {
		(view->place.screen == SCREEN_STAFF ? staff_page_draw : offline_draw)(view);
		return;
	}
	draw_page(view);
	draw_sheet(view);
	if (view->visit->state == VISIT_ASKING) {
		ui_layer(view->ui, LAYER_QUESTION);
		ui_move(view->ui, 0, 0, view->motion.question);
		question_draw(view);
		ui_move(view->ui, 0, 0, 1);
	}
	int layer = view_layer(view);
	if (layer == LAYER_QUESTION || (layer == LAYER_SHEET && view->visit->sheet != SHEET_EMERGENCY))
		frame_emergency(view, true);
}
