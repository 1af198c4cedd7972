/* Who may sign, and whether they did. */
#include "trust/metadata_inside.h"

#include "base/array.h"
#include "base/buf.h"

#include <string.h>

#define KEY_TEXT_MAX 4096 /* bytes of a public key */

static bool recompute_id(const struct json *key, char id[SHA256_HEX_MAX], struct err *err)
{
	struct buf form = {0};
	bool ok = json_canonical(key, &form, err) && sha256_hex(form.data, form.len, id, err);

	buf_finish(&form);
	return ok;
}

/* What TUF calls a key's type and scheme. */
static const struct {
	const char *type, *scheme;
	enum public_key_kind kind;
} kinds[] = {
	{"ed25519", "ed25519", PUBLIC_KEY_ED25519},
	{"ecdsa", "ecdsa-sha2-nistp256", PUBLIC_KEY_ECDSA_P256},
	{"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", PUBLIC_KEY_ECDSA_P256}, /* before 1.0.32 */
	{"rsa", "rsassa-pss-sha256", PUBLIC_KEY_RSA_PSS},
};

/* What a keyval holds is the key type's own business: only that of a known type is read. */
static bool read_public(const struct json *json, struct arena *arena, struct metadata_key *out, struct err *err)
{
	const char *type, *scheme, *public;
	const struct json *value;

	if (!json_get_text(json, "keytype", TEXT_MAX, &type, err) ||
	    !json_get_text(json, "scheme", TEXT_MAX, &scheme, err) || !json_get_object(json, "keyval", &value, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(type, kinds[i].type) != 0 || strcmp(scheme, kinds[i].scheme) != 0)
			continue;
		if (!json_get_text(value, "public", KEY_TEXT_MAX, &public, err))
			return false;
		out->kind = kinds[i].kind;
		out->public = metadata_keep(arena, public);
		return out->public || err_memory(err);
	}
	return true;
}

static bool read_key(const struct json *json, struct arena *arena, struct metadata_key *out, struct err *err)
{
	char id[SHA256_HEX_MAX];

	if (!recompute_id(json, id, err))
		return false;
	if (strcmp(json_key(json), id) != 0)
		return err_set(err, ERR_FORMAT, "a key is not named by its own SHA-256, %s", id);
	*out = (struct metadata_key){.id = metadata_keep(arena, id)};
	if (!out->id)
		return err_memory(err);
	return read_public(json, arena, out, err);
}

bool metadata_read_keys(const struct json *in, struct arena *arena, struct metadata_key **keys, size_t *count,
			struct err *err)
{
	const struct json *all, *each;

	if (!json_get_object(in, "keys", &all, err))
		return false;
	if (json_count(all) > METADATA_KEYS_MAX)
		return err_set(err, ERR_LIMIT, "keys: more than the %d allowed", METADATA_KEYS_MAX);
	*keys = arena_array(arena, json_count(all) + 1, sizeof(**keys));
	if (!*keys)
		return err_memory(err);
	for (each = json_first(all); each; each = json_next(each))
		if (!read_key(each, arena, &(*keys)[(*count)++], err))
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

bool metadata_read_signers(const struct json *role, struct arena *arena, struct metadata_signers *out, struct err *err)
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
		out->keyids[out->count] = metadata_keep(arena, id);
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
	if (!metadata_read_keys(metadata->part, arena, &out->keys, &out->key_count, err) ||
	    !json_get_object(metadata->part, "roles", &all, err))
		return false;
	for (enum metadata_role i = 0; i < METADATA_ROLE_COUNT; i++)
		if (!json_get_object(all, metadata_name(i), &role, err) ||
		    !metadata_read_signers(role, arena, &out->roles[i], err))
			return err_context(err, "roles: %s", metadata_name(i));
	return true;
}

/* ---- signatures */

static const struct metadata_key *find_key(const struct metadata_key *keys, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(keys[i].id, id) == 0)
			return &keys[i];
	return NULL;
}

/* Keys that have signed. Members that TUF does not know, and the ways to write one PEM, give one key many IDs, so IDs
 * alone prove nothing. */
struct signed_by {
	struct public_key *keys[METADATA_SIGNATURES_MAX];
	size_t count;
};

static void count_signature(struct signed_by *by, const struct metadata_key *said, const char *signature,
			    const struct buf *form)
{
	struct public_key *key = said->public ? public_key_parse(said->kind, said->public) : NULL;
	bool counts = key && public_key_verify(key, signature, form->data, form->len);

	for (size_t i = 0; i < by->count && counts; i++)
		counts = !public_key_equal(by->keys[i], key);
	if (counts)
		by->keys[by->count++] = key;
	else
		public_key_destroy(key);
}

static bool count_signatures(const struct metadata *metadata, const struct metadata_key *keys, size_t key_count,
			     const struct metadata_signers *signers, struct signed_by *by, struct err *err)
{
	const struct json *list, *each;
	const char *id, *signature;
	struct buf form = {0};
	bool ok = json_get_array(metadata->json, "signatures", METADATA_SIGNATURES_MAX, &list, err) &&
		  json_canonical(metadata->part, &form, err);

	for (each = ok ? json_first(list) : NULL; each && ok; each = json_next(each)) {
		const struct metadata_key *key;

		ok = json_get_text(each, "keyid", TEXT_MAX, &id, err) &&
		     json_get_text(each, "sig", PUBLIC_KEY_SIGNATURE_MAX, &signature, err);
		key = ok && lists(signers, id) ? find_key(keys, key_count, id) : NULL;
		if (key)
			count_signature(by, key, signature, &form);
	}
	buf_finish(&form);
	return ok;
}

bool metadata_verify_by(const struct metadata *metadata, const struct metadata_key *keys, size_t key_count,
			const struct metadata_signers *signers, const char *role, struct err *err)
{
	struct signed_by by = {0};
	bool ok = count_signatures(metadata, keys, key_count, signers, &by, err);

	for (size_t i = 0; i < by.count; i++)
		public_key_destroy(by.keys[i]);
	if (ok && (int64_t)by.count < signers->threshold)
		return err_set(err, ERR_SIGNATURE, "%zu valid signatures of the %lld that the %s role needs", by.count,
			       (long long)signers->threshold, role);
	return ok;
}

bool metadata_verify(const struct metadata *metadata, const struct metadata_root *root, enum metadata_role role,
		     struct err *err)
{
	return metadata_verify_by(metadata, root->keys, root->key_count, &root->roles[role], metadata_name(role), err);
}
