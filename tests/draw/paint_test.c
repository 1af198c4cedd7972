#include "draw/paint.h"

#include "base/array.h"
#include "draw/bitmap.h"
#include "draw/glyphs.h"
#include "draw/shape.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  331
#define HEIGHT 243
#define WHITE  0xFFFFFFFFu
#define PI     3.14159265358979

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

/* Allocations until one fails; negative: none fails. */
static int left = -1;

void *__wrap_malloc(size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_calloc(count, size);
}

static const struct rect whole = {0, 0, WIDTH, HEIGHT};
static struct faces *faces;
static struct face *font;
static struct painter *painter;
static struct draw_list *list; /* begun, black */
static pixman_image_t *target;

static pixman_image_t *surface(void)
{
	pixman_image_t *image = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH, HEIGHT, NULL, 0);
	assert_non_null(image);
	memset(pixman_image_get_data(image), 0x5A, (size_t)pixman_image_get_stride(image) * HEIGHT);
	return image;
}

static void begin(void)
{
	draw_list_clear(list, WIDTH, HEIGHT);
	draw_fill(list, whole, 0xFF000000u);
}

static int start(void **state)
{
	(void)state;
	struct err err;
	painter = painter_create();
	list = draw_list_create();
	target = surface();
	begin();
	return painter && list && faces_create(&faces, &err) &&
			       face_open(faces, "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", &font, &err)
		       ? 0
		       : -1;
}

static int finish(void **state)
{
	(void)state;
	pixman_image_unref(target);
	draw_list_destroy(list);
	painter_destroy(painter);
	painter_destroy(NULL);
	faces_destroy(faces);
	return 0;
}

static void show(void)
{
	struct err err;
	if (!paint(painter, list, target, NULL, &err))
		fail_msg("%s", err.text);
}

static const uint8_t *pixel(int x, int y)
{
	return (const uint8_t *)pixman_image_get_data(target) + (ptrdiff_t)y * pixman_image_get_stride(target) +
	       (ptrdiff_t)x * 4;
}

/* How much light there is in a rectangle, in white pixels. */
static double light(struct rect r)
{
	double sum = 0;
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			sum += pixel(x, y)[0] / 255.0;
	return sum;
}

static void colours_are_exact(void **state)
{
	(void)state;
	draw_fill(list, whole, 0xFFF8F3E8u);
	draw_fill(list, (struct rect){10, 10, 5, 5}, 0x80FF0000u);
	draw_fill(list, (struct rect){20, 10, 5, 5}, 0xFF743244u);
	show();
	static const struct {
		int x, y;
		uint8_t blue, green, red;
	} pixels[] = {{0, 0, 0xE8, 0xF3, 0xF8},   {9, 10, 0xE8, 0xF3, 0xF8},  {10, 10, 0x74, 0x79, 0xFB},
		      {14, 14, 0x74, 0x79, 0xFB}, {15, 14, 0xE8, 0xF3, 0xF8}, {22, 12, 0x44, 0x32, 0x74}};
	for (size_t i = 0; i < ARRAY_LEN(pixels); i++) {
		const uint8_t *p = pixel(pixels[i].x, pixels[i].y);
		assert_in_range(p[0], pixels[i].blue - 1, pixels[i].blue + 1);
		assert_in_range(p[1], pixels[i].green - 1, pixels[i].green + 1);
		assert_in_range(p[2], pixels[i].red - 1, pixels[i].red + 1);
	}
}

static void round_boxes_have_their_area(void **state)
{
	(void)state;
	static const struct rect box = {30, 20, 150, 101};
	for (unsigned corners = 0; corners <= CORNERS_ALL; corners++)
		for (int radius = 1; radius <= 50; radius += 7) {
			begin();
			draw_round(list, box, radius, corners, WHITE);
			show();
			double missing = __builtin_popcount(corners) * (1 - PI / 4) * radius * radius;
			assert_true(fabs(light(whole) - (150 * 101 - missing)) < 0.5 + radius * 0.05);
			assert_true(fabs(light(box) - light(whole)) < 1e-9);
			static const struct {
				unsigned corner;
				int x, y;
			} places[] = {{CORNER_TOP_LEFT, 30, 20},
				      {CORNER_TOP_RIGHT, 179, 20},
				      {CORNER_BOTTOM_RIGHT, 179, 120},
				      {CORNER_BOTTOM_LEFT, 30, 120}};
			for (size_t i = 0; i < ARRAY_LEN(places); i++)
				assert_int_equal(pixel(places[i].x, places[i].y)[0] == 255,
						 !(corners & places[i].corner));
		}
}

