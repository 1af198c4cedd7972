/* offline -- whether this machine is in no network at all, so that no server is to blame.
 *
 * Asked after a name or a server could not be reached. Nothing is sent to find out.
 */
#ifndef SYNC_OFFLINE_H
#define SYNC_OFFLINE_H

#include <stdbool.h>

/* True when no route leads to addresses elsewhere, of neither IPv4 nor IPv6. */
bool offline_now(void);

#endif
