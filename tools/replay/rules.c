#include "replay/rules.h"

#include "base/array.h"
#include "replay/find.h"
#include "tokens.h"

#include <stdio.h>
#include <string.h>

#define TILE_MIN      144.0f /* 30 mm */
#define GAP_MIN       14.0f  /* 3 mm, rounded down */
#define SLACK         1      /* device px: both edges are rounded */
#define OVERLAP_W     2      /* device px that letters may lean over */
#define OVERLAP_SHARE 0.12f  /* of a line: descenders of a tight line over the next one's box */
#define HOW_MAX       160

static const char *const names[] = {
	[RULE_CUT] = "cut",     [RULE_WIDE] = "wide",         [RULE_SIDE] = "side",       [RULE_OVERLAP] = "overlap",
	[RULE_GLYPH] = "glyph", [RULE_TARGET] = "target",     [RULE_GAP] = "gap",         [RULE_NAME] = "name",
	[RULE_REACH] = "reach", [RULE_CONTRAST] = "contrast", [RULE_CONTROL] = "control", [RULE_FOCUS] = "focus",
};
static_assert(ARRAY_LEN(names) == RULE_COUNT, "a rule has no name");

const char *rule_name(enum rule rule)
{
	return names[rule];
}

struct judge {
	const struct ui *ui;
	const struct rules_report *report;
	float scale; /* device px a design px */
	int width, height;
	int top; /* the layer that takes touches */
};

static struct judge judge(const struct ui *ui, const struct rules_report *report)
{
	struct rect picture = ui_picture_size(ui);
	return (struct judge){.ui = ui,
			      .report = report,
			      .scale = (float)picture.w / ui_width(ui),
			      .width = picture.w,
			      .height = picture.h,
			      .top = find_top_layer(ui)};
}

static bool tell(const struct judge *judge, enum rule rule, const char *what, const char *how, struct err *err)
{
	return judge->report->found(judge->report->context, rule, what, how, err);
}

static const char *what(const struct ui_item *item)
{
	return item->id ? item->id : item->name ? item->name : "";
}

/* ---- Words */

static bool check_print(const struct judge *judge, const struct ui_print *print, struct err *err)
{
	struct rect at = print->place;
	char how[HOW_MAX];

	if (print->cut && !tell(judge, RULE_CUT, print->text, "ends in an ellipsis", err))
		return false;
	if (print->wide && !tell(judge, RULE_WIDE, print->text, "is wider than its box", err))
		return false;
	snprintf(how, sizeof(how), "%d characters have no glyph", print->missing);
	if (print->missing > 0 && !tell(judge, RULE_GLYPH, print->text, how, err))
		return false;
	bool inside = at.x >= 0 && at.x + at.w <= judge->width &&
		      (print->scrolled || (at.y >= 0 && at.y + at.h <= judge->height));
	snprintf(how, sizeof(how), "stands at %d,%d %dx%d on %dx%d", at.x, at.y, at.w, at.h, judge->width,
		 judge->height);
	return inside || tell(judge, RULE_SIDE, print->text, how, err);
}

/* Words that are recorded within others, such as a term in its sentence, are the same words. */
static bool same_words(struct rect a, struct rect b)
{
	struct rect both = rect_intersect(a, b);
	struct rect less = (int64_t)a.w * a.h < (int64_t)b.w * b.h ? a : b;
	return both.w >= less.w - SLACK && both.h >= less.h - SLACK;
}

static bool check_overlaps(const struct judge *judge, size_t first, struct err *err)
{
	const struct ui_print *a = ui_print(judge->ui, first);

	for (size_t i = first + 1; i < ui_print_count(judge->ui); i++) {
		const struct ui_print *b = ui_print(judge->ui, i);
		if (a->layer != b->layer || a->scrolled != b->scrolled)
			continue;
		struct rect both = rect_intersect(a->place, b->place);
		int lower = a->place.h < b->place.h ? a->place.h : b->place.h;
		if (both.w <= OVERLAP_W || (float)both.h <= OVERLAP_SHARE * (float)lower ||
		    same_words(a->place, b->place))
			continue;
		char how[HOW_MAX];
		snprintf(how, sizeof(how), "lies over \"%.60s\" by %dx%d", b->text, both.w, both.h);
		if (!tell(judge, RULE_OVERLAP, a->text, how, err))
			return false;
	}
	return true;
}

/* ---- Targets */

static bool is_target(const struct judge *judge, const struct ui_item *item)
{
	return item->action.verb != 0 && item->layer == judge->top;
}

static bool is_tile(const struct ui_item *item)
{
	return item->id && strncmp(item->id, "topic.", strlen("topic.")) == 0;
}

