/* Whole passes from a web server that serves a right repository wrongly: each fault is refused with its own code, what
 * was shown stays (S6), and all is well when the fault is gone. */
#include "base/array.h"
#include "sync/mirrors.h"

#include "hostile.h"
#include "town.h"

#define BYTES(text) text, sizeof(text) - 1
#define NOBODY      "http://127.0.0.1:1"
#define HTML        "<!DOCTYPE html><title>Log in to the network</title>"

/* What is done to a file. */
enum fault {
	FAULT_NONE,
	FAULT_ANSWER,  /* the row's answer in its stead */
	FAULT_HALF,    /* the first half, and the connection ends */
	FAULT_RESET,   /* the first half, and the connection is reset */
	FAULT_DRIP,    /* the first half, and then a byte now and then */
	FAULT_ENDLESS, /* for ever */
	FAULT_SHORTER, /* a byte less, as if that were all */
	FAULT_LONGER,  /* a byte more */
	FAULT_WRONG,   /* a wrong byte */
	FAULT_POISON,  /* a wrong first half, and the connection is reset */
	FAULT_LIE      /* 206, from the first byte, whatever was asked for */
};

static const struct row {
	const char *what, *path; /* of the file: what its name ends with */
	const char *source;      /* NULL: the server */
	const char *proxy;
	enum fault fault;
	const char *answer;
	size_t len;
	enum hostile_end end;
	enum err_code code;
	const char *sentence;
} rows[] = {
	{"nobody listens", "", NOBODY, NULL, 0, NULL, 0, 0, ERR_NETWORK, "127.0.0.1 port 1"},
	{"no name", "", "http://nowhere.invalid", NULL, 0, NULL, 0, 0, ERR_DNS, "nowhere.invalid"},
	{"no proxy", "", NULL, NOBODY, 0, NULL, 0, 0, ERR_PROXY, "127.0.0.1 port 1"},
	{"no proxy's name", "", NULL, "http://nowhere.invalid:3128", 0, NULL, 0, 0, ERR_PROXY, "nowhere.invalid"},
	{"half metadata", "2.targets.json", NULL, NULL, FAULT_HALF, NULL, 0, 0, ERR_NETWORK, "2.targets.json"},
	{"half an object", ".bundle.json", NULL, NULL, FAULT_HALF, NULL, 0, 0, ERR_NETWORK, ".bundle.json"},
	{"reset metadata", "timestamp.json", NULL, NULL, FAULT_RESET, NULL, 0, 0, ERR_NETWORK, "timestamp.json"},
	{"reset object", ".bundle.json", NULL, NULL, FAULT_RESET, NULL, 0, 0, ERR_NETWORK, ".bundle.json"},
	{"drip", ".bundle.json", NULL, NULL, FAULT_DRIP, NULL, 0, 0, ERR_SLOW, ".bundle.json"},
	{"endless metadata", "timestamp.json", NULL, NULL, FAULT_ENDLESS, NULL, 0, 0, ERR_LIMIT, "timestamp.json"},
	{"endless object", ".bundle.json", NULL, NULL, FAULT_ENDLESS, NULL, 0, 0, ERR_LIMIT, ".bundle.json"},
	{"shorter metadata", "2.snapshot.json", NULL, NULL, FAULT_SHORTER, NULL, 0, 0, ERR_HASH, "2.snapshot.json"},
	{"shorter object", ".bundle.json", NULL, NULL, FAULT_SHORTER, NULL, 0, 0, ERR_HASH, "bundle.json"},
	{"longer metadata", "2.targets.json", NULL, NULL, FAULT_LONGER, NULL, 0, 0, ERR_LIMIT, "2.targets.json"},
	{"longer object", ".bundle.json", NULL, NULL, FAULT_LONGER, NULL, 0, 0, ERR_LIMIT, "bundle.json"},
	{"wrong metadata", "2.targets.json", NULL, NULL, FAULT_WRONG, NULL, 0, 0, ERR_HASH, "2.targets.json"},
	{"wrong object", ".bundle.json", NULL, NULL, FAULT_WRONG, NULL, 0, 0, ERR_HASH, "bundle.json"},
	{"unasked part", ".bundle.json", NULL, NULL, FAULT_LIE, NULL, 0, 0, ERR_SERVER, "status 206"},
	{"login page for metadata", "timestamp.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" HTML), 0, ERR_FORMAT, "timestamp.json"},
	{"login page for an object", ".bundle.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" HTML), 0, ERR_HASH, "bundle.json"},
	{"sent to a login page", "timestamp.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\n\r\n" HTML), 0, ERR_REDIRECT,
	 "http://login.invalid/"},
	{"login wanted", "timestamp.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 511 Network Authentication Required\r\n\r\n" HTML), 0, ERR_SERVER, "status 511"},
	{"in a circle", ".bundle.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 301 Moved\r\nLocation: ?again\r\n\r\n"), 0, ERR_REDIRECT, "more than 4 redirects"},
	{"server broken at the root", "2.root.json", NULL, NULL, FAULT_ANSWER, BYTES("HTTP/1.1 500 Error\r\n\r\n" HTML),
	 0, ERR_SERVER, "2.root.json"},
	{"server broken", ".bundle.json", NULL, NULL, FAULT_ANSWER, BYTES("HTTP/1.1 502 Bad Gateway\r\n\r\n" HTML), 0,
	 ERR_SERVER, "status 502"},
	{"object gone", ".bundle.json", NULL, NULL, FAULT_ANSWER, BYTES("HTTP/1.1 404 Not Found\r\n\r\n" HTML), 0,
	 ERR_MISSING, "404"},
	{"no answer", "timestamp.json", NULL, NULL, FAULT_ANSWER, BYTES(""), 0, ERR_NETWORK, "Empty reply"},
	{"no HTTP", "timestamp.json", NULL, NULL, FAULT_ANSWER, BYTES("220 mail.example ESMTP\r\n"), 0, ERR_SERVER,
	 "HTTP/0.9"},
	{"packed without end", "timestamp.json", NULL, NULL, FAULT_ANSWER,
	 BYTES("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\0\x38\x02\0\x10x\x02\0\x10x"), 0,
	 ERR_LIMIT, "timestamp.json"},
};

