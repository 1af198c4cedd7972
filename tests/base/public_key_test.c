/* Keys and signatures of all kinds, made by securesystemslib 0.26 and python3-cryptography. */
#include "base/crypto.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MESSAGE "hello\nworld"

#define RSA \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAucILw53MXPPL5cwhBcA8\n" \
	"FWBRznc5tRn6sSKoO/LtrZDA2JP7aZan7CxVo6RaAZ1Izg0wOFh19TxfLCHOz6CG\n" \
	"gP/WqBwEVSTKbrxKr6qpHYgP92+hRUxa9rttMtjsIi8FVYLSSGNWG/w70MOgI39w\n" \
	"CQj7BSYe6HeRr3VZYIIaXW7TcbsOsUNvMcXayHUkgtMZYU2yovo1TuMq5Dw6UFEQ\n" \
	"uRYM1uAwvPp8js+8Icf53P8+Mhhy0WTjq2/DzCQAOn3gDUwOnx2NV0UZaXUqNwQK\n" \
	"I3N2YqZxDukJA1VBlG3jKPgm9JkceTLbqHdDqVXLmLj4pHX6r2WMoP3K3YmA0OW9\n" \
	"SwIDAQAB\n" \
	"-----END PUBLIC KEY-----\n"
#define RSA_1024 \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCsrM6COAlhEK6NqfPfnBNIktGd\n" \
	"unStTbS4ism8/UXwaA1ns2kt3Mf8jUwjRGAPMT0vINfweF7V/Fcf+99+8Vemo+00\n" \
	"L5mo+SYJ10qh32ci7uHhCQ1EGH71Zp2Yee/YdavV58kkuflU24Brzwfo4yaylxLB\n" \
	"tgTKyeqLeS+7A540PQIDAQAB\n" \
	"-----END PUBLIC KEY-----\n"
#define P256 \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhn6VYtqnLGTnDjTY6+jhfNW4eDAI\n" \
	"UV0zo4Y51SfL62yrvgza7Y8RjIve3mMcEwvUy5SLOCCITfrlArZrYJt6NQ==\n" \
	"-----END PUBLIC KEY-----\n"
#define P256_COMPRESSED \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADhn6VYtqnLGTnDjTY6+jhfNW4eDAIUV0zo4Y51SfL\n" \
	"62w=\n" \
	"-----END PUBLIC KEY-----\n"
#define DSA \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MIIDQjCCAjUGByqGSM44BAEwggIoAoIBAQDNUXe4NPxWl1CDy9ImJLK+pt8EWQh/\n" \
	"pAloaIe3ELWRqv15gVFksIe6Z0VA9JxIwDJTDNbPG3YjQT/mEHpaPpow5tfhoZAy\n" \
	"mws4GSWrUkwZjhzyPTv6YYkXXgQIPIHe6k5FohuZo1RsNybf3+odrPVLfC2smd0r\n" \
	"b0EaibUN6m6wbnjwHQdoztnmeKp1MZ6FDjP62jmxsSv5y9R/Kjc/8TaOKapvUyf8\n" \
	"FPHtxG58PEfuVCG5bRgX8mFNXq+0YNzY3K/eXq2O0OAHdetpu3w13zH7aQK/SBnI\n" \
	"YvgxPymozqjkcKdwomgS7pkQo5bEeeHBi46lKryedveabVOxqluTt/EJAh0A9wU0\n" \
	"6OYAw58tn2Huk1/gE1u3rjFVa94F8Z3liQKCAQBrGo6WBgeGL6UpB9lxeO/fM8VZ\n" \
	"JIog+JPfuHIYIBIk0Hvtn4mm/jmrNFCRXcL4Cl/5yzcNBvncnEavqqpHe4hXBHmi\n" \
	"89Jmr7VEZqXkDybGJnqqcZxs5H2Q6nh32ckbHHO+Up9eJoU2llBmi+kaPbkfWnXE\n" \
	"LVU8C+RYiwXAAnUsspcruRIDIHyjvTlqN1s2DxhjX4tVLkqJUWFRNqX236x9bAPm\n" \
	"C8KkoVJWsedde86wqEaGG4Pqg5KLqDTqH5TA3f3RTm9KGc+uEf2jUeAxwq8KnuJE\n" \
	"RVTq9MUFwfCn3Cxg0BTaSJFDveJDTLsYmASgrhmR7FcCwmpLLdjhdEk2BJ2MA4IB\n" \
	"BQACggEAWJ0zPl3nCQmbo9FtSFMke/UlmoA6ldUnpIxcozDuBAV+qAxdfqU5HvTE\n" \
	"D9TfGpGRoBgeRpdqXHe380IdGkWEZHviuiNyIyuYwwrdJMtjtZWcPZlUf4lcGSq4\n" \
	"l6i77wYXMNcuv3fMKPt+/gdmuRnzVB/d46C4pPGro51Hf3RaB4WM2GLt6DpTI9bj\n" \
	"9f34qAwlf+GWapZiIhFa82DVwRxkfI+h4XoG2EITul04vniSQNmkbGI7WqGE7mbV\n" \
	"UY1HnNEQJGNMpdrLsg3nQ+4ckrAjIi7cquyMyxUI6WAAo/HxqgnsAsGsSoEj0u0H\n" \
	"wt6iiG9QA99YjWuyPTsmAG1ztl/Mrg==\n" \
	"-----END PUBLIC KEY-----\n"
