/* crypto -- SHA-256 (sha256.c), checking signatures (public_key.c) and making them (ed25519.c); the only place that
 * speaks to libcrypto.
 *
 * Hex is lower case. We sign with ed25519 (RFC 8032) only. Errors: ERR_MEMORY, ERR_FORMAT (a key file that is none),
 * ERR_USAGE (wrong passphrase).
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

/* Public keys, of the kinds that TUF 1.0.34 knows. Whoever signs may choose among them. */

enum public_key_kind {
	PUBLIC_KEY_ED25519,    /* 64 hex digits; the signature is over the message itself */
	PUBLIC_KEY_ECDSA_P256, /* PEM; over SHA-256, in DER */
	PUBLIC_KEY_RSA_PSS,    /* PEM, 2048 bits or more; over SHA-256, MGF1 with SHA-256, a salt of any length */
	PUBLIC_KEY_KIND_COUNT
};

#define PUBLIC_KEY_SIGNATURE_MAX 4096 /* hex digits */

struct public_key;

/* NULL when the text is no key of this kind; an unusable key is as good as none, so why does not matter. PEM is a
 * SubjectPublicKeyInfo ("PUBLIC KEY"). */
struct public_key *public_key_parse(enum public_key_kind kind, const char *text);
void public_key_destroy(struct public_key *key); /* takes NULL */

/* Whether they are one key, however it was written. */
bool public_key_equal(const struct public_key *a, const struct public_key *b);

/* True only when the signature is right; anything malformed is simply not right. */
bool public_key_verify(const struct public_key *key, const char *signature_hex, const void *bytes, size_t len);

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
