#include "replay/specimen.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "draw/paint.h"
#include "replay/snapshot.h"
#include "replay/specimen_texts.h"
#include "text/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH_PX    1080
#define MARGIN_PX   60
#define GAP_PX      12
#define SIZE_PX     30.0f /* 100 % */
#define LINE_FACTOR 1.4f
#define PAPER       0xFFF8F3E8u
#define INK         0xFF14252Bu
#define BULLET      "\u2022\u00A0"
#define PATH_BYTES  4096
#define ITEM_BYTES  1024

/* Paragraphs of Chromium stand where ours do; tools/specimen_chromium writes specimen.css beside it, with the fonts. */
#define PARAGRAPH_HTML "<p style=\"top:%.0fpx;font-size:%.0fpx;line-height:%.2fpx\">%s</p>\n"
static const char head[] = "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Type specimen</title>\n"
			   "<link rel=\"stylesheet\" href=\"specimen.css\">\n";

struct sheet {
	const struct specimen_setup *setup;
	struct text *text;
	struct draw_list *list;
	struct painter *painter;
	struct buf html;
	bool failed;        /* no memory for it */
	int missing;        /* of the text being set */
	const char *faulty; /* a language that had some */
};

/* Where the next paragraph goes, and whether it is only measured. */
struct pen {
	struct sheet *sheet;
	const struct specimen_text *of;
	float size, y;
	bool measure;
};

static void set(struct pen *pen, const char *utf8)
{
	struct sheet *sheet = pen->sheet;
	struct text_input input = {
		.utf8 = utf8,
		.len = strlen(utf8),
		.lang = pen->of->lang,
		.rtl = pen->of->rtl,
		.size = pen->size,
		.line = pen->size * LINE_FACTOR,
		.width = WIDTH_PX - 2 * MARGIN_PX,
	};
	const struct paragraph *p = text_paragraph(sheet->text, &input);
	if (!pen->measure) {
		paragraph_draw(p, sheet->list, MARGIN_PX, pen->y, INK);
		sheet->missing += paragraph_missing(p);
		sheet->failed |= !buf_printf(&sheet->html, PARAGRAPH_HTML, (double)pen->y, (double)pen->size,
					     (double)paragraph_height(p) / paragraph_lines(p), utf8);
	}
	pen->y += (float)(int)paragraph_height(p) + GAP_PX;
}

/* Both sizes of a text; the height of its sheet. */
static float set_all(struct sheet *sheet, const struct specimen_text *of, bool measure)
{
	struct pen pen = {sheet, of, SIZE_PX, MARGIN_PX / 2.0f, measure};
	for (int percent = 100; percent <= 200; percent += 100) {
		pen.size = SIZE_PX * (float)percent / 100;
		set(&pen, of->paragraph);
		for (size_t i = 0; i < SPECIMEN_ITEMS; i++) {
			char item[ITEM_BYTES];
			snprintf(item, sizeof(item), BULLET "%s", of->items[i]);
			set(&pen, item);
		}
		pen.y += 2 * GAP_PX;
	}
	return pen.y;
}

static bool paint_sheet(struct sheet *sheet, const struct specimen_text *of, pixman_image_t *picture, const char *file,
			struct err *err)
{
	int height = pixman_image_get_height(picture);
	char path[PATH_BYTES];

	draw_list_clear(sheet->list, WIDTH_PX, height);
	draw_fill(sheet->list, (struct rect){0, 0, WIDTH_PX, height}, PAPER);
	sheet->missing = 0;
	sheet->failed |= !buf_printf(&sheet->html, "<section id=\"%s\" lang=\"%s\" dir=\"%s\">\n", of->lang, of->lang,
				     of->rtl ? "rtl" : "ltr");
	set_all(sheet, of, false);
	sheet->failed |= !buf_append_text(&sheet->html, "</section>\n");
	if (text_failed(sheet->text) || draw_list_failed(sheet->list) || sheet->failed)
		return err_memory(err);
	if (sheet->missing > 0) {
		log_error("specimen %s: %d characters have no glyph", of->lang, sheet->missing);
		sheet->faulty = of->name;
	}
	if (snprintf(path, sizeof(path), "%s/%s", sheet->setup->out, file) >= (int)sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", file);
	return paint(sheet->painter, sheet->list, picture, NULL, err) && snapshot_write(picture, path, err);
}

static bool write_sheet(struct sheet *sheet, const struct specimen_text *of, const char *file, struct err *err)
{
	int height = (int)set_all(sheet, of, true);
	pixman_image_t *picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH_PX, height, NULL, 0);
	if (!picture)
		return err_memory(err);
	bool ok = paint_sheet(sheet, of, picture, file, err);
	pixman_image_unref(picture);
	text_trim(sheet->text);
	return ok;
}

static bool write_all(struct sheet *sheet, struct arena *arena, struct gallery_picture *pictures, size_t *count,
		      struct err *err)
{
	for (*count = 0; *count < ARRAY_LEN(specimen_texts); ++*count) {
		const struct specimen_text *of = &specimen_texts[*count];
		const char *file = arena_printf(arena, "specimen-%s.png", of->lang);
		if (!file)
			return err_memory(err);
		if (!write_sheet(sheet, of, file, err))
			return false;
		pictures[*count] = (struct gallery_picture){"Type specimen", of->lang, file};
	}
	return true;
}

bool specimen_write(const struct specimen_setup *setup, struct arena *arena, struct gallery_picture **pictures,
		    size_t *count, struct err *err)
{
	struct sheet sheet = {.setup = setup, .list = draw_list_create(), .painter = painter_create()};
	int dir = -1;
	*count = 0;
	*pictures = arena_array(arena, ARRAY_LEN(specimen_texts), sizeof(**pictures));
	sheet.failed = !buf_append_text(&sheet.html, head);
	bool ok = sheet.list && sheet.painter && *pictures;
	if (!ok)
		err_memory(err);
	ok = ok && file_open_dir(AT_FDCWD, setup->out, true, &dir, err) && text_open(setup->share, &sheet.text, err) &&
	     write_all(&sheet, arena, *pictures, count, err) &&
	     file_write(dir, "specimen.html", sheet.html.data, sheet.html.len, 0644, err);
	if (ok && sheet.faulty)
		ok = err_set(err, ERR_FORMAT, "specimen: %s has characters without a glyph", sheet.faulty);
	if (dir >= 0)
		close(dir);
	buf_finish(&sheet.html);
	text_close(sheet.text);
	painter_destroy(sheet.painter);
	draw_list_destroy(sheet.list);
	return ok;
}
