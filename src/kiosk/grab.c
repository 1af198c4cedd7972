#include "kiosk/grab.h"

#include "base/err.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

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
	if (ioctl(fd, EVIOCGRAB, 1) != 0) {
		err_errno(&err, "%s is read by another program, too", path);
		log_warn("%s", err.text);
	}
	return fd;
}
