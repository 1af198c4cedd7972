#include "bundle/mirror.h"

#include "base/file.h"
#include "base/message.h"
#include "bundle/history.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_BYTES 1024
#define TIMESTAMP  "metadata/timestamp.json"

struct mirror {
	struct upload *upload;
	const struct keys *keys;
	int dir; /* the folder here */
	bool all;
	struct buf timestamp; /* of the server, as it was at first; empty: none */
	struct trust *known;  /* what is there; NULL: nothing, or nothing that is believed */
	bool doubted;
	struct err why;
	int64_t floors[METADATA_ROLE_COUNT];
};

/* ---- from the server */

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* Absent leaves *out empty; one that is too long is as good as any other that is none. */
static bool get_timestamp(const struct mirror *mirror, struct buf *out, struct err *err)
{
	struct err why;

	if (upload_get(mirror->upload, TIMESTAMP, metadata_limit(METADATA_TIMESTAMP), out, &why) ||
	    why.code == ERR_MISSING)
		return true;
	if (why.code == ERR_LIMIT)
		return buf_append_text(out, _("too long")) || err_memory(err);
	*err = why;
	return false;
}

static bool write_here(const struct mirror *mirror, const char *path, const struct buf *bytes, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char folder[NAME_BYTES];
	bool ok;
	int fd;

	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	if (!file_open_dir(mirror->dir, folder, true, &fd, err))
		return false;
	ok = file_write(fd, slash + 1, bytes->data, bytes->len, 0644, err);
	close(fd);
	return ok;
}

/* The file that trust asks for next, kept here. */
static bool pull_metadata(const struct mirror *mirror, struct trust *trust, enum metadata_role role, struct buf *bytes,
			  struct err *err)
{
	struct trust_request request;
	char path[NAME_BYTES];

	trust_request(trust, role, &request);
	snprintf(path, sizeof(path), "metadata/%s", request.name);
	return upload_get(mirror->upload, path, request.limit, bytes, err) &&
	       (role == METADATA_SNAPSHOT ? trust_snapshot(trust, bytes->data, bytes->len, err)
					  : trust_targets(trust, bytes->data, bytes->len, err)) &&
	       write_here(mirror, path, bytes, err);
}

static bool target_path(const struct trust *trust, const struct metadata_target *target, char path[NAME_BYTES],
			struct err *err)
{
	char name[NAME_BYTES - 16];

	if (!trust_target_path(trust, target, name, sizeof(name), err))
		return false;
	snprintf(path, NAME_BYTES, "targets/%s", name);
	return true;
}

/* So that staff see what will change, and can go back. */
static bool pull_target(const struct mirror *mirror, const struct trust *trust, const struct metadata_target *target,
			struct err *err)
{
	char path[NAME_BYTES], sha256[SHA256_HEX_MAX];
	struct buf bytes = {0};
	struct err unused;
	bool ok = target_path(trust, target, path, err);

	if (ok && !file_read(mirror->dir, path, (size_t)target->len, &bytes, &unused)) {
		ok = upload_get(mirror->upload, path, (size_t)target->len, &bytes, err) &&
		     sha256_hex(bytes.data, bytes.len, sha256, err);
		if (ok && strcmp(sha256, target->sha256) != 0)
			ok = err_set(err, ERR_HASH, "%s is damaged on the server", path);
		ok = ok && write_here(mirror, path, &bytes, err);
	}
	buf_finish(&bytes);
	return ok;
}

static bool pull(struct mirror *mirror, struct trust *trust, struct err *err)
{
	struct buf bytes = {0};
	bool fresh, ok;

	ok = trust_settle(trust, err) &&
	     trust_timestamp(trust, mirror->timestamp.data, mirror->timestamp.len, &fresh, err) &&
	     pull_metadata(mirror, trust, METADATA_SNAPSHOT, &bytes, err) &&
	     pull_metadata(mirror, trust, METADATA_TARGETS, &bytes, err);
	for (size_t i = 0; ok && i < trust_all(trust)->count; i++)
		ok = pull_target(mirror, trust, &trust_all(trust)->targets[i], err);
	ok = ok && write_here(mirror, TIMESTAMP, &mirror->timestamp, err);
	buf_finish(&bytes);
	return ok;
}

/* Whether the server's content is at fault, and not the way to it. */
static bool is_doubt(enum err_code code)
{
	return code == ERR_SIGNATURE || code == ERR_FORMAT || code == ERR_HASH || code == ERR_LIMIT ||
	       code == ERR_MISSING || code == ERR_VERSION || code == ERR_ROLLBACK;
}

