/* A real web server as a source: nginx, with certificates of every kind, HTTP/2, packing and ranges. */
#include "base/array.h"
#include "base/file.h"
#include "sync/fetch.h"

#include <arpa/inet.h>
#include <fcntl.h>
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATH_LEN   256
#define BIG_BYTES  300000
#define IN_2020    INT64_C(1579000000) /* 14 January */
#define WAIT_STEPS 100                 /* of 50 ms, until nginx is there */
#define MANY       64

/* One server of nginx for each certificate, and one without. */
static const char *const certificates[] = {"good", "expired", "other", "self", NULL};
static int ports[ARRAY_LEN(certificates)];

static char root[] = "/tmp/vejviser-nginx-XXXXXX";
static char ca_file[PATH_LEN];
static int dir = -1;
static pid_t nginx = -1;
static char *big; /* what big.json says */

/* ---- the server */

static int free_port(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = bind(fd, (struct sockaddr *)&address, len) == 0 &&
		  getsockname(fd, (struct sockaddr *)&address, &len) == 0;

	close(fd);
	return ok ? ntohs(address.sin_port) : 0;
}

static bool listens(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;

	close(fd);
	return ok;
}

static bool write_conf(struct err *err)
{
	struct buf conf = {0};
	bool ok = buf_printf(&conf,
			     "daemon off; master_process off; pid %s/pid; error_log %s/errors;\n"
			     "events { worker_connections 256; }\n"
			     "http {\n"
			     "log_format it '$server_protocol $status $connection $body_bytes_sent $uri';\n"
			     "access_log %s/requests it; root %s/files;\n"
			     "client_body_temp_path %s/1; proxy_temp_path %s/2; fastcgi_temp_path %s/3;\n"
			     "uwsgi_temp_path %s/4; scgi_temp_path %s/5;\n"
			     "gzip on; gzip_min_length 1; gzip_types *; keepalive_requests 1000;\n",
			     root, root, root, root, root, root, root, root, root);

	for (size_t i = 0; ok && i < ARRAY_LEN(certificates); i++) {
		ports[i] = free_port();
		ok = certificates[i] ? buf_printf(&conf,
						  "server { listen 127.0.0.1:%d ssl http2; ssl_certificate "
						  "%s/%s.pem; ssl_certificate_key %s/server.key; }\n",
						  ports[i], root, certificates[i], root)
				     : buf_printf(&conf, "server { listen 127.0.0.1:%d; }\n", ports[i]);
	}
	ok = (ok && buf_append_text(&conf, "}\n")) || err_memory(err);
	ok = ok && file_write(dir, "conf", conf.data, conf.len, 0644, err);
	buf_finish(&conf);
	return ok;
}

static bool write_files(struct err *err)
{
	int files;
	bool ok;

	big = malloc(BIG_BYTES + 1);
	if (!big)
		return err_memory(err);
	for (size_t i = 0; i < BIG_BYTES; i++)
		big[i] = (char)('a' + i / 7 % 26);
	big[BIG_BYTES] = '\0';
	if (!file_open_dir(dir, "files", true, &files, err))
		return false;
	ok = file_write(files, "big.json", big, BIG_BYTES, 0644, err) &&
	     file_write(files, "small", "hello", 5, 0644, err);
	close(files);
	return ok;
}

static int start(void **state)
{
	char command[2 * PATH_LEN], conf[PATH_LEN];
	struct err err;

	(void)state;
	if (!mkdtemp(root) || chmod(root, 0755) != 0 || !file_open_dir(AT_FDCWD, root, false, &dir, &err))
		return -1;
	snprintf(ca_file, sizeof(ca_file), "%s/ca.pem", root);
	snprintf(conf, sizeof(conf), "%s/conf", root);
	snprintf(command, sizeof(command), "tests/sync/certificates %s >%s/openssl 2>&1", root, root);
	if (system(command) != 0 || !write_files(&err) || !write_conf(&err))
		return -1;
	nginx = fork();
	if (nginx == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(126);
		execlp("nginx", "nginx", "-c", conf, (char *)NULL);
		_exit(127);
	}
	for (int i = 0; i < WAIT_STEPS && !listens(ports[0]); i++)
		usleep(50000);
	return listens(ports[0]) ? 0 : -1;
}

