#include "sync/refresh.h"

#include "base/array.h"
#include "base/file.h"
#include "base/log.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *const kept_names[] = {
	[METADATA_ROOT] = "root.json",
	[METADATA_TIMESTAMP] = "timestamp.json",
	[METADATA_SNAPSHOT] = "snapshot.json",
	[METADATA_TARGETS] = "targets.json",
};
static_assert(ARRAY_LEN(kept_names) == METADATA_ROLE_COUNT, "a role has no row");

static bool keep(const struct refresh *refresh, const char *name, const struct buf *bytes, struct err *err)
{
	return file_write(refresh->kept, name, bytes->data, bytes->len, 0644, err);
}

/* Empty when there is none, or none that this program can have written. A disk that does not read is a failure: what is
 * not seen does not bind, and old metadata could come back (go-tuf GHSA-66x3-6cw3-v5gj). */
static bool read_kept(const struct refresh *refresh, const char *name, enum metadata_role role, struct buf *bytes,
		      struct err *err)
{
	struct err why;

	if (file_read(refresh->kept, name, metadata_limit(role), bytes, &why))
		return true;
	buf_clear(bytes);
	if (why.code == ERR_MISSING || why.code == ERR_LIMIT)
		return true;
	*err = why;
	return false;
}

static bool fetch_metadata(const struct refresh *refresh, const struct trust_request *request, struct buf *bytes,
			   struct err *err)
{
	char path[FETCH_PATH_MAX];

	snprintf(path, sizeof(path), "%s%s", refresh->prefix, request->name);
	return fetch_bytes(refresh->fetch, path, request->limit, bytes, err);
}

/* ---- root */

static void open_kept_root(const struct refresh *refresh, const struct buf *bytes, struct trust **out)
{
	struct err why;

	if (bytes->len > 0 && !trust_open(bytes->data, bytes->len, refresh->now_utc_s, out, &why))
		log_warn("the kept root.json is damaged (%s); starting over from the one that came with the program",
			 why.text);
}

/* The newer of the kept root and the one that came with the program, which is then kept. */
static bool open_root(struct refresh *refresh, struct err *err)
{
	struct trust *kept = NULL, *came = NULL;
	struct buf bytes = {0};
	struct err why;
	bool ok = read_kept(refresh, "root.json", METADATA_ROOT, &bytes, err);

	if (!ok)
		return false;
	open_kept_root(refresh, &bytes, &kept);
	buf_finish(&bytes);
	if (!trust_open(refresh->root->data, refresh->root->len, refresh->now_utc_s, &came, &why) && !kept) {
		if (refresh->root->len == 0)
			return err_set(err, ERR_MISSING,
				       "there is no first root.json to trust; copy root.json from the folder of keys");
		*err = why;
		return err_context(err, "the first root.json to trust");
	}
	if (came && (!kept || trust_version(came, METADATA_ROOT) > trust_version(kept, METADATA_ROOT))) {
		trust_close(kept);
		refresh->trust = came;
		return keep(refresh, "root.json", refresh->root, err);
	}
	trust_close(came);
	refresh->trust = kept;
	return true;
}

/* The next root, if there is one; *more is false when not. */
static bool next_root(struct refresh *refresh, struct buf *bytes, bool *more, struct err *err)
{
	struct trust_request request;
	struct err why;

	trust_request(refresh->trust, METADATA_ROOT, &request);
	if (!fetch_metadata(refresh, &request, bytes, &why)) {
		*more = false;
		if (why.code == ERR_MISSING)
			return true;
		*err = why;
		return false;
	}
	*more = true;
	if (!trust_root(refresh->trust, bytes->data, bytes->len, err))
		return err_context(err, "%s%s", refresh->prefix, request.name);
	return keep(refresh, "root.json", bytes, err);
}

static bool refresh_root(struct refresh *refresh, struct err *err)
{
	struct buf bytes = {0};
	bool more = true, ok = open_root(refresh, err);

	while (ok && more && trust_root_wanted(refresh->trust))
		ok = next_root(refresh, &bytes, &more, err);
	buf_finish(&bytes);
	return ok && trust_settle(refresh->trust, err);
}

/* ---- timestamp */

static bool refresh_timestamp(struct refresh *refresh, const struct buf *old, struct err *err)
{
	struct trust_request request;
	struct buf bytes = {0};
	bool fresh = false, ok;

	if (old->len > 0)
		trust_remember(refresh->trust, METADATA_TIMESTAMP, old->data, old->len);
	trust_request(refresh->trust, METADATA_TIMESTAMP, &request);
	ok = fetch_metadata(refresh, &request, &bytes, err);
	if (ok && !trust_timestamp(refresh->trust, bytes.data, bytes.len, &fresh, err))
		ok = err_context(err, "%s%s", refresh->prefix, request.name);
	ok = ok && (!fresh || keep(refresh, "timestamp.json", &bytes, err));
	buf_finish(&bytes);
	return ok;
}

