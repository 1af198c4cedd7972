/* Every screen and sheet in every language, text size, theme and form of screen: nothing lies over anything else, everything can be touched, everything has a name. */
#include "town.h"

#include "tokens.h"

#define TURNS_MAX 120

static const struct sight {
	const char *screen, *topic, *page, *sheet; /* sheet: what opens it */
} sights[] = {
	{"attract", NULL, NULL, NULL},        {"attract", NULL, NULL, "emergency"},
	{"language", NULL, NULL, NULL},       {"home", NULL, NULL, NULL},
	{"home", NULL, NULL, "emergency"},    {"home", NULL, NULL, "tool.text"},
	{"topic", "daycare", NULL, NULL},     {"guide", "daycare", "get-a-place", NULL},
	{"guide", "daycare", "prices", NULL}, {"guide", "health", "doctor", NULL},
};

static const struct form {
	int width, height;
	float mm_per_px; /* 0: unknown; small ones are drawn larger, so that fingers hit */
} forms[] = {{1080, 1920, 0},    {1920, 1080, 0},     {768, 1366, 0},      {1280, 1024, 0},
	     {800, 1280, 0.17f}, {1920, 1080, 0.18f}, {1080, 1920, 0.14f}, {1280, 720, 0.2f}};

static const struct style {
	int text_size;
	bool high_contrast;
} styles[] = {{TEXT_100, false}, {TEXT_125, false}, {TEXT_150, true}, {TEXT_200, false}, {TEXT_200, true}};

static char where[160]; /* what is looked at, for messages */

static bool is_words(const struct ui_item *item)
{
	return !item->id && (item->role == ROLE_TEXT || item->role == ROLE_TITLE) && item->seen.w > 2 &&
	       item->seen.h > 2;
}

static bool overlap(const struct ui_item *a, const struct ui_item *b)
{
	struct rect both = rect_intersect(a->seen, b->seen);
	return a->layer == b->layer && both.w > 2 && both.h > 4;
}

/* What a number, a phone or a callout means is told over the words themselves. */
static bool encloses(struct rect a, struct rect b)
{
	struct rect both = rect_intersect(a, b);
	return both.w >= b.w - 1 && both.h >= b.h - 1;
}

static void check_words(const struct ui *ui)
{
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *a = ui_item(ui, i);
		if (!is_words(a))
			continue;
		assert_true(a->name && a->name[0]);
		if (a->seen.x != a->place.x || a->seen.w != a->place.w)
			fail_msg("%s: \"%s\" leaves the screen at its side", where, a->name);
		for (size_t j = i + 1; j < ui_item_count(ui); j++) {
			const struct ui_item *b = ui_item(ui, j);
			if (is_words(b) && overlap(a, b) && !encloses(a->seen, b->seen) && !encloses(b->seen, a->seen))
				fail_msg("%s: \"%s\" and \"%s\" lie over each other", where, a->name, b->name);
		}
	}
}

static void check_targets(const struct ui *ui, int width)
{
	float scale = (float)width / ui_width(ui);
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (item->action.verb == VERB_NONE)
			continue;
		assert_true(item->id && item->id[0] && item->name && item->name[0] && item->lang && item->lang[0]);
		int least = (int)(TOKEN_TOUCH_MIN * scale) - 1;
		if (item->place.w < least || item->place.h < least)
			fail_msg("%s: %s is %d x %d, less than %d", where, item->id, item->place.w, item->place.h,
				 least);
	}
}

static void check_all_the_way_down(struct kiosk *kiosk, int width)
{
	for (int turn = 0;; turn++) {
		check_words(terminal_ui(kiosk->terminal));
		check_targets(terminal_ui(kiosk->terminal), width);
		const struct ui_item *more = kiosk_item(kiosk, "more");
		if (more && more->layer < view_layer(&(struct view){.visit = terminal_visit(kiosk->terminal)}))
			more = NULL;
		if (!more)
			return;
		assert_true(turn < TURNS_MAX);
		kiosk_touch(kiosk, (float)more->seen.x + (float)more->seen.w / 2,
			    (float)more->seen.y + (float)more->seen.h / 2);
	}
}

