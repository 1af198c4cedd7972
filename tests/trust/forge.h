/* forge -- metadata made with our own writer and then altered, for the tests of trust/.
 *
 * One program includes it once; run its tests with forge_start() and forge_end() as the group's setup and teardown.
 */
#ifndef TRUST_FORGE_H
#define TRUST_FORGE_H

#include "base/array.h"
#include "base/clock.h"
#include "trust/metadata_write.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW    INT64_C(1800000000)
#define DAY    INT64_C(86400)
#define HASH   "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define PLENTY 400000

/* Root needs A and B; X is nobody. */
static const char letters[] = "ABtsgX";
static struct key *keys[ARRAY_LEN(letters) - 1];
static char publics[ARRAY_LEN(letters) - 1][ED25519_PUBLIC_HEX_MAX];

static inline size_t key_of(char letter)
{
	const char *at = strchr(letters, letter);

	assert_non_null(at);
	return (size_t)(at - letters);
}

static inline int forge_start(void **state)
{
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!key_generate(&keys[i], &err) || !key_public_hex(keys[i], publics[i], &err))
			return -1;
	return 0;
}

static inline int forge_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		key_destroy(keys[i]);
	return 0;
}

/* ---- making files */

/* The first `from` in the text becomes `to`; "" for none. */
struct edit {
	const char *from, *to;
};

static inline void apply(struct buf *text, struct edit edit)
{
	struct buf new = {0};
	char *at;

	if (!edit.from)
		return;
	at = strstr(text->data, edit.from);
	if (!at)
		fail_msg("nothing to edit: %s in %s", edit.from, text->data);
	assert_true(buf_append(&new, text->data, (size_t)(at - text->data)) && buf_append_text(&new, edit.to) &&
		    buf_append_text(&new, at + strlen(edit.from)));
	buf_finish(text);
	*text = new;
}

/* Edits the part as text, then signs it with the keys of these letters. Takes `part`. */
static inline struct buf sign(struct json *part, struct edit edit, const char *signers)
{
	struct key *chosen[METADATA_SIGNATURES_MAX + 1];
	struct buf text = {0}, file = {0};
	struct err err;
	size_t n;

	assert_true(json_write(part, &text, &err));
	json_destroy(part);
	apply(&text, edit);
	if (!json_parse(text.data, text.len, 8 * PLENTY, &part, &err))
		fail_msg("%s: %s", err.text, text.data);
	for (n = 0; signers[n]; n++)
		chosen[n] = keys[key_of(signers[n])];
	assert_true(metadata_sign(part, chosen, n, &file, &err));
	json_destroy(part);
	buf_finish(&text);
	return file;
}

static inline struct json *root_part(int64_t version, int64_t expires_utc_s, const char *roots, const char *timestamps,
				     const char *snapshots)
{
	const char *by[] = {roots, timestamps, snapshots, "g"};
	const char *lists[METADATA_ROLE_COUNT][8];
	struct metadata_write_role roles[METADATA_ROLE_COUNT];
	struct json *part;
	struct err err;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		for (size_t k = 0; by[i][k]; k++)
			lists[i][k] = publics[key_of(by[i][k])];
		roles[i] = (struct metadata_write_role){lists[i], strlen(by[i]), (int64_t)strlen(by[i])};
	}
	assert_true(metadata_write_root(version, expires_utc_s, roles, &part, &err));
	return part;
}

static inline struct buf good_root(int64_t version)
{
	return sign(root_part(version, NOW + DAY, "AB", "t", "s"), (struct edit){0}, "AB");
}

static inline struct json *targets_part(int64_t version, int64_t expires_utc_s)
{
	struct metadata_target list[] = {{"bundle.json", HASH, 4}, {"pages/da/x/y.json", HASH, 4}};
	struct metadata_targets targets = {list, ARRAY_LEN(list), NOW - DAY};
	struct json *part;
	struct err err;

	assert_true(metadata_write_targets(version, expires_utc_s, &targets, &part, &err));
	return part;
}

/* The four files of one publication. */
struct set {
	struct buf files[METADATA_ROLE_COUNT];
};

