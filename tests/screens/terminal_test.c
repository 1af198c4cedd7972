#include "town.h"

static const struct town usual;

static void taps_lead_from_screen_to_screen(void **unused)
{
	static const struct {
		const char *taps, *screen, *sheet, *lang;
	} rows[] = {
		{"", "attract", NULL, ""},
		{"start", "language", NULL, "da"},
		{"start language.en", "home", NULL, "en"},
		{"start nav.home", "home", NULL, "da"},
		{"start language.en topic.health", "topic", NULL, "en"},
		{"start language.en topic.daycare page.daycare/prices", "guide", NULL, "en"},
		{"start language.en topic.daycare page.daycare/get-a-place link.health/doctor", "guide", NULL, "en"},
		{"start language.en topic.daycare nav.back", "home", NULL, "en"},
		{"start language.en topic.daycare page.daycare/prices nav.back", "topic", NULL, "en"},
		{"start language.en topic.daycare page.daycare/prices nav.home", "home", NULL, "en"},
		{"start language.en nav.language", "language", NULL, "en"},
		{"start language.en nav.language nav.language", "language", NULL, "en"},
		{"start language.en nav.language nav.back", "home", NULL, "en"},
		{"start language.en topic.daycare page.daycare/get-a-place nav.language language.uk", "guide", NULL,
		 "uk"},
		{"start language.en topic.daycare page.daycare/get-a-place nav.language language.uk nav.back", "topic",
		 NULL, "uk"},
		{"start language.en emergency", "home", "emergency", "en"},
		{"start language.en emergency close", "home", NULL, "en"},
		{"start language.en emergency.card", "home", "emergency", "en"},
		{"start language.en tool.text", "home", "text", "en"},
		{"start language.en tool.text close", "home", NULL, "en"},
		{"start language.en tool.text emergency", "home", "emergency", "en"},
		{"emergency", "attract", "emergency", "da"},
		{"emergency close", "attract", NULL, ""},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk_taps(&kiosk, rows[i].taps);
		assert_screen(&kiosk, rows[i].screen, rows[i].sheet);
		assert_string_equal(visit_of(&kiosk)->lang, rows[i].lang);
		kiosk_close(&kiosk);
	}
}

/* An item that is there and cannot be pressed says why, in the visitor's language; pressing it changes nothing. */
static void what_cannot_be_pressed_says_why(void **unused)
{
	static const struct {
		const char *screen, *lang, *topic, *page, *id, *reason;
	} rows[] = {
		{"home", "en", NULL, NULL, "tool.listen", "en This is not ready yet."},
		{"home", "ar", NULL, NULL, "nav.search", "ar This is not ready yet."},
		{"home", "en", NULL, NULL, "tool.take", "en This is not ready yet."},
		{"home", "en", NULL, NULL, "tool.danish", "en There is nothing for this on this page."},
		{"home", "en", NULL, NULL, "nav.back", "en There is nothing for this on this page."},
		{"guide", "da", "health", "doctor", "tool.danish", "da There is nothing for this on this page."},
	};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		kiosk_place(&kiosk, rows[i].screen, rows[i].lang, rows[i].topic, rows[i].page);
		const struct ui_item *item = kiosk_item(&kiosk, rows[i].id);
		assert_non_null(item);
		assert_string_equal(item->reason, rows[i].reason);
		assert_int_equal(item->action.verb, VERB_NONE);
		size_t depth = visit_of(&kiosk)->depth;
		kiosk_tap(&kiosk, rows[i].id);
		assert_screen(&kiosk, rows[i].screen, NULL);
		assert_int_equal(visit_of(&kiosk)->depth, depth);
		assert_false(visit_of(&kiosk)->danish);
	}
	kiosk_close(&kiosk);
}

