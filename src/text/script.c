#include "text/script.h"

#include <stdbool.h>
#include <stddef.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define BRACKETS_MAX 32 /* deeper ones take the script beside them */

struct bracket {
	UChar32 closing;
	int16_t script;
};

struct brackets {
	struct bracket open[BRACKETS_MAX];
	unsigned depth;
};

static bool real(int16_t script)
{
	return script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_UNKNOWN;
}

/* The script of a common character after one in `before`. */
static int16_t beside(UChar32 code, int16_t before)
{
	UScriptCode extensions[16];
	UErrorCode status = U_ZERO_ERROR;
	if (code < 0x80)
		return before;
	int count = uscript_getScriptExtensions(code, extensions, 16, &status);
	int16_t first = count > 0 ? (int16_t)extensions[0] : USCRIPT_COMMON;
	if (!real(first) || (real(before) && uscript_hasScript(code, (UScriptCode)before)))
		return before;
	return first;
}

/* An opening bracket remembers `script`; a closing one gives back the script of its partner. */
static int16_t bracket_script(struct brackets *brackets, UChar32 code, int16_t script)
{
	int type = u_getIntPropertyValue(code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
	if (type == U_BPT_OPEN && brackets->depth < BRACKETS_MAX)
		brackets->open[brackets->depth++] = (struct bracket){u_getBidiPairedBracket(code), script};
	if (type != U_BPT_CLOSE)
		return script;
	for (unsigned i = brackets->depth; i > 0; i--)
		if (brackets->open[i - 1].closing == code) {
			brackets->depth = i - 1;
			return real(brackets->open[i - 1].script) ? brackets->open[i - 1].script : script;
		}
	return script;
}

void script_resolve(const uint32_t *codes, uint32_t count, int16_t *scripts)
{
	struct brackets brackets = {.depth = 0};
	int16_t before = USCRIPT_COMMON;
	int16_t first = USCRIPT_COMMON;
	uint32_t unresolved = 0;
	for (uint32_t i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar32 code = (UChar32)codes[i];
		int16_t script = (int16_t)uscript_getScript(code, &status);
		if (U_FAILURE(status) || !real(script))
			script = bracket_script(&brackets, code, beside(code, before));
		if (!real(first) && real(script)) {
			first = script;
			unresolved = i;
		}
		scripts[i] = script;
		before = script;
	}
	for (uint32_t i = 0; i < unresolved; i++)
		scripts[i] = first;
	for (uint32_t i = unresolved; i < count; i++)
		if (!real(scripts[i]))
			scripts[i] = first;
}

uint32_t script_tag(int16_t script)
{
	const char *name = uscript_getShortName((UScriptCode)script);
	if (!name || !name[0] || !name[1] || !name[2] || !name[3])
		return 0x5A797979; /* Zyyy */
	uint32_t tag = 0;
	for (int i = 0; i < 4; i++)
		tag = tag << 8 | (unsigned char)name[i];
	return tag;
}
