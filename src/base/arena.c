#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN ((size_t)4096)
#define BLOCK_MAX ((size_t)1 << 20) /* growth stops here; a single larger allocation gets a block of its own size */

struct arena_block {
	struct arena_block *next;
	size_t size; /* of bytes */
	alignas(max_align_t) unsigned char bytes[];
};

static bool grow(struct arena *arena, size_t need)
{
	size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_MIN;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < need)
		size = need;
	if (size > SIZE_MAX - sizeof(struct arena_block))
		return false;
	struct arena_block *block = malloc(sizeof(*block) + size);
	if (!block)
		return false;
	block->next = arena->blocks;
	block->size = size;
	arena->blocks = block;
	arena->used = 0;
	return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);

	if (size > SIZE_MAX - align)
		return NULL;
	size = size == 0 ? align : (size + align - 1) / align * align;
	if ((!arena->blocks || size > arena->blocks->size - arena->used) && !grow(arena, size))
		return NULL;
	void *memory = arena->blocks->bytes + arena->used;
	arena->used += size;
	return memset(memory, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, count * size);
}

char *arena_text(struct arena *arena, const char *bytes, size_t len)
{
	char *text = len < SIZE_MAX ? arena_alloc(arena, len + 1) : NULL;

	if (text && len > 0)
		memcpy(text, bytes, len);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);

	char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
	if (!text)
		return NULL;
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

static void free_all(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
}

void arena_reset(struct arena *arena)
{
	struct arena_block **largest = &arena->blocks;

	if (!arena->blocks)
		return;
	for (struct arena_block **at = largest; *at; at = &(*at)->next)
		if ((*at)->size > (*largest)->size)
			largest = at;
	struct arena_block *kept = *largest;
	*largest = kept->next;
	free_all(arena->blocks);
	kept->next = NULL;
	arena->blocks = kept;
	arena->used = 0;
}

void arena_finish(struct arena *arena)
{
	free_all(arena->blocks);
	*arena = (struct arena){0};
}
