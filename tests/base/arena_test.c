#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

static bool refusing;
static unsigned calls;

void *__wrap_malloc(size_t size)
{
	calls++;
	return refusing || size > PTRDIFF_MAX ? NULL : __real_malloc(size);
}

#define COUNT 2000

/* Sizes around the block's; each allocation is filled with its number and all are looked at in the end. */
static void fill_and_look(struct arena *arena)
{
	static unsigned char *all[COUNT];
	size_t sizes[COUNT];
	uint32_t seed = 1;

	for (unsigned i = 0; i < COUNT; i++) {
		seed = seed * 1664525 + 1013904223;
		sizes[i] = seed % 100 == 0 ? 5000 + seed % 4000 : seed % 97;
		all[i] = arena_alloc(arena, sizes[i]);
		assert_non_null(all[i]);
		assert_int_equal((uintptr_t)all[i] % alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(all[i][j], 0);
		memset(all[i], (int)(i % 255 + 1), sizes[i]);
	}
	for (unsigned i = 0; i < COUNT; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(all[i][j], i % 255 + 1);
}

static void test_alloc_is_zeroed_aligned_and_apart(void **state)
{
	struct arena arena = {0};

	(void)state;
	fill_and_look(&arena);
	arena_reset(&arena);
	fill_and_look(&arena);
	arena_finish(&arena);
	assert_null(arena.blocks);
	arena_reset(&arena);
	arena_finish(&arena);
}

static void test_reset_keeps_the_largest_block(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(arena_alloc(&arena, 10));
	assert_non_null(arena_alloc(&arena, 300000));
	for (int i = 0; i < 10; i++)
		assert_non_null(arena_alloc(&arena, 250000));
	arena_reset(&arena);
	calls = 0;
	assert_non_null(arena_alloc(&arena, 300000));
	assert_int_equal(calls, 0);
	arena_finish(&arena);
}

static void test_small_allocations_share_blocks(void **state)
{
	struct arena arena = {0};

	(void)state;
	calls = 0;
	for (int i = 0; i < 100000; i++)
		assert_non_null(arena_alloc(&arena, 16));
	assert_in_range(calls, 1, 20);
	arena_finish(&arena);
}

static void test_text_and_printf(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(arena_text(&arena, "abcdef", 3), "abc");
	assert_string_equal(arena_text(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "%s/%d", "x", 7), "x/7");
	assert_string_equal(arena_printf(&arena, "%s", ""), "");
	arena_finish(&arena);
}

static void test_what_cannot_be_had_is_null(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_null(arena_alloc(&arena, SIZE_MAX - 16));
	assert_null(arena_alloc(&arena, SIZE_MAX - 64));
	assert_null(arena_array(&arena, SIZE_MAX / 8 + 1, 8));
	assert_null(arena_array(&arena, 8, SIZE_MAX / 8 + 1));
	assert_null(arena_text(&arena, "", SIZE_MAX));
	assert_non_null(arena_array(&arena, 0, 8));
	assert_non_null(arena_array(&arena, 8, 0));

	char *kept = arena_text(&arena, "kept", 4);
	refusing = true;
	assert_null(arena_alloc(&arena, 1 << 20));
	assert_null(arena_printf(&arena, "%9999d", 1));
	refusing = false;
	assert_string_equal(kept, "kept");
	assert_non_null(arena_alloc(&arena, 1 << 20));
	assert_string_equal(kept, "kept");
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc_is_zeroed_aligned_and_apart),
		cmocka_unit_test(test_reset_keeps_the_largest_block),
		cmocka_unit_test(test_small_allocations_share_blocks),
		cmocka_unit_test(test_text_and_printf),
		cmocka_unit_test(test_what_cannot_be_had_is_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
