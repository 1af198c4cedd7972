#include "kiosk/grab.h"

#include "base/array.h"
#include "base/err.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BYTES(bits) ((bits) / 8 + 1)

static bool has_bit(const unsigned char *bits, unsigned bit)
{
	return bits[bit / 8] & 1u << bit % 8;
}

/* A power button, a lid and the like: nothing on it is pressed to use a screen. */
static bool is_of_the_system(int fd)
{
	static const unsigned switches[] = {KEY_POWER, KEY_POWER2, KEY_SLEEP, KEY_SUSPEND, KEY_WAKEUP, KEY_RESTART};
	unsigned char kinds[BYTES(EV_MAX)] = {0};
	unsigned char keys[BYTES(KEY_MAX)] = {0};

	if (ioctl(fd, EVIOCGBIT(0, sizeof kinds), kinds) < 0 || ioctl(fd, EVIOCGBIT(EV_KEY, sizeof keys), keys) < 0 ||
	    has_bit(kinds, EV_ABS) || has_bit(kinds, EV_REL))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(switches); i++)
		keys[switches[i] / 8] &= (unsigned char)~(1u << switches[i] % 8);
	for (size_t i = 0; i < sizeof keys; i++)
		if (keys[i])
			return false;
	return true;
}

int grab_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	int fault = errno;
	struct err err;

	if (fd < 0) {
		err_errno(&err, "%s cannot be read", path);
		log_error("%s", err.text);
		return -fault;
	}
	if (is_of_the_system(fd)) {
		log_info("%s is left to the system", path);
		close(fd);
		return -ENODEV;
	}
	if (ioctl(fd, EVIOCGRAB, 1) != 0) {
		err_errno(&err, "%s is read by another program, too", path);
		log_warn("%s", err.text);
	}
	return fd;
}
