#include "base/crypto.h"

#include "base/array.h"
#include "base/hex.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define ED25519_BYTES       32
#define RSA_BITS_MIN        2048
#define PEM_BYTES_MAX       4096
#define SIGNATURE_BYTES_MAX (PUBLIC_KEY_SIGNATURE_MAX / 2)

struct public_key {
	enum public_key_kind kind;
	EVP_PKEY *pkey;
};

static EVP_PKEY *parse_hex(const char *text)
{
	unsigned char public[ED25519_BYTES];

	if (!hex_parse(text, public, sizeof(public)))
		return NULL;
	return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, sizeof(public));
}

static EVP_PKEY *parse_der(const unsigned char *der, long len)
{
	const unsigned char *at = der;
	EVP_PKEY *pkey = d2i_PUBKEY(NULL, &at, len);

	if (!pkey || at == der + len)
		return pkey;
	EVP_PKEY_free(pkey);
	return NULL;
}

/* PEM_read_bio_PUBKEY() would ask the terminal for a passphrase when the text says that it is encrypted. */
static EVP_PKEY *parse_pem(const char *text)
{
	size_t text_len = strlen(text);
	char *name = NULL, *header = NULL;
	unsigned char *der = NULL;
	EVP_PKEY *pkey = NULL;
	long len = 0;
	BIO *bio;

	if (text_len > PEM_BYTES_MAX)
		return NULL;
	bio = BIO_new_mem_buf(text, (int)text_len);
	if (bio && PEM_read_bio(bio, &name, &header, &der, &len) == 1 && strcmp(name, PEM_STRING_PUBLIC) == 0 &&
	    header[0] == '\0')
		pkey = parse_der(der, len);
	BIO_free(bio);
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_free(der);
	return pkey;
}

static bool is_p256(const EVP_PKEY *pkey)
{
	char group[32] = "";

	return EVP_PKEY_is_a(pkey, "EC") &&
	       EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group), NULL) == 1 &&
	       strcmp(group, "prime256v1") == 0;
}

static bool is_rsa(const EVP_PKEY *pkey)
{
	return EVP_PKEY_is_a(pkey, "RSA") && EVP_PKEY_get_bits(pkey) >= RSA_BITS_MIN;
}

static bool is_ed25519(const EVP_PKEY *pkey)
{
	return EVP_PKEY_is_a(pkey, "ED25519");
}

static const struct {
	EVP_PKEY *(*parse)(const char *text);
	bool (*is_right)(const EVP_PKEY *pkey);
} kinds[] = {
	[PUBLIC_KEY_ED25519] = {parse_hex, is_ed25519},
	[PUBLIC_KEY_ECDSA_P256] = {parse_pem, is_p256},
	[PUBLIC_KEY_RSA_PSS] = {parse_pem, is_rsa},
};
static_assert(ARRAY_LEN(kinds) == PUBLIC_KEY_KIND_COUNT, "a kind of key has no row");

struct public_key *public_key_parse(enum public_key_kind kind, const char *text)
{
	EVP_PKEY *pkey = kinds[kind].parse(text);
	struct public_key *key = pkey && kinds[kind].is_right(pkey) ? calloc(1, sizeof(*key)) : NULL;

	ERR_clear_error();
	if (!key) {
		EVP_PKEY_free(pkey);
		return NULL;
	}
	key->kind = kind;
	key->pkey = pkey;
	return key;
}

void public_key_destroy(struct public_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey);
	free(key);
}

bool public_key_equal(const struct public_key *a, const struct public_key *b)
{
	bool equal = EVP_PKEY_eq(a->pkey, b->pkey) == 1;

	ERR_clear_error();
	return equal;
}

/* securesystemslib, and so most signers, make the salt as long as fits: the length is read from the signature. */
static bool set_pss(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_AUTO) == 1 &&
	       EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha256()) == 1;
}

static bool verify(const struct public_key *key, EVP_MD_CTX *ctx, const unsigned char *signature, size_t signature_len,
		   const void *bytes, size_t len)
{
	const EVP_MD *hash = key->kind == PUBLIC_KEY_ED25519 ? NULL : EVP_sha256();
	EVP_PKEY_CTX *how = NULL;

	return EVP_DigestVerifyInit(ctx, &how, hash, NULL, key->pkey) == 1 &&
	       (key->kind != PUBLIC_KEY_RSA_PSS || set_pss(how)) &&
	       EVP_DigestVerify(ctx, signature, signature_len, len > 0 ? bytes : (const void *)"", len) == 1;
}

bool public_key_verify(const struct public_key *key, const char *signature_hex, const void *bytes, size_t len)
{
	unsigned char signature[SIGNATURE_BYTES_MAX];
	size_t signature_len = strlen(signature_hex) / 2;

	if (signature_len > sizeof(signature) || !hex_parse(signature_hex, signature, signature_len))
		return false;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx && verify(key, ctx, signature, signature_len, bytes, len);

	EVP_MD_CTX_free(ctx);
	ERR_clear_error();
	return ok;
}
