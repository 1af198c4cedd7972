#include "base/crypto.h"

#include "base/hex.h"

#include <stdlib.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#define SHA256_BYTES 32

struct sha256 {
	EVP_MD_CTX *ctx;
};

/* libcrypto's queue of errors is emptied, else curl would later take an old one for its own. */
static bool fail(struct err *err)
{
	ERR_clear_error();
	return err_set(err, ERR_MEMORY, "SHA-256: libcrypto has no memory");
}

bool sha256_create(struct sha256 **out, struct err *err)
{
	struct sha256 *hash = calloc(1, sizeof(*hash));

	if (!hash)
		return err_memory(err);
	hash->ctx = EVP_MD_CTX_new();
	if (!hash->ctx || EVP_DigestInit_ex(hash->ctx, EVP_sha256(), NULL) != 1) {
		sha256_destroy(hash);
		return fail(err);
	}
	*out = hash;
	return true;
}

bool sha256_update(struct sha256 *hash, const void *bytes, size_t len, struct err *err)
{
	return EVP_DigestUpdate(hash->ctx, bytes, len) == 1 || fail(err);
}

bool sha256_digest(const struct sha256 *hash, char hex[SHA256_HEX_MAX], struct err *err)
{
	unsigned char digest[SHA256_BYTES];
	EVP_MD_CTX *copy = EVP_MD_CTX_new();
	bool ok = copy && EVP_MD_CTX_copy_ex(copy, hash->ctx) == 1 && EVP_DigestFinal_ex(copy, digest, NULL) == 1;

	EVP_MD_CTX_free(copy);
	if (!ok)
		return fail(err);
	hex_write(digest, sizeof(digest), hex);
	return true;
}

void sha256_destroy(struct sha256 *hash)
{
	if (!hash)
		return;
	EVP_MD_CTX_free(hash->ctx);
	free(hash);
}

bool sha256_hex(const void *bytes, size_t len, char hex[SHA256_HEX_MAX], struct err *err)
{
	unsigned char digest[SHA256_BYTES];

	if (EVP_Digest(len > 0 ? bytes : "", len, digest, NULL, EVP_sha256(), NULL) != 1)
		return fail(err);
	hex_write(digest, sizeof(digest), hex);
	return true;
}

bool sha256_valid_hex(const char *hex)
{
	return hex_valid(hex, SHA256_BYTES);
}
