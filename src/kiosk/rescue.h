/* rescue -- the screen that must work when fonts, content or the text engine do not: emergency numbers, and "ask the
 * staff".
 *
 * Danish and English, by SDL2_ttf alone, from the first font of `share` that opens; without any font, 112 in bars.
 * Nothing can be pressed on it.
 */
#ifndef KIOSK_RESCUE_H
#define KIOSK_RESCUE_H

#include "kiosk/presenter.h"

/* Paints and presents it. False only when the presenter fails. */
bool rescue_show(struct presenter *presenter, const char *share, const char *doctor_phone, struct err *err);

#endif
