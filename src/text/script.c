#include "text/script.h"

#include <stdbool.h>
#include <stddef.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define BRACKETS_MAX 32 /* deeper ones take the script beside them */

struct bracket {
	UChar32 closing;
	uint32_t at;
};

struct brackets {
	struct bracket open[BRACKETS_MAX];
	unsigned depth;
};

static bool real(int16_t script)
{
	return script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_UNKNOWN;
}

static bool has(UChar32 code, int16_t script)
{
	return real(script) && uscript_hasScript(code, (UScriptCode)script);
}

/* The script of a common character after one in `before`, and before that one in `other`: a full stop of Nepali behind a
 * Danish name is Nepali. */
static int16_t beside(UChar32 code, int16_t before, int16_t other)
{
	UScriptCode extensions[16];
	UErrorCode status = U_ZERO_ERROR;
	if (code < 0x80)
		return before;
	int count = uscript_getScriptExtensions(code, extensions, 16, &status);
	int16_t first = count > 0 ? (int16_t)extensions[0] : USCRIPT_COMMON;
	if (!real(first) || has(code, before))
		return before;
	return has(code, other) ? other : first;
}

/* The opening bracket of the pair that the character at `at` closes; `at` when it closes none. */
static uint32_t partner(struct brackets *brackets, UChar32 code, uint32_t at)
{
	int type = u_getIntPropertyValue(code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
	if (type == U_BPT_OPEN && brackets->depth < BRACKETS_MAX)
		brackets->open[brackets->depth++] = (struct bracket){u_getBidiPairedBracket(code), at};
	if (type != U_BPT_CLOSE)
		return at;
	for (unsigned i = brackets->depth; i > 0; i--)
		if (brackets->open[i - 1].closing == code) {
			brackets->depth = i - 1;
			return brackets->open[i - 1].at;
		}
	return at;
}

void script_resolve(const uint32_t *codes, uint32_t count, int16_t *scripts)
{
	struct brackets brackets = {.depth = 0};
	int16_t before = USCRIPT_COMMON;
	int16_t other = USCRIPT_COMMON;
	uint32_t first = 0; /* with a script of its own */
	for (uint32_t i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar32 code = (UChar32)codes[i];
		int16_t script = (int16_t)uscript_getScript(code, &status);
		if (U_FAILURE(status) || !real(script)) {
			uint32_t open = partner(&brackets, code, i);
			script = real(before) ? beside(code, before, other) : before;
			if (open != i && real(before))
				script = scripts[open > first ? open : first];
		}
		if (!real(before))
			first = i;
		if (script != before)
			other = before;
		scripts[i] = before = script;
	}
	for (uint32_t i = 0; i < count && !real(scripts[i]); i++)
		scripts[i] = beside((UChar32)codes[i], scripts[first], USCRIPT_COMMON);
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
