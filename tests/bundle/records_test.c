/* Places, events, notices, guides, phrases, paths and stories with one fault after another: each is told once, with its line and
 * what is allowed. */
#include "sample.h"

#define PLACE   "content/places/kommunen.yaml"
#define GUIDE   "content/guides/ill/"
#define PHRASES "content/phrases/doctor/"
#define PATH    "content/paths/new/"
#define STORY   "content/stories/day/"
#define NOTICE  "content/notices/smoke/"
#define EVENT   "content/events/cafe"
#define SITE    "content/site.yaml"

struct row {
	struct sample_change change;
	const char *lines;
};

static void expect(const struct row *rows, size_t count, enum fault_kind kind)
{
	for (size_t i = 0; i < count; i++) {
		size_t told;
		char *text = sample_told(&rows[i].change, kind, &told);

		text[strlen(text) - (told > 0)] = '\0';
		if (strcmp(text, rows[i].lines) != 0)
			fail_msg("row %zu (%s): expected\n%s\ntold\n%s", i,
				 rows[i].change.to ? rows[i].change.to : "deleted", rows[i].lines, text);
		free(text);
	}
}

static const struct row hostile[] = {
	{{GUIDE "da.yaml", NULL, ""}, "guides/ill/da.yaml:1: there is nothing in it"},
	{{GUIDE "da.yaml", NULL, "[]"}, "guides/ill/da.yaml:1: the file must be a map of \"key: value\""},
	{{GUIDE "da.yaml", NULL, "hello"}, "guides/ill/da.yaml:1: the file must be a map of \"key: value\""},
	{{GUIDE "da.yaml", "icon: civic", "icon: &a civic"},
	 "guides/ill/da.yaml:1: anchors (&), aliases (*) and tags (!) are not allowed; put a text with such a sign in "
	 "quotes"},
	{{NOTICE "da.yaml", "title: Røg", "title: !!python/object Røg"},
	 "notices/smoke/da.yaml:6: anchors (&), aliases (*) and tags (!) are not allowed; put a text with such a sign "
	 "in "
	 "quotes"},
	{{PHRASES "da.yaml", "  ill:", "\till:"}, "phrases/doctor/da.yaml:9: a tab stands here; use spaces"},
	{{PATH "da.yaml", "Jeg er ny", "Jeg er n\xf8"},
	 "paths/new/da.yaml:5: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8"},
	{{PATH "da.yaml", "Jeg er ny", "\"Jeg\\u202e\""},
	 "paths/new/da.yaml:5: title holds the hidden character U+202E; control characters and direction marks are not "
	 "allowed"},
	{{PATH "da.yaml", "Jeg er ny", "{a: {b: {c: {d: {e: {f: {g: h}}}}}}}"},
	 "paths/new/da.yaml:5: lists and maps are nested too deep"},
	{{"content/activities.yaml", NULL, "a: {b: {c: {d: {e: {f: {g: h}}}}}}"},
	 "activities.yaml:1: lists and maps are nested too deep\n"
	 "places/kommunen.yaml:12: activities: there is no activity \"football\" in activities.yaml"},
	{{EVENT "/en.yaml", "title:", "\xff:"},
	 "events/cafe/en.yaml:3: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8"},
	{{EVENT ".ics", NULL, ""}, "events/cafe.ics:1: there is no event in it"},
};