/* Rolls until the item can be touched, and touches it. */
static void go_to(struct kiosk *kiosk, const char *id)
{
	for (int turn = 0; kiosk_item(kiosk, id)->seen.h < 40; turn++) {
		assert_true(turn < TURNS_MAX);
		kiosk_tap(kiosk, "more");
	}
	kiosk_tap(kiosk, id);
}

static void style_put(struct kiosk *kiosk, const struct style *style)
{
	kiosk_tap(kiosk, "tool.text");
	if (style->high_contrast)
		go_to(kiosk, "text.contrast.high");
	if (style->text_size != TEXT_100)
		go_to(kiosk,
		      ((const char *[]){"", "text.size.125", "text.size.150", "text.size.200"})[style->text_size]);
	kiosk_tap(kiosk, "close");
}

/* As a visitor gets there: by touch, from the start page. */
static void walk(struct kiosk *kiosk, const struct sight *sight, const char *lang, const struct style *style)
{
	char id[64];
	kiosk_place(kiosk, "home", lang, NULL, NULL);
	style_put(kiosk, style);
	if (strcmp(sight->screen, "language") == 0)
		kiosk_tap(kiosk, "nav.language");
	snprintf(id, sizeof(id), "topic.%s", sight->topic ? sight->topic : "");
	if (sight->topic)
		go_to(kiosk, id);
	snprintf(id, sizeof(id), "page.%s/%s", sight->topic ? sight->topic : "", sight->page ? sight->page : "");
	if (sight->page)
		go_to(kiosk, id);
}

static void look(struct kiosk *kiosk, const struct sight *sight, const char *lang, const struct style *style, int width)
{
	snprintf(where, sizeof(where), "%s %s %s, %s, %d %s, %d px wide", sight->screen, sight->page ? sight->page : "",
		 sight->sheet ? sight->sheet : "", lang, style->text_size, style->high_contrast ? "high contrast" : "",
		 width);
	if (strcmp(sight->screen, "attract") == 0)
		kiosk_place(kiosk, "attract", NULL, NULL, NULL); /* nobody is there to choose a style */
	else
		walk(kiosk, sight, lang, style);
	if (sight->sheet)
		kiosk_tap(kiosk, sight->sheet);
	assert_string_equal(terminal_screen(kiosk->terminal), sight->screen);
	check_all_the_way_down(kiosk, width);
}

static void every_screen_in_every_form(void **unused)
{
	(void)unused;
	for (size_t form = 0; form < ARRAY_LEN(forms); form++) {
		struct kiosk kiosk = {.mm_per_px = forms[form].mm_per_px};
		kiosk_open(&kiosk, &(struct town){.newer = true, .valid_to = "2026-11-01"}, forms[form].width,
			   forms[form].height);
		for (size_t i = 0; i < ARRAY_LEN(sights); i++)
			for (size_t lang = 0; lang < ARRAY_LEN(town_languages); lang++)
				for (size_t style = 0; style < ARRAY_LEN(styles); style++)
					look(&kiosk, &sights[i], town_languages[lang].code, &styles[style],
					     forms[form].width);
		kiosk_close(&kiosk);
	}
}

static void the_question_in_every_form(void **unused)
{
	(void)unused;
	for (size_t form = 0; form < ARRAY_LEN(forms); form++)
		for (size_t style = 0; style < ARRAY_LEN(styles); style++) {
			struct kiosk kiosk = {.mm_per_px = forms[form].mm_per_px};
			kiosk_open(&kiosk, &(struct town){0}, forms[form].width, forms[form].height);
			kiosk_place(&kiosk, "home", "ar", NULL, NULL);
			style_put(&kiosk, &styles[style]);
			kiosk_wait(&kiosk, 121000);
			snprintf(where, sizeof(where), "question, %d, %d px wide", styles[style].text_size,
				 forms[form].width);
			check_words(terminal_ui(kiosk.terminal));
			check_targets(terminal_ui(kiosk.terminal), forms[form].width);
			const char *const ids[] = {"idle.stay", "idle.leave", "emergency"};
			for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
				const struct ui_item *item = kiosk_item(&kiosk, ids[i]);
				if (item->seen.w != item->place.w || item->seen.h != item->place.h)
					fail_msg("%s: %s leaves the screen", where, ids[i]);
			}
			kiosk_close(&kiosk);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_in_every_form),
		cmocka_unit_test(the_question_in_every_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
