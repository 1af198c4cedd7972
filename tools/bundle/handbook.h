/* handbook -- the staff's handbook in the terminal: content/README.md, or README.da.md by locale, compiled in.
 *
 * A line `<!-- help: TOPIC -->` before a heading names its section, which goes to the next heading of the same or a higher
 * level. Both languages have the same topics in the same order (tests/e2e/handbook.sh).
 */
#ifndef BUNDLE_HANDBOOK_H
#define BUNDLE_HANDBOOK_H

#include <stdbool.h>
#include <stdio.h>

/* One line for each topic, with its heading. */
void handbook_topics(FILE *out);
/* False, and nothing printed, when there is no such topic. */
bool handbook_print(const char *topic, FILE *out);

#endif
