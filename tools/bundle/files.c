#include "bundle/files.h"

#include "base/file.h"
#include "trust/metadata.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_BYTES_MAX (64u << 20)

struct walk {
	int dir;
	const char *folder; /* being walked; "" is the bundle itself */
	struct bundle_files *out;
	size_t cap;
};

static struct bundle_file *add(struct walk *walk, const char *path)
{
	struct bundle_files *out = walk->out;

	if (out->count == walk->cap) {
		size_t cap = walk->cap * 2 + 64;
		struct bundle_file *longer = realloc(out->files, cap * sizeof(*longer));

		if (!longer)
			return NULL;
		out->files = longer;
		walk->cap = cap;
	}
	out->files[out->count] = (struct bundle_file){.path = strdup(path)};
	return out->files[out->count].path ? &out->files[out->count++] : NULL;
}

static bool each(void *context, const char *name, bool is_dir, struct err *err)
{
	struct walk *walk = context;
	const char *folder = walk->folder;
	char path[METADATA_PATH_MAX];
	struct bundle_file *file;
	bool ok;
	int n = snprintf(path, sizeof(path), "%s%s%s", folder, folder[0] ? "/" : "", name);

	if (n < 0 || (size_t)n >= sizeof(path) || walk->out->count == METADATA_TARGETS_MAX)
		return err_set(err, ERR_LIMIT, "%s: too long a name, or too many files", name);
	if (is_dir) {
		walk->folder = path;
		ok = file_list(walk->dir, path, each, walk, err);
		walk->folder = folder;
		return ok;
	}
	file = add(walk, path);
	return file ? file_read(walk->dir, path, FILE_BYTES_MAX, &file->bytes, err) : err_memory(err);
}

static int compare(const void *a, const void *b)
{
	const struct bundle_file *one = a, *other = b;

	return strcmp(one->path, other->path);
}

bool files_read(const char *path, struct bundle_files *out, struct err *err)
{
	struct walk walk = {.folder = "", .out = out};
	bool ok, found = false;

	*out = (struct bundle_files){0};
	if (!file_open_dir(AT_FDCWD, path, false, &walk.dir, err))
		return false;
	ok = file_list(walk.dir, ".", each, &walk, err);
	close(walk.dir);
	if (ok && out->count > 0)
		qsort(out->files, out->count, sizeof(*out->files), compare);
	for (size_t i = 0; i < out->count && !found; i++)
		found = strcmp(out->files[i].path, "bundle.json") == 0;
	if (ok && !found)
		ok = err_set(err, ERR_FORMAT, "is neither a repository, a bundle nor a folder of content");
	if (ok)
		return true;
	bundle_files_finish(out);
	return err_context(err, "%s", path);
}
