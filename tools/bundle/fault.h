/* fault -- everything that is wrong in a folder of content, told in one go.
 *
 * A fault names a file of the content folder (relative to it), a line, what is wrong and what is allowed. Errors stop
 * a build, warnings do not. That a translation lags behind its source is told apart, because twelve languages would drown
 * everything else: printed is a line for each language with its numbers. Zero is a valid start:
 * `struct faults faults = {0};`. Adding cannot fail for the caller: when memory runs out the list says so and
 * faults_complete() is false. Call faults_sort() before reading or printing.
 *
 *	topics/daycare/topic.yaml:2: hue "day" is unknown; allowed: welcome, rights, daycare, ...
 *	topics/daycare/get-a-place/da.md:14: warning: this sentence has 23 words; at most 20 are easy to read
 */
#ifndef BUNDLE_FAULT_H
#define BUNDLE_FAULT_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define FAULTS_MAX 10000 /* of each kind; what comes after is counted, not kept */

enum fault_kind {
	FAULT_ERROR,
	FAULT_WARNING,
	FAULT_LAG,  /* a translation is missing, older than its source, or no person checked it */
	FAULT_HINT, /* nothing wrong, but it could be better */
	FAULT_KIND_COUNT
};

enum lag {
	LAG_MISSING,
	LAG_OLDER,
	LAG_UNCHECKED,
	LAG_COUNT
};

/* What lags in one language. */
struct lag_count {
	const char *lang;
	size_t of[LAG_COUNT];
};

struct fault {
	const char *path; /* relative to the content folder */
	size_t line;      /* from 1 */
	size_t order;     /* in which it was found */
	enum fault_kind kind;
	enum lag lag;     /* FAULT_LAG */
	const char *lang; /* of the translation that lags; else NULL */
	const char *text;
};

struct faults {
	struct fault *faults;
	size_t count, cap;
	size_t errors, warnings, lags, hints; /* all, also those not kept */
	struct lag_count *languages;          /* in which something lags, in the order it was found */
	size_t language_count, language_cap;
	bool no_memory;
	struct arena arena;
};

__attribute__((format(printf, 5, 6))) void fault_tell(struct faults *faults, enum fault_kind kind, const char *path,
						      size_t line, const char *format, ...);
/* The same, with the kind in the name. */
__attribute__((format(printf, 4, 5))) void fault_error(struct faults *faults, const char *path, size_t line,
						       const char *format, ...);
__attribute__((format(printf, 4, 5))) void fault_warning(struct faults *faults, const char *path, size_t line,
							 const char *format, ...);

/* A translation to `lang` that lags. */
__attribute__((format(printf, 6, 7))) void fault_lag(struct faults *faults, enum lag lag, const char *lang,
						     const char *path, size_t line, const char *format, ...);

/* False with ERR_MEMORY when a fault could not be kept for lack of memory. */
bool faults_complete(const struct faults *faults, struct err *err);
/* By file, line, then the order they were found in. What was told twice of a line is kept, and counted, once. */
void faults_sort(struct faults *faults);
/* One line each, file by file: the errors, then the warnings, then what lags in each language; `folder` (the content
 * folder as the user named it) is put in front of each path. With `all` each lag has its line, and so has each hint. */
void faults_print(const struct faults *faults, const char *folder, bool all, FILE *out);
const char *fault_kind_name(enum fault_kind kind); /* "error" */
void faults_finish(struct faults *faults);

#endif
