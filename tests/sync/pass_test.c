/* Whole passes from a folder: what comes, what is refused, what is mended, and what every failing call leaves behind.
 */
#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "town.h"

/* ---- calls that fail */

static struct {
	bool on, stays; /* from the nth on */
	int number;     /* errno */
	long nth, calls;
} disk;

static bool fails(void)
{
	if (!disk.on)
		return false;
	disk.calls++;
	errno = disk.number;
	return disk.calls == disk.nth || (disk.stays && disk.calls > disk.nth);
}

int __real_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode);
int __wrap_openat(int dir, const char *path, int flags, mode_t mode)
{
	return fails() ? -1 : __real_openat(dir, path, flags, mode);
}

int __real_mkdirat(int dir, const char *path, mode_t mode);
int __wrap_mkdirat(int dir, const char *path, mode_t mode);
int __wrap_mkdirat(int dir, const char *path, mode_t mode)
{
	return fails() ? -1 : __real_mkdirat(dir, path, mode);
}

ssize_t __real_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
	if (!fails())
		return __real_write(fd, bytes, len);
	__real_write(fd, bytes, len / 2);
	errno = disk.number;
	return -1;
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	(void)fd;
	return fails() ? -1 : 0;
}

int __real_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return fails() ? -1 : __real_renameat(from_dir, from, to_dir, to);
}

int __real_unlinkat(int dir, const char *path, int flags);
int __wrap_unlinkat(int dir, const char *path, int flags);
int __wrap_unlinkat(int dir, const char *path, int flags)
{
	return fails() ? -1 : __real_unlinkat(dir, path, flags);
}

static void test_first(void **state)
{
	struct pass_report report;

	(void)state;
	fresh_case();
	expect_failure("no repository", NOW, ERR_MISSING, "repo");
	publish_town(1, "Aars");
	report = run_well();
	assert_true(report.changed);
	assert_int_equal(report.generation, 1);
	assert_int_equal(report.published_utc_s, NOW - DAY);
	assert_int_equal(report.objects.all, 4);
	assert_int_equal(report.objects.fetched, 4);
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		assert_int_equal(report.versions[i], 1);
	expect_shown("Aars");
}

/* Nothing but the timestamp (and the root that is not there) is asked for: the rest of the repository is gone. */
static void test_nothing_new(void **state)
{
	struct pass_report report;

	(void)state;
	first_pass();
	drop("repo/targets");
	drop("repo/metadata/1.targets.json");
	drop("repo/metadata/1.snapshot.json");
	report = run_well();
	assert_false(report.changed);
	assert_int_equal(report.generation, 1);
	assert_int_equal(report.objects.fetched, 0);
	assert_int_equal(report.versions[METADATA_TARGETS], 1);
}

static void test_one_change(void **state)
{
	struct pass_report report;

	(void)state;
	first_pass();
	drop("repo/targets");
	publish_town(2, "Farsø");
	drop("repo/targets/pictures");
	drop("repo/targets/topics");
	report = run_well();
	assert_true(report.changed);
	assert_int_equal(report.generation, 2);
	assert_int_equal(report.objects.fetched, 1);
	expect_shown("Farsø");
	publish_town(3, "Løgstør");
	report = run_well();
	assert_int_equal(report.generation, 3);
	expect_shown("Løgstør");
}

/* ---- what the source does wrong; each time "Aars" stays, and all is well when the source is */

static void target_path(const char *folder, const char *name, char path[TEXT])
{
	char command[2 * TEXT];
	FILE *pipe;

	snprintf(command, sizeof(command), "cd '%s' && ls -t repo/targets/%s*.%s", here, folder, name);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_non_null(fgets(path, TEXT, pipe));
	assert_int_equal(pclose(pipe), 0);
	path[strcspn(path, "\n")] = '\0';
}

