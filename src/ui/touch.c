#include "ui/ui.h"

#include "tokens.h"
#include "ui/inside.h"

#include <math.h>

#define SPEED_WINDOW_MS 80
#define CATCH_SPEED     0.2f /* design px a millisecond: a touch on a view that rolls faster only stops it */
#define DOUBLE_MS       300
#define DOUBLE_NEAR     48.0f /* design px */
/* More at once are a palm. */
#define FINGERS_MOST 2

static void sample(struct ui_touch *touch, const struct input_event *event)
{
	unsigned i = touch->sample_count++ % UI_SAMPLES;
	touch->samples[i].y = event->y;
	touch->samples[i].ms = event->time_ms;
}

/* Design px a millisecond, positive when the content moves towards its end. */
static float finger_speed(const struct ui *ui)
{
	const struct ui_touch *touch = &ui->touch;
	unsigned last = touch->sample_count - 1, first = last;
	int64_t end_ms = touch->samples[last % UI_SAMPLES].ms;
	for (unsigned back = 1; back < UI_SAMPLES && back < touch->sample_count; back++) {
		if (end_ms - touch->samples[(last - back) % UI_SAMPLES].ms > SPEED_WINDOW_MS)
			break;
		first = last - back;
	}
	int64_t ms = end_ms - touch->samples[first % UI_SAMPLES].ms;
	float way = touch->samples[first % UI_SAMPLES].y - touch->samples[last % UI_SAMPLES].y;
	return ms > 0 ? way / ui->scale / (float)ms : 0;
}

static void set_on(struct ui *ui, bool on)
{
	if (ui->touch.on != on)
		ui_fade_set(ui, &ui->touch.pressed, on);
	ui->touch.on = on;
}

/* The finger counts no more: what it pressed is let go, what it held rolls on or back. */
static void let_go(struct ui *ui, float speed)
{
	if (ui->touch.finger == FINGER_PRESS)
		set_on(ui, false);
	ui_scroll_release(ui, speed);
	ui->touch.finger = FINGER_NONE;
}

static void all_gone(struct ui *ui)
{
	ui_hands_gone(ui);
	if (ui->touch.finger != FINGER_NONE)
		let_go(ui, 0);
}

/* The second tap of a hand that taps twice where once is meant: the first has already led to another screen. */
static bool is_second_tap(const struct ui *ui, const struct input_event *event)
{
	const struct ui_touch *touch = &ui->touch;
	float near = DOUBLE_NEAR * ui->scale;
	return touch->tap.done && touch->tap.left && event->time_ms - touch->tap.ms <= DOUBLE_MS &&
	       fabsf(event->x - touch->tap.x) <= near && fabsf(event->y - touch->tap.y) <= near;
}

static enum ui_finger begin_finger(struct ui *ui, const struct input_event *event)
{
	struct ui_touch *touch = &ui->touch;
	if (is_second_tap(ui, event)) {
		touch->tap.ms = event->time_ms;
		return FINGER_DEAD;
	}
	touch->tap.done = false;
	if (ui->gone)
		return FINGER_DEAD;

	struct ui_scroll *scroll = ui_scroll_top(ui);
	touch->over_view = scroll && rect_holds(scroll->view, ui_whole(event->x), ui_whole(event->y));
	if (touch->over_view && ui_scroll_speed(scroll, ui->now_ms) > CATCH_SPEED) {
		ui_scroll_hold(ui, scroll, event->y);
		return FINGER_SCROLL;
	}
	if (touch->over_view) {
		ui_scroll_advance(ui, ui->now_ms);
		ui_scroll_stop(scroll);
	}
	const struct ui_entry *hit = ui_items_hit(ui, event->x, event->y);
	if (!hit || hit->item.action.verb == 0)
		return FINGER_IDLE;
	touch->pressed = ui_key(hit->item.layer, &hit->item);
	set_on(ui, true);
	return FINGER_PRESS;
}

