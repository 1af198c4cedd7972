#include "sync/fetch.h"

#include "sync/fetch_kind.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct fetch {
	const struct fetch_kind *kind;
	void *source;
};

static bool has_scheme(const char *source, const char *scheme)
{
	return strncasecmp(source, scheme, strlen(scheme)) == 0;
}

static bool open_source(const char *source, const struct fetch_options *options, struct fetch *fetch, struct err *err)
{
	if (has_scheme(source, "http://") || has_scheme(source, "https://")) {
		fetch->kind = &fetch_http;
		return fetch_http_open(source, options, &fetch->source, err);
	}
	if (source[0] == '\0' || strstr(source, "://"))
		return err_set(err, ERR_USAGE,
			       "the server must be an address that begins with http:// or https://, or a folder");
	fetch->kind = &fetch_dir;
	return fetch_dir_open(source, &fetch->source, err);
}

bool fetch_open(const char *source, const struct fetch_options *options, struct fetch **out, struct err *err)
{
	static const struct fetch_options none;
	struct fetch *fetch = calloc(1, sizeof(*fetch));

	if (!fetch)
		return err_memory(err);
	if (!open_source(source, options ? options : &none, fetch, err)) {
		free(fetch);
		return false;
	}
	*out = fetch;
	return true;
}

void fetch_close(struct fetch *fetch)
{
	if (!fetch)
		return;
	fetch->kind->close(fetch->source);
	free(fetch);
}

/* Names between single slashes, and no way up: what both kinds can take without thinking. */
static bool names_only(const char *path)
{
	const char *at = path;

	for (;;) {
		size_t len = strcspn(at, "/");

		if (len == 0 || (len <= 2 && strncmp(at, "..", len) == 0))
			return false;
		if (at[len] == '\0')
			return strlen(path) < FETCH_PATH_MAX;
		at += len + 1;
	}
}

bool fetch_files(struct fetch *fetch, const struct fetch_file *files, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!names_only(files[i].path))
			return err_set(err, ERR_FORMAT, "%.200s: is not a path below the source", files[i].path);
	return fetch->kind->files(fetch->source, files, count, err);
}

bool fetch_begin(const struct fetch_file *file, bool keep, int64_t *have, struct err *err)
{
	*have = 0;
	return !file->begin || file->begin(file->context, keep, have, err);
}

static bool take_begin(void *context, bool keep, int64_t *have, struct err *err)
{
	(void)keep;
	(void)err;
	buf_clear(context);
	*have = 0;
	return true;
}

static bool take_bytes(void *context, const void *bytes, size_t len, struct err *err)
{
	return buf_append(context, bytes, len) || err_memory(err);
}

static bool take_end(void *context, bool whole, struct err *err)
{
	(void)context;
	(void)whole;
	(void)err;
	return true;
}

bool fetch_bytes(struct fetch *fetch, const char *path, size_t limit, struct buf *out, struct err *err)
{
	const struct fetch_file file = {path, (int64_t)limit, take_bytes, take_end, out, take_begin};

	buf_clear(out);
	if (fetch_files(fetch, &file, 1, err))
		return true;
	buf_clear(out);
	return false;
}
