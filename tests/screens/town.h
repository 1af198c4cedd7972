/* town -- a small municipality and a kiosk that shows it, for the tests of src/screens.
 *
 * Include once in a test. Four languages (da, en, uk, ar), topics daycare (get-a-place, prices) and health (doctor); prices is not in uk and ar. A guide, ill,
 * not in ar; three places, of which the pool is open; two events; sets of phrases doctor and school, path arrived; school and arrived are not in uk. Every word of the kiosk
 * is "<language> <English>", so that a test sees which language is spoken. Time is virtual: it is 14:32:00 on 30 November 2026 when a kiosk opens.
 *
 *	struct kiosk kiosk = {0};
 *	kiosk_open(&kiosk, &(struct town){0}, 1080, 1920);
 *	kiosk_tap(&kiosk, "start");
 *	kiosk_close(&kiosk);
 */
#ifndef TEST_TOWN_H
#define TEST_TOWN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <pixman.h>

#include "base/array.h"
#include "base/crypto.h"
#include "content/content.h"
#include "screens/screen.h"
#include "screens/terminal.h"

#define TOWN_FILES 64
#define START_UTC  1796045520 /* 2026-11-30T13:32:00Z */
#define START_MONO 3200000    /* a greeting begins to be held */
#define STEPS      12

/* What is different from the usual town. */
struct town {
	const char *title;  /* of get-a-place; NULL: "Get a place" */
	bool without_place; /* get-a-place is not there */
	bool without_arabic;
	const char *valid_to; /* of get-a-place; NULL: for long */
	bool marked;          /* get-a-place is for families, and sensitive; prices is for people who work */
	const char *urgent;   /* title of an urgent notice in force; NULL: there is none */
	bool calm;            /* a service notice is in force, without a translation into Ukrainian */
	bool newer;           /* the Danish text of get-a-place is newer, */
	bool parted;          /* and it is known that its summary and third step are; so are texts of each item */
};

struct town_file {
	char path[128];
	char sha256[SHA256_HEX_MAX];
	struct buf bytes;
};

struct town_store {
	struct town_file files[TOWN_FILES];
	size_t count;
	struct arena arena;
	bool newer; /* texts of items are */
};

struct kiosk {
	struct terminal *terminal;
	pixman_image_t *image;
	pixman_region32_t changed;
	struct clock now;
	bool shown;      /* there was a frame */
	float mm_per_px; /* put there before kiosk_open(), as the next */
	bool at_once;
	const char *pin, *here; /* the same */
	struct town_store stores[4];
	size_t store_count;
};

static struct language town_languages[] = {
	{"da", "Dansk", false}, {"en", "English", false}, {"uk", "Українська", false}, {"ar", "العربية", true}};

static void town_file(struct town_store *store, const char *path, struct buf *bytes)
{
	struct err err;
	struct town_file *file = &store->files[store->count++];
	assert_true(store->count <= TOWN_FILES);
	snprintf(file->path, sizeof(file->path), "%s", path);
	file->bytes = *bytes;
	*bytes = (struct buf){0};
	assert_true(sha256_hex(file->bytes.data, file->bytes.len, file->sha256, &err));
}

static const char *town_text(struct town_store *store, const char *lang, const char *text)
{
	return arena_printf(&store->arena, "%s %s", lang, text);
}

static struct rich town_rich(const char *text)
{
	return (struct rich){.text = text, .len = strlen(text)};
}

static void town_words(struct town_store *store, const struct language *language, struct buf *out)
{
	static const struct {
		const char *lang;
		size_t forms;
	} plurals[] = {{"da", 2}, {"en", 2}, {"uk", 4}, {"ar", 6}};
	struct words *words = arena_alloc(&store->arena, sizeof(*words));
	struct err err;
	for (size_t i = 0; i < WORD_COUNT; i++) {
		struct word_text *word = &words->words[i];
		word->form_count = 1;
		for (size_t j = 0; word_messages[i].plural && j < ARRAY_LEN(plurals); j++)
			if (strcmp(plurals[j].lang, language->code) == 0)
				word->form_count = plurals[j].forms;
		for (size_t j = 0; j < word->form_count; j++)
			word->forms[j] = town_text(store, language->code, word_messages[i].msgid);
	}
	assert_true(words_write(words, out, &err));
}

