/* Which devices the kiosk takes for itself, by what the kernel says is on them. */
#include "kiosk/grab.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ON_IT 4

struct device {
	unsigned kinds[ON_IT], keys[ON_IT]; /* up to the first 0 */
	bool dumb, taken;                   /* answers nothing; by another program */
	int opened;                         /* what comes of it: at least 0, or as grab_open() says */
	bool grabbed;
};

static const struct device *device;
static bool grabbed;

int __wrap_ioctl(int fd, unsigned long request, ...);

static void answer(unsigned char *bits, size_t size, const unsigned *on)
{
	memset(bits, 0, size);
	for (size_t i = 0; i < ON_IT && on[i]; i++)
		bits[on[i] / 8] |= (unsigned char)(1u << on[i] % 8);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list rest;
	void *bits;

	assert_true(fd >= 0);
	va_start(rest, request);
	bits = va_arg(rest, void *);
	va_end(rest);
	if (request == EVIOCGRAB) {
		grabbed = !device->taken;
		errno = EBUSY;
		return device->taken ? -1 : 0;
	}
	if (device->dumb) {
		errno = ENODEV;
		return -1;
	}
	answer(bits, _IOC_SIZE(request), _IOC_NR(request) == _IOC_NR(EVIOCGBIT(0, 0)) ? device->kinds : device->keys);
	return (int)_IOC_SIZE(request);
}

static void test_what_is_on_a_device_says_whose_it_is(void **state)
{
	static const struct device devices[] = {
		/* power button, sleep button, a row of both, and a lid: left alone */
		{.kinds = {EV_KEY}, .keys = {KEY_POWER}, .opened = -ENODEV},
		{.kinds = {EV_KEY}, .keys = {KEY_SLEEP}, .opened = -ENODEV},
		{.kinds = {EV_KEY, EV_MSC}, .keys = {KEY_POWER, KEY_SLEEP, KEY_WAKEUP}, .opened = -ENODEV},
		{.kinds = {EV_SW}, .opened = -ENODEV},
		/* touch panel, mouse, keyboard with a power key, keypad of one key */
		{.kinds = {EV_KEY, EV_ABS}, .keys = {BTN_TOUCH}, .grabbed = true},
		{.kinds = {EV_ABS}, .grabbed = true},
		{.kinds = {EV_REL}, .grabbed = true},
		{.kinds = {EV_KEY}, .keys = {KEY_POWER, KEY_TAB}, .grabbed = true},
		{.kinds = {EV_KEY}, .keys = {KEY_ENTER}, .grabbed = true},
		{.kinds = {EV_KEY}, .keys = {KEY_MAX}, .grabbed = true},
		/* what says nothing of itself is no power button; what another has is shared */
		{.dumb = true, .grabbed = true},
		{.kinds = {EV_ABS}, .taken = true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(devices); i++) {
		device = &devices[i];
		grabbed = false;
		int fd = grab_open("/dev/null", O_RDONLY);
		assert_int_equal(fd < 0 ? fd : 0, device->opened);
		assert_int_equal(grabbed, device->grabbed);
		if (fd >= 0)
			assert_int_equal(close(fd), 0);
	}
	assert_int_equal(grab_open("/nonexistent", O_RDONLY), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_on_a_device_says_whose_it_is)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
