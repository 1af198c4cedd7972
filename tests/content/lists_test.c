/* What a screen asks of places, events, notices, guides, phrases, paths, stories and texts of pictures; and what a bundle with them must hold. */
#include "content/content.h"

#include "base/array.h"
#include "base/crypto.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ORIGIN(translation, revision) "\"translation\": \"" translation "\", \"revision\": \"" revision "\""
#define SOURCE                        ORIGIN("source", "11111111")
#define OLD                           ORIGIN("unchecked", "22222222")
#define HEAD(id, title, origin) \
	"\"id\": \"" id "\", \"icon\": \"i\", \"title\": \"" title \
	"\", \"summary\": \"S\", \"reviewed\": \"2026-11-01\"," \
	" \"valid_to\": \"2027-11-01\", " origin
#define PLACE(id, name, rest) "{\"id\": \"" id "\", \"icon\": \"i\", \"name\": \"" name "\", \"danish\": \"D\"" rest "}"
#define ACTIVITIES(name)      "\"activities\": [{\"id\": \"swim\", \"icon\": \"i\", \"name\": \"" name "\"}]"
#define EVENT(id, title, origin) \
	"{\"id\": \"" id "\", \"icon\": \"i\", \"kind\": \"sport\", \"title\": \"" title \
	"\", \"place\": \"hall\", " origin "}"
#define NOTICE(id, urgency, from, to, title, origin) \
	"{\"id\": \"" id "\", \"icon\": \"i\", \"urgency\": \"" urgency "\", \"from\": \"" from "\", \"to\": \"" to \
	"\"," \
	" \"sender\": \"S\", \"title\": \"" title "\", \"text\": \"T\", " origin "}"
#define TIME(date, from, to) "{\"date\": \"" date "\", \"from\": " #from ", \"to\": " #to "}"
#define ANSWER(id, to, rest) "{\"id\": \"" id "\", \"icon\": \"i\", \"title\": \"T\", \"to\": \"" to "\"" rest "}"
#define RESULT(id, rest)     "{\"id\": \"" id "\", \"icon\": \"i\", \"title\": \"T\", \"text\": \"T\"" rest "}"
#define GUIDE(title, origin) \
	"{" HEAD("ill", title, \
		 origin) ", \"emergency\": true, \"questions\": [{\"id\": \"now\", \"title\": \"N\"," \
			 " \"answers\": [" ANSWER("danger", "call", ", \"danger\": true") ", " ANSWER( \
				 "wait", "who", \
				 "") "]}," \
				     " {\"id\": \"who\", \"title\": \"W\", \"answers\": [" ANSWER( \
					     "a", "doctor", \
					     "") ", " ANSWER("b", "call", \
							     "") "]}]," \
								 " \"results\": [" RESULT( \
									 "call", \
									 ", \"phone\": \"112\"") ", " RESULT("doctor", \
													     ", " \
													     "\"place" \
													     "\": " \
													     "\"hall" \
													     "\"," \
													     " \"page" \
													     "\": " \
													     "\"t/" \
													     "p\", " \
													     "\"phras" \
													     "es\": " \
													     "\"set" \
													     "\"") "]" \
														   "}"
#define PHRASES(title, origin) \
	"{" HEAD("set", title, origin) ", \"visitor\": \"V\", \"staff\": \"S\", \"phrases\": [{\"id\": \"a\"," \
				       " \"icon\": \"i\", \"from\": \"staff\", \"danish\": \"D\", \"text\": \"T\", " \
				       "\"replies\": [{\"id\": \"yes\"," \
				       " \"danish\": \"Ja\", \"text\": \"Yes\"}]}]}"
#define STEP(id, rest) \
	"{\"id\": \"" id "\", \"icon\": \"i\", \"title\": \"T\", \"text\": \"T\", \"when\": \"W\"" rest "}"
#define PATH(title, origin) \
	"{" HEAD("new", title, origin) ", \"steps\": [" STEP("one", ", \"place\": \"hall\"") ", " STEP("two", "") "]}"
#define STORY(title, origin) \
	"{" HEAD("day", title, origin) ", \"parts\": [{\"id\": \"play\", \"picture\": \"play.svg\", " \
				       "\"shows\": \"A child\", \"when\": \"Now\", \"danish\": \"Vi leger\", " \
				       "\"text\": \"We play\", \"words\": [{\"id\": \"sand\", \"danish\": \"sand\", " \
				       "\"text\": \"sand\"}]}, {\"id\": \"eat\", \"picture\": \"n.svg\", " \
				       "\"shows\": \"Food\", \"danish\": \"Vi spiser\", \"text\": \"We eat\"}]}"