static void rings_have_their_width(void **state)
{
	(void)state;
	static const struct {
		int radius, width;
	} cases[] = {{0, 1}, {0, 8}, {24, 2}, {23, 4}, {40, 8}, {4, 8}, {50, 5}, {50, 49}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int r = cases[i].radius, w = cases[i].width, inner = r > w ? r - w : 0;
		begin();
		draw_ring(list, (struct rect){30, 20, 150, 101}, r, w, WHITE);
		show();
		double expected =
			150 * 101 - (4 - PI) * r * r - ((150 - 2 * w) * (101 - 2 * w) - (4 - PI) * inner * inner);
		assert_true(fabs(light(whole) - expected) < 4);
		assert_true(light((struct rect){103, 69, 3, 1}) < 0.001);
		for (int n = 0; n < w; n++)
			assert_int_equal(pixel(30 + n, 70)[0], 255);
		assert_int_equal(pixel(30 + w, 70)[0], 0);
	}
}

/* Each pixel of a translucent shape is painted once. */
static void translucent_shapes_do_not_overlap(void **state)
{
	(void)state;
	draw_round(list, (struct rect){10, 10, 90, 80}, 20, CORNERS_TOP, 0x80FFFFFFu);
	draw_ring(list, (struct rect){110, 10, 90, 80}, 20, 6, 0x80FFFFFFu);
	draw_ring(list, (struct rect){210, 10, 90, 80}, 3, 9, 0x80FFFFFFu);
	draw_shadow(list, (struct rect){60, 130, 200, 100}, 10, (struct draw_shadow){-8, 10, 0x80FFFFFFu});
	show();
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			assert_true(pixel(x, y)[0] <= 0x80);
	assert_int_equal(pixel(50, 50)[0], 0x80);
	assert_int_equal(pixel(112, 50)[0], 0x80);
	assert_int_equal(pixel(160, 170)[0], 0x80);
}

/* A shadow has the weight of its box, falls off outward, is half at the edge, and is symmetric. */
static void shadows_are_soft(void **state)
{
	(void)state;
	static const struct rect box = {90, 81, 150, 101};
	begin();
	draw_round(list, box, 24, CORNERS_ALL, WHITE);
	show();
	double weight = light(whole);
	for (int blur = 0; blur <= 40; blur += 8) {
		begin();
		draw_shadow(list, (struct rect){box.x, box.y - 7, box.w, box.h}, 24,
			    (struct draw_shadow){7, blur, WHITE});
		show();
		assert_true(fabs(light(whole) - weight) < 60);
		for (int x = 1; x <= 90 + 75; x++)
			assert_true(pixel(x, 131)[0] >= pixel(x - 1, 131)[0]);
		for (int i = 0; i < 80; i++) {
			assert_int_equal(pixel(90 - 40 + i, 131)[0], pixel(239 + 40 - i, 131)[0]);
			assert_int_equal(pixel(165, 81 - 40 + i)[0], pixel(165, 181 + 40 - i)[0]);
		}
		if (blur > 0)
			assert_in_range(pixel(89, 131)[0] + pixel(90, 131)[0], 245, 265);
	}
}

/* The stretched form of a shadow is what blurring the whole box gives: compared along one that is not stretched. */
static void long_shadows_are_stretched(void **state)
{
	(void)state;
	enum {
		BLUR = 10,
		RADIUS = 6
	};
	int side = shape_shadow_side(RADIUS, BLUR);
	assert_true(side + 101 < WIDTH - 60);
	pixman_image_t *shown = target;
	draw_shadow(list, (struct rect){30, 60, side, 60}, RADIUS, (struct draw_shadow){0, BLUR, WHITE});
	show();
	target = surface();
	begin();
	draw_shadow(list, (struct rect){30, 60, side + 101, 60}, RADIUS, (struct draw_shadow){0, BLUR, WHITE});
	show();
	pixman_image_t *stretched = target;
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			int from = x < 30 + side / 2 ? x : x < 30 + side / 2 + 101 ? 30 + side / 2 : x - 101;
			target = stretched;
			int value = pixel(x, y)[0];
			target = shown;
			assert_int_equal(value, pixel(from, y)[0]);
		}
	pixman_image_unref(stretched);
}

