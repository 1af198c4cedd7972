#include "bundle/root.h"

#include "base/clock.h"
#include "base/message.h"
#include "content/document.h"
#include "trust/metadata_write.h"
#include "trust/trust.h"

#include <stdio.h>
#include <string.h>

#define NAMES_KEY "x-vejviser-names"

/* ---- one key */

bool root_key_parse(const struct buf *text, struct root_key *out, struct err *err)
{
	char rest[2];
	int n = text->len > 0 ? sscanf(text->data, "ed25519 %64s %40s %1s", out->public, out->name, rest) : 0;

	if (n != 2 || !sha256_valid_hex(out->public) || !document_id_valid(out->name))
		return err_set(
			err, ERR_FORMAT,
			"is no public key: must be one line \"ed25519 <64 hex digits> <name>\", the name 1-40 of "
			"a-z, 0-9 and -");
	return metadata_keyid(out->public, out->id, err);
}

bool root_key_write(const struct root_key *key, struct buf *out, struct err *err)
{
	return buf_printf(out, "ed25519 %s %s\n", key->public, key->name) || err_memory(err);
}

bool root_key_of(const struct key *key, const char *name, struct root_key *out, struct err *err)
{
	*out = (struct root_key){0};
	snprintf(out->name, sizeof(out->name), "%s", name);
	return key_public_hex(key, out->public, err) && metadata_keyid(out->public, out->id, err);
}

/* ---- reading */

static const struct root_signer *look_up(const struct root *root, const char *id)
{
	for (size_t i = 0; i < root->count; i++)
		if (strcmp(root->signers[i].key.id, id) == 0)
			return &root->signers[i];
	return NULL;
}

static struct root_signer *find_id(struct root *root, const char *id)
{
	const struct root_signer *signer = look_up(root, id);

	return signer ? &root->signers[signer - root->signers] : NULL;
}

const struct root_signer *root_find(const struct root *root, const char *name)
{
	for (size_t i = 0; i < root->count; i++)
		if (strcmp(root->signers[i].key.name, name) == 0)
			return &root->signers[i];
	return NULL;
}

size_t root_signer_count(const struct root *root, enum metadata_role role)
{
	size_t count = 0;

	for (size_t i = 0; i < root->count; i++)
		count += root->signers[i].may[role];
	return count;
}

static const char *public_of(const struct metadata_root *root, const char *id)
{
	for (size_t i = 0; i < root->key_count; i++)
		if (strcmp(root->keys[i].id, id) == 0)
			return root->keys[i].public;
	return NULL;
}

/* The name that the root gives it, else that of its first role; and when that is taken, with the beginning of its ID. */
static bool read_name(const struct metadata *metadata, const struct root *root, const char *id, enum metadata_role role,
		      char name[ROOT_NAME_MAX], struct err *err)
{
	const struct json *names = json_find(metadata->part, NAMES_KEY);
	const char *given = NULL;

	if (names && !json_get_text_or_none(names, id, ROOT_NAME_MAX - 1, &given, err))
		return false;
	if (given && !document_id_valid(given))
		return err_set(err, ERR_FORMAT, "a key's name may have 1-40 of a-z, 0-9 and -");
	if (given || !root_find(root, metadata_name(role)))
		snprintf(name, ROOT_NAME_MAX, "%s", given ? given : metadata_name(role));
	else
		snprintf(name, ROOT_NAME_MAX, "%s-%.8s", metadata_name(role), id);
	return true;
}

static bool read_signer(const struct metadata *metadata, const struct metadata_root *from, enum metadata_role role,
			const char *id, struct root *out, struct err *err)
{
	struct root_signer *signer = find_id(out, id);
	const char *public;

	if (!signer) {
		public = public_of(from, id);
		if (!public || strlen(public) != ED25519_PUBLIC_HEX_MAX - 1)
			return err_set(err, ERR_FORMAT, "it has a key of a kind that this program does not make");
		if (out->count == ROOT_SIGNERS_MAX)
			return err_set(err, ERR_LIMIT, "it has more than %d keys", ROOT_SIGNERS_MAX);
		signer = &out->signers[out->count];
		*signer = (struct root_signer){0};
		if (!read_name(metadata, out, id, role, signer->key.name, err))
			return false;
		snprintf(signer->key.public, sizeof(signer->key.public), "%s", public);
		snprintf(signer->key.id, sizeof(signer->key.id), "%s", id);
		out->count++;
	}
	signer->may[role] = true;
	return true;
}

