/* A corpus of what staff do wrong: small folders of content with one fault each, and every line that check tells.
 *
 * tests/bundle/corpus/<kind>.txt holds the cases, changes to the sample of sample.h:
 *
 *	== a digit too few                          what went wrong
 *	@ places/kommunen.yaml                      the file, in content/
 *	- phone: 99 66 70 00                        the words that stand in it,
 *	+ phone: 99 66 70 0                         and what stands there instead
 *	> places/kommunen.yaml:2: phone ...         all that is told, besides what is told of the sample as it is
 *
 * Without "-" the file becomes the lines with "+"; with neither it is not there. \xNN is a byte. */
#include "sample.h"

#include <dirent.h>

#define CORPUS    "tests/bundle/corpus"
#define WORDS_MAX 4000
#define CASES_MIN 120

struct mishap {
	char what[200], path[200], from[WORDS_MAX], to[WORDS_MAX], told[WORDS_MAX];
	size_t line; /* in the corpus */
	bool has_from, has_to;
};

/* All that is told, one line each, but for lines of `usual`. */
static void tell(const struct sample_change *change, const char *usual, char told[WORDS_MAX])
{
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};
	char *text = NULL;
	size_t len;

	sample_create(&sample, change);
	if (!source_read(sample.content, sample.folder, &source, &faults, &err))
		fail_msg("%s", err.text);
	faults_sort(&faults);
	faults.language_count = 0; /* the sums are no lines */
	FILE *out = open_memstream(&text, &len);
	faults_print(&faults, "", true, out);
	fclose(out);
	*told = '\0';
	for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		char whole[WORDS_MAX];
		snprintf(whole, sizeof(whole), "%s\n", line);
		if (!usual || !strstr(usual, whole))
			strncat(told, whole, WORDS_MAX - strlen(told) - 1);
	}
	free(text);
	faults_finish(&faults);
	source_finish(&source);
	sample_remove(&sample);
}

/* Adds a line's text; the first begins it, the others stand below. */
static void add(char text[WORDS_MAX], const char *line, bool *begun)
{
	size_t len = strlen(text);

	if (*begun)
		text[len++] = '\n';
	*begun = true;
	for (; *line && len < WORDS_MAX - 1; len++) {
		unsigned byte;

		if (sscanf(line, "\\x%2x", &byte) == 1) {
			text[len] = (char)byte;
			line += 4;
		} else {
			text[len] = *line++;
		}
	}
	text[len] = '\0';
}

static bool check(const struct mishap *mishap, const char *file, const char *usual)
{
	struct sample_change change = {mishap->path, mishap->has_from ? mishap->from : NULL,
				       mishap->has_from || mishap->has_to ? mishap->to : NULL};
	char told[WORDS_MAX];

	tell(&change, usual, told);
	if (strcmp(told, mishap->told) == 0 && *told)
		return true;
	fprintf(stderr, CORPUS "/%s:%zu: %s: told is\n%s", file, mishap->line, mishap->what, told);
	return false;
}

/* How many cases there are in the file; adds those that are told otherwise to *wrong. */
static size_t run(const char *file, const char *usual, size_t *wrong)
{
	struct mishap mishap = {0};
	char path[300];
	char line[WORDS_MAX];
	size_t count = 0;
	size_t number = 0;

	snprintf(path, sizeof(path), CORPUS "/%s", file);
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	for (bool more = true; more;) {
		more = fgets(line, sizeof(line), in) != NULL;
		number++;
		line[strcspn(line, "\n")] = '\0';
		const char *text = more && line[0] && line[1] == ' ' ? line + 2 : "";
		if (!more || line[0] == '=') {
			if (*mishap.what)
				*wrong += !check(&mishap, file, usual);
			mishap = (struct mishap){.line = number};
			count += more;
			snprintf(mishap.what, sizeof(mishap.what), "%.190s", more ? line + 3 : "");
		} else if (line[0] == '@') {
			snprintf(mishap.path, sizeof(mishap.path), "content/%.180s", text);
		} else if (line[0] == '-') {
			add(mishap.from, text, &mishap.has_from);
		} else if (line[0] == '+') {
			add(mishap.to, text, &mishap.has_to);
		} else if (line[0] == '>') {
			strncat(mishap.told, text, sizeof(mishap.told) - strlen(mishap.told) - 2);
			strcat(mishap.told, "\n");
		} else if (line[0]) {
			fail_msg("%s:%zu: a line begins with ==, @, -, + or >", path, number);
		}
	}
	fclose(in);
	return count;
}

static void test_corpus(void **state)
{
	char usual[WORDS_MAX];
	size_t count = 0;
	size_t wrong = 0;
	struct dirent *entry;

	(void)state;
	tell(NULL, NULL, usual);
	DIR *dir = opendir(CORPUS);
	assert_non_null(dir);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			count += run(entry->d_name, usual, &wrong);
	closedir(dir);
	assert_int_equal(wrong, 0);
	if (count < CASES_MIN)
		fail_msg("only %zu cases", count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_corpus)};

	return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
