/* What is published as firmware: who is asked, what is believed, what lies in the folder afterwards. */
#include "base/array.h"
#include "base/crypto.h"
#include "base/file.h"
#include "store/store.h"
#include "sync/firmware.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cmocka.h>

#define BYTES "a bundle"
#define STATE "{\"running\":\"2.0\",\"slot\":\"a\"%s}"

static char root[] = "/tmp/vejviser-firmware-XXXXXX";
static int dir = -1;
static char sha256[SHA256_HEX_MAX];

/* What the disk has left for everyone. */
static int64_t room = INT64_MAX;

int __real_fstatvfs(int fd, struct statvfs *out);
int __wrap_fstatvfs(int fd, struct statvfs *out);
int __wrap_fstatvfs(int fd, struct statvfs *out)
{
	int status = __real_fstatvfs(fd, out);

	if (status == 0 && room != INT64_MAX) {
		out->f_frsize = 1;
		out->f_bavail = (fsblkcnt_t)room;
	}
	return status;
}

static void put(const char *path, const char *text)
{
	struct err err;

	if (!file_write(dir, path, text, strlen(text), 0644, &err))
		fail_msg("%s", err.text);
}

static void put_state(const char *more)
{
	char text[256];

	snprintf(text, sizeof(text), STATE, more);
	put("own/" FIRMWARE_STATE, text);
}

static void put_newest(const char *version, const char *file, size_t len, const char *hash)
{
	char text[512];

	snprintf(text, sizeof(text), "{\"version\":\"%s\",\"file\":\"%s\",\"length\":%zu,\"sha256\":\"%s\"}", version,
		 file, len, hash);
	put("site/firmware/newest.json", text);
}

