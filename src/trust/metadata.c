#include "trust/metadata.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 256 /* bytes of key IDs, signatures and key types */

/* Generous against what the roles need: 20 000 targets are 4 MB. */
static const struct {
	const char *name;
	size_t limit;
} roles[] = {
	[METADATA_ROOT] = {"root", 512000},
	[METADATA_TIMESTAMP] = {"timestamp", 16384},
	[METADATA_SNAPSHOT] = {"snapshot", 2000000},
	[METADATA_TARGETS] = {"targets", 5000000},
};
static_assert(ARRAY_LEN(roles) == METADATA_ROLE_COUNT, "a role has no row");

const char *metadata_name(enum metadata_role role)
{
	return roles[role].name;
}

size_t metadata_limit(enum metadata_role role)
{
	return roles[role].limit;
}

/* Which keys signed is checked here, not where they are counted: a file with a key twice is refused whole. */
static bool check_signatures(const struct json *json, struct err *err)
{
	const struct json *list, *each, *other;
	const char *id, *signature, *other_id;

	if (!json_get_array(json, "signatures", METADATA_SIGNATURES_MAX, &list, err))
		return false;
	for (each = json_first(list); each; each = json_next(each)) {
		if (!json_get_text(each, "keyid", TEXT_MAX, &id, err) ||
		    !json_get_text(each, "sig", 8192, &signature, err))
			return err_context(err, "signatures");
		for (other = json_first(list); other != each; other = json_next(other))
			if (json_get_text(other, "keyid", TEXT_MAX, &other_id, err) && strcmp(id, other_id) == 0)
				return err_set(err, ERR_FORMAT, "signatures: the same keyid stands there twice");
	}
	return true;
}

static bool check_spec_version(const struct json *part, struct err *err)
{
	const char *text;

	if (!json_get_text(part, "spec_version", TEXT_MAX, &text, err))
		return false;
	if (strncmp(text, "1.", 2) != 0 || text[2] == '\0' || text[2 + strspn(text + 2, "0123456789.")] != '\0')
		return err_set(err, ERR_VERSION, "spec_version must be 1.x, the version of TUF this program knows");
	return true;
}

static bool read_time(const struct json *part, const char *key, int64_t *utc_s, struct err *err)
{
	const char *text;

	if (!json_get_text(part, key, TEXT_MAX, &text, err))
		return false;
	if (!clock_parse_utc(text, utc_s))
		return err_set(err, ERR_FORMAT, "%s must be a time such as \"2026-11-23T14:05:00Z\"", key);
	return true;
}

static bool read_part(enum metadata_role role, struct metadata *out, struct err *err)
{
	const char *type;

	if (!json_get_object(out->json, "signed", &out->part, err) ||
	    !json_get_text(out->part, "_type", TEXT_MAX, &type, err))
		return false;
	if (strcmp(type, roles[role].name) != 0)
		return err_set(err, ERR_FORMAT, "_type must be \"%s\"", roles[role].name);
	return check_spec_version(out->part, err) &&
	       json_get_integer(out->part, "version", 1, INT64_C(1) << 53, &out->version, err) &&
	       read_time(out->part, "expires", &out->expires_utc_s, err);
}

bool metadata_parse(enum metadata_role role, const void *bytes, size_t len, struct metadata *out, struct err *err)
{
	*out = (struct metadata){0};
	if (!json_parse(bytes, len, roles[role].limit, &out->json, err))
		return false;
	if (check_signatures(out->json, err) && read_part(role, out, err))
		return true;
	metadata_finish(out);
	return false;
}

void metadata_finish(struct metadata *metadata)
{
	json_destroy(metadata->json);
	*metadata = (struct metadata){0};
}

static const char *keep(struct arena *arena, const char *text)
{
	return arena_text(arena, text, strlen(text));
}

/* ---- root */

static bool recompute_id(const struct json *key, char id[SHA256_HEX_MAX], struct err *err)
{
	struct buf form = {0};
	bool ok = json_canonical(key, &form, err) && sha256_hex(form.data, form.len, id, err);

	buf_finish(&form);
	return ok;
}