static void town_page(struct town_store *store, const char *lang, const char *topic, const char *name,
		      struct page *page)
{
	struct buf bytes = {0};
	struct err err = {0};
	char path[128];
	bool source = strcmp(lang, "da") == 0;
	page->icon = "sign";
	page->reviewed = "2026-03-02";
	page->valid_to = page->valid_to ? page->valid_to : "2030-01-01";
	page->translation = source ? TRANSLATION_SOURCE : TRANSLATION_UNCHECKED;
	page->revision = page->source_newer && source ? "00000002" : "00000001";
	page->minutes = 3;
	if (!page_write(page, &bytes, &err))
		fail_msg("%s", err.text);
	snprintf(path, sizeof(path), "pages/%s/%s/%s.json", lang, topic, name);
	town_file(store, path, &bytes);
}

#define TOWN_PARTS   21 /* of get-a-place */
#define TOWN_SUMMARY 1
#define TOWN_STEP_3  8

static const char *town_parts(struct town_store *store, bool newer)
{
	const char *parts = "";
	for (unsigned i = 0; i < TOWN_PARTS; i++)
		parts = arena_printf(&store->arena, "%s%04x", parts,
				     i + (newer && (i == TOWN_SUMMARY || i == TOWN_STEP_3) ? 0x8000u : 0));
	return parts;
}

/* Long enough to roll, with every kind of block. */
static void town_place_page(struct town_store *store, const char *lang, const struct town *town)
{
	static const char link[] = "Read about the doctor here.";
	static struct span spans[] = {{11, 10, SPAN_LINK, "health/doctor"}, {22, 4, SPAN_LINK, "health/doctor"}};
	struct item *steps = arena_array(&store->arena, STEPS, sizeof(*steps));
	for (size_t i = 0; i < STEPS; i++)
		steps[i] = (struct item){
			.title = town_text(store, lang, "step"),
			.text = town_rich(town_text(
				store, lang, "what to do, in a sentence that is long enough for more than one line"))};
	struct block blocks[] = {
		{.kind = BLOCK_PARAGRAPH, .text = {link, sizeof(link) - 1, spans, ARRAY_LEN(spans)}},
		{.kind = BLOCK_HEADING, .title = "How to do it"},
		{.kind = BLOCK_STEPS, .items = steps, .item_count = STEPS},
		{.kind = BLOCK_LIST, .items = &(struct item){.text = town_rich("a thing to bring")}, .item_count = 1},
		{.kind = BLOCK_CALLOUT,
		 .callout = CALLOUT_REMEMBER,
		 .title = "The date",
		 .text = town_rich("Answer in time.")},
	};
	struct page page = {.title = town_text(store, lang, town->title ? town->title : "Get a place"),
			    .summary = town_text(store, lang, "Sign up in good time."),
			    .valid_to = town->valid_to,
			    .source_newer = town->newer,
			    .parts = town->parted ? town_parts(store, town->newer && strcmp(lang, "da") == 0) : NULL,
			    .blocks = blocks,
			    .block_count = ARRAY_LEN(blocks),
			    .contact = "townhall",
			    .related = {"daycare/prices"},
			    .related_count = 1};
	page.facts[page.fact_count++] = (struct fact){"clock", "When", "In good time"};
	page.facts[page.fact_count++] = (struct fact){"idcard", "You need", "MitID"};
	page.terms[page.term_count++] = (struct term){"dagpleje", "a child minder in a private home"};
	town_page(store, lang, "daycare", "get-a-place", &page);
}

static void town_short_page(struct town_store *store, const char *lang, const char *topic, const char *name,
			    const char *title)
{
	struct block block = {.kind = BLOCK_PARAGRAPH, .text = town_rich("A short text.")};
	struct page page = {.title = town_text(store, lang, title),
			    .summary = town_text(store, lang, "In a few words."),
			    .blocks = &block,
			    .block_count = 1};
	town_page(store, lang, topic, name, &page);
}

