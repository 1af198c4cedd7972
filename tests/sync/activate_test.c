/* What is shown when the disk has damaged what was shown, or nothing came yet: made anew from this disk, the generation
 * before, or the content that came with the program. */
#include "base/array.h"

#include <sys/stat.h>

#include "town.h"

#define INDEX_VERSION_AT 63 /* the last byte of SQLite's user_version */

static const char *const everything[] = {"store/generations/2/index.db", "store/generations/1/index.db", NULL};

static void put_byte(const char *path, size_t offset, char byte)
{
	struct buf bytes = {0};

	get(path, &bytes);
	assert_true(offset < bytes.len);
	bytes.data[offset] = byte;
	put(path, bytes.data, bytes.len);
	buf_finish(&bytes);
}

/* Generations 1, "Aars", and 2, "Farsø"; and then the source is gone. */
static void two_generations(void)
{
	first_pass();
	publish_town(2, "Farsø");
	run_well();
	copy_here("repo", "away");
	drop("repo/metadata");
	drop("repo/targets");
}

static bool can_show(void)
{
	char path[TEXT + 8];
	struct store *store;
	struct err err;

	snprintf(path, sizeof(path), "%s/store", here);
	must(store_open(path, STORE_WRITE, &store, &err), &err);
	bool can = pass_can_show(store);
	store_close(store);
	return can;
}

static void expect_kiosk(const char *what, const char *expected)
{
	char town[TEXT];

	if (!kiosk_shows(town))
		fail_msg("%s: nothing is shown", what);
	if (strcmp(town, expected) != 0)
		fail_msg("%s: %s is shown", what, town);
}

/* That of topics/da.json, which both generations have. */
static void drop_object(void)
{
	char sha256[SHA256_HEX_MAX], path[TEXT];
	struct err err;

	must(sha256_hex(TOPICS, strlen(TOPICS), sha256, &err), &err);
	snprintf(path, sizeof(path), "store/objects/%.2s/%s", sha256, sha256);
	drop(path);
}

/* What the disk does, what the kiosk shows at once, and what it shows after a pass that finds no source. */
static void test_without_source(void **state)
{
	static const struct {
		const char *what, *dropped, *damaged, *outdated;
		bool no_object;
		const char *at_once, *after; /* NULL: nothing */
	} rows[] = {
		{"index", NULL, "store/generations/2/index.db", NULL, false, "Aars", "Farsø"},
		{"no index", "store/generations/2/index.db", NULL, NULL, false, "Aars", "Farsø"},
		{"older index", NULL, NULL, "store/generations/2/index.db", false, "Aars", "Farsø"},
		{"current", NULL, "store/current", NULL, false, "Farsø", "Farsø"},
		{"targets", NULL, "store/generations/2/targets.json", NULL, false, "Farsø", "Farsø"},
		{"index and object", NULL, "store/generations/2/index.db", NULL, true, "Aars", "Aars"},
		{"generation", "store/generations/2", NULL, NULL, false, "Aars", "Aars"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pass_report report;
		struct err err;

		two_generations();
		if (rows[i].dropped)
			drop(rows[i].dropped);
		if (rows[i].damaged)
			put_byte(rows[i].damaged, 0, '?');
		if (rows[i].outdated)
			put_byte(rows[i].outdated, INDEX_VERSION_AT, 0);
		if (rows[i].no_object)
			drop_object();
		expect_kiosk(rows[i].what, rows[i].at_once);
		assert_false(run_at(NOW, &report, &err));
		expect_kiosk(rows[i].what, rows[i].after);
		assert_true(can_show());
		copy_here("away", "repo");
		run_well();
		expect_shown("Farsø");
	}
}

/* A letter of a page: the index opens, and only reading that page tells. */
static void test_damaged_page(void **state)
{
	struct buf bytes = {0};
	struct pass_report report;
	struct err err;

	(void)state;
	two_generations();
	get("store/generations/2/index.db", &bytes);
	char *word = memmem(bytes.data, bytes.len, WORD, strlen(WORD));
	assert_non_null(word);
	put_byte("store/generations/2/index.db", (size_t)(word - bytes.data), 'z');
	buf_finish(&bytes);
	expect_kiosk("before", "Farsø");
	assert_false(run_at(NOW, &report, &err));
	assert_true(report.changed);
	assert_int_equal(report.generation, 3);
	expect_shown("Farsø");
}

/* What is made anew leaves the good one before it to fall back on. */
static void test_mended_twice(void **state)
{
	struct pass_report report;
	struct err err;

	(void)state;
	two_generations();
	put_byte("store/generations/2/index.db", 0, '?');
	assert_false(run_at(NOW, &report, &err));
	assert_int_equal(report.generation, 3);
	put_byte("store/generations/3/index.db", 0, '?');
	expect_kiosk("again", "Aars");
	assert_true(can_show());
	expect_shown("Farsø");
}

/* ---- the factory bundle */

static struct key *other_keys[METADATA_ROLE_COUNT];
static struct buf other_root;

/* Between the municipality's keys and those of whoever built the firmware. */
static void swap_keys(void)
{
	struct buf other = first_root;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		struct key *key = keys[i];

		keys[i] = other_keys[i];
		other_keys[i] = key;
	}
	first_root = other_root;
	other_root = other;
}

