#include "kiosk/rescue.h"

#include "base/array.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <string.h>

static const SDL_Color rescue_ink = {0x14, 0x25, 0x2B, 0xFF};
static const SDL_Color rescue_red = {0x9B, 0x1C, 0x1F, 0xFF};
static const SDL_Color rescue_white = {0xFF, 0xFF, 0xFF, 0xFF};

#define RESCUE_PAPER_RED   0xF8
#define RESCUE_PAPER_GREEN 0xF3
#define RESCUE_PAPER_BLUE  0xE8

/* One line: how tall in parts of rescue_unit(), and what it says. */
struct rescue_line {
	float size;
	bool on_red;
	const char *text;
};

static TTF_Font *rescue_font(const char *share, int size)
{
	static const char *const names[] = {"NotoSans-Bold.ttf", "NotoSans-Regular.ttf"};
	char path[4096];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(path, sizeof path, "%s/fonts/%s", share, names[i]);
		TTF_Font *font = TTF_OpenFont(path, size);
		if (font)
			return font;
	}
	return NULL;
}

/* Across an upright screen; less on one that lies, so that all lines have room. */
static int rescue_unit(const SDL_Surface *picture)
{
	int room = picture->h * 3 / 5;

	return picture->w < room ? picture->w : room;
}

/* Text centred at y on the picture, made smaller when it is too wide. Returns how much height it took; 0 when there is
 * no font. */
static int rescue_text(SDL_Surface *picture, const char *share, const struct rescue_line *line, int y)
{
	int size = (int)(line->size * (float)rescue_unit(picture));
	int room = picture->w * 9 / 10;
	TTF_Font *font = rescue_font(share, size);
	int width = 0;
	int height = 0;

	if (font && TTF_SizeUTF8(font, line->text, &width, &height) == 0 && width > room) {
		TTF_CloseFont(font);
		font = rescue_font(share, size * room / width);
	}
	if (!font)
		return 0;
	SDL_Surface *text = TTF_RenderUTF8_Blended(font, line->text, line->on_red ? rescue_white : rescue_ink);
	TTF_CloseFont(font);
	if (!text)
		return 0;
	SDL_Rect place = {(picture->w - text->w) / 2, y, text->w, text->h};
	if (line->on_red) {
		SDL_Rect band = {0, y - text->h / 8, picture->w, text->h + text->h / 4};
		SDL_FillRect(picture, &band, SDL_MapRGB(picture->format, rescue_red.r, rescue_red.g, rescue_red.b));
	}
	SDL_BlitSurface(text, NULL, picture, &place);
	height = text->h + (line->on_red ? text->h / 2 : text->h / 4);
	SDL_FreeSurface(text);
	return height;
}

/* 112 in bars, for a machine without any font: 1, 1 and the five bars of a 2 on a seven-segment display. */
static void rescue_bars(SDL_Surface *picture)
{
	/* In a grid of 11 x 7: x, y, width, height. */
	static const SDL_Rect bars[] = {{1, 0, 1, 7}, {4, 0, 1, 7}, {7, 0, 4, 1}, {10, 0, 1, 4},
					{7, 3, 4, 1}, {7, 3, 1, 4}, {7, 6, 4, 1}};
	int unit = picture->w / 16 < picture->h / 12 ? picture->w / 16 : picture->h / 12;
	int left = (picture->w - 11 * unit) / 2;
	int top = (picture->h - 7 * unit) / 2;
	Uint32 red = SDL_MapRGB(picture->format, rescue_red.r, rescue_red.g, rescue_red.b);

	for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
		SDL_Rect bar = {left + bars[i].x * unit, top + bars[i].y * unit, bars[i].w * unit, bars[i].h * unit};
		SDL_FillRect(picture, &bar, red);
	}
}

static void rescue_paint(SDL_Surface *picture, const char *share, const char *doctor_phone)
{
	char doctor[128];
	snprintf(doctor, sizeof doctor, "Lægevagt \u00b7 Doctor on call  %s", doctor_phone);
	const struct rescue_line lines[] = {
		{0.30f, true, "112"},
		{0.05f, false, "Ambulance \u00b7 brand \u00b7 politi"},
		{0.05f, false, "Ambulance \u00b7 fire \u00b7 police"},
		{0.10f, false, "114"},
		{0.05f, false, "Politi, ikke akut \u00b7 Police, not urgent"},
		{0.05f, false, doctor},
		{0.04f, false, " "},
		{0.06f, false, "Spørg personalet"},
		{0.06f, false, "Ask the staff"},
	};
	SDL_FillRect(picture, NULL,
		     SDL_MapRGB(picture->format, RESCUE_PAPER_RED, RESCUE_PAPER_GREEN, RESCUE_PAPER_BLUE));
	int y = picture->h / 12;
	bool any = false;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		int height = rescue_text(picture, share, &lines[i], y);
		any = any || height > 0;
		y += height;
	}
	if (!any)
		rescue_bars(picture);
}

bool rescue_show(struct presenter *presenter, const char *share, const char *doctor_phone, struct err *err)
{
	pixman_image_t *target = NULL;
	bool fresh = false;

	if (!presenter->surface(presenter, &target, &fresh, err))
		return false;
	int width = pixman_image_get_width(target);
	int height = pixman_image_get_height(target);
	/* Painted aside, in one format, so that any surface will do. */
	SDL_Surface *picture = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_RGB888);
	if (!picture)
		return err_memory(err);
	bool has_ttf = TTF_Init() == 0;
	rescue_paint(picture, has_ttf ? share : "", doctor_phone);
	if (has_ttf)
		TTF_Quit();
	pixman_image_t *image =
		pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, picture->pixels, picture->pitch);
	bool shown = false;
	if (image) {
		pixman_image_composite32(PIXMAN_OP_SRC, image, NULL, target, 0, 0, 0, 0, 0, 0, width, height);
		pixman_image_unref(image);
		pixman_region32_t all;
		pixman_region32_init_rect(&all, 0, 0, (unsigned)width, (unsigned)height);
		shown = presenter->present(presenter, &all, err);
		pixman_region32_fini(&all);
	} else {
		err_memory(err);
	}
	SDL_FreeSurface(picture);
	return shown;
}
