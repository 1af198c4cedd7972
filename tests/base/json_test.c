#include "base/json.h"

#include "base/array.h"
#include "base/hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define LIMIT       (4u << 20)
#define BYTES(text) text, sizeof(text) - 1

struct refused {
	const char *bytes;
	size_t len;
	const char *place;
	const char *why; /* what the sentence must hold */
};

static const struct refused refused[] = {
	/* Nothing, or too little. */
	{BYTES(""), "line 1, column 1", "end comes too early"},
	{BYTES(" \n\t "), "line 2, column 3", "end comes too early"},
	{BYTES("{"), "line 1, column 2", "end comes too early"},
	{BYTES("["), "line 1, column 2", "end comes too early"},
	{BYTES("[1"), "line 1, column 3", "end comes too early"},
	{BYTES("[1,"), "line 1, column 4", "end comes too early"},
	{BYTES("{\"a\""), "line 1, column 5", "end comes too early"},
	{BYTES("{\"a\":"), "line 1, column 6", "end comes too early"},
	{BYTES("{\"a\":1"), "line 1, column 7", "end comes too early"},
	{BYTES("{\"a\":1,"), "line 1, column 8", "end comes too early"},
	{BYTES("\"abc"), "line 1, column 5", "end comes too early"},
	{BYTES("\"abc\\"), "line 1, column 5", "end comes too early"},
	{BYTES("-"), "line 1, column 2", "end comes too early"},

	/* Too much, or in the wrong place. */
	{BYTES("1 2"), "line 1, column 3", "nothing may follow"},
	{BYTES("{}x"), "line 1, column 3", "nothing may follow"},
	{BYTES("{}\0"), "line 1, column 3", "nothing may follow"},
	{BYTES("{}{}"), "line 1, column 3", "nothing may follow"},
	{BYTES("[]]"), "line 1, column 3", "nothing may follow"},
	{BYTES("[1 2]"), "line 1, column 4", "expected , or ]"},
	{BYTES("[1}"), "line 1, column 3", "expected , or ]"},
	{BYTES("[1,]"), "line 1, column 4", "expected a value"},
	{BYTES("[,1]"), "line 1, column 2", "expected a value"},
	{BYTES("{\"a\":1]"), "line 1, column 7", "expected , or }"},
	{BYTES("{\"a\":1,}"), "line 1, column 8", "expected a key"},
	{BYTES("{,}"), "line 1, column 2", "expected a key"},
	{BYTES("{a:1}"), "line 1, column 2", "expected a key"},
	{BYTES("{'a':1}"), "line 1, column 2", "expected a key"},
	{BYTES("{1:1}"), "line 1, column 2", "expected a key"},
	{BYTES("{\"a\" 1}"), "line 1, column 6", "expected :"},
	{BYTES("{\"a\",1}"), "line 1, column 5", "expected :"},
	{BYTES("{\"a\":}"), "line 1, column 6", "expected a value"},
	{BYTES("]"), "line 1, column 1", "expected a value"},
	{BYTES(":"), "line 1, column 1", "expected a value"},
	{BYTES("[/*c*/1]"), "line 1, column 2", "expected a value"},
	{BYTES("[1] // c"), "line 1, column 5", "nothing may follow"},

	/* Blanks that are none, and the byte-order mark. */
	{BYTES("\xEF\xBB\xBF{}"), "line 1, column 1", "byte-order mark"},
	{BYTES("\v1"), "line 1, column 1", "expected a value"},
	{BYTES("[\f1]"), "line 1, column 2", "expected a value"},
	{BYTES("[1\x01]"), "line 1, column 3", "expected , or ]"},
	{BYTES("[\xC2\xA0"
	       "1]"),
	 "line 1, column 2", "expected a value"},
	{BYTES("\0"), "line 1, column 1", "expected a value"},

	/* Words. */
	{BYTES("True"), "line 1, column 1", "expected a value"},
	{BYTES("nul"), "line 1, column 1", "expected a value"},
	{BYTES("nulll"), "line 1, column 5", "nothing may follow"},
	{BYTES("NaN"), "line 1, column 1", "expected a value"},
	{BYTES("Infinity"), "line 1, column 1", "expected a value"},
	{BYTES("undefined"), "line 1, column 1", "expected a value"},

	/* Numbers. */
	{BYTES("1.0"), "line 1, column 1", "only whole numbers"},
	{BYTES("1."), "line 1, column 1", "only whole numbers"},
	{BYTES("1e0"), "line 1, column 1", "only whole numbers"},
	{BYTES("1E5"), "line 1, column 1", "only whole numbers"},
	{BYTES("1e999"), "line 1, column 1", "only whole numbers"},
	{BYTES("01"), "line 1, column 1", "must not begin with 0"},
	{BYTES("-01"), "line 1, column 1", "must not begin with 0"},
	{BYTES("00"), "line 1, column 1", "must not begin with 0"},
	{BYTES("+1"), "line 1, column 1", "expected a value"},
	{BYTES(".5"), "line 1, column 1", "expected a value"},
	{BYTES("-x"), "line 1, column 2", "a digit must follow"},
	{BYTES("--1"), "line 1, column 2", "a digit must follow"},
	{BYTES("- 1"), "line 1, column 2", "a digit must follow"},
	{BYTES("0x10"), "line 1, column 2", "nothing may follow"},
	{BYTES("1-2"), "line 1, column 2", "nothing may follow"},
	{BYTES("9007199254740993"), "line 1, column 1", "must be within"},
	{BYTES("-9007199254740993"), "line 1, column 1", "must be within"},
	{BYTES("[18446744073709551617]"), "line 1, column 2", "must be within"},
	{BYTES("99999999999999999999999999999999999999999999999999999999999999999999999"), "line 1, column 1",
	 "within"},

	/* Text. */
	{BYTES("\"a\nb\""), "line 1, column 3", "control character"},
	{BYTES("\"a\tb\""), "line 1, column 3", "control character"},
	{BYTES("\"\x1F\""), "line 1, column 2", "control character"},
	{BYTES("\"a\0b\""), "line 1, column 3", "control character"},
	{BYTES("\"\\u0000\""), "line 1, column 2", "U+0000"},
	{BYTES("{\"a\\u0000b\":1}"), "line 1, column 4", "U+0000"},
	{BYTES("\"\\x41\""), "line 1, column 2", "unknown escape"},
	{BYTES("\"\\'\""), "line 1, column 2", "unknown escape"},
	{BYTES("\"\\\0\""), "line 1, column 2", "unknown escape"},
	{BYTES("\"\\U0041\""), "line 1, column 2", "unknown escape"},
	{BYTES("\"\\u12\""), "line 1, column 2", "four hexadecimal"},
	{BYTES("\"\\u12g4\""), "line 1, column 2", "four hexadecimal"},
	{BYTES("\"\\u12"), "line 1, column 2", "four hexadecimal"},
	{BYTES("\"\\u+123\""), "line 1, column 2", "four hexadecimal"},
	{BYTES("\"\\ud800\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\udc00\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83dx\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d\\ud83d\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\udc00\\ud800\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\udc00\\udc00\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d\\ude0"), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d\\u"), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d"), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d\\u0041\""), "line 1, column 2", "surrogate"},
	{BYTES("\"\\ud83d\\ude0\""), "line 1, column 2", "surrogate"},
	{BYTES("\"a\xFF\""), "line 1, column 3", "UTF-8"},
	{BYTES("\"\xC3\""), "line 1, column 2", "UTF-8"},
	{BYTES("\"\xC0\xAF\""), "line 1, column 2", "UTF-8"},
	{BYTES("\"\xED\xA0\x80\""), "line 1, column 2", "UTF-8"},
	{BYTES("\"\xF4\x90\x80\x80\""), "line 1, column 2", "UTF-8"},
	{BYTES("\"\xE2\x82\""), "line 1, column 2", "UTF-8"},
	{BYTES("{\"\x80\":1}"), "line 1, column 3", "UTF-8"},

	/* Keys twice, in any spelling. */
	{BYTES("{\"a\":1,\"a\":2}"), "line 1, column 8", "stands twice"},
	{BYTES("{\"\":1,\"\":2}"), "line 1, column 7", "stands twice"},
	{BYTES("{\"a\":1,\"\\u0061\":2}"), "line 1, column 8", "stands twice"},
	{BYTES("{\"æ\":1,\n\"\\u00E6\":2}"), "line 2, column 1", "stands twice"},
	{BYTES("{\"\\ud83d\\ude00\":1,\"😀\":2}"), "line 1, column 19", "stands twice"},
	{BYTES("{\"/\":1,\"\\/\":2}"), "line 1, column 8", "stands twice"},
	{BYTES("{\"b\":1,\"a\":{\"b\":1},\"c\":[],\"b\":0}"), "line 1, column 27", "stands twice"},
	{BYTES("[{\"x\":{\"k\":1,\"l\":2,\"k\":3}}]"), "line 1, column 20", "stands twice"},

	/* Places. */
	{BYTES("{\n\t\"æøå\": \"ก😀\", x}"), "line 2, column 15", "expected a key"},
	{BYTES("[\r\n1,\r\n  2,\r\n  oops]"), "line 4, column 3", "expected a value"},
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		/* A copy of the exact length: reading one byte too far is seen. */
		char *bytes = malloc(refused[i].len + !refused[i].len);
		struct json *json = NULL;
		struct err err;
		assert_non_null(bytes);
		memcpy(bytes, refused[i].bytes, refused[i].len);
		if (json_parse(bytes, refused[i].len, LIMIT, &json, &err))
			fail_msg("accepted: %s", refused[i].bytes);
		free(bytes);
		assert_null(json);
		assert_int_equal(err.code, ERR_FORMAT);
		size_t place_len = strlen(refused[i].place);
		if (strncmp(err.text, refused[i].place, place_len) != 0 || err.text[place_len] != ':' ||
		    !strstr(err.text, refused[i].why))
			fail_msg("%s: %s", refused[i].bytes, err.text);
	}
}

