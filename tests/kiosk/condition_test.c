/* What the staff's page is told of the files on the disk, good and hostile, and how content is asked for. */
#include "kiosk/condition.h"

#include "base/array.h"
#include "base/file.h"
#include "base/standing.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define PASS(result, rest) \
	"{\"time\": \"2027-01-15T08:00:00Z\", \"result\": \"" result "\", \"sentence\": \"it said\", \"last_good\": " \
	"\"2027-01-14T08:00:00Z\", \"duration_ms\": 5, \"mirror\": \"https://a\", \"clock\": \"right\", " \
	"\"clock_behind_s\": 0" rest "}"

static const struct clock start = {.mono_ms = 5000, .utc_s = 1800000000};
static char root[] = "/tmp/vejviser-condition-XXXXXX";
static struct store *store;
static struct condition condition;

static int set_up(void **state)
{
	struct err err;

	(void)state;
	snprintf(root, sizeof root, "/tmp/vejviser-condition-XXXXXX");
	condition = (struct condition){0};
	return mkdtemp(root) && store_open(root, STORE_WRITE, &store, &err) &&
			       mkdirat(store_dir(store), "firmware", 0755) == 0
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	struct err err;

	(void)state;
	condition_finish(&condition);
	store_close(store);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

static void put(const char *file, const char *text)
{
	struct err err;

	assert_true(file_write(store_dir(store), file, text, strlen(text), 0644, &err));
}

static const struct staff_state *look(void)
{
	return condition_look(&condition, &(struct condition_store){store, 3, ""}, start);
}

static void test_nothing_is_known(void **state)
{
	const struct staff_state *seen =
		condition_look(&condition, &(struct condition_store){NULL, -1, "it is gone"}, start);

	(void)state;
	assert_int_equal(seen->generation, 0);
	assert_int_equal(strlen(seen->version), strlen("2026.11.26.1301"));
	assert_int_equal(strspn(seen->version, "0123456789."), strlen(seen->version));
	assert_null(seen->sentence);
	assert_null(seen->running);
	assert_null(seen->unread);
	assert_string_equal(seen->empty, "it is gone");
	assert_int_equal(seen->all_bytes, 0);
	seen = look();
	assert_null(seen->empty);
	assert_null(seen->unread); /* a file that is not there is no fault */
	assert_int_equal(seen->generation, 3);
	assert_true(seen->free_bytes > 0 && seen->all_bytes >= seen->free_bytes);
}

static void test_what_the_files_say(void **state)
{
	static const struct {
		const char *other;
		enum staff_slot slot;
	} slots[] = {
		{"", STAFF_SLOT_NONE},
		{", \"other\": \"2.0\", \"other_state\": \"new\"", STAFF_SLOT_NEW},
		{", \"other\": \"2.0\", \"other_state\": \"good\"", STAFF_SLOT_GOOD},
		{", \"other\": \"2.0\", \"other_state\": \"bad\", \"update\": \"refused\"", STAFF_SLOT_BAD},
		{", \"other\": \"2.0\", \"other_state\": \"odd\"", STAFF_SLOT_NONE},
		{", \"other_state\": \"bad\"", STAFF_SLOT_NONE},
	};

	(void)state;
	put("status.json", PASS("same", ""));
	const struct staff_state *seen = look();
	assert_string_equal(seen->sentence, "it said");
	assert_true(seen->passed_well);
	assert_string_equal(seen->mirror, "https://a");
	assert_int_equal(seen->passed_utc_s, 1800000000);
	assert_int_equal(seen->good_utc_s, 1800000000 - 86400);
	put("status.json", PASS("network", ""));
	assert_false(look()->passed_well);
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		char text[256];
		snprintf(text, sizeof text, "{\"running\": \"1.0\", \"slot\": \"a\"%s}", slots[i].other);
		put(STANDING_FIRMWARE_FILE, text);
		seen = look();
		assert_null(seen->unread);
		assert_string_equal(seen->running, "1.0");
		assert_int_equal(seen->other_state, slots[i].slot);
	}
}

