/* The store's invariants S1-S6 (store/store.h) after every call that can fail has failed, and at every cut. */
#include "base/array.h"
#include "base/crypto.h"
#include "base/file.h"
#include "store/store.h"

#include <errno.h>
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

#include "disk.h"

/* ---- a store with two generations, and how the third comes about */

static char root[] = "/tmp/vejviser-store-XXXXXX";
static char path_of[STORE_PATH_MAX]; /* of the store being tested */

static int make_root(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	struct err err;

	(void)state;
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static void fresh_path(void)
{
	static int number;

	snprintf(path_of, sizeof(path_of), "%s/%d/store", root, number++);
}

static void hash_of(const char *text, char sha256[SHA256_HEX_MAX])
{
	struct err err;

	assert_true(sha256_hex(text, strlen(text), sha256, &err));
}

static bool put_again(struct store *store, const char *text, struct err *err)
{
	char sha256[SHA256_HEX_MAX];
	struct store_part *part;
	int64_t have;

	hash_of(text, sha256);
	if (!store_part_open(store, sha256, (int64_t)strlen(text), &have, &part, err))
		return false;
	if (!store_part_write(part, text + have, strlen(text) - (size_t)have, err)) {
		store_part_keep(part);
		return false;
	}
	return store_part_finish(part, err);
}

static bool put_object(struct store *store, const char *text, struct err *err)
{
	char sha256[SHA256_HEX_MAX];

	hash_of(text, sha256);
	return store_object_has(store, sha256, (int64_t)strlen(text)) || put_again(store, text, err);
}

/* The generation's one file holds the texts of its objects, one letter each, twice: a half-written one is seen. */
static bool put_file(struct store *store, int64_t generation, const char *texts, struct err *err)
{
	char path[STORE_PATH_MAX], bytes[64];
	int n = snprintf(bytes, sizeof(bytes), "%s=%s", texts, texts);

	return store_generation_path(store, generation, "index.db", path, err) &&
	       file_write(AT_FDCWD, path, bytes, (size_t)n, 0644, err);
}

/* `context` is a text of letters. */
static bool keep_letters(void *context, const char *sha256)
{
	char letter[2] = "", found[SHA256_HEX_MAX];

	for (const char *c = context; *c; c++) {
		letter[0] = *c;
		hash_of(letter, found);
		if (strcmp(found, sha256) == 0)
			return true;
	}
	return false;
}

/* A generation of one-letter objects; then those not in `keep` go. */
static bool add_generation(const char *texts, char *keep, struct err *err)
{
	struct store *store;
	int64_t generation;
	bool ok = true;

	if (!store_open(path_of, STORE_WRITE, &store, err))
		return false;
	for (const char *c = texts; *c && ok; c++)
		ok = put_object(store, (const char[]){*c, '\0'}, err);
	if (ok && store_generation_begin(store, &generation, err)) {
		ok = put_file(store, generation, texts, err) && store_generation_publish(store, generation, err);
		if (!ok)
			store_generation_abandon(store, generation);
	} else {
		ok = false;
	}
	ok = ok && store_collect(store, keep_letters, keep, err);
	store_close(store);
	return ok;
}

static void make_store(void)
{
	char first[] = "z", second[] = "zab";
	struct err err;

	fresh_path();
	if (!add_generation("z", first, &err) || !add_generation("ab", second, &err))
		fail_msg("%s", err.text);
}

static bool add_third(struct err *err)
{
	char keep[] = "abc";

	return add_generation("bc", keep, err);
}

/* ---- what must hold */

static void check_generation(struct store *store, int64_t generation, const char *texts)
{
	char path[STORE_PATH_MAX], bytes[64], sha256[SHA256_HEX_MAX];
	struct buf read = {0};
	struct err err;

	snprintf(bytes, sizeof(bytes), "%s=%s", texts, texts);
	assert_true(store_generation_path(store, generation, "index.db", path, &err));
	if (!file_read(AT_FDCWD, path, 100, &read, &err))
		fail_msg("call %ld: %s", disk.nth, err.text);
	assert_string_equal(read.data, bytes);
	for (const char *c = texts; *c; c++) {
		hash_of((const char[]){*c, '\0'}, sha256);
		if (!store_object_read(store, sha256, 10, &read, &err))
			fail_msg("call %ld: %s", disk.nth, err.text);
		assert_memory_equal(read.data, c, 1);
		assert_true(store_object_intact(store, sha256, 1));
	}
	buf_finish(&read);
}

/* S6: the old one, or the new one; and the one before it is whole too. The generation found. */
static int64_t check_store(void)
{
	static const char *const texts[] = {NULL, "z", "ab", "bc"};
	struct store *store;
	int64_t current, previous;
	struct err err;

	disk_reset(FAULT_NONE, disk.nth, 0);
	assert_true(store_open(path_of, STORE_READ, &store, &err));
	if (!store_current(store, &current, &err))
		fail_msg("call %ld: %s", disk.nth, err.text);
	assert_in_range(current, 2, 3);
	check_generation(store, current, texts[current]);
	if (current == 3) {
		assert_true(store_previous(store, current, &previous, &err));
		assert_int_equal(previous, 2);
		check_generation(store, previous, texts[previous]);
	}
	store_close(store);
	return current;
}

static bool count_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	(void)name;
	(void)is_dir;
	(void)err;
	++*(int *)context;
	return true;
}

