/* firmware -- fetches a newer firmware of the terminal, for others to check and install, and tells which there is.
 *
 * What is published lies beside the content: `firmware/newest.json` with the members version, file (its name in
 * firmware/), length and sha256, and that file, a bundle that RAUC made. Both are only looked for and fetched here.
 * Who made the bundle is seen by its signature, when it is installed; so nothing here needs a key, and whoever forges
 * newest.json only makes kiosks fetch what they then refuse.
 *
 * The folder is a store (store/store.h) of its own: the bundle is an object in it, fetched on from where a cut left it,
 * and never so that the disk runs full. When it is whole, `offer` is replaced: one line, the object's path in the
 * folder. A bundle stays until another is offered, so that what was refused is not fetched again and again.
 *
 * What runs is told by `state.json`, which the image's own units write there (tools/rauc/): running, slot, and when
 * the other slot holds something else: other, other_state ("new", "good" or "bad"); and update, a sentence on how the
 * last installation went. A machine that has no such file has no firmware of ours (ERR_MISSING).
 *
 * A version is one to FIRMWARE_NUMBERS numbers with dots between, such as 2026.11.26.1, compared number by number.
 *
 * Errors: those of sync/fetch.h, store/store.h and base/json.h.
 */
#ifndef SYNC_FIRMWARE_H
#define SYNC_FIRMWARE_H

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/standing.h"
#include "sync/fetch.h"

#include <stdbool.h>
#include <stdint.h>

#define FIRMWARE_NUMBERS     6
#define FIRMWARE_VERSION_MAX STANDING_VERSION_MAX
#define FIRMWARE_BYTES_MAX   (INT64_C(512) << 20) /* of a bundle: two of them fit no slot */
/* of the disk, to the content, beside what the store of it keeps free: what anyone's USB stick offers must not stop it */
#define FIRMWARE_LEAVES_BYTES (INT64_C(32) << 20)
#define FIRMWARE_NAME_MAX     129        /* bytes with the final zero */
#define FIRMWARE_FOLDER       "firmware" /* in the store's */
#define FIRMWARE_STATE        "state.json"

enum firmware_news {
	FIRMWARE_NONE,    /* the source has none at all, or there is no source */
	FIRMWARE_SAME,    /* nothing newer than what runs, or than what waits for a restart */
	FIRMWARE_FAILED,  /* the newest was tried, and did not start */
	FIRMWARE_FETCHED, /* it is whole in the folder, perhaps since long */
	FIRMWARE_NEWS_COUNT
};

struct firmware_report {
	enum firmware_news news;
	char version[FIRMWARE_VERSION_MAX]; /* of the newest; "" with FIRMWARE_NONE */
};

/* What newest.json says. */
struct firmware_newest {
	char version[FIRMWARE_VERSION_MAX];
	char file[FIRMWARE_NAME_MAX]; /* beside newest.json */
	char sha256[SHA256_HEX_MAX];
	int64_t len;
};

/* Whatever the bytes: on failure *out holds nothing of use. */
bool firmware_newest_read(const char *bytes, size_t len, struct firmware_newest *out, struct err *err);

/* Less than, equal to or greater than zero as `a` is older than, the same as or newer than `b`. What is no version is
 * older than any. */
int firmware_compare(const char *a, const char *b);

/* From the first of the sources (base/list.h) that answers; `folder` is made when missing. */
bool firmware_fetch(const char *sources, const struct fetch_options *options, const char *folder,
		    struct firmware_report *report, struct err *err);

/* One line for people. */
bool firmware_sentence(const struct firmware_report *report, struct buf *out, struct err *err);

/* Appends what state.json says as lines for people; nothing when there is none. `dir` is the open
 * folder of the store, around FIRMWARE_FOLDER. */
bool firmware_describe(int dir, struct buf *out, struct err *err);
bool firmware_describe_bytes(const char *bytes, size_t len, struct buf *out, struct err *err);

#endif