static void a_language_is_changed_in_place(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_taps(&kiosk, "start language.en topic.daycare page.daycare/get-a-place more");
	float scroll = visit_of(&kiosk)->places[visit_of(&kiosk)->depth - 1].scroll;
	assert_true(scroll > 100);
	assert_non_null(kiosk_named(&kiosk, "en Get a place"));
	kiosk_taps(&kiosk, "nav.language language.ar");
	assert_screen(&kiosk, "guide", NULL);
	assert_non_null(kiosk_named(&kiosk, "ar Get a place"));
	assert_null(kiosk_named(&kiosk, "en Get a place"));
	assert_true(visit_of(&kiosk)->places[visit_of(&kiosk)->depth - 1].scroll == scroll);
	kiosk_close(&kiosk);
}

/* Pixels of this place that are clearly darker than paper, also when it is tinted. */
static int dark_pixels(const struct kiosk *kiosk, struct rect place)
{
	const uint32_t *bits = pixman_image_get_data(kiosk->image);
	int stride = pixman_image_get_stride(kiosk->image) / 4, dark = 0;
	for (int y = place.y; y < place.y + place.h; y++)
		for (int x = place.x; x < place.x + place.w; x++)
			dark += (bits[y * stride + x] >> 8 & 0xFF) < 0x80;
	return dark;
}

static void the_words_of_a_pressed_link_can_be_read(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	struct rect link = kiosk_item(&kiosk, "link.health/doctor")->place;
	uint32_t corner = pixman_image_get_data(kiosk.image)[(link.y + link.h / 2) * 1080 + link.x + 1];
	int words = dark_pixels(&kiosk, link);
	assert_true(words > 100);
	kiosk_event(&kiosk, INPUT_DOWN, (float)link.x + (float)link.w / 2, (float)link.y + (float)link.h / 2);
	kiosk_wait(&kiosk, 300);
	assert_true(pixman_image_get_data(kiosk.image)[(link.y + link.h / 2) * 1080 + link.x + 1] != corner);
	assert_true(dark_pixels(&kiosk, link) >= words);
	kiosk_close(&kiosk);
}

/* Two links to one page, and one that is broken over lines. */
static void no_two_things_to_press_have_one_id(void **unused)
{
	static const int sides[][2] = {{1080, 1920}, {400, 1920}, {1920, 1080}};
	(void)unused;
	for (size_t side = 0; side < ARRAY_LEN(sides); side++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, sides[side][0], sides[side][1]);
		kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
		assert_non_null(kiosk_item(&kiosk, "link.health/doctor#2"));
		const struct ui *ui = terminal_ui(kiosk.terminal);
		for (size_t i = 0; i < ui_item_count(ui); i++)
			for (size_t j = 0; j < i; j++)
				if (ui_item(ui, i)->id && ui_item(ui, j)->id)
					assert_string_not_equal(ui_item(ui, i)->id, ui_item(ui, j)->id);
		kiosk_close(&kiosk);
	}
}

static void help_is_one_tap_away_everywhere(void **unused)
{
	static const struct {
		const char *screen, *topic, *page;
	} rows[] = {{"attract", NULL, NULL},
		    {"language", NULL, NULL},
		    {"home", NULL, NULL},
		    {"topic", "daycare", NULL},
		    {"guide", "daycare", "get-a-place"},
		    {"decision", "ill", NULL},
		    {"places", NULL, NULL},
		    {"place", "townhall", NULL},
		    {"events", NULL, NULL},
		    {"phrases", "doctor", NULL},
		    {"phrase", "doctor", "card"},
		    {"situation", NULL, NULL},
		    {"path", "arrived", NULL},
		    {"story", "day", NULL},
		    {"staff", "open", NULL}};
	static const int sides[][2] = {{1080, 1920}, {1920, 1080}};
	(void)unused;
	assert_int_equal(ARRAY_LEN(rows), SCREEN_COUNT);
	for (size_t i = 0; i < ARRAY_LEN(rows) * ARRAY_LEN(sides); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, sides[i % 2][0], sides[i % 2][1]);
		kiosk_place(&kiosk, rows[i / 2].screen, "en", rows[i / 2].topic, rows[i / 2].page);
		struct rect pill = kiosk_item(&kiosk, "emergency")->place;
		assert_true(pill.w >= 156 && pill.h >= 96);
		kiosk_tap(&kiosk, "emergency");
		assert_screen(&kiosk, rows[i / 2].screen, "emergency");
		assert_non_null(kiosk_named(&kiosk, "112"));
		assert_non_null(kiosk_named(&kiosk, "114"));
		assert_non_null(kiosk_named(&kiosk, "70 15 03 00"));
		assert_non_null(kiosk_named(&kiosk, "1888"));
		kiosk_tap(&kiosk, "close");
		assert_screen(&kiosk, rows[i / 2].screen, NULL);
		kiosk_close(&kiosk);
	}
}