/* Each case has an empty folder of its own, and a site with one bundle. */
static int set_up(void **state)
{
	static const char *const folders[] = {"site/firmware", "own"};
	struct err err;
	int fd;

	(void)state;
	strcpy(root + strlen(root) - 6, "XXXXXX");
	if (!mkdtemp(root) || !file_open_dir(AT_FDCWD, root, false, &dir, &err))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		if (!file_open_dir(dir, folders[i], true, &fd, &err) || close(fd) != 0)
			return -1;
	put("site/firmware/b.raucb", BYTES);
	put_state("");
	return sha256_hex(BYTES, strlen(BYTES), sha256, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct err err;

	(void)state;
	close(dir);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static bool fetch(const char *sources, struct firmware_report *report, struct err *err)
{
	char list[512], own[128];

	snprintf(own, sizeof(own), "%s/own", root);
	if (sources)
		snprintf(list, sizeof(list), "%s", sources);
	else
		snprintf(list, sizeof(list), "%s/site", root);
	return firmware_fetch(list, NULL, own, report, err);
}

/* The offer names an object with these bytes; NULL: there is no offer. */
static void assert_offer(const char *bytes)
{
	struct buf offer = {0}, object = {0};
	char path[256];
	struct err err;

	if (!bytes) {
		assert_false(file_read(dir, "own/offer", 256, &offer, &err));
		assert_int_equal(err.code, ERR_MISSING);
		return;
	}
	assert_true(file_read(dir, "own/offer", 256, &offer, &err));
	assert_int_equal(offer.data[offer.len - 1], '\n');
	snprintf(path, sizeof(path), "own/%.*s", (int)offer.len - 1, offer.data);
	assert_true(file_read(dir, path, 256, &object, &err));
	assert_string_equal(object.data, bytes);
	buf_finish(&offer);
	buf_finish(&object);
}

static void test_compare(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {
		{"1", "1", 0},
		{"1.2", "1.10", -1},
		{"2", "1.9", 1},
		{"1.2", "1.2.0", -1},
		{"2026.11.26", "2026.11.05", 1},
		{"01.2", "1.2", 0},
		{"99999999.1", "99999999.2", -1},
		/* no versions */
		{"", "0", -1},
		{"1.", "0", -1},
		{".1", "0", -1},
		{"1..2", "0", -1},
		{"1.2a", "0", -1},
		{"-1", "0", -1},
		{"1.2.3.4.5.6.7", "0", -1},
		{"100000000", "0", -1},
		{"0", "x", 1},
		{"x", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(firmware_compare(rows[i].a, rows[i].b), rows[i].order);
		assert_int_equal(firmware_compare(rows[i].b, rows[i].a), -rows[i].order);
	}
}

static void test_news(void **state)
{
	static const struct {
		const char *version, *state;
		enum firmware_news news;
	} rows[] = {
		{"2.0", "", FIRMWARE_SAME},
		{"1.9.9", "", FIRMWARE_SAME},
		{"2.1", "", FIRMWARE_FETCHED},
		{"2.1", ",\"other\":\"1.0\",\"other_state\":\"good\"", FIRMWARE_FETCHED},
		{"2.1", ",\"other\":\"2.1\",\"other_state\":\"new\"", FIRMWARE_SAME},
		{"2.1", ",\"other\":\"2.1\",\"other_state\":\"bad\"", FIRMWARE_FAILED},
		{"2.2", ",\"other\":\"2.1\",\"other_state\":\"bad\"", FIRMWARE_FETCHED},
	};
	struct firmware_report report;
	struct buf line = {0};
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		put_newest(rows[i].version, "b.raucb", strlen(BYTES), sha256);
		put_state(rows[i].state);
		assert_true(fetch(NULL, &report, &err));
		assert_int_equal(report.news, rows[i].news);
		assert_offer(rows[i].news == FIRMWARE_FETCHED ? BYTES : NULL);
		assert_true(firmware_sentence(&report, &line, &err));
		assert_non_null(strstr(line.data, rows[i].version));
		buf_finish(&line);
		tear_down(state);
		set_up(state);
	}
}

static void test_none_published(void **state)
{
	struct firmware_report report;
	struct buf line = {0};
	struct err err;

	(void)state;
	assert_true(fetch(NULL, &report, &err));
	assert_int_equal(report.news, FIRMWARE_NONE);
	assert_true(firmware_sentence(&report, &line, &err));
	assert_string_equal(line.data, "firmware: none is published");
	buf_finish(&line);
}

static void test_hostile_newest(void **state)
{
	static const struct {
		const char *text; /* %s: the hash */
		enum err_code code;
		const char *says;
	} rows[] = {
		{"", ERR_FORMAT, "newest.json"},
		{"[]", ERR_FORMAT, "version"},
		{"{\"version\":\"2.1\",\"file\":\"../b.raucb\",\"length\":8,\"sha256\":\"%s\"}", ERR_FORMAT, "file"},
		{"{\"version\":\"2.1\",\"file\":\".b\",\"length\":8,\"sha256\":\"%s\"}", ERR_FORMAT, "file"},
		{"{\"version\":\"2.1\",\"file\":\"\",\"length\":8,\"sha256\":\"%s\"}", ERR_FORMAT, "file"},
		{"{\"version\":\"2.1\",\"file\":\"a/b\",\"length\":8,\"sha256\":\"%s\"}", ERR_FORMAT, "file"},
		{"{\"version\":\"2.1; rm\",\"file\":\"b.raucb\",\"length\":8,\"sha256\":\"%s\"}", ERR_FORMAT,
		 "version"},
		{"{\"version\":\"2.1\",\"file\":\"b.raucb\",\"length\":0,\"sha256\":\"%s\"}", ERR_FORMAT, "length"},
		{"{\"version\":\"2.1\",\"file\":\"b.raucb\",\"length\":536870913,\"sha256\":\"%s\"}", ERR_FORMAT,
		 "length"},
		{"{\"version\":\"2.1\",\"file\":\"b.raucb\",\"length\":8,\"sha256\":\"../x\"}", ERR_FORMAT, "sha256"},
		{"{\"version\":\"2.1\",\"file\":\"b.raucb\",\"length\":7,\"sha256\":\"%s\"}", ERR_LIMIT, "b.raucb"},
		{"{\"version\":\"2.1\",\"file\":\"gone\",\"length\":8,\"sha256\":\"%s\"}", ERR_MISSING, "gone"},
		{"{\"version\":\"2.1\",\"file\":\"b.raucb\",\"length\":8,"
		 "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
		 ERR_HASH, "SHA-256"},
	};
	struct firmware_report report;
	char text[512];
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		snprintf(text, sizeof(text), rows[i].text, sha256);
		put("site/firmware/newest.json", text);
		assert_false(fetch(NULL, &report, &err));
		if (err.code != rows[i].code || !strstr(err.text, rows[i].says))
			fail_msg("row %zu: %s: %s", i, err_name(err.code), err.text);
		assert_offer(NULL);
	}
}

static void test_next_source(void **state)
{
	struct firmware_report report;
	char sources[256];
	struct err err;

	(void)state;
	put_newest("2.1", "b.raucb", strlen(BYTES), sha256);
	snprintf(sources, sizeof(sources), "%s/away, %s/site", root, root);
	assert_true(fetch(sources, &report, &err));
	assert_int_equal(report.news, FIRMWARE_FETCHED);
	snprintf(sources, sizeof(sources), "%s/away", root);
	assert_false(fetch(sources, &report, &err));
	assert_true(fetch("", &report, &err));
	assert_int_equal(report.news, FIRMWARE_NONE);
}

/* What was there before goes when the next is fetched, and not sooner. */
static void test_the_one_before(void **state)
{
	struct firmware_report report;
	char before[SHA256_HEX_MAX], path[128];
	struct err err;

	(void)state;
	put_newest("2.1", "b.raucb", strlen(BYTES), sha256);
	assert_true(fetch(NULL, &report, &err));
	strcpy(before, sha256);
	assert_true(sha256_hex("another", 7, sha256, &err));
	put_newest("2.2", "gone.raucb", 7, sha256);
	assert_false(fetch(NULL, &report, &err));
	assert_offer(NULL);
	put("site/firmware/c.raucb", "another");
	put_newest("2.2", "c.raucb", 7, sha256);
	assert_true(fetch(NULL, &report, &err));
	assert_offer("another");
	snprintf(path, sizeof(path), "own/objects/%.2s/%s", before, before);
	assert_int_not_equal(faccessat(dir, path, F_OK, 0), 0);
}

/* What the disk has damaged since comes again: it would be refused for ever. */
static void test_damaged_since(void **state)
{
	struct firmware_report report;
	char path[256];
	struct err err;

	(void)state;
	put_newest("2.1", "b.raucb", strlen(BYTES), sha256);
	assert_true(fetch(NULL, &report, &err));
	snprintf(path, sizeof(path), "own/objects/%.2s/%s", sha256, sha256);
	put(path, "a bungle");
	assert_true(fetch(NULL, &report, &err));
	assert_int_equal(report.news, FIRMWARE_FETCHED);
	assert_offer(BYTES);
}

/* Anyone's stick can offer what only fills the disk: the content must still have room to come. */
static void test_room_for_content(void **state)
{
	static const struct {
		int64_t room;
		bool fits;
	} rows[] = {
		{STORE_FREE_BYTES + FIRMWARE_LEAVES_BYTES + (int64_t)sizeof(BYTES) - 1, true},
		{STORE_FREE_BYTES + FIRMWARE_LEAVES_BYTES + (int64_t)sizeof(BYTES) - 2, false},
		{STORE_FREE_BYTES + (int64_t)sizeof(BYTES), false},
		{0, false},
	};
	struct firmware_report report;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		put_newest("2.1", "b.raucb", strlen(BYTES), sha256);
		room = rows[i].room;
		assert_int_equal(fetch(NULL, &report, &err), rows[i].fits);
		room = INT64_MAX;
		assert_offer(rows[i].fits ? BYTES : NULL);
		if (!rows[i].fits)
			assert_int_equal(err.code, ERR_FULL);
		tear_down(state);
		set_up(state);
	}
}

