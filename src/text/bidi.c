#include "text/bidi.h"

#include <fribidi.h>

/* FriBidi sorts bracket pairs with one call inside another for each (its issue 253: a text of brackets overflows the
 * stack), so only the first ones are paired. */
#define BRACKETS_MAX 4096u

static void limit_brackets(FriBidiBracketType *brackets, uint32_t count)
{
	uint32_t seen = 0;
	for (uint32_t i = 0; i < count; i++)
		if (brackets[i] != FRIBIDI_NO_BRACKET && ++seen > BRACKETS_MAX)
			brackets[i] = FRIBIDI_NO_BRACKET;
}

bool bidi_resolve(struct arena *arena, const uint32_t *codes, uint32_t count, bool rtl, struct bidi *out)
{
	FriBidiCharType *types = arena_array(arena, count + 1, sizeof(*types));
	FriBidiBracketType *brackets = arena_array(arena, count + 1, sizeof(*brackets));
	FriBidiLevel *levels = arena_array(arena, count + 1, sizeof(*levels));
	if (!types || !brackets || !levels)
		return false;
	*out = (struct bidi){types, (uint8_t *)levels};
	if (count == 0)
		return true;
	FriBidiStrIndex length = (FriBidiStrIndex)count;
	FriBidiParType base = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	fribidi_get_bidi_types(codes, length, types);
	fribidi_get_bracket_types(codes, length, types, brackets);
	limit_brackets(brackets, count);
	return fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, levels) != 0;
}

uint32_t bidi_hang(const struct bidi *bidi, uint32_t start, uint32_t end)
{
	while (end > start) {
		FriBidiCharType type = bidi->types[end - 1];
		if (!FRIBIDI_IS_EXPLICIT_OR_BN_OR_WS(type) && !FRIBIDI_IS_ISOLATE(type) && !FRIBIDI_IS_SEPARATOR(type))
			break;
		end--;
	}
	return end;
}

static void reverse(uint32_t *order, uint32_t from, uint32_t to)
{
	for (; from + 1 < to; from++, to--) {
		uint32_t first = order[from];
		order[from] = order[to - 1];
		order[to - 1] = first;
	}
}

void bidi_order(const uint8_t *levels, uint32_t count, uint32_t *order)
{
	uint8_t highest = 0;
	uint8_t lowest_odd = UINT8_MAX;
	for (uint32_t i = 0; i < count; i++) {
		order[i] = i;
		highest = levels[i] > highest ? levels[i] : highest;
		if ((levels[i] & 1) && levels[i] < lowest_odd)
			lowest_odd = levels[i];
	}
	for (unsigned level = highest; level >= lowest_odd; level--)
		for (uint32_t from = 0, to; from < count; from = to + 1) {
			while (from < count && levels[from] < level)
				from++;
			for (to = from; to < count && levels[to] >= level;)
				to++;
			reverse(order, from, to);
		}
}
