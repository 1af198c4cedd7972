/* glass -- a kiosk's glass for the tests of src/ui: virtual time, fingers and keys, and letters of a known size.
 *
 * Include once in a test. Text and pictures are replaced (the test's .wrap file): every byte of a text is half as wide
 * as its size and drawn as one block a line, a pictogram is a block whose start half is missing, so that places can be
 * reckoned in the head.
 *
 * struct glass glass = {.record = my_screen, ...};  glass_open(&glass);  glass_tap(&glass, x, y);  glass_close(&glass);
 */
#ifndef TEST_GLASS_H
#define TEST_GLASS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pixman.h>

#include "base/array.h"
#include "draw/paint.h"
#include "ui/ui.h"

struct paragraph {
	float size, line, width;
	int columns, lines;
	size_t len;
	enum text_align align;
	bool rtl, cut, bold;
	int missing;
};

#define PARAGRAPHS 4096
static struct paragraph paragraphs[PARAGRAPHS];
static size_t paragraph_count;
static bool icon_mirrored;
static bool one_word;    /* all text is */
static float scale_told; /* device px a design px, to the pictures */

void __wrap_text_trim(struct text *text);
bool __wrap_text_failed(const struct text *text);
const struct paragraph *__wrap_text_paragraph(struct text *text, const struct text_input *input);
float __wrap_paragraph_width(const struct paragraph *p);
float __wrap_paragraph_height(const struct paragraph *p);
bool __wrap_paragraph_cut(const struct paragraph *p);
bool __wrap_paragraph_broken(const struct paragraph *p);
int __wrap_paragraph_missing(const struct paragraph *p);
void __wrap_paragraph_draw(const struct paragraph *p, struct draw_list *list, float x, float y, uint32_t colour);
size_t __wrap_paragraph_boxes(const struct paragraph *p, size_t start, size_t end, struct text_box *boxes, size_t max);
void __wrap_pictures_trim(struct pictures *pictures);
void __wrap_pictures_scale(struct pictures *pictures, float scale);
const struct mask *__wrap_pictures_icon(struct pictures *pictures, const char *name, int side, bool mirrored);

void __wrap_text_trim(struct text *text)
{
	(void)text;
	paragraph_count = 0;
}

bool __wrap_text_failed(const struct text *text)
{
	(void)text;
	return false;
}

const struct paragraph *__wrap_text_paragraph(struct text *text, const struct text_input *input)
{
	(void)text;
	assert_true(paragraph_count < PARAGRAPHS);
	struct paragraph *p = &paragraphs[paragraph_count++];
	float letter = input->size / 2;
	int columns = input->width > 0 ? (int)(input->width / letter) : 0;
	columns = columns > 0 ? columns : (int)input->len;
	columns = columns > 0 ? columns : 1;
	int lines = ((int)input->len + columns - 1) / columns;
	*p = (struct paragraph){.size = input->size,
				.line = input->line,
				.columns = columns,
				.lines = lines,
				.len = input->len,
				.align = input->align,
				.rtl = input->rtl,
				.bold = input->bold};
	if (input->lines_max > 0 && lines > input->lines_max) {
		p->lines = input->lines_max;
		p->cut = true;
	}
	for (size_t i = 0; i < input->len; i++)
		p->missing += input->utf8[i] == '?'; /* the one letter that this font lacks */
	p->width = input->width;
	return p;
}

float __wrap_paragraph_width(const struct paragraph *p)
{
	return (p->lines > 1 ? (float)p->columns : (float)p->len) * p->size / 2;
}

float __wrap_paragraph_height(const struct paragraph *p)
{
	return (float)p->lines * p->line;
}

bool __wrap_paragraph_cut(const struct paragraph *p)
{
	return p->cut;
}

bool __wrap_paragraph_broken(const struct paragraph *p)
{
	return one_word && p->lines > 1;
}

int __wrap_paragraph_missing(const struct paragraph *p)
{
	return p->missing;
}

void __wrap_paragraph_draw(const struct paragraph *p, struct draw_list *list, float x, float y, uint32_t colour)
{
	int wide = (int)__wrap_paragraph_width(p), room = (int)p->width;
	bool right = p->rtl != (p->align == ALIGN_END);
	int half = (room - wide) / 2;
	int left = p->align == ALIGN_CENTRE ? (p->rtl ? room - wide - half : half) : right ? room - wide : 0;
	draw_fill(list, (struct rect){(int)x + left, (int)y, wide, (int)__wrap_paragraph_height(p)}, colour);
}

/* One line, read in the paragraph's direction from its start. */
size_t __wrap_paragraph_boxes(const struct paragraph *p, size_t start, size_t end, struct text_box *boxes, size_t max)
{
	assert_true(max > 0);
	float letter = p->size / 2, wide = (float)(end - start) * letter;
	float x = p->rtl ? p->width - (float)start * letter - wide : (float)start * letter;
	boxes[0] = (struct text_box){x, 0, wide, p->line};
	return 1;
}

