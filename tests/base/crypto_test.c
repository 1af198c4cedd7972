#include "base/crypto.h"

#include "base/array.h"
#include "base/hex.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PEM_OF(what, inside) "-----BEGIN " what "-----\n" inside "\n-----END " what "-----\n"
#define PEM(inside)          PEM_OF("PRIVATE KEY", inside)

/* RFC 8032, section 7.1; messages in hex, private keys wrapped as PKCS#8. */
static const struct {
	const char *pem;
	const char *public_hex;
	const char *message_hex;
	const char *signature_hex;
} vectors[] = {
	{PEM("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"),
	 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
	 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
	 "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
	{PEM("MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7"),
	 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
	 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
	{PEM("MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3"),
	 "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
	 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
	 "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
	{PEM("MC4CAQAwBQYDK2VwBCIEIIM/5iQJI3udYux3WHUgkR6adZzsHRl1W32pAbltyj1C"),
	 "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
	 "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
	 "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
	 "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
	 "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"},
};

/* The third vector's signature with the group's order added to S: the same equation holds, RFC 8032 5.1.7 forbids it.
 */
static const char malleated[] = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
				"05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a";

static bool ed25519_verify(const char *public_hex, const char *signature_hex, const void *bytes, size_t len)
{
	struct public_key *key = public_key_parse(PUBLIC_KEY_ED25519, public_hex);
	bool ok = key && public_key_verify(key, signature_hex, bytes, len);

	public_key_destroy(key);
	return ok;
}

static size_t message_of(size_t i, unsigned char message[64])
{
	size_t len = strlen(vectors[i].message_hex) / 2;

	assert_true(hex_parse(vectors[i].message_hex, message, len));
	return len;
}

static void test_rfc8032(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		unsigned char message[64];
		size_t len = message_of(i, message);
		char public_hex[ED25519_PUBLIC_HEX_MAX];
		char signature_hex[ED25519_SIGNATURE_HEX_MAX];
		struct key *key;
		struct err err;
		assert_true(ed25519_verify(vectors[i].public_hex, vectors[i].signature_hex, message, len));
		assert_true(key_parse(vectors[i].pem, strlen(vectors[i].pem), NULL, &key, &err));
		assert_true(key_public_hex(key, public_hex, &err));
		assert_string_equal(public_hex, vectors[i].public_hex);
		assert_true(key_sign(key, message, len, signature_hex, &err));
		assert_string_equal(signature_hex, vectors[i].signature_hex);
		key_destroy(key);
	}
	assert_true(ed25519_verify(vectors[0].public_hex, vectors[0].signature_hex, NULL, 0));
	key_destroy(NULL);
}

static char other_digit(char digit)
{
	return digit == '0' ? '1' : '0';
}

static void test_one_digit_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		unsigned char message[65] = {0};
		size_t len = message_of(i, message);
		char public_hex[ED25519_PUBLIC_HEX_MAX];
		char signature_hex[ED25519_SIGNATURE_HEX_MAX];
		strcpy(public_hex, vectors[i].public_hex);
		strcpy(signature_hex, vectors[i].signature_hex);
		for (size_t at = 0; at < strlen(public_hex); at++) {
			public_hex[at] = other_digit(public_hex[at]);
			assert_false(ed25519_verify(public_hex, signature_hex, message, len));
			public_hex[at] = vectors[i].public_hex[at];
		}
		for (size_t at = 0; at < strlen(signature_hex); at++) {
			signature_hex[at] = other_digit(signature_hex[at]);
			assert_false(ed25519_verify(public_hex, signature_hex, message, len));
			signature_hex[at] = vectors[i].signature_hex[at];
		}
		for (size_t at = 0; at < len; at++) {
			message[at] ^= 1;
			assert_false(ed25519_verify(public_hex, signature_hex, message, len));
			message[at] ^= 1;
		}
		assert_false(ed25519_verify(public_hex, signature_hex, message, len + 1));
		assert_true(ed25519_verify(public_hex, signature_hex, message, len));
	}
}

