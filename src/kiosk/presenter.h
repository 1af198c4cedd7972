/* presenter -- a way for a picture to reach the glass, and for fingers and keys to come from it.
 *
 * window.h is one: SDL's window surface, on a desktop, X11 or Wayland. drm.h is the other: a screen of the kernel's
 * (DRM), without any desktop. Each frame: surface(), paint into it, present() what changed; then next() until nothing is
 * left. Errors are ERR_IO or ERR_MEMORY.
 */
#ifndef KIOSK_PRESENTER_H
#define KIOSK_PRESENTER_H

#include "base/err.h"
#include "ui/input.h"

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

enum presenter_event_kind {
	PRESENTER_NOTHING, /* the time has passed, or what happened means nothing here */
	PRESENTER_INPUT,   /* of the visitor: `input` */
	PRESENTER_EXPOSED, /* what is on the glass may be gone, or it may be another glass: paint all of it */
	PRESENTER_QUIT     /* SIGTERM, SIGINT, a closed window */
};

struct presenter_event {
	enum presenter_event_kind kind;
	struct input_event input;
};

struct presenter {
	/* The surface to paint on, borrowed until the next call. *fresh: it is another than the last time, or its
	 * pixels are gone. */
	bool (*surface)(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err);
	/* Shows the changed part of it, and may change the region. */
	bool (*present)(struct presenter *self, pixman_region32_t *changed, struct err *err);
	/* What the glass is shown, as it lies in memory. To be looked at, not painted on. */
	pixman_image_t *(*shown)(struct presenter *self);
	/* Lights the screen or lets it sleep, where that is possible. After lighting, all must be painted anew. */
	bool (*light)(struct presenter *self, bool on, struct err *err);
	/* Sleeps until something happens or the time has passed, and tells one thing that happened. */
	bool (*next)(struct presenter *self, int64_t timeout_ms, struct presenter_event *event, struct err *err);
	void (*destroy)(struct presenter *self); /* takes NULL */
	/* Of the surface last asked for: how wide the lit picture is, as the visitor sees it, as far as the glass
	 * tells; 0: unknown. */
	int width_mm;
	int frame_us; /* the same: from one picture on it to the next; 0: unknown */
	bool unseen;  /* there is no panel: the picture is in memory only */
};

#endif
