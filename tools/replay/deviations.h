/* deviations -- findings of the audit that are meant to be so, each with its reason.
 *
 * A line of the file is "rule  screen  what  reason", parted by blanks; # begins a comment. `screen` and `what` are
 * shell patterns (fnmatch); a blank in `what` is written as "?". Errors: those of file_read(), ERR_FORMAT with the
 * line, ERR_LIMIT.
 */
#ifndef REPLAY_DEVIATIONS_H
#define REPLAY_DEVIATIONS_H

#include "base/err.h"
#include "replay/rules.h"

#include <stdbool.h>
#include <stddef.h>

#define DEVIATIONS_MAX 100

struct deviation {
	enum rule rule;
	const char *screen, *what, *reason;
	unsigned line;
	size_t found; /* how many findings it allowed */
};

struct deviations {
	char *text;
	struct deviation all[DEVIATIONS_MAX];
	size_t count;
};

/* `path` NULL: none. */
bool deviations_read(const char *path, struct deviations *out, struct err *err);
void deviations_finish(struct deviations *deviations);
/* The first that allows it, which counts it; NULL when none does. */
const struct deviation *deviations_allow(struct deviations *deviations, enum rule rule, const char *screen,
					 const char *what);

#endif
