/* Translators' PO files: what is exported comes back as it was, and one fault after another in a message. */
#include "bundle/translate.h"
#include "sample.h"

#define COSTS "content/topics/daycare/costs/"

static const struct {
	const char *from, *to; /* in the PO file; "" is before all */
	const char *told;
	const char *in_file; /* text of the page afterwards; NULL: it is as it was */
} rows[] = {
	{"", "", "", NULL},
	{"msgstr \"What to do\"", "msgstr \"Do this\"", "", "\n## Do this\n"},
	{"msgstr \"What to do\"", "msgstr \"Do this\"", "", "translation: unchecked\n"},
	{"msgstr \"Call\"", "msgstr \"Ring\"", "", "1. **Ring**\n   Call +45"},
	{"msgstr \"Bring your card\"", "msgstr \"Your  card\"", "", "- Your  card\n- Bring **the"},
	{"msgstr \"Is there danger?\"", "msgstr \"Danger\"", "", "> **Danger**\n> Call 112.\n"},
	{"msgstr \"Age\"", "msgstr \"Age: \\\"x\\\", \\\\\"", "", "{label: \"Age: \\\"x\\\", \\\\\", value"},
	{"msgstr \"care in a home\"", "msgstr \"care, in a home\"", "", "meaning: \"care, in a home\"}"},
	{"msgstr \"What to do\"", "msgstr \"\"", "", NULL},
	{"#. Heading", "#, fuzzy\n#. Heading", "", NULL},
	{"msgstr \"What to do\"", "msgstr \"Do *this*\"",
	 "LINE: bold, a term or a link inside another or in a title is not allowed\n", NULL},
	{"Call 112.", "Call 113.", "LINE: msgstr lacks the number 112; the Danish text has it\n", NULL},
	{"Call +45 99 66 70 00.", "Call us.", "LINE: msgstr lacks the number 99 66 70 00; the Danish text has it\n",
	 NULL},
	{"A *Dagpleje* looks", "A childminder looks",
	 "LINE: the Danish word *dagpleje* is missing; copy it from the msgid as it stands\n", NULL},
	{"small children.", "small *children*.", "LINE: the Danish word *children* is not in the msgid; take it away\n",
	 NULL},
	{"start).\"\n\n", "costs).\"\n\n",
	 "LINE: the link (daycare/start) is missing; copy it from the msgid as it stands\n"
	 "LINE: the link (daycare/costs) is not in the msgid; take it away\n",
	 NULL},
	{"Bring **the child's** card", "Bring **the child's card", NULL, NULL},
	{"Bring **the child's** card", "- the child's card",
	 "LINE: the text must be one paragraph; it may not begin as a list, a heading or a box does\n", NULL},
	{"Bring **the child's** card", "<b>card</b>", NULL, NULL},
	{"Bring **the child's** card", "the\\ncard", "LINE: msgstr must be one line\n", NULL},
	{"Bring **the child's** card", "the\xff card",
	 "LINE: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8\n", NULL},
	{"msgstr \"Age\"", "msgstr \"Age of the child in years\"",
	 "LINE: msgstr has 25 characters; at most 20 are allowed\n", NULL},
	{"msgstr \"Age\"", "msgstr \"  \"", "LINE: msgstr is empty\n", NULL},
	{"msgstr \"Age\"", "msgstr \"A\xe2\x80\xaege\"", NULL, NULL},
	{"msgid \"Husk dit kort\"", "msgid \"Husk kort\"",
	 "LINE: warning: the Danish text has changed since this was exported, so it is not taken; export again to the "
	 "same "
	 "folder\n",
	 NULL},
	{"charset=UTF-8", "charset=ISO-8859-1", NULL, NULL},
	{"msgstr \"What to do\"", "msgstr \"What to do", NULL, NULL},
	{"msgstr \"What to do\"", "mgstr \"What to do\"", NULL, NULL},
};

static const char *sample_text(const char *path)
{
	for (size_t i = 0; i < ARRAY_LEN(sample_files); i++)
		if (strcmp(sample_files[i].path, path) == 0)
			return sample_files[i].text;
	fail_msg("%s is no sample", path);
	return NULL;
}

struct trial {
	struct arena arena;
	struct faults faults;
	struct reading in;
	struct unit unit;
};

/* The sample's page, with an English text or none. */
static void begin(struct trial *trial, const char *english)
{
	*trial = (struct trial){.unit = {.kind = UNIT_PAGE,
					 .po = "topic-daycare",
					 .name = "topics/daycare/costs",
					 .danish_path = "da.md",
					 .path = "en.md",
					 .revision = SAMPLE_REVISION_COSTS}};
	trial->in = (struct reading){"x.po", &trial->faults, &trial->arena, NULL};
	struct unit *unit = &trial->unit;
	buf_append_text(&unit->danish, sample_text(COSTS "da.md"));
	assert_true(segments_page(&trial->in, unit->danish.data, unit->danish.len, &unit->original));
	unit->answers = arena_array(&trial->arena, unit->original.count, sizeof(*unit->answers));
	unit->present = english;
	if (!english)
		return;
	buf_append_text(&unit->bytes, english);
	assert_true(segments_page(&trial->in, unit->bytes.data, unit->bytes.len, &unit->text));
	unit->same = segments_same(&unit->original, &unit->text);
	unit->current = true;
}

