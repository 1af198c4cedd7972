/* Who may sign: drafts, holders who sign one after another or apart, and everything that must not count. */
#include "base/array.h"
#include "base/file.h"
#include "bundle/keys.h"
#include "bundle/root.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW   INT64_C(1800000000)
#define YEARS INT64_C(300000000)

enum {
	ANNA,
	BO,
	CARLA,
	DINA, /* a holder later */
	TARGETS,
	ONLINE,
	KEY_COUNT
};
static const char *const names[] = {"anna", "bo", "carla", "dina", "targets", "online"};
static_assert(ARRAY_LEN(names) == KEY_COUNT, "a key has no name");

static const bool holder[METADATA_ROLE_COUNT] = {[METADATA_ROOT] = true};
static const bool content[METADATA_ROLE_COUNT] = {[METADATA_TARGETS] = true};
static const bool online[METADATA_ROLE_COUNT] = {[METADATA_SNAPSHOT] = true, [METADATA_TIMESTAMP] = true};

struct fixture {
	struct key *keys[KEY_COUNT];
	struct root_key publics[KEY_COUNT];
	struct root root; /* anna, bo and carla, of whom two must sign */
	struct buf draft;
};

static void draft(struct fixture *fixture)
{
	struct err err;

	buf_clear(&fixture->draft);
	if (!root_draft(&fixture->root, &fixture->draft, &err))
		fail_msg("%s", err.text);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct err err;

	fixture->root = (struct root){.version = 1, .expires_utc_s = NOW + YEARS, .thresholds = {2, 1, 1, 1}};
	for (size_t i = 0; i < KEY_COUNT; i++)
		assert_true(key_generate(&fixture->keys[i], &err) &&
			    root_key_of(fixture->keys[i], names[i], &fixture->publics[i], &err));
	for (size_t i = ANNA; i <= CARLA; i++)
		assert_true(root_add(&fixture->root, &fixture->publics[i], holder, &err));
	assert_true(root_add(&fixture->root, &fixture->publics[TARGETS], content, &err));
	assert_true(root_add(&fixture->root, &fixture->publics[ONLINE], online, &err));
	draft(fixture);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < KEY_COUNT; i++)
		key_destroy(fixture->keys[i]);
	buf_finish(&fixture->draft);
	free(fixture);
	return 0;
}

static void copy_of(const struct buf *from, struct buf *out)
{
	buf_clear(out);
	assert_true(buf_append(out, from->data, from->len));
}

static void sign(const struct fixture *fixture, struct buf *file, size_t key)
{
	struct buf out = {0};
	struct root_key who;
	struct err err;

	if (!root_sign(file, fixture->keys[key], &out, &who, &err))
		fail_msg("%s", err.text);
	buf_finish(file);
	*file = out;
}

static bool complete(const struct buf *file, const struct buf *old, char text[1024])
{
	struct buf out = {0};
	struct err err;
	bool is;

	if (!root_status(file, old, &out, &is, &err))
		fail_msg("%s", err.text);
	snprintf(text, 1024, "%s", out.data);
	buf_finish(&out);
	return is;
}

/* trust/trust.h is the judge that kiosks have. */
static bool kiosk_follows(const struct buf *old, const struct buf *new)
{
	struct trust *trust;
	struct err err;
	bool ok;

	if (!trust_open(old->data, old->len, NOW, &trust, &err))
		return false;
	ok = trust_root(trust, new->data, new->len, &err);
	trust_close(trust);
	return ok;
}

static void test_key_text(void **state)
{
	static const char good[] = "ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff anna\n";
	static const char *const bad[] = {
		"",
		"ed25519\n",
		"ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
		"ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff Anna\n",
		"ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeef anna\n",
		"ed25519 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff anna\n",
		"ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff ../anna\n",
		"ed25519 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff anna x\n",
		"rsa 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff anna\n",
	};
	struct buf text = {0}, again = {0};
	struct root_key key;
	struct err err;

	(void)state;
	assert_true(buf_append_text(&text, good));
	assert_true(root_key_parse(&text, &key, &err) && root_key_write(&key, &again, &err));
	assert_string_equal(again.data, good);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		buf_clear(&text);
		assert_true(buf_append_text(&text, bad[i]));
		if (root_key_parse(&text, &key, &err))
			fail_msg("%s", bad[i]);
		assert_int_equal(err.code, ERR_FORMAT);
	}
	buf_finish(&text);
	buf_finish(&again);
}

