/* A turned screen: what is painted, what is said to have changed and where a touch lands must agree. */
#include "base/array.h"
#include "kiosk/turn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
	SCREEN_W = 40,
	SCREEN_H = 24
};

static pixman_image_t *screen_create(void)
{
	pixman_image_t *screen = pixman_image_create_bits(PIXMAN_x8r8g8b8, SCREEN_W, SCREEN_H, NULL, 0);
	assert_non_null(screen);
	return screen;
}

static uint32_t pixel_at(pixman_image_t *image, int x, int y)
{
	const uint32_t *bits = pixman_image_get_data(image);
	return bits[y * pixman_image_get_stride(image) / 4 + x] & 0xFFFFFF;
}

/* Every pixel of the screen shows the pixel of the upright picture that a touch there means. */
static void test_touch_and_picture_agree(void **state)
{
	static const int degrees[] = {90, 180, 270};
	struct err err;
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(degrees); i++) {
		struct turn turn = {.degrees = degrees[i]};
		pixman_image_t *screen = screen_create();
		pixman_image_t *upright = screen;
		bool fresh = false;
		assert_true(turn_surface(&turn, &upright, &fresh, &err));
		assert_true(fresh);
		int w = pixman_image_get_width(upright);
		int h = pixman_image_get_height(upright);
		assert_int_equal(w, degrees[i] == 180 ? SCREEN_W : SCREEN_H);
		uint32_t *bits = pixman_image_get_data(upright);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				bits[y * pixman_image_get_stride(upright) / 4 + x] = (uint32_t)(y << 8 | x);
		pixman_region32_t all;
		pixman_region32_init_rect(&all, 0, 0, (unsigned)w, (unsigned)h);
		assert_true(turn_present(&turn, screen, &all, &err));
		pixman_box32_t whole = *pixman_region32_extents(&all);
		assert_int_equal(whole.x2, SCREEN_W);
		assert_int_equal(whole.y2, SCREEN_H);
		for (int y = 0; y < SCREEN_H; y++) {
			for (int x = 0; x < SCREEN_W; x++) {
				float touch_x = ((float)x + 0.5f) / SCREEN_W;
				float touch_y = ((float)y + 0.5f) / SCREEN_H;
				turn_point(degrees[i], &touch_x, &touch_y);
				int px = (int)(touch_x * (float)w);
				int py = (int)(touch_y * (float)h);
				assert_int_equal(pixel_at(screen, x, y), py << 8 | px);
			}
		}
		pixman_region32_fini(&all);
		pixman_image_unref(screen);
		turn_finish(&turn);
	}
}

/* Presenting a part touches the screen there and nowhere else. */
static void test_changed_part_only(void **state)
{
	static const int degrees[] = {90, 180, 270};
	struct err err;
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(degrees); i++) {
		struct turn turn = {.degrees = degrees[i]};
		pixman_image_t *screen = screen_create();
		pixman_image_t *upright = screen;
		bool fresh = false;
		assert_true(turn_surface(&turn, &upright, &fresh, &err));
		uint32_t *bits = pixman_image_get_data(upright);
		size_t count = (size_t)pixman_image_get_stride(upright) / 4 * (size_t)pixman_image_get_height(upright);
		for (size_t j = 0; j < count; j++)
			bits[j] = 0xFFFFFF;
		pixman_region32_t part;
		pixman_region32_init_rect(&part, 3, 5, 7, 4);
		assert_true(turn_present(&turn, screen, &part, &err));
		int painted = 0;
		for (int y = 0; y < SCREEN_H; y++) {
			for (int x = 0; x < SCREEN_W; x++) {
				bool white = pixel_at(screen, x, y) == 0xFFFFFF;
				assert_int_equal(white, pixman_region32_contains_point(&part, x, y, NULL) != 0);
				painted += white;
			}
		}
		assert_int_equal(painted, 7 * 4);
		pixman_region32_fini(&part);
		pixman_image_unref(screen);
		turn_finish(&turn);
	}
}

/* The call for which there is no memory, from 1; 0: there is for all. */
static int starved, calls;