static void end(struct trial *trial)
{
	unit_finish(&trial->unit);
	faults_finish(&trial->faults);
	arena_finish(&trial->arena);
}

static void export(struct trial *trial, const struct pofile *before, struct buf *out)
{
	static const char header[] =
		"Language: en\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
		"MIME-Version: 1.0\n";
	struct pofile_entry entries[40];
	struct pofile po = {.entries = entries};
	struct err err = {0};

	assert_true(translate_entries(&trial->in, &trial->unit, before, &po, ARRAY_LEN(entries)));
	assert_int_equal(po.count, trial->unit.original.count);
	assert_true(pofile_write(&trial->in, header, &po, out, &err));
}

static void change(struct buf *po, const char *from, const char *to)
{
	char *at = strstr(po->data, from);
	struct buf changed = {0};

	if (!at)
		fail_msg("there is no \"%s\" in\n%s", from, po->data);
	buf_append(&changed, po->data, (size_t)(at - po->data));
	buf_append_text(&changed, to);
	buf_append_text(&changed, at + strlen(from));
	buf_finish(po);
	*po = changed;
}

/* What is told of the PO file, and the page afterwards. */
static char *import(struct trial *trial, const struct buf *po, const struct unit_people *people, struct buf *page,
		    bool *changed)
{
	struct pofile read;
	struct err err = {0};
	char *told = NULL;
	size_t len;
	FILE *out = open_memstream(&told, &len);

	if (pofile_read(&trial->in, po->data, po->len, &read))
		translate_answers(&trial->in, &read, &trial->unit);
	assert_true(unit_write(NULL, "en", &trial->unit, people, page, changed, &err));
	faults_sort(&trial->faults);
	for (size_t i = 0; i < trial->faults.count; i++)
		fprintf(out, "LINE: %s%s\n", trial->faults.faults[i].kind == FAULT_WARNING ? "warning: " : "",
			trial->faults.faults[i].text);
	fclose(out);
	return told;
}

static void test_rows(void **state)
{
	static const struct unit_people nobody = {"", ""};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct trial trial;
		struct buf po = {0};
		struct buf page = {0};
		bool changed;

		begin(&trial, sample_text(COSTS "en.md"));
		export(&trial, NULL, &po);
		change(&po, rows[i].from, rows[i].to);
		char *told = import(&trial, &po, &nobody, &page, &changed);
		if (rows[i].told ? strcmp(told, rows[i].told) != 0 : trial.faults.errors == 0)
			fail_msg("row %zu (%s)\nexpected\n%s\ntold\n%s", i, rows[i].to,
				 rows[i].told ? rows[i].told : "an error", told);
		if (changed != (rows[i].in_file != NULL) || (changed && !strstr(page.data, rows[i].in_file)))
			fail_msg("row %zu (%s): the page is\n%s", i, rows[i].to, changed ? page.data : "as it was");
		free(told);
		buf_finish(&po);
		buf_finish(&page);
		end(&trial);
	}
}

/* A checker is named: the page says so, and that is all that changes. */
static void test_checked(void **state)
{
	static const struct unit_people people = {"Ada", "Bo"};
	struct trial trial;
	struct buf po = {0};
	struct buf page = {0};
	bool changed;

	(void)state;
	begin(&trial, sample_text(COSTS "en.md"));
	export(&trial, NULL, &po);
	free(import(&trial, &po, &people, &page, &changed));
	assert_true(changed);
	change(&page, "made_from: " SAMPLE_REVISION_COSTS "\nchecked_by: Bo\n",
	       "made_from: " SAMPLE_REVISION_COSTS "\n");
	assert_string_equal(page.data, sample_text(COSTS "en.md"));
	buf_finish(&po);
	buf_finish(&page);
	end(&trial);
}

/* A page that is not there: nothing while a text is lacking, then the Danish page with the answers in it. */
static void test_new(void **state)
{
	static const struct unit_people people = {"Ada", "Bo"};
	struct trial trial;
	struct buf po = {0};
	struct buf page = {0};
	bool changed;

	(void)state;
	begin(&trial, NULL);
	export(&trial, NULL, &po);
	free(import(&trial, &po, &people, &page, &changed));
	assert_false(changed);
	for (size_t i = 0; i + 1 < trial.unit.original.count; i++)
		trial.unit.answers[i] = trial.unit.original.items[i].text;
	free(import(&trial, &po, &people, &page, &changed));
	assert_false(changed);
	trial.unit.answers[trial.unit.original.count - 1] = "Ring 112!";
	free(import(&trial, &po, &people, &page, &changed));
	assert_true(changed);
	assert_non_null(strstr(page.data, "made_from: 4ba0a9e7\ntranslator: Ada\nchecked_by: Bo\nfacts:\n"));
	assert_non_null(
		strstr(page.data, "En *dagpleje* passer små børn. Læs om [den første dag](daycare/start).\n\n## S"));
	assert_non_null(strstr(page.data, "> **Er der fare?**\n> Ring 112!\n"));
	buf_finish(&po);
	buf_finish(&page);
	end(&trial);
}