static struct origin town_origin(const char *lang)
{
	bool source = strcmp(lang, "da") == 0;
	return (struct origin){.translation = source ? TRANSLATION_SOURCE : TRANSLATION_UNCHECKED,
			       .revision = "00000001"};
}

static bool town_count(void *context, const struct shape_field *field, const char **text)
{
	(void)field;
	(void)text;
	*(size_t *)context += 1;
	return true;
}

/* Of each text of an item a digest of its own; the fourth and the fifth may be others in Danish. */
static const char *town_texts(struct town_store *store, enum item_kind kind, union item_any *item, bool newer)
{
	const char *texts = "";
	size_t count = 0;
	shape_each(item_shapes[kind], item, SHAPE_TRANSLATED, town_count, &count);
	for (unsigned i = 0; i < count; i++)
		texts = arena_printf(&store->arena, "%s%04x", texts, i + (newer && (i == 3 || i == 4) ? 0x8000u : 0));
	return texts;
}

static void town_item(struct town_store *store, const char *lang, enum item_kind kind, const char *id,
		      union item_any *item)
{
	struct buf bytes = {0};
	struct err err = {0};
	char path[128];
	bool newer = store->newer && strcmp(lang, "da") == 0;
	item->head.id = id;
	item->head.icon = "sign";
	item->head.reviewed = "2026-03-02";
	item->head.valid_to = "2030-01-01";
	item->head.origin = town_origin(lang);
	item->head.origin.revision = newer ? "00000002" : "00000001";
	item->head.texts = town_texts(store, kind, item, newer);
	if (!item_write(kind, item, &bytes, &err))
		fail_msg("%s", err.text);
	snprintf(path, sizeof(path), "%s/%s/%s.json", item_folders[kind], lang, id);
	town_file(store, path, &bytes);
}

/* Two questions and three results; not in Arabic. */
static void town_guide(struct town_store *store, const char *lang)
{
	struct guide_answer first[] = {
		{.id = "danger",
		 .icon = "ambulance",
		 .title = town_text(store, lang, "Danger"),
		 .text = town_text(store, lang, "Somebody bleeds."),
		 .to = "call-112",
		 .danger = true},
		{.id = "fever", .icon = "thermo", .title = town_text(store, lang, "Fever"), .to = "when"},
		{.id = "pain", .icon = "frown", .title = town_text(store, lang, "Pain"), .to = "when"}};
	struct guide_answer second[] = {
		{.id = "today", .icon = "clock", .title = town_text(store, lang, "Today"), .to = "call"},
		{.id = "later", .icon = "events", .title = town_text(store, lang, "Later"), .to = "read"}};
	struct guide_question questions[] = {
		{"what", town_text(store, lang, "What is it?"), town_text(store, lang, "Choose one."), first, 3},
		{"when", town_text(store, lang, "Since when?"), NULL, second, 2}};
	struct guide_step steps[] = {{"call", town_text(store, lang, "Call."), "Jeg har feber."},
				     {"wait", town_text(store, lang, "Wait."), NULL}};
	struct guide_result results[] = {{.id = "call-112",
					  .icon = "ambulance",
					  .title = town_text(store, lang, "Call 112"),
					  .text = town_text(store, lang, "Now."),
					  .danger = true,
					  .phone = "112"},
					 {.id = "call",
					  .icon = "phone",
					  .title = town_text(store, lang, "Call the town hall"),
					  .text = town_text(store, lang, "They help."),
					  .place = "townhall",
					  .page = "health/doctor",
					  .steps = steps,
					  .step_count = 2,
					  .warning = town_text(store, lang, "Worse? Call 112.")},
					 {.id = "read",
					  .icon = "book",
					  .title = town_text(store, lang, "Read about it"),
					  .text = town_text(store, lang, "There is time."),
					  .page = "health/doctor"}};
	union item_any item = {.guide = {.head = {.title = town_text(store, lang, "Are you ill?"),
						  .summary = town_text(store, lang, "Answer two questions.")},
					 .emergency = true,
					 .questions = questions,
					 .question_count = ARRAY_LEN(questions),
					 .results = results,
					 .result_count = ARRAY_LEN(results)}};
	town_item(store, lang, ITEM_GUIDE, "ill", &item);
}