static void test_not_ours(void **state)
{
	struct firmware_report report;
	struct buf text = {0};
	struct err err;

	(void)state;
	put_newest("2.1", "b.raucb", strlen(BYTES), sha256);
	assert_int_equal(unlinkat(dir, "own/" FIRMWARE_STATE, 0), 0);
	assert_false(fetch(NULL, &report, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_offer(NULL);
	assert_true(firmware_describe(dir, &text, &err));
	assert_int_equal(text.len, 0);
}

static void test_describe(void **state)
{
	static const struct {
		const char *json, *text; /* NULL: refused */
	} rows[] = {
		{"{\"running\":\"2.0\",\"slot\":\"a\"}", "firmware: 2.0, in slot a\nother slot: nothing else\n"},
		{"{\"running\":\"2.0\",\"slot\":\"b\",\"other\":\"2.1\",\"other_state\":\"new\",\"update\":\"done\"}",
		 "firmware: 2.0, in slot b\nother slot: 2.1, not tried yet: starts at the next restart\nlast update: "
		 "done\n"},
		{"{\"running\":\"2.0\",\"slot\":\"a\",\"other\":\"2.1\",\"other_state\":\"bad\"}",
		 "firmware: 2.0, in slot a\nother slot: 2.1, did not start here\n"},
		{"{\"running\":\"2.0\",\"slot\":\"a\",\"other\":\"1.0\",\"other_state\":\"good\"}",
		 "firmware: 2.0, in slot a\nother slot: 1.0, has run here before\n"},
		{"{\"running\":\"now\",\"slot\":\"a\"}", NULL},
		{"{\"running\":\"2.0\"}", NULL},
		{"{\"running\":\"2.0\",\"slot\":\"far too long\"}", NULL},
		{"{", NULL},
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0};

		assert_int_equal(firmware_describe_bytes(rows[i].json, strlen(rows[i].json), &text, &err),
				 rows[i].text != NULL);
		if (rows[i].text)
			assert_string_equal(text.data, rows[i].text);
		else
			assert_non_null(strstr(err.text, FIRMWARE_STATE));
		buf_finish(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare),
		cmocka_unit_test_setup_teardown(test_news, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_none_published, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile_newest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_next_source, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_the_one_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged_since, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_room_for_content, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_ours, set_up, tear_down),
		cmocka_unit_test(test_describe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
