/* A folder of content with one fault after another: each is told once, with its line and what is allowed. */
#include "sample.h"

#define COSTS "content/topics/daycare/costs/"
#define START "content/topics/daycare/start/"
#define TOPIC "content/topics/daycare/topic.yaml"
#define SITE  "content/site.yaml"
#define PLACE "content/places/kommunen.yaml"

static void expect(size_t row, const struct sample_change *change, enum fault_kind kind, const char *lines)
{
	size_t count;
	char *text = sample_told(change, kind, &count);

	text[strlen(text) - (count > 0)] = '\0';
	if (strcmp(text, lines) != 0)
		fail_msg("row %zu (%s): expected\n%s\ntold\n%s", row, change->to ? change->to : "deleted", lines, text);
	free(text);
}

static void test_no_fault(void **state)
{
	struct sample_change corrections = {"content/corrections/en.md", NULL, "what was read again\n"};
	const struct sample_change *const changes[] = {NULL, &corrections};
	size_t count;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		for (enum fault_kind kind = FAULT_ERROR; kind <= FAULT_WARNING; kind++) {
			char *text = sample_told(changes[i], kind, &count);

			assert_string_equal(text, "");
			free(text);
		}
}

static const struct {
	struct sample_change change;
	const char *lines;
} errors[] = {
	/* site.yaml */
	{{SITE, NULL, NULL}, "site.yaml:1: the file is missing; the folder of content is the one that holds it"},
	{{SITE, NULL, ""}, "site.yaml:1: there is nothing in it"},
	{{SITE, "format: 1", "format: 2"}, "site.yaml:1: format \"2\" is not allowed; allowed: 1"},
	{{SITE, "format: 1\n", ""}, "site.yaml:1: \"format\" is missing"},
	{{SITE, "municipality", "municipalty"},
	 "site.yaml:1: \"municipality\" is missing\n"
	 "site.yaml:2: unknown key \"municipalty\"; did you mean \"municipality\"?"},
	{{SITE, "source: da", "source: de"}, "site.yaml:3: source \"de\" is not among the languages"},
	{{SITE, "code: en", "code: da"},
	 "activities.yaml:1: unknown key \"en\"; allowed: da, ar\n"
	 "pictures/texts.yaml:1: unknown key \"en\"; allowed: da, ar\n"
	 "places/kommunen.yaml:7: unknown key \"en\"; allowed: da, ar\n"
	 "places/kommunen.yaml:8: unknown key \"en\"; allowed: da, ar\n"
	 "places/kommunen.yaml:19: unknown key \"en\"; allowed: ar\n"
	 "places/kommunen.yaml:20: unknown key \"en\"; allowed: ar\n"
	 "site.yaml:6: languages: \"da\" stands twice\n"
	 "topics/daycare/topic.yaml:5: unknown key \"en\"; allowed: da, ar\n"
	 "topics/daycare/topic.yaml:8: unknown key \"en\"; allowed: da, ar"},
	{{SITE, "direction: rtl", "direction: right"},
	 "site.yaml:7: direction \"right\" is unknown; allowed: ltr, rtl"},
	{{SITE, "[daycare]", "[daycare, health]"}, "topics/health/topic.yaml:1: the file is missing"},
	{{SITE, "[daycare]", "[]"},
	 "site.yaml:8: the folder topics/daycare is not listed in topics; add \"daycare\" to topics, or delete the "
	 "folder"},
	{{SITE, "[daycare]", "[Day care, daycare]"},
	 "site.yaml:8: topics \"Day care\" is not allowed; allowed: 1-40 of a-z, 0-9 and -"},
	{{SITE, "[daycare]", "[daycare"}, "site.yaml:9: this is not YAML: did not find expected ',' or ']'"},
	{{SITE, "[daycare]", "[&a daycare, *a]"},
	 "site.yaml:8: anchors (&), aliases (*) and tags (!) are not allowed; put a text with such a sign in quotes"},
	{{SITE, "[daycare]", "!!set [daycare]"},
	 "site.yaml:8: anchors (&), aliases (*) and tags (!) are not allowed; put a text with such a sign in quotes"},
	{{SITE, "[daycare]", "[daycare]\ntopics: [daycare]"},
	 "site.yaml:9: the key \"topics\" stands twice; first in line 8"},
	{{SITE, "[daycare]", "[daycare]\n---\nformat: 1"},
	 "site.yaml:9: a file holds one document; \"---\" may not stand here"},
	{{SITE, "[daycare]", "[[[[[[[[daycare]]]]]]]]"}, "site.yaml:8: lists and maps are nested too deep"},
	{{SITE, "[daycare]", "[daycare] \xff"},
	 "site.yaml:8: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8"},
	{{SITE, "format: 1\n", "format: 1\r\n\r"},
	 "site.yaml:2: a carriage return inside a line; allowed: lines that end by LF or CRLF"},
	{{SITE, "municipality:", "\tmunicipality:"}, "site.yaml:2: a tab stands here; use spaces"},
	{{SITE, "municipality:", "æ: 1\n\t\tmunicipality:"}, "site.yaml:3: a tab stands here; use spaces"},
	{{SITE, "languages:\n", "languages:\n\t- x\n"}, "site.yaml:5: a tab stands here; use spaces"},
	{{SITE, "municipality: V", "municipality: @V"},
	 "site.yaml:2: this is not YAML: found character that cannot start any token"},
	{{SITE, "municipality: V", "municipality: Her: V"},
	 "site.yaml:2: a text with a colon must stand in quotes \"...\""},
	{{SITE, "municipality: Vesthimmerlands Kommune", "municipality: \"V\\u202e\""},
	 "site.yaml:2: municipality holds the hidden character U+202E; control characters and direction marks are not "
	 "allowed"},
	/* topic.yaml */
	{{TOPIC, NULL, NULL}, "topics/daycare/topic.yaml:1: the file is missing"},
	{{TOPIC, "icon: coins", "icon: coin"},
	 "topics/daycare/topic.yaml:1: there is no pictogram \"coin\"; did you mean \"coins\"?"},
	{{TOPIC, "hue: daycare", "hue: dacare"},
	 "topics/daycare/topic.yaml:2: hue \"dacare\" is unknown; did you mean \"daycare\"?"},
	{{TOPIC, "hue: daycare", "hue: red"},
	 "topics/daycare/topic.yaml:2: hue \"red\" is unknown; allowed: welcome, rights, daycare, school, work, "
	 "language, clubs, health, seniors, places, events, phrases"},
	{{TOPIC, "topic.svg", "tpic.svg"},
	 "topics/daycare/topic.yaml:3: there is no file pictures/tpic.svg; did you mean \"topic.svg\"?"},
	{{TOPIC, "topic.svg", "../topic.svg"},
	 "topics/daycare/topic.yaml:3: picture \"../topic.svg\" is not allowed; allowed: letters, digits and -, then "
	 ".svg"},
	{{TOPIC, "[costs, start]", "[costs, start, costs]"},
	 "topics/daycare/topic.yaml:4: pages: \"costs\" stands twice"},
	{{TOPIC, "[costs, start]", "[costs, start, end]"},
	 "topics/daycare/topic.yaml:4: there is no file topics/daycare/end/da.md; make it, or take the page out of "
	 "pages"},
	{{"content/topics/daycare/more/da.md", NULL, "x"},
	 "topics/daycare/topic.yaml:4: the folder topics/daycare/more is not listed in pages; add \"more\" to pages, "
	 "or delete the folder"},
	{{"content/topics/more/x/da.md", NULL, "x"},
	 "site.yaml:8: the folder topics/more is not listed in topics; add \"more\" to topics, or delete the folder"},
	{{TOPIC, "da: Dagtilbud, ", ""}, "topics/daycare/topic.yaml:5: title lacks the Danish text (\"da\")"},
	{{TOPIC, "Dagtilbud", "Dagtilbud til børn og unge i alle aldre"},
	 "topics/daycare/topic.yaml:5: title (da) has 39 characters; at most 30 are allowed"},
	{{TOPIC, "ar: الحضانة", "ra: الحضانة, ar: x"},
	 "topics/daycare/topic.yaml:5: unknown key \"ra\"; did you mean \"da\"?"},
	{{TOPIC, "title: {da: Dagtilbud, en: Daycare, ar: الحضانة}", "title: Dagtilbud"},
	 "topics/daycare/topic.yaml:5: title must be a map of \"key: value\""},
	/* the front matter of a page */
	{{START "da.md", NULL, NULL},
	 "topics/daycare/topic.yaml:4: there is no file topics/daycare/start/da.md; make it, or take the page out of "
	 "pages"},
	{{START "da.md", "---\n", ""},
	 "topics/daycare/start/da.md:1: a page must begin with a line \"---\", the front matter, and another line "
	 "\"---\""},
	{{START "en.md", "---\nTake", "Take"},
	 "topics/daycare/start/en.md:1: a page must begin with a line \"---\", the front matter, and another line "
	 "\"---\""},
	{{COSTS "da.md", "title: Hvad koster det?\n", ""}, "topics/daycare/costs/da.md:2: \"title\" is missing"},
	{{COSTS "da.md", "title: Hvad koster det?", "title: \"\""}, "topics/daycare/costs/da.md:2: title is empty"},
	{{COSTS "da.md", "title: Hvad koster det?", "title: |\n  Hvad\n  koster"},
	 "topics/daycare/costs/da.md:2: title must be one line"},
	{{COSTS "da.md", "title: Hvad", "titel: Hvad"},
	 "topics/daycare/costs/da.md:2: unknown key \"titel\"; did you mean \"title\"?\n"
	 "topics/daycare/costs/da.md:2: \"title\" is missing"},
	{{COSTS "da.md", "icon: coins", "icon: coinss"},
	 "topics/daycare/costs/da.md:4: there is no pictogram \"coinss\"; did you mean \"coins\"?"},
	{{COSTS "da.md", "[P5, P21]", "[P5, P22]"},
	 "topics/daycare/costs/da.md:5: aims \"P22\" is not allowed; allowed: P1 to P21"},
	{{COSTS "da.md", "aims: [P5, P21]", "audience: [martians]"},
	 "topics/daycare/costs/da.md:5: audience \"martians\" is not allowed; allowed: families, working, students, "
	 "seniors"},
	{{COSTS "da.md", "aims: [P5, P21]", "sensitive: no"},
	 "topics/daycare/costs/da.md:5: sensitive \"no\" is unknown; allowed: yes"},
	{{COSTS "da.md", "2027-11-01", "2027-02-29"},
	 "topics/daycare/costs/da.md:7: valid_to \"2027-02-29\" is not allowed; allowed: a date such as 2026-11-01"},
	{{COSTS "da.md", "2027-11-01", "2026-11-01"},
	 "topics/daycare/costs/da.md:7: valid_to 2026-11-01 is not after reviewed 2026-11-01"},
	{{COSTS "da.md", "contact: kommunen", "contact: kommune"},
	 "topics/daycare/costs/da.md:8: contact: there is no file places/kommune.yaml"},
	{{COSTS "da.md", "related: [daycare/start]", "related: [daycare/end]"},
	 "topics/daycare/costs/da.md:9: related: there is no page \"daycare/end\""},
	{{COSTS "da.md", "related: [daycare/start]", "related: [daycare/strt]"},
	 "topics/daycare/costs/da.md:9: related: there is no page \"daycare/strt\"; did you mean \"daycare/start\"?"},
	{{COSTS "da.md", "related: [daycare/start]", "related: [daycare/costs]"},
	 "topics/daycare/costs/da.md:9: related names the page itself"},
	{{COSTS "da.md", "related: [daycare/start]", "related: [start]"},
	 "topics/daycare/costs/da.md:9: related \"start\" is not allowed; allowed: topic/page"},
	{{COSTS "da.md", "related: [daycare/start]", "related: daycare/start"},
	 "topics/daycare/costs/da.md:9: related must be a list"},
	{{COSTS "da.md", "related: [daycare/start]", "related: [a/a, a/b, a/c, a/d, a/e]"},
	 "topics/daycare/costs/da.md:9: related has 5 entries; at most 4 are allowed"},
	{{COSTS "da.md", "label: Alder", "label: Alderen på dit eget barn"},
	 "topics/daycare/costs/da.md:11: label has 24 characters; at most 20 are allowed"},
	{{COSTS "da.md", "label: Alder, ", ""}, "topics/daycare/costs/da.md:11: \"label\" is missing"},
	{{COSTS "da.md", "{icon: clock, label: Alder, value: 26 uger til 6 år}", "Alder"},
	 "topics/daycare/costs/da.md:11: a fact must be a map of \"key: value\""},
	{{COSTS "da.md", "meaning: pasning", "meening: pasning"},
	 "topics/daycare/costs/da.md:13: unknown key \"meening\"; did you mean \"meaning\"?\n"
	 "topics/daycare/costs/da.md:13: \"meaning\" is missing"},
	{{COSTS "da.md", "meaning: pasning i et hjem", "meaning: pasning, i et hjem"},
	 "topics/daycare/costs/da.md:13: unknown key \"i et hjem\"; allowed: term, meaning; a text with a comma must "
	 "stand in straight quotes \"...\""},
	{{COSTS "da.md", "Se, hvad", "S\xe5, hvad"},
	 "topics/daycare/costs/da.md:3: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8"},
	{{COSTS "da.md", "title: Hvad", "made_from: 12345678\ntitle: Hvad"},
	 "topics/daycare/costs/da.md:2: \"made_from\" may not stand here; it belongs in translations"},
	{{COSTS "en.md", "title: What", "reviewed: 2026-11-01\ntitle: What"},
	 "topics/daycare/costs/en.md:2: \"reviewed\" may not stand here; it belongs in da.md"},
	{{COSTS "en.md", "translation: checked", "translation: perfect"},
	 "topics/daycare/costs/en.md:4: translation \"perfect\" is unknown; allowed: unchecked, checked"},
	{{COSTS "en.md", "translation: checked\n", ""}, "topics/daycare/costs/en.md:2: \"translation\" is missing"},
	{{COSTS "en.md", "made_from: ", "made_from: 00000000 #"},
	 "topics/daycare/costs/en.md:5: made_from is not written yet; if this translates the Danish text as it is "
	 "now, write made_from: 4ba0a9e7"},
	{{COSTS "en.md", "made_from: ", "#"},
	 "topics/daycare/costs/en.md:2: made_from is not written yet; if this translates the Danish text as it is "
	 "now, write made_from: 4ba0a9e7"},
	{{COSTS "en.md", "made_from: ", "made_from: X"},
	 "topics/daycare/costs/en.md:5: made_from \"X4ba0a9e7\" is not allowed; allowed: 8 of 0-9 and a-f"},
	{{COSTS "en.md", "made_from: ", "parts: 123\nmade_from: "},
	 "topics/daycare/costs/en.md:5: parts \"123\" is not allowed; allowed: groups of 4 of 0-9 and a-f"},
	{{COSTS "en.md", "made_from: ", "parts: 0123\nmade_from: "},
	 "topics/daycare/costs/en.md:6: parts is not of the Danish text that made_from names; write parts: "
	 "f4e069cbf639a90660ee7a61d64a0632958f31eaed83"},
	{{COSTS "da.md", "title: Hvad", "parts: 0123\ntitle: Hvad"},
	 "topics/daycare/costs/da.md:2: \"parts\" may not stand here; it belongs in translations"},
	{{COSTS "ar.md", "icon: clock", "icon: coins"},
	 "topics/daycare/costs/ar.md:7: the fact's icon is \"coins\"; in the Danish text it is \"clock\""},
	/* the body of a page; markdown_test has more */
	{{START "da.md", "Tag dig god tid.\n", ""}, "topics/daycare/start/da.md:8: the page has no text"},
	{{COSTS "da.md", "*dagpleje*", "*dagplejer*"},
	 "topics/daycare/costs/da.md:16: the term \"dagplejer\" is not among the page's terms; *...* is for official "
	 "Danish words"},
	{{COSTS "da.md", "(daycare/start)", "(daycare/end)"},
	 "topics/daycare/costs/da.md:16: the link leads nowhere: there is no page \"daycare/end\""},
	{{COSTS "da.md", "(daycare/start)", "(daycare/stat)"},
	 "topics/daycare/costs/da.md:16: the link leads nowhere: there is no page \"daycare/stat\"; did you mean "
	 "\"daycare/start\"?"},
	/* costs links to it, start is only not listed */
	{{TOPIC, "[costs, start]", "[costs]"},
	 "topics/daycare/topic.yaml:4: the folder topics/daycare/start is not listed in pages; add \"start\" to "
	 "pages, or delete the folder"},
	{{START "da.md", "Tag dig god tid.", "Tag <b>dig</b> god tid."},
	 "topics/daycare/start/da.md:8: HTML is not allowed; allowed: paragraphs, ## headings, lists, steps, boxes, "
	 "**bold**, *terms* and [links](topic/page)"},
	{{COSTS "da.md", "## Sådan", "# Sådan"},
	 "topics/daycare/costs/da.md:19: a heading of this level is not allowed; allowed: ## (the page's title is the "
	 "first level)"},
	/* a translation beside its source */
	{{COSTS "en.md", "  - {label: Age, value: 26 weeks to 6 years}\n", "  []\n"},
	 "topics/daycare/costs/en.md:7: the page has 0 facts; the Danish text has 1"},
	{{COSTS "en.md", "{term: dagpleje,", "{term: Dagpleje,"},
	 "topics/daycare/costs/en.md:9: the terms must be those of the Danish text, in Danish and in its order: "
	 "dagpleje"},
	{{COSTS "en.md", "## What to do", "What to do"},
	 "topics/daycare/costs/en.md:13: here is a paragraph; the Danish text has a heading (line 19)"},
	{{COSTS "en.md", "2. **Wait**\n", ""},
	 "topics/daycare/costs/en.md:15: here are 1 steps; the Danish text has 2 (line 21)"},
	{{COSTS "en.md", "[!urgent]", "[!remember]"},
	 "topics/daycare/costs/en.md:22: here is a box [!remember]; the Danish text has a box [!urgent] (line 28)"},
	{{COSTS "en.md", "> [!urgent]\n> **Is there danger?**\n> Call 112.\n", ""},
	 "topics/daycare/costs/en.md:1: the number 112 is missing; the Danish text has it\n"
	 "topics/daycare/costs/en.md:19: the page has 4 blocks; the Danish text has 5"},
	{{COSTS "en.md", "Call 112.", "Call 113."},
	 "topics/daycare/costs/en.md:1: the number 112 is missing; the Danish text has it"},
	{{COSTS "en.md", "99 66 70 00", "99 66 70 01"},
	 "topics/daycare/costs/en.md:1: the number 99 66 70 00 is missing; the Danish text has it"},
	{{COSTS "ar.md", "اتصل 112.", "اتصل ١١٢."},
	 "topics/daycare/costs/ar.md:1: the number 112 is missing; the Danish text has it"},
	/* places, pictures, words */
	{{PLACE, "phone: 99 66 70 00", "phone: 99 66 70"},
	 "places/kommunen.yaml:2: phone \"99 66 70\" is not allowed; allowed: eight digits in pairs, such as 99 66 70 "
	 "00, or 112, 114, 1888"},
	{{PLACE, "web: www", "web: https://www"},
	 "places/kommunen.yaml:4: web \"https://www.vesthimmerland.dk\" is not allowed; allowed: an address without "
	 "https://, such as www.vesthimmerland.dk"},
	{{PLACE, "email: post@", "email: post"},
	 "places/kommunen.yaml:5: email \"postvesthimmerland.dk\" is not allowed; allowed: an address such as "
	 "post@vesthimmerland.dk"},
	{{PLACE, "da: Kommunen, ", ""}, "places/kommunen.yaml:7: name lacks the Danish text (\"da\")"},
	{{PLACE, "Call 114.", "Call 112."},
	 "places/kommunen.yaml:8: note (en) lacks the number 114; the Danish text has it"},
	{{PLACE, "danish: ", "danisch: "},
	 "places/kommunen.yaml:1: \"danish\" is missing\n"
	 "places/kommunen.yaml:6: unknown key \"danisch\"; did you mean \"danish\"?"},
	{{"content/places/Kommunen.yaml", NULL, "icon: civic"},
	 "places/Kommunen.yaml:1: the name of the file is not allowed; allowed: 1-40 of a-z, 0-9 and -, then .yaml"},
	{{"content/pictures/topic.svg", "/>", "><script/></svg>"},
	 "pictures/topic.svg:1: a picture may not hold \"script\""},
	{{"content/pictures/topic.svg", NULL, "hello"}, "pictures/topic.svg:1: this is not an SVG picture"},
	{{"content/ui/en.po", NULL, NULL}, "ui/en.po:1: the file is missing"},
	{{"content/ui/en.po", "msgstr \"Welcome\"", "msgstr \"\""}, "ui/en.po:8: \"Welcome\" is not translated"},
};

