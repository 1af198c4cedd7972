/* coverage -- how much of the content is in which language: the numbers, and the list behind each.
 *
 * What is counted is what a visitor gets: a translation that lacks a text of the Danish is not there. Of the source's own
 * language, what is past its last day is out of date; of a translation, what was made from another Danish text or from
 * one that nobody named.
 */
#ifndef BUNDLE_COVERAGE_H
#define BUNDLE_COVERAGE_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/source.h"

#include <stdbool.h>
#include <stddef.h>

enum coverage_kind {
	COVERAGE_TOPICS,
	COVERAGE_PAGES,
	COVERAGE_PLACES,
	COVERAGE_PHRASES,
	COVERAGE_GUIDES,
	COVERAGE_PATHS,
	COVERAGE_STORIES,
	COVERAGE_EVENTS,
	COVERAGE_NOTICES,
	COVERAGE_PICTURES, /* what they show, in words */
	COVERAGE_KIOSK,    /* the kiosk's own words */
	COVERAGE_AUDIO,    /* files in audio/<lang> */
	COVERAGE_KIND_COUNT
};

struct coverage_list {
	const char **names; /* "topics/daycare/costs" */
	size_t count, cap;
};

struct coverage_language {
	const struct language *language;
	size_t have[COVERAGE_KIND_COUNT];
	struct coverage_list missing[COVERAGE_KIND_COUNT];
	struct coverage_list old, unchecked;
	size_t words; /* of running text */
};

struct coverage {
	struct coverage_language *languages; /* in the order of site.yaml */
	size_t language_count;
	size_t total[COVERAGE_KIND_COUNT]; /* that there are in Danish */
	size_t errors;                     /* of the content: what has one may be missing here */
};

/* Lives in the source's arena. Errors: ERR_IO, ERR_MEMORY. */
bool coverage_count(struct source *source, struct coverage *out, struct err *err);

/* As a table for a terminal, one page of HTML, or JSON; in Danish when `danish`. */
bool coverage_text(const struct coverage *coverage, bool danish, struct buf *out);
bool coverage_html(const struct coverage *coverage, bool danish, struct buf *out);
bool coverage_json(const struct coverage *coverage, struct buf *out, struct err *err);

/* `vejviser-bundle coverage`; the exit status. */
int command_coverage(int argc, char **argv);

#endif
