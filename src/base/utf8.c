#include "base/utf8.h"

#include <string.h>

#include "base/array.h"

/* One row of Unicode's table 3-7: which lead bytes, how many bytes follow, and what the first of them may be. */
struct form {
	unsigned char first, last;
	unsigned char low, high;
	unsigned char follow;
	unsigned char bits; /* of the lead byte that belong to the code */
};

static const struct form forms[] = {
	{0xC2, 0xDF, 0x80, 0xBF, 1, 0x1F}, {0xE0, 0xE0, 0xA0, 0xBF, 2, 0x0F}, {0xE1, 0xEC, 0x80, 0xBF, 2, 0x0F},
	{0xED, 0xED, 0x80, 0x9F, 2, 0x0F}, {0xEE, 0xEF, 0x80, 0xBF, 2, 0x0F}, {0xF0, 0xF0, 0x90, 0xBF, 3, 0x07},
	{0xF1, 0xF3, 0x80, 0xBF, 3, 0x07}, {0xF4, 0xF4, 0x80, 0x8F, 3, 0x07},
};

static const struct form *form_of(unsigned char lead)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (lead >= forms[i].first && lead <= forms[i].last)
			return &forms[i];
	return NULL;
}

/* False when ill-formed; *pos is then behind the maximal subpart. */
static bool step(const char *text, size_t len, size_t *pos, uint32_t *code)
{
	unsigned char lead = (unsigned char)text[(*pos)++];

	*code = lead;
	if (lead < 0x80)
		return true;

	const struct form *form = form_of(lead);
	if (!form)
		return false;

	unsigned char low = form->low;
	unsigned char high = form->high;
	*code = lead & form->bits;
	for (unsigned i = 0; i < form->follow; i++) {
		if (*pos == len)
			return false;
		unsigned char byte = (unsigned char)text[*pos];
		if (byte < low || byte > high)
			return false;
		*code = *code << 6 | (byte & 0x3F);
		low = 0x80;
		high = 0xBF;
		++*pos;
	}
	return true;
}

uint32_t utf8_next(const char *text, size_t len, size_t *pos)
{
	uint32_t code;

	return step(text, len, pos, &code) ? code : UTF8_REPLACEMENT;
}

bool utf8_valid(const char *text, size_t len, size_t *bad)
{
	uint32_t code;

	for (size_t pos = 0; pos < len;) {
		size_t start = pos;
		if (!step(text, len, &pos, &code)) {
			if (bad)
				*bad = start;
			return false;
		}
	}
	return true;
}

size_t utf8_encode(uint32_t code, char bytes[4])
{
	if (code < 0x80) {
		bytes[0] = (char)code;
		return 1;
	}

	size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (size_t i = len - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	bytes[0] = (char)(lead[len] | code);
	return len;
}

size_t utf8_cut(const char *text, size_t len, size_t max)
{
	if (len <= max)
		return len;
	for (size_t back = 1; back <= 3 && back <= max; back++) {
		size_t pos = max - back;
		unsigned char byte = (unsigned char)text[pos];
		if (byte >= 0x80 && byte < 0xC0)
			continue;
		size_t end = pos;
		utf8_next(text, len, &end);
		return end > max ? pos : max;
	}
	return max;
}

int utf8_columns(const char *text)
{
	int count = 0;

	for (; *text; text++)
		count += (*text & 0xc0) != 0x80;
	return count;
}

int utf8_width(const char *text, int columns)
{
	return columns + (int)strlen(text) - utf8_columns(text);
}
