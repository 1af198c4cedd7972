/* systemd -- the socket on which systemd would hear what a service says of itself, here heard by the test. */
#ifndef TESTS_KIOSK_SYSTEMD_H
#define TESTS_KIOSK_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int systemd;

/* A watchdog of 20 s, and a name that no other process has. */
static bool systemd_listen(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "vejviser-test-%d", (int)getpid());
	systemd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(systemd, (struct sockaddr *)&address,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1))) != 0)
		return false;
	address.sun_path[0] = '@';
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	setenv("WATCHDOG_USEC", "20000000", 1);
	unsetenv("WATCHDOG_PID");
	return true;
}

/* Appends what was said since, but STATUS, to `all`, with a comma after each word. */
static void systemd_hear(char *all, size_t size)
{
	char word[256];

	for (ssize_t n; (n = recv(systemd, word, sizeof word - 1, MSG_DONTWAIT)) > 0;) {
		size_t len = strlen(all);
		word[n] = '\0';
		if (strncmp(word, "STATUS=", 7) != 0)
			snprintf(all + len, size - len, "%s,", word);
	}
}

#endif
