#include "screens/coverage.h"

#include <string.h>

/* A page, or, without a topic, an item. */
struct text_name {
	const char *topic, *id;
	enum item_kind kind;
};

static const struct page_title *find(const struct content *content, int language, const struct text_name *name,
				     bool *translated)
{
	return name->topic ? content_page_title(content, language, name->topic, name->id, translated)
			   : content_item_title(content, language, name->kind, name->id, translated);
}

/* One text; true when it is there. */
static bool count(struct coverage *coverage, const struct content *content, int language, const struct text_name *name)
{
	int source = content_language(content, content_bundle(content)->source);
	bool there = false, unused;
	const struct page_title *title = find(content, language, name, &there);
	const struct page_title *danish = find(content, source, name, &unused);

	if (there && strcmp(title->revision, danish->revision) != 0)
		coverage->old++;
	return there;
}

struct coverage coverage_of(const struct content *content, int language)
{
	const struct bundle *bundle = content_bundle(content);
	struct coverage coverage = {.percent = 100};

	for (size_t i = 0; i < bundle->topic_count; i++) {
		const struct topic_entry *topic = &bundle->topics[i];
		coverage.pages_all += topic->page_count;
		for (size_t j = 0; j < topic->page_count; j++)
			coverage.pages += count(&coverage, content, language,
						&(struct text_name){.topic = topic->id, .id = topic->pages[j]});
	}
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		const struct item_list *list = &bundle->items[kind];
		coverage.items_all += list->count;
		for (size_t i = 0; i < list->count; i++)
			coverage.items += count(&coverage, content, language,
						&(struct text_name){.id = list->entries[i].id, .kind = kind});
	}
	size_t all = coverage.pages_all + coverage.items_all;
	if (all > 0)
		coverage.percent = (int)(100 * (coverage.pages + coverage.items - coverage.old) / all);
	return coverage;
}
