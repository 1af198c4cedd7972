#include "draw/picture.h"

#include "base/array.h"
#include "base/file.h"
#include "draw/bitmap.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct pictures *pictures;
static int log_fd;    /* what went to standard error */
static int loads;     /* calls of give() */
static int real_errs; /* standard error itself */

static int start(void **state)
{
	(void)state;
	struct err err;
	FILE *log = tmpfile();
	if (!log)
		return -1;
	log_fd = fileno(log);
	real_errs = dup(2);
	dup2(log_fd, 2);
	loads = 0;
	return pictures_create("assets", &pictures, &err) ? 0 : -1;
}

static int finish(void **state)
{
	(void)state;
	dup2(real_errs, 2);
	close(real_errs);
	close(log_fd);
	pictures_destroy(pictures);
	return 0;
}

/* Lines logged so far that hold `text`. */
static int logged(const char *text)
{
	static char all[1 << 16];
	int lines = 0;
	ssize_t len = pread(log_fd, all, sizeof all - 1, 0);
	assert_true(len >= 0);
	all[len] = 0;
	for (const char *at = all; (at = strstr(at, text)); at += strlen(text))
		lines++;
	return lines;
}

/* The context is the SVG itself. */
static bool give(void *context, const char *key, char **svg, size_t *len, struct err *err)
{
	(void)key;
	loads++;
	if (!context)
		return err_set(err, ERR_MISSING, "not there");
	*svg = strdup(context);
	*len = strlen(context);
	return *svg || err_memory(err);
}

static const struct image *given(const char *key, const char *svg, int width, int height, enum picture_fit fit,
				 bool mirrored)
{
	struct picture_source source = {.key = key, .load = give, .context = (void *)(uintptr_t)svg};
	return pictures_given(pictures, &source, width, height, fit, mirrored);
}

static double covered(const struct mask *mask)
{
	const uint8_t *bytes = (const uint8_t *)pixman_image_get_data(mask->bits);
	double sum = 0;
	for (int y = 0; y < mask->height; y++)
		for (int x = 0; x < mask->width; x++)
			sum += bytes[y * pixman_image_get_stride(mask->bits) + x] / 255.0;
	return sum;
}

static uint32_t at(const struct image *image, int x, int y)
{
	return pixman_image_get_data(image->bits)[y * pixman_image_get_stride(image->bits) / 4 + x];
}

static bool icon_is_drawn(void *context, const char *file, bool is_dir, struct err *err)
{
	(void)is_dir;
	static const int sides[] = {22, 52, 68, 131};
	char name[64];
	snprintf(name, sizeof name, "%.*s", (int)strcspn(file, "."), file);
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		const struct mask *icon = pictures_icon(pictures, name, sides[i], i % 2);
		if (!icon || icon->width != sides[i] || icon->height != sides[i])
			return err_set(err, ERR_FORMAT, "%s at %d px is not there", name, sides[i]);
		double share = covered(icon) / (sides[i] * sides[i]);
		if (share < 0.02 || share > 0.7)
			return err_set(err, ERR_FORMAT, "%s at %d px covers %.3f", name, sides[i], share);
	}
	++*(int *)context;
	return true;
}

static void every_pictogram_is_drawn(void **state)
{
	(void)state;
	int count = 0;
	struct err err;
	if (!file_list(AT_FDCWD, "assets/icons", icon_is_drawn, &count, &err))
		fail_msg("%s", err.text);
	assert_true(count > 90);
	assert_int_equal(logged("\n"), 0);
}

/* More than one colour, and the same picture from assets and by pictures_given(). */
static bool picture_is_drawn(void *context, const char *file, bool is_dir, struct err *err)
{
	(void)is_dir;
	char name[64];
	snprintf(name, sizeof name, "%.*s", (int)strcspn(file, "."), file);
	const struct image *image = pictures_own(pictures, name, 540, 174, PICTURE_COVER, false);
	if (!image || image->width != 540 || image->height != 174)
		return err_set(err, ERR_FORMAT, "%s is not there", name);
	size_t other = 0;
	for (int y = 0; y < image->height; y++)
		for (int x = 0; x < image->width; x++)
			other += at(image, x, y) != at(image, 0, 0);
	if (other < 1000)
		return err_set(err, ERR_FORMAT, "%s is empty", name);
	++*(int *)context;
	return true;
}

static bool content_picture_is_drawn(void *context, const char *file, bool is_dir, struct err *err)
{
	(void)is_dir;
	struct buf svg = {0};
	char path[128];
	if (!strstr(file, ".svg")) /* what the pictures show, in words */
		return true;
	snprintf(path, sizeof path, "content/pictures/%s", file);
	if (!file_read(AT_FDCWD, path, PICTURE_SVG_BYTES_MAX, &svg, err))
		return false;
	const struct image *image = given(file, svg.data, 540, 174, PICTURE_COVER, true);
	buf_finish(&svg);
	if (!image)
		return err_set(err, ERR_FORMAT, "%s is not there", file);
	++*(int *)context;
	return true;
}