static void test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(errors); i++)
		expect(i, &errors[i].change, FAULT_ERROR, errors[i].lines);
}

static const struct {
	struct sample_change change;
	const char *lines;
} warnings[] = {
	{{START "en.md", NULL, NULL}, "topics/daycare/start/da.md:1: warning: this page is not translated to \"en\""},
	{{START "en.md~", NULL, "an editor's leftover"}, NULL},
	{{START "de.md", NULL, "of no language"},
	 "topics/daycare/start/de.md:1: warning: this file is not read; allowed: <language>.md for a language that "
	 "site.yaml names"},
	{{START "notes.txt", NULL, "not read"},
	 "topics/daycare/start/notes.txt:1: warning: this file is not read; allowed: <language>.md for a language that "
	 "site.yaml names"},
	{{"content/ui/de.po", NULL, "of no language"},
	 "ui/de.po:1: warning: this file is not read; allowed: <language>.po for a language that site.yaml names"},
	{{TOPIC, "en: Daycare", "en: Daycare ٢-۵"},
	 "topics/daycare/topic.yaml:5: warning: title (en) has the digit ٢; write 0-9, as on phones, doors and forms "
	 "in "
	 "Denmark"},
	{{TOPIC, ", en: Daycare", ""}, "topics/daycare/topic.yaml:5: warning: title is not translated to \"en\""},
	{{PLACE, "en: The municipality, ", ""}, "places/kommunen.yaml:7: warning: name is not translated to \"en\""},
	{{"content/pictures/topic.svg", "/>", "><rect fill=\"url(#a)\"/><use href=\"#b\"/></svg>"}, NULL},
	{{"content/pictures/other.svg", NULL, "<svg/>"}, "pictures/other.svg:1: warning: nothing shows this picture"},
	{{START "en.md", "made_from: ", "made_from: 12345678 #"},
	 "topics/daycare/start/en.md:5: warning: the Danish text has changed since this was translated; bring it up to "
	 "date, then write made_from: eb63cc55"},
	{{COSTS "en.md", "[the first day](daycare/start)", "the first day"},
	 "topics/daycare/costs/en.md:1: warning: the Danish text's link to \"daycare/start\" is missing (line 16)"},
};