static bool check_newest(const struct mirror *mirror, const struct trust *trust, struct err *err)
{
	struct trust_request request;
	char path[NAME_BYTES];
	struct buf newer = {0};
	struct err why;
	bool ok;

	trust_request(trust, METADATA_ROOT, &request);
	snprintf(path, sizeof(path), "metadata/%s", request.name);
	if (upload_get(mirror->upload, path, request.limit, &newer, &why)) {
		ok = keys_check_newest(mirror->keys, &newer, err);
	} else {
		ok = why.code == ERR_MISSING || why.code == ERR_LIMIT;
		*err = why;
	}
	buf_finish(&newer);
	return ok;
}

static bool believe(struct mirror *mirror, struct err *err)
{
	struct trust *trust = NULL;
	struct err why;

	if (!trust_open(mirror->keys->root.data, mirror->keys->root.len, 0, &trust, err))
		return false;
	if (!check_newest(mirror, trust, err)) {
		trust_close(trust);
		return false;
	}
	if (pull(mirror, trust, &why)) {
		mirror->known = trust;
		return true;
	}
	trust_close(trust);
	mirror->doubted = is_doubt(why.code);
	mirror->why = why;
	*err = why;
	return mirror->doubted;
}

/* What the folder has been given out: numbers never fall below it. */
static bool read_floors(struct mirror *mirror, const char *folder, struct err *err)
{
	struct metadata timestamp;
	struct buf bytes = {0};
	struct err why;

	if (!file_read(mirror->dir, TIMESTAMP, metadata_limit(METADATA_TIMESTAMP), &bytes, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	if (metadata_parse(METADATA_TIMESTAMP, bytes.data, bytes.len, &timestamp, &why)) {
		mirror->floors[METADATA_TIMESTAMP] = timestamp.version;
		metadata_finish(&timestamp);
	}
	buf_finish(&bytes);
	return history_current(folder, METADATA_SNAPSHOT, &mirror->floors[METADATA_SNAPSHOT], err) &&
	       history_current(folder, METADATA_TARGETS, &mirror->floors[METADATA_TARGETS], err);
}

bool mirror_open(struct upload *upload, const struct keys *keys, const char *folder, bool all, struct mirror **out,
		 struct err *err)
{
	struct mirror *mirror = calloc(1, sizeof(*mirror));
	bool ok;

	if (!mirror)
		return err_memory(err);
	*mirror = (struct mirror){.upload = upload, .keys = keys, .dir = -1, .all = all};
	ok = file_open_dir(AT_FDCWD, folder, true, &mirror->dir, err) && read_floors(mirror, folder, err) &&
	     get_timestamp(mirror, &mirror->timestamp, err) && (mirror->timestamp.len == 0 || believe(mirror, err));
	if (!ok) {
		mirror_close(mirror);
		return false;
	}
	*out = mirror;
	return true;
}

void mirror_close(struct mirror *mirror)
{
	if (!mirror)
		return;
	trust_close(mirror->known);
	buf_finish(&mirror->timestamp);
	if (mirror->dir >= 0)
		close(mirror->dir);
	free(mirror);
}

const char *mirror_doubted(const struct mirror *mirror)
{
	return mirror->doubted ? mirror->why.text : NULL;
}

void mirror_terms(const struct mirror *mirror, struct repository_terms *terms)
{
	memcpy(terms->floors, mirror->floors, sizeof(terms->floors));
	terms->jump = mirror->doubted;
}

/* ---- to the server */

static bool send(struct mirror *mirror, const char *path, size_t limit, struct mirror_report *report, struct err *err)
{
	struct buf bytes = {0};
	bool ok = file_read(mirror->dir, path, limit, &bytes, err) &&
		  upload_put(mirror->upload, path, bytes.data, bytes.len, err);

	if (ok) {
		report->sent++;
		report->sent_bytes += (int64_t)bytes.len;
	}
	buf_finish(&bytes);
	return ok;
}

/* A file whose name says its bytes, so what is there in full need not be sent. */
static bool send_missing(struct mirror *mirror, const char *path, int64_t len, struct mirror_report *report,
			 struct err *err)
{
	int64_t there;

	if (!upload_size(mirror->upload, path, &there, err))
		return false;
	if (there != len)
		return send(mirror, path, (size_t)len, report, err);
	report->there++;
	return true;
}

static bool is_known(const struct mirror *mirror, const struct metadata_target *target)
{
	const struct metadata_target *known =
		mirror->known && !mirror->all ? metadata_find_target(trust_all(mirror->known), target->path) : NULL;

	return known && strcmp(known->sha256, target->sha256) == 0;
}

static bool send_targets(struct mirror *mirror, const struct trust *new, void (*progress)(size_t done, size_t all),
			 struct mirror_report *report, struct err *err)
{
	const struct metadata_targets *all = trust_all(new);
	char path[NAME_BYTES];

	for (size_t i = 0; i < all->count; i++) {
		if (progress)
			progress(i + 1, all->count);
		if (is_known(mirror, &all->targets[i]))
			continue;
		if (!target_path(new, &all->targets[i], path, err) ||
		    !send_missing(mirror, path, all->targets[i].len, report, err))
			return false;
	}
	return true;
}

/* Oldest first, so that a kiosk never meets a gap. */
static bool send_roots(struct mirror *mirror, const struct trust *new, struct mirror_report *report, struct err *err)
{
	char path[NAME_BYTES];
	struct buf bytes = {0};
	bool ok = true;

	for (int64_t version = 1; ok && version <= trust_version(new, METADATA_ROOT); version++) {
		struct err why;

		snprintf(path, sizeof(path), "metadata/%lld.root.json", (long long)version);
		if (file_read(mirror->dir, path, metadata_limit(METADATA_ROOT), &bytes, &why)) {
			ok = send_missing(mirror, path, (int64_t)bytes.len, report, err);
		} else if (why.code != ERR_MISSING) {
			*err = why;
			ok = false;
		}
	}
	buf_finish(&bytes);
	return ok;
}

static bool send_metadata(struct mirror *mirror, const struct trust *new, enum metadata_role role,
			  struct mirror_report *report, struct err *err)
{
	int64_t version = trust_version(new, role);
	char path[NAME_BYTES];

	if (mirror->known && !mirror->all && trust_version(mirror->known, role) == version)
		return true;
	snprintf(path, sizeof(path), "metadata/%lld.%s.json", (long long)version, metadata_name(role));
	return send(mirror, path, metadata_limit(role), report, err);
}

/* Nobody else published since mirror_open(); what is left is the time of one request. */
static bool check_same(const struct mirror *mirror, struct err *err)
{
	struct buf now = {0};
	bool ok = get_timestamp(mirror, &now, err);

	if (ok && !same_bytes(&now, &mirror->timestamp))
		ok = err_set(err, ERR_BUSY, "another machine published there in the meantime: do the same again");
	buf_finish(&now);
	return ok;
}

static bool read_new(const struct mirror *mirror, struct trust *trust, struct err *err)
{
	struct buf bytes = {0};
	bool fresh, ok = trust_settle(trust, err);

	for (enum metadata_role role = METADATA_TIMESTAMP; ok && role < METADATA_ROLE_COUNT; role++) {
		struct trust_request request;
		char path[NAME_BYTES];

		trust_request(trust, role, &request);
		snprintf(path, sizeof(path), "metadata/%s", request.name);
		ok = file_read(mirror->dir, path, request.limit, &bytes, err) &&
		     (role == METADATA_TIMESTAMP  ? trust_timestamp(trust, bytes.data, bytes.len, &fresh, err)
		      : role == METADATA_SNAPSHOT ? trust_snapshot(trust, bytes.data, bytes.len, err)
						  : trust_targets(trust, bytes.data, bytes.len, err));
	}
	buf_finish(&bytes);
	return ok;
}

bool mirror_push(struct mirror *mirror, void (*progress)(size_t done, size_t all), struct mirror_report *report,
		 struct err *err)
{
	struct trust *new = NULL;
	bool ok;

	*report = (struct mirror_report){0};
	ok = trust_open(mirror->keys->root.data, mirror->keys->root.len, 0, &new, err) && read_new(mirror, new, err) &&
	     send_targets(mirror, new, progress, report, err) && send_roots(mirror, new, report, err) &&
	     send_metadata(mirror, new, METADATA_TARGETS, report, err) &&
	     send_metadata(mirror, new, METADATA_SNAPSHOT, report, err) && check_same(mirror, err) &&
	     send(mirror, TIMESTAMP, metadata_limit(METADATA_TIMESTAMP), report, err);
	trust_close(new);
	return ok;
}

bool mirror_gone(void *context, const char *path, struct err *err)
{
	struct mirror *mirror = context;

	return upload_remove(mirror->upload, path, err);
}
