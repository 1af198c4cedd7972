#include "screens/reading.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

const struct page *reading_page(struct reading *reading, const struct content *content, int language, const char *topic,
				const char *page)
{
	struct err err = {0};
	if (reading->content != content || reading->language != language || strcmp(reading->topic, topic) != 0 ||
	    strcmp(reading->page, page) != 0) {
		arena_reset(&reading->arena);
		reading->content = content;
		reading->language = language;
		snprintf(reading->topic, sizeof(reading->topic), "%s", topic);
		snprintf(reading->page, sizeof(reading->page), "%s", page);
		reading->there = content_page(content, language, topic, page, &reading->arena, &reading->parsed, &err);
		reading->starved = err.code == ERR_MEMORY;
		if (reading->starved)
			reading->content = NULL;
		else if (!reading->there && err.code != ERR_MISSING)
			log_warn("%s", err.text);
	}
	return reading->there ? &reading->parsed : NULL;
}

void reading_forget(struct reading *reading)
{
	arena_finish(&reading->arena);
	*reading = (struct reading){0};
}
