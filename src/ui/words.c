#include "ui/ui.h"

#include "base/array.h"
#include "ui/inside.h"

#include <math.h>
#include <string.h>

#define SHRINK_STEP 0.05f
#define WORD_BOXES  32

static struct type_size words_type(const struct ui *ui, const struct ui_text *style)
{
	struct type_size type = theme_type(style->type, ui->frame.text_size);
	if (style->size > 0)
		type = (struct type_size){style->size, style->line, false};
	type.bold = type.bold || style->bold;
	return type;
}

static struct text_input words_input(const struct ui *ui, const struct ui_text *style, const char *text)
{
	struct type_size type = words_type(ui, style);
	bool rtl = style->rtl == 0 ? ui->rtl : style->rtl > 0;
	enum text_align align = style->align;
	if (rtl != ui->rtl && align != ALIGN_CENTRE) /* the layout's start, whatever the language of the words */
		align = align == ALIGN_START ? ALIGN_END : ALIGN_START;
	return (struct text_input){
		.utf8 = text,
		.len = strlen(text),
		.lang = style->lang ? style->lang : ui->frame.lang,
		.rtl = rtl,
		.size = type.size * ui->scale,
		.line = type.line * ui->scale,
		.spacing = (style->spacing != 0      ? style->spacing
			    : style->type == TYPE_H1 ? UI_TITLE_SPACING
						     : 0) *
			   ui->scale,
		.bold = type.bold,
		.align = align,
		.lines_max = style->lines_max,
		.places = style->span_count > 0,
		.spans = style->spans,
		.span_count = style->span_count,
	};
}

static bool fits(const struct paragraph *p, float width)
{
	return !paragraph_cut(p) && !paragraph_broken(p) && paragraph_width(p) <= width + 0.5f;
}

static const struct paragraph *lay_out(struct ui *ui, int width, const struct ui_text *style, const char *text)
{
	struct text_input input = words_input(ui, style, text);
	float size = input.size, line = input.line;
	input.width = (float)(width > 1 ? width : 1);
	if (style->lines_wanted > 0)
		input.lines_max = style->lines_wanted;
	const struct paragraph *p = text_paragraph(ui->text, &input);
	for (float share = 1; style->shrink_to > 0 && share > style->shrink_to && !fits(p, input.width);) {
		share = fmaxf(share - SHRINK_STEP, style->shrink_to);
		input.size = size * share;
		input.line = line * share;
		p = text_paragraph(ui->text, &input);
	}
	if (style->lines_wanted > 0 && !fits(p, input.width)) {
		input = words_input(ui, style, text);
		input.width = (float)(width > 1 ? width : 1);
		p = text_paragraph(ui->text, &input);
	}
	return p;
}

/* A paragraph and its place on the picture, as wide as was asked. */
struct laid {
	const struct paragraph *paragraph;
	struct rect place;
};

static struct laid place_words(struct ui *ui, struct box box, const struct ui_text *style, const char *text)
{
	int width = ui_whole(box.w * ui->scale);
	struct laid laid = {lay_out(ui, width, style, text), ui_place(ui, box)};
	if (ui->rtl)
		laid.place.x += laid.place.w - width;
	laid.place.w = width;
	laid.place.h = (int)ceilf(paragraph_height(laid.paragraph));
	return laid;
}

/* The part of the place that has letters in it: what the audit compares, and what is outlined when read aloud. */
static struct rect inked(const struct ui *ui, const struct laid *laid, enum text_align align)
{
	struct rect part = laid->place;
	part.w = (int)ceilf(paragraph_width(laid->paragraph));
	int spare = laid->place.w - part.w;
	bool at_right = ui->rtl != (align == ALIGN_END);
	part.x += align == ALIGN_CENTRE ? (int)floorf((float)spare / 2) : at_right ? spare : 0;
	return part;
}

float ui_text(struct ui *ui, struct box box, const struct ui_text *style, const char *text)
{
	struct laid laid = place_words(ui, box, style, text);
	paragraph_draw(laid.paragraph, ui_paper(ui), (float)laid.place.x, (float)laid.place.y, style->colour);

	struct rect ink = inked(ui, &laid, style->align);
	ui_prints_add(ui, &(struct ui_print){.text = text,
					     .lang = style->lang,
					     .place = ink,
					     .colour = style->colour,
					     .cut = paragraph_cut(laid.paragraph) && !style->shortens,
					     .wide = ink.w > laid.place.w + 1,
					     .missing = paragraph_missing(laid.paragraph)});
	struct ui_entry entry = {.item = {.role = style->title ? ROLE_TITLE : ROLE_TEXT,
					  .name = text,
					  .lang = style->lang,
					  .place = ink}};
	if (!style->silent)
		ui_items_add(ui, &entry);
	return paragraph_height(laid.paragraph) / ui->scale;
}

float ui_text_height(struct ui *ui, float width, const struct ui_text *style, const char *text)
{
	return paragraph_height(lay_out(ui, ui_whole(width * ui->scale), style, text)) / ui->scale;
}

float ui_text_width(struct ui *ui, const struct ui_text *style, const char *text)
{
	struct text_input input = words_input(ui, style, text);
	input.lines_max = 0;
	/* The next whole pixel, so that in a box as wide nothing is broken by how a sum was rounded. */
	return (floorf(paragraph_width(text_paragraph(ui->text, &input))) + 1) / ui->scale;
}

size_t ui_text_boxes(struct ui *ui, struct box box, const struct ui_text *style, const char *text, size_t start,
		     size_t end, struct box *boxes, size_t max)
{
	struct laid laid = place_words(ui, box, style, text);
	struct text_box found[WORD_BOXES];
	size_t count = paragraph_boxes(laid.paragraph, start, end, found, ARRAY_LEN(found));
	if (count > ARRAY_LEN(found))
		count = ARRAY_LEN(found);
	for (size_t i = 0; i < count && i < max; i++) {
		int left = ui_whole(found[i].x), right = ui_whole(found[i].x + found[i].w);
		int top = ui_whole(found[i].y), bottom = ui_whole(found[i].y + found[i].h);
		boxes[i] = ui_unplace(
			ui, (struct rect){laid.place.x + left, laid.place.y + top, right - left, bottom - top});
	}
	return count;
}