/* ---- the server: `repo` of the case at hand, with one fault */

struct shared {
	char folder[TEXT + 8];
	struct row row;
	char path[64], answer[512]; /* of the row: pointers do not go from process to process */
	int asked;                  /* requests of any kind */
	char range[32];             /* that was asked for last, "" when none was */
};

static struct shared *shared;

static void set_fault(const struct row *row)
{
	static const struct row none;

	shared->row = row ? *row : none;
	snprintf(shared->path, sizeof(shared->path), "%s", row ? row->path : "");
	memcpy(shared->answer, row && row->answer ? row->answer : "", row ? row->len : 0);
	snprintf(shared->folder, sizeof(shared->folder), "%s/repo", here);
	shared->asked = 0;
}

static void send_file(int client, const char *head, const char *bytes, size_t len, size_t announced)
{
	char text[256];
	int n = snprintf(text, sizeof(text), "%s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", head, announced);

	hostile_send(client, text, (size_t)n);
	hostile_send(client, bytes, len);
}

static void send_right(int client, const char *bytes, size_t len, const char *range)
{
	unsigned long long from = strtoull(range, NULL, 10);
	char head[128];

	if (*range == '\0' || from >= len) {
		send_file(client, "HTTP/1.1 200 OK", bytes, len, len);
		return;
	}
	snprintf(head, sizeof(head), "HTTP/1.1 206 Partial\r\nContent-Range: bytes %llu-%zu/%zu", from, len - 1, len);
	send_file(client, head, bytes + from, len - from, len - from);
}

