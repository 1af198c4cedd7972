#include "base/array.h"
#include "bundle/source_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MIN 16   /* of a viewBox: less is a pictogram, or a mistake */
#define SIDE_MAX 4320 /* more than any screen has */
#define FLAT_MAX 6    /* how many times wider than high, or higher than wide */

bool source_list_pictures(struct source *source, struct err *err)
{
	struct source_names *pictures = &source->pictures;
	size_t count = 0;

	if (!source_list(source, source->dir, "pictures", false, pictures, err))
		return false;
	for (size_t i = 0; i < pictures->count; i++)
		if (strcmp(pictures->names[i], strchr(PICTURE_TEXTS, '/') + 1) != 0)
			pictures->names[count++] = pictures->names[i];
	pictures->count = count;
	return true;
}

/* A picture is stretched to its room, so it must say how high and wide it is drawn. */
static void check_box(const struct reading *in, const char *svg)
{
	const char *box = strstr(svg, "viewBox=\"");
	double width;
	double height;

	if (!box || sscanf(box, "viewBox=\"%*f %*f %lf %lf\"", &width, &height) != 2)
		fault_error(in->faults, in->path, 1,
			    "the picture has no viewBox, so the kiosk cannot know its size; save it from the drawing "
			    "program with one");
	else if (width < SIDE_MIN || height < SIDE_MIN || width > SIDE_MAX || height > SIDE_MAX)
		fault_error(in->faults, in->path, 1, "the picture is %.0f x %.0f; allowed: %d to %d each way", width,
			    height, SIDE_MIN, SIDE_MAX);
	else if (width > height * FLAT_MAX || height > width * FLAT_MAX)
		fault_warning(in->faults, in->path, 1,
			      "the picture is %.0f x %.0f, and would be cut; at most %d times wider than high", width,
			      height, FLAT_MAX);
}

/* An element of this name begins behind a "<", with or without the prefix of its namespace. */
static bool is_element(const char *at, const char *name)
{
	size_t prefix = strcspn(at, ": \t\n/>");

	if (at[prefix] == ':')
		at += prefix + 1;
	return strncmp(at, name, strlen(name)) == 0 && !isalnum((unsigned char)at[strlen(name)]);
}

/* The reference behind "href" or "url(" leads out of the file. */
static bool leads_out(const char *at)
{
	at += strspn(at, "=('\" \t\n");
	return *at != '#';
}

/* What makes it more than a picture, or less: it is shown as it is, so it may only be a picture. NULL: nothing. */
static const char *find_refused(const char *svg)
{
	static const char *const elements[] = {"script", "foreignObject", "image", "text"};
	static const char *const words[] = {"<!DOCTYPE", "<!ENTITY", "<?xml-stylesheet", "@import"};
	static const char *const references[] = {"href", "url("};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strstr(svg, words[i]))
			return words[i];
	for (const char *at = strchr(svg, '<'); at; at = strchr(at + 1, '<'))
		for (size_t i = 0; i < ARRAY_LEN(elements); i++)
			if (is_element(at + 1, elements[i]))
				return elements[i];
	for (size_t i = 0; i < ARRAY_LEN(references); i++)
		for (const char *at = strstr(svg, references[i]); at; at = strstr(at + 1, references[i]))
			if (leads_out(at + strlen(references[i])))
				return "a reference to another file";
	return NULL;
}

static bool check_picture(struct source *source, const char *name, struct err *err)
{
	struct reading in = source_reading(source, source_path(source, "pictures/%s", name));
	struct buf bytes = {0};
	const char *refused = NULL;
	bool loaded;
	bool ok = source_load(source, &in, PICTURE_BYTES_MAX, false, &bytes, &loaded, err);

	if (ok && loaded && (bytes.len == 0 || !strstr(bytes.data, "<svg")))
		fault_error(in.faults, in.path, 1, "this is not an SVG picture");
	else if (ok && loaded)
		check_box(&in, bytes.data);
	if (ok && loaded && bytes.len > 0)
		refused = find_refused(bytes.data);
	if (refused)
		fault_error(in.faults, in.path, 1, "a picture may not hold \"%s\"", refused);
	buf_finish(&bytes);
	return ok;
}

static bool each_of_guide(const struct guide *guide, bool (*each)(void *context, const char *picture, bool told),
			  void *context)
{
	for (size_t i = 0; i < guide->result_count; i++)
		if (guide->results[i].picture && !each(context, guide->results[i].picture, false))
			return false;
	return true;
}

