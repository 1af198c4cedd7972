#include "ui/input.h"

#include "ui/inside.h"

#include <math.h>

#define WHEEL_ROLL   144.0f /* design px a notch */
#define NOTCHES_MOST 20.0f
#define PLACE_MOST   1e6f

static bool on_down(struct ui *ui, const struct input_event *event, struct action *action)
{
	(void)action;
	ui_touch_down(ui, event);
	return false;
}

static bool on_move(struct ui *ui, const struct input_event *event, struct action *action)
{
	(void)action;
	ui_touch_move(ui, event);
	return false;
}

static bool on_cancel(struct ui *ui, const struct input_event *event, struct action *action)
{
	(void)action;
	ui_touch_cancel(ui, event);
	return false;
}

static bool on_wheel(struct ui *ui, const struct input_event *event, struct action *action)
{
	(void)action;
	struct ui_scroll *scroll = ui_scroll_top(ui);
	if (scroll && !ui->gone && event->wheel != 0)
		ui_scroll_roll(ui, scroll, -fmaxf(-NOTCHES_MOST, fminf(event->wheel, NOTCHES_MOST)) * WHEEL_ROLL);
	return false;
}

bool ui_input(struct ui *ui, const struct input_event *event, struct action *action)
{
	static bool (*const kinds[])(struct ui *, const struct input_event *, struct action *) = {
		[INPUT_DOWN] = on_down,     [INPUT_MOVE] = on_move,   [INPUT_UP] = ui_touch_up,
		[INPUT_CANCEL] = on_cancel, [INPUT_WHEEL] = on_wheel, [INPUT_KEY] = ui_focus_key,
	};
	struct input_event sane = *event; /* a place no screen has would overflow whole numbers */
	sane.x = fmaxf(-PLACE_MOST, fminf(event->x, PLACE_MOST));
	sane.y = fmaxf(-PLACE_MOST, fminf(event->y, PLACE_MOST));
	if (event->time_ms > ui->now_ms)
		ui->now_ms = event->time_ms;
	*action = (struct action){0};
	return kinds[event->kind](ui, &sane, action);
}