/* What comes in, and as what json_write() and json_canonical() bring it out. */
static const struct {
	const char *in;
	const char *written;
	const char *canonical;
} accepted[] = {
	{"null", "null\n", "null"},
	{" true ", "true\n", "true"},
	{"\r\n\tfalse", "false\n", "false"},
	{"0", "0\n", "0"},
	{"-0", "0\n", "0"},
	{"-1", "-1\n", "-1"},
	{"9007199254740992", "9007199254740992\n", "9007199254740992"},
	{"-9007199254740992", "-9007199254740992\n", "-9007199254740992"},
	{"9007199254740991", "9007199254740991\n", "9007199254740991"},
	{"1000000000000000", "1000000000000000\n", "1000000000000000"},
	{"\"\"", "\"\"\n", "\"\""},
	{"{}", "{}\n", "{}"},
	{"[ ]", "[]\n", "[]"},
	{"[[],{}]", "[\n\t[],\n\t{}\n]\n", "[[],{}]"},
	{"{\"b\":1,\"a\":[1,2]}", "{\n\t\"b\": 1,\n\t\"a\": [\n\t\t1,\n\t\t2\n\t]\n}\n", "{\"a\":[1,2],\"b\":1}"},
	/* Sorted by bytes: capitals first, a prefix before what it begins, U+FF5E before U+1F600, which UTF-16 turns
	   round. */
	{"{\"a\":0,\"B\":0,\"aa\":0,\"\":0,\"😀\":0,\"\xEF\xBD\x9E\":0,\"æ\":0}",
	 "{\n\t\"a\": 0,\n\t\"B\": 0,\n\t\"aa\": 0,\n\t\"\": 0,\n\t\"😀\": 0,\n\t\"\xEF\xBD\x9E\": 0,\n\t\"æ\": 0\n}\n",
	 "{\"\":0,\"B\":0,\"a\":0,\"aa\":0,\"æ\":0,\"\xEF\xBD\x9E\":0,\"😀\":0}"},
	/* Keys that differ in case or by a prefix are different keys. */
	{"{\"k\":1,\"K\":2}", "{\n\t\"k\": 1,\n\t\"K\": 2\n}\n", "{\"K\":2,\"k\":1}"},
	{"[{\"k\":1},{\"k\":1}]", "[\n\t{\n\t\t\"k\": 1\n\t},\n\t{\n\t\t\"k\": 1\n\t}\n]\n", "[{\"k\":1},{\"k\":1}]"},
	{"{\"k\":{\"k\":{\"k\":1}}}", "{\n\t\"k\": {\n\t\t\"k\": {\n\t\t\t\"k\": 1\n\t\t}\n\t}\n}\n",
	 "{\"k\":{\"k\":{\"k\":1}}}"},
	/* Escapes: all are read, json_write() uses the short ones, canonical JSON only two. */
	{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"\n", "\"\\\"\\\\/\b\f\n\r\t\""},
	{"\"a\\nb\"", "\"a\\nb\"\n", "\"a\nb\""},
	{"\"\\u0001\\u001f\\u007f\"", "\"\\u0001\\u001f\x7F\"\n", "\"\x01\x1F\x7F\""},
	{"\"\\u0041\\u00e6\\u20AC\\uD83D\\uDE00\"", "\"Aæ€😀\"\n", "\"Aæ€😀\""},
	{"\"Aæ€😀\\ufffd\xEF\xBF\xBD\"", "\"Aæ€😀\xEF\xBF\xBD\xEF\xBF\xBD\"\n", "\"Aæ€😀\xEF\xBF\xBD\xEF\xBF\xBD\""},
	{"\"\\uFFFF\\uE000\\uD7FF\"", "\"\xEF\xBF\xBF\xEE\x80\x80\xED\x9F\xBF\"\n",
	 "\"\xEF\xBF\xBF\xEE\x80\x80\xED\x9F\xBF\""},
	{"\"\\uDBFF\\uDFFF\"", "\"\xF4\x8F\xBF\xBF\"\n", "\"\xF4\x8F\xBF\xBF\""},
	{"{\"q\\\"\\n\\\\\":\"\\u2028\"}", "{\n\t\"q\\\"\\n\\\\\": \"\xE2\x80\xA8\"\n}\n",
	 "{\"q\\\"\n\\\\\":\"\xE2\x80\xA8\"}"},
};

