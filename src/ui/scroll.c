#include "ui/ui.h"

#include "tokens.h"
#include "ui/inside.h"

#include <math.h>

#define COAST_MS       325.0f /* in which a rolling view loses 63 % of its speed */
#define COAST_LEAST    0.05f  /* design px a millisecond: slower is still */
#define COAST_MOST     6.0f
#define SPRING_MS      70.0f
#define SPRING_LEAST   0.5f  /* design px */
#define RESISTANCE     0.55f /* share of the finger's way that shows just beyond an end */
#define PROGRESS_LEAST 0.0005f

static float within(float value, float least, float most)
{
	return !(value > least) ? least : value < most ? value : most; /* not a number: least */
}

/* Pulled beyond an end the content follows ever less, and never by more than the view's height. */
static float resisted(float beyond, float height)
{
	float way = fabsf(beyond) * RESISTANCE / height;
	return copysignf(height * way / (way + 1), beyond);
}

static float pulled(float over, float height)
{
	float share = fminf(fabsf(over) / height, 0.99f);
	return copysignf(height / RESISTANCE * share / (1 - share), over);
}

static float ease_out(float t)
{
	float left = 1 - within(t, 0, 1);
	return 1 - left * left * left;
}

static float elapsed(const struct ui_scroll *scroll, int64_t now_ms)
{
	return (float)(now_ms > scroll->since_ms ? now_ms - scroll->since_ms : 0);
}

static void glide(struct ui_scroll *scroll, float ms)
{
	float t = ms / TOKEN_MOTION_SCROLL_PAGE_MS;
	scroll->offset = within(scroll->from + (scroll->to - scroll->from) * ease_out(t), 0, scroll->most);
	if (t >= 1)
		scroll->motion = MOTION_STILL;
}

/* Where and when it ends is known from the start, so it does not matter at which moments it is asked. */
static void coast(struct ui_scroll *scroll, float ms)
{
	float end_ms = COAST_MS * logf(fabsf(scroll->speed) / COAST_LEAST);
	float at = scroll->from + scroll->speed * COAST_MS * (1 - expf(-fminf(ms, end_ms) / COAST_MS));
	scroll->offset = within(at, 0, scroll->most);
	if (ms >= end_ms || scroll->offset != at)
		scroll->motion = MOTION_STILL;
}

static void spring(struct ui_scroll *scroll, float ms)
{
	scroll->over = scroll->from * expf(-ms / SPRING_MS);
	if (fabsf(scroll->over) < SPRING_LEAST) {
		scroll->over = 0;
		scroll->motion = MOTION_STILL;
	}
}

static float progress(const struct ui_scroll *scroll)
{
	return scroll->most > 0 ? within((scroll->offset + scroll->height) / (scroll->most + scroll->height), 0, 1) : 1;
}

void ui_scroll_advance(struct ui *ui, int64_t now_ms)
{
	static void (*const motions[])(struct ui_scroll *, float) = {
		[MOTION_STILL] = NULL,  [MOTION_HELD] = NULL,     [MOTION_GLIDE] = glide,
		[MOTION_COAST] = coast, [MOTION_SPRING] = spring,
	};
	for (size_t i = 0; i < UI_LAYERS; i++) {
		struct ui_scroll *scroll = &ui->scrolls[i];
		if (motions[scroll->motion])
			motions[scroll->motion](scroll, elapsed(scroll, now_ms));
		scroll->progress = scroll->there ? progress(scroll) : 0;
	}
}

bool ui_scroll_moving(const struct ui_scroll *scroll)
{
	return scroll->motion > MOTION_HELD;
}

float ui_scroll_speed(const struct ui_scroll *scroll, int64_t now_ms)
{
	float ms = elapsed(scroll, now_ms), left = 1 - within(ms / TOKEN_MOTION_SCROLL_PAGE_MS, 0, 1);
	switch (scroll->motion) {
	case MOTION_GLIDE:
		return fabsf(scroll->to - scroll->from) * 3 * left * left / TOKEN_MOTION_SCROLL_PAGE_MS;
	case MOTION_COAST:
		return fabsf(scroll->speed) * expf(-ms / COAST_MS);
	case MOTION_SPRING:
		return fabsf(scroll->from) / SPRING_MS * expf(-ms / SPRING_MS);
	case MOTION_STILL:
	case MOTION_HELD:
		break;
	}
	return 0;
}

struct ui_scroll *ui_scroll_top(struct ui *ui)
{
	struct ui_scroll *scroll = &ui->scrolls[ui->top];
	return scroll->there && (scroll->most > 0 || scroll->over != 0) ? scroll : NULL;
}

void ui_scroll_stop(struct ui_scroll *scroll)
{
	if (scroll->motion != MOTION_SPRING)
		scroll->motion = MOTION_STILL;
}

