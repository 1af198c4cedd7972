/* provision -- from what a technician wrote on the provisioning partition to what the kiosk of this boot goes by.
 *
 * Reads kiosk.conf, network.conf, touch.conf, root.json and ca.pem in `from` (a FAT file system, mounted read-only; whoever
 * holds the disk may have written anything): each at most as large as it may be, no links, no other names. All may be
 * missing. Writes to `to`:
 *
 *	etc/kiosk.conf, etc/root.json, etc/ca.pem   as they were, when nothing is wrong with them; /etc/vejviser leads there
 *	10-vejviser.network, wpa_supplicant.conf    network.h
 *	hostname, touch                             network.h, panel.h
 *	remarks.json                                what is wrong, for the kiosk's screen (kiosk/preview.h has the form). Of more
 *	                                            than it holds: the first of each file, others while there is room,
 *	                                            and at last the names of the files that have more
 *
 * What has a fault counts for nothing: its defaults hold, and the rest goes on. Files that may tell a secret have mode
 * 0600. Everything of an earlier run in `to` is replaced.
 */
#ifndef IMAGE_PROVISION_H
#define IMAGE_PROVISION_H

#include "base/err.h"

#include <stdbool.h>

/* `from` is an open folder, or -1 when there is none to read, which is a fault. False when something cannot be written. */
bool provision_run(int from, int to, struct err *err);

#endif
