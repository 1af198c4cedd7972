#include "draw/list.h"

#include "base/array.h"
#include "draw/item.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  500
#define HEIGHT 300
#define SANS   "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
#define BOLD   "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

/* Allocations until one fails; negative: none fails. */
static int left = -1;

static bool refused(void)
{
	return left >= 0 && left-- == 0;
}

void *__wrap_malloc(size_t size)
{
	return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return refused() ? NULL : __real_realloc(old, size);
}

static struct faces *faces;
static struct face *sans, *bold;
static struct draw_list *one, *two;

static int start(void **state)
{
	(void)state;
	struct err err;
	one = draw_list_create();
	two = draw_list_create();
	return one && two && faces_create(&faces, &err) && face_open(faces, SANS, &sans, &err) &&
			       face_open(faces, BOLD, &bold, &err)
		       ? 0
		       : -1;
}

static int finish(void **state)
{
	(void)state;
	draw_list_destroy(one);
	draw_list_destroy(two);
	draw_list_destroy(NULL);
	faces_destroy(faces);
	return 0;
}

static void begin(struct draw_list *list)
{
	draw_list_clear(list, WIDTH, HEIGHT);
	draw_fill(list, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFFF8F3E8u);
}

static const struct draw_glyph letters[] = {{36, 0, 0}, {37, 20.25f, 0}, {38, 41.5f, 2}};

static void what_cannot_be_seen_is_not_recorded(void **state)
{
	(void)state;
	static const struct rect far[] = {{WIDTH, 0, 9, 9},
					  {0, HEIGHT, 9, 9},
					  {-9, 0, 9, 9},
					  {0, 0, 0, 5},
					  {0, 0, -5, -5},
					  {INT_MAX, INT_MAX, INT_MAX, INT_MAX},
					  {INT_MIN, INT_MIN, 9, 9},
					  {INT_MIN, INT_MIN, INT_MIN, INT_MIN}};
	struct mask mask = {.width = 9, .height = 9};
	struct image image = {.width = 9, .height = 9};
	begin(one);
	for (size_t i = 0; i < ARRAY_LEN(far); i++) {
		struct draw_shadow shadow = {.offset_y = 0, .blur = 0, .colour = 0xFF000000u};
		draw_fill(one, far[i], 0xFF000000u);
		draw_round(one, far[i], 4, CORNERS_ALL, 0xFF000000u);
		draw_ring(one, far[i], 4, 2, 0xFF000000u);
		draw_shadow(one, far[i], 4, shadow);
		if (far[i].w > 0) {
			draw_mask(one, &mask, far[i].x, far[i].y, 0xFF000000u);
			draw_image(one, &image, far[i].x, far[i].y);
		}
	}
	struct rect here = {10, 10, 50, 50};
	draw_fill(one, here, 0x00FFFFFFu);
	draw_round(one, here, 4, CORNERS_ALL, 0x00FFFFFFu);
	draw_ring(one, here, 4, 2, 0x00FFFFFFu);
	draw_ring(one, here, 4, 0, 0xFFFFFFFFu);
	draw_shadow(one, here, 4, (struct draw_shadow){4, 20, 0});
	draw_mask(one, &mask, 10, 10, 0);
	draw_mask(one, NULL, 10, 10, 0xFF000000u);
	draw_image(one, NULL, 10, 10);
	draw_glyphs(one, sans, 30, letters, ARRAY_LEN(letters), 10, 50, 0x00FFFFFFu);
	draw_glyphs(one, sans, 30, letters, 0, 10, 50, 0xFF000000u);
	assert_int_equal(draw_list_count(one), 1);
	assert_false(draw_list_failed(one));
}

static void bad_numbers_are_harmless(void **state)
{
	(void)state;
	static const float bad[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 3e9f};
	begin(one);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct draw_glyph glyphs[] = {{36, bad[i], 0}, {36, 0, bad[i]}, {UINT32_MAX, 0, 0}};
		draw_glyphs(one, sans, 30, glyphs, ARRAY_LEN(glyphs), 10, 50, 0xFF000000u);
		draw_glyphs(one, sans, 30, letters, 3, bad[i], 50, 0xFF000000u);
		draw_glyphs(one, sans, bad[i], letters, 3, 10, 50, 0xFF000000u);
	}
	draw_glyphs(one, sans, 0, letters, 3, 10, 50, 0xFF000000u);
	struct rect here = {10, 10, 50, 50};
	draw_ring(one, here, INT_MAX, INT_MAX, 0xFF000000u);
	draw_ring(one, here, INT_MIN, 2, 0xFF000000u);
	draw_round(one, here, INT_MAX, UINT_MAX, 0xFF000000u);
	draw_shadow(one, here, INT_MAX, (struct draw_shadow){INT_MAX, INT_MAX, 0xFF000000u});
	draw_shadow(one, here, INT_MIN, (struct draw_shadow){0, INT_MIN, 0xFF000000u});
	assert_false(draw_list_failed(one));
	draw_list_clear(one, -5, 0);
	draw_fill(one, here, 0xFF000000u);
	assert_int_equal(draw_list_count(one), 0);
}

