#include "screens/frame.h"
#include "screens/heading.h"
#include "screens/labels.h"
#include "screens/marks.h"

#include "base/array.h"
#include "text/locale.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOP         36.0f
#define TILE        112.0f
#define TITLE_SHARE (57.0f / 64.0f)
#define GAP         24.0f
#define STEP_GAP    16.0f
#define LOW         40.0f
#define LYING_SHARE 0.7f
#define LYING_LEFT  680.0f
#define LYING_PAD   44.0f
#define BAR_HIGH    16.0f
#define BAR_GAP     8.0f
#define PAD         24.0f
#define EDGE        26.0f /* from a step's edge to its number */
#define HEAD_PAD    12.0f /* of a step's head, above and below together */
#define STEP_LEAST  110.0f
#define CHEVRON     40.0f
#define CHEVRON_END 16.0f
#define APART       8.0f /* of what takes touches from the line beside it */
#define BOX         56.0f
#define DOT_GAP     8.0f
#define LINE_LEAST  72.0f
#define LINE_PAD    12.0f
#define LABEL_WIDE  224.0f
#define NOTHING     "." /* the part when no step is open */

/* What grows with the text. */
static const struct {
	float circle, check; /* check: what the box to tick has of the width */
	float icon;          /* of a line */
} sizes[] = {
	[TEXT_100] = {64, 124, 44},
	[TEXT_125] = {72, 140, 50},
	[TEXT_150] = {84, 160, 58},
	[TEXT_200] = {104, 200, 72},
};
static_assert(ARRAY_LEN(sizes) == TEXT_SIZE_COUNT, "a text size has no steps");

static const char *word(const struct view *view, enum word word)
{
	return view_word_in(view, view->page_language, word);
}

/* "path/step" */
static const char *step_path(const struct view *view, const struct path_step *step)
{
	const char *path = arena_printf(view->scratch, "%s/%s", view->item->head.id, step->id);
	return path ? path : step->id;
}

static bool is_done(const struct view *view, const struct path_step *step)
{
	return visit_is_done(view->visit, step_path(view, step));
}

/* The first that is not done; the count when all are. */
static size_t next_step(const struct view *view)
{
	const struct path *path = &view->item->path;
	size_t next = 0;
	while (next < path->step_count && is_done(view, &path->steps[next]))
		next++;
	return next;
}

/* The one that was opened, at first the next one; the count when none is. */
static size_t open_step(const struct view *view)
{
	const struct path *path = &view->item->path;
	if (!view->place.part[0])
		return next_step(view);
	size_t open = 0;
	while (open < path->step_count && strcmp(path->steps[open].id, view->place.part) != 0)
		open++;
	return open;
}

static struct ui_text style_of(const struct view *view, enum type_role type, enum colour colour)
{
	return (struct ui_text){
		.type = type, .colour = ui_colour(view->ui, colour), .lang = view_code(view, view->page_language)};
}

static struct ui_text danish_style(const struct view *view, enum type_role type, enum colour colour)
{
	struct ui_text style = style_of(view, type, colour);
	style.lang = view_code(view, view->source);
	style.rtl = -1;
	style.bold = true;
	return style;
}

/* ---- How far one has come */

static const char *done_text(const struct view *view, size_t done, size_t all)
{
	size_t form = recall_plural(view->recall, view_code(view, view->page_language), (long)done);
	const char *pattern = content_word(view->content, view->page_language, WORD_STEPS_DONE, form);
	char digits[24];
	snprintf(digits, sizeof(digits), "%zu", all);
	pattern = view_filled(view, pattern, digits);
	snprintf(digits, sizeof(digits), "%zu", done);
	return view_filled(view, pattern, digits);
}

