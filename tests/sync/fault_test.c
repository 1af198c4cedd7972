/* Every call of a whole pass in turn fails: writes, syncs and renames, ours and SQLite's; allocations; SQLite itself;
 * and the disk fills up at every byte where something was written. What is shown stays or is the new, and the next pass
 * completes. */
#undef _FORTIFY_SOURCE /* which would take the names that cut.h defines */

#include "base/array.h"

#include <sys/mount.h>
#include <sys/statvfs.h>

#include "cut.h"
#include "sound.h"

#define SQLITE_NOMEM_CODE 7
#define SQLITE_IOERR_CODE 10
#define SQLITE_FULL_CODE  13
#define PAGE              4096 /* bytes; what a tmpfs counts by */
#define ROOM_MAX          512  /* pages */

/* ---- calls that are replaced by the linker: allocations, and SQLite's */

static struct {
	bool on;
	long nth, calls;
	int result; /* of SQLite's */
	bool failed;
} memory, sqlite;

static bool fails_now(long nth, long calls)
{
	return calls == nth;
}

static bool memory_fails(void)
{
	return memory.on && fails_now(memory.nth, ++memory.calls);
}

static int sqlite_fails(void)
{
	sqlite.failed = sqlite.on && fails_now(sqlite.nth, ++sqlite.calls);
	return sqlite.failed ? sqlite.result : 0;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
	return memory_fails() ? NULL : __real_malloc(size);
}

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
	return memory_fails() ? NULL : __real_calloc(count, size);
}

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size)
{
	return memory_fails() ? NULL : __real_realloc(old, size);
}

void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	return memory_fails() ? NULL : __real_reallocarray(old, count, size);
}

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
char *__wrap_strdup(const char *text)
{
	return memory_fails() ? NULL : __real_strdup(text);
}

char *__real_strndup(const char *text, size_t len);
char *__wrap_strndup(const char *text, size_t len);
char *__wrap_strndup(const char *text, size_t len)
{
	return memory_fails() ? NULL : __real_strndup(text, len);
}

int __real_sqlite3_open_v2(const char *path, void **db, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, void **db, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, void **db, int flags, const char *vfs)
{
	int opened = __real_sqlite3_open_v2(path, db, flags, vfs), failed = sqlite_fails();

	return failed ? failed : opened; /* the caller closes it in any case */
}

int __real_sqlite3_exec(void *db, const char *sql, void *row, void *context, void *text);
int __wrap_sqlite3_exec(void *db, const char *sql, void *row, void *context, void *text);
int __wrap_sqlite3_exec(void *db, const char *sql, void *row, void *context, void *text)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_exec(db, sql, row, context, text);
}

int __real_sqlite3_prepare_v3(void *db, const char *sql, int len, unsigned flags, void **stmt, void *tail);
int __wrap_sqlite3_prepare_v3(void *db, const char *sql, int len, unsigned flags, void **stmt, void *tail);
int __wrap_sqlite3_prepare_v3(void *db, const char *sql, int len, unsigned flags, void **stmt, void *tail)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_prepare_v3(db, sql, len, flags, stmt, tail);
}

int __real_sqlite3_step(void *stmt);
int __wrap_sqlite3_step(void *stmt);
int __wrap_sqlite3_step(void *stmt)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_step(stmt);
}

int __real_sqlite3_bind_text(void *stmt, int column, const char *text, int len, void *release);
int __wrap_sqlite3_bind_text(void *stmt, int column, const char *text, int len, void *release);
int __wrap_sqlite3_bind_text(void *stmt, int column, const char *text, int len, void *release)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_bind_text(stmt, column, text, len, release);
}

int __real_sqlite3_bind_blob64(void *stmt, int column, const void *bytes, uint64_t len, void *release);
int __wrap_sqlite3_bind_blob64(void *stmt, int column, const void *bytes, uint64_t len, void *release);
int __wrap_sqlite3_bind_blob64(void *stmt, int column, const void *bytes, uint64_t len, void *release)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_bind_blob64(stmt, column, bytes, len, release);
}

int __real_sqlite3_bind_int64(void *stmt, int column, int64_t value);
int __wrap_sqlite3_bind_int64(void *stmt, int column, int64_t value);
int __wrap_sqlite3_bind_int64(void *stmt, int column, int64_t value)
{
	int failed = sqlite_fails();

	return failed ? failed : __real_sqlite3_bind_int64(stmt, column, value);
}

int __real_sqlite3_errcode(void *db);
int __wrap_sqlite3_errcode(void *db);
int __wrap_sqlite3_errcode(void *db)
{
	return sqlite.failed ? sqlite.result : __real_sqlite3_errcode(db);
}

/* ---- one pass, from "Aars" to "Farsø", that is to fail */

static struct cut_log before; /* the store */

static void prepare(void)
{
	first_pass();
	cut_begin(&before, here_fd, "store");
	cut_end();
	publish_town(2, "Farsø");
}

static void restore(void)
{
	struct cut_tree *tree = cut_build(&before, before.count, NULL);

	drop("store");
	cut_put(&before, tree, 0, here_fd);
	cut_tree_free(tree);
}

/* Runs it; what happened is in *err. What must hold is checked, and that the next pass completes. */
static bool run_faulty(void (*begin)(bool on), struct err *err)
{
	struct pass_report report;

	restore();
	begin(true);
	bool ok = run_at(NOW, &report, err);
	begin(false);
	check_disk("Aars", "Farsø");
	if (ok)
		expect_shown("Farsø");
	check_next_pass("Farsø");
	return ok;
}

