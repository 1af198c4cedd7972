#include "base/pin.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Made by another program of the PIN 123456: python3, hashlib.scrypt. */
#define KNOWN \
	"scrypt$15$8$1$000102030405060708090a0b0c0d0e0f$" \
	"2c96fb20f5af7503bd94936a79d3e5e0a068ee179925f84628b9ca753cb0199d"

static void test_what_is_no_hash(void **state)
{
	static const char *const texts[] = {
		"",
		"123456",
		"scrypt$15$8$1$",
		"scrypt$14$8$1$000102030405060708090a0b0c0d0e0f$"
		"2c96fb20f5af7503bd94936a79d3e5e0a068ee179925f84628b9ca753cb0199d",
		"scrypt$15$8$1$000102030405060708090A0b0c0d0e0f$"
		"2c96fb20f5af7503bd94936a79d3e5e0a068ee179925f84628b9ca753cb0199d",
		"scrypt$15$8$1$"
		"000102030405060708090a0b0c0d0e0f02c96fb20f5af7503bd94936a79d3e5e0a068ee179925f84628b9ca753cb0199d",
		KNOWN "0",
		" " KNOWN,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_false(pin_valid(texts[i]));
		assert_false(pin_matches(texts[i], "123456"));
	}
	assert_false(pin_matches(KNOWN, ""));
	assert_false(pin_matches(KNOWN, "123457"));
}

static void test_what_is_no_pin(void **state)
{
	static const char *const pins[] = {"", "12345", "1234567890123", "12345a", "123 456", "١٢٣٤٥٦"};
	char text[PIN_TEXT_MAX];
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pins); i++) {
		assert_false(pin_hash(pins[i], text, &err));
		assert_int_equal(err.code, ERR_USAGE);
	}
}

static void test_a_hash_is_of_its_pin_and_no_two_are_alike(void **state)
{
	char one[PIN_TEXT_MAX], other[PIN_TEXT_MAX];
	struct err err;

	(void)state;
	assert_true(pin_matches(KNOWN, "123456"));
	assert_true(pin_hash("00112233", one, &err) && pin_hash("00112233", other, &err));
	assert_true(pin_valid(one) && pin_matches(one, "00112233") && !pin_matches(one, "0112233"));
	assert_string_not_equal(one, other);
	assert_null(strstr(one, "00112233"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_no_hash),
		cmocka_unit_test(test_what_is_no_pin),
		cmocka_unit_test(test_a_hash_is_of_its_pin_and_no_two_are_alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
