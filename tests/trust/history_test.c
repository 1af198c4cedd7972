/* What was accepted before, and whose keys count: rollback, freeze, rotation, recovery. */
#include "forge.h"

/* ---- what was accepted before */

/* A trust that remembers timestamp and snapshot of this set. */
static struct trust *trust_after(const struct set *set)
{
	struct trust *trust = fresh_trust();
	struct err err;

	assert_true(trust_settle(trust, &err));
	for (enum metadata_role role = METADATA_TIMESTAMP; role <= METADATA_SNAPSHOT; role++)
		trust_remember(trust, role, set->files[role].data, set->files[role].len);
	return trust;
}

static const struct {
	const char *name;
	struct change change; /* to version 5, remembered version 4 */
	enum metadata_role fails;
	enum err_code code;
	const char *sentence;
} rollbacks[] = {
	{"timestamp",
	 {METADATA_TIMESTAMP, .before = {"\"version\": 5", "\"version\": 3"}},
	 METADATA_TIMESTAMP,
	 ERR_ROLLBACK,
	 "timestamp version 3 is older than 4"},
	{"snapshot named by the timestamp",
	 {METADATA_TIMESTAMP,
	  .before = {"\"snapshot.json\": {\n\t\t\t\"version\": 5", "\"snapshot.json\": {\n\t\t\t\"version\": 3"}},
	 METADATA_TIMESTAMP,
	 ERR_ROLLBACK,
	 "snapshot it names: version 3 is older than 4"},
	{"targets named by the snapshot",
	 {METADATA_SNAPSHOT,
	  .before = {"\"targets.json\": {\n\t\t\t\"version\": 5", "\"targets.json\": {\n\t\t\t\"version\": 3"}},
	 METADATA_SNAPSHOT,
	 ERR_ROLLBACK,
	 "targets.json version 3 is older than 4"},
};

static void test_rollback(void **state)
{
	struct set old = make_set(4, NULL);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rollbacks); i++) {
		struct set set = make_set(5, &rollbacks[i].change);
		struct trust *trust = trust_after(&old);
		struct err err;

		for (enum metadata_role role = METADATA_TIMESTAMP; role < rollbacks[i].fails; role++)
			give_good(trust, role, &set.files[role]);
		expect_refused(rollbacks[i].name, give(trust, rollbacks[i].fails, &set.files[rollbacks[i].fails], &err),
			       &err, rollbacks[i].code, rollbacks[i].sentence);
		trust_close(trust);
		set_finish(&set);
	}
	set_finish(&old);
}

/* A file that a snapshot listed may not go away. */
static void test_unlisted(void **state)
{
	struct set old = make_set(
		4, &(struct change){METADATA_SNAPSHOT,
				    .before = {"\"meta\": {", "\"meta\": { \"role.json\": {\"version\": 1},"}});
	struct set set = make_set(5, NULL);
	struct trust *trust = trust_after(&old);
	struct err err;

	(void)state;
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	expect_refused("role.json", give(trust, METADATA_SNAPSHOT, &set.files[METADATA_SNAPSHOT], &err), &err,
		       ERR_ROLLBACK, "role.json is no longer listed");
	trust_close(trust);
	set_finish(&old);
	set_finish(&set);
}

/* The same version again is no failure: the old one stays, whatever the new one says, and the pass goes on with what it
 * names. */
static void test_same_timestamp(void **state)
{
	struct set old = make_set(4, NULL);
	struct set other = make_set(4, &(struct change){METADATA_SNAPSHOT, .before = {"T08:00:00Z", "T09:00:00Z"}});
	struct trust *trust = trust_after(&old);
	const struct buf *again = &other.files[METADATA_TIMESTAMP];
	bool fresh = true;
	struct err err;

	(void)state;
	assert_true(trust_timestamp(trust, again->data, again->len, &fresh, &err));
	assert_false(fresh);
	expect_refused("what the other names", give(trust, METADATA_SNAPSHOT, &other.files[METADATA_SNAPSHOT], &err),
		       &err, ERR_HASH, "SHA-256");
	give_good(trust, METADATA_SNAPSHOT, &old.files[METADATA_SNAPSHOT]);
	give_good(trust, METADATA_TARGETS, &old.files[METADATA_TARGETS]);
	trust_close(trust);
	set_finish(&old);
	set_finish(&other);
}