static void test_warnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(warnings); i++) {
		size_t count;
		char *text = sample_told(&warnings[i].change, FAULT_ERROR, &count);

		if (count != 0)
			fail_msg("row %zu: %s", i, text);
		free(text);
		if (warnings[i].lines)
			expect(i, &warnings[i].change, FAULT_WARNING, warnings[i].lines);
	}
}

/* Every file as an editor on Windows saves it: nothing is told, translations stay new, lines keep their numbers. */
static void test_windows(void **state)
{
	(void)state;
	for (int broken = 0; broken < 2; broken++) {
		struct sample_change change = {COSTS "da.md", "gratis.", "**gratis."};
		struct sample sample;
		struct source source;
		struct faults faults = {0};
		struct err err = {0};

		sample_create(&sample, broken ? &change : NULL);
		sample_windows(&sample, "content/site.yaml");
		sample_windows(&sample, "content/ui/en.po");
		sample_windows(&sample, TOPIC);
		sample_windows(&sample, PLACE);
		sample_windows(&sample, COSTS "da.md");
		sample_windows(&sample, COSTS "en.md");
		assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
		assert_string_equal(source.words[1].words[0].forms[0], word_messages[0].msgid);
		faults_sort(&faults);
		assert_int_equal(faults.errors, broken);
		if (broken) {
			assert_int_equal(sample_first(&faults, FAULT_ERROR)->line, 22);
			assert_non_null(strstr(sample_first(&faults, FAULT_ERROR)->text, "\"**\" stands alone"));
		} else {
			assert_int_equal(faults.errors + faults.warnings, 0);
			assert_string_equal(source.pages[0].texts[0].page.revision, SAMPLE_REVISION_COSTS);
		}
		faults_finish(&faults);
		source_finish(&source);
		sample_remove(&sample);
	}
}