void ui_scroll_hold(struct ui *ui, struct ui_scroll *scroll, float y)
{
	ui_scroll_advance(ui, ui->now_ms);
	scroll->motion = MOTION_HELD;
	scroll->grip = scroll->offset + pulled(scroll->over, scroll->height);
	scroll->grip_y = y;
}

void ui_scroll_drag(struct ui *ui, struct ui_scroll *scroll, float y)
{
	if (scroll->motion != MOTION_HELD)
		return;
	float place = scroll->grip - (y - scroll->grip_y) / ui->scale;
	scroll->offset = within(place, 0, scroll->most);
	scroll->over = ui->frame.calm ? 0 : resisted(place - scroll->offset, scroll->height);
}

static void release(struct ui *ui, struct ui_scroll *scroll, float speed)
{
	scroll->since_ms = ui->now_ms;
	scroll->motion = MOTION_STILL;
	if (scroll->over != 0) {
		scroll->motion = MOTION_SPRING;
		scroll->from = scroll->over;
	} else if (fabsf(speed) > COAST_LEAST && !ui->frame.calm) {
		scroll->motion = MOTION_COAST;
		scroll->from = scroll->offset;
		scroll->speed = within(speed, -COAST_MOST, COAST_MOST);
	}
}

void ui_scroll_release(struct ui *ui, float speed)
{
	for (size_t i = 0; i < UI_LAYERS; i++)
		if (ui->scrolls[i].motion == MOTION_HELD)
			release(ui, &ui->scrolls[i], speed);
}

void ui_scroll_to(struct ui *ui, struct ui_scroll *scroll, float offset)
{
	if (scroll->motion == MOTION_HELD)
		return;
	ui_scroll_advance(ui, ui->now_ms);
	scroll->over = 0;
	scroll->to = within(offset, 0, scroll->most);
	scroll->from = scroll->offset;
	scroll->since_ms = ui->now_ms;
	scroll->motion = scroll->to != scroll->from ? MOTION_GLIDE : MOTION_STILL;
	if (ui->frame.calm) {
		scroll->offset = scroll->to;
		scroll->motion = MOTION_STILL;
	}
}

void ui_scroll_roll(struct ui *ui, struct ui_scroll *scroll, float distance)
{
	ui_scroll_advance(ui, ui->now_ms);
	ui_scroll_to(ui, scroll, (scroll->motion == MOTION_GLIDE ? scroll->to : scroll->offset) + distance);
}

void ui_scroll_by(struct ui *ui, float distance)
{
	struct ui_scroll *scroll = ui_scroll_top(ui);
	if (scroll)
		ui_scroll_roll(ui, scroll, distance);
}

float ui_scroll_progress(const struct ui *ui)
{
	return ui->scrolls[ui->layer].progress;
}

void ui_scroll_begin(struct ui *ui, struct box view, float *offset)
{
	struct ui_scroll *scroll = &ui->scrolls[ui->layer];
	if (!scroll->there || *offset != scroll->given) {
		scroll->offset = within(*offset, 0, INFINITY);
		scroll->over = 0;
		scroll->motion = MOTION_STILL;
	}
	scroll->there = scroll->seen = true;
	scroll->view = ui_place(ui, view);
	scroll->height = fmaxf(view.h, 1);
	scroll->recorded = scroll->offset + scroll->over;
	*offset = scroll->given = scroll->offset;

	struct rect canvas = {0, 0, ui->frame.width, ui->frame.height};
	/* Cut above and below only, so that the shadows and rings at the sides of what rolls stay whole. */
	ui->clip = rect_intersect(canvas, (struct rect){0, scroll->view.y, canvas.w, scroll->view.h});
	draw_clip(ui_paper(ui), ui->clip);
	ui->view = scroll->view;
	ui->shift = ui_whole(scroll->recorded * ui->scale);
	ui->offset = offset;
	ui->in_scroll = true;
}

float ui_scroll_end(struct ui *ui, float content_height)
{
	struct ui_scroll *scroll = &ui->scrolls[ui->layer];
	scroll->most = within(content_height - scroll->height, 0, INFINITY);
	if (scroll->offset > scroll->most) { /* recorded too far down: content has become shorter */
		scroll->offset = scroll->most;
		ui->again = true;
	}
	if (fabsf(progress(scroll) - scroll->progress) > PROGRESS_LEAST) {
		scroll->progress = progress(scroll);
		ui->again = true;
	}
	*ui->offset = scroll->given = scroll->offset;
	draw_unclip(ui_paper(ui));
	ui->clip = (struct rect){0, 0, ui->frame.width, ui->frame.height};
	ui->in_scroll = false;
	ui->rtl = ui->frame.rtl;
	return scroll->most - scroll->offset;
}