static float progress_draw(struct view *view, struct box box, bool draw)
{
	struct ui *ui = view->ui;
	const struct path *path = &view->item->path;
	size_t done = 0, all = path->step_count;
	for (size_t i = 0; i < all; i++)
		done += is_done(view, &path->steps[i]);
	const char *text = done_text(view, done, all);
	struct ui_text style = style_of(view, TYPE_LABEL, COLOUR_INK);
	float wide = fminf(ui_text_width(ui, &style, text) + 2, box.w);
	bool beside = wide <= box.w / 2;
	float bars = beside ? box.w - wide - GAP : box.w, each = (bars + BAR_GAP) / (float)all - BAR_GAP;
	float line = ui_text_height(ui, wide, &style, text);
	float words_y = beside ? 0 : BAR_HIGH + BAR_GAP;
	if (!draw)
		return words_y + line;
	struct box bar = {box.x, box.y + (beside ? (line - BAR_HIGH) / 2 : 0), each, BAR_HIGH};
	for (size_t i = 0; i < all; i++, bar.x += each + BAR_GAP) {
		ui_round(ui, bar, BAR_HIGH / 2, ui_colour(ui, i < done ? COLOUR_FJORD : COLOUR_SAND));
		if (i >= done)
			ui_ring(ui, bar, BAR_HIGH / 2, TOKEN_BORDER_CARD, ui_colour(ui, COLOUR_LINE));
	}
	struct box words = {beside ? box.x + bars + GAP : box.x, box.y + words_y, wide, line};
	ui_text(ui, words, &style, text);
	return words_y + line;
}

/* ---- One step: its head, the box to tick, and when it is open what it takes */

struct step {
	const struct path_step *step;
	size_t number;
	bool open, done, next;
	bool draw; /* else only measured */
};

static float put(struct view *view, const struct step *step, struct box box, const struct ui_text *style,
		 const char *text)
{
	return step->draw ? ui_text(view->ui, box, style, text) : ui_text_height(view->ui, box.w, style, text);
}

static void circle_draw(struct view *view, struct box box, const struct step *step)
{
	struct ui *ui = view->ui;
	char digits[16];
	bool filled = step->open || step->done;
	struct ui_text style = style_of(view, TYPE_H3, filled ? COLOUR_ON_FJORD : COLOUR_FJORD);
	snprintf(digits, sizeof(digits), "%zu", step->number);
	style.align = ALIGN_CENTRE;
	style.lines_max = 1;
	style.shrink_to = 0.5f;
	style.silent = true;
	if (filled)
		ui_round(ui, box, box.h / 2, ui_colour(ui, COLOUR_FJORD));
	else
		ui_ring(ui, box, box.h / 2, TOKEN_BORDER_SELECTED, ui_colour(ui, COLOUR_FJORD));
	float line = ui_text_height(ui, box.w, &style, digits);
	ui_text(ui, (struct box){box.x, box.y + (box.h - line) / 2, box.w, line}, &style, digits);
}

static const struct place *place_of(const struct view *view, const struct path_step *step)
{
	return step->place ? content_place(view->content, view->page_language, step->place) : NULL;
}

static const char *helper_of(const struct view *view, const struct path_step *step)
{
	const struct place *place = place_of(view, step);
	return step->who ? step->who : place ? place->name : NULL;
}

/* What is translated of a step. */
#define STEP_TEXTS(step) \
	{ \
		&(step)->title, &(step)->text, &(step)->when, &(step)->who, &(step)->bring \
	}

static float changed_draw(struct view *view, const struct step *step, struct box box)
{
	const char *const *const texts[] = STEP_TEXTS(step->step);
	struct ui_text style = style_of(view, TYPE_SMALL, COLOUR_AMBER_INK);
	style.bold = true;
	if (step->open || !marks_changed(view, texts, ARRAY_LEN(texts)))
		return 0;
	return put(view, step, box, &style, word(view, WORD_CHANGED_IN_DANISH));
}

/* Under the title: that this is the next step, or who helps and the Danish word. Returns the height. */
static float under_draw(struct view *view, const struct step *step, struct box box)
{
	struct ui *ui = view->ui;
	struct ui_text who = style_of(view, TYPE_SUB, COLOUR_INK2), danish = danish_style(view, TYPE_SUB, COLOUR_FJORD);
	who.silent = danish.silent = true;
	if (step->next && step->open) {
		who.colour = danish.colour;
		who.bold = true;
		return put(view, step, box, &who, word(view, WORD_NEXT_STEP));
	}
	const char *helper = helper_of(view, step->step), *term = step->step->danish;
	float top = box.y;
	if (helper && term)
		helper = arena_printf(view->scratch, "%s ·", helper);
	float wide = helper ? ui_text_width(ui, &who, helper) + (term ? DOT_GAP : 0) : 0;
	if (helper && term && wide + ui_text_width(ui, &danish, term) <= box.w) {
		float first = put(view, step, (struct box){box.x, box.y, wide + 1, 0}, &who, helper);
		box.y += fmaxf(first,
			       put(view, step, (struct box){box.x + wide, box.y, box.w - wide, 0}, &danish, term));
		return box.y + changed_draw(view, step, box) - top;
	}
	if (helper)
		box.y += put(view, step, box, &who, helper_of(view, step->step));
	if (term)
		box.y += put(view, step, box, &danish, term);
	return box.y + changed_draw(view, step, box) - top;
}

