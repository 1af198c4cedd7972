#include "sync/refresh.h"

#include "base/file.h"
#include "base/log.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_KEPT 32 /* bytes of "timestamp.json" and the like */

static void kept_name(enum metadata_role role, char name[NAME_MAX_KEPT])
{
	snprintf(name, NAME_MAX_KEPT, "%s.json", metadata_name(role));
}

static bool keep(const struct refresh *refresh, enum metadata_role role, const struct buf *bytes, struct err *err)
{
	char name[NAME_MAX_KEPT];

	kept_name(role, name);
	return file_write(refresh->kept, name, bytes->data, bytes->len, 0644, err);
}

/* Empty when there is none, or none that this program can have written. A disk that does not read is a failure: what is
 * not seen does not bind, and old metadata could come back (go-tuf GHSA-66x3-6cw3-v5gj). */
static bool read_kept(const struct refresh *refresh, enum metadata_role role, struct buf *bytes, struct err *err)
{
	char name[NAME_MAX_KEPT];
	struct err why;

	kept_name(role, name);
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
	bool ok = read_kept(refresh, METADATA_ROOT, &bytes, err);

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
		return keep(refresh, METADATA_ROOT, refresh->root, err);
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
	return keep(refresh, METADATA_ROOT, bytes, err);
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
	ok = ok && (!fresh || keep(refresh, METADATA_TIMESTAMP, &bytes, err));
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
	return keep(refresh, role, bytes, err);
}

static bool refresh_rest(struct refresh *refresh, struct buf *timestamp, struct buf *snapshot, struct err *err)
{
	if (!read_kept(refresh, METADATA_TIMESTAMP, timestamp, err) ||
	    !read_kept(refresh, METADATA_SNAPSHOT, snapshot, err) ||
	    !read_kept(refresh, METADATA_TARGETS, &refresh->targets, err))
		return false;
	if (snapshot->len > 0)
		trust_remember(refresh->trust, METADATA_SNAPSHOT, snapshot->data, snapshot->len);
	return refresh_timestamp(refresh, timestamp, err) && refresh_named(refresh, METADATA_SNAPSHOT, snapshot, err) &&
	       refresh_named(refresh, METADATA_TARGETS, &refresh->targets, err);
}

bool refresh_run(struct refresh *refresh, struct err *err)
{
	struct buf timestamp = {0}, snapshot = {0};
	bool ok = refresh_root(refresh, err) && refresh_rest(refresh, &timestamp, &snapshot, err);

	buf_finish(&timestamp);
	buf_finish(&snapshot);
	return ok;
}

void refresh_finish(struct refresh *refresh)
{
	trust_close(refresh->trust);
	buf_finish(&refresh->targets);
	refresh->trust = NULL;
}
