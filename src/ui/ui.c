#include "ui/ui.h"

#include "tokens.h"
#include "ui/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_SHORT 1080.0f
#define SIDE_LONG  1920.0f
/* The smallest target is 20 mm ("touch.min" in assets/tokens.json), so a design px is at least this many mm. */
#define TARGET_MIN_MM 20.0f
/* A wrong size of the screen in the settings must not leave a canvas that holds nothing. */
#define ENLARGE_MAX 1.5f
#define DEVICE_MAX  (1 << 24)
/* Frames that ask for another in a row: a screen whose layout never settles must not keep the kiosk busy. */
#define AGAIN_MAX 8

int ui_whole(float device)
{
	if (!(device > -DEVICE_MAX))
		return -DEVICE_MAX;
	return device < DEVICE_MAX ? (int)floorf(device + 0.5f) : DEVICE_MAX;
}

int ui_thick(const struct ui *ui, float design)
{
	int device = ui_whole(design * ui->scale);
	return device < 1 && design > 0 ? 1 : device;
}

/* What x and y of what is recorded count from: the canvas, or the content of the scroll. */
static struct rect origin(const struct ui *ui)
{
	struct rect canvas = {0, 0, ui->frame.width, ui->frame.height};
	if (!ui->in_scroll)
		return canvas;
	return (struct rect){ui->view.x, ui->view.y - ui->shift, ui->view.w, ui->view.h};
}

/* Both edges are rounded, never the width, so neighbours meet; and mirrored after rounding, so both directions look
 * alike. */
struct rect ui_place(const struct ui *ui, struct box box)
{
	struct rect from = origin(ui);
	int start = ui_whole(box.x * ui->scale), end = ui_whole((box.x + box.w) * ui->scale);
	int above = ui_whole(box.y * ui->scale), below = ui_whole((box.y + box.h) * ui->scale);
	return (struct rect){ui->rtl ? from.x + from.w - end : from.x + start, from.y + above, end - start,
			     below - above};
}

struct box ui_unplace(const struct ui *ui, struct rect rect)
{
	struct rect from = origin(ui);
	int start = ui->rtl ? from.x + from.w - rect.x - rect.w : rect.x - from.x;
	return (struct box){(float)start / ui->scale, (float)(rect.y - from.y) / ui->scale, (float)rect.w / ui->scale,
			    (float)rect.h / ui->scale};
}

struct draw_list *ui_paper(struct ui *ui)
{
	return ui->lists[ui->current];
}

bool ui_create(struct text *text, struct pictures *pictures, struct ui **out, struct err *err)
{
	struct ui *ui = calloc(1, sizeof(*ui));
	if (!ui)
		return err_memory(err);
	ui->text = text;
	ui->pictures = pictures;
	ui->theme = theme_get(false);
	ui->scale = 1;
	ui->frame.lang = "";
	ui->lists[0] = draw_list_create();
	ui->lists[1] = draw_list_create();
	if (!ui->lists[0] || !ui->lists[1]) {
		ui_destroy(ui);
		return err_memory(err);
	}
	*out = ui;
	return true;
}

void ui_destroy(struct ui *ui)
{
	if (!ui)
		return;
	draw_list_destroy(ui->lists[0]);
	draw_list_destroy(ui->lists[1]);
	arena_finish(&ui->arena);
	free(ui->items.all);
	free(ui->prints.all);
	free(ui);
}

static void set_canvas(struct ui *ui)
{
	struct ui_frame *frame = &ui->frame;
	frame->width = frame->width > 0 ? frame->width : 1;
	frame->height = frame->height > 0 ? frame->height : 1;
	ui->landscape = frame->width > frame->height;
	float across = (float)frame->width / (ui->landscape ? SIDE_LONG : SIDE_SHORT);
	float down = (float)frame->height / (ui->landscape ? SIDE_SHORT : SIDE_LONG);
	float fit = fminf(across, down);
	float touchable = frame->mm_per_px > 0 ? TARGET_MIN_MM / TOKEN_TOUCH_MIN / frame->mm_per_px : 0;
	ui->scale = fmaxf(fit, fminf(touchable, fit * ENLARGE_MAX));
	ui->width = (float)frame->width / ui->scale;
	ui->height = (float)frame->height / ui->scale;
}