struct file {
	const char *path, *text;
};

static const struct file good[] = {
	{"bundle.json",
	 "{\"format\": 1, \"municipality\": \"V\", \"source\": \"da\", \"languages\": [{\"code\": \"en\", \"name\": "
	 "\"E\","
	 " \"rtl\": false}, {\"code\": \"da\", \"name\": \"D\", \"rtl\": false}], \"topics\": [{\"id\": \"t\", "
	 "\"icon\":"
	 " \"i\", \"hue\": \"h\", \"pages\": [\"p\"]}], \"guides\": [{\"id\": \"ill\", \"icon\": \"i\"}], \"phrases\":"
	 " [{\"id\": \"set\", \"icon\": \"i\"}], \"paths\": [{\"id\": \"new\", \"icon\": \"i\", \"picture\": "
	 "\"n.svg\"}], \"stories\": [{\"id\": \"day\", \"icon\": \"i\", \"topic\": \"t\"}]}"},
	{"topics/da.json", "{\"topics\": [{\"id\": \"t\", \"title\": \"T\", \"summary\": \"S\"}]}"},
	{"pages/da/t/p.json", "{\"title\": \"P\", \"summary\": \"S\", \"icon\": \"i\", \"reviewed\": \"2026-11-01\","
			      " \"valid_to\": \"2027-11-01\", \"minutes\": 1, \"blocks\": [], " SOURCE "}"},
	{"places/da.json",
	 "{\"places\": [" PLACE(
		 "club", "Klub",
		 ", \"kind\": \"club\", \"town\": \"Aars\", \"activities\": [\"swim\"],"
		 " \"fritidspas\": true, \"hours\": [{\"weekday\": 3, \"from\": 600, \"to\": 720}],"
		 " \"hours_valid_to\": \"2026-12-31\", " SOURCE) ", " PLACE("hall", "Hal",
									    ", \"kind\": \"office\", \"town\": "
									    "\"Aars\", " SOURCE) ", " PLACE("old",
													    "Gammel",
													    "") "],"
														" " ACTIVITIES(
															"Svømning") "}"},
	{"places/en.json", "{\"places\": [" PLACE("club", "Club", ", " OLD) ", " PLACE(
				   "hall", "Hall", "") "], " ACTIVITIES("Swimming") "}"},
	{"events/da.json", "{\"events\": [" EVENT("ball", "Bold", SOURCE) ", " EVENT("tea", "Te", SOURCE) "]}"},
	{"events/en.json", "{\"events\": [" EVENT("tea", "Tea", OLD) "]}"},
	{"timetable.json",
	 "{\"events\": [{\"id\": \"ball\", \"times\": [" TIME("2026-12-01", 600, 660) ", " TIME(
		 "2026-12-03", 600,
		 660) "]}, {\"id\": \"tea\", \"times\": [" TIME("2026-12-01", 540,
								600) ", " TIME("2026-12-02", 0,
									       1440) ", " TIME("2026-12-03", 600,
											       630) "]}]}"},
	{"notices/da.json",
	 "{\"notices\": [" NOTICE("a", "service", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", "A",
				  SOURCE) ", " NOTICE("b", "urgent", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z",
						      "B", SOURCE) ", " NOTICE("c", "service", "2026-11-10T00:00:00Z",
									       "2026-12-01T00:00:00Z", "C",
									       SOURCE) "]}"},
	{"notices/en.json", "{\"notices\": [" NOTICE("b", "urgent", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z",
						     "Bee", ORIGIN("checked", "11111111")) "]}"},
	{"guides/da/ill.json", GUIDE("Syg", SOURCE)},
	{"guides/en/ill.json", GUIDE("Ill", OLD)},
	{"phrases/da/set.json", PHRASES("Sæt", SOURCE)},
	{"paths/da/new.json", PATH("Ny", SOURCE)},
	{"paths/en/new.json", PATH("New", ORIGIN("checked", "11111111"))},
	{"stories/da/day.json", STORY("Dag", SOURCE)},
	{"stories/en/day.json", STORY("Day", OLD)},
	{"alts/da.json", "{\"pictures\": [{\"id\": \"a.svg\", \"text\": \"Et træ\"}, {\"id\": \"n.svg\","
			 " \"text\": \"Et hus\"}]}"},
	{"alts/en.json", "{\"pictures\": [{\"id\": \"n.svg\", \"text\": \"A house\"}]}"},
	{"pictures/n.svg", "<svg/>"},
	{"pictures/play.svg", "<svg></svg>"},
};