static void masks_and_images_are_where_they_belong(void **state)
{
	(void)state;
	uint32_t half[16], full[16];
	for (size_t i = 0; i < 16; i++) {
		half[i] = 0x80808080u;
		full[i] = 0xFFFFFFFFu;
	}
	struct mask mask = {pixman_image_create_bits(PIXMAN_a8, 4, 4, half, 4), 4, 4, 1};
	struct image image = {pixman_image_create_bits(PIXMAN_a8r8g8b8, 4, 4, half, 16), 4, 4, 1};
	struct image solid = {pixman_image_create_bits(PIXMAN_x8r8g8b8, 4, 4, full, 16), 4, 4, 1};
	draw_mask(list, &mask, 10, 10, WHITE);
	draw_image(list, &image, 20, 10);
	draw_image(list, &solid, -2, -2);
	draw_image(list, &solid, WIDTH - 1, HEIGHT - 1);
	show();
	double each = 16 * 128 / 255.0;
	assert_true(fabs(light((struct rect){10, 10, 4, 4}) - each) < 0.01);
	assert_true(fabs(light((struct rect){20, 10, 4, 4}) - each) < 0.01);
	assert_true(fabs(light((struct rect){0, 0, 2, 2}) - 4) < 1e-9);
	assert_true(fabs(light(whole) - 4 - 1 - 2 * each) < 0.01);
	pixman_image_unref(mask.bits);
	pixman_image_unref(image.bits);
	pixman_image_unref(solid.bits);
}

/* As much light as the round box of its place, and its own colours where that is. */
static void images_may_have_round_corners(void **state)
{
	enum {
		SIDE = 40,
		RADIUS = 12
	};
	(void)state;
	static uint32_t white[SIDE * SIDE];
	for (size_t i = 0; i < ARRAY_LEN(white); i++)
		white[i] = 0xFFFFFFFFu;
	struct image image = {pixman_image_create_bits(PIXMAN_x8r8g8b8, SIDE, SIDE, white, 4 * SIDE), SIDE, SIDE, 1};
	struct rect picture = {10, 10, SIDE, SIDE}, box = {70, 10, SIDE, SIDE};
	draw_image_round(list, &image, picture.x, picture.y, RADIUS, CORNERS_TOP);
	draw_round(list, box, RADIUS, CORNERS_TOP, WHITE);
	show();
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			assert_int_equal(pixel(picture.x + x, picture.y + y)[0], pixel(box.x + x, box.y + y)[0]);
	assert_int_equal(pixel(picture.x, picture.y)[0], 0);
	assert_int_equal(pixel(picture.x, picture.y + SIDE - 1)[0], 255);
	pixman_image_unref(image.bits);
}

/* "A" of Noto Sans is 639 units wide and 714 high, its baseline where it is put; quarters of a pixel move it. */
static void glyphs_stand_on_their_baseline(void **state)
{
	(void)state;
	static const struct draw_glyph run[] = {{36, 0, 0}, {UINT32_MAX, 50, 0}, {36, 100.5f, 20}};
	draw_glyphs(list, font, 50, run, ARRAY_LEN(run), 20, 100, WHITE);
	show();
	struct rect first = {20, 100 - 36, 32, 36}, second = {120, 120 - 36, 33, 36};
	assert_true(light(first) > 200);
	assert_true(fabs(light(first) - light(second)) < 1);
	assert_true(fabs(light(whole) - light(first) - light(second)) < 0.001);
	assert_true(light((struct rect){20, 99, 32, 1}) > 5);
	assert_true(light((struct rect){20, 64, 32, 1}) > 1);
	bool moved = false;
	for (int x = 0; x < 32; x++)
		moved = moved || pixel(20 + x, 90)[0] != pixel(120 + x, 110)[0];
	assert_true(moved);
}

static void the_target_may_have_another_size(void **state)
{
	(void)state;
	draw_list_clear(list, 40, 30);
	draw_fill(list, (struct rect){0, 0, 4000, 3000}, 0xFF000000u);
	show();
	assert_int_equal(pixel(39, 29)[0], 0);
	assert_int_equal(pixel(40, 29)[0], 0x5A);
	draw_list_clear(list, 2 * WIDTH, 2 * HEIGHT);
	draw_fill(list, (struct rect){0, 0, 2 * WIDTH, 2 * HEIGHT}, 0xFF112233u);
	show();
	assert_int_equal(pixel(WIDTH - 1, HEIGHT - 1)[0], 0x33);
}

/* The clip that painting sets does not stay on the caller's image. */
static void the_target_is_given_back_whole(void **state)
{
	(void)state;
	draw_clip(list, (struct rect){0, 0, 10, 10});
	draw_fill(list, whole, WHITE);
	draw_unclip(list);
	show();
	assert_true(fabs(light(whole) - 100) < 1e-9);
	static const pixman_color_t white = {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF};
	static const pixman_box32_t all = {0, 0, WIDTH, HEIGHT};
	assert_true(pixman_image_fill_boxes(PIXMAN_OP_SRC, target, &white, 1, &all));
	assert_true(fabs(light(whole) - WIDTH * HEIGHT) < 1e-6);
}

