#include "bundle/keys.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "content/document.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_S         INT64_C(86400)
#define PEM_BYTES_MAX 16384
#define PATH_BYTES    1024
#define DRAFT         "root.draft.json"
#define ROOT          "root.json"

static void finish_secret(struct buf *secret)
{
	if (secret->data)
		explicit_bzero(secret->data, secret->len);
	buf_finish(secret);
}

/* ---- key files */

static bool is_encrypted(const struct buf *pem)
{
	return pem->len > 0 && strstr(pem->data, "ENCRYPTED PRIVATE KEY") != NULL;
}

static bool open_pem(const struct buf *pem, const char *path, char last[PASSPHRASE_MAX], struct key **out,
		     struct err *err)
{
	char question[PATH_BYTES];
	struct err unused;

	if (!is_encrypted(pem))
		return key_parse(pem->data, pem->len, NULL, out, err);
	if (last[0] != '\0' && key_parse(pem->data, pem->len, last, out, &unused))
		return true;
	snprintf(question, sizeof(question), _("Passphrase of %s:"), path);
	return passphrase_known(question, last, err) && key_parse(pem->data, pem->len, last, out, err);
}

bool keys_read_private(int dir, const char *path, char last[PASSPHRASE_MAX], struct key **out, struct err *err)
{
	struct buf pem = {0};
	bool ok = file_read(dir, path, PEM_BYTES_MAX, &pem, err) &&
		  (open_pem(&pem, path, last, out, err) || err_context(err, "%s", path));

	finish_secret(&pem);
	return ok;
}

