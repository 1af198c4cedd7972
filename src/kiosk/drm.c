#include "kiosk/drm.h"

#include "base/clock.h"
#include "kiosk/card.h"
#include "kiosk/devices.h"
#include "kiosk/turn.h"

#include <errno.h>
#include <libudev.h>
#include <linux/kd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#define MEMORY_WIDTH  1080
#define MEMORY_HEIGHT 1920

struct drm {
	struct presenter presenter; /* first, so that one is the other */
	struct card card;
	struct turn turn;
	pixman_image_t *memory; /* in place of the panel's, until there is one */
	struct udev *udev;
	struct udev_monitor *plugs;
	struct devices *devices;
	sd_event *events;
	bool look;          /* a plug may have moved since the card was looked at */
	bool quit;          /* SIGTERM or SIGINT came */
	bool held;          /* the console keeps its text off the screen, */
	int console_before; /* which it did not before */
};

static pixman_image_t *drm_shown(struct presenter *self)
{
	struct drm *drm = (struct drm *)self;

	return drm->card.image ? drm->card.image : drm->memory;
}

static void drop_memory(struct drm *drm)
{
	if (drm->memory)
		pixman_image_unref(drm->memory);
	drm->memory = NULL;
}

static bool drm_surface(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err)
{
	struct drm *drm = (struct drm *)self;

	*fresh = false;
	if (drm->look && !card_look(&drm->card, fresh, err))
		return false;
	drm->look = false;
	if (drm->card.image)
		drop_memory(drm);
	else if (!drm->memory)
		drm->memory = pixman_image_create_bits(PIXMAN_x8r8g8b8, MEMORY_WIDTH, MEMORY_HEIGHT, NULL, 0);
	*target = drm_shown(self);
	if (!*target)
		return err_memory(err);
	self->unseen = !drm->card.connected;
	self->width_mm = drm->turn.degrees % 180 ? drm->card.height_mm : drm->card.width_mm;
	self->frame_us = drm->card.mode.vrefresh > 0 ? 1000000 / (int)drm->card.mode.vrefresh : 0;
	return turn_surface(&drm->turn, target, fresh, err);
}

static bool drm_present(struct presenter *self, pixman_region32_t *changed, struct err *err)
{
	struct drm *drm = (struct drm *)self;

	return turn_present(&drm->turn, drm_shown(self), changed, err) && card_show(&drm->card, changed, err);
}

static bool drm_light(struct presenter *self, bool on, struct err *err)
{
	struct drm *drm = (struct drm *)self;

	/* The plug may have moved in the dark: then the panel that is there now is lit by the look that is due. */
	return card_light(&drm->card, on, err) || (on && drm->look);
}

static int on_plug(sd_event_source *source, int fd, uint32_t what, void *data)
{
	struct drm *drm = data;

	(void)source;
	(void)fd;
	(void)what;
	for (struct udev_device *device; (device = udev_monitor_receive_device(drm->plugs));)
		udev_device_unref(device);
	drm->look = true;
	return 0;
}

/* They are asked by devices_next(). */
static int on_devices(sd_event_source *source, int fd, uint32_t what, void *data)
{
	(void)source;
	(void)fd;
	(void)what;
	(void)data;
	return 0;
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *what, void *data)
{
	(void)source;
	(void)what;
	((struct drm *)data)->quit = true;
	return 0;
}

/* Tells the next thing that has happened; false when there is none. */
static bool drm_happened(struct drm *drm, bool looked, int64_t now_ms, struct presenter_event *event)
{
	pixman_image_t *upright = drm->turn.upright;
	struct turn_view view = {0, 0, drm->turn.degrees};

	*event = (struct presenter_event){0};
	if (drm->quit)
		event->kind = PRESENTER_QUIT;
	else if (drm->look && !looked)
		event->kind = PRESENTER_EXPOSED;
	if (event->kind)
		return true;
	if (upright) {
		view.width = pixman_image_get_width(upright);
		view.height = pixman_image_get_height(upright);
	}
	if (!devices_next(drm->devices, &view, now_ms, &event->input))
		return false;
	event->kind = PRESENTER_INPUT;
	return true;
}