static bool all_equal(const struct draw_list *a, const struct draw_list *b)
{
	pixman_region32_t changed;
	pixman_region32_init(&changed);
	draw_list_changes(a, b, &changed);
	bool equal = !pixman_region32_not_empty(&changed);
	pixman_region32_fini(&changed);
	return equal;
}

static void record_all(struct draw_list *list, int x, int y, uint32_t alpha)
{
	struct rect box = {x + 20, y + 30, 90, 70}, clip = {x, y, 300, 200};
	uint32_t colour = alpha << 24 | 0x123456u;
	struct mask mask = {.width = 9, .height = 9, .hash = 5};
	struct image image = {.width = 9, .height = 9, .hash = 7};
	draw_clip(list, clip);
	draw_fill(list, box, colour);
	draw_round(list, box, 9, CORNERS_TOP, colour);
	draw_ring(list, box, 9, 3, colour);
	draw_ring(list, box, 9, 90, colour);
	draw_shadow(list, box, 9, (struct draw_shadow){4, 20, colour});
	draw_shadow(list, box, 9, (struct draw_shadow){4, 0, colour});
	draw_glyphs(list, sans, 30, letters, ARRAY_LEN(letters), (float)(x + 40), (float)(y + 90), colour);
	draw_mask(list, &mask, x + 100, y + 110, colour);
	draw_image(list, &image, x + 120, y + 110);
	draw_image_round(list, &image, x + 140, y + 110, 3, CORNERS_TOP);
	draw_unclip(list);
}

/* What is moved and half seen is what is recorded there in a half-seen colour; and the next list is not. */
static void moved_is_as_if_recorded_there(void **state)
{
	static const int places[][2] = {{0, 0}, {17, 0}, {-31, 5}, {0, 140}};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		begin(one);
		begin(two);
		draw_move(one, places[i][0], places[i][1], 0.5f);
		record_all(one, 0, 0, 200);
		draw_move(one, 0, 0, 1);
		record_all(one, 150, 80, 255);
		record_all(two, places[i][0], places[i][1], 100);
		record_all(two, 150, 80, 255);
		assert_true(all_equal(one, two));
	}
	begin(one);
	draw_move(one, INT_MAX, INT_MIN, 0);
	record_all(one, 0, 0, 255);
	assert_int_equal(draw_list_count(one), 1); /* the ground */
	begin(one);
	begin(two);
	record_all(one, 0, 0, 255);
	record_all(two, 0, 0, 255);
	assert_true(all_equal(one, two));
}

static void clips_nest(void **state)
{
	(void)state;
	size_t count;
	begin(one);
	draw_unclip(one); /* one too many: nothing happens */
	draw_clip(one, (struct rect){100, 100, 100, 100});
	draw_clip(one, (struct rect){150, 50, 300, 100});
	draw_fill(one, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFF000000u);
	draw_unclip(one);
	draw_fill(one, (struct rect){0, 0, WIDTH, 150}, 0xFF000000u);
	draw_fill(one, (struct rect){0, 0, 100, 100}, 0xFF000000u); /* outside */
	draw_clip(one, (struct rect){0, 0, 20, 20});                /* empty with the one around it */
	draw_fill(one, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFF000000u);
	draw_unclip(one);
	draw_unclip(one);
	draw_fill(one, (struct rect){0, 0, 9, 9}, 0xFF000000u);
	const struct item *items = draw_list_items(one, &count);
	static const struct rect expected[] = {
		{0, 0, WIDTH, HEIGHT}, {150, 100, 50, 50}, {100, 100, 100, 50}, {0, 0, 9, 9}};
	assert_int_equal(count, ARRAY_LEN(expected));
	for (size_t i = 0; i < count; i++)
		assert_memory_equal(&items[i].box, &expected[i], sizeof expected[i]);
}

/* A frame from which `variant` differs in one thing; 0 is the same as nothing varied. */
enum {
	VARIANTS = 36
};