struct fixture {
	struct file files[ARRAY_LEN(good)];
	size_t count;
	char hex[ARRAY_LEN(good)][SHA256_HEX_MAX];
	char folder[64];
	char path[96];
};

static bool read_object(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct fixture *fixture = context;

	(void)limit;
	for (size_t i = 0; i < fixture->count; i++) {
		if (strcmp(fixture->hex[i], sha256) != 0)
			continue;
		buf_clear(out);
		return buf_append_text(out, fixture->files[i].text) || err_memory(err);
	}
	return err_set(err, ERR_MISSING, "no such object");
}

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){.count = ARRAY_LEN(good), .folder = "/tmp/lists_test.XXXXXX"};
	memcpy(fixture.files, good, sizeof(good));
	assert_non_null(mkdtemp(fixture.folder));
	snprintf(fixture.path, sizeof(fixture.path), "%s/index.db", fixture.folder);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	return rmdir(fixture->folder);
}

static bool build(struct fixture *fixture, struct err *err)
{
	struct content_target targets[ARRAY_LEN(good)];

	for (size_t i = 0; i < fixture->count; i++) {
		const char *text = fixture->files[i].text;

		if (!sha256_hex(text, strlen(text), fixture->hex[i], err))
			return false;
		targets[i] = (struct content_target){fixture->files[i].path, fixture->hex[i], (int64_t)strlen(text)};
	}
	return content_index_build(targets, fixture->count, (struct content_objects){read_object, fixture}, 0,
				   fixture->path, err);
}

static struct content *open_built(struct fixture *fixture)
{
	struct content *content = NULL;
	struct err err = {0};

	if (!build(fixture, &err) ||
	    !content_open(fixture->path, (struct content_objects){read_object, fixture}, &content, &err))
		fail_msg("%s", err.text);
	return content;
}

static void test_places(void **state)
{
	const struct clock_civil open = {.year = 2026, .month = 11, .day = 26, .hour = 11};
	const struct clock_civil closed = {.year = 2026, .month = 11, .day = 26, .hour = 13};
	const struct {
		struct place_filter filter;
		size_t count;
		const char *first;
	} rows[] = {
		{{0}, 3, "Club"},
		{{.by_kind = true, .kind = PLACE_OFFICE}, 1, "Hall"},
		{{.by_kind = true, .kind = PLACE_OTHER}, 1, "Gammel"},
		{{.activity = "swim"}, 1, "Club"},
		{{.activity = "ride"}, 0, NULL},
		{{.town = "Aars"}, 2, "Club"},
		{{.town = "Aars", .by_kind = true, .kind = PLACE_OFFICE}, 1, "Hall"},
		{{.fritidspas = true}, 1, "Club"},
		{{.open_at = &open}, 1, "Club"},
		{{.open_at = &closed}, 0, NULL},
	};
	struct content *content = open_built(*state);
	const struct place *out[2];

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(content_places(content, 0, &rows[i].filter, out, ARRAY_LEN(out)), rows[i].count);
		if (rows[i].first)
			assert_string_equal(out[0]->name, rows[i].first);
	}
	/* Whose text it is, and whether it is up to date. */
	const struct place *club = content_place(content, 0, "club");
	assert_true(club->origin.translation == TRANSLATION_UNCHECKED && club->origin.source_newer);
	const struct place *hall = content_place(content, 0, "hall");
	assert_true(hall->origin.translation == TRANSLATION_UNCHECKED && !hall->origin.source_newer);
	assert_int_equal(content_place(content, 0, "old")->origin.translation, TRANSLATION_SOURCE);
	assert_string_equal(content_activity(content, 0, "swim")->name, "Swimming");
	assert_null(content_activity(content, 0, "ride"));
	assert_int_equal(content_source_places(content)->activity_count, 1);
	content_close(content);
}