static void check_draw(struct view *view, struct box box, const struct step *step)
{
	struct ui *ui = view->ui;
	const char *label = word(view, step->done ? WORD_DONE : WORD_IS_IT_DONE);
	const char *name = arena_printf(view->scratch, "%s. %s", step->step->title, word(view, WORD_DONE));
	struct ui_text style = style_of(view, TYPE_META, COLOUR_INK);
	style.align = ALIGN_CENTRE;
	style.lines_max = 1;
	style.shrink_to = 0.5f;
	style.silent = true;
	struct ui_state state =
		ui_target(ui, box,
			  &(struct ui_target){.role = ROLE_SWITCH,
					      .id = view_id(view, "done", step->step->id),
					      .name = name ? name : label,
					      .lang = style.lang,
					      .action = screen_action(VERB_MARK, 0, step_path(view, step->step)),
					      .chosen = step->done,
					      .radius = TOKEN_RADIUS_KEY,
					      .ring = frame_within(box)});
	float line = ui_text_height(ui, box.w - 8, &style, label);
	struct box tick = {box.x + (box.w - BOX) / 2, box.y + (box.h - BOX - line) / 2, BOX, BOX};
	if (step->done) {
		ui_round(ui, tick, TOKEN_RADIUS_KEY, ui_colour(ui, COLOUR_FJORD));
		ui_icon(ui, tick, "check", BOX * 0.75f, ui_colour(ui, COLOUR_ON_FJORD));
	} else {
		ui_round(ui, tick, TOKEN_RADIUS_KEY, ui_colour(ui, state.pressed ? COLOUR_SELECTED : COLOUR_SURFACE));
		ui_ring(ui, tick, TOKEN_RADIUS_KEY, TOKEN_BORDER_SELECTED, ui_colour(ui, COLOUR_LINE_STRONG));
	}
	ui_text(ui, (struct box){box.x + 4, tick.y + BOX, box.w - 8, line}, &style, label);
}

static void head_target(struct view *view, struct box box, const struct step *step)
{
	struct ui *ui = view->ui;
	char digits[16];
	snprintf(digits, sizeof(digits), "%zu", step->number);
	const char *number = view_filled(view, word(view, WORD_STEP), digits);
	bool next = step->next && step->open;
	const char *name = arena_printf(view->scratch, "%s. %s%s%s", number, step->step->title, next ? ". " : "",
					next ? word(view, WORD_NEXT_STEP) : "");
	struct ui_state state = ui_target(
		ui, box,
		&(struct ui_target){.role = ROLE_CHOICE,
				    .id = view_id(view, "step", step->step->id),
				    .name = name ? name : step->step->title,
				    .lang = view_code(view, view->page_language),
				    .action = screen_action(VERB_PART, 0, step->open ? NOTHING : step->step->id),
				    .chosen = step->open,
				    .radius = TOKEN_RADIUS_CARD,
				    .ring = frame_within(box)});
	if (state.pressed && !ui_theme(ui)->high_contrast)
		ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SELECTED));
}

