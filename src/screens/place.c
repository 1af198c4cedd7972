#include "screens/frame.h"
#include "screens/head.h"
#include "screens/kinds.h"
#include "screens/labels.h"
#include "screens/opening.h"

#include "content/hours.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define LINES_MAX    12
#define LINE_PAD     10.0f
#define LINE_START   30.0f
#define LINE_GAP     28.0f
#define VALUE        (34.0f / 36.0f) /* of TYPE_H3 */
#define ICON         TOKEN_ICON_BUTTON
#define HERO         340.0f
#define TOP          7.0f
#define GAP          28.0f
#define CARD_GAP     40.0f
#define END_PAD      36.0f
#define BESIDE_LEAST 700.0f /* of two buttons */

/* A line of the card: what it is, and in which words. */
struct line {
	const char *icon, *label, *value;
	enum type_role type;
	enum colour colour;
	bool danish; /* the value is, and reads from left to right */
};

struct lines {
	struct line all[LINES_MAX];
	size_t count;
};

static void add_line(struct lines *lines, struct line line)
{
	if (line.value && lines->count < LINES_MAX)
		lines->all[lines->count++] = line;
}

/* In their own names; NULL: not known. */
static const char *languages_spoken(const struct view *view, const struct place *place)
{
	const char *names[LOCALE_LIST_MAX];
	size_t count = 0;
	for (size_t i = 0; i < place->speaks_count && count < LOCALE_LIST_MAX; i++) {
		char text[LOCALE_LANGUAGE_BYTES];
		int language = content_language(view->content, place->speaks[i]);
		locale_language(place->speaks[i], text, sizeof(text));
		const char *name = language < 0 ? arena_text(view->scratch, text, strlen(text))
						: content_bundle(view->content)->languages[language].name;
		if (name)
			names[count++] = name;
	}
	return count > 0 ? view_list(view, names, count) : NULL;
}

static const char *activities_there(const struct view *view, const struct place *place)
{
	const char *names[LOCALE_LIST_MAX];
	size_t count = 0;
	for (size_t i = 0; i < place->activity_count && count < LOCALE_LIST_MAX; i++) {
		const struct activity *activity = content_activity(view->content, view->language, place->activities[i]);
		if (activity)
			names[count++] = activity->name;
	}
	return count > 0 ? view_list(view, names, count) : NULL;
}

static struct lines lines_of(const struct view *view, const struct place *place)
{
	struct lines lines = {0};
	bool same = strcmp(place->name, place->danish) == 0;
	add_line(&lines,
		 (struct line){"phone", view_word(view, WORD_PHONE), place->phone, TYPE_H2, COLOUR_FJORD, true});
	add_line(&lines,
		 (struct line){"places", view_word(view, WORD_ADDRESS), place->address, TYPE_H3, COLOUR_INK, true});
	add_line(&lines, (struct line){"sign", view_word(view, WORD_IN_DANISH), same ? NULL : place->danish, TYPE_H3,
				       COLOUR_INK, true});
	add_line(&lines, (struct line){"bus", view_word(view, WORD_TRAVEL), place->travel, TYPE_H3, COLOUR_INK, false});
	add_line(&lines, (struct line){"lang", view_word(view, WORD_SPEAKS), languages_spoken(view, place), TYPE_H3,
				       COLOUR_INK, false});
	add_line(&lines,
		 (struct line){"family", view_word(view, WORD_AUDIENCE), place->audience, TYPE_H3, COLOUR_INK, false});
	add_line(&lines, (struct line){"coins", view_word(view, WORD_PRICE), place->price, TYPE_H3, COLOUR_INK, false});
	add_line(&lines, (struct line){"clubs", view_word(view, WORD_ACTIVITIES), activities_there(view, place),
				       TYPE_H3, COLOUR_INK, false});
	add_line(&lines, (struct line){"idcard", view_word(view, WORD_FRITIDSPAS),
				       place->fritidspas ? view_word(view, WORD_FRITIDSPAS_HELP) : NULL, TYPE_H3,
				       COLOUR_INK, false});
	add_line(&lines, (struct line){"laptop", view_word(view, WORD_WEBSITE), place->web, TYPE_H3, COLOUR_INK, true});
	add_line(&lines, (struct line){"mail", view_word(view, WORD_EMAIL), place->email, TYPE_H3, COLOUR_INK, true});
	return lines;
}

