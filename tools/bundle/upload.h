/* upload -- files on a server that kiosks fetch from: sftp:// or WebDAV (https://), by libcurl, one at a time.
 *
 * A file is written under another name (<name>.part) and then renamed, so a reader sees all of it or nothing. One gap is
 * left by the SFTP protocol that libcurl speaks: it cannot rename over a file, so a file that is replaced (of a
 * repository only timestamp.json) is away for one round trip; a kiosk that asks just then keeps what it has and asks
 * again at its next pass. WebDAV has no such gap.
 *
 * The host key of an sftp server must stand in known_hosts (of the login, else ~/.ssh/known_hosts), the certificate of
 * an https server must be valid. A server that does not connect within 30 s, or stays under 100 bytes/s for 30 s, is
 * given up. Paths are below the URL and have only [A-Za-z0-9._/-]. Folders are made when missing.
 *
 * Errors: ERR_USAGE (an address that is none, refused credentials, an unknown host key), ERR_MISSING, ERR_LIMIT,
 * ERR_FULL, ERR_NETWORK, ERR_MEMORY; the sentence names the address, never a secret.
 */
#ifndef BUNDLE_UPLOAD_H
#define BUNDLE_UPLOAD_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/login.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct upload;

/* Speaks to nobody yet. `login` is borrowed until upload_close(). */
bool upload_open(const char *url, const struct login *login, struct upload **out, struct err *err);
void upload_close(struct upload *upload); /* takes NULL */

/* *out is replaced; empty on failure. ERR_MISSING: there is no such file. */
bool upload_get(struct upload *upload, const char *path, size_t limit, struct buf *out, struct err *err);
/* *len is -1 when there is no such file. */
bool upload_size(struct upload *upload, const char *path, int64_t *len, struct err *err);
bool upload_put(struct upload *upload, const char *path, const void *bytes, size_t len, struct err *err);
/* Missing is success. */
bool upload_remove(struct upload *upload, const char *path, struct err *err);

/* One file from any https address, such as a calendar's; nothing is sent but the request. Up to four redirects are
 * followed, to https only. It is given up after UPLOAD_FETCH_S seconds. `ca_file`: certificates to trust instead of the
 * system's; NULL: those. *out is replaced; empty on failure. The sentence names the server alone: such addresses can be
 * secret. */
#define UPLOAD_FETCH_S 120
bool upload_fetch(const char *url, const char *ca_file, size_t limit, struct buf *out, struct err *err);

#endif
