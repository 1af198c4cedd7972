/* What staff are shown before they publish, and the file that says who they are to a server. */
#include "base/array.h"
#include "bundle/difference.h"
#include "bundle/login.h"

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

/* Paths and texts in turn, sorted by path. */
struct sample {
	const char *texts[18];
};

static struct bundle_files files_of(const struct sample *sample, struct bundle_file *list)
{
	struct bundle_files files = {list, 0};

	for (size_t i = 0; sample->texts[i]; i += 2) {
		struct bundle_file *file = &list[files.count++];

		*file = (struct bundle_file){.path = strdup(sample->texts[i])};
		assert_true(buf_append_text(&file->bytes, sample->texts[i + 1]));
	}
	return files;
}

static void release(const struct bundle_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->files[i].path);
		buf_finish(&files->files[i].bytes);
	}
}

static void expect(const struct sample *old, const struct sample *new, size_t differing, const char *text)
{
	struct bundle_file lists[2][8];
	struct bundle_files before = files_of(old, lists[0]), after = files_of(new, lists[1]);
	struct buf out = {0};
	struct err err;
	size_t count;

	assert_true(difference_tell(&before, &after, &out, &count, &err));
	assert_int_equal(count, differing);
	assert_string_equal(out.data ? out.data : "", text);
	buf_finish(&out);
	release(&before);
	release(&after);
}

static const struct sample sample = {{"bundle.json", "{}", "pages/da/daycare/costs.json", "{\"title\": \"Pris\"}",
				      "pages/da/daycare/start.json", "{\"title\": \"Start\"}",
				      "pages/en/daycare/costs.json", "{\"title\": \"Cost\"}", "places/da.json", "[]"}};

static void test_same(void **state)
{
	(void)state;
	expect(&sample, &sample, 0, "");
}

static void test_by_language(void **state)
{
	static const struct sample new = {
		{"bundle.json", "{ }", "pages/da/daycare/costs.json", "{\"title\": \"Ny pris\"}",
		 "pages/da/daycare/stop.json", "{\"title\": \"Slut\"}", "pages/uk/daycare/costs.json",
		 "{\"title\": \"Ціна\"}", "pictures/a.svg", "<svg/>", "places/da.json", "[1]"}};

	(void)state;
	expect(&sample, &new, 8,
	       "da: 1 page added, 1 changed, 1 gone\n"
	       "\tchanged  daycare/costs                Ny pris\n"
	       "\tgone     daycare/start                Start\n"
	       "\tadded    daycare/stop                 Slut\n"
	       "en: 1 page gone\n"
	       "\tgone     daycare/costs                Cost\n"
	       "uk: 1 page added\n"
	       "\tadded    daycare/costs                Ціна\n"
	       "besides:\n"
	       "\tchanged  languages, topics and their order\n"
	       "\tadded    pictures/a.svg\n"
	       "\tchanged  places (da)\n");
}

/* Odd names and documents are shown as they are, never skipped. */
static void test_odd(void **state)
{
	static const struct sample few = {{"z", ""}};
	static const struct sample odd = {{"guides/.json", "", "guides/da/", "", "pages/.json", "", "pages/da/.json",
					   "{}", "pages/da/x/y.json", "no json", "pages/x", "", "ui/.json", "{}", "z",
					   ""}};

	(void)state;
	expect(&few, &odd, 7,
	       "da: 1 page added\n"
	       "\tadded    x/y                          \n"
	       "besides:\n"
	       "\tadded    guides/.json\n"
	       "\tadded    guides/da/\n"
	       "\tadded    pages/.json\n"
	       "\tadded    pages/da/.json\n"
	       "\tadded    pages/x\n"
	       "\tadded    ui/.json\n");
}

/* What is no page is told in the words of the handbook. */
static void test_words(void **state)
{
	static const struct sample few = {{"z", ""}};
	static const struct sample new = {{"events/uk.json", "", "guides/zh-Hant/ill.json", "",
					   "phrases/da/doctor.json", "", "timetable.json", "", "ui/so.json", "", "z",
					   ""}};

	(void)state;
	expect(&few, &new, 5,
	       "besides:\n"
	       "\tadded    events (uk)\n"
	       "\tadded    guides/ill (zh-Hant)\n"
	       "\tadded    phrases/doctor (da)\n"
	       "\tadded    days of events\n"
	       "\tadded    the kiosk's own words (so)\n");
}

/* The first time everything is new. */
static void test_first(void **state)
{
	static const struct sample none = {{NULL}};

	(void)state;
	expect(&none, &sample, 5, "da: 2 pages added\nen: 1 page added\n");
}

/* ---- the login file */

static bool read_login(const char *text, mode_t mode, struct login *login, struct err *err)
{
	char path[] = "/tmp/difference_test.XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && fchmod(fd, mode) == 0);
	close(fd);
	ok = login_read(path, login, err);
	unlink(path);
	return ok;
}

static void test_login(void **state)
{
	static const struct {
		const char *text;
		mode_t mode;
		const char *fault; /* NULL: none */
	} rows[] = {
		{"", 0600, NULL},
		{"# x\n\n  user = anna\r\npassword=a b=c \nca_file =\n", 0600, NULL},
		{"user = anna\n", 0644, "others may read it"},
		{"user = anna\n", 0640, "others may read it"},
		{"user = anna\npasword = x\n", 0600, ":2: must be \"key = value\""},
		{"user\n", 0600, ":1: must be"},
		{"= x\n", 0600, ":1: must be"},
	};
	struct login login;
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool ok = read_login(rows[i].text, rows[i].mode, &login, &err);

		if (ok == (rows[i].fault != NULL) || (rows[i].fault && !strstr(err.text, rows[i].fault)))
			fail_msg("row %zu: %s", i, ok ? "taken" : err.text);
		if (rows[i].fault)
			assert_string_equal(login.password, "");
		login_finish(&login);
	}
	assert_true(read_login(rows[1].text, 0600, &login, &err));
	assert_string_equal(login.user, "anna");
	assert_string_equal(login.password, "a b=c");
	assert_string_equal(login.ca_file, "");
}

static void test_login_too_long(void **state)
{
	char text[LOGIN_TEXT_MAX + 16] = "user = ";
	struct login login;
	struct err err;

	(void)state;
	memset(text + 7, 'x', LOGIN_TEXT_MAX);
	assert_false(read_login(text, 0600, &login, &err));
	assert_non_null(strstr(err.text, "longer than"));
	text[7 + LOGIN_TEXT_MAX - 1] = '\0';
	assert_true(read_login(text, 0600, &login, &err));
	assert_int_equal(strlen(login.user), LOGIN_TEXT_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),           cmocka_unit_test(test_by_language), cmocka_unit_test(test_odd),
		cmocka_unit_test(test_words),          cmocka_unit_test(test_first),       cmocka_unit_test(test_login),
		cmocka_unit_test(test_login_too_long),
	};

	return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
