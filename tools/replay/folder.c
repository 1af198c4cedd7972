#include "replay/folder.h"

#include "base/crypto.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct folder_file {
	const char *path;
	char sha256[SHA256_HEX_MAX];
	int64_t len;
	bool amended;
	struct buf bytes; /* of an amended one */
};

struct folder {
	int dir;
	struct arena arena; /* paths */
	struct folder_file *files;
	size_t count, capacity;
};

/* One level of folders while they are listed. */
struct level {
	struct folder *folder;
	const char *path; /* "" at the top */
	int depth;
};

static bool add_hash(struct folder_file *file, const void *bytes, size_t len, struct err *err)
{
	file->len = (int64_t)len;
	return sha256_hex(bytes, len, file->sha256, err);
}

static bool add_file(struct folder *folder, const char *path, struct err *err)
{
	if (folder->count == FOLDER_FILES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d files", FOLDER_FILES_MAX);
	if (folder->count == folder->capacity) {
		size_t capacity = folder->capacity ? folder->capacity * 2 : 64;
		struct folder_file *files = realloc(folder->files, capacity * sizeof(files[0]));
		if (!files)
			return err_memory(err);
		folder->files = files;
		folder->capacity = capacity;
	}
	struct folder_file file = {.path = path};
	struct buf bytes = {0};
	bool ok = file_read(folder->dir, path, FOLDER_BYTES_MAX, &bytes, err) &&
		  add_hash(&file, bytes.data ? bytes.data : "", bytes.len, err);
	buf_finish(&bytes);
	if (ok)
		folder->files[folder->count++] = file;
	return ok;
}

static bool add_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	struct level *level = context;
	struct folder *folder = level->folder;
	const char *path = arena_printf(&folder->arena, "%s%s%s", level->path, level->path[0] ? "/" : "", name);

	if (!path)
		return err_memory(err);
	if (!is_dir)
		return add_file(folder, path, err);
	if (level->depth == FOLDER_LEVELS_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d folders in each other", path, FOLDER_LEVELS_MAX);
	struct level below = {folder, path, level->depth + 1};
	return file_list(folder->dir, path, add_entry, &below, err);
}

bool folder_open(const char *path, struct folder **out, struct err *err)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	if (!folder)
		return err_memory(err);
	folder->dir = -1;
	struct level top = {folder, "", 1};
	if (!file_open_dir(AT_FDCWD, path, false, &folder->dir, err) ||
	    !file_list(folder->dir, ".", add_entry, &top, err)) {
		folder_close(folder);
		return err_context(err, "%s", path);
	}
	*out = folder;
	return true;
}

void folder_close(struct folder *folder)
{
	if (!folder)
		return;
	for (size_t i = 0; i < folder->count; i++)
		buf_finish(&folder->files[i].bytes);
	free(folder->files);
	arena_finish(&folder->arena);
	if (folder->dir >= 0)
		close(folder->dir);
	free(folder);
}

static bool read_bytes(const struct folder *folder, const struct folder_file *file, size_t limit, struct buf *out,
		       struct err *err)
{
	if (!file->amended)
		return file_read(folder->dir, file->path, limit, out, err);
	buf_clear(out);
	if (file->bytes.len > limit)
		return err_set(err, ERR_LIMIT, "%s: larger than %zu bytes", file->path, limit);
	return buf_append(out, file->bytes.data, file->bytes.len) || err_memory(err);
}

static bool read_object(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct folder *folder = context;

	for (size_t i = 0; i < folder->count; i++)
		if (strcmp(folder->files[i].sha256, sha256) == 0)
			return read_bytes(folder, &folder->files[i], limit, out, err);
	return err_set(err, ERR_MISSING, "no file has the hash %s", sha256);
}

struct content_objects folder_objects(struct folder *folder)
{
	return (struct content_objects){read_object, folder};
}

static bool replace_all(const char *text, const char *old, const char *new, struct buf *out, struct err *err)
{
	bool found = false;

	for (const char *at; (at = strstr(text, old)); text = at + strlen(old)) {
		if (!buf_append(out, text, (size_t)(at - text)) || !buf_append_text(out, new))
			return err_memory(err);
		found = true;
	}
	if (!found)
		return err_set(err, ERR_MISSING, "\"%s\" is not in it", old);
	return buf_append_text(out, text) || err_memory(err);
}

static bool amend(struct folder *folder, struct folder_file *file, const char *old, const char *new, struct err *err)
{
	struct buf before = {0}, after = {0};
	bool ok = read_bytes(folder, file, FOLDER_BYTES_MAX, &before, err) &&
		  replace_all(before.data ? before.data : "", old, new, &after, err) &&
		  add_hash(file, after.data, after.len, err);

	buf_finish(&before);
	if (!ok) {
		buf_finish(&after);
		return false;
	}
	buf_finish(&file->bytes);
	file->bytes = after;
	file->amended = true;
	return true;
}

bool folder_amend(struct folder *folder, const char *file, const char *old, const char *new, struct err *err)
{
	if (!old[0])
		return err_set(err, ERR_USAGE, "%s: nothing to look for", file);
	for (size_t i = 0; i < folder->count; i++)
		if (strcmp(folder->files[i].path, file) == 0)
			return amend(folder, &folder->files[i], old, new, err) || err_context(err, "%s", file);
	return err_set(err, ERR_MISSING, "%s: not in the bundle", file);
}

bool folder_remove(struct folder *folder, const char *file, struct err *err)
{
	for (size_t i = 0; i < folder->count; i++) {
		if (strcmp(folder->files[i].path, file) != 0)
			continue;
		buf_finish(&folder->files[i].bytes);
		folder->files[i] = folder->files[--folder->count];
		return true;
	}
	return err_set(err, ERR_MISSING, "%s: not in the bundle", file);
}

bool folder_index(struct folder *folder, int64_t published_utc_s, const char *path, struct err *err)
{
	struct content_target *targets = calloc(folder->count + 1, sizeof(*targets));

	if (!targets)
		return err_memory(err);
	for (size_t i = 0; i < folder->count; i++) {
		const struct folder_file *file = &folder->files[i];
		targets[i] = (struct content_target){file->path, file->sha256, file->len};
	}
	bool ok = content_index_build(targets, folder->count, folder_objects(folder), published_utc_s, path, err);
	free(targets);
	return ok;
}