static const struct row places[] = {
	{{PLACE, "kind: office", "kind: ofice"},
	 "places/kommunen.yaml:9: kind \"ofice\" is unknown; did you mean \"office\"?"},
	{{PLACE, "56.8042,9.5180", "56,9"},
	 "places/kommunen.yaml:11: geo \"56,9\" is not allowed; allowed: degrees north and east, such as "
	 "56.8042,9.5180"},
	{{PLACE, "[football]", "[footbal]"},
	 "places/kommunen.yaml:12: activities: there is no activity \"footbal\" in activities.yaml; did you mean "
	 "\"football\"?"},
	{{PLACE, "[da, en]", "[dansk]"},
	 "places/kommunen.yaml:13: speaks \"dansk\" is not allowed; allowed: a language tag such as \"da\" or "
	 "\"zh-Hant\""},
	{{PLACE, "fritidspas: yes", "fritidspas: maybe"},
	 "places/kommunen.yaml:14: fritidspas \"maybe\" is unknown; allowed: no, yes"},
	{{PLACE, "  valid_to: 2027-06-30\n", ""}, "places/kommunen.yaml:16: \"valid_to\" is missing"},
	{{PLACE, "monday:", "mondays:"}, "places/kommunen.yaml:17: unknown key \"mondays\"; did you mean \"monday\"?"},
	{{PLACE, "9:00-12:00, 13:00-17:00", "9-12"},
	 "places/kommunen.yaml:17: the opening hours of monday are not allowed; allowed: such as 10:00-17:00, or "
	 "9:00-12:00, 13:00-17:00, or closed"},
	{{PLACE, "9:00-12:00, 13:00-17:00", "9:00-12:00, 11:00-17:00"},
	 "places/kommunen.yaml:17: the opening hours of monday are not allowed; allowed: such as 10:00-17:00, or "
	 "9:00-12:00, 13:00-17:00, or closed"},
	{{PLACE, "9:00-12:00, 13:00-17:00", "17:00-9:00"},
	 "places/kommunen.yaml:17: the opening hours of monday are not allowed; allowed: such as 10:00-17:00, or "
	 "9:00-12:00, 13:00-17:00, or closed"},
	{{PLACE, "9:00-12:00, 13:00-17:00", "9:00-24:30"},
	 "places/kommunen.yaml:17: the opening hours of monday are not allowed; allowed: such as 10:00-17:00, or "
	 "9:00-12:00, 13:00-17:00, or closed"},
	{{PLACE, "2026-12-24: closed", "2026-12-32: closed"},
	 "places/kommunen.yaml:18: \"2026-12-32\" is not allowed here; allowed: dates such as 2026-12-24, the earliest "
	 "first"},
	{{PLACE, "2026-12-28: 10", "2026-12-01: 10"},
	 "places/kommunen.yaml:18: \"2026-12-01\" is not allowed here; allowed: dates such as 2026-12-24, the earliest "
	 "first"},
	{{PLACE, "{en: checked}", "{en: done}"},
	 "places/kommunen.yaml:20: translation (en) \"done\" is unknown; allowed: unchecked, checked"},
	{{PLACE, "made_from: {en: ", "made_from: {en: x"},
	 "places/kommunen.yaml:19: made_from (en) \"x" SAMPLE_REVISION_PLACE
	 "\" is not allowed; allowed: 8 of 0-9 and a-f"},
	{{"content/activities.yaml", NULL, "football: {name: {da: Fodbold, en: Football, ar: كرة القدم}}\n"},
	 "activities.yaml:1: \"icon\" is missing"},
};