static int entries(const char *folder)
{
	char path[STORE_PATH_MAX + 64];
	struct err err;
	int count = 0;

	snprintf(path, sizeof(path), "%s/%s", path_of, folder);
	assert_true(file_list(AT_FDCWD, path, count_entry, &count, &err));
	return count;
}

/* Every call in turn fails; then the same work goes through without a fault and leaves nothing behind. False when there
 * were fewer calls. */
static bool try_fault(enum fault fault, long nth, int number)
{
	struct err err;
	int64_t found;
	bool ok, reached;

	make_store();
	disk_reset(fault, nth, number);
	ok = add_third(&err);
	reached = disk.calls >= nth;
	found = check_store();
	if (ok && found != 3)
		fail_msg("call %ld: said to be done, but generation %d is shown", nth, (int)found);
	if (found == 2 && !add_third(&err))
		fail_msg("call %ld: does not recover: %s", nth, err.text);
	if (found == 3) {
		char keep[] = "abc";
		struct store *store;

		assert_true(store_open(path_of, STORE_WRITE, &store, &err) &&
			    store_collect(store, keep_letters, keep, &err));
		store_close(store);
	}
	assert_int_equal(check_store(), 3);
	assert_int_equal(entries("part"), 0);
	assert_int_equal(entries("generations"), 2);
	assert_int_equal(entries("."), 7);
	return reached;
}

static void test_faults(void **state)
{
	static const struct {
		enum fault fault;
		int number;
	} kinds[] = {{FAULT_ONCE, EIO}, {FAULT_FROM, EIO}, {FAULT_ONCE, ENOSPC}};
	long nth;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		for (nth = 1; try_fault(kinds[i].fault, nth, kinds[i].number); nth++)
			;
		assert_in_range(nth, 40, 400); /* a wrap that caught nothing would end at once */
	}
}

/* S3, S4: nothing that `current` names is only in memory. */
static void test_order(void **state)
{
	(void)state;
	disk.watch = true;
	disk.dirty_count = 0;
	disk.moved = 0;
	make_store();
	assert_int_equal(disk.moved, 2);
	disk.watch = false;
}

static void test_full(void **state)
{
	struct store *store;
	struct err err;

	(void)state;
	make_store();
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	disk_reset(FAULT_FROM, 2, ENOSPC);
	assert_false(put_object(store, "long enough", &err));
	assert_int_equal(err.code, ERR_FULL);
	disk_reset(FAULT_NONE, 0, 0);
	store_close(store);
}

