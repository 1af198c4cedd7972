/* Blank pictures, nearly blank ones, and pictures. */
#include "kiosk/picture.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void fill(pixman_image_t *image, uint16_t red, int x1, int y1, int x2, int y2)
{
	pixman_color_t colour = {red, 0x4000, 0x8000, 0xFFFF};
	pixman_box32_t box = {x1, y1, x2, y2};
	pixman_image_fill_boxes(PIXMAN_OP_SRC, image, &colour, 1, &box);
}

static void test_what_is_blank(void **state)
{
	static const pixman_format_code_t formats[] = {PIXMAN_x8r8g8b8, PIXMAN_r8g8b8x8, PIXMAN_r5g6b5,
						       PIXMAN_x2r10g10b10};
	static const struct {
		const char *what;
		int x1, y1, x2, y2; /* of another colour */
		bool blank;
	} cases[] = {
		{"one colour", 0, 0, 0, 0, true},
		{"a dead corner", 0, 0, 3, 3, true},
		{"its last corner", 1060, 1880, 1080, 1920, true},
		{"one line", 0, 500, 1080, 502, true},
		{"a twentieth", 0, 0, 1080, 96, false},
		{"its middle", 400, 800, 680, 1100, false},
		{"all but a line", 0, 2, 1080, 1920, true},
	};

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(formats); f++) {
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			pixman_image_t *image = pixman_image_create_bits(formats[f], 1080, 1920, NULL, 0);
			fill(image, 0, 0, 0, 1080, 1920);
			fill(image, 0xC000, cases[i].x1, cases[i].y1, cases[i].x2, cases[i].y2);
			print_message("# %s\n", cases[i].what);
			assert_int_equal(picture_is_blank(image), cases[i].blank);
			pixman_image_unref(image);
		}
	}
}

/* What lies in the byte that is no colour is not seen on the glass either. */
static void test_the_fourth_byte_is_nothing_to_see(void **state)
{
	pixman_image_t *image = pixman_image_create_bits(PIXMAN_x8r8g8b8, 64, 64, NULL, 0);
	uint32_t *bits = pixman_image_get_data(image);

	(void)state;
	for (int i = 0; i < 64 * 64; i++)
		bits[i] = (uint32_t)i << 24;
	assert_true(picture_is_blank(image));
	bits[0] = 0xFFFFFF; /* a cursor that a console has left in the corner */
	assert_true(picture_is_blank(image));
	pixman_image_unref(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_blank),
		cmocka_unit_test(test_the_fourth_byte_is_nothing_to_see),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