/* Returns its height. */
static float step_head(struct view *view, const struct step *step, struct box box)
{
	struct ui *ui = view->ui;
	enum text_size size = ui_text_size(ui);
	float circle = sizes[size].circle, check = sizes[size].check;
	bool over = size >= TEXT_200; /* the number stands over the words */
	struct ui_text title = style_of(view, TYPE_H3, COLOUR_INK);
	title.silent = true;
	float start = over ? EDGE : EDGE + circle + PAD, end = check + (step->open ? PAD : CHEVRON + PAD + CHEVRON_END);
	struct step measured = *step;
	measured.draw = false;
	struct box words = {box.x + start, box.y, box.w - start - end, 0};
	float high = put(view, &measured, words, &title, step->step->title) + under_draw(view, &measured, words);
	float above = over ? circle + PAD / 2 : 0,
	      height = fmaxf(fmaxf(high, over ? 0 : circle) + above + HEAD_PAD, STEP_LEAST);
	height = fmaxf(height, BOX + theme_type(TYPE_META, size).line + 20);
	if (!step->draw)
		return height;
	head_target(view, (struct box){box.x, box.y, box.w - check - APART, height}, step);
	check_draw(view, (struct box){box.x + box.w - check + APART, box.y, check - APART, height}, step);
	ui_fill(ui, (struct box){box.x + box.w - check, box.y, 2, height}, ui_colour(ui, COLOUR_LINE));
	circle_draw(view, (struct box){box.x + EDGE, over ? box.y + 14 : box.y + (height - circle) / 2, circle, circle},
		    step);
	words.y = box.y + above + (height - above - high) / 2;
	words.y += ui_text(ui, words, &title, step->step->title);
	under_draw(view, step, words);
	if (!step->open)
		ui_icon(ui, (struct box){words.x + words.w + PAD, box.y, CHEVRON, height}, "chevDown", CHEVRON,
			ui_colour(ui, COLOUR_INK));
	return height;
}

/* Its middle is that of the step's number; the words begin at `end`. */
struct line_icon {
	float side, start, end;
};

static struct line_icon line_icon(const struct ui *ui)
{
	float side = sizes[ui_text_size(ui)].icon, start = EDGE + (sizes[ui_text_size(ui)].circle - side) / 2;
	return (struct line_icon){side, start, start + side + 20};
}

/* A line of the open step: what it is about, then what is to be said; large text stands under its label. */
struct line {
	const char *icon;
	enum word label;
	const char *text;
	bool danish;
};

static float line_draw(struct view *view, const struct step *step, struct box box, const struct line *line)
{
	struct ui *ui = view->ui;
	struct ui_text label = style_of(view, TYPE_SMALL, COLOUR_INK2);
	struct ui_text text =
		line->danish ? danish_style(view, TYPE_SUB, COLOUR_FJORD) : style_of(view, TYPE_SUB, COLOUR_INK);
	bool beside = ui_text_size(ui) < TEXT_150 && box.w >= 700;
	text.bold = true;
	struct line_icon icon = line_icon(ui);
	float start = icon.end, wide = beside ? LABEL_WIDE : box.w - start - PAD;
	float x = beside ? start + LABEL_WIDE + 16 : start, w = box.w - x - PAD;
	struct step measured = *step;
	measured.draw = false;
	const char *name = word(view, line->label);
	float first = put(view, &measured, (struct box){0, 0, wide, 0}, &label, name),
	      second = put(view, &measured, (struct box){0, 0, w, 0}, &text, line->text);
	float height = fmaxf((beside ? fmaxf(first, second) : first + second) + 2 * LINE_PAD, LINE_LEAST);
	if (!step->draw)
		return height;
	ui_fill(ui, (struct box){box.x, box.y, box.w, 2}, ui_colour(ui, COLOUR_LINE));
	struct type_size small = theme_type(TYPE_SMALL, ui_text_size(ui));
	ui_icon(ui,
		(struct box){box.x + icon.start, box.y + LINE_PAD, icon.side,
			     fmaxf(LINE_LEAST - 2 * LINE_PAD, beside ? 0 : small.line)},
		line->icon, icon.side, ui_colour(ui, COLOUR_FJORD));
	float y = box.y + (beside ? (height - first) / 2 : (height - first - second) / 2);
	ui_text(ui, (struct box){box.x + start, y, wide, 0}, &label, name);
	y = beside ? box.y + (height - second) / 2 : y + first;
	ui_text(ui, (struct box){box.x + x, y, w, 0}, &text, line->text);
	return height;
}