/* The café is every Monday and free, once cancelled; the day out is all day, nowhere that the kiosk knows. */
static void town_events(struct town_store *store, const char *lang, struct buf *out)
{
	struct origin origin = {.translation = strcmp(lang, "da") == 0 ? TRANSLATION_SOURCE : TRANSLATION_UNCHECKED,
				.revision = "00000001"};
	struct event events[] = {{.id = "cafe",
				  .icon = "cup",
				  .title = town_text(store, lang, "Language cafe"),
				  .text = town_text(store, lang, "Come and talk."),
				  .place = "townhall",
				  .free = true,
				  .origin = origin},
				 {.id = "outing",
				  .icon = "tree",
				  .title = town_text(store, lang, "Day out"),
				  .where = "Ved stationen",
				  .families = true,
				  .origin = origin}};
	struct err err = {0};
	if (!events_write(&(struct events){events, ARRAY_LEN(events)}, out, &err))
		fail_msg("%s", err.text);
}

static void town_timetable(struct town_store *store)
{
	struct event_time cafe[] = {{"2026-11-30", 960, 1080, false}, {"2026-12-07", 960, 1080, true}};
	struct event_time outing[] = {{"2026-12-01", 0, 1440, false}};
	struct event_times times[] = {{"cafe", cafe, ARRAY_LEN(cafe)}, {"outing", outing, ARRAY_LEN(outing)}};
	struct buf bytes = {0};
	struct err err = {0};
	if (!timetable_write(&(struct timetable){times, ARRAY_LEN(times)}, &bytes, &err))
		fail_msg("%s", err.text);
	town_file(store, "timetable.json", &bytes);
}

/* Two sentences of the visitor, one with answers, and one of the staff. */
static void town_phrases(struct town_store *store, const char *lang, const char *id, const char *title)
{
	bool source = strcmp(lang, "da") == 0;
	struct reply replies[] = {
		{"which", "question", "Hvilket sprog?", source ? "Hvilket sprog?" : town_text(store, lang, "Which?")},
		{"booked", NULL, "Vi bestiller en.",
		 source ? "Vi bestiller en." : town_text(store, lang, "We book one.")}};
	struct phrase phrases[] = {
		{"interpreter", "language", PHRASE_FROM_VISITOR, "Jeg har brug for en tolk.",
		 source ? "Jeg har brug for en tolk." : town_text(store, lang, "I need an interpreter."), replies, 2},
		{"pain", "warn", PHRASE_FROM_VISITOR, "Det gør ondt her.",
		 source ? "Det gør ondt her." : town_text(store, lang, "It hurts here."), NULL, 0},
		{"card", "idcard", PHRASE_FROM_STAFF, "Må jeg se dit kort?",
		 source ? "Må jeg se dit kort?" : town_text(store, lang, "May I see your card?"), replies, 1}};
	union item_any item = {.phrases = {.head = {.title = town_text(store, lang, title),
						    .summary = town_text(store, lang, "In a few words.")},
					   .visitor = town_text(store, lang, "patient"),
					   .staff = town_text(store, lang, "secretary"),
					   .phrases = phrases,
					   .count = ARRAY_LEN(phrases)}};
	town_item(store, lang, ITEM_PHRASES, id, &item);
}

static void town_path(struct town_store *store, const char *lang)
{
	struct path_step steps[] = {{.id = "address",
				     .icon = "home",
				     .title = town_text(store, lang, "Tell your address"),
				     .text = town_text(store, lang, "Do it at once."),
				     .when = town_text(store, lang, "in five days"),
				     .place = "townhall",
				     .bring = town_text(store, lang, "your passport"),
				     .danish = "CPR-nummer",
				     .page = "health/doctor"},
				    {.id = "bank",
				     .icon = "coins",
				     .title = town_text(store, lang, "Find a bank"),
				     .text = town_text(store, lang, "Any bank will do."),
				     .when = town_text(store, lang, "then"),
				     .who = town_text(store, lang, "The bank")},
				    {.id = "school",
				     .icon = "school",
				     .title = town_text(store, lang, "Find a school"),
				     .text = town_text(store, lang, "Ask the staff."),
				     .when = town_text(store, lang, "last")}};
	union item_any item = {.path = {.head = {.title = town_text(store, lang, "I have arrived"),
						 .summary = town_text(store, lang, "Step by step.")},
					.steps = steps,
					.step_count = ARRAY_LEN(steps)}};
	town_item(store, lang, ITEM_PATH, "arrived", &item);
}

