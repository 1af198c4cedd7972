#include "kiosk/loop.h"

#include "base/clock.h"
#include "base/log.h"
#include "content/content.h"
#include "kiosk/beat.h"
#include "kiosk/condition.h"
#include "kiosk/heard.h"
#include "kiosk/night.h"
#include "kiosk/notify.h"
#include "kiosk/picture.h"
#include "kiosk/preview.h"
#include "kiosk/rescue.h"
#include "screens/terminal.h"
#include "store/store.h"

#define LOOP_RETRY_MS     60000 /* longest sleep, and how often what failed is tried again */
#define LOOP_EMPTY_MS     1000  /* how often a store is looked at that has nothing to show yet */
#define LOOP_FAILED_MS    500   /* until a frame that could not be shown is tried again */
#define LOOP_FAILURES_MAX 5     /* of such frames in a row */

enum loop_face {
	FACE_TERMINAL,
	FACE_RESCUE
};

struct loop {
	const struct loop_setup *setup;
	struct terminal *terminal; /* NULL while it cannot be made */
	struct store *store;       /* NULL until there is one */
	int64_t generation;        /* the one last looked at, -1: none */
	bool has_content;
	struct err empty; /* why the store does not say what to show; no text: it does */
	bool told_empty;  /* that, in the log */
	bool ended;
	bool exposed;        /* the pixels on the glass are gone */
	enum loop_face face; /* what stands on the glass */
	int64_t retry_ms;    /* while that is the rescue screen: when to try again */
	int failures;
	int64_t frame_ms; /* no frame before then: the glass still shows the last one, or has just failed to */
	struct preview preview;
	struct condition condition;
	int64_t condition_ms; /* when it is looked at again, while staff look at it */
	struct heard heard;
	struct notify notify;
	int64_t touched_ms; /* the last touch or key, or the start */
	bool dark;          /* the screen is off (night.h) */
};

static bool loop_open(const struct loop *loop, int64_t generation, struct content **out, struct err *err)
{
	char path[STORE_PATH_MAX];
	struct content_objects objects = {store_object_read, loop->store};

	return store_generation_path(loop->store, generation, "index.db", path, err) &&
	       content_open(path, objects, out, err);
}

/* The generation, or, when it is damaged and there is nothing else to show, the newest one before that is not. */
static bool loop_open_best(const struct loop *loop, int64_t generation, struct content **out)
{
	struct err err;

	while (!loop_open(loop, generation, out, &err)) {
		log_error("generation %lld cannot be shown: %s", (long long)generation, err.text);
		if (loop->has_content || !store_previous(loop->store, generation, &generation, &err))
			return false;
	}
	log_info("generation %lld is ready", (long long)generation);
	return true;
}

/* The generation to show; when the store cannot tell which, and there is nothing to show, the newest there is. */
static bool loop_find_generation(struct loop *loop, int64_t *generation)
{
	struct err *err = &loop->empty;

	if (loop->store || store_open(loop->setup->settings->store, STORE_READ, &loop->store, err)) {
		if (store_current(loop->store, generation, err)) {
			*err = (struct err){0};
			return true;
		}
	} else {
		loop->store = NULL;
	}
	if (!loop->told_empty && err->code == ERR_MISSING)
		log_info("the store %s is empty; vejviser-sync fills it", loop->setup->settings->store);
	else if (!loop->told_empty)
		log_error("%s", err->text);
	loop->told_empty = true;
	struct err unused;
	return loop->store && !loop->has_content && err->code != ERR_MISSING &&
	       store_previous(loop->store, INT64_MAX, generation, &unused);
}

/* Takes up the store's current generation when it is another than before. */
static void loop_take_content(struct loop *loop)
{
	int64_t generation = -1;
	struct content *content = NULL;

	if (!loop_find_generation(loop, &generation) || generation == loop->generation)
		return;
	loop->generation = generation;
	if (!loop_open_best(loop, generation, &content))
		return;
	terminal_offer(loop->terminal, content);
	loop->has_content = true;
	if (loop->setup->preview)
		preview_place(&loop->preview, loop->setup->preview, loop->terminal);
}