static void test_round_trip(void **state)
{
	struct fixture *fixture = *state;
	struct buf again = {0};
	struct root root;
	struct err err;

	assert_true(root_read(&fixture->draft, &root, &err));
	assert_int_equal(root.version, 1);
	assert_int_equal(root.thresholds[METADATA_ROOT], 2);
	assert_int_equal(root_signer_count(&root, METADATA_ROOT), 3);
	assert_int_equal(root_signer_count(&root, METADATA_TIMESTAMP), 1);
	assert_true(root_find(&root, "online")->may[METADATA_SNAPSHOT]);
	assert_false(root_find(&root, "anna")->may[METADATA_TARGETS]);
	assert_null(root_find(&root, "dina"));
	assert_true(root_draft(&root, &again, &err) && root_read(&again, &root, &err));
	assert_int_equal(root.count, fixture->root.count);
	buf_finish(&again);
}

/* Two of three in any order, in one file or in copies; one is not two, however often. */
static void test_signing(void **state)
{
	struct fixture *fixture = *state;
	struct buf one = {0}, other = {0}, both = {0};
	struct trust *trust;
	char text[1024];
	struct err err;

	copy_of(&fixture->draft, &one);
	copy_of(&fixture->draft, &other);
	assert_false(complete(&fixture->draft, NULL, text));
	sign(fixture, &one, ANNA);
	sign(fixture, &one, ANNA);
	sign(fixture, &one, TARGETS);
	sign(fixture, &one, DINA);
	assert_false(complete(&one, NULL, text));
	assert_non_null(strstr(text, "signed   anna"));
	assert_non_null(strstr(text, "missing  bo"));
	assert_false(trust_open(one.data, one.len, NOW, &trust, &err));
	sign(fixture, &other, CARLA);
	assert_true(root_merge(&one, &other, &both, &err));
	assert_true(complete(&both, NULL, text));
	assert_true(trust_open(both.data, both.len, NOW, &trust, &err));
	trust_close(trust);
	buf_finish(&one);
	buf_finish(&other);
	buf_finish(&both);
}

