#include "screens/reading.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

static bool parse(struct reading *reading, struct err *err)
{
	if (reading->kind == ITEM_KIND_COUNT)
		return content_page(reading->content, reading->language, reading->topic, reading->page, &reading->arena,
				    &reading->parsed, err);
	return content_item(reading->content, reading->language, (enum item_kind)reading->kind, reading->page,
			    &reading->arena, &reading->item, err);
}

static bool find(struct reading *reading, const struct content *content, int language, int kind, const char *topic,
		 const char *page)
{
	struct err err = {0};
	if (reading->content != content || reading->language != language || reading->kind != kind ||
	    strcmp(reading->topic, topic) != 0 || strcmp(reading->page, page) != 0) {
		arena_reset(&reading->arena);
		reading->content = content;
		reading->language = language;
		reading->kind = kind;
		snprintf(reading->topic, sizeof(reading->topic), "%s", topic);
		snprintf(reading->page, sizeof(reading->page), "%s", page);
		reading->there = parse(reading, &err);
		reading->starved = err.code == ERR_MEMORY;
		if (reading->starved)
			reading->content = NULL;
		else if (!reading->there && err.code != ERR_MISSING)
			log_warn("%s", err.text);
	}
	return reading->there;
}

const struct page *reading_page(struct reading *reading, const struct content *content, int language, const char *topic,
				const char *page)
{
	return find(reading, content, language, ITEM_KIND_COUNT, topic, page) ? &reading->parsed : NULL;
}

const union item_any *reading_item(struct reading *reading, const struct content *content, int language,
				   enum item_kind kind, const char *id)
{
	return find(reading, content, language, (int)kind, "", id) ? &reading->item : NULL;
}

void reading_forget(struct reading *reading)
{
	arena_finish(&reading->arena);
	*reading = (struct reading){0};
}
