#include "base/err.h"

#include "base/array.h"
#include "base/utf8.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_set_context_and_name(void **state)
{
	struct err err;

	(void)state;
	assert_false(err_set(&err, ERR_HASH, "%d of %d bytes", 3, 4));
	assert_int_equal(err.code, ERR_HASH);
	assert_false(err_context(&err, "%s (%s)", "pages/x", "da"));
	assert_false(err_context(&err, "bundle"));
	assert_string_equal(err.text, "bundle: pages/x (da): 3 of 4 bytes");
	assert_int_equal(err.code, ERR_HASH);

	assert_false(err_memory(&err));
	assert_int_equal(err.code, ERR_MEMORY);
	assert_string_equal(err.text, "no memory");
}

static void test_arguments_may_be_the_text_itself(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_IO, "inner");
	err_set(&err, ERR_NETWORK, "outer (%s)", err.text);
	assert_string_equal(err.text, "outer (inner)");
	err_context(&err, "%s", err.text);
	assert_string_equal(err.text, "outer (inner): outer (inner)");
}

static void test_errno_becomes_a_code(void **state)
{
	static const struct {
		int number;
		enum err_code code;
		const char *sentence;
	} cases[] = {
		{ENOSPC, ERR_FULL, "the disk is full"},
		{EDQUOT, ERR_FULL, "this user may not store more on this disk"},
		{ENOENT, ERR_MISSING, "is not there"},
		{ENOMEM, ERR_MEMORY, "no memory"},
		{EIO, ERR_IO, "the disk cannot be read or written; it may be damaged"},
		{EACCES, ERR_IO, "this user is not allowed to"},
		{EDOM, ERR_IO, "the operating system says no"},
		{0, ERR_IO, "the operating system says no"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err;
		char expected[256];
		snprintf(expected, sizeof(expected), "a/b: %s (%s)", cases[i].sentence, strerror(cases[i].number));
		errno = cases[i].number;
		assert_false(err_errno(&err, "%s/%s", "a", "b"));
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(err.text, expected);
	}
}

/* Text of two-, three- and four-byte characters, at every offset against the end. */
static void test_long_sentences_are_cut_between_characters(void **state)
{
	static const char *const units[] = {"æ", "ก", "😀", "x"};

	(void)state;
	for (size_t u = 0; u < ARRAY_LEN(units); u++) {
		for (size_t offset = 0; offset < 8; offset++) {
			char text[4 * ERR_TEXT_MAX] = "";
			struct err err;
			memset(text, '-', offset);
			for (size_t len = offset; len < 2 * ERR_TEXT_MAX; len += strlen(units[u]))
				strcpy(text + len, units[u]);
			err_set(&err, ERR_IO, "%s", text);
			assert_true(utf8_valid(err.text, strlen(err.text), NULL));
			assert_in_range(strlen(err.text), ERR_TEXT_MAX - 4, ERR_TEXT_MAX - 1);
			assert_memory_equal(err.text, text, strlen(err.text));
			err_context(&err, "%.*s", (int)offset, "12345678");
			assert_true(utf8_valid(err.text, strlen(err.text), NULL));
			assert_in_range(strlen(err.text), ERR_TEXT_MAX - 4, ERR_TEXT_MAX - 1);
			err_context(&err, "%s", text);
			assert_memory_equal(err.text, text, ERR_TEXT_MAX - 4);
			errno = EIO;
			err_errno(&err, "%s", text);
			assert_in_range(strlen(err.text), ERR_TEXT_MAX - 4, ERR_TEXT_MAX - 1);
		}
	}
}

static void test_every_code_has_its_own_name(void **state)
{
	(void)state;
	for (int a = 0; a < ERR_COUNT; a++) {
		assert_non_null(err_name((enum err_code)a));
		for (int b = 0; b < a; b++)
			assert_string_not_equal(err_name((enum err_code)a), err_name((enum err_code)b));
	}
	assert_string_equal(err_name(ERR_SIGNATURE), "signature");
	assert_string_equal(err_name(ERR_COUNT), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_context_and_name),
		cmocka_unit_test(test_arguments_may_be_the_text_itself),
		cmocka_unit_test(test_errno_becomes_a_code),
		cmocka_unit_test(test_long_sentences_are_cut_between_characters),
		cmocka_unit_test(test_every_code_has_its_own_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