static void town_story(struct town_store *store, const char *lang)
{
	bool source = strcmp(lang, "da") == 0;
	struct story_word words[] = {
		{"morning", "godmorgen", source ? "godmorgen" : town_text(store, lang, "good morning")}};
	struct story_part parts[] = {{.id = "arrive",
				      .picture = "day.svg",
				      .shows = town_text(store, lang, "A father comes with his child."),
				      .danish = "Du kommer.",
				      .text = source ? "Du kommer." : town_text(store, lang, "You come."),
				      .words = words,
				      .word_count = 1},
				     {.id = "home",
				      .picture = "day.svg",
				      .shows = town_text(store, lang, "They go home."),
				      .danish = "I går hjem.",
				      .text = source ? "I går hjem." : town_text(store, lang, "You go home.")}};
	union item_any item = {.story = {.head = {.title = town_text(store, lang, "A day in daycare"),
						  .summary = town_text(store, lang, "In pictures.")},
					 .parts = parts,
					 .part_count = ARRAY_LEN(parts)}};
	town_item(store, lang, ITEM_STORY, "day", &item);
}

static void town_notices(struct town_store *store, const struct town *town, const char *lang)
{
	struct notice notices[2];
	struct notice_act act = {"inside", "home", town_text(store, lang, "Go inside")};
	struct buf bytes = {0};
	struct err err = {0};
	char path[64];
	size_t count = 0;
	if (town->calm && strcmp(lang, "uk") != 0)
		notices[count++] = (struct notice){.id = "closed",
						   .icon = "info",
						   .urgency = NOTICE_SERVICE,
						   .from_utc_s = START_UTC - 3600,
						   .to_utc_s = START_UTC + 86400,
						   .sender = "Kommunen",
						   .title = town_text(store, lang, "The town hall is closed"),
						   .text = town_text(store, lang, "On Friday."),
						   .origin = town_origin(lang)};
	if (town->urgent)
		notices[count++] = (struct notice){.id = "smoke",
						   .icon = "warn",
						   .urgency = NOTICE_URGENT,
						   .from_utc_s = START_UTC,
						   .to_utc_s = START_UTC + 600,
						   .sender = "Politiet",
						   .title = town_text(store, lang, town->urgent),
						   .text = town_text(store, lang, "Stay inside."),
						   .page = "health/doctor",
						   .acts = &act,
						   .act_count = 1,
						   .origin = town_origin(lang)};
	if (!notices_write(&(struct notices){notices, count}, &bytes, &err))
		fail_msg("%s", err.text);
	snprintf(path, sizeof(path), "notices/%s.json", lang);
	town_file(store, path, &bytes);
}

