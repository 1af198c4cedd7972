/* A list of places comes in: I1 to I5 of bundle/import_places.h, and every fault by its line and column. */
#include "bundle/import.h"
#include "bundle/import_places.h"
#include "sample.h"

#define MAP \
	"id: [Navn]\n" \
	"columns: {name: Navn, phone: Telefon, activities: Sport, town: By, web: Side, fritidspas: Pas}\n" \
	"values:\n" \
	"  activities: {Fodbold: football}\n" \
	"always: {icon: coins, kind: club}\n"
#define HEAD "Navn;Telefon;Sport;By;Side;Pas\n"
#define TWO  HEAD "Aars Bold;99667000;Fodbold;Aars;https://a.dk/;ja\nFarsø Bold;;;Farsø;;nej\n"

#define PLACE "content/places/aars-bold.yaml"

/* Runs the import over what is there; what it tells and its faults, as a person sees them. */
static char *run(const struct sample *sample, const char *table, const char *map, bool write, bool remove)
{
	char paths[2][128];
	struct import_places import = {.table = paths[0], .map = paths[1], .remove = remove};
	struct faults faults = {0};
	struct plan plan = {0};
	struct err err = {0};
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	sample_write(sample, "list.csv", table, strlen(table));
	sample_write(sample, "map.yaml", map, strlen(map));
	snprintf(paths[0], sizeof(paths[0]), "%s/list.csv", sample->folder);
	snprintf(paths[1], sizeof(paths[1]), "%s/map.yaml", sample->folder);
	assert_true(file_open_dir(AT_FDCWD, sample->content, false, &import.dir, &err));
	bool ok = import_places_plan(&import, &faults, &plan, &err);
	if (ok)
		plan_tell(&plan, out);
	if (ok && write) {
		if (!plan_write(&plan, import.dir, remove, &err) ||
		    !file_write(AT_FDCWD, import.imported, import.record.data, import.record.len, 0644, &err))
			fail_msg("%s", err.text);
	}
	for (size_t i = 0; i < faults.count; i++) {
		const char *slash = strrchr(faults.faults[i].path, '/');

		fprintf(out, "%s:%zu: %s\n", slash ? slash + 1 : faults.faults[i].path, faults.faults[i].line,
			faults.faults[i].text);
	}
	if (!ok)
		fprintf(out, "%s\n", err.text);
	fclose(out);
	import_places_finish(&import);
	plan_finish(&plan);
	faults_finish(&faults);
	close(import.dir);
	return text;
}

static char *file_text(const struct sample *sample, const char *path)
{
	struct buf bytes = {0};
	struct err err = {0};
	char full[256];

	snprintf(full, sizeof(full), "%s/%s", sample->folder, path);
	return file_read(AT_FDCWD, full, 1u << 20, &bytes, &err) ? bytes.data : NULL;
}

static void expect(const struct sample *sample, const char *table, bool write, bool remove, const char *told)
{
	char *text = run(sample, table, MAP, write, remove);

	assert_string_equal(text, told);
	free(text);
}

static void expect_file(const struct sample *sample, const char *path, const char *wanted)
{
	char *text = file_text(sample, path);

	if (wanted)
		assert_string_equal(text ? text : "(missing)", wanted);
	else
		assert_null(text);
	free(text);
}

#define ADDED \
	"added    places/aars-bold.yaml                        Aars Bold\n" \
	"added    places/farsoe-bold.yaml                      Farsø Bold\n"
#define FIRST \
	"# From list.csv, by \"vejviser-bundle import places\". What you change here by hand stays as you write it.\n" \
	"icon: coins\nname:\n  da: Aars Bold\n  en: Aars Bold\n  ar: Aars Bold\ndanish: Aars Bold\nphone: 99 66 70 " \
	"00\n" \
	"web: a.dk\nkind: club\ntown: Aars\nactivities: [football]\nfritidspas: yes\n"

