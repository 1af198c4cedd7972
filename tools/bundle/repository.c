#include "bundle/repository.h"

#include "base/clock.h"
#include "base/file.h"
#include "trust/metadata_write.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_S          INT64_C(86400)
#define NAME_MAX_BYTES 1024

/* One publication on its way. */
struct publication {
	int dir; /* the repository */
	const struct keys *keys;
	const struct repository_terms *terms;
	int64_t now_utc_s;
	struct trust *root;              /* under which is published */
	struct trust *old;               /* what is published now; nothing but a root when the repository is new */
	bool resign;                     /* that was signed under an older root */
	struct metadata_targets targets; /* to be published */
	struct arena arena;
	struct repository_report *report;
};

/* ---- what is there */

static bool read_metadata(const struct publication *p, enum metadata_role role, struct buf *bytes, struct err *err)
{
	struct trust_request request;
	char path[NAME_MAX_BYTES];

	trust_request(p->old, role, &request);
	snprintf(path, sizeof(path), "metadata/%s", request.name);
	return file_read(p->dir, path, request.limit, bytes, err);
}

static bool check_old(struct publication *p, struct buf *bytes, struct err *err)
{
	bool fresh;

	if (!trust_timestamp(p->old, bytes->data, bytes->len, &fresh, err))
		return err_context(err, "metadata/timestamp.json");
	if (!read_metadata(p, METADATA_SNAPSHOT, bytes, err))
		return false;
	if (!trust_snapshot(p->old, bytes->data, bytes->len, err))
		return err_context(err, "snapshot");
	if (!read_metadata(p, METADATA_TARGETS, bytes, err))
		return false;
	return trust_targets(p->old, bytes->data, bytes->len, err) || err_context(err, "targets");
}

/* What is published, verified like a kiosk does it under one root, but for expiry: what has expired is what publishing
 * renews. Versions go on from what is really ours. */
static bool read_under(struct publication *p, const struct buf *root, const struct buf *timestamp, struct err *err)
{
	struct buf bytes = {0};
	bool ok;

	trust_close(p->old);
	p->old = NULL;
	if (!trust_open(root->data, root->len, 0, &p->old, err) || !trust_settle(p->old, err))
		return err_context(err, "root.json of the keys");
	if (timestamp->len == 0)
		return true;
	ok = (buf_append(&bytes, timestamp->data, timestamp->len) || err_memory(err)) && check_old(p, &bytes, err);
	buf_finish(&bytes);
	return ok;
}