/* Names find files and people, so no two keys may share one. */
static bool check_names(const struct root *root, struct err *err)
{
	for (size_t i = 0; i < root->count; i++)
		if (root_find(root, root->signers[i].key.name) != &root->signers[i])
			return err_set(err, ERR_FORMAT, "two keys have the name \"%s\"", root->signers[i].key.name);
	return true;
}

static bool read_signers(const struct metadata *metadata, const struct metadata_root *from, struct root *out,
			 struct err *err)
{
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		out->thresholds[role] = from->roles[role].threshold;
		for (size_t i = 0; i < from->roles[role].count; i++)
			if (!read_signer(metadata, from, role, from->roles[role].keyids[i], out, err))
				return false;
	}
	return true;
}

static bool parse(const struct buf *bytes, struct metadata *out, struct err *err)
{
	return metadata_parse(METADATA_ROOT, bytes->data, bytes->len, out, err);
}

bool root_read(const struct buf *bytes, struct root *out, struct err *err)
{
	struct metadata metadata = {0};
	struct metadata_root from;
	struct arena arena = {0};
	bool ok;

	*out = (struct root){0};
	ok = parse(bytes, &metadata, err) && metadata_read_root(&metadata, &arena, &from, err) &&
	     read_signers(&metadata, &from, out, err) && check_names(out, err);
	out->version = metadata.version;
	out->expires_utc_s = metadata.expires_utc_s;
	metadata_finish(&metadata);
	arena_finish(&arena);
	return ok;
}

/* ---- changing */

bool root_add(struct root *root, const struct root_key *key, const bool roles[METADATA_ROLE_COUNT], struct err *err)
{
	struct root_signer *signer = find_id(root, key->id);
	const struct root_signer *namesake = root_find(root, key->name);

	if (namesake && namesake != signer)
		return err_set(err, ERR_USAGE, "another key has the name \"%s\" already", key->name);
	if (!signer && root->count == ROOT_SIGNERS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d keys", ROOT_SIGNERS_MAX);
	if (!signer) {
		signer = &root->signers[root->count++];
		*signer = (struct root_signer){.key = *key};
	}
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		signer->may[i] = signer->may[i] || roles[i];
	return true;
}

bool root_remove(struct root *root, const char *name, struct err *err)
{
	const struct root_signer *signer = root_find(root, name);

	if (!signer)
		return err_set(err, ERR_USAGE, "there is no key \"%s\"", name);
	root->signers[signer - root->signers] = root->signers[--root->count];
	return true;
}

bool root_replace(struct root *root, const char *name, const struct root_key *new, struct err *err)
{
	const struct root_signer *signer = root_find(root, name);
	struct root_signer was;

	if (!signer)
		return err_set(err, ERR_USAGE, "there is no key \"%s\"", name);
	if (look_up(root, new->id))
		return err_set(err, ERR_USAGE, "the key \"%s\" is there already", new->name);
	was = *signer;
	return root_remove(root, name, err) && root_add(root, new, was.may, err);
}

/* ---- drafting and signing */

static bool add_names(const struct root *root, struct json *part)
{
	struct json *names = json_add_object(part, NAMES_KEY);
	bool ok = names != NULL;

	for (size_t i = 0; i < root->count && ok; i++)
		ok = json_add_text(names, root->signers[i].key.id, root->signers[i].key.name) != NULL;
	return ok;
}

bool root_draft(const struct root *root, struct buf *out, struct err *err)
{
	const char *publics[METADATA_ROLE_COUNT][ROOT_SIGNERS_MAX];
	struct metadata_write_role roles[METADATA_ROLE_COUNT];
	struct json *part = NULL;
	bool ok;

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		size_t count = 0;

		for (size_t i = 0; i < root->count; i++)
			if (root->signers[i].may[role])
				publics[role][count++] = root->signers[i].key.public;
		roles[role] = (struct metadata_write_role){publics[role], count, root->thresholds[role]};
		if (root->thresholds[role] < 1 || (size_t)root->thresholds[role] > count)
			return err_set(err, ERR_USAGE, "%lld must sign for \"%s\", but only %zu could",
				       (long long)root->thresholds[role], metadata_name(role), count);
	}
	ok = metadata_write_root(root->version, root->expires_utc_s, roles, &part, err) &&
	     (add_names(root, part) || err_memory(err)) && metadata_sign(part, NULL, 0, out, err);
	json_destroy(part);
	return ok;
}