void ui_touch_down(struct ui *ui, const struct input_event *event)
{
	struct ui_touch *touch = &ui->touch;
	if (event->alone)
		all_gone(ui);
	bool palm = ui_hands_others(ui, event->finger, event->time_ms) >= FINGERS_MOST;
	ui_hands_note(ui, event);
	if (touch->finger != FINGER_NONE) {
		bool over = event->finger == touch->number || ui_hands_rests(ui, touch->number, event->time_ms);
		if (!over && !palm)
			return;
		let_go(ui, 0);
	}
	ui->focus = (struct ui_focus){0};
	touch->number = event->finger;
	touch->x = event->x;
	touch->y = event->y;
	touch->on = false;
	touch->sample_count = 0;
	sample(touch, event);
	touch->finger = palm ? FINGER_DEAD : begin_finger(ui, event);
}

static bool counts(const struct ui *ui, const struct input_event *event)
{
	return ui->touch.finger != FINGER_NONE && ui->touch.number == event->finger;
}

static void start_scroll(struct ui *ui, struct ui_scroll *scroll, float way)
{
	if (ui->touch.finger == FINGER_PRESS)
		set_on(ui, false);
	ui->touch.finger = FINGER_SCROLL;
	/* Held where the slop ended: the content does not jump under the finger. */
	ui_scroll_hold(ui, scroll, ui->touch.y + copysignf(ui_hands_slop(ui), way));
}

void ui_touch_move(struct ui *ui, const struct input_event *event)
{
	struct ui_touch *touch = &ui->touch;
	struct ui_scroll *scroll = ui_scroll_top(ui);
	ui_hands_note(ui, event);
	if (!counts(ui, event) || touch->finger == FINGER_DEAD)
		return;
	sample(touch, event);
	float way = event->y - touch->y;
	if (touch->finger != FINGER_SCROLL && touch->over_view && scroll && fabsf(way) > ui_hands_slop(ui))
		start_scroll(ui, scroll, way);
	if (touch->finger == FINGER_SCROLL && scroll)
		ui_scroll_drag(ui, scroll, event->y);
	if (touch->finger == FINGER_PRESS) {
		const struct ui_entry *hit = ui_items_hit(ui, event->x, event->y);
		set_on(ui, hit && ui_key_is(&touch->pressed, hit->item.layer, &hit->item));
	}
}

bool ui_touch_up(struct ui *ui, const struct input_event *event, struct action *action)
{
	struct ui_touch *touch = &ui->touch;
	if (!counts(ui, event)) {
		ui_hands_note(ui, event);
		return false;
	}
	ui_touch_move(ui, event);
	const struct ui_entry *hit = NULL;
	if (touch->finger == FINGER_PRESS && touch->on)
		hit = ui_items_hit(ui, event->x, event->y);
	let_go(ui, touch->finger == FINGER_SCROLL ? finger_speed(ui) : 0);
	if (!hit || hit->item.action.verb == 0)
		return false;
	touch->tap.done = true;
	touch->tap.left = false;
	touch->tap.x = event->x;
	touch->tap.y = event->y;
	touch->tap.ms = event->time_ms;
	*action = hit->item.action;
	return true;
}

void ui_touch_cancel(struct ui *ui, const struct input_event *event)
{
	if (event->finger == INPUT_EVERY_FINGER) {
		all_gone(ui);
		return;
	}
	ui_hands_note(ui, event);
	if (counts(ui, event))
		let_go(ui, 0);
}

void ui_touch_leave(struct ui *ui)
{
	struct ui_touch *touch = &ui->touch;
	touch->tap.left = true;
	touch->on = false;
	touch->pressed = (struct ui_key){0};
	if (touch->finger != FINGER_NONE)
		touch->finger = FINGER_DEAD;
	for (size_t i = 0; i < UI_FADES; i++)
		ui->fades[i] = (struct ui_fade){0};
}
