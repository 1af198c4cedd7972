#include "base/array.h"
#include "bundle/source_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS     "texts.yaml"
#define ALT_CHARS 160
#define SIDE_MIN  16   /* of a viewBox: less is a pictogram, or a mistake */
#define SIDE_MAX  4320 /* more than any screen has */
#define FLAT_MAX  6    /* how many times wider than high, or higher than wide */

bool source_list_pictures(struct source *source, struct err *err)
{
	struct source_names *pictures = &source->pictures;
	size_t count = 0;

	if (!source_list(source, source->dir, "pictures", false, pictures, err))
		return false;
	for (size_t i = 0; i < pictures->count; i++)
		if (strcmp(pictures->names[i], TEXTS) != 0)
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

/* A picture is shown as it is, so it may only be a picture. */
static bool check_picture(struct source *source, const char *name, struct err *err)
{
	static const char *const refused[] = {"<!DOCTYPE", "<!ENTITY",    "<script", "<foreignObject",
					      "<image",    "href=\"http", "<text"};
	struct reading in = source_reading(source, source_path(source, "pictures/%s", name));
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, &in, PICTURE_BYTES_MAX, false, &bytes, &loaded, err);

	if (ok && loaded && (bytes.len == 0 || !strstr(bytes.data, "<svg")))
		fault_error(in.faults, in.path, 1, "this is not an SVG picture");
	else if (ok && loaded)
		check_box(&in, bytes.data);
	for (size_t i = 0; ok && loaded && bytes.len > 0 && i < ARRAY_LEN(refused); i++)
		if (strstr(bytes.data, refused[i]))
			fault_error(in.faults, in.path, 1, "a picture may not hold \"%s\"", refused[i]);
	buf_finish(&bytes);
	return ok;
}

static bool is_shown(const struct bundle *bundle, const char *name)
{
	for (size_t i = 0; i < bundle->topic_count; i++)
		if (bundle->topics[i].picture && strcmp(bundle->topics[i].picture, name) == 0)
			return true;
	for (size_t kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < bundle->items[kind].count; i++)
			if (bundle->items[kind].entries[i].picture &&
			    strcmp(bundle->items[kind].entries[i].picture, name) == 0)
				return true;
	return false;
}

/* pictures/texts.yaml: what each picture shows, for those who do not see it. */
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

static void check_texts(struct source *source, const struct reading *in, const struct tree *root)
{
	for (const struct tree *node = root ? root->first : NULL; node; node = node->next) {
		const char *texts[LANGUAGES_MAX] = {0};

		if (source_has(&source->pictures, node->key))
			source_texts(source, in, root, node->key, ALT_CHARS, true, texts);
		else
			fault_error(in->faults, in->path, node->key_line, "there is no file pictures/%s%s", node->key,
				    reading_suggest(in, node->key, source->pictures.names, source->pictures.count));
	}
}

bool source_read_pictures(struct source *source, struct err *err)
{
	struct reading in = source_reading(source, "pictures/" TEXTS);
	const struct tree *texts;

	if (!read_texts(source, &in, &texts, err))
		return false;
	check_texts(source, &in, texts);
	for (size_t i = 0; i < source->pictures.count; i++) {
		const char *name = source->pictures.names[i];
		const char *path = source_path(source, "pictures/%s", name);

		if (!document_picture_valid(name)) {
			fault_error(
				source->faults, path, 1,
				"the kiosk shows no such picture; allowed: SVG, named by letters, digits and -, then "
				".svg");
			continue;
		}
		if (!is_shown(&source->bundle, name))
			fault_warning(source->faults, path, 1, "nothing shows this picture");
		else if (!check_picture(source, name, err))
			return false;
		else if (!tree_find(texts, name))
			fault_error(source->faults, path, 1,
				    "the picture has no text for those who do not see it; add %s to pictures/" TEXTS,
				    name);
	}
	return true;
}
