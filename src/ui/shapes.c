#include "ui/ui.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pictograms that point or go somewhere along the line of text, or show lines of text, and so turn round with it. Not
 * in the list, so never turned: what is the same everywhere (check marks, clocks, phones), things held in a right hand,
 * letters and digits. */
static const char *const mirrored[] = {
	"ambulance", "back", "chev", "docs", "expand", "listen", "route", "slow", "swim", "volDown", "volUp", "wheel",
};

static int by_name(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

static bool is_mirrored(const char *name)
{
	return bsearch(name, mirrored, ARRAY_LEN(mirrored), sizeof(mirrored[0]), by_name) != NULL;
}

void ui_fill(struct ui *ui, struct box box, uint32_t colour)
{
	draw_fill(ui_paper(ui), ui_place(ui, box), colour);
}

/* A radius may be larger than the box; the shape is then a pill. */
static int fit_radius(const struct ui *ui, struct rect rect, float radius)
{
	int most = (rect.w < rect.h ? rect.w : rect.h) / 2;
	int device = ui_whole(radius * ui->scale);
	return device < most ? device : most;
}

void ui_round(struct ui *ui, struct box box, float radius, uint32_t colour)
{
	ui_round_corners(ui, box, radius, CORNERS_ALL, colour);
}

void ui_round_corners(struct ui *ui, struct box box, float radius, unsigned corners, uint32_t colour)
{
	struct rect rect = ui_place(ui, box);
	unsigned turned = corners;
	if (ui->rtl) {
		static const unsigned pairs[][2] = {{CORNER_TOP_LEFT, CORNER_TOP_RIGHT},
						    {CORNER_BOTTOM_LEFT, CORNER_BOTTOM_RIGHT}};
		turned = 0;
		for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
			turned |= (corners & pairs[i][0] ? pairs[i][1] : 0) | (corners & pairs[i][1] ? pairs[i][0] : 0);
	}
	draw_round(ui_paper(ui), rect, fit_radius(ui, rect, radius), turned, colour);
}

void ui_ring(struct ui *ui, struct box box, float radius, float width, uint32_t colour)
{
	struct rect rect = ui_place(ui, box);
	draw_ring(ui_paper(ui), rect, fit_radius(ui, rect, radius), ui_thick(ui, width), colour);
}

/* `share`: how much of it is there. */
static void cast(struct ui *ui, struct box box, float radius, struct draw_shadow shadow, float share)
{
	uint32_t alpha = (uint32_t)((float)(shadow.colour >> 24) * share + 0.5f);
	if (alpha == 0)
		return;
	shadow.colour = alpha << 24 | (shadow.colour & 0xFFFFFF);
	struct rect rect = ui_place(ui, box);
	draw_shadow(ui_paper(ui), rect, fit_radius(ui, rect, radius), shadow);
}

void ui_shadow(struct ui *ui, struct box box, float radius, float share)
{
	struct draw_shadow shadow = {ui_whole(TOKEN_SHADOW_CARD_OFFSET_Y * ui->scale),
				     ui_thick(ui, TOKEN_SHADOW_CARD_BLUR), ui_colour(ui, COLOUR_SHADOW_CARD)};
	cast(ui, box, radius, shadow, share);
}

void ui_card_shadow(struct ui *ui, struct box box, float radius)
{
	ui_shadow(ui, box, radius, 1);
}

void ui_dialog_shadow(struct ui *ui, struct box box, float radius)
{
	struct draw_shadow shadow = {ui_whole(TOKEN_SHADOW_DIALOG_OFFSET_Y * ui->scale),
				     ui_thick(ui, TOKEN_SHADOW_DIALOG_BLUR), ui_colour(ui, COLOUR_SHADOW_DIALOG)};
	cast(ui, box, radius, shadow, 1);
}

void ui_icon(struct ui *ui, struct box box, const char *name, float side, uint32_t colour)
{
	struct rect rect = ui_place(ui, box);
	int device = ui_thick(ui, side);
	const struct mask *mask = pictures_icon(ui->pictures, name, device, ui->rtl && is_mirrored(name));
	if (!mask)
		return;
	int before = (int)floorf((float)(rect.w - device) / 2);
	int x = ui->rtl ? rect.x + rect.w - device - before : rect.x + before;
	int y = rect.y + (int)floorf((float)(rect.h - device) / 2);
	draw_mask(ui_paper(ui), mask, x, y, colour);
}

static void image(struct ui *ui, struct rect rect, const struct image *image)
{
	if (image)
		draw_image(ui_paper(ui), image, rect.x, rect.y);
}

void ui_picture(struct ui *ui, struct box box, const char *name)
{
	struct rect rect = ui_place(ui, box);
	if (!ui->theme->high_contrast && !rect_empty(rect))
		image(ui, rect, pictures_own(ui->pictures, name, rect.w, rect.h, PICTURE_COVER, ui->rtl));
}

void ui_content_picture(struct ui *ui, struct box box, const struct picture_source *source)
{
	struct rect rect = ui_place(ui, box);
	if (!ui->theme->high_contrast && !rect_empty(rect))
		image(ui, rect, pictures_given(ui->pictures, source, rect.w, rect.h, PICTURE_COVER, ui->rtl));
}

void ui_card_picture(struct ui *ui, struct box box, const struct picture_source *source, float radius, unsigned corners)
{
	struct rect rect = ui_place(ui, box);
	if (!ui->theme->high_contrast && !rect_empty(rect))
		draw_image_round(ui_paper(ui),
				 pictures_given(ui->pictures, source, rect.w, rect.h, PICTURE_COVER, ui->rtl), rect.x,
				 rect.y, ui_thick(ui, radius), corners);
}
