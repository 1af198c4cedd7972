#include "screens/frame.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define PICTURE_HIGH 480.0f

/* Calm: nothing went wrong that the visitor could have done otherwise. */
void gone_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct box room = frame_room(view);
	struct ui_text title = {.type = TYPE_H1, .colour = ui_colour(ui, COLOUR_INK), .title = true};
	bool lying = view_wide(view);
	bool pictured = view_pictured(view);
	float start = lying ? room.w / 2 : 0, y = lying ? 120 : 60;
	float width = room.w - start - 2 * FRAME_MARGIN;
	frame_roll_begin(view, LAYER_SCREEN, room);
	if (pictured && lying)
		ui_picture(ui, (struct box){0, 0, start, room.h}, "offline");
	if (pictured && !lying) {
		ui_picture(ui, (struct box){0, 0, room.w, PICTURE_HIGH}, "offline");
		y = PICTURE_HIGH + 60;
	}
	y += ui_text(ui, (struct box){start + FRAME_MARGIN, y, width, 0}, &title, view_word(view, WORD_PAGE_GONE)) + 48;
	float button = fmaxf(TOKEN_SIZE_BUTTON_MAIN, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	widget_button(ui, (struct box){start + FRAME_MARGIN, y, fminf(width, 600), button}, BUTTON_MAIN, "home",
		      view_word(view, WORD_HOME), "gone.home", screen_action(VERB_HOME, 0, NULL));
	frame_roll_end(view, LAYER_SCREEN, room, y + button + 48);
}