static const struct row guides[] = {
	{{SITE, "guides: [ill]", "guides: []"},
	 "site.yaml:9: the folder guides/ill is not listed in guides; add \"ill\" to guides, or delete the folder"},
	{{SITE, "guides: [ill]", "guides: [ill, vote]"}, "guides/vote/da.yaml:1: the file is missing"},
	{{GUIDE "en.yaml", "title: Are", "texts: 123\ntitle: Are"},
	 "guides/ill/en.yaml:3: texts \"123\" is not allowed; allowed: groups of 4 of 0-9 and a-f"},
	{{GUIDE "en.yaml", "title: Are", "texts: 0123\ntitle: Are"},
	 "guides/ill/en.yaml:2: texts is not of the Danish text that made_from names; write texts: "
	 "99daf85c371064ac8c4dbd3a6e78fb57b7e9e075192ccba02d44"},
	{{GUIDE "da.yaml", "title: Er", "texts: 0123\ntitle: Er"},
	 "guides/ill/da.yaml:5: unknown key \"texts\"; allowed: icon, picture, title, summary, reviewed, valid_to, "
	 "emergency, questions, results, aims, sources, topic"},
	{{GUIDE "da.yaml", "  now:", "  Now:"},
	 "guides/ill/da.yaml:9: questions: the name \"Now\" is not allowed; allowed: 1-40 of a-z, 0-9 and -"},
	{{GUIDE "da.yaml", "  who:", "  now:"}, "guides/ill/da.yaml:14: the key \"now\" stands twice; first in line 9"},
	{{GUIDE "da.yaml", "icon: clock, title: Fare, to: call", "icon: clok, title: Fare, to: call"},
	 "guides/ill/da.yaml:12: there is no pictogram \"clok\"; did you mean \"clock\"?"},
	{{GUIDE "da.yaml", "to: who", "to: now"},
	 "guides/ill/da.yaml:9: now: an answer must lead to a result, or to a question further down"},
	{{GUIDE "da.yaml", "title: Voksen, to: doctor", "title: Voksen, to: now"},
	 "guides/ill/da.yaml:14: who: an answer must lead to a result, or to a question further down"},
	{{GUIDE "da.yaml", "to: who", "to: nobody"},
	 "guides/ill/da.yaml:9: now: an answer must lead to a result, or to a question further down"},
	{{GUIDE "da.yaml", "to: who", "to: doctor"}, "guides/ill/da.yaml:14: who: no answer leads to this question"},
	{{GUIDE "da.yaml", "  doctor:\n    icon",
	  "  nurse: {icon: clock, title: X, text: Y, phone: 112}\n  doctor:\n    icon"},
	 "guides/ill/da.yaml:21: nurse: no answer leads to this result"},
	{{GUIDE "da.yaml", "      wait: {icon: clock, title: Ingen fare, to: who}\n", ""},
	 "guides/ill/da.yaml:12: answers has 1 entries; allowed are 2 to 5"},
	{{GUIDE "da.yaml", ", danger: yes", ""},
	 "guides/ill/da.yaml:9: now: where somebody may be in danger, the first answer must have danger and lead to a "
	 "result with phone 112"},
	{{GUIDE "da.yaml", "phone: 112", "phone: 114"},
	 "guides/ill/da.yaml:9: now: where somebody may be in danger, the first answer must have danger and lead to a "
	 "result with phone 112"},
	{{GUIDE "da.yaml", "    place: kommunen\n    page: daycare/start\n", ""},
	 "guides/ill/da.yaml:21: doctor: a result must say who answers; add phone, place or page"},
	{{GUIDE "da.yaml", "place: kommunen", "place: komunen"},
	 "guides/ill/da.yaml:25: place: there is no place \"komunen\"; did you mean \"kommunen\"?"},
	{{GUIDE "da.yaml", "page: daycare/start", "page: daycare/stat"},
	 "guides/ill/da.yaml:26: page: there is no page \"daycare/stat\"; did you mean \"daycare/start\"?"},
	{{GUIDE "da.yaml", "phrases: doctor", "phrases: docter"},
	 "guides/ill/da.yaml:27: phrases: there is no set of phrases \"docter\"; did you mean \"doctor\"?"},
	{{GUIDE "da.yaml", "valid_to: 2027-11-01", "valid_to: 2026-10-01"},
	 "guides/ill/da.yaml:4: valid_to 2026-10-01 is not after reviewed 2026-11-01"},
	/* translations */
	{{GUIDE "en.yaml", "danger: {title: Danger}, ", ""},
	 "guides/ill/en.yaml:8: answers: \"danger\" is missing; the Danish text has it"},
	{{GUIDE "en.yaml", "danger: {title: Danger}", "peril: {title: Danger}"},
	 "guides/ill/en.yaml:8: answers: \"danger\" is missing; the Danish text has it\n"
	 "guides/ill/en.yaml:8: answers: the Danish text has no \"peril\""},
	{{GUIDE "en.yaml", "{title: Danger}", "{title: Danger, to: doctor}"},
	 "guides/ill/en.yaml:8: \"to\" may not stand here; it belongs in the Danish file"},
	{{GUIDE "en.yaml", "{title: Danger}", "{title: Danger, text: Bad}"},
	 "guides/ill/en.yaml:8: the Danish text has no \"text\""},
	{{GUIDE "en.yaml", "    title: Who?\n", ""},
	 "guides/ill/en.yaml:10: \"title\" is missing; the Danish text has it"},
	{{GUIDE "en.yaml", "Call 112 now.", "Call now."},
	 "guides/ill/en.yaml:13: text lacks the number 112; the Danish text has it"},
	{{GUIDE "en.yaml", "99 66 70 00", "99 66 70 01"},
	 "guides/ill/en.yaml:16: text lacks the number 99 66 70 00; the Danish text has it"},
	{{GUIDE "en.yaml", "made_from: " SAMPLE_REVISION_GUIDE, "made_from: 00000000"},
	 "guides/ill/en.yaml:2: made_from is not written yet; if this translates the Danish text as it is now, write "
	 "made_from: " SAMPLE_REVISION_GUIDE},
	{{GUIDE "en.yaml", "translation: checked\n", ""}, "guides/ill/en.yaml:1: \"translation\" is missing"},
	{{GUIDE "en.yaml", "summary:", "sumary:"},
	 "guides/ill/en.yaml:1: \"summary\" is missing; the Danish text has it\n"
	 "guides/ill/en.yaml:4: unknown key \"sumary\"; did you mean \"summary\"?"},
};