static void town_language(struct town_store *store, const struct town *town, const struct language *language)
{
	const char *lang = language->code;
	struct topic_text texts[] = {
		{"daycare", town_text(store, lang, "Daycare"), town_text(store, lang, "For small children.")},
		{"health", town_text(store, lang, "Health"), town_text(store, lang, "For all.")}};
	struct opening week[] = {{0, 600, 1020}, {0, 1080, 1200}, {2, 600, 1020}};
	struct opening_on dates[] = {{"2026-12-02", 0, 0}, {"2026-12-05", 600, 720}};
	const char *swims[] = {"swimming"}, *speaks[] = {"da", "sv"};
	struct activity activity = {"swimming", "swim", town_text(store, lang, "Swimming")};
	enum translation translation = strcmp(lang, "da") == 0 ? TRANSLATION_SOURCE : TRANSLATION_UNCHECKED;
	struct origin origin = {.translation = translation, .revision = "00000001"};
	struct place places[] = {{.id = "pool",
				  .icon = "swim",
				  .name = town_text(store, lang, "Swimming club"),
				  .danish = "Svømmeklubben",
				  .kind = PLACE_CLUB,
				  .town = "Farsø",
				  .activities = swims,
				  .activity_count = 1,
				  .speaks = speaks,
				  .speaks_count = ARRAY_LEN(speaks),
				  .fritidspas = true,
				  .example = true,
				  .hours = {week, ARRAY_LEN(week), dates, ARRAY_LEN(dates), "2027-06-30"},
				  .origin = origin},
				 {.id = "rowing",
				  .icon = "clubs",
				  .name = town_text(store, lang, "Rowing club"),
				  .danish = "Roklubben",
				  .kind = PLACE_CLUB,
				  .town = "Aars",
				  .hours = {&(struct opening){4, 960, 1200}, 1, NULL, 0, "2026-12-03"},
				  .origin = origin},
				 {.id = "townhall",
				  .icon = "civic",
				  .kind = PLACE_OFFICE,
				  .name = town_text(store, lang, "Town hall"),
				  .danish = "Borgerservice",
				  .phone = "99 66 70 00",
				  .address = "Himmerlandsgade 27, 9600 Aars",
				  .web = "www.example.dk",
				  .email = "post@example.dk",
				  .note = town_text(store, lang, "Call first."),
				  .origin = origin}};
	struct buf bytes = {0};
	struct err err;
	char path[64];

	assert_true(topic_texts_write(&(struct topic_texts){texts, ARRAY_LEN(texts)}, &bytes, &err));
	snprintf(path, sizeof(path), "topics/%s.json", lang);
	town_file(store, path, &bytes);
	assert_true(places_write(&(struct places){places, ARRAY_LEN(places), &activity, 1}, &bytes, &err));
	snprintf(path, sizeof(path), "places/%s.json", lang);
	town_file(store, path, &bytes);
	town_events(store, lang, &bytes);
	snprintf(path, sizeof(path), "events/%s.json", lang);
	town_file(store, path, &bytes);
	if (strcmp(lang, "ar") != 0)
		town_guide(store, lang);
	town_words(store, language, &bytes);
	snprintf(path, sizeof(path), "ui/%s.json", lang);
	town_file(store, path, &bytes);
	if (!town->without_place)
		town_place_page(store, lang, town);
	if (strcmp(lang, "uk") != 0 && strcmp(lang, "ar") != 0)
		town_short_page(store, lang, "daycare", "prices", "Prices");
	town_short_page(store, lang, "health", "doctor", "Your doctor");
	town_phrases(store, lang, "doctor", "At the doctor");
	if (strcmp(lang, "uk") != 0) {
		town_phrases(store, lang, "school", "At school");
		town_path(store, lang);
		town_story(store, lang);
	}
	town_notices(store, town, lang);
}

static bool town_read(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct town_store *store = context;
	(void)limit;
	for (size_t i = 0; i < store->count; i++)
		if (strcmp(store->files[i].sha256, sha256) == 0)
			return buf_append(out, store->files[i].bytes.data, store->files[i].bytes.len) ||
			       err_memory(err);
	return err_set(err, ERR_MISSING, "%s", sha256);
}

