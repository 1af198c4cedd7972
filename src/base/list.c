#include "base/list.h"

#include <string.h>
#include <strings.h>

#define BLANKS " \t"

bool list_next(const char **rest, const char **at, size_t *len)
{
	*at = *rest + strspn(*rest, BLANKS ",");
	*len = strcspn(*at, ",");
	*rest = *at + *len;
	while (*len > 0 && strchr(BLANKS, (*at)[*len - 1]))
		--*len;
	return *len > 0;
}

bool list_has(const char *list, const char *name)
{
	const char *at;
	size_t len;

	while (list_next(&list, &at, &len))
		if (strlen(name) == len && strncasecmp(at, name, len) == 0)
			return true;
	return false;
}
