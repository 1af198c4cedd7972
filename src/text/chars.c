#include "text/chars.h"

#include "base/array.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

enum {
	TAB = 0x09,
	LF = 0x0A,
	CR = 0x0D,
	NEXT_LINE = 0x85,
	PARAGRAPH_SEPARATOR = 0x2029
};

static uint32_t shown(uint32_t code)
{
	if (code >= 0x20 && (code < 0x7F || code > 0x9F))
		return code;
	if (code == TAB)
		return ' ';
	return (code >= LF && code <= CR) || code == NEXT_LINE ? code : UTF8_REPLACEMENT;
}

bool chars_decode(struct arena *arena, const char *utf8, size_t len, struct chars *out)
{
	uint32_t *code = arena_array(arena, len + 1, sizeof(*code));
	uint32_t *offset = arena_array(arena, len + 1, sizeof(*offset));
	if (!code || !offset)
		return false;
	uint32_t count = 0;
	for (size_t at = 0; at < len; count++) {
		offset[count] = (uint32_t)at;
		code[count] = shown(utf8_next(utf8, len, &at));
	}
	offset[count] = (uint32_t)len;
	*out = (struct chars){code, offset, count};
	return true;
}

bool chars_contain(const struct chars *chars, uint32_t code)
{
	for (uint32_t i = 0; i < chars->count; i++)
		if (chars->code[i] == code)
			return true;
	return false;
}

uint32_t chars_separator(const struct chars *chars, uint32_t at)
{
	uint32_t code = chars->code[at];
	if (code == CR && at + 1 < chars->count && chars->code[at + 1] == LF)
		return 2;
	return code == LF || code == CR || code == NEXT_LINE || code == PARAGRAPH_SEPARATOR;
}

bool chars_invisible(uint32_t code)
{
	if (code < 0x80)
		return code <= ' ';
	return u_isUWhiteSpace((UChar32)code) || u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool chars_extends(uint32_t code)
{
	if (code < 0x300)
		return code == CHARS_SOFT_HYPHEN;
	return (U_MASK(u_charType((UChar32)code)) & U_GC_M_MASK) ||
	       u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool chars_alone(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0, CR - 1},      {CR + 1, 0x2FF},  {0x400, 0x482},   {0x620, 0x64A},
		{0x2010, 0x2027}, {0x3001, 0x3029}, {0x3400, 0x9FFF}, {0xFF01, 0xFF60},
	};
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (code <= ranges[i].last)
			return code >= ranges[i].first;
	return false;
}