static void test_added(void **state)
{
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, TWO, false, false, ADDED);
	expect_file(&sample, PLACE, NULL); /* a dry run writes nothing, */
	expect_file(&sample, "map.imported.csv", NULL);
	expect(&sample, TWO, true, false, ADDED);
	char *text = file_text(&sample, PLACE);
	assert_int_equal(strncmp(text, FIRST, strlen(FIRST)), 0);
	expect(&sample, TWO, true, false, ""); /* I5 */
	char *again = file_text(&sample, PLACE);
	assert_string_equal(text, again);
	if (!source_read(sample.content, sample.folder, &source, &faults, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < faults.count; i++)
		print_message("%s:%zu: %s\n", faults.faults[i].path, faults.faults[i].line, faults.faults[i].text);
	assert_int_equal(faults.errors, 0);
	assert_int_equal(source.places[1].count, 3); /* in English too: a name is a name */
	source_finish(&source);
	faults_finish(&faults);
	free(text);
	free(again);
	sample_remove(&sample);
}

/* I1, I2: what staff have written, and what the list says later. */
static void test_hand(void **state)
{
	static const char by_hand[] =
		"# ours\nicon: coins\nname: {da: Aars Bold, en: \"The ball\", ar: Aars Bold}\n"
		"danish: Aars Bold   # as on the sign\nphone: 99 66 70 01\nkind: club\ntown: Aars\n"
		"note: {da: Kom bare.}\nactivities:\n  - football # old\nfritidspas: yes\n";
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, TWO, true, false, ADDED);
	sample_write(&sample, PLACE, by_hand, strlen(by_hand));
	expect(&sample, TWO, true, false, "");
	expect_file(&sample, PLACE, by_hand);
	/* The list changes what nobody changed, and what somebody did. */
	expect(&sample, HEAD "Aars Bold;99667002;;Års;b.dk;ja\nFarsø Bold;;;Farsø;;nej\n", true, false,
	       "changed  places/aars-bold.yaml                        Aars Bold\n"
	       "            town: Aars -> Års\n"
	       "            activities: football -> (nothing)\n"
	       "kept     places/aars-bold.yaml                        Aars Bold\n"
	       "            phone: changed by hand to 99 66 70 01; the list now says 99 66 70 02\n"
	       "            web: changed by hand to (nothing); the list now says b.dk\n");
	expect_file(&sample, PLACE,
		    "# ours\nicon: coins\nname: {da: Aars Bold, en: \"The ball\", ar: Aars Bold}\n"
		    "danish: Aars Bold   # as on the sign\nphone: 99 66 70 01\nkind: club\ntown: Års\n"
		    "note: {da: Kom bare.}\nfritidspas: yes\nmade_from: {ar: be64cfc8}\n");
	sample_remove(&sample);
}

static void test_gone(void **state)
{
	static const char one[] = HEAD "Farsø Bold;;;Farsø;;nej\n";
	static const char gone[] = "gone     places/aars-bold.yaml                        Aars Bold\n";
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, TWO, true, false, ADDED);
	expect(&sample, one, true, false, gone);
	expect(&sample, one, true, false, gone); /* until somebody agrees */
	/* I3: perhaps the faulty row is that place */
	expect(&sample, HEAD "Farsø Bold;;;Farsø;;nej\nAars;;;;;perhaps\n", true, true,
	       "list.csv:3: column 6 \"Pas\" says \"perhaps\"; allowed: ja, nej, yes, no, x, 1, 0\n");
	expect(&sample, one, true, true, gone);
	expect_file(&sample, PLACE, NULL);
	expect(&sample, one, true, true, "");
	expect(&sample, TWO, true, false, "added    places/aars-bold.yaml                        Aars Bold\n");
	/* Deleted by hand: it stays away. */
	struct err err = {0};
	char full[256];
	snprintf(full, sizeof(full), "%s/%s", sample.folder, PLACE);
	assert_true(file_remove(AT_FDCWD, full, &err));
	expect(&sample, TWO, true, false,
	       "kept     places/aars-bold.yaml                        Aars Bold\n"
	       "            deleted by hand; it stays away\n");
	expect_file(&sample, PLACE, NULL);
	sample_remove(&sample);
}

