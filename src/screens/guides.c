#include "screens/guides.h"

#include <stdio.h>
#include <string.h>

/* Of those that are shown with a topic; NULL: there are not so many. */
static const char *of_topic(const struct view *view, enum item_kind kind, const char *topic, size_t index)
{
	const struct item_list *list = &content_bundle(view->content)->items[kind];
	for (size_t i = 0; i < list->count; i++)
		if (list->entries[i].topic && strcmp(list->entries[i].topic, topic) == 0 && index-- == 0)
			return list->entries[i].id;
	return NULL;
}

static size_t count_of(const struct view *view, enum item_kind kind, const char *topic)
{
	size_t count = 0;
	while (of_topic(view, kind, topic, count))
		count++;
	return count;
}

size_t guides_count(const struct view *view, const char *topic)
{
	return count_of(view, ITEM_GUIDE, topic) + count_of(view, ITEM_STORY, topic);
}

const char *guides_of_page(const struct view *view, const char *topic, const char *page)
{
	const char *id = NULL;
	for (size_t i = 0; (id = of_topic(view, ITEM_GUIDE, topic, i)) && strcmp(id, page) != 0; i++)
		;
	return id;
}

static struct widget_row row_of(const struct view *view, enum item_kind kind, const char *id)
{
	bool translated = true, story = kind == ITEM_STORY;
	const char *topic = view_item_topic(view, kind, id);
	const struct page_title *title = content_item_title(view->content, view->language, kind, id, &translated);
	struct widget_row row = {.icon = "route",
				 .hue = view_hue(view, topic ? topic : ""),
				 .filled = true,
				 .id = view_id(view, story ? "story" : "guide", id),
				 .action = screen_action(story ? VERB_STORY : VERB_DECIDE, 0, id)};
	if (!title)
		return row;
	if (story)
		row.icon = title->icon;
	row.title = title->title;
	row.text = translated ? title->summary : view_word(view, WORD_NOT_TRANSLATED);
	row.lang = translated ? NULL : view_code(view, view->source);
	row.text_lang = translated ? NULL : view->lang;
	row.rtl = view_turn(view, translated ? view->language : view->source);
	row.text_rtl = view_turn(view, view->language);
	return row;
}

struct widget_row guides_row(const struct view *view, const char *guide)
{
	return row_of(view, ITEM_GUIDE, guide);
}

struct widget_row guides_row_of_topic(const struct view *view, const char *topic, size_t index)
{
	size_t guides = count_of(view, ITEM_GUIDE, topic);
	enum item_kind kind = index < guides ? ITEM_GUIDE : ITEM_STORY;
	return row_of(view, kind, of_topic(view, kind, topic, index < guides ? index : index - guides));
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
