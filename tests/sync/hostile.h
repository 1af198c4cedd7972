/* hostile -- a web server on loopback that answers as no server should.
 *
 * One program includes it once. hostile_start() makes hostile_url, such as "http://127.0.0.1:41234"; each connection is
 * a process of its own, which reads one request, calls the test's `answer` and ends. What `answer` learns, it writes to
 * memory from hostile_share().
 */
#ifndef TESTS_SYNC_HOSTILE_H
#define TESTS_SYNC_HOSTILE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOSTILE_REQUEST_MAX 8192
#define HOSTILE_SECONDS     20 /* the longest that one connection lasts */

static pid_t hostile_server = -1;
static char hostile_url[64];

/* How an answer ends. */
enum hostile_end {
	HOSTILE_CLOSE,
	HOSTILE_ENDLESS, /* its last bytes again and again */
	HOSTILE_RESET,   /* the connection is reset, not closed */
	HOSTILE_DRIP     /* a byte now and then */
};

static inline void *hostile_share(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

static inline bool hostile_send(int client, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = send(client, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* With "Connection: close" after the first line, so that the client does not race with the end of the connection. */
static inline void hostile_answer(int client, const char *bytes, size_t len)
{
	static const char header[] = "\r\nConnection: close";
	const char *line_end = memchr(bytes, '\r', len);
	size_t first = line_end ? (size_t)(line_end - bytes) : len;

	hostile_send(client, bytes, first);
	if (first < len && len - first > 2)
		hostile_send(client, header, sizeof(header) - 1);
	hostile_send(client, bytes + first, len - first);
}

/* `tail`: the last bytes of what was sent, for HOSTILE_ENDLESS and HOSTILE_DRIP. */
static inline void hostile_end(int client, enum hostile_end end, const void *tail, size_t len)
{
	const struct linger at_once = {.l_onoff = 1};

	switch (end) {
	case HOSTILE_CLOSE:
		shutdown(client, SHUT_WR);
		break;
	case HOSTILE_ENDLESS:
		while (hostile_send(client, tail, len))
			;
		break;
	case HOSTILE_RESET:
		usleep(20000); /* so that what was sent is read */
		setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
		break;
	case HOSTILE_DRIP:
		while (hostile_send(client, tail, 1))
			usleep(100000);
		break;
	}
	close(client);
}

static inline void hostile_serve(int client, void (*answer)(int client, const char *request))
{
	char request[HOSTILE_REQUEST_MAX] = "";
	size_t len = 0;

	alarm(HOSTILE_SECONDS);
	while (!strstr(request, "\r\n\r\n") && len < sizeof(request) - 1) {
		ssize_t n = recv(client, request + len, sizeof(request) - 1 - len, 0);

		if (n <= 0)
			_exit(0);
		len += (size_t)n;
		request[len] = '\0';
	}
	answer(client, request);
	_exit(0);
}

static inline void hostile_listen(int listener, void (*answer)(int client, const char *request))
{
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int client = accept(listener, NULL, NULL);

		if (client < 0)
			_exit(1);
		if (fork() == 0)
			hostile_serve(client, answer);
		close(client);
	}
}

static inline bool hostile_start(void (*answer)(int client, const char *request))
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 64) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0)
		return false;
	snprintf(hostile_url, sizeof(hostile_url), "http://127.0.0.1:%d", ntohs(address.sin_port));
	hostile_server = fork();
	if (hostile_server == 0)
		hostile_listen(listener, answer);
	close(listener);
	return hostile_server > 0;
}

/* From then on nobody listens there. */
static inline void hostile_stop(void)
{
	if (hostile_server > 0) {
		kill(hostile_server, SIGKILL);
		waitpid(hostile_server, NULL, 0);
		hostile_server = -1;
	}
}

#endif
