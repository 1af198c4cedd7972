/* Keys of every kind, and keys that are none: what counts to a threshold. Keys and signatures are securesystemslib 0.26's.
 */
#include "forge.h"

#define P256_PEM \
	"-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEr5qVkr+vi0g9+0lydJc5SZGeSDxZ\\n" \
	"IHxCZSp8R5yM9LXOLcbogcFxE5OrU2qIFgoF4X+eYxcqg/pfLq5EZgyymA==\\n-----END PUBLIC KEY-----"
#define P256_COMPRESSED_PEM \
	"-----BEGIN PUBLIC KEY-----\\nMDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACr5qVkr+vi0g9+0lydJc5SZGeSDxZIHx" \
	"CZSp8R5yM\\n9LU=\\n-----END PUBLIC KEY-----"
#define RSA_PEM \
	"-----BEGIN PUBLIC KEY-----\\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3UArbz8Qd31ohw3toHdb\\n" \
	"67G22KkMaYvfO2az2IbhbLeSSqWySVFK8O/FwsOy2EAbjTA1pi4eCYMFzFq2qTzU\\nIVZGBiIqTxtnxEfB1lX+bd8HMcRTC" \
	"5YdijHGGEtauKWyfSR7NJzM44KiLeMMfYXP\\nSURo/e+fj0zICbaNE4Luv0S5MZmjx0DcRUz4ad8Dw8eKIJtX/+JpWojSim" \
	"3l/pUv\\n5EygEc4MV2Yr8icyOOtsvJvlO/gLicJORc9qUNppqstQJ68HnWT2aU9dSbZ5wUCX\\nCRqBAAkaVwRuU8nv5WU2" \
	"Bz61STlxmucBB0lWdWrhJwSPT3cah+aowF/6WQ3fHhAx\\nawIDAQAB\\n-----END PUBLIC KEY-----"
#define P256_SIGNATURE \
	"3045022100ed8cf8b4eda7c21dbe194cf3470c433bf8ee77d2e6935cec005a4413c1be41bb0220153c82acc0e30dc347" \
	"2c9c6bdf3cb0e92978403c189a06e839e6935bd59fae22"
#define RSA_SIGNATURE \
	"8b80a8690ebd469207771b24098b310d103c5230f08b144a04f9def2c34a8948252f15f275a6926eb2bd53324a6d754d" \
	"fdcba0ff9dcd24d6320625e600aef552f9504f6607eee8d8943fd7665e4a4866d3cf8c09a296d5c8af558b99c17ff1bb" \
	"9c1c738a669254dd2660227931a19ba9a100ad84724e972d3475df8f22fca3ad8da0eb4c1ef3af1fde93f873a1bb28d2" \
	"eecedf38278189487131ef01c21a7172ef3ef2346af32e234fdfd3b367aa571e4d66b77b250057d938597fc1e2078b59" \
	"77fcd203b52408be1fcc05a84509b9c6bd6318156600df595471b381082dd14ef1e2b541b7a2234cc244a441d6eff24d" \
	"755f6076c29b6675f861a4c669be5c98"

#define KEY(type, scheme, public) \
	"{\"keytype\":\"" type "\",\"scheme\":\"" scheme "\",\"keyval\":{\"public\":\"" public "\"}}"
#define P256_KEY       KEY("ecdsa", "ecdsa-sha2-nistp256", P256_PEM)
#define P256_OLD_KEY   KEY("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", P256_PEM)
#define P256_SHORT_KEY KEY("ecdsa", "ecdsa-sha2-nistp256", P256_COMPRESSED_PEM)
#define P256_NOTED_KEY KEY("ecdsa", "ecdsa-sha2-nistp256", "a note\\n" P256_PEM)
#define RSA_KEY        KEY("rsa", "rsassa-pss-sha256", RSA_PEM)

/* One key, and what its ID signs with. */
struct signer {
	const char *key, *signature;
};