/* Freeze: a kept timestamp, snapshot and targets expire too; and what has expired still binds. */
static void test_freeze(void **state)
{
	struct set old = make_set(4, NULL), back = make_set(3, NULL), next = make_set(5, NULL);
	struct buf root = sign(root_part(1, NOW + 90 * DAY, "AB", "t", "s"), (struct edit){0}, "AB");
	struct trust *trust = open_trust(&root, NOW + DAY);
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	trust_remember(trust, METADATA_TIMESTAMP, old.files[METADATA_TIMESTAMP].data,
		       old.files[METADATA_TIMESTAMP].len);
	expect_refused("same version", give(trust, METADATA_TIMESTAMP, &old.files[METADATA_TIMESTAMP], &err), &err,
		       ERR_EXPIRED, "expired");
	expect_refused("older", give(trust, METADATA_TIMESTAMP, &back.files[METADATA_TIMESTAMP], &err), &err,
		       ERR_ROLLBACK, "older than 4");
	expect_refused("newer, expired", give(trust, METADATA_TIMESTAMP, &next.files[METADATA_TIMESTAMP], &err), &err,
		       ERR_EXPIRED, "");
	assert_int_equal(trust_version(trust, METADATA_TIMESTAMP), 0);
	trust_close(trust);
	buf_finish(&root);
	set_finish(&old);
	set_finish(&back);
	set_finish(&next);
}

/* After a rotation, versions signed by the lost keys do not bind: recovery from a fast-forward attack. */
static void test_fast_forward(void **state)
{
	struct set far = make_set(1000000, NULL),
		   set = make_set(2, &(struct change){METADATA_TIMESTAMP, .signers = "X"});
	struct buf root = good_root(1), rotated = sign(root_part(2, NOW + DAY, "AB", "X", "s"), (struct edit){0}, "AB");
	struct trust *trust = open_trust(&root, NOW);
	struct err err;

	(void)state;
	assert_true(trust_root(trust, rotated.data, rotated.len, &err) && trust_settle(trust, &err));
	trust_remember(trust, METADATA_TIMESTAMP, far.files[METADATA_TIMESTAMP].data,
		       far.files[METADATA_TIMESTAMP].len);
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	expect_refused("signed by the lost key", give(trust, METADATA_TIMESTAMP, &far.files[METADATA_TIMESTAMP], &err),
		       &err, ERR_SIGNATURE, "timestamp role");
	assert_int_equal(trust_version(trust, METADATA_TIMESTAMP), 2);
	trust_close(trust);
	buf_finish(&root);
	buf_finish(&rotated);
	set_finish(&far);
	set_finish(&set);
}

/* ---- roots */

static const struct {
	const char *name;
	const char *roots, *signers; /* of version 2 */
	const char *sentence;        /* NULL: accepted */
} rotations[] = {
	{"by old and new", "X", "ABX", NULL},
	{"by the old alone", "X", "AB", "its own keys"},
	{"by the new alone", "X", "X", "keys of root version 1"},
	{"one stays", "AX", "ABX", NULL},
	{"one stays, the other old one missing", "AX", "AX", "keys of root version 1"},
};

static void test_rotation(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rotations); i++) {
		struct buf next = sign(root_part(2, NOW + DAY, rotations[i].roots, "t", "s"), (struct edit){0},
				       rotations[i].signers);
		struct trust *trust = fresh_trust();
		struct err err = {0};
		bool ok = trust_root(trust, next.data, next.len, &err);

		if (rotations[i].sentence)
			expect_refused(rotations[i].name, ok, &err, ERR_SIGNATURE, rotations[i].sentence);
		else if (!ok)
			fail_msg("%s: %s", rotations[i].name, err.text);
		assert_int_equal(trust_version(trust, METADATA_ROOT), rotations[i].sentence ? 1 : 2);
		trust_close(trust);
		buf_finish(&next);
	}
}