static void every_picture_is_drawn(void **state)
{
	(void)state;
	int count = 0, content = 0;
	struct err err;
	if (!file_list(AT_FDCWD, "assets/pictures", picture_is_drawn, &count, &err) ||
	    !file_list(AT_FDCWD, "content/pictures", content_picture_is_drawn, &content, &err))
		fail_msg("%s", err.text);
	assert_true(count > 15 && content > 0);
	assert_int_equal(logged("\n"), 0);
}

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "

static const char *const bad[] = {
	"",
	" ",
	"no SVG",
	"<svg",
	"<svg>",
	SVG "viewBox='0 0 9 9'><rect",
	SVG "viewBox='0 0 9 9'><rect></svg>",
	"<html xmlns='http://www.w3.org/1999/xhtml'/>",
	"\xFF\xFE\x00\x01",
	"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
	"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
	"<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>" SVG
	"viewBox='0 0 9 9'><text>&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;</text></svg>",
};

static void bad_svg_is_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		char key[24];
		snprintf(key, sizeof key, "bad-%zu", i);
		if (given(key, bad[i], 50, 50, PICTURE_CONTAIN, false))
			fail_msg("case %zu was drawn", i);
		assert_int_equal(logged(key), 1);
	}
}

/* Strange but legal: whatever is drawn, nothing breaks and no other file is read. */
static void strange_svg_is_harmless(void **state)
{
	(void)state;
	static const char *const strange[] = {
		SVG "/>",
		SVG "width='0' height='0'/>",
		SVG "viewBox='0 0 0 0'><rect width='9' height='9'/></svg>",
		SVG "viewBox='0 0 -9 -9'><rect width='9' height='9'/></svg>",
		SVG "viewBox='0 0 1e30 1e-30'><rect width='9' height='9'/></svg>",
		SVG "width='1e9' height='1e9' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>",
		SVG "viewBox='0 0 9 9'><g id='a'><use xlink:href='#a'/></g></svg>",
		SVG "viewBox='0 0 9 9'><image xlink:href='file:///etc/passwd' width='9' height='9'/></svg>",
		SVG "viewBox='0 0 9 9'><image xlink:href='assets/pictures/home.svg' width='9' height='9'/></svg>",
		SVG "viewBox='0 0 9 9'><style>@import url('file:///etc/passwd');</style></svg>",
		SVG "viewBox='0 0 9 9'><script>alert(1)</script></svg>",
	};
	for (size_t i = 0; i < ARRAY_LEN(strange); i++) {
		char key[24];
		snprintf(key, sizeof key, "strange-%zu", i);
		const struct image *image = given(key, strange[i], 50, 50, PICTURE_COVER, false);
		for (int y = 0; image && i >= 6 && y < 50; y++)
			for (int x = 0; x < 50; x++)
				assert_int_equal(at(image, x, y), 0);
	}
}

static void names_cannot_leave_their_folder(void **state)
{
	(void)state;
	char longest[100];
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = 0;
	const char *const names[] = {
		"",         ".",     "..",           "../icons/home", "../pictures/home", "/etc/passwd",
		"home.svg", "ho me", "hjem\xC3\xB8", longest};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		assert_null(pictures_icon(pictures, names[i], 50, false));
		assert_null(pictures_own(pictures, names[i], 50, 50, PICTURE_COVER, false));
	}
	assert_non_null(pictures_icon(pictures, "home", 50, false));
}

/* An SVG of that many bytes. */
static char *padded(size_t len)
{
	static const char first[] = SVG "viewBox='0 0 9 9'>", last[] = "</svg>";
	char *svg = malloc(len + 1);
	assert_non_null(svg);
	memset(svg, ' ', len);
	memcpy(svg, first, sizeof first - 1);
	memcpy(svg + len + 1 - sizeof last, last, sizeof last);
	return svg;
}

static void sizes_have_limits(void **state)
{
	(void)state;
	static const struct {
		int width, height;
	} sizes[] = {{0, 9},
		     {9, 0},
		     {-1, 9},
		     {PICTURE_SIDE_MAX + 1, 1},
		     {1, PICTURE_SIDE_MAX + 1},
		     {PICTURE_SIDE_MAX, PICTURE_SIDE_MAX}};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		assert_null(pictures_own(pictures, "home", sizes[i].width, sizes[i].height, PICTURE_COVER, false));
	}
	static const int sides[] = {0, -1, PICTURE_SIDE_MAX, PICTURE_SIDE_MAX + 1};
	for (size_t i = 0; i < ARRAY_LEN(sides); i++)
		assert_null(pictures_icon(pictures, "home", sides[i], false));
	char *fits = padded(PICTURE_SVG_BYTES_MAX), *too_long = padded(PICTURE_SVG_BYTES_MAX + 1);
	assert_non_null(given("fits", fits, 9, 9, PICTURE_COVER, false));
	assert_null(given("too-long", too_long, 9, 9, PICTURE_COVER, false));
	free(fits);
	free(too_long);
}

