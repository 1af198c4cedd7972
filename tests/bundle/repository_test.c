/* What staff publish: one publication after another, what expires, what is refused, keys that change, going back;
 * kiosks are asked with trust/trust.h. */
#include "base/file.h"
#include "bundle/history.h"
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

static const struct repository_terms terms = {
	.days = {[METADATA_TARGETS] = 365, [METADATA_SNAPSHOT] = 30, [METADATA_TIMESTAMP] = 7}};

/* A folder with keys/, other/ (keys too) and repo/ in it. */
struct fixture {
	char folder[64], repo[96], keys_path[96];
	int dir;
	struct keys keys, other;
	struct buf first_root; /* what every kiosk came with */
	struct repository_report report;
};

static void make_keys(const struct fixture *fixture, const char *name, struct keys *out)
{
	char path[96];
	struct err err;

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	if (!keys_make_trial(path, NULL, NOW, &err) || !keys_open(path, false, out, &err))
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
	snprintf(fixture->keys_path, sizeof(fixture->keys_path), "%s/keys", fixture->folder);
	assert_true(buf_append(&fixture->first_root, fixture->keys.root.data, fixture->keys.root.len));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	struct err err;

	keys_finish(&fixture->keys);
	keys_finish(&fixture->other);
	buf_finish(&fixture->first_root);
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
		list[i] = (struct bundle_file){.path = names[i], .bytes = {names[i], 1, 0}};
	}
	return repository_publish(fixture->repo, &files, keys, &terms, now_utc_s, &fixture->report, err);
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

static void follow_roots(const struct fixture *fixture, struct trust *trust)
{
	struct buf bytes = {0};
	struct err err;

	while (read_next(fixture, trust, METADATA_ROOT, &bytes, &err))
		if (!trust_root(trust, bytes.data, bytes.len, &err))
			fail_msg("%s", err.text);
	assert_int_equal(err.code, ERR_MISSING);
	buf_finish(&bytes);
}