static bool each_of_story(const struct story *story, bool (*each)(void *context, const char *picture, bool told),
			  void *context)
{
	for (size_t i = 0; i < story->part_count; i++)
		if (story->parts[i].picture && !each(context, story->parts[i].picture, true))
			return false;
	return true;
}

bool source_each_picture(const struct source *source, bool (*each)(void *context, const char *picture, bool told),
			 void *context)
{
	const struct bundle *bundle = &source->bundle;

	for (size_t i = 0; i < bundle->topic_count; i++)
		if (bundle->topics[i].picture && !each(context, bundle->topics[i].picture, false))
			return false;
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		for (size_t i = 0; i < bundle->items[kind].count; i++) {
			const struct item_entry *entry = &bundle->items[kind].entries[i];
			const union item_any *text = &source->items[kind][i].texts[source->source_language];

			if ((entry->picture && !each(context, entry->picture, false)) ||
			    (kind == ITEM_GUIDE && !each_of_guide(&text->guide, each, context)) ||
			    (kind == ITEM_STORY && !each_of_story(&text->story, each, context)))
				return false;
		}
	}
	return true;
}

/* How a picture is shown. */
struct showing {
	const char *name;
	bool shown, untold;
};

static bool note_showing(void *context, const char *picture, bool told)
{
	struct showing *showing = context;

	if (strcmp(picture, showing->name) == 0) {
		showing->shown = true;
		showing->untold = showing->untold || !told;
	}
	return true;
}

/* pictures/texts.yaml; *root is NULL when it is not there, or was refused. */
static bool read_texts(struct source *source, const struct reading *in, const struct tree **root, struct err *err)
{
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, in, TREE_BYTES_MAX, true, &bytes, &loaded, err);

	*root = ok && loaded ? tree_read(in, bytes.len ? bytes.data : "", bytes.len, 1) : NULL;
	buf_finish(&bytes);
	if (*root && (*root)->kind != TREE_MAP) {
		fault_error(in->faults, in->path, (*root)->line,
			    "this must be a map of pictures, such as topic-work.svg");
		*root = NULL;
	}
	return ok;
}

static void check_names(const struct source *source, const struct reading *in, const struct tree *texts)
{
	for (const struct tree *node = texts ? texts->first : NULL; node; node = node->next)
		if (!source_has(&source->pictures, node->key))
			fault_error(in->faults, in->path, node->key_line, "there is no file pictures/%s%s", node->key,
				    reading_suggest(in, node->key, source->pictures.names, source->pictures.count));
}

/* Names ascend, so the lists do. */
static void keep_texts(struct source *source, const struct reading *in, const struct tree *root, const char *name)
{
	const char *texts[LANGUAGES_MAX] = {0};

	source_texts(source, in, root, name, PICTURE_TEXT_CHARS, true, texts);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct alts *alts = &source->alts[i];

		if (texts[i])
			alts->pictures[alts->count++] = (struct alt){name, texts[i]};
	}
}

static bool read_picture(struct source *source, const struct reading *in, const struct tree *texts, const char *name,
			 struct err *err)
{
	const char *path = source_path(source, "pictures/%s", name);
	struct showing showing = {.name = name};

	if (!document_picture_valid(name)) {
		fault_error(source->faults, path, 1,
			    "the kiosk shows no such picture; allowed: SVG, named by letters, digits and -, then .svg");
		return true;
	}
	source_each_picture(source, note_showing, &showing);
	if (!showing.shown)
		fault_warning(source->faults, path, 1, "nothing shows this picture");
	else if (!check_picture(source, name, err))
		return false;
	if (tree_find(texts, name))
		keep_texts(source, in, texts, name);
	else if (showing.untold)
		fault_error(source->faults, path, 1,
			    "the picture has no text for those who do not see it; add %s to " PICTURE_TEXTS, name);
	return true;
}

bool source_read_pictures(struct source *source, struct err *err)
{
	struct reading in = source_reading(source, PICTURE_TEXTS);
	size_t count = source->pictures.count;
	const struct tree *texts;

	if (!read_texts(source, &in, &texts, err))
		return false;
	check_names(source, &in, texts);
	if (count > ALTS_MAX)
		return err_set(err, ERR_LIMIT, "%zu pictures; at most %d are allowed", count, ALTS_MAX);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		source->alts[i].pictures = arena_array(&source->arena, count ? count : 1, sizeof(struct alt));
		if (!source->alts[i].pictures)
			return err_memory(err);
	}
	for (size_t i = 0; i < count; i++)
		if (!read_picture(source, &in, texts, source->pictures.names[i], err))
			return false;
	return true;
}
