/* drm -- the kiosk without a desktop: the picture on a card (card.h), fingers and keys from its devices (devices.h).
 *
 * It sleeps on one descriptor for the devices, the plugs of panels, SIGTERM and SIGINT together. What is painted is
 * painted aside and then copied, so a visitor sees no frame half done, and the card's slow memory is only written. When
 * standard input is a console of the kernel's, its text is kept off the picture until the end.
 */
#ifndef KIOSK_DRM_H
#define KIOSK_DRM_H

#include "kiosk/presenter.h"

/* `card` such as /dev/dri/card1, NULL: the best; the panel is mounted turned clockwise by `degrees`. Until there is a panel
 * the picture is painted in memory. */
bool drm_create(const char *card, int degrees, struct presenter **out, struct err *err);

#endif
