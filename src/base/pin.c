#include "base/pin.h"

#include "base/hex.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PREFIX     "scrypt$15$8$1$"
#define SALT_BYTES 16
#define HASH_BYTES 32
#define N          (1u << 15)
#define R          8
#define P          1
#define MEMORY_MAX (64u << 20)

static bool is_pin(const char *pin)
{
	size_t len = strspn(pin, "0123456789");

	return pin[len] == '\0' && len >= PIN_DIGITS_MIN && len <= PIN_DIGITS_MAX;
}

static bool derive(const char *pin, const unsigned char salt[SALT_BYTES], unsigned char hash[HASH_BYTES])
{
	return EVP_PBE_scrypt(pin, strlen(pin), salt, SALT_BYTES, N, R, P, MEMORY_MAX, hash, HASH_BYTES) == 1;
}

/* Salt and hash of a text of the right form. */
static bool parse(const char *text, unsigned char salt[SALT_BYTES], unsigned char hash[HASH_BYTES])
{
	char digits[2 * SALT_BYTES + 1];
	size_t prefix = strlen(PREFIX);

	if (strlen(text) != prefix + sizeof(digits) + 2 * HASH_BYTES || memcmp(text, PREFIX, prefix) != 0)
		return false;
	memcpy(digits, text + prefix, sizeof(digits));
	if (digits[sizeof(digits) - 1] != '$')
		return false;
	digits[sizeof(digits) - 1] = '\0';
	return hex_parse(digits, salt, SALT_BYTES) && hex_parse(text + prefix + sizeof(digits), hash, HASH_BYTES);
}

bool pin_hash(const char *pin, char text[PIN_TEXT_MAX], struct err *err)
{
	unsigned char salt[SALT_BYTES], hash[HASH_BYTES];
	char salt_hex[2 * SALT_BYTES + 1], hash_hex[2 * HASH_BYTES + 1];

	if (!is_pin(pin))
		return err_set(err, ERR_USAGE, "a PIN is %d to %d digits", PIN_DIGITS_MIN, PIN_DIGITS_MAX);
	if (RAND_bytes(salt, sizeof(salt)) != 1 || !derive(pin, salt, hash))
		return err_memory(err);
	hex_write(salt, sizeof(salt), salt_hex);
	hex_write(hash, sizeof(hash), hash_hex);
	snprintf(text, PIN_TEXT_MAX, PREFIX "%s$%s", salt_hex, hash_hex);
	return true;
}

bool pin_valid(const char *text)
{
	unsigned char salt[SALT_BYTES], hash[HASH_BYTES];

	return parse(text, salt, hash);
}

bool pin_matches(const char *text, const char *pin)
{
	unsigned char salt[SALT_BYTES], hash[HASH_BYTES], mine[HASH_BYTES];

	return parse(text, salt, hash) && derive(pin, salt, mine) && CRYPTO_memcmp(hash, mine, sizeof(hash)) == 0;
}
