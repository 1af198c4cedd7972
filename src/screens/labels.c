#include "screens/column.h"

#include "ui/widgets.h"

#define LABEL_GAP 28.0f

struct label {
	const char *icon;
	enum colour fill, edge;
	enum word title;
	int text; /* enum word, or -1 */
};

static bool is_old(const struct view *view, const struct page *page)
{
	struct clock_civil last;
	if (!page->valid_to || !clock_parse_date(page->valid_to, &last))
		return false;
	return clock_days(view->local.year, view->local.month, view->local.day) >
	       clock_days(last.year, last.month, last.day);
}

#define LABELS_MAX 3

/* What the visitor has to know before believing the page: amber when the text may be wrong, fjord when it is missing.
 */
static size_t labels_of(const struct view *view, const struct page *page, const struct label *out[LABELS_MAX])
{
	static const struct label missing = {"lang", COLOUR_FJORD_TINT, COLOUR_FJORD, WORD_NOT_TRANSLATED, -1};
	static const struct label newer = {"pageNew", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_DANISH_NEWER,
					   WORD_NOT_CHECKED_HELP};
	static const struct label unchecked = {"personQ", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_NOT_CHECKED,
					       WORD_NOT_CHECKED_HELP};
	static const struct label old = {"clock", COLOUR_AMBER_TINT, COLOUR_AMBER_INK, WORD_MAY_BE_OLD, -1};
	bool translation = view->page_language != view->source;
	size_t count = 0;
	if (view->page_language != view->language)
		out[count++] = &missing;
	if (translation && page->source_newer)
		out[count++] = &newer;
	else if (translation && page->translation == TRANSLATION_UNCHECKED)
		out[count++] = &unchecked;
	if (is_old(view, page))
		out[count++] = &old;
	return count;
}

/* In the visitor's own language, whatever that of the page. */
static struct widget_callout callout_of(const struct view *view, const struct label *label)
{
	return (struct widget_callout){.icon = label->icon,
				       .fill = ui_colour(view->ui, label->fill),
				       .edge = ui_colour(view->ui, label->edge),
				       .title = view_word(view, label->title),
				       .text = label->text < 0 ? NULL : view_word(view, (enum word)label->text),
				       .lang = view->lang};
}

void column_labels(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	const struct label *labels[LABELS_MAX];
	size_t count = labels_of(view, page, labels);
	bool turned = column->rtl == 0; /* within what rolls, which reads the way of the page */
	if (turned)
		ui_direction(view->ui, view_rtl(view, view->language));
	for (size_t i = 0; i < count; i++) {
		struct widget_callout callout = callout_of(view, labels[i]);
		column->y += LABEL_GAP;
		column->y += widget_callout(view->ui, column->x, column->y, column->w, &callout);
	}
	if (turned)
		ui_direction(view->ui, view_rtl(view, column->language));
}

float column_labels_height(const struct column *column, const struct page *page)
{
	const struct label *labels[LABELS_MAX];
	size_t count = labels_of(column->view, page, labels);
	float height = 0;
	for (size_t i = 0; i < count; i++) {
		struct widget_callout callout = callout_of(column->view, labels[i]);
		height += LABEL_GAP + widget_callout_height(column->view->ui, column->w, &callout);
	}
	return height;
}