static void test_events(void **state)
{
	struct content *content = open_built(*state);
	struct event_day out[5];
	struct event_day few[2];

	assert_int_equal(content_events(content, 0, "2026-12-01", "2026-12-03", out, 5), 5);
	static const char *const ids[] = {"tea", "ball", "tea", "ball", "tea"};
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		assert_string_equal(out[i].event->id, ids[i]);
	assert_string_equal(out[0].event->title, "Tea");
	assert_true(out[0].event->origin.source_newer && out[0].event->time_count == 3);
	assert_string_equal(out[1].event->title, "Bold");
	assert_int_equal(out[1].event->origin.translation, TRANSLATION_SOURCE);
	assert_true(out[2].time->from == 0 && out[2].time->to == 1440);
	/* There are more than there is room for: the first. */
	assert_int_equal(content_events(content, 0, "2026-12-01", "2026-12-03", few, 2), 5);
	assert_true(!strcmp(few[0].event->id, "tea") && !strcmp(few[1].event->id, "ball"));
	assert_int_equal(content_events(content, 0, "2026-12-02", "2026-12-02", out, 5), 1);
	assert_int_equal(content_events(content, 0, "2027-01-01", "2027-12-31", out, 5), 0);
	assert_int_equal(content_events(content, 0, "2026-12-01", "2026-12-03", NULL, 0), 5);
	assert_null(content_event(content, 0, "coffee"));
	content_close(content);
}

static int64_t utc(const char *text)
{
	int64_t utc_s;

	assert_true(clock_parse_utc(text, &utc_s));
	return utc_s;
}

static void test_notices(void **state)
{
	struct content *content = open_built(*state);
	const struct notice *out[3];

	assert_int_equal(content_notices(content, 0, utc("2026-11-20T00:00:00Z"), out, 3), 3);
	assert_string_equal(out[0]->title, "Bee");
	assert_string_equal(out[1]->title, "C");
	assert_string_equal(out[2]->title, "A");
	assert_int_equal(content_notices(content, 0, utc("2026-11-20T00:00:00Z"), out, 1), 3);
	assert_string_equal(out[0]->title, "Bee");
	assert_true(out[0]->origin.translation == TRANSLATION_CHECKED && !out[0]->origin.source_newer);
	assert_int_equal(content_notices(content, 0, utc("2026-11-21T00:00:00Z"), out, 3), 2);
	assert_int_equal(content_notices(content, 0, utc("2026-10-31T23:59:59Z"), out, 3), 0);
	assert_int_equal(content_notice_change(content, utc("2026-11-20T00:00:00Z")), utc("2026-11-21T00:00:00Z"));
	assert_int_equal(content_notice_change(content, utc("2026-12-01T00:00:00Z")), INT64_MAX);
	content_close(content);
}

