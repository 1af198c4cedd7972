#include "town.h"

static const struct town usual;

/* T2: content is exchanged only together with the screen. */
static void new_content_comes_with_the_next_screen(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	kiosk_offer(&kiosk, &(struct town){.title = "Find a place"});
	kiosk_wait(&kiosk, 1000);
	kiosk_taps(&kiosk, "more tool.text close tool.danish");
	assert_non_null(kiosk_named(&kiosk, "da Get a place"));
	kiosk_tap(&kiosk, "nav.back");
	assert_string_equal(kiosk_item(&kiosk, "page.daycare/get-a-place")->name,
			    "en Find a place. en Sign up in good time.");

	/* a second one before the first was shown: the newest wins */
	kiosk_offer(&kiosk, &(struct town){.title = "Never shown"});
	kiosk_offer(&kiosk, &(struct town){.without_place = true});
	kiosk_tap(&kiosk, "nav.home");
	kiosk_tap(&kiosk, "topic.daycare");
	assert_null(kiosk_item(&kiosk, "page.daycare/get-a-place"));
	kiosk_close(&kiosk);
}

static void new_content_comes_at_once_when_nobody_is_there(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_offer(&kiosk, &(struct town){.title = "Find a place"});
	kiosk_taps(&kiosk, "start language.en topic.daycare");
	assert_string_equal(kiosk_item(&kiosk, "page.daycare/get-a-place")->name,
			    "en Find a place. en Sign up in good time.");
	kiosk_offer(&kiosk, &usual);
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 30000);
	kiosk_taps(&kiosk, "start language.en topic.daycare");
	assert_string_equal(kiosk_item(&kiosk, "page.daycare/get-a-place")->name,
			    "en Get a place. en Sign up in good time.");
	kiosk_close(&kiosk);
}

/* For staff who look at what they write: the page and how far it has rolled stay. */
static void new_content_comes_at_once_for_those_who_write_it(void **unused)
{
	struct kiosk kiosk = {.at_once = true};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	kiosk_tap(&kiosk, "more");
	kiosk_wait(&kiosk, 1000);
	const struct visit *visit = visit_of(&kiosk);
	float scroll = visit->places[visit->depth - 1].scroll;
	assert_true(scroll > 0);
	kiosk_offer(&kiosk, &(struct town){.title = "Find a place"});
	kiosk_wait(&kiosk, 1000);
	assert_non_null(kiosk_named(&kiosk, "en Find a place"));
	assert_true(visit->places[visit->depth - 1].scroll == scroll);
	kiosk_offer(&kiosk, &(struct town){.without_place = true});
	kiosk_wait(&kiosk, 1000);
	assert_non_null(kiosk_named(&kiosk, "en This page is no longer here."));
	kiosk_tap(&kiosk, "nav.home");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

/* A band above the bars, in front of everything, with and without content; below it everything works. */
static void remarks_stand_over_every_screen(void **unused)
{
	static const struct remark remarks[] = {{"topics/daycare/costs/da.md:4", "there is no pictogram"},
						{"", "and 7 more errors"}};
	static const char *const places[] = {"attract", "language", "home", "topic", "guide"};
	struct kiosk kiosk = {0};
	struct err err;
	(void)unused;
	kiosk_open(&kiosk, NULL, 1080, 1920);
	assert_true(terminal_remark(kiosk.terminal, remarks, ARRAY_LEN(remarks), &err));
	kiosk_wait(&kiosk, 100);
	assert_non_null(kiosk_named(&kiosk, "topics/daycare/costs/da.md:4"));
	kiosk_offer(&kiosk, &usual);
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		kiosk_place(&kiosk, places[i], "ar", "daycare", "get-a-place");
		kiosk_wait(&kiosk, 100);
		assert_non_null(kiosk_named(&kiosk, "there is no pictogram"));
		assert_non_null(kiosk_named(&kiosk, "and 7 more errors"));
	}
	kiosk_tap(&kiosk, "nav.home");
	assert_screen(&kiosk, "home", NULL);
	kiosk_tap(&kiosk, "emergency");
	assert_non_null(kiosk_named(&kiosk, "there is no pictogram"));
	assert_true(terminal_remark(kiosk.terminal, NULL, 0, &err));
	kiosk_wait(&kiosk, 100);
	assert_null(kiosk_named(&kiosk, "there is no pictogram"));
	kiosk_close(&kiosk);
}

