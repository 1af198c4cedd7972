#include "screens/frame.h"
#include "screens/head.h"
#include "screens/kinds.h"
#include "screens/opening.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define CHIP_GAP    14.0f
#define CHIPS_MAX   32 /* in one group */
#define CHIP_LEAST  140.0f
#define GROUP_GAP   15.0f /* the least there may be between two things to touch */
#define PART_GAP    28.0f
#define LYING_GAP   35.0f
#define LYING_COUNT (40.0f / 36.0f) /* of TYPE_H3 */
#define LYING_ALONG 20.0f           /* from a row to the one beside it */
#define LYING_DOWN  18.0f
#define ROW_GAP     TOKEN_SPACE_M
#define LYING_TOP   28.0f
#define LOW_PAD     24.0f
#define SWITCH_GAP  20.0f
#define COLUMNS_MAX 2

/* A group of filters: one line or more of chips. */
struct chip {
	const char *icon, *name, *id;
	struct action action;
	bool chosen;
};

struct group {
	struct chip chips[CHIPS_MAX];
	size_t count;
};

struct list {
	struct view *view;
	const struct place **places; /* that fit the filter */
	size_t count;
	struct group kinds, more;
};

static void add_chip(struct group *group, struct chip chip)
{
	if (group->count < CHIPS_MAX)
		group->chips[group->count++] = chip;
}

static struct place_filter filter_of(const struct view *view, const struct visit_filter *chosen)
{
	return (struct place_filter){.by_kind = chosen->kind > 0,
				     .kind = (enum place_kind)(chosen->kind > 0 ? chosen->kind - 1 : 0),
				     .activity = chosen->activity[0] ? chosen->activity : NULL,
				     .town = chosen->town[0] ? chosen->town : NULL,
				     .fritidspas = chosen->fritidspas,
				     .open_at = chosen->open_now ? &view->local : NULL};
}

static size_t count_with(const struct view *view, const struct place_filter *filter)
{
	return content_places(view->content, view->language, filter, NULL, 0);
}

/* The kinds there are, the largest first come the municipality's own: in the order of enum place_kind. */
static void add_kinds(struct list *list)
{
	const struct view *view = list->view;
	int chosen = view->place.filter.kind;
	add_chip(&list->kinds, (struct chip){"all", view_word(view, WORD_KIND_ALL), "kind.all",
					     screen_action(VERB_KIND, 0, NULL), chosen == 0});
	for (size_t i = 1; i <= PLACE_KIND_COUNT; i++) {
		enum place_kind kind = (enum place_kind)(i % PLACE_KIND_COUNT); /* other places last */
		struct place_filter only = {.by_kind = true, .kind = kind};
		if (count_with(view, &only) > 0)
			add_chip(&list->kinds,
				 (struct chip){kind_icon(kind), view_word(view, kind_word(kind)),
					       view_id(view, "kind", place_kinds[kind]),
					       screen_action(VERB_KIND, (int)kind + 1, NULL), chosen == (int)kind + 1});
	}
}

/* Chosen once more, a filter is taken away. */
static void add_activities(struct list *list)
{
	const struct view *view = list->view;
	const struct visit_filter *chosen = &view->place.filter;
	const struct places *source = content_source_places(view->content);
	for (size_t i = 0; i < source->activity_count; i++) {
		const struct activity *activity =
			content_activity(view->content, view->language, source->activities[i].id);
		struct place_filter only = {
			.by_kind = true, .kind = (enum place_kind)(chosen->kind - 1), .activity = activity->id};
		bool is = strcmp(chosen->activity, activity->id) == 0;
		if (count_with(view, &only) > 0)
			add_chip(&list->more,
				 (struct chip){activity->icon, activity->name, view_id(view, "activity", activity->id),
					       screen_action(VERB_ACTIVITY, 0, is ? "" : activity->id), is});
	}
}

static bool is_known(const struct group *group, const char *town)
{
	for (size_t i = 0; i < group->count; i++)
		if (strcmp(group->chips[i].name, town) == 0)
			return true;
	return false;
}

static void add_towns(struct list *list)
{
	const struct view *view = list->view;
	const struct visit_filter *chosen = &view->place.filter;
	const struct places *source = content_source_places(view->content);
	struct group towns = {0};
	for (size_t i = 0; i < source->count; i++) {
		const struct place *place = &source->places[i];
		bool fits = place->town && (int)place->kind == chosen->kind - 1 && strlen(place->town) < VISIT_TOWN_MAX;
		if (!fits || is_known(&towns, place->town))
			continue;
		bool is = strcmp(chosen->town, place->town) == 0;
		add_chip(&towns, (struct chip){"places", place->town, view_id(view, "town", place->town),
					       screen_action(VERB_TOWN, 0, is ? "" : place->town), is});
	}
	for (size_t i = 0; i < towns.count && towns.count > 1; i++)
		add_chip(&list->more, towns.chips[i]);
}