static bool read_timestamp(const struct publication *p, struct buf *timestamp, struct err *err)
{
	struct err why;

	if (file_read(p->dir, "metadata/timestamp.json", metadata_limit(METADATA_TIMESTAMP), timestamp, &why) ||
	    why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

/* Under the root in force, else under the newest before it that fits. */
static bool read_old(struct publication *p, struct err *err)
{
	const struct keys *keys = p->keys;
	struct buf timestamp = {0};
	struct err unused;
	bool ok;

	if (!read_timestamp(p, &timestamp, err))
		return false;
	ok = read_under(p, &keys->root, &timestamp, err);
	for (size_t i = 0; i < keys->older_count && !ok; i++)
		ok = p->resign = read_under(p, &keys->older[i], &timestamp, &unused);
	buf_finish(&timestamp);
	return ok || err_context(err, "what is published there is damaged or was signed by other keys");
}

/* ---- what shall be there */

static bool check_path(const char *path, struct err *err)
{
	size_t plain = strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

	return (plain > 0 && path[plain] == '\0' && plain < METADATA_PATH_MAX) ||
	       err_set(err, ERR_FORMAT, "%s: a name has 1 to %d of the characters A-Z a-z 0-9 . _ / -", path,
		       METADATA_PATH_MAX - 1);
}

static bool list_targets(struct publication *p, const struct bundle_files *files, struct err *err)
{
	struct metadata_target *list = arena_array(&p->arena, files->count + 1, sizeof(*list));
	char sha256[SHA256_HEX_MAX];

	if (!list)
		return err_memory(err);
	if (files->count > METADATA_TARGETS_MAX)
		return err_set(err, ERR_LIMIT, "%zu files, more than the %d allowed", files->count,
			       METADATA_TARGETS_MAX);
	for (size_t i = 0; i < files->count; i++) {
		const struct bundle_file *file = &files->files[i];

		if (!check_path(file->path, err) || !sha256_hex(file->bytes.data, file->bytes.len, sha256, err))
			return false;
		list[i] = (struct metadata_target){file->path, arena_text(&p->arena, sha256, strlen(sha256)),
						   (int64_t)file->bytes.len};
		if (!list[i].sha256)
			return err_memory(err);
	}
	p->targets = (struct metadata_targets){list, files->count, p->now_utc_s};
	return true;
}

/* Both lists are sorted by path. */
static void compare(struct publication *p)
{
	const struct metadata_targets *old = trust_all(p->old), *new = &p->targets;
	size_t i = 0, k = 0;

	while (i < old->count || k < new->count) {
		int order = i == old->count   ? 1
			    : k == new->count ? -1
					      : strcmp(old->targets[i].path, new->targets[k].path);

		p->report->removed += order < 0;
		p->report->added += order > 0;
		p->report->changed += order == 0 && strcmp(old->targets[i].sha256, new->targets[k].sha256) != 0;
		i += order <= 0;
		k += order >= 0;
	}
}

/* ---- writing */

/* The bytes in a file of the repository; what is there already and right is left alone. */
static bool put(const struct publication *p, const char *path, const void *bytes, size_t len, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char folder[NAME_MAX_BYTES];
	struct buf there = {0};
	struct err unused;
	bool ok;
	int fd;

	ok = file_read(p->dir, path, len, &there, &unused) && there.len == len &&
	     (len == 0 || memcmp(there.data, bytes, len) == 0);
	buf_finish(&there);
	if (ok)
		return true;
	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	if (!file_open_dir(p->dir, folder, true, &fd, err))
		return false;
	ok = file_write(fd, slash + 1, bytes, len, 0644, err);
	close(fd);
	return ok || err_context(err, "%s", folder);
}

static bool put_targets(const struct publication *p, const struct bundle_files *files, struct err *err)
{
	char name[NAME_MAX_BYTES - 16], path[NAME_MAX_BYTES];

	for (size_t i = 0; i < files->count; i++) {
		if (!trust_target_path(p->root, &p->targets.targets[i], name, sizeof(name), err))
			return false;
		snprintf(path, sizeof(path), "targets/%s", name);
		if (!put(p, path, files->files[i].bytes.data, files->files[i].bytes.len, err))
			return false;
	}
	return true;
}

/* A root that is published stays as it is: kiosks may have it. */
static bool put_root(const struct publication *p, const struct buf *root, int64_t version, struct err *err)
{
	char path[NAME_MAX_BYTES];
	struct buf there = {0};
	struct err why;
	bool other;

	snprintf(path, sizeof(path), "metadata/%lld.root.json", (long long)version);
	other = file_read(p->dir, path, metadata_limit(METADATA_ROOT), &there, &why)
			? there.len != root->len || memcmp(there.data, root->data, root->len) != 0
			: why.code != ERR_MISSING;
	buf_finish(&there);
	if (other)
		return err_set(err, ERR_FORMAT, "%s is not the root.json of the keys", path);
	return put(p, path, root->data, root->len, err);
}

/* Oldest first, so that a kiosk never meets a gap. */
static bool put_roots(const struct publication *p, struct err *err)
{
	int64_t version = trust_version(p->root, METADATA_ROOT);

	for (size_t i = p->keys->older_count; i-- > 0;)
		if (!put_root(p, &p->keys->older[i], version - 1 - (int64_t)i, err))
			return false;
	return put_root(p, &p->keys->root, version, err);
}

static int64_t next_version(const struct publication *p, enum metadata_role role)
{
	int64_t there = trust_version(p->old, role), floor = p->terms->floors[role];

	return (there > floor ? there : floor) + (p->resign || p->terms->jump ? REPOSITORY_JUMP : 1);
}

static int64_t expiry(const struct publication *p, enum metadata_role role)
{
	return p->now_utc_s + p->terms->days[role] * DAY_S;
}

/* Signs a part and writes it as `version`; *named says how the next file names it. Takes `part`. */
static bool put_signed(struct publication *p, enum metadata_role role, int64_t version, struct json *part,
		       struct metadata_file *named, struct err *err)
{
	static const char *const names[] = {[METADATA_TIMESTAMP] = "timestamp.json",
					    [METADATA_SNAPSHOT] = "snapshot.json",
					    [METADATA_TARGETS] = "targets.json"};
	struct buf bytes = {0};
	char path[NAME_MAX_BYTES];
	bool ok;

	if (role == METADATA_TIMESTAMP)
		snprintf(path, sizeof(path), "metadata/timestamp.json");
	else
		snprintf(path, sizeof(path), "metadata/%lld.%s", (long long)version, names[role]);
	ok = metadata_sign(part, &p->keys->private[role], 1, &bytes, err) &&
	     metadata_describe(names[role], version, &bytes, named, err);
	if (ok && bytes.len > metadata_limit(role))
		ok = err_set(err, ERR_LIMIT, "%s: %zu bytes, more than the %zu a kiosk takes", path, bytes.len,
			     metadata_limit(role));
	ok = ok && put(p, path, bytes.data, bytes.len, err);
	p->report->versions[role] = version;
	p->report->expires_utc_s[role] = expiry(p, role);
	json_destroy(part);
	buf_finish(&bytes);
	return ok;
}

/* How the old file is named, when it stays. */
static bool name_old(const struct publication *p, enum metadata_role role, const char *name,
		     struct metadata_file *named, struct err *err)
{
	struct buf bytes = {0};
	bool ok = read_metadata(p, role, &bytes, err) &&
		  metadata_describe(name, trust_version(p->old, role), &bytes, named, err);

	p->report->versions[role] = trust_version(p->old, role);
	p->report->expires_utc_s[role] = trust_expires(p->old, role);
	buf_finish(&bytes);
	return ok;
}

static bool put_targets_json(struct publication *p, struct metadata_file *named, struct err *err)
{
	int64_t version = next_version(p, METADATA_TARGETS);
	struct json *part;

	return metadata_write_targets(version, expiry(p, METADATA_TARGETS), &p->targets, &part, err) &&
	       put_signed(p, METADATA_TARGETS, version, part, named, err);
}

static bool put_snapshot(struct publication *p, struct metadata_file *named, struct err *err)
{
	int64_t version = next_version(p, METADATA_SNAPSHOT);
	struct json *part;

	return metadata_write_snapshot(version, expiry(p, METADATA_SNAPSHOT), named, &part, err) &&
	       put_signed(p, METADATA_SNAPSHOT, version, part, named, err);
}

static bool put_timestamp(struct publication *p, struct metadata_file *named, struct err *err)
{
	int64_t version = next_version(p, METADATA_TIMESTAMP);
	struct json *part;

	return metadata_write_timestamp(version, expiry(p, METADATA_TIMESTAMP), named, &part, err) &&
	       put_signed(p, METADATA_TIMESTAMP, version, part, named, err);
}

static bool put_metadata(struct publication *p, bool new_targets, struct err *err)
{
	struct metadata_file named;

	return put_roots(p, err) &&
	       (new_targets ? put_targets_json(p, &named, err)
			    : name_old(p, METADATA_TARGETS, "targets.json", &named, err)) &&
	       put_snapshot(p, &named, err) && put_timestamp(p, &named, err);
}

/* ---- all of it */

/* A kiosk's clock is never before the last publication it took, so the next one must not be older, whatever this
 * machine's clock says. */
static void set_time(struct publication *p)
{
	int64_t last_utc_s = trust_all(p->old)->published_utc_s;

	p->report->ahead = last_utc_s > p->now_utc_s + DAY_S;
	if (last_utc_s > p->now_utc_s)
		p->now_utc_s = last_utc_s;
}

/* No kiosk takes what an expired root stands behind. */
static bool check_root(const struct publication *p, struct err *err)
{
	int64_t expires_utc_s = trust_expires(p->root, METADATA_ROOT);
	char expired[CLOCK_UTC_MAX];

	if (expires_utc_s > p->now_utc_s)
		return true;
	clock_format_utc(expires_utc_s, expired);
	return err_set(err, ERR_EXPIRED, "root.json of the keys expired at %s: no kiosk would take this", expired);
}

/* Whether less than a part of its life is left. */
static bool expires_soon(const struct publication *p, enum metadata_role role, int64_t part)
{
	return trust_expires(p->old, role) - p->now_utc_s < p->terms->days[role] * DAY_S / part;
}

static bool check_newest(const struct publication *p, struct err *err)
{
	struct trust_request request;
	char path[NAME_MAX_BYTES];
	struct buf newer = {0};
	struct err unused;
	bool ok;

	trust_request(p->root, METADATA_ROOT, &request);
	snprintf(path, sizeof(path), "metadata/%s", request.name);
	ok = !file_read(p->dir, path, request.limit, &newer, &unused) || keys_check_newest(p->keys, &newer, err);
	buf_finish(&newer);
	return ok;
}

static bool begin(struct publication *p, struct err *err)
{
	if (!trust_open(p->keys->root.data, p->keys->root.len, 0, &p->root, err))
		return err_context(err, "root.json of the keys");
	if (!check_newest(p, err) || !read_old(p, err))
		return false;
	set_time(p);
	p->report->versions[METADATA_ROOT] = trust_version(p->root, METADATA_ROOT);
	p->report->expires_utc_s[METADATA_ROOT] = trust_expires(p->root, METADATA_ROOT);
	return check_root(p, err);
}

static bool publish(struct publication *p, const struct bundle_files *files, struct err *err)
{
	struct repository_report *report = p->report;
	bool first, changed;

	if (!begin(p, err) || !list_targets(p, files, err))
		return false;
	compare(p);
	first = trust_version(p->old, METADATA_TARGETS) == 0;
	changed = report->added + report->changed + report->removed > 0;
	report->files = files->count;
	report->renewed = !first && !changed && (p->resign || expires_soon(p, METADATA_TARGETS, 4));
	return put_targets(p, files, err) && put_metadata(p, first || changed || report->renewed, err);
}

static bool refresh(struct publication *p, struct err *err)
{
	struct metadata_file named;
	bool same;

	if (!begin(p, err))
		return false;
	if (trust_version(p->old, METADATA_TARGETS) == 0)
		return err_set(err, ERR_MISSING, "nothing is published there yet");
	if (p->resign)
		return err_set(err, ERR_USAGE,
			       "root.json of the keys is new: publish once, so that all is signed under it");
	if (trust_expires(p->old, METADATA_TARGETS) <= p->now_utc_s)
		return err_set(err, ERR_EXPIRED, "the list of files has expired, and only publishing renews it");
	p->report->files = trust_all(p->old)->count;
	same = !expires_soon(p, METADATA_SNAPSHOT, 2);
	return name_old(p, METADATA_TARGETS, "targets.json", &named, err) &&
	       (same ? name_old(p, METADATA_SNAPSHOT, "snapshot.json", &named, err) : put_snapshot(p, &named, err)) &&
	       put_timestamp(p, &named, err);
}

/* One publisher at a time. `files` NULL: a refresh. */
static bool locked(const char *path, struct publication *p, const struct bundle_files *files, struct err *err)
{
	bool ok;

	*p->report = (struct repository_report){0};
	if (!file_open_dir(AT_FDCWD, path, files != NULL, &p->dir, err))
		return false;
	if (flock(p->dir, LOCK_EX | LOCK_NB) != 0)
		ok = errno == EWOULDBLOCK ? err_set(err, ERR_BUSY, "another publisher is writing here")
					  : err_errno(err, "lock");
	else
		ok = files ? publish(p, files, err) : refresh(p, err);
	trust_close(p->root);
	trust_close(p->old);
	arena_finish(&p->arena);
	close(p->dir);
	return ok || err_context(err, "%s", path);
}

bool repository_publish(const char *path, const struct bundle_files *files, const struct keys *keys,
			const struct repository_terms *terms, int64_t now_utc_s, struct repository_report *report,
			struct err *err)
{
	struct publication p = {.keys = keys, .terms = terms, .now_utc_s = now_utc_s, .report = report};

	return locked(path, &p, files, err);
}

bool repository_refresh(const char *path, const struct keys *keys, const struct repository_terms *terms,
			int64_t now_utc_s, struct repository_report *report, struct err *err)
{
	struct publication p = {.keys = keys, .terms = terms, .now_utc_s = now_utc_s, .report = report};

	return locked(path, &p, NULL, err);
}