/* Version 9 of "Factory", long expired, in factory/. */
static void make_factory(void)
{
	copy_here("repo", "aside");
	drop("repo");
	swap_keys();
	if (first_root.len == 0)
		make_first_root();
	publish(&(struct publication){.version = 9, .town = "Factory", .published_utc_s = NOW - 900 * DAY});
	swap_keys();
	copy_here("repo", "factory");
	drop("repo");
	copy_here("aside", "repo");
}

static bool run_factory(struct pass_report *report, struct err *err)
{
	char folder[TEXT + 16], store_path[TEXT + 8];
	struct store *store;
	struct fetch *fetch;

	snprintf(folder, sizeof(folder), "%s/factory", here);
	snprintf(store_path, sizeof(store_path), "%s/store", here);
	must(store_open(store_path, STORE_WRITE, &store, err), err);
	must(fetch_open(folder, NULL, &fetch, err), err);
	bool ok = pass_factory(store, fetch, &other_root, report, err);
	fetch_close(fetch);
	store_close(store);
	return ok;
}

static bool is_there(const char *path)
{
	struct stat is;

	return fstatat(here_fd, path, &is, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A new kiosk shows it without a network; then the municipality's word alone counts, though its version is lower. */
static void test_factory(void **state)
{
	struct pass_report report;
	struct err err;

	(void)state;
	fresh_case();
	publish_town(1, "Aars");
	make_factory();
	copy_here("repo", "away");
	drop("repo");
	assert_false(can_show());
	must(run_factory(&report, &err), &err);
	assert_true(report.changed);
	assert_int_equal(report.published_utc_s, NOW - 900 * DAY);
	assert_true(can_show());
	expect_shown("Factory");
	assert_false(is_there("store/factory"));
	assert_false(is_there("store/trust/root.json"));
	expect_failure("no source", NOW, ERR_MISSING, "repo");
	expect_shown("Factory");
	copy_here("away", "repo");
	assert_true(run_well().changed);
	expect_shown("Aars");
	assert_false(run_well().changed);
}

/* Nothing of the municipality's can be shown any more, and its server is away. */
static void test_factory_as_last(void **state)
{
	struct pass_report report;
	struct err err;

	(void)state;
	two_generations();
	copy_here("away", "repo");
	make_factory();
	drop("repo");
	for (size_t i = 0; everything[i]; i++)
		drop(everything[i]);
	drop("store/objects");
	assert_false(can_show());
	must(run_factory(&report, &err), &err);
	expect_shown("Factory");
	copy_here("away", "repo");
	run_well();
	expect_shown("Farsø");
}

/* The municipality's root does not vouch for the factory's files, nor the other way; and a damaged file is refused. */
static void test_factory_refused(void **state)
{
	struct pass_report report;
	struct err err;

	(void)state;
	fresh_case();
	publish_town(1, "Aars");
	make_factory();
	put_byte("factory/metadata/9.targets.json", 40, '?');
	assert_false(run_factory(&report, &err));
	assert_int_equal(err.code, ERR_HASH);
	assert_non_null(strstr(err.text, "came with the program: metadata/9.targets.json"));
	assert_false(can_show());
	make_factory();
	copy_here("repo", "away");
	copy_here("factory", "repo");
	expect_failure("factory as server", NOW, ERR_SIGNATURE, "timestamp.json");
	copy_here("away", "factory");
	assert_false(run_factory(&report, &err));
	assert_int_equal(err.code, ERR_SIGNATURE);
	assert_false(can_show());
}

static int tear_down_all(void **state)
{
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(other_keys[i]);
	buf_finish(&other_root);
	return tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_source),  cmocka_unit_test(test_damaged_page),
		cmocka_unit_test(test_mended_twice),    cmocka_unit_test(test_factory),
		cmocka_unit_test(test_factory_as_last), cmocka_unit_test(test_factory_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down_all);
}