/* I3, I4: faults, each with the others taken. */
static const struct {
	const char *table, *told;
} faulty[] = {
	{HEAD "A;;Fodbal;;;\n",
	 "list.csv:2: column 3 \"Sport\" says \"Fodbal\", which values: activities: in %s/map.yaml lacks; did you mean "
	 "\"Fodbold\"?\n"},
	{HEAD ";1;;;;\n",
	 "list.csv:2: no name for a file can be made of column 1 \"Navn\": it has no letter a-z and no digit\n"
	 "list.csv:2: column 1 \"Navn\" is empty; a place must have it\n"
	 "list.csv:2: column 1 \"Navn\" is empty; a place must have it\n"
	 "list.csv:2: column 1 \"Navn\" is empty; a place must have it\n"
	 "list.csv:2: column 1 \"Navn\" is empty; a place must have it\n"},
	{HEAD "A;;;;\n", "list.csv:2: this row has 5 cells; the first row has 6\n"},
	{HEAD "A;;;;;\nA;1;;;;\n",
	 "list.csv:3: the same name as in line 2 gives the same file places/a.yaml; name more columns at id\n"},
	{HEAD "Kommunen;;;;;\n",
	 "list.csv:2: places/kommunen.yaml is there already and is not from this list; rename one of "
	 "them, or name more columns at id\n"},
	{HEAD "A;\"one\n\ntwo\";;1234567890123456789012345678901234567890x;;\n",
	 "list.csv:2: column 4 \"By\" has 41 characters; at most 40 are allowed\n"},
	{HEAD "A;\xe2\x80\xae"
	      "1;;;;\n",
	 "list.csv:2: column 2 \"Telefon\" holds the hidden character U+202E; control characters "
	 "and direction marks are not allowed\n"},
};

static void test_faults(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	for (size_t i = 0; i < ARRAY_LEN(faulty); i++) {
		char wanted[1024];
		char *text = run(&sample, faulty[i].table, MAP, false, false);

		snprintf(wanted, sizeof(wanted), faulty[i].told, sample.folder);
		assert_string_equal(text, wanted);
		free(text);
	}
	char *text = run(&sample, HEAD "A;;Fodbal;;;\nB;;;;;\n", MAP, true, false);
	assert_non_null(strstr(text, "added    places/b.yaml"));
	free(text);
	expect_file(&sample, "content/places/a.yaml", NULL);
	sample_remove(&sample);
}

static const struct {
	const char *map, *told; /* told: the first line */
} maps[] = {
	{"", "the map cannot be read"},
	{"- a\n", "map.yaml:1: the map of an import must be a map of \"key: value\""},
	{"id: Navn\ncolums: {name: Navn}\n", "map.yaml:2: unknown key \"colums\"; did you mean \"columns\"?"},
	{"id: Nam\ncolumns: {name: Navn}\nalways: {icon: coins}\n",
	 "map.yaml:1: the table has no column \"Nam\"; allowed: Navn, Telefon, Sport, By, Side, Pas"},
	{"columns: {name: Navn}\nalways: {icon: coins}\n",
	 "map.yaml:1: id must name one to four columns, such as [Forening, By]"},
	{"id: Navn\ncolumns: {name: Navn}\n", "map.yaml:1: \"icon\" is missing in columns and in always"},
	{"id: Navn\ncolumns: {name: Navn, fone: Telefon}\n",
	 "map.yaml:2: unknown key \"fone\"; did you mean \"phone\"?"},
	{"id: Navn\ncolumns: {name: Navn, hours: Telefon}\n",
	 "map.yaml:2: unknown key \"hours\"; allowed: icon, name, danish, phone, "
	 "address, web, email, note, kind, town, geo, activities, speaks, "
	 "audience, price, travel, fritidspas, example"},
	{"id: Navn\ncolumns: {name: Navn}\nalways: {icon: coins, activities: [football]}\n",
	 "map.yaml:3: always: activities must be a text; write several as \"a, b\""},
	{"id: Navn\ncolumns: {name: Navn, icon: Sport}\nalways: {icon: coins}\n",
	 "map.yaml:3: \"icon\" stands in columns and in always; allowed: in one of them"},
	{"id: Navn\ncolumns: {name: Navn}\nvalues: {town: {A: {en: B}}}\nalways: {icon: coins}\n",
	 "map.yaml:3: town: \"A\" must be a text"},
	{"id: Navn\ncolumns: {name: Navn, price: By}\nvalues: {price: {A: {uk: B}}}\nalways: {icon: coins}\n",
	 "map.yaml:3: unknown key \"uk\"; allowed: da, en, ar"},
};

