#include "screens/guides.h"

#include <stdio.h>
#include <string.h>

const char *guides_of_topic(const struct view *view, const char *topic, size_t index)
{
	const struct item_list *list = &content_bundle(view->content)->items[ITEM_GUIDE];
	for (size_t i = 0; i < list->count; i++)
		if (list->entries[i].topic && strcmp(list->entries[i].topic, topic) == 0 && index-- == 0)
			return list->entries[i].id;
	return NULL;
}

size_t guides_count(const struct view *view, const char *topic)
{
	size_t count = 0;
	while (guides_of_topic(view, topic, count))
		count++;
	return count;
}

const char *guides_of_page(const struct view *view, const char *topic, const char *page)
{
	const char *id = NULL;
	for (size_t i = 0; (id = guides_of_topic(view, topic, i)) && strcmp(id, page) != 0; i++)
		;
	return id;
}

struct widget_row guides_row(const struct view *view, const char *guide)
{
	bool translated = true;
	const char *topic = view_item_topic(view, ITEM_GUIDE, guide);
	const struct page_title *title =
		content_item_title(view->content, view->language, ITEM_GUIDE, guide, &translated);
	struct widget_row row = {.icon = "route",
				 .hue = view_hue(view, topic ? topic : ""),
				 .filled = true,
				 .id = view_id(view, "guide", guide),
				 .action = screen_action(VERB_DECIDE, 0, guide)};
	if (!title)
		return row;
	row.title = title->title;
	row.text = translated ? title->summary : view_word(view, WORD_NOT_TRANSLATED);
	row.lang = translated ? NULL : view_code(view, view->source);
	row.text_lang = translated ? NULL : view->lang;
	return row;
}

/* The first answer that leads to `to`; NULL: none does. */
static const struct guide_answer *answer_to(const struct guide *guide, const char *to,
					    const struct guide_question **from)
{
	for (size_t i = 0; i < guide->question_count; i++)
		for (size_t j = 0; j < guide->questions[i].answer_count; j++)
			if (strcmp(guide->questions[i].answers[j].to, to) == 0) {
				*from = &guide->questions[i];
				return &guide->questions[i].answers[j];
			}
	return NULL;
}

/* From the first question on; a guide has no circles and every part of it is reached (guide_fault), so this ends. */
static void answer_up_to(struct visit *visit, const struct guide *guide, const char *part)
{
	const struct guide_question *from = NULL;
	const struct guide_answer *answer = answer_to(guide, part, &from);
	if (!answer)
		return;
	answer_up_to(visit, guide, from->id);
	visit_part(visit, answer->id);
	visit_go(visit, SCREEN_DECISION, guide->head.id, part);
}

bool guides_place(struct visit *visit, const struct content *content, const char *id, const char *part)
{
	struct arena arena = {0};
	struct err err;
	union item_any item;
	int source = content_language(content, content_bundle(content)->source);
	bool there = content_item(content, source, ITEM_GUIDE, id, &arena, &item, &err) &&
		     (!part || guide_question(&item.guide, part) || guide_result(&item.guide, part));
	if (there) {
		visit_go(visit, SCREEN_DECISION, id, NULL);
		if (part)
			answer_up_to(visit, &item.guide, part);
	}
	arena_finish(&arena);
	return there;
}
