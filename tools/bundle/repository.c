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
	const struct repository_lifetimes *lifetimes;
	int64_t now_utc_s;
	struct trust *old;               /* what is published now; nothing but a root when the repository is new */
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

/* Verified like a kiosk does it, but for expiry: what has expired is what publishing renews. Versions go on from what
 * is really ours. */
static bool read_old(struct publication *p, struct err *err)
{
	struct buf bytes = {0};
	struct err why;
	bool ok;

	if (!trust_open(p->keys->root.data, p->keys->root.len, 0, &p->old, err) || !trust_settle(p->old, err))
		return err_context(err, "root.json of the keys");
	if (!read_metadata(p, METADATA_TIMESTAMP, &bytes, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	ok = check_old(p, &bytes, err) ||
	     err_context(err, "what is published there is damaged or was signed by other keys");
	buf_finish(&bytes);
	return ok;
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

static bool note(struct publication *p, size_t *counter, const char *what, const char *path, struct err *err)
{
	++*counter;
	return buf_printf(&p->report->changes, "%-8s %s\n", what, path) || err_memory(err);
}

/* Both lists are sorted by path. */
static bool compare(struct publication *p, struct err *err)
{
	const struct metadata_targets *old = trust_all(p->old), *new = &p->targets;
	size_t i = 0, k = 0;
	bool ok = true;

	while (ok && (i < old->count || k < new->count)) {
		int order = i == old->count   ? 1
			    : k == new->count ? -1
					      : strcmp(old->targets[i].path, new->targets[k].path);

		if (order < 0)
			ok = note(p, &p->report->removed, "removed", old->targets[i].path, err);
		else if (order > 0)
			ok = note(p, &p->report->added, "added", new->targets[k].path, err);
		else if (strcmp(old->targets[i].sha256, new->targets[k].sha256) != 0)
			ok = note(p, &p->report->changed, "changed", new->targets[k].path, err);
		i += order <= 0;
		k += order >= 0;
	}
	return ok;
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
		if (!trust_target_path(p->old, &p->targets.targets[i], name, sizeof(name), err))
			return false;
		snprintf(path, sizeof(path), "targets/%s", name);
		if (!put(p, path, files->files[i].bytes.data, files->files[i].bytes.len, err))
			return false;
	}
	return true;
}

/* A root that is published stays as it is: kiosks may have it. */
static bool put_root(const struct publication *p, struct err *err)
{
	const struct buf *root = &p->keys->root;
	char path[NAME_MAX_BYTES];
	struct buf there = {0};
	struct err why;
	bool other;

	snprintf(path, sizeof(path), "metadata/%lld.root.json", (long long)trust_version(p->old, METADATA_ROOT));
	other = file_read(p->dir, path, metadata_limit(METADATA_ROOT), &there, &why)
			? there.len != root->len || memcmp(there.data, root->data, root->len) != 0
			: why.code != ERR_MISSING;
	buf_finish(&there);
	if (other)
		return err_set(err, ERR_FORMAT, "%s is not the root.json of the keys", path);
	return put(p, path, root->data, root->len, err);
}

static int64_t expiry(const struct publication *p, enum metadata_role role)
{
	return p->now_utc_s + p->lifetimes->days[role] * DAY_S;
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
	json_destroy(part);
	buf_finish(&bytes);
	return ok;
}

/* How the old targets.json is named, when it stays. */
static bool name_old_targets(const struct publication *p, struct metadata_file *named, struct err *err)
{
	struct buf bytes = {0};
	bool ok = read_metadata(p, METADATA_TARGETS, &bytes, err) &&
		  metadata_describe("targets.json", trust_version(p->old, METADATA_TARGETS), &bytes, named, err);

	p->report->versions[METADATA_TARGETS] = trust_version(p->old, METADATA_TARGETS);
	buf_finish(&bytes);
	return ok;
}

static bool put_targets_json(struct publication *p, struct metadata_file *named, struct err *err)
{
	int64_t version = trust_version(p->old, METADATA_TARGETS) + 1;
	struct json *part;

	return metadata_write_targets(version, expiry(p, METADATA_TARGETS), &p->targets, &part, err) &&
	       put_signed(p, METADATA_TARGETS, version, part, named, err);
}

static bool put_metadata(struct publication *p, bool new_targets, struct err *err)
{
	int64_t snapshot = trust_version(p->old, METADATA_SNAPSHOT) + 1,
		timestamp = trust_version(p->old, METADATA_TIMESTAMP) + 1;
	struct metadata_file named;
	struct json *part;

	if (!put_root(p, err) || !(new_targets ? put_targets_json(p, &named, err) : name_old_targets(p, &named, err)))
		return false;
	if (!metadata_write_snapshot(snapshot, expiry(p, METADATA_SNAPSHOT), &named, &part, err) ||
	    !put_signed(p, METADATA_SNAPSHOT, snapshot, part, &named, err))
		return false;
	return metadata_write_timestamp(timestamp, expiry(p, METADATA_TIMESTAMP), &named, &part, err) &&
	       put_signed(p, METADATA_TIMESTAMP, timestamp, part, &named, err);
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
	int64_t expires_utc_s = trust_expires(p->old, METADATA_ROOT);
	char expired[CLOCK_UTC_MAX];

	if (expires_utc_s > p->now_utc_s)
		return true;
	clock_format_utc(expires_utc_s, expired);
	return err_set(err, ERR_EXPIRED, "root.json of the keys expired at %s: no kiosk would take this", expired);
}

/* Whether less than a quarter of a targets.json's life is left. */
static bool expires_soon(const struct publication *p)
{
	int64_t expires_utc_s = trust_expires(p->old, METADATA_TARGETS);

	return expires_utc_s - p->now_utc_s < p->lifetimes->days[METADATA_TARGETS] * DAY_S / 4;
}

static bool publish(struct publication *p, const struct bundle_files *files, struct err *err)
{
	struct repository_report *report = p->report;
	bool first, changed;

	if (!read_old(p, err))
		return false;
	set_time(p);
	if (!check_root(p, err) || !list_targets(p, files, err) || !compare(p, err))
		return false;
	first = trust_version(p->old, METADATA_TARGETS) == 0;
	changed = report->added + report->changed + report->removed > 0;
	report->files = files->count;
	report->renewed = !first && !changed && expires_soon(p);
	report->versions[METADATA_ROOT] = trust_version(p->old, METADATA_ROOT);
	return put_targets(p, files, err) && put_metadata(p, first || changed || report->renewed, err);
}

bool repository_publish(const char *path, const struct bundle_files *files, const struct keys *keys,
			const struct repository_lifetimes *lifetimes, int64_t now_utc_s,
			struct repository_report *report, struct err *err)
{
	struct publication p = {.keys = keys, .lifetimes = lifetimes, .now_utc_s = now_utc_s, .report = report};
	bool ok;

	*report = (struct repository_report){0};
	if (!file_open_dir(AT_FDCWD, path, true, &p.dir, err))
		return false;
	if (flock(p.dir, LOCK_EX | LOCK_NB) != 0)
		ok = errno == EWOULDBLOCK ? err_set(err, ERR_BUSY, "another publisher is writing here")
					  : err_errno(err, "lock");
	else
		ok = publish(&p, files, err);
	trust_close(p.old);
	arena_finish(&p.arena);
	close(p.dir);
	return ok || err_context(err, "%s", path);
}
