#include "trust/role.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct role *role_read(const char *name, const char sha256[SHA256_HEX_MAX], const struct metadata *metadata,
		       struct arena *arena, struct err *err)
{
	struct role *role = arena_alloc(arena, sizeof(*role));

	if (!role) {
		err_memory(err);
		return NULL;
	}
	role->name = name;
	memcpy(role->sha256, sha256, sizeof(role->sha256));
	if (!metadata_read_targets(metadata, arena, &role->targets, err) ||
	    !metadata_read_delegations(metadata, arena, &role->delegations, err))
		return NULL;
	role->given = arena_array(arena, role->delegations.count + 1, sizeof(struct role *));
	if (!role->given)
		err_memory(err);
	return role->given ? role : NULL;
}

/* ---- one path */

struct search {
	const char *path;
	char sha256[SHA256_HEX_MAX];
	const char *visited[1 + ROLE_VISITED_MAX];
	size_t count;
	struct role_found *found;
};

static bool was_visited(const struct search *search, const char *name)
{
	for (size_t i = 0; i < search->count; i++)
		if (strcmp(search->visited[i], name) == 0)
			return true;
	return false;
}

static bool visit(struct search *search, struct role *role);

/* True when the search is over. */
static bool follow(struct search *search, struct role *role, size_t i)
{
	if (was_visited(search, role->delegations.roles[i].name))
		return false;
	if (search->count > ROLE_VISITED_MAX) {
		search->found->stopped = true;
		return true;
	}
	if (!role->given[i]) {
		search->found->wants = role;
		search->found->delegation = i;
		return true;
	}
	return visit(search, role->given[i]);
}

/* Recursive, but never deeper than ROLE_VISITED_MAX. */
static bool visit(struct search *search, struct role *role)
{
	search->visited[search->count++] = role->name;
	search->found->target = metadata_find_target(&role->targets, search->path);
	if (search->found->target)
		return true;
	for (size_t i = 0; i < role->delegations.count; i++) {
		const struct metadata_delegation *delegation = &role->delegations.roles[i];

		if (!metadata_delegation_covers(delegation, search->path, search->sha256))
			continue;
		if (follow(search, role, i) || delegation->terminating)
			return true;
	}
	return false;
}

bool role_find(struct role *top, const char *path, struct role_found *out, struct err *err)
{
	struct search search = {.path = path, .found = out};

	*out = (struct role_found){0};
	if (!sha256_hex(path, strlen(path), search.sha256, err))
		return false;
	visit(&search, top);
	return true;
}

/* ---- all paths */

void role_next(struct role *top, struct role **wants, size_t *delegation)
{
	for (struct role *role = top; role; role = role->next)
		for (size_t i = 0; i < role->delegations.count; i++)
			if (!role->given[i]) {
				*wants = role;
				*delegation = i;
				return;
			}
	*wants = NULL;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t count_all(const struct role *top)
{
	size_t count = 0;

	for (const struct role *role = top; role; role = role->next)
		count += role->targets.count;
	return count;
}

static const char **list_paths(const struct role *top, struct arena *arena, size_t count)
{
	const char **paths = arena_array(arena, count + 1, sizeof(*paths));
	size_t n = 0;

	for (const struct role *role = top; paths && role; role = role->next)
		for (size_t i = 0; i < role->targets.count; i++)
			paths[n++] = role->targets.targets[i].path;
	if (paths)
		qsort(paths, n, sizeof(*paths), compare_paths);
	return paths;
}

bool role_all(struct role *top, struct arena *arena, struct metadata_targets *out, struct err *err)
{
	size_t count = count_all(top);
	const char **paths = list_paths(top, arena, count);
	struct role_found found;

	*out = (struct metadata_targets){.published_utc_s = top->targets.published_utc_s};
	out->targets = arena_array(arena, count + 1, sizeof(*out->targets));
	if (!paths || !out->targets)
		return err_memory(err);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && strcmp(paths[i - 1], paths[i]) == 0)
			continue;
		if (!role_find(top, paths[i], &found, err))
			return false;
		assert(!found.wants && !found.stopped);
		if (found.target)
			out->targets[out->count++] = *found.target;
	}
	return true;
}
