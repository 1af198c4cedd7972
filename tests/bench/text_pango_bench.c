/* The text bench's contender "pango": a PangoLayout for each paragraph, painted by pango_cairo_show_layout() on an image
 * surface of Cairo. Fontconfig is given the fonts of the bench alone, so that it looks through no others. Lines get the
 * bench's height by an attribute. For another page layouts are made anew by the same context, which keeps fonts and
 * their tables. */
#include "contest.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>

struct pango {
	PangoContext *context;
	PangoFontDescription *font;
	PangoAttrList *attributes;
	PangoLayout *layouts[PAGE_PARAGRAPHS_MAX];
	int heights[PAGE_PARAGRAPHS_MAX];
	size_t count;
	cairo_surface_t *screen;
	cairo_t *cairo;
};

static void add_font(FcConfig *config, PangoFontDescription *font, const char *path)
{
	if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
		contest_die(path, "fontconfig does not take it");
	const FcFontSet *fonts = FcConfigGetFonts(config, FcSetApplication);
	FcChar8 *family = NULL;
	if (!pango_font_description_get_family(font) &&
	    FcPatternGetString(fonts->fonts[0], FC_FAMILY, 0, &family) == FcResultMatch)
		pango_font_description_set_family(font, (const char *)family);
}

static void *pango_open(const struct contest *contest)
{
	struct pango *pango = calloc(1, sizeof(*pango));
	FcConfig *config = FcConfigCreate();
	if (!pango || !config)
		contest_die("pango", "no memory");
	FcConfigSetCurrent(config);
	pango->font = pango_font_description_new();
	add_font(config, pango->font, contest->font);
	if (strcmp(contest->latin, contest->font) != 0)
		add_font(config, pango->font, contest->latin);
	pango_font_description_set_absolute_size(pango->font, CONTEST_SIZE * PANGO_SCALE);
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
	pango->context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(pango->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(pango->context, FALSE);
	pango_context_set_language(pango->context, pango_language_from_string(contest->language->lang));
	pango_context_set_base_dir(pango->context, contest->language->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	pango->attributes = pango_attr_list_new();
	pango_attr_list_insert(pango->attributes, pango_attr_line_height_new_absolute(CONTEST_LINE * PANGO_SCALE));
	pango->screen = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CONTEST_SCREEN_WIDTH, CONTEST_SCREEN_HEIGHT);
	pango->cairo = cairo_create(pango->screen);
	return pango;
}

static size_t pango_lay_out(void *self, const struct page *page)
{
	struct pango *pango = self;
	size_t lines = 0;
	for (size_t i = 0; i < pango->count; i++)
		g_object_unref(pango->layouts[i]);
	pango->count = page->count;
	for (size_t i = 0; i < page->count; i++) {
		PangoLayout *layout = pango_layout_new(pango->context);
		pango_layout_set_font_description(layout, pango->font);
		pango_layout_set_attributes(layout, pango->attributes);
		pango_layout_set_auto_dir(layout, FALSE);
		pango_layout_set_width(layout, CONTEST_WIDTH * PANGO_SCALE);
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_text(layout, page->text.data + page->paragraphs[i].start,
				      (int)page->paragraphs[i].len);
		pango_layout_get_pixel_size(layout, NULL, &pango->heights[i]);
		lines += (size_t)pango_layout_get_line_count(layout);
		pango->layouts[i] = layout;
	}
	return lines;
}

static void pango_paint(void *self, int top, bool whole)
{
	const struct pango *pango = self;
	(void)whole;
	cairo_set_source_rgb(pango->cairo, 1, 1, 1);
	cairo_paint(pango->cairo);
	cairo_set_source_rgb(pango->cairo, 0, 0, 0);
	int y = -top;
	for (size_t i = 0; i < pango->count && y < CONTEST_SCREEN_HEIGHT; i++) {
		if (y + pango->heights[i] > 0) {
			cairo_move_to(pango->cairo, CONTEST_MARGIN, y);
			pango_cairo_show_layout(pango->cairo, pango->layouts[i]);
		}
		y += pango->heights[i] + CONTEST_GAP;
	}
	cairo_surface_flush(pango->screen);
}

static const uint32_t *pango_pixels(void *self, size_t *stride_px)
{
	const struct pango *pango = self;
	*stride_px = (size_t)cairo_image_surface_get_stride(pango->screen) / 4;
	return (const uint32_t *)(const void *)cairo_image_surface_get_data(pango->screen);
}

int main(int argc, char **argv)
{
	static const struct contender contender = {"pango", pango_open, pango_lay_out, pango_paint, pango_pixels};
	return contest_run(&contender, argc, argv);
}
