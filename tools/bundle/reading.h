/* reading -- one file of content being read: where its texts are kept, where its faults go, what the kiosk can draw.
 *
 * The checks that every text of the content goes through, whatever kind of file it stands in. What fails is told to
 * `faults` and gives NULL; reading goes on. Memory that runs out is remembered in `faults` (faults_complete()). Texts
 * live in the arena.
 */
#ifndef BUNDLE_READING_H
#define BUNDLE_READING_H

#include "base/arena.h"
#include "base/buf.h"
#include "bundle/fault.h"

#include <stdbool.h>
#include <stddef.h>

struct fonts;

struct reading {
	const char *path; /* of the file, relative to the content folder */
	struct faults *faults;
	struct arena *arena;
	struct fonts *fonts; /* the kiosk's; NULL: nobody asks whether it can draw a text */
};

/* NULL, and remembered, when memory ran out. */
void *reading_array(const struct reading *in, size_t count, size_t size);

/* One line of visible text: white space around it is taken away; then it must not be empty, have at most `max_chars`
 * characters, and hold no control characters, line breaks or hidden direction marks. `what` names it in the fault, such
 * as "title". A character that no font of the kiosk has is told too, but the text is kept: it hides no other fault. So
 * are other digits than 0-9, as a warning. */
const char *reading_text(const struct reading *in, size_t line, const char *what, const char *text, size_t len,
			 size_t max_chars);

/* The same checks but emptiness and length, for text already in place. */
bool reading_check(const struct reading *in, size_t line, const char *what, const char *text, size_t len);

/* A file as editors on Windows save it becomes one as everybody else saves it: the byte order mark at its start goes,
 * and lines end by LF. No line changes its number. */
void reading_unix(struct buf *bytes);

/* Checks that a file, after reading_unix(), is valid UTF-8 and that no carriage return is left in it. */
bool reading_utf8(const struct reading *in, const char *bytes, size_t len);

/* Characters in valid UTF-8. */
size_t reading_chars(const char *text, size_t len);

/* "; did you mean "x"?" when one of `names` is near, else ""; in the arena. */
const char *reading_near(const struct reading *in, const char *word, const char *const *names, size_t count);

/* The same, but when none is near "; allowed: a, b, c" ("" when there is none or there are too many). */
const char *reading_suggest(const struct reading *in, const char *word, const char *const *names, size_t count);

#endif