static void what_is_gone_says_so_and_home_works(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare page.daycare/get-a-place");
	kiosk_offer(&kiosk, &(struct town){.without_place = true});
	kiosk_taps(&kiosk, "nav.language language.en");
	assert_screen(&kiosk, "guide", NULL);
	assert_non_null(kiosk_named(&kiosk, "en This page is no longer here."));
	kiosk_tap(&kiosk, "gone.home");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

static void a_language_that_is_gone_leaves_the_source(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.ar");
	kiosk_offer(&kiosk, &(struct town){.without_arabic = true});
	kiosk_tap(&kiosk, "topic.daycare");
	assert_non_null(kiosk_named(&kiosk, "da Daycare"));
	assert_string_equal(visit_of(&kiosk)->lang, "ar");
	kiosk_close(&kiosk);
}

static void honest_about_every_translation(void **unused)
{
	static const struct {
		struct town town;
		const char *lang, *page;
		const char *told, *not_told;
	} rows[] = {
		{{0}, "en", "get-a-place", "en Not checked by a person yet.", "en The Danish text is newer."},
		{{0}, "da", "get-a-place", NULL, "da Not checked by a person yet."},
		{{.newer = true},
		 "en",
		 "get-a-place",
		 "en The Danish text is newer.",
		 "en Not checked by a person yet."},
		{{.newer = true}, "da", "get-a-place", NULL, "da The Danish text is newer."},
		{{.valid_to = "2026-11-29"},
		 "en",
		 "get-a-place",
		 "en This page may be out of date. Ask the staff.",
		 NULL},
		{{.valid_to = "2026-11-30"},
		 "en",
		 "get-a-place",
		 NULL,
		 "en This page may be out of date. Ask the staff."},
		{{0}, "ar", "prices", "ar This page is not in your language yet.", "ar Not checked by a person yet."},
		{{0}, "ar", "prices", "da A short text.", NULL},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &rows[i].town, 1080, 1920);
		kiosk_place(&kiosk, "guide", rows[i].lang, "daycare", rows[i].page);
		if (rows[i].told && !kiosk_named(&kiosk, strcmp(rows[i].told, "da A short text.") == 0 ? "A short text."
												       : rows[i].told))
			fail_msg("row %zu: \"%s\" is not told", i, rows[i].told);
		if (rows[i].not_told)
			assert_null(kiosk_named(&kiosk, rows[i].not_told));
		kiosk_close(&kiosk);
	}
}

/* A lying topic says at its foot how many ways lead on from it, and when its pages were read through: the Danish ones. */
static void a_lying_topic_tells_when_it_was_read(void **unused)
{
	static const struct {
		const char *lang, *told;
	} rows[] = {{"da", "da 2 page · da Checked 2.\u00a0marts\u00a02026"},
		    {"en", "en 2 page · en Danish text checked 2\u00a0March\u00a02026"}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1920, 1080);
		kiosk_place(&kiosk, "topic", rows[i].lang, "daycare", NULL);
		if (!kiosk_named(&kiosk, rows[i].told))
			fail_msg("row %zu", i);
		kiosk_close(&kiosk);
	}
}