/* A translation that cannot be read is not also told to be missing. */
static void test_refused_translation(void **state)
{
	struct sample_change change = {START "en.md", "Take your", "Take\xe5 your"};
	size_t count;

	(void)state;
	expect(0, &change, FAULT_ERROR,
	       "topics/daycare/start/en.md:7: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as "
	       "UTF-8");
	free(sample_told(&change, FAULT_WARNING, &count));
	assert_int_equal(count, 0);
}

#define SMILEY "😀"
#define SMILEY_TOLD \
	" holds \"😀\" (U+1F600), which the kiosk cannot draw: no font has it; write it otherwise, or have it added " \
	"in " \
	"fonts/characters.txt\n"

/* Wherever a visitor would meet a box instead of a character; and where nobody would. */
static const struct {
	struct sample_change change;
	const char *where; /* "": nothing is told */
} glyphs[] = {
	{{SITE, "Vesthimmerlands", SMILEY}, "site.yaml:2: municipality"},
	{{SITE, "name: English", "name: English " SMILEY}, "site.yaml:6: name"},
	{{TOPIC, "Dagtilbud", SMILEY SMILEY}, "topics/daycare/topic.yaml:5: title (da)"},
	{{TOPIC, "For children from", SMILEY}, "topics/daycare/topic.yaml:8: summary (en)"},
	{{COSTS "da.md", "Hvad koster det?", "\"Hvad \\U0001F600\""}, "topics/daycare/costs/da.md:2: title"},
	{{COSTS "da.md", "Se, hvad", SMILEY}, "topics/daycare/costs/da.md:3: summary"},
	{{COSTS "da.md", "Alder", SMILEY}, "topics/daycare/costs/da.md:11: label"},
	{{COSTS "da.md", "26 uger til", SMILEY " til"}, "topics/daycare/costs/da.md:11: value"},
	{{COSTS "da.md", "pasning", SMILEY}, "topics/daycare/costs/da.md:13: meaning"},
	{{COSTS "da.md", "passer små", "passer " SMILEY}, "topics/daycare/costs/da.md:16: the text"},
	{{COSTS "da.md", "[den første\ndag]", "[den første\n" SMILEY "]"}, "topics/daycare/costs/da.md:17: the text"},
	{{COSTS "da.md", "[den første\ndag](daycare/start).", "\nog " SMILEY},
	 "topics/daycare/costs/da.md:17: the text"},
	{{COSTS "da.md", "passer små", "passer &#x1F600;"}, "topics/daycare/costs/da.md:16: the text"},
	{{COSTS "da.md", "Sådan gør du", SMILEY}, "topics/daycare/costs/da.md:19: a heading"},
	{{COSTS "da.md", "**Ring**", "**" SMILEY "**"}, "topics/daycare/costs/da.md:21: a step's title"},
	{{COSTS "da.md", "Det er gratis", SMILEY}, "topics/daycare/costs/da.md:22: the text"},
	{{COSTS "da.md", "**barnets**", "**" SMILEY "**"}, "topics/daycare/costs/da.md:26: the text"},
	{{COSTS "da.md", "Ring 112.", SMILEY}, "topics/daycare/costs/da.md:30: the text"},
	{{PLACE, "Himmerlandsgade", SMILEY}, "places/kommunen.yaml:3: address"},
	{{PLACE, "Vesthimmerlands Kommune", SMILEY}, "places/kommunen.yaml:6: danish"},
	{{PLACE, "The municipality", SMILEY}, "places/kommunen.yaml:7: name (en)"},
	{{PLACE, "Ring 114", SMILEY " 114"}, "places/kommunen.yaml:8: note (da)"},
	{{"content/ui/da.po", "msgstr \"Back\"", "msgstr \"" SMILEY "\""}, "ui/da.po:26: a word"},
	{{"content/ui/da.po", "msgid \"Back\"", "# " SMILEY "\nmsgid \"Back\""}, ""},
	{{SITE, "format: 1", "# " SMILEY "\nformat: 1"}, ""},
	{{TOPIC, "Dagtilbud", "Dagtilbud\u200d\u00ad\u00a0i byen"}, ""}, /* nothing to draw */
	{{TOPIC, "الحضانة", "e\u0301 ﷽ لا"}, ""},
};

