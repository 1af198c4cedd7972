#include "replay/tour.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "replay/gallery.h"
#include "replay/snapshot.h"
#include "replay/visits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX  64
#define PICTURES_MAX 20000
#define PROGRESS_MS  1000
#define PATH_BYTES   4096

/* What a worker tells: a picture is written, or (sequence 0) a visit has ended. Small enough to be written in one
 * piece. */
struct note {
	size_t visit;
	unsigned sequence; /* of the picture within its visit, from 1 */
	char file[VISITS_FILE_MAX];
};

struct tour {
	const struct tour_setup *setup;
	struct content *content; /* of this process */
	struct arena arena;
	struct visits_one *visits;
	size_t count;
	atomic_size_t *next; /* visit that nobody has taken yet; shared by the workers */
	int pipe[2];
	pid_t workers[WORKERS_MAX];
	size_t worker_count;
	struct note *notes; /* of pictures */
	size_t note_count, ended;
};

/* ---- In a worker */

struct camera {
	const struct tour *tour;
	struct note note;
};

static bool tell(const struct tour *tour, const struct note *note, struct err *err)
{
	static_assert(sizeof(struct note) <= 512, "longer than what a pipe takes in one piece");
	return write(tour->pipe[1], note, sizeof(*note)) == (ssize_t)sizeof(*note) || err_errno(err, "pipe");
}