/* The floor counts what open parts will still write; below it nothing begins, and nothing has changed. */
static void test_floor(void **state)
{
	static const struct {
		int64_t room, floor, first, second;
		bool first_fits, second_fits, generation_fits;
	} rows[] = {
		{20 << 20, 10 << 20, 5 << 20, 5 << 20, true, true, false},
		{20 << 20, 10 << 20, 5 << 20, (5 << 20) + 4096, true, false, true},
		{20 << 20, 10 << 20, (10 << 20) + 1, 1, false, true, true},
		{20 << 20, 0, 20 << 20, 1, true, false, false},
		{9 << 20, 10 << 20, 0, 0, false, false, false},
	};
	struct store_part *first, *second;
	char hashes[2][SHA256_HEX_MAX];
	struct store *store;
	int64_t have, generation;

	(void)state;
	make_store();
	hash_of("first", hashes[0]);
	hash_of("second", hashes[1]);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};

		disk.room = rows[i].room;
		first = second = NULL;
		assert_true(store_open(path_of, STORE_WRITE, &store, &err));
		store_keep_free(store, rows[i].floor);
		assert_int_equal(store_part_open(store, hashes[0], rows[i].first, &have, &first, &err),
				 rows[i].first_fits);
		assert_int_equal(err.code, rows[i].first_fits ? ERR_NONE : ERR_FULL);
		assert_int_equal(store_part_open(store, hashes[1], rows[i].second, &have, &second, &err),
				 rows[i].second_fits);
		store_part_abandon(second);
		if (rows[i].generation_fits) {
			assert_true(store_generation_begin(store, &generation, &err));
			store_generation_abandon(store, generation);
		}
		store_part_abandon(first);
		assert_int_equal(store_room(store, 0, &err), rows[i].room >= rows[i].floor); /* nothing is promised */
		store_close(store);
	}
	assert_true(store_open(path_of, STORE_WRITE, &store, &(struct err){0}));
	assert_false(store_room(store, 0, &(struct err){0})); /* STORE_FREE_BYTES */
	store_close(store);
	disk.room = 0;
	check_store();
}

/* A store from before the marker is upgraded; a damaged marker is mended; a newer store is left alone. */
static void test_format(void **state)
{
	static const struct {
		const char *bytes; /* NULL: no marker */
		enum err_code code;
		const char *after;
	} rows[] = {
		{NULL, ERR_NONE, "2\n"}, {"1\n", ERR_NONE, "2\n"}, {"2\n", ERR_NONE, "2\n"},
		{"", ERR_NONE, "2\n"},   {"?", ERR_NONE, "2\n"},   {"3\n", ERR_VERSION, "3\n"},
	};
	char path[STORE_PATH_MAX + 16];
	struct buf bytes = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct store *store = NULL;
		struct err err = {0};

		make_store();
		snprintf(path, sizeof(path), "%s/format", path_of);
		assert_int_equal(unlink(path), 0);
		if (rows[i].bytes)
			assert_true(file_write(AT_FDCWD, path, rows[i].bytes, strlen(rows[i].bytes), 0644, &err));
		for (enum store_mode mode = STORE_READ; mode <= STORE_WRITE; mode++) {
			assert_int_equal(store_open(path_of, mode, &store, &err), rows[i].code == ERR_NONE);
			assert_int_equal(err.code, rows[i].code);
			store_close(rows[i].code == ERR_NONE ? store : NULL);
		}
		assert_true(file_read(AT_FDCWD, path, 10, &bytes, &err));
		assert_string_equal(bytes.data, rows[i].after);
		if (rows[i].code == ERR_NONE)
			check_store();
	}
	buf_finish(&bytes);
}

/* ---- hostile bytes */

static void test_wrong_bytes(void **state)
{
	static const struct {
		const char *bytes;
		int64_t len; /* promised; the hash is that of "right" */
		enum err_code code;
		const char *sentence;
	} rows[] = {
		{"wrong", 5, ERR_HASH, "SHA-256 differs"}, {"righ", 5, ERR_HASH, "4 bytes long, not the 5"},
		{"right!", 5, ERR_LIMIT, "longer than"},   {"", 5, ERR_HASH, "0 bytes long"},
		{"right", 0, ERR_LIMIT, "longer than"},    {"right", 5, ERR_NONE, ""},
	};
	char sha256[SHA256_HEX_MAX];
	struct store_part *part;
	struct store *store;
	int64_t have;

	(void)state;
	fresh_path();
	hash_of("right", sha256);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		bool ok;

		assert_true(store_open(path_of, STORE_WRITE, &store, &err));
		assert_true(store_part_open(store, sha256, rows[i].len, &have, &part, &err));
		assert_int_equal(have, 0);
		ok = store_part_write(part, rows[i].bytes, strlen(rows[i].bytes), &err);
		if (ok)
			ok = store_part_finish(part, &err);
		else
			store_part_abandon(part);
		assert_int_equal(err.code, rows[i].code);
		assert_non_null(strstr(err.text, rows[i].sentence));
		assert_int_equal(entries("part"), ok);
		assert_int_equal(ok, store_object_intact(store, sha256, 5));
		store_close(store);
		assert_int_equal(entries("part"), 0);
	}
}

