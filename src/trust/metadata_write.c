#include "trust/metadata_write.h"

#include "base/clock.h"

#include <string.h>

#define SPEC_VERSION "1.0.34"

static struct json *add_key(struct json *to, const char *name, const char *public_hex)
{
	struct json *key = json_add_object(to, name);

	json_add_text(key, "keytype", "ed25519");
	json_add_text(key, "scheme", "ed25519");
	return json_add_text(json_add_object(key, "keyval"), "public", public_hex) ? key : NULL;
}

bool metadata_keyid(const char *public_hex, char id[SHA256_HEX_MAX], struct err *err)
{
	struct json *box = json_new_object();
	struct json *key = add_key(box, "key", public_hex);
	struct buf form = {0};
	bool ok = key ? json_canonical(key, &form, err) && sha256_hex(form.data, form.len, id, err) : err_memory(err);

	buf_finish(&form);
	json_destroy(box);
	return ok;
}

static struct json *new_part(enum metadata_role role, int64_t version, int64_t expires_utc_s)
{
	struct json *part = json_new_object();
	char expires[CLOCK_UTC_MAX];

	clock_format_utc(expires_utc_s, expires);
	if (json_add_text(part, "_type", metadata_name(role)) && json_add_text(part, "spec_version", SPEC_VERSION) &&
	    json_add_integer(part, "version", version) && json_add_text(part, "expires", expires))
		return part;
	json_destroy(part);
	return NULL;
}

/* Hands over what is whole, frees what is not. */
static bool finish_part(struct json *part, bool whole, struct json **out, struct err *err)
{
	if (!whole) {
		json_destroy(part);
		return err_memory(err);
	}
	*out = part;
	return true;
}

/* ---- root */

static bool add_role(struct json *keys, struct json *roles, enum metadata_role role,
		     const struct metadata_write_role *from, struct err *err)
{
	struct json *object = json_add_object(roles, metadata_name(role));
	struct json *ids = json_add_array(object, "keyids");
	char id[SHA256_HEX_MAX];

	for (size_t i = 0; i < from->count; i++) {
		if (!metadata_keyid(from->publics[i], id, err))
			return false;
		if (!json_find(keys, id) && !add_key(keys, id, from->publics[i]))
			return err_memory(err);
		if (!json_add_text(ids, NULL, id))
			return err_memory(err);
	}
	return json_add_integer(object, "threshold", from->threshold) || err_memory(err);
}

bool metadata_write_root(int64_t version, int64_t expires_utc_s,
			 const struct metadata_write_role roles[METADATA_ROLE_COUNT], struct json **out,
			 struct err *err)
{
	struct json *part = new_part(METADATA_ROOT, version, expires_utc_s);
	struct json *keys, *all;
	bool whole = json_add_bool(part, "consistent_snapshot", true) != NULL;

	keys = json_add_object(part, "keys");
	all = json_add_object(part, "roles");
	if (!whole || !keys || !all)
		return finish_part(part, false, out, err);
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++)
		if (!add_role(keys, all, role, &roles[role], err)) {
			json_destroy(part);
			return false;
		}
	return finish_part(part, true, out, err);
}

/* ---- timestamp, snapshot, targets */

static bool add_hash(struct json *to, const char *sha256)
{
	return json_add_text(json_add_object(to, "hashes"), "sha256", sha256) != NULL;
}

static bool write_file(enum metadata_role role, int64_t version, int64_t expires_utc_s,
		       const struct metadata_file *file, struct json **out, struct err *err)
{
	struct json *part = new_part(role, version, expires_utc_s);
	struct json *named = json_add_object(json_add_object(part, "meta"), file->name);
	bool whole = json_add_integer(named, "version", file->version) != NULL;

	if (whole && file->len >= 0)
		whole = json_add_integer(named, "length", file->len) != NULL;
	if (whole && file->sha256[0] != '\0')
		whole = add_hash(named, file->sha256);
	return finish_part(part, whole, out, err);
}

bool metadata_write_timestamp(int64_t version, int64_t expires_utc_s, const struct metadata_file *file,
			      struct json **out, struct err *err)
{
	return write_file(METADATA_TIMESTAMP, version, expires_utc_s, file, out, err);
}

bool metadata_write_snapshot(int64_t version, int64_t expires_utc_s, const struct metadata_file *file,
			     struct json **out, struct err *err)
{
	return write_file(METADATA_SNAPSHOT, version, expires_utc_s, file, out, err);
}

bool metadata_write_targets(int64_t version, int64_t expires_utc_s, const struct metadata_targets *targets,
			    struct json **out, struct err *err)
{
	struct json *part = new_part(METADATA_TARGETS, version, expires_utc_s);
	char published[CLOCK_UTC_MAX];
	struct json *all;
	bool whole;

