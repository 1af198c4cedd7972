/* window -- the kiosk in a window of SDL, painted by us on its surface: no renderer, no OpenGL.
 *
 * Call window_start() before any other SDL function and SDL_Quit() last. The surface is replaced when the window
 * changes size; present() copies the changed rectangles to the screen.
 */
#ifndef KIOSK_WINDOW_H
#define KIOSK_WINDOW_H

#include "kiosk/presenter.h"

struct window_setup {
	bool full_screen;
	int width, height; /* of a window that is not full screen */
	int degrees;       /* the screen is mounted turned clockwise by so much */
};

bool window_start(struct err *err);
bool window_create(const struct window_setup *setup, struct presenter **out, struct err *err);

#endif
