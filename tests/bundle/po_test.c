/* The kiosk's own words: a PO file with one fault after another. */
#include "bundle/catalog.h"
#include "sample.h"

#define MINUTE "msgid \"%d minute\"\nmsgid_plural \"%d minutes\"\n"
#define FORMS  "msgstr[0] \"%d minutes\"\nmsgstr[1] \"%d minutes\"\n"

static const struct {
	const char *lang, *from, *to;
	const char *told;
} rows[] = {
	/* fine */
	{"en", "", "", ""},
	{"ar", "", "", ""},
	{"uk", "", "", ""},
	{"en", FORMS, "msgstr[0] \"one minute\"\nmsgstr[1] \"%d minutes\"\n", ""},
	{"en", "msgid \"Back\"", "#. A comment\n#: a.c:5\nmsgid \"Back\"", ""},
	{"en", "msgid \"Back\"", "#~ msgid \"Old\"\n#~ msgstr \"Old\"\n\nmsgid \"Back\"", ""},
	{"en", "msgstr \"Back\"", "msgstr \"\"\n\"Ba\"\n\"ck\"", ""},
	/* the header */
	{"en", "Language: en", "Language: da", "1: the header's Language is \"da\"; allowed: en\n"},
	{"en", "\"Language: en\\n\"\n", "", "1: the header's Language is \"\"; allowed: en\n"},
	{"en", "nplurals=2", "nplurals=3", "1: the header's Plural-Forms has nplurals=3; allowed: 2\n"},
	{"en", "\"Plural-Forms: nplurals=2; plural=0;\\n\"\n", "",
	 "1: the header's Plural-Forms has nplurals=0; allowed: 2\n"},
	{"en", "charset=UTF-8", "charset=ISO-8859-1",
	 "1: the header's Content-Type is \"text/plain; charset=ISO-8859-1\"; allowed: text/plain; charset=UTF-8\n"},
	/* the messages */
	{"en", "msgid \"Back\"\nmsgstr \"Back\"\n", "", "1: the word \"Back\" is missing\n"},
	{"en", "msgid \"Back\"", "msgid \"Bacc\"",
	 "1: the word \"Back\" is missing\nBacc: warning: the kiosk has no word \"Bacc\"; did you mean \"Back\"?\n"},
	{"en", "msgid \"Back\"", "msgid \"Something else entirely\"\nmsgstr \"x\"\n\nmsgid \"Back\"",
	 "Something else entirely: warning: the kiosk has no word \"Something else entirely\"\n"},
	{"en", "msgstr \"Back\"", "msgstr \"\"", "Back: \"Back\" is not translated\n"},
	{"en", "msgid \"Back\"", "#, fuzzy\nmsgid \"Back\"",
	 "Back: \"Back\" is marked fuzzy; read it through and take the mark away\n"},
	{"en", "msgid \"Back\"", "msgctxt \"c\"\nmsgid \"Back\"",
	 "1: the word \"Back\" is missing\nBack: msgctxt is not allowed\n"},
	{"en", "msgid \"Back\"", "msgid \"Home\"\nmsgstr \"Home\"\n\nmsgid \"Back\"",
	 "Home: duplicate message definition\n"},
	{"en", "msgstr \"Back\"", "msgstr \"Back", "Back+2: end-of-line within string\n"},
	{"en", "msgstr \"Back\"", "msgstr\n\nmsgid \"x\"\nmsgstr \"x\"", "x: syntax error\n"},
	{"en", "msgid \"Back\"", "msgid \"Back\"\nhello",
	 "Back: missing 'msgstr' section\nBack+1: keyword \"hello\" unknown\nBack+1: syntax error\n"},
	{"en", "msgstr \"Back\"", "msgstr \"Ba\\tck\"",
	 "Back: a word holds the hidden character U+0009; control characters and direction marks are not allowed\n"},
	{"en", "msgstr \"Back\"", "msgstr \"Ba\\nck\"", "Back: a word must be one line\n"},
	{"en", "msgstr \"Back\"", "msgstr \"\xff\"",
	 "Back+1: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8\n"},
	{"en", "msgstr \"Take with me\"", "msgstr \"Take all of it with me\"",
	 "Take with me: warning: \"Take all of it with me\" has 22 letters; at most 14 fit\n"},
	/* %s, %d and plurals */
	{"en", "msgstr \"Updated %s\"", "msgstr \"Updated\"",
	 "Updated %s: \"Updated %s\": %s must stand in it exactly once\n"},
	{"en", "msgstr \"Updated %s\"", "msgstr \"%s %s\"",
	 "Updated %s: \"Updated %s\": %s must stand in it exactly once\n"},
	{"en", "msgstr \"Updated %s\"", "msgstr \"Updated %d %s\"",
	 "Updated %s: \"Updated %s\": %d must not stand in it\n"},
	{"en", "msgstr \"Back\"", "msgstr \"100 %\"", "Back: \"Back\": \"%\" may only stand in %d and %s\n"},
	{"en", "msgstr \"Step %d\"", "msgstr \"Step\"", "Step %d: \"Step %d\": %d must stand in it exactly once\n"},
	{"en", FORMS, "msgstr[0] \"%d minute\"\nmsgstr[1] \"two minutes\"\n",
	 "%d minute: \"%d minute\": %d must stand in it: this form stands for several numbers\n"},
	{"uk", FORMS, "msgstr[0] \"one minute\"\nmsgstr[1] \"%d minutes\"\n",
	 "%d minute: \"%d minute\": %d must stand in it: this form stands for several numbers\n"},
	{"en", FORMS, "msgstr[0] \"%d minute\"\n", "%d minute: \"%d minute\" has 1 plural forms; allowed: 2\n"},
	{"en", FORMS, FORMS "msgstr[2] \"%d minutes\"\n", "%d minute: \"%d minute\" has 3 plural forms; allowed: 2\n"},
	{"en", FORMS, "msgstr[0] \"\"\nmsgstr[1] \"%d minutes\"\n",
	 "%d minute: \"%d minute\" is not translated in every plural form\n"},
	{"en", MINUTE FORMS, "msgid \"%d minute\"\nmsgstr \"%d minute\"\n",
	 "%d minute: \"%d minute\": msgid_plural is \"\"; allowed: \"%d minutes\"\n"},
	{"en", "msgid \"Back\"\nmsgstr \"Back\"",
	 "msgid \"Back\"\nmsgid_plural \"Backs\"\nmsgstr[0] \"a\"\nmsgstr[1] \"b\"",
	 "Back: \"Back\": msgid_plural is \"Backs\"; allowed: \"\"\n"},
};

