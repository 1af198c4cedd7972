#include "town.h"

static const struct town usual;

/* What became of a visit, in a line. */
static void outcome(const struct kiosk *kiosk, char *out, size_t size)
{
	const struct visit *visit = visit_of(kiosk);
	const struct visit_place *here = visit->depth > 0 ? &visit->places[visit->depth - 1] : &(struct visit_place){0};
	snprintf(out, size, "%d %s %d %d %d %d %d %d %zu %s/%s", (int)visit->state, visit->lang, visit->text_size,
		 visit->high_contrast, visit->calm, visit->danish, visit->sheet, here->screen, visit->depth,
		 here->topic, here->page);
}

#define REACH_MAX   40
#define OUTCOME_MAX 160

static void keys_go_back_from_the_top_down(void **unused)
{
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	kiosk_place(&kiosk, "topic", "en", "daycare", NULL);
	kiosk_tap(&kiosk, "tool.text");
	kiosk_key(&kiosk, KEY_BACK);
	assert_screen(&kiosk, "topic", NULL);
	kiosk_key(&kiosk, KEY_BACK);
	assert_screen(&kiosk, "home", NULL);
	kiosk_key(&kiosk, KEY_BACK);
	assert_screen(&kiosk, "home", NULL);
	kiosk_close(&kiosk);
}

struct stand {
	const char *screen, *topic, *page, *taps;
};

static void stand_at(struct kiosk *kiosk, const struct stand *stand)
{
	kiosk_place(kiosk, stand->screen, "en", stand->topic, stand->page);
	kiosk_taps(kiosk, stand->taps);
}

/* The ids a finger can touch there; *steps: how many things keys can come to, also those out of sight. */
static size_t touchable(const struct kiosk *kiosk, char ids[REACH_MAX][UI_SUBJECT_MAX], size_t *steps)
{
	const struct ui *ui = terminal_ui(kiosk->terminal);
	int layer = view_layer(&(struct view){.visit = visit_of(kiosk)});
	size_t count = 0;
	*steps = 0;
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->action.verb == VERB_NONE || item->layer != layer)
			continue;
		++*steps;
		/* keys roll the view by themselves */
		if (item->seen.h > 20 && strcmp(item->id, "more") != 0 && count < REACH_MAX)
			snprintf(ids[count++], sizeof(ids[0]), "%s", item->id);
	}
	assert_true(count > 0 && *steps < REACH_MAX);
	return count;
}

static bool reached(const char *wanted, char found[REACH_MAX][OUTCOME_MAX], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(wanted, found[i]) == 0)
			return true;
	return false;
}

/* Whatever a finger can do, keys can: each thing is reached by Tab and done by Enter. */
static void keys_reach_everything(void **unused)
{
	static const struct stand stands[] = {
		{"language", NULL, NULL, ""},      {"home", NULL, NULL, ""},
		{"topic", "daycare", NULL, ""},    {"guide", "daycare", "get-a-place", ""},
		{"home", NULL, NULL, "tool.text"}, {"home", NULL, NULL, "emergency"},
	};
	struct kiosk kiosk = {0};
	(void)unused;
	kiosk_open(&kiosk, &usual, 1080, 1920);
	for (size_t at = 0; at < ARRAY_LEN(stands); at++) {
		char ids[REACH_MAX][UI_SUBJECT_MAX], found[REACH_MAX][OUTCOME_MAX], wanted[OUTCOME_MAX];
		size_t steps;
		stand_at(&kiosk, &stands[at]);
		size_t count = touchable(&kiosk, ids, &steps);
		for (size_t i = 0; i < steps; i++) {
			stand_at(&kiosk, &stands[at]);
			for (size_t j = 0; j <= i; j++)
				kiosk_key(&kiosk, KEY_NEXT);
			kiosk_key(&kiosk, KEY_ENTER);
			outcome(&kiosk, found[i], sizeof(found[i]));
		}
		for (size_t i = 0; i < count; i++) {
			stand_at(&kiosk, &stands[at]);
			kiosk_tap(&kiosk, ids[i]);
			outcome(&kiosk, wanted, sizeof(wanted));
			if (!reached(wanted, found, steps))
				fail_msg("%s on \"%s\" cannot be reached by keys", ids[i], stands[at].screen);
		}
	}
	kiosk_close(&kiosk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_go_back_from_the_top_down),
		cmocka_unit_test(keys_reach_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
