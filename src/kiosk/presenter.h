/* presenter -- a way for a picture to reach the glass.
 *
 * window.h is one: SDL's window surface, on a desktop, X11 or Wayland. A way without a desktop needs only these three
 * functions. Each frame: surface(), paint into it, present() what changed. SDL's own errors become ERR_IO.
 */
#ifndef KIOSK_PRESENTER_H
#define KIOSK_PRESENTER_H

#include "base/err.h"

#include <pixman.h>
#include <stdbool.h>

struct presenter {
	/* The surface to paint on, borrowed until the next call. *fresh: it is another than the last time, or its
	 * pixels are gone. */
	bool (*surface)(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err);
	/* Shows the changed part of it. */
	bool (*present)(struct presenter *self, pixman_region32_t *changed, struct err *err);
	void (*destroy)(struct presenter *self);
};

#endif
