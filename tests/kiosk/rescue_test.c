/* The screen of last resort: with fonts, without any, and as the loop falls back on it. */
#include "base/array.h"
#include "base/file.h"
#include "kiosk/loop.h"
#include "kiosk/rescue.h"
#include "kiosk/window.h"
#include "little_store.h"

#include <SDL.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PAPER 0xF8F3E8u
#define RED   0x9B1C1Fu

/* A screen of memory that ends the loop as soon as it has shown something. */
struct glass {
	struct presenter presenter; /* first, so that one is the other */
	pixman_image_t *picture;
	int shown;
	bool broken;
};

struct world {
	char dir[64];
	char fonts[96];   /* a share with fonts of the rescue screen, but no manifest */
	char nothing[96]; /* a share with nothing */
	char store[96];   /* whose only generation is damaged */
	char older[96];   /* whose second generation is damaged, but not the first */
};

static bool glass_surface(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err)
{
	struct glass *glass = (struct glass *)self;

	if (glass->broken)
		return err_set(err, ERR_IO, "broken glass");
	*target = glass->picture;
	*fresh = false;
	return true;
}

static bool glass_present(struct presenter *self, pixman_region32_t *changed, struct err *err)
{
	struct glass *glass = (struct glass *)self;

	(void)err;
	assert_int_equal(pixman_region32_n_rects(changed), 1);
	pixman_box32_t all = *pixman_region32_extents(changed);
	assert_int_equal(all.x1, 0);
	assert_int_equal(all.y1, 0);
	assert_int_equal(all.x2, pixman_image_get_width(glass->picture));
	assert_int_equal(all.y2, pixman_image_get_height(glass->picture));
	glass->shown++;
	return true;
}

static pixman_image_t *glass_shown(struct presenter *self)
{
	return ((struct glass *)self)->picture;
}

static bool glass_light(struct presenter *self, bool on, struct err *err)
{
	(void)on;
	(void)err;
	(void)self;
	return true;
}

static bool glass_next(struct presenter *self, int64_t timeout_ms, struct presenter_event *event, struct err *err)
{
	struct glass *glass = (struct glass *)self;

	(void)timeout_ms;
	(void)err;
	*event = (struct presenter_event){.kind = glass->shown ? PRESENTER_QUIT : PRESENTER_NOTHING};
	return true;
}

static struct glass glass_make(int width, int height)
{
	struct glass glass = {.presenter = {.surface = glass_surface,
					    .present = glass_present,
					    .shown = glass_shown,
					    .light = glass_light,
					    .next = glass_next}};
	glass.picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, NULL, 0);
	assert_non_null(glass.picture);
	return glass;
}

static uint32_t pixel(const struct glass *glass, int x, int y)
{
	int stride = pixman_image_get_stride(glass->picture) / 4;
	return pixman_image_get_data(glass->picture)[y * stride + x] & 0xFFFFFF;
}

static bool row_is_paper(const struct glass *glass, int y)
{
	for (int x = 0; x < pixman_image_get_width(glass->picture); x++)
		if (pixel(glass, x, y) != PAPER)
			return false;
	return true;
}

/* Blocks of rows with something on them: the lines of text, the red band being one. */
static int count_lines(const struct glass *glass)
{
	int lines = 0;

	for (int y = 1; y < pixman_image_get_height(glass->picture); y++)
		lines += row_is_paper(glass, y - 1) && !row_is_paper(glass, y);
	return lines;
}

/* How often a row goes from paper to red; -1 when there is any other colour on it. */
static int count_bars(const struct glass *glass, int y)
{
	int bars = 0;

	for (int x = 0; x < pixman_image_get_width(glass->picture); x++) {
		uint32_t here = pixel(glass, x, y);
		if (here != PAPER && here != RED)
			return -1;
		bars += here == RED && (x == 0 || pixel(glass, x - 1, y) == PAPER);
	}
	return bars;
}

static const struct {
	int width, height;
} sizes[] = {{1080, 1920}, {1920, 1080}, {320, 320}, {768, 1366}, {3840, 1080}};

