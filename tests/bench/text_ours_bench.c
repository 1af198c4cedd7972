/* The text bench's contender "ours": src/text and src/draw as the kiosk uses them. A frame is recorded in a draw list; a
 * scrolled one is compared with the one before and what changed is painted. */
#include "contest.h"

#include "draw/paint.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

struct ours {
	const struct page_language *language;
	struct text *text;
	const struct paragraph *paragraphs[PAGE_PARAGRAPHS_MAX];
	size_t count;
	struct draw_list *before, *now;
	struct painter *painter;
	pixman_image_t *screen;
};

static void *ours_open(const struct contest *contest)
{
	struct ours *ours = calloc(1, sizeof(*ours));
	struct err err;
	if (!ours)
		contest_die("ours", "no memory");
	ours->language = contest->language;
	if (!text_open(contest->share, &ours->text, &err))
		contest_die("ours", err.text);
	ours->before = draw_list_create();
	ours->now = draw_list_create();
	ours->painter = painter_create();
	ours->screen = pixman_image_create_bits(PIXMAN_x8r8g8b8, CONTEST_SCREEN_WIDTH, CONTEST_SCREEN_HEIGHT, NULL, 0);
	if (!ours->before || !ours->now || !ours->painter || !ours->screen)
		contest_die("ours", "no memory");
	return ours;
}

static size_t ours_layout(void *self, const struct page *page)
{
	struct ours *ours = self;
	size_t lines = 0;
	text_trim(ours->text);
	ours->count = page->count;
	for (size_t i = 0; i < page->count; i++) {
		struct text_input input = {
			.utf8 = page->text.data + page->paragraphs[i].start,
			.len = page->paragraphs[i].len,
			.lang = ours->language->lang,
			.rtl = ours->language->rtl,
			.size = CONTEST_SIZE,
			.line = CONTEST_LINE,
			.width = CONTEST_WIDTH,
		};
		ours->paragraphs[i] = text_paragraph(ours->text, &input);
		lines += (size_t)paragraph_lines(ours->paragraphs[i]);
	}
	if (text_failed(ours->text))
		contest_die("ours", "no memory");
	return lines;
}

static void ours_paint(void *self, int top, bool whole)
{
	struct ours *ours = self;
	struct draw_list *list = ours->before;
	struct err err;
	ours->before = ours->now;
	ours->now = list;
	draw_list_clear(list, CONTEST_SCREEN_WIDTH, CONTEST_SCREEN_HEIGHT);
	draw_fill(list, (struct rect){0, 0, CONTEST_SCREEN_WIDTH, CONTEST_SCREEN_HEIGHT}, 0xFFFFFFFFu);
	float y = (float)-top;
	for (size_t i = 0; i < ours->count && y < CONTEST_SCREEN_HEIGHT; i++) {
		float height = paragraph_height(ours->paragraphs[i]);
		if (y + height > 0)
			paragraph_draw(ours->paragraphs[i], list, CONTEST_MARGIN, y, 0xFF000000u);
		y += height + CONTEST_GAP;
	}
	pixman_region32_t changed;
	pixman_region32_init(&changed);
	draw_list_changes(whole ? NULL : ours->before, list, &changed);
	if (!paint(ours->painter, list, ours->screen, &changed, &err))
		contest_die("ours", err.text);
	pixman_region32_fini(&changed);
}

static const uint32_t *ours_pixels(void *self, size_t *stride_px)
{
	const struct ours *ours = self;
	*stride_px = (size_t)pixman_image_get_stride(ours->screen) / 4;
	return pixman_image_get_data(ours->screen);
}

int main(int argc, char **argv)
{
	static const struct contender contender = {"ours", ours_open, ours_layout, ours_paint, ours_pixels};
	return contest_run(&contender, argc, argv);
}
