/* The staff's page: who comes in, what a wrong PIN costs, what it shows of good and hostile news, and that it closes. */
#include "screens/staff.h"

#include "screens/coverage.h"
#include "screens/door.h"
#include "town.h"

#define RIGHT "staff.digit.1 staff.digit.2 staff.digit.3 staff.digit.4 staff.digit.5 staff.digit.6"
#define WRONG "staff.digit.1 staff.digit.2 staff.digit.3 staff.digit.4 staff.digit.5 staff.digit.0"

static const struct town usual;

/* 123456 */
static const char pin[] = "scrypt$15$8$1$192212fa783961e5a94d3e4743b610fc$"
			  "c5f0895d081e97d93deb7328eaa71db493a6ca50926e9e172f21df546e2594e7";

static const struct staff_state well = {.version = "2026.11.26.1301",
					.generation = 7,
					.sentence = "nothing new",
					.passed_well = true,
					.passed_utc_s = START_UTC - 60,
					.good_utc_s = START_UTC - 60,
					.mirror = "https://a.example/",
					.running = "2026.11.1",
					.slot = "b",
					.other = "2026.10.2",
					.other_state = STAFF_SLOT_GOOD,
					.free_bytes = INT64_C(5) << 30,
					.all_bytes = INT64_C(8) << 30,
					.fetch = STAFF_FETCH_READY};

static void open_kiosk(struct kiosk *kiosk)
{
	kiosk->pin = pin;
	kiosk_open(kiosk, &usual, 1080, 1920);
}

static void open_page(struct kiosk *kiosk, const struct staff_state *state)
{
	open_kiosk(kiosk);
	terminal_staff(kiosk->terminal, state);
	kiosk_place(kiosk, "staff", "en", "open", NULL);
	kiosk_wait(kiosk, 1000);
}

/* Somewhere in what is on the screen, rolled away or not. */
static bool says(const struct kiosk *kiosk, const char *text)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	for (size_t i = 0; i < ui_print_count(ui); i++)
		if (strstr(ui_print(ui, i)->text, text))
			return true;
	return false;
}

static void without_a_pin_there_is_no_way(void **unused)
{
	static const char *const pins[] = {NULL, ""};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(pins); i++) {
		struct kiosk kiosk = {.pin = pins[i]};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk_tap(&kiosk, "start");
		assert_screen(&kiosk, "language", NULL);
		assert_null(kiosk_item(&kiosk, "staff"));
		/* Not even for who got there. */
		kiosk_place(&kiosk, "staff", "en", NULL, NULL);
		kiosk_taps(&kiosk, RIGHT " staff.unlock");
		assert_false(visit_of(&kiosk)->staff);
		kiosk_close(&kiosk);
	}
}

static void the_right_pin_opens_until_one_leaves(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_kiosk(&kiosk);
	terminal_staff(kiosk.terminal, &well);
	kiosk_taps(&kiosk, "start language.ar nav.language staff");
	assert_screen(&kiosk, "staff", NULL);
	assert_string_equal(kiosk_named(&kiosk, "Enter the PIN to go on.")->lang, "en");
	kiosk_taps(&kiosk, RIGHT);
	assert_false(visit_of(&kiosk)->staff);
	kiosk_tap(&kiosk, "staff.unlock");
	assert_true(visit_of(&kiosk)->staff);
	assert_string_equal(visit_of(&kiosk)->pin, "");
	assert_true(says(&kiosk, "Everything works"));
	/* A call for help does not close it; leaving it does. */
	kiosk_taps(&kiosk, "emergency close");
	assert_true(visit_of(&kiosk)->staff);
	kiosk_taps(&kiosk, "nav.back staff");
	assert_false(visit_of(&kiosk)->staff);
	assert_false(says(&kiosk, "Everything works"));
	kiosk_close(&kiosk);
}