static void test_damaged(void **state)
{
	static const struct {
		const char *path;
		enum err_code code;
		const char *sentence;
	} rows[] = {
		{"repo/metadata/timestamp.json", ERR_SIGNATURE, "metadata/timestamp.json: 0 valid"},
		{"repo/metadata/2.snapshot.json", ERR_HASH, "metadata/2.snapshot.json: SHA-256 differs"},
		{"repo/metadata/2.targets.json", ERR_HASH, "metadata/2.targets.json: SHA-256 differs"},
		{NULL, ERR_HASH, "targets/topics/da.json: SHA-256 differs from the signed one"},
	};
	char path[TEXT], whole[TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf bytes = {0};

		first_pass();
		publish(&(struct publication){.version = 2, .town = "Farsø"});
		drop("store/objects");
		if (rows[i].path)
			snprintf(path, sizeof(path), "%s", rows[i].path);
		else
			target_path("topics/", "da.json", path);
		snprintf(whole, sizeof(whole), "%s", path);
		get(path, &bytes);
		damage(path);
		expect_failure(path, NOW, rows[i].code, rows[i].sentence);
		put(whole, bytes.data, bytes.len);
		buf_finish(&bytes);
		assert_true(run_well().changed);
		expect_shown("Farsø");
	}
}

static void test_missing(void **state)
{
	static const char *const paths[] = {"repo/metadata/timestamp.json", "repo/metadata/2.snapshot.json",
					    "repo/metadata/2.targets.json", "repo/targets"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		first_pass();
		publish_town(2, "Farsø");
		drop(paths[i]);
		expect_failure(paths[i], NOW, ERR_MISSING, strrchr(paths[i], '/') + 1);
		expect_shown("Aars");
		publish_town(3, "Løgstør");
		assert_true(run_well().changed);
	}
}

static void test_longer(void **state)
{
	char path[TEXT];
	struct buf bytes = {0};

	(void)state;
	first_pass();
	publish_town(2, "Farsø");
	target_path("", "bundle.json", path);
	get(path, &bytes);
	assert_true(buf_append_text(&bytes, " "));
	put(path, bytes.data, bytes.len);
	expect_failure(path, NOW, ERR_LIMIT, "bundle.json");
	put(path, bytes.data, bytes.len - 2);
	expect_failure(path, NOW, ERR_HASH, "bundle.json");
	expect_shown("Aars");
	buf_finish(&bytes);
}

static void test_rollback(void **state)
{
	struct buf old = {0};

	(void)state;
	first_pass();
	get("repo/metadata/timestamp.json", &old);
	publish_town(2, "Farsø");
	run_well();
	put("repo/metadata/timestamp.json", old.data, old.len);
	expect_failure("old timestamp", NOW, ERR_ROLLBACK,
		       "metadata/timestamp.json: timestamp version 1 is older than 2");
	expect_shown("Farsø");
	/* Nor when the kept timestamp cannot be read: what is not seen would not bind. */
	drop("store/trust/timestamp.json");
	put("store/trust/timestamp.json/folder", "", 0);
	expect_failure("unreadable", NOW, ERR_IO, "timestamp.json: is not a regular file");
	expect_shown("Farsø");
	buf_finish(&old);
}

/* Freeze; and a clock that was never set cannot undo it. */
static void test_expired(void **state)
{
	struct pass_report report;
	struct err err;

	(void)state;
	first_pass();
	expect_failure("ten days later", NOW + 10 * DAY, ERR_EXPIRED, "metadata/timestamp.json");
	expect_shown("Aars");
	publish(&(struct publication){.version = 2, .town = "Farsø", .published_utc_s = NOW + 9 * DAY});
	run_well();
	publish(&(struct publication){.version = 3, .town = "Aars", .published_utc_s = NOW + 11 * DAY});
	must(run_at(0, &report, &err), &err); /* judged at NOW + 9 days */
	expect_failure("clock at 1970", 1, ERR_EXPIRED, "metadata/timestamp.json");
	expect_failure("root", NOW + 300 * DAY, ERR_EXPIRED, "root version 1");
}

/* A pass that ended between two files goes on there: the timestamp is the same by then, and that is not "nothing new".
 */
static void test_ended_between(void **state)
{
	static const char *const missing[] = {"repo/metadata/2.snapshot.json", "repo/metadata/2.targets.json",
					      "repo/targets"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(missing); i++) {
		struct pass_report report;

		first_pass();
		publish_town(2, "Farsø");
		copy_here(missing[i], "aside");
		drop(missing[i]);
		expect_failure(missing[i], NOW, ERR_MISSING, "");
		expect_shown("Aars");
		copy_here("aside", missing[i]);
		report = run_well();
		assert_true(report.changed);
		assert_int_equal(report.versions[METADATA_TARGETS], 2);
		expect_shown("Farsø");
	}
}