static void test_accepted(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(accepted); i++) {
		size_t len = strlen(accepted[i].in);
		char *bytes = malloc(len);
		struct buf written = {0};
		struct buf again = {0};
		struct json *json;
		struct err err;
		assert_non_null(bytes);
		memcpy(bytes, accepted[i].in, len);
		if (!json_parse(bytes, len, len, &json, &err))
			fail_msg("%s: %s", accepted[i].in, err.text);
		free(bytes);
		assert_true(json_write(json, &written, &err));
		assert_string_equal(written.data, accepted[i].written);
		assert_true(json_canonical(json, &again, &err));
		assert_string_equal(again.data, accepted[i].canonical);
		json_destroy(json);

		buf_clear(&again);
		assert_true(json_parse(written.data, written.len, LIMIT, &json, &err));
		assert_true(json_write(json, &again, &err));
		assert_string_equal(again.data, accepted[i].written);
		json_destroy(json);
		buf_finish(&written);
		buf_finish(&again);
	}
	json_destroy(NULL);
}

/* What securesystemslib 0.26 makes of the same texts (tests/e2e/second-opinion.sh asks it again). */
static void test_canonical_vectors(void **state)
{
	FILE *file = fopen("tests/base/canonical_vectors.txt", "r");
	char line[4096];
	int count = 0;

	(void)state;
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file); count++) {
		char *tab = strchr(line, '\t'), hex[4096];
		struct buf form = {0};
		struct json *json;
		struct err err;

		assert_non_null(tab);
		line[strcspn(line, "\n")] = '\0';
		if (!json_parse(line, (size_t)(tab - line), LIMIT, &json, &err) || !json_canonical(json, &form, &err))
			fail_msg("%s: %s", err.text, line);
		assert_true(2 * form.len < sizeof(hex));
		hex_write((const unsigned char *)form.data, form.len, hex);
		assert_string_equal(hex, tab + 1);
		json_destroy(json);
		buf_finish(&form);
	}
	fclose(file);
	assert_int_equal(count, 80);
}

