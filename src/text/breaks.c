#include "text/breaks.h"

#include "text/chars.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>

#define LANGUAGES_MAX 8
#define LANG_BYTES    32

struct language {
	char lang[LANG_BYTES];
	UBreakIterator *lines;
};

struct breaks {
	struct language languages[LANGUAGES_MAX];
	unsigned oldest; /* its place is taken next */
	UBreakIterator *graphemes;
};

struct units {
	UChar *text;
	uint32_t *character; /* of each unit, and the end */
	int32_t count;
};

struct breaks *breaks_create(void)
{
	return calloc(1, sizeof(struct breaks));
}

void breaks_destroy(struct breaks *breaks)
{
	if (!breaks)
		return;
	for (size_t i = 0; i < LANGUAGES_MAX; i++)
		if (breaks->languages[i].lines)
			ubrk_close(breaks->languages[i].lines);
	if (breaks->graphemes)
		ubrk_close(breaks->graphemes);
	free(breaks);
}

static UBreakIterator *open_iterator(UBreakIteratorType type, const char *lang)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *iterator = ubrk_open(type, lang, NULL, 0, &status);
	return U_SUCCESS(status) ? iterator : NULL;
}

static UBreakIterator *lines_of(struct breaks *breaks, const char *lang)
{
	for (size_t i = 0; i < LANGUAGES_MAX; i++)
		if (breaks->languages[i].lines && strcmp(breaks->languages[i].lang, lang) == 0)
			return breaks->languages[i].lines;
	UBreakIterator *lines = open_iterator(UBRK_LINE, lang);
	if (!lines)
		return NULL;
	struct language *place = &breaks->languages[breaks->oldest];
	breaks->oldest = (breaks->oldest + 1) % LANGUAGES_MAX;
	if (place->lines)
		ubrk_close(place->lines);
	place->lines = lines;
	memcpy(place->lang, lang, strlen(lang) + 1);
	return lines;
}

static bool utf16(struct arena *arena, const uint32_t *codes, uint32_t count, struct units *out)
{
	size_t max = 2 * (size_t)count + 1;
	out->text = arena_array(arena, max, sizeof(*out->text));
	out->character = arena_array(arena, max, sizeof(*out->character));
	if (!out->text || !out->character)
		return false;
	int32_t at = 0;
	for (uint32_t i = 0; i < count; i++) {
		out->character[at] = i;
		if (U_IS_BMP(codes[i])) {
			out->text[at++] = (UChar)codes[i];
		} else {
			out->text[at++] = U16_LEAD(codes[i]);
			out->character[at] = i;
			out->text[at++] = U16_TRAIL(codes[i]);
		}
	}
	out->character[at] = count;
	out->count = at;
	return true;
}

static bool mark(UBreakIterator *iterator, const struct units *units, bool lines, uint8_t *flags)
{
	UErrorCode status = U_ZERO_ERROR;
	ubrk_setText(iterator, units->text, units->count, &status);
	if (U_FAILURE(status))
		return false;
	for (int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
		uint8_t flag = lines ? BREAKS_MAY : BREAKS_GRAPHEME;
		if (lines && ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD && at < units->count)
			flag |= BREAKS_MUST;
		flags[units->character[at]] |= flag;
	}
	return true;
}

static bool all_alone(const uint32_t *codes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!chars_alone(codes[i]))
			return false;
	return true;
}

bool breaks_find(struct breaks *breaks, struct arena *arena, const char *lang, const uint32_t *codes, uint32_t count,
		 uint8_t **flags)
{
	char name[LANG_BYTES];
	snprintf(name, sizeof(name), "%s", lang);
	UBreakIterator *lines = lines_of(breaks, name);
	if (!breaks->graphemes)
		breaks->graphemes = open_iterator(UBRK_CHARACTER, "");
	*flags = arena_array(arena, (size_t)count + 1, sizeof(**flags));
	struct units units;
	if (!lines || !breaks->graphemes || !*flags || !utf16(arena, codes, count, &units))
		return false;
	if (!mark(lines, &units, true, *flags))
		return false;
	if (all_alone(codes, count))
		for (uint32_t i = 0; i < count; i++)
			(*flags)[i] |= BREAKS_GRAPHEME;
	else if (!mark(breaks->graphemes, &units, false, *flags))
		return false;
	(*flags)[0] = BREAKS_GRAPHEME;
	(*flags)[count] |= BREAKS_MAY | BREAKS_GRAPHEME;
	return true;
}