/* ---- snapshot and targets */

static bool accept(struct refresh *refresh, enum metadata_role role, const struct buf *bytes, struct err *err)
{
	return role == METADATA_SNAPSHOT ? trust_snapshot(refresh->trust, bytes->data, bytes->len, err)
					 : trust_targets(refresh->trust, bytes->data, bytes->len, err);
}

/* The kept bytes when they are still what is named; else *bytes becomes what the source has. */
static bool refresh_named(struct refresh *refresh, enum metadata_role role, struct buf *bytes, struct err *err)
{
	struct trust_request request;
	struct err unused;

	if (bytes->len > 0 && accept(refresh, role, bytes, &unused))
		return true;
	trust_request(refresh->trust, role, &request);
	if (!fetch_metadata(refresh, &request, bytes, err))
		return false;
	if (!accept(refresh, role, bytes, err))
		return err_context(err, "%s%s", refresh->prefix, request.name);
	return keep(refresh, kept_names[role], bytes, err);
}

static bool read_named(struct refresh *refresh, enum metadata_role role, struct buf *bytes, struct err *err)
{
	return read_kept(refresh, kept_names[role], role, bytes, err);
}

static bool refresh_rest(struct refresh *refresh, struct buf *timestamp, struct buf *snapshot, struct err *err)
{
	if (!read_named(refresh, METADATA_TIMESTAMP, timestamp, err) ||
	    !read_named(refresh, METADATA_SNAPSHOT, snapshot, err) ||
	    !read_named(refresh, METADATA_TARGETS, &refresh->targets, err))
		return false;
	if (snapshot->len > 0)
		trust_remember(refresh->trust, METADATA_SNAPSHOT, snapshot->data, snapshot->len);
	return refresh_timestamp(refresh, timestamp, err) && refresh_named(refresh, METADATA_SNAPSHOT, snapshot, err) &&
	       refresh_named(refresh, METADATA_TARGETS, &refresh->targets, err);
}

bool refresh_top(struct refresh *refresh, struct err *err)
{
	struct buf timestamp = {0}, snapshot = {0};
	bool ok = refresh_root(refresh, err) && refresh_rest(refresh, &timestamp, &snapshot, err);

	buf_finish(&timestamp);
	buf_finish(&snapshot);
	return ok;
}

/* ---- delegated targets */

/* The kept bytes when they are still right; else what the source has. */
static bool refresh_role(struct refresh *refresh, const struct trust_role *role, struct buf *bytes, struct err *err)
{
	struct err unused;

	if (!read_kept(refresh, role->kept, METADATA_TARGETS, bytes, err))
		return false;
	if (bytes->len > 0 && trust_give(refresh->trust, role, bytes->data, bytes->len, &unused))
		return true;
	if (!fetch_metadata(refresh, &role->request, bytes, err))
		return false;
	if (!trust_give(refresh->trust, role, bytes->data, bytes->len, err))
		return err_context(err, "%s%s", refresh->prefix, role->request.name);
	return keep(refresh, role->kept, bytes, err);
}

/* All roles on the way to `path`; NULL: all there are. */
static bool refresh_roles(struct refresh *refresh, const char *path, struct err *err)
{
	struct trust_role role;
	struct buf bytes = {0};
	bool wants = true, ok = true;

	while (ok && wants)
		ok = trust_wants(refresh->trust, path, &role, &wants, err) &&
		     (!wants || refresh_role(refresh, &role, &bytes, err));
	buf_finish(&bytes);
	return ok;
}

bool refresh_find(struct refresh *refresh, const char *path, const struct metadata_target **out, struct err *err)
{
	return refresh_roles(refresh, path, err) && trust_find(refresh->trust, path, out, err);
}

static bool refresh_delegated(struct refresh *refresh, struct err *err)
{
	if (!refresh_roles(refresh, NULL, err) || !trust_resolve(refresh->trust, err))
		return false;
	buf_clear(&refresh->targets);
	return trust_write_all(refresh->trust, &refresh->targets, err);
}

/* Old roles would pile up over the years. */
static bool drop_unused(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct refresh *refresh = context;
	size_t len = strlen(name);

	if (is_dir || len < strlen(".json") || strcmp(name + len - strlen(".json"), ".json") != 0)
		return true;
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++)
		if (strcmp(name, kept_names[role]) == 0)
			return true;
	return trust_follows(refresh->trust, name) || file_remove(refresh->kept, name, err);
}

bool refresh_run(struct refresh *refresh, struct err *err)
{
	return refresh_top(refresh, err) && (!trust_delegates(refresh->trust) || refresh_delegated(refresh, err)) &&
	       file_list(refresh->kept, ".", drop_unused, refresh, err);
}

void refresh_finish(struct refresh *refresh)
{
	trust_close(refresh->trust);
	buf_finish(&refresh->targets);
	refresh->trust = NULL;
}
