/* Which texts of an item the source has changed since; a signed document may hold any digests. */
#include "content/parts.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_newer(void **state)
{
	static const struct {
		const char *made, *now; /* digests of the translation and of the source */
		const char *newer;      /* of the seven texts below; NULL: nothing is known */
	} rows[] = {
		{"0001000200030004000500060007", "0001000200030004000500060007", "0000000"},
		{"0001000200030004000500060007", "0001000200080004000500060009", "0010001"},
		{"0001000200030004000500060007", "1111111111111111111111111111", "1111111"},
		{NULL, "0001000200030004000500060007", NULL},
		{"0001000200030004000500060007", NULL, NULL},
		{NULL, NULL, NULL},
		{"", "", NULL},
		{"000100020003000400050006", "000100020003000400050008", NULL},
		{"00010002000300040005000600070008", "00010002000300040005000600070009", NULL},
		{"0001000200030004000500060007", "00010002000300040005000600070008", NULL},
		{"x", "y", NULL},
	};
	struct path_step steps[2][2] = {{{.title = "a", .text = "b", .when = "c"}, {.title = "d", .text = "e"}},
					{{.title = "A", .text = "B", .when = "C"}, {.title = "D", .text = "E"}}};
	union item_any own = {.path = {.head = {.title = "t", .summary = "s"}, .steps = steps[0], .step_count = 2}},
		       source = {.path = {.head = {.title = "T", .summary = "S"}, .steps = steps[1], .step_count = 2}};
	const char *const *const texts[] = {
		&own.head.title,   &own.head.summary,  &steps[0][0].title, &steps[0][0].text,
		&steps[0][0].when, &steps[0][1].title, &steps[0][1].text,
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct newers newers;
		size_t count = 0;

		own.head.texts = rows[i].made;
		source.head.texts = rows[i].now;
		assert_true(parts_newer(ITEM_PATH, &own, &source, &arena, &newers));
		for (size_t text = 0; rows[i].newer && text < ARRAY_LEN(texts); text++)
			if (rows[i].newer[text] == '1') {
				assert_ptr_equal(newers.all[count].text, texts[text]);
				assert_int_equal(newers.all[count].source[0], texts[text][0][0] + 'A' - 'a');
				count++;
			}
		assert_int_equal(newers.count, count);
	}
	/* A translation with another structure: nothing is known. */
	struct newers newers;
	own.head.texts = "0001000200030004000500060007";
	source.head.texts = "0001000200030004000500060008";
	source.path.step_count = 1;
	assert_true(parts_newer(ITEM_PATH, &own, &source, &arena, &newers));
	assert_int_equal(newers.count, 0);
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_newer)};

	return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
