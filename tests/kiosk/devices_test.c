/* From what libinput says to what the ui layer understands, turned as the panel is mounted. */
#include "kiosk/devices.h"

#include "base/array.h"

#include <libinput.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* The kernel's numbers, whose names are those of ui/input.h, too. */
enum code {
	CODE_ESC = 1,
	CODE_1 = 2,
	CODE_9 = 10,
	CODE_0 = 11,
	CODE_BACKSPACE = 14,
	CODE_TAB = 15,
	CODE_Q = 16,
	CODE_ENTER = 28,
	CODE_LEFTSHIFT = 42,
	CODE_RIGHTSHIFT = 54,
	CODE_SPACE = 57,
	CODE_KP9 = 73,
	CODE_KP1 = 79,
	CODE_KP0 = 82,
	CODE_KPENTER = 96,
	CODE_HOME = 102,
	CODE_UP = 103,
	CODE_PAGEUP = 104,
	CODE_LEFT = 105,
	CODE_RIGHT = 106,
	CODE_END = 107,
	CODE_DOWN = 108,
	CODE_PAGEDOWN = 109,
	CODE_BACK = 158,
	CODE_FORWARD = 159,
	CODE_BUTTON_LEFT = 0x110,
	CODE_BUTTON_RIGHT = 0x111
};

/* One thing that happens on a device; one struct stands for all of libinput's. */
struct libinput_event {
	enum libinput_event_type type;
	int slot;    /* of a finger; of all else the device, 0 or 1 */
	double x, y; /* shares of the panel's sides; y of a wheel: its 120ths */
	unsigned code;
	bool down;
};

static const struct libinput_event *coming;
static size_t left, destroyed;
static bool absent;

#define EVENT(kind) ((const struct libinput_event *)(kind))

struct libinput *__wrap_libinput_udev_create_context(const struct libinput_interface *interface, void *data,
						     struct udev *udev);
int __wrap_libinput_udev_assign_seat(struct libinput *libinput, const char *seat);
struct libinput *__wrap_libinput_unref(struct libinput *libinput);
int __wrap_libinput_get_fd(struct libinput *libinput);
int __wrap_libinput_dispatch(struct libinput *libinput);
struct libinput_event *__wrap_libinput_get_event(struct libinput *libinput);
void __wrap_libinput_event_destroy(struct libinput_event *event);
enum libinput_event_type __wrap_libinput_event_get_type(struct libinput_event *event);
void *__wrap_libinput_event_get_touch_event(struct libinput_event *event);
void *__wrap_libinput_event_get_pointer_event(struct libinput_event *event);
void *__wrap_libinput_event_get_keyboard_event(struct libinput_event *event);
void *__wrap_libinput_event_get_device(struct libinput_event *event);
int __wrap_libinput_device_has_capability(void *device, enum libinput_device_capability capability);
const char *__wrap_libinput_device_get_name(void *device);
int32_t __wrap_libinput_event_touch_get_seat_slot(void *touch);
double __wrap_libinput_event_touch_get_x_transformed(void *touch, uint32_t width);
double __wrap_libinput_event_touch_get_y_transformed(void *touch, uint32_t height);
double __wrap_libinput_event_pointer_get_absolute_x_transformed(void *pointer, uint32_t width);
double __wrap_libinput_event_pointer_get_absolute_y_transformed(void *pointer, uint32_t height);
uint32_t __wrap_libinput_event_pointer_get_button(void *pointer);
enum libinput_button_state __wrap_libinput_event_pointer_get_button_state(void *pointer);
int __wrap_libinput_event_pointer_has_axis(void *pointer, enum libinput_pointer_axis axis);
double __wrap_libinput_event_pointer_get_scroll_value_v120(void *pointer, enum libinput_pointer_axis axis);
uint32_t __wrap_libinput_event_keyboard_get_key(void *keyboard);
enum libinput_key_state __wrap_libinput_event_keyboard_get_key_state(void *keyboard);

static char context; /* stands for libinput */

struct libinput *__wrap_libinput_udev_create_context(const struct libinput_interface *interface, void *data,
						     struct udev *udev)
{
	(void)data;
	(void)udev;
	assert_true(interface->open_restricted && interface->close_restricted);
	assert_true(interface->open_restricted("/nonexistent", 0, NULL) < 0);
	return (struct libinput *)&context;
}

