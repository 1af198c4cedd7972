#include "kiosk/devices.h"

#include "base/array.h"
#include "base/log.h"
#include "kiosk/grab.h"

/* The kernel's header has the same names for other numbers, so ours are taken first. */
enum {
	MEANS_NONE = KEY_NONE,
	MEANS_NEXT = KEY_NEXT,
	MEANS_PREVIOUS = KEY_PREVIOUS,
	MEANS_UP = KEY_UP,
	MEANS_DOWN = KEY_DOWN,
	MEANS_START = KEY_START,
	MEANS_END = KEY_END,
	MEANS_ENTER = KEY_ENTER,
	MEANS_BACK = KEY_BACK,
	MEANS_PAGE_UP = KEY_PAGE_UP,
	MEANS_PAGE_DOWN = KEY_PAGE_DOWN,
	MEANS_ERASE = KEY_ERASE,
	MEANS_DIGIT_0 = KEY_DIGIT_0
};

#include <libinput.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <unistd.h>

#define FINGERS_MAX     16
#define NOTCH           120.0 /* libinput's number for one notch of a wheel */
#define REPEAT_FIRST_MS 500   /* until a key that is held counts again, and then each time */
#define REPEAT_MS       40
#define REPEAT_LAST_MS  10000 /* a key that is held for longer is stuck, or a bag lies on it: nobody is here */

struct devices {
	struct libinput *libinput;
	struct place {
		float x, y; /* shares of the screen's sides, 0-1 */
	} fingers[FINGERS_MAX], pointer;
	struct libinput_device *aimed; /* the pointer that has told where it is, or NULL */
	bool pressed;                  /* and presses there */
	const struct key *held;        /* counts again and again; or NULL */
	int64_t repeat_ms, held_ms;    /* when it does next, and since when it is held */
	unsigned shifts;               /* keys that are held: 1 left, 2 right */
};

static const struct key {
	unsigned code;
	int means, with_shift;
	bool repeats; /* while it is held: it rolls on or moves on */
} keys[] = {
	{KEY_TAB, MEANS_NEXT, MEANS_PREVIOUS, true},
	{KEY_UP, MEANS_UP, MEANS_UP, true},
	{KEY_DOWN, MEANS_DOWN, MEANS_DOWN, true},
	{KEY_LEFT, MEANS_PREVIOUS, MEANS_PREVIOUS, true},
	{KEY_RIGHT, MEANS_NEXT, MEANS_NEXT, true},
	{KEY_ENTER, MEANS_ENTER, MEANS_ENTER, false},
	{KEY_KPENTER, MEANS_ENTER, MEANS_ENTER, false},
	{KEY_SPACE, MEANS_ENTER, MEANS_ENTER, false},
	{KEY_ESC, MEANS_BACK, MEANS_BACK, false},
	{KEY_PAGEUP, MEANS_PAGE_UP, MEANS_PAGE_UP, true},
	{KEY_PAGEDOWN, MEANS_PAGE_DOWN, MEANS_PAGE_DOWN, true},
	{KEY_HOME, MEANS_START, MEANS_START, false},
	{KEY_END, MEANS_END, MEANS_END, false},
	/* Keypads for people who cannot see the screen have five keys: up, down, back, forward, enter. */
	{KEY_BACK, MEANS_PREVIOUS, MEANS_PREVIOUS, true},
	{KEY_FORWARD, MEANS_NEXT, MEANS_NEXT, true},
	{KEY_BACKSPACE, MEANS_ERASE, MEANS_ERASE, false},
	{KEY_0, MEANS_DIGIT_0, MEANS_DIGIT_0, false},
	{KEY_1, MEANS_DIGIT_0 + 1, MEANS_DIGIT_0 + 1, false},
	{KEY_2, MEANS_DIGIT_0 + 2, MEANS_DIGIT_0 + 2, false},
	{KEY_3, MEANS_DIGIT_0 + 3, MEANS_DIGIT_0 + 3, false},
	{KEY_4, MEANS_DIGIT_0 + 4, MEANS_DIGIT_0 + 4, false},
	{KEY_5, MEANS_DIGIT_0 + 5, MEANS_DIGIT_0 + 5, false},
	{KEY_6, MEANS_DIGIT_0 + 6, MEANS_DIGIT_0 + 6, false},
	{KEY_7, MEANS_DIGIT_0 + 7, MEANS_DIGIT_0 + 7, false},
	{KEY_8, MEANS_DIGIT_0 + 8, MEANS_DIGIT_0 + 8, false},
	{KEY_9, MEANS_DIGIT_0 + 9, MEANS_DIGIT_0 + 9, false},
	{KEY_KP0, MEANS_DIGIT_0, MEANS_DIGIT_0, false},
	{KEY_KP1, MEANS_DIGIT_0 + 1, MEANS_DIGIT_0 + 1, false},
	{KEY_KP2, MEANS_DIGIT_0 + 2, MEANS_DIGIT_0 + 2, false},
	{KEY_KP3, MEANS_DIGIT_0 + 3, MEANS_DIGIT_0 + 3, false},
	{KEY_KP4, MEANS_DIGIT_0 + 4, MEANS_DIGIT_0 + 4, false},
	{KEY_KP5, MEANS_DIGIT_0 + 5, MEANS_DIGIT_0 + 5, false},
	{KEY_KP6, MEANS_DIGIT_0 + 6, MEANS_DIGIT_0 + 6, false},
	{KEY_KP7, MEANS_DIGIT_0 + 7, MEANS_DIGIT_0 + 7, false},
	{KEY_KP8, MEANS_DIGIT_0 + 8, MEANS_DIGIT_0 + 8, false},
	{KEY_KP9, MEANS_DIGIT_0 + 9, MEANS_DIGIT_0 + 9, false},
};