static void test_malformed_is_not_right(void **state)
{
	const char *good_key = vectors[2].public_hex;
	const char *good = vectors[2].signature_hex;
	const unsigned char message[] = {0xaf, 0x82};
	char text[200];

	(void)state;
	assert_true(ed25519_verify(good_key, good, message, 2));
	assert_false(ed25519_verify(good_key, malleated, message, 2));
	assert_false(ed25519_verify("", good, message, 2));
	assert_false(ed25519_verify(good_key, "", message, 2));
	assert_false(ed25519_verify(good, good_key, message, 2));
	assert_false(ed25519_verify(vectors[1].public_hex, good, message, 2));

	strcat(strcpy(text, good), "0");
	assert_false(ed25519_verify(good_key, text, message, 2));
	strcat(text, "0");
	assert_false(ed25519_verify(good_key, text, message, 2));
	for (size_t len = 0; len < strlen(good); len++) {
		memcpy(text, good, len);
		text[len] = '\0';
		assert_false(ed25519_verify(good_key, text, message, 2));
	}
	for (size_t i = 0; i <= strlen(good); i++)
		text[i] = (char)toupper((unsigned char)good[i]);
	assert_false(ed25519_verify(good_key, text, message, 2));
	for (size_t i = 0; i < strlen(good); i++) {
		static const char wrong[] = " /:`gx-\n\x80";
		for (size_t w = 0; w < sizeof(wrong) - 1; w++) {
			strcpy(text, good);
			text[i] = wrong[w];
			assert_false(ed25519_verify(good_key, text, message, 2));
		}
	}
	memset(text, '0', 128);
	text[128] = '\0';
	assert_false(ed25519_verify(good_key, text, message, 2));
	memset(text, 'f', 64);
	text[64] = '\0';
	assert_false(ed25519_verify(text, good, message, 2));
}

static void test_sha256(void **state)
{
	static const struct {
		const char *text;
		const char *hex;
	} cases[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char hex[SHA256_HEX_MAX];
		struct err err;
		struct sha256 *hash;
		size_t len = strlen(cases[i].text);
		assert_true(sha256_hex(cases[i].text, len, hex, &err));
		assert_string_equal(hex, cases[i].hex);

		/* Byte by byte, with the digest asked for on the way. */
		assert_true(sha256_create(&hash, &err));
		for (size_t at = 0; at < len; at++) {
			char before[SHA256_HEX_MAX];
			assert_true(sha256_digest(hash, before, &err));
			assert_true(sha256_hex(cases[i].text, at, hex, &err));
			assert_string_equal(before, hex);
			assert_true(sha256_update(hash, cases[i].text + at, 1, &err));
		}
		assert_true(sha256_update(hash, NULL, 0, &err));
		for (int again = 0; again < 2; again++) {
			assert_true(sha256_digest(hash, hex, &err));
			assert_string_equal(hex, cases[i].hex);
		}
		sha256_destroy(hash);
	}
	sha256_destroy(NULL);
}

static void test_valid_hex(void **state)
{
	char hex[80] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

	(void)state;
	assert_true(sha256_valid_hex(hex));
	for (size_t i = 0; i < 64; i++) {
		static const char wrong[] = "AFgG/:`\0 ";
		char digit = hex[i];
		for (size_t w = 0; w < sizeof(wrong) - 1; w++) {
			hex[i] = wrong[w];
			assert_false(sha256_valid_hex(hex));
		}
		hex[i] = digit;
	}
	hex[64] = '0';
	hex[65] = '\0';
	assert_false(sha256_valid_hex(hex));
	assert_false(sha256_valid_hex(""));
}

static void test_key_round_trip(void **state)
{
	static const char *const passphrases[] = {NULL, "", "hemmelig", "æøå 😀"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(passphrases); i++) {
		struct err err;
		struct key *key;
		struct key *again;
		struct buf pem = {0};
		char public_hex[ED25519_PUBLIC_HEX_MAX];
		char again_hex[ED25519_PUBLIC_HEX_MAX];
		char signature_hex[ED25519_SIGNATURE_HEX_MAX];
		bool sealed = passphrases[i] && *passphrases[i];
		assert_true(key_generate(&key, &err));
		assert_true(buf_append_text(&pem, "# comment\n"));
		assert_true(key_write(key, passphrases[i], &pem, &err));
		assert_int_equal(strstr(pem.data, "\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n") != NULL, sealed);
		assert_true(key_parse(pem.data, pem.len, passphrases[i], &again, &err));
		assert_true(key_public_hex(key, public_hex, &err));
		assert_true(key_public_hex(again, again_hex, &err));
		assert_string_equal(public_hex, again_hex);
		assert_true(key_sign(again, "x", 1, signature_hex, &err));
		assert_true(ed25519_verify(public_hex, signature_hex, "x", 1));
		key_destroy(again);
		if (sealed) {
			assert_false(key_parse(pem.data, pem.len, "forkert", &again, &err));
			assert_int_equal(err.code, ERR_USAGE);
			assert_string_equal(err.text, "the passphrase is wrong");
			assert_false(key_parse(pem.data, pem.len, NULL, &again, &err));
			assert_int_equal(err.code, ERR_USAGE);
			assert_non_null(strstr(err.text, "needs its passphrase"));
		} else {
			assert_true(key_parse(pem.data, pem.len, "not needed", &again, &err));
			key_destroy(again);
		}
		key_destroy(key);
		buf_finish(&pem);
	}
}