int __wrap_libinput_udev_assign_seat(struct libinput *libinput, const char *seat)
{
	(void)libinput;
	assert_string_equal(seat, "seat0");
	return absent ? -1 : 0;
}

struct libinput *__wrap_libinput_unref(struct libinput *libinput)
{
	(void)libinput;
	return NULL;
}

int __wrap_libinput_get_fd(struct libinput *libinput)
{
	(void)libinput;
	return 7;
}

int __wrap_libinput_dispatch(struct libinput *libinput)
{
	(void)libinput;
	return 0;
}

struct libinput_event *__wrap_libinput_get_event(struct libinput *libinput)
{
	(void)libinput;
	if (left == 0)
		return NULL;
	left--;
	struct libinput_event *event = malloc(sizeof *event);
	assert_non_null(event);
	*event = *coming++;
	return event;
}

void __wrap_libinput_event_destroy(struct libinput_event *event)
{
	destroyed++;
	free(event);
}

enum libinput_event_type __wrap_libinput_event_get_type(struct libinput_event *event)
{
	return event->type;
}

void *__wrap_libinput_event_get_touch_event(struct libinput_event *event)
{
	return event;
}

void *__wrap_libinput_event_get_pointer_event(struct libinput_event *event)
{
	return event;
}

void *__wrap_libinput_event_get_keyboard_event(struct libinput_event *event)
{
	return event;
}

void *__wrap_libinput_event_get_device(struct libinput_event *event)
{
	static char devices[2];

	return &devices[event->slot];
}

int __wrap_libinput_device_has_capability(void *device, enum libinput_device_capability capability)
{
	(void)device;
	return capability == LIBINPUT_DEVICE_CAP_TOUCH;
}

const char *__wrap_libinput_device_get_name(void *device)
{
	(void)device;
	return "Panel";
}

int32_t __wrap_libinput_event_touch_get_seat_slot(void *touch)
{
	return EVENT(touch)->slot;
}

/* Where a finger was lifted libinput does not tell. */
double __wrap_libinput_event_touch_get_x_transformed(void *touch, uint32_t width)
{
	assert_true(EVENT(touch)->type == LIBINPUT_EVENT_TOUCH_DOWN ||
		    EVENT(touch)->type == LIBINPUT_EVENT_TOUCH_MOTION);
	return EVENT(touch)->x * width;
}

double __wrap_libinput_event_touch_get_y_transformed(void *touch, uint32_t height)
{
	return EVENT(touch)->y * height;
}

double __wrap_libinput_event_pointer_get_absolute_x_transformed(void *pointer, uint32_t width)
{
	return EVENT(pointer)->x * width;
}

double __wrap_libinput_event_pointer_get_absolute_y_transformed(void *pointer, uint32_t height)
{
	return EVENT(pointer)->y * height;
}

uint32_t __wrap_libinput_event_pointer_get_button(void *pointer)
{
	return EVENT(pointer)->code;
}

enum libinput_button_state __wrap_libinput_event_pointer_get_button_state(void *pointer)
{
	return EVENT(pointer)->down ? LIBINPUT_BUTTON_STATE_PRESSED : LIBINPUT_BUTTON_STATE_RELEASED;
}

int __wrap_libinput_event_pointer_has_axis(void *pointer, enum libinput_pointer_axis axis)
{
	(void)pointer;
	return axis == LIBINPUT_POINTER_AXIS_SCROLL_VERTICAL;
}

double __wrap_libinput_event_pointer_get_scroll_value_v120(void *pointer, enum libinput_pointer_axis axis)
{
	(void)axis;
	return EVENT(pointer)->y;
}

uint32_t __wrap_libinput_event_keyboard_get_key(void *keyboard)
{
	return EVENT(keyboard)->code;
}

enum libinput_key_state __wrap_libinput_event_keyboard_get_key_state(void *keyboard)
{
	return EVENT(keyboard)->down ? LIBINPUT_KEY_STATE_PRESSED : LIBINPUT_KEY_STATE_RELEASED;
}

static struct devices *opened(void)
{
	struct devices *devices = NULL;
	struct err err;

	coming = NULL;
	left = destroyed = 0;
	absent = false;
	assert_true(devices_open(NULL, &devices, &err));
	assert_int_equal(devices_fd(devices), 7);
	return devices;
}

static bool happens(struct devices *devices, const struct libinput_event *event, const struct turn_view *view,
		    int64_t now_ms, struct input_event *input)
{
	coming = event;
	left = 1;
	size_t before = destroyed;
	bool taken = devices_next(devices, view, now_ms, input);
	assert_int_equal(destroyed, before + 1);
	return taken;
}

