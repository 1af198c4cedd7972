#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LIMIT       (4u << 20)
#define BYTES(text) text, sizeof(text) - 1

static const char sample[] =
	"{\"text\":\"æbc\",\"n\":-5,\"yes\":true,\"no\":false,\"list\":[1,\"x\"],\"object\":{\"text\":\"in\"},"
	"\"nothing\":null,\"empty\":\"\"}";

static void test_finding(void **state)
{
	const char *text;
	int64_t n;
	bool flag;
	const struct json *found;
	struct json *json;
	struct err err = {.text = "untouched"};

	(void)state;
	assert_true(json_parse(BYTES(sample), LIMIT, &json, &err));
	assert_true(json_get_text(json, "text", 4, &text, &err));
	assert_string_equal(text, "æbc");
	assert_true(json_get_text(json, "empty", 0, &text, &err));
	assert_string_equal(text, "");
	assert_true(json_get_integer(json, "n", -5, -5, &n, &err));
	assert_int_equal(n, -5);
	assert_true(json_get_bool(json, "yes", &flag, &err) && flag);
	assert_true(json_get_bool(json, "no", &flag, &err) && !flag);
	assert_true(json_get_object(json, "object", &found, &err));
	assert_true(json_get_text(found, "text", 2, &text, &err));
	assert_string_equal(text, "in");
	assert_true(json_get_text_or_none(json, "text", 4, &text, &err));
	assert_string_equal(text, "æbc");
	assert_true(json_get_text_or_none(json, "absent", 4, &text, &err));
	assert_null(text);
	assert_true(json_get_object(json, NULL, &found, &err));
	assert_ptr_equal(found, json);

	assert_true(json_get_array(json, "list", 2, &found, &err));
	assert_int_equal(json_count(found), 2);
	found = json_first(found);
	assert_null(json_key(found));
	assert_true(json_get_integer(found, NULL, 1, 1, &n, &err));
	found = json_next(found);
	assert_true(json_get_text(found, NULL, 1, &text, &err));
	assert_null(json_next(found));
	assert_null(json_first(found));
	assert_int_equal(json_count(found), 0);
	assert_null(json_find(found, "x"));

	assert_null(json_find(json, "TEXT"));
	assert_null(json_find(json, "tex"));
	assert_string_equal(json_key(json_next(json_first(json))), "n");
	assert_string_equal(err.text, "untouched");
	json_destroy(json);
}

static void test_finding_fails_with_a_sentence(void **state)
{
	struct err err;
	struct json *json;
	const struct json *found = NULL;
	const char *text = NULL;
	int64_t n;
	bool flag;

	(void)state;
	assert_true(json_parse(BYTES(sample), LIMIT, &json, &err));
#define FAILS(call, expected_code, sentence) \
	do { \
		assert_false(call); \
		assert_int_equal(err.code, expected_code); \
		assert_string_equal(err.text, sentence); \
	} while (0)
	FAILS(json_get_text(json, "text", 3, &text, &err), ERR_LIMIT, "\"text\": has 4 bytes, allowed are 3");
	FAILS(json_get_text(json, "n", 9, &text, &err), ERR_FORMAT, "\"n\": is a number, expected text");
	FAILS(json_get_text(json, "x", 9, &text, &err), ERR_FORMAT, "\"x\": is missing, expected text");
	FAILS(json_get_text(json, NULL, 9, &text, &err), ERR_FORMAT, "is an object, expected text");
	FAILS(json_get_text_or_none(json, "text", 3, &text, &err), ERR_LIMIT, "\"text\": has 4 bytes, allowed are 3");
	FAILS(json_get_text_or_none(json, "nothing", 3, &text, &err), ERR_FORMAT,
	      "\"nothing\": is null, expected text");
	FAILS(json_get_text_or_none(json_find(json, "n"), "x", 3, &text, &err), ERR_FORMAT,
	      "is a number, expected an object with \"x\"");
	FAILS(json_get_integer(json, "n", -4, 4, &n, &err), ERR_FORMAT, "\"n\": is -5, allowed are -4 to 4");
	FAILS(json_get_integer(json, "n", -9, -6, &n, &err), ERR_FORMAT, "\"n\": is -5, allowed are -9 to -6");
	FAILS(json_get_integer(json, "yes", 0, 1, &n, &err), ERR_FORMAT, "\"yes\": is true, expected a whole number");
	FAILS(json_get_bool(json, "nothing", &flag, &err), ERR_FORMAT, "\"nothing\": is null, expected true or false");
	FAILS(json_get_array(json, "list", 1, &found, &err), ERR_LIMIT, "\"list\": has 2 members, allowed are 1");
	FAILS(json_get_array(json, "object", 9, &found, &err), ERR_FORMAT,
	      "\"object\": is an object, expected an array");
	FAILS(json_get_object(json, "list", &found, &err), ERR_FORMAT, "\"list\": is an array, expected an object");
	FAILS(json_get_object(json_find(json, "list"), "k", &found, &err), ERR_FORMAT,
	      "is an array, expected an object with \"k\"");
	FAILS(json_get_object(NULL, "k", &found, &err), ERR_FORMAT, "\"k\": is missing, expected an object");
	assert_null(found);
	assert_null(text);
	json_destroy(json);
}