static void failures_are_told_once_and_remembered(void **state)
{
	(void)state;
	for (int frame = 0; frame < 5; frame++) {
		for (int side = 40; side < 44; side++) {
			assert_null(given("lost", NULL, side, 40, PICTURE_COVER, false));
			assert_null(pictures_icon(pictures, "no-such-icon", side, false));
		}
		pictures_trim(pictures);
	}
	assert_int_equal(loads, 4);
	assert_int_equal(logged("lost"), 1);
	assert_int_equal(logged("pictogram no-such-icon"), 1);
}

static void what_was_made_stays(void **state)
{
	(void)state;
	static const char svg[] = SVG "viewBox='0 0 9 9'><rect width='9' height='9'/></svg>";
	const struct image *image = given("a", svg, 40, 40, PICTURE_COVER, false);
	assert_non_null(image);
	assert_ptr_equal(image, given("a", svg, 40, 40, PICTURE_COVER, false));
	assert_int_equal(loads, 1);
	/* all that may look different counts as different */
	const struct image *others[] = {
		given("b", svg, 40, 40, PICTURE_COVER, false), given("a", svg, 41, 40, PICTURE_COVER, false),
		given("a", svg, 40, 41, PICTURE_COVER, false), given("a", svg, 40, 40, PICTURE_CONTAIN, false),
		given("a", svg, 40, 40, PICTURE_COVER, true)};
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_true(others[i] && others[i] != image && others[i]->hash != image->hash);
	static const char blue[] = SVG "viewBox='0 0 9 9'><rect width='9' height='9' fill='#00f'/></svg>";
	const struct image *another = given("c", blue, 40, 40, PICTURE_COVER, false);
	assert_true(another && another->hash != image->hash);
	assert_true(pictures_icon(pictures, "plus", 40, false)->hash !=
		    pictures_icon(pictures, "minus", 40, false)->hash);
	/* an icon, a picture and a given picture of one name are three things */
	assert_non_null(pictures_icon(pictures, "home", 40, false));
	assert_non_null(pictures_own(pictures, "home", 40, 40, PICTURE_CONTAIN, false));
	assert_non_null(given("home", svg, 40, 40, PICTURE_CONTAIN, false));
}

static void trimming_keeps_what_is_in_use(void **state)
{
	(void)state;
	static const char svg[] = SVG "viewBox='0 0 9 9'><rect width='9' height='9'/></svg>";
	const struct image *used = given("used", svg, 400, 400, PICTURE_COVER, false);
	uint64_t hash = given("page-0", svg, 1024, 1024, PICTURE_COVER, false)->hash;
	for (int frame = 0; frame < 60; frame++) { /* 4 MB each */
		char key[24];
		snprintf(key, sizeof key, "page-%d", frame);
		assert_ptr_equal(given("used", svg, 400, 400, PICTURE_COVER, false), used);
		assert_non_null(given(key, svg, 1024, 1024, PICTURE_COVER, false));
		pictures_trim(pictures);
	}
	assert_int_equal(loads, 61);
	given("page-59", svg, 1024, 1024, PICTURE_COVER, false); /* of the frame before: still there */
	assert_int_equal(loads, 61);
	const struct image *anew = given("page-0", svg, 1024, 1024, PICTURE_COVER, false); /* long gone */
	assert_int_equal(loads, 62);
	assert_true(anew && anew->hash == hash); /* looks as it did */
}

#define RED  0xFF0000u
#define BLUE 0x0000FFu
/* Left red, right blue, and green below both. */
#define FLAG \
	SVG "viewBox='0 0 100 100'><rect width='50' height='100' fill='#f00'/><rect x='50' width='50' height='100' " \
	    "fill='#00f'/>" \
	    "<rect y='80' width='100' height='20' fill='#0f0'/></svg>"

/* Half of it is half seen through, which librsvg does not draw when cairo mirrors. */
static void mirrored_pictures_may_be_seen_through(void **state)
{
	(void)state;
	const struct image *mirrored =
		given("veil", SVG "viewBox='0 0 100 100'><path d='M0 0h50v100H0z' fill='#f00' opacity='.5'/></svg>",
		      100, 100, PICTURE_COVER, true);
	assert_int_equal(at(mirrored, 20, 50), 0);
	assert_int_equal(at(mirrored, 80, 50) >> 24, 0x80);
}