static const struct {
	const char *what;
	struct signer signers[2]; /* one or two */
	enum err_code code;       /* of verifying with as many as there are */
	const char *sentence;
} rows[] = {
	{"P-256", {{P256_KEY, P256_SIGNATURE}}, ERR_NONE, ""},
	{"P-256, as its type was called", {{P256_OLD_KEY, P256_SIGNATURE}}, ERR_NONE, ""},
	{"RSA", {{RSA_KEY, RSA_SIGNATURE}}, ERR_NONE, ""},
	{"both", {{RSA_KEY, RSA_SIGNATURE}, {P256_KEY, P256_SIGNATURE}}, ERR_NONE, ""},

	{"one key of two types",
	 {{P256_KEY, P256_SIGNATURE}, {P256_OLD_KEY, P256_SIGNATURE}},
	 ERR_SIGNATURE,
	 "1 valid signatures of the 2"},
	{"one key, two points",
	 {{P256_KEY, P256_SIGNATURE}, {P256_SHORT_KEY, P256_SIGNATURE}},
	 ERR_SIGNATURE,
	 "1 valid signatures of the 2"},
	{"one key, two texts",
	 {{P256_NOTED_KEY, P256_SIGNATURE}, {P256_KEY, P256_SIGNATURE}},
	 ERR_SIGNATURE,
	 "1 valid signatures of the 2"},
	{"one signature for two",
	 {{RSA_KEY, P256_SIGNATURE}, {P256_KEY, P256_SIGNATURE}},
	 ERR_SIGNATURE,
	 "1 valid signatures of the 2"},

	{"PKCS#1", {{KEY("rsa", "rsa-pkcs1v15-sha256", RSA_PEM), RSA_SIGNATURE}}, ERR_SIGNATURE, "0 valid"},
	{"P-256 of another type",
	 {{KEY("x", "ecdsa-sha2-nistp256", P256_PEM), P256_SIGNATURE}},
	 ERR_SIGNATURE,
	 "0 valid"},
	{"another hash", {{KEY("ecdsa", "ecdsa-sha2-nistp384", P256_PEM), P256_SIGNATURE}}, ERR_SIGNATURE, "0 valid"},
	{"RSA called ecdsa", {{KEY("ecdsa", "ecdsa-sha2-nistp256", RSA_PEM), RSA_SIGNATURE}}, ERR_SIGNATURE, "0 valid"},
	{"no PEM", {{KEY("rsa", "rsassa-pss-sha256", "-----BEGIN"), RSA_SIGNATURE}}, ERR_SIGNATURE, "0 valid"},
	{"ed25519, too short", {{KEY("ed25519", "ed25519", "abcd"), RSA_SIGNATURE}}, ERR_SIGNATURE, "0 valid"},
	{"ed25519, empty", {{KEY("ed25519", "ed25519", ""), ""}}, ERR_SIGNATURE, "0 valid"},
	{"a kind of tomorrow",
	 {{"{\"keytype\":\"x\",\"scheme\":\"y\",\"keyval\":{\"z\":[]}}", "00"}},
	 ERR_SIGNATURE,
	 "0 valid"},
	{"a kind of tomorrow beside",
	 {{P256_KEY, P256_SIGNATURE}, {"{\"keytype\":\"x\",\"scheme\":\"y\",\"keyval\":{}}", "00"}},
	 ERR_SIGNATURE,
	 "1 valid"},

	{"no public",
	 {{"{\"keytype\":\"rsa\",\"scheme\":\"rsassa-pss-sha256\",\"keyval\":{}}", ""}},
	 ERR_FORMAT,
	 "public"},
	{"public null",
	 {{"{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":null}}", ""}},
	 ERR_FORMAT,
	 "public"},
	{"keyval no object", {{"{\"keytype\":\"x\",\"scheme\":\"y\",\"keyval\":\"\"}", ""}}, ERR_FORMAT, "keyval"},
	{"no scheme", {{"{\"keytype\":\"x\",\"keyval\":{}}", ""}}, ERR_FORMAT, "scheme"},
	{"keytype no text", {{"{\"keytype\":1,\"scheme\":\"y\",\"keyval\":{}}", ""}}, ERR_FORMAT, "keytype"},
};

