/* mirror -- the repository in a folder here, and the same on a server.
 *
 * What is on the server is what kiosks have, so it is what the next publication begins from; the folder is only where
 * it is prepared. mirror_open(), publish or refresh in the folder with mirror_terms(), mirror_push(), mirror_close():
 *
 *	mirror_open()  brings the folder up to what is on the server, when that is rightly signed under the root in
 *	               force. When it is not (a stolen key, damage, a root that is new), it is not believed: then
 *	               `doubted` says why, the folder is the base, and the new numbers make a jump
 *	mirror_push()  sends what the server lacks: targets, roots, metadata, and timestamp.json last. Until then no kiosk
 *	               sees anything of it; what was sent before a cut is not sent again
 *
 * Errors: those of bundle/upload.h and trust/trust.h; ERR_BUSY when another machine published in between (then: again).
 */
#ifndef BUNDLE_MIRROR_H
#define BUNDLE_MIRROR_H

#include "base/err.h"
#include "bundle/keys.h"
#include "bundle/repository.h"
#include "bundle/upload.h"

#include <stdbool.h>
#include <stddef.h>

struct mirror;

struct mirror_report {
	size_t sent, there; /* files; `there`: asked for and found */
	int64_t sent_bytes;
};

/* `upload`, `keys` and `folder` are borrowed. `all`: ask for every file, also those that must be there, to mend a server
 * that has lost some. */
bool mirror_open(struct upload *upload, const struct keys *keys, const char *folder, bool all, struct mirror **out,
		 struct err *err);
void mirror_close(struct mirror *mirror); /* takes NULL */

const char *mirror_doubted(const struct mirror *mirror); /* a sentence; NULL: all is well */
void mirror_terms(const struct mirror *mirror, struct repository_terms *terms);

/* `progress` (may be NULL) is told how many of the targets are done. */
bool mirror_push(struct mirror *mirror, void (*progress)(size_t done, size_t all), struct mirror_report *report,
		 struct err *err);
/* Takes an old file away; for bundle/history.h. */
bool mirror_gone(void *mirror, const char *path, struct err *err);

#endif