static void switch_disk(bool on)
{
	cut.counts = on;
	if (on)
		cut.calls = 0;
}

static void switch_memory(bool on)
{
	memory.on = on;
	if (on)
		memory.calls = 0;
}

static void switch_sqlite(bool on)
{
	sqlite.on = on;
	sqlite.failed = false;
	if (on)
		sqlite.calls = 0;
}

/* ---- */

static void test_disk_calls(void **state)
{
	static const struct {
		int number;
		bool stays;
	} kinds[] = {{EIO, false}, {EIO, true}, {ENOSPC, false}, {ENOSPC, true}};
	long most = 0, failures = 0;
	struct err err;

	(void)state;
	prepare();
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		cut.number = kinds[i].number;
		cut.stays = kinds[i].stays;
		cut.nth = 0;
		do {
			cut.nth++;
			failures += !run_faulty(switch_disk, &err);
		} while (cut.calls >= cut.nth);
		most = cut.nth > most ? cut.nth : most;
	}
	cut.nth = 0;
	cut_free(&before);
	print_message("# %ld calls that write, %ld passes failed\n", most - 1, failures);
	assert_true(most > 40 && failures > 100);
}

/* The disk is full after so many bytes: at each write's first byte, and within it. */
static void test_full(void **state)
{
	static struct cut_log log;
	struct err err;
	int64_t room = 0;
	long full = 0;

	(void)state;
	prepare();
	restore();
	cut_begin(&log, here_fd, "store");
	run_well();
	cut_end();
	for (size_t i = log.begin; i < log.count; i++) {
		if (log.ops[i].kind != CUT_WRITE)
			continue;
		for (int64_t within = 0; within <= 1; within++) {
			cut.room = room + within * ((int64_t)log.ops[i].len / 2);
			if (run_faulty(switch_disk, &err))
				fail_msg("went well with %lld bytes", (long long)room);
			assert_int_equal(err.code, ERR_FULL);
			full++;
		}
		room += (int64_t)log.ops[i].len;
	}
	cut.room = room;
	assert_true(run_faulty(switch_disk, &err));
	cut.room = -1;
	cut_free(&log);
	cut_free(&before);
	print_message("# full after 0 to %lld bytes: %ld times\n", (long long)room, full);
	assert_true(full > 20);
}

static void test_memory(void **state)
{
	long failures = 0;
	struct err err;

	(void)state;
	prepare();
	memory.nth = 0;
	do {
		memory.nth++;
		if (!run_faulty(switch_memory, &err))
			failures++;
	} while (memory.calls >= memory.nth);
	cut_free(&before);
	print_message("# %ld allocations, %ld passes failed\n", memory.nth - 1, failures);
	assert_true(failures > 50);
}

static void test_sqlite(void **state)
{
	static const int results[] = {SQLITE_FULL_CODE, SQLITE_IOERR_CODE, SQLITE_NOMEM_CODE};
	long failures = 0;
	struct err err;

	(void)state;
	prepare();
	for (size_t i = 0; i < ARRAY_LEN(results); i++) {
		sqlite.result = results[i];
		sqlite.nth = 0;
		do {
			sqlite.nth++;
			if (!run_faulty(switch_sqlite, &err))
				failures++;
		} while (sqlite.calls >= sqlite.nth);
	}
	cut_free(&before);
	print_message("# %ld calls of SQLite, %ld passes failed\n", sqlite.nth - 1, failures);
	assert_true(failures > 50);
}

/* ---- a real disk that is full */

static bool mount_pages(const char *path, unsigned long flags, int64_t pages)
{
	char options[64];

	snprintf(options, sizeof(options), "size=%lld,mode=755", (long long)pages * PAGE);
	return mount("tmpfs", path, "tmpfs", flags, options) == 0;
}

/* A file system in memory with room for ever more pages beside what is shown. */
static void test_full_tmpfs(void **state)
{
	char path[TEXT + 8];
	struct statvfs is;
	struct pass_report report;
	struct err err = {0};
	int full = 0;
	bool ok = false;

	(void)state;
	fresh_case();
	snprintf(path, sizeof(path), "%s/store", here);
	assert_int_equal(mkdir(path, 0755), 0);
	if (!mount_pages(path, 0, 4 * ROOM_MAX)) {
		print_message(
			"# skipped: a tmpfs cannot be mounted here (%s); test_full has tried a disk of that kind\n",
			strerror(errno));
		skip();
	}
	publish_town(1, "Aars");
	run_well();
	publish_town(2, "Farsø");
	assert_int_equal(statvfs(path, &is), 0);
	for (int64_t pages = 0; !ok && pages < ROOM_MAX; pages++) {
		assert_true(mount_pages(path, MS_REMOUNT, (int64_t)(is.f_blocks - is.f_bfree) + pages));
		ok = run_at(NOW, &report, &err);
		check_disk("Aars", "Farsø");
		if (!ok)
			assert_int_equal(err.code, ERR_FULL);
		full += !ok;
	}
	assert_true(ok);
	expect_shown("Farsø");
	check_next_pass("Farsø");
	assert_int_equal(umount2(path, MNT_DETACH), 0);
	print_message("# a tmpfs with 0 to %d pages left\n", full);
	assert_true(full > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disk_calls), cmocka_unit_test(test_full),       cmocka_unit_test(test_memory),
		cmocka_unit_test(test_sqlite),     cmocka_unit_test(test_full_tmpfs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