#define P256_OTHER_NAME \
	"-----BEGIN CERTIFICATE-----\n" \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhn6VYtqnLGTnDjTY6+jhfNW4eDAI\n" \
	"UV0zo4Y51SfL62yrvgza7Y8RjIve3mMcEwvUy5SLOCCITfrlArZrYJt6NQ==\n" \
	"-----END CERTIFICATE-----\n"
#define P384 \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEVbbNqWgs1fp61M6D1+oryIK89RkJwYp8\n" \
	"rECL4wNcHB9a7+iN/zKwoW09CijZmM5xqMesQSo296FzsIEusYdcDkLI4WgShdEq\n" \
	"8YmKVIc192ap67CkeakxR1TSoptYe8up\n" \
	"-----END PUBLIC KEY-----\n"
#define K256 \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE+uzggPoWs77xxrnJJDFXVUo4TNPp/kTf\n" \
	"xXlQEsJf+YoPXpn4ALwS9JKrayAcJj+3ywmfDfyUKOjxt7ufvhXhVg==\n" \
	"-----END PUBLIC KEY-----\n"
#define ED25519_PEM \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MCowBQYDK2VwAyEA+6tq8zMcAbH5N68VWjnkVJOUE8S5kwgkGlFSPL82ze4=\n" \
	"-----END PUBLIC KEY-----\n"
#define ED25519 "fbab6af3331c01b1f937af155a39e454939413c4b99308241a51523cbf36cdee"

#define RSA_LONGEST_SALT \
	"a634dffacc065ce6dc10e4d2e0cbc68ed8a8cc8a06d1d3d3cf0c95eed95adf2654b4ec734f1d175a2fe8bd5586deb1e5" \
	"bed128e35602c93486b558820aa8cc6c6efd85cdad6c4d666bc0d9d5945675ff886308b6704e362b43928fc037e1191a" \
	"b9777affec16b39d612cb81b49cbafaeb1639211e29d8e56379155d2113be004c0c3c4d44e3df8f769dae59d109bad7f" \
	"4bc9dc7ef85bf7a5de69ebb842f0bb375ec031d5495e0b6bb7e415845a2c4eff84eaf55107ceb8fadd31d00ba947d8fc" \
	"c93501e0a25d7247de769297f9fc24c4802e906b4e7fbab6e0040a7e7a5c46192e895c9a6165181d4f8ec9b401e73966" \
	"1023f0696de1df54304dc23a741104e5"
#define RSA_SALT_0 \
	"06cbcd4f5fcf91bcc9cc0afb75b4178e34d15a2aa048d9294ebaf44e65e858439b5e7482af93261f358d9e6815cdc89c" \
	"60ccc85d83633eacb0a18d8fab358afc068e5194ffaea2796d468aaae6e921e7b674dfa599adc4ea26c98c2bb97bdec4" \
	"d6b1bd6a376c0c9a0a303e19444f8ec5d449a10eb63b063a519b003fb135d1f61a59340baebd45c1af4f986bf6ad73fe" \
	"e847534ab90753080b326bd185d7d9b09d2ce46e619d244af80b546ded2731df46971d6fb738ecc59db6989841a02f14" \
	"d94197cc4c6088cb2b385aa5eb41892a6c6506d4c777e65e4892ef5bb1c656f4bc0687a6f0d16df1dc46f6aefe2c3c55" \
	"613ab6fb964dfeff025d29775966fbf6"
