/* How much of a small folder is in which language: every number, and what it becomes when something is taken away. */
#include "bundle/coverage.h"
#include "sample.h"

/* Formats, for the number of the kiosk's own words, and one less. */
#define ALL     "%1$d"
#define BUT_ONE "%2$d"
#define HEAD \
	"language   topics    pages   places  phrases   guides    paths  stories   events  notices  pictures    " \
	"kiosk " \
	"   audio    words " \
	" " \
	"out of date  unchecked\n"

#define DA(words, old) \
	"da            1/1      2/2      1/1      1/1      1/1      1/1      1/1      1/1      1/1       1/1  " \
	"%1$d/%1$d " \
	"     0/2     " \
	" " #words "            " #old "          0  Dansk\n"
#define EN(pages, places, audio, words, old) \
	"en            1/1      " #pages "/2      " #places \
	"/1      1/1      1/1      1/1      1/1      1/1      1/1       1/1  %1$d/%1$d      " #audio "/2      " #words \
	"            " #old "          0  English\n"
#define AR(pages, kiosk, words, old) \
	"ar            1/1      " #pages \
	"/2      1/1      1/1      1/1      1/1      1/1      1/1      0/1       1/1  " kiosk \
	"/%1$d      0/2      " #words "            " #old "          7  العربية\n"

static char *table(const struct sample_change *change, bool danish, struct buf *html)
{
	struct sample sample;
	struct faults faults = {0};
	struct source source;
	struct coverage coverage;
	struct err err = {0};
	struct buf out = {0};

	sample_create(&sample, change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	assert_true(coverage_count(&source, &coverage, &err));
	assert_true(coverage_text(&coverage, danish, &out));
	if (html)
		assert_true(coverage_html(&coverage, danish, html));
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
	return out.data;
}

static void test_numbers(void **state)
{
	static const struct {
		struct sample_change change;
		const char *table;
	} rows[] = {
		{{"content/topics/daycare/costs/en.md", "title", "title"},
		 DA(179, 0) EN(2, 1, 0, 188, 0) AR(2, ALL, 145, 0)},
		{{"content/topics/daycare/costs/en.md", NULL, NULL}, DA(179, 0) EN(1, 1, 0, 131, 0) AR(2, ALL, 145, 0)},
		{{"content/topics/daycare/costs/da.md", "Se, hvad", "Se her, hvad"},
		 DA(180, 0) EN(2, 1, 0, 188, 1) AR(2, ALL, 145, 1)},
		{{"content/topics/daycare/costs/da.md", "reviewed: 2026-11-01\nvalid_to: 2027-11-01",
		  "reviewed: 2026-11-01\nvalid_to: 2026-11-25"},
		 DA(179, 1) EN(2, 1, 0, 188, 0) AR(2, ALL, 145, 0)},
		{{"content/audio/en/a/b.opus", NULL, "x"}, DA(179, 0) EN(2, 1, 1, 188, 0) AR(2, ALL, 145, 0)},
		{{"content/ui/ar.po", "msgstr \"Back\"", "msgstr \"\""},
		 DA(179, 0) EN(2, 1, 0, 188, 0)
			 AR(2, BUT_ONE, 145, 0) "Errors in the content: 1. What has one may be missing here; "
						"\"vejviser-bundle check\" tells them.\n"},
		{{"content/places/kommunen.yaml", "en: Call 114., ", ""},
		 DA(179, 0) EN(2, 0, 0, 186, 0) AR(2, ALL, 145, 0)},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *text = table(&rows[i].change, false, NULL);
		char *expected = NULL;

		assert_true(asprintf(&expected, rows[i].table, WORD_COUNT, WORD_COUNT - 1) > 0);
		if (strncmp(text, HEAD, strlen(HEAD)) != 0 || strcmp(text + strlen(HEAD), expected) != 0)
			fail_msg("row %zu: expected\n%s\nis\n%s", i, expected, text);
		free(expected);
		free(text);
	}
}

/* What stands behind a number, and the language of the tool. */
static void test_page(void **state)
{
	static const struct sample_change change = {"content/topics/daycare/costs/en.md", NULL, NULL};
	struct buf html = {0};

	(void)state;
	char *text = table(&change, true, &html);
	assert_int_equal(strncmp(text, "sprog       emner    sider", 26), 0);
	assert_non_null(strstr(html.data, "<html lang=\"da\">"));
	assert_non_null(strstr(html.data, "<td class=\"gap\"><a href=\"#en-pages\">1/2</a></td>"));
	assert_non_null(strstr(html.data,
			       "<details open=\"\" id=\"en-pages\"><summary>sider, mangler: 1</summary><ul>\n"
			       "<li>topics/daycare/costs</li>\n</ul></details>"));
	assert_non_null(strstr(html.data, "ikke læst: 7</summary>"));
	assert_null(strstr(html.data, "<script"));
	free(text);
	buf_finish(&html);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_page),
	};

	setenv("SOURCE_DATE_EPOCH", SAMPLE_DAY, 1);
	return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