static void test_every_line_is_on_the_glass(void **state)
{
	const struct world *world = *state;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct glass glass = glass_make(sizes[i].width, sizes[i].height);
		assert_true(rescue_show(&glass.presenter, world->fonts, "70 15 03 00", &err));
		assert_int_equal(glass.shown, 1);
		assert_int_equal(count_lines(&glass), 8);
		assert_true(row_is_paper(&glass, 0));
		for (int y = sizes[i].height - 3; y < sizes[i].height; y++)
			assert_true(row_is_paper(&glass, y));
		for (int y = 0; y < sizes[i].height; y++)
			assert_true(pixel(&glass, 0, y) == PAPER || pixel(&glass, 0, y) == RED);
		pixman_image_unref(glass.picture);
	}
}

static void test_a_long_number_fits(void **state)
{
	const struct world *world = *state;
	struct glass glass = glass_make(1080, 1920);
	struct err err;

	assert_true(rescue_show(&glass.presenter, world->fonts, "00 00 00 00 00 00 00 00 00 00 00 00 00", &err));
	for (int y = 0; y < 1920; y++)
		for (int x = 0; x < 40; x++)
			assert_true(pixel(&glass, x, y) == PAPER || pixel(&glass, x, y) == RED);
	pixman_image_unref(glass.picture);
}

static void test_the_number_is_the_one_of_the_settings(void **state)
{
	static const char *const numbers[] = {"70 15 03 00", "70 15 03 00", "18 13"};
	const struct world *world = *state;
	struct glass glasses[ARRAY_LEN(numbers)];
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		glasses[i] = glass_make(320, 320);
		assert_true(rescue_show(&glasses[i].presenter, world->fonts, numbers[i], &err));
	}
	for (size_t i = 1; i < ARRAY_LEN(numbers); i++) {
		bool same = memcmp(pixman_image_get_data(glasses[0].picture), pixman_image_get_data(glasses[i].picture),
				   sizeof(uint32_t) * 320 * 320) == 0;
		assert_int_equal(same, i == 1);
		pixman_image_unref(glasses[i].picture);
	}
	pixman_image_unref(glasses[0].picture);
}

static void test_without_fonts_112_stands_in_bars(void **state)
{
	const struct world *world = *state;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct glass glass = glass_make(sizes[i].width, sizes[i].height);
		assert_true(rescue_show(&glass.presenter, world->nothing, "70 15 03 00", &err));
		int most = 0;
		for (int y = 0; y < sizes[i].height; y++) {
			int bars = count_bars(&glass, y);
			assert_true(bars >= 0);
			most = bars > most ? bars : most;
		}
		assert_int_equal(most, 3);
		assert_int_equal(count_lines(&glass), 1);
		pixman_image_unref(glass.picture);
	}
}

static void test_broken_glass_is_told(void **state)
{
	const struct world *world = *state;
	struct glass glass = {.presenter = {.surface = glass_surface, .next = glass_next}, .broken = true};
	struct err err;

	assert_false(rescue_show(&glass.presenter, world->fonts, "", &err));
	assert_int_equal(err.code, ERR_IO);
}

/* Runs the loop until it has shown something. */
static bool run_loop(struct glass *glass, const char *share, const char *store, struct err *err)
{
	struct settings settings;
	struct err none;

	assert_true(settings_parse("defaults", "", 0, &settings, &none));
	snprintf(settings.store, sizeof settings.store, "%s", store);
	struct loop_setup setup = {.presenter = &glass->presenter, .share = share, .settings = &settings};
	return loop_run(&setup, err);
}

static bool is_rescue(const struct glass *glass, const char *share)
{
	int width = pixman_image_get_width(glass->picture);
	int height = pixman_image_get_height(glass->picture);
	struct glass other = glass_make(width, height);
	struct err err;

	assert_true(rescue_show(&other.presenter, share, "70 15 03 00", &err));
	bool same = true;
	for (int y = 0; y < height && same; y++)
		for (int x = 0; x < width && same; x++)
			same = pixel(glass, x, y) == pixel(&other, x, y);
	pixman_image_unref(other.picture);
	return same;
}

