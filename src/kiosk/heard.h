/* heard -- when the server was last heard, as the sync wrote it in status.json beside the content.
 *
 * For terminal_heard(): a pass that ends well has heard the server, whether or not there was anything new. Looked at again
 * each HEARD_LOOK_MS. A file that cannot be read is told in the log once, until it can.
 */
#ifndef KIOSK_HEARD_H
#define KIOSK_HEARD_H

#include <stdbool.h>
#include <stdint.h>

#define HEARD_LOOK_MS 60000

/* Zero is a valid start. */
struct heard {
	int64_t look_ms; /* when it is looked at again */
	bool told;       /* that it cannot be read */
};

/* True when *utc_s is known anew: the time; TERMINAL_NEVER when no pass ended well yet, 0 when there was none or the file
 * cannot be read. `dir` is the open folder of the store. */
bool heard_look(struct heard *heard, int dir, int64_t now_ms, int64_t *utc_s);

#endif
