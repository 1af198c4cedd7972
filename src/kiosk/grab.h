/* grab -- opens an input device for this program alone, so that what is typed reaches no console beneath.
 *
 * A file of its own, because <linux/input.h> and ui/input.h have the same names for different things.
 */
#ifndef KIOSK_GRAB_H
#define KIOSK_GRAB_H

/* A descriptor, the caller's, or -errno. A device that cannot be had alone is shared, and the log says so. One that has
 * nothing but keys for power and sleep, or a lid, is the system's, which acts on them: -ENODEV. */
int grab_open(const char *path, int flags);

#endif
