#include "sync/mirrors.h"

#include "base/list.h"
#include "base/log.h"

#include <stdio.h>

static bool pass_from(struct mirrors *mirrors, struct store *store, const struct buf *root, int64_t now_utc_s,
		      struct pass_report *report, struct err *err)
{
	struct fetch *fetch;
	bool ok;

	if (!fetch_open(mirrors->used, &mirrors->options, &fetch, err))
		return false;
	ok = pass_run(store, fetch, root, now_utc_s, report, err) ||
	     (report->versions[METADATA_ROOT] == 0 && err_context(err, "%s", mirrors->root));
	fetch_close(fetch);
	return ok;
}

bool mirrors_pass(struct mirrors *mirrors, struct store *store, const struct buf *root, int64_t now_utc_s,
		  struct pass_report *report, struct err *err)
{
	const char *rest = mirrors->list, *at;
	struct err why, told = {0};
	size_t len, failures = 0;

	mirrors->used[0] = '\0';
	while (list_next(&rest, &at, &len)) {
		if (len >= MIRRORS_NAME_MAX)
			return err_set(err, ERR_USAGE, "server: a source is longer than %d bytes",
				       MIRRORS_NAME_MAX - 1);
		snprintf(mirrors->used, MIRRORS_NAME_MAX, "%.*s", (int)len, at);
		if (pass_from(mirrors, store, root, now_utc_s, report, &why))
			return true;
		/* A fault of the settings lasts; that of a server may not. */
		if (failures++ == 0 || told.code == ERR_USAGE)
			told = why;
		if (why.code == ERR_FULL || why.code == ERR_MEMORY) {
			*err = why;
			return false;
		}
		if (*rest)
			log_warn("%s; trying the next source", why.text);
	}
	if (failures == 0)
		return err_set(err, ERR_USAGE, "server: names no source");
	if (failures == 1)
		*err = told;
	else
		err_set(err, told.code, "%s (and %zu more of the sources failed)", told.text, failures - 1);
	return false;
}