/* A copy that says something else brings nothing, even when it is rightly signed. */
static void test_merge_of_another(void **state)
{
	struct fixture *fixture = *state;
	struct buf one = {0}, both = {0};
	struct err err;

	copy_of(&fixture->draft, &one);
	fixture->root.thresholds[METADATA_ROOT] = 1;
	draft(fixture);
	sign(fixture, &fixture->draft, ANNA);
	assert_false(root_merge(&one, &fixture->draft, &both, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	assert_null(both.data);
	buf_finish(&one);
}

/* Bytes changed after signing take the signature away. */
static void test_changed_after_signing(void **state)
{
	struct fixture *fixture = *state;
	char text[1024], *digit;

	sign(fixture, &fixture->draft, ANNA);
	sign(fixture, &fixture->draft, BO);
	assert_true(complete(&fixture->draft, NULL, text));
	digit = strstr(fixture->draft.data, "\"expires\": \"2");
	assert_non_null(digit);
	digit[12] = '3';
	assert_false(complete(&fixture->draft, NULL, text));
	assert_non_null(strstr(text, "missing  anna"));
}

/* The second root needs two of the present holders and two of its own. */
static void test_holder_replaced(void **state)
{
	struct fixture *fixture = *state;
	struct buf old = {0};
	char text[1024];
	struct err err;

	sign(fixture, &fixture->draft, ANNA);
	sign(fixture, &fixture->draft, BO);
	copy_of(&fixture->draft, &old);
	fixture->root.version = 2;
	assert_true(root_replace(&fixture->root, "bo", &fixture->publics[DINA], &err));
	draft(fixture);
	sign(fixture, &fixture->draft, DINA);
	sign(fixture, &fixture->draft, ANNA);
	assert_false(complete(&fixture->draft, &old, text)); /* of the present ones only anna */
	assert_false(kiosk_follows(&old, &fixture->draft));
	sign(fixture, &fixture->draft, BO); /* the one who leaves may still say so */
	assert_true(complete(&fixture->draft, &old, text));
	assert_true(kiosk_follows(&old, &fixture->draft));
	buf_finish(&old);
}

static void test_online_replaced_by_root_alone(void **state)
{
	struct fixture *fixture = *state;
	struct buf old = {0};
	char text[1024];
	struct err err;

	sign(fixture, &fixture->draft, ANNA);
	sign(fixture, &fixture->draft, CARLA);
	copy_of(&fixture->draft, &old);
	fixture->root.version = 2;
	assert_true(root_replace(&fixture->root, "online", &fixture->publics[DINA], &err));
	assert_true(root_find(&fixture->root, "dina")->may[METADATA_TIMESTAMP]);
	draft(fixture);
	sign(fixture, &fixture->draft, ONLINE);
	sign(fixture, &fixture->draft, TARGETS);
	assert_false(complete(&fixture->draft, &old, text));
	sign(fixture, &fixture->draft, BO);
	sign(fixture, &fixture->draft, ANNA);
	assert_true(complete(&fixture->draft, &old, text));
	assert_true(kiosk_follows(&old, &fixture->draft));
	buf_finish(&old);
}

/* A change that would leave a role without enough keys, or two keys with one name, is refused. */
static void test_refused_changes(void **state)
{
	struct fixture *fixture = *state;
	struct root_key namesake = fixture->publics[DINA];
	struct buf out = {0};
	struct err err;

	strcpy(namesake.name, "bo");
	assert_false(root_add(&fixture->root, &namesake, holder, &err));
	assert_non_null(strstr(err.text, "\"bo\""));
	assert_false(root_remove(&fixture->root, "dina", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(root_replace(&fixture->root, "anna", &fixture->publics[BO], &err));
	assert_true(root_remove(&fixture->root, "carla", &err));
	assert_true(root_draft(&fixture->root, &out, &err));
	assert_true(root_remove(&fixture->root, "bo", &err));
	buf_clear(&out);
	assert_false(root_draft(&fixture->root, &out, &err));
	assert_non_null(strstr(err.text, "2 must sign for \"root\", but only 1 could"));
	assert_true(root_remove(&fixture->root, "online", &err));
	fixture->root.thresholds[METADATA_ROOT] = 1;
	assert_false(root_draft(&fixture->root, &out, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(out.len, 0);
	buf_finish(&out);
}

static void test_too_many(void **state)
{
	struct fixture *fixture = *state;
	struct key *key;
	struct root_key public;
	char name[ROOT_NAME_MAX];
	struct err err;

	for (size_t i = fixture->root.count; i <= ROOT_SIGNERS_MAX; i++) {
		snprintf(name, sizeof(name), "holder-%zu", i);
		assert_true(key_generate(&key, &err) && root_key_of(key, name, &public, &err));
		key_destroy(key);
		assert_int_equal(root_add(&fixture->root, &public, holder, &err), i < ROOT_SIGNERS_MAX);
	}
	assert_int_equal(err.code, ERR_LIMIT);
}

/* A folder as earlier versions of the program made it: one key for each role under the role's name, a root without
 * names. */
static void test_old_folder(void **state)
{
	static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
	struct fixture *fixture = *state;
	char folder[] = "/tmp/root_test.XXXXXX", path[64];
	struct root old = {.version = 1, .expires_utc_s = NOW + YEARS, .thresholds = {1, 1, 1, 1}};
	struct buf pem = {0}, draft_of_old = {0};
	struct keys keys;
	char *names_key;
	struct err err;

	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		bool may[METADATA_ROLE_COUNT] = {false};

		may[i] = true;
		assert_true(root_add(&old, &fixture->publics[i], may, &err));
		snprintf(path, sizeof(path), "%s/%s.pem", folder, roles[i]);
		buf_clear(&pem);
		assert_true(key_write(fixture->keys[i], NULL, &pem, &err) &&
			    file_write(AT_FDCWD, path, pem.data, pem.len, 0600, &err));
	}
	assert_true(root_draft(&old, &draft_of_old, &err));
	names_key = strstr(draft_of_old.data, "x-vejviser-names");
	assert_non_null(names_key);
	memcpy(names_key, "x-something-else", 16);
	sign(fixture, &draft_of_old, ANNA);
	snprintf(path, sizeof(path), "%s/root.json", folder);
	assert_true(file_write(AT_FDCWD, path, draft_of_old.data, draft_of_old.len, 0644, &err));
	if (!keys_open(folder, false, &keys, &err))
		fail_msg("%s", err.text);
	assert_non_null(keys.private[METADATA_TARGETS]);
	assert_non_null(keys.private[METADATA_SNAPSHOT]);
	keys_finish(&keys);

	snprintf(path, sizeof(path), "%s/snapshot.pem", folder);
	assert_true(file_remove(AT_FDCWD, path, &err));
	assert_false(keys_open(folder, false, &keys, &err));
	assert_non_null(strstr(err.text, "snapshot.pem is not in the folder"));
	buf_clear(&pem);
	assert_true(key_write(fixture->keys[ONLINE], NULL, &pem, &err) &&
		    file_write(AT_FDCWD, path, pem.data, pem.len, 0600, &err));
	assert_false(keys_open(folder, false, &keys, &err));
	assert_non_null(strstr(err.text, "another key than the one"));
	assert_true(file_remove(AT_FDCWD, folder, &err));
	buf_finish(&pem);
	buf_finish(&draft_of_old);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_key_text),
		TEST(test_round_trip),
		TEST(test_signing),
		TEST(test_merge_of_another),
		TEST(test_changed_after_signing),
		TEST(test_holder_replaced),
		TEST(test_online_replaced_by_root_alone),
		TEST(test_refused_changes),
		TEST(test_too_many),
		TEST(test_old_folder),
	};

	return cmocka_run_group_tests_name("root", tests, NULL, NULL);
}