static bool check_target(const struct judge *judge, const struct ui_item *item, struct err *err)
{
	float least = is_tile(item) ? TILE_MIN : TOKEN_TOUCH_MIN;
	int wanted = (int)(least * judge->scale) - SLACK;
	char how[HOW_MAX];

	if (!item->id || !item->id[0] || !item->name || !item->name[0] || !item->lang || !item->lang[0])
		if (!tell(judge, RULE_NAME, what(item), "has no id, name or language", err))
			return false;
	snprintf(how, sizeof(how), "is %dx%d, less than %d", item->place.w, item->place.h, wanted);
	return (item->place.w >= wanted && item->place.h >= wanted) || tell(judge, RULE_TARGET, what(item), how, err);
}

static bool same_action(const struct action *a, const struct action *b)
{
	return a->verb == b->verb && a->number == b->number && strcmp(a->subject, b->subject) == 0;
}

static int apart(int from, int length, int other, int other_length)
{
	return from > other ? from - other - other_length : other - from - length;
}

static bool check_gaps(const struct judge *judge, size_t first, struct err *err)
{
	const struct ui_item *a = ui_item(judge->ui, first);
	int least = (int)(GAP_MIN * judge->scale) - SLACK;

	for (size_t i = first + 1; i < ui_item_count(judge->ui); i++) {
		const struct ui_item *b = ui_item(judge->ui, i);
		if (!is_target(judge, b) || a->scrolled != b->scrolled || same_action(&a->action, &b->action) ||
		    same_words(a->place, b->place))
			continue;
		int across = apart(a->place.x, a->place.w, b->place.x, b->place.w);
		int down = apart(a->place.y, a->place.h, b->place.y, b->place.h);
		if (across >= least || down >= least)
			continue;
		char how[HOW_MAX];
		snprintf(how, sizeof(how), "is %d px from %.80s, less than %d", across > down ? across : down, what(b),
			 least);
		if (!tell(judge, RULE_GAP, what(a), how, err))
			return false;
	}
	return true;
}

/* Only upright: lying, everything is within reach. */
static bool check_reach(const struct judge *judge, const struct ui_item *item, struct err *err)
{
	int line = (int)(TOKEN_GRID_REACH * (float)judge->height / ui_height(judge->ui));

	if (judge->width > judge->height || item->place.y + item->place.h > line)
		return true;
	for (size_t i = 0; i < ui_item_count(judge->ui); i++) {
		const struct ui_item *other = ui_item(judge->ui, i);
		if (is_target(judge, other) && same_action(&other->action, &item->action) &&
		    other->place.y + other->place.h > line)
			return true;
	}
	return tell(judge, RULE_REACH, what(item), "lies above the reach line, and nothing equal below", err);
}

bool rules_geometry(const struct ui *ui, const struct rules_report *report, struct err *err)
{
	struct judge at = judge(ui, report);

	for (size_t i = 0; i < ui_print_count(ui); i++)
		if (!check_print(&at, ui_print(ui, i), err) || !check_overlaps(&at, i, err))
			return false;
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (is_target(&at, item) &&
		    (!check_target(&at, item, err) || !check_gaps(&at, i, err) || !check_reach(&at, item, err)))
			return false;
	}
	return true;
}

/* ---- Focus: the Tab key goes round all targets and comes back to the first */

static bool tab(struct stage *stage, struct err *err)
{
	return stage_input(stage, (struct input_event){.kind = INPUT_KEY, .key = KEY_NEXT}, err) &&
	       stage_wait(stage, 1000, NULL, err);
}

bool rules_focus(struct stage *stage, const struct rules_report *report, struct err *err)
{
	const struct ui *ui = stage_ui(stage);
	struct judge at = judge(ui, report);
	size_t wanted = 0, reached = 0;
	bool round = false;
	char first[UI_SUBJECT_MAX + 32] = "";

	for (size_t i = 0; i < ui_item_count(ui); i++)
		wanted += is_target(&at, ui_item(ui, i));
	/* One more may come along: the More-below band, when the focus rolls the view back. */
	for (size_t step = 0; step <= wanted + 1 && !round; step++) {
		if (!tab(stage, err))
			return false;
		const struct ui_item *item = ui_focused(ui);
		if (!item)
			return tell(&at, RULE_FOCUS, first, "after this control nothing has the focus", err);
		round = reached > 0 && strcmp(item->id, first) == 0;
		if (reached == 0)
			snprintf(first, sizeof(first), "%s", item->id);
		reached += !round;
	}
	char how[HOW_MAX];
	snprintf(how, sizeof(how), "the Tab key comes to %zu of %zu controls", reached, wanted);
	return (round && reached >= wanted) || tell(&at, RULE_FOCUS, first, how, err);
}
