#include "screens/decision.h"

#include "screens/frame.h"
#include "screens/head.h"
#include "screens/marks.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define ANSWER_GAP   20.0f
#define ANSWER_PAD   38.0f
#define ANSWER_CHEV  44.0f
#define TITLE_LEAST  0.9f
#define ANSWER_GAP_X 36.0f /* from its tile to its words */
#define WORDS_GAP    5.0f  /* from its title to its text */
#define WORDS_LIFT   1.0f
#define ANSWER_TILE  140.0f
#define ANSWER_ICON  100.0f
#define ANSWER_LOW   160.0f /* at least, where there is little room */
#define ANSWER_LESS  72     /* than the design's, at most: ANSWER_LOW */
#define ANSWER_STEP  4
#define TILE_LOW     108.0f
#define ICON_LOW     76.0f
#define DANGER_EDGE  4.0f
#define LABEL_GAP    28.0f
#define END_PAD      36.0f
#define LYING_PAD    36.0f

void decision_turn(const struct decision *decision, int language)
{
	ui_direction(decision->view->ui, view_rtl(decision->view, language));
}

static bool find_place(struct decision *decision)
{
	const struct view *view = decision->view;
	const char *id = view->place.page;
	if (!view->item)
		return false;
	decision->guide = &view->item->guide;
	decision->question = id[0] ? guide_question(decision->guide, id) : &decision->guide->questions[0];
	decision->result = id[0] ? guide_result(decision->guide, id) : NULL;
	return decision->question || decision->result;
}

static void add_text(struct decision *decision, const char *const *text)
{
	decision->texts[decision->text_count++] = text;
}

/* Those of the guide that the screen shows. */
static void list_texts(struct decision *decision)
{
	const struct guide_question *question = decision->question;
	const struct guide_result *result = decision->result;
	add_text(decision, question ? &question->title : &result->title);
	add_text(decision, question ? &question->text : &result->text);
	for (size_t i = 0; question && i < question->answer_count; i++) {
		add_text(decision, &question->answers[i].title);
		add_text(decision, &question->answers[i].text);
	}
	for (size_t i = 0; !question && i < result->step_count; i++)
		add_text(decision, &result->steps[i].text);
	if (!question)
		add_text(decision, &result->warning);
}

static void describe(struct decision *decision)
{
	const struct view *view = decision->view;
	const char *topic = view_item_topic(view, ITEM_GUIDE, view->place.topic);
	decision->language = view->page_language;
	decision->hue = topic ? view_hue(view, topic) : theme_hue(ui_theme(view->ui), NULL);
	list_texts(decision);
	decision->labels = labels_of_texts(view, decision->texts, decision->text_count);
}

/* ---- A question */

/* Answers are told apart by the colour of their tiles too; danger is red. */
static struct hue answer_hue(const struct decision *decision, const struct guide_question *question, size_t index)
{
	static const char *const others[] = {"work", "clubs", "events", "seniors"};
	const struct theme *theme = ui_theme(decision->view->ui);
	size_t calm = 0;
	if (question->answers[index].danger)
		return (struct hue){.main = theme->colours[COLOUR_RED],
				    .tint = theme->colours[theme->high_contrast ? COLOUR_PAPER : COLOUR_RED_TINT],
				    .on_main = theme->colours[COLOUR_ON_RED]};
	for (size_t i = 0; i < index; i++)
		calm += !question->answers[i].danger;
	return calm == 0 ? decision->hue : theme_hue(theme, others[(calm - 1) % ARRAY_LEN(others)]);
}

struct answer_plan {
	float tile, icon, pad;
	bool over; /* tile over text */
	struct box words;
	float title_h, text_h, height;
};

static struct ui_text answer_words(const struct decision *decision, bool title, uint32_t colour)
{
	struct type_size type = theme_type(title ? TYPE_H3 : TYPE_SUB, ui_text_size(decision->view->ui));
	float share = title ? 42.0f / 36 : 1;
	return (struct ui_text){.colour = colour,
				.size = type.size * share,
				.line = type.line * (title ? 52.0f / 46 : 1),
				.bold = title,
				.silent = true,
				.lines_wanted = title ? 1 : 0,
				.shrink_to = title ? TITLE_LEAST : 0,
				.lang = view_code(decision->view, decision->language)};
}