static void send_wrong(int client, enum fault fault, char *bytes, size_t len, const char *range)
{
	static const char head[] = "HTTP/1.1 200 OK";

	switch (fault) {
	case FAULT_NONE:
		send_right(client, bytes, len, range);
		break;
	case FAULT_ANSWER:
		hostile_answer(client, shared->answer, shared->row.len);
		hostile_end(client, shared->row.end, bytes, 1);
		return;
	case FAULT_HALF:
	case FAULT_RESET:
	case FAULT_POISON:
		bytes[0] ^= fault == FAULT_POISON;
		send_file(client, head, bytes, len / 2, len);
		hostile_end(client, fault == FAULT_HALF ? HOSTILE_CLOSE : HOSTILE_RESET, NULL, 0);
		return;
	case FAULT_DRIP:
		send_file(client, head, bytes, len / 2, len);
		hostile_end(client, HOSTILE_DRIP, bytes + len / 2, 1);
		return;
	case FAULT_ENDLESS:
		send_file(client, head, bytes, len, 1 << 30);
		hostile_end(client, HOSTILE_ENDLESS, bytes, len);
		return;
	case FAULT_SHORTER:
		send_file(client, head, bytes, len - 1, len - 1);
		break;
	case FAULT_LONGER:
		send_file(client, head, bytes, len + 1, len + 1); /* the final zero of a buf */
		break;
	case FAULT_WRONG:
		bytes[len / 2] ^= 1;
		send_file(client, head, bytes, len, len);
		break;
	case FAULT_LIE:
		send_file(client, "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-9/10", bytes, len, len);
		break;
	}
	hostile_end(client, HOSTILE_CLOSE, NULL, 0);
}

static void answer(int client, const char *request)
{
	const char *range = strstr(request, "\r\nRange: bytes=");
	char path[512];
	enum fault fault = FAULT_NONE;
	struct buf bytes = {0};
	struct err err;
	size_t len, end;
	int dir;

	if (strncmp(request, "GET /", 5) != 0)
		_exit(1);
	request += 5;
	len = strcspn(request, " ?");
	snprintf(path, sizeof(path), "%.*s", (int)len, request);
	shared->asked++;
	snprintf(shared->range, sizeof(shared->range), "%.*s", range ? (int)strcspn(range + 15, "-") : 0,
		 range ? range + 15 : "");
	end = strlen(shared->path);
	if (end > 0 && len >= end && strcmp(path + len - end, shared->path) == 0)
		fault = shared->row.fault;
	if (!file_open_dir(AT_FDCWD, shared->folder, false, &dir, &err) || !file_read(dir, path, 1 << 20, &bytes, &err))
		bytes.len = 0;
	if (bytes.len == 0 && fault == FAULT_NONE)
		hostile_answer(client, BYTES("HTTP/1.1 404 Not Found\r\n\r\n"));
	else
		send_wrong(client, fault, bytes.data, bytes.len, shared->range);
}

static int start(void **state)
{
	shared = hostile_share(sizeof(*shared));
	return shared && hostile_start(answer) && set_up(state) == 0 ? 0 : -1;
}

static int end(void **state)
{
	hostile_stop();
	return tear_down(state);
}

/* ---- passes */

static bool run_from(const char *list, const char *proxy, char used[MIRRORS_NAME_MAX], struct pass_report *report,
		     struct err *err)
{
	struct mirrors mirrors = {.list = list,
				  .root = "root.json",
				  .options = {.proxy = proxy,
					      .redirect_hosts = "127.0.0.1",
					      .tries = 2,
					      .connect_s = 5,
					      .slow_s = 1,
					      .pause_ms = 1}};
	char store_path[TEXT + 8];
	struct store *store;
	bool ok;

	snprintf(store_path, sizeof(store_path), "%s/store", here);
	*report = (struct pass_report){0};
	must(store_open(store_path, STORE_WRITE, &store, err), err);
	ok = mirrors_pass(&mirrors, store, &first_root, NOW, report, err);
	store_close(store);
	if (used)
		snprintf(used, MIRRORS_NAME_MAX, "%s", mirrors.used);
	return ok;
}

static struct pass_report run_right(void)
{
	struct pass_report report;
	struct err err;