static void arabic_is_the_mirror_of_danish(void **unused)
{
	static const char *const ids[] = {"nav.back",    "nav.home",      "nav.search",  "nav.language",
					  "tool.listen", "tool.danish",   "tool.text",   "tool.take",
					  "emergency",   "topic.daycare", "topic.health"};
	static const int sides[][2] = {{1080, 1920}, {1920, 1080}, {1366, 768}};
	(void)unused;
	for (size_t side = 0; side < ARRAY_LEN(sides); side++) {
		struct kiosk kiosk = {0};
		struct rect danish[ARRAY_LEN(ids)];
		int width = sides[side][0];
		kiosk_open(&kiosk, &usual, width, sides[side][1]);
		kiosk_place(&kiosk, "home", "da", NULL, NULL);
		for (size_t i = 0; i < ARRAY_LEN(ids); i++)
			danish[i] = kiosk_item(&kiosk, ids[i])->place;
		kiosk_place(&kiosk, "home", "ar", NULL, NULL);
		for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
			struct rect arabic = kiosk_item(&kiosk, ids[i])->place;
			assert_int_equal(arabic.x, width - danish[i].x - danish[i].w);
			assert_int_equal(arabic.w, danish[i].w);
		}
		kiosk_close(&kiosk);
	}
}

static void nothing_is_painted_when_nothing_changed(void **unused)
{
	static const struct {
		const char *screen, *topic, *page;
	} rows[] = {{"attract", NULL, NULL},
		    {"language", NULL, NULL},
		    {"home", NULL, NULL},
		    {"topic", "daycare", NULL},
		    {"guide", "daycare", "get-a-place"}};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		kiosk_place(&kiosk, rows[i].screen, "ar", rows[i].topic, rows[i].page);
		kiosk_frame(&kiosk);
		assert_false(pixman_region32_not_empty(&kiosk.changed));
		kiosk_wait(&kiosk, 1000);
		assert_false(pixman_region32_not_empty(&kiosk.changed));
	}
	/* the minute: only the clock */
	kiosk_place(&kiosk, "home", "da", NULL, NULL);
	int64_t due = terminal_deadline(kiosk.terminal, kiosk.now) - kiosk.now.mono_ms;
	assert_int_equal(due, 60000 - kiosk.now.mono_ms % 60000 + START_MONO % 60000);
	kiosk_wait(&kiosk, due);
	pixman_box32_t *box = pixman_region32_extents(&kiosk.changed);
	assert_true(pixman_region32_not_empty(&kiosk.changed));
	assert_true(box->x1 > 540 && box->y2 <= 144);
	/* a surface without its pixels: all */
	kiosk.shown = false;
	kiosk_frame(&kiosk);
	box = pixman_region32_extents(&kiosk.changed);
	assert_true(box->x1 == 0 && box->y1 == 0 && box->x2 == 1080 && box->y2 == 1920);
	kiosk_close(&kiosk);
}