static float read_draw(struct view *view, const struct step *step, struct box box)
{
	struct ui *ui = view->ui;
	const char *name = word(view, WORD_READ_HOW);
	struct ui_text style = style_of(view, TYPE_SUB, COLOUR_FJORD);
	struct line_icon icon = line_icon(ui);
	float start = icon.end;
	style.bold = true;
	style.silent = true;
	struct box words = {box.x + start, 0, box.w - start - CHEVRON - 2 * PAD, 0};
	float high = ui_text_height(ui, words.w, &style, name);
	box.h = fmaxf(high + 2 * LINE_PAD, TOKEN_TOUCH_MIN);
	if (!step->draw)
		return box.h;
	struct ui_state state = ui_target(ui, box,
					  &(struct ui_target){.role = ROLE_BUTTON,
							      .id = view_id(view, "read", step->step->id),
							      .name = name,
							      .lang = style.lang,
							      .action = screen_action(VERB_PAGE, 0, step->step->page),
							      .radius = TOKEN_RADIUS_CARD,
							      .ring = frame_within(box)});
	if (state.pressed) {
		ui_round_corners(ui, box, TOKEN_RADIUS_CARD, CORNER_BOTTOM_LEFT | CORNER_BOTTOM_RIGHT,
				 ui_colour(ui, COLOUR_SELECTED));
		style.colour = ui_colour(ui, COLOUR_ON_SELECTED);
	}
	ui_fill(ui, (struct box){box.x, box.y, box.w, 2}, ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){box.x + icon.start, box.y, icon.side, box.h}, "book", icon.side, style.colour);
	words.y = box.y + (box.h - high) / 2;
	ui_text(ui, words, &style, name);
	ui_icon(ui, (struct box){box.x + box.w - PAD - CHEVRON, box.y, CHEVRON, box.h}, "chev", CHEVRON, style.colour);
	return box.h;
}

/* What has changed of it in Danish. */
static float changes(struct view *view, const struct path_step *step, struct box box, bool draw)
{
	const char *const *const texts[] = STEP_TEXTS(step);
	return marks_texts(view, box, texts, ARRAY_LEN(texts), draw);
}

/* What the step takes; returns its height. */
static float step_body(struct view *view, const struct step *step, struct box box)
{
	const struct path_step *it = step->step;
	const struct place *place = place_of(view, it);
	const struct line lines[] = {
		{"staff", WORD_WHO_HELPS, helper_of(view, it), false},
		{"places", WORD_WHERE, place ? place->address : NULL, false},
		{"clock", WORD_WHEN, it->when, false},
		{"docs", WORD_BRING, it->bring, false},
		{"dansk", WORD_IN_DANISH, it->danish, true},
	};
	struct ui_text text = style_of(view, TYPE_SUB, COLOUR_INK);
	float top = box.y;
	if (step->draw)
		ui_fill(view->ui, (struct box){box.x, box.y, box.w, 2}, ui_colour(view->ui, COLOUR_LINE));
	box.y += 18;
	struct box words = {box.x + EDGE, box.y, box.w - 2 * EDGE, 0};
	words.y += put(view, step, words, &text, it->text);
	box.y = words.y + changes(view, it, words, step->draw) + 18;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (lines[i].text)
			box.y += line_draw(view, step, box, &lines[i]);
	if (it->page)
		box.y += read_draw(view, step, box);
	return box.y - top;
}

static void face_draw(struct view *view, struct box box, const struct step *step)
{
	struct ui *ui = view->ui;
	ui_card_shadow(ui, box, TOKEN_RADIUS_CARD);
	ui_round(ui, box, TOKEN_RADIUS_CARD,
		 ui_colour(ui, step->done && !step->open ? COLOUR_FJORD_TINT : COLOUR_SURFACE));
}

/* Over the lines of what is in it. */
static void edge_draw(struct view *view, struct box box, const struct step *step)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	ui_ring(ui, box, TOKEN_RADIUS_CARD,
		step->open ? TOKEN_BORDER_SELECTED
		: high     ? TOKEN_BORDER_HIGH_CONTRAST
			   : TOKEN_BORDER_CARD,
		ui_colour(ui, step->open ? COLOUR_FJORD : COLOUR_LINE));
}

static float steps_draw(struct view *view, struct box box)
{
	const struct path *path = &view->item->path;
	size_t open = open_step(view), next = next_step(view);
	float top = box.y;
	for (size_t i = 0; i < path->step_count; i++) {
		struct step step = {.step = &path->steps[i],
				    .number = i + 1,
				    .open = i == open,
				    .done = is_done(view, &path->steps[i]),
				    .next = i == next};
		float head = step_head(view, &step, box), body = step.open ? step_body(view, &step, box) : 0;
		box.h = head + body;
		face_draw(view, box, &step);
		step.draw = true;
		step_head(view, &step, box);
		if (step.open)
			step_body(view, &step, (struct box){box.x, box.y + head, box.w, body});
		edge_draw(view, box, &step);
		box.y += box.h + STEP_GAP;
	}
	return box.y - STEP_GAP - top;
}