static void test_generated_keys_differ(void **state)
{
	char hex[2][ED25519_PUBLIC_HEX_MAX];
	struct err err;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct key *key;
		assert_true(key_generate(&key, &err));
		assert_true(key_public_hex(key, hex[i], &err));
		key_destroy(key);
	}
	assert_string_not_equal(hex[0], hex[1]);
}

/* `openssl genpkey -algorithm ed25519 -aes256 -pass pass:hemmelig` */
static void test_key_of_the_openssl_command(void **state)
{
	static const char pem[] = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
				  "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi4YO7QirgtAwICCAAw\n"
				  "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPaI2W8EOz/1wnY0hL/p1PMEQDX9\n"
				  "cGaXnsRXSHo1YssDk2eQ99chiIAtW7KuEKqgIuzA6zOf5YgTgYJ1hHIkvBt170xD\n"
				  "kL6JYzIZ80lHI7bBgEs=\n"
				  "-----END ENCRYPTED PRIVATE KEY-----\n";
	char hex[ED25519_PUBLIC_HEX_MAX];
	struct err err;
	struct key *key;

	(void)state;
	assert_true(key_parse(pem, sizeof(pem) - 1, "hemmelig", &key, &err));
	assert_true(key_public_hex(key, hex, &err));
	assert_string_equal(hex, "fffd89b81d2f17a28ff6f96ac55850164e0730b85b19feca3cd0abb0e75bab8b");
	key_destroy(key);
}

static void test_what_is_no_key(void **state)
{
	static const char *const refused[] = {
		"",
		"hello",
		PEM(""),
		PEM("AAAA"),
		PEM("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9"),
		PEM("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMc"),
		"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n",
		/* X25519, P-256, a public key, an encrypted key that is none */
		PEM("MC4CAQAwBQYDK2VuBCIEIIBkwoaSjk9trhjXhRtLmy78EQvAL/0j24To05LzEIR1"),
		PEM("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOVsf3Q2ROSR76fdo\n"
		    "iOeoRJ1eXLdpATAhMd89DQZ0hIWhRANCAASpeDbGRUvLKwjc6C15i4Yfv86uOJJC\n"
		    "2UolDV8haNEsL9//3ZrcTw93F5QBc/ThCQPEnMbMRtOiMyZRuo3WLpn/"),
		PEM_OF("PUBLIC KEY", "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
		PEM_OF("ENCRYPTED PRIVATE KEY", "AAAA"),
	};
	struct err err;
	struct key *key = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		if (key_parse(refused[i], strlen(refused[i]), "x", &key, &err))
			fail_msg("accepted: %s", refused[i]);
		assert_int_equal(err.code, ERR_FORMAT);
	}
	assert_false(key_parse(NULL, 0, NULL, &key, &err));

	/* A good key behind more than anyone writes before one. */
	char *large = calloc(1, 100000);
	assert_non_null(large);
	memset(large, '\n', 16384);
	strcpy(large + 16384, vectors[0].pem);
	assert_false(key_parse(large, strlen(large), NULL, &key, &err));
	assert_int_equal(err.code, ERR_FORMAT);
	assert_null(key);
	assert_true(key_parse(large + 1000, strlen(large + 1000), NULL, &key, &err));
	key_destroy(key);
	key = NULL;
	free(large);
	assert_null(key);
}

/* Whatever one byte of a key file becomes, the answer is a key or a sentence. */
static void test_damaged_key_files(void **state)
{
	const char *pem = vectors[0].pem;
	size_t len = strlen(pem);
	unsigned refused = 0;

	(void)state;
	for (size_t at = 0; at < len; at++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			char *copy = malloc(len);
			struct key *key = NULL;
			struct err err;
			assert_non_null(copy);
			memcpy(copy, pem, len);
			copy[at] = (char)(copy[at] ^ (1 << bit));
			if (key_parse(copy, len, "x", &key, &err))
				key_destroy(key);
			else
				refused++;
			free(copy);
		}
	}
	assert_in_range(refused, len * 4, len * 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc8032),
		cmocka_unit_test(test_one_digit_wrong),
		cmocka_unit_test(test_malformed_is_not_right),
		cmocka_unit_test(test_sha256),
		cmocka_unit_test(test_valid_hex),
		cmocka_unit_test(test_key_round_trip),
		cmocka_unit_test(test_generated_keys_differ),
		cmocka_unit_test(test_key_of_the_openssl_command),
		cmocka_unit_test(test_what_is_no_key),
		cmocka_unit_test(test_damaged_key_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
