#include "trust/trust.h"

#include "base/clock.h"
#include "trust/metadata_write.h"
#include "trust/role.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGETS_NAME        "targets.json"
#define DELEGATED_BYTES_MAX 16000000 /* of all delegated files, so that nobody's list fills the memory */
#define QUOTED_MAX          80       /* bytes of a role's name in a file's name */

/* One accepted file; version 0 is none. */
struct accepted {
	int64_t version;
	int64_t expires_utc_s;
	struct metadata_files files; /* timestamp: snapshot.json; snapshot: the targets files */
};

struct trust {
	struct arena arena;
	int64_t now_utc_s;
	int64_t root_version;
	int64_t root_expires_utc_s;
	struct metadata_root root;
	int rotations;
	bool settled;
	struct accepted old_timestamp, old_snapshot; /* what nothing may be older than */
	struct accepted timestamp, snapshot;
	int64_t targets_version;
	int64_t targets_expires_utc_s;
	struct role *top;            /* the targets, and the delegated roles behind it; NULL while nothing is trusted */
	struct metadata_targets all; /* what they list together */
	size_t delegations;          /* that were followed */
	size_t delegated_bytes;
	size_t listed; /* targets in all roles */
};

static bool check_expiry(const struct trust *trust, int64_t expires_utc_s, struct err *err)
{
	char then[CLOCK_UTC_MAX], now[CLOCK_UTC_MAX];

	if (trust->now_utc_s == 0 || expires_utc_s > trust->now_utc_s)
		return true;
	clock_format_utc(expires_utc_s, then);
	clock_format_utc(trust->now_utc_s, now);
	return err_set(err, ERR_EXPIRED, "expired at %s; it is %s", then, now);
}

/* Shape and signatures under the trusted root. */
static bool read_verified(const struct trust *trust, enum metadata_role role, const void *bytes, size_t len,
			  struct metadata *out, struct err *err)
{
	if (!metadata_parse(role, bytes, len, out, err))
		return false;
	if (metadata_verify(out, &trust->root, role, err))
		return true;
	metadata_finish(out);
	return false;
}

/* ---- root */

static bool accept_root(struct trust *trust, const struct metadata *metadata, struct err *err)
{
	struct metadata_root root;

	if (!metadata_read_root(metadata, &trust->arena, &root, err))
		return false;
	if (!metadata_verify(metadata, &root, METADATA_ROOT, err))
		return err_context(err, "not signed by its own keys");
	trust->root = root;
	trust->root_version = metadata->version;
	trust->root_expires_utc_s = metadata->expires_utc_s;
	return true;
}

bool trust_open(const void *root, size_t len, int64_t now_utc_s, struct trust **out, struct err *err)
{
	struct trust *trust = calloc(1, sizeof(*trust));
	struct metadata metadata = {0};
	bool ok;

	if (!trust)
		return err_memory(err);
	trust->now_utc_s = now_utc_s;
	ok = metadata_parse(METADATA_ROOT, root, len, &metadata, err) && accept_root(trust, &metadata, err);
	metadata_finish(&metadata);
	if (!ok) {
		trust_close(trust);
		return false;
	}
	*out = trust;
	return true;
}

void trust_close(struct trust *trust)
{
	if (!trust)
		return;
	arena_finish(&trust->arena);
	free(trust);
}

bool trust_root_wanted(const struct trust *trust)
{
	return trust->rotations < TRUST_ROTATIONS_MAX;
}

static bool check_next_root(const struct trust *trust, const struct metadata *metadata, struct err *err)
{
	if (!metadata_verify(metadata, &trust->root, METADATA_ROOT, err))
		return err_context(err, "not signed by the keys of root version %lld", (long long)trust->root_version);
	if (metadata->version <= trust->root_version)
		return err_set(err, ERR_ROLLBACK, "version %lld is not newer than the trusted %lld",
			       (long long)metadata->version, (long long)trust->root_version);
	if (metadata->version != trust->root_version + 1)
		return err_set(err, ERR_FORMAT, "version %lld leaves out version %lld", (long long)metadata->version,
			       (long long)trust->root_version + 1);
	return true;
}