static const struct key *find_key(unsigned code)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].code == code)
			return &keys[i];
	return NULL;
}

static int open_device(const char *path, int flags, void *data)
{
	(void)data;
	return grab_open(path, flags);
}

static void close_device(int fd, void *data)
{
	(void)data;
	close(fd);
}

static const struct libinput_interface interface = {open_device, close_device};

bool devices_open(struct udev *udev, struct devices **out, struct err *err)
{
	struct devices *devices = calloc(1, sizeof *devices);

	if (!devices)
		return err_memory(err);
	devices->libinput = libinput_udev_create_context(&interface, devices, udev);
	if (!devices->libinput || libinput_udev_assign_seat(devices->libinput, "seat0") != 0) {
		devices_close(devices);
		return err_set(err, ERR_IO, "touch screens and keyboards cannot be looked for");
	}
	*out = devices;
	return true;
}

int devices_fd(const struct devices *devices)
{
	return libinput_get_fd(devices->libinput);
}

static bool take_place(const struct place *place, enum input_kind kind, int64_t finger, const struct turn_view *view,
		       struct input_event *input)
{
	turn_touch(view, place->x, place->y, kind, finger, input);
	return true;
}

/* The pointer is finger 0, so fingers count from 1. libinput tells where one is until it is lifted. */
static bool take_touch(struct devices *devices, enum libinput_event_type type, struct libinput_event_touch *touch,
		       const struct turn_view *view, struct input_event *input)
{
	int slot = libinput_event_touch_get_seat_slot(touch);

	if (slot < 0 || slot >= FINGERS_MAX)
		return false;
	struct place *place = &devices->fingers[slot];
	if (type == LIBINPUT_EVENT_TOUCH_UP)
		return take_place(place, INPUT_UP, slot + 1, view, input);
	if (type == LIBINPUT_EVENT_TOUCH_CANCEL)
		return take_place(place, INPUT_CANCEL, slot + 1, view, input);
	place->x = (float)libinput_event_touch_get_x_transformed(touch, 1);
	place->y = (float)libinput_event_touch_get_y_transformed(touch, 1);
	return take_place(place, type == LIBINPUT_EVENT_TOUCH_DOWN ? INPUT_DOWN : INPUT_MOVE, slot + 1, view, input);
}

static bool take_pointer(struct devices *devices, enum libinput_event_type type, struct libinput_event *event,
			 const struct turn_view *view, struct input_event *input)
{
	struct libinput_event_pointer *pointer = libinput_event_get_pointer_event(event);
	struct libinput_device *device = libinput_event_get_device(event);

	if (type == LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE) {
		devices->pointer.x = (float)libinput_event_pointer_get_absolute_x_transformed(pointer, 1);
		devices->pointer.y = (float)libinput_event_pointer_get_absolute_y_transformed(pointer, 1);
		devices->aimed = device;
		return devices->pressed && take_place(&devices->pointer, INPUT_MOVE, 0, view, input);
	}
	if (type == LIBINPUT_EVENT_POINTER_BUTTON) {
		bool down = libinput_event_pointer_get_button_state(pointer) == LIBINPUT_BUTTON_STATE_PRESSED;
		if (libinput_event_pointer_get_button(pointer) != BTN_LEFT ||
		    (down ? device != devices->aimed : !devices->pressed))
			return false;
		devices->pressed = down;
		return take_place(&devices->pointer, devices->pressed ? INPUT_DOWN : INPUT_UP, 0, view, input);
	}
	if (!libinput_event_pointer_has_axis(pointer, LIBINPUT_POINTER_AXIS_SCROLL_VERTICAL))
		return false;
	input->kind = INPUT_WHEEL;
	input->wheel =
		(float)(-libinput_event_pointer_get_scroll_value_v120(pointer, LIBINPUT_POINTER_AXIS_SCROLL_VERTICAL) /
			NOTCH);
	return true;
}