static bool read_key(const struct json *json, struct arena *arena, struct metadata_key *out, struct err *err)
{
	const char *type, *scheme, *public;
	const struct json *value;
	char id[SHA256_HEX_MAX];

	if (!json_get_text(json, "keytype", TEXT_MAX, &type, err) ||
	    !json_get_text(json, "scheme", TEXT_MAX, &scheme, err) || !json_get_object(json, "keyval", &value, err) ||
	    !recompute_id(json, id, err))
		return false;
	if (strcmp(json_key(json), id) != 0)
		return err_set(err, ERR_FORMAT, "a key is not named by its own SHA-256, %s", id);
	*out = (struct metadata_key){.id = keep(arena, id)};
	if (!out->id)
		return err_memory(err);
	/* What a keyval holds is the key type's own business: only that of a known type is read. */
	if (strcmp(type, "ed25519") != 0 || strcmp(scheme, "ed25519") != 0)
		return true;
	if (!json_get_text(value, "public", TEXT_MAX, &public, err))
		return false;
	if (!sha256_valid_hex(public))
		return true;
	out->public = keep(arena, public);
	return out->public || err_memory(err);
}

static bool read_keys(const struct json *part, struct arena *arena, struct metadata_root *out, struct err *err)
{
	const struct json *keys, *each;

	if (!json_get_object(part, "keys", &keys, err))
		return false;
	if (json_count(keys) > METADATA_KEYS_MAX)
		return err_set(err, ERR_LIMIT, "keys: more than the %d allowed", METADATA_KEYS_MAX);
	out->keys = arena_array(arena, json_count(keys) + 1, sizeof(*out->keys));
	if (!out->keys)
		return err_memory(err);
	for (each = json_first(keys); each; each = json_next(each))
		if (!read_key(each, arena, &out->keys[out->key_count++], err))
			return err_context(err, "keys");
	return true;
}

static bool lists(const struct metadata_signers *signers, const char *id)
{
	for (size_t i = 0; i < signers->count; i++)
		if (strcmp(signers->keyids[i], id) == 0)
			return true;
	return false;
}

static bool read_signers(const struct json *role, struct arena *arena, struct metadata_signers *out, struct err *err)
{
	const struct json *ids, *each;
	const char *id;

	if (!json_get_array(role, "keyids", METADATA_KEYS_MAX, &ids, err) ||
	    !json_get_integer(role, "threshold", 1, METADATA_KEYS_MAX, &out->threshold, err))
		return false;
	out->keyids = arena_array(arena, json_count(ids) + 1, sizeof(*out->keyids));
	if (!out->keyids)
		return err_memory(err);
	for (each = json_first(ids); each; each = json_next(each)) {
		if (!json_get_text(each, NULL, TEXT_MAX, &id, err))
			return err_context(err, "keyids");
		if (lists(out, id))
			return err_set(err, ERR_FORMAT, "keyids: the same key stands there twice");
		out->keyids[out->count] = keep(arena, id);
		if (!out->keyids[out->count++])
			return err_memory(err);
	}
	return true;
}

bool metadata_read_root(const struct metadata *metadata, struct arena *arena, struct metadata_root *out,
			struct err *err)
{
	const struct json *all, *role;

	*out = (struct metadata_root){0};
	if (json_find(metadata->part, "consistent_snapshot") &&
	    !json_get_bool(metadata->part, "consistent_snapshot", &out->consistent, err))
		return false;
	if (!read_keys(metadata->part, arena, out, err) || !json_get_object(metadata->part, "roles", &all, err))
		return false;
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		if (!json_get_object(all, roles[i].name, &role, err) || !read_signers(role, arena, &out->roles[i], err))
			return err_context(err, "roles: %s", roles[i].name);
	return true;
}

/* ---- signatures */

static const char *find_public(const struct metadata_root *root, const char *id)
{
	for (size_t i = 0; i < root->key_count; i++)
		if (strcmp(root->keys[i].id, id) == 0)
			return root->keys[i].public;
	return NULL;
}

/* Public keys that have signed. Members that TUF does not know give one public key many IDs, so IDs alone prove
 * nothing. */
struct signed_by {
	const char *publics[METADATA_SIGNATURES_MAX];
	size_t count;
};

static bool has_signed(const struct signed_by *by, const char *public)
{
	for (size_t i = 0; i < by->count; i++)
		if (strcmp(by->publics[i], public) == 0)
			return true;
	return false;
}

bool metadata_verify(const struct metadata *metadata, const struct metadata_root *root, enum metadata_role role,
		     struct err *err)
{
	const struct metadata_signers *signers = &root->roles[role];
	const struct json *list, *each;
	const char *id, *signature, *public;
	struct signed_by by = {0};
	struct buf form = {0};

