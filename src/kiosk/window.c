#include "kiosk/window.h"

#include "base/array.h"
#include "base/clock.h"
#include "kiosk/events.h"
#include "kiosk/turn.h"

#include <SDL.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct window {
	struct presenter presenter; /* first, so that one is the other */
	SDL_Window *window;
	SDL_Surface *surface;   /* SDL's */
	SDL_Surface *aside;     /* painted instead and copied, when pixman cannot paint the surface's format; or NULL */
	pixman_image_t *screen; /* what is painted, as pixman sees it */
	bool lost;              /* what was presented did not arrive */
	bool keys_end_it;
	struct turn turn;
};

static bool window_err(struct err *err, const char *what)
{
	return err_set(err, ERR_IO, "%s: %s", what, SDL_GetError());
}

bool window_start(struct err *err)
{
	static const struct {
		const char *name, *value;
	} hints[] = {
		{SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"}, /* the surface is plain memory, not a texture of OpenGL */
		{SDL_HINT_TOUCH_MOUSE_EVENTS, "0"},       /* one finger is one event, not two */
		{SDL_HINT_MOUSE_TOUCH_EVENTS, "0"},
		{SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0"},
		{SDL_HINT_NO_SIGNAL_HANDLERS, "0"}, /* SIGTERM and SIGINT arrive as SDL_QUIT */
		{SDL_HINT_IME_SHOW_UI, "0"},
	};
	for (size_t i = 0; i < ARRAY_LEN(hints); i++)
		SDL_SetHint(hints[i].name, hints[i].value);
	/* SDL would ask D-Bus for input methods: connect to a bus, or start one as a process. This is an address of
	 * which there is none. */
	SDL_setenv("DBUS_SESSION_BUS_ADDRESS", "none:", 1);
	/* And libX11 would read how keys compose letters, which takes longer than opening the window: keys are keys
	 * here. */
	SDL_setenv("XCOMPOSEFILE", "/dev/null", 1);
	/* Nothing but video: joysticks and sensors would have to be asked again and again. */
	if (SDL_Init(SDL_INIT_VIDEO) != 0)
		return window_err(err, "no screen");
	/* Without a display server SDL would paint where nobody sees it, and all would look well from outside. */
	const char *driver = SDL_GetCurrentVideoDriver();
	if (!getenv("SDL_VIDEODRIVER") && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0))
		return err_set(err, ERR_IO, "no screen: neither DISPLAY nor WAYLAND_DISPLAY names one");
	SDL_StopTextInput(); /* keys are keys here */
	return true;
}

/* The pixman format of an SDL surface; 0 when pixman has none. */
static pixman_format_code_t window_format(const SDL_PixelFormat *format)
{
	switch (format->format) {
	case SDL_PIXELFORMAT_RGB888:
	case SDL_PIXELFORMAT_ARGB8888:
		return PIXMAN_x8r8g8b8;
	case SDL_PIXELFORMAT_BGR888:
	case SDL_PIXELFORMAT_ABGR8888:
		return PIXMAN_x8b8g8r8;
	case SDL_PIXELFORMAT_RGBX8888:
	case SDL_PIXELFORMAT_RGBA8888:
		return PIXMAN_r8g8b8x8;
	case SDL_PIXELFORMAT_BGRX8888:
	case SDL_PIXELFORMAT_BGRA8888:
		return PIXMAN_b8g8r8x8;
	case SDL_PIXELFORMAT_RGB565:
		return PIXMAN_r5g6b5;
	case SDL_PIXELFORMAT_BGR565:
		return PIXMAN_b5g6r5;
	case SDL_PIXELFORMAT_ARGB2101010:
		return PIXMAN_x2r10g10b10;
	default:
		return 0;
	}
}

static void window_detach(struct window *window)
{
	if (window->screen)
		pixman_image_unref(window->screen);
	SDL_FreeSurface(window->aside);
	window->screen = NULL;
	window->aside = NULL;
}

/* SDL does not know it everywhere. */
static int window_frame_us(SDL_Window *window)
{
	SDL_DisplayMode mode;
	int display = SDL_GetWindowDisplayIndex(window);

	if (display < 0 || SDL_GetCurrentDisplayMode(display, &mode) != 0 || mode.refresh_rate <= 0)
		return 0;
	return 1000000 / mode.refresh_rate;
}

/* From now on the surface is painted, or another beside it. */
static bool window_attach(struct window *window, SDL_Surface *surface, struct err *err)
{
	pixman_format_code_t format = window_format(surface->format);
	SDL_Surface *painted = surface;

	window_detach(window);
	if (!format || surface->pitch % 4 != 0) {
		window->aside = SDL_CreateRGBSurfaceWithFormat(0, surface->w, surface->h, 32, SDL_PIXELFORMAT_RGB888);
		if (!window->aside)
			return err_memory(err);
		painted = window->aside;
		format = PIXMAN_x8r8g8b8;
	}
	window->screen = pixman_image_create_bits(format, painted->w, painted->h, painted->pixels, painted->pitch);
	if (!window->screen)
		return err_memory(err);
	window->surface = surface;
	window->presenter.frame_us = window_frame_us(window->window);
	surface->userdata = window;
	return true;
}

/* A surface that SDL has replaced may have the address of the old one, but not our mark. */
static bool window_surface(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err)
{
	struct window *window = (struct window *)self;
	SDL_Surface *surface = SDL_GetWindowSurface(window->window);

	if (!surface)
		return window_err(err, "no surface");
	*fresh = surface->userdata != window || window->lost;
	if (*fresh && !window_attach(window, surface, err))
		return false;
	window->lost = false;
	*target = window->screen;
	return turn_surface(&window->turn, target, fresh, err);
}

static bool window_present(struct presenter *self, pixman_region32_t *changed, struct err *err)
{
	struct window *window = (struct window *)self;

	if (!turn_present(&window->turn, window->screen, changed, err))
		return false;
	int count = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(changed, &count);
	SDL_Rect rects[32];
	for (int done = 0; done < count;) {
		int batch = 0;
		for (; batch < (int)ARRAY_LEN(rects) && done < count; batch++, done++) {
			const pixman_box32_t *box = &boxes[done];
			rects[batch] = (SDL_Rect){box->x1, box->y1, box->x2 - box->x1, box->y2 - box->y1};
			SDL_Rect to = rects[batch];
			if (window->aside && SDL_BlitSurface(window->aside, &rects[batch], window->surface, &to) != 0)
				window->lost = true;
		}
		/* Fails when the surface was replaced since; the next frame paints the new one whole. */
		if (window->lost || SDL_UpdateWindowSurfaceRects(window->window, rects, batch) != 0) {
			window->lost = true;
			return window_err(err, "the picture cannot be shown");
		}
	}
	return true;
}

static pixman_image_t *window_shown(struct presenter *self)
{
	return ((struct window *)self)->screen;
}

/* A desktop has a screen saver of its own. */
static bool window_light(struct presenter *self, bool on, struct err *err)
{
	(void)self;
	(void)on;
	(void)err;
	return true;
}

static bool ends_it(const struct window *window, const SDL_Event *event)
{
	return event->type == SDL_QUIT || (event->type == SDL_KEYDOWN && window->keys_end_it &&
					   event->key.keysym.sym == SDLK_q && event->key.keysym.mod & KMOD_CTRL);
}

static enum presenter_event_kind window_event(const struct window *window, const SDL_Event *event,
					      struct input_event *input)
{
	struct turn_view view = {.degrees = window->turn.degrees};
	pixman_image_t *upright = window->turn.upright ? window->turn.upright : window->screen;

	if (ends_it(window, event))
		return PRESENTER_QUIT;
	if (event->type == SDL_WINDOWEVENT && event->window.event == SDL_WINDOWEVENT_EXPOSED)
		return PRESENTER_EXPOSED;
	if (upright) {
		view.width = pixman_image_get_width(upright);
		view.height = pixman_image_get_height(upright);
	}
	return events_input(event, &view, clock_now().mono_ms, input) ? PRESENTER_INPUT : PRESENTER_NOTHING;
}

static bool window_next(struct presenter *self, int64_t timeout_ms, struct presenter_event *out, struct err *err)
{
	struct window *window = (struct window *)self;
	SDL_Event event;

	(void)err;
	*out = (struct presenter_event){0};
	int wait_ms = (int)(timeout_ms < 0 ? 0 : timeout_ms < INT_MAX ? timeout_ms : INT_MAX);
	while (!out->kind && SDL_WaitEventTimeout(&event, wait_ms)) {
		out->kind = window_event(window, &event, &out->input);
		wait_ms = 0; /* what waited is asked for, but a frame may be due */
	}
	return true;
}

static void window_destroy(struct presenter *self)
{
	struct window *window = (struct window *)self;

	if (!window)
		return;
	turn_finish(&window->turn);
	window_detach(window);
	if (window->window)
		SDL_DestroyWindow(window->window);
	free(window);
}

/* A full screen is made with the screen's size from the start: without a window manager, as on a kiosk, nobody would
 * enlarge it later. */
static SDL_Window *open_window(const struct window_setup *setup)
{
	SDL_Rect screen;

	if (!setup->full_screen)
		return SDL_CreateWindow("Vejviser", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, setup->width,
					setup->height, SDL_WINDOW_RESIZABLE);
	if (SDL_GetDisplayBounds(0, &screen) != 0)
		return NULL;
	return SDL_CreateWindow("Vejviser", screen.x, screen.y, screen.w, screen.h,
				SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS);
}

bool window_create(const struct window_setup *setup, struct presenter **out, struct err *err)
{
	struct window *window = calloc(1, sizeof *window);

	if (!window)
		return err_memory(err);
	window->presenter = (struct presenter){.surface = window_surface,
					       .present = window_present,
					       .shown = window_shown,
					       .light = window_light,
					       .next = window_next,
					       .destroy = window_destroy};
	window->keys_end_it = !setup->full_screen;
	window->turn.degrees = setup->degrees;
	window->window = open_window(setup);
	if (!window->window) {
		window_destroy(&window->presenter);
		return window_err(err, "no window");
	}
	SDL_SetWindowMinimumSize(window->window, 320, 320);
	if (setup->full_screen)
		SDL_ShowCursor(SDL_DISABLE);
	*out = &window->presenter;
	return true;
}