static struct answer_plan plan_answer(const struct decision *decision, float width, const struct guide_answer *answer,
				      float least)
{
	struct ui *ui = decision->view->ui;
	bool low = least < ANSWER_TILE + 2 * ANSWER_PAD;
	struct answer_plan plan = {.tile = low ? TILE_LOW : ANSWER_TILE,
				   .icon = low ? ICON_LOW : ANSWER_ICON,
				   .pad = low ? 28 : ANSWER_PAD,
				   .over = ui_text_size(ui) >= TEXT_200};
	float start = plan.over ? plan.pad : plan.pad + plan.tile + ANSWER_GAP_X;
	plan.words = (struct box){start, 0, width - start - plan.pad - ANSWER_CHEV - 24, 0};
	struct ui_text title = answer_words(decision, true, 0), text = answer_words(decision, false, 0);
	plan.title_h = ui_text_height(ui, plan.words.w, &title, answer->title);
	plan.text_h = answer->text ? WORDS_GAP + ui_text_height(ui, plan.words.w, &text, answer->text) : 0;
	float words = plan.title_h + plan.text_h + (plan.over ? plan.tile + 20 : 0);
	plan.height = fmaxf(fmaxf(words + 2 * 20, plan.tile + 2 * plan.pad), least);
	plan.words.y = plan.over ? plan.pad + plan.tile + 20 : (plan.height - words) / 2 - WORDS_LIFT;
	if (plan.over)
		plan.height = fmaxf(words + 2 * plan.pad, least);
	return plan;
}

static float answer_draw(struct decision *decision, struct box box, size_t index, float least)
{
	struct view *view = decision->view;
	struct ui *ui = view->ui;
	const struct guide_answer *answer = &decision->question->answers[index];
	struct answer_plan plan = plan_answer(decision, box.w, answer, least);
	const char *subject = arena_printf(view->scratch, "%s/%s", answer->id, answer->to);
	const char *name = arena_printf(view->scratch, "%s%s%s", answer->title, answer->text ? ". " : "",
					answer->text ? answer->text : "");
	bool given = strcmp(view->place.part, answer->id) == 0;
	box.h = plan.height;
	struct ui_target target = {.role = given ? ROLE_CHOICE : ROLE_BUTTON,
				   .id = view_id(view, "answer", answer->id),
				   .name = name ? name : answer->title,
				   .lang = view_code(view, decision->language),
				   .action = screen_action(VERB_ANSWER, 0, subject),
				   .chosen = given};
	uint32_t ink = widget_card_ink(ui, widget_card(ui, box, &target), given);
	bool resting = ink == ui_colour(ui, COLOUR_INK);
	if (answer->danger)
		ui_ring(ui, box, TOKEN_RADIUS_CARD, DANGER_EDGE, ui_colour(ui, COLOUR_RED));
	float tile_y = plan.over ? plan.pad : (plan.height - plan.tile) / 2;
	widget_tile(ui, (struct box){box.x + plan.pad, box.y + tile_y, plan.tile, plan.tile}, answer->icon, plan.icon,
		    answer_hue(decision, decision->question, index), false);
	struct ui_text title = answer_words(decision, true, ink),
		       text = answer_words(decision, false, resting ? ui_colour(ui, COLOUR_INK2) : ink);
	struct box words = {box.x + plan.words.x, box.y + plan.words.y, plan.words.w, 0};
	ui_text(ui, words, &title, answer->title);
	words.y += plan.title_h + WORDS_GAP;
	if (answer->text)
		ui_text(ui, words, &text, answer->text);
	if (!given)
		ui_icon(ui, (struct box){box.x + box.w - plan.pad - ANSWER_CHEV, box.y, ANSWER_CHEV, box.h}, "chev",
			ANSWER_CHEV, ink);
	return plan.height;
}

static float answers_draw(struct decision *decision, struct box box, float least)
{
	float y = box.y;
	for (size_t i = 0; i < decision->question->answer_count; i++)
		y += answer_draw(decision, (struct box){box.x, y, box.w, 0}, i, least) + ANSWER_GAP;
	return y - ANSWER_GAP - box.y;
}