static bool take_picture(void *context, pixman_image_t *picture, const char *file, struct err *err)
{
	struct camera *camera = context;
	char path[PATH_BYTES];

	if (snprintf(path, sizeof(path), "%s/%s", camera->tour->setup->out, file) >= (int)sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", file);
	camera->note.sequence++;
	snprintf(camera->note.file, sizeof(camera->note.file), "%s", file);
	return snapshot_write(picture, path, err) && tell(camera->tour, &camera->note, err);
}

static bool go(const struct tour *tour, size_t number, struct err *err)
{
	const struct visits_one *visit = &tour->visits[number];
	struct stage_setup setup = tour->setup->stage;
	struct content *content = NULL;
	struct stage *stage = NULL;
	struct camera camera = {.tour = tour, .note = {.visit = number}};

	if (visit->look == LOOK_LYING) {
		setup.width = tour->setup->stage.height;
		setup.height = tour->setup->stage.width;
	}
	bool ok = supply_content(tour->setup->supply, &content, err) && stage_create(&setup, content, &stage, err) &&
		  visits_go(visit, stage, &(struct visits_camera){take_picture, &camera}, err);
	stage_destroy(stage);
	struct note end = {.visit = number};
	return ok && tell(tour, &end, err);
}

/* Never returns. One visit that fails does not keep the others from being made. */
static void work(const struct tour *tour)
{
	int status = EXIT_SUCCESS;
	struct err err;

	for (size_t i; (i = atomic_fetch_add(tour->next, 1)) < tour->count;) {
		if (!go(tour, i, &err)) {
			fprintf(stderr, "tour: %s\n", err.text);
			status = EXIT_FAILURE;
		}
	}
	_exit(status);
}

/* ---- In the tour itself */

static bool prepare(struct tour *tour, struct err *err)
{
	int out = -1;

	if (!file_open_dir(AT_FDCWD, tour->setup->out, true, &out, err))
		return false;
	close(out);
	if (!supply_content(tour->setup->supply, &tour->content, err))
		return false;
	if (!tour->content)
		return err_set(err, ERR_USAGE, "a tour needs --bundle or --store");
	if (!visits_list(tour->content, &tour->arena, &tour->visits, &tour->count, err))
		return false;
	tour->notes = arena_array(&tour->arena, PICTURES_MAX, sizeof(tour->notes[0]));
	return tour->notes || err_memory(err);
}

static bool start_workers(struct tour *tour, struct err *err)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = processors < 1 ? 1 : processors > WORKERS_MAX ? WORKERS_MAX : (size_t)processors;

	void *shared = mmap(NULL, sizeof(*tour->next), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return err_errno(err, "memory for the workers");
	tour->next = shared;
	atomic_init(tour->next, 0);
	if (pipe2(tour->pipe, O_CLOEXEC) != 0)
		return err_errno(err, "pipe");
	fflush(NULL);
	while (tour->worker_count < wanted) {
		pid_t pid = fork();
		if (pid == 0)
			work(tour);
		if (pid < 0)
			return tour->worker_count > 0 || err_errno(err, "fork");
		tour->workers[tour->worker_count++] = pid;
	}
	return true;
}

static void tell_progress(const struct tour *tour)
{
	fprintf(stderr, "tour: %zu of %zu screens, %zu pictures\n", tour->ended, tour->count, tour->note_count);
}

static bool take_note(struct tour *tour, const struct note *note, struct err *err)
{
	if (note->sequence == 0) {
		tour->ended++;
		return true;
	}
	if (tour->note_count == PICTURES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d pictures", PICTURES_MAX);
	tour->notes[tour->note_count++] = *note;
	return true;
}

/* Until the last worker has closed its end of the pipe. */
static bool gather(struct tour *tour, struct err *err)
{
	int64_t told_ms = clock_now().mono_ms;
	struct note note;

	for (;;) {
		int64_t wait_ms = told_ms + PROGRESS_MS - clock_now().mono_ms;
		struct pollfd ready = {.fd = tour->pipe[0], .events = POLLIN};
		if (wait_ms <= 0) {
			tell_progress(tour);
			told_ms += PROGRESS_MS;
			continue;
		}
		int count = poll(&ready, 1, (int)wait_ms);
		if (count == 0 || (count < 0 && errno == EINTR))
			continue;
		ssize_t got = read(tour->pipe[0], &note, sizeof(note));
		if (got == 0)
			return true;
		if (got != (ssize_t)sizeof(note))
			return err_errno(err, "pipe");
		if (!take_note(tour, &note, err))
			return false;
	}
}

static bool join_workers(struct tour *tour)
{
	bool well = true;

	for (size_t i = 0; i < tour->worker_count; i++) {
		int status = 0;
		while (waitpid(tour->workers[i], &status, 0) < 0 && errno == EINTR)
			;
		well = well && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	}
	return well;
}

static int compare_notes(const void *a, const void *b)
{
	const struct note *left = a, *right = b;
	if (left->visit != right->visit)
		return left->visit < right->visit ? -1 : 1;
	return left->sequence < right->sequence ? -1 : left->sequence > right->sequence;
}

static bool write_gallery(struct tour *tour, struct err *err)
{
	qsort(tour->notes, tour->note_count, sizeof(tour->notes[0]), compare_notes);
	struct gallery_picture *pictures = arena_array(&tour->arena, tour->note_count + 1, sizeof(*pictures));
	if (!pictures)
		return err_memory(err);
	for (size_t i = 0; i < tour->note_count; i++) {
		const struct visits_one *visit = &tour->visits[tour->notes[i].visit];
		pictures[i] = (struct gallery_picture){visits_title(visit->screen), visit->lang, tour->notes[i].file};
	}
	return gallery_write(tour->setup->out, pictures, tour->note_count, err);
}

bool tour_run(const struct tour_setup *setup, struct err *err)
{
	struct tour tour = {.setup = setup, .pipe = {-1, -1}};
	bool ok = prepare(&tour, err) && start_workers(&tour, err);

	if (tour.pipe[1] >= 0)
		close(tour.pipe[1]);
	ok = ok && gather(&tour, err);
	if (tour.pipe[0] >= 0)
		close(tour.pipe[0]);
	bool well = join_workers(&tour);
	if (ok && !well)
		ok = err_set(err, ERR_IO, "not every screen could be shown");
	if (tour.note_count > 0 && write_gallery(&tour, err))
		tell_progress(&tour);
	else
		ok = false;
	if (tour.next)
		munmap(tour.next, sizeof(*tour.next));
	content_close(tour.content);
	arena_finish(&tour.arena);
	return ok;
}