bool root_sign(const struct buf *draft, const struct key *key, struct buf *out, struct root_key *who, struct err *err)
{
	struct metadata metadata = {0};
	const struct root_signer *signer;
	struct root root;
	bool ok = root_read(draft, &root, err) && root_key_of(key, "", who, err) && parse(draft, &metadata, err) &&
		  metadata_sign_also(&metadata, key, out, err);

	signer = ok ? look_up(&root, who->id) : NULL;
	if (signer && signer->may[METADATA_ROOT])
		*who = signer->key;
	metadata_finish(&metadata);
	return ok;
}

bool root_merge(const struct buf *draft, const struct buf *copy, struct buf *out, struct err *err)
{
	struct metadata ours = {0}, theirs = {0};
	bool ok =
		parse(draft, &ours, err) && parse(copy, &theirs, err) && metadata_sign_merge(&ours, &theirs, out, err);

	metadata_finish(&ours);
	metadata_finish(&theirs);
	return ok;
}

/* ---- telling */

static bool describe_role(const struct root *root, enum metadata_role role, struct buf *out)
{
	bool ok = buf_printf(out, _("%s: %lld of %zu must sign\n"), metadata_name(role),
			     (long long)root->thresholds[role], root_signer_count(root, role));

	for (size_t i = 0; i < root->count && ok; i++)
		if (root->signers[i].may[role])
			ok = buf_printf(out, _("\t%s (key %.12s)\n"), root->signers[i].key.name,
					root->signers[i].key.id);
	return ok;
}

bool root_describe(const struct root *root, struct buf *out, struct err *err)
{
	char expires[CLOCK_UTC_MAX];
	bool ok;

	clock_format_utc(root->expires_utc_s, expires);
	ok = buf_printf(out, _("root version %lld, expires %s\n"), (long long)root->version, expires);
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT && ok; role++)
		ok = describe_role(root, role, out);
	return ok || err_memory(err);
}

/* Whether this one key has rightly signed. */
static bool has_signed(const struct metadata *draft, const struct metadata_root *root, const char *id)
{
	struct metadata_root one = *root;
	struct err unused;

	one.roles[METADATA_ROOT] = (struct metadata_signers){&id, 1, 1};
	return metadata_verify(draft, &one, METADATA_ROOT, &unused);
}

static bool tell_holders(const struct metadata *draft, const struct metadata_root *keys, const struct root *root,
			 struct buf *out, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; i < root->count && ok; i++) {
		const struct root_signer *signer = &root->signers[i];

		if (signer->may[METADATA_ROOT])
			ok = buf_printf(out, "\t%-8s %s\n",
					has_signed(draft, keys, signer->key.id) ? _("signed") : _("missing"),
					signer->key.name);
	}
	return ok || err_memory(err);
}

/* One of the two conditions: the holders named by `by` have signed `draft`. */
static bool judge(const struct metadata *draft, const struct buf *by, const char *what, struct buf *out,
		  bool *fulfilled, struct err *err)
{
	struct metadata metadata = {0};
	struct metadata_root keys;
	struct arena arena = {0};
	struct err unused;
	struct root root;
	bool ok = root_read(by, &root, err) && parse(by, &metadata, err) &&
		  metadata_read_root(&metadata, &arena, &keys, err);

	if (ok) {
		*fulfilled = metadata_verify(draft, &keys, METADATA_ROOT, &unused);
		ok = buf_printf(out, _("%lld of %zu %s must sign it: %s\n"), (long long)root.thresholds[METADATA_ROOT],
				root_signer_count(&root, METADATA_ROOT), what,
				*fulfilled ? _("enough have") : _("not enough have yet")) ||
		     err_memory(err);
	}
	ok = ok && tell_holders(draft, &keys, &root, out, err);
	metadata_finish(&metadata);
	arena_finish(&arena);
	return ok;
}

bool root_status(const struct buf *draft, const struct buf *old, struct buf *out, bool *complete, struct err *err)
{
	struct metadata metadata = {0};
	char expires[CLOCK_UTC_MAX];
	bool by_old = true, by_new = false, ok = parse(draft, &metadata, err);

	if (ok) {
		clock_format_utc(metadata.expires_utc_s, expires);
		ok = buf_printf(out, _("new root.json: version %lld, expires %s\n"), (long long)metadata.version,
				expires) ||
		     err_memory(err);
	}
	ok = ok && (!old || judge(&metadata, old, _("present holders"), out, &by_old, err)) &&
	     judge(&metadata, draft, old ? _("new holders") : _("holders"), out, &by_new, err);
	metadata_finish(&metadata);
	*complete = ok && by_old && by_new;
	return ok;
}
