#include "bundle/import_site.h"

#include "base/file.h"
#include "content/document.h"

#include <string.h>

bool import_site_load(int dir, const char *path, size_t limit, bool optional, struct buf *out, struct err *err)
{
	struct err why = {0};

	if (file_read(dir, path, limit, out, &why) || (optional && why.code == ERR_MISSING))
		return true;
	*err = why;
	return false;
}

bool import_site_tree(const struct reading *in, int dir, bool optional, const struct tree **out, struct err *err)
{
	struct buf bytes = {0};
	bool ok = import_site_load(dir, in->path, TREE_BYTES_MAX, optional, &bytes, err);

	reading_unix(&bytes);
	*out = ok && bytes.len > 0 && reading_utf8(in, bytes.data, bytes.len) ? tree_read(in, bytes.data, bytes.len, 1)
									      : NULL;
	buf_finish(&bytes);
	return ok;
}

static bool read_languages(const struct tree *root, struct import_site *site, struct err *err)
{
	const struct tree *source = tree_find(root, "source");
	const struct tree *languages = tree_find(root, "languages");

	if (!source || source->kind != TREE_TEXT || !languages || languages->kind != TREE_LIST)
		return err_set(err, ERR_FORMAT, "site.yaml lacks source or languages; check the folder first");
	site->languages[site->language_count++] = source->text;
	for (const struct tree *node = languages->first; node && site->language_count < LANGUAGES_MAX;
	     node = node->next) {
		const struct tree *code = tree_find(node, "code");

		if (code && code->kind == TREE_TEXT && strcmp(code->text, source->text) != 0)
			site->languages[site->language_count++] = code->text;
	}
	return true;
}

bool import_site_read(int dir, struct faults *faults, struct arena *arena, struct import_site *site, struct err *err)
{
	struct reading site_in = {"site.yaml", faults, arena, NULL};
	struct reading activities_in = {"activities.yaml", faults, arena, NULL};
	const struct tree *root;
	const struct tree *activities;

	*site = (struct import_site){0};
	if (!import_site_tree(&site_in, dir, false, &root, err) || !read_languages(root, site, err) ||
	    !import_site_tree(&activities_in, dir, true, &activities, err))
		return false;
	site->activities = arena_array(arena, ACTIVITIES_MAX, sizeof(*site->activities));
	if (!site->activities)
		return err_memory(err);
	for (const struct tree *node = activities ? activities->first : NULL;
	     node && site->activity_count < ACTIVITIES_MAX; node = node->next)
		if (node->key)
			site->activities[site->activity_count++] = node->key;
	return true;
}