bool trust_root(struct trust *trust, const void *bytes, size_t len, struct err *err)
{
	struct metadata metadata;
	bool ok;

	assert(!trust->settled);
	if (!trust_root_wanted(trust))
		return err_set(err, ERR_LIMIT, "more than %d new roots in one pass", TRUST_ROTATIONS_MAX);
	if (!metadata_parse(METADATA_ROOT, bytes, len, &metadata, err))
		return false;
	ok = check_next_root(trust, &metadata, err) && accept_root(trust, &metadata, err);
	metadata_finish(&metadata);
	if (ok)
		trust->rotations++;
	return ok;
}

bool trust_settle(struct trust *trust, struct err *err)
{
	if (!check_expiry(trust, trust->root_expires_utc_s, err))
		return err_context(err, "root version %lld", (long long)trust->root_version);
	trust->settled = true;
	return true;
}

/* ---- timestamp and snapshot */

static const char *needed_file(enum metadata_role role)
{
	return role == METADATA_TIMESTAMP ? "snapshot.json" : TARGETS_NAME;
}

static bool read_accepted(struct trust *trust, enum metadata_role role, const void *bytes, size_t len,
			  struct accepted *out, struct err *err)
{
	struct metadata metadata;
	bool ok;

	if (!read_verified(trust, role, bytes, len, &metadata, err))
		return false;
	*out = (struct accepted){.version = metadata.version, .expires_utc_s = metadata.expires_utc_s};
	ok = metadata_read_files(&metadata, needed_file(role), &trust->arena, &out->files, err);
	metadata_finish(&metadata);
	return ok;
}

void trust_remember(struct trust *trust, enum metadata_role role, const void *bytes, size_t len)
{
	struct accepted *old = role == METADATA_TIMESTAMP ? &trust->old_timestamp : &trust->old_snapshot;
	struct accepted accepted;
	struct err unused;

	assert(trust->settled && (role == METADATA_TIMESTAMP || role == METADATA_SNAPSHOT));
	if (read_accepted(trust, role, bytes, len, &accepted, &unused))
		*old = accepted;
}

static const struct metadata_file *named(const struct accepted *accepted, enum metadata_role role)
{
	return metadata_find_file(&accepted->files, needed_file(role));
}

static bool check_not_older(int64_t version, int64_t old, const char *what, struct err *err)
{
	if (version >= old)
		return true;
	return err_set(err, ERR_ROLLBACK, "%s version %lld is older than %lld, which was accepted before", what,
		       (long long)version, (long long)old);
}

bool trust_timestamp(struct trust *trust, const void *bytes, size_t len, bool *fresh, struct err *err)
{
	const struct accepted *old = &trust->old_timestamp;
	struct accepted new;
	bool is_fresh = true;

	assert(trust->settled);
	if (!read_accepted(trust, METADATA_TIMESTAMP, bytes, len, &new, err) ||
	    !check_not_older(new.version, old->version, "timestamp", err))
		return false;
	if (new.version == old->version) {
		new = *old;
		is_fresh = false;
	} else if (old->version > 0 &&
		   !check_not_older(named(&new, METADATA_TIMESTAMP)->version, named(old, METADATA_TIMESTAMP)->version,
				    "the snapshot it names:", err)) {
		return false;
	}
	if (!check_expiry(trust, new.expires_utc_s, err))
		return false;
	trust->timestamp = new;
	*fresh = is_fresh;
	return true;
}

/* A targets file may neither go back nor go away. */
static bool check_listed(const struct accepted *new, const struct accepted *old, struct err *err)
{
	for (size_t i = 0; i < old->files.count; i++) {
		const struct metadata_file *before = &old->files.files[i];
		const struct metadata_file *now = metadata_find_file(&new->files, before->name);

		if (!now)
			return err_set(err, ERR_ROLLBACK, "%s is no longer listed", before->name);
		if (!check_not_older(now->version, before->version, before->name, err))
			return false;
	}
	return true;
}

static bool check_version_named(int64_t version, const struct metadata_file *file, const char *by, struct err *err)
{
	if (version == file->version)
		return true;
	return err_set(err, ERR_HASH, "version %lld, but the %s names version %lld", (long long)version, by,
		       (long long)file->version);
}