static int stop(void **state)
{
	struct err err;

	(void)state;
	if (nginx > 0) {
		kill(nginx, SIGTERM);
		waitpid(nginx, NULL, 0);
	}
	free(big);
	close(dir);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

/* What nginx was asked for since the last time, a line each. */
static void asked(struct buf *out)
{
	char path[PATH_LEN];
	struct err err;

	snprintf(path, sizeof(path), "%s/requests", root);
	usleep(50000); /* it writes a line after the answer */
	assert_true(file_read(dir, "requests", 1 << 20, out, &err));
	assert_int_equal(truncate(path, 0), 0);
}

/* ---- the client */

static struct fetch *open_server(size_t server, const char *trusted, int64_t now_utc_s)
{
	const struct fetch_options options = {.ca_file = trusted, .now_utc_s = now_utc_s, .tries = 2, .pause_ms = 1};
	char url[PATH_LEN];
	struct fetch *fetch;
	struct err err;

	snprintf(url, sizeof(url), "%s://127.0.0.1:%d", certificates[server] ? "https" : "http", ports[server]);
	if (!fetch_open(url, &options, &fetch, &err))
		fail_msg("%s", err.text);
	return fetch;
}

static void test_certificates(void **state)
{
	static const struct {
		size_t server;
		bool trusted; /* our own authority; else the system's */
		int64_t now_utc_s;
		const char *sentence; /* NULL: all is well */
	} rows[] = {
		{0, true, 0, NULL},
		{0, false, 0, "certificate"},
		{1, true, 0, "expired"},
		{2, true, 0, "127.0.0.1"},
		{3, true, 0, "self"},
		{3, false, 0, "self"},
		/* The time is what we say, not what the machine says. */
		{1, true, IN_2020, NULL},
		{0, true, IN_2020, NULL},
		{0, true, 1, "not yet valid"},
		{1, true, IN_2020 + 86400 * 30, "expired"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fetch *fetch = open_server(rows[i].server, rows[i].trusted ? ca_file : "", rows[i].now_utc_s);
		struct err err = {0};
		bool ok = fetch_bytes(fetch, "small", 5, &out, &err);

		if (ok != !rows[i].sentence || (!ok && (err.code != ERR_TLS || !strstr(err.text, rows[i].sentence))))
			fail_msg("row %zu: %s (%s)", i, err_name(err.code), err.text);
		fetch_close(fetch);
	}
	asked(&out);
	buf_finish(&out);
}

/* A server that is not there with TLS. */
static void test_no_tls(void **state)
{
	const struct fetch_options options = {.ca_file = ca_file, .tries = 2, .pause_ms = 1};
	char url[PATH_LEN];
	struct fetch *fetch;
	struct buf out = {0};
	struct err err;

	(void)state;
	snprintf(url, sizeof(url), "https://127.0.0.1:%d", ports[4]);
	assert_true(fetch_open(url, &options, &fetch, &err));
	assert_false(fetch_bytes(fetch, "small", 5, &out, &err));
	assert_int_equal(err.code, ERR_TLS);
	fetch_close(fetch);
	asked(&out);
	buf_finish(&out);
}

/* Packed on the way, and counted when it is not any more. */
static void test_packed(void **state)
{
	static const size_t servers[] = {0, 4};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(servers); i++) {
		struct fetch *fetch = open_server(servers[i], ca_file, 0);
		struct err err;
		int bytes = 0;
		char *line;

		assert_false(fetch_bytes(fetch, "big.json", BIG_BYTES - 1, &out, &err));
		assert_int_equal(err.code, ERR_LIMIT);
		asked(&out);
		assert_true(fetch_bytes(fetch, "big.json", BIG_BYTES, &out, &err));
		assert_int_equal(out.len, BIG_BYTES);
		assert_memory_equal(out.data, big, BIG_BYTES);
		fetch_close(fetch);
		asked(&out);
		line = strstr(out.data, i == 0 ? "HTTP/2.0 200 " : "HTTP/1.1 200 ");
		assert_non_null(line);
		assert_int_equal(sscanf(line, "%*s %*d %*d %d", &bytes), 1);
		assert_in_range(bytes, 1, BIG_BYTES / 20);
	}
	buf_finish(&out);
}

static bool keep_begin(void *context, bool keep, int64_t *have, struct err *err)
{
	const struct buf *kept = context;

	(void)err;
	*have = (int64_t)kept->len;
	return keep;
}

static bool keep_write(void *context, const void *bytes, size_t len, struct err *err)
{
	return buf_append(context, bytes, len) || err_memory(err);
}

static bool keep_end(void *context, bool whole, struct err *err)
{
	const struct buf *kept = context;

	return !whole || (kept->len == BIG_BYTES && memcmp(kept->data, big, BIG_BYTES) == 0) ||
	       err_set(err, ERR_HASH, "not what was signed");
}

static void test_goes_on(void **state)
{
	static const size_t servers[] = {0, 4};
	struct buf out = {0};
	char line[64];

	(void)state;
	snprintf(line, sizeof(line), " %d /big.json", BIG_BYTES - 100000);
	for (size_t i = 0; i < ARRAY_LEN(servers); i++) {
		struct fetch *fetch = open_server(servers[i], ca_file, 0);
		struct buf kept = {0};
		const struct fetch_file file = {"big.json", BIG_BYTES, keep_write, keep_end, &kept, keep_begin};
		struct err err;

		assert_true(buf_append(&kept, big, 100000));
		if (!fetch_files(fetch, &file, 1, &err))
			fail_msg("%s", err.text);
		fetch_close(fetch);
		buf_finish(&kept);
		asked(&out);
		if (!strstr(out.data, " 206 ") || !strstr(out.data, line))
			fail_msg("%s", out.data);
	}
	buf_finish(&out);
}

struct taker {
	int64_t bytes;
	int wholes;
};

static bool take(void *context, const void *bytes, size_t len, struct err *err)
{
	struct taker *taker = context;

	(void)bytes;
	(void)err;
	taker->bytes += (int64_t)len;
	return true;
}

static bool end(void *context, bool whole, struct err *err)
{
	struct taker *taker = context;

	(void)err;
	taker->wholes += whole;
	return true;
}

/* All files over one connection of HTTP/2. */
static void test_many(void **state)
{
	struct fetch *fetch = open_server(0, ca_file, 0);
	struct fetch_file files[MANY];
	struct taker taker = {0};
	struct buf out = {0};
	struct err err;
	int connection = 0, lines = 0;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		files[i] = (struct fetch_file){"small", 5, take, end, &taker, NULL};
	if (!fetch_files(fetch, files, MANY, &err))
		fail_msg("%s", err.text);
	assert_true(taker.bytes == (int64_t)5 * MANY && taker.wholes == MANY);
	fetch_close(fetch);
	asked(&out);
	for (char *rest = out.data, *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n")) {
		int on = 0;

		assert_int_equal(sscanf(line, "HTTP/2.0 200 %d", &on), 1);
		assert_true(lines++ == 0 || on == connection);
		connection = on;
	}
	assert_int_equal(lines, MANY);
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_certificates), cmocka_unit_test(test_no_tls), cmocka_unit_test(test_packed),
		cmocka_unit_test(test_goes_on),      cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
