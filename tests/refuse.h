/* refuse -- memory that runs out: from the chosen allocation on, all are refused.
 *
 * For a test program whose .wrap file lists malloc, calloc and realloc; included once. Set `left`, clear `refused`, run what is tested,
 * set `left` back to -1, and see in `refused` whether it went that far.
 */
#ifndef TESTS_REFUSE_H
#define TESTS_REFUSE_H

#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long left = -1; /* allocations that succeed; -1: all */
static bool refused;

static bool refuse(void)
{
	if (left == 0)
		refused = true;
	else if (left > 0)
		left--;
	return left == 0 && refused;
}

void *__wrap_malloc(size_t size)
{
	return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return refuse() ? NULL : __real_realloc(old, size);
}

#endif