#define RSA_SALT_32 \
	"9417168a60c7125524c3cdba040be3343632cb70d3a23a5f1cee9dc5ffc394df65ddf04f67b486cc298082b8da5b8b72" \
	"442b1a4a21a398322dc5281d595837d491ac616d8312e161574dd3c340fcbb35eb8e6c621a778375a8f9f5be61f55b7c" \
	"213c2afc9e84ea047c92ee4b53c8a0f259b88d15983759bd795fcb9a438d5e7201e8464b62fa5e7d2662d8afc00784c4" \
	"805d72fa7b5742d149618e499f615e7ae05692a4c2b683ccf1d4a720e589977ec02a0ee2d0e327106384c3631a9a15e5" \
	"5c86b8d1ca1e4662d967a62e7215dc10d761734c391578ba51efe4713c9ae111a2d8bfab379ac987806655b082256e5f" \
	"a075e07ee412c79e20dae9aec148319e"
#define RSA_PKCS1 \
	"4024cb7c7a8b06b4d51ca4829363187a6daf91ef029caf0c69f2601d82fe9673cf57832358585ad74992d6f58e927c7b" \
	"f5d27ad057fd8e01a33bcee17d3aa3b292e2e7a007e86b52d846b02ad294914ea0769e810c3aa76ce60b03bbd0c5b69d" \
	"6fd536d9aac043d209e82fad519629c2eadf363d65dbeec656d3a8bd9f02695f4c5b1bbfc035c2f182b44fa41d667b3a" \
	"7833168b41df9e7472eec09d2d9e4e4d60b7f21090e236e4b12b08456b4c73683f4e781415358109b0ac74f5d4c6a5b2" \
	"fb8a397ce915313ea51e10fe5f44a997d9c4538dd9c62463401bdca98d22d88cf561595c1721ae13d52c958cc33a9ff8" \
	"d679d1613931ab8e39c42f9f3ceecfa0"
#define RSA_SHA512 \
	"1526fd3f178d6c3d9de6bb7e2095ea2e989fb98d7ca254f9acc4149ee6032f1f753198fdd650e50c79ca3b4d64b44e0b" \
	"e34f0a4d3ca28a7b5ad3f0db9764575ed7cb48fa8e993b19355912c19b0c194ca81d332367d707716dbf871299154759" \
	"6327580cc45b5e5f1f97feb7acc6b243dbdcea8f70c0068bc433cec203af5fb50c7d96accde28d0c44463e33d6f7a02c" \
	"91c2f267c6f2dab3b9c2decacf38e68b2133cefea24e00f9ecc3a433c13b63fc2993e940ce4f080040a281421bab05fc" \
	"f79dd94f76646b6390d2dd1b7d460583080cc50c5a4c0c94aef4dbc0b3d94f5eb6e76187a66a60940255bb981bbfb095" \
	"a402d25e1a19ee7a3d3b2fd6682b49f6"
#define RSA_MGF1_SHA1 \
	"8ffff539248373980ac900782b95ff99dd4c96810f9f61dc4f201d6b666d74cea33c12d8327216d8f1ef1f26f1c30517" \
	"939fb204ee8eda642c798526bdc2f8262bfe2d1aeeea9a958ab57689c83130aed324fb6a865cd94135a50f8d2334ba1d" \
	"63caa16bde4d8f8da6ca55be656cce8a0f4b6338876e0cd3f13cc0564734be79928ca5fc7d75fe9d45b29dd44a017fce" \
	"48bbc4b6fe63257e909a2ad2a37a4c1a081b5e244c4d51fa6410b79a34be71846c84308c9cb1092ae8bb45997310938e" \
	"67bb1c8ca299ef89bac8c6fb82946f098c783e900656a20fb4936d829f88d9255795cbed651a39a616666aa558173287" \
	"1a9dc9993d891ccddde4375e4d9a72b6"
#define RSA_1024_SALT_32 \
	"1bc3cf147139abcb5e244db9d568bbb1ba31e2861e3b95a95085cbe59acf92e0e10f23b52d23fbf0b47b7faa1f745356" \
	"ff3b8a05fa3ea24c75e514bd2882a5558f4c3a553c853ec68a2c3183b3454787aae6eafc071fc7a67b4ef0a9fac8db2c" \
	"f42b7dd28916cca2a6f97c85f114cc394359397e4bfacd4c3ba456e9e563f008"
#define P256_SHA256 \
	"3045022100c1744e62433b59068117f63ce28d4adcdd474eaa6c38c58323e6917178aa04ae022060395a30642a56c719" \
	"d166f292b3a1e936be708b8bd7f26085fb77d6fefecf23"
