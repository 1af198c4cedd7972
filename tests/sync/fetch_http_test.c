/* A web server as a source, one that answers as no server should. */
#include "base/array.h"
#include "sync/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "hostile.h"

#define BYTES(text) text, sizeof(text) - 1
#define OK_5        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
#define TRIES       2
#define RLE_128K    "\x02\0\x10x" /* of zstd: 131072 times "x" */

static const struct {
	const char *path;
	const char *answer; /* "": the connection ends at once */
	size_t len;
	enum hostile_end end;
	size_t limit;
	enum err_code code;
	int asked;            /* requests: TRIES for what can heal */
	const char *sentence; /* or the bytes that arrive */
} rows[] = {
	{"ok", BYTES(OK_5 "hello"), 0, 5, ERR_NONE, 1, "hello"},
	{"unmeasured", BYTES("HTTP/1.1 200 OK\r\n\r\nhello"), 0, 5, ERR_NONE, 1, "hello"},
	{"zero", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 0, 5, ERR_NONE, 1, ""},
	{"chunks", BYTES("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"), 0, 5,
	 ERR_NONE, 1, "hello"},
	{"gzip",
	 BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
	       "\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x05\0\xfa\xffhello\x86\xa6\x10\x36\x05\0\0\0"),
	 0, 5, ERR_NONE, 1, "hello"},
	{"zstd",
	 BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"
	       "\x28\xb5\x2f\xfd\x20\x05\x29\0\0hello"),
	 0, 5, ERR_NONE, 1, "hello"},
	{"bomb",
	 BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"
	       "\x28\xb5\x2f\xfd\0\x38" RLE_128K RLE_128K RLE_128K RLE_128K RLE_128K RLE_128K RLE_128K),
	 0, 300000, ERR_LIMIT, 1, "the 300000 bytes allowed"},
	{"packed more",
	 BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 14\r\n\r\n"
	       "\x28\xb5\x2f\xfd\x20\x05\x29\0\0hello"),
	 0, 4, ERR_LIMIT, 1, "the 4 bytes allowed"},
	{"not packed", BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"), 0, 5,
	 ERR_SERVER, 1, "not%20packed"},
	{"packed how", BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 5\r\n\r\nhello"), 0, 5,
	 ERR_SERVER, 1, "encoding"},
	{"missing", BYTES("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_MISSING, 1, "404"},
	{"forbidden", BYTES("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_SERVER, 1,
	 "status 403"},
	{"broken", BYTES("HTTP/1.1 500 Error\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_SERVER, TRIES,
	 "status 500"},
	{"broken endless", BYTES("HTTP/1.1 500 Error\r\n\r\noops"), HOSTILE_ENDLESS, 100, ERR_SERVER, TRIES,
	 "status 500"},
	{"busy", BYTES("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_SERVER,
	 TRIES, "status 503"},
	{"too many", BYTES("HTTP/1.1 429 Wait\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_SERVER, TRIES,
	 "status 429"},
	{"not made", BYTES("HTTP/1.1 501 Not Implemented\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_SERVER, 1,
	 "status 501"},
	{"moved", BYTES("HTTP/1.1 302 Found\r\nLocation: /base/ok\r\nContent-Length: 4\r\n\r\noops"), 0, 100,
	 ERR_REDIRECT, 1, "redirect_hosts"},
	{"moved nowhere", BYTES("HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\noops"), 0, 100, ERR_REDIRECT, 1,
	 "status 302"},
	{"unchanged", BYTES("HTTP/1.1 304 Not Modified\r\n\r\n"), 0, 100, ERR_SERVER, 1, "status 304"},
	{"part", BYTES("HTTP/1.1 206 Partial\r\nContent-Length: 5\r\n\r\nhello"), 0, 100, ERR_SERVER, 1, "status 206"},
	{"nothing", BYTES("HTTP/1.1 204 No Content\r\n\r\n"), 0, 100, ERR_SERVER, 1, "status 204"},
	{"short", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"), 0, 100, ERR_NETWORK, TRIES, "127.0.0.1"},
	{"cut chunk", BYTES("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"), 0, 100, ERR_NETWORK,
	 TRIES, "cut%20chunk"},
	{"reset", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"), HOSTILE_RESET, 100, ERR_NETWORK, TRIES,
	 "127.0.0.1"},
	{"reset at once", BYTES(""), HOSTILE_RESET, 100, ERR_NETWORK, TRIES, "127.0.0.1"},
	{"silent", BYTES(""), 0, 100, ERR_NETWORK, TRIES, "127.0.0.1"},
	{"drip", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nhello"), HOSTILE_DRIP, 9000, ERR_SLOW, TRIES,
	 "too slow"},
	{"drip header", BYTES("HTTP/1.1 200 OK\r\nX: y"), HOSTILE_DRIP, 9000, ERR_SLOW, TRIES, "too slow"},
	{"other", BYTES("SSH-2.0-OpenSSH_9.2\r\n"), 0, 100, ERR_SERVER, 1, "127.0.0.1"},
	{"one more", BYTES("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!"), 0, 5, ERR_LIMIT, 1,
	 "the 5 bytes allowed"},
	{"unmeasured more", BYTES("HTTP/1.1 200 OK\r\n\r\nhello!"), 0, 5, ERR_LIMIT, 1, "the 5 bytes allowed"},
	{"endless", BYTES("HTTP/1.1 200 OK\r\n\r\nx"), HOSTILE_ENDLESS, 100000, ERR_LIMIT, 1,
	 "the 100000 bytes allowed"},
	{"endless header", BYTES("HTTP/1.1 200 OK\r\nX: y"), HOSTILE_ENDLESS, 100, ERR_SERVER, 1, "127.0.0.1"},
	/* Where redirects to 127.0.0.1 are allowed */
	{"loop", BYTES("HTTP/1.1 301 Moved\r\nLocation: /base/loop\r\n\r\n"), 0, 100, ERR_REDIRECT, 1,
	 "redirect_hosts"},
	{"far", BYTES("HTTP/1.1 301 Moved\r\nLocation: http://elsewhere.invalid/\r\n\r\n"), 0, 100, ERR_REDIRECT, 1,
	 "sends to http://elsewhere.invalid/"},
	{"named", BYTES("HTTP/1.1 307 Moved\r\nLocation: http://me:secret@127.0.0.1/\r\n\r\n"), 0, 100, ERR_REDIRECT, 1,
	 "redirect_hosts"},
	{"file", BYTES("HTTP/1.1 308 Moved\r\nLocation: file://127.0.0.1/etc/passwd\r\n\r\n"), 0, 100, ERR_REDIRECT, 1,
	 "sends to file:"},
};

/* The same server for files of which something is there already: its answers, one after the other. */
#define WHOLE   "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world"
#define REST(s) "HTTP/1.1 206 Partial\r\nContent-Length: 6\r\nContent-Range: bytes " s "\r\n\r\n"
#define RESUMED "bytes=5-"

static const struct {
	const char *path;
	const char *kept;
	struct {
		const char *range;  /* that is asked for; NULL: none */
		const char *answer; /* NULL: it is not asked so often */
	} turns[4];
	enum err_code code;
	const char *left; /* what is there in the end */
} kept_rows[] = {
	{"goes on", "hello", {{RESUMED, REST("5-10/11") " world"}}, ERR_NONE, "hello world"},
	{"breaks off",
	 "",
	 {{NULL, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello"}, {RESUMED, REST("5-10/11") " world"}},
	 ERR_NONE,
	 "hello world"},
	{"fails between",
	 "hello",
	 {{RESUMED, "HTTP/1.1 503 Busy\r\n\r\n"}, {RESUMED, REST("5-10/11") " world"}},
	 ERR_NONE,
	 "hello world"},
	{"knows no ranges", "hello", {{RESUMED, WHOLE}, {NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"says 416", "hello", {{RESUMED, "HTTP/1.1 416 Range\r\n\r\n"}, {NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"another part", "hello", {{RESUMED, REST("3-8/11") "lo wor"}, {NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"no part",
	 "hello",
	 {{RESUMED, "HTTP/1.1 206 Partial\r\nContent-Length: 6\r\n\r\n world"}, {NULL, WHOLE}},
	 ERR_NONE,
	 "hello world"},
	{"a lie", "hello", {{RESUMED, REST("5-10/11") " wrong"}, {NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"too short",
	 "hello",
	 {{RESUMED, REST("5-10/11") " w"}, {"bytes=7-", REST("7-10/11") "or"}},
	 ERR_NETWORK,
	 "hello wor"},
	{"a packed part",
	 "hello",
	 {{RESUMED, "HTTP/1.1 206 Partial\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\nContent-Range: bytes "
		    "5-10/11\r\n\r\n\x1f\x8b\x08\x01\x01\x01"},
	  {NULL, WHOLE}},
	 ERR_NONE,
	 "hello world"},
	{"wrong before", "jello", {{RESUMED, REST("5-10/11") " world"}, {NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"all there", "hello world", {{NULL, NULL}}, ERR_NONE, "hello world"},
	{"all wrong", "jello world", {{NULL, WHOLE}}, ERR_NONE, "hello world"},
	{"lies for ever",
	 "hello",
	 {{RESUMED, REST("5-10/11") " wrong"}, {NULL, REST("5-10/11") " wrong"}},
	 ERR_SERVER,
	 ""},
	{"still wrong",
	 "hello",
	 {{RESUMED, REST("5-10/11") " wrong"}, {NULL, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\njello world"}},
	 ERR_HASH,
	 ""},
	{"more than asked",
	 "hello",
	 {{RESUMED, "HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-99/100\r\n\r\n world and more"}},
	 ERR_LIMIT,
	 "hello"},
	{"moved on",
	 "hello",
	 {{RESUMED, "HTTP/1.1 302 Found\r\nLocation: /base/moved%20on\r\nContent-Length: 6\r\n\r\n wrong"},
	  {RESUMED, REST("5-10/11") " world"}},
	 ERR_NONE,
	 "hello world"},
};

/* ---- the server */

struct seen {
	int asked[ARRAY_LEN(rows)];
	int kept_asked[ARRAY_LEN(kept_rows)];
	bool wrong_range[ARRAY_LEN(kept_rows)];
};

static struct seen *seen;

/* Whether the request is for it, with %20 for blanks. */
static bool asks_for(const char *request, const char *name)
{
	char path[64];
	size_t n = (size_t)snprintf(path, sizeof(path), "GET /base/");

	for (const char *c = name; *c; c++)
		n += (size_t)snprintf(path + n, sizeof(path) - n, *c == ' ' ? "%%20" : "%c", *c);
	snprintf(path + n, sizeof(path) - n, " HTTP/1.1\r\n");
	return strncmp(request, path, strlen(path)) == 0;
}

static bool has_range(const char *request, const char *range)
{
	char line[64];

	if (!range)
		return !strstr(request, "\r\nRange:");
	snprintf(line, sizeof(line), "\r\nRange: %s\r\n", range);
	return strstr(request, line) && !strstr(request, "\r\nAccept-Encoding:");
}

static void answer_kept(int client, const char *request, size_t i)
{
	int turn = seen->kept_asked[i]++;
	const char *answer = turn < (int)ARRAY_LEN(kept_rows[i].turns) ? kept_rows[i].turns[turn].answer : NULL;

	if (!answer || !has_range(request, kept_rows[i].turns[turn].range))
		seen->wrong_range[i] = true;
	if (answer) {
		hostile_answer(client, answer, strlen(answer));
		hostile_end(client, HOSTILE_CLOSE, NULL, 0);
	}
}

static void answer(int client, const char *request)
{
	static const char tunnel[] = "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n";

	if (strncmp(request, "CONNECT ", 8) == 0)
		hostile_send(client, tunnel, strlen(tunnel));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (asks_for(request, rows[i].path)) {
			seen->asked[i]++;
			hostile_answer(client, rows[i].answer, rows[i].len);
			hostile_end(client, rows[i].end, rows[i].answer + rows[i].len - 1, 1);
		}
	for (size_t i = 0; i < ARRAY_LEN(kept_rows); i++)
		if (asks_for(request, kept_rows[i].path))
			answer_kept(client, request, i);
}

static int start_server(void **state)
{
	(void)state;
	seen = hostile_share(sizeof(*seen));
	return seen && hostile_start(answer) ? 0 : -1;
}

static int stop_server(void **state)
{
	(void)state;
	hostile_stop();
	return 0;
}

/* ---- one file */

static struct fetch *open_source(const char *source, const char *proxy, const char *redirect_hosts)
{
	const struct fetch_options options = {.proxy = proxy,
					      .redirect_hosts = redirect_hosts,
					      .tries = TRIES,
					      .connect_s = 5,
					      .slow_s = 1,
					      .pause_ms = 1};
	struct fetch *fetch;
	struct err err;

	if (!fetch_open(source, &options, &fetch, &err))
		fail_msg("%s", err.text);
	return fetch;
}

static struct fetch *open_server(const char *redirect_hosts)
{
	char url[128];

	snprintf(url, sizeof(url), "%s/base//", hostile_url);
	return open_source(url, NULL, redirect_hosts);
}

static void test_answers(void **state)
{
	struct fetch *fetch = open_server(NULL);
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		bool ok = fetch_bytes(fetch, rows[i].path, rows[i].limit, &out, &err);
		const char *said = ok ? (out.data ? out.data : "") : err.text;

		if (ok != (rows[i].code == ERR_NONE) || err.code != rows[i].code || !strstr(said, rows[i].sentence))
			fail_msg("%s: %s (%s)", rows[i].path, err_name(err.code), said);
		assert_int_equal(out.len, ok ? strlen(rows[i].sentence) : 0);
		if (seen->asked[i] != rows[i].asked)
			fail_msg("%s: asked %d times", rows[i].path, seen->asked[i]);
	}
	buf_finish(&out);
	fetch_close(fetch);
}

static void test_redirects(void **state)
{
	static const struct {
		const char *path;
		enum err_code code;
		const char *sentence;
	} cases[] = {
		{"moved", ERR_NONE, "hello"},
		{"loop", ERR_REDIRECT, "more than 4 redirects"},
		{"far", ERR_REDIRECT, "sends to http://elsewhere.invalid/"},
		{"named", ERR_REDIRECT, "redirect_hosts"},
		{"file", ERR_REDIRECT, "sends to file:"},
	};
	struct fetch *fetch = open_server("other.example, 127.0.0.1");
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		bool ok = fetch_bytes(fetch, cases[i].path, 100, &out, &err);

		if (ok != (cases[i].code == ERR_NONE) || err.code != cases[i].code ||
		    !strstr(ok ? out.data : err.text, cases[i].sentence))
			fail_msg("%s: %s (%s)", cases[i].path, err_name(err.code), ok ? out.data : err.text);
	}
	buf_finish(&out);
	fetch_close(fetch);
}

/* ---- a file of which something is there */

static bool keeper_begin(void *context, bool keep, int64_t *have, struct err *err)
{
	struct buf *kept = context;

	(void)err;
	if (!keep)
		buf_clear(kept);
	*have = (int64_t)kept->len;
	return true;
}

static bool keeper_write(void *context, const void *bytes, size_t len, struct err *err)
{
	return buf_append(context, bytes, len) || err_memory(err);
}

/* As the store does it: what is whole and wrong is gone. */
static bool keeper_end(void *context, bool whole, struct err *err)
{
	struct buf *kept = context;

	if (!whole || (kept->len == 11 && memcmp(kept->data, "hello world", 11) == 0))
		return true;
	buf_clear(kept);
	return err_set(err, ERR_HASH, "not what was signed");
}

static void test_kept(void **state)
{
	struct fetch *fetch = open_server("127.0.0.1");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kept_rows); i++) {
		struct buf kept = {0};
		const struct fetch_file file = {kept_rows[i].path, 11, keeper_write, keeper_end, &kept, keeper_begin};
		struct err err = {0};
		int asked = 0;

		while (asked < (int)ARRAY_LEN(kept_rows[i].turns) && kept_rows[i].turns[asked].answer)
			asked++;
		assert_true(buf_append_text(&kept, kept_rows[i].kept));
		if (fetch_files(fetch, &file, 1, &err) != (kept_rows[i].code == ERR_NONE) ||
		    err.code != kept_rows[i].code || seen->wrong_range[i] || seen->kept_asked[i] != asked)
			fail_msg("%s: %s (%s), asked %d times", kept_rows[i].path, err_name(err.code), err.text,
				 seen->kept_asked[i]);
		if (strcmp(kept.len ? kept.data : "", kept_rows[i].left) != 0)
			fail_msg("%s: %.*s is left", kept_rows[i].path, (int)kept.len, kept.data);
		buf_finish(&kept);
	}
	fetch_close(fetch);
}

/* ---- many files */

struct taker {
	size_t bytes;
	int ends, wholes;
};

static bool take(void *context, const void *bytes, size_t len, struct err *err)
{
	struct taker *taker = context;

	(void)bytes;
	(void)err;
	taker->bytes += len;
	return true;
}

static bool end(void *context, bool whole, struct err *err)
{
	struct taker *taker = context;

	(void)err;
	taker->ends++;
	taker->wholes += whole;
	return true;
}

/* More than go at a time; each is told once how it ended, and a failure ends all. */
static void test_many(void **state)
{
	struct fetch *fetch = open_server(NULL);
	struct taker takers[40] = {0};
	struct fetch_file files[ARRAY_LEN(takers)];
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		files[i] = (struct fetch_file){"ok", 5, take, end, &takers[i], NULL};
	assert_true(fetch_files(fetch, files, ARRAY_LEN(files), &err));
	for (size_t i = 0; i < ARRAY_LEN(takers); i++)
		assert_true(takers[i].bytes == 5 && takers[i].ends == 1 && takers[i].wholes == 1);
	memset(takers, 0, sizeof(takers));
	files[20].path = "short"; /* which nothing keeps, so it is not tried again */
	assert_false(fetch_files(fetch, files, ARRAY_LEN(files), &err));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_int_equal(takers[20].bytes, 5);
	assert_int_equal(takers[20].wholes, 0);
	assert_int_equal(takers[39].ends, 0);
	for (size_t i = 0; i < ARRAY_LEN(takers); i++)
		assert_true(takers[i].ends <= 1 && takers[i].wholes <= takers[i].ends);
	memset(takers, 0, sizeof(takers));
	files[20].path = "ok";
	assert_true(fetch_files(fetch, files, ARRAY_LEN(files), &err)); /* usable again after a failure */
	fetch_close(fetch);
}

/* ---- no server at all */

static void expect(const char *source, const char *proxy, enum err_code code, const char *sentence)
{
	struct fetch *fetch = open_source(source, proxy, NULL);
	struct buf out = {0};
	struct err err = {0};

	assert_false(fetch_bytes(fetch, "ok", 100, &out, &err));
	if (err.code != code || !strstr(err.text, sentence))
		fail_msg("%s: %s (%s)", source, err_name(err.code), err.text);
	buf_finish(&out);
	fetch_close(fetch);
}

static void test_nobody(void **state)
{
	char proxy[128];

	snprintf(proxy, sizeof(proxy), "http://me:secret@%s", hostile_url + strlen("http://"));
	expect("https://nowhere.invalid", proxy, ERR_PROXY, "407");
	setenv("http_proxy", "http://127.0.0.1:1", 1); /* does not count */
	expect("http://nowhere.invalid", NULL, ERR_DNS, "nowhere.invalid");
	unsetenv("http_proxy");
	expect("http://nowhere.invalid", "http://nowhere.invalid:3128", ERR_PROXY, "nowhere.invalid");
	stop_server(state);
	expect(hostile_url, NULL, ERR_NETWORK, "127.0.0.1");
	expect("http://nowhere.invalid", proxy, ERR_PROXY, "127.0.0.1");
	expect("https://nowhere.invalid", proxy, ERR_PROXY, "127.0.0.1");
}

static void test_refused_options(void **state)
{
	static const struct {
		const char *source, *ca_file;
		enum err_code code;
	} cases[] = {
		{"http://me:secret@127.0.0.1/", NULL, ERR_USAGE},
		{"https://127.0.0.1/", "/nonexistent/ca.pem", ERR_MISSING},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct fetch_options options = {.ca_file = cases[i].ca_file};
		struct fetch *fetch;
		struct err err = {0};

		assert_false(fetch_open(cases[i].source, &options, &fetch, &err));
		assert_int_equal(err.code, cases[i].code);
		assert_null(strstr(err.text, "secret"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers), cmocka_unit_test(test_redirects),       cmocka_unit_test(test_kept),
		cmocka_unit_test(test_many),    cmocka_unit_test(test_refused_options), cmocka_unit_test(test_nobody),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
