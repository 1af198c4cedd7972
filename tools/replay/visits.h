/* visits -- which screens the tour and the audit go to, and how they get there. */
#ifndef REPLAY_VISITS_H
#define REPLAY_VISITS_H

#include "base/arena.h"
#include "replay/stage.h"

#include <stdbool.h>
#include <stddef.h>

#define VISITS_FILE_MAX 160

enum visits_look {
	LOOK_UPRIGHT,
	LOOK_LYING,
	LOOK_LARGE,
	LOOK_CONTRAST,
	LOOK_COUNT
};

/* One screen in one language, on a stage of its own. */
struct visits_one {
	size_t screen; /* a row of visits_title() */
	enum visits_look look;
	struct terminal_look style;
	const char *lang, *topic, *page; /* topic and page may be NULL */
};

/* All of them in the order of the gallery: screen, language, look. In the arena. */
bool visits_list(const struct content *content, struct arena *arena, struct visits_one **out, size_t *count,
		 struct err *err);

/* "05 Guide" and "guide" */
const char *visits_title(size_t screen);
const char *visits_name(size_t screen);

/* Goes there and takes its picture, or one for each screenful, by `take`. */
struct visits_camera {
	bool (*take)(void *context, pixman_image_t *picture, const char *file, struct err *err);
	void *context;
	bool once; /* only the first screenful */
};
bool visits_go(const struct visits_one *visit, struct stage *stage, const struct visits_camera *camera,
	       struct err *err);

#endif
