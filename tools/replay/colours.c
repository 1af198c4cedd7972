/* The colour rules of replay/rules.h: from the pixels that were painted. */
#include "replay/rules.h"

#include "draw/theme.h"
#include "replay/find.h"

#include <stdio.h>
#include <stdlib.h>

#define TEXT_CONTRAST    7.0
#define CONTROL_CONTRAST 3.0
#define CONTROL_SHARE    0.002 /* of a control's pixels: less is no more than the edges of letters */
#define TOLERANCE        0.02  /* colours have 8 bits */
#define SAMPLES_MAX      3000
#define HOW_MAX          160

struct samples {
	uint32_t *all;
	size_t count;
};

static int compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return left < right ? -1 : left > right;
}

/* The colours of a rectangle in order, of every nth pixel where there are many. */
static bool sample(pixman_image_t *picture, struct rect at, struct samples *out, struct err *err)
{
	at = rect_intersect(at, (struct rect){0, 0, pixman_image_get_width(picture), pixman_image_get_height(picture)});
	int stride = pixman_image_get_stride(picture) / (int)sizeof(uint32_t);
	size_t pixels = rect_empty(at) ? 0 : (size_t)at.w * (size_t)at.h;
	size_t step = 1 + pixels / SAMPLES_MAX;

	out->count = 0;
	out->all = malloc((pixels / step + 1) * sizeof(out->all[0]));
	if (!out->all)
		return err_memory(err);
	for (size_t i = 0; i < pixels; i += step) {
		ptrdiff_t y = at.y + (ptrdiff_t)(i / (size_t)at.w), x = at.x + (ptrdiff_t)(i % (size_t)at.w);
		out->all[out->count++] = pixman_image_get_data(picture)[y * stride + x] & 0xFFFFFF;
	}
	qsort(out->all, out->count, sizeof(out->all[0]), compare);
	return true;
}

/* How often the colour at `first` stands there. */
static size_t run(const struct samples *samples, size_t first)
{
	size_t end = first;
	while (end < samples->count && samples->all[end] == samples->all[first])
		end++;
	return end - first;
}

/* What covers most of it. */
static uint32_t ground(const struct samples *samples)
{
	uint32_t colour = 0;
	size_t most = 0;
	for (size_t i = 0, length; i < samples->count; i += length) {
		length = run(samples, i);
		if (length > most) {
			most = length;
			colour = samples->all[i];
		}
	}
	return colour | 0xFF000000;
}

/* Grey words of what cannot be pressed now are let off by WCAG 2.2, 1.4.3; the reason stands beside them. */
static bool is_disabled(const struct ui *ui, const struct ui_print *print)
{
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		struct rect both = rect_intersect(item->place, print->place);
		if (item->reason && item->layer == print->layer && both.w == print->place.w && both.h == print->place.h)
			return true;
	}
	return false;
}

static bool check_words(const struct ui_print *print, pixman_image_t *picture, const struct rules_report *report,
			struct err *err)
{
	struct samples samples;
	char how[HOW_MAX];

	if (!sample(picture, print->seen, &samples, err))
		return false;
	uint32_t behind = ground(&samples);
	free(samples.all);
	double contrast = theme_contrast(print->colour, behind);
	snprintf(how, sizeof(how), "#%06X on #%06X is %.2f:1", print->colour & 0xFFFFFF, behind & 0xFFFFFF, contrast);
	return contrast >= TEXT_CONTRAST - TOLERANCE ||
	       report->found(report->context, RULE_CONTRAST, print->text, how, err);
}

static bool check_control(const struct ui_item *item, pixman_image_t *picture, const struct rules_report *report,
			  struct err *err)
{
	struct samples samples;
	double best = 1;

	if (!sample(picture, item->seen, &samples, err))
		return false;
	uint32_t behind = ground(&samples);
	size_t least = (size_t)((double)samples.count * CONTROL_SHARE);
	for (size_t i = 0, length; i < samples.count; i += length) {
		length = run(&samples, i);
		double contrast = length > least ? theme_contrast(samples.all[i] | 0xFF000000, behind) : 1;
		best = contrast > best ? contrast : best;
	}
	free(samples.all);
	char how[HOW_MAX];
	snprintf(how, sizeof(how), "nothing of it has more than %.2f:1 on #%06X", best, behind & 0xFFFFFF);
	return best >= CONTROL_CONTRAST - TOLERANCE ||
	       report->found(report->context, RULE_CONTROL, item->id ? item->id : "", how, err);
}

bool rules_colours(const struct ui *ui, pixman_image_t *picture, const struct rules_report *report, struct err *err)
{
	int top = find_top_layer(ui);

	for (size_t i = 0; i < ui_print_count(ui); i++) {
		const struct ui_print *print = ui_print(ui, i);
		/* Half a line at the edge of a view may show only the upper ends of its letters. */
		bool whole = print->seen.h == print->place.h;
		if (whole && print->layer == top && !rect_empty(print->seen) && !is_disabled(ui, print) &&
		    !check_words(print, picture, report, err))
			return false;
	}
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->action.verb != 0 && item->layer == top && item->seen.h == item->place.h &&
		    !rect_empty(item->seen) && !check_control(item, picture, report, err))
			return false;
	}
	return true;
}