static void picture_of(struct draw_list *list, int variant)
{
	static struct mask masks[2] = {{NULL, 40, 40, 1}, {NULL, 40, 40, 2}};
	static struct image images[2] = {{NULL, 40, 40, 1}, {NULL, 40, 40, 2}};
#define IS(n) (variant == (n) ? 1 : 0)
	begin(list);
	draw_fill(list, (struct rect){10 + IS(1), 10, 50, 50 + IS(2)}, 0xFF112233u + (uint32_t)IS(3));
	draw_round(list, (struct rect){70, 10 + IS(4), 50 + IS(5), 50}, 10 + IS(6), CORNERS_ALL - (unsigned)IS(7),
		   0xFF112233u + (uint32_t)IS(8));
	draw_ring(list, (struct rect){130 + IS(9), 10, 50, 50 + IS(10)}, 10 + IS(11), 3 + IS(12),
		  0xFF112233u + (uint32_t)IS(13));
	draw_shadow(list, (struct rect){230 + IS(14), 30, 50 + IS(15), 50}, 10 + IS(16),
		    (struct draw_shadow){4 + IS(17), 20 + 2 * IS(18), 0x40112233u + (uint32_t)IS(19)});
	struct draw_glyph run[ARRAY_LEN(letters)];
	memcpy(run, letters, sizeof run);
	run[1].glyph += (uint32_t)IS(20);
	run[1].x += 0.25f * (float)IS(21);
	run[2].y += 1.0f * (float)IS(22);
	draw_glyphs(list, IS(23) ? bold : sans, 30 + (float)IS(24) / 64, run, ARRAY_LEN(run) - (size_t)IS(25),
		    20 + 0.25f * (float)IS(26), 120 + (float)IS(27), 0xFF112233u + (uint32_t)IS(28));
	draw_mask(list, &masks[IS(29)], 200 + IS(30), 100, 0xFF112233u + (uint32_t)IS(31));
	draw_image(list, &images[IS(32)], 250, 100 + IS(33));
	if (!IS(34))
		draw_fill(list, (struct rect){300, 200, 20, 20}, 0x80112233u);
	if (IS(35)) /* order */
		draw_fill(list, (struct rect){400, 200, 20, 20}, 0x80445566u);
	draw_fill(list, (struct rect){400, 200, 20, 20}, 0x80112233u);
	if (!IS(35))
		draw_fill(list, (struct rect){400, 200, 20, 20}, 0x80445566u);
#undef IS
}

/* What changed: an area in px; its box in *box. */
static int changes(const struct draw_list *before, const struct draw_list *after, struct rect *box)
{
	pixman_region32_t region;
	pixman_region32_init(&region);
	draw_list_changes(before, after, &region);
	int count, area = 0;
	const pixman_box32_t *r = pixman_region32_rectangles(&region, &count);
	for (int i = 0; i < count; i++)
		area += (r[i].x2 - r[i].x1) * (r[i].y2 - r[i].y1);
	const pixman_box32_t *e = pixman_region32_extents(&region);
	*box = (struct rect){e->x1, e->y1, e->x2 - e->x1, e->y2 - e->y1};
	pixman_region32_fini(&region);
	return area;
}

static void every_change_is_found(void **state)
{
	(void)state;
	struct rect box;
	picture_of(one, 0);
	for (int variant = 1; variant < VARIANTS; variant++) {
		picture_of(two, variant);
		int area = changes(one, two, &box);
		if (area == 0 || area > WIDTH * HEIGHT / 4)
			fail_msg("variant %d: %d px changed", variant, area);
		assert_int_equal(changes(two, one, &box), area);
	}
}

static void what_looks_the_same_is_the_same(void **state)
{
	(void)state;
	struct rect box;
	picture_of(one, 0);
	picture_of(two, 0);
	assert_int_equal(changes(one, two, &box), 0);

	/* negative zero, less than a quarter of a pixel, other memory with the same contents, and what clips cut off */
	static const struct draw_glyph at_zero[] = {{36, 0.0f, 0.0f}}, below[] = {{36, -0.0f, -0.0f}};
	struct mask a = {NULL, 9, 9, 77}, b = {NULL, 9, 9, 77};
	begin(one);
	draw_glyphs(one, sans, 30, at_zero, 1, 0.0f, 50, 0xFF000000u);
	draw_mask(one, &a, 5, 5, 0xFF000000u);
	draw_clip(one, (struct rect){0, 0, 100, 100});
	draw_fill(one, (struct rect){50, 50, 50, 50}, 0xFF000000u);
	draw_unclip(one);
	begin(two);
	draw_glyphs(two, sans, 30.001f, below, 1, -0.0f, 50.1f, 0xFF000000u);
	draw_mask(two, &b, 5, 5, 0xFF000000u);
	draw_fill(two, (struct rect){200, 200, 50, 50}, 0);
	draw_clip(two, (struct rect){50, 50, 50, 50});
	draw_fill(two, (struct rect){20, 10, 250, 250}, 0xFF000000u);
	draw_unclip(two);
	assert_int_equal(changes(one, two, &box), 0);
}