static void loop_hear(struct loop *loop)
{
	int64_t utc_s = 0;

	if (loop->store && heard_look(&loop->heard, store_dir(loop->store), clock_now().mono_ms, &utc_s))
		terminal_heard(loop->terminal, utc_s);
}

static void loop_make_terminal(struct loop *loop)
{
	const struct settings *settings = loop->setup->settings;
	struct err err;
	struct terminal_setup setup = {
		.share = loop->setup->share,
		.idle = {settings->idle_warn_s * 1000, settings->idle_wipe_s * 1000},
		.doctor_phone = settings->doctor_phone,
		.here = settings->here,
		.staff_pin = settings->staff_pin,
		.at_once = loop->setup->preview != NULL,
	};
	if (loop->setup->preview)
		setup.idle = preview_idle;
	if (!terminal_create(&setup, &loop->terminal, &err)) {
		loop->terminal = NULL;
		log_error("the screens cannot be made: %s", err.text);
	} else if (loop->setup->faults) {
		preview_faults(loop->setup->faults, loop->terminal);
	} else if (loop->setup->remarks) {
		preview_remark(loop->setup->remarks, loop->terminal);
	}
}

/* A generation is there but none could be opened: nothing that staff wrote can be shown. */
static bool loop_is_lost(const struct loop *loop)
{
	return !loop->terminal || (loop->generation >= 0 && !loop->has_content);
}

static bool loop_rescue(struct loop *loop, bool fresh, struct err *err)
{
	if (loop->face == FACE_RESCUE && !fresh)
		return true;
	if (loop->face != FACE_RESCUE)
		log_warn("showing the rescue screen");
	loop->face = FACE_RESCUE;
	return rescue_show(loop->setup->presenter, loop->setup->share, loop->setup->settings->doctor_phone, err);
}

/* True when there is something better to show than the rescue screen; while there is not, looks for it each minute. */
static bool loop_is_ready(struct loop *loop)
{
	int64_t now_ms = clock_now().mono_ms;

	if (loop->face == FACE_RESCUE && now_ms < loop->retry_ms)
		return false;
	if (!loop->terminal)
		loop_make_terminal(loop);
	if (loop->terminal && loop->generation < 0)
		loop_take_content(loop);
	if (!loop_is_lost(loop))
		return true;
	loop->generation = -1;
	loop->retry_ms = now_ms + LOOP_RETRY_MS;
	return false;
}

/* What the settings say of the screen wins over what it says of itself. */
static float loop_mm_per_px(const struct loop *loop, pixman_image_t *target)
{
	int64_t width_mm = loop->setup->settings->screen_width_mm;

	if (width_mm == 0)
		width_mm = loop->setup->presenter->width_mm;
	return (float)width_mm / (float)pixman_image_get_width(target);
}

static bool loop_is_staffed(const struct loop *loop)
{
	return loop->terminal && terminal_visit(loop->terminal)->staff;
}

static void loop_look(struct loop *loop, struct clock now)
{
	if (terminal_wants_fetch(loop->terminal))
		condition_fetch(&loop->condition, now);
	else if (!loop_is_staffed(loop) || now.mono_ms < loop->condition_ms)
		return;
	loop->condition_ms = now.mono_ms + CONDITION_LOOK_MS;
	struct condition_store store = {loop->store, loop->generation, loop->empty.text};
	terminal_staff(loop->terminal, condition_look(&loop->condition, &store, now));
}