static void test_items(void **state)
{
	struct content *content = open_built(*state);
	struct arena arena = {0};
	union item_any item;
	struct err err = {0};
	bool translated;

	assert_string_equal(content_bundle(content)->items[ITEM_PATH].entries[0].picture, "n.svg");
	assert_string_equal(content_item_title(content, 0, ITEM_GUIDE, "ill", &translated)->title, "Ill");
	assert_true(translated);
	assert_string_equal(content_item_title(content, 0, ITEM_PHRASES, "set", &translated)->title, "Sæt");
	assert_false(translated);
	assert_null(content_item_title(content, 0, ITEM_PATH, "ill", &translated));
	assert_true(content_item(content, 0, ITEM_GUIDE, "ill", &arena, &item, &err));
	assert_true(item.head.origin.source_newer && item.guide.emergency);
	const struct guide_question *now = guide_question(&item.guide, "now");
	assert_string_equal(guide_result(&item.guide, now->answers[0].to)->phone, "112");
	assert_non_null(guide_question(&item.guide, now->answers[1].to));
	assert_true(content_item(content, 0, ITEM_PATH, "new", &arena, &item, &err));
	assert_true(!item.head.origin.source_newer && item.path.step_count == 2);
	assert_false(content_item(content, 0, ITEM_PHRASES, "set", &arena, &item, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_string_equal(err.text, "phrases/en/set: there is no such page");
	err = (struct err){0};
	assert_true(content_item(content, 1, ITEM_PHRASES, "set", &arena, &item, &err));
	assert_true(item.phrases.phrases[0].from == PHRASE_FROM_STAFF);
	assert_string_equal(item.phrases.phrases[0].replies[0].text, "Yes");
	assert_true(content_item(content, 0, ITEM_STORY, "day", &arena, &item, &err));
	assert_true(item.head.origin.source_newer && item.story.part_count == 2);
	const struct story_part *play = &item.story.parts[0];
	assert_string_equal(play->shows, "A child");
	assert_string_equal(play->danish, "Vi leger");
	assert_string_equal(play->words[0].text, "sand");
	assert_true(item.story.parts[1].word_count == 0 && !item.story.parts[1].when);
	assert_false(content_item(content, 9, ITEM_PHRASES, "set", &arena, &item, &err));
	arena_finish(&arena);
	content_close(content);
}

static void test_pictures(void **state)
{
	struct content *content = open_built(*state);
	struct buf svg = {0};
	struct err err = {0};

	assert_string_equal(content_alt(content, 0, "n.svg"), "A house");
	assert_string_equal(content_alt(content, 1, "n.svg"), "Et hus");
	assert_null(content_alt(content, 0, "a.svg")); /* it is not said in English */
	assert_null(content_alt(content, 1, "play.svg"));
	/* What only a story names is there, too. */
	assert_true(content_picture(content, "play.svg", &svg, &err));
	assert_int_equal(svg.len, strlen("<svg></svg>"));
	assert_false(content_picture(content, "a.svg", &svg, &err));
	assert_int_equal(err.code, ERR_MISSING);
	buf_finish(&svg);
	content_close(content);
}

/* One file with the first `from` replaced by `to`; `to` NULL: the file is not there. */
static const struct {
	const char *path, *from, *to, *says; /* NULL: it is fine */
} broken[] = {
	{"places/da.json", "[\"swim\"]", "[\"ride\"]", "places/da.json: activities: the bundle has no \"ride\""},
	{"places/da.json", "\"kind\": \"club\"", "\"kind\": \"pub\"", "club: \"kind\": \"pub\" is unknown"},
	{"places/da.json", "\"weekday\": 3", "\"weekday\": 7", "club: hours[0]: \"weekday\""},
	{"places/da.json", "\"to\": 720", "\"to\": 1441", "club: hours[0]: \"to\""},
	{"places/da.json", "2026-12-31", "2026-12-32", "club: \"hours_valid_to\""},
	{"places/da.json", "\"fritidspas\": true", "\"fritidspas\": 1", "club: \"fritidspas\""},
	{"places/da.json", "\"fritidspas\": true", "\"geo\": \"56\"", "club: \"geo\": \"56\" is not allowed"},
	{"places/da.json", "\"activities\": [{\"id\": \"swim\"", "\"activities\": [{\"id\": \"Swim\"", "activities[0]"},
	{"events/da.json", "\"place\": \"hall\"", "\"place\": \"pub\"",
	 "events/da.json: place: the bundle has no \"pub\""},
	{"events/da.json", "\"tea\"", "\"ball\"", "they must ascend by id"},
	{"events/da.json", "\"kind\": \"sport\"", "\"kind\": \"fun\"", "ball: \"kind\": \"fun\" is unknown"},
	{"events/en.json", NULL, NULL, NULL},
	{"timetable.json", NULL, NULL, "events/da.json: the event \"ball\" is not in timetable.json"},
	{"timetable.json", "\"tea\"", "\"the\"", "the event \"tea\" is not in timetable.json"},
	{"timetable.json", "2026-12-01", "today", "timetable.json: events[0]: ball: times[0]: \"date\""},
	{"timetable.json", "\"from\": 600", "\"from\": -1", "times[0]: \"from\""},
	{"notices/da.json", "2026-11-01T00:00:00Z", "2026-11-01", "a: \"from\": \"2026-11-01\" is not allowed"},
	{"notices/da.json", "\"service\"", "\"fun\"", "a: \"urgency\": \"fun\" is unknown"},
	{"notices/da.json", NULL, NULL, NULL},
	{"guides/da/ill.json", NULL, NULL, "guides/da/ill.json: bundle.json names it, but the bundle lacks it"},
	{"guides/da/ill.json", "\"id\": \"ill\"", "\"id\": \"well\"", "it says that its id is \"well\""},
	{"guides/da/ill.json", "\"to\": \"who\"", "\"to\": \"now\"",
	 "now: an answer must lead to a result, or to a question"},
	{"guides/da/ill.json", "\"to\": \"who\"", "\"to\": \"doctor\"", "who: no answer leads to this question"},
	{"guides/da/ill.json", "\"to\": \"doctor\"", "\"to\": \"call\"", "doctor: no answer leads to this result"},
	{"guides/da/ill.json", "\"id\": \"doctor\"", "\"id\": \"who\"", "a question and a result have the same id"},
	{"guides/da/ill.json", ", \"danger\": true", "", "now: where somebody may be in danger"},
	{"guides/da/ill.json", "\"112\"", "\"114\"", "now: where somebody may be in danger"},
	{"guides/da/ill.json", "\"id\": \"wait\"", "\"id\": \"danger\"", "\"answers\": \"danger\" stands twice"},
	{"guides/da/ill.json", "\"page\": \"t/p\"", "\"page\": \"t/q\"", "page: the bundle has no page \"t/q\""},
	{"guides/da/ill.json", "\"phrases\": \"set\"", "\"phrases\": \"no\"", "phrases: the bundle has no \"no\""},
	{"guides/en/ill.json", NULL, NULL, NULL},
	{"guides/en/ill.json", "\"112\"", "\"114\"", "guides/en/ill.json: now: where somebody may be in danger"},
	{"phrases/da/set.json", "\"staff\", \"danish\"", "\"nurse\", \"danish\"", "phrases[0]: a: \"from\": \"nurse\""},
	{"phrases/da/set.json", "\"danish\": \"D\", ", "", "phrases[0]: a: \"danish\": is missing"},
	{"paths/da/new.json", "\"place\": \"hall\"", "\"place\": \"pub\"", "place: the bundle has no \"pub\""},
	{"paths/da/new.json", "\"when\": \"W\", ", "", "steps[0]: one: \"when\": is missing"},
	{"pictures/n.svg", NULL, NULL, "pictures/n.svg: it is named, but the bundle lacks it"},
	{"pictures/play.svg", NULL, NULL,
	 "stories/da/day.json: pictures/play.svg: it is named, but the bundle lacks it"},
	{"stories/da/day.json", NULL, NULL, "stories/da/day.json: bundle.json names it, but the bundle lacks it"},
	{"stories/en/day.json", NULL, NULL, NULL},
	{"stories/da/day.json", "play.svg", "../play.svg",
	 "parts[0]: play: \"picture\": \"../play.svg\" is not allowed"},
	{"stories/da/day.json", "\"picture\": \"play.svg\", ", "", "parts[0]: play: \"picture\": is missing"},
	{"stories/da/day.json", "\"shows\": \"A child\", ", "", "parts[0]: play: \"shows\": is missing"},
	{"stories/da/day.json", "\"danish\": \"Vi leger\", ", "", "parts[0]: play: \"danish\": is missing"},
	{"stories/da/day.json", "\"id\": \"eat\"", "\"id\": \"play\"", "\"parts\": \"play\" stands twice"},
	{"stories/da/day.json", "{\"id\": \"sand\"",
	 "{\"id\": \"b\", \"danish\": \"B\", \"text\": \"B\"}, {\"id\": \"c\", \"danish\": \"C\", \"text\": \"C\"},"
	 " {\"id\": \"d\", \"danish\": \"D\", \"text\": \"D\"}, {\"id\": \"sand\"",
	 "parts[0]: play: \"words\""},
	{"stories/da/day.json", "\"parts\": [", "\"parts\": [], \"rest\": [", "\"parts\""},
	{"alts/da.json", NULL, NULL, NULL},
	{"alts/da.json", "\"a.svg\"", "\"z.svg\"",
	 "alts/da.json: \"pictures\": \"n.svg\" does not come after \"z.svg\""},
	{"alts/da.json", "\"a.svg\"", "\"a.png\"", "alts/da.json: pictures[0]: \"id\": \"a.png\" is not allowed"},
	{"alts/en.json", "\"text\": \"A house\"", "\"text\": 1", "alts/en.json: pictures[0]: n.svg: \"text\""},
};

static void test_broken(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		struct err err = {0};
		char *text = NULL;

		fixture->count = 0;
		for (size_t f = 0; f < ARRAY_LEN(good); f++) {
			struct file file = good[f];

			if (strcmp(file.path, broken[i].path) == 0) {
				const char *at = broken[i].from ? strstr(file.text, broken[i].from) : NULL;

				if (!broken[i].to)
					continue;
				assert_non_null(at);
				assert_true(asprintf(&text, "%.*s%s%s", (int)(at - file.text), file.text, broken[i].to,
						     at + strlen(broken[i].from)) > 0);
				file.text = text;
			}
			fixture->files[fixture->count++] = file;
		}
		bool ok = build(fixture, &err);
		if (ok != !broken[i].says || (!ok && !strstr(err.text, broken[i].says)))
			fail_msg("row %zu (%s, %s): %s", i, broken[i].path, broken[i].to, err.text);
		unlink(fixture->path);
		free(text);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_places), TEST(test_events),   TEST(test_notices),
		TEST(test_items),  TEST(test_pictures), TEST(test_broken),
	};

	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
