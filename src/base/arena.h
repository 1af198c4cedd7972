/* arena -- many small allocations with one lifetime.
 *
 * Zero is a valid start: `struct arena a = {0};`. What is allocated stays until arena_reset() or arena_finish(). Memory
 * is zeroed and aligned for any type. NULL when memory ran out.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used;                /* bytes in the newest block */
};

void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);    /* NULL also when count * size overflows */
char *arena_text(struct arena *arena, const char *bytes, size_t len); /* copied, with a final zero */
__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *arena, const char *format, ...);

/* Forgets everything and keeps the largest block for what comes next. */
void arena_reset(struct arena *arena);
void arena_finish(struct arena *arena);

#endif
