/* What a change in Danish means for its translations: when they are old, and what may differ while they are. */
#include "sample.h"

#include "bundle/visible.h"
#include "content/parts.h"

#define COSTS "content/topics/daycare/costs/"

/* A date, a pictogram or another phone number (which every translation must have too) does not make translations old; a
 * word does, for each of them. */
static void test_what_makes_a_translation_old(void **state)
{
	static const struct {
		const char *from, *to;
		size_t warnings;
	} rows[] = {
		{"2026-11-01", "2026-11-02", 0},
		{"icon: coins", "icon: civic", 0},
		{"aims: [P5, P21]\n", "", 0},
		{"En *dagpleje*", "Din *dagpleje*", 2},
		{"label: Alder", "label: Hvor gammel", 2},
		{"pasning i et", "pasning i sit", 2},
		{"**Vent**", "**Vent lidt**", 2},
		{"**barnets**", "barnets", 0},
		{"99 66 70 00", "99 66 70 01", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sample_change change = {COSTS "da.md", rows[i].from, rows[i].to};
		size_t count;

		free(sample_told(&change, FAULT_WARNING, &count));
		if (count != rows[i].warnings)
			fail_msg("row %zu: %zu warnings", i, count);
	}
}

/* The Danish text has moved on from its translations: what differs in structure is not an error any more, a number is.
 */
static void test_moved_on(void **state)
{
	static const struct {
		const char *from, *to;
		const char *errors; /* of both translations; "" for none */
		const char *warns;
	} rows[] = {
		{"2. **Vent**\n", "2. **Vent**\n3. **Kom**\n", "", "here are 2 steps; the Danish text has 3 (line 21)"},
		{"## Sådan gør du\n\n", "", "", "here is a heading; the Danish text has steps (line 19)"},
		{"- Husk dit kort\n- Husk **barnets** kort\n\n", "", "",
		 "here is a list; the Danish text has a box [!urgent] (line 25)"},
		{"  - {icon: clock, label: Alder, value: 26 uger til 6 år}\n", "  []\n", "",
		 "the page has 1 facts; the Danish text has 0"},
		{"{icon: clock, label: Alder", "{icon: civic, label: Hvor gammel", "",
		 "the fact's icon is \"clock\"; in the Danish text it is \"civic\""},
		{"term: dagpleje,", "term: pleje, meaning: hjælp}\n  - {term: dagpleje,", "",
		 "the terms must be those of the Danish text, in Danish and in its order: pleje, dagpleje"},
		{"Ring 112.", "Ring 114.",
		 "topics/daycare/costs/ar.md:1: the number 114 is missing; the Danish text has it\n"
		 "topics/daycare/costs/en.md:1: the number 114 is missing; the Danish text has it\n",
		 ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sample_change change = {COSTS "da.md", rows[i].from, rows[i].to};
		size_t count;
		char *text = sample_told(&change, FAULT_ERROR, &count);

		if (strcmp(text, rows[i].errors) != 0)
			fail_msg("row %zu: %s", i, text);
		free(text);
		text = sample_told(&change, FAULT_WARNING, &count);
		if (!strstr(text, "costs/en.md:5: warning: the Danish text has changed") ||
		    !strstr(text, rows[i].warns))
			fail_msg("row %zu: %s", i, text);
		free(text);
	}
}

/* What has changed is known by paragraph: another word moves one digest, another phone number none, a step more only comes
 * between. */
static void test_which_paragraph(void **state)
{
	static const struct {
		const char *second, *third; /* a step's text; NULL: there is none */
		const char *same;           /* of title, summary, step 1, 2 and 3 */
	} rows[] = {
		{"Ring 99 66 70 00.", "Vent.", "11111"}, {"Ring 99 66 70 01.", "Vent.", "11111"},
		{"Ring nu.", "Vent.", "11101"},          {"Ring 99 66 70 00.", "Kom.", "11110"},
		{"Ring 99 66 70 00.", NULL, "1111"},
	};
	struct arena arena = {0};
	struct err err = {0};
	const char *before = NULL, *now;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct item items[] = {{"En", {"", 0, NULL, 0}},
				       {"To", {rows[i].second, strlen(rows[i].second), NULL, 0}},
				       {"Tre", {rows[i].third, rows[i].third ? strlen(rows[i].third) : 0, NULL, 0}}};
		struct block steps = {.kind = BLOCK_STEPS, .items = items, .item_count = rows[i].third ? 3 : 2};
		struct page page = {.title = "T", .summary = "S", .blocks = &steps, .block_count = 1};

		assert_true(visible_parts(&page, &arena, &now, &err));
		before = before ? before : now;
		assert_int_equal(strlen(now), PART_DIGEST * strlen(rows[i].same));
		for (size_t part = 0; rows[i].same[part]; part++)
			assert_int_equal(memcmp(before + part * PART_DIGEST, now + part * PART_DIGEST, PART_DIGEST) ==
						 0,
					 rows[i].same[part] == '1');
	}
	arena_finish(&arena);
}

/* The same for the texts of a guide, a path and the like: title, summary, then the texts of each step. */
static void test_which_text(void **state)
{
	static const struct {
		const char *from, *to;
		const char *same;
	} rows[] = {
		{"title: Få en konto", "title: Find en bank", "111111011"},
		{"bring: pas", "bring: kort", "111110111"},
		{"icon: coins", "icon: clock", "111111111"},
		{"summary: Gør sådan.", "summary: Sådan.", "101111111"},
	};
	char before[64] = "";

	(void)state;
	for (size_t i = 0; i <= ARRAY_LEN(rows); i++) {
		struct sample_change change = {"content/paths/new/da.yaml", i ? rows[i - 1].from : "Jeg er ny",
					       i ? rows[i - 1].to : "Jeg er ny"};
		struct sample sample;
		struct source source;
		struct faults faults = {0};
		struct err err = {0};

		sample_create(&sample, &change);
		assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
		const char *now = source.items[ITEM_PATH][0].texts[source.source_language].head.texts;
		assert_int_equal(strlen(now), PART_DIGEST * strlen(rows[0].same));
		if (i == 0)
			snprintf(before, sizeof(before), "%s", now);
		for (size_t text = 0; i > 0 && rows[i - 1].same[text]; text++)
			assert_int_equal(memcmp(before + text * PART_DIGEST, now + text * PART_DIGEST, PART_DIGEST) ==
						 0,
					 rows[i - 1].same[text] == '1');
		faults_finish(&faults);
		source_finish(&source);
		sample_remove(&sample);
	}
}

/* A fact that the Danish page has no more is still shown with a pictogram, because a kiosk takes no fact without. */
static void test_fact_left_over(void **state)
{
	struct sample_change change = {COSTS "da.md", "  - {icon: clock, label: Alder, value: 26 uger til 6 år}\n",
				       "  []\n"};
	static const char *const icons[] = {[1] = "coins", [2] = "clock"};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, &change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	for (size_t i = 1; i < ARRAY_LEN(icons); i++) {
		const struct page *page = &source.pages[0].texts[i].page;

		assert_int_equal(page->fact_count, 1);
		assert_string_equal(page->facts[0].icon, icons[i]);
	}
	faults_finish(&faults);
	source_finish(&source);
	sample_remove(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_makes_a_translation_old),
		cmocka_unit_test(test_moved_on),
		cmocka_unit_test(test_which_paragraph),
		cmocka_unit_test(test_which_text),
		cmocka_unit_test(test_fact_left_over),
	};

	return cmocka_run_group_tests_name("moved on", tests, NULL, NULL);
}