/* One bad file is told, and takes nothing of the other away. */
static void test_hostile_files(void **state)
{
	static const char *const files[] = {
		"",
		"?",
		"[]",
		"{}",
		"{\"time\": 5}",
		PASS("same", "}, {"),
		PASS("same", ", \"time\": \"again\""),
		PASS("a result that is longer than any name of one can ever be", ""),
	};
	static char large[STANDING_PASS_BYTES_MAX + 2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		put(STANDING_FIRMWARE_FILE, "{\"running\": \"1.0\", \"slot\": \"a\"}");
		put("status.json", files[i]);
		const struct staff_state *seen = look();
		assert_null(seen->sentence);
		assert_false(seen->passed_well);
		assert_non_null(seen->unread);
		assert_non_null(strstr(seen->unread, "status.json"));
		assert_string_equal(seen->running, "1.0");
		put("status.json", PASS("new", ""));
		put(STANDING_FIRMWARE_FILE, files[i]);
		seen = look();
		assert_null(seen->running);
		assert_non_null(strstr(seen->unread, "firmware/state.json"));
		assert_string_equal(seen->sentence, "it said");
	}
	put(STANDING_FIRMWARE_FILE, "{\"running\": \"1.0\", \"slot\": \"a\"}");
	memset(large, ' ', sizeof large - 1);
	put("status.json", large);
	assert_non_null(strstr(look()->unread, "status.json"));
	/* A time that is none is no time. */
	put("status.json",
	    "{\"time\": \"soon\", \"result\": \"new\", \"sentence\": \"s\", \"last_good\": \"\", \"duration_ms\": 5, "
	    "\"mirror\": \"\", \"clock\": \"x\", \"clock_behind_s\": 9}");
	assert_int_equal(look()->passed_utc_s, 0);
	assert_int_equal(look()->clock_behind_s, 9);
	assert_int_equal(unlinkat(store_dir(store), "status.json", 0), 0);
	assert_int_equal(mkfifoat(store_dir(store), "status.json", 0644), 0); /* nobody waits for it */
	assert_non_null(look()->unread);
}

static bool is_there(const char *file)
{
	return faccessat(store_dir(store), file, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static void test_content_is_asked_for(void **state)
{
	struct clock now = start;

	(void)state;
	assert_int_equal(look()->fetch, STAFF_FETCH_NONE);
	condition_fetch(&condition, now); /* nowhere to ask */
	assert_false(is_there(CONDITION_FILE));
	condition.folder = root;
	put("status.json", PASS("same", ""));
	assert_int_equal(look()->fetch, STAFF_FETCH_READY);
	condition_fetch(&condition, now);
	assert_true(is_there(CONDITION_FILE));
	assert_int_equal(look()->fetch, STAFF_FETCH_ASKED);
	condition_fetch(&condition, now); /* twice is once */
	assert_int_equal(look()->fetch, STAFF_FETCH_ASKED);
	/* A pass has ended, with as long a file as before. */
	put("status.json", PASS("zame", ""));
	assert_int_equal(look()->fetch, STAFF_FETCH_READY);
	/* Or it is the first of all. */
	assert_int_equal(unlinkat(store_dir(store), "status.json", 0), 0);
	assert_int_equal(look()->fetch, STAFF_FETCH_READY);
	condition_fetch(&condition, now);
	assert_int_equal(look()->fetch, STAFF_FETCH_ASKED);
	put("status.json", PASS("network", ""));
	assert_int_equal(look()->fetch, STAFF_FETCH_READY);

	condition_fetch(&condition, now);
	now.mono_ms += CONDITION_WAIT_MS - 1;
	assert_int_equal(condition_look(&condition, &(struct condition_store){store, 3, ""}, now)->fetch,
			 STAFF_FETCH_ASKED);
	now.mono_ms++;
	assert_int_equal(condition_look(&condition, &(struct condition_store){store, 3, ""}, now)->fetch,
			 STAFF_FETCH_FAILED);
	condition_fetch(&condition, now);
	assert_int_equal(condition_look(&condition, &(struct condition_store){store, 3, ""}, now)->fetch,
			 STAFF_FETCH_ASKED);
}

static void test_where_nothing_can_be_made(void **state)
{
	struct clock now = start;
	struct err err;

	(void)state;
	condition.folder = "/nonexistent";
	condition_fetch(&condition, now);
	assert_int_equal(look()->fetch, STAFF_FETCH_FAILED);
	/* A link leads nowhere else. */
	condition.folder = root;
	assert_int_equal(symlinkat("elsewhere", store_dir(store), CONDITION_FILE), 0);
	condition_fetch(&condition, now);
	assert_int_equal(look()->fetch, STAFF_FETCH_FAILED);
	assert_false(is_there("elsewhere"));
	assert_true(file_remove(store_dir(store), CONDITION_FILE, &err));
	condition_fetch(&condition, now);
	assert_int_equal(look()->fetch, STAFF_FETCH_ASKED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_is_known),     TEST(test_what_the_files_say),        TEST(test_hostile_files),
		TEST(test_content_is_asked_for), TEST(test_where_nothing_can_be_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
