#include "base/array.h"
#include "base/message.h"
#include "bundle/source_parts.h"

#include <string.h>

/* A folder or file whose name is wrong would be passed over without a word. */
static bool check_names(struct source *source, bool folders, const char *const *known, size_t count, struct err *err)
{
	struct reading in = source_reading(source, "");
	struct source_names names = {0};

	if (!source_list(source, source->dir, ".", folders, &names, err))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		size_t k = 0;

		while (k < count && strcmp(known[k], names.names[i]) != 0)
			k++;
		if (k == count)
			fault_warning(source->faults, names.names[i], 1, "this %s is not read%s",
				      folders ? _("folder") : _("file"),
				      reading_suggest(&in, names.names[i], known, count));
	}
	return true;
}

bool source_check_root(struct source *source, struct err *err)
{
	static const char *const folders[] = {"audio",   "corrections", "events",  "guides",   "import",
					      "notices", "paths",       "phrases", "pictures", "places",
					      "stories", "topics",      "ui"};
	static const char *const files[] = {"README.md", "README.da.md", "activities.yaml", "site.yaml",
					    "sources.yaml"};

	return check_names(source, true, folders, ARRAY_LEN(folders), err) &&
	       check_names(source, false, files, ARRAY_LEN(files), err);
}