static void the_keys_say_what_they_can(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_kiosk(&kiosk);
	kiosk_place(&kiosk, "staff", "en", NULL, NULL);
	assert_non_null(kiosk_item(&kiosk, "staff.erase")->reason);
	for (int i = 0; i < 12; i++) {
		assert_int_equal(strlen(visit_of(&kiosk)->pin), i);
		assert_int_equal(kiosk_item(&kiosk, "staff.unlock")->reason == NULL, i >= 6);
		kiosk_tap(&kiosk, "staff.digit.7");
	}
	assert_non_null(kiosk_item(&kiosk, "staff.digit.7")->reason);
	kiosk_tap(&kiosk, "staff.erase");
	assert_int_equal(strlen(visit_of(&kiosk)->pin), 11);
	kiosk_wait(&kiosk, 121000);
	kiosk_wait(&kiosk, 30000);
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

/* The wait outlives the visit, and the visitor's patience in it is not judged. */
static void a_wrong_pin_waits(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_kiosk(&kiosk);
	kiosk_taps(&kiosk, "start staff");
	kiosk_taps(&kiosk, WRONG " staff.unlock");
	assert_false(visit_of(&kiosk)->staff);
	assert_string_equal(visit_of(&kiosk)->pin, "");
	assert_non_null(kiosk_item(&kiosk, "staff.digit.1")->reason);
	assert_true(says(&kiosk, "Try again in 2 seconds.") || says(&kiosk, "Try again in 1 second."));
	/* Each second says so anew. */
	assert_true(terminal_deadline(kiosk.terminal, kiosk.now) <= kiosk.now.mono_ms + 1000);
	kiosk_wait(&kiosk, 2000);
	assert_null(kiosk_item(&kiosk, "staff.digit.1")->reason);
	assert_true(terminal_deadline(kiosk.terminal, kiosk.now) > kiosk.now.mono_ms + 1000);
	kiosk_taps(&kiosk, WRONG " staff.unlock");
	kiosk_taps(&kiosk, "nav.home nav.language staff"); /* three seconds */
	assert_non_null(kiosk_item(&kiosk, "staff.digit.1")->reason);
	kiosk_wait(&kiosk, 2000);
	kiosk_taps(&kiosk, RIGHT " staff.unlock");
	assert_true(visit_of(&kiosk)->staff);
	kiosk_close(&kiosk);
}

static void the_wait_doubles_and_has_an_end(void **unused)
{
	static const int64_t waits_s[] = {2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600};
	char none[] = "no hash fits any PIN";
	struct door door = {.pin = none};
	struct visit visit = {0};
	int64_t now_ms = 1000;
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(waits_s); i++) {
		assert_int_equal(door_wait_ms(&door, now_ms), 0);
		visit_type_pin(&visit, 1);
		door_try(&door, &visit, now_ms);
		assert_false(visit.staff);
		assert_int_equal(visit.pin[0], '\0');
		assert_int_equal(door_wait_ms(&door, now_ms), waits_s[i] * 1000);
		/* A try before its time is none. */
		door_try(&door, &visit, now_ms + 1);
		assert_int_equal(door_wait_ms(&door, now_ms), waits_s[i] * 1000);
		now_ms += waits_s[i] * 1000;
	}
	door.wrong = INT32_MAX;
	door_try(&door, &visit, now_ms);
	assert_int_equal(door_wait_ms(&door, now_ms), DOOR_WAIT_MAX_MS);
}

