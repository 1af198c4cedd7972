/* crypto -- SHA-256 (sha256.c) and signatures (ed25519.c); the only place that speaks to libcrypto.
 *
 * Hex is lower case. Keys are ed25519 (RFC 8032). Errors: ERR_MEMORY, ERR_FORMAT (a key file that is none), ERR_USAGE
 * (wrong passphrase).
 */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define SHA256_HEX_MAX            65 /* 64 digits and the final zero */
#define ED25519_PUBLIC_HEX_MAX    65
#define ED25519_SIGNATURE_HEX_MAX 129

struct sha256; /* a hash being computed */

bool sha256_create(struct sha256 **out, struct err *err);
bool sha256_update(struct sha256 *hash, const void *bytes, size_t len, struct err *err);
/* Writes the digest so far; the hash can go on. */
bool sha256_digest(const struct sha256 *hash, char hex[SHA256_HEX_MAX], struct err *err);
void sha256_destroy(struct sha256 *hash); /* takes NULL */

bool sha256_hex(const void *bytes, size_t len, char hex[SHA256_HEX_MAX], struct err *err);

/* True when `hex` is 64 lower-case hex digits and nothing else. */
bool sha256_valid_hex(const char *hex);

/* True only when the signature is right; anything malformed is simply not right. */
bool ed25519_verify(const char *public_hex, const char *signature_hex, const void *bytes, size_t len);

struct key; /* a private key */

bool key_generate(struct key **out, struct err *err);
/* PKCS#8 PEM; with a passphrase (NULL or "" for none) encrypted by AES-256-CBC with PBKDF2, 600 000
 * rounds: a fraction of a second each time. */
bool key_parse(const char *pem, size_t len, const char *passphrase, struct key **out, struct err *err);
bool key_write(const struct key *key, const char *passphrase, struct buf *pem, struct err *err);
void key_destroy(struct key *key); /* takes NULL; the memory is wiped */

bool key_public_hex(const struct key *key, char hex[ED25519_PUBLIC_HEX_MAX], struct err *err);
bool key_sign(const struct key *key, const void *bytes, size_t len, char hex[ED25519_SIGNATURE_HEX_MAX],
	      struct err *err);

#endif
