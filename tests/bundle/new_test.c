/* Everything that `new` makes is accepted by the check and builds, disturbs no other file, and overwrites nothing. */
#include "bundle/build.h"
#include "bundle/new.h"
#include "sample.h"

#include <sys/stat.h>

static const char *share(void)
{
	return getenv("VEJVISER_TEST_SHARE");
}

/* A command line, its words parted by a space; "@" is the folder. */
static int command(const char *folder, const char *line)
{
	struct buf text = {0};
	char *argv[16];
	int argc = 0;

	for (; *line; line++)
		if (*line == '@' ? !buf_append_text(&text, folder) : !buf_append(&text, line, 1))
			fail();
	if (!buf_printf(&text, " --share %s", share()))
		fail();
	for (char *word = strtok(text.data, " "); word && argc < 15; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	int status = command_new(argc, argv);
	buf_finish(&text);
	return status;
}

static void expect_builds(const char *folder, size_t most_warnings)
{
	char content[80];
	struct faults faults = {0};
	struct bundle_files files = {0};
	struct err err = {0};

	snprintf(content, sizeof(content), "%s/content", folder);
	bool ok = build_files(content, share(), &files, &faults, &err);
	for (size_t i = 0; i < faults.count; i++)
		print_message("%s:%zu: %s\n", faults.faults[i].path, faults.faults[i].line, faults.faults[i].text);
	if (!ok)
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	assert_in_range(faults.warnings, 0, most_warnings);
	assert_in_range(files.count, 8, 100);
	bundle_files_finish(&files);
	faults_finish(&faults);
}

static char *read_text(const char *folder, const char *path)
{
	struct buf bytes = {0};
	struct err err = {0};
	char full[256];

	snprintf(full, sizeof(full), "%s/content/%s", folder, path);
	return file_read(AT_FDCWD, full, 1u << 20, &bytes, &err) ? bytes.data : NULL;
}

static void expect_text(const char *folder, const char *path, const char *part)
{
	char *text = read_text(folder, path);

	if (!text || !strstr(text, part))
		fail_msg("%s lacks %s\n%s", path, part, text ? text : "(missing)");
	free(text);
}

static void make_folder(char folder[48])
{
	setenv("SOURCE_DATE_EPOCH", SAMPLE_DAY, 1);
	strcpy(folder, "/tmp/new_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
}

static void remove_folder(const char *folder)
{
	struct err err = {0};

	assert_true(file_remove(AT_FDCWD, folder, &err));
}

static const struct {
	const char *line, *file, *list, *listed;
} kinds[] = {
	{"new topic health --title Sundhed --content @/content", "topics/health/topic.yaml", "site.yaml",
	 "topics: [welcome, health]"},
	{"new page health/teeth --title Tænder --icon pill --content @/content", "topics/health/teeth/da.md",
	 "topics/health/topic.yaml", "pages: [start, teeth]"},
	{"new place library --title Biblioteket --content @/content", "places/library.yaml", NULL, NULL},
	{"new phrases dentist --title Tandlæge --content @/content", "phrases/dentist/da.yaml", "site.yaml",
	 "phrases: [dentist]"},
	{"new guide passport --title Pas: --content @/content", "guides/passport/da.yaml", "site.yaml",
	 "guides: [passport]"},
	{"new path baby --title 'Baby' --content @/content", "paths/baby/da.yaml", "site.yaml", "paths: [baby]"},
	{"new story first --title Først --content @/content", "stories/first/da.yaml", "site.yaml", "stories: [first]"},
	{"new event open-day --title Åbent, --content @/content", "events/open-day.ics", NULL, NULL},
	{"new notice water --title #Vand --content @/content", "notices/water/da.yaml", NULL, NULL},
};

static void test_kinds(void **state)
{
	char folder[48];
	(void)state;

	make_folder(folder);
	assert_int_equal(command(folder, "new site @/content --title Vesthimmerland"), 0);
	expect_builds(folder, 0);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		assert_int_equal(command(folder, kinds[i].line), 0);
		char *before = read_text(folder, kinds[i].file);
		assert_non_null(before);
		if (kinds[i].list)
			expect_text(folder, kinds[i].list, kinds[i].listed);
		expect_builds(folder, 0);
		assert_int_equal(command(folder, kinds[i].line), 1); /* never over what is there */
		char *after = read_text(folder, kinds[i].file);
		assert_string_equal(before, after);
		free(before);
		free(after);
	}
	expect_text(folder, "site.yaml", "# the home screen. \"vejviser-bundle new\" adds to the lists.\nformat: 1\n");
	remove_folder(folder);
}

static void test_languages(void **state)
{
	char folder[48];
	(void)state;

	make_folder(folder);
	assert_int_equal(command(folder, "new site @/content --title Vesthimmerland"), 0);
	/* Its words come with the programs: it is there at once. */
	assert_int_equal(command(folder, "new language ar --content @/content"), 0);
	expect_text(folder, "site.yaml",
		    "  - {code: da, name: Dansk}\n  - {code: ar, name: العربية, direction: rtl}\ntopics");
	expect_builds(folder, 10);
	/* They do not: it waits, and the folder can be published meanwhile. */
	assert_int_equal(command(folder, "new language sv --content @/content"), 0);
	expect_text(folder, "site.yaml", "direction: rtl}\n  # - {code: sv, name: svenska}\ntopics");
	expect_text(folder, "ui/sv.po", "\"Plural-Forms: nplurals=2; plural=n != 1;\\n\"");
	expect_text(folder, "ui/sv.po",
		    "msgid \"%d minute\"\nmsgid_plural \"%d minutes\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n");
	expect_builds(folder, 10);
	assert_int_equal(command(folder, "new language sv --content @/content"), 1);
	assert_int_equal(command(folder, "new language da --content @/content"), 1);
	assert_int_equal(command(folder, "new language xx --content @/content"), 1);
	assert_int_equal(command(folder, "new language ../x --content @/content"), 1);
	assert_int_equal(command(folder, "new language lb --content @/content"), 1); /* how it counts is not known */
	assert_null(read_text(folder, "ui/lb.po"));
	remove_folder(folder);
}

static void test_refused(void **state)
{
	static const char *const lines[] = {
		"new page nowhere/x --title A --content @/content",
		"new page welcome --title A --content @/content",
		"new page welcome/start --title A --content @/content",
		"new page ../x/y --title A --content @/content",
		"new topic A --title A --content @/content",
		"new topic aa --title 1234567890123456789012345678901 --content @/content",
		"new place aa --title A\x01 --content @/content",
		"new place aa --title A --icon nosuch --content @/content",
		"new place aa --title A --icon ../a --content @/content",
		"new place aa --title A --content @/none",
		"new site @/content --title A",
	};
	char folder[48];
	(void)state;

	make_folder(folder);
	assert_int_equal(command(folder, "new site @/content --title Vesthimmerland"), 0);
	char *site = read_text(folder, "site.yaml");
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (command(folder, lines[i]) != 1)
			fail_msg("%s", lines[i]);
	assert_int_equal(command(folder, "new"), 2);
	assert_int_equal(command(folder, "new pages x --title A"), 2);
	assert_int_equal(command(folder, "new page x y --title A"), 2);
	char *after = read_text(folder, "site.yaml");
	assert_string_equal(site, after);
	expect_builds(folder, 0);
	free(site);
	free(after);
	remove_folder(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_kinds), cmocka_unit_test(test_languages),
					   cmocka_unit_test(test_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