/* What a kind of place is narrowed down by, once it is chosen. */
static void add_more(struct list *list)
{
	const struct view *view = list->view;
	const struct visit_filter *chosen = &view->place.filter;
	struct place_filter paid = {.by_kind = true, .kind = (enum place_kind)(chosen->kind - 1), .fritidspas = true};
	if (chosen->kind == 0)
		return;
	add_activities(list);
	add_towns(list);
	if (count_with(view, &paid) > 0)
		add_chip(&list->more, (struct chip){"idcard", view_word(view, WORD_FRITIDSPAS), "filter.fritidspas",
						    screen_action(VERB_FRITIDSPAS, 0, NULL), chosen->fritidspas});
}

static struct list list_of(struct view *view)
{
	struct list list = {.view = view};
	struct place_filter filter = filter_of(view, &view->place.filter);
	size_t count = count_with(view, &filter);
	list.places = arena_array(view->scratch, count ? count : 1, sizeof(const struct place *));
	if (list.places)
		list.count = content_places(view->content, view->language, &filter, list.places, count);
	else
		view->starved = true;
	add_kinds(&list);
	add_more(&list);
	return list;
}

/* ---- Drawing */

/* As many in a line as have room, lines as even as can be. */
static size_t chip_columns(const struct view *view, size_t count, float width)
{
	static const float least[] = {[TEXT_100] = CHIP_LEAST, [TEXT_125] = 180, [TEXT_150] = 220, [TEXT_200] = 300};
	static_assert(ARRAY_LEN(least) == TEXT_SIZE_COUNT, "a text size has no chips");
	size_t most = (size_t)fmaxf((width + CHIP_GAP) / (least[ui_text_size(view->ui)] + CHIP_GAP), 1);
	size_t lines = (count + most - 1) / most;
	return lines > 0 ? (count + lines - 1) / lines : 1;
}

static float group_draw(struct view *view, struct box box, const struct group *group, bool draw)
{
	size_t columns = chip_columns(view, group->count, box.w);
	float width = (box.w - CHIP_GAP * (float)(columns - 1)) / (float)columns, height = widget_chip_height(view->ui);
	size_t lines = (group->count + columns - 1) / columns;
	for (size_t i = 0; draw && i < group->count; i++) {
		const struct chip *chip = &group->chips[i];
		size_t line = i / columns, column = i % columns;
		struct box place = {box.x + (width + CHIP_GAP) * (float)column,
				    box.y + (height + CHIP_GAP) * (float)line, width, height};
		widget_chip(view->ui, place, chip->icon, chip->name, chip->id, chip->action, chip->chosen);
	}
	return lines > 0 ? (height + CHIP_GAP) * (float)lines - CHIP_GAP : 0;
}

static float chips_draw(struct list *list, struct box box, bool draw)
{
	float height = group_draw(list->view, box, &list->kinds, draw);
	if (list->more.count == 0)
		return height;
	box.y += height + GROUP_GAP;
	return height + GROUP_GAP + group_draw(list->view, box, &list->more, draw);
}

/* How many there are, and the switch at the end. */
static float count_draw(struct list *list, struct box box, bool lying)
{
	struct view *view = list->view;
	struct ui *ui = view->ui;
	const char *count = view_counted(view, view->language, WORD_PLACES_COUNT, (int)list->count),
		   *only = view_word(view, WORD_ONLY_OPEN);
	struct type_size h3 = theme_type(TYPE_H3, ui_text_size(ui));
	struct ui_text number = {.type = TYPE_LABEL,
				 .size = lying ? h3.size * LYING_COUNT : 0,
				 .line = lying ? h3.line * LYING_COUNT : 0,
				 .colour = ui_colour(ui, COLOUR_INK),
				 .bold = true},
		       word = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_INK), .silent = true};
	float first = ui_text_width(ui, &number, count) + 2, wide = ui_text_width(ui, &word, only) + 2;
	float row = fmaxf(TOKEN_TOUCH_MIN, theme_type(TYPE_LABEL, ui_text_size(ui)).line + 24);
	float target = wide + SWITCH_GAP + WIDGET_SWITCH_WIDE;
	bool beside = first + 40 + target <= box.w;
	float high = ui_text_height(ui, box.w, &number, count), y = box.y;
	ui_text(ui, (struct box){box.x, beside ? y + (row - high) / 2 : y, beside ? first : box.w, high}, &number,
		count);
	if (!beside)
		y += high + 8;
	wide = fminf(wide, box.w - SWITCH_GAP - WIDGET_SWITCH_WIDE);
	target = wide + SWITCH_GAP + WIDGET_SWITCH_WIDE;
	high = ui_text_height(ui, wide, &word, only);
	row = fmaxf(row, high + 24);
	struct box touch = {box.x + box.w - target, y, target, row};
	ui_target(ui, touch,
		  &(struct ui_target){.role = ROLE_SWITCH,
				      .id = "filter.open",
				      .name = only,
				      .action = screen_action(VERB_OPEN_NOW, 0, NULL),
				      .chosen = view->place.filter.open_now,
				      .radius = TOKEN_RADIUS_CALLOUT});
	ui_text(ui, (struct box){touch.x, y + (row - high) / 2, wide, high}, &word, only);
	widget_switch(ui, touch.x + wide + SWITCH_GAP, y + (row - WIDGET_SWITCH_HIGH) / 2, view->place.filter.open_now);
	return y + row - box.y;
}