void __wrap_pictures_trim(struct pictures *pictures)
{
	(void)pictures;
}

void __wrap_pictures_scale(struct pictures *pictures, float scale)
{
	(void)pictures;
	scale_told = scale;
}

const struct mask *__wrap_pictures_icon(struct pictures *pictures, const char *name, int side, bool mirrored)
{
	(void)pictures;
	(void)side;
	(void)name;
	icon_mirrored = mirrored;
	return NULL;
}

struct glass {
	void (*record)(struct glass *glass);
	struct ui_frame frame; /* now_ms is the virtual time */
	struct ui *ui;
	float offset;     /* of a scroll */
	bool sheet, less; /* what the screen shows */
	int frames;
};

static inline void glass_frame(struct glass *glass)
{
	do {
		ui_begin(glass->ui, &glass->frame);
		glass->record(glass);
		ui_end(glass->ui);
		assert_true(ui_complete(glass->ui));
		glass->frames++;
	} while (ui_deadline(glass->ui) == glass->frame.now_ms);
}

static inline void glass_open(struct glass *glass)
{
	struct err err = {0};
	glass->frame.width = glass->frame.width ? glass->frame.width : 1080;
	glass->frame.height = glass->frame.height ? glass->frame.height : 1920;
	glass->frame.lang = "da";
	glass->frame.now_ms = 1000;
	assert_true(ui_create(NULL, NULL, &glass->ui, &err));
	glass_frame(glass);
}

static inline void glass_close(struct glass *glass)
{
	ui_destroy(glass->ui);
	glass->ui = NULL;
}

/* Lets time pass as the kiosk does: frames only when they are asked for. */
static inline void glass_wait(struct glass *glass, int64_t ms)
{
	int64_t end_ms = glass->frame.now_ms + ms, next_ms;
	while ((next_ms = ui_deadline(glass->ui)) <= end_ms) {
		assert_true(next_ms > glass->frame.now_ms);
		glass->frame.now_ms = next_ms;
		glass_frame(glass);
	}
	glass->frame.now_ms = end_ms;
}

/* The number of the action asked for; 0 for none. A frame follows, as in the kiosk. */
static inline int glass_send(struct glass *glass, struct input_event event)
{
	struct action action;
	event.time_ms = glass->frame.now_ms;
	bool asked = ui_input(glass->ui, &event, &action);
	assert_true(asked == (action.verb != 0));
	if (action.number < 0) /* a way to another screen */
		ui_leave(glass->ui);
	glass_frame(glass);
	return asked ? action.number : 0;
}

static inline int glass_finger(struct glass *glass, enum input_kind kind, int64_t finger, float x, float y)
{
	return glass_send(glass, (struct input_event){.kind = kind, .finger = finger, .x = x, .y = y});
}

static inline int glass_key(struct glass *glass, enum input_key key)
{
	return glass_send(glass, (struct input_event){.kind = INPUT_KEY, .key = key});
}

static inline int glass_tap(struct glass *glass, float x, float y)
{
	assert_int_equal(glass_finger(glass, INPUT_DOWN, 1, x, y), 0);
	glass_wait(glass, 60);
	return glass_finger(glass, INPUT_UP, 1, x, y);
}

static inline const struct ui_item *glass_find(const struct glass *glass, const char *id)
{
	for (size_t i = 0; i < ui_item_count(glass->ui); i++) {
		const struct ui_item *item = ui_item(glass->ui, i);
		if (item->id && strcmp(item->id, id) == 0)
			return item;
	}
	fail_msg("no item \"%s\"", id);
	abort(); /* fail_msg() does not return, but does not say so */
}

static inline void glass_place_is(struct rect a, int x, int y, int w, int h)
{
	if (a.x != x || a.y != y || a.w != w || a.h != h)
		fail_msg("(%d %d %d %d) should be (%d %d %d %d)", a.x, a.y, a.w, a.h, x, y, w, h);
}

/* Pixels of the last frame, 0xAARRGGBB; caller frees. */
static inline uint32_t *glass_paint(struct glass *glass)
{
	struct err err = {0};
	int width = glass->frame.width, height = glass->frame.height;
	uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof(*pixels));
	assert_non_null(pixels);
	pixman_image_t *image = pixman_image_create_bits(PIXMAN_a8r8g8b8, width, height, pixels, width * 4);
	struct painter *painter = painter_create();
	assert_non_null(painter);
	assert_true(paint(painter, ui_list(glass->ui), image, NULL, &err));
	painter_destroy(painter);
	pixman_image_unref(image);
	return pixels;
}

#endif