	clock_format_utc(targets->published_utc_s, published);
	whole = json_add_text(part, "x-vejviser-published", published) != NULL;
	all = json_add_object(part, "targets");
	whole = whole && all;
	for (size_t i = 0; i < targets->count && whole; i++) {
		struct json *each = json_add_object(all, targets->targets[i].path);

		whole = json_add_integer(each, "length", targets->targets[i].len) &&
			add_hash(each, targets->targets[i].sha256);
	}
	return finish_part(part, whole, out, err);
}

/* ---- signing */

static bool add_signature(struct json *list, const struct buf *form, const struct key *key, struct err *err)
{
	char public[ED25519_PUBLIC_HEX_MAX], id[SHA256_HEX_MAX], signature[ED25519_SIGNATURE_HEX_MAX];
	struct json *object;

	if (!key_public_hex(key, public, err) || !metadata_keyid(public, id, err) ||
	    !key_sign(key, form->data, form->len, signature, err))
		return false;
	object = json_add_object(list, NULL);
	return (json_add_text(object, "keyid", id) && json_add_text(object, "sig", signature)) || err_memory(err);
}

bool metadata_sign(const struct json *part, struct key *const *keys, size_t key_count, struct buf *out, struct err *err)
{
	struct json *file = json_new_object();
	struct json *list = json_add_array(file, "signatures");
	struct buf form = {0};
	bool ok = list && json_add_copy(file, "signed", part) ? json_canonical(part, &form, err) : err_memory(err);

	for (size_t i = 0; i < key_count && ok; i++)
		ok = add_signature(list, &form, keys[i], err);
	ok = ok && json_write(file, out, err);
	buf_finish(&form);
	json_destroy(file);
	return ok;
}

static bool same_keyid(const struct json *a, const struct json *b)
{
	struct err unused;
	const char *one, *other;

	return json_get_text(a, "keyid", SHA256_HEX_MAX, &one, &unused) &&
	       json_get_text(b, "keyid", SHA256_HEX_MAX, &other, &unused) && strcmp(one, other) == 0;
}

/* Those of `from` whose key is not among `but`, which may be NULL. */
static bool copy_signatures(struct json *to, const struct json *from, const struct json *but)
{
	bool ok = true;

	for (const struct json *each = json_first(from); each && ok; each = json_next(each)) {
		const struct json *other = json_first(but);

		while (other && !same_keyid(each, other))
			other = json_next(other);
		ok = other || json_add_copy(to, NULL, each);
	}
	return ok;
}

/* `first` and those of the file whose keys are not among them. */
static bool write_signed(const struct metadata *metadata, const struct json *first, struct buf *out, struct err *err)
{
	struct json *file = json_new_object();
	struct json *list = json_add_array(file, "signatures");
	bool ok = (copy_signatures(list, first, NULL) &&
		   copy_signatures(list, json_find(metadata->json, "signatures"), first) &&
		   json_add_copy(file, "signed", metadata->part)) ||
		  err_memory(err);

	ok = ok && json_write(file, out, err);
	json_destroy(file);
	return ok;
}

bool metadata_sign_also(const struct metadata *metadata, const struct key *key, struct buf *out, struct err *err)
{
	struct json *mine = json_new_array();
	struct buf form = {0};
	bool ok = mine ? json_canonical(metadata->part, &form, err) && add_signature(mine, &form, key, err) &&
				  write_signed(metadata, mine, out, err)
		       : err_memory(err);

	buf_finish(&form);
	json_destroy(mine);
	return ok;
}

bool metadata_sign_merge(const struct metadata *metadata, const struct metadata *from, struct buf *out, struct err *err)
{
	struct buf ours = {0}, theirs = {0};
	bool ok = json_canonical(metadata->part, &ours, err) && json_canonical(from->part, &theirs, err);

	if (ok && (ours.len != theirs.len || memcmp(ours.data, theirs.data, ours.len) != 0))
		ok = err_set(err, ERR_FORMAT, "it says something else than the one at hand");
	ok = ok && write_signed(from, json_find(metadata->json, "signatures"), out, err);
	buf_finish(&ours);
	buf_finish(&theirs);
	return ok;
}

bool metadata_describe(const char *name, int64_t version, const struct buf *bytes, struct metadata_file *out,
		       struct err *err)
{
	*out = (struct metadata_file){.name = name, .version = version, .len = (int64_t)bytes->len};
	return sha256_hex(bytes->data, bytes->len, out->sha256, err);
}
