/* crew -- many things of one kind, looked at by as many processes as the machine has.
 *
 * Each thing is taken by whoever is free, in a process that has what the caller had when crew_run() was called; what is
 * found out comes back as notes, which `take` gets in the caller's process, in the order they came. One thing that
 * fails does not keep the others from being looked at. Tells on standard error how far it is, each second.
 *
 * Errors: ERR_IO when a thing failed or a process died, ERR_MEMORY, and what `take` sets.
 */
#ifndef REPLAY_CREW_H
#define REPLAY_CREW_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define CREW_TEXT_MAX 448 /* bytes of a note with the final zero; longer ones are cut */

struct crew_note {
	size_t thing;
	unsigned sequence; /* of the note within its thing, from 1 */
	char text[CREW_TEXT_MAX];
};

struct crew_pen; /* of the process that looks at one thing */

struct crew {
	const char *name;   /* of the whole, such as "tour" */
	const char *things; /* such as "screens" */
	size_t count;
	bool (*work)(void *context, size_t thing, struct crew_pen *pen, struct err *err);
	bool (*take)(void *context, const struct crew_note *note, struct err *err);
	void *context;
};

bool crew_tell(struct crew_pen *pen, const char *text, struct err *err);
bool crew_run(const struct crew *crew, struct err *err);

#endif