static void test_maps(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
		char *text = run(&sample, TWO, maps[i].map, false, false);

		text[strcspn(text, "\n")] = '\0';
		assert_string_equal(text, maps[i].told);
		free(text);
	}
	sample_remove(&sample);
}

/* Texts with translations of their own in the map. */
static void test_translated(void **state)
{
	static const char map[] = "id: Navn\ncolumns: {name: Navn, price: By}\n"
				  "values: {price: {Gratis: {en: Free}, Spørg: Spørg os}}\nalways: {icon: coins}\n";
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	free(run(&sample, HEAD "A;;;Gratis;;\nB;;;Spørg;;\n", map, true, false));
	char *text = file_text(&sample, "content/places/a.yaml");
	assert_non_null(strstr(text, "price:\n  da: Gratis\n  en: Free\nmade_from: {en: "));
	free(text);
	text = file_text(&sample, "content/places/b.yaml");
	assert_non_null(strstr(text, "price:\n  da: Spørg os\n"));
	free(text);
	sample_remove(&sample);
}

/* A command line, its words parted by a space; "@" is the sample's folder. */
static int command(const struct sample *sample, const char *line)
{
	struct buf text = {0};
	char *argv[16];
	int argc = 0;

	for (; *line; line++)
		if (*line == '@' ? !buf_append_text(&text, sample->folder) : !buf_append(&text, line, 1))
			fail();
	for (char *word = strtok(text.data, " "); word && argc < 15; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	int status = command_import(argc, argv);
	buf_finish(&text);
	return status;
}

static void test_command(void **state)
{
	static const char dry[] = "import places @/list.csv --map @/map.yaml --content @/content";
	static const char yes[] = "import places @/list.csv --map @/map.yaml --content @/content --yes";
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	sample_write(&sample, "list.csv", TWO, strlen(TWO));
	sample_write(&sample, "map.yaml", MAP, strlen(MAP));
	assert_int_equal(command(&sample, dry), 0);
	expect_file(&sample, "map.imported.csv", NULL);
	assert_int_equal(command(&sample, yes), 0);
	char *first = file_text(&sample, "map.imported.csv");
	assert_non_null(first);
	assert_int_equal(command(&sample, yes), 0);
	expect_file(&sample, "map.imported.csv", first);
	free(first);
	assert_int_equal(command(&sample, "import places @/list.csv --content @/content"), 2);
	assert_int_equal(command(&sample, "import place @/list.csv --map @/map.yaml"), 2);
	sample_write(&sample, "list.csv", "a;\"", 3);
	assert_int_equal(command(&sample, yes), 2);
	sample_write(&sample, "list.csv", HEAD "A;;x;;;\n", strlen(HEAD "A;;x;;;\n"));
	assert_int_equal(command(&sample, yes), 1);
	sample_remove(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_added),   cmocka_unit_test(test_hand), cmocka_unit_test(test_gone),
		cmocka_unit_test(test_faults),  cmocka_unit_test(test_maps), cmocka_unit_test(test_translated),
		cmocka_unit_test(test_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
