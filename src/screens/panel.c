#include "screens/panel.h"

#include "screens/frame.h"
#include "tokens.h"

#include <math.h>

#define TOP_PAD   36.0f
#define PAGE_LEFT 24.0f /* of the page, at least, between the top bar and the sheet */

float panel_begin(struct panel *panel, struct view *view, const char *title, bool scrim, float foot)
{
	struct ui *ui = view->ui;
	float width = ui_width(ui), height = ui_height(ui), most = height - frame_top_height(view) - PAGE_LEFT;
	float high = view->fit.sheet_height > 0 ? fminf(view->fit.sheet_height, most) : most;
	struct box box = {0, height - high, width, high};
	unsigned corners = CORNERS_TOP;
	ui_move(ui, 0, 0, view->motion.sheet);
	if (scrim)
		ui_fill(ui, (struct box){0, 0, width, height}, ui_colour(ui, COLOUR_SCRIM));
	ui_move(ui, 0, high * (1 - view->motion.sheet), 1);
	struct box taller = {box.x, box.y, box.w, box.h + 2 * TOKEN_RADIUS_SHEET};
	ui_dialog_shadow(ui, taller, TOKEN_RADIUS_SHEET);
	ui_round_corners(ui, box, TOKEN_RADIUS_SHEET, corners, ui_colour(ui, COLOUR_PAPER));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, taller, TOKEN_RADIUS_SHEET, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	ui_meaning(ui, box, ROLE_DIALOG, title);
	*panel = (struct panel){
		.view = view, .foot = foot, .roll = {box.x, box.y + TOP_PAD, box.w, box.h - TOP_PAD - foot}};
	frame_roll_begin(view, LAYER_SHEET, panel->roll);
	return width - 2 * FRAME_MARGIN;
}

struct box panel_end(struct panel *panel, float height)
{
	struct view *view = panel->view;
	frame_roll_end(view, LAYER_SHEET, panel->roll, height);
	view->found.sheet_height = TOP_PAD + height + panel->foot;
	struct box roll = panel->roll;
	return (struct box){FRAME_MARGIN, roll.y + roll.h, roll.w - 2 * FRAME_MARGIN, panel->foot};
}