static bool press(const struct devices *devices, const struct key *key, struct input_event *input)
{
	input->kind = INPUT_KEY;
	input->key = (enum input_key)(devices->shifts ? key->with_shift : key->means);
	return true;
}

static bool take_key(struct devices *devices, struct libinput_event_keyboard *keyboard, int64_t now_ms,
		     struct input_event *input)
{
	unsigned code = libinput_event_keyboard_get_key(keyboard);
	bool down = libinput_event_keyboard_get_key_state(keyboard) == LIBINPUT_KEY_STATE_PRESSED;
	unsigned shift = code == KEY_LEFTSHIFT ? 1 : code == KEY_RIGHTSHIFT ? 2 : 0;
	const struct key *key = find_key(code);

	devices->shifts = down ? devices->shifts | shift : devices->shifts & ~shift;
	if (key == devices->held)
		devices->held = NULL;
	if (!down)
		return false;
	devices->held_ms = now_ms;
	devices->repeat_ms = now_ms + REPEAT_FIRST_MS;
	devices->held = key && key->repeats ? key : NULL;
	return key && press(devices, key, input);
}

static void note_device(struct devices *devices, struct libinput_device *device, bool here)
{
	static const struct {
		enum libinput_device_capability capability;
		const char *name;
	} kinds[] = {
		{LIBINPUT_DEVICE_CAP_TOUCH, "touch screen"},
		{LIBINPUT_DEVICE_CAP_POINTER, "pointer"},
		{LIBINPUT_DEVICE_CAP_KEYBOARD, "keyboard"},
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (libinput_device_has_capability(device, kinds[i].capability))
			log_info("%s \"%s\" %s", kinds[i].name, libinput_device_get_name(device),
				 here ? "is here" : "is gone");
	if (!here && device == devices->aimed)
		devices->aimed = NULL;
}

static bool take_event(struct devices *devices, struct libinput_event *event, const struct turn_view *view,
		       int64_t now_ms, struct input_event *input)
{
	enum libinput_event_type type = libinput_event_get_type(event);

	switch (type) {
	case LIBINPUT_EVENT_TOUCH_DOWN:
	case LIBINPUT_EVENT_TOUCH_MOTION:
	case LIBINPUT_EVENT_TOUCH_UP:
	case LIBINPUT_EVENT_TOUCH_CANCEL:
		return take_touch(devices, type, libinput_event_get_touch_event(event), view, input);
	case LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE:
	case LIBINPUT_EVENT_POINTER_BUTTON:
	case LIBINPUT_EVENT_POINTER_SCROLL_WHEEL:
		return take_pointer(devices, type, event, view, input);
	case LIBINPUT_EVENT_KEYBOARD_KEY:
		return take_key(devices, libinput_event_get_keyboard_event(event), now_ms, input);
	case LIBINPUT_EVENT_DEVICE_ADDED:
	case LIBINPUT_EVENT_DEVICE_REMOVED:
		note_device(devices, libinput_event_get_device(event), type == LIBINPUT_EVENT_DEVICE_ADDED);
		return false;
	default:
		return false;
	}
}

bool devices_next(struct devices *devices, const struct turn_view *view, int64_t now_ms, struct input_event *input)
{
	*input = (struct input_event){.time_ms = now_ms};
	if (libinput_dispatch(devices->libinput) != 0)
		log_error("touch screens and keyboards cannot be read");
	for (struct libinput_event *event; (event = libinput_get_event(devices->libinput));) {
		bool taken = take_event(devices, event, view, now_ms, input);
		libinput_event_destroy(event);
		if (taken)
			return true;
	}
	if (devices->held && now_ms - devices->held_ms > REPEAT_LAST_MS)
		devices->held = NULL;
	if (!devices->held || now_ms < devices->repeat_ms)
		return false;
	devices->repeat_ms = now_ms + REPEAT_MS;
	return press(devices, devices->held, input);
}

int64_t devices_deadline(const struct devices *devices)
{
	return devices->held ? devices->repeat_ms : INT64_MAX;
}

void devices_close(struct devices *devices)
{
	if (!devices)
		return;
	if (devices->libinput)
		libinput_unref(devices->libinput);
	free(devices);
}
