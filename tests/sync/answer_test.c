/* What is said of a machine without a network, when to try again, where a redirect may lead, and lists in settings. */
#include "base/array.h"
#include "base/list.h"
#include "sync/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Twice as long each time, by chance down to the half, never over the most, and as long as the server asks for. */
static void test_pauses(void **state)
{
	static const struct {
		int next;
		int64_t asked_s, least_ms, most_ms;
	} rows[] = {
		{2, 0, 250, 500},   {3, 0, 500, 1000}, {4, 0, 1000, 2000},           {1000, 0, 15000, 30000},
		{2, 3, 3000, 3000}, {2, -5, 250, 500}, {2, INT64_MAX, 30000, 30000}, {4, 1, 1000, 2000},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t least = INT64_MAX, most = 0;

		for (uint32_t chance = 0; chance < 3000; chance++) {
			int64_t pause = answer_pause_ms(rows[i].next, 500, rows[i].asked_s, chance);

			assert_in_range(pause, rows[i].least_ms, rows[i].most_ms);
			least = pause < least ? pause : least;
			most = pause > most ? pause : most;
		}
		assert_int_equal(most, rows[i].most_ms);
		assert_true(least - rows[i].least_ms <= rows[i].most_ms / 100);
	}
}

/* A server is to blame only where there is a network to ask it by. */
static void test_offline(void **state)
{
	static const char alone[] =
		"u: this terminal is in no network: see to its cable, or to the name and password of "
		"its Wi-Fi";
	static const struct {
		struct answer answer;
		enum err_code code;
		const char *text;
	} rows[] = {
		{{.result = CURLE_COULDNT_RESOLVE_HOST, .offline = true}, ERR_NETWORK, alone},
		{{.result = CURLE_COULDNT_CONNECT, .offline = true}, ERR_NETWORK, alone},
		{{.result = CURLE_COULDNT_CONNECT, .offline = true, .proxied = true}, ERR_NETWORK, alone},
		{{.result = CURLE_COULDNT_RESOLVE_PROXY, .offline = true, .proxied = true}, ERR_NETWORK, alone},
		{{.result = CURLE_COULDNT_RESOLVE_HOST}, ERR_DNS, "u: why"},
		{{.result = CURLE_COULDNT_CONNECT, .proxied = true}, ERR_PROXY, "u: why"},
		{{.result = CURLE_RECV_ERROR, .offline = true}, ERR_NETWORK, "u: why"},
		{{.result = CURLE_OPERATION_TIMEDOUT, .offline = true}, ERR_SLOW, "u: why"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct answer answer = rows[i].answer;
		struct err err;

		answer.url = "u";
		answer.reason = "why";
		assert_int_equal(answer_judge(&answer, &err), ANSWER_AGAIN);
		assert_int_equal(err.code, rows[i].code);
		assert_string_equal(err.text, rows[i].text);
	}
}

static void test_places(void **state)
{
	static const struct {
		const char *from, *location, *hosts;
		bool may;
	} rows[] = {
		{"https://a.example/x", "https://b.example/y", "b.example", true},
		{"https://a.example/x", "https://b.example/y", " c.example , B.Example ,", true},
		{"https://a.example/x", "//b.example/y", "b.example", true},
		{"https://a.example/x", "/y", "a.example", true},
		{"http://a.example/x", "https://a.example/x", "a.example", true},
		{"http://a.example/x", "http://b.example:8080/x", "b.example", true},
		{"https://a.example/x", "https://b.example/y", "", false},
		{"https://a.example/x", "/y", "b.example", false},
		{"https://a.example/x", "http://b.example/y", "b.example", false},
		{"https://a.example/x", "https://b.example.evil/y", "b.example", false},
		{"https://a.example/x", "https://evilb.example/y", "b.example", false},
		{"https://a.example/x", "https://b.example@evil/y", "b.example", false},
		{"https://a.example/x", "https://me@b.example/y", "b.example", false},
		{"http://a.example/x", "ftp://b.example/y", "b.example", false},
		{"http://a.example/x", "file:///etc/passwd", "b.example", false},
		{"http://a.example/x", "javascript:alert(1)", "b.example", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *to = answer_location(rows[i].from, rows[i].location);
		bool may = to && answer_may_go(rows[i].from, to, rows[i].hosts);

		if (may != rows[i].may)
			fail_msg("%s to %s", rows[i].from, rows[i].location);
		curl_free(to);
	}
}

static void test_list(void **state)
{
	static const char *const entries[] = {"https://a.example/x", "/media/USB STICK", "b"};
	const char *rest = " ,, https://a.example/x ,\t/media/USB STICK, ,b\t", *at;
	size_t len, count = 0;

	(void)state;
	while (list_next(&rest, &at, &len)) {
		assert_true(count < ARRAY_LEN(entries) && strlen(entries[count]) == len);
		assert_memory_equal(at, entries[count++], len);
	}
	assert_int_equal(count, ARRAY_LEN(entries));
	assert_false(list_has("", ""));
	assert_false(list_has("a,,b", ""));
	assert_false(list_has("ab, b", "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pauses),
		cmocka_unit_test(test_offline),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
