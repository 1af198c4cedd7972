/* watch -- says that something below a folder has changed: inotify(7) on the folder and on every one in it.
 *
 *	watch_open
 *	loop:  watch_again    then read the folder: what changes from here on is told
 *	       poll watch_fd for POLLIN
 *	watch_close
 *
 * Folders whose name begins with "." are not looked into. What is told may be no change at all, such as a file that was
 * saved as it was. Errors: ERR_IO, ERR_MISSING (the folder is not there), ERR_MEMORY.
 */
#ifndef BUNDLE_WATCH_H
#define BUNDLE_WATCH_H

#include "base/err.h"

#include <stdbool.h>

struct watch;

bool watch_open(const char *folder, struct watch **out, struct err *err);
void watch_close(struct watch *watch); /* takes NULL */
int watch_fd(const struct watch *watch);
/* Forgets what was told, and watches the folders that there are now, new ones too. */
bool watch_again(struct watch *watch, struct err *err);

#endif