static void test_making(void **state)
{
	struct buf out = {0};
	struct err err;
	struct json *root = json_new_object();
	struct json *list = json_add_array(root, "list");
	struct json *copied;

	(void)state;
	assert_true(json_parse(BYTES("{\"inner\":{\"a\":[1]}}"), LIMIT, &copied, &err));
	assert_non_null(json_add_integer(list, NULL, -7));
	assert_non_null(json_add_bool(list, NULL, true));
	assert_non_null(json_add_text(json_add_object(list, NULL), "t", "é\""));
	/* A copy is whole, loses the key it had, and can be added to. */
	struct json *copy = json_add_copy(list, NULL, json_find(copied, "inner"));
	assert_null(json_key(copy));
	assert_non_null(json_add_bool(copy, "b", false));
	assert_non_null(json_add_copy(root, "again", json_find(copied, "inner")));
	json_destroy(copied);
	assert_non_null(json_add_integer(root, "n", INT64_C(1) << 53));
	assert_true(json_canonical(root, &out, &err));
	assert_string_equal(out.data,
			    "{\"again\":{\"a\":[1]},\"list\":[-7,true,{\"t\":\"é\\\"\"},{\"a\":[1],\"b\":false}],"
			    "\"n\":9007199254740992}");

	assert_null(json_add_integer(root, "m", (INT64_C(1) << 53) + 1));
	assert_null(json_add_integer(root, "m", INT64_MIN));
	assert_null(json_add_text(NULL, "x", "y"));
	assert_null(json_add_text(root, NULL, "y"));
	assert_null(json_add_text(list, "key", "y"));
	assert_null(json_add_text(json_add_object(NULL, "o"), "x", "y"));
	assert_null(json_add_bool(json_add_text(root, "text", "y"), "in text", true));
	assert_null(json_add_copy(root, "x", NULL));
	json_destroy(root);
	buf_finish(&out);
}

/* Failing every allocation in turn, ours (ld --wrap) and cJSON's (its hooks, declared here: the header stays in
 * json.c). */
struct cJSON_Hooks {
	void *(*malloc_fn)(size_t size);
	void (*free_fn)(void *memory);
};
void cJSON_InitHooks(struct cJSON_Hooks *hooks);

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static unsigned allocations;
static unsigned fail_at; /* 0: none */

static bool refusing(void)
{
	return ++allocations == fail_at;
}

void *__wrap_malloc(size_t size)
{
	return refusing() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return refusing() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return refusing() ? NULL : __real_realloc(memory, size);
}

/* Uses everything that allocates; false, with err, when something failed. */
static bool use_all(struct buf *out, struct err *err)
{
	struct json *json = NULL;
	struct json *made = NULL;
	bool ok = json_parse(BYTES(sample), LIMIT, &json, err);

	if (!ok)
		return false;
	made = json_new_object();
	struct json *list = json_add_array(made, "list");
	bool complete = json_add_copy(made, "sample", json) && json_add_text(list, NULL, "text") &&
			json_add_integer(list, NULL, 3) && json_add_bool(list, NULL, true) &&
			json_add_copy(list, NULL, json_find(json, "object")) && json_add_object(list, NULL);
	ok = complete ? json_write(made, out, err) && json_canonical(made, out, err) : err_memory(err);
	json_destroy(made);
	json_destroy(json);
	return ok;
}

static void test_every_allocation_may_fail(void **state)
{
	struct buf expected = {0};
	struct err err;

	(void)state;
	cJSON_InitHooks(&(struct cJSON_Hooks){__wrap_malloc, free});
	assert_true(use_all(&expected, &err));
	bool ok = false;
	for (unsigned n = 1; !ok; n++) {
		struct buf out = {0};
		allocations = 0;
		fail_at = n;
		ok = use_all(&out, &err);
		bool reached = allocations >= n;
		fail_at = 0;
		assert_int_equal(ok, !reached);
		if (ok)
			assert_string_equal(out.data, expected.data);
		else
			assert_int_equal(err.code, ERR_MEMORY);
		buf_finish(&out);
		assert_true(n < 1000);
	}
	assert_true(allocations > 50);
	cJSON_InitHooks(NULL);
	buf_finish(&expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding),
		cmocka_unit_test(test_finding_fails_with_a_sentence),
		cmocka_unit_test(test_making),
		cmocka_unit_test(test_every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