static float line_draw(struct column *column, struct box box, const struct line *line, bool draw)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	struct ui_text label = column_style(column, TYPE_SMALL, COLOUR_INK2),
		       value = column_style(column, line->type, line->colour);
	bool over = ui_text_size(ui) >= TEXT_200; /* pictogram over text */
	float start = LINE_START + (over ? 0 : ICON + LINE_GAP), width = box.w - start - LINE_START,
	      y = box.y + LINE_PAD + (over ? ICON + 8 : 0);
	if (line->type == TYPE_H3) {
		struct type_size h3 = theme_type(TYPE_H3, ui_text_size(ui));
		value.size = h3.size * VALUE;
		value.line = h3.line;
		value.bold = true;
	}
	if (line->danish) {
		value.lang = view_code(view, view->source);
		value.rtl = -1;
	}
	float first = ui_text_height(ui, width, &label, line->label),
	      second = ui_text_height(ui, width, &value, line->value);
	float height = y - box.y + first + second + LINE_PAD;
	if (!draw)
		return height;
	ui_icon(ui, (struct box){box.x + LINE_START, over ? box.y + LINE_PAD : box.y, ICON, over ? ICON : height},
		line->icon, ICON, ui_colour(ui, COLOUR_INK));
	ui_text(ui, (struct box){box.x + start, y, width, first}, &label, line->label);
	ui_text(ui, (struct box){box.x + start, y + first, width, second}, &value, line->value);
	return height;
}

static void card_draw(struct column *column, const struct lines *lines)
{
	struct ui *ui = column->view->ui;
	float height = 0;
	if (lines->count == 0)
		return;
	for (size_t i = 0; i < lines->count; i++)
		height += line_draw(column, (struct box){0, 0, column->w, 0}, &lines->all[i], false);
	column_card(column, height);
	for (size_t i = 0; i < lines->count; i++) {
		if (i > 0)
			ui_fill(ui, (struct box){column->x, column->y - 1, column->w, 2}, ui_colour(ui, COLOUR_LINE));
		column->y += line_draw(column, (struct box){column->x, column->y, column->w, 0}, &lines->all[i], true);
	}
	column->y += CARD_GAP;
}

/* What has to be known before believing the rest, and whether it is open. */
static void opening_draw(struct column *column, const struct place *place)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	struct widget_status status = opening_status(view, &place->hours);
	bool unknown = hours_at(&place->hours, &view->local).kind == HOURS_UNKNOWN;
	struct ui_text note = column_style(column, TYPE_BODY, COLOUR_INK);
	struct widget_callout example = {.icon = "info",
					 .fill = ui_colour(ui, COLOUR_AMBER_TINT),
					 .edge = ui_colour(ui, COLOUR_AMBER_INK),
					 .title = view_word(view, WORD_EXAMPLE)};
	bool source = place->origin.translation == TRANSLATION_SOURCE, native = view->language == view->source;
	struct labels labels = {.missing = source && !native,
				.translated = !source && !native,
				.newer = place->origin.source_newer,
				.unchecked = place->origin.translation == TRANSLATION_UNCHECKED};
	column->y += widget_status(ui, (struct box){column->x, column->y, column->w, 0}, TYPE_SUB, &status);
	if (unknown && place->phone)
		column_text(column, 4, &note, view_word(view, WORD_CALL_FIRST));
	if (place->note)
		column_text(column, 12, &note, place->note);
	column->y += GAP;
	if (place->example)
		column->y += widget_callout(ui, column->x, column->y, column->w, &example) + GAP;
	float height = labels_draw(view, column->x, column->y - GAP, column->w, GAP, &labels);
	column->y += height;
}

