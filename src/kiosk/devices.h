/* devices -- touch screens, pointers and keyboards without a desktop, by libinput: as they come and go.
 *
 * Call devices_next() until it says that nothing is left; then sleep until the descriptor can be read or the deadline is
 * there. A device is found through udev, which must be running, and grabbed, so that no key reaches a console of the
 * kernel's beneath: nobody switches to another, and Ctrl-Alt-Del does nothing; a power button and a lid stay the
 * system's. Pointers count when they tell where they are (tablets); of a mouse only the wheel does, since there is no
 * arrow to aim with. A key that is held counts again and again, but not for ever: one that is stuck is no visitor.
 */
#ifndef KIOSK_DEVICES_H
#define KIOSK_DEVICES_H

#include "base/err.h"
#include "kiosk/turn.h"
#include "ui/input.h"

#include <stdbool.h>
#include <stdint.h>

struct devices;
struct udev;

bool devices_open(struct udev *udev, struct devices **out, struct err *err);
int devices_fd(const struct devices *devices); /* borrowed */
/* True when *input is something that the visitor did. */
bool devices_next(struct devices *devices, const struct turn_view *view, int64_t now_ms, struct input_event *input);
/* When a key that is held counts once more, monotonic; INT64_MAX: none is. */
int64_t devices_deadline(const struct devices *devices);
void devices_close(struct devices *devices); /* takes NULL */

#endif
