#include "bundle/slug.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* U+00C0 to U+00FF, small and capital alike. */
static const char *const latin[32] = {"a", "a", "a",  "a", "a", "aa", "ae", "c", "e",  "e", "e",
				      "e", "i", "i",  "i", "i", "d",  "n",  "o", "o",  "o", "o",
				      "o", "",  "oe", "u", "u", "u",  "u",  "y", "th", "ss"};

/* What a character becomes; "": it parts words. */
static const char *letters_of(uint32_t code, char plain[2])
{
	plain[0] = (char)(code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code);
	plain[1] = '\0';
	if (code < 0x80)
		return (plain[0] >= 'a' && plain[0] <= 'z') || (plain[0] >= '0' && plain[0] <= '9') ? plain : "";
	if (code == 0xff)
		return "y";
	return code >= 0xc0 && code < 0x100 && code != 0xf7 ? latin[code & 0x1f] : "";
}

void slug_make(const char *text, char out[ID_MAX])
{
	size_t len = 0;
	size_t word = 0; /* where the present word begins */
	size_t text_len = strlen(text);

	for (size_t at = 0; at < text_len;) {
		uint32_t code = utf8_next(text, text_len, &at);
		char plain[2];
		const char *letters = letters_of(code, plain);
		size_t more = strlen(letters);

		/* An apostrophe parts no words, and neither does what follows a letter as a mark. */
		if (more == 0 && (code == '\'' || code == 0x2019 || (code >= 0x300 && code < 0x370)))
			continue;
		if (more == 0 && len > 0 && out[len - 1] != '-' && len < ID_MAX - 1) {
			out[len++] = '-';
			word = len;
		}
		if (len + more > ID_MAX - 1) {
			len = word > 0 ? word : len;
			break;
		}
		memcpy(out + len, letters, more);
		len += more;
	}
	while (len > 0 && out[len - 1] == '-')
		len--;
	out[len] = '\0';
}
