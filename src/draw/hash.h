/* hash -- 64 bits that stand for what was mixed in, in its order. Not for input by strangers: collisions can be made on
 * purpose. */
#ifndef DRAW_HASH_H
#define DRAW_HASH_H

#include <stdint.h>

#define HASH_START 0x9E3779B97F4A7C15u

/* Constants of SplitMix64's finaliser. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t value)
{
	hash = (hash << 23 | hash >> 41) ^ value;
	hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9u;
	hash = (hash ^ hash >> 27) * 0x94D049BB133111EBu;
	return hash ^ hash >> 31;
}

/* Two 32-bit numbers of either sign at once. */
static inline uint64_t hash_mix2(uint64_t hash, int a, int b)
{
	return hash_mix(hash, (uint64_t)(uint32_t)a << 32 | (uint32_t)b);
}

#endif