	must(run_from(hostile_url, NULL, NULL, &report, &err), &err);
	return report;
}

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pass_report report;
		struct err err = {0};

		first_pass();
		publish_town(2, "Farsø");
		set_fault(&rows[i]);
		if (run_from(rows[i].source ? rows[i].source : hostile_url, rows[i].proxy, NULL, &report, &err))
			fail_msg("%s: went well", rows[i].what);
		if (err.code != rows[i].code || !strstr(err.text, rows[i].sentence))
			fail_msg("%s: %s (%s)", rows[i].what, err_name(err.code), err.text);
		assert_false(report.changed);
		expect_shown("Aars");
		set_fault(NULL);
		assert_true(run_right().changed);
		expect_shown("Farsø");
	}
}

/* The next root, and the timestamp. */
static void test_nothing_new(void **state)
{
	(void)state;
	first_pass();
	set_fault(NULL);
	assert_false(run_right().changed);
	assert_int_equal(shared->asked, 2);
}

/* Each pass begins where the one before broke off, and in the end nothing was fetched twice. */
static void test_goes_on(void **state)
{
	static const struct row reset = {.path = ".bundle.json", .fault = FAULT_RESET};
	struct pass_report report;
	struct err err;

	(void)state;
	first_pass();
	publish_town(2, "Farsø");
	set_fault(&reset);
	assert_false(run_from(hostile_url, NULL, NULL, &report, &err));
	set_fault(NULL);
	report = run_right();
	assert_true(report.changed && report.objects.fetched == 1);
	assert_true(strtol(shared->range, NULL, 10) > 20);
	expect_shown("Farsø");
}

/* ---- several sources */

static void expect_from(const char *list, const char *used)
{
	char tried[MIRRORS_NAME_MAX];
	struct pass_report report;
	struct err err;

	if (!run_from(list, NULL, tried, &report, &err))
		fail_msg("%s: %s", list, err.text);
	assert_string_equal(tried, used);
}

static void test_mirrors(void **state)
{
	char list[2 * TEXT], folder[TEXT + 8];
	struct row away;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].source || rows[i].proxy || rows[i].fault == FAULT_DRIP)
			continue;
		first_pass();
		publish_town(2, "Farsø");
		snprintf(folder, sizeof(folder), "%s/repo", here);
		snprintf(list, sizeof(list), "ftp://no/, %s ,%s,", hostile_url, folder);
		away = rows[i];
		set_fault(&away);
		expect_from(list, folder);
		expect_shown("Farsø");
	}
}

/* What a hostile mirror left of an object does not keep out the right one. */
static void test_poisoned(void **state)
{
	static const struct row poison = {.path = ".bundle.json", .fault = FAULT_POISON};
	char folder[TEXT + 8], list[2 * TEXT];

	(void)state;
	first_pass();
	publish_town(2, "Farsø");
	set_fault(&poison);
	snprintf(folder, sizeof(folder), "%s/repo", here);
	snprintf(list, sizeof(list), "%s, %s", hostile_url, folder);
	expect_from(list, folder);
	expect_shown("Farsø");
	publish_town(3, "Løgstør");
	set_fault(&poison);
	expect_from(list, folder);
	set_fault(NULL);
	expect_from(list, hostile_url);
	expect_shown("Løgstør");
}

static void test_no_mirror(void **state)
{
	static const struct {
		const char *list;
		enum err_code code;
		const char *sentence;
	} cases[] = {
		{"", ERR_USAGE, "names no source"},
		{" , ,", ERR_USAGE, "names no source"},
		{"ftp://no/", ERR_USAGE, "http://"},
		{"ftp://no/, http://127.0.0.1:1, /nonexistent", ERR_NETWORK, "(and 2 more of the sources failed)"},
	};

	(void)state;
	first_pass();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct pass_report report;
		struct err err = {0};

		assert_false(run_from(cases[i].list, NULL, NULL, &report, &err));
		if (err.code != cases[i].code || !strstr(err.text, cases[i].sentence))
			fail_msg("%s: %s (%s)", cases[i].list, err_name(err.code), err.text);
	}
	expect_shown("Aars");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),  cmocka_unit_test(test_nothing_new), cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_mirrors), cmocka_unit_test(test_poisoned),    cmocka_unit_test(test_no_mirror),
	};

	return cmocka_run_group_tests(tests, start, end);
}