static void changes_stay_within_the_frame(void **state)
{
	(void)state;
	struct rect box;
	begin(one);
	begin(two);
	draw_fill(two, (struct rect){WIDTH - 1, HEIGHT - 1, 100, 100}, 0xFF000000u);
	assert_true(changes(one, two, &box) > 0);
	assert_true(box.x + box.w == WIDTH && box.y + box.h == HEIGHT);
}

static void without_a_frame_to_compare_all_changed(void **state)
{
	(void)state;
	struct rect box;
	begin(one);
	assert_int_equal(changes(NULL, one, &box), WIDTH * HEIGHT);
	draw_list_clear(two, WIDTH + 1, HEIGHT);
	draw_fill(two, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFFF8F3E8u);
	assert_int_equal(changes(one, two, &box), (WIDTH + 1) * HEIGHT);
	draw_list_clear(one, 0, 0);
	draw_list_clear(two, 0, 0);
	assert_int_equal(changes(one, two, &box), 0);
	assert_int_equal(changes(NULL, two, &box), 0);
}

static void runs_are_copied(void **state)
{
	(void)state;
	struct rect box;
	struct draw_glyph run[] = {{36, 0, 0}};
	begin(one);
	begin(two);
	draw_glyphs(one, sans, 30, run, 1, 50, 50, 0xFF000000u);
	run[0].glyph = 40;
	run[0].glyph = 36;
	draw_glyphs(two, sans, 30, run, 1, 50, 50, 0xFF000000u);
	run[0].glyph = 41;
	size_t count;
	const struct item *items = draw_list_items(two, &count);
	assert_int_equal(items[1].u.run.glyphs[0].glyph, 36);
	assert_int_equal(changes(one, two, &box), 0);
}

/* Whichever allocation fails, the list says so, and is whole again when there is memory. */
static void any_allocation_may_fail(void **state)
{
	(void)state;
	int failures = 0;
	picture_of(two, 0); /* glyph boxes are known from here on */
	for (int n = 0; n < 20; n++) {
		left = n;
		struct draw_list *list = draw_list_create();
		if (list) {
			draw_list_clear(list, WIDTH, HEIGHT);
			for (int i = 0; i < 100; i++) {
				draw_clip(list, (struct rect){0, 0, WIDTH, HEIGHT});
				draw_fill(list, (struct rect){i, i, 9, 9}, 0xFF000000u);
				draw_glyphs(list, sans, 30, letters, ARRAY_LEN(letters), 10, 50, 0xFF000000u);
			}
			for (int i = 0; i < 100; i++)
				draw_unclip(list);
		}
		bool hit = left < 0;
		left = -1;
		if (!hit) {
			assert_false(draw_list_failed(list));
			draw_list_destroy(list);
			continue;
		}
		failures++;
		if (list) {
			struct rect box;
			assert_true(draw_list_failed(list));
			assert_int_equal(changes(two, list, &box), WIDTH * HEIGHT);
			assert_int_equal(changes(list, two, &box), WIDTH * HEIGHT);
			picture_of(list, 0);
			assert_false(draw_list_failed(list));
			assert_int_equal(changes(list, two, &box), 0);
		}
		draw_list_destroy(list);
	}
	assert_true(failures >= 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_seen_is_not_recorded),
		cmocka_unit_test(bad_numbers_are_harmless),
		cmocka_unit_test(moved_is_as_if_recorded_there),
		cmocka_unit_test(clips_nest),
		cmocka_unit_test(every_change_is_found),
		cmocka_unit_test(what_looks_the_same_is_the_same),
		cmocka_unit_test(changes_stay_within_the_frame),
		cmocka_unit_test(without_a_frame_to_compare_all_changed),
		cmocka_unit_test(runs_are_copied),
		cmocka_unit_test(any_allocation_may_fail),
	};
	return cmocka_run_group_tests(tests, start, finish);
}
