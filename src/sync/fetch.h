/* fetch -- files from a signed repository: a web server, or a folder such as a USB stick.
 *
 * One interface; which of the two it is, fetch_open() sees by "http://" or "https://". Nothing that comes through here
 * is believed: it is counted against a limit and handed on as it comes.
 *
 * Web server: at most FETCH_AT_ONCE transfers at a time, HTTP/2 where the server offers it, TLS verified, only GET.
 * Packed answers (gzip, zstd) are unpacked and counted after that. What can heal is tried again after a pause
 * (sync/answer.h lists it), FETCH_TRIES times in all, and a file that keeps what came goes on from there: by a range
 * that is asked for plainly, and from the first byte when the server knows no ranges or its part does not fit. No
 * redirect is followed but to the hosts that are allowed, FETCH_REDIRECTS in a row. An address with a user or password
 * in it is refused, because addresses stand in logs and in the status.
 * Folder: regular files only, no link is followed on any part of the way, nothing above the folder is reached, no FIFO
 * or device can hold it up.
 *
 * Errors: ERR_MISSING (the source has no such file: status 404, ENOENT), those of sync/answer.h, ERR_LIMIT, ERR_IO,
 * ERR_USAGE (not a source, not a proxy), ERR_FORMAT (a path that leads out), ERR_MEMORY, and whatever the file's own
 * functions set. The sentence names the file, but not when it comes from those.
 */
#ifndef SYNC_FETCH_H
#define SYNC_FETCH_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FETCH_AT_ONCE   8
#define FETCH_REDIRECTS 4
#define FETCH_TRIES     4
#define FETCH_CONNECT_S 30   /* to connect */
#define FETCH_SLOW_S    30   /* for so long under ... */
#define FETCH_SLOW_RATE 1000 /* ... so many bytes a second */
#define FETCH_PATH_MAX  1024 /* bytes of a path with the final zero */

struct fetch;

/* Zero is a valid start. Texts are copied; NULL is "". */
struct fetch_options {
	const char *ca_file;        /* certificates to trust; "": the system's */
	const char *proxy;          /* such as http://proxy.example:3128; "": none, whatever the environment says */
	const char *redirect_hosts; /* to which redirects are followed (base/list.h); "": none */
	int64_t now_utc_s;          /* when certificates must be valid; 0: now, by the machine's clock */
	uint32_t chance;            /* any number: the pauses of two kiosks shall differ */
	/* For tests, which have no time; 0: as above. */
	int tries;
	int64_t connect_s, slow_s, pause_ms;
};

/* `options` NULL is all zero. */
bool fetch_open(const char *source, const struct fetch_options *options, struct fetch **out, struct err *err);
void fetch_close(struct fetch *fetch); /* takes NULL */

struct fetch_file {
	/* Below the source, such as "metadata/timestamp.json". "%2F" and the like stay as they are: names of roles come
	 * encoded. */
	const char *path;
	int64_t limit; /* bytes */
	/* Takes the next bytes. False stops everything. */
	bool (*write)(void *context, const void *bytes, size_t len, struct err *err);
	/* Called once for each file that was begun, but see below. `whole`: all its bytes came, and false stops everything.
	 * Else it only lets go. */
	bool (*end)(void *context, bool whole, struct err *err);
	void *context;
	/* Called before each try: how many of the first bytes are there already. With `keep` false they are worthless and
	 * must go. False stops everything. When `end` says ERR_HASH of a whole file that was not fetched from its first
	 * byte, the beginning may have been wrong: it is begun again with `keep` false, and ends once more.
	 * NULL: none are ever there, and a transfer that broke off after its first byte is not tried again. */
	bool (*begin)(void *context, bool keep, int64_t *have, struct err *err);
};

/* Fetches all, in any order. The first failure stops what is under way and is the answer. */
bool fetch_files(struct fetch *fetch, const struct fetch_file *files, size_t count, struct err *err);

/* One small file into memory; *out is replaced, and empty on failure. */
bool fetch_bytes(struct fetch *fetch, const char *path, size_t limit, struct buf *out, struct err *err);

#endif
