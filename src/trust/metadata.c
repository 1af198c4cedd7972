#include "trust/metadata.h"

#include "base/array.h"
#include "base/clock.h"
#include "trust/metadata_inside.h"

#include <assert.h>
#include <string.h>

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
		    !json_get_text(each, "sig", PUBLIC_KEY_SIGNATURE_MAX, &signature, err))
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

bool metadata_read_time(const struct json *part, const char *key, int64_t *utc_s, struct err *err)
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
	       metadata_read_time(out->part, "expires", &out->expires_utc_s, err);
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

const char *metadata_keep(struct arena *arena, const char *text)
{
	return arena_text(arena, text, strlen(text));
}

/* ---- timestamp and snapshot */

/* False also when there are hashes, but none that this program can compute. */
bool metadata_read_sha256(const struct json *in, const char **sha256, struct err *err)
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

	*out = (struct metadata_file){.name = metadata_keep(arena, json_key(json)), .len = -1};
	if (!out->name)
		return err_memory(err);
	if (!json_get_integer(json, "version", 1, INT64_C(1) << 53, &out->version, err))
		return false;
	if (json_find(json, "length") && !json_get_integer(json, "length", 1, INT64_C(1) << 53, &out->len, err))
		return false;
	if (json_find(json, "hashes")) {
		if (!metadata_read_sha256(json, &sha256, err))
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
