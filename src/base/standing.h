/* standing -- how a terminal stands: what the sync and the firmware's units leave beside the content for others to read.
 *
 * Two files in the store's folder, each replaced whole. What their members mean is told by who writes them: sync/status.h
 * and sync/firmware.h. They are read by `vejviser-sync --status` and by the staff's page on the screen. Pure: bytes in, texts
 * borrowed from the tree out. Errors: ERR_FORMAT, ERR_LIMIT (a member is missing, of another kind or too long).
 */
#ifndef BASE_STANDING_H
#define BASE_STANDING_H

#include "base/err.h"
#include "base/json.h"

#include <stdint.h>

#define STANDING_PASS_FILE      "status.json"
#define STANDING_PASS_BYTES_MAX 65536
#define STANDING_FIRMWARE_FILE  "firmware/state.json"
#define STANDING_FIRMWARE_BYTES 8192
#define STANDING_VERSION_MAX    64 /* bytes with the final zero */

/* The last pass of the sync. */
struct standing_pass {
	const char *time, *last_good; /* of base/clock.h; last_good may be empty */
	const char *result, *sentence, *mirror, *clock;
	int64_t duration_ms, clock_behind_s;
};

/* The two slots of the firmware. */
struct standing_firmware {
	const char *running, *slot;
	const char *other, *other_state; /* NULL when the other slot holds nothing else */
	const char *update;              /* NULL when there was none since the start */
};

bool standing_pass_read(const struct json *json, struct standing_pass *out, struct err *err);
bool standing_firmware_read(const struct json *json, struct standing_firmware *out, struct err *err);

#endif