static const struct row others[] = {
	{{PHRASES "da.yaml", "from: visitor", "from: nurse"},
	 "phrases/doctor/da.yaml:11: from \"nurse\" is unknown; allowed: visitor, staff"},
	{{PHRASES "da.yaml", "    text: Jeg er syg.\n", ""}, "phrases/doctor/da.yaml:10: \"text\" is missing"},
	{{PHRASES "en.yaml", "  cpr: {text: What is your CPR number?}\n", ""},
	 "phrases/doctor/en.yaml:8: phrases: \"cpr\" is missing; the Danish text has it"},
	{{PATH "da.yaml", "    when: Først\n", ""}, "paths/new/da.yaml:9: \"when\" is missing"},
	{{PATH "da.yaml", "picture: topic.svg", "picture: topics.svg"},
	 "paths/new/da.yaml:2: there is no file pictures/topics.svg; did you mean \"topic.svg\"?"},
	{{PATH "en.yaml", ", bring: passport", ""},
	 "paths/new/en.yaml:6: \"bring\" is missing; the Danish text has it"},
	{{STORY "da.yaml", "picture: play.svg", "picture: pla.svg"},
	 "stories/day/da.yaml:8: there is no file pictures/pla.svg; did you mean \"play.svg\"?"},
	{{STORY "da.yaml", "    picture: play.svg\n", ""}, "stories/day/da.yaml:8: \"picture\" is missing"},
	{{STORY "da.yaml", "    shows: Et barn leger.\n", ""}, "stories/day/da.yaml:8: \"shows\" is missing"},
	{{STORY "da.yaml", "icon:", "topic: day\nicon:"},
	 "stories/day/da.yaml:1: topic: site.yaml has no topic \"day\""},
	{{STORY "da.yaml", "{sand: {text: sand}}", "{a: {text: a}, b: {text: b}, c: {text: c}, d: {text: d}}"},
	 "stories/day/da.yaml:12: words has 4 entries; allowed are 0 to 3"},
	{{STORY "da.yaml", "  home: {picture: topic.svg, shows: Et hus., text: Du kommer.}\n", ""},
	 "stories/day/da.yaml:7: parts has 1 entries; allowed are 2 to 12"},
	{{STORY "en.yaml", "    shows: A child plays.\n", ""},
	 "stories/day/en.yaml:7: \"shows\" is missing; the Danish text has it"},
	{{STORY "en.yaml", "    when:", "    picture: topic.svg\n    when:"},
	 "stories/day/en.yaml:8: \"picture\" may not stand here; it belongs in the Danish file"},
	{{SITE, "stories: [day]\n", ""},
	 "site.yaml:1: the folder stories/day is not listed in stories; add \"day\" to stories, or delete the folder"},
	{{NOTICE "da.yaml", "urgency: urgent", "urgency: panic"},
	 "notices/smoke/da.yaml:2: urgency \"panic\" is unknown; allowed: service, important, urgent"},
	{{NOTICE "da.yaml", "2026-11-26 13:10", "26/11 13:10"},
	 "notices/smoke/da.yaml:3: from \"26/11 13:10\" is not allowed; allowed: a day such as 2026-11-26, or a day "
	 "and "
	 "a time such as 2026-11-26 13:10"},
	{{NOTICE "da.yaml", "to: 2026-11-27", "to: 2026-11-26 13:00"},
	 "notices/smoke/da.yaml:4: \"to\" is not after \"from\""},
	{{NOTICE "da.yaml", "to: 2026-11-27", "to: 2026-12-27"},
	 "notices/smoke/da.yaml:4: an urgent notice lasts at most 14 days"},
	{{NOTICE "da.yaml", "missing: [ar]\n", ""},
	 "notices/smoke/da.yaml:1: an urgent notice must be in \"ar\" too; translate it, or name \"ar\" in missing"},
	{{NOTICE "da.yaml", "[ar]", "[ar, en]"},
	 "notices/smoke/da.yaml:1: missing names \"en\", but there is a translation"},
	{{NOTICE "da.yaml", "[ar]", "[ar, pl]"},
	 "notices/smoke/da.yaml:9: missing: \"pl\" is not a language of site.yaml"},
	{{NOTICE "en.yaml", "Call 112.", "Call for help."},
	 "notices/smoke/en.yaml:4: text lacks the number 112; the Danish text has it"},
	{{EVENT ".ics", "LOCATION:kommunen", "LOCATION:komunen"},
	 "events/cafe.ics:10: LOCATION: there is no place \"komunen\"; did you mean \"kommunen\"?"},
	{{EVENT "/en.yaml", "title: Language café\n", ""},
	 "events/cafe/en.yaml:1: \"title\" is missing; the Danish text has it"},
	{{EVENT "/en.yaml", "title: L", "when: now\ntitle: L"},
	 "events/cafe/en.yaml:3: unknown key \"when\"; allowed: title, text, translation, made_from, translator, "
	 "checked_by"},
	{{"content/events/Cafe.ics", NULL, "x"},
	 "events/Cafe.ics:1: the name of the file is not allowed; allowed: 1-40 of a-z, 0-9 and -, then .ics"},
	{{"content/events/tea/en.yaml", NULL, "x"}, "events/tea:1: there is no file events/tea.ics"},
	{{"content/notices/Storm/da.yaml", NULL, "x"},
	 "notices/Storm:1: the name of the folder is not allowed; allowed: 1-40 of a-z, 0-9 and -"},
};

