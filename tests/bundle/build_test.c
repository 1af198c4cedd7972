/* From a folder of content to a bundle's files, and the commands check and build as staff run them. */
#include "bundle/build.h"
#include "bundle/check.h"
#include "sample.h"

#include <sys/stat.h>

static const struct bundle_file *find(const struct bundle_files *files, const char *path)
{
	size_t i = 0;

	while (i < files->count && strcmp(files->files[i].path, path) != 0)
		i++;
	if (i == files->count)
		fail_msg("there is no %s", path);
	return &files->files[i];
}

static void build(const struct sample *sample, struct bundle_files *files)
{
	struct faults faults = {0};
	struct err err = {0};

	if (!build_files(sample->content, sample->folder, files, &faults, &err))
		fail_msg("%s", err.text);
	faults_finish(&faults);
}

static void test_files(void **state)
{
	static const char *const paths[] = {
		"alts/ar.json",
		"alts/da.json",
		"alts/en.json",
		"bundle.json",
		"events/ar.json",
		"events/da.json",
		"events/en.json",
		"guides/ar/ill.json",
		"guides/da/ill.json",
		"guides/en/ill.json",
		"notices/ar.json",
		"notices/da.json",
		"notices/en.json",
		"pages/ar/daycare/costs.json",
		"pages/ar/daycare/start.json",
		"pages/da/daycare/costs.json",
		"pages/da/daycare/start.json",
		"pages/en/daycare/costs.json",
		"pages/en/daycare/start.json",
		"paths/ar/new.json",
		"paths/da/new.json",
		"paths/en/new.json",
		"phrases/ar/doctor.json",
		"phrases/da/doctor.json",
		"phrases/en/doctor.json",
		"pictures/play.svg",
		"pictures/topic.svg",
		"places/ar.json",
		"places/da.json",
		"places/en.json",
		"stories/ar/day.json",
		"stories/da/day.json",
		"stories/en/day.json",
		"timetable.json",
		"topics/ar.json",
		"topics/da.json",
		"topics/en.json",
		"ui/ar.json",
		"ui/da.json",
		"ui/en.json",
	};
	struct sample sample;
	struct bundle_files files;

	(void)state;
	sample_create(&sample, NULL);
	build(&sample, &files);
	assert_int_equal(files.count, ARRAY_LEN(paths));
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		assert_string_equal(files.files[i].path, paths[i]);
	bundle_files_finish(&files);
	sample_remove(&sample);
}

static void test_page(void **state)
{
	struct sample sample;
	struct bundle_files files;
	struct arena arena = {0};
	struct err err = {0};
	struct page page;

	(void)state;
	sample_create(&sample, NULL);
	build(&sample, &files);
	const struct bundle_file *file = find(&files, "pages/ar/daycare/costs.json");
	assert_true(page_parse(file->bytes.data, file->bytes.len, &arena, &page, &err));
	assert_true(page.translation == TRANSLATION_UNCHECKED && page.minutes == 1);
	/* From the Danish file. */
	assert_string_equal(page.icon, "coins");
	assert_string_equal(page.valid_to, "2027-11-01");
	assert_string_equal(page.contact, "kommunen");
	assert_string_equal(page.related[0], "daycare/start");
	assert_string_equal(page.facts[0].icon, "clock");
	/* The span still covers the number and the word before it, and the date is isolated. */
	const struct rich *step = &page.blocks[2].items[0].text;
	assert_string_equal(step->text, "اتصل بالرقم \u2066"
					"99\u00a0"
					"66\u00a0"
					"70\u00a0"
					"00\u2069 الآن، أو يوم \u2066"
					"2026-11-01\u2069.");
	assert_int_equal(step->span_count, 1);
	assert_memory_equal(step->text + step->spans[0].start,
			    "بالرقم \u2066"
			    "99",
			    strlen("بالرقم \u2066"
				   "99"));
	assert_memory_equal(step->text + step->spans[0].start + step->spans[0].len, "\u2069 ", strlen("\u2069 "));
	/* Left to right only the number is kept together. */
	file = find(&files, "pages/en/daycare/costs.json");
	assert_true(page_parse(file->bytes.data, file->bytes.len, &arena, &page, &err));
	assert_string_equal(page.blocks[2].items[0].text.text, "Call +45\u00a0"
							       "99\u00a0"
							       "66\u00a0"
							       "70\u00a0"
							       "00. It is free.");
	assert_true(page.translation == TRANSLATION_CHECKED);
	bundle_files_finish(&files);
	arena_finish(&arena);
	sample_remove(&sample);
}