static struct content *town_content(struct town_store *store, const struct town *town)
{
	static const char *daycare[] = {"prices", "get-a-place"}, *health[] = {"doctor"};
	static struct page_marks marks[] = {{.audience = 1u << AUDIENCE_WORKING},
					    {.audience = 1u << AUDIENCE_FAMILIES, .sensitive = true}};
	struct topic_entry topics[] = {
		{.id = "daycare",
		 .icon = "daycare",
		 .hue = "daycare",
		 .pages = daycare,
		 .page_count = town->without_place ? 1 : 2,
		 .marks = town->marked ? marks : NULL},
		{.id = "health", .icon = "health", .hue = "health", .pages = health, .page_count = 1}};
	struct item_entry guide = {.id = "ill", .icon = "thermo", .topic = "health"};
	struct item_entry sets[] = {{.id = "doctor", .icon = "doctor"}, {.id = "school", .icon = "school"}},
			  paths[] = {{.id = "arrived", .icon = "welcome"}},
			  stories[] = {{.id = "day", .icon = "daycare"}};
	size_t languages = ARRAY_LEN(town_languages) - (town->without_arabic ? 1 : 0);
	struct bundle bundle = {.municipality = "Vesthimmerlands Kommune",
				.source = "da",
				.languages = town_languages,
				.language_count = languages,
				.topics = topics,
				.topic_count = ARRAY_LEN(topics),
				.items = {[ITEM_GUIDE] = {&guide, 1},
					  [ITEM_PHRASES] = {sets, ARRAY_LEN(sets)},
					  [ITEM_PATH] = {paths, ARRAY_LEN(paths)},
					  [ITEM_STORY] = {stories, ARRAY_LEN(stories)}}};
	struct content_objects objects = {town_read, store};
	struct content_target targets[TOWN_FILES];
	struct content *content = NULL;
	struct buf bytes = {0};
	struct err err = {0};
	char path[] = "/tmp/vejviser-town-XXXXXX";

	store->newer = town->newer && town->parted;
	assert_true(bundle_write(&bundle, &bytes, &err));
	town_file(store, "bundle.json", &bytes);
	if (!buf_append_text(&bytes, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>"))
		fail();
	town_file(store, "pictures/day.svg", &bytes);
	town_timetable(store);
	for (size_t i = 0; i < languages; i++)
		town_language(store, town, &town_languages[i]);
	for (size_t i = 0; i < store->count; i++)
		targets[i] = (struct content_target){store->files[i].path, store->files[i].sha256,
						     (int64_t)store->files[i].bytes.len};
	assert_non_null(mkdtemp(path));
	char index[64];
	snprintf(index, sizeof(index), "%s/index.db", path);
	if (!content_index_build(targets, store->count, objects, START_UTC - 3600, index, &err) ||
	    !content_open(index, objects, &content, &err))
		fail_msg("%s", err.text);
	unlink(index);
	rmdir(path);
	return content;
}

static inline void kiosk_offer(struct kiosk *kiosk, const struct town *town)
{
	assert_true(kiosk->store_count < ARRAY_LEN(kiosk->stores));
	terminal_offer(kiosk->terminal, town_content(&kiosk->stores[kiosk->store_count++], town));
}

static inline void kiosk_frame(struct kiosk *kiosk)
{
	struct err err = {0};
	if (!terminal_frame(kiosk->terminal, kiosk->now, kiosk->image, !kiosk->shown, &kiosk->changed, &err))
		fail_msg("%s", err.text);
	kiosk->shown = true;
}

/* `town` NULL: no content. */
static inline void kiosk_open(struct kiosk *kiosk, const struct town *town, int width, int height)
{
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct terminal_setup setup = {.share = share ? share : "build/share",
				       .idle = {120000, 30000},
				       .doctor_phone = "70 15 03 00",
				       .staff_pin = kiosk->pin,
				       .here = kiosk->here,
				       .at_once = kiosk->at_once};
	struct err err = {0};
	setenv("TZ", "Europe/Copenhagen", 1);
	if (!terminal_create(&setup, &kiosk->terminal, &err))
		fail_msg("%s", err.text);
	terminal_measure(kiosk->terminal, kiosk->mm_per_px);
	kiosk->image = pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, NULL, 0);
	assert_non_null(kiosk->image);
	pixman_region32_init(&kiosk->changed);
	kiosk->now = (struct clock){START_MONO, START_UTC};
	if (town)
		kiosk_offer(kiosk, town);
	kiosk_frame(kiosk);
}

static inline void kiosk_close(struct kiosk *kiosk)
{
	terminal_destroy(kiosk->terminal);
	pixman_image_unref(kiosk->image);
	pixman_region32_fini(&kiosk->changed);
	for (size_t i = 0; i < kiosk->store_count; i++) {
		for (size_t j = 0; j < kiosk->stores[i].count; j++)
			buf_finish(&kiosk->stores[i].files[j].bytes);
		arena_finish(&kiosk->stores[i].arena);
	}
	*kiosk = (struct kiosk){0};
}

static inline void kiosk_wait(struct kiosk *kiosk, int64_t ms)
{
	kiosk->now.mono_ms += ms;
	kiosk->now.utc_s = START_UTC + (kiosk->now.mono_ms - START_MONO) / 1000;
	kiosk_frame(kiosk);
}

/* In the highest layer that has it. */
static inline const struct ui_item *kiosk_item(const struct kiosk *kiosk, const char *id)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	const struct ui_item *found = NULL;
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->id && strcmp(item->id, id) == 0 && (!found || item->layer > found->layer))
			found = item;
	}
	return found;
}