static void test_errors(void **state)
{
	(void)state;
	expect(hostile, ARRAY_LEN(hostile), FAULT_ERROR);
	expect(places, ARRAY_LEN(places), FAULT_ERROR);
	expect(guides, ARRAY_LEN(guides), FAULT_ERROR);
	expect(others, ARRAY_LEN(others), FAULT_ERROR);
}

#define NEWER "the Danish text has changed since this was translated; bring it up to date, then write made_from: "

static const struct row warnings[] = {
	{{GUIDE "en.yaml", NULL, NULL}, "guides/ill/da.yaml:1: warning: this guide is not translated to \"en\""},
	{{PHRASES "ar.yaml", NULL, NULL},
	 "phrases/doctor/da.yaml:1: warning: this set of phrases is not translated to \"ar\""},
	{{STORY "en.yaml", NULL, NULL}, "stories/day/da.yaml:1: warning: this story is not translated to \"en\""},
	{{EVENT "/ar.yaml", NULL, NULL}, "events/cafe.ics:1: warning: this event is not translated to \"ar\""},
	{{GUIDE "de.yaml", NULL, "x"},
	 "guides/ill/de.yaml:1: warning: this file is not read; allowed: <language>.yaml for a language that site.yaml "
	 "names"},
	{{GUIDE "en.yaml", "made_from: ", "made_from: 12345678 #"},
	 "guides/ill/en.yaml:2: warning: " NEWER SAMPLE_REVISION_GUIDE},
	{{PLACE, "made_from: {en: " SAMPLE_REVISION_PLACE ", ", "made_from: {en: 12345678, "},
	 "places/kommunen.yaml:19: warning: the Danish text has changed since this was translated; bring it up to "
	 "date, then write en: " SAMPLE_REVISION_PLACE},
	{{PLACE, "made_from: {en: " SAMPLE_REVISION_PLACE ", ar: " SAMPLE_REVISION_PLACE "}\n", ""},
	 "places/kommunen.yaml:1: warning: made_from lacks en, ar; if it is translated from the Danish texts as they "
	 "are now, write " SAMPLE_REVISION_PLACE " for each"},
	{{EVENT ".ics", "DTSTART;TZID=Europe/Copenhagen:20261105T160000\nDTEND;TZID=Europe/Copenhagen:20261105T180000",
	  "DTSTART:20250101"},
	 "events/cafe.ics:1: warning: this event is over, or more than 12 months away"},
	{{NOTICE "da.yaml", "from: 2026-11-26 13:10\nto: 2026-11-27", "from: 2026-11-20\nto: 2026-11-24"},
	 "notices/smoke/da.yaml:4: warning: this notice is over; delete its folder"},
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
	}
	expect(warnings, ARRAY_LEN(warnings), FAULT_WARNING);
}