/* The Danish changes: only what changed is to be looked at again, with what it was. */
static void test_moved_on(void **state)
{
	struct trial trial;
	struct buf po = {0};
	struct buf again = {0};
	struct pofile before;

	(void)state;
	begin(&trial, sample_text(COSTS "en.md"));
	export(&trial, NULL, &po);
	change(&po, "msgid \"Husk dit kort\"", "msgid \"Husk kort\"");
	trial.unit.current = false;
	assert_true(pofile_read(&trial.in, po.data, po.len, &before));
	export(&trial, &before, &again);
	assert_non_null(strstr(again.data, "#, fuzzy\n#| msgid \"Husk kort\"\nmsgctxt \"topics/daycare/costs 4.1\"\n"
					   "msgid \"Husk dit kort\"\nmsgstr \"Bring your card\"\n"));
	assert_null(strstr(strstr(again.data, "fuzzy") + 1, "fuzzy"));
	buf_finish(&again);
	export(&trial, NULL, &again); /* without memory all of it is */
	assert_non_null(strstr(strstr(again.data, "fuzzy") + 1, "fuzzy"));
	assert_int_equal(trial.faults.errors, 0);

	/* What a translator has done and nobody has imported must not be lost. */
	before.entries[0].text = "Otherwise";
	buf_finish(&again);
	export(&trial, &before, &again);
	assert_int_equal(trial.faults.errors, 1);
	buf_finish(&po);
	buf_finish(&again);
	end(&trial);
}

/* A file of every language, whose keys are names with a dot in them. */
static void test_pictures(void **state)
{
	static const struct unit_people nobody = {"", ""};
	const struct sample_change change = {"content/pictures/texts.yaml", ", ar: بيت.", ""};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct units units;
	struct buf out = {0};
	struct err err = {0};
	bool changed;

	(void)state;
	sample_create(&sample, &change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	assert_true(units_list(&source, "ar", &units, &err));
	struct unit *unit = &units.units[units.count - 1];
	assert_string_equal(unit->po, "pictures");
	assert_true(unit_read(&source, &faults, "ar", unit, &err));
	assert_int_equal(unit->original.count, 1);
	assert_string_equal(unit->original.items[0].id, "topic.svg");
	assert_int_equal(unit->original.items[0].chars_max, 160);
	unit->answers[0] = "دار, بيت";
	assert_true(unit_write(&source, "ar", unit, &nobody, &out, &changed, &err) && changed);
	assert_string_equal(out.data, "topic.svg: {da: Et hus., en: A house., ar: \"دار, بيت\"}\n");
	buf_finish(&out);
	unit_finish(unit);
	free(units.units);
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

static void test_scalars(void **state)
{
	static const struct {
		const char *text;
		bool flow;
		const char *written;
	} scalars[] = {
		{"a", false, "a"},           {"a, b", false, "a, b"},    {"a, b", true, "\"a, b\""},
		{"a: b", false, "\"a: b\""}, {"a:b", false, "a:b"},      {"a:", false, "\"a:\""},
		{"a #b", false, "\"a #b\""}, {"- a", false, "\"- a\""},  {"yes", false, "\"yes\""},
		{"112", false, "\"112\""},   {"a\"b\\", true, "a\"b\\"}, {"\"a\"", true, "\"\\\"a\\\"\""},
		{"*a*", false, "\"*a*\""},   {"{a}", false, "\"{a}\""},  {"a {b}", true, "\"a {b}\""},
		{"أهلاً", true, "أهلاً"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(scalars); i++) {
		struct arena arena = {0};
		struct faults faults = {0};
		struct reading in = {"x", &faults, &arena, NULL};
		struct buf out = {0};

		assert_true(segment_scalar(&out, scalars[i].text, scalars[i].flow, false));
		assert_string_equal(out.data, scalars[i].written);
		/* And YAML reads it as the same text. */
		struct buf yaml = {0};
		buf_printf(&yaml, scalars[i].flow ? "{k: %s}\n" : "k: %s\n", out.data);
		const struct tree *tree = tree_read(&in, yaml.data, yaml.len, 1);
		assert_string_equal(tree_find(tree, "k")->text, scalars[i].text);
		assert_int_equal(tree_find(tree, "k")->to - tree_find(tree, "k")->from, out.len);
		buf_finish(&yaml);
		buf_finish(&out);
		faults_finish(&faults);
		arena_finish(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),     cmocka_unit_test(test_checked),  cmocka_unit_test(test_new),
		cmocka_unit_test(test_moved_on), cmocka_unit_test(test_pictures), cmocka_unit_test(test_scalars),
	};

	return cmocka_run_group_tests_name("translate", tests, NULL, NULL);
}