static void shapes_have_limits(void **state)
{
	(void)state;
	struct shapes shapes = {0};
	for (int i = 1; i <= 300; i++) {
		assert_non_null(shapes_disc(&shapes, i * 4));
		assert_non_null(shapes_ring(&shapes, 20 + i % 100, 1 + i % 20));
		assert_non_null(shapes_shadow(&shapes, 24, i % 80, 100, 100));
		assert_true(shapes.bytes <= SHAPES_BYTES_MAX && shapes.count <= SHAPES_MAX);
	}
	shapes_finish(&shapes);
}

static void glyphs_have_limits(void **state)
{
	(void)state;
	struct glyphs glyphs = {0};
	struct err err;
	pixman_color_t white = {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF};
	pixman_image_t *solid = pixman_image_create_solid_fill(&white);
	size_t most = 0, count;
	int dropped = 0;
	for (int size = 20; size < 400; size += 10) {
		struct draw_glyph run[300];
		for (uint32_t i = 0; i < ARRAY_LEN(run); i++)
			run[i] = (struct draw_glyph){36 + i, 0, 200};
		draw_list_clear(list, WIDTH, HEIGHT);
		draw_glyphs(list, font, (float)size, run, ARRAY_LEN(run), 0, 0, WHITE);
		size_t before = glyphs.bytes;
		assert_true(glyphs_begin(&glyphs, &err));
		assert_true(glyphs_paint(&glyphs, draw_list_items(list, &count), solid, target, &err));
		glyphs_end(&glyphs);
		assert_true(glyphs.bytes <= GLYPHS_BYTES_MAX);
		most = glyphs.bytes > most ? glyphs.bytes : most;
		dropped += glyphs.bytes < before;
	}
	assert_true(most > GLYPHS_BYTES_MAX / 2 && dropped >= 2);
	glyphs_finish(&glyphs);
	pixman_image_unref(solid);
}

/* Whichever of our allocations fails, painting says so, and the next time is right. */
static void any_allocation_may_fail(void **state)
{
	(void)state;
	static const struct draw_glyph run[] = {{36, 0, 0}, {37, 30, 0}};
	draw_shadow(list, (struct rect){20, 20, 100, 100}, 20, (struct draw_shadow){4, 20, 0x80FFFFFFu});
	draw_round(list, (struct rect){20, 20, 100, 100}, 20, CORNERS_ALL, WHITE);
	draw_ring(list, (struct rect){150, 20, 100, 100}, 20, 4, WHITE);
	draw_glyphs(list, font, 40, run, ARRAY_LEN(run), 20, 200, WHITE);
	show();
	double right = light(whole);
	int failures = 0;
	for (int n = 0; n < 12; n++) {
		struct err err = {0};
		painter_destroy(painter);
		painter = painter_create();
		left = n;
		bool ok = paint(painter, list, target, NULL, &err);
		bool hit = left < 0;
		left = -1;
		assert_int_equal(ok, !hit);
		if (hit)
			assert_int_equal(err.code, ERR_MEMORY);
		failures += hit;
		show();
		assert_true(fabs(light(whole) - right) < 1e-9);
	}
	assert_true(failures >= 5);
}

static void a_failed_list_is_not_painted(void **state)
{
	(void)state;
	struct err err = {0};
	left = 0;
	for (int i = 0; i < 200; i++) {
		static const struct draw_glyph run[] = {{36, 0, 0}};
		draw_glyphs(list, font, 40, run, 1, 20, 200, WHITE);
	}
	left = -1;
	assert_true(draw_list_failed(list));
	assert_false(paint(painter, list, target, NULL, &err));
	assert_int_equal(err.code, ERR_MEMORY);
	assert_int_equal(pixel(0, 0)[0], 0x5A);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(colours_are_exact),
		TEST(round_boxes_have_their_area),
		TEST(rings_have_their_width),
		TEST(translucent_shapes_do_not_overlap),
		TEST(shadows_are_soft),
		TEST(long_shadows_are_stretched),
		TEST(masks_and_images_are_where_they_belong),
		TEST(images_may_have_round_corners),
		TEST(glyphs_stand_on_their_baseline),
		TEST(the_target_may_have_another_size),
		TEST(the_target_is_given_back_whole),
		TEST(shapes_have_limits),
		TEST(glyphs_have_limits),
		TEST(any_allocation_may_fail),
		TEST(a_failed_list_is_not_painted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