bool trust_snapshot(struct trust *trust, const void *bytes, size_t len, struct err *err)
{
	const struct metadata_file *file;
	struct accepted new;

	assert(trust->timestamp.version > 0);
	file = named(&trust->timestamp, METADATA_TIMESTAMP);
	if (!metadata_check_file(file, bytes, len, err) ||
	    !read_accepted(trust, METADATA_SNAPSHOT, bytes, len, &new, err) ||
	    !check_version_named(new.version, file, "timestamp", err) ||
	    !check_listed(&new, &trust->old_snapshot, err) || !check_expiry(trust, new.expires_utc_s, err))
		return false;
	trust->snapshot = new;
	return true;
}

/* ---- targets */

/* What is the same for the targets and for delegated ones, once signatures are right. NULL sets err. */
static struct role *read_role(struct trust *trust, const char *name, const struct metadata *metadata,
			      const struct metadata_file *file, const char *sha256, struct err *err)
{
	if (!check_version_named(metadata->version, file, "snapshot", err) ||
	    !check_expiry(trust, metadata->expires_utc_s, err))
		return NULL;
	return role_read(name, sha256, metadata, &trust->arena, err);
}

bool trust_targets(struct trust *trust, const void *bytes, size_t len, struct err *err)
{
	const struct metadata_file *file;
	struct metadata metadata;
	char sha256[SHA256_HEX_MAX];
	struct role *top;

	assert(trust->snapshot.version > 0);
	file = named(&trust->snapshot, METADATA_SNAPSHOT);
	if (!metadata_check_file(file, bytes, len, err) || !sha256_hex(bytes, len, sha256, err) ||
	    !read_verified(trust, METADATA_TARGETS, bytes, len, &metadata, err))
		return false;
	top = read_role(trust, metadata_name(METADATA_TARGETS), &metadata, file, sha256, err);
	if (top) {
		trust->top = top;
		trust->all = (struct metadata_targets){.published_utc_s = top->targets.published_utc_s};
		if (top->delegations.count == 0)
			trust->all = top->targets;
		trust->delegations = trust->delegated_bytes = 0;
		trust->listed = top->targets.count;
		trust->targets_version = metadata.version;
		trust->targets_expires_utc_s = metadata.expires_utc_s;
	}
	metadata_finish(&metadata);
	return top != NULL;
}

bool trust_delegates(const struct trust *trust)
{
	return trust->top && trust->top->delegations.count > 0;
}

/* ---- delegated targets */

/* Everything but letters, digits and "_.-~", so that no name leads anywhere. */
static bool quote(const char *name, char quoted[QUOTED_MAX + 1], struct err *err)
{
	size_t len = 0;

	for (; *name; name++) {
		bool plain = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
			     (*name >= '0' && *name <= '9') || strchr("_.-~", *name);

		if (len + 3 > QUOTED_MAX)
			return err_set(err, ERR_LIMIT, "the name of a delegated role is too long for a file");
		if (plain)
			quoted[len++] = *name;
		else
			len += (size_t)snprintf(quoted + len, 4, "%%%02X", (unsigned char)*name);
	}
	quoted[len] = '\0';
	return true;
}

static void describe(const struct trust *trust, const struct metadata_file *file, const char *name, size_t limit,
		     struct trust_request *out)
{
	out->limit = limit;
	if (trust->root.consistent)
		snprintf(out->name, sizeof(out->name), "%lld.%s", (long long)file->version, name);
	else
		snprintf(out->name, sizeof(out->name), "%s", name);
	if (file->len >= 0 && (uint64_t)file->len < out->limit)
		out->limit = (size_t)file->len;
}

static const struct metadata_delegation *delegation_of(const struct trust_role *role)
{
	return &role->delegator->delegations.roles[role->delegation];
}

static bool find_role_file(const struct trust *trust, const struct trust_role *role, const struct metadata_file **out,
			   struct err *err)
{
	char name[METADATA_PATH_MAX];

	snprintf(name, sizeof(name), "%s.json", delegation_of(role)->name);
	*out = metadata_find_file(&trust->snapshot.files, name);
	return *out || err_set(err, ERR_FORMAT, "%s is delegated to, but not in the snapshot", role->kept);
}

