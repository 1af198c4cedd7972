#include "text/cache.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define HASH_START 0xCBF29CE484222325u
#define HASH_PRIME 0x9E3779B97F4A7C15u

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
	hash = (hash ^ number) * HASH_PRIME;
	return hash ^ hash >> 32;
}

/* Eight bytes at a time: a page is looked up with each frame. */
static uint64_t hash_text(uint64_t hash, const char *text, size_t len)
{
	uint64_t piece = 0;
	for (; len >= sizeof(piece); text += sizeof(piece), len -= sizeof(piece)) {
		memcpy(&piece, text, sizeof(piece));
		hash = hash_number(hash, piece);
	}
	piece = 0;
	memcpy(&piece, text, len);
	return hash_number(hash, piece);
}

static uint64_t hash_length(uint64_t hash, float length)
{
	uint32_t bits;
	memcpy(&bits, &length, sizeof(bits));
	return hash_number(hash, bits);
}

uint64_t cache_hash(const struct text_input *input)
{
	uint64_t hash = hash_text(HASH_START, input->len > 0 ? input->utf8 : "", input->len);
	hash = hash_text(hash, input->lang, strlen(input->lang));
	hash = hash_length(hash, input->size);
	hash = hash_length(hash, input->line);
	hash = hash_length(hash, input->width);
	hash = hash_length(hash, input->spacing);
	hash = hash_number(hash, (uint64_t)input->lines_max << 8 | (unsigned)input->align << 3 | input->places << 2 |
					 input->rtl << 1 | input->bold);
	for (size_t i = 0; i < input->span_count; i++) {
		const struct text_span *span = &input->spans[i];
		hash = hash_number(hash_number(hash, span->start), span->len);
		hash = hash_number(hash, (uint64_t)span->colour << 32 | span->style);
	}
	return hash;
}

static bool same_spans(const struct text_input *a, const struct text_input *b)
{
	if (a->span_count != b->span_count)
		return false;
	for (size_t i = 0; i < a->span_count; i++)
		if (a->spans[i].start != b->spans[i].start || a->spans[i].len != b->spans[i].len ||
		    a->spans[i].style != b->spans[i].style || a->spans[i].colour != b->spans[i].colour)
			return false;
	return true;
}

static bool same_style(const struct text_input *a, const struct text_input *b)
{
	return a->rtl == b->rtl && a->size == b->size && a->line == b->line && a->bold == b->bold &&
	       a->width == b->width && a->spacing == b->spacing && a->align == b->align &&
	       a->lines_max == b->lines_max && a->places == b->places && strcmp(a->lang, b->lang) == 0;
}

static bool same(const struct text_input *a, const struct text_input *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->utf8, b->utf8, a->len) == 0) && same_style(a, b) &&
	       same_spans(a, b);
}

static void unlink_paragraph(struct cache *cache, struct paragraph *p)
{
	if (p->newer)
		p->newer->older = p->older;
	else
		cache->newest = p->older;
	if (p->older)
		p->older->newer = p->newer;
	else
		cache->oldest = p->newer;
}

static void link_newest(struct cache *cache, struct paragraph *p)
{
	p->newer = NULL;
	p->older = cache->newest;
	if (cache->newest)
		cache->newest->newer = p;
	else
		cache->oldest = p;
	cache->newest = p;
}

const struct paragraph *cache_find(struct cache *cache, const struct text_input *input, uint64_t hash)
{
	for (struct paragraph *p = cache->buckets[hash % CACHE_BUCKETS]; p; p = p->next_same)
		if (p->hash == hash && same(&p->input, input)) {
			unlink_paragraph(cache, p);
			link_newest(cache, p);
			p->turn = cache->turn;
			return p;
		}
	return NULL;
}

static void drop_oldest(struct cache *cache)
{
	struct paragraph *p = cache->oldest;
	struct paragraph **place = &cache->buckets[p->hash % CACHE_BUCKETS];
	while (*place != p)
		place = &(*place)->next_same;
	*place = p->next_same;
	unlink_paragraph(cache, p);
	cache->bytes -= p->bytes;
	free(p);
}

void cache_add(struct cache *cache, struct paragraph *paragraph, uint64_t hash, size_t most)
{
	struct paragraph **bucket = &cache->buckets[hash % CACHE_BUCKETS];
	paragraph->hash = hash;
	paragraph->turn = cache->turn;
	paragraph->next_same = *bucket;
	*bucket = paragraph;
	link_newest(cache, paragraph);
	cache->bytes += paragraph->bytes;
	while (cache->bytes > most && cache->oldest->turn != cache->turn)
		drop_oldest(cache);
}

void cache_trim(struct cache *cache, size_t most)
{
	while (cache->bytes > most)
		drop_oldest(cache);
	cache->turn++;
}