static void it_closes_by_itself(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_page(&kiosk, &well);
	kiosk_wait(&kiosk, 58000);
	kiosk_touch(&kiosk, 540, 300);
	assert_true(visit_of(&kiosk)->staff);
	assert_true(terminal_deadline(kiosk.terminal, kiosk.now) <= kiosk.now.mono_ms + 60000);
	kiosk_wait(&kiosk, 58000);
	assert_true(visit_of(&kiosk)->staff);
	kiosk_wait(&kiosk, 2000);
	assert_nobody(&kiosk);
	kiosk_place(&kiosk, "staff", "en", "open", NULL);
	kiosk_wait(&kiosk, 1000);
	kiosk_tap(&kiosk, "staff.lock");
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

static void it_says_how_the_terminal_is(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_page(&kiosk, &well);
	static const char *const sayings[] = {
		"Everything works", "Content no. 7", "3 pages, 4 languages",
		"Today at 14:31",   "a.example/",    "2026.11.1",
		"Slot b",           "2026.10.2",     "Has run here",
		"5.3 GB free",      "of 8.5 GB",     "USB stick",
	};
	for (size_t i = 0; i < ARRAY_LEN(sayings); i++)
		if (!says(&kiosk, sayings[i]))
			fail_msg("it does not say: %s", sayings[i]);
	assert_true(says(&kiosk, "3/3"));
	assert_true(says(&kiosk, "2/3"));
	assert_true(says(&kiosk, "100 %"));
	kiosk_close(&kiosk);
}

static void coverage_is_counted(void **unused)
{
	static const struct {
		const char *lang;
		struct town town;
		size_t pages, items, old;
	} cases[] = {
		{"da", {0}, 3, 5, 0},
		{"en", {0}, 3, 5, 0},
		{"uk", {0}, 2, 2, 0},
		{"ar", {0}, 2, 4, 0},
		{"da", {.newer = true}, 3, 5, 0},
		{"en", {.newer = true}, 3, 5, 1},
		{"uk", {.newer = true}, 2, 2, 1},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct town_store store = {0};
		struct content *content = town_content(&store, &cases[i].town);
		struct coverage coverage = coverage_of(content, content_language(content, cases[i].lang));
		assert_int_equal(coverage.pages_all, 3);
		assert_int_equal(coverage.items_all, 5);
		assert_int_equal(coverage.pages, cases[i].pages);
		assert_int_equal(coverage.items, cases[i].items);
		assert_int_equal(coverage.old, cases[i].old);
		assert_int_equal(coverage.percent, 100 * (cases[i].pages + cases[i].items - cases[i].old) / 8);
		content_close(content);
		for (size_t j = 0; j < store.count; j++)
			buf_finish(&store.files[j].bytes);
		arena_finish(&store.arena);
	}
}

static void it_says_what_is_wrong(void **unused)
{
	static const struct {
		struct staff_state state;
		const char *saying;
	} cases[] = {
		{{0}, "Nothing has been fetched yet"},
		{{.sentence = "failed: gone", .mirror = "http://a"}, "failed: gone"},
		{{.sentence = "failed: gone", .good_utc_s = START_UTC - 60}, "Went well last: Today at 14:31"},
		{{.unread = "status.json: line 1"}, "status.json: line 1"},
		{{.sentence = "s", .passed_well = true, .clock_behind_s = 90000}, "At least 1 day behind"},
		{{.sentence = "s", .passed_well = true, .free_bytes = 1, .all_bytes = INT64_C(1) << 40},
		 "The disk is full"},
		{{.sentence = "s", .passed_well = true, .running = "1", .other = "2.9", .other_state = STAFF_SLOT_BAD},
		 "A newer firmware did not start"},
		{{.sentence = "s", .passed_well = true, .fetch = STAFF_FETCH_FAILED}, "did not come"},
		{{.sentence = "s", .passed_well = true, .running = "1", .update = "refused: old"}, "refused: old"},
		{{.version = "2026.11.26.1301"}, "2026.11.26.1301"},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct kiosk kiosk = {0};
		open_page(&kiosk, &cases[i].state);
		if (!says(&kiosk, cases[i].saying))
			fail_msg("it does not say: %s", cases[i].saying);
		assert_int_equal(says(&kiosk, "Everything works"), cases[i].state.update != NULL);
		kiosk_close(&kiosk);
	}
}

/* What is wrong with the settings stands in the page, and in the band over all others. */
static void remarks_are_in_it(void **unused)
{
	static const struct remark remark = {"kiosk.conf:3", "\"blue\" is no rotation"};
	struct kiosk kiosk = {0};
	struct err err;
	(void)unused;
	open_page(&kiosk, &well);
	assert_true(terminal_remark(kiosk.terminal, &remark, 1, &err));
	kiosk_wait(&kiosk, 1000);
	size_t times = 0;
	for (size_t i = 0; i < ui_print_count(terminal_ui(kiosk.terminal)); i++)
		times += strcmp(ui_print(terminal_ui(kiosk.terminal), i)->text, remark.text) == 0;
	assert_int_equal(times, 1);
	assert_false(says(&kiosk, "Everything works"));
	kiosk_close(&kiosk);
}

static void a_place_that_is_not_there_is_told(void **unused)
{
	static const char fault[] = "here: the content has no place \"atlantis\"";
	static const char *const places[] = {"atlantis", "pool", ""};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct kiosk kiosk = {.here = places[i]};
		open_page(&kiosk, &well);
		assert_int_equal(says(&kiosk, fault), i == 0);
		assert_int_equal(says(&kiosk, "Everything works"), i > 0);
		kiosk_close(&kiosk);
	}
}