struct change {
	enum metadata_role role;
	struct edit before; /* signing */
	struct edit after;
	const char *signers; /* NULL: the right ones */
	bool unbound;        /* the next file does not say this one's length and hash */
};

static inline void describe(const char *name, int64_t version, const struct buf *bytes, bool unbound,
			    struct metadata_file *out)
{
	struct err err;

	assert_true(metadata_describe(name, version, bytes, out, &err));
	if (unbound) {
		out->len = -1;
		out->sha256[0] = '\0';
	}
}

static inline struct buf make_file(const struct change *change, enum metadata_role role, struct json *part)
{
	const char *right[] = {"AB", "t", "s", "g"};
	bool here = change && change->role == role;
	struct buf file = sign(part, here ? change->before : (struct edit){0},
			       here && change->signers ? change->signers : right[role]);

	if (here)
		apply(&file, change->after);
	return file;
}

/* Version `version` of timestamp, snapshot and targets, and the root after version 1. */
static inline struct set make_set(int64_t version, const struct change *change)
{
	bool unbound = change && change->unbound;
	struct metadata_file file;
	struct json *part;
	struct err err;
	struct set set;

	set.files[METADATA_ROOT] = make_file(change, METADATA_ROOT, root_part(2, NOW + DAY, "AB", "t", "s"));
	set.files[METADATA_TARGETS] = make_file(change, METADATA_TARGETS, targets_part(version, NOW + DAY));
	describe("targets.json", version, &set.files[METADATA_TARGETS], unbound, &file);
	assert_true(metadata_write_snapshot(version, NOW + DAY, &file, &part, &err));
	set.files[METADATA_SNAPSHOT] = make_file(change, METADATA_SNAPSHOT, part);
	describe("snapshot.json", version, &set.files[METADATA_SNAPSHOT], unbound, &file);
	assert_true(metadata_write_timestamp(version, NOW + DAY, &file, &part, &err));
	set.files[METADATA_TIMESTAMP] = make_file(change, METADATA_TIMESTAMP, part);
	return set;
}

static inline void set_finish(struct set *set)
{
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		buf_finish(&set->files[i]);
}

/* ---- driving */

static inline struct trust *open_trust(const struct buf *root, int64_t now_utc_s)
{
	struct trust *trust;
	struct err err;

	if (!trust_open(root->data, root->len, now_utc_s, &trust, &err))
		fail_msg("%s", err.text);
	return trust;
}

static inline struct trust *fresh_trust(void)
{
	struct buf root = good_root(1);
	struct trust *trust = open_trust(&root, NOW);

	buf_finish(&root);
	return trust;
}

static inline bool give(struct trust *trust, enum metadata_role role, const struct buf *file, struct err *err)
{
	bool fresh;

	if (role == METADATA_ROOT)
		return trust_root(trust, file->data, file->len, err) && trust_settle(trust, err);
	if (role == METADATA_TIMESTAMP)
		return trust_timestamp(trust, file->data, file->len, &fresh, err);
	if (role == METADATA_SNAPSHOT)
		return trust_snapshot(trust, file->data, file->len, err);
	return trust_targets(trust, file->data, file->len, err);
}

static inline void give_good(struct trust *trust, enum metadata_role role, const struct buf *file)
{
	struct err err;

	if (!give(trust, role, file, &err))
		fail_msg("%s: %s", metadata_name(role), err.text);
}

/* NULL: there is no such target. */
static inline const struct metadata_target *found(const struct trust *trust, const char *path)
{
	const struct metadata_target *target;
	struct err err;

	if (trust_find(trust, path, &target, &err))
		return target;
	assert_int_equal(err.code, ERR_MISSING);
	return NULL;
}

static inline void expect_refused(const char *name, bool accepted, const struct err *err, enum err_code code,
				  const char *sentence)
{
	if (accepted)
		fail_msg("%s: accepted", name);
	if (err->code != code || !strstr(err->text, sentence))
		fail_msg("%s: %s (%s), not %s (%s)", name, err_name(err->code), err->text, err_name(code), sentence);
}

#endif
