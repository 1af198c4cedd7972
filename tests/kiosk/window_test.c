/* Every format SDL may hand out, and surfaces replaced under the kiosk. */
#include "base/array.h"
#include "draw/paint.h"
#include "kiosk/window.h"

#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define WIDTH  121 /* odd, so that rows of 16-bit pixels are padded */
#define HEIGHT 87

/* What SDL gives the window, and whether it shows what is presented. */
static SDL_Surface *handed;
static bool refused;

SDL_Surface *__wrap_SDL_GetWindowSurface(SDL_Window *window);
int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count);

SDL_Surface *__wrap_SDL_GetWindowSurface(SDL_Window *window)
{
	(void)window;
	return handed;
}

int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count)
{
	(void)window;
	(void)rects;
	assert_true(count > 0);
	return refused ? -1 : 0;
}

static struct presenter *presenter;
static struct faces *faces;
static struct face *font;
static struct painter *painter;
static struct draw_list *list;

static int start(void **state)
{
	(void)state;
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct window_setup setup = {.width = 320, .height = 320};
	struct err err;
	char path[512];
	snprintf(path, sizeof(path), "%s/fonts/NotoSans-Regular.ttf", share ? share : "build/share");
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	if (!window_start(&err) || !window_create(&setup, &presenter, &err) || !faces_create(&faces, &err) ||
	    !face_open(faces, path, &font, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	painter = painter_create();
	list = draw_list_create();
	return painter && list ? 0 : -1;
}

static int finish(void **state)
{
	(void)state;
	draw_list_destroy(list);
	painter_destroy(painter);
	faces_destroy(faces);
	presenter->destroy(presenter);
	SDL_Quit();
	return 0;
}

static void hand(Uint32 format, int width, int height)
{
	handed = SDL_CreateRGBSurfaceWithFormat(0, width, height, SDL_BITSPERPIXEL(format), format);
	assert_non_null(handed);
}

/* Everything that is painted in its own way. */
static void record(int width, int height)
{
	static const struct draw_glyph letters[] = {{36, 0, 0}, {37, 22.25f, 0}, {38, 44.5f, 0}};
	draw_list_clear(list, width, height);
	draw_fill(list, (struct rect){0, 0, width, height}, 0xFFF8F3E8u);
	draw_shadow(list, (struct rect){12, 10, 60, 30}, 8, (struct draw_shadow){3, 8, 0x60000000u});
	draw_round(list, (struct rect){12, 10, 60, 30}, 8, CORNERS_ALL, 0xFF9B1C1Fu);
	draw_ring(list, (struct rect){80, 8, 30, 30}, 9, 3, 0x800A5A3Cu);
	draw_glyphs(list, font, 30, letters, ARRAY_LEN(letters), 10, 75, 0xFF102040u);
}

/* True when the surface was fresh. */
static bool show(void)
{
	pixman_image_t *target;
	pixman_region32_t all;
	bool fresh;
	struct err err;
	assert_true(presenter->surface(presenter, &target, &fresh, &err));
	int width = pixman_image_get_width(target), height = pixman_image_get_height(target);
	assert_int_equal(width, handed->w);
	assert_int_equal(height, handed->h);
	record(width, height);
	pixman_region32_init_rect(&all, 0, 0, (unsigned)width, (unsigned)height);
	assert_true(paint(painter, list, target, &all, &err));
	assert_int_equal(presenter->present(presenter, &all, &err), !refused);
	pixman_region32_fini(&all);
	return fresh;
}

/* Red, green and blue, each of 255; SDL's own function knows no channels of more than eight bits. */
static void rgb(int x, int y, int out[3])
{
	const SDL_PixelFormat *format = handed->format;
	const Uint32 masks[] = {format->Rmask, format->Gmask, format->Bmask};
	const Uint8 *bytes = (const Uint8 *)handed->pixels + y * handed->pitch + x * format->BytesPerPixel;
	Uint32 pixel = 0;
	for (int i = 0; i < format->BytesPerPixel; i++) /* little endian, as all machines that kiosks run on */
		pixel |= (Uint32)bytes[i] << 8 * i;
	for (int c = 0; c < 3; c++) {
		Uint32 lowest = masks[c] & -masks[c];
		out[c] = (int)((pixel & masks[c]) / lowest * 255 / (masks[c] / lowest));
	}
}

/* How far a channel may be from one of eight bits: three steps of its own, for paper, shadow and corner are each
 * rounded. */
static int steps(Uint32 mask)
{
	Uint32 most = mask / (mask & -mask);
	return most > 255 ? 3 : 3 * 255 / (int)most;
}

static void every_format_shows_the_same(void **state)
{
	(void)state;
	static const Uint32 formats[] = {
		SDL_PIXELFORMAT_RGB888,      SDL_PIXELFORMAT_BGR888,   SDL_PIXELFORMAT_RGBX8888,
		SDL_PIXELFORMAT_BGRX8888,    SDL_PIXELFORMAT_ARGB8888, SDL_PIXELFORMAT_RGBA8888,
		SDL_PIXELFORMAT_ABGR8888,    SDL_PIXELFORMAT_BGRA8888, SDL_PIXELFORMAT_RGB24,
		SDL_PIXELFORMAT_BGR24,       SDL_PIXELFORMAT_RGB565,   SDL_PIXELFORMAT_BGR565,
		SDL_PIXELFORMAT_RGB555,      SDL_PIXELFORMAT_BGR555,   SDL_PIXELFORMAT_ARGB1555,
		SDL_PIXELFORMAT_RGBA5551,    SDL_PIXELFORMAT_RGB444,   SDL_PIXELFORMAT_ARGB4444,
		SDL_PIXELFORMAT_ARGB2101010,
	};
	static int right[HEIGHT][WIDTH][3];
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		hand(formats[i], WIDTH, HEIGHT);
		assert_true(show());
		const SDL_PixelFormat *format = handed->format;
		int most[3] = {steps(format->Rmask), steps(format->Gmask), steps(format->Bmask)};
		int dark = 0;
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				int seen[3];
				rgb(x, y, seen);
				for (int c = 0; c < 3; c++) {
					if (i == 0)
						right[y][x][c] = seen[c];
					else if (abs(seen[c] - right[y][x][c]) > most[c])
						fail_msg("%s: %d, not %d", SDL_GetPixelFormatName(formats[i]), seen[c],
							 right[y][x][c]);
				}
				dark += seen[0] < 0x60;
			}
		assert_true(dark > 200); /* the letters */
		SDL_FreeSurface(handed);
	}
}