static bool loop_frame(struct loop *loop, struct err *err)
{
	struct presenter *presenter = loop->setup->presenter;
	pixman_image_t *target = NULL;
	bool fresh = false;

	if (!presenter->surface(presenter, &target, &fresh, err))
		return false;
	fresh = fresh || loop->exposed;
	loop->exposed = false;
	if (!loop_is_ready(loop))
		return loop_rescue(loop, fresh, err);
	fresh = fresh || loop->face != FACE_TERMINAL;
	loop->face = FACE_TERMINAL;
	loop_look(loop, clock_now());
	terminal_measure(loop->terminal, loop_mm_per_px(loop, target));
	pixman_region32_t changed;
	pixman_region32_init(&changed);
	terminal_pace(loop->terminal, (beat_frame_us(presenter->frame_us) + 500) / 1000);
	bool shown = terminal_frame(loop->terminal, clock_now(), target, fresh, &changed, err);
	if (shown && pixman_region32_not_empty(&changed)) {
		shown = presenter->present(presenter, &changed, err);
		loop->frame_ms = beat_next(clock_now().mono_ms, presenter->frame_us);
	}
	pixman_region32_fini(&changed);
	return shown;
}

static bool loop_is_visited(const struct loop *loop)
{
	return loop->terminal && terminal_visit(loop->terminal)->state != VISIT_AWAY;
}

static bool loop_black(struct presenter *presenter, struct err *err)
{
	static const pixman_color_t black = {0, 0, 0, 0xFFFF};
	pixman_image_t *target = NULL;
	bool fresh = false;

	if (!presenter->surface(presenter, &target, &fresh, err))
		return false;
	unsigned width = (unsigned)pixman_image_get_width(target);
	unsigned height = (unsigned)pixman_image_get_height(target);
	pixman_box32_t box = {0, 0, (int)width, (int)height};
	pixman_image_fill_boxes(PIXMAN_OP_SRC, target, &black, 1, &box);
	pixman_region32_t all;
	pixman_region32_init_rect(&all, 0, 0, width, height);
	bool shown = presenter->present(presenter, &all, err);
	pixman_region32_fini(&all);
	return shown;
}

/* Puts the screen out or lights it again when it is time. */
static bool loop_night(struct loop *loop, struct err *err)
{
	const struct settings *settings = loop->setup->settings;
	struct presenter *presenter = loop->setup->presenter;
	struct clock now = clock_now();
	bool dark = !loop->setup->preview && night_is(&settings->screen_off, now.utc_s) && !loop_is_visited(loop) &&
		    now.mono_ms - loop->touched_ms >= settings->idle_warn_s * 1000;

	if (dark == loop->dark)
		return true;
	if (dark && !loop_black(presenter, err))
		return false;
	if (!presenter->light(presenter, !dark, err)) {
		if (!dark)
			return false;
		log_warn("the screen is black only: %s", err->text);
	}
	log_info(dark ? "the screen is off" : "the screen is lit");
	loop->dark = dark;
	loop->exposed = true;
	return true;
}

/* What the glass shows is not what was painted: all of it again, soon. */
static void loop_failed(struct loop *loop, int64_t now_ms)
{
	loop->exposed = true;
	loop->frame_ms = now_ms + LOOP_FAILED_MS;
}

static void loop_report(struct loop *loop)
{
	struct presenter *presenter = loop->setup->presenter;
	int64_t now_ms = clock_now().mono_ms;
	enum notify_state state = loop->dark                  ? NOTIFY_DARK
				  : loop->face == FACE_RESCUE ? NOTIFY_RESCUE
				  : presenter->unseen         ? NOTIFY_UNSEEN
							      : NOTIFY_SHOWN;

	notify_visit(&loop->notify, loop_is_visited(loop));
	if (!notify_is_due(&loop->notify, state, now_ms))
		return;
	if (state != NOTIFY_DARK && picture_is_blank(presenter->shown(presenter))) {
		if (loop->notify.told != NOTIFY_BLANK)
			log_error("the picture is blank");
		state = NOTIFY_BLANK;
		loop_failed(loop, now_ms);
	}
	notify_tell(&loop->notify, state, now_ms);
}

static void loop_input(struct loop *loop, const struct input_event *input)
{
	struct clock now = clock_now();

	notify_visit(&loop->notify, true);
	if (input->kind != INPUT_CANCEL)
		loop->touched_ms = now.mono_ms;
	/* A touch on a dark screen wakes it and presses nothing, nor does its end: no screen knows of this finger. */
	if (!loop->dark && loop->terminal && loop->face == FACE_TERMINAL)
		terminal_input(loop->terminal, input, now);
}