static bool drm_next(struct presenter *self, int64_t timeout_ms, struct presenter_event *event, struct err *err)
{
	struct drm *drm = (struct drm *)self;
	int64_t now_ms = clock_now().mono_ms;
	int64_t repeat_ms = devices_deadline(drm->devices) - now_ms;
	bool told = drm->look;

	if (drm_happened(drm, told, now_ms, event))
		return true;
	timeout_ms = timeout_ms < repeat_ms ? timeout_ms : repeat_ms;
	int woken = sd_event_run(drm->events, timeout_ms > 0 ? (uint64_t)timeout_ms * 1000 : 0);
	if (woken < 0) {
		errno = -woken;
		return err_errno(err, "events cannot be waited for");
	}
	drm_happened(drm, told, clock_now().mono_ms, event);
	return true;
}

/* A program may change the console that controls it, which is how systemd hands one over (TTYPath=). */
static void hold_console(struct drm *drm)
{
	drm->held = ioctl(STDIN_FILENO, KDGETMODE, &drm->console_before) == 0 &&
		    ioctl(STDIN_FILENO, KDSETMODE, KD_GRAPHICS) == 0;
}

static void drm_destroy(struct presenter *self)
{
	struct drm *drm = (struct drm *)self;

	if (!drm)
		return;
	sd_event_unref(drm->events);
	devices_close(drm->devices);
	udev_monitor_unref(drm->plugs);
	udev_unref(drm->udev);
	turn_finish(&drm->turn);
	drop_memory(drm);
	card_close(&drm->card);
	if (drm->held)
		ioctl(STDIN_FILENO, KDSETMODE, drm->console_before);
	free(drm);
}

/* From udev: panels that are plugged in and pulled out, touch screens and keyboards. */
static bool open_udev(struct drm *drm, struct err *err)
{
	drm->udev = udev_new();
	drm->plugs = drm->udev ? udev_monitor_new_from_netlink(drm->udev, "udev") : NULL;
	if (!drm->plugs || udev_monitor_filter_add_match_subsystem_devtype(drm->plugs, "drm", NULL) < 0 ||
	    udev_monitor_enable_receiving(drm->plugs) < 0)
		return err_set(err, ERR_IO, "udev cannot be listened to");
	return devices_open(drm->udev, &drm->devices, err);
}

static bool open_events(struct drm *drm, struct err *err)
{
	int fault = sd_event_new(&drm->events);

	if (fault >= 0)
		fault = sd_event_add_io(drm->events, NULL, udev_monitor_get_fd(drm->plugs), EPOLLIN, on_plug, drm);
	if (fault >= 0)
		fault = sd_event_add_io(drm->events, NULL, devices_fd(drm->devices), EPOLLIN, on_devices, drm);
	if (fault >= 0)
		fault = sd_event_add_signal(drm->events, NULL, SIGTERM | SD_EVENT_SIGNAL_PROCMASK, on_signal, drm);
	if (fault >= 0)
		fault = sd_event_add_signal(drm->events, NULL, SIGINT | SD_EVENT_SIGNAL_PROCMASK, on_signal, drm);
	if (fault >= 0)
		return true;
	errno = -fault;
	return err_errno(err, "events cannot be waited for");
}

bool drm_create(const char *card, int degrees, struct presenter **out, struct err *err)
{
	struct drm *drm = calloc(1, sizeof *drm);

	if (!drm)
		return err_memory(err);
	drm->presenter = (struct presenter){.surface = drm_surface,
					    .present = drm_present,
					    .shown = drm_shown,
					    .light = drm_light,
					    .next = drm_next,
					    .destroy = drm_destroy};
	drm->card.fd = -1;
	drm->turn = (struct turn){.degrees = degrees, .aside = true};
	drm->look = true;
	if (!card_open(card, &drm->card, err) || !open_udev(drm, err) || !open_events(drm, err)) {
		drm_destroy(&drm->presenter);
		return false;
	}
	hold_console(drm);
	*out = &drm->presenter;
	return true;
}