/* Signed, and yet not content that this kiosk can show. */
static void test_bad_content(void **state)
{
	static const struct {
		struct publication publication;
		enum err_code code;
		const char *sentence;
	} rows[] = {
		{{.version = 2, .town = "Farsø", .format = DOCUMENT_FORMAT + 1}, ERR_VERSION, "bundle.json"},
		{{.version = 2, .town = "Farsø", .no_topics = true}, ERR_FORMAT, "topics/da.json"},
		{{.version = 2, .town = "\\u0000"}, ERR_FORMAT, "bundle.json"},
		{{.version = 2, .town = "Farsø", .extra = "pictures/a b.svg"}, ERR_FORMAT, "targets.json: a path"},
		{{.version = 2, .town = "Farsø", .extra = "pictures/../../y.svg"}, ERR_FORMAT, "below the source"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		first_pass();
		drop("repo/targets/pictures");
		if (rows[i].publication.extra)
			drop("store/objects");
		publish(&rows[i].publication);
		expect_failure(rows[i].sentence, NOW, rows[i].code, rows[i].sentence);
		publish_town(3, "Løgstør");
		assert_int_equal(run_well().generation, 2);
		expect_shown("Løgstør");
	}
}

/* ---- what this disk does wrong */

static void test_mended(void **state)
{
	static const char *const paths[] = {"store/trust/timestamp.json", "store/trust/snapshot.json",
					    "store/trust/targets.json", "store/trust/root.json"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		first_pass();
		damage(paths[i]);
		assert_false(run_well().changed);
		drop(paths[i]);
		assert_false(run_well().changed);
	}
	first_pass();
	drop("store/objects");
	assert_int_equal(run_well().objects.fetched, 4);
	put("store/generations/1/index.db", "?", 1);
	assert_true(run_well().changed);
	expect_shown("Aars");
	put("store/current", "?", 1);
	assert_true(run_well().changed);
	expect_shown("Aars");
}

static void test_damaged_object(void **state)
{
	struct pass_report report;
	char path[TEXT];
	const char *hash;

	(void)state;
	first_pass();
	target_path("topics/", "da.json", path);
	hash = strrchr(path, '/') + 1;
	snprintf(path, sizeof(path), "store/objects/%.2s/%.64s", hash, hash);
	damage(path);
	report = run_well();
	assert_false(report.changed);
	assert_int_equal(report.objects.fetched, 1);
}

/* A pass for which there is no room, at the first call where that ends it with this sentence. */
static void run_full(const char *sentence)
{
	char template[TEXT + 16], store_path[TEXT + 8];
	struct pass_report report;
	struct err err = {0};

	snprintf(store_path, sizeof(store_path), "%s/store", here);
	snprintf(template, sizeof(template), "%s/template", here);
	copy_folder(store_path, template);
	disk.stays = false;
	disk.number = ENOSPC;
	disk.calls = disk.nth = 0;
	while (disk.calls >= disk.nth) {
		copy_folder(template, store_path);
		disk.nth++;
		disk.calls = 0;
		disk.on = true;
		bool ok = run_at(NOW, &report, &err);
		disk.on = false;
		if (!ok && err.code == ERR_FULL && strstr(err.text, sentence))
			return;
	}
	fail_msg("%s: never full", sentence);
}

static bool has_object(const char *sha256)
{
	char path[128];

	snprintf(path, sizeof(path), "store/objects/%.2s/%.64s", sha256, sha256);
	return faccessat(here_fd, path, F_OK, 0) == 0;
}

/* What a version that never fitted has left behind does not keep the next one out. */
static void test_no_room(void **state)
{
	static const char *const sentences[] = {"targets/bundle.json", ".timestamp.json.new"};
	char paths[2][TEXT];
	const char *hashes[2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sentences); i++) {
		first_pass();
		target_path("", "bundle.json", paths[0]);
		publish_town(2, "Farsø");
		target_path("", "bundle.json", paths[1]);
		for (size_t k = 0; k < 2; k++)
			hashes[k] = strrchr(paths[k], '/') + 1;
		assert_string_not_equal(hashes[0], hashes[1]);
		run_full("the new content");
		assert_true(has_object(hashes[0]));
		assert_true(has_object(hashes[1])); /* of the newest version: kept */
		publish_town(3, "Løgstør");
		drop("repo/targets/topics");
		run_full(sentences[i]);
		assert_true(has_object(hashes[0]));
		assert_false(has_object(hashes[1]));
		assert_int_equal(run_well().objects.fetched, 1);
		expect_shown("Løgstør");
	}
}

