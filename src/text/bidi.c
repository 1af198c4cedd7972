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

/* What UAX #9 keeps on its stack: X1. */
struct status {
	uint8_t level; /* at most this: FSI counts as the higher of its two */
	bool isolate;
};

struct stack {
	struct status statuses[FRIBIDI_BIDI_MAX_EXPLICIT_LEVEL + 2];
	unsigned depth; /* of the newest; the first is the paragraph */
	unsigned valid_isolates;
	uint32_t lost_isolates, lost_embeddings; /* "overflow" in UAX #9 */
};

/* X2 to X5c. False: too deep, to be ignored. */
static bool push(struct stack *stack, FriBidiCharType type)
{
	unsigned level = stack->statuses[stack->depth].level;
	bool isolate = FRIBIDI_IS_ISOLATE(type);
	if (type == FRIBIDI_TYPE_FSI)
		level += 2;
	else if (type == FRIBIDI_TYPE_RLE || type == FRIBIDI_TYPE_RLO || type == FRIBIDI_TYPE_RLI)
		level = (level + 1) | 1;
	else
		level = (level + 2) & ~1u;
	if (stack->lost_isolates == 0 && stack->lost_embeddings == 0 && level <= FRIBIDI_BIDI_MAX_EXPLICIT_LEVEL) {
		stack->statuses[++stack->depth] = (struct status){(uint8_t)level, isolate};
		stack->valid_isolates += isolate;
		return true;
	}
	if (isolate)
		stack->lost_isolates++;
	else if (stack->lost_isolates == 0)
		stack->lost_embeddings++;
	return false;
}

/* X6a. False: it closes what was ignored. */
static bool pop_isolate(struct stack *stack)
{
	if (stack->lost_isolates > 0) {
		stack->lost_isolates--;
		return false;
	}
	if (stack->valid_isolates == 0)
		return true;
	stack->lost_embeddings = 0;
	while (!stack->statuses[stack->depth].isolate)
		stack->depth--;
	stack->depth--;
	stack->valid_isolates--;
	return true;
}

/* X7. False: it closes what was ignored. */
static bool pop_embedding(struct stack *stack)
{
	if (stack->lost_isolates > 0)
		return false;
	if (stack->lost_embeddings > 0) {
		stack->lost_embeddings--;
		return false;
	}
	if (stack->depth > 0 && !stack->statuses[stack->depth].isolate)
		stack->depth--;
	return true;
}

/* FriBidi loses count of isolates inside embeddings that are too deep, and then writes outside its arrays (its pull
 * request 167). So the controls that UAX #9 ignores for their depth are taken away before. */
static void limit_depth(FriBidiCharType *types, uint32_t count, bool rtl)
{
	struct stack stack = {.statuses = {{rtl, false}}};
	for (uint32_t i = 0; i < count; i++) {
		FriBidiCharType type = types[i];
		bool kept = true;
		if (type == FRIBIDI_TYPE_PDI)
			kept = pop_isolate(&stack);
		else if (type == FRIBIDI_TYPE_PDF)
			kept = pop_embedding(&stack);
		else if (FRIBIDI_IS_ISOLATE(type) || FRIBIDI_IS_EXPLICIT(type))
			kept = push(&stack, type);
		if (!kept)
			types[i] = FRIBIDI_IS_ISOLATE(type) ? FRIBIDI_TYPE_ON : FRIBIDI_TYPE_BN;
	}
}

/* Something in the text is not simply from left to right. */
static bool turns(const FriBidiCharType *types, uint32_t count)
{
	FriBidiCharType all = 0;
	for (uint32_t i = 0; i < count; i++)
		all |= types[i];
	return all & (FRIBIDI_MASK_RTL | FRIBIDI_MASK_ARABIC | FRIBIDI_MASK_EXPLICIT | FRIBIDI_MASK_ISOLATE);
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
	if (!rtl && !turns(types, count))
		return true; /* every level is 0, as the arena gives them */
	fribidi_get_bracket_types(codes, length, types, brackets);
	limit_brackets(brackets, count);
	limit_depth(types, count, rtl);
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