static struct head head_of(const struct view *view, const struct place *place)
{
	const struct topic_entry *topic = content_topic(view->content, kind_topic(place->kind));
	bool swim = strcmp(place->icon, "swim") == 0;
	return (struct head){.icon = place->icon,
			     .hue = kind_hue(view, place->kind),
			     .picture = topic && !swim ? topic->picture : NULL,
			     .own = swim ? "place-swim" : "topic-places",
			     .high = HERO,
			     .title = place->name};
}

/* Those that are shown with the topic of such places; NULL: none are. */
static const char *phrases_there(const struct view *view, const struct place *place)
{
	const struct item_list *sets = &content_bundle(view->content)->items[ITEM_PHRASES];
	for (size_t i = 0; i < sets->count; i++)
		if (sets->entries[i].topic && strcmp(sets->entries[i].topic, kind_topic(place->kind)) == 0)
			return sets->entries[i].id;
	return NULL;
}

/* What to say there, and what there is to know of such places. */
static void ways_draw(struct column *column, const struct place *place)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	const char *set = phrases_there(view, place), *topic = kind_topic(place->kind);
	const struct topic_entry *entry = content_topic(view->content, topic);
	const struct topic_text *text = content_topic_text(view->content, view->language, topic);
	bool both = set && entry && text, beside = both && ui_text_size(ui) < TEXT_150 && column->w >= BESIDE_LEAST;
	struct box button = {column->x, column->y, beside ? (column->w - FRAME_GUTTER) / 2 : column->w,
			     fmaxf(TOKEN_SIZE_BUTTON, 2 * theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 24)};
	if (set)
		widget_button(ui, button, BUTTON_SECOND, "phrases", view_word(view, WORD_PHRASES), "place.phrases",
			      screen_action(VERB_PHRASES, 0, set));
	if (both) {
		button.x += beside ? button.w + FRAME_GUTTER : 0;
		button.y += beside ? 0 : button.h + FRAME_GUTTER;
	}
	if (entry && text)
		widget_button(ui, button, BUTTON_MAIN, entry->icon, text->title, "place.topic",
			      screen_action(VERB_TOPIC, 0, topic));
	column->y = set || (entry && text) ? button.y + button.h : column->y - CARD_GAP;
}

static void rest_draw(struct column *column, const struct place *place)
{
	struct lines lines = lines_of(column->view, place);
	opening_draw(column, place);
	card_draw(column, &lines);
	float y = column->y;
	opening_table(column, &place->hours);
	column->y += column->y > y ? CARD_GAP : 0;
	ways_draw(column, place);
}

static void upright_draw(struct view *view, struct box room, const struct place *place)
{
	struct head head = head_of(view, place);
	struct column column = {
		.view = view, .x = FRAME_MARGIN, .w = room.w - 2 * FRAME_MARGIN, .language = view->language};
	frame_roll_begin(view, LAYER_SCREEN, room);
	column.y = head_upright(view, &head, room.w) + TOP;
	rest_draw(&column, place);
	frame_roll_end(view, LAYER_SCREEN, room, column.y + END_PAD);
}

static void lying_draw(struct view *view, struct box room, const struct place *place)
{
	struct head head = head_of(view, place);
	head_lying(view, &head, room);
	struct box right = head_beside(room);
	struct column column = {.view = view,
				.x = HEAD_BESIDE_PAD,
				.y = 36,
				.w = right.w - HEAD_BESIDE_PAD - FRAME_MARGIN,
				.language = view->language};
	frame_roll_begin(view, LAYER_SCREEN, right);
	rest_draw(&column, place);
	frame_roll_end(view, LAYER_SCREEN, right, column.y + END_PAD);
}

void place_draw(struct view *view)
{
	const struct place *place = content_place(view->content, view->language, view->place.topic);
	if (!place)
		gone_draw(view);
	else if (head_lies(view))
		lying_draw(view, frame_room(view), place);
	else
		upright_draw(view, frame_room(view), place);
}
