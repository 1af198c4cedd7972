/* The guided decision, places and events: every way leads to somebody who helps, and back. */
#include "town.h"

static const struct town usual = {0};

static void open_at(struct kiosk *kiosk, const char *lang)
{
	kiosk_open(kiosk, &usual, 1080, 1920);
	kiosk_place(kiosk, "home", lang, NULL, NULL);
}

static bool is_seen(const struct kiosk *kiosk, const char *words)
{
	return kiosk_named(kiosk, words) != NULL;
}

/* Back goes one question back, and shows what was answered. */
static void one_question_at_a_time(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_tap(&kiosk, "guide.ill");
	assert_screen(&kiosk, "decision", NULL);
	assert_true(is_seen(&kiosk, "en What is it?"));
	assert_null(kiosk_item(&kiosk, "decision.again"));

	kiosk_tap(&kiosk, "answer.pain");
	assert_true(is_seen(&kiosk, "en Since when?"));
	kiosk_tap(&kiosk, "answer.today");
	assert_true(is_seen(&kiosk, "en Call the town hall"));
	assert_non_null(strstr(kiosk_item(&kiosk, "decision.change")->name, "en Today"));
	assert_true(is_seen(&kiosk, "“Jeg har feber.”"));
	assert_true(is_seen(&kiosk, "en Worse? Call 112."));
	assert_non_null(kiosk_item(&kiosk, "place.townhall"));

	kiosk_tap(&kiosk, "decision.change");
	assert_true(is_seen(&kiosk, "en Since when?"));
	assert_true(kiosk_item(&kiosk, "answer.today")->chosen);
	assert_false(kiosk_item(&kiosk, "answer.later")->chosen);
	kiosk_tap(&kiosk, "nav.back");
	assert_true(is_seen(&kiosk, "en What is it?"));
	assert_true(kiosk_item(&kiosk, "answer.pain")->chosen);
	kiosk_tap(&kiosk, "nav.back");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

static void a_guide_can_be_begun_again(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_taps(&kiosk, "guide.ill answer.fever answer.later decision.again");
	assert_true(is_seen(&kiosk, "en What is it?"));
	assert_false(kiosk_item(&kiosk, "answer.fever")->chosen);
	kiosk_tap(&kiosk, "nav.back");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

/* Danger is first and leads to 112 at once; a result without a page still leads on. */
static void danger_comes_first(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_tap(&kiosk, "guide.ill");
	assert_true(kiosk_item(&kiosk, "answer.danger")->place.y < kiosk_item(&kiosk, "answer.fever")->place.y);
	kiosk_tap(&kiosk, "answer.danger");
	assert_true(is_seen(&kiosk, "112"));
	kiosk_tap(&kiosk, "decision.home");
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

static void answers_are_forgotten(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_taps(&kiosk, "guide.ill answer.fever answer.later");
	kiosk_wait(&kiosk, 120000);
	kiosk_wait(&kiosk, 30000);
	assert_nobody(&kiosk);
	kiosk_close(&kiosk);
}

/* Honest about a guide that is not translated, and about one nobody has checked. */
static void a_guide_says_where_its_words_are_from(void **unused)
{
	(void)unused;
	static const struct {
		const char *lang, *label, *title;
	} rows[] = {{"ar", "ar This page is not in your language yet.", "da What is it?"},
		    {"en", "en Not checked by a person yet.", "en What is it?"},
		    {"da", NULL, "da What is it?"}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk_place(&kiosk, "decision", rows[i].lang, "ill", NULL);
		assert_true(is_seen(&kiosk, rows[i].title));
		assert_int_equal(is_seen(&kiosk, "This page is not in your language yet."),
				 rows[i].label && strstr(rows[i].label, "not in your"));
		assert_int_equal(is_seen(&kiosk, "Not checked by a person yet."),
				 rows[i].label && strstr(rows[i].label, "Not checked"));
		kiosk_close(&kiosk);
	}
}

static void a_guide_stands_first_in_its_topic(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_tap(&kiosk, "topic.health");
	assert_true(kiosk_item(&kiosk, "guide.ill")->place.y < kiosk_item(&kiosk, "page.health/doctor")->place.y);
	kiosk_tap(&kiosk, "nav.back");
	kiosk_tap(&kiosk, "topic.daycare");
	assert_null(kiosk_item(&kiosk, "guide.ill"));
	kiosk_close(&kiosk);
}

/* What is chosen narrows the list down, and is still chosen after a place was looked at. */
static void places_are_narrowed_down(void **unused)
{
	(void)unused;
	static const struct {
		const char *taps;
		int count; /* of places */
	} rows[] = {{"", 3},
		    {"kind.club", 2},
		    {"kind.club kind.all", 3},
		    {"kind.office", 1},
		    {"kind.club activity.swimming", 1},
		    {"kind.club activity.swimming activity.swimming", 2},
		    {"kind.club town.Aars", 1},
		    {"kind.club filter.fritidspas", 1},
		    {"filter.open", 1},
		    {"kind.office filter.open", 0},
		    {"kind.office filter.open filter.none", 3},
		    {"kind.club town.Aars activity.swimming kind.club", 2}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		open_at(&kiosk, "en");
		kiosk_tap(&kiosk, "home.places");
		kiosk_taps(&kiosk, rows[i].taps);
		int found = 0;
		static const char *const ids[] = {"place.pool", "place.rowing", "place.townhall"};
		for (size_t j = 0; j < ARRAY_LEN(ids); j++)
			found += kiosk_item(&kiosk, ids[j]) != NULL;
		if (found != rows[i].count)
			fail_msg("%s: %d places", rows[i].taps, found);
		assert_int_equal(kiosk_item(&kiosk, "filter.none") != NULL, found == 0);
		kiosk_close(&kiosk);
	}
}

static void a_filter_outlives_a_look_at_a_place(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_taps(&kiosk, "home.places kind.club place.rowing nav.back");
	assert_true(kiosk_item(&kiosk, "kind.club")->chosen);
	assert_null(kiosk_item(&kiosk, "place.townhall"));
	kiosk_taps(&kiosk, "nav.home home.places");
	assert_true(kiosk_item(&kiosk, "kind.all")->chosen);
	kiosk_taps(&kiosk, "nav.home home.open");
	assert_true(kiosk_item(&kiosk, "filter.open")->chosen);
	kiosk_close(&kiosk);
}

/* Monday 30 November 2026, 14:32. */
static void a_place_says_whether_it_is_open(void **unused)
{
	(void)unused;
	static const struct {
		int64_t later_s;
		const char *place, *status;
	} rows[] = {
		{0, "pool", "en Open now until \u206617:00\u2069"},
		{3 * 3600, "pool", "en Closed. Opens today at \u206618:00\u2069"},
		{6 * 3600, "pool", "en Closed. Opens: Saturday \u206610:00\u2069"}, /* Wednesday is closed this week */
		{4 * 86400, "pool", "en Closed. Opens tomorrow at \u206610:00\u2069"},
		{0, "rowing", "en Closed"}, /* known no longer than Thursday */
		{4 * 86400, "rowing", "en Opening hours are not known"},
		{0, "townhall", "en Opening hours are not known"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct kiosk kiosk = {0};
		kiosk_open(&kiosk, &usual, 1080, 1920);
		kiosk.now.utc_s += rows[i].later_s;
		kiosk_place(&kiosk, "place", "en", rows[i].place, NULL);
		if (!is_seen(&kiosk, rows[i].status))
			fail_msg("row %zu: not \"%s\"", i, rows[i].status);
		kiosk_close(&kiosk);
	}
}

static void a_place_shows_all_that_is_known(void **unused)
{
	(void)unused;
	static const char *const pool[] = {"Svømmeklubben",
					   "Dansk and svenska",
					   "en Swimming",
					   "en You can use it here.",
					   "en This is only an example. It is not real.",
					   "en Today, Monday",
					   "\u206610:00–17:00\u2069, \u206618:00–20:00\u2069",
					   "en Other hours on these days",
					   "Wednesday, 2 December",
					   "Saturday, 5 December"},
				 *const townhall[] = {"99 66 70 00",
						      "Himmerlandsgade 27, 9600 Aars",
						      "en Call before you go.",
						      "post@example.dk",
						      "www.example.dk",
						      "en Call first."};
	struct kiosk kiosk = {0};
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "place", "en", "pool", NULL);
	for (size_t i = 0; i < ARRAY_LEN(pool); i++)
		if (!is_seen(&kiosk, pool[i]))
			fail_msg("the pool lacks %s", pool[i]);
	kiosk_place(&kiosk, "place", "en", "townhall", NULL);
	for (size_t i = 0; i < ARRAY_LEN(townhall); i++)
		if (!is_seen(&kiosk, townhall[i]))
			fail_msg("the town hall lacks %s", townhall[i]);
	kiosk_close(&kiosk);
}

static void events_come_by_day(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	open_at(&kiosk, "en");
	kiosk_tap(&kiosk, "home.events");
	assert_true(is_seen(&kiosk, "en Today, Monday, 30 November"));
	assert_true(is_seen(&kiosk, "en Tomorrow, Tuesday, 1 December"));
	assert_true(is_seen(&kiosk, "en All day. en Day out"));
	assert_true(kiosk_item(&kiosk, "day.2026-11-30")->chosen);
	assert_null(kiosk_item(&kiosk, "event.cafe.2026-12-07.960")); /* more than a week away */
	kiosk_tap(&kiosk, "day.2026-12-01");
	assert_null(kiosk_item(&kiosk, "event.cafe.2026-11-30.960"));
	assert_non_null(kiosk_item(&kiosk, "event.cafe.2026-12-07.960"));
	assert_non_null(strstr(kiosk_item(&kiosk, "event.cafe.2026-12-07.960")->name, "en Cancelled"));
	kiosk_tap(&kiosk, "event.cafe.2026-12-07.960");
	assert_screen(&kiosk, "place", NULL);
	kiosk_tap(&kiosk, "nav.back");
	assert_true(kiosk_item(&kiosk, "day.2026-12-01")->chosen);
	kiosk_close(&kiosk);
}

static void no_events_is_said_kindly(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk.now.utc_s += 30 * 86400;
	kiosk_place(&kiosk, "events", "en", NULL, NULL);
	assert_true(is_seen(&kiosk, "en Nothing is planned on these days."));
	kiosk_close(&kiosk);
}

static void a_contact_card_leads_to_its_place(void **unused)
{
	(void)unused;
	struct kiosk kiosk = {0};
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "guide", "en", "daycare", "get-a-place");
	assert_non_null(kiosk_item(&kiosk, "place.townhall"));
	assert_int_equal(kiosk_item(&kiosk, "place.townhall")->action.verb, VERB_PLACE);
	kiosk_close(&kiosk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_question_at_a_time),
		cmocka_unit_test(a_guide_can_be_begun_again),
		cmocka_unit_test(danger_comes_first),
		cmocka_unit_test(answers_are_forgotten),
		cmocka_unit_test(a_guide_says_where_its_words_are_from),
		cmocka_unit_test(a_guide_stands_first_in_its_topic),
		cmocka_unit_test(places_are_narrowed_down),
		cmocka_unit_test(a_filter_outlives_a_look_at_a_place),
		cmocka_unit_test(a_place_says_whether_it_is_open),
		cmocka_unit_test(a_place_shows_all_that_is_known),
		cmocka_unit_test(events_come_by_day),
		cmocka_unit_test(no_events_is_said_kindly),
		cmocka_unit_test(a_contact_card_leads_to_its_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
