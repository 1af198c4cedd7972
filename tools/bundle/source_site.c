#include "base/array.h"
#include "base/message.h"
#include "bundle/record.h"
#include "bundle/source_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MUNICIPALITY_CHARS 60
#define LANGUAGE_CHARS     40

static void read_format(const struct reading *in, const struct tree *site)
{
	const char *format = record_text(in, site, "format", 10, true);

	if (format && strcmp(format, "1") != 0)
		fault_error(in->faults, in->path, tree_find(site, "format")->line,
			    "format \"%s\" is not allowed; allowed: 1", format);
}

static void read_language(struct source *source, const struct reading *in, const struct tree *node)
{
	static const char *const keys[] = {"code", "name", "direction"};
	static const char *const directions[] = {"ltr", "rtl"};
	struct bundle *bundle = &source->bundle;

	if (!record_keys(in, node, N_("a language"), keys, ARRAY_LEN(keys)))
		return;
	const char *code = record_formed(in, node, "code", &record_lang, true);
	const char *name = record_text(in, node, "name", LANGUAGE_CHARS, true);
	int direction = record_choice(in, node, "direction", directions, ARRAY_LEN(directions), false);
	if (code && source_language(source, code) >= 0)
		fault_error(in->faults, in->path, node->line, "languages: \"%s\" stands twice", code);
	else if (code && name)
		bundle->languages[bundle->language_count++] =
			(struct language){.code = code, .name = name, .rtl = direction == 1};
}

static void read_languages(struct source *source, const struct reading *in, const struct tree *site)
{
	const struct tree *list = record_list(in, site, "languages", LANGUAGES_MAX, true);
	struct bundle *bundle = &source->bundle;

	if (!list)
		return;
	bundle->languages = reading_array(in, list->count, sizeof(*bundle->languages));
	for (const struct tree *node = bundle->languages ? list->first : NULL; node; node = node->next)
		read_language(source, in, node);
	if (list->count == 0)
		fault_error(in->faults, in->path, list->line, "languages is empty");
	if (bundle->language_count == 0 || !bundle->source)
		return;
	int source_index = source_language(source, bundle->source);
	if (source_index < 0)
		fault_error(in->faults, in->path, tree_find(site, "source")->line,
			    "source \"%s\" is not among the languages", bundle->source);
	else
		source->source_language = (size_t)source_index;
}

static void read_topic_ids(struct source *source, const struct reading *in, const struct tree *site)
{
	const char **ids = reading_array(in, TOPICS_MAX, sizeof(*ids));
	struct bundle *bundle = &source->bundle;

	bundle->topics = reading_array(in, TOPICS_MAX, sizeof(*bundle->topics));
	if (!ids || !bundle->topics)
		return;
	bundle->topic_count = record_formed_list(in, site, "topics", &record_id, TOPICS_MAX, true, ids);
	for (size_t i = 0; i < bundle->topic_count; i++)
		bundle->topics[i].id = ids[i];
}

/* Folders that nothing names would be lost without a word. */
static bool check_topic_folders(struct source *source, const struct reading *in, const struct tree *site,
				struct err *err)
{
	const struct tree *topics = tree_find(site, "topics");
	struct source_names folders = {0};

	if (!source_list(source, source->dir, "topics", true, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		size_t t = 0;

		while (t < source->bundle.topic_count && strcmp(source->bundle.topics[t].id, folders.names[i]) != 0)
			t++;
		if (t == source->bundle.topic_count)
			fault_error(in->faults, in->path, topics ? topics->line : 1,
				    "the folder topics/%s is not listed in topics; add \"%s\" to topics, or delete the "
				    "folder",
				    folders.names[i], folders.names[i]);
	}
	return true;
}

bool source_read_site(struct source *source, struct err *err)
{
	static const char *const keys[] = {"format", "municipality", "source", "languages", "topics",
					   "guides", "phrases",      "paths",  "stories"};
	struct reading in = source_reading(source, "site.yaml");
	const struct tree *site;

	if (faccessat(source->dir, in.path, F_OK, 0) != 0 && errno == ENOENT) {
		fault_error(in.faults, in.path, 1,
			    "the file is missing; the folder of content is the one that holds it");
		return true;
	}
	if (!source_load_tree(source, &in, &site, err))
		return false;
	if (!record_keys(&in, site, "site.yaml", keys, ARRAY_LEN(keys)))
		return true;
	read_format(&in, site);
	source->bundle.municipality = record_text(&in, site, "municipality", MUNICIPALITY_CHARS, true);
	source->bundle.source = record_formed(&in, site, "source", &record_lang, true);
	read_languages(source, &in, site);
	read_topic_ids(source, &in, site);
	return check_topic_folders(source, &in, site, err) && source_read_item_lists(source, &in, site, err);
}

/* The pages in their order; each is a folder, and each folder must be listed. */
static bool read_page_list(struct source *source, const struct reading *in, const struct tree *node,
			   struct topic_entry *topic, struct err *err)
{
	const struct tree *list = tree_find(node, "pages");
	size_t line = list ? list->line : node->line;
	struct source_names folders = {0};

