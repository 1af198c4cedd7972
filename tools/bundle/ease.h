/* ease -- tells which Danish text is not easy to read.
 *
 * Add the running texts of a file, each with its line, then tell: long sentences are told as they come, the LIX number
 * of them all at the end (bundle/lix.h has the limits). `struct ease ease = {faults, path};` is a valid start.
 */
#ifndef BUNDLE_EASE_H
#define BUNDLE_EASE_H

#include "bundle/fault.h"
#include "bundle/lix.h"

#include <stddef.h>

struct ease {
	struct faults *faults;
	const char *path;
	struct lix lix;
};

void ease_add(struct ease *ease, const char *text, size_t len, size_t line);
void ease_tell(const struct ease *ease);

#endif
