#include "screens/labels.h"

#include "screens/column.h"
#include "ui/widgets.h"

#define LABELS_MAX 3
#define LABEL_GAP  28.0f

struct label {
	const char *icon;
	enum colour fill, edge;
	enum word title;
	int text; /* enum word, or -1 */
};

struct labels labels_of_page(const struct view *view)
{
	const struct page *page = view->page;
	return (struct labels){.missing = view->page_language != view->language,
			       .translated = view->page_language != view->source,
			       .newer = page->source_newer,
			       .unchecked = page->translation == TRANSLATION_UNCHECKED,
			       .valid_to = page->valid_to};
}

struct labels labels_of_item(const struct view *view)
{
	const struct item_head *head = &view->item->head;
	return (struct labels){.missing = view->page_language != view->language,
			       .translated = view->page_language != view->source,
			       .newer = head->origin.source_newer,
			       .unchecked = head->origin.translation == TRANSLATION_UNCHECKED,
			       .valid_to = head->valid_to};
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
	static const struct label missing = {"lang", COLOUR_FJORD_TINT, COLOUR_FJORD, WORD_NOT_TRANSLATED, -1};
	static const struct label newer = {"pageNew", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_DANISH_NEWER,
					   WORD_NOT_CHECKED_HELP};
	static const struct label unchecked = {"personQ", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_NOT_CHECKED,
					       WORD_NOT_CHECKED_HELP};
	static const struct label old = {"clock", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_MAY_BE_OLD, -1};
	size_t count = 0;
	if (labels->missing)
		out[count++] = &missing;
	if (labels->translated && labels->newer)
		out[count++] = &newer;
	else if (labels->translated && labels->unchecked)
		out[count++] = &unchecked;
	if (is_old(view, labels->valid_to))
		out[count++] = &old;
	return count;
}

static struct widget_callout callout_of(const struct view *view, const struct label *label)
{
	return (struct widget_callout){.icon = label->icon,
				       .fill = ui_colour(view->ui, label->fill),
				       .edge = ui_colour(view->ui, label->edge),
				       .title = view_word(view, label->title),
				       .text = label->text < 0 ? NULL : view_word(view, (enum word)label->text),
				       .lang = view->lang};
}

float labels_draw(struct view *view, float x, float y, float width, float gap, const struct labels *labels)
{
	const struct label *chosen[LABELS_MAX];
	size_t count = choose(view, labels, chosen);
	float top = y;
	for (size_t i = 0; i < count; i++) {
		struct widget_callout callout = callout_of(view, chosen[i]);
		y += gap;
		y += widget_callout(view->ui, x, y, width, &callout);
	}
	return y - top;
}

float labels_height(const struct view *view, float width, float gap, const struct labels *labels)
{
	const struct label *chosen[LABELS_MAX];
	size_t count = choose(view, labels, chosen);
	float height = 0;
	for (size_t i = 0; i < count; i++) {
		struct widget_callout callout = callout_of(view, chosen[i]);
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