static void test_place(void **state)
{
	struct sample sample;
	struct bundle_files files;
	struct arena arena = {0};
	struct err err = {0};
	struct places places;

	(void)state;
	sample_create(&sample, NULL);
	build(&sample, &files);
	const struct bundle_file *file = find(&files, "places/ar.json");
	assert_true(places_parse(file->bytes.data, file->bytes.len, &arena, &places, &err));
	assert_string_equal(places.places[0].phone, "\u2066"
						    "99\u00a0"
						    "66\u00a0"
						    "70\u00a0"
						    "00\u2069");
	assert_string_equal(places.places[0].address, "\u2066Himmerlandsgade\u00a0"
						      "27, 9600\u00a0"
						      "Aars\u2069");
	assert_string_equal(places.places[0].web, "www.vesthimmerland.dk");
	file = find(&files, "places/da.json");
	assert_true(places_parse(file->bytes.data, file->bytes.len, &arena, &places, &err));
	assert_string_equal(places.places[0].phone, "99\u00a0"
						    "66\u00a0"
						    "70\u00a0"
						    "00");
	bundle_files_finish(&files);
	arena_finish(&arena);
	sample_remove(&sample);
}

/* A sentence of the source is one object to fetch, not one in every language. */
static void test_change_of_one_sentence(void **state)
{
	struct sample_change change = {"content/topics/daycare/start/da.md", "summary: ", "summary: Noget nyt. #"};
	struct sample sample;
	struct bundle_files before, after;

	(void)state;
	sample_create(&sample, NULL);
	build(&sample, &before);
	sample_remove(&sample);
	sample_create(&sample, &change);
	build(&sample, &after);
	assert_int_equal(before.count, after.count);
	for (size_t i = 0; i < before.count; i++) {
		const struct buf *old = &before.files[i].bytes, *new = &after.files[i].bytes;
		bool same = old->len == new->len &&memcmp(old->data, new->data, old->len) == 0;
		assert_int_equal(same, strcmp(before.files[i].path, "pages/da/daycare/start.json") != 0);
	}
	bundle_files_finish(&before);
	bundle_files_finish(&after);
	sample_remove(&sample);
}

/* A translation made from an older source says so; a page without a translation is not there. */
static void test_old_and_missing_translations(void **state)
{
	struct sample_change old = {"content/topics/daycare/start/en.md", "made_from: ", "made_from: 12345678 #"};
	struct sample_change missing = {"content/topics/daycare/start/en.md", NULL, NULL};
	struct sample sample;
	struct bundle_files files;
	struct arena arena = {0};
	struct err err = {0};
	struct page page;

	(void)state;
	sample_create(&sample, &old);
	build(&sample, &files);
	const struct bundle_file *file = find(&files, "pages/en/daycare/start.json");
	assert_true(page_parse(file->bytes.data, file->bytes.len, &arena, &page, &err));
	assert_string_equal(page.revision, "12345678");
	bundle_files_finish(&files);
	sample_remove(&sample);
	sample_create(&sample, &missing);
	build(&sample, &files);
	for (size_t i = 0; i < files.count; i++)
		assert_string_not_equal(files.files[i].path, "pages/en/daycare/start.json");
	bundle_files_finish(&files);
	arena_finish(&arena);
	sample_remove(&sample);
}

/* Nothing of the list of corrections gets in. */
static void test_same_bytes(void **state)
{
	struct sample_change corrections = {"content/corrections/en.md", NULL, "what was read again\n"};
	struct sample samples[2];
	struct bundle_files files[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		sample_create(&samples[i], i == 0 ? NULL : &corrections);
		build(&samples[i], &files[i]);
	}
	assert_int_equal(files[0].count, files[1].count);
	for (size_t i = 0; i < files[0].count; i++) {
		assert_string_equal(files[0].files[i].path, files[1].files[i].path);
		assert_int_equal(files[0].files[i].bytes.len, files[1].files[i].bytes.len);
		assert_memory_equal(files[0].files[i].bytes.data, files[1].files[i].bytes.data,
				    files[0].files[i].bytes.len);
	}
	for (size_t i = 0; i < 2; i++) {
		bundle_files_finish(&files[i]);
		sample_remove(&samples[i]);
	}
}