void ui_begin(struct ui *ui, const struct ui_frame *frame)
{
	text_trim(ui->text);
	pictures_trim(ui->pictures);
	arena_reset(&ui->arena);
	ui->frame = *frame;
	set_canvas(ui);
	pictures_scale(ui->pictures, ui->scale);
	ui->theme = theme_get(frame->high_contrast);
	ui->current = !ui->current;
	draw_list_clear(ui_paper(ui), ui->frame.width, ui->frame.height);
	ui->failed = false;
	ui->rtl = frame->rtl;
	const char *lang = frame->lang ? frame->lang : "";
	ui->frame.lang = arena_text(&ui->arena, lang, strlen(lang));
	if (!ui->frame.lang) {
		ui->frame.lang = "";
		ui->failed = true;
	}
	ui->items.count = 0;
	ui->prints.count = 0;
	ui->clip = (struct rect){0, 0, ui->frame.width, ui->frame.height};
	ui->layer = ui->top = 0;
	ui->again = ui->ghost = false;
	if (frame->now_ms > ui->now_ms)
		ui->now_ms = frame->now_ms;
	for (size_t i = 0; i < UI_LAYERS; i++)
		ui->scrolls[i].seen = false;
	ui_scroll_advance(ui, frame->now_ms);
	ui_fade_advance(ui, frame->now_ms);
}

void ui_end(struct ui *ui)
{
	ui_move(ui, 0, 0, 1);
	for (size_t i = 0; i < UI_LAYERS; i++)
		if (!ui->scrolls[i].seen)
			ui->scrolls[i] = (struct ui_scroll){0};
	ui_focus_draw(ui);
	ui->unsettled = ui->again ? ui->unsettled + 1 : 0;
	if (ui->unsettled > AGAIN_MAX)
		ui->again = false;
	if (draw_list_failed(ui_paper(ui)) || text_failed(ui->text))
		ui->failed = true;
	ui->gone = false;
}

bool ui_complete(const struct ui *ui)
{
	return !ui->failed;
}

const struct draw_list *ui_list(const struct ui *ui)
{
	return ui->lists[ui->current];
}

const struct draw_list *ui_list_before(const struct ui *ui)
{
	return ui->lists[!ui->current];
}

int64_t ui_deadline(const struct ui *ui)
{
	if (ui->again)
		return ui->frame.now_ms;
	bool moving = ui_fade_moving(ui);
	for (size_t i = 0; i < UI_LAYERS; i++)
		moving = moving || ui_scroll_moving(&ui->scrolls[i]);
	return moving ? ui->frame.now_ms + (ui->frame.frame_ms > 0 ? ui->frame.frame_ms : UI_FRAME_MS) : INT64_MAX;
}

void ui_leave(struct ui *ui)
{
	ui->gone = true;
	for (size_t i = 0; i < UI_LAYERS; i++)
		ui->scrolls[i] = (struct ui_scroll){0};
	ui->focus = (struct ui_focus){0};
	ui_touch_leave(ui);
}

void ui_layer(struct ui *ui, int layer)
{
	ui->layer = layer < 0 ? 0 : layer < UI_LAYERS ? layer : UI_LAYERS - 1;
	if (ui->layer > ui->top && !ui->ghost)
		ui->top = ui->layer;
}

void ui_move(struct ui *ui, float along, float down, float opacity)
{
	int x = ui_whole(along * ui->scale);
	draw_move(ui_paper(ui), ui->frame.rtl ? -x : x, ui_whole(down * ui->scale), opacity);
}

void ui_ghost(struct ui *ui, bool ghost)
{
	ui->ghost = ghost;
}

float ui_width(const struct ui *ui)
{
	return ui->width;
}

float ui_height(const struct ui *ui)
{
	return ui->height;
}

struct rect ui_picture_size(const struct ui *ui)
{
	return (struct rect){0, 0, ui->frame.width, ui->frame.height};
}

bool ui_landscape(const struct ui *ui)
{
	return ui->landscape;
}

bool ui_rtl(const struct ui *ui)
{
	return ui->rtl;
}

void ui_direction(struct ui *ui, bool rtl)
{
	ui->rtl = rtl;
}

enum text_size ui_text_size(const struct ui *ui)
{
	return ui->frame.text_size;
}

const struct theme *ui_theme(const struct ui *ui)
{
	return ui->theme;
}

uint32_t ui_colour(const struct ui *ui, enum colour colour)
{
	return ui->theme->colours[colour];
}

float ui_snap(const struct ui *ui, float design)
{
	return (float)ui_thick(ui, design) / ui->scale;
}