/* What a new kiosk makes of it at that time; *count is of its files. */
static bool kiosk_takes(const struct fixture *fixture, int64_t now_utc_s, size_t *count, struct err *err)
{
	struct trust *trust;
	struct buf bytes = {0};
	bool fresh, ok;

	assert_true(trust_open(fixture->first_root.data, fixture->first_root.len, now_utc_s, &trust, err));
	follow_roots(fixture, trust);
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
	assert_int_equal(fixture->report.removed, 1);
	assert_int_equal(fixture->report.changed, 0);
	assert_int_equal(fixture->report.added, 2);
	expect_kiosk(fixture, NOW + DAY, 3);
	publish(fixture, "bcd", NOW + 2 * DAY);
	expect_versions(fixture, 3, 3, 2);
	assert_int_equal(fixture->report.added + fixture->report.removed, 0);
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

/* ---- refreshing */

static bool refresh_with(struct fixture *fixture, const struct keys *keys, int64_t now_utc_s, struct err *err)
{
	return repository_refresh(fixture->repo, keys, &terms, now_utc_s, &fixture->report, err);
}

static void refresh(struct fixture *fixture, int64_t now_utc_s)
{
	struct keys online;
	struct err err;

	if (!keys_open(fixture->keys_path, true, &online, &err))
		fail_msg("%s", err.text);
	assert_null(online.private[METADATA_TARGETS]);
	if (!refresh_with(fixture, &online, now_utc_s, &err))
		fail_msg("%s", err.text);
	keys_finish(&online);
}

static void refuses_refresh(struct fixture *fixture, int64_t now_utc_s, enum err_code code)
{
	struct err err;

	assert_false(refresh_with(fixture, &fixture->keys, now_utc_s, &err));
	assert_int_equal(err.code, code);
}

/* The online key alone keeps a repository alive until the list of files expires. */
static void test_refresh(void **state)
{
	struct fixture *fixture = *state;

	refuses_refresh(fixture, NOW, ERR_MISSING);
	publish(fixture, "ab", NOW);
	refresh(fixture, NOW + DAY);
	expect_versions(fixture, 2, 1, 1);
	for (int64_t day = 6; day < 364; day += 6)
		refresh(fixture, NOW + day * DAY);
	assert_int_equal(fixture->report.versions[METADATA_TARGETS], 1);
	assert_true(fixture->report.versions[METADATA_SNAPSHOT] < 30);
	expect_kiosk(fixture, NOW + 364 * DAY, 2);
	refuses_refresh(fixture, NOW + 365 * DAY, ERR_EXPIRED);
}

/* ---- keys that change */

/* A new key called `name` takes the place of `old`; in a trial folder the one root key signs for all. */
static void rotate(struct fixture *fixture, const char *old, const char *name)
{
	char path[160], draft[160];
	struct root root;
	struct root_key public;
	struct buf text = {0}, out = {0};
	struct key *key;
	struct err err;
	bool first, adopted;

	snprintf(path, sizeof(path), "%s/%s", fixture->keys_path, name);
	assert_true(keys_new(path, NULL, &err));
	strcat(path, ".pub");
	assert_true(file_read(AT_FDCWD, path, 200, &text, &err) && root_key_parse(&text, &public, &err));
	assert_true(keys_read_draft(fixture->keys_path, &root, &first, &err) && !first);
	assert_true(root_replace(&root, old, &public, &err) && keys_write_draft(fixture->keys_path, &root, &err));

	char last[PASSPHRASE_MAX] = "";
	struct root_key who;
	snprintf(path, sizeof(path), "%s/root.pem", fixture->keys_path);
	snprintf(draft, sizeof(draft), "%s/root.draft.json", fixture->keys_path);
	assert_true(keys_read_private(AT_FDCWD, path, last, &key, &err));
	assert_true(file_read(AT_FDCWD, draft, 100000, &text, &err) && root_sign(&text, key, &out, &who, &err));
	assert_string_equal(who.name, "root");
	assert_true(file_write(AT_FDCWD, draft, out.data, out.len, 0644, &err));
	buf_clear(&out);
	if (!keys_collect(fixture->keys_path, NULL, 0, &out, &adopted, &err) || !adopted)
		fail_msg("%s", out.data);
	key_destroy(key);
	buf_finish(&text);
	buf_finish(&out);
	keys_finish(&fixture->keys);
	if (!keys_open(fixture->keys_path, false, &fixture->keys, &err))
		fail_msg("%s", err.text);
}

/* Everything is signed anew, kiosks follow from the first root, and the numbers leave room for what a thief published. */
static void test_online_key_replaced(void **state)
{
	struct fixture *fixture = *state;

	publish(fixture, "ab", NOW);
	rotate(fixture, "online", "online-2");
	refuses_refresh(fixture, NOW, ERR_USAGE);
	publish(fixture, "ab", NOW + DAY);
	assert_true(fixture->report.renewed);
	expect_versions(fixture, 1 + REPOSITORY_JUMP, 1 + REPOSITORY_JUMP, 1 + REPOSITORY_JUMP);
	expect_kiosk(fixture, NOW + DAY, 2);
	publish(fixture, "abc", NOW + DAY);
	expect_versions(fixture, 2 + REPOSITORY_JUMP, 2 + REPOSITORY_JUMP, 2 + REPOSITORY_JUMP);
	expect_kiosk(fixture, NOW + DAY, 3);
}

/* A machine that has not heard of the new root signs nothing under the old one. */
static void test_old_root_refused(void **state)
{
	struct fixture *fixture = *state;
	struct keys late;
	struct err err;

	publish(fixture, "ab", NOW);
	assert_true(keys_open(fixture->keys_path, false, &late, &err));
	rotate(fixture, "online", "online-2");
	publish(fixture, "ab", NOW);
	refuses(fixture, &late, NOW, ERR_USAGE, "version 2 of root.json is in force");
	keys_finish(&late);
	publish(fixture, "abc", NOW);
	expect_kiosk(fixture, NOW, 3);
}

/* What the stolen key signs is taken before the rotation reaches a kiosk, and refused after it. */
static void test_stolen_key_refused(void **state)
{
	struct fixture *fixture = *state;
	struct keys stolen;
	struct buf theirs = {0};
	size_t count;
	struct err err;

	publish(fixture, "ab", NOW);
	assert_true(keys_open(fixture->keys_path, true, &stolen, &err));
	assert_true(refresh_with(fixture, &stolen, NOW, &err));
	assert_true(file_read(fixture->dir, "metadata/timestamp.json", 20000, &theirs, &err));
	expect_kiosk(fixture, NOW, 2);
	rotate(fixture, "online", "online-2");
	publish(fixture, "ab", NOW);
	expect_kiosk(fixture, NOW, 2);
	assert_true(file_write(fixture->dir, "metadata/timestamp.json", theirs.data, theirs.len, 0644, &err));
	assert_false(kiosk_takes(fixture, NOW, &count, &err));
	assert_int_equal(err.code, ERR_SIGNATURE);
	buf_finish(&theirs);
	keys_finish(&stolen);
}

static void test_targets_key_replaced(void **state)
{
	struct fixture *fixture = *state;

	publish(fixture, "ab", NOW);
	rotate(fixture, "targets", "targets-2");
	publish(fixture, "abc", NOW);
	expect_kiosk(fixture, NOW, 3);
	assert_int_equal(fixture->keys.older_count, 1);
}

/* ---- going back, and what is kept */

/* A content of its own for each number. */
static void publish_number(struct fixture *fixture, int number)
{
	char letters[3] = {'a', (char)('b' + number), '\0'};

	publish(fixture, letters, NOW + number * DAY);
}

static void test_undo(void **state)
{
	struct fixture *fixture = *state;
	struct bundle_files files;
	int64_t version;
	struct err err;

	publish(fixture, "a", NOW);
	assert_false(history_previous(fixture->repo, &version, &err));
	assert_int_equal(err.code, ERR_MISSING);
	publish(fixture, "ab", NOW);
	publish(fixture, "ab", NOW + 300 * DAY); /* renewed: the same content under another number */
	assert_true(history_previous(fixture->repo, &version, &err));
	assert_int_equal(version, 1);
	assert_true(history_load(fixture->repo, &fixture->keys, version, &files, &err));
	assert_int_equal(files.count, 1);
	assert_string_equal(files.files[0].path, "a");
	bundle_files_finish(&files);
	assert_false(history_load(fixture->repo, &fixture->other, version, &files, &err));
	assert_int_equal(err.code, ERR_SIGNATURE);
	assert_null(files.files);
}

static bool count_gone(void *context, const char *path, struct err *err)
{
	(void)path;
	(void)err;
	++*(size_t *)context;
	return true;
}

/* The newest HISTORY_KEPT stay whole, every root stays, and what is not ours is left alone. */
static void test_prune(void **state)
{
	struct fixture *fixture = *state;
	size_t told = 0, count;
	const struct history_gone gone = {count_gone, &told};
	struct bundle_files files;
	struct buf bytes = {0};
	struct err err;

	for (int i = 0; i < HISTORY_KEPT + 3; i++)
		publish_number(fixture, i);
	assert_true(file_write(fixture->dir, "targets/README", "x", 1, 0644, &err));
	assert_true(history_prune(fixture->repo, &gone, &count, &err));
	assert_int_equal(count, 9); /* three lists, three snapshots, three files */
	assert_int_equal(told, 9);
	for (int64_t version = 4; version <= HISTORY_KEPT + 3; version++) {
		assert_true(history_load(fixture->repo, &fixture->keys, version, &files, &err));
		bundle_files_finish(&files);
	}
	assert_false(history_load(fixture->repo, &fixture->keys, 3, &files, &err));
	assert_true(file_read(fixture->dir, "metadata/1.root.json", 100000, &bytes, &err));
	assert_true(file_read(fixture->dir, "targets/README", 10, &bytes, &err));
	expect_kiosk(fixture, NOW + (HISTORY_KEPT + 3) * DAY, 2);
	assert_true(history_prune(fixture->repo, NULL, &count, &err));
	assert_int_equal(count, 0);
	buf_finish(&bytes);
}

/* ---- the same again */

/* The same files, keys and time give the same bytes. */
static void test_reproducible(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"metadata/timestamp.json", "metadata/1.snapshot.json",
					    "metadata/1.targets.json", "metadata/1.root.json"};
	struct buf first[4] = {{0}}, again = {0};
	struct err err;

	publish(fixture, "abc", NOW);
	for (size_t i = 0; i < 4; i++)
		assert_true(file_read(fixture->dir, names[i], 100000, &first[i], &err));
	assert_true(file_remove(fixture->dir, "metadata", &err) && file_remove(fixture->dir, "targets", &err));
	publish(fixture, "abc", NOW);
	for (size_t i = 0; i < 4; i++) {
		assert_true(file_read(fixture->dir, names[i], 100000, &again, &err));
		assert_string_equal(first[i].data, again.data);
		buf_finish(&first[i]);
	}
	buf_finish(&again);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_one_after_another),
		TEST(test_expired),
		TEST(test_expired_root),
		TEST(test_clock_behind),
		TEST(test_refused),
		TEST(test_cut_off),
		TEST(test_refresh),
		TEST(test_online_key_replaced),
		TEST(test_old_root_refused),
		TEST(test_stolen_key_refused),
		TEST(test_targets_key_replaced),
		TEST(test_undo),
		TEST(test_prune),
		TEST(test_reproducible),
	};

	return cmocka_run_group_tests_name("repository", tests, NULL, NULL);
}
