/* plan -- what a command would change in a folder of content: told first, written when somebody agrees.
 *
 * plan_step() for each file, plan_say() for what a person must know of it, then plan_tell() and perhaps plan_write().
 * Steps are told and written in the order they were added. Zero is a valid start: `struct plan plan = {0};`.
 *
 * Errors: ERR_USAGE (a file that is to be added is there already), ERR_IO, ERR_FULL, ERR_MEMORY.
 */
#ifndef BUNDLE_PLAN_H
#define BUNDLE_PLAN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum plan_act {
	PLAN_ADD,    /* never over a file that is there */
	PLAN_CHANGE, /* a file becomes `bytes` */
	PLAN_KEEP,   /* told; nothing is written */
	PLAN_GONE,   /* told; removed when plan_write() is told to */
	PLAN_ACT_COUNT
};

struct plan_step {
	enum plan_act act;
	const char *path;  /* relative to the folder of content */
	const char *title; /* "" when there is none */
	struct buf bytes, said;
};

struct plan {
	struct arena arena;
	struct plan_step **steps;
	size_t count, cap;
	size_t counts[PLAN_ACT_COUNT];
};

/* The step is borrowed until plan_finish(); the texts are copied. NULL: no memory. */
struct plan_step *plan_step(struct plan *plan, enum plan_act act, const char *path, const char *title);
/* One line below the step, in what it says. */
__attribute__((format(printf, 2, 3))) bool plan_say(struct buf *said, const char *format, ...);

void plan_tell(const struct plan *plan, FILE *out);
/* `dir` is the folder. With `remove`, what is gone is removed too. It stops at the first error: each file is old or
 * new, and the same command again goes on. */
bool plan_write(const struct plan *plan, int dir, bool remove, struct err *err);
void plan_finish(struct plan *plan);

#endif
