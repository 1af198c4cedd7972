/* stage -- the kiosk's screens off-screen, with a clock that only moves when told to.
 *
 * It does what the kiosk's loop does: after each input, and at each deadline while time passes, one frame. Positions
 * are device pixels of the picture. What is borrowed lasts until the next frame. One thread.
 */
#ifndef REPLAY_STAGE_H
#define REPLAY_STAGE_H

#include "base/err.h"
#include "content/content.h"
#include "screens/terminal.h"
#include "ui/ui.h"

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

struct stage;

struct stage_setup {
	const char *share; /* folder with fonts/, icons/ and pictures/ */
	const char *here;  /* as terminal_create() */
	int width, height; /* px */
	int64_t utc_s;     /* the time it starts at */
	bool blind;        /* frames are recorded and not painted: the picture shows nothing */
	bool staff;        /* there is a staff's page: the PIN is 123456, and all is well until stage_staff() */
};

/* Takes the content, which may be NULL, whatever happens. */
bool stage_create(const struct stage_setup *setup, struct content *content, struct stage **out, struct err *err);
void stage_destroy(struct stage *stage); /* takes NULL */

struct terminal *stage_terminal(struct stage *stage);
const struct ui *stage_ui(struct stage *stage);
pixman_image_t *stage_picture(struct stage *stage);
int64_t stage_now_ms(const struct stage *stage);

bool stage_resize(struct stage *stage, int width, int height, struct err *err);
/* Takes the content. */
bool stage_offer(struct stage *stage, struct content *content, struct err *err);
/* As terminal_heard(). */
bool stage_heard(struct stage *stage, int64_t utc_s, struct err *err);
/* As terminal_place(). */
bool stage_place(struct stage *stage, const char *screen, const char *lang, const char *topic, const char *page,
		 struct err *err);

/* What the staff's page shows: of "KEY=VALUE" each that is given (script.h says which), and nothing else is known. */
bool stage_staff(struct stage *stage, const char *const *facts, size_t count, struct err *err);
/* One more in the band, as terminal_remark(); borrowed as long as the stage. */
bool stage_remark(struct stage *stage, const char *place, const char *text, struct err *err);

/* As terminal_look(). */
bool stage_look(struct stage *stage, const struct terminal_look *look, struct err *err);

/* The event's time is filled in. */
bool stage_input(struct stage *stage, struct input_event event, struct err *err);

/* Lets time pass; *frames (may be NULL) counts those drawn meanwhile. */
bool stage_wait(struct stage *stage, int64_t ms, int *frames, struct err *err);

/* Fails when the picture, made of changed rectangles, is not what painting the whole of it gives. */
bool stage_check_picture(struct stage *stage, struct err *err);

#endif
