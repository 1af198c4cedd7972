/* When the server was last heard, from what the sync wrote. */
#include "kiosk/heard.h"

#include "base/array.h"
#include "screens/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

static int folder = -1;
static int errors; /* told in the log */

void __wrap_log_error(const char *format, ...);

void __wrap_log_error(const char *format, ...)
{
	(void)format;
	errors++;
}

static int set_up(void **state)
{
	char path[] = "/tmp/heard-XXXXXX";

	(void)state;
	folder = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	return folder < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
	char path[64] = "";
	char link[64];

	(void)state;
	unlinkat(folder, "status.json", 0);
	snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
	ssize_t len = readlink(link, path, sizeof path - 1);
	close(folder);
	return len > 0 && rmdir(path) == 0 ? 0 : -1;
}

static void write_status(const char *text)
{
	int fd = openat(folder, "status.json", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static int64_t look(void)
{
	struct heard heard = {0};
	int64_t utc_s = -1;

	assert_true(heard_look(&heard, folder, 5000, &utc_s));
	return utc_s;
}

static void without_a_pass_nothing_is_known(void **state)
{
	(void)state;
	assert_int_equal(look(), 0);
}

static void what_is_no_status_says_nothing(void **state)
{
	static const char *const texts[] = {"",
					    "{",
					    "[]",
					    "{\"last_good\": 7}",
					    "{\"last_good\": \"yesterday\"}",
					    "{\"last_good\": \"2026-13-01T00:00:00Z\"}",
					    "{\"time\": \"2026-11-27T07:00:00Z\"}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		write_status(texts[i]);
		assert_int_equal(look(), 0);
	}
}

static void the_last_good_pass_counts(void **state)
{
	(void)state;
	write_status("{\"time\": \"2026-11-30T07:00:00Z\", \"last_good\": \"2026-11-27T07:00:00Z\"}");
	assert_int_equal(look(), 1795762800);
	write_status("{\"time\": \"2026-11-30T07:00:00Z\", \"last_good\": \"\"}");
	assert_int_equal(look(), TERMINAL_NEVER);
}

static void it_is_looked_at_each_minute(void **state)
{
	struct heard heard = {0};
	int64_t utc_s = 0;

	(void)state;
	write_status("{\"last_good\": \"2026-11-27T07:00:00Z\"}");
	assert_true(heard_look(&heard, folder, 1000, &utc_s));
	assert_false(heard_look(&heard, folder, 1000 + HEARD_LOOK_MS - 1, &utc_s));
	write_status("{\"last_good\": \"2026-11-27T07:00:01Z\"}");
	assert_true(heard_look(&heard, folder, 1000 + HEARD_LOOK_MS, &utc_s));
	assert_int_equal(utc_s, 1795762801);
}

static void a_file_that_cannot_be_read_is_told_once(void **state)
{
	static const struct {
		const char *text; /* NULL: there is none */
		int errors;       /* by then */
	} steps[] = {{NULL, 0}, {"{", 1},  {"{", 1}, {"[", 1}, {"{\"last_good\": \"\"}", 1},
		     {"{", 2},  {NULL, 2}, {"{", 3}};
	struct heard heard = {0};
	int64_t now_ms = 1000;
	int64_t utc_s = 0;

	(void)state;
	errors = 0;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++, now_ms += HEARD_LOOK_MS) {
		if (steps[i].text)
			write_status(steps[i].text);
		else
			unlinkat(folder, "status.json", 0);
		assert_true(heard_look(&heard, folder, now_ms, &utc_s));
		assert_int_equal(errors, steps[i].errors);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_pass_nothing_is_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_status_says_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_last_good_pass_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_is_looked_at_each_minute, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_cannot_be_read_is_told_once, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
