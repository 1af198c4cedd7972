#include "screens/frame.h"
#include "ui/widgets.h"

#include <math.h>

#define AROUND 24.0f

/* The staff's language, which no part of the content says. */
static const char lang[] = "da";

static struct widget_callout callout_of(const struct view *view, const struct remark *remark)
{
	return (struct widget_callout){.icon = "warn",
				       .fill = ui_colour(view->ui, COLOUR_RED_TINT),
				       .edge = ui_colour(view->ui, COLOUR_RED),
				       .title = remark->place[0] ? remark->place : NULL,
				       .text = remark->text,
				       .lang = lang};
}

void remarks_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct box room = frame_room(view);
	float height = AROUND;

	if (view->remark_count == 0 || view->visit->staff) /* their page has them */
		return;
	/* The bars stay free, so that one can go on; and the numbers that help, where there is only a picture beside. */
	if (!view->content && view->place.screen != SCREEN_STAFF && offline_picture(view).w > 0)
		room = offline_picture(view);
	float width = room.w - 2 * AROUND;
	for (size_t i = 0; i < view->remark_count; i++) {
		struct widget_callout callout = callout_of(view, &view->remarks[i]);
		height += widget_callout_height(ui, width, &callout) + AROUND;
	}
	float y = fmaxf(room.y, room.y + room.h - height);
	ui_fill(ui, (struct box){0, y, room.w, height}, ui_colour(ui, COLOUR_RED));
	y += AROUND;
	for (size_t i = 0; i < view->remark_count; i++) {
		struct widget_callout callout = callout_of(view, &view->remarks[i]);
		y += widget_callout(ui, AROUND, y, width, &callout) + AROUND;
	}
}
