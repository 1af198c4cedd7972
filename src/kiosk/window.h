/* window -- the kiosk in a window of SDL, painted by us on its surface: no renderer, no OpenGL.
 *
 * Call window_start() before any other SDL function and SDL_Quit() last. SDL replaces the surface when
 * the window changes size, turns, or the screen comes back: surface() then says it is fresh. Any format of it works; one
 * that pixman does not know is painted aside and copied. present() copies the changed rectangles to the screen.
 */
#ifndef KIOSK_WINDOW_H
#define KIOSK_WINDOW_H

#include "kiosk/presenter.h"

struct window_setup {
	bool full_screen;  /* a window that is not is on a desk, and Ctrl-Q ends it */
	int width, height; /* of a window that is not full screen */
	int degrees;       /* the screen is mounted turned clockwise by so much */
};

bool window_start(struct err *err);
bool window_create(const struct window_setup *setup, struct presenter **out, struct err *err);

#endif