/* What a label says can be done about it is done, and its equal lies in reach. */
static void labels_lead_on(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	kiosk_tap(&kiosk, "label.danish");
	assert_non_null(kiosk_named(&kiosk, "da Sign up in good time."));
	assert_null(kiosk_item(&kiosk, "label.danish"));

	/* What is not in the visitor's language is read in another from then on, but the frame stays theirs. */
	kiosk_place(&kiosk, "guide", "uk", "daycare", "prices");
	assert_non_null(kiosk_named(&kiosk, "uk This page is not in your language yet."));
	assert_non_null(kiosk_named(&kiosk, "da Can you help me read this?"));
	assert_non_null(kiosk_named(&kiosk, "uk Can you help me read this?"));
	assert_true(kiosk_item(&kiosk, "tool.other")->place.y > kiosk_item(&kiosk, "label.other")->place.y);
	assert_string_equal(kiosk_item(&kiosk, "label.other")->lang, "en");
	kiosk_tap(&kiosk, "label.other");
	assert_non_null(kiosk_named(&kiosk, "uk This page is not in your language yet."));
	assert_non_null(kiosk_named(&kiosk, "uk Not checked by a person yet."));
	assert_string_equal(visit_of(&kiosk)->lang, "uk");
	assert_null(kiosk_item(&kiosk, "label.other"));
	kiosk_tap(&kiosk, "label.danish");
	assert_true(kiosk_item(&kiosk, "tool.danish")->chosen);
	kiosk_tap(&kiosk, "nav.home");
	kiosk_taps(&kiosk, "topic.daycare page.daycare/get-a-place");
	assert_non_null(kiosk_named(&kiosk, "uk Sign up in good time."));
	kiosk_close(&kiosk);

	/* Nobody to read English to. */
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "da", "daycare", "prices");
	assert_null(kiosk_item(&kiosk, "label.other"));
	assert_null(kiosk_item(&kiosk, "tool.other"));
	kiosk_close(&kiosk);
}

static size_t count_named(const struct kiosk *kiosk, const char *name)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	size_t count = 0;
	for (size_t i = 0; i < ui_item_count(ui); i++)
		count += strcmp(ui_item(ui, i)->name, name) == 0;
	return count;
}

/* What has changed in Danish is marked, with the Danish under it, where it is known; and only then the label says so. */
static void what_is_newer_is_marked(void **unused)
{
	static const struct {
		struct town town;
		size_t marks;
	} rows[] = {{{.newer = true, .parted = true}, 2}, {{.newer = true}, 0}, {{.parted = true}, 0}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (int size = TEXT_100; size < TEXT_SIZE_COUNT; size++) {
			struct kiosk kiosk = {0};
			kiosk_open(&kiosk, &rows[i].town, 1080, 1920);
			terminal_place(kiosk.terminal, "guide", "en", "daycare", "get-a-place", kiosk.now);
			terminal_look(kiosk.terminal, &(struct terminal_look){.text_size = size});
			kiosk_frame(&kiosk);
			assert_int_equal(count_named(&kiosk, "en Changed in Danish"), rows[i].marks);
			assert_int_equal(count_named(&kiosk, "en The newest Danish text"), rows[i].marks);
			assert_int_equal(count_named(&kiosk, "en What has changed is marked below."),
					 rows[i].marks > 0);
			assert_int_equal(count_named(&kiosk, "da Sign up in good time."), rows[i].marks / 2);
			assert_int_equal(count_named(&kiosk, "da step"), rows[i].marks / 2);
			if (rows[i].marks > 0) {
				struct rect mark = kiosk_named(&kiosk, "da step")->place,
					    third = kiosk_named(&kiosk, "en Step 3")->place,
					    fourth = kiosk_named(&kiosk, "en Step 4")->place;
				assert_true(third.y < mark.y && mark.y + mark.h < fourth.y);
			}
			/* Beside the Danish text nothing needs a mark. */
			kiosk_tap(&kiosk, "tool.danish");
			assert_int_equal(count_named(&kiosk, "en Changed in Danish"), 0);
			kiosk_close(&kiosk);
		}
}

/* Alone or among other words. */
static size_t count_saying(const struct kiosk *kiosk, const char *words)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	size_t count = 0;
	for (size_t i = 0; i < ui_item_count(ui); i++)
		count += strstr(ui_item(ui, i)->name, words) != NULL;
	return count;
}

/* So is what has changed of a guide, a path and a phrase, on the screens that show it, and the others say nothing of it.
 * Where the Danish stands beside it anyway, there is only the label. */