static void content_can_be_asked_for(void **unused)
{
	struct staff_state state = well;
	struct kiosk kiosk = {0};
	(void)unused;
	open_page(&kiosk, &state);
	assert_false(terminal_wants_fetch(kiosk.terminal));
	kiosk_tap(&kiosk, "staff.fetch");
	assert_true(terminal_wants_fetch(kiosk.terminal));
	assert_false(terminal_wants_fetch(kiosk.terminal));
	state.fetch = STAFF_FETCH_ASKED;
	kiosk_wait(&kiosk, 1000);
	assert_int_equal(kiosk_item(&kiosk, "staff.fetch")->action.verb, VERB_NONE);
	state.fetch = STAFF_FETCH_NONE;
	kiosk_wait(&kiosk, 1000);
	assert_null(kiosk_item(&kiosk, "staff.fetch"));
	kiosk_close(&kiosk);
}

/* Where no content came, its words are missing, and the question of who is still there, too. */
static void it_is_there_without_content(void **unused)
{
	static const int sizes[][2] = {{1080, 1920}, {1920, 1080}, {540, 960}};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct staff_state state = {.empty = "it is gone", .fetch = STAFF_FETCH_READY};
		struct kiosk kiosk = {.pin = pin};
		kiosk_open(&kiosk, NULL, sizes[i][0], sizes[i][1]);
		terminal_staff(kiosk.terminal, &state);
		kiosk_touch(&kiosk, 10, 10);
		assert_nobody(&kiosk);
		kiosk_tap(&kiosk, "staff");
		assert_screen(&kiosk, "staff", NULL);
		kiosk_key(&kiosk, KEY_BACK);
		assert_nobody(&kiosk);
		kiosk_taps(&kiosk, "staff " WRONG " staff.unlock");
		assert_non_null(kiosk_item(&kiosk, "staff.digit.1")->reason);
		kiosk_tap(&kiosk, "nav.back");
		assert_nobody(&kiosk);
		kiosk_wait(&kiosk, 2000);
		kiosk_taps(&kiosk, "staff " RIGHT " staff.unlock");
		assert_true(says(&kiosk, "There is no content") && says(&kiosk, "it is gone"));
		assert_false(says(&kiosk, "Everything works"));
		kiosk_tap(&kiosk, "staff.fetch");
		assert_true(terminal_wants_fetch(kiosk.terminal));
		/* What was fetched is shown at once, under their eyes. */
		if (i == 0) {
			kiosk_offer(&kiosk, &usual);
			kiosk_wait(&kiosk, 1000);
			assert_false(says(&kiosk, "There is no content"));
			assert_true(says(&kiosk, "3 pages, 4 languages"));
			assert_non_null(kiosk_item(&kiosk, "nav.home"));
		}
		kiosk_tap(&kiosk, "staff.lock");
		assert_nobody(&kiosk);
		kiosk_close(&kiosk);
	}
}

static void without_content_each_page_closes(void **unused)
{
	static const char *const ways[] = {"staff", "staff " RIGHT " staff.unlock"};
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct kiosk kiosk = {.pin = pin};
		kiosk_open(&kiosk, NULL, 1080, 1920);
		kiosk_taps(&kiosk, ways[i]);
		kiosk_wait(&kiosk, 58000);
		assert_screen(&kiosk, "staff", NULL);
		assert_true(terminal_deadline(kiosk.terminal, kiosk.now) <= kiosk.now.mono_ms + 2000);
		kiosk_wait(&kiosk, 2000);
		assert_nobody(&kiosk);
		kiosk_close(&kiosk);
	}
}

/* The way in is there only with a PIN, and nothing else than that can be touched. */
static void without_content_and_pin_nothing_is_there(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, NULL, 1080, 1920);
	assert_null(kiosk_item(&kiosk, "staff"));
	for (int key = KEY_NONE; key < KEY_COUNT; key++)
		kiosk_key(&kiosk, (enum input_key)key);
	kiosk_touch(&kiosk, 540, 960);
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