static bool request_role(const struct trust *trust, struct trust_role *out, struct err *err)
{
	const struct metadata_file *file;
	char quoted[QUOTED_MAX + 1];

	if (!quote(delegation_of(out)->name, quoted, err))
		return false;
	snprintf(out->kept, sizeof(out->kept), "%s.json", quoted);
	if (!find_role_file(trust, out, &file, err))
		return false;
	describe(trust, file, out->kept, metadata_limit(METADATA_TARGETS), &out->request);
	return true;
}

bool trust_wants(const struct trust *trust, const char *path, struct trust_role *out, bool *wants, struct err *err)
{
	struct role_found found = {0};

	assert(trust->top);
	if (!path)
		role_next(trust->top, &found.wants, &found.delegation);
	else if (!role_find(trust->top, path, &found, err))
		return false;
	*wants = found.wants != NULL;
	if (!*wants)
		return true;
	if (!path && trust->delegations >= ROLE_VISITED_MAX)
		return err_set(err, ERR_LIMIT, "more than %d delegations", ROLE_VISITED_MAX);
	*out = (struct trust_role){.delegator = found.wants, .delegation = found.delegation};
	return request_role(trust, out, err);
}

static struct role *known_role(const struct trust *trust, const char *name)
{
	struct role *role = trust->top;

	while (role && strcmp(role->name, name) != 0)
		role = role->next;
	return role;
}

/* Another delegation to a role that is known: the same bytes, and its own keys. */
static struct role *meet_again(struct role *known, const char *sha256, struct err *err)
{
	if (strcmp(known->sha256, sha256) == 0)
		return known;
	err_set(err, ERR_HASH, "differs from the file that another role has delegated to");
	return NULL;
}

static struct role *add_role(struct trust *trust, const struct metadata_delegation *delegation,
			     const struct metadata *metadata, const struct metadata_file *file, const char *sha256,
			     struct err *err)
{
	struct role *role = read_role(trust, delegation->name, metadata, file, sha256, err), *last = trust->top;

	if (!role)
		return NULL;
	if (trust->listed + role->targets.count > METADATA_TARGETS_MAX) {
		err_set(err, ERR_LIMIT, "targets: more than the %d allowed in all roles", METADATA_TARGETS_MAX);
		return NULL;
	}
	trust->listed += role->targets.count;
	while (last->next)
		last = last->next;
	last->next = role;
	return role;
}

static bool accept_role(struct trust *trust, const struct trust_role *which, const struct metadata *metadata,
			const struct metadata_file *file, const char *sha256, struct err *err)
{
	const struct metadata_delegations *by = &which->delegator->delegations;
	const struct metadata_delegation *delegation = delegation_of(which);
	struct role *known = known_role(trust, delegation->name), *role;

	if (!metadata_verify_by(metadata, by->keys, by->key_count, &delegation->signers, "delegated", err))
		return false;
	role = known ? meet_again(known, sha256, err) : add_role(trust, delegation, metadata, file, sha256, err);
	which->delegator->given[which->delegation] = role;
	return role != NULL;
}

bool trust_give(struct trust *trust, const struct trust_role *role, const void *bytes, size_t len, struct err *err)
{
	const struct metadata_file *file;
	struct metadata metadata;
	char sha256[SHA256_HEX_MAX];
	bool ok;

	if (!find_role_file(trust, role, &file, err) || !metadata_check_file(file, bytes, len, err) ||
	    !sha256_hex(bytes, len, sha256, err))
		return false;
	if (trust->delegated_bytes + len > DELEGATED_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "delegated targets: more than the %d bytes allowed in all",
			       DELEGATED_BYTES_MAX);
	if (!metadata_parse(METADATA_TARGETS, bytes, len, &metadata, err))
		return false;
	ok = accept_role(trust, role, &metadata, file, sha256, err);
	metadata_finish(&metadata);
	if (ok) {
		trust->delegated_bytes += len;
		trust->delegations++;
	}
	return ok;
}

bool trust_follows(const struct trust *trust, const char *kept)
{
	char quoted[QUOTED_MAX + 1];
	struct err unused;

	for (const struct role *role = trust->top->next; role; role = role->next) {
		size_t len = quote(role->name, quoted, &unused) ? strlen(quoted) : 0;

		if (len > 0 && strncmp(kept, quoted, len) == 0 && strcmp(kept + len, ".json") == 0)
			return true;
	}
	return false;
}