/* The Danish guide got another answer: a translation that lacks it is left out, so that no guide is half in one
 * language and half in another; the others go on. */
static void test_left_out(void **state)
{
	struct sample_change change = {GUIDE "da.yaml",
				       "      wait:", "      maybe: {icon: clock, title: Måske, to: who}\n      wait:"};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, &change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	assert_int_equal(faults.errors, 0);
	const struct source_item *guide = &source.items[ITEM_GUIDE][0];
	assert_true(guide->present[0] && !guide->present[1] && !guide->present[2]);
	assert_true(source.items[ITEM_PATH][0].present[1]);
	faults_sort(&faults);
	const struct fault *first = sample_first(&faults, FAULT_WARNING);
	assert_string_equal(first->path, "guides/ill/ar.yaml");
	assert_string_equal(first->text, "this translation is left out until it has what the Danish text has; visitors "
					 "see that it is missing");
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

/* What was moved in Danish still has its own text in every language, and only the Danish file says where it leads. */
static void test_moved(void **state)
{
	struct sample_change change = {GUIDE "da.yaml",
				       "      child: {icon: clock, title: Barn, to: doctor}\n"
				       "      adult: {icon: clock, title: Voksen, to: doctor}\n",
				       "      adult: {icon: clock, title: Voksen, to: call}\n"
				       "      child: {icon: clock, title: Barn, to: doctor}\n"};
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, &change);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	const struct guide *guide = &source.items[ITEM_GUIDE][0].texts[1].guide;
	assert_true(source.items[ITEM_GUIDE][0].present[1]);
	assert_string_equal(guide->questions[1].answers[0].title, "An adult");
	assert_string_equal(guide->questions[1].answers[0].to, "call");
	assert_string_equal(guide->questions[1].answers[1].title, "A child");
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

static void test_what_is_read(void **state)
{
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};

	(void)state;
	sample_create(&sample, NULL);
	assert_true(source_read(sample.content, sample.folder, &source, &faults, &err));
	const struct place *place = &source.places[1].places[0];
	assert_true(place->kind == PLACE_OFFICE && place->fritidspas && place->hours.week_count == 2);
	assert_true(place->hours.week[1].from == 780 && place->hours.week[1].to == 1020 &&
		    place->hours.date_count == 2);
	assert_true(place->origin.translation == TRANSLATION_CHECKED && !strcmp(place->activities[0], "football"));
	assert_string_equal(source.places[2].activities[0].name, "كرة القدم");
	const struct phrases *phrases = &source.items[ITEM_PHRASES][0].texts[2].phrases;
	assert_string_equal(phrases->phrases[0].danish, "Jeg er syg.");
	assert_string_equal(phrases->phrases[0].text, "أنا مريض.");
	assert_string_equal(phrases->phrases[0].replies[1].danish, "Vent lidt");
	const struct story *story = &source.items[ITEM_STORY][0].texts[1].story;
	assert_true(story->part_count == 2 && !strcmp(story->parts[0].picture, "play.svg"));
	assert_string_equal(story->parts[0].danish, "Vi leger ude.");
	assert_string_equal(story->parts[0].text, "We play outside.");
	assert_string_equal(story->parts[0].shows, "A child plays.");
	assert_string_equal(story->parts[0].words[0].danish, "sand");
	assert_string_equal(story->parts[0].words[0].text, "fine sand");
	assert_true(source.alts[1].count == 1 && !strcmp(source.alts[1].pictures[0].text, "A house."));
	const struct notice *notice = &source.notices[1].notices[0];
	assert_true(notice->to_utc_s - notice->from_utc_s == 34 * 3600 + 50 * 60 && notice->urgency == NOTICE_URGENT);
	assert_int_equal(source.notices[2].count, 0);
	assert_int_equal(source.timetable.events[0].count, 3);
	const struct event *event = &source.events[1].events[0];
	assert_true(event->kind == EVENT_LANGUAGE && event->free && !strcmp(event->place, "kommunen"));
	assert_true(!strcmp(event->icon, "language") && !strcmp(event->web, "www.vhbib.dk"));
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors), cmocka_unit_test(test_warnings),     cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_moved),  cmocka_unit_test(test_what_is_read),
	};

	return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