static void what_is_newer_of_items_is_marked(void **unused)
{
	static const struct {
		const char *screen, *topic, *page;
		size_t labels, says_marked, marks;
		const char *danish; /* of the mark */
	} rows[] = {
		{"decision", "ill", NULL, 1, 1, 1, "da Choose one. · da Danger"},
		{"decision", "ill", "when", 0, 0, 0, NULL},
		{"decision", "ill", "call", 0, 0, 0, NULL},
		{"path", "arrived", NULL, 1, 1, 1, "da Do it at once. · da in five days"},
		{"phrases", "doctor", NULL, 1, 1, 1, NULL},
		{"phrase", "doctor", "interpreter", 1, 0, 0, NULL},
		{"phrase", "doctor", "pain", 0, 0, 0, NULL},
		{"story", "day", "arrive", 1, 0, 0, NULL},
		{"story", "day", "home", 0, 0, 0, NULL},
	};
	static const struct town towns[] = {{.newer = true, .parted = true}, {0}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t town = 0; town < ARRAY_LEN(towns); town++) {
			struct kiosk kiosk = {0};
			kiosk_open(&kiosk, &towns[town], 1080, 1920);
			kiosk_place(&kiosk, rows[i].screen, "en", rows[i].topic, rows[i].page);
			size_t newer = town == 0;
			assert_int_equal(count_named(&kiosk, "en The Danish text is newer."), newer * rows[i].labels);
			assert_int_equal(count_named(&kiosk, "en What has changed is marked below."),
					 newer * rows[i].says_marked);
			assert_int_equal(count_saying(&kiosk, "en Changed in Danish"), newer * rows[i].marks);
			assert_int_equal(rows[i].danish ? count_named(&kiosk, rows[i].danish) : newer, newer);
			kiosk_close(&kiosk);
		}
}

/* A step that is not open says that there is something. */
static void a_closed_step_is_marked(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &(struct town){.newer = true, .parted = true}, 1080, 1920);
	kiosk_place(&kiosk, "path", "en", "arrived", NULL);
	kiosk_tap(&kiosk, "step.bank");
	assert_int_equal(count_named(&kiosk, "en The newest Danish text"), 0);
	assert_int_equal(count_named(&kiosk, "en Changed in Danish"), 1);
	kiosk_close(&kiosk);
}

static void an_untranslated_page_is_listed_with_its_danish_title(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "topic", "uk", "daycare", NULL);
	assert_string_equal(kiosk_item(&kiosk, "page.daycare/prices")->name,
			    "da Prices. uk This page is not in your language yet.");
	assert_string_equal(kiosk_item(&kiosk, "page.daycare/get-a-place")->name,
			    "uk Get a place. uk Sign up in good time.");
	kiosk_close(&kiosk);
}

static void the_danish_text_stands_beside_the_page(void **unused)
{
	static const struct {
		const char *lang;
		int width, height;
		enum text_size size;
		bool own_left, beside;
	} rows[] = {
		{"en", 1080, 1920, TEXT_100, true, true},  {"ar", 1080, 1920, TEXT_125, false, true},
		{"en", 1080, 1920, TEXT_150, true, false}, {"ar", 1080, 1920, TEXT_200, false, false},
		{"en", 1920, 1080, TEXT_100, true, true},  {"ar", 1920, 1080, TEXT_100, false, true},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		char own[64];
		kiosk_open(&kiosk, &usual, rows[i].width, rows[i].height);
		terminal_place(kiosk.terminal, "guide", rows[i].lang, "daycare", "get-a-place", kiosk.now);
		terminal_look(kiosk.terminal, &(struct terminal_look){.text_size = (int)rows[i].size});
		kiosk_frame(&kiosk);
		assert_false(kiosk_item(&kiosk, "tool.danish")->chosen);
		kiosk_tap(&kiosk, "tool.danish");
		assert_true(kiosk_item(&kiosk, "tool.danish")->chosen);
		snprintf(own, sizeof(own), "%s Sign up in good time.", rows[i].lang);
		struct rect left = kiosk_named(&kiosk, own)->place,
			    right = kiosk_named(&kiosk, "da Sign up in good time.")->place;
		if (rows[i].beside) {
			assert_int_equal(left.y, right.y);
			assert_true((left.x < right.x) == rows[i].own_left);
		} else {
			assert_true(left.y + left.h <= right.y);
		}
		/* The same link in both, and the page still says what it is. */
		assert_non_null(kiosk_item(&kiosk, "link.health/doctor#4"));
		snprintf(own, sizeof(own), "%s Not checked by a person yet.", rows[i].lang);
		assert_non_null(kiosk_named(&kiosk, own));
		kiosk_tap(&kiosk, "tool.danish");
		assert_null(kiosk_named(&kiosk, "da Sign up in good time."));
		kiosk_tap(&kiosk, "tool.danish");
		kiosk_taps(&kiosk, "nav.back page.daycare/get-a-place");
		assert_false(visit_of(&kiosk)->danish);
		kiosk_close(&kiosk);
	}
}

