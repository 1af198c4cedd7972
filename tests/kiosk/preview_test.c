/* What is put on the screen of what stands in a file of remarks: the whole of it or nothing. */
#include "kiosk/preview.h"

#include "base/array.h"
#include "base/file.h"
#include "screens/screen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NAME "/tmp/preview_test.XXXXXX"

static struct terminal *new_terminal(void)
{
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct terminal_setup setup = {.share = share ? share : "build/share", .idle = {120000, 30000}};
	struct terminal *terminal;
	struct err err;

	if (!terminal_create(&setup, &terminal, &err))
		fail_msg("%s", err.text);
	return terminal;
}

/* Whether the next frame is another than the last. */
static bool changes(struct terminal *terminal)
{
	pixman_region32_t changed;
	struct clock now = {.mono_ms = 1000, .utc_s = 1700000000};
	struct err err;

	pixman_region32_init(&changed);
	assert_true(terminal_record(terminal, now, 1080, 1920, &changed, &err));
	bool any = pixman_region32_not_empty(&changed);
	pixman_region32_fini(&changed);
	return any;
}

static bool shows(struct terminal *terminal, const char *text)
{
	char path[] = NAME;
	struct err err;
	int file = mkstemp(path);

	assert_true(file >= 0);
	close(file);
	assert_true(file_write(AT_FDCWD, path, text, strlen(text), 0644, &err));
	preview_remark(path, terminal);
	unlink(path);
	return changes(terminal);
}

static void test_remarks_are_shown_whole_or_not_at_all(void **state)
{
	static const char *const nothing[] = {
		"",
		"[]",
		"{\"remarks\": 1}",
		"{\"remarks\": [{\"place\": \"a\"}]}",
		"{\"remarks\": [{\"place\": \"a\", \"text\": \"b\"}, {\"place\": \"c\"}]}",
		"{\"remarks\": [1]}",
		"{\"remarks\": "
		"[{\"place\":\"\",\"text\":\"1\"},{\"place\":\"\",\"text\":\"2\"},{\"place\":\"\",\"text\":\"3\"},"
		"{\"place\":\"\",\"text\":\"4\"},{\"place\":\"\",\"text\":\"5\"}]}",
	};
	struct terminal *terminal = new_terminal();

	(void)state;
	changes(terminal);
	assert_false(changes(terminal));
	preview_remark("/nowhere/remarks.json", terminal);
	assert_false(changes(terminal));
	for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
		if (shows(terminal, nothing[i]))
			fail_msg("shown: %s", nothing[i]);
	assert_true(shows(terminal, "{\"remarks\": [{\"place\": \"kiosk.conf:3\", \"text\": \"æ\"}]}"));
	assert_true(shows(terminal, "{\"remarks\": []}"));
	terminal_destroy(terminal);
}

static void test_faults_are_remarks(void **state)
{
	static const struct {
		const char *faults, *remarks;
	} alike[] = {
		{"kiosk.conf:3: æ: b", "{\"remarks\": [{\"place\": \"kiosk.conf:3\", \"text\": \"æ: b\"}]}"},
		{"a: 1\n2\n3\n4\n5", "{\"remarks\": [{\"place\":\"a\",\"text\":\"1\"},{\"place\":\"\",\"text\":\"2\"},"
				     "{\"place\":\"\",\"text\":\"3\"},{\"place\":\"\",\"text\":\"4\"}]}"},
	};
	struct terminal *terminal = new_terminal();

	(void)state;
	changes(terminal);
	for (size_t i = 0; i < ARRAY_LEN(alike); i++) {
		preview_faults(alike[i].faults, terminal);
		assert_true(changes(terminal));
		assert_false(shows(terminal, alike[i].remarks));
	}
	terminal_destroy(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_remarks_are_shown_whole_or_not_at_all),
		cmocka_unit_test(test_faults_are_remarks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
