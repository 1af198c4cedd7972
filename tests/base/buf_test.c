#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static int fail_at; /* the nth call fails; 0: none */
static int calls;

void *__wrap_realloc(void *memory, size_t size)
{
	return ++calls == fail_at || size > PTRDIFF_MAX ? NULL : __real_realloc(memory, size);
}

static void test_append_keeps_a_final_zero(void **state)
{
	struct buf buf = {0};

	(void)state;
	assert_true(buf_append(&buf, NULL, 0));
	assert_string_equal(buf.data, "");
	assert_true(buf_append(&buf, "a\0b", 3));
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.data, "a\0b", 4);
	assert_true(buf_append_text(&buf, "cd"));
	assert_true(buf_printf(&buf, "%d-%s", 42, "x"));
	assert_memory_equal(buf.data, "a\0bcd42-x", 10);
	buf_cut(&buf, 100);
	assert_int_equal(buf.len, 9);
	buf_cut(&buf, 1);
	assert_string_equal(buf.data, "a");
	char *data = buf.data;
	buf_clear(&buf);
	assert_int_equal(buf.len, 0);
	assert_string_equal(buf.data, "");
	assert_ptr_equal(buf.data, data);
	buf_finish(&buf);
	assert_null(buf.data);
	assert_int_equal(buf.cap, 0);
	buf_clear(&buf);
	buf_finish(&buf);
}

static void test_growth_is_geometric(void **state)
{
	struct buf buf = {0};

	(void)state;
	calls = 0;
	for (unsigned i = 0; i < 100000; i++)
		assert_true(buf_append(&buf, &(char){(char)('a' + i % 26)}, 1));
	assert_int_equal(buf.len, 100000);
	for (unsigned i = 0; i < 100000; i++)
		assert_int_equal(buf.data[i], 'a' + i % 26);
	assert_in_range(calls, 1, 20);
	buf_finish(&buf);
}

static void test_printf_of_every_length(void **state)
{
	char text[300];

	(void)state;
	for (int len = 0; len < (int)sizeof(text); len++) {
		struct buf buf = {0};
		memset(text, 'z', sizeof(text));
		assert_true(buf_printf(&buf, "%.*s", len, text));
		assert_int_equal(buf.len, len);
		assert_int_equal(strlen(buf.data), len);
		buf_finish(&buf);
	}
}

static void test_absurd_sizes_are_refused(void **state)
{
	struct buf buf = {0};

	(void)state;
	assert_false(buf_reserve(&buf, SIZE_MAX));
	assert_false(buf_reserve(&buf, SIZE_MAX - 1));
	assert_true(buf_append_text(&buf, "abc"));
	assert_false(buf_reserve(&buf, SIZE_MAX));
	assert_false(buf_reserve(&buf, SIZE_MAX - 3));
	assert_string_equal(buf.data, "abc");
	buf_finish(&buf);
}

static void test_failed_append_changes_nothing(void **state)
{
	char long_text[200];

	(void)state;
	memset(long_text, 'q', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	for (int n = 1; n <= 2; n++) {
		struct buf buf = {0};
		calls = 0;
		fail_at = n;
		bool first = buf_append_text(&buf, "keep");
		assert_int_equal(first, n != 1);
		if (!first) {
			assert_null(buf.data);
			assert_int_equal(buf.len, 0);
			assert_int_equal(buf.cap, 0);
		} else {
			assert_false(buf_append_text(&buf, long_text));
			assert_string_equal(buf.data, "keep");
			fail_at = calls + 1;
			assert_false(buf_printf(&buf, "%s", long_text));
			assert_string_equal(buf.data, "keep");
			assert_int_equal(buf.len, 4);
		}
		fail_at = 0;
		assert_true(buf_append_text(&buf, long_text));
		assert_int_equal(buf.len, strlen(long_text) + (first ? 4 : 0));
		buf_finish(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_append_keeps_a_final_zero),     cmocka_unit_test(test_growth_is_geometric),
		cmocka_unit_test(test_printf_of_every_length),        cmocka_unit_test(test_absurd_sizes_are_refused),
		cmocka_unit_test(test_failed_append_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
