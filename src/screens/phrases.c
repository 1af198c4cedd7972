#include "screens/frame.h"
#include "screens/heading.h"
#include "screens/labels.h"
#include "screens/marks.h"
#include "screens/saying.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define TOP          32.0f
#define TILE         88.0f
#define TITLE_SHARE  (56.0f / 64.0f)
#define LYING_TILE   100.0f
#define LYING_SHARE  (50.0f / 64.0f)
#define ROW_HIGH     122.0f
#define CARD_GAP     28.0f
#define PART_GAP     32.0f
#define ROW_GAP      TOKEN_SPACE_M
#define CHIP_GAP     14.0f
#define CHIP_PAD     8.0f
#define CHIP_LEAST   140.0f
#define SHRINK       0.8f  /* a chip's words may be as small as this before they stand on two lines, */
#define SHRINK_TWO   0.47f /* which then hold as much as this */
#define LOW          24.0f
#define LYING_RIGHT  724.0f
#define LYING_TOP    24.0f
#define LYING_LOW    27.0f
#define LYING_TITLE  30.0f
#define LYING_GAP    30.0f
#define LYING_DANISH 116.0f
#define DANISH       88.0f
#define DANISH_LEAST 64.0f

static const struct item_list *sets_of(const struct view *view)
{
	return &content_bundle(view->content)->items[ITEM_PHRASES];
}

/* The chosen one, at first the first. */
static const struct phrase *phrase_of(const struct view *view)
{
	const struct phrases *set = &view->item->phrases;
	const char *slash = strchr(view->place.part, '/');
	for (size_t i = 0; slash && i < set->count; i++)
		if (strcmp(set->phrases[i].id, slash + 1) == 0)
			return &set->phrases[i];
	return set->count > 0 ? &set->phrases[0] : NULL;
}

static float title_draw(struct view *view, struct box box, bool lying)
{
	struct heading heading = {.icon = "phrases",
				  .hue = theme_hue(ui_theme(view->ui), "phrases"),
				  .title = view_word(view, WORD_PHRASES),
				  .tile = lying ? LYING_TILE : TILE,
				  .share = lying ? LYING_SHARE : TITLE_SHARE};
	return heading_draw(view, box, &heading);
}

/* ---- The sets, as chips */

static const char *set_title(const struct view *view, const char *set, const char **lang)
{
	bool translated = true;
	const struct page_title *title =
		content_item_title(view->content, view->language, ITEM_PHRASES, set, &translated);
	*lang = view_code(view, translated ? view->language : view->source);
	return title ? title->title : set;
}

struct chips {
	size_t each; /* in a line */
	size_t lines;
	float width, height;
};

/* As many beside each other as their words allow on one line, else on two. */
static struct chips chips_plan(const struct view *view, float width)
{
	struct ui *ui = view->ui;
	const struct item_list *sets = sets_of(view);
	float line = theme_type(TYPE_SMALL, ui_text_size(ui)).line, widest = 0;
	for (size_t i = 0; i < sets->count; i++) {
		struct ui_text style = {.type = TYPE_SMALL, .bold = true};
		const char *title = set_title(view, sets->entries[i].id, &style.lang);
		widest = fmaxf(widest, ui_text_width(ui, &style, title));
	}
	float one = widest * SHRINK + 2 * CHIP_PAD, count = (float)sets->count;
	bool two = (one + CHIP_GAP) * count - CHIP_GAP > width;
	float least = fmaxf(two ? widest * SHRINK_TWO + 2 * CHIP_PAD : one, CHIP_LEAST);
	struct chips chips = {.each = (size_t)fmaxf((width + CHIP_GAP) / (least + CHIP_GAP), 1)};
	chips.lines = (sets->count + chips.each - 1) / chips.each;
	if (chips.lines > 0)
		chips.each = (sets->count + chips.lines - 1) / chips.lines; /* even */
	chips.width = (width - CHIP_GAP * (float)(chips.each - 1)) / (float)chips.each;
	chips.height = fmaxf(TOKEN_SIZE_CHIP, TOKEN_ICON_CHIP + 4 + line * (two ? 2 : 1) + 2 * CHIP_PAD);
	return chips;
}

static float chips_height(const struct view *view, float width)
{
	struct chips chips = chips_plan(view, width);
	return (chips.height + CHIP_GAP) * (float)chips.lines - CHIP_GAP;
}

static float chips_draw(struct view *view, struct box box)
{
	const struct item_list *sets = sets_of(view);
	struct chips chips = chips_plan(view, box.w);
	for (size_t i = 0; i < sets->count; i++) {
		const struct item_entry *set = &sets->entries[i];
		const char *lang;
		const char *title = set_title(view, set->id, &lang);
		size_t line = i / chips.each;
		struct box chip = {box.x + (chips.width + CHIP_GAP) * (float)(i % chips.each),
				   box.y + (chips.height + CHIP_GAP) * (float)line, chips.width, chips.height};
		widget_chip(view->ui, chip, set->icon, title, view_id(view, "set", set->id),
			    screen_action(VERB_SAY, 0, set->id), strcmp(set->id, view->item->head.id) == 0);
	}
	return chips_height(view, box.w);
}

/* ---- The sentences of the chosen set, those of each side together */

