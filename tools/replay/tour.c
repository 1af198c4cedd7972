#include "replay/tour.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/file.h"
#include "replay/crew.h"
#include "replay/gallery.h"
#include "replay/script.h"
#include "replay/snapshot.h"
#include "replay/specimen.h"
#include "replay/visits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PICTURES_MAX 20000
#define PATH_BYTES   4096
#define SHOTS_MAX    200

struct tour_picture {
	size_t visit;
	unsigned sequence;
	const char *file;
};

struct tour {
	const struct tour_setup *setup;
	struct content *content; /* of this process */
	struct arena arena;
	struct visits_one *visits;
	size_t count;
	struct tour_picture *pictures;
	size_t picture_count;
	const char *shots[SHOTS_MAX]; /* of the scripts */
	size_t shot_count;
	struct gallery_picture *specimen;
	size_t specimen_count;
};

/* ---- In a process of the crew: a note is the name of a picture */

struct camera {
	const struct tour *tour;
	struct crew_pen *pen;
};

static bool take_picture(void *context, pixman_image_t *picture, const char *file, struct err *err)
{
	const struct camera *camera = context;
	char path[PATH_BYTES];

	static_assert(VISITS_FILE_MAX <= CREW_TEXT_MAX, "a picture's name would be cut");
	if (snprintf(path, sizeof(path), "%s/%s", camera->tour->setup->out, file) >= (int)sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", file);
	return snapshot_write(picture, path, err) && crew_tell(camera->pen, file, err);
}

static bool go(void *context, size_t number, struct crew_pen *pen, struct err *err)
{
	const struct tour *tour = context;
	const struct visits_one *visit = &tour->visits[number];
	struct stage_setup setup = tour->setup->stage;
	struct content *content = NULL;
	struct stage *stage = NULL;
	struct camera camera = {tour, pen};

	if (visit->look == LOOK_LYING) {
		setup.width = tour->setup->stage.height;
		setup.height = tour->setup->stage.width;
	}
	bool ok = supply_content(tour->setup->supply, &content, err) && stage_create(&setup, content, &stage, err) &&
		  visits_go(visit, stage, &(struct visits_camera){.take = take_picture, .context = &camera}, err);
	stage_destroy(stage);
	return ok;
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
	tour->pictures = arena_array(&tour->arena, PICTURES_MAX, sizeof(tour->pictures[0]));
	return tour->pictures || err_memory(err);
}

static bool take_note(void *context, const struct crew_note *note, struct err *err)
{
	struct tour *tour = context;

	if (tour->picture_count == PICTURES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d pictures", PICTURES_MAX);
	const char *file = arena_text(&tour->arena, note->text, strlen(note->text));
	if (!file)
		return err_memory(err);
	tour->pictures[tour->picture_count++] = (struct tour_picture){note->thing, note->sequence, file};
	return true;
}

static bool take_shot(void *context, const char *file, struct err *err)
{
	struct tour *tour = context;

	if (tour->shot_count == SHOTS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d pictures of scripts", SHOTS_MAX);
	const char *kept = arena_text(&tour->arena, file, strlen(file));
	if (!kept)
		return err_memory(err);
	tour->shots[tour->shot_count++] = kept;
	return true;
}

static bool run_scripts(struct tour *tour, struct err *err)
{
	const struct tour_setup *setup = tour->setup;
	struct script_setup script = {setup->stage, setup->supply, setup->out, take_shot, tour};

	for (size_t i = 0; i < setup->script_count; i++)
		if (!script_run(&script, setup->scripts[i]))
			return err_set(err, ERR_IO, "%s did not go through", setup->scripts[i]);
	return true;
}

static int compare_pictures(const void *a, const void *b)
{
	const struct tour_picture *left = a, *right = b;
	if (left->visit != right->visit)
		return left->visit < right->visit ? -1 : 1;
	return left->sequence < right->sequence ? -1 : left->sequence > right->sequence;
}

static bool write_gallery(struct tour *tour, struct err *err)
{
	size_t count = tour->shot_count + tour->picture_count + tour->specimen_count, at = 0;
	qsort(tour->pictures, tour->picture_count, sizeof(tour->pictures[0]), compare_pictures);
	struct gallery_picture *shown = arena_array(&tour->arena, count, sizeof(*shown));
	if (!shown)
		return err_memory(err);
	for (size_t i = 0; i < tour->shot_count; i++)
		shown[at++] = (struct gallery_picture){"As designed", "", tour->shots[i]};
	for (size_t i = 0; i < tour->picture_count; i++) {
		const struct visits_one *visit = &tour->visits[tour->pictures[i].visit];
		shown[at++] =
			(struct gallery_picture){visits_title(visit->screen), visit->lang, tour->pictures[i].file};
	}
	if (tour->specimen_count > 0)
		memcpy(shown + at, tour->specimen, tour->specimen_count * sizeof(*shown));
	return gallery_write(tour->setup->out, shown, count, err);
}

bool tour_run(const struct tour_setup *setup, struct err *err)
{
	struct tour tour = {.setup = setup};
	struct err later;

	bool ok = prepare(&tour, err);
	if (ok) {
		ok = run_scripts(&tour, err) &&
		     crew_run(&(struct crew){"tour", "screens", tour.count, go, take_note, &tour}, err);
		struct specimen_setup specimen = {setup->stage.share, setup->out};
		if (!specimen_write(&specimen, &tour.arena, &tour.specimen, &tour.specimen_count, ok ? err : &later))
			ok = false;
		/* Also of a tour that failed, so that one can look at what there is. */
		if (tour.shot_count + tour.picture_count > 0 && !write_gallery(&tour, ok ? err : &later))
			ok = false;
		fprintf(stderr, "tour: %zu pictures\n", tour.shot_count + tour.picture_count);
	}
	content_close(tour.content);
	arena_finish(&tour.arena);
	return ok;
}
