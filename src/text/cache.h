/* cache -- paragraphs laid out before, by their complete input.
 *
 * Zero is a valid start. Inputs are compared byte by byte, so a hash that two share only costs time. Paragraphs are freed
 * in the order in which they were last asked for, as soon as all together pass a limit; but those asked for since
 * cache_trim() are borrowed and stay, whatever they take.
 */
#ifndef TEXT_CACHE_H
#define TEXT_CACHE_H

#include "text/paragraph.h"

#include <stddef.h>
#include <stdint.h>

#define CACHE_BUCKETS 1024

struct cache {
	struct paragraph *buckets[CACHE_BUCKETS];
	struct paragraph *newest, *oldest;
	size_t bytes;
	uint32_t turn; /* counts cache_trim() */
};

uint64_t cache_hash(const struct text_input *input);

/* NULL when there is none; else it is now the newest. */
const struct paragraph *cache_find(struct cache *cache, const struct text_input *input, uint64_t hash);

/* Takes the paragraph (from malloc), and frees others that are not borrowed while all take more than `most` bytes. */
void cache_add(struct cache *cache, struct paragraph *paragraph, uint64_t hash, size_t most);

/* Nothing is borrowed any more; at most `most` bytes are kept. */
void cache_trim(struct cache *cache, size_t most);

#endif