static void a_keyboard_types_the_pin(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	open_kiosk(&kiosk);
	kiosk_taps(&kiosk, "start staff");
	kiosk_key(&kiosk, KEY_ENTER); /* there is no PIN yet */
	assert_screen(&kiosk, "staff", NULL);
	for (int digit = 9; digit >= 0; digit--)
		kiosk_key(&kiosk, (enum input_key)(KEY_DIGIT_0 + digit));
	assert_string_equal(visit_of(&kiosk)->pin, "9876543210");
	for (int i = 0; i < 11; i++)
		kiosk_key(&kiosk, KEY_ERASE);
	assert_string_equal(visit_of(&kiosk)->pin, "");
	for (int digit = 1; digit <= 6; digit++)
		kiosk_key(&kiosk, (enum input_key)(KEY_DIGIT_0 + digit));
	kiosk_key(&kiosk, KEY_ENTER);
	assert_true(visit_of(&kiosk)->staff);
	/* Elsewhere digits are nothing. */
	kiosk_key(&kiosk, KEY_DIGIT_9);
	assert_string_equal(visit_of(&kiosk)->pin, "");
	kiosk_close(&kiosk);
}

/* Whatever stands in the files, in every form of the screen: a whole frame, and the way out of it. */
static void hostile_news_are_shown(void **unused)
{
	static const char *const seeds[] = {"x", "\n", "\xE2\x80\xAE\xD7\x90 ", "%s%n", "A very long word. "};
	static const int sizes[][2] = {{1080, 1920}, {1920, 1080}, {540, 960}};
	char text[4001];
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(seeds); i++) {
		size_t len = strlen(seeds[i]), at = 0;
		for (; at + len < sizeof(text); at += len)
			memcpy(text + at, seeds[i], len);
		text[at] = '\0';
		const struct staff_state state = {.version = text,
						  .generation = INT64_MAX,
						  .sentence = text,
						  .passed_utc_s = INT64_C(1) << 40,
						  .mirror = text,
						  .clock_behind_s = INT64_C(1) << 40,
						  .running = text,
						  .slot = text,
						  .other = text,
						  .other_state = STAFF_SLOT_BAD,
						  .update = text,
						  .unread = text,
						  .empty = text,
						  .free_bytes = INT64_MAX,
						  .all_bytes = INT64_MAX,
						  .fetch = STAFF_FETCH_FAILED};
		for (size_t j = 0; j < ARRAY_LEN(sizes); j++) {
			struct kiosk kiosk = {.pin = pin};
			kiosk_open(&kiosk, &usual, sizes[j][0], sizes[j][1]);
			terminal_staff(kiosk.terminal, &state);
			kiosk_place(&kiosk, "staff", "ar", "open", NULL);
			kiosk_wait(&kiosk, 1000);
			kiosk_key(&kiosk, KEY_END);
			kiosk_key(&kiosk, KEY_END);
			kiosk_tap(&kiosk, "staff.lock");
			assert_nobody(&kiosk);
			kiosk_close(&kiosk);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_pin_there_is_no_way),
		cmocka_unit_test(the_right_pin_opens_until_one_leaves),
		cmocka_unit_test(the_keys_say_what_they_can),
		cmocka_unit_test(a_wrong_pin_waits),
		cmocka_unit_test(the_wait_doubles_and_has_an_end),
		cmocka_unit_test(it_closes_by_itself),
		cmocka_unit_test(it_says_how_the_terminal_is),
		cmocka_unit_test(coverage_is_counted),
		cmocka_unit_test(it_says_what_is_wrong),
		cmocka_unit_test(remarks_are_in_it),
		cmocka_unit_test(a_place_that_is_not_there_is_told),
		cmocka_unit_test(content_can_be_asked_for),
		cmocka_unit_test(it_is_there_without_content),
		cmocka_unit_test(without_content_each_page_closes),
		cmocka_unit_test(without_content_and_pin_nothing_is_there),
		cmocka_unit_test(a_keyboard_types_the_pin),
		cmocka_unit_test(hostile_news_are_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