static bool starves(void)
{
	return ++calls == starved;
}

pixman_bool_t __wrap_pixman_image_set_transform(pixman_image_t *image, const pixman_transform_t *transform);
pixman_bool_t __real_pixman_image_set_transform(pixman_image_t *image, const pixman_transform_t *transform);
pixman_bool_t __wrap_pixman_image_set_clip_region32(pixman_image_t *image, pixman_region32_t *region);
pixman_bool_t __real_pixman_image_set_clip_region32(pixman_image_t *image, pixman_region32_t *region);
pixman_bool_t __wrap_pixman_region32_copy(pixman_region32_t *to, pixman_region32_t *from);
pixman_bool_t __real_pixman_region32_copy(pixman_region32_t *to, pixman_region32_t *from);
pixman_bool_t __wrap_pixman_region32_union_rect(pixman_region32_t *to, pixman_region32_t *from, int x, int y,
						unsigned width, unsigned height);
pixman_bool_t __real_pixman_region32_union_rect(pixman_region32_t *to, pixman_region32_t *from, int x, int y,
						unsigned width, unsigned height);

pixman_bool_t __wrap_pixman_image_set_transform(pixman_image_t *image, const pixman_transform_t *transform)
{
	return !(transform && starves()) && __real_pixman_image_set_transform(image, transform);
}

pixman_bool_t __wrap_pixman_image_set_clip_region32(pixman_image_t *image, pixman_region32_t *region)
{
	return !(region && starves()) && __real_pixman_image_set_clip_region32(image, region);
}

pixman_bool_t __wrap_pixman_region32_copy(pixman_region32_t *to, pixman_region32_t *from)
{
	return !starves() && __real_pixman_region32_copy(to, from);
}

pixman_bool_t __wrap_pixman_region32_union_rect(pixman_region32_t *to, pixman_region32_t *from, int x, int y,
						unsigned width, unsigned height)
{
	return !starves() && __real_pixman_region32_union_rect(to, from, x, y, width, height);
}

/* It is told, nothing comes out unturned, and the next picture is whole. */
static void test_without_memory_nothing_is_shown(void **state)
{
	struct turn turn = {.degrees = 90};
	pixman_image_t *screen = screen_create();
	pixman_image_t *upright = screen;
	bool fresh = false;
	struct err err;
	(void)state;

	assert_true(turn_surface(&turn, &upright, &fresh, &err));
	int stride = pixman_image_get_stride(upright) / 4;
	for (int i = 0; i < stride * pixman_image_get_height(upright); i++)
		pixman_image_get_data(upright)[i] = 0xFFFFFF;
	for (starved = 1; starved < 10; starved++) {
		pixman_region32_t part;
		pixman_region32_init_rect(&part, 3, 5, 7, 4);
		calls = 0;
		bool shown = turn_present(&turn, screen, &part, &err);
		int painted = 0;
		for (int y = 0; y < SCREEN_H; y++)
			for (int x = 0; x < SCREEN_W; x++)
				painted += pixel_at(screen, x, y) == 0xFFFFFF;
		assert_int_equal(painted, shown ? 7 * 4 : 0);
		pixman_region32_fini(&part);
		if (shown)
			break;
		assert_int_equal(err.code, ERR_MEMORY);
	}
	assert_int_equal(starved, 5); /* four calls */
	starved = 0;
	pixman_image_unref(screen);
	turn_finish(&turn);
}

static void test_upright_screen_is_left_alone(void **state)
{
	struct turn turn = {0};
	pixman_image_t *screen = screen_create();
	pixman_image_t *target = screen;
	bool fresh = false;
	struct err err;
	(void)state;

	assert_true(turn_surface(&turn, &target, &fresh, &err));
	assert_ptr_equal(target, screen);
	assert_false(fresh);
	assert_null(turn.upright);
	pixman_image_unref(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touch_and_picture_agree),
		cmocka_unit_test(test_changed_part_only),
		cmocka_unit_test(test_without_memory_nothing_is_shown),
		cmocka_unit_test(test_upright_screen_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
