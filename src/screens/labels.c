#include "screens/labels.h"

#include "screens/column.h"
#include "screens/marks.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define LABELS_MAX  3
#define LABEL_GAP   28.0f
#define BUTTONS_MAX 2
#define BUTTON_HIGH 104.0f
#define BUTTON_GAP  16.0f
#define ALONE_AIR   44.0f
#define WIDELY_READ "en" /* offered where a page is not in the visitor's language */

enum label_buttons {
	BUTTONS_NONE,
	BUTTONS_TRANSLATED,
	BUTTONS_MISSING
};

struct label {
	const char *icon;
	enum colour fill, edge;
	enum word title;
	int text; /* enum word, or -1 */
	enum label_buttons buttons;
};

const struct language *labels_other(const struct view *view)
{
	const struct language *languages = content_bundle(view->content)->languages;
	int wide = content_language(view->content, WIDELY_READ);
	bool there = false;
	if (wide >= 0 && wide != view->source && view->page_language == view->source)
		content_page_title(view->content, wide, view->place.topic, view->place.page, &there);
	return there ? &languages[wide] : NULL;
}

/* It is known what has changed, and stands in the text. */
static bool is_marked(const struct view *view)
{
	struct pairs pairs = {0};
	return view->danish && !view->beside && pairs_make(view->page, view->danish, view->scratch, &pairs) &&
	       marks_any(&pairs);
}

struct labels labels_of_page(const struct view *view)
{
	const struct page *page = view->page;
	return (struct labels){.missing = view->page_language != view->language,
			       .translated = view->page_language != view->source,
			       .newer = page->source_newer,
			       .marked = is_marked(view),
			       .unchecked = page->translation == TRANSLATION_UNCHECKED,
			       .valid_to = page->valid_to,
			       .beside = !view->beside,
			       .other = labels_other(view),
			       .person = page->contact};
}

struct labels labels_of_item(const struct view *view)
{
	const struct item_head *head = &view->item->head;
	return (struct labels){.missing = view->page_language != view->language,
			       .translated = view->page_language != view->source,
			       .newer = head->origin.source_newer,
			       .marked = view->newers.count > 0,
			       .unchecked = head->origin.translation == TRANSLATION_UNCHECKED,
			       .valid_to = head->valid_to};
}

struct labels labels_of_texts(const struct view *view, const char *const *const texts[], size_t count)
{
	struct labels labels = labels_of_item(view);
	if (labels.marked)
		labels.newer = labels.marked = marks_changed(view, texts, count);
	return labels;
}

static bool is_old(const struct view *view, const char *valid_to)
{
	struct clock_civil last;
	if (!valid_to || !clock_parse_date(valid_to, &last))
		return false;
	return clock_days(view->local.year, view->local.month, view->local.day) >
	       clock_days(last.year, last.month, last.day);
}

static size_t choose(const struct view *view, const struct labels *labels, const struct label *out[LABELS_MAX])
{
	static const struct label missing = {"lang", COLOUR_FJORD_TINT, COLOUR_FJORD, WORD_NOT_TRANSLATED,
					     -1,     BUTTONS_MISSING};
	static const struct label newer = {"pageNew",         COLOUR_AMBER_TINT,     COLOUR_AMBER_INK,
					   WORD_DANISH_NEWER, WORD_NOT_CHECKED_HELP, BUTTONS_TRANSLATED};
	static const struct label marked = {"pageNew",         COLOUR_AMBER_TINT,   COLOUR_AMBER_INK,
					    WORD_DANISH_NEWER, WORD_CHANGES_MARKED, BUTTONS_TRANSLATED};
	static const struct label unchecked = {"personQ",        COLOUR_AMBER_TINT,     COLOUR_AMBER_INK,
					       WORD_NOT_CHECKED, WORD_NOT_CHECKED_HELP, BUTTONS_TRANSLATED};
	static const struct label old = {"clock", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_MAY_BE_OLD,
					 -1,      BUTTONS_NONE};
	size_t count = 0;
	if (labels->missing)
		out[count++] = &missing;
	if (labels->translated && labels->newer)
		out[count++] = labels->marked ? &marked : &newer;
	else if (labels->translated && labels->unchecked)
		out[count++] = &unchecked;
	if (is_old(view, labels->valid_to))
		out[count++] = &old;
	return count;
}

struct label_button {
	const char *icon, *name, *lang, *id;
	struct action action;
};

static size_t buttons_of(const struct view *view, const struct label *label, const struct labels *labels,
			 struct label_button out[BUTTONS_MAX])
{
	size_t count = 0;
	if (label->buttons == BUTTONS_TRANSLATED && labels->beside)
		out[count++] = (struct label_button){"dansk", view_word(view, WORD_SEE_DANISH), view->lang,
						     "label.danish", screen_action(VERB_DANISH, 0, NULL)};
	if (label->buttons == BUTTONS_MISSING && labels->other)
		out[count++] = (struct label_button){"lang", labels->other->name, labels->other->code, "label.other",
						     screen_action(VERB_INSTEAD, 0, labels->other->code)};
	if (label->buttons == BUTTONS_MISSING && labels->person)
		out[count++] = (struct label_button){"staff", view_word(view, WORD_ASK_A_PERSON), view->lang,
						     "label.person", screen_action(VERB_PLACE, 0, labels->person)};
	return count;
}

