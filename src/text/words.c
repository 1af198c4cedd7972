#include "text/words.h"

#include <string.h>

/* FNV-1a over the characters: the rest is the same for most words. */
static uint32_t bucket_of(const struct words_key *key)
{
	uint32_t hash = 0x811C9DC5u;
	for (uint32_t i = 0; i < key->len; i++)
		hash = (hash ^ key->codes[i]) * 0x01000193u;
	return (hash ^ hash >> 16) % WORDS_BUCKETS;
}

static bool same(const struct words_key *a, const struct words_key *b)
{
	return a->len == b->len && a->font == b->font && a->lang == b->lang && a->script == b->script &&
	       a->rtl == b->rtl && memcmp(a->codes, b->codes, a->len * sizeof(*a->codes)) == 0;
}

const struct word *words_find(const struct words *words, const struct words_key *key)
{
	for (const struct word *word = words->buckets[bucket_of(key)]; word; word = word->next)
		if (same(&word->key, key))
			return word;
	return NULL;
}

struct word *words_add(struct words *words, const struct words_key *key, uint32_t glyph_count)
{
	struct word *word = arena_alloc(&words->arena, sizeof(*word));
	uint32_t *codes = arena_array(&words->arena, key->len, sizeof(*codes));
	struct word_glyph *glyphs = arena_array(&words->arena, glyph_count, sizeof(*glyphs));
	if (!word || !codes || !glyphs)
		return NULL;
	memcpy(codes, key->codes, key->len * sizeof(*codes));
	struct word **bucket = &words->buckets[bucket_of(key)];
	*word = (struct word){*bucket, *key, glyphs, glyph_count};
	word->key.codes = codes;
	*bucket = word;
	words->bytes += sizeof(*word) + key->len * sizeof(*codes) + glyph_count * sizeof(*glyphs);
	return word;
}

void words_trim(struct words *words)
{
	if (words->bytes <= WORDS_BYTES_MAX)
		return;
	arena_reset(&words->arena);
	memset(words->buckets, 0, sizeof(words->buckets));
	words->bytes = 0;
}

void words_finish(struct words *words)
{
	arena_finish(&words->arena);
	*words = (struct words){0};
}