static void id_of(const char *key, char id[SHA256_HEX_MAX])
{
	struct buf form = {0};
	struct json *json;
	struct err err;

	assert_true(json_parse(key, strlen(key), PLENTY, &json, &err) && json_canonical(json, &form, &err) &&
		    sha256_hex(form.data, form.len, id, &err));
	json_destroy(json);
	buf_finish(&form);
}

/* A root whose roles are all these keys, and a timestamp that they sign; the root's own signatures do not matter here.
 */
static void make(size_t i, struct buf *root, struct buf *timestamp)
{
	size_t count = rows[i].signers[1].key ? 2 : 1;
	char ids[2][SHA256_HEX_MAX];
	struct buf list = {0};

	assert_true(buf_append_text(root,
				    "{\"signatures\":[],\"signed\":{\"_type\":\"root\",\"spec_version\":\"1.0.34\","
				    "\"version\":1,\"expires\":\"2037-01-01T00:00:00Z\",\"keys\":{") &&
		    buf_append_text(timestamp, "{\"signatures\":["));
	for (size_t k = 0; k < count; k++) {
		const char *comma = k > 0 ? "," : "";

		id_of(rows[i].signers[k].key, ids[k]);
		assert_true(buf_printf(root, "%s\"%s\":%s", comma, ids[k], rows[i].signers[k].key) &&
			    buf_printf(&list, "%s\"%s\"", comma, ids[k]) &&
			    buf_printf(timestamp, "%s{\"keyid\":\"%s\",\"sig\":\"%s\"}", comma, ids[k],
				       rows[i].signers[k].signature));
	}
	assert_true(buf_append_text(root, "},\"roles\":{"));
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++)
		assert_true(buf_printf(root, "%s\"%s\":{\"keyids\":[%s],\"threshold\":%zu}", role > 0 ? "," : "",
				       metadata_name(role), list.data, count));
	assert_true(
		buf_append_text(root, "}}}") &&
		buf_append_text(timestamp,
				"],\"signed\":{\"_type\":\"timestamp\",\"spec_version\":\"1.0.34\",\"version\":1,"
				"\"expires\":\"2037-01-01T00:00:00Z\",\"meta\":{\"snapshot.json\":{\"version\":1}}}}"));
	buf_finish(&list);
}

static bool read_and_verify(const struct buf *root, const struct buf *timestamp, struct err *err)
{
	struct metadata who = {0}, what = {0};
	struct metadata_root keys_of;
	struct arena arena = {0};

	assert_true(metadata_parse(METADATA_ROOT, root->data, root->len, &who, err) &&
		    metadata_parse(METADATA_TIMESTAMP, timestamp->data, timestamp->len, &what, err));
	bool ok = metadata_read_root(&who, &arena, &keys_of, err) &&
		  metadata_verify(&what, &keys_of, METADATA_TIMESTAMP, err);
	metadata_finish(&who);
	metadata_finish(&what);
	arena_finish(&arena);
	return ok;
}

static void test_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf root = {0}, timestamp = {0};
		struct err err = {0};

		make(i, &root, &timestamp);
		bool ok = read_and_verify(&root, &timestamp, &err);
		if (rows[i].code != ERR_NONE)
			expect_refused(rows[i].what, ok, &err, rows[i].code, rows[i].sentence);
		else if (!ok)
			fail_msg("%s: %s", rows[i].what, err.text);
		buf_finish(&root);
		buf_finish(&timestamp);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};

	return cmocka_run_group_tests(tests, forge_start, forge_end);
}
