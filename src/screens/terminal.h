/* terminal -- the whole kiosk but its window: content, visitor, screens, and the picture of this moment.
 *
 * A window (kiosk/) or a test (tools/replay) gives it time, fingers, content and a surface; it gives back changed
 * rectangles and the moment it wants to be called again. It reads no clock, no network, no store, and keeps nothing of
 * a visitor outside struct visit. One thread.
 *
 *	terminal_create
 *	loop:  terminal_input*   terminal_offer?   terminal_frame -> present the changed rectangles
 *	       sleep until an event or terminal_deadline
 *	terminal_destroy
 */
#ifndef SCREENS_TERMINAL_H
#define SCREENS_TERMINAL_H

#include "base/clock.h"
#include "base/err.h"
#include "content/content.h"
#include "ui/ui.h"
#include "visit/visit.h"

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct terminal;

struct terminal_setup {
	const char *share; /* folder with fonts/, icons/ and pictures/ */
	struct visit_limits idle;
	const char *doctor_phone; /* of the doctor on call */
	const char *here;         /* id of the place where the kiosk stands; NULL or empty: nowhere */
	const char *staff_pin;    /* base/pin.h; NULL or empty: the staff's page is not there */
	bool at_once;             /* staff look at what they write: content is exchanged under their eyes */
};

bool terminal_create(const struct terminal_setup *setup, struct terminal **out, struct err *err);
void terminal_destroy(struct terminal *terminal); /* takes NULL */

/* Takes the content. Shown from the next change of screen on (at once while nobody is here, or when set up so); until
 * then what is shown stays. What it replaces is closed. */
void terminal_offer(struct terminal *terminal, struct content *content);

/* When the server was last heard, UTC seconds, from the next frame on; 0, as at first: unknown, and nothing is said of
 * it; TERMINAL_NEVER: not once. */
#define TERMINAL_NEVER 1
void terminal_heard(struct terminal *terminal, int64_t utc_s);

/* How large a pixel of the surface is from the next frame on; 0, as at first: unknown. */
void terminal_measure(struct terminal *terminal, float mm_per_px);
/* How long the glass shows one picture before it can show another, from the next motion on; 16 ms until told. */
void terminal_pace(struct terminal *terminal, int frame_ms);

/* What stands in the band from the next frame on; copied. At most REMARKS_MAX; none takes the band away. */
struct remark;
bool terminal_remark(struct terminal *terminal, const struct remark *remarks, size_t count, struct err *err);

/* What the staff's page shows from the next frame on; borrowed until the next call. Wanted about each second while
 * terminal_visit() says that the page is open. NULL: nothing is known. */
struct staff_state;
void terminal_staff(struct terminal *terminal, const struct staff_state *state);
/* True once after staff have asked for content now. */
bool terminal_wants_fetch(struct terminal *terminal);

void terminal_input(struct terminal *terminal, const struct input_event *event, struct clock now);

/* Lets time pass, records a frame and paints into `target` what has changed since the last frame on the same surface;
 * *changed (an initialised region) is replaced by the painted rectangles, empty when nothing changed. `fresh`: the
 * surface is new or its pixels are gone, paint all of it. */
bool terminal_frame(struct terminal *terminal, struct clock now, pixman_image_t *target, bool fresh,
		    pixman_region32_t *changed, struct err *err);

/* The same without a surface: nothing is painted, and the next terminal_frame() paints all. For the audit. */
bool terminal_record(struct terminal *terminal, struct clock now, int width, int height, pixman_region32_t *changed,
		     struct err *err);

/* When terminal_frame() must be called again though nothing was touched: a countdown, something rolling, the minute of
 * the clock. Monotonic ms. */
int64_t terminal_deadline(const struct terminal *terminal, struct clock now);

/* What the last frame means; borrowed until the next frame. For tests, reading aloud and the audit. */
const struct ui *terminal_ui(const struct terminal *terminal);
const struct visit *terminal_visit(const struct terminal *terminal);
/* The name of the screen shown, such as "home"; of the sheet over it, or NULL. */
const char *terminal_screen(const struct terminal *terminal);
const char *terminal_sheet(const struct terminal *terminal);

/* For tests, the tour and staff who look at one page: puts a visitor straight onto a screen. A set of phrases or a path
 * is its topic, a phrase its page; with any topic the staff's page is open. False when there is no such screen, language, topic or page. */
bool terminal_place(struct terminal *terminal, const char *screen, const char *lang, const char *topic,
		    const char *page, struct clock now);
/* For the same: what the visitor has chosen of how it looks. */
struct terminal_look {
	enum text_size text_size;
	bool high_contrast, calm;
};
void terminal_look(struct terminal *terminal, const struct terminal_look *look);

#endif