static void pictures_fit_as_wished(void **state)
{
	(void)state;
	const struct image *wide = given("flag", FLAG, 200, 100, PICTURE_COVER, false);
	assert_int_equal(at(wide, 5, 99) & 0xFFFFFF, 0x00FF00);
	assert_int_equal(at(wide, 5, 61) & 0xFFFFFF, 0x00FF00); /* 20 % of 200 px: the bottom is whole */
	assert_int_equal(at(wide, 5, 58) & 0xFFFFFF, RED);
	assert_int_equal(at(wide, 195, 5) & 0xFFFFFF, BLUE);
	assert_int_equal(pixman_image_get_format(wide->bits), PIXMAN_x8r8g8b8);
	const struct image *tall = given("flag", FLAG, 50, 100, PICTURE_COVER, false);
	assert_int_equal(at(tall, 20, 5) & 0xFFFFFF, RED);
	assert_int_equal(at(tall, 30, 5) & 0xFFFFFF, BLUE);
	const struct image *mirrored = given("flag", FLAG, 200, 100, PICTURE_COVER, true);
	assert_int_equal(at(mirrored, 5, 5) & 0xFFFFFF, BLUE);
	assert_int_equal(at(mirrored, 195, 5) & 0xFFFFFF, RED);
	assert_int_equal(at(mirrored, 5, 99) & 0xFFFFFF, 0x00FF00);
	const struct image *contained = given("flag", FLAG, 200, 100, PICTURE_CONTAIN, false);
	assert_int_equal(at(contained, 40, 50), 0);
	assert_int_equal(at(contained, 60, 50), 0xFF000000u | RED);
	assert_int_equal(at(contained, 140, 50), 0xFF000000u | BLUE);
	assert_int_equal(at(contained, 160, 50), 0);
	assert_int_equal(pixman_image_get_format(contained->bits), PIXMAN_a8r8g8b8);
}

/* "minus" is one horizontal line: its thickness is the light of a column in the middle. */
static double thickness(const struct mask *mask)
{
	const uint8_t *bytes = (const uint8_t *)pixman_image_get_data(mask->bits);
	double sum = 0;
	int middle = mask->width / 2;
	for (int y = 0; y < mask->height; y++)
		sum += bytes[y * pixman_image_get_stride(mask->bits) + middle] / 255.0;
	return sum;
}

static void lines_are_as_thick_as_the_design_says(void **state)
{
	(void)state;
	static const struct {
		int side;
		float scale;
		double line;
	} cases[] = {{22, 1, 3}, {40, 1, 3.6},  {52, 1, 4.2},  {68, 1, 4.6},
		     {96, 1, 5}, {112, 1, 5.6}, {104, 2, 8.4}, {34, 0.5f, 2.3}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		pictures_scale(pictures, cases[i].scale);
		double line = thickness(pictures_icon(pictures, "minus", cases[i].side, false));
		if (fabs(line - cases[i].line) > 0.1) /* cairo samples 15 rows of a pixel */
			fail_msg("%d px at scale %.1f: %.2f px instead of %.2f", cases[i].side, (double)cases[i].scale,
				 line, cases[i].line);
	}
}

static void pictograms_are_mirrored(void **state)
{
	(void)state;
	const struct mask *there = pictures_icon(pictures, "back", 52, false),
			  *back = pictures_icon(pictures, "back", 52, true);
	const uint8_t *a = (const uint8_t *)pixman_image_get_data(there->bits),
		      *b = (const uint8_t *)pixman_image_get_data(back->bits);
	int stride = pixman_image_get_stride(there->bits), differ = 0;
	for (int y = 0; y < 52; y++)
		for (int x = 0; x < 52; x++) {
			assert_true(abs(a[y * stride + x] - b[y * stride + 51 - x]) <= 20);
			differ += abs(a[y * stride + x] - b[y * stride + x]) > 100;
		}
	assert_true(differ > 50);
}

static void a_missing_folder_is_told(void **state)
{
	(void)state;
	struct pictures *none = NULL;
	struct err err = {0};
	assert_false(pictures_create("/nowhere", &none, &err));
	assert_int_equal(err.code, ERR_MISSING);
	pictures_destroy(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bad_svg_is_nothing),
		TEST(strange_svg_is_harmless),
		TEST(names_cannot_leave_their_folder),
		TEST(sizes_have_limits),
		TEST(failures_are_told_once_and_remembered),
		TEST(every_pictogram_is_drawn),
		TEST(every_picture_is_drawn),
		TEST(what_was_made_stays),
		TEST(trimming_keeps_what_is_in_use),
		TEST(pictures_fit_as_wished),
		TEST(mirrored_pictures_may_be_seen_through),
		TEST(lines_are_as_thick_as_the_design_says),
		TEST(pictograms_are_mirrored),
		TEST(a_missing_folder_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