static void test_the_loop_falls_back(void **state)
{
	const struct world *world = *state;
	const char *whole = getenv("VEJVISER_TEST_SHARE");
	const struct {
		const char *what, *share, *store;
		bool rescue;
	} cases[] = {
		{"no font", world->nothing, "/nonexistent", true},
		{"fonts, but no text engine", world->fonts, "/nonexistent", true},
		{"a damaged generation and no other", whole ? whole : "build/share", world->store, true},
		{"a damaged generation, but one before it", whole ? whole : "build/share", world->older, false},
		{"nothing fetched yet is no emergency", whole ? whole : "build/share", "/nonexistent", false},
	};
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = glass_make(540, 960);
		print_message("# %s\n", cases[i].what);
		assert_true(run_loop(&glass, cases[i].share, cases[i].store, &err));
		assert_int_equal(glass.shown, 1);
		assert_int_equal(is_rescue(&glass, cases[i].share), cases[i].rescue);
		pixman_image_unref(glass.picture);
	}
}

static void test_the_loop_ends_when_nothing_can_be_shown(void **state)
{
	const struct world *world = *state;
	struct glass glass = {.presenter = {.surface = glass_surface, .next = glass_next}, .broken = true};
	struct err err;

	assert_false(run_loop(&glass, world->nothing, "/nonexistent", &err));
	assert_string_equal(err.text, "broken glass");
}

/* ---- */

static void copy_font(const struct world *world, int dir, const char *name)
{
	const char *whole = getenv("VEJVISER_TEST_SHARE");
	char path[256];
	struct buf bytes = {0};
	struct err err;

	snprintf(path, sizeof path, "%s/fonts/%s", whole ? whole : "build/share", name);
	assert_true(file_read(AT_FDCWD, path, 8u << 20, &bytes, &err));
	snprintf(path, sizeof path, "%s/fonts/%s", world->fonts, name);
	assert_true(file_write(dir, path, bytes.data, bytes.len, 0644, &err));
	buf_finish(&bytes);
}

static void write_nonsense(const char *path)
{
	struct err err;
	assert_true(file_write(AT_FDCWD, path, "nonsense", 8, 0644, &err));
}

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	struct err err;
	int fd = -1;

	assert_non_null(world);
	snprintf(world->dir, sizeof world->dir, "/tmp/vejviser-rescue-XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	snprintf(world->fonts, sizeof world->fonts, "%s/fonts-only", world->dir);
	snprintf(world->nothing, sizeof world->nothing, "%s/nothing", world->dir);
	snprintf(world->store, sizeof world->store, "%s/store", world->dir);
	char fonts[128];
	snprintf(fonts, sizeof fonts, "%s/fonts", world->fonts);
	assert_true(file_open_dir(AT_FDCWD, fonts, true, &fd, &err));
	close(fd);
	copy_font(world, AT_FDCWD, "NotoSans-Bold.ttf");
	snprintf(world->older, sizeof world->older, "%s/older", world->dir);
	little_store_make(world->store, (void (*const[])(const char *)){write_nonsense}, 1);
	little_store_make(world->older, (void (*const[])(const char *)){little_store_index, write_nonsense}, 2);
	SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
	assert_true(window_start(&err));
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	struct err err;

	SDL_Quit();
	assert_true(file_remove(AT_FDCWD, world->dir, &err));
	free(world);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_line_is_on_the_glass),
		cmocka_unit_test(test_a_long_number_fits),
		cmocka_unit_test(test_the_number_is_the_one_of_the_settings),
		cmocka_unit_test(test_without_fonts_112_stands_in_bars),
		cmocka_unit_test(test_broken_glass_is_told),
		cmocka_unit_test(test_the_loop_falls_back),
		cmocka_unit_test(test_the_loop_ends_when_nothing_can_be_shown),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