/* A first root that its own keys have not signed is none, and one that has expired still leads to its successor. */
static void test_first_root(void **state)
{
	struct buf lone = sign(root_part(1, NOW + DAY, "AB", "t", "s"), (struct edit){0}, "A");
	struct buf old = sign(root_part(1, NOW, "AB", "t", "s"), (struct edit){0}, "AB"), next = good_root(2);
	struct buf twice = sign(root_part(1, NOW + DAY, "AB", "tt", "s"), (struct edit){0}, "AB");
	struct trust *trust;
	struct err err;

	(void)state;
	expect_refused("a key twice in a role", trust_open(twice.data, twice.len, NOW, &trust, &err), &err, ERR_FORMAT,
		       "twice");
	buf_finish(&twice);
	expect_refused("not self-signed", trust_open(lone.data, lone.len, NOW, &trust, &err), &err, ERR_SIGNATURE,
		       "its own keys");
	trust = open_trust(&old, NOW);
	expect_refused("expired", trust_settle(trust, &err), &err, ERR_EXPIRED, "root version 1");
	give_good(trust, METADATA_ROOT, &next);
	trust_close(trust);
	trust = open_trust(&old, 0);
	assert_true(trust_settle(trust, &err));
	trust_close(trust);
	buf_finish(&lone);
	buf_finish(&old);
	buf_finish(&next);
}

static void test_endless_roots(void **state)
{
	struct trust *trust = fresh_trust();
	struct buf root;
	struct err err;
	int64_t version = 2;

	(void)state;
	for (; trust_root_wanted(trust) && version < 100; version++) {
		root = good_root(version);
		assert_true(trust_root(trust, root.data, root.len, &err));
		buf_finish(&root);
	}
	assert_int_equal(version, 2 + TRUST_ROTATIONS_MAX);
	root = good_root(version);
	expect_refused("one more", trust_root(trust, root.data, root.len, &err), &err, ERR_LIMIT, "32");
	buf_finish(&root);
	trust_close(trust);
}

/* ---- keys */

/* Root 1 whose timestamp role has two IDs for one public key (the second by a member that TUF does not know) and needs
 * two. */
static struct buf twin_root(char twin[SHA256_HEX_MAX])
{
	const char *t = publics[key_of('t')], *x = publics[key_of('X')];
	struct json *part = root_part(1, NOW + DAY, "AB", "tX", "s"), *key;
	char id[SHA256_HEX_MAX], from[128], to[256];
	struct buf text = {0}, form = {0}, root;
	struct err err;

	assert_true(buf_printf(
		&text, "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"%s\"},\"note\":1}",
		t));
	assert_true(json_parse(text.data, text.len, PLENTY, &key, &err) && json_canonical(key, &form, &err) &&
		    sha256_hex(form.data, form.len, twin, &err) && metadata_keyid(x, id, &err));
	json_destroy(key);
	buf_clear(&text);
	assert_true(json_write(part, &text, &err));
	json_destroy(part);
	snprintf(from, sizeof(from), "\"%s\": {", id);
	snprintf(to, sizeof(to), "\"%s\": {\"note\":1,", twin);
	apply(&text, (struct edit){from, to});
	apply(&text, (struct edit){x, t});
	apply(&text, (struct edit){id, twin}); /* in the role's keyids */
	assert_true(json_parse(text.data, text.len, PLENTY, &part, &err));
	root = sign(part, (struct edit){0}, "AB");
	buf_finish(&text);
	buf_finish(&form);
	return root;
}