#define P256_SHA512 \
	"3046022100a8a16170991515d5b8acbfffcf1cd6384ce8eabb419b4a5a99eed98a20cd2e2b022100bc02941957fb2dfc" \
	"2d35c6087e0c1497a55dead7d8f2c7f95dba8c965bde71b0"
#define P384_SHA256 \
	"30640230249261955d286f85b7f1474c2d5e825132eedf1b8b082a56031f97c069beca3beb6d88025810b5b9cc15a106" \
	"e59cb21002305e4313b055993fce393436941945eb781ab54e0c26aba83685d05cfe7ad308df033652ec06b13f2a5976" \
	"77f8779e1f29"
#define K256_SHA256 \
	"3045022028473174f0f2d499f417fb875fa922f84b7c47fc20e5608a970153dc2be3f378022100e6abbbffb5400a1876" \
	"7013483f362705745f5e0f55d689f74f181314e4a79789"
#define ED25519_PURE \
	"d0a1cd17381153754ea9f6e23667bdbbc0c261f3bbf5448b9a5ec57f63a3a70961135c4338018c7e9931250cc51ff3e1" \
	"0032d2979426d2282b1b4486b5c1560e"

static const struct {
	const char *name;
	enum public_key_kind kind;
	const char *key;
	const char *signature; /* NULL: the key is none */
	bool right;
} rows[] = {
	{"RSA, salt as long as fits", PUBLIC_KEY_RSA_PSS, RSA, RSA_LONGEST_SALT, true},
	{"RSA, no salt", PUBLIC_KEY_RSA_PSS, RSA, RSA_SALT_0, true},
	{"RSA, 32 bytes of salt", PUBLIC_KEY_RSA_PSS, RSA, RSA_SALT_32, true},
	{"RSA, PKCS#1 1.5", PUBLIC_KEY_RSA_PSS, RSA, RSA_PKCS1, false},
	{"RSA, SHA-512", PUBLIC_KEY_RSA_PSS, RSA, RSA_SHA512, false},
	{"RSA, MGF1 with SHA-1", PUBLIC_KEY_RSA_PSS, RSA, RSA_MGF1_SHA1, false},
	{"RSA of 1024 bits", PUBLIC_KEY_RSA_PSS, RSA_1024, NULL, false},
	{"DSA of 2048 bits as RSA", PUBLIC_KEY_RSA_PSS, DSA, NULL, false},
	{"P-256 under another name", PUBLIC_KEY_ECDSA_P256, P256_OTHER_NAME, NULL, false},
	{"RSA as ECDSA", PUBLIC_KEY_ECDSA_P256, RSA, NULL, false},
	{"RSA as ed25519", PUBLIC_KEY_ED25519, RSA, NULL, false},
	{"P-256", PUBLIC_KEY_ECDSA_P256, P256, P256_SHA256, true},
	{"P-256, compressed", PUBLIC_KEY_ECDSA_P256, P256_COMPRESSED, P256_SHA256, true},
	{"P-256, SHA-512", PUBLIC_KEY_ECDSA_P256, P256, P256_SHA512, false},
	{"P-256 as RSA", PUBLIC_KEY_RSA_PSS, P256, NULL, false},
	{"P-384", PUBLIC_KEY_ECDSA_P256, P384, NULL, false},
	{"secp256k1", PUBLIC_KEY_ECDSA_P256, K256, NULL, false},
	{"ed25519", PUBLIC_KEY_ED25519, ED25519, ED25519_PURE, true},
	{"ed25519, another's signature", PUBLIC_KEY_ED25519, ED25519, P256_SHA256, false},
	{"ed25519 in PEM", PUBLIC_KEY_ED25519, ED25519_PEM, NULL, false},
	{"ed25519 as ECDSA", PUBLIC_KEY_ECDSA_P256, ED25519_PEM, NULL, false},
	{"ed25519 as RSA", PUBLIC_KEY_RSA_PSS, ED25519_PEM, NULL, false},
	{"nothing", PUBLIC_KEY_RSA_PSS, "", NULL, false},
	{"nothing", PUBLIC_KEY_ED25519, "", NULL, false},
	{"no PEM", PUBLIC_KEY_ECDSA_P256, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", NULL, false},
	/* Would ask for a passphrase at the terminal. */
	{"encrypted", PUBLIC_KEY_ECDSA_P256,
	 "-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
	 "AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
	 "AAAAAAAAAAAAAAAAAAAAAA==\n-----END PUBLIC KEY-----\n",
	 NULL, false},
};

static void test_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct public_key *key = public_key_parse(rows[i].kind, rows[i].key);

		if ((key != NULL) != (rows[i].signature != NULL))
			fail_msg("%s: %s", rows[i].name, key ? "is a key" : "is no key");
		if (key && public_key_verify(key, rows[i].signature, MESSAGE, strlen(MESSAGE)) != rows[i].right)
			fail_msg("%s: %s", rows[i].name, rows[i].right ? "not verified" : "verified");
		if (key && public_key_verify(key, rows[i].signature, "hello world", strlen(MESSAGE)))
			fail_msg("%s: verified for other words", rows[i].name);
		public_key_destroy(key);
	}
}