/* Only the greeting moves by itself. */
static void the_greeting_rolls_through_the_languages(void **unused)
{
	static const char *const names[] = {"da Touch to start", "en Touch to start", "uk Touch to start",
					    "ar Touch to start"};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (int i = 0; i < 8; i++) {
		int64_t now = kiosk.now.mono_ms;
		assert_string_equal(kiosk_item(&kiosk, "start")->name, names[i % 4]);
		assert_string_equal(kiosk_item(&kiosk, "start")->lang, town_languages[i % 4].code);
		assert_int_equal(terminal_deadline(kiosk.terminal, kiosk.now) - now, 2600);
		kiosk_wait(&kiosk, 2600);
		int frames = 0;
		while (kiosk.now.mono_ms < now + 3200) {
			int64_t next = terminal_deadline(kiosk.terminal, kiosk.now);
			assert_true(next > kiosk.now.mono_ms && next <= kiosk.now.mono_ms + 20);
			kiosk_wait(&kiosk, next - kiosk.now.mono_ms > now + 3200 - kiosk.now.mono_ms
						   ? now + 3200 - kiosk.now.mono_ms
						   : next - kiosk.now.mono_ms);
			frames++;
		}
		assert_true(frames > 20);
	}
	kiosk_wait(&kiosk, 3200);
	kiosk_tap(&kiosk, "start");
	assert_string_equal(visit_of(&kiosk)->lang, "en"); /* who touches a greeting can read it */
	assert_true(terminal_deadline(kiosk.terminal, kiosk.now) > kiosk.now.mono_ms + 10000);
	kiosk_close(&kiosk);
}

static void text_and_colours_react_at_once(void **unused)
{
	static const struct {
		const char *taps;
		int text_size;
		bool high_contrast, calm;
	} rows[] = {
		{"text.size.125", TEXT_125, false, false},
		{"text.size.150", TEXT_150, false, false},
		{"text.size.200", TEXT_200, false, false},
		{"text.size.200 text.size.100", TEXT_100, false, false},
		{"text.contrast.high", TEXT_100, true, false},
		{"text.contrast.high text.contrast.standard", TEXT_100, false, false},
		{"text.calm", TEXT_100, false, true},
		{"text.calm text.calm", TEXT_100, false, false},
		{"text.size.150 text.contrast.high text.calm text.reset", TEXT_100, false, false},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
		kiosk_tap(&kiosk, "tool.text");
		kiosk_taps(&kiosk, rows[i].taps);
		const struct visit *visit = visit_of(&kiosk);
		assert_int_equal(visit->text_size, rows[i].text_size);
		assert_int_equal(visit->high_contrast, rows[i].high_contrast);
		assert_int_equal(visit->calm, rows[i].calm);
		assert_int_equal(ui_text_size(terminal_ui(kiosk.terminal)), rows[i].text_size);
		assert_int_equal(ui_theme(terminal_ui(kiosk.terminal))->high_contrast, rows[i].high_contrast);
		assert_int_equal(kiosk_item(&kiosk, "text.calm")->chosen, rows[i].calm);
		kiosk_tap(&kiosk, "close");
		assert_screen(&kiosk, "guide", NULL);
		kiosk_close(&kiosk);
	}
}

static void more_below_rolls_to_the_end_and_goes(void **unused)
{
	struct kiosk kiosk = {0};
	int taps = 0;
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	assert_int_equal(kiosk_item(&kiosk, "more")->place.y + kiosk_item(&kiosk, "more")->place.h,
			 kiosk_item(&kiosk, "tool.text")->place.y);
	for (; kiosk_item(&kiosk, "more"); taps++) {
		assert_true(taps < 10);
		kiosk_tap(&kiosk, "more");
	}
	assert_true(taps > 1);
	const struct ui_item *last = kiosk_item(&kiosk, "page.daycare/prices");
	assert_true(last->seen.h == last->place.h);
	kiosk_place(&kiosk, "guide", "en", "health", "doctor");
	assert_null(kiosk_item(&kiosk, "more"));
	kiosk_close(&kiosk);
}

/* Back leads to where the visitor had read to. */
static void back_returns_to_the_same_line(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	while (kiosk_item(&kiosk, "more"))
		kiosk_tap(&kiosk, "more");
	int y = kiosk_item(&kiosk, "page.daycare/prices")->place.y;
	kiosk_tap(&kiosk, "page.daycare/prices");
	kiosk_tap(&kiosk, "nav.back");
	assert_int_equal(kiosk_item(&kiosk, "page.daycare/prices")->place.y, y);
	kiosk_close(&kiosk);
}