static void test_touches_are_turned(void **state)
{
	static const struct {
		int degrees, width, height;
		float x, y; /* of a touch at a tenth of the panel's width and a quarter of its height */
	} cases[] = {
		{0, 1920, 1080, 192, 270},
		{90, 1080, 1920, 270, 1728},
		{180, 1920, 1080, 1728, 810},
		{270, 1080, 1920, 810, 192},
	};
	struct devices *devices = opened();
	struct input_event input;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct turn_view view = {cases[i].width, cases[i].height, cases[i].degrees};
		const struct libinput_event down = {LIBINPUT_EVENT_TOUCH_DOWN, 2, 0.1, 0.25, 0, false};
		const struct libinput_event up = {LIBINPUT_EVENT_TOUCH_UP, 2, 0, 0, 0, false};
		assert_true(happens(devices, &down, &view, 77, &input));
		assert_int_equal(input.kind, INPUT_DOWN);
		assert_int_equal(input.finger, 3);
		assert_int_equal(input.time_ms, 77);
		assert_float_equal(input.x, cases[i].x, 0.01);
		assert_float_equal(input.y, cases[i].y, 0.01);
		assert_true(happens(devices, &up, &view, 78, &input));
		assert_int_equal(input.kind, INPUT_UP);
		assert_float_equal(input.x, cases[i].x, 0.01);
		assert_float_equal(input.y, cases[i].y, 0.01);
	}
	devices_close(devices);
}

static const struct turn_view upright = {1000, 1000, 0};

static void test_fingers_are_kept_apart(void **state)
{
	static const struct {
		struct libinput_event event;
		enum input_kind kind;
		int finger;
		float x;
	} steps[] = {
		{{LIBINPUT_EVENT_TOUCH_DOWN, 0, 0.1, 0.1, 0, false}, INPUT_DOWN, 1, 100},
		{{LIBINPUT_EVENT_TOUCH_DOWN, 1, 0.2, 0.2, 0, false}, INPUT_DOWN, 2, 200},
		{{LIBINPUT_EVENT_TOUCH_MOTION, 0, 0.3, 0.3, 0, false}, INPUT_MOVE, 1, 300},
		{{LIBINPUT_EVENT_TOUCH_CANCEL, 1, 0, 0, 0, false}, INPUT_CANCEL, 2, 200},
		{{LIBINPUT_EVENT_TOUCH_UP, 0, 0, 0, 0, false}, INPUT_UP, 1, 300},
	};
	static const struct libinput_event ignored[] = {
		{LIBINPUT_EVENT_TOUCH_DOWN, -1, 0.1, 0.1, 0, false}, /* a slot that there cannot be */
		{LIBINPUT_EVENT_TOUCH_DOWN, 16, 0.1, 0.1, 0, false},
		{LIBINPUT_EVENT_TOUCH_FRAME, 0, 0, 0, 0, false},
		{LIBINPUT_EVENT_DEVICE_ADDED, 0, 0, 0, 0, false},
		{LIBINPUT_EVENT_DEVICE_REMOVED, 0, 0, 0, 0, false},
		{LIBINPUT_EVENT_GESTURE_SWIPE_BEGIN, 0, 0, 0, 0, false},
	};
	struct devices *devices = opened();
	struct input_event input;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		assert_true(happens(devices, &steps[i].event, &upright, 0, &input));
		assert_int_equal(input.kind, steps[i].kind);
		assert_int_equal(input.finger, steps[i].finger);
		assert_float_equal(input.x, steps[i].x, 0.01);
	}
	for (size_t i = 0; i < ARRAY_LEN(ignored); i++)
		assert_false(happens(devices, &ignored[i], &upright, 0, &input));
	devices_close(devices);
}