static void test_errors_give_nothing(void **state)
{
	struct sample_change change = {"content/site.yaml", "format: 1", "format: 2"};
	struct sample sample;
	struct bundle_files files;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, &change);
	assert_false(build_files(sample.content, sample.folder, &files, &faults, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	assert_string_equal(err.text, "the content has 1 error");
	assert_int_equal(faults.errors, 1);
	assert_true(files.count == 0 && !files.files);
	faults_finish(&faults);
	sample_remove(&sample);
}

/* The exit status of a command; what it prints goes nowhere. `words` ends with NULL. */
static int status_of(int (*command)(int argc, char **argv), const char *const *words)
{
	char *argv[10] = {0};
	int argc = 0;
	int out = dup(STDOUT_FILENO);
	int err = dup(STDERR_FILENO);
	int nowhere = open("/dev/null", O_WRONLY);

	for (; words[argc]; argc++)
		argv[argc] = strdup(words[argc]);
	fflush(NULL);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	int status = command(argc, argv);
	fflush(NULL);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	close(nowhere);
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return status;
}

#define RUN(command, ...) status_of(command, (const char *const[]){__VA_ARGS__, NULL})

static void test_command_check(void **state)
{
	struct sample_change change = {"content/site.yaml", "format: 1", "format: 2"};
	struct sample_change warning = {"content/topics/daycare/start/en.md", NULL, NULL};
	struct sample sample;

	(void)state;
	sample_create(&sample, &warning);
	assert_int_equal(RUN(command_check, "check", sample.content, "--share", sample.folder), 0);
	assert_int_equal(RUN(command_check, "check", sample.content, "--share", "/nowhere/at/all"), 2);
	assert_int_equal(RUN(command_check, "check", "/nowhere/at/all", "--share", sample.folder), 2);
	assert_int_equal(RUN(command_check, "check"), 2);
	assert_int_equal(RUN(command_check, "check", "--what"), 2);
	assert_int_equal(RUN(command_check, "check", "--help"), 0);
	sample_remove(&sample);
	sample_create(&sample, &change);
	assert_int_equal(RUN(command_check, "check", sample.content, "--share", sample.folder), 1);
	sample_remove(&sample);
}

static void test_command_build(void **state)
{
	struct sample_change change = {"content/site.yaml", "format: 1", "format: 2"};
	struct sample sample;
	char out[96];
	char file[128];
	struct stat is;

	(void)state;
	sample_create(&sample, NULL);
	snprintf(out, sizeof(out), "%s/out", sample.folder);
	snprintf(file, sizeof(file), "%s/pages/ar/daycare/costs.json", out);
	assert_int_equal(RUN(command_build, "build", sample.content, "--share", sample.folder), 2);
	assert_int_equal(RUN(command_build, "build", sample.content, "--out", out, "--share", sample.folder), 0);
	assert_true(stat(file, &is) == 0 && is.st_size > 1000);
	/* Never over what is there, and nothing is left beside it. */
	assert_int_equal(RUN(command_build, "build", sample.content, "--out", out, "--share", sample.folder), 2);
	snprintf(file, sizeof(file), "%s/.out.new", sample.folder);
	assert_int_equal(access(file, F_OK), -1);
	snprintf(out, sizeof(out), "%s/nowhere/out", sample.folder);
	assert_int_equal(RUN(command_build, "build", sample.content, "--out", out, "--share", sample.folder), 2);
	sample_remove(&sample);
	sample_create(&sample, &change);
	snprintf(out, sizeof(out), "%s/out", sample.folder);
	assert_int_equal(RUN(command_build, "build", sample.content, "--out", out, "--share", sample.folder), 1);
	assert_int_equal(access(out, F_OK), -1);
	sample_remove(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_change_of_one_sentence),
		cmocka_unit_test(test_old_and_missing_translations),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_errors_give_nothing),
		cmocka_unit_test(test_command_check),
		cmocka_unit_test(test_command_build),
	};

	return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