static bool check_free(int dir, const char *name, struct err *err)
{
	struct stat is;

	if (fstatat(dir, name, &is, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(err, ERR_USAGE, "%s is there already, and keys are never overwritten", name);
	return errno == ENOENT || err_errno(err, "%s", name);
}

static bool write_private(int dir, const char *path, const char *passphrase, const struct key *key, struct err *err)
{
	struct buf pem = {0};
	bool ok = key_write(key, passphrase, &pem, err) && file_write(dir, path, pem.data, pem.len, 0600, err);

	finish_secret(&pem);
	return ok;
}

/* "<path><ending>" */
static bool with_ending(const char *path, const char *ending, char out[PATH_BYTES], struct err *err)
{
	int n = snprintf(out, PATH_BYTES, "%s%s", path, ending);

	return (n > 0 && n < PATH_BYTES) || err_set(err, ERR_USAGE, "the path is too long");
}

/* Makes both files of a key; *public is what the world may know. */
static bool make_pair(int dir, const char *path, const char *passphrase, struct key **out, struct root_key *public,
		      struct err *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char pem[PATH_BYTES], pub[PATH_BYTES];
	struct buf text = {0};
	bool ok;

	if (!document_id_valid(name))
		return err_set(err, ERR_USAGE, "\"%s\": a key's name has 1-40 of a-z, 0-9 and -", name);
	ok = with_ending(path, ".pem", pem, err) && with_ending(path, ".pub", pub, err) && check_free(dir, pem, err) &&
	     check_free(dir, pub, err) && key_generate(out, err) && root_key_of(*out, name, public, err) &&
	     write_private(dir, pem, passphrase, *out, err) && root_key_write(public, &text, err) &&
	     file_write(dir, pub, text.data, text.len, 0644, err);
	buf_finish(&text);
	return ok;
}

bool keys_new(const char *path, const char *passphrase, struct err *err)
{
	struct root_key public;
	struct key *key = NULL;
	bool ok = make_pair(AT_FDCWD, path, passphrase, &key, &public, err);

	key_destroy(key);
	return ok;
}

/* ---- the folder, and what stands in it */

static bool open_folder(const char *path, bool create, int *dir, struct err *err)
{
	return file_open_dir(AT_FDCWD, path, create, dir, err) || err_context(err, "the folder of keys");
}

static void root_name(int64_t version, char name[64])
{
	snprintf(name, 64, "%lld." ROOT, (long long)version);
}

static bool read_root(int dir, const char *name, struct buf *out, struct err *err)
{
	return file_read(dir, name, metadata_limit(METADATA_ROOT), out, err);
}

/* The new root under its number first, so that no version is ever lost; then in force. */
static bool put_root(int dir, const struct buf *bytes, int64_t version, struct err *err)
{
	char name[64];

	root_name(version, name);
	return file_write(dir, name, bytes->data, bytes->len, 0644, err) &&
	       file_write(dir, ROOT, bytes->data, bytes->len, 0644, err);
}

/* ---- a trial */

static const struct {
	const char *name;
	bool may[METADATA_ROLE_COUNT];
} trial[] = {
	{"root", {[METADATA_ROOT] = true}},
	{"targets", {[METADATA_TARGETS] = true}},
	{"online", {[METADATA_SNAPSHOT] = true, [METADATA_TIMESTAMP] = true}},
};
#define TRIAL_COUNT (sizeof(trial) / sizeof(trial[0]))

static bool sign_trial(int dir, struct root *root, const struct key *key, struct err *err)
{
	struct buf draft = {0}, signed_root = {0};
	struct root_key who;
	bool ok = root_draft(root, &draft, err) && root_sign(&draft, key, &signed_root, &who, err) &&
		  put_root(dir, &signed_root, root->version, err);

	buf_finish(&draft);
	buf_finish(&signed_root);
	return ok;
}

static bool make_trial(int dir, const char *passphrase, int64_t now_utc_s, struct err *err)
{
	struct root root = {.version = 1, .expires_utc_s = now_utc_s + KEYS_ROOT_DAYS * DAY_S};
	struct key *keys[TRIAL_COUNT] = {NULL};
	struct root_key public;
	bool ok = true;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		root.thresholds[i] = 1;
	for (size_t i = 0; i < TRIAL_COUNT && ok; i++)
		ok = make_pair(dir, trial[i].name, passphrase, &keys[i], &public, err) &&
		     root_add(&root, &public, trial[i].may, err);
	ok = ok && sign_trial(dir, &root, keys[0], err);
	for (size_t i = 0; i < TRIAL_COUNT; i++)
		key_destroy(keys[i]);
	return ok;
}

/* Half a set of keys is of no use, and would stand in the way of a whole one. */
static void remove_trial(int dir)
{
	static const char *const others[] = {ROOT, "1." ROOT};
	char name[PATH_BYTES];
	struct err unused;

	for (size_t i = 0; i < TRIAL_COUNT; i++) {
		snprintf(name, sizeof(name), "%s.pem", trial[i].name);
		file_remove(dir, name, &unused);
		snprintf(name, sizeof(name), "%s.pub", trial[i].name);
		file_remove(dir, name, &unused);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		file_remove(dir, others[i], &unused);
}

static bool all_free(int dir, struct err *err)
{
	char name[PATH_BYTES];
	bool ok = check_free(dir, ROOT, err) && check_free(dir, "1." ROOT, err) && check_free(dir, DRAFT, err);

	for (size_t i = 0; i < TRIAL_COUNT && ok; i++) {
		snprintf(name, sizeof(name), "%s.pem", trial[i].name);
		ok = check_free(dir, name, err);
		snprintf(name, sizeof(name), "%s.pub", trial[i].name);
		ok = ok && check_free(dir, name, err);
	}
	return ok;
}

bool keys_make_trial(const char *path, const char *passphrase, int64_t now_utc_s, struct err *err)
{
	bool ok;
	int dir;

	if (!open_folder(path, true, &dir, err))
		return false;
	ok = all_free(dir, err);
	if (ok && !make_trial(dir, passphrase, now_utc_s, err)) {
		remove_trial(dir);
		ok = false;
	}
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* ---- opening for publishing */

/* The first of the role's keys whose file is here. That it is the right key is seen before anything is signed. */
static bool read_role(int dir, const struct root *root, enum metadata_role role, char last[PASSPHRASE_MAX],
		      struct key **out, struct err *err)
{
	char name[ROOT_NAME_MAX + 4] = "";
	struct root_key is;
	struct err why;

	for (size_t i = 0; i < root->count; i++) {
		const struct root_key *key = &root->signers[i].key;

		if (!root->signers[i].may[role])
			continue;
		snprintf(name, sizeof(name), "%s.pem", key->name);
		if (keys_read_private(dir, name, last, out, &why))
			return root_key_of(*out, "", &is, err) &&
			       (strcmp(is.id, key->id) == 0 ||
				err_set(err, ERR_USAGE,
					"%s is another key than the one that root.json lets sign for \"%s\"", name,
					metadata_name(role)));
		if (why.code != ERR_MISSING) {
			*err = why;
			return false;
		}
	}
	return err_set(err, ERR_MISSING, "no key that may sign for \"%s\": %s is not in the folder",
		       metadata_name(role), name);
}

static bool read_older(int dir, int64_t version, struct keys *out, struct err *err)
{
	char name[64];
	struct err why;

	while (--version > 0 && out->older_count < KEYS_OLDER_MAX) {
		root_name(version, name);
		if (!read_root(dir, name, &out->older[out->older_count], &why)) {
			*err = why;
			return why.code == ERR_MISSING;
		}
		out->older_count++;
	}
	return true;
}

static bool read_roles(int dir, const struct root *root, bool online, char last[PASSPHRASE_MAX], struct keys *out,
		       struct err *err)
{
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++) {
		if (role == METADATA_TARGETS && online)
			continue;
		if (root->thresholds[role] != 1)
			return err_set(err, ERR_USAGE,
				       "root.json asks for %lld signatures for \"%s\"; publishing makes one",
				       (long long)root->thresholds[role], metadata_name(role));
		if (!read_role(dir, root, role, last, &out->private[role], err))
			return false;
	}
	return true;
}

bool keys_open(const char *path, bool online, struct keys *out, struct err *err)
{
	char last[PASSPHRASE_MAX] = "";
	struct root root;
	bool ok;
	int dir;

	*out = (struct keys){0};
	if (!open_folder(path, false, &dir, err))
		return false;
	ok = read_root(dir, ROOT, &out->root, err) && (root_read(&out->root, &root, err) || err_context(err, ROOT)) &&
	     read_older(dir, root.version, out, err) && read_roles(dir, &root, online, last, out, err);
	explicit_bzero(last, sizeof(last));
	close(dir);
	if (ok)
		return true;
	keys_finish(out);
	return err_context(err, "%s", path);
}

bool keys_check_newest(const struct keys *keys, const struct buf *newer, struct err *err)
{
	struct trust *trust;
	struct err unused;
	bool follows;

	if (!trust_open(keys->root.data, keys->root.len, 0, &trust, err))
		return err_context(err, ROOT);
	follows = trust_root(trust, newer->data, newer->len, &unused);
	if (follows)
		err_set(err, ERR_USAGE,
			"version %lld of root.json is in force, but the folder of keys has the one before: copy "
			"root.json "
			"and the N.root.json from the machine where it was made",
			(long long)trust_version(trust, METADATA_ROOT));
	trust_close(trust);
	return !follows;
}

void keys_finish(struct keys *keys)
{
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(keys->private[i]);
	for (size_t i = 0; i < keys->older_count; i++)
		buf_finish(&keys->older[i]);
	buf_finish(&keys->root);
	*keys = (struct keys){0};
}

/* ---- the next root */

/* An absent file leaves *out empty. */
static bool read_if_there(int dir, const char *name, struct buf *out, struct err *err)
{
	struct err why;

	if (read_root(dir, name, out, &why) || why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

bool keys_read_draft(const char *path, struct root *out, bool *first, struct err *err)
{
	struct buf draft = {0}, root = {0};
	bool ok;
	int dir;

	*out = (struct root){.version = 1};
	if (!open_folder(path, true, &dir, err))
		return false;
	ok = read_if_there(dir, DRAFT, &draft, err) && read_if_there(dir, ROOT, &root, err);
	*first = ok && root.len == 0;
	if (ok && draft.len > 0)
		ok = root_read(&draft, out, err) || err_context(err, DRAFT);
	else if (ok && root.len > 0 && (ok = root_read(&root, out, err) || err_context(err, ROOT)))
		out->version++;
	buf_finish(&draft);
	buf_finish(&root);
	close(dir);
	return ok || err_context(err, "%s", path);
}

bool keys_write_draft(const char *path, const struct root *root, struct err *err)
{
	struct buf draft = {0};
	bool ok;
	int dir;

	if (!open_folder(path, true, &dir, err))
		return false;
	ok = root_draft(root, &draft, err) && file_write(dir, DRAFT, draft.data, draft.len, 0644, err);
	buf_finish(&draft);
	close(dir);
	return ok || err_context(err, "%s", path);
}

static bool merge_copies(struct buf *draft, char *const *copies, size_t count, struct err *err)
{
	struct buf copy = {0}, merged = {0};
	bool ok = true;

	for (size_t i = 0; i < count && ok; i++) {
		ok = (read_root(AT_FDCWD, copies[i], &copy, err) && root_merge(draft, &copy, &merged, err)) ||
		     err_context(err, "%s", copies[i]);
		if (ok) {
			struct buf was = *draft;

			*draft = merged;
			merged = (struct buf){0};
			buf_finish(&was);
		}
	}
	buf_finish(&copy);
	buf_finish(&merged);
	return ok;
}

/* The old root under its number, when an earlier version of this program did not put it there. */
static bool keep_old(int dir, const struct buf *old, int64_t version, struct err *err)
{
	char name[64];
	struct err why;

	root_name(version, name);
	return old->len == 0 || (!check_free(dir, name, &why) && why.code == ERR_USAGE) ||
	       file_write(dir, name, old->data, old->len, 0644, err);
}

static bool adopt(int dir, const struct buf *draft, const struct buf *old, struct err *err)
{
	struct root new = {0}, was = {0};

	if (!root_read(draft, &new, err) || (old->len > 0 && !root_read(old, &was, err)))
		return false;
	if (new.version != was.version + 1)
		return err_set(err, ERR_USAGE, "%s is version %lld, but root.json is version %lld", DRAFT,
			       (long long)new.version, (long long)was.version);
	return keep_old(dir, old, was.version, err) && put_root(dir, draft, new.version, err) &&
	       file_remove(dir, DRAFT, err);
}

static bool read_both(int dir, struct buf *draft, struct buf *old, struct err *err)
{
	return (read_root(dir, DRAFT, draft, err) || err_context(err, "no new root is under way")) &&
	       read_if_there(dir, ROOT, old, err);
}

bool keys_draft_status(const char *path, struct buf *out, bool *complete, struct err *err)
{
	struct buf draft = {0}, old = {0};
	bool ok;
	int dir;

	if (!open_folder(path, false, &dir, err))
		return false;
	ok = read_both(dir, &draft, &old, err) && root_status(&draft, old.len > 0 ? &old : NULL, out, complete, err);
	buf_finish(&draft);
	buf_finish(&old);
	close(dir);
	return ok || err_context(err, "%s", path);
}

bool keys_collect(const char *path, char *const *copies, size_t count, struct buf *out, bool *adopted, struct err *err)
{
	struct buf draft = {0}, old = {0};
	bool complete = false, ok;
	int dir;

	*adopted = false;
	if (!open_folder(path, false, &dir, err))
		return false;
	ok = read_both(dir, &draft, &old, err) && merge_copies(&draft, copies, count, err) &&
	     (count == 0 || file_write(dir, DRAFT, draft.data, draft.len, 0644, err)) &&
	     root_status(&draft, old.len > 0 ? &old : NULL, out, &complete, err);
	if (ok && complete)
		*adopted = ok = adopt(dir, &draft, &old, err);
	buf_finish(&draft);
	buf_finish(&old);
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* ---- telling */

static const char *private_state(int dir, const char *name)
{
	char path[PATH_BYTES];
	struct buf pem = {0};
	struct err err;
	const char *state;

	snprintf(path, sizeof(path), "%s.pem", name);
	if (file_read(dir, path, PEM_BYTES_MAX, &pem, &err))
		state = is_encrypted(&pem) ? _("is here, with a passphrase") : _("is here, without a passphrase");
	else
		state = err.code == ERR_MISSING ? _("is not here") : _("cannot be read");
	finish_secret(&pem);
	return state;
}

static bool describe_root(int dir, const struct root *root, struct buf *out)
{
	char expires[CLOCK_UTC_MAX];
	bool ok;

	clock_format_utc(root->expires_utc_s, expires);
	ok = buf_printf(out, _("root.json: version %lld, expires %s\n"), (long long)root->version, expires);
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT && ok; role++) {
		ok = buf_printf(out, _("%s: %lld of %zu must sign\n"), metadata_name(role),
				(long long)root->thresholds[role], root_signer_count(root, role));
		for (size_t i = 0; i < root->count && ok; i++) {
			const struct root_key *key = &root->signers[i].key;

			if (root->signers[i].may[role])
				ok = buf_printf(out, _("\t%s (%.12s...): %s.pem %s\n"), key->name, key->id, key->name,
						private_state(dir, key->name));
		}
	}
	return ok;
}

bool keys_describe(const char *path, struct buf *out, struct err *err)
{
	struct buf bytes = {0};
	struct trust *trust = NULL;
	struct root root = {0};
	bool ok;
	int dir;

	if (!open_folder(path, false, &dir, err))
		return false;
	ok = read_root(dir, ROOT, &bytes, err) &&
	     ((trust_open(bytes.data, bytes.len, 0, &trust, err) && root_read(&bytes, &root, err)) ||
	      err_context(err, ROOT)) &&
	     (describe_root(dir, &root, out) || err_memory(err));
	trust_close(trust);
	buf_finish(&bytes);
	close(dir);
	return ok || err_context(err, "%s", path);
}