static void test_glyphs(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(glyphs); i++) {
		char says[300] = "";
		size_t count;
		char *text = sample_told(&glyphs[i].change, FAULT_ERROR, &count);

		if (*glyphs[i].where)
			snprintf(says, sizeof(says), "%s" SMILEY_TOLD, glyphs[i].where);
		if (strcmp(text, says) != 0)
			fail_msg("row %zu\n%s\n%s", i, says, text);
		free(text);
	}
}

/* A share without fonts is no share. */
static void test_fonts_missing(void **state)
{
	struct sample_change change = {"fonts/manifest.txt", "NotoSans-Bold", "NotoSans-Missing"};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, &change);
	assert_false(source_read(sample.content, sample.folder, &source, &faults, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "--share: fonts: "));
	assert_non_null(strstr(err.text, "manifest.txt:1: font /usr/share/fonts/truetype/noto/NotoSans-Missing.ttf"));
	faults_finish(&faults);
	sample_remove(&sample);
}

/* The folder that was really looked in is the one that is named. */
static void test_icon_folder(void **state)
{
	struct sample_change change = {TOPIC, "icon: coins", "icon: helicopter"};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};
	char says[160];

	(void)state;
	sample_create(&sample, &change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	snprintf(says, sizeof(says),
		 "there is no pictogram \"helicopter\"; allowed: the names of the pictograms in %s/icons",
		 sample.folder);
	assert_int_equal(faults.errors + faults.warnings, 1);
	assert_string_equal(sample_first(&faults, FAULT_ERROR)->text, says);
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

/* All faults in one go, by file and line. */
static void test_all_at_once(void **state)
{
	struct sample_change change = {
		COSTS "en.md", NULL, "---\ntitel: What\nsummary: S\ntranslation: no\nmade_from: 1\n---\n<b>\n\n---\n"};
	size_t count;
	char *text = sample_told(&change, FAULT_ERROR, &count);

	(void)state;
	assert_string_equal(text,
			    "topics/daycare/costs/en.md:2: unknown key \"titel\"; did you mean \"title\"?\n"
			    "topics/daycare/costs/en.md:2: \"title\" is missing\n"
			    "topics/daycare/costs/en.md:4: translation \"no\" is unknown; allowed: unchecked, checked\n"
			    "topics/daycare/costs/en.md:5: made_from \"1\" is not allowed; allowed: 8 of 0-9 and a-f\n"
			    "topics/daycare/costs/en.md:7: HTML is not allowed; allowed: paragraphs, ## headings, "
			    "lists, steps, boxes, "
			    "**bold**, *terms* and [links](topic/page)\n"
			    "topics/daycare/costs/en.md:9: a horizontal rule is not allowed; allowed: paragraphs, ## "
			    "headings, lists, "
			    "steps, boxes, **bold**, *terms* and [links](topic/page)\n");
	free(text);
}

static void test_folders_missing(void **state)
{
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, NULL);
	assert_false(source_read("/nowhere/at/all", sample.folder, &source, &faults, &err));
	assert_int_equal(err.code, ERR_MISSING);
	err = (struct err){0};
	assert_false(source_read(sample.content, "/nowhere/at/all", &source, &faults, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "--share: the folder of pictograms"));
	assert_null(strstr(err.text, "; give"));
	assert_int_equal(setenv("VEJVISER_SHARE", "/nowhere/at/all", 1), 0);
	err = (struct err){0};
	assert_false(source_read(sample.content, NULL, &source, &faults, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_non_null(strstr(err.text, "; give --share DIR, such as --share build/share"));
	faults_finish(&faults);
	sample_remove(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_fault),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_windows),
		cmocka_unit_test(test_refused_translation),
		cmocka_unit_test(test_icon_folder),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_folders_missing),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_fonts_missing),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
