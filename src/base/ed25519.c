#include "base/crypto.h"

#include "base/hex.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#define PUBLIC_BYTES    32
#define SIGNATURE_BYTES 64
#define PEM_BYTES_MAX   16384
#define PBKDF2_ROUNDS   600000 /* OWASP 2023 for HMAC-SHA-256; a fraction of a second, for who guesses too */

struct key {
	EVP_PKEY *pkey;
};

/* libcrypto's queue of errors is emptied, else curl would later take an old one for its own. */
static bool refuse(struct err *err, enum err_code code, const char *what)
{
	ERR_clear_error();
	return err_set(err, code, "%s", what);
}

static bool fail(struct err *err, const char *what)
{
	unsigned long number = ERR_peek_last_error();
	const char *reason = number ? ERR_reason_error_string(number) : NULL;

	ERR_clear_error();
	return err_set(err, ERR_MEMORY, "libcrypto: %s: %s", what, reason ? reason : "no memory");
}

/* Takes pkey, which may be NULL. */
static bool wrap(EVP_PKEY *pkey, struct key **out, struct err *err)
{
	struct key *key = pkey ? calloc(1, sizeof(*key)) : NULL;

	if (!key) {
		EVP_PKEY_free(pkey);
		return fail(err, "key");
	}
	key->pkey = pkey;
	*out = key;
	return true;
}

bool key_generate(struct key **out, struct err *err)
{
	return wrap(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), out, err);
}

/* The bytes between the PEM lines as PKCS#8, decrypted when they must be. NULL, with err, when they are none. */
static PKCS8_PRIV_KEY_INFO *decode(const char *name, const unsigned char *der, long len, const char *passphrase,
				   struct err *err)
{
	PKCS8_PRIV_KEY_INFO *info = NULL;

	if (strcmp(name, PEM_STRING_PKCS8INF) == 0) {
		info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &der, len);
	} else if (strcmp(name, PEM_STRING_PKCS8) == 0) {
		X509_SIG *sealed = d2i_X509_SIG(NULL, &der, len);
		bool given = passphrase && *passphrase;
		if (sealed && given)
			info = PKCS8_decrypt(sealed, passphrase, (int)strlen(passphrase));
		X509_SIG_free(sealed);
		if (sealed && !info) {
			refuse(err, ERR_USAGE,
			       given ? "the passphrase is wrong" : "the key is encrypted: it needs its passphrase");
			return NULL;
		}
	}
	if (!info)
		refuse(err, ERR_FORMAT, "not a private key in PKCS#8");
	return info;
}

bool key_parse(const char *pem, size_t len, const char *passphrase, struct key **out, struct err *err)
{
	char *name = NULL;
	char *header = NULL;
	unsigned char *der = NULL;
	long der_len = 0;

	if (len > PEM_BYTES_MAX)
		return refuse(err, ERR_FORMAT, "too large for a private key");
	BIO *bio = BIO_new_mem_buf(len > 0 ? pem : "", (int)len);
	if (!bio)
		return fail(err, "key");
	int found = PEM_read_bio(bio, &name, &header, &der, &der_len);
	BIO_free(bio);
	if (found != 1)
		return refuse(err, ERR_FORMAT, "not a PEM file");

	PKCS8_PRIV_KEY_INFO *info = decode(name, der, der_len, passphrase, err);
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_clear_free(der, (size_t)der_len);
	if (!info)
		return false;

	EVP_PKEY *pkey = EVP_PKCS82PKEY(info);
	PKCS8_PRIV_KEY_INFO_free(info);
	if (!pkey || !EVP_PKEY_is_a(pkey, "ED25519")) {
		EVP_PKEY_free(pkey);
		return refuse(err, ERR_FORMAT, "not an ed25519 key");
	}
	return wrap(pkey, out, err);
}

static bool encode(BIO *bio, PKCS8_PRIV_KEY_INFO *info, const char *passphrase)
{
	if (!passphrase || !*passphrase)
		return PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio, info) == 1;

	X509_SIG *sealed =
		PKCS8_encrypt(-1, EVP_aes_256_cbc(), passphrase, (int)strlen(passphrase), NULL, 0, PBKDF2_ROUNDS, info);
	bool ok = sealed && PEM_write_bio_PKCS8(bio, sealed) == 1;
	X509_SIG_free(sealed);
	return ok;
}

bool key_write(const struct key *key, const char *passphrase, struct buf *pem, struct err *err)
{
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key->pkey);
	BIO *bio = BIO_new(BIO_s_secmem());
	char *text = NULL;
	bool ok = info && bio && encode(bio, info, passphrase);
	long len = ok ? BIO_get_mem_data(bio, &text) : 0;

	if (!ok)
		fail(err, "key");
	else if (!buf_append(pem, text, (size_t)len))
		ok = err_memory(err);
	BIO_free(bio);
	PKCS8_PRIV_KEY_INFO_free(info);
	return ok;
}

void key_destroy(struct key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey); /* wipes what it frees */
	free(key);
}

bool key_public_hex(const struct key *key, char hex[ED25519_PUBLIC_HEX_MAX], struct err *err)
{
	unsigned char public[PUBLIC_BYTES];
	size_t len = sizeof(public);

	if (EVP_PKEY_get_raw_public_key(key->pkey, public, &len) != 1)
		return fail(err, "public key");
	hex_write(public, sizeof(public), hex);
	return true;
}

bool key_sign(const struct key *key, const void *bytes, size_t len, char hex[ED25519_SIGNATURE_HEX_MAX],
	      struct err *err)
{
	unsigned char signature[SIGNATURE_BYTES];
	size_t signature_len = sizeof(signature);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key->pkey) == 1 &&
		  EVP_DigestSign(ctx, signature, &signature_len, len > 0 ? bytes : (const void *)"", len) == 1;

	EVP_MD_CTX_free(ctx);
	if (!ok)
		return fail(err, "signature");
	hex_write(signature, sizeof(signature), hex);
	return true;
}