bool trust_resolve(struct trust *trust, struct err *err)
{
	struct metadata_targets all;

	if (!role_all(trust->top, &trust->arena, &all, err))
		return false;
	trust->all = all;
	return true;
}

bool trust_write_all(const struct trust *trust, struct buf *out, struct err *err)
{
	struct json *part;
	bool ok;

	if (!metadata_write_targets(trust->targets_version, trust->targets_expires_utc_s, &trust->all, &part, err))
		return false;
	ok = metadata_sign(part, NULL, 0, out, err);
	json_destroy(part);
	if (ok && out->len > metadata_limit(METADATA_TARGETS))
		return err_set(err, ERR_LIMIT, "all targets together: more than the %zu bytes allowed",
			       metadata_limit(METADATA_TARGETS));
	return ok;
}

/* ---- what they list */

const struct metadata_targets *trust_all(const struct trust *trust)
{
	return &trust->all;
}

bool trust_find(const struct trust *trust, const char *path, const struct metadata_target **out, struct err *err)
{
	struct role_found found;

	assert(trust->top);
	if (!role_find(trust->top, path, &found, err))
		return false;
	assert(!found.wants);
	if (found.stopped)
		return err_set(err, ERR_LIMIT, "not found in %d delegated roles, and no more are asked",
			       ROLE_VISITED_MAX);
	if (!found.target)
		return err_set(err, ERR_MISSING, "there is no such target");
	*out = found.target;
	return true;
}

bool trust_target_path(const struct trust *trust, const struct metadata_target *target, char *path, size_t size,
		       struct err *err)
{
	const char *slash = strrchr(target->path, '/'), *name = slash ? slash + 1 : target->path;
	int n;

	if (trust->root.consistent)
		n = snprintf(path, size, "%.*s%s.%s", (int)(name - target->path), target->path, target->sha256, name);
	else
		n = snprintf(path, size, "%s", target->path);
	if (n < 0 || (size_t)n >= size)
		return err_set(err, ERR_LIMIT, "%s: the path is longer than %zu bytes", target->path, size);
	return true;
}

bool trust_read_accepted(const void *bytes, size_t len, struct arena *arena, struct metadata_targets *out,
			 struct err *err)
{
	struct metadata metadata;
	bool ok;

	if (!metadata_parse(METADATA_TARGETS, bytes, len, &metadata, err))
		return false;
	ok = metadata_read_targets(&metadata, arena, out, err);
	metadata_finish(&metadata);
	return ok;
}

/* ---- what next */

int64_t trust_version(const struct trust *trust, enum metadata_role role)
{
	const int64_t versions[] = {
		[METADATA_ROOT] = trust->root_version,
		[METADATA_TIMESTAMP] = trust->timestamp.version,
		[METADATA_SNAPSHOT] = trust->snapshot.version,
		[METADATA_TARGETS] = trust->targets_version,
	};

	return versions[role];
}

int64_t trust_expires(const struct trust *trust, enum metadata_role role)
{
	const int64_t times[] = {
		[METADATA_ROOT] = trust->root_expires_utc_s,
		[METADATA_TIMESTAMP] = trust->timestamp.expires_utc_s,
		[METADATA_SNAPSHOT] = trust->snapshot.expires_utc_s,
		[METADATA_TARGETS] = trust->targets_expires_utc_s,
	};

	return times[role];
}

void trust_request(const struct trust *trust, enum metadata_role role, struct trust_request *out)
{
	const struct metadata_file *file;

	out->limit = metadata_limit(role);
	if (role == METADATA_ROOT) {
		snprintf(out->name, sizeof(out->name), "%lld.root.json", (long long)trust->root_version + 1);
	} else if (role == METADATA_TIMESTAMP) {
		snprintf(out->name, sizeof(out->name), "timestamp.json");
	} else if (role == METADATA_SNAPSHOT) {
		assert(trust->timestamp.version > 0);
		file = named(&trust->timestamp, METADATA_TIMESTAMP);
		describe(trust, file, file->name, metadata_limit(role), out);
	} else {
		assert(trust->snapshot.version > 0);
		file = named(&trust->snapshot, METADATA_SNAPSHOT);
		describe(trust, file, file->name, metadata_limit(role), out);
	}
}
