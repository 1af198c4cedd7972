/* What staff publish: one publication after another, what expires, what is refused; kiosks are asked with trust/trust.h. */
#include "base/file.h"
#include "bundle/repository.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW INT64_C(1800000000)
#define DAY INT64_C(86400)

static const struct repository_lifetimes lifetimes = {
	{[METADATA_TARGETS] = 365, [METADATA_SNAPSHOT] = 30, [METADATA_TIMESTAMP] = 7}};

/* A folder with keys/, other/ (keys too) and repo/ in it. */
struct fixture {
	char folder[64], repo[96];
	int dir;
	struct keys keys, other;
	struct repository_report report;
};

static void make_keys(const struct fixture *fixture, const char *name, struct keys *out)
{
	char path[96];
	struct err err;

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	if (!keys_make(path, NULL, NOW, &err) || !keys_open(path, out, &err))
		fail_msg("%s", err.text);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct err err;

	strcpy(fixture->folder, "/tmp/repository_test.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->repo, sizeof(fixture->repo), "%s/repo", fixture->folder);
	assert_true(file_open_dir(AT_FDCWD, fixture->repo, true, &fixture->dir, &err));
	make_keys(fixture, "keys", &fixture->keys);
	make_keys(fixture, "other", &fixture->other);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	struct err err;

	buf_finish(&fixture->report.changes);
	keys_finish(&fixture->keys);
	keys_finish(&fixture->other);
	close(fixture->dir);
	assert_true(file_remove(AT_FDCWD, fixture->folder, &err));
	free(fixture);
	return 0;
}

/* Publishes files of one letter each, named by it. */
static bool publish_with(struct fixture *fixture, const struct keys *keys, const char *letters, int64_t now_utc_s,
			 struct err *err)
{
	char names[8][2] = {""};
	struct bundle_file list[8];
	struct bundle_files files = {list, strlen(letters)};

	for (size_t i = 0; i < files.count; i++) {
		names[i][0] = letters[i];
		list[i] = (struct bundle_file){names[i], {names[i], 1, 0}};
	}
	buf_finish(&fixture->report.changes);
	return repository_publish(fixture->repo, &files, keys, &lifetimes, now_utc_s, &fixture->report, err);
}

static void publish(struct fixture *fixture, const char *letters, int64_t now_utc_s)
{
	struct err err;

	if (!publish_with(fixture, &fixture->keys, letters, now_utc_s, &err))
		fail_msg("%s", err.text);
}

static void refuses(struct fixture *fixture, const struct keys *keys, int64_t now_utc_s, enum err_code code,
		    const char *sentence)
{
	struct err err;

	assert_false(publish_with(fixture, keys, "ab", now_utc_s, &err));
	if (err.code != code || !strstr(err.text, sentence))
		fail_msg("%s (%s)", err.text, err_name(err.code));
}

static bool read_next(const struct fixture *fixture, const struct trust *trust, enum metadata_role role,
		      struct buf *bytes, struct err *err)
{
	struct trust_request request;
	char path[128];

	trust_request(trust, role, &request);
	snprintf(path, sizeof(path), "metadata/%s", request.name);
	return file_read(fixture->dir, path, request.limit, bytes, err);
}

/* What a kiosk makes of it at that time; *count is of its files. */
static bool kiosk_takes(const struct fixture *fixture, int64_t now_utc_s, size_t *count, struct err *err)
{
	struct trust *trust;
	struct buf bytes = {0};
	bool fresh, ok;

	assert_true(trust_open(fixture->keys.root.data, fixture->keys.root.len, now_utc_s, &trust, err));
	ok = trust_settle(trust, err) && read_next(fixture, trust, METADATA_TIMESTAMP, &bytes, err) &&
	     trust_timestamp(trust, bytes.data, bytes.len, &fresh, err) &&
	     read_next(fixture, trust, METADATA_SNAPSHOT, &bytes, err) &&
	     trust_snapshot(trust, bytes.data, bytes.len, err) &&
	     read_next(fixture, trust, METADATA_TARGETS, &bytes, err) &&
	     trust_targets(trust, bytes.data, bytes.len, err);
	*count = ok ? trust_all(trust)->count : 0;
	for (size_t i = 0; i < *count; i++) {
		char name[128], path[160];

		assert_true(trust_target_path(trust, &trust_all(trust)->targets[i], name, sizeof(name), err));
		snprintf(path, sizeof(path), "targets/%s", name);
		assert_true(file_read(fixture->dir, path, 1, &bytes, err));
	}
	trust_close(trust);
	buf_finish(&bytes);
	return ok;
}

static void expect_kiosk(const struct fixture *fixture, int64_t now_utc_s, size_t expected)
{
	size_t count;
	struct err err;

	if (!kiosk_takes(fixture, now_utc_s, &count, &err))
		fail_msg("%s", err.text);
	assert_int_equal(count, expected);
}

static void expect_versions(const struct fixture *fixture, int64_t timestamp, int64_t snapshot, int64_t targets)
{
	assert_int_equal(fixture->report.versions[METADATA_TIMESTAMP], timestamp);
	assert_int_equal(fixture->report.versions[METADATA_SNAPSHOT], snapshot);
	assert_int_equal(fixture->report.versions[METADATA_TARGETS], targets);
}

static void test_one_after_another(void **state)
{
	struct fixture *fixture = *state;

	publish(fixture, "ab", NOW);
	expect_versions(fixture, 1, 1, 1);
	expect_kiosk(fixture, NOW, 2);
	publish(fixture, "bcd", NOW + DAY);
	expect_versions(fixture, 2, 2, 2);
	assert_string_equal(fixture->report.changes.data, "removed  a\nadded    c\nadded    d\n");
	expect_kiosk(fixture, NOW + DAY, 3);
	publish(fixture, "bcd", NOW + 2 * DAY);
	expect_versions(fixture, 3, 3, 2);
	assert_null(fixture->report.changes.data);
	assert_false(fixture->report.renewed);
	expect_kiosk(fixture, NOW + 2 * DAY, 3);
}

/* What has expired is what publishing renews. */
static void test_expired(void **state)
{
	struct fixture *fixture = *state;
	size_t count;
	struct err err;

	publish(fixture, "ab", NOW);
	assert_false(kiosk_takes(fixture, NOW + 8 * DAY, &count, &err));
	assert_int_equal(err.code, ERR_EXPIRED);
	publish(fixture, "ab", NOW + 8 * DAY);
	expect_versions(fixture, 2, 2, 1);
	expect_kiosk(fixture, NOW + 8 * DAY, 2);
	publish(fixture, "ab", NOW + 400 * DAY);
	assert_true(fixture->report.renewed);
	expect_versions(fixture, 3, 3, 2);
	expect_kiosk(fixture, NOW + 400 * DAY, 2);
}

/* But nobody can renew a root without its key, and no kiosk would take what stands under an old one. */
static void test_expired_root(void **state)
{
	struct fixture *fixture = *state;
	size_t count;
	struct err err;

	publish(fixture, "ab", NOW);
	refuses(fixture, &fixture->keys, NOW + 3652 * DAY, ERR_EXPIRED, "root.json of the keys expired at 2037-01-14T");
	publish(fixture, "ab", NOW + 3652 * DAY - 1);
	assert_false(kiosk_takes(fixture, NOW + 3652 * DAY, &count, &err));
}

/* A clock that is behind makes nothing older than what is published. */
static void test_clock_behind(void **state)
{
	struct fixture *fixture = *state;

	publish(fixture, "ab", NOW);
	assert_false(fixture->report.ahead);
	publish(fixture, "abc", NOW - 100 * DAY);
	assert_true(fixture->report.ahead);
	expect_kiosk(fixture, NOW, 3);
}

/* What is there and is not ours is left as it is. */
static void test_refused(void **state)
{
	struct fixture *fixture = *state;
	struct buf before = {0}, after = {0};
	struct err err;

	publish(fixture, "a", NOW);
	assert_true(file_read(fixture->dir, "metadata/timestamp.json", 20000, &before, &err));
	refuses(fixture, &fixture->other, NOW, ERR_SIGNATURE, "signed by other keys");

	int other = open(fixture->repo, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(other, LOCK_SH), 0);
	refuses(fixture, &fixture->keys, NOW, ERR_BUSY, "another publisher");
	close(other);

	assert_true(file_read(fixture->dir, "metadata/timestamp.json", 20000, &after, &err));
	assert_string_equal(before.data, after.data);
	assert_true(file_remove(fixture->dir, "metadata/1.snapshot.json", &err));
	refuses(fixture, &fixture->keys, NOW, ERR_MISSING, "1.snapshot.json");
	assert_true(file_write(fixture->dir, "metadata/timestamp.json", "?", 1, 0644, &err));
	refuses(fixture, &fixture->keys, NOW, ERR_FORMAT, "damaged");
	buf_finish(&before);
	buf_finish(&after);
}

/* Cut off before the timestamp was replaced: nobody saw it, and it is done again under the same numbers. */
static void test_cut_off(void **state)
{
	struct fixture *fixture = *state;
	struct buf timestamp = {0};
	struct err err;

	publish(fixture, "a", NOW);
	assert_true(file_read(fixture->dir, "metadata/timestamp.json", 20000, &timestamp, &err));
	publish(fixture, "ab", NOW + DAY);
	assert_true(file_write(fixture->dir, "metadata/timestamp.json", timestamp.data, timestamp.len, 0644, &err));
	expect_kiosk(fixture, NOW + DAY, 1);
	publish(fixture, "abc", NOW + 2 * DAY);
	expect_versions(fixture, 2, 2, 2);
	expect_kiosk(fixture, NOW + 2 * DAY, 3);
	buf_finish(&timestamp);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_one_after_another), TEST(test_expired), TEST(test_expired_root),
		TEST(test_clock_behind),      TEST(test_refused), TEST(test_cut_off),
	};

	return cmocka_run_group_tests_name("repository", tests, NULL, NULL);
}