/* A source that cannot even be opened changes nothing about what is shown. */
static void test_shown(void **state)
{
	struct pass_report report = {0};
	char path[TEXT + 8];
	struct store *store;
	struct err err;

	(void)state;
	first_pass();
	snprintf(path, sizeof(path), "%s/store", here);
	must(store_open(path, STORE_READ, &store, &err), &err);
	pass_shown(store, &report);
	assert_int_equal(report.generation, 1);
	assert_int_equal(report.published_utc_s, NOW - DAY);
	put("store/generations/1/targets.json", "?", 1);
	pass_shown(store, &report);
	assert_int_equal(report.generation, 1);
	assert_int_equal(report.published_utc_s, 0);
	drop("store/current");
	pass_shown(store, &report);
	assert_int_equal(report.generation, 0);
	store_close(store);
}

/* ---- every call in turn fails, once or from then on */

/* S5: what is kept is whole, and no older than before. */
static void check_kept(void)
{
	struct buf bytes = {0};
	struct metadata metadata;
	struct err err;
	char path[64];

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		snprintf(path, sizeof(path), "store/trust/%s.json", metadata_name(role));
		get(path, &bytes);
		must(metadata_parse(role, bytes.data, bytes.len, &metadata, &err), &err);
		assert_in_range(metadata.version, 1, 2);
		metadata_finish(&metadata);
	}
	buf_finish(&bytes);
}

/* False when the pass has fewer calls. */
static bool try_fault(const char *template, bool stays, int number, long nth)
{
	char store_path[TEXT + 8], town[TEXT];
	struct pass_report report;
	struct err err;
	int64_t generation;
	bool ok;

	snprintf(store_path, sizeof(store_path), "%s/store", here);
	copy_folder(template, store_path);
	disk.on = true;
	disk.stays = stays;
	disk.number = number;
	disk.nth = nth;
	disk.calls = 0;
	ok = run_at(NOW, &report, &err);
	disk.on = false;
	generation = shown(town);
	/* A fault while what is shown was read may have made it anew. */
	if ((strcmp(town, "Aars") != 0 && strcmp(town, "Farsø") != 0) || (ok && strcmp(town, "Farsø") != 0))
		fail_msg("call %ld: generation %d shows %s", nth, (int)generation, town);
	check_kept();
	run_well();
	expect_shown("Farsø");
	return disk.calls >= nth;
}

static void test_faults(void **state)
{
	static const struct {
		bool stays;
		int number;
	} kinds[] = {{true, EIO}, {false, ENOSPC}};
	char template[TEXT + 16], store_path[TEXT + 8];

	(void)state;
	first_pass();
	snprintf(store_path, sizeof(store_path), "%s/store", here);
	snprintf(template, sizeof(template), "%s/template", here);
	copy_folder(store_path, template);
	publish_town(2, "Farsø");
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		long nth = 1;

		while (try_fault(template, kinds[i].stays, kinds[i].number, nth))
			nth++;
		assert_in_range(nth, 80, 1000); /* a wrap that caught nothing would end at once */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first),      cmocka_unit_test(test_nothing_new),
		cmocka_unit_test(test_one_change), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_missing),    cmocka_unit_test(test_longer),
		cmocka_unit_test(test_rollback),   cmocka_unit_test(test_ended_between),
		cmocka_unit_test(test_expired),    cmocka_unit_test(test_bad_content),
		cmocka_unit_test(test_mended),     cmocka_unit_test(test_damaged_object),
		cmocka_unit_test(test_no_room),    cmocka_unit_test(test_shown),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