static void loop_event(struct loop *loop, const struct presenter_event *event)
{
	if (event->kind == PRESENTER_QUIT)
		loop->ended = true;
	if (event->kind == PRESENTER_EXPOSED)
		loop->exposed = true;
	if (event->kind == PRESENTER_INPUT)
		loop_input(loop, &event->input);
}

/* When the next frame is due: at the latest LOOP_RETRY_MS from now, when the night may be over, or the clock another. */
static int64_t loop_due(const struct loop *loop, struct clock now)
{
	bool empty = loop->face == FACE_TERMINAL && !loop->has_content && !loop->dark;
	int64_t latest = now.mono_ms + (loop->setup->preview ? PREVIEW_LOOK_MS : empty ? LOOP_EMPTY_MS : LOOP_RETRY_MS);

	if (loop->failures > 0 || (loop->exposed && !loop->dark))
		return loop->frame_ms;
	if (loop->dark)
		return latest;
	int64_t deadline = loop->face == FACE_TERMINAL ? terminal_deadline(loop->terminal, now) : loop->retry_ms;
	if (loop_is_staffed(loop) && loop->condition_ms < deadline)
		deadline = loop->condition_ms;
	deadline = beat_deadline(now.mono_ms, deadline, loop->setup->presenter->frame_us);
	return deadline < latest ? deadline : latest;
}

static int64_t loop_deadline(const struct loop *loop, struct clock now)
{
	int64_t due = loop_due(loop, now);
	int64_t told = notify_deadline(&loop->notify);

	/* While it fails there is nothing to tell. */
	return loop->failures > 0 || due < told ? due : told;
}

/* Until the deadline, or something happens. */
static bool loop_sleep(struct loop *loop, int64_t deadline, bool *woken, struct err *err)
{
	struct presenter *presenter = loop->setup->presenter;
	struct clock now = clock_now();
	struct presenter_event event;

	if (!presenter->next(presenter, deadline - now.mono_ms, &event, err))
		return false;
	/* Before the touch is acted on, so that the screen it opens already shows what is new. */
	if (loop->terminal && loop->face == FACE_TERMINAL) {
		loop_take_content(loop);
		loop_hear(loop);
		if (loop->setup->preview)
			preview_look(&loop->preview, loop->store, loop->terminal);
	}
	*woken = event.kind != PRESENTER_NOTHING;
	while (event.kind) {
		loop_event(loop, &event);
		if (loop->ended)
			break;
		if (!presenter->next(presenter, 0, &event, err))
			return false;
	}
	return true;
}

/* A finger tells more often where it is than the glass shows a picture: what comes before the next one waits for it. So
 * does what comes while the glass fails, or touches would use up its trials. */
static bool loop_wait(struct loop *loop, struct err *err)
{
	int64_t deadline = loop_deadline(loop, clock_now());
	bool woken = false;

	do {
		if (!loop_sleep(loop, deadline, &woken, err))
			return false;
		deadline = loop->frame_ms;
	} while (woken && !loop->ended && clock_now().mono_ms < loop->frame_ms);
	return true;
}

bool loop_run(const struct loop_setup *setup, struct err *err)
{
	struct loop loop = {.setup = setup,
			    .generation = -1,
			    .exposed = true,
			    .condition = {.folder = setup->wishes},
			    .touched_ms = clock_now().mono_ms};
	bool well = true;

	notify_open(&loop.notify);
	while (!loop.ended && well) {
		struct err fault;
		if (loop_night(&loop, &fault) && (loop.dark || loop_frame(&loop, &fault))) {
			loop.failures = 0;
			loop_report(&loop);
		} else {
			log_error("a frame could not be shown: %s", fault.text);
			loop_failed(&loop, clock_now().mono_ms);
			if (++loop.failures >= LOOP_FAILURES_MAX) {
				*err = fault;
				well = false;
			}
		}
		well = well && loop_wait(&loop, err);
	}
	preview_finish(&loop.preview);
	terminal_destroy(loop.terminal);
	condition_finish(&loop.condition);
	store_close(loop.store);
	return well;
}