static void without_content_there_are_still_the_numbers(void **unused)
{
	static const int sides[][2] = {{1080, 1920}, {1920, 1080}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, NULL, sides[i][0], sides[i][1]);
		assert_non_null(kiosk_named(&kiosk, "112"));
		assert_non_null(kiosk_named(&kiosk, "114"));
		assert_non_null(kiosk_named(&kiosk, "Ask the staff. They can help you."));
		assert_non_null(kiosk_named(&kiosk, "Spørg personalet. De kan hjælpe dig."));
		kiosk_touch(&kiosk, 500, 500);
		kiosk_key(&kiosk, KEY_ENTER);
		kiosk_wait(&kiosk, 300000);
		assert_nobody(&kiosk);
		assert_false(terminal_place(kiosk.terminal, "home", "da", NULL, NULL, kiosk.now));
		kiosk_offer(&kiosk, &usual);
		kiosk_frame(&kiosk);
		assert_non_null(kiosk_item(&kiosk, "start"));
		kiosk_close(&kiosk);
	}
}

static void a_place_that_is_not_there_is_refused(void **unused)
{
	static const struct {
		const char *screen, *lang, *topic, *page;
	} rows[] = {{"nowhere", "en", NULL, NULL},
		    {"", "en", NULL, NULL},
		    {"home", "sv", NULL, NULL},
		    {"topic", "en", NULL, NULL},
		    {"topic", "en", "school", NULL},
		    {"guide", "en", "daycare", NULL},
		    {"guide", "en", "daycare", "nothing"},
		    {"guide", "en", NULL, "prices"}};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "topic", "en", "health", NULL);
	struct visit before = *visit_of(&kiosk);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_false(terminal_place(kiosk.terminal, rows[i].screen, rows[i].lang, rows[i].topic, rows[i].page,
					    kiosk.now));
		assert_memory_equal(visit_of(&kiosk), &before, sizeof(before));
	}
	kiosk_close(&kiosk);
}

/* Any event at any time leaves a kiosk that still draws. */
static void a_child_with_ten_fingers(void **unused)
{
	struct kiosk kiosk = {0};
	uint32_t state = 7;
	(void)unused;
	kiosk_open(&kiosk, &usual, 540, 960);
	for (int i = 0; i < 4000; i++) {
		state = state * 1664525u + 1013904223u;
		unsigned pick = state >> 8;
		struct input_event event = {.kind = (enum input_kind)(pick % (INPUT_KEY + 1)),
					    .finger = (int64_t)(pick >> 4) % 3,
					    .x = (float)((int)(pick % 700) - 80),
					    .y = (float)((int)(pick / 7 % 1100) - 70),
					    .wheel = (float)((int)(pick % 7) - 3),
					    .key = (enum input_key)(pick / 3 % KEY_COUNT),
					    .time_ms = kiosk.now.mono_ms};
		terminal_input(kiosk.terminal, &event, kiosk.now);
		if (i % 7 == 0)
			kiosk_wait(&kiosk, pick % 3 == 0 ? 16 : pick % 400);
		if (i % 997 == 0)
			kiosk_wait(&kiosk, 121000);
		assert_true(visit_of(&kiosk)->state == VISIT_AWAY || visit_of(&kiosk)->depth > 0 ||
			    visit_of(&kiosk)->sheet);
	}
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_with_ten_fingers),
		cmocka_unit_test(a_place_that_is_not_there_is_refused),
		cmocka_unit_test(without_content_there_are_still_the_numbers),
		cmocka_unit_test(taps_lead_from_screen_to_screen),
		cmocka_unit_test(what_cannot_be_pressed_says_why),
		cmocka_unit_test(a_language_is_changed_in_place),
		cmocka_unit_test(the_words_of_a_pressed_link_can_be_read),
		cmocka_unit_test(no_two_things_to_press_have_one_id),
		cmocka_unit_test(help_is_one_tap_away_everywhere),
		cmocka_unit_test(arabic_is_the_mirror_of_danish),
		cmocka_unit_test(nothing_is_painted_when_nothing_changed),
		cmocka_unit_test(the_greeting_rolls_through_the_languages),
		cmocka_unit_test(text_and_colours_react_at_once),
		cmocka_unit_test(more_below_rolls_to_the_end_and_goes),
		cmocka_unit_test(back_returns_to_the_same_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
