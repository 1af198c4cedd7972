/* fetch -- files from a signed repository: a web server, or a folder such as a USB stick.
 *
 * One interface; which of the two it is, fetch_open() sees by "http://" or "https://". Nothing that comes through here
 * is believed: it is counted against a limit and handed on as it comes.
 *
 * Web server: at most FETCH_AT_ONCE transfers at a time, HTTP/2 where the server offers it, TLS verified, no redirect
 * followed, only GET; a transfer that does not connect within 30 s or stays under 100 bytes/s for 30 s is given up.
 * Folder: regular files only, no link is followed on any part of the way, nothing above the folder is reached, no FIFO
 * or device can hold it up.
 *
 * Errors: ERR_MISSING (the source has no such file: status 404, ENOENT), ERR_NETWORK, ERR_LIMIT, ERR_IO, ERR_USAGE (not
 * a source), ERR_FORMAT (a path that leads out), ERR_MEMORY, and whatever `write` and `end` set. The sentence names the
 * file, but not when it comes from those two.
 */
#ifndef SYNC_FETCH_H
#define SYNC_FETCH_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FETCH_AT_ONCE  6
#define FETCH_PATH_MAX 1024 /* bytes of a path with the final zero */

struct fetch;

/* `ca_file`: certificates to trust instead of the system's; NULL or "" for those. */
bool fetch_open(const char *source, const char *ca_file, struct fetch **out, struct err *err);
void fetch_close(struct fetch *fetch); /* takes NULL */

struct fetch_file {
	const char *path; /* below the source, such as "metadata/timestamp.json" */
	int64_t limit;    /* bytes */
	/* Takes the next bytes. False stops everything. */
	bool (*write)(void *context, const void *bytes, size_t len, struct err *err);
	/* Called once for each file that was begun. `whole`: all its bytes came, and false stops everything. Else it
	 * only lets go. */
	bool (*end)(void *context, bool whole, struct err *err);
	void *context;
};

/* Fetches all, in any order. The first failure stops what is under way and is the answer. */
bool fetch_files(struct fetch *fetch, const struct fetch_file *files, size_t count, struct err *err);

/* One small file into memory; *out is replaced, and empty on failure. */
bool fetch_bytes(struct fetch *fetch, const char *path, size_t limit, struct buf *out, struct err *err);

#endif