static struct widget_row row_of(const struct list *list, const struct place *place, struct widget_status *status)
{
	const struct view *view = list->view;
	*status = opening_status(view, &place->hours);
	status->quiet = true;
	return (struct widget_row){.icon = place->icon,
				   .hue = kind_hue(view, place->kind),
				   .filled = true,
				   .title = place->name,
				   .text = place->address ? place->address : place->town,
				   .text_lang = view_code(view, view->source),
				   .status = status,
				   .id = view_id(view, "place", place->id),
				   .action = screen_action(VERB_PLACE, 0, place->id)};
}

static float line_draw(struct list *list, struct box box, size_t first, size_t columns)
{
	struct ui *ui = list->view->ui;
	struct widget_row rows[COLUMNS_MAX];
	struct widget_status statuses[COLUMNS_MAX];
	size_t count = list->count - first < columns ? list->count - first : columns;
	float width = (box.w - LYING_ALONG * (float)(columns - 1)) / (float)columns, height = 0;
	for (size_t i = 0; i < count; i++) {
		rows[i] = row_of(list, list->places[first + i], &statuses[i]);
		height = fmaxf(height, widget_row_height(ui, width, &rows[i]));
	}
	for (size_t i = 0; i < count; i++) {
		rows[i].height = height;
		widget_row(ui, box.x + (width + LYING_ALONG) * (float)i, box.y, width, &rows[i]);
	}
	return height;
}

/* Kindly, and with the way back to the whole list. */
static float nothing_draw(struct list *list, struct box box)
{
	struct view *view = list->view;
	struct ui *ui = view->ui;
	struct widget_callout none = {.icon = "info",
				      .fill = ui_colour(ui, COLOUR_FJORD_TINT),
				      .edge = ui_colour(ui, COLOUR_FJORD),
				      .title = view_word(view, WORD_NO_PLACES)};
	float height = widget_callout(ui, box.x, box.y, box.w, &none) + 24;
	float button = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	widget_button(ui, (struct box){box.x, box.y + height, fminf(box.w, 600), button}, BUTTON_MAIN, "all",
		      view_word(view, WORD_SHOW_ALL), "filter.none", screen_action(VERB_ALL, 0, NULL));
	return height + button;
}

static float rows_draw(struct list *list, struct box box, size_t columns)
{
	float y = box.y, gap = columns > 1 ? LYING_DOWN : ROW_GAP;
	if (list->count == 0)
		return nothing_draw(list, box);
	for (size_t i = 0; i < list->count; i += columns)
		y += line_draw(list, (struct box){box.x, y, box.w, 0}, i, columns) + gap;
	return y - gap - box.y;
}

static struct head head_of(const struct view *view)
{
	return (struct head){.icon = "places",
			     .hue = theme_hue(ui_theme(view->ui), "places"),
			     .own = "topic-places",
			     .title = view_word(view, WORD_PLACES),
			     .summary = view_word(view, WORD_PLACES_HELP)};
}

static void upright_draw(struct list *list, struct box room)
{
	struct view *view = list->view;
	struct head head = head_of(view);
	frame_roll_begin(view, LAYER_SCREEN, room);
	struct box box = {FRAME_MARGIN, head_upright(view, &head, room.w) + PART_GAP, room.w - 2 * FRAME_MARGIN, 0};
	box.y = head_reach(view, box.y, TOKEN_SIZE_CHIP);
	box.y += chips_draw(list, box, true) + GROUP_GAP;
	box.y += count_draw(list, box, false) + GROUP_GAP;
	box.y += rows_draw(list, box, 1);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW_PAD);
}

/* The chips stand still at the start as far as they have room; the rest of them rolls with the list. */
static void lying_draw(struct list *list, struct box room)
{
	struct view *view = list->view;
	struct head head = head_of(view);
	struct box right = head_beside(room);
	struct box still = {FRAME_MARGIN, head_lying(view, &head, room) + LYING_GAP, right.x - 2 - FRAME_MARGIN - 36,
			    0};
	float high = room.y + room.h - LOW_PAD - still.y;
	bool all = chips_draw(list, still, false) <= high;
	bool kinds = !all && group_draw(view, still, &list->kinds, false) <= high;
	if (all)
		chips_draw(list, still, true);
	if (kinds)
		group_draw(view, still, &list->kinds, true);
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {HEAD_BESIDE_PAD, LYING_TOP, right.w - HEAD_BESIDE_PAD - FRAME_MARGIN, 0};
	if (kinds)
		box.y += group_draw(view, box, &list->more, true) + GROUP_GAP;
	if (!all && !kinds)
		box.y += chips_draw(list, box, true) + GROUP_GAP;
	box.y += count_draw(list, box, true) + GROUP_GAP;
	box.y += rows_draw(list, box, 2);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + LOW_PAD);
}

void places_draw(struct view *view)
{
	struct list list = list_of(view);
	if (head_lies(view))
		lying_draw(&list, frame_room(view));
	else
		upright_draw(&list, frame_room(view));
}
