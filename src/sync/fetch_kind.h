/* fetch_kind -- what a kind of source must be able to do; only for fetch.c and the kinds themselves. */
#ifndef SYNC_FETCH_KIND_H
#define SYNC_FETCH_KIND_H

#include "sync/fetch.h"

struct fetch_kind {
	bool (*files)(void *source, const struct fetch_file *files, size_t count, struct err *err);
	void (*close)(void *source);
};

/* Asks the file how much is there already; never more than its limit. */
bool fetch_begin(const struct fetch_file *file, bool keep, int64_t *have, struct err *err);

bool fetch_http_open(const char *url, const struct fetch_options *options, void **source, struct err *err);
extern const struct fetch_kind fetch_http;

bool fetch_dir_open(const char *path, void **source, struct err *err);
extern const struct fetch_kind fetch_dir;

#endif