/* Every digit of a signature counts, and all of them must be there. */
static void test_altered(void **state)
{
	static char endless[100001];

	(void)state;
	memset(endless, 'a', sizeof(endless) - 1);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct public_key *key = rows[i].right ? public_key_parse(rows[i].kind, rows[i].key) : NULL;
		char signature[PUBLIC_KEY_SIGNATURE_MAX + 1];

		if (!key)
			continue;
		snprintf(signature, sizeof(signature), "%s", rows[i].signature);
		for (size_t k = 0; k < strlen(rows[i].signature); k += 7) {
			char was = signature[k];

			signature[k] = was == '0' ? '1' : '0';
			if (public_key_verify(key, signature, MESSAGE, strlen(MESSAGE)))
				fail_msg("%s: digit %zu does not count", rows[i].name, k);
			signature[k] = was;
		}
		signature[strlen(signature) - 2] = '\0';
		assert_false(public_key_verify(key, signature, MESSAGE, strlen(MESSAGE)));
		signature[strlen(signature) - 1] = '\0';
		assert_false(public_key_verify(key, signature, MESSAGE, strlen(MESSAGE)));
		assert_false(public_key_verify(key, "", MESSAGE, strlen(MESSAGE)));
		assert_false(public_key_verify(key, endless, MESSAGE, strlen(MESSAGE)));
		public_key_destroy(key);
	}
}

/* One key in other words is the same key. */
static void test_equal(void **state)
{
	static const struct {
		enum public_key_kind kind;
		const char *a, *b;
		bool equal;
	} pairs[] = {
		{PUBLIC_KEY_RSA_PSS, RSA, RSA, true},
		{PUBLIC_KEY_RSA_PSS, RSA, "a note\n" RSA "another\n", true},
		{PUBLIC_KEY_ECDSA_P256, P256, P256_COMPRESSED, true},
		{PUBLIC_KEY_ED25519, ED25519, ED25519, true},
		{PUBLIC_KEY_ED25519, ED25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
		 false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct public_key *a = public_key_parse(pairs[i].kind, pairs[i].a);
		struct public_key *b = public_key_parse(pairs[i].kind, pairs[i].b);

		assert_true(a && b);
		assert_int_equal(public_key_equal(a, b), pairs[i].equal);
		public_key_destroy(a);
		public_key_destroy(b);
	}
	struct public_key *rsa = public_key_parse(PUBLIC_KEY_RSA_PSS, RSA);
	struct public_key *ec = public_key_parse(PUBLIC_KEY_ECDSA_P256, P256);
	assert_true(rsa && ec);
	assert_false(public_key_equal(rsa, ec));
	public_key_destroy(rsa);
	public_key_destroy(ec);
	public_key_destroy(NULL);
}

/* Bytes behind the key are no part of it, and a text without end is not read. */
static void test_too_much(void **state)
{
	static const char behind[] = "-----BEGIN PUBLIC KEY-----\n"
				     "%s"
				     "-----END PUBLIC KEY-----\n";
	char *text = calloc(1, 70000);

	(void)state;
	assert_non_null(text);
	snprintf(text, 70000, behind,
		 "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhn6VYtqnLGTnDjTY6+"
		 "jhfNW4eDAI\nUV0zo4Y51SfL62yrvgza7Y8RjIve3mMcEwvUy5SLOCCITfrlArZrYJt6NQAAAA==\n");
	assert_null(public_key_parse(PUBLIC_KEY_ECDSA_P256, text));
	memset(text, '\n', 5000);
	strcpy(text + 5000, P256);
	assert_null(public_key_parse(PUBLIC_KEY_ECDSA_P256, text));
	struct public_key *key = public_key_parse(PUBLIC_KEY_ECDSA_P256, text + 4000);
	assert_non_null(key);
	public_key_destroy(key);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_altered),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