/* Where the buttons stand in this width: beside each other where their words have room, else one under the other. */
struct button_plan {
	size_t count;
	struct label_button buttons[BUTTONS_MAX];
	float widths[BUTTONS_MAX];
	bool beside;
	float high, height; /* of each, and of all */
};

static struct button_plan plan_buttons(const struct view *view, float width, const struct label *label,
				       const struct labels *labels)
{
	struct ui *ui = view->ui;
	float line = theme_type(TYPE_BUTTON, ui_text_size(ui)).line, most = 0, sum = 0;
	struct button_plan plan = {.high = fmaxf(BUTTON_HIGH, line + 48)};
	plan.count = buttons_of(view, label, labels, plan.buttons);
	for (size_t i = 0; i < plan.count; i++) {
		const struct label_button *button = &plan.buttons[i];
		plan.widths[i] = widget_button_width(ui, BUTTON_WITHIN, button->icon, button->name, button->lang);
		most = fmaxf(most, plan.widths[i]);
		sum += plan.widths[i] + (i > 0 ? BUTTON_GAP : 0);
	}
	plan.beside = sum <= width;
	for (size_t i = 0; i < plan.count; i++)
		if (plan.count > 1 && plan.beside)
			plan.widths[i] += (width - sum) / (float)plan.count;
		else
			plan.widths[i] = plan.count > 1 ? width : fminf(plan.widths[i] + ALONE_AIR, width);
	if (most > width) /* words on two lines */
		plan.high = fmaxf(plan.high, 2 * line + 24);
	if (plan.count > 0)
		plan.height =
			plan.beside ? plan.high : plan.high * (float)plan.count + BUTTON_GAP * (float)(plan.count - 1);
	return plan;
}

static void buttons_draw(const struct view *view, struct box box, const struct button_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct label_button *button = &plan->buttons[i];
		widget_button_in(view->ui, (struct box){box.x, box.y, plan->widths[i], plan->high}, BUTTON_WITHIN,
				 button->icon, button->name, button->lang, button->id, button->action);
		if (plan->beside)
			box.x += plan->widths[i] + BUTTON_GAP;
		else
			box.y += plan->high + BUTTON_GAP;
	}
}

static struct widget_callout callout_of(const struct view *view, float width, const struct label *label,
					const struct labels *labels)
{
	struct widget_callout callout = {.icon = label->icon,
					 .fill = ui_colour(view->ui, label->fill),
					 .edge = ui_colour(view->ui, label->edge),
					 .title = view_word(view, label->title),
					 .text = label->text < 0 ? NULL : view_word(view, (enum word)label->text),
					 .lang = view->lang,
					 .label = true};
	callout.below = plan_buttons(view, widget_callout_width(width, &callout), label, labels).height;
	return callout;
}

static float label_draw(const struct view *view, float x, float y, float width, const struct label *label,
			const struct labels *labels)
{
	struct widget_callout callout = callout_of(view, width, label, labels);
	struct box below = widget_callout_below(view->ui, x, y, width, &callout);
	struct button_plan plan = plan_buttons(view, below.w, label, labels);
	float height = widget_callout(view->ui, x, y, width, &callout);
	buttons_draw(view, below, &plan);
	return height;
}

float labels_draw(struct view *view, float x, float y, float width, float gap, const struct labels *labels)
{
	const struct label *chosen[LABELS_MAX];
	size_t count = choose(view, labels, chosen);
	float top = y;
	for (size_t i = 0; i < count; i++) {
		y += gap;
		y += label_draw(view, x, y, width, chosen[i], labels);
	}
	return y - top;
}

float labels_height(const struct view *view, float width, float gap, const struct labels *labels)
{
	const struct label *chosen[LABELS_MAX];
	size_t count = choose(view, labels, chosen);
	float height = 0;
	for (size_t i = 0; i < count; i++) {
		struct widget_callout callout = callout_of(view, width, chosen[i], labels);
		height += gap + widget_callout_height(view->ui, width, &callout);
	}
	return height;
}

void column_labels(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	struct labels labels = labels_of_page(view);
	bool turned = column->rtl == 0; /* within what rolls, which reads the way of the page */
	(void)page;
	if (turned)
		ui_direction(view->ui, view_rtl(view, view->language));
	column->y += labels_draw(view, column->x, column->y, column->w, LABEL_GAP, &labels);
	if (turned)
		ui_direction(view->ui, view_rtl(view, column->language));
}

float column_labels_height(const struct column *column, const struct page *page)
{
	struct labels labels = labels_of_page(column->view);
	(void)page;
	return labels_height(column->view, column->w, LABEL_GAP, &labels);
}