static void test_one_key_two_ids(void **state)
{
	char twin[SHA256_HEX_MAX], again[512];
	struct buf root = twin_root(twin);
	struct set set = make_set(2, NULL);
	struct buf *file = &set.files[METADATA_TIMESTAMP];
	struct trust *trust = open_trust(&root, NOW);
	const struct json *list;
	const char *signature;
	struct json *json;
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	assert_true(json_parse(file->data, file->len, PLENTY, &json, &err) &&
		    json_get_array(json, "signatures", 1, &list, &err) &&
		    json_get_text(json_first(list), "sig", PLENTY, &signature, &err));
	snprintf(again, sizeof(again), "\"signatures\": [{\"keyid\":\"%s\",\"sig\":\"%s\"},", twin, signature);
	apply(file, (struct edit){"\"signatures\": [", again});
	json_destroy(json);
	expect_refused("two IDs", give(trust, METADATA_TIMESTAMP, file, &err), &err, ERR_SIGNATURE,
		       "1 valid signatures of the 2");
	trust_close(trust);
	buf_finish(&root);
	set_finish(&set);
}

/* A key of a kind this program does not know harms nobody, and counts for nobody; what its keyval holds is its own
 * business. */
static void test_unknown_key(void **state)
{
	static const char *const foreign[] = {
		"{\"keytype\":\"ml-dsa\",\"scheme\":\"ml-dsa-44\",\"keyval\":{\"public\":\"x\"}}",
		"{\"keytype\":\"sigstore-oidc\",\"scheme\":\"Fulcio\",\"keyval\":{\"identity\":\"a\",\"issuer\":\"b\"}"
		"}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
		struct set set = make_set(2, NULL);
		char id[SHA256_HEX_MAX], edit[512];
		struct buf form = {0}, root;
		struct trust *trust;
		struct json *json;
		struct err err;

		assert_true(json_parse(foreign[i], strlen(foreign[i]), PLENTY, &json, &err) &&
			    json_canonical(json, &form, &err) && sha256_hex(form.data, form.len, id, &err));
		json_destroy(json);
		snprintf(edit, sizeof(edit), "\"keys\": {\"%s\": %s,", id, foreign[i]);
		root = sign(root_part(1, NOW + DAY, "AB", "t", "s"), (struct edit){"\"keys\": {", edit}, "AB");
		trust = open_trust(&root, NOW);
		assert_true(trust_settle(trust, &err));
		give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
		trust_close(trust);
		buf_finish(&form);
		buf_finish(&root);
		set_finish(&set);
	}
}

/* Without consistent snapshots, files and targets have their plain names. */
static void test_not_consistent(void **state)
{
	static const struct edit edit = {"\"consistent_snapshot\": true", "\"consistent_snapshot\": false"};
	struct buf root = sign(root_part(1, NOW + DAY, "AB", "t", "s"), edit, "AB");
	struct set set = make_set(2, NULL);
	struct trust *trust = open_trust(&root, NOW);
	struct trust_request request;
	char path[METADATA_PATH_MAX];
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	trust_request(trust, METADATA_SNAPSHOT, &request);
	assert_string_equal(request.name, "snapshot.json");
	give_good(trust, METADATA_SNAPSHOT, &set.files[METADATA_SNAPSHOT]);
	trust_request(trust, METADATA_TARGETS, &request);
	assert_string_equal(request.name, "targets.json");
	give_good(trust, METADATA_TARGETS, &set.files[METADATA_TARGETS]);
	assert_true(trust_target_path(trust, found(trust, "pages/da/x/y.json"), path, sizeof(path), &err));
	assert_string_equal(path, "pages/da/x/y.json");
	trust_close(trust);
	buf_finish(&root);
	set_finish(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rollback),        cmocka_unit_test(test_unlisted),
		cmocka_unit_test(test_same_timestamp),  cmocka_unit_test(test_freeze),
		cmocka_unit_test(test_fast_forward),    cmocka_unit_test(test_rotation),
		cmocka_unit_test(test_first_root),      cmocka_unit_test(test_endless_roots),
		cmocka_unit_test(test_one_key_two_ids), cmocka_unit_test(test_unknown_key),
		cmocka_unit_test(test_not_consistent),
	};

	return cmocka_run_group_tests(tests, forge_start, forge_end);
}