	if (!json_get_array(metadata->json, "signatures", METADATA_SIGNATURES_MAX, &list, err))
		return false;
	if (!json_canonical(metadata->part, &form, err)) {
		buf_finish(&form);
		return false;
	}
	for (each = json_first(list); each; each = json_next(each)) {
		if (!json_get_text(each, "keyid", TEXT_MAX, &id, err) ||
		    !json_get_text(each, "sig", 8192, &signature, err))
			break;
		public = lists(signers, id) ? find_public(root, id) : NULL;
		if (public && !has_signed(&by, public) && ed25519_verify(public, signature, form.data, form.len))
			by.publics[by.count++] = public;
	}
	buf_finish(&form);
	if ((int64_t)by.count < signers->threshold)
		return err_set(err, ERR_SIGNATURE, "%zu valid signatures of the %lld that the %s role needs", by.count,
			       (long long)signers->threshold, roles[role].name);
	return true;
}

/* ---- timestamp and snapshot */

/* False also when there are hashes, but none that this program can compute. */
static bool read_sha256(const struct json *in, const char **sha256, struct err *err)
{
	const struct json *hashes;

	if (!json_get_object(in, "hashes", &hashes, err) || !json_get_text(hashes, "sha256", TEXT_MAX, sha256, err))
		return false;
	if (!sha256_valid_hex(*sha256))
		return err_set(err, ERR_FORMAT, "sha256 must be 64 hex digits");
	return true;
}

static bool read_file(const struct json *json, struct arena *arena, struct metadata_file *out, struct err *err)
{
	const char *sha256;

	*out = (struct metadata_file){.name = keep(arena, json_key(json)), .len = -1};
	if (!out->name)
		return err_memory(err);
	if (!json_get_integer(json, "version", 1, INT64_C(1) << 53, &out->version, err))
		return false;
	if (json_find(json, "length") && !json_get_integer(json, "length", 1, INT64_C(1) << 53, &out->len, err))
		return false;
	if (json_find(json, "hashes")) {
		if (!read_sha256(json, &sha256, err))
			return false;
		memcpy(out->sha256, sha256, sizeof(out->sha256));
	}
	return true;
}

bool metadata_read_files(const struct metadata *metadata, const char *needed, struct arena *arena,
			 struct metadata_files *out, struct err *err)
{
	const struct json *meta, *each;

	*out = (struct metadata_files){0};
	if (!json_get_object(metadata->part, "meta", &meta, err))
		return false;
	if (json_count(meta) > METADATA_FILES_MAX)
		return err_set(err, ERR_LIMIT, "meta: more than the %d files allowed", METADATA_FILES_MAX);
	out->files = arena_array(arena, json_count(meta) + 1, sizeof(*out->files));
	if (!out->files)
		return err_memory(err);
	for (each = json_first(meta); each; each = json_next(each))
		if (!read_file(each, arena, &out->files[out->count++], err))
			return err_context(err, "meta");
	if (!metadata_find_file(out, needed))
		return err_set(err, ERR_FORMAT, "meta: %s is missing", needed);
	return true;
}

const struct metadata_file *metadata_find_file(const struct metadata_files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->files[i].name, name) == 0)
			return &files->files[i];
	return NULL;
}

bool metadata_check_file(const struct metadata_file *file, const void *bytes, size_t len, struct err *err)
{
	char sha256[SHA256_HEX_MAX];

	if (file->len >= 0 && (uint64_t)file->len != len)
		return err_set(err, ERR_HASH, "%zu bytes long, not the %lld that were signed", len,
			       (long long)file->len);
	if (file->sha256[0] == '\0')
		return true;
	if (!sha256_hex(bytes, len, sha256, err))
		return false;
	if (strcmp(sha256, file->sha256) != 0)
		return err_set(err, ERR_HASH, "SHA-256 differs from the signed one");
	return true;
}

/* ---- targets */

static bool read_target(const struct json *json, struct arena *arena, struct metadata_target *out, struct err *err)
{
	const char *path = json_key(json), *sha256;

	if (path[0] == '\0' || strlen(path) >= METADATA_PATH_MAX)
		return err_set(err, ERR_LIMIT, "a path has 1 to %d bytes", METADATA_PATH_MAX - 1);
	if (!json_get_integer(json, "length", 0, INT64_C(1) << 53, &out->len, err) || !read_sha256(json, &sha256, err))
		return false;
	out->path = keep(arena, path);
	out->sha256 = keep(arena, sha256);
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
	    !read_time(metadata->part, "x-vejviser-published", &out->published_utc_s, err))
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