/* Where a line is, whatever stands before it: "Back+1" is the line behind msgid "Back"; the header's lines are numbers. */
static void print_place(FILE *out, const char *catalog, size_t line)
{
	const char *id = NULL;
	size_t from = 0;

	for (size_t n = 1; catalog && n <= line; n++) {
		if (strncmp(catalog, "msgid \"", 7) == 0 && catalog[7] != '"') {
			id = catalog + 7;
			from = n;
		}
		catalog = strchr(catalog, '\n');
		catalog = catalog ? catalog + 1 : NULL;
	}
	if (!id)
		fprintf(out, "%zu", line);
	else
		fprintf(out, "%.*s", (int)strcspn(id, "\""), id);
	if (id && line > from)
		fprintf(out, "+%zu", line - from);
}

/* What is told of the file. */
static char *told(const char *lang, const struct buf *bytes, struct words *words, struct arena *arena)
{
	struct faults faults = {0};
	struct reading in = {"x.po", &faults, arena, NULL};
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	catalog_read(&in, lang, bytes->data, bytes->len, words);
	faults_sort(&faults);
	for (size_t i = 0; i < faults.count; i++) {
		print_place(out, bytes->data, faults.faults[i].line);
		fprintf(out, ": %s%s\n", faults.faults[i].kind == FAULT_WARNING ? "warning: " : "",
			faults.faults[i].text);
	}
	fclose(out);
	faults_finish(&faults);
	return text;
}

static void change_catalog(struct buf *catalog, const char *from, const char *to)
{
	const char *at = strstr(catalog->data, from);
	struct buf changed = {0};

	if (!at)
		fail_msg("there is no \"%s\"", from);
	buf_append(&changed, catalog->data, (size_t)(at - catalog->data));
	buf_append_text(&changed, to);
	buf_append_text(&changed, at + strlen(from));
	buf_finish(catalog);
	*catalog = changed;
}

static void test_rows(void **state)
{

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf catalog = {0};
		struct arena arena = {0};
		struct words words;

		sample_catalog(rows[i].lang, &catalog);
		change_catalog(&catalog, rows[i].from, rows[i].to);
		char *text = told(rows[i].lang, &catalog, &words, &arena);
		if (strcmp(text, rows[i].told) != 0)
			fail_msg("row %zu (%s)\nexpected\n%s\ntold\n%s", i, rows[i].to, rows[i].told, text);
		free(text);
		buf_finish(&catalog);
		arena_finish(&arena);
	}
}

static void test_words(void **state)
{
	struct buf catalog = {0};
	struct arena arena = {0};
	struct words words;

	(void)state;
	sample_catalog("da", &catalog);
	change_catalog(&catalog, "msgstr \"Back\"", "msgstr \"\"\n\"Til\"\n\"bage \\\"nu\\\"\"");
	change_catalog(&catalog, FORMS, "msgstr[0] \"et minut\"\nmsgstr[1] \"%d minutter\"\n");
	free(told("da", &catalog, &words, &arena));
	assert_string_equal(words.words[WORD_BACK].forms[0], "Tilbage \"nu\"");
	assert_int_equal(words.words[WORD_BACK].form_count, 1);
	assert_string_equal(words.words[WORD_MINUTES].forms[0], "et minut");
	assert_string_equal(words.words[WORD_MINUTES].forms[1], "%d minutter");
	assert_int_equal(words.words[WORD_MINUTES].form_count, 2);
	for (size_t w = 0; w < WORD_COUNT; w++)
		assert_true(words.words[w].form_count > 0);
	buf_finish(&catalog);
	arena_finish(&arena);
}

/* What the file says is taken when the language is unknown. */
static void test_unknown_language(void **state)
{
	struct buf catalog = {0};
	struct arena arena = {0};
	struct words words;

	(void)state;
	sample_catalog("en", &catalog);
	change_catalog(&catalog, "Language: en", "Language: xx");
	char *text = told("xx", &catalog, &words, &arena);
	assert_string_equal(
		text, "1: warning: the plural forms of \"xx\" are not known here; nplurals=2 is taken as it is\n");
	free(text);
	buf_finish(&catalog);
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_unknown_language),
	};

	return cmocka_run_group_tests_name("po", tests, NULL, NULL);
}