/* What came of "right and long" before the cut, and what is left of it by then. */
static void test_resume(void **state)
{
	static const struct {
		const char *kept; /* NULL: nothing */
		int64_t have;
		const char *rest;
		enum err_code code;
	} rows[] = {
		{NULL, 0, "right and long", ERR_NONE},
		{"", 0, "right and long", ERR_NONE},
		{"right", 5, " and long", ERR_NONE},
		{"right and long", 14, "", ERR_NONE},
		{"wrong and long", 0, "right and long", ERR_NONE}, /* whole and wrong: seen at once */
		{"right and longer", 0, "right and long", ERR_NONE},
		{"wrong", 5, " and long", ERR_HASH},
		{"right", 5, " and lon", ERR_HASH},
		{"right", 5, " and longer", ERR_LIMIT},
	};
	char sha256[SHA256_HEX_MAX], path[STORE_PATH_MAX + 128];
	struct store_part *part;
	struct store *store;
	int64_t have;

	(void)state;
	hash_of("right and long", sha256);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};

		make_store();
		snprintf(path, sizeof(path), "%s/part/%s", path_of, sha256);
		if (rows[i].kept)
			assert_true(file_write(AT_FDCWD, path, rows[i].kept, strlen(rows[i].kept), 0644, &err));
		assert_true(store_open(path_of, STORE_WRITE, &store, &err));
		assert_true(store_part_open(store, sha256, 14, &have, &part, &err));
		assert_int_equal(have, rows[i].have);
		if (store_part_write(part, rows[i].rest, strlen(rows[i].rest), &err))
			store_part_finish(part, &err);
		else
			store_part_abandon(part);
		assert_int_equal(err.code, rows[i].code);
		assert_int_equal(store_object_intact(store, sha256, 14), rows[i].code == ERR_NONE);
		store_close(store);
		assert_int_equal(entries("part"), 0);
	}
}

/* Kept parts outlive closing; other things in part/ do not, nor what nobody wants any more. */
static void test_keep_and_restart(void **state)
{
	char sha256[SHA256_HEX_MAX], path[STORE_PATH_MAX + 16], keep[] = "ab";
	struct store_part *part;
	struct store *store;
	int64_t have;
	struct err err;

	(void)state;
	make_store();
	hash_of("right and long", sha256);
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	assert_true(store_part_open(store, sha256, 14, &have, &part, &err));
	assert_true(store_part_write(part, "right", 5, &err));
	store_part_keep(part);
	store_close(store);
	snprintf(path, sizeof(path), "%s/part/x", path_of);
	assert_true(file_write(AT_FDCWD, path, "x", 1, 0644, &err));
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	assert_int_equal(entries("part"), 1);
	assert_true(store_part_open(store, sha256, 14, &have, &part, &err));
	assert_int_equal(have, 5);
	assert_true(store_part_restart(part, &err));
	assert_true(store_part_write(part, "right and ", 10, &err));
	store_part_keep(part);
	assert_true(store_part_open(store, sha256, 14, &have, &part, &err));
	assert_int_equal(have, 10);
	assert_true(store_part_write(part, "long", 4, &err));
	assert_true(store_part_finish(part, &err));
	assert_true(store_object_intact(store, sha256, 14));
	hash_of("another", sha256);
	assert_true(store_part_open(store, sha256, 7, &have, &part, &err));
	store_part_keep(part);
	assert_true(store_collect(store, keep_letters, keep, &err));
	assert_int_equal(entries("part"), 0);
	store_close(store);
}