static void fitting_pages_come_first_and_none_is_lost(void **unused)
{
	static const struct {
		const char *chip, *first;
	} rows[] = {{"for.families", "page.daycare/get-a-place"},
		    {"for.seniors", "page.daycare/prices"},
		    {"for.all", "page.daycare/prices"}};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &(struct town){.marked = true}, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		kiosk_tap(&kiosk, rows[i].chip);
		assert_true(kiosk_item(&kiosk, rows[i].chip)->chosen);
		bool place_first = kiosk_item(&kiosk, "page.daycare/get-a-place")->place.y <
				   kiosk_item(&kiosk, "page.daycare/prices")->place.y;
		assert_int_equal(place_first, strcmp(rows[i].first, "page.daycare/get-a-place") == 0);
	}
	kiosk_taps(&kiosk, "nav.home topic.health");
	assert_null(kiosk_item(&kiosk, "for.all")); /* nothing to choose */
	kiosk_close(&kiosk);
}

/* One touch, and what was read is neither seen, nor behind Back, nor in memory as the visitor's. */
static void a_sensitive_page_is_left_without_a_trace(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &(struct town){.marked = true}, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare page.daycare/prices");
	assert_null(kiosk_item(&kiosk, "leave"));
	kiosk_taps(&kiosk, "nav.back page.daycare/get-a-place");
	const struct ui_item *leave = kiosk_item(&kiosk, "leave");
	kiosk_event(&kiosk, INPUT_DOWN, (float)leave->seen.x + 50, (float)leave->seen.y + 50);
	kiosk_event(&kiosk, INPUT_UP, (float)leave->seen.x + 50, (float)leave->seen.y + 50);
	assert_screen(&kiosk, "home", NULL); /* already in the next frame */
	assert_null(kiosk_named(&kiosk, "en Get a place"));
	assert_non_null(kiosk_item(&kiosk, "nav.back")->reason);
	kiosk_key(&kiosk, KEY_BACK);
	assert_screen(&kiosk, "home", NULL);
	const struct visit *visit = visit_of(&kiosk);
	for (size_t i = 0; i < VISIT_HISTORY_MAX; i++)
		assert_string_equal(visit->places[i].page, "");
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_content_comes_with_the_next_screen),
		cmocka_unit_test(new_content_comes_at_once_when_nobody_is_there),
		cmocka_unit_test(new_content_comes_at_once_for_those_who_write_it),
		cmocka_unit_test(remarks_stand_over_every_screen),
		cmocka_unit_test(what_is_gone_says_so_and_home_works),
		cmocka_unit_test(a_language_that_is_gone_leaves_the_source),
		cmocka_unit_test(honest_about_every_translation),
		cmocka_unit_test(a_lying_topic_tells_when_it_was_read),
		cmocka_unit_test(labels_lead_on),
		cmocka_unit_test(what_is_newer_is_marked),
		cmocka_unit_test(what_is_newer_of_items_is_marked),
		cmocka_unit_test(a_closed_step_is_marked),
		cmocka_unit_test(an_untranslated_page_is_listed_with_its_danish_title),
		cmocka_unit_test(the_danish_text_stands_beside_the_page),
		cmocka_unit_test(fitting_pages_come_first_and_none_is_lost),
		cmocka_unit_test(a_sensitive_page_is_left_without_a_trace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
