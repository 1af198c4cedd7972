/* A web server as a source, one that answers as no server should. */
#include "base/array.h"
#include "sync/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *path;
	const char *answer; /* "": the connection is closed at once */
	bool endless;       /* the answer's last byte again and again */
	size_t limit;
	enum err_code code;
	const char *sentence; /* or the bytes that arrive */
} rows[] = {
	{"ok", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false, 5, ERR_NONE, "hello"},
	{"unmeasured", "HTTP/1.1 200 OK\r\n\r\nhello", false, 5, ERR_NONE, "hello"},
	{"zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, 5, ERR_NONE, ""},
	{"packed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", false, 5, ERR_NONE,
	 "hello"},
	{"missing", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\noops", false, 100, ERR_MISSING, "404"},
	{"forbidden", "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\noops", false, 100, ERR_NETWORK, "status 403"},
	{"broken", "HTTP/1.1 500 Error\r\nContent-Length: 4\r\n\r\noops", false, 100, ERR_NETWORK, "status 500"},
	{"moved", "HTTP/1.1 302 Found\r\nLocation: /base/ok\r\nContent-Length: 0\r\n\r\n", false, 100, ERR_NETWORK,
	 "status 302"},
	{"part", "HTTP/1.1 206 Partial\r\nContent-Length: 5\r\n\r\nhello", false, 100, ERR_NETWORK, "status 206"},
	{"nothing", "HTTP/1.1 204 No Content\r\n\r\n", false, 100, ERR_NETWORK, "status 204"},
	{"short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", false, 100, ERR_NETWORK, "127.0.0.1"},
	{"cut chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello", false, 100, ERR_NETWORK,
	 "cut%20chunk"},
	{"silent", "", false, 100, ERR_NETWORK, "127.0.0.1"},
	{"other", "SSH-2.0-OpenSSH_9.2\r\n", false, 100, ERR_NETWORK, "127.0.0.1"},
	{"one more", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!", false, 5, ERR_LIMIT, "the 5 bytes allowed"},
	{"unmeasured more", "HTTP/1.1 200 OK\r\n\r\nhello!", false, 5, ERR_LIMIT, "the 5 bytes allowed"},
	{"endless", "HTTP/1.1 200 OK\r\n\r\nx", true, 100000, ERR_LIMIT, "the 100000 bytes allowed"},
	{"endless header", "HTTP/1.1 200 OK\r\nX: y", true, 100, ERR_NETWORK, "127.0.0.1"},
	{"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", false, 5,
	 ERR_NONE, "hello"},
};

/* ---- the server */

static pid_t server = -1;
static char url[64];

/* The row that is asked for, by its name with %20 for blanks. */
static size_t find_row(const char *request)
{
	char path[64];

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = (size_t)snprintf(path, sizeof(path), "GET /base/");

		for (const char *c = rows[i].path; *c; c++)
			n += (size_t)snprintf(path + n, sizeof(path) - n, *c == ' ' ? "%%20" : "%c", *c);
		snprintf(path + n, sizeof(path) - n, " HTTP/1.1\r\n");
		if (strncmp(request, path, strlen(path)) == 0)
			return i;
	}
	return ARRAY_LEN(rows);
}

static void answer(int client)
{
	char request[4096];
	ssize_t n = recv(client, request, sizeof(request) - 1, 0);
	size_t i;

	request[n > 0 ? n : 0] = '\0';
	i = find_row(request);
	if (i == ARRAY_LEN(rows))
		return;
	send(client, rows[i].answer, strlen(rows[i].answer), MSG_NOSIGNAL);
	if (rows[i].endless)
		while (send(client, strchr(rows[i].answer, '\0') - 1, 1, MSG_NOSIGNAL) == 1)
			;
}

static void serve(int listener)
{
	for (;;) {
		int client = accept(listener, NULL, NULL);

		if (client < 0)
			_exit(1);
		answer(client);
		shutdown(client, SHUT_WR);
		close(client);
	}
}

static int start_server(void **state)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	if (bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 16) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		return -1;
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/base//", ntohs(address.sin_port));
	server = fork();
	if (server == 0)
		serve(listener);
	close(listener);
	return server > 0 ? 0 : -1;
}

static int stop_server(void **state)
{
	(void)state;
	if (server > 0) {
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
		server = -1;
	}
	return 0;
}

/* ---- */

static struct fetch *open_server(const char *ca_file)
{
	struct fetch *fetch;
	struct err err;

	if (!fetch_open(url, ca_file, &fetch, &err))
		fail_msg("%s", err.text);
	return fetch;
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
	}
	buf_finish(&out);
	fetch_close(fetch);
}

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
		files[i] = (struct fetch_file){"ok", 5, take, end, &takers[i]};
	assert_true(fetch_files(fetch, files, ARRAY_LEN(files), &err));
	for (size_t i = 0; i < ARRAY_LEN(takers); i++)
		assert_true(takers[i].bytes == 5 && takers[i].ends == 1 && takers[i].wholes == 1);
	memset(takers, 0, sizeof(takers));
	files[20].path = "broken";
	assert_false(fetch_files(fetch, files, ARRAY_LEN(files), &err));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_int_equal(takers[20].wholes, 0);
	assert_int_equal(takers[39].ends, 0);
	for (size_t i = 0; i < ARRAY_LEN(takers); i++)
		assert_true(takers[i].ends <= 1 && takers[i].wholes <= takers[i].ends);
	memset(takers, 0, sizeof(takers));
	files[20].path = "ok";
	assert_true(fetch_files(fetch, files, ARRAY_LEN(files), &err)); /* usable again after a failure */
	fetch_close(fetch);
}

static void test_no_server(void **state)
{
	struct fetch *fetch = open_server(NULL);
	struct buf out = {0};
	struct err err;

	stop_server(state);
	assert_false(fetch_bytes(fetch, "ok", 100, &out, &err));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_non_null(strstr(err.text, "127.0.0.1"));
	buf_finish(&out);
	fetch_close(fetch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_no_server),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
