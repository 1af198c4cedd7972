/* What a targets file lists, and to whom it delegates. */
#include "trust/metadata_inside.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static bool read_target(const struct json *json, struct arena *arena, struct metadata_target *out, struct err *err)
{
	const char *path = json_key(json), *sha256;

	if (path[0] == '\0' || strlen(path) >= METADATA_PATH_MAX)
		return err_set(err, ERR_LIMIT, "a path has 1 to %d bytes", METADATA_PATH_MAX - 1);
	if (!json_get_integer(json, "length", 0, INT64_C(1) << 53, &out->len, err) ||
	    !metadata_read_sha256(json, &sha256, err))
		return false;
	out->path = metadata_keep(arena, path);
	out->sha256 = metadata_keep(arena, sha256);
	return (out->path && out->sha256) || err_memory(err);
}

static int compare_targets(const void *a, const void *b)
{
	const struct metadata_target *x = a, *y = b;

	return strcmp(x->path, y->path);
}

bool metadata_read_targets(const struct metadata *metadata, struct arena *arena, struct metadata_targets *out,
			   struct err *err)
{
	const struct json *all, *each;

	*out = (struct metadata_targets){0};
	if (json_find(metadata->part, "x-vejviser-published") &&
	    !metadata_read_time(metadata->part, "x-vejviser-published", &out->published_utc_s, err))
		return false;
	if (!json_get_object(metadata->part, "targets", &all, err))
		return false;
	if (json_count(all) > METADATA_TARGETS_MAX)
		return err_set(err, ERR_LIMIT, "targets: more than the %d allowed", METADATA_TARGETS_MAX);
	out->targets = arena_array(arena, json_count(all) + 1, sizeof(*out->targets));
	if (!out->targets)
		return err_memory(err);
	for (each = json_first(all); each; each = json_next(each))
		if (!read_target(each, arena, &out->targets[out->count++], err))
			return err_context(err, "targets");
	qsort(out->targets, out->count, sizeof(*out->targets), compare_targets);
	return true;
}

const struct metadata_target *metadata_find_target(const struct metadata_targets *targets, const char *path)
{
	struct metadata_target wanted = {.path = path};

	if (targets->count == 0)
		return NULL;
	return bsearch(&wanted, targets->targets, targets->count, sizeof(wanted), compare_targets);
}

/* ---- delegations */

static bool is_top_level(const char *name)
{
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++)
		if (strcmp(name, metadata_name(role)) == 0)
			return true;
	return false;
}

static bool read_name(const struct json *json, const struct metadata_delegations *before, struct arena *arena,
		      struct metadata_delegation *out, struct err *err)
{
	const char *name;

	if (!json_get_text(json, "name", TEXT_MAX, &name, err))
		return false;
	if (name[0] == '\0' || is_top_level(name))
		return err_set(err, ERR_FORMAT, "a delegated role needs a name of its own");
	for (size_t i = 0; i < before->count; i++)
		if (strcmp(before->roles[i].name, name) == 0)
			return err_set(err, ERR_FORMAT, "the same role stands there twice");
	out->name = metadata_keep(arena, name);
	return out->name || err_memory(err);
}

static bool is_hash_prefix(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && len < SHA256_HEX_MAX && strspn(text, "0123456789abcdef") == len;
}

/* "paths" or "path_hash_prefixes", one of them. */
static bool read_patterns(const struct json *json, struct arena *arena, struct metadata_delegation *out,
			  struct err *err)
{
	const struct json *list, *each;
	const char *text;

	out->by_hash = json_find(json, "path_hash_prefixes") != NULL;
	if (out->by_hash == (json_find(json, "paths") != NULL))
		return err_set(err, ERR_FORMAT, "either paths or path_hash_prefixes must be there");
	if (!json_get_array(json, out->by_hash ? "path_hash_prefixes" : "paths", METADATA_PATTERNS_MAX, &list, err))
		return false;
	out->patterns = arena_array(arena, json_count(list) + 1, sizeof(*out->patterns));
	if (!out->patterns)
		return err_memory(err);
	for (each = json_first(list); each; each = json_next(each)) {
		if (!json_get_text(each, NULL, METADATA_PATH_MAX - 1, &text, err))
			return false;
		if (out->by_hash && !is_hash_prefix(text))
			return err_set(err, ERR_FORMAT, "path_hash_prefixes: 1 to 64 hex digits are allowed");
		out->patterns[out->pattern_count] = metadata_keep(arena, text);
		if (!out->patterns[out->pattern_count++])
			return err_memory(err);
	}
	return true;
}

static bool read_delegation(const struct json *json, struct arena *arena, struct metadata_delegations *all,
			    struct err *err)
{
	struct metadata_delegation *out = &all->roles[all->count];

	if (!read_name(json, all, arena, out, err) || !metadata_read_signers(json, arena, &out->signers, err) ||
	    !json_get_bool(json, "terminating", &out->terminating, err) || !read_patterns(json, arena, out, err))
		return false;
	all->count++;
	return true;
}

bool metadata_read_delegations(const struct metadata *metadata, struct arena *arena, struct metadata_delegations *out,
			       struct err *err)
{
	const struct json *box, *list, *each;
	size_t patterns = 0;

	*out = (struct metadata_delegations){0};
	if (!json_find(metadata->part, "delegations"))
		return true;
	if (!json_get_object(metadata->part, "delegations", &box, err) ||
	    !metadata_read_keys(box, arena, &out->keys, &out->key_count, err) ||
	    !json_get_array(box, "roles", METADATA_DELEGATIONS_MAX, &list, err))
		return err_context(err, "delegations");
	out->roles = arena_array(arena, json_count(list) + 1, sizeof(*out->roles));
	if (!out->roles)
		return err_memory(err);
	for (each = json_first(list); each; each = json_next(each)) {
		if (!read_delegation(each, arena, out, err))
			return err_context(err, "delegations");
		patterns += out->roles[out->count - 1].pattern_count;
		if (patterns > METADATA_PATTERNS_MAX)
			return err_set(err, ERR_LIMIT, "delegations: more than the %d patterns allowed",
				       METADATA_PATTERNS_MAX);
	}
	return true;
}

bool metadata_delegation_covers(const struct metadata_delegation *delegation, const char *path, const char *path_sha256)
{
	for (size_t i = 0; i < delegation->pattern_count; i++) {
		const char *pattern = delegation->patterns[i];

		if (delegation->by_hash ? strncmp(path_sha256, pattern, strlen(pattern)) == 0
					: fnmatch(pattern, path, FNM_PATHNAME | FNM_NOESCAPE) == 0)
			return true;
	}
	return false;
}
