#include "replay/crew.h"

#include "base/clock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX 64
#define PROGRESS_MS 1000

static_assert(sizeof(struct crew_note) <= PIPE_BUF, "longer than what a pipe takes in one piece");

struct crew_pen {
	int pipe;
	struct crew_note note;
};

struct running {
	const struct crew *crew;
	atomic_size_t *next; /* thing that nobody has taken yet; shared by the workers */
	int pipe[2];
	pid_t workers[WORKERS_MAX];
	size_t worker_count;
	size_t ended;
};

/* ---- In a worker */

static bool write_note(const struct crew_pen *pen, struct err *err)
{
	return write(pen->pipe, &pen->note, sizeof(pen->note)) == (ssize_t)sizeof(pen->note) || err_errno(err, "pipe");
}

bool crew_tell(struct crew_pen *pen, const char *text, struct err *err)
{
	pen->note.sequence++;
	snprintf(pen->note.text, sizeof(pen->note.text), "%s", text);
	return write_note(pen, err);
}

/* Never returns. */
static void work(const struct running *running)
{
	const struct crew *crew = running->crew;
	int status = EXIT_SUCCESS;
	struct err err;

	for (size_t i; (i = atomic_fetch_add(running->next, 1)) < crew->count;) {
		struct crew_pen pen = {running->pipe[1], {.thing = i}};
		bool ok = crew->work(crew->context, i, &pen, &err);
		pen.note.sequence = 0; /* it has ended */
		if (!ok || !write_note(&pen, &err)) {
			fprintf(stderr, "%s: %s\n", crew->name, err.text);
			status = EXIT_FAILURE;
		}
	}
	_exit(status);
}

/* ---- In the process that asked */

static bool start(struct running *running, struct err *err)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = processors < 1 ? 1 : processors > WORKERS_MAX ? WORKERS_MAX : (size_t)processors;

	void *shared = mmap(NULL, sizeof(*running->next), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return err_errno(err, "memory for the workers");
	running->next = shared;
	atomic_init(running->next, 0);
	if (pipe2(running->pipe, O_CLOEXEC) != 0)
		return err_errno(err, "pipe");
	fflush(NULL);
	while (running->worker_count < wanted) {
		pid_t pid = fork();
		if (pid == 0)
			work(running);
		if (pid < 0)
			return running->worker_count > 0 || err_errno(err, "fork");
		running->workers[running->worker_count++] = pid;
	}
	return true;
}

static void tell_progress(const struct running *running)
{
	const struct crew *crew = running->crew;
	fprintf(stderr, "%s: %zu of %zu %s\n", crew->name, running->ended, crew->count, crew->things);
}

static bool take(struct running *running, const struct crew_note *note, struct err *err)
{
	if (note->sequence > 0)
		return running->crew->take(running->crew->context, note, err);
	running->ended++;
	return true;
}

/* Until the last worker has closed its end of the pipe. */
static bool gather(struct running *running, struct err *err)
{
	int64_t told_ms = clock_now().mono_ms;
	struct crew_note note;

	for (;;) {
		int64_t wait_ms = told_ms + PROGRESS_MS - clock_now().mono_ms;
		struct pollfd ready = {.fd = running->pipe[0], .events = POLLIN};
		if (wait_ms <= 0) {
			tell_progress(running);
			told_ms += PROGRESS_MS;
			continue;
		}
		int count = poll(&ready, 1, (int)wait_ms);
		if (count == 0 || (count < 0 && errno == EINTR))
			continue;
		ssize_t got = read(running->pipe[0], &note, sizeof(note));
		if (got == 0)
			return true;
		if (got != (ssize_t)sizeof(note))
			return err_errno(err, "pipe");
		if (!take(running, &note, err))
			return false;
	}
}

static bool join(const struct running *running)
{
	bool well = true;

	for (size_t i = 0; i < running->worker_count; i++) {
		int status = 0;
		while (waitpid(running->workers[i], &status, 0) < 0 && errno == EINTR)
			;
		well = well && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	}
	return well;
}

bool crew_run(const struct crew *crew, struct err *err)
{
	struct running running = {.crew = crew, .pipe = {-1, -1}};
	bool ok = start(&running, err);

	if (running.pipe[1] >= 0)
		close(running.pipe[1]);
	ok = ok && gather(&running, err);
	if (running.pipe[0] >= 0)
		close(running.pipe[0]);
	bool well = join(&running);
	if (running.next) {
		tell_progress(&running);
		munmap(running.next, sizeof(*running.next));
	}
	if (ok && !well)
		ok = err_set(err, ERR_IO, "not all %s could be shown", crew->things);
	return ok;
}