static void test_names(void **state)
{
	static const char *const names[] = {"", "..", "../../../../../../../../../../etc/passwd", "ab",
					    "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"};
	struct store_part *part;
	struct store *store;
	struct buf out = {0};
	int64_t have;
	struct err err;

	(void)state;
	make_store();
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		assert_false(store_part_open(store, names[i], 1, &have, &part, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_false(store_object_read(store, names[i], 100000, &out, &err));
		assert_false(store_object_has(store, names[i], 0));
	}
	store_close(store);
	buf_finish(&out);
}

/* S1 when the disk has lost a bit: it is seen, and writing the object again mends it. */
static void test_damaged_object(void **state)
{
	char sha256[SHA256_HEX_MAX], path[STORE_PATH_MAX + 256];
	struct store *store;
	struct buf out = {0};
	struct err err;

	(void)state;
	make_store();
	hash_of("a", sha256);
	snprintf(path, sizeof(path), "%s/objects/%.2s/%s", path_of, sha256, sha256);
	assert_true(file_write(AT_FDCWD, path, "x", 1, 0644, &err));
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	assert_false(store_object_read(store, sha256, 10, &out, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_true(store_object_has(store, sha256, 1));
	assert_false(store_object_intact(store, sha256, 1));
	assert_true(put_again(store, "a", &err));
	assert_true(store_object_read(store, sha256, 10, &out, &err));
	assert_false(store_object_read(store, sha256, 0, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	store_close(store);
	buf_finish(&out);
}

static void test_current(void **state)
{
	static const struct {
		const char *bytes;
		enum err_code code;
	} rows[] = {
		{"", ERR_CORRUPT},       {"2", ERR_CORRUPT},
		{"0\n", ERR_CORRUPT},    {"-2\n", ERR_CORRUPT},
		{"02\n", ERR_CORRUPT},   {"2\n\n", ERR_CORRUPT},
		{"../2\n", ERR_CORRUPT}, {"99999999999999999\n", ERR_CORRUPT},
		{"2\n", ERR_NONE},
	};
	char path[STORE_PATH_MAX + 16], keep[] = "abc";
	struct store *store;
	int64_t current;

	(void)state;
	make_store();
	snprintf(path, sizeof(path), "%s/current", path_of);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};

		assert_true(file_write(AT_FDCWD, path, rows[i].bytes, strlen(rows[i].bytes), 0644, &err));
		assert_true(store_open(path_of, STORE_WRITE, &store, &err));
		assert_int_equal(store_current(store, &current, &err), rows[i].code == ERR_NONE);
		assert_int_equal(err.code, rows[i].code);
		store_close(store);
		assert_int_equal(entries("generations"), 2);
	}
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("../elsewhere", path), 0);
	assert_true(store_open(path_of, STORE_READ, &store, &(struct err){0}));
	assert_false(store_current(store, &current, &(struct err){0}));
	store_close(store);
	/* Damaged: the next generation mends it, under a number never used. */
	assert_true(file_write(AT_FDCWD, path, "?", 1, 0644, &(struct err){0}));
	assert_true(add_generation("bc", keep, &(struct err){0}));
	assert_int_equal(check_store(), 3);
}

static void test_lock(void **state)
{
	struct store *writer, *other;
	struct err err;

	(void)state;
	make_store();
	assert_true(store_open(path_of, STORE_WRITE, &writer, &err));
	assert_false(store_open(path_of, STORE_WRITE, &other, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_true(store_open(path_of, STORE_READ, &other, &err));
	store_close(other);
	store_close(writer);
	assert_true(store_open(path_of, STORE_WRITE, &writer, &err));
	store_close(writer);
}

static void test_nothing_yet(void **state)
{
	struct store *store;
	int64_t number;
	struct err err;

	(void)state;
	fresh_path();
	assert_false(store_open(path_of, STORE_READ, &store, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_true(store_open(path_of, STORE_WRITE, &store, &err));
	assert_false(store_current(store, &number, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_true(store_generation_begin(store, &number, &err));
	assert_int_equal(number, 1);
	store_generation_abandon(store, number);
	assert_int_equal(entries("generations"), 0);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_bytes), cmocka_unit_test(test_names),
		cmocka_unit_test(test_resume),      cmocka_unit_test(test_keep_and_restart),
		cmocka_unit_test(test_current),     cmocka_unit_test(test_lock),
		cmocka_unit_test(test_nothing_yet), cmocka_unit_test(test_damaged_object),
		cmocka_unit_test(test_floor),       cmocka_unit_test(test_format),
		cmocka_unit_test(test_full),        cmocka_unit_test(test_order),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
