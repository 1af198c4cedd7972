/* bidi -- the order of characters on a line, by UAX #9.
 *
 * Levels once for a paragraph (P to I, L1 parts 1-3); then for every line bidi_hang() says where L1 part 4 begins, and
 * bidi_order() is L2. Mirroring (L4) is HarfBuzz's. No length limit but memory.
 */
#ifndef TEXT_BIDI_H
#define TEXT_BIDI_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct bidi {
	uint32_t *types; /* FriBidi's character types */
	uint8_t *levels;
};

/* Of one paragraph, without its separator; the base direction is given. Arrays of `count` in the arena. False: no
 * memory. */
bool bidi_resolve(struct arena *arena, const uint32_t *codes, uint32_t count, bool rtl, struct bidi *out);

/* Where the white space and formatting characters at the end of the line [start, end) begin: their level is the
 * paragraph's (L1). */
uint32_t bidi_hang(const struct bidi *bidi, uint32_t start, uint32_t end);

/* order[i]: the logical index of what stands at place i from the left (L2). Takes levels of characters or of runs. */
void bidi_order(const uint8_t *levels, uint32_t count, uint32_t *order);

#endif