static void test_pointers_must_say_where_they_are(void **state)
{
	const struct libinput_event press = {LIBINPUT_EVENT_POINTER_BUTTON, 0, 0, 0, CODE_BUTTON_LEFT, true};
	const struct libinput_event release = {LIBINPUT_EVENT_POINTER_BUTTON, 0, 0, 0, CODE_BUTTON_LEFT, false};
	const struct libinput_event other = {LIBINPUT_EVENT_POINTER_BUTTON, 0, 0, 0, CODE_BUTTON_RIGHT, true};
	const struct libinput_event mouse = {LIBINPUT_EVENT_POINTER_MOTION, 0, 5, 5, 0, false};
	const struct libinput_event aim = {LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE, 0, 0.5, 0.25, 0, false};
	const struct libinput_event wheel = {LIBINPUT_EVENT_POINTER_SCROLL_WHEEL, 0, 0, 240, 0, false};
	struct devices *devices = opened();
	struct input_event input;

	(void)state;
	/* A mouse would press what nobody sees it point at. */
	assert_false(happens(devices, &mouse, &upright, 0, &input));
	assert_false(happens(devices, &press, &upright, 0, &input));
	assert_false(happens(devices, &release, &upright, 0, &input));
	assert_true(happens(devices, &wheel, &upright, 0, &input));
	assert_int_equal(input.kind, INPUT_WHEEL);
	assert_float_equal(input.wheel, -2, 0.001);

	assert_false(happens(devices, &aim, &upright, 0, &input));
	assert_false(happens(devices, &other, &upright, 0, &input));
	assert_true(happens(devices, &press, &upright, 0, &input));
	assert_int_equal(input.kind, INPUT_DOWN);
	assert_int_equal(input.finger, 0);
	assert_float_equal(input.x, 500, 0.01);
	assert_float_equal(input.y, 250, 0.01);
	assert_true(happens(devices, &aim, &upright, 0, &input));
	assert_int_equal(input.kind, INPUT_MOVE);
	assert_true(happens(devices, &release, &upright, 0, &input));
	assert_int_equal(input.kind, INPUT_UP);
	assert_false(happens(devices, &aim, &upright, 0, &input));
	devices_close(devices);
}

/* A mouse beside a tablet does not press where the tablet pointed last, nor does one that comes when the tablet is gone. */
static void test_a_mouse_does_not_borrow_a_place(void **state)
{
	static const struct {
		struct libinput_event event;
		int kind; /* -1: nothing */
	} steps[] = {
		{{LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE, 0, 0.5, 0.25, 0, false}, -1},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 1, 0, 0, CODE_BUTTON_LEFT, true}, -1},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 1, 0, 0, CODE_BUTTON_LEFT, false}, -1},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 0, 0, 0, CODE_BUTTON_LEFT, true}, INPUT_DOWN},
		/* Another tablet moves meanwhile: what is pressed is let go all the same. */
		{{LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE, 1, 0.6, 0.25, 0, false}, INPUT_MOVE},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 0, 0, 0, CODE_BUTTON_LEFT, false}, INPUT_UP},
		{{LIBINPUT_EVENT_DEVICE_REMOVED, 0, 0, 0, 0, false}, -1},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 1, 0, 0, CODE_BUTTON_LEFT, true}, INPUT_DOWN},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 1, 0, 0, CODE_BUTTON_LEFT, false}, INPUT_UP},
		{{LIBINPUT_EVENT_DEVICE_REMOVED, 1, 0, 0, 0, false}, -1},
		{{LIBINPUT_EVENT_POINTER_BUTTON, 1, 0, 0, CODE_BUTTON_LEFT, true}, -1},
	};
	struct devices *devices = opened();
	struct input_event input;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		assert_int_equal(happens(devices, &steps[i].event, &upright, 0, &input), steps[i].kind >= 0);
		assert_true(steps[i].kind < 0 || (int)input.kind == steps[i].kind);
	}
	devices_close(devices);
}

static const struct {
	unsigned code;
	enum input_key key, with_shift;
	bool repeats;
} key_rows[] = {
	{CODE_TAB, KEY_NEXT, KEY_PREVIOUS, true},
	{CODE_UP, KEY_UP, KEY_UP, true},
	{CODE_DOWN, KEY_DOWN, KEY_DOWN, true},
	{CODE_LEFT, KEY_PREVIOUS, KEY_PREVIOUS, true},
	{CODE_RIGHT, KEY_NEXT, KEY_NEXT, true},
	{CODE_BACK, KEY_PREVIOUS, KEY_PREVIOUS, true},
	{CODE_FORWARD, KEY_NEXT, KEY_NEXT, true},
	{CODE_PAGEUP, KEY_PAGE_UP, KEY_PAGE_UP, true},
	{CODE_PAGEDOWN, KEY_PAGE_DOWN, KEY_PAGE_DOWN, true},
	{CODE_HOME, KEY_START, KEY_START, false},
	{CODE_END, KEY_END, KEY_END, false},
	{CODE_ENTER, KEY_ENTER, KEY_ENTER, false},
	{CODE_KPENTER, KEY_ENTER, KEY_ENTER, false},
	{CODE_SPACE, KEY_ENTER, KEY_ENTER, false},
	{CODE_ESC, KEY_BACK, KEY_BACK, false},
	{CODE_BACKSPACE, KEY_ERASE, KEY_ERASE, false},
	{CODE_0, KEY_DIGIT_0, KEY_DIGIT_0, false},
	{CODE_1, KEY_DIGIT_0 + 1, KEY_DIGIT_0 + 1, false},
	{CODE_9, KEY_DIGIT_9, KEY_DIGIT_9, false},
	{CODE_KP0, KEY_DIGIT_0, KEY_DIGIT_0, false},
	{CODE_KP1, KEY_DIGIT_0 + 1, KEY_DIGIT_0 + 1, false},
	{CODE_KP9, KEY_DIGIT_9, KEY_DIGIT_9, false},
	{CODE_Q, KEY_NONE, KEY_NONE, false},
};