/* Resized, turned, or the screen off and on: SDL makes a surface anew, perhaps where the old one was. */
static void a_replaced_surface_is_fresh(void **state)
{
	(void)state;
	static const struct {
		Uint32 format;
		int width, height;
	} surfaces[] = {
		{SDL_PIXELFORMAT_RGB888, 121, 87},  {SDL_PIXELFORMAT_RGB888, 121, 87},
		{SDL_PIXELFORMAT_RGB888, 87, 121},  {SDL_PIXELFORMAT_RGB24, 87, 121},
		{SDL_PIXELFORMAT_RGB24, 87, 121},   {SDL_PIXELFORMAT_RGB565, 87, 121},
		{SDL_PIXELFORMAT_RGB888, 300, 500}, {SDL_PIXELFORMAT_RGB888, 121, 87},
	};
	for (size_t i = 0; i < ARRAY_LEN(surfaces); i++) {
		hand(surfaces[i].format, surfaces[i].width, surfaces[i].height);
		assert_true(show());
		assert_false(show());
		SDL_FreeSurface(handed);
	}
}

static void what_did_not_arrive_is_painted_again(void **state)
{
	(void)state;
	hand(SDL_PIXELFORMAT_RGB888, WIDTH, HEIGHT);
	assert_true(show());
	refused = true;
	assert_false(show());
	refused = false;
	assert_true(show());
	assert_false(show());
	SDL_FreeSurface(handed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_shows_the_same),
		cmocka_unit_test(a_replaced_surface_is_fresh),
		cmocka_unit_test(what_did_not_arrive_is_painted_again),
	};
	return cmocka_run_group_tests(tests, start, finish);
}