/* The item with this name, or whose name ends with it. */
static inline const struct ui_item *kiosk_named(const struct kiosk *kiosk, const char *name)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const char *there = ui_item(ui, i)->name;
		if (there && strlen(there) >= strlen(name) && strcmp(there + strlen(there) - strlen(name), name) == 0)
			return ui_item(ui, i);
	}
	return NULL;
}

static inline void kiosk_event(struct kiosk *kiosk, enum input_kind kind, float x, float y)
{
	struct input_event event = {.kind = kind, .x = x, .y = y, .time_ms = kiosk->now.mono_ms};
	terminal_input(kiosk->terminal, &event, kiosk->now);
	kiosk_frame(kiosk);
}

static inline void kiosk_touch(struct kiosk *kiosk, float x, float y)
{
	kiosk_event(kiosk, INPUT_DOWN, x, y);
	kiosk_wait(kiosk, 100);
	kiosk_event(kiosk, INPUT_UP, x, y);
	kiosk_wait(kiosk, 900);
}

/* A finger in the middle of what is seen of an item. */
static inline void kiosk_tap(struct kiosk *kiosk, const char *id)
{
	const struct ui_item *item = kiosk_item(kiosk, id);
	if (!item) {
		fail_msg("%s is not on screen \"%s\"", id, terminal_screen(kiosk->terminal));
		return;
	}
	assert_true(item->seen.w > 0 && item->seen.h > 0);
	kiosk_touch(kiosk, (float)item->seen.x + (float)item->seen.w / 2,
		    (float)item->seen.y + (float)item->seen.h / 2);
}

/* Several, with spaces between. */
static inline void kiosk_taps(struct kiosk *kiosk, const char *ids)
{
	char list[256];
	snprintf(list, sizeof(list), "%s", ids);
	for (char *rest = list, *id; (id = strtok_r(rest, " ", &rest));)
		kiosk_tap(kiosk, id);
}

static inline void kiosk_key(struct kiosk *kiosk, enum input_key key)
{
	struct input_event event = {.kind = INPUT_KEY, .key = key, .time_ms = kiosk->now.mono_ms};
	terminal_input(kiosk->terminal, &event, kiosk->now);
	kiosk_wait(kiosk, 500);
}

static inline void kiosk_place(struct kiosk *kiosk, const char *screen, const char *lang, const char *topic,
			       const char *page)
{
	assert_true(terminal_place(kiosk->terminal, screen, lang, topic, page, kiosk->now));
	kiosk_frame(kiosk);
}

static inline void assert_screen(const struct kiosk *kiosk, const char *screen, const char *sheet)
{
	const char *over = terminal_sheet(kiosk->terminal);
	assert_string_equal(terminal_screen(kiosk->terminal), screen);
	if (sheet)
		assert_string_equal(over ? over : "", sheet);
	else
		assert_null(over);
}

static inline const struct visit *visit_of(const struct kiosk *kiosk)
{
	return terminal_visit(kiosk->terminal);
}

/* T1: nothing of a visitor is left. */
static inline void assert_nobody(const struct kiosk *kiosk)
{
	static const struct visit nobody;
	assert_memory_equal(visit_of(kiosk), &nobody, sizeof(nobody));
	assert_screen(kiosk, "attract", NULL);
}

#endif