/* How high each is at least: less than the design's where all then stand in the room, and none is out of sight. */
static float answers_least(const struct decision *decision, float width, float room)
{
	const struct guide_question *question = decision->question;
	for (int less = 0; less <= ANSWER_LESS; less += ANSWER_STEP) {
		float each = TOKEN_SIZE_ANSWER_H - (float)less;
		float total = ANSWER_GAP * (float)(question->answer_count - 1);
		for (size_t i = 0; i < question->answer_count; i++)
			total += plan_answer(decision, width, &question->answers[i], each).height;
		if (total <= room)
			return each;
	}
	return TOKEN_SIZE_ANSWER_H;
}

float decision_labels(const struct decision *decision, struct box box)
{
	struct view *view = decision->view;
	decision_turn(decision, view->language);
	float height = labels_draw(view, box.x, box.y, box.w, LABEL_GAP, &decision->labels);
	decision_turn(decision, decision->language);
	return height;
}

float decision_changes(const struct decision *decision, struct box box)
{
	return marks_texts(decision->view, box, decision->texts, decision->text_count, true);
}

static struct head head_of(const struct decision *decision)
{
	const struct view *view = decision->view;
	const char *id = view_item_topic(view, ITEM_GUIDE, view->place.topic);
	const struct topic_entry *topic = id ? content_topic(view->content, id) : NULL;
	const struct item_head *head = &decision->guide->head;
	return (struct head){.icon = topic ? topic->icon : head->icon,
			     .hue = decision->hue,
			     .picture = head->picture ? head->picture
					: topic       ? topic->picture
						      : NULL,
			     .title = decision->question->title,
			     .summary = decision->question->text,
			     .reading = true,
			     .lang = view_code(view, decision->language)};
}

static void question_upright(struct decision *decision, struct box room)
{
	struct view *view = decision->view;
	struct head head = head_of(decision);
	frame_roll_begin(view, LAYER_SCREEN, room);
	decision_turn(decision, decision->language);
	struct box box = {FRAME_MARGIN, head_upright(view, &head, room.w), room.w - 2 * FRAME_MARGIN, 0};
	box.y += decision_labels(decision, box);
	box.y += decision_changes(decision, box) + 32;
	box.y = head_reach(view, box.y, 0);
	box.y += answers_draw(decision, box, answers_least(decision, box.w, room.h - box.y - END_PAD));
	frame_roll_end(view, LAYER_SCREEN, room, box.y + END_PAD);
}

static void question_lying(struct decision *decision, struct box room)
{
	struct view *view = decision->view;
	struct head head = head_of(decision);
	head.rtl = view_rtl(view, decision->language) ? 1 : -1;
	head_lying(view, &head, room);
	struct box right = head_beside(room);
	frame_roll_begin(view, LAYER_SCREEN, right);
	decision_turn(decision, decision->language);
	struct box box = {HEAD_BESIDE_PAD, 0, right.w - HEAD_BESIDE_PAD - FRAME_MARGIN, 0};
	float count = (float)decision->question->answer_count;
	box.y = decision_labels(decision, box);
	box.y += decision_changes(decision, box);
	box.y += box.y > 0 ? ANSWER_GAP : LYING_PAD;
	float each = (right.h - box.y - LYING_PAD - ANSWER_GAP * (count - 1)) / count;
	box.y += answers_draw(decision, box, fminf(fmaxf(each, ANSWER_LOW), TOKEN_SIZE_ANSWER_H));
	frame_roll_end(view, LAYER_SCREEN, right, box.y + LYING_PAD);
}

void decision_draw(struct view *view)
{
	struct decision decision = {.view = view};
	if (!find_place(&decision)) {
		gone_draw(view);
		return;
	}
	describe(&decision);
	struct box room = frame_room(view);
	if (!decision.question) {
		decision_result(&decision, head_lies(view));
		return;
	}
	struct head head = head_of(&decision);
	(head_lies(view) && head_fits(view, &head, room) ? question_lying : question_upright)(&decision, room);
}
