/* How easy Danish text is to read: words, sentences, and what the check says about them. */
#include "bundle/lix.h"
#include "sample.h"

static const struct {
	const char *text;
	size_t words, sentences, long_words;
} rows[] = {
	{"", 0, 0, 0},
	{" - ! ?", 0, 0, 0},
	{"Hej", 1, 1, 0},
	{"Du kan ringe. Vi svarer!", 5, 2, 0},
	{"Kom kl. 10. Det er gratis.", 6, 2, 0},
	{"Kom kl. 10 den 1. maj.", 6, 1, 0},
	{"Spørg fx. Åse om det.", 5, 2, 0},
	{"Spørg hr. øre", 3, 1, 0},
	{"Tag med: pas og penge", 5, 2, 0},
	{"Hvad nu? (Ring.) \"Ja.\" Ring", 5, 4, 0},
	{"borgere borger", 2, 1, 1},
	{"forældre ældres", 2, 1, 1},
	{"Ring 99 66 70 00 nu", 6, 1, 0},
	{"www.vesthimmerland.dk", 1, 1, 1},
	{"a – b", 2, 1, 0},
};

static void test_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct lix lix = {0};

		lix_add(&lix, rows[i].text, strlen(rows[i].text), 1, NULL, NULL);
		if (lix.words != rows[i].words || lix.sentences != rows[i].sentences ||
		    lix.long_words != rows[i].long_words)
			fail_msg("\"%s\": %zu words, %zu sentences, %zu long", rows[i].text, lix.words, lix.sentences,
				 lix.long_words);
	}
}

/* Known values: 20 words in 2 sentences, 4 of them long, are 10 + 20. */
static void test_value(void **state)
{
	struct lix lix = {.words = 20, .sentences = 2, .long_words = 4};

	(void)state;
	assert_int_equal(lix_value(&lix), 30);
	lix.sentences = 3;
	assert_int_equal(lix_value(&lix), 27);
	assert_int_equal(lix_value(&(struct lix){0}), 0);
}

static void keep_longest(void *context, const struct lix_sentence *sentence)
{
	size_t *sentences = context;

	assert_int_equal(sentence->line, 7);
	++*sentences;
}

static void test_sentences(void **state)
{
	static const char text[] = "  En to. En to tre fire!  Fem";
	struct lix lix = {0};
	size_t sentences = 0;

	(void)state;
	lix_add(&lix, text, strlen(text), 7, keep_longest, &sentences);
	assert_int_equal(sentences, 3);
	assert_int_equal(lix.hardest[0].words, 4);
	assert_int_equal(lix.hardest[0].len, strlen("En to tre fire!"));
	assert_memory_equal(lix.hardest[0].text, "En to tre fire!", lix.hardest[0].len);
}

/* A page too hard to read is refused; one that is nearly so, or has a long sentence, is warned of. */
static const struct {
	const char *text;
	const char *told; /* of the Danish page */
	size_t errors;
} pages[] = {
	{"Kommunen behandler ansøgninger. Medarbejdere informerer familier skriftligt. Kommunen behandler ansøgninger."
	 " Medarbejdere informerer familier skriftligt. Kommunen behandler ansøgninger hurtigt og grundigt hver dag.",
	 "topics/daycare/start/da.md:8: LIX is 77; at most 34 is allowed; write shorter words and sentences, "
	 "first of all in \"Medarbejdere informerer familier skriftligt.\" (line 8), \"Medarbejdere informerer "
	 "familier "
	 "skriftligt.\" (line 8), \"Kommunen behandler ansøgninger.\" (line 8)\n",
	 1},
	{"Du kan ringe til os. Det er en god dag i dag. Kommunen hjælper familier. Kommunen hjælper familier."
	 " Kommunen hjælper familier. Du kan ringe. Kom ind og sig hej.",
	 "topics/daycare/start/da.md:8: warning: LIX is 31; at most 30 is good; write shorter words and sentences, "
	 "first of all in \"Kommunen hjælper familier.\" (line 8), \"Kommunen hjælper familier.\" (line 8), "
	 "\"Kommunen hjælper familier.\" (line 8)\n",
	 0},
	{"En to tre fire fem seks syv otte ni ti en to tre fire fem seks syv otte ni ti og en.",
	 "topics/daycare/start/da.md:8: warning: a sentence of 22 words; at most 20 are easy to read: \"En to tre fire "
	 "fem"
	 " seks syv otte ni ti en to tre fire fem seks syv otte ni ti og en.\"\n",
	 0},
	{"Kommunen behandler ansøgninger.", "", 0},
};

static void test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct sample_change change = {"content/topics/daycare/start/da.md", "Tag dig god tid.", pages[i].text};
		struct sample sample;
		struct source source;
		struct faults faults = {0};
		struct faults danish = {0};
		struct err err = {0};
		char *text = NULL;
		size_t len;

		sample_create(&sample, &change);
		assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
		for (size_t f = 0; f < faults.count; f++)
			if (strcmp(faults.faults[f].path, change.path + strlen("content/")) == 0)
				fault_tell(&danish, faults.faults[f].kind, faults.faults[f].path, faults.faults[f].line,
					   "%s", faults.faults[f].text);
		FILE *out = open_memstream(&text, &len);
		faults_print(&danish, "", true, out);
		fclose(out);
		assert_string_equal(text, pages[i].told);
		assert_int_equal(faults.errors, pages[i].errors);
		free(text);
		faults_finish(&faults);
		faults_finish(&danish);
		source_finish(&source);
		sample_remove(&sample);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_value),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_pages),
	};

	return cmocka_run_group_tests_name("lix", tests, NULL, NULL);
}
