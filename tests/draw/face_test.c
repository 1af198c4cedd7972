#include "draw/face.h"

#include "base/array.h"

#include <glob.h>
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

#define FOLDER "/usr/share/fonts/truetype/noto/"
#define SANS   FOLDER "NotoSans-Regular.ttf"

static struct faces *faces;

static int start(void **state)
{
	(void)state;
	struct err err;
	return faces_create(&faces, &err) ? 0 : -1;
}

static int finish(void **state)
{
	(void)state;
	faces_destroy(faces);
	return 0;
}

static struct face *open_face(const char *path)
{
	struct face *face = NULL;
	struct err err;
	if (!face_open(faces, path, &face, &err))
		fail_msg("%s", err.text);
	return face;
}

static void write_file(char path[32], const void *bytes, size_t len)
{
	snprintf(path, 32, "/tmp/face-XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void bad_files_are_refused(void **state)
{
	(void)state;
	size_t len;
	const char *font = face_bytes(open_face(SANS), &len);
	static const size_t lengths[] = {0, 1, 12, 500, 3000};
	struct face *face = NULL;
	struct err err = {0};
	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		char path[32];
		write_file(path, font, lengths[i]);
		assert_false(face_open(faces, path, &face, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_non_null(strstr(err.text, path));
		unlink(path);
	}
	assert_false(face_open(faces, "/nowhere/font.ttf", &face, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_false(face_open(faces, "assets/tokens.json", &face, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	assert_null(face);
}

#define COLLECTION "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

static void fonts_of_a_collection(void **state)
{
	(void)state;
	static const char *const refused[] = {COLLECTION ":10", COLLECTION ":255", COLLECTION ":256", SANS ":1",
					      COLLECTION ":99999999999999999999"};
	struct face *none = NULL;
	struct err err;
	size_t len, len_other;
	struct face *first = open_face(COLLECTION), *third = open_face(COLLECTION ":2");
	assert_ptr_not_equal(first, third);
	assert_int_equal(face_index(first), 0);
	assert_int_equal(face_index(third), 2);
	assert_ptr_equal(face_bytes(first, &len), face_bytes(third, &len_other));
	assert_int_equal(len, len_other);
	assert_ptr_equal(open_face(COLLECTION ":2"), third);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		assert_false(face_open(faces, refused[i], &none, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_non_null(strstr(err.text, refused[i]));
	}
	assert_false(face_open(faces, COLLECTION ":", &none, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_null(none);
}

/* Damage anywhere in a font: no crash, and what is drawn stays in its box. */
static void damaged_fonts_do_no_harm(void **state)
{
	(void)state;
	size_t len;
	const char *font = face_bytes(open_face(FOLDER "NotoSansThai-Regular.ttf"), &len);
	char *copy = malloc(len), path[32];
	assert_non_null(copy);
	unsigned seed = 1;
	for (int round = 0; round < 60; round++) {
		struct faces *own;
		struct err err;
		struct face *face;
		memcpy(copy, font, len);
		for (int i = 0; i < 40; i++) {
			seed = seed * 1103515245u + 12345u;
			copy[(seed >> 4) % (round % 2 ? len : 2000)] = (char)(seed >> 16);
		}
		write_file(path, copy, len);
		assert_true(faces_create(&own, &err));
		for (uint32_t glyph = 0; face_open(own, path, &face, &err) && glyph < 150; glyph++) {
			struct glyph_mask mask;
			face_glyph_box(face, glyph, 40);
			face_rasterise(face, glyph, 40, 1, &mask, &err);
		}
		faces_destroy(own);
		unlink(path);
	}
	free(copy);
}

static void a_file_is_opened_once(void **state)
{
	(void)state;
	struct face *a = open_face(SANS), *b = open_face(FOLDER "NotoSans-Bold.ttf");
	assert_ptr_equal(a, open_face(SANS));
	assert_int_not_equal(face_number(a), face_number(b));
	assert_int_equal(face_units_per_em(a), 1000);
}

static void sizes_have_limits(void **state)
{
	(void)state;
	static const float sizes[] = {0, -1, NAN, INFINITY, FACE_SIZE_MAX * 2};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct glyph_mask mask;
		struct err err = {0};
		assert_false(face_rasterise(open_face(SANS), 36, sizes[i], 0, &mask, &err));
		assert_int_equal(err.code, ERR_LIMIT);
		assert_true(rect_empty(face_glyph_box(open_face(SANS), 36, sizes[i])));
	}
}

static void no_such_glyph(void **state)
{
	(void)state;
	struct glyph_mask mask;
	struct err err = {0};
	static const uint32_t glyphs[] = {60000, UINT32_MAX};
	for (size_t i = 0; i < ARRAY_LEN(glyphs); i++) {
		assert_false(face_rasterise(open_face(SANS), glyphs[i], 30, 0, &mask, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_int_equal(mask.width, 0);
		assert_true(rect_empty(face_glyph_box(open_face(SANS), glyphs[i], 30)));
	}
}

/* Glyphs 3 and 36 of Noto Sans are space and "A". */
static void space_is_empty(void **state)
{
	(void)state;
	struct glyph_mask mask;
	struct err err;
	assert_true(face_rasterise(open_face(SANS), 3, 30, 0, &mask, &err));
	assert_int_equal(mask.width, 0);
	assert_true(rect_empty(face_glyph_box(open_face(SANS), 3, 30)));
}

static double middle(const struct glyph_mask *mask)
{
	double sum = 0, moment = 0;
	for (int y = 0; y < mask->height; y++)
		for (int x = 0; x < mask->width; x++) {
			sum += mask->bytes[y * mask->stride + x];
			moment += mask->bytes[y * mask->stride + x] * (mask->left + x + 0.5);
		}
	assert_true(sum > 0);
	return moment / sum;
}

static void quarters_move_to_the_right(void **state)
{
	(void)state;
	double first = 0;
	for (unsigned quarter = 0; quarter < 4; quarter++) {
		struct glyph_mask mask;
		struct err err;
		assert_true(face_rasterise(open_face(SANS), 36, 34, quarter, &mask, &err));
		assert_int_equal(mask.stride % 4, 0);
		assert_in_range(mask.height, 23, 27); /* capitals of Noto Sans are 0.714 em */
		assert_in_range(mask.top, 24, 26);
		if (quarter == 0)
			first = middle(&mask);
		assert_true(fabs(middle(&mask) - first - quarter * 0.25) < 0.02);
	}
}

static void masks_lie_in_their_boxes(void **state)
{
	(void)state;
	static const char *const paths[] = {SANS, FOLDER "NotoSansArabic-Bold.ttf",
					    FOLDER "NotoNastaliqUrdu-Regular.ttf",
					    FOLDER "NotoSansEthiopic-Regular.ttf"};
	static const float sizes[] = {7.3f, 34, 64.5f};
	size_t drawn = 0;
	for (size_t p = 0; p < ARRAY_LEN(paths); p++)
		for (uint32_t glyph = 0; glyph < 1500; glyph += 3)
			for (size_t s = 0; s < ARRAY_LEN(sizes); s++) {
				struct face *face = open_face(paths[p]);
				struct glyph_mask mask;
				struct err err;
				if (!face_rasterise(face, glyph, sizes[s], glyph % 4, &mask, &err) || mask.width == 0)
					continue;
				struct rect box = face_glyph_box(face, glyph, sizes[s]);
				assert_true(mask.left >= box.x && -mask.top >= box.y);
				assert_true(mask.left + mask.width <= box.x + box.w);
				assert_true(-mask.top + mask.height <= box.y + box.h);
				drawn++;
			}
	assert_true(drawn > 3000);
}

/* Of every glyph, in every font that the kiosk brings with it. */
static void no_glyph_reaches_farther(void **state)
{
	(void)state;
	glob_t fonts;
	char pattern[512];
	snprintf(pattern, sizeof pattern, "%s/fonts/*.[to]t[fc]", getenv("VEJVISER_TEST_SHARE"));
	assert_int_equal(glob(pattern, 0, NULL, &fonts), 0);
	for (size_t i = 0; i < fonts.gl_pathc; i++) {
		struct face *face = open_face(fonts.gl_pathv[i]);
		struct face_reach reach = face_reach(face, 40);
		size_t beyond = 0;
		for (uint32_t glyph = 0; glyph <= UINT16_MAX; glyph++) {
			struct rect box = face_glyph_box(face, glyph, 40);
			beyond += !rect_empty(box) &&
				  ((float)-box.y > reach.above || (float)(box.y + box.h) > reach.below);
		}
		assert_int_equal(beyond, 0);
	}
	globfree(&fonts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_files_are_refused),    cmocka_unit_test(fonts_of_a_collection),
		cmocka_unit_test(damaged_fonts_do_no_harm), cmocka_unit_test(a_file_is_opened_once),
		cmocka_unit_test(sizes_have_limits),        cmocka_unit_test(no_such_glyph),
		cmocka_unit_test(space_is_empty),           cmocka_unit_test(quarters_move_to_the_right),
		cmocka_unit_test(masks_lie_in_their_boxes), cmocka_unit_test(no_glyph_reaches_farther),
	};
	return cmocka_run_group_tests(tests, start, finish);
}
