#include "bundle/history.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_BYTES 1024
#define HASH_CHARS 64

/* ---- which versions there are */

static bool read_number(int dir, const char *name, enum metadata_role role, const char *needed, int64_t *version,
			struct err *err)
{
	const struct metadata_file *file;
	struct metadata metadata = {0};
	struct metadata_files files;
	struct arena arena = {0};
	struct buf bytes = {0};
	bool ok = file_read(dir, name, metadata_limit(role), &bytes, err) &&
		  ((metadata_parse(role, bytes.data, bytes.len, &metadata, err) &&
		    metadata_read_files(&metadata, needed, &arena, &files, err)) ||
		   err_context(err, "%s", name));

	file = ok ? metadata_find_file(&files, needed) : NULL;
	*version = file ? file->version : 0;
	metadata_finish(&metadata);
	arena_finish(&arena);
	buf_finish(&bytes);
	return ok;
}

static bool current(int dir, enum metadata_role role, int64_t *version, struct err *err)
{
	char name[NAME_BYTES];
	struct err why;

	*version = 0;
	if (!read_number(dir, "metadata/timestamp.json", METADATA_TIMESTAMP, "snapshot.json", version, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	if (role == METADATA_SNAPSHOT)
		return true;
	snprintf(name, sizeof(name), "metadata/%lld.snapshot.json", (long long)*version);
	return read_number(dir, name, METADATA_SNAPSHOT, "targets.json", version, err);
}

bool history_current(const char *path, enum metadata_role role, int64_t *version, struct err *err)
{
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return false;
	ok = current(dir, role, version, err);
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* The versions of one kind of file, newest first. */
struct versions {
	const char *ending; /* ".targets.json" */
	int64_t *list;
	size_t count, cap;
};

static bool add_version(void *context, const char *name, bool is_dir, struct err *err)
{
	struct versions *versions = context;
	size_t digits = strspn(name, "0123456789");
	int64_t *longer;

	if (is_dir || digits == 0 || digits > 16 || strcmp(name + digits, versions->ending) != 0)
		return true;
	if (versions->count == versions->cap) {
		versions->cap = versions->cap * 2 + 16;
		longer = realloc(versions->list, versions->cap * sizeof(*longer));
		if (!longer)
			return err_memory(err);
		versions->list = longer;
	}
	versions->list[versions->count++] = strtoll(name, NULL, 10);
	return true;
}

static int compare_versions(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? 1 : one > other ? -1 : 0;
}

/* Those up to `newest`: what is above was never published. Caller frees out->list, also after a failure. */
static bool find_versions(int dir, const char *ending, int64_t newest, struct versions *out, struct err *err)
{
	size_t above = 0;

	*out = (struct versions){.ending = ending};
	if (!file_list(dir, "metadata", add_version, out, err))
		return false;
	if (out->count > 0)
		qsort(out->list, out->count, sizeof(*out->list), compare_versions);
	while (above < out->count && out->list[above] > newest)
		above++;
	out->count -= above;
	if (above > 0)
		memmove(out->list, out->list + above, out->count * sizeof(*out->list));
	return true;
}

/* ---- the content of a version */

/* Signed by the targets key of one of our roots. */
static bool verify(const struct metadata *targets, const struct keys *keys, struct err *err)
{
	bool ok = false;

	for (size_t i = 0; i <= keys->older_count && !ok; i++) {
		const struct buf *bytes = i == 0 ? &keys->root : &keys->older[i - 1];
		struct metadata metadata = {0};
		struct metadata_root root;
		struct arena arena = {0};

		ok = metadata_parse(METADATA_ROOT, bytes->data, bytes->len, &metadata, err) &&
		     metadata_read_root(&metadata, &arena, &root, err) &&
		     metadata_verify(targets, &root, METADATA_TARGETS, err);
		metadata_finish(&metadata);
		arena_finish(&arena);
	}
	return ok;
}

static bool read_targets(int dir, const struct keys *keys, int64_t version, struct arena *arena,
			 struct metadata_targets *out, struct err *err)
{
	struct metadata metadata = {0};
	struct buf bytes = {0};
	char name[NAME_BYTES];
	bool ok;

	snprintf(name, sizeof(name), "metadata/%lld.targets.json", (long long)version);
	ok = file_read(dir, name, metadata_limit(METADATA_TARGETS), &bytes, err);
	if (!ok && err->code == ERR_MISSING)
		err_set(err, ERR_MISSING, "is not kept (undo --list tells which versions are)");
	ok = ok && ((metadata_parse(METADATA_TARGETS, bytes.data, bytes.len, &metadata, err) &&
		     (!keys || verify(&metadata, keys, err)) && metadata_read_targets(&metadata, arena, out, err)) ||
		    err_context(err, "%s", name));
	metadata_finish(&metadata);
	buf_finish(&bytes);
	return ok;
}

static void target_path(const struct metadata_target *target, char out[NAME_BYTES])
{
	const char *slash = strrchr(target->path, '/'), *name = slash ? slash + 1 : target->path;

	snprintf(out, NAME_BYTES, "targets/%.*s%s.%s", (int)(name - target->path), target->path, target->sha256, name);
}

static bool load_file(int dir, const struct metadata_target *target, struct bundle_file *out, struct err *err)
{
	char path[NAME_BYTES], sha256[SHA256_HEX_MAX];

	target_path(target, path);
	out->path = strdup(target->path);
	if (!out->path)
		return err_memory(err);
	if (!file_read(dir, path, (size_t)target->len, &out->bytes, err) ||
	    !sha256_hex(out->bytes.data, out->bytes.len, sha256, err))
		return false;
	return strcmp(sha256, target->sha256) == 0 || err_set(err, ERR_HASH, "%s is damaged", path);
}

static bool load_all(int dir, const struct metadata_targets *targets, struct bundle_files *out, struct err *err)
{
	struct bundle_file *list = calloc(targets->count + 1, sizeof(*list));

	if (!list)
		return err_memory(err);
	out->files = list;
	for (size_t i = 0; i < targets->count; i++) {
		out->count++;
		if (!load_file(dir, &targets->targets[i], &list[i], err))
			return false;
	}
	return true;
}

static bool load(int dir, const struct keys *keys, int64_t version, struct bundle_files *out, struct err *err)
{
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	bool ok = read_targets(dir, keys, version, &arena, &targets, err) && load_all(dir, &targets, out, err);

	arena_finish(&arena);
	return ok;
}

bool history_load(const char *path, const struct keys *keys, int64_t version, struct bundle_files *out, struct err *err)
{
	bool ok;
	int dir;

	*out = (struct bundle_files){0};
	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return false;
	ok = load(dir, keys, version, out, err);
	close(dir);
	if (ok)
		return true;
	bundle_files_finish(out);
	*out = (struct bundle_files){0};
	return err_context(err, "%s: version %lld", path, (long long)version);
}

static bool same_content(const struct metadata_targets *a, const struct metadata_targets *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; i < a->count && same; i++)
		same = strcmp(a->targets[i].path, b->targets[i].path) == 0 &&
		       strcmp(a->targets[i].sha256, b->targets[i].sha256) == 0;
	return same;
}

static bool find_previous(int dir, int64_t *version, struct err *err)
{
	struct metadata_targets now = {0}, then = {0};
	struct versions versions = {0};
	struct arena arena = {0};
	int64_t newest;
	bool ok = current(dir, METADATA_TARGETS, &newest, err) &&
		  find_versions(dir, ".targets.json", newest, &versions, err) &&
		  read_targets(dir, NULL, newest, &arena, &now, err);

	*version = 0;
	for (size_t i = 1; ok && i < versions.count && *version == 0; i++) {
		ok = read_targets(dir, NULL, versions.list[i], &arena, &then, err);
		if (ok && !same_content(&now, &then))
			*version = versions.list[i];
	}
	if (ok && *version == 0)
		ok = err_set(err, ERR_MISSING, "no earlier content is kept there");
	free(versions.list);
	arena_finish(&arena);
	return ok;
}

bool history_previous(const char *path, int64_t *version, struct err *err)
{
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return false;
	ok = find_previous(dir, version, err);
	close(dir);
	return ok || err_context(err, "%s", path);
}

static bool list_all(int dir, struct buf *out, struct err *err)
{
	struct versions versions = {0};
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	char published[CLOCK_UTC_MAX];
	int64_t newest;
	bool ok = current(dir, METADATA_TARGETS, &newest, err) &&
		  find_versions(dir, ".targets.json", newest, &versions, err);

	for (size_t i = 0; ok && i < versions.count; i++) {
		ok = read_targets(dir, NULL, versions.list[i], &arena, &targets, err);
		if (!ok)
			break;
		clock_format_utc(targets.published_utc_s, published);
		ok = buf_printf(out,
				ngettext("version %lld  %s  %zu file%s\n", "version %lld  %s  %zu files%s\n",
					 targets.count),
				(long long)versions.list[i], published, targets.count,
				versions.list[i] == newest ? _("  (now)") : "") ||
		     err_memory(err);
	}
	free(versions.list);
	arena_finish(&arena);
	return ok;
}

bool history_list(const char *path, struct buf *out, struct err *err)
{
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return false;
	ok = list_all(dir, out, err);
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* ---- taking away */

struct pruning {
	int dir;
	const struct history_gone *gone;
	size_t *count;
	char **kept; /* sorted: paths of files that a kept version names */
	size_t kept_count, kept_cap;
	const char *folder; /* being walked */
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool reserve(struct pruning *pruning, size_t more, struct err *err)
{
	size_t cap = pruning->kept_count + more;
	char **longer = cap > pruning->kept_cap ? realloc(pruning->kept, cap * sizeof(*longer)) : pruning->kept;

	if (cap > pruning->kept_cap && !longer)
		return err_memory(err);
	pruning->kept = longer;
	pruning->kept_cap = cap > pruning->kept_cap ? cap : pruning->kept_cap;
	return true;
}

static bool keep_targets(struct pruning *pruning, int64_t version, struct err *err)
{
	struct metadata_targets targets = {0};
	struct arena arena = {0};
	bool ok = read_targets(pruning->dir, NULL, version, &arena, &targets, err) &&
		  reserve(pruning, targets.count + 1, err);

	for (size_t i = 0; ok && i < targets.count; i++) {
		char path[NAME_BYTES], *copy;

		target_path(&targets.targets[i], path);
		copy = strdup(path);
		ok = copy || err_memory(err);
		if (ok)
			pruning->kept[pruning->kept_count++] = copy;
	}
	arena_finish(&arena);
	return ok;
}

static bool take_away(struct pruning *pruning, const char *path, struct err *err)
{
	if (pruning->gone && !pruning->gone->tell(pruning->gone->context, path, err))
		return false;
	++*pruning->count;
	return file_remove(pruning->dir, path, err);
}

/* "<sha256>.<name>": anything else in there is not ours. */
static bool is_object(const char *name)
{
	return strspn(name, "0123456789abcdef") == HASH_CHARS && name[HASH_CHARS] == '.';
}

static bool walk(void *context, const char *name, bool is_dir, struct err *err)
{
	struct pruning *pruning = context;
	const char *folder = pruning->folder;
	char path[NAME_BYTES], *key = path;
	bool ok = true;
	int n = snprintf(path, sizeof(path), "%s/%s", folder, name);

	if (n < 0 || n >= NAME_BYTES)
		return err_set(err, ERR_LIMIT, "%s: the path is too long", folder);
	if (is_dir) {
		pruning->folder = path;
		ok = file_list(pruning->dir, path, walk, pruning, err);
		pruning->folder = folder;
	} else if (is_object(name) && !(pruning->kept_count > 0 && bsearch(&key, pruning->kept, pruning->kept_count,
									   sizeof(key), compare_texts))) {
		ok = take_away(pruning, path, err);
	}
	return ok;
}

/* Of one kind of metadata all but the newest; `keep`: what the kept ones name is kept too. */
static bool prune_metadata(struct pruning *pruning, const char *ending, int64_t newest, bool keep, struct err *err)
{
	struct versions versions = {0};
	char path[NAME_BYTES];
	bool ok = find_versions(pruning->dir, ending, newest, &versions, err);

	for (size_t i = 0; ok && i < versions.count; i++) {
		snprintf(path, sizeof(path), "metadata/%lld%s", (long long)versions.list[i], ending);
		if (i >= HISTORY_KEPT)
			ok = take_away(pruning, path, err);
		else if (keep)
			ok = keep_targets(pruning, versions.list[i], err);
	}
	free(versions.list);
	return ok;
}

static bool prune(struct pruning *pruning, struct err *err)
{
	int64_t snapshot, targets;

	if (!current(pruning->dir, METADATA_SNAPSHOT, &snapshot, err) ||
	    !current(pruning->dir, METADATA_TARGETS, &targets, err) ||
	    !prune_metadata(pruning, ".snapshot.json", snapshot, false, err) ||
	    !prune_metadata(pruning, ".targets.json", targets, true, err))
		return false;
	if (pruning->kept_count > 0)
		qsort(pruning->kept, pruning->kept_count, sizeof(*pruning->kept), compare_texts);
	pruning->folder = "targets";
	return file_list(pruning->dir, "targets", walk, pruning, err);
}

bool history_prune(const char *path, const struct history_gone *gone, size_t *count, struct err *err)
{
	struct pruning pruning = {.gone = gone, .count = count};
	bool ok;

	*count = 0;
	if (!file_open_dir(AT_FDCWD, path, false, &pruning.dir, err))
		return false;
	ok = prune(&pruning, err);
	for (size_t i = 0; i < pruning.kept_count; i++)
		free(pruning.kept[i]);
	free(pruning.kept);
	close(pruning.dir);
	return ok || err_context(err, "%s", path);
}
