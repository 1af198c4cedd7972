#include "base/hex.h"

#include <string.h>

void hex_write(const unsigned char *bytes, size_t len, char *text)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * len] = '\0';
}

bool hex_valid(const char *text, size_t len)
{
	return strspn(text, "0123456789abcdef") == 2 * len && text[2 * len] == '\0';
}

static unsigned value(char digit)
{
	return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

bool hex_parse(const char *text, unsigned char *bytes, size_t len)
{
	if (!hex_valid(text, len))
		return false;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)(value(text[2 * i]) << 4 | value(text[2 * i + 1]));
	return true;
}
