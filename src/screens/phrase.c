#include "screens/frame.h"
#include "screens/labels.h"
#include "screens/marks.h"
#include "screens/saying.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define TOP        32.0f
#define GAP        32.0f
#define ROW_GAP    TOKEN_SPACE_M
#define LOW        32.0f
#define LARGE      132.0f
#define LEAST      64.0f
#define CARD_SHARE 0.5f /* of the room, at least */

/* The first where none is named. */
static const struct phrase *phrase_of(const struct view *view)
{
	const struct phrases *set = &view->item->phrases;
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->phrases[i].id, view->place.page) == 0)
			return &set->phrases[i];
	return set->count > 0 && !view->place.page[0] ? &set->phrases[0] : NULL;
}

static struct saying saying_of(const struct view *view, const struct phrase *phrase)
{
	return (struct saying){
		.set = &view->item->phrases, .phrase = phrase, .most = LARGE, .least = LEAST, .small = 1.3f};
}

/* Whoever answers reads their own language first: the staff Danish, the visitor theirs. */
static float reply_draw(struct view *view, struct box box, const struct phrase *phrase, const struct reply *reply,
			const struct widget_status *changed)
{
	bool own = view->page_language != view->source, staff = phrase->from == PHRASE_FROM_VISITOR;
	const char *danish = view_code(view, view->source), *lang = view_code(view, view->page_language);
	struct widget_row row = {
		.icon = reply->icon,
		.hue = theme_hue(ui_theme(view->ui), "phrases"),
		.title = staff ? reply->danish : reply->text,
		.text = own ? (staff ? reply->text : reply->danish) : NULL,
		.lang = staff ? danish : lang,
		.text_lang = staff ? lang : danish,
		.rtl = staff ? view_turn(view, view->source) : view_turn(view, view->page_language),
		.status = marks_changed(view, (const char *const *const[]){&reply->text}, 1) ? changed : NULL,
		.text_rtl = staff ? view_turn(view, view->page_language) : view_turn(view, view->source),
		.id = view_id(view, "reply", reply->id),
		.action = screen_action(VERB_PART, 0, reply->id),
		.choice = true,
		.chosen = strcmp(view->place.part, reply->id) == 0};
	return widget_row(view->ui, box.x, box.y, box.w, &row);
}

/* The heading stands there in both languages, the other one's first. */
static float heading_draw(struct view *view, struct box box, const struct phrase *phrase)
{
	struct ui *ui = view->ui;
	int first = phrase->from == PHRASE_FROM_VISITOR ? view->source : view->language;
	int second = first == view->source ? view->language : view->source;
	struct ui_text title = {
		.type = TYPE_H2, .colour = ui_colour(ui, COLOUR_INK), .lang = view_code(view, first), .title = true};
	struct ui_text under = {.type = TYPE_SUB,
				.colour = ui_colour(ui, COLOUR_INK2),
				.lang = view_code(view, second),
				.rtl = view_turn(view, second)};
	float top = box.y;
	box.y += ui_text(ui, box, &title, view_word_in(view, first, WORD_POINT_AT_ANSWER));
	if (second != first)
		box.y += ui_text(ui, box, &under, view_word_in(view, second, WORD_POINT_AT_ANSWER));
	return box.y - top;
}

static float replies_draw(struct view *view, struct box box, const struct phrase *phrase)
{
	struct widget_status changed = {.text = view_word(view, WORD_CHANGED_IN_DANISH), .quiet = true};
	float top = box.y;
	const char *const *texts[1 + REPLIES_MAX] = {&phrase->text};
	for (size_t i = 0; i < phrase->reply_count; i++)
		texts[1 + i] = &phrase->replies[i].text;
	struct labels labels = labels_of_texts(view, texts, 1 + phrase->reply_count);
	labels.marked = false; /* the Danish is there */
	if (phrase->reply_count > 0)
		box.y += heading_draw(view, box, phrase);
	for (size_t i = 0; i < phrase->reply_count; i++) {
		box.y += ROW_GAP;
		box.y += reply_draw(view, box, phrase, &phrase->replies[i], &changed);
	}
	box.y += labels_draw(view, box.x, box.y, box.w, GAP, &labels);
	return box.y - top;
}

static void upright_draw(struct view *view, struct box room, const struct phrase *phrase)
{
	struct box box = {FRAME_MARGIN, TOP, room.w - 2 * FRAME_MARGIN, 0};
	struct saying saying = saying_of(view, phrase);
	saying_plan(view, box.w, &saying);
	float card = fmaxf(saying.height, room.h * CARD_SHARE);
	frame_roll_begin(view, LAYER_SCREEN, room);
	saying_draw(view, (struct box){box.x, box.y, box.w, card}, &saying);
	box.y += card + GAP;
	box.y += replies_draw(view, box, phrase);
	frame_roll_end(view, LAYER_SCREEN, room, box.y + LOW);
}

/* The card stands at the start, the answers roll beside it. */
static void lying_draw(struct view *view, struct box room, const struct phrase *phrase)
{
	struct box card = {FRAME_MARGIN, room.y + 25, (room.w - 2 * FRAME_MARGIN) * 0.58f, room.h - 53};
	struct saying saying = saying_of(view, phrase);
	saying_plan(view, card.w, &saying);
	if (saying.height > card.h) {
		upright_draw(view, room, phrase);
		return;
	}
	saying_draw(view, card, &saying);
	struct box right = {card.x + card.w, room.y, room.w - card.x - card.w, room.h};
	frame_roll_begin(view, LAYER_SCREEN, right);
	struct box box = {40, 40, right.w - 40 - FRAME_MARGIN, 0};
	box.y += replies_draw(view, box, phrase);
	frame_roll_end(view, LAYER_SCREEN, right, box.y + LOW);
}

void phrase_draw(struct view *view)
{
	const struct phrase *phrase = view->item ? phrase_of(view) : NULL;
	if (!phrase)
		gone_draw(view);
	else if (view_wide(view) && ui_text_size(view->ui) < TEXT_150)
		lying_draw(view, frame_room(view), phrase);
	else
		upright_draw(view, frame_room(view), phrase);
}
