/* card -- a panel on a graphics card, lit by the kernel alone (DRM mode setting): one plain buffer of memory, shown whole.
 *
 *	card_open   card_look (at start, and when the kernel says that a plug has moved)
 *	write into card->image, card_show what changed   card_light
 *	card_close puts back what was on the panel before
 *
 * It takes the first panel that is connected, in its preferred mode, and keeps its picture alive while it is unplugged.
 * The memory may be slow to read. Errors: ERR_IO, ERR_MEMORY, ERR_BUSY (another program has the screen), ERR_MISSING.
 */
#ifndef KIOSK_CARD_H
#define KIOSK_CARD_H

#include "base/err.h"

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xf86drmMode.h>

struct card_buffer {
	uint32_t handle, id;
	void *pixels;
	size_t bytes;
};

/* Read only. */
struct card {
	int fd;
	bool named;              /* by whoever opened it: no other will do */
	pixman_image_t *image;   /* what the panel is shown; NULL until there was one */
	int width_mm, height_mm; /* of the panel as it was made, not as it is mounted; 0: it does not say */
	bool connected;
	uint32_t connector, crtc;
	drmModeModeInfo mode;
	struct card_buffer buffer;
	drmModeCrtc *before; /* what the CRTC showed before us; NULL: not ours */
	bool scans_out;      /* the driver needs no word of what changed */
};

/* `path` such as /dev/dri/card1; NULL: the first card with a panel, or else the first that could have one. */
bool card_open(const char *path, struct card *card, struct err *err);
/* Is there any card? */
bool card_exists(void);
/* Looks which panel there is and lights it. *fresh: all must be painted, perhaps in another size. ERR_MISSING: there is none, but
 * one on another card, which was not named: open anew. */
bool card_look(struct card *card, bool *fresh, struct err *err);
bool card_show(struct card *card, pixman_region32_t *changed, struct err *err);
/* Without a signal a panel goes to sleep. */
bool card_light(struct card *card, bool on, struct err *err);
void card_close(struct card *card);

#endif