static void test_keys(void **state)
{
	static const unsigned shifts[] = {0, CODE_LEFTSHIFT, CODE_RIGHTSHIFT};
	struct devices *devices = opened();
	struct input_event input;

	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(shifts); s++) {
		struct libinput_event shift = {LIBINPUT_EVENT_KEYBOARD_KEY, 0, 0, 0, shifts[s], true};
		assert_false(shifts[s] && happens(devices, &shift, &upright, 0, &input));
		for (size_t i = 0; i < ARRAY_LEN(key_rows); i++) {
			struct libinput_event event = {LIBINPUT_EVENT_KEYBOARD_KEY, 0, 0, 0, key_rows[i].code, true};
			enum input_key key = s ? key_rows[i].with_shift : key_rows[i].key;
			assert_int_equal(happens(devices, &event, &upright, 1000, &input), key != KEY_NONE);
			assert_int_equal(input.key, key);
			/* Held: once more after half a second, and then at once. */
			assert_int_equal(devices_deadline(devices), key_rows[i].repeats ? 1500 : INT64_MAX);
			assert_false(devices_next(devices, &upright, 1499, &input));
			assert_int_equal(devices_next(devices, &upright, 1500, &input), key_rows[i].repeats);
			assert_true(!key_rows[i].repeats || input.kind == INPUT_KEY);
			assert_false(devices_next(devices, &upright, 1500, &input));
			assert_int_equal(devices_next(devices, &upright, 1540, &input), key_rows[i].repeats);
			assert_int_equal(input.key, key_rows[i].repeats ? key : KEY_NONE);
			event.down = false;
			assert_false(happens(devices, &event, &upright, 2000, &input));
			assert_int_equal(devices_deadline(devices), INT64_MAX);
		}
		shift.down = false;
		assert_false(shifts[s] && happens(devices, &shift, &upright, 0, &input));
	}
	devices_close(devices);
}

/* Or whoever leaves a bag on the keys would never be forgotten. */
static void test_a_stuck_key_is_no_visitor(void **state)
{
	const struct libinput_event press = {LIBINPUT_EVENT_KEYBOARD_KEY, 0, 0, 0, CODE_DOWN, true};
	struct devices *devices = opened();
	struct input_event input;
	int64_t last_ms = 0;

	(void)state;
	assert_true(happens(devices, &press, &upright, 1000, &input));
	for (int64_t now_ms = 1000; now_ms < 60000; now_ms += 10)
		if (devices_next(devices, &upright, now_ms, &input))
			last_ms = now_ms;
	assert_in_range(last_ms, 10000, 12000);
	assert_int_equal(devices_deadline(devices), INT64_MAX);
	/* Pressed anew it counts anew. */
	assert_true(happens(devices, &press, &upright, 60000, &input));
	assert_true(devices_next(devices, &upright, 60500, &input));
	devices_close(devices);
}

static void test_without_a_seat(void **state)
{
	struct devices *devices = NULL;
	struct err err;

	(void)state;
	absent = true;
	assert_false(devices_open(NULL, &devices, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_null(devices);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touches_are_turned),
		cmocka_unit_test(test_fingers_are_kept_apart),
		cmocka_unit_test(test_pointers_must_say_where_they_are),
		cmocka_unit_test(test_a_mouse_does_not_borrow_a_place),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_a_stuck_key_is_no_visitor),
		cmocka_unit_test(test_without_a_seat),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