	source->page_list_lines[topic - source->bundle.topics] = line;
	topic->pages = reading_array(in, PAGES_MAX, sizeof(*topic->pages));
	topic->marks = reading_array(in, PAGES_MAX, sizeof(*topic->marks));
	if (!topic->pages || !topic->marks)
		return true;
	topic->page_count = record_formed_list(in, node, "pages", &record_id, PAGES_MAX, true, topic->pages);
	if (!source_list(source, source->dir, source_path(source, "topics/%s", topic->id), true, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		size_t p = 0;

		while (p < topic->page_count && strcmp(topic->pages[p], folders.names[i]) != 0)
			p++;
		if (p == topic->page_count)
			fault_error(
				in->faults, in->path, line,
				"the folder topics/%s/%s is not listed in pages; add \"%s\" to pages, or delete the "
				"folder",
				topic->id, folders.names[i], folders.names[i]);
	}
	return true;
}

/* One topic's titles and summaries to the documents of the languages that have both. */
static void keep_topic_texts(struct source *source, const char *id, const char *const *titles,
			     const char *const *summaries)
{
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct topic_texts *texts = &source->topics[i];

		if (titles[i] && summaries[i])
			texts->topics[texts->count++] =
				(struct topic_text){.id = id, .title = titles[i], .summary = summaries[i]};
	}
}

static bool read_topic(struct source *source, struct topic_entry *topic, struct err *err)
{
	static const char *const keys[] = {"icon", "hue", "picture", "pages", "title", "summary"};
	static const char *const hues[] = {"welcome", "rights", "daycare", "school", "work",   "language",
					   "clubs",   "health", "seniors", "places", "events", "phrases"};
	struct reading in = source_reading(source, source_path(source, "topics/%s/topic.yaml", topic->id));
	const char *titles[LANGUAGES_MAX] = {0};
	const char *summaries[LANGUAGES_MAX] = {0};
	const struct tree *node;

	if (!source_load_tree(source, &in, &node, err))
		return false;
	if (!record_keys(&in, node, "topic.yaml", keys, ARRAY_LEN(keys)))
		return true;
	topic->icon = source_icon(source, &in, node, "icon", true);
	int hue = record_choice(&in, node, "hue", hues, ARRAY_LEN(hues), true);
	topic->hue = hue >= 0 ? hues[hue] : NULL;
	topic->picture = source_picture(source, &in, node, "picture", false);
	source_texts(source, &in, node, "title", TOPIC_TITLE_CHARS, true, titles);
	source_texts(source, &in, node, "summary", PAGE_SUMMARY_CHARS, true, summaries);
	const struct tree *summary = tree_find(tree_find(node, "summary"), source->bundle.source);
	source_check_ease(source, &in, summary ? summary->line : node->line, summaries[source->source_language]);
	keep_topic_texts(source, topic->id, titles, summaries);
	return read_page_list(source, &in, node, topic, err);
}

bool source_read_topics(struct source *source, struct err *err)
{
	struct bundle *bundle = &source->bundle;

	for (size_t i = 0; i < bundle->language_count; i++) {
		source->topics[i].topics = arena_array(&source->arena, TOPICS_MAX, sizeof(struct topic_text));
		if (!source->topics[i].topics)
			return err_memory(err);
	}
	for (size_t i = 0; i < bundle->topic_count; i++)
		if (!read_topic(source, &bundle->topics[i], err))
			return false;
	return true;
}