static struct widget_row row_of(struct view *view, const struct phrase *phrase, const struct phrase *chosen,
				const struct widget_status *changed)
{
	const char *path = saying_path(view, &view->item->phrases, phrase), *own = saying_own(view, phrase);
	const char *danish = view_code(view, view->source);
	return (struct widget_row){
		.low = true,
		.height = view_wide(view) ? 0 : ROW_HIGH,
		.danish = own != NULL,
		.title = own ? own : phrase->danish,
		.text = own ? phrase->danish : NULL,
		.lang = own ? view_code(view, view->page_language) : danish,
		.text_lang = danish,
		.status = marks_changed(view, (const char *const *const[]){&phrase->text}, 1) ? changed : NULL,
		.rtl = view_turn(view, view->page_language),
		.text_rtl = view_turn(view, view->source),
		.id = view_id(view, "phrase", path),
		.action = screen_action(VERB_SAY, 0, path),
		.chosen = phrase == chosen};
}

static float side_draw(struct view *view, struct box box, enum phrase_from from, const struct phrase *chosen)
{
	const struct phrases *set = &view->item->phrases;
	bool visitor = from == PHRASE_FROM_VISITOR;
	const char *word = view_word_in(view, view->page_language, visitor ? WORD_YOU_SAY : WORD_THEY_SAY);
	const char *title = arena_printf(view->scratch, "%s · %s", word, visitor ? set->visitor : set->staff);
	struct ui_text style = {.type = TYPE_LABEL,
				.colour = ui_colour(view->ui, COLOUR_INK2),
				.lang = view_code(view, view->page_language),
				.rtl = view_turn(view, view->page_language),
				.title = true};
	struct widget_status changed = {.text = view_word_in(view, view->page_language, WORD_CHANGED_IN_DANISH),
					.quiet = true};
	float top = box.y;
	bool first = true;
	for (size_t i = 0; i < set->count; i++) {
		if (set->phrases[i].from != from)
			continue;
		if (first)
			box.y += PART_GAP - ROW_GAP + ui_text(view->ui, box, &style, title ? title : word);
		first = false;
		struct widget_row row = row_of(view, &set->phrases[i], chosen, &changed);
		box.y += ROW_GAP;
		box.y += widget_row(view->ui, box.x, box.y, box.w, &row);
	}
	return box.y - top;
}

static float list_draw(struct view *view, struct box box)
{
	struct labels labels = labels_of_item(view);
	const struct phrase *chosen = phrase_of(view);
	float top = box.y;
	box.y += labels_draw(view, box.x, box.y, box.w, ROW_GAP, &labels);
	if (box.y > top)
		box.y += ROW_GAP;
	float above = box.y;
	box.y += side_draw(view, box, PHRASE_FROM_VISITOR, chosen);
	if (box.y > above)
		box.y += ROW_GAP;
	box.y += side_draw(view, box, PHRASE_FROM_STAFF, chosen);
	return box.y - top;
}

static struct saying saying_of(const struct view *view)
{
	return (struct saying){.set = &view->item->phrases,
			       .phrase = phrase_of(view),
			       .most = DANISH,
			       .least = DANISH_LEAST,
			       .small = 1,
			       .enlarge = true};
}

static void upright_draw(struct view *view, struct box room)
{
	struct box box = {FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN, 0};
	struct saying saying = saying_of(view);
	frame_roll_begin(view, LAYER_SCREEN, room);
	box.y += title_draw(view, box, false) + CARD_GAP;
	if (saying.phrase) {
		saying_plan(view, box.w, &saying);
		float height = fmaxf(saying.height, TOKEN_SIZE_PHRASE_CARD_H);
		saying_draw(view, (struct box){box.x, box.y, box.w, height}, &saying);
		box.y += height + PART_GAP;
	}
	box.y += chips_draw(view, box) + ROW_GAP;
	box.y += list_draw(view, box);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW);
}

/* The sentences roll at the start; the large card stands beside them, under the sets where these leave it room. False: it
 * has none. */
static bool lying_draw(struct view *view, struct box room)
{
	struct box right = {LYING_RIGHT, room.y + LYING_TOP, room.w - LYING_RIGHT - FRAME_MARGIN, 0};
	struct saying saying = saying_of(view);
	saying.most = LYING_DANISH;
	float most = room.h - LYING_TOP - LYING_LOW;
	if (!saying.phrase)
		return false;
	saying_plan(view, right.w, &saying);
	float above = chips_height(view, right.w) + LYING_TOP;
	bool over = saying.height <= most - above;
	if (saying.height > most)
		return false;

	struct box left = {0, room.y, LYING_RIGHT - 40, room.h};
	frame_roll_begin(view, LAYER_SCREEN, left);
	struct box box = {FRAME_MARGIN, LYING_TITLE, TOKEN_GRID_LANDSCAPE_LEFT, 0};
	box.y += title_draw(view, box, true) + LYING_GAP;
	if (!over)
		box.y += chips_draw(view, (struct box){box.x, box.y, box.w, 0}) + ROW_GAP;
	box.y += list_draw(view, box);
	frame_roll_end(view, LAYER_SCREEN, left, box.y + LOW);

	if (over)
		right.y += chips_draw(view, right) + LYING_TOP;
	right.h = over ? most - above : most;
	saying_draw(view, right, &saying);
	return true;
}

void phrases_draw(struct view *view)
{
	struct box room = frame_room(view);
	if (!view->item)
		gone_draw(view);
	else if (!view_wide(view) || ui_text_size(view->ui) >= TEXT_150 || !lying_draw(view, room))
		upright_draw(view, room);
}
