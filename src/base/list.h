/* list -- a setting that names several things: "https://a.example/vejviser, /media/stick".
 *
 * A comma separates, blanks around it do not count, an empty entry is none. So no entry can have a comma in it.
 */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* The next entry as [*at, *at + *len) of the text, and moves *rest behind it; false when there is no more. Begin with
 * *rest at the text. */
bool list_next(const char **rest, const char **at, size_t *len);

/* Whether an entry is `name`, in letters of either case. */
bool list_has(const char *list, const char *name);

#endif