static void test_limits(void **state)
{
	char bytes[4 * JSON_DEPTH_MAX + 8];
	struct json *json;
	struct err err;

	(void)state;
	assert_false(json_parse("[1]", 3, 2, &json, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.text, "3 bytes, allowed are 2");

	for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
		memset(bytes, '[', (size_t)depth);
		memset(bytes + depth, ']', (size_t)depth);
		bool ok = json_parse(bytes, 2 * (size_t)depth, LIMIT, &json, &err);
		assert_int_equal(ok, depth == JSON_DEPTH_MAX);
		if (ok) {
			struct buf out = {0};
			assert_true(json_write(json, &out, &err));
			buf_finish(&out);
			json_destroy(json);
			continue;
		}
		assert_int_equal(err.code, ERR_LIMIT);
		assert_string_equal(err.text, "line 1, column 33: nested deeper than 32 levels");
	}

	char *deep = malloc(LIMIT);
	assert_non_null(deep);
	memset(deep, '[', LIMIT);
	assert_false(json_parse(deep, LIMIT, LIMIT, &json, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	free(deep);
}

#define MANY 20000

/* Many members in the worst orders: time must not grow with the square. */
static void test_many_members_in_little_time(void **state)
{
	struct buf in = {0};
	struct buf out = {0};
	struct json *json;
	struct err err;
	clock_t start = clock();

	(void)state;
	assert_true(buf_append_text(&in, "{"));
	for (unsigned i = 0; i < MANY; i++)
		assert_true(buf_printf(&in, "%s\"a/long/beginning/%08u\":{\"length\":%u}", i ? "," : "", MANY - i, i));
	assert_true(buf_append_text(&in, "}"));
	assert_true(json_parse(in.data, in.len, LIMIT, &json, &err));
	assert_int_equal(json_count(json), MANY);
	assert_true(json_canonical(json, &out, &err));
	assert_true(strncmp(out.data, "{\"a/long/beginning/00000001\":{\"length\":19999},", 46) == 0);
	buf_clear(&out);
	assert_true(json_write(json, &out, &err));
	json_destroy(json);

	/* The last key is the first one again. */
	buf_cut(&in, in.len - 1);
	assert_true(buf_printf(&in, ",\n\"a/long/beginning/%08u\":0}", MANY));
	assert_false(json_parse(in.data, in.len, LIMIT, &json, &err));
	assert_string_equal(err.text, "line 2, column 1: this key stands twice in its object");
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 2.0);
	buf_finish(&in);
	buf_finish(&out);
}

static void test_what_could_not_be_read_is_not_written(void **state)
{
	struct buf out = {0};
	struct err err;
	struct json *root = json_new_array();
	struct json *inner;

	(void)state;
	assert_true(buf_append_text(&out, "before"));
	json_add_text(root, NULL, "a\xC3");
	assert_false(json_write(root, &out, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	assert_false(json_canonical(root, &out, &err));
	assert_string_equal(out.data, "before");
	json_destroy(root);

	inner = root = json_new_array();
	for (int i = 1; i < JSON_DEPTH_MAX; i++)
		inner = json_add_array(inner, NULL);
	assert_true(json_canonical(root, &out, &err));
	buf_cut(&out, 6);
	json_add_array(inner, NULL);
	assert_false(json_canonical(root, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(out.data, "before");
	json_destroy(root);
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_canonical_vectors),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_many_members_in_little_time),
		cmocka_unit_test(test_what_could_not_be_read_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