/* ---- The page */

static struct hue hue_of(const struct view *view)
{
	const struct ui *ui = view->ui;
	struct hue hue = theme_hue(ui_theme(ui), NULL);
	if (!ui_theme(ui)->high_contrast) {
		hue.main = ui_colour(ui, COLOUR_FJORD);
		hue.on_main = ui_colour(ui, COLOUR_ON_FJORD);
	}
	return hue;
}

static float title_draw(struct view *view, struct box box)
{
	const struct item_head *item = &view->item->head;
	struct heading heading = {.icon = "route",
				  .hue = hue_of(view),
				  .above = word(view, WORD_MY_SITUATION),
				  .title = item->title,
				  .title_lang = view_code(view, view->page_language),
				  .tile = TILE,
				  .share = view_wide(view) ? LYING_SHARE : TITLE_SHARE};
	struct ui_text summary = style_of(view, TYPE_SUB, COLOUR_INK2);
	float top = box.y;
	box.y += heading_draw(view, box, &heading) + 16;
	box.y += ui_text(view->ui, box, &summary, item->summary);
	return box.y - top;
}

/* Those read the visitor's way, whatever the language of the path. */
static float labels(struct view *view, struct box box)
{
	struct labels labels = labels_of_item(view);
	ui_direction(view->ui, view_rtl(view, view->language));
	float height = labels_draw(view, box.x, box.y, box.w, GAP, &labels);
	ui_direction(view->ui, view_rtl(view, view->page_language));
	return height;
}

static void upright_draw(struct view *view, struct box room)
{
	struct box box = {FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN, 0};
	frame_roll_begin(view, LAYER_SCREEN, room);
	ui_direction(view->ui, view_rtl(view, view->page_language));
	box.y += title_draw(view, box);
	box.y += labels(view, box) + GAP;
	box.y += progress_draw(view, box, true) + GAP;
	box.y += steps_draw(view, box);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW);
}

/* Title, labels and progress stand at the start as far as there is room; the rest rolls beside them with the steps. */
static void lying_draw(struct view *view, struct box room)
{
	struct box box = {FRAME_MARGIN, room.y + TOP, TOKEN_GRID_LANDSCAPE_LEFT, 0};
	struct labels honest = labels_of_item(view);
	float most = room.y + room.h - GAP;
	box.y += title_draw(view, box);
	float labels_h = labels_height(view, box.w, GAP, &honest);
	bool labels_fit = box.y + labels_h <= most;
	if (labels_fit)
		box.y += labels_draw(view, box.x, box.y, box.w, GAP, &honest);
	box.y += GAP;
	bool progress_fits = labels_fit && box.y + progress_draw(view, box, false) <= most;
	if (progress_fits)
		progress_draw(view, box, true);
	ui_fill(view->ui, (struct box){LYING_LEFT, room.y, 2, room.h}, ui_colour(view->ui, COLOUR_LINE));

	struct box right = {LYING_LEFT + 2, room.y, room.w - LYING_LEFT - 2, room.h};
	struct box steps = {LYING_PAD - 2, TOP, right.w - LYING_PAD + 2 - FRAME_MARGIN, 0};
	frame_roll_begin(view, LAYER_SCREEN, right);
	if (!labels_fit)
		steps.y += labels_draw(view, steps.x, steps.y - GAP, steps.w, GAP, &honest);
	if (!progress_fits)
		steps.y += progress_draw(view, steps, true) + GAP;
	steps.y += steps_draw(view, steps);
	frame_roll_end(view, LAYER_SCREEN, right, steps.y + LOW);
}

void path_draw(struct view *view)
{
	/* What stands still reads the frame's way. */
	bool turned = view->item && view_rtl(view, view->page_language) != view_rtl(view, view->language);
	if (!view->item)
		gone_draw(view);
	else if (view_wide(view) && ui_text_size(view->ui) < TEXT_150 && !turned)
		lying_draw(view, frame_room(view));
	else
		upright_draw(view, frame_room(view));
}
