/* glass -- a glass of memory before the loop, with a clock of our own: what happens to a kiosk, step by step, in no time.
 *
 * For a test program whose .wrap file lists clock_now. PLAY() runs the loop through an array of steps, the last of which
 * ends it, with the content in `store`, and `heard` has what systemd was told.
 */
#ifndef TESTS_KIOSK_GLASS_H
#define TESTS_KIOSK_GLASS_H

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "kiosk/loop.h"
#include "little_store.h"
#include "systemd.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH  540
#define HEIGHT 960
#define MINUTE 60000

/* Each step: what happens after so many ms at the latest, and what must be true then. */
enum look {
	ANY,
	BLACK, /* the glass sleeps */
	LIT
};

struct step {
	int64_t wait_ms; /* until it happens; the loop may wake before */
	enum presenter_event_kind kind;
	enum input_kind input;
	enum input_key key;
	int finger;
	enum look look;      /* before it happens */
	const char *heard;   /* since the step before; NULL: anything */
	int wakes;           /* without anything having happened, since the step before; 0: any number */
	void (*doing)(void); /* what else happens then; may be NULL */
};

static struct clock now;
static char store[64];
static const char *remarks, *faults; /* as struct loop_setup has them */

static struct glass {
	struct presenter presenter; /* first, so that one is the other */
	pixman_image_t *picture;
	const struct step *steps, *end;
	int64_t since_ms; /* the step before */
	int wakes, frames, presented, refused;
	int64_t refuses_ms;  /* until then it can neither show nor light anything, nor go to sleep */
	bool asleep, spoilt; /* what is presented is lost */
} glass;

struct clock __wrap_clock_now(void);

struct clock __wrap_clock_now(void)
{
	return now;
}

static inline void pass(int64_t ms)
{
	now.utc_s += (now.mono_ms + ms) / 1000 - now.mono_ms / 1000;
	now.mono_ms += ms;
}

/* What was said since, but STATUS, with a comma after each word. */
static char heard[4096];

/* Often, since systemd's socket holds few words, and sd_notify() waits. */
static inline void hear(void)
{
	systemd_hear(heard, sizeof heard);
}

static inline bool glass_surface(struct presenter *self, pixman_image_t **target, bool *fresh, struct err *err)
{
	(void)self;
	(void)err;
	glass.frames++;
	*target = glass.picture;
	*fresh = false;
	return true;
}

static inline bool glass_refuses(struct err *err)
{
	if (now.mono_ms >= glass.refuses_ms)
		return false;
	glass.refused++;
	return !err_set(err, ERR_IO, "refused");
}

static inline bool glass_present(struct presenter *self, pixman_region32_t *changed, struct err *err)
{
	(void)self;
	assert_true(pixman_region32_not_empty(changed));
	if (glass_refuses(err))
		return false;
	glass.presented++;
	if (glass.spoilt)
		memset(pixman_image_get_data(glass.picture), 0,
		       (size_t)pixman_image_get_stride(glass.picture) * HEIGHT);
	return true;
}

static inline pixman_image_t *glass_shown(struct presenter *self)
{
	(void)self;
	return glass.picture;
}

static inline bool glass_light(struct presenter *self, bool on, struct err *err)
{
	(void)self;
	if (glass_refuses(err))
		return false;
	glass.asleep = !on;
	return true;
}

/* Rows with nothing on them: none of a picture that is whole. */
static inline int black_rows(void)
{
	const uint32_t *bits = pixman_image_get_data(glass.picture);
	int black = 0;

	for (int y = 0; y < HEIGHT; y++) {
		int x = 0;
		while (x < WIDTH && !(bits[y * WIDTH + x] & 0xFFFFFF))
			x++;
		black += x == WIDTH;
	}
	return black;
}

static inline void check(const struct step *step)
{
	print_message("# %d steps to the end, %s\n", (int)(glass.end - step), heard);
	if (step->look != ANY) {
		assert_int_equal(glass.asleep, step->look == BLACK);
		assert_int_equal(black_rows(), step->look == BLACK ? HEIGHT : 0);
	}
	if (step->heard)
		assert_string_equal(heard, step->heard);
	heard[0] = '\0';
	if (step->wakes > 0)
		assert_int_equal(glass.wakes, step->wakes);
}

static inline bool glass_next(struct presenter *self, int64_t timeout_ms, struct presenter_event *event,
			      struct err *err)
{
	(void)self;
	(void)err;
	*event = (struct presenter_event){0};
	hear();
	if (timeout_ms <= 0) { /* what is left of events, or something moves */
		pass(1);
		return true;
	}
	assert_true(glass.steps < glass.end);
	const struct step *step = glass.steps;
	int64_t left_ms = glass.since_ms + step->wait_ms - now.mono_ms;
	left_ms = left_ms > 0 ? left_ms : 0;
	pass(timeout_ms < left_ms ? timeout_ms : left_ms);
	if (timeout_ms < left_ms) {
		glass.wakes++;
		return true;
	}
	check(step);
	if (step->doing)
		step->doing();
	event->kind = step->kind;
	event->input = (struct input_event){.kind = step->input,
					    .key = step->key,
					    .finger = step->finger,
					    .x = WIDTH / 2.0f,
					    .y = HEIGHT * 0.85f,
					    .time_ms = now.mono_ms};
	glass.steps++;
	glass.wakes = 0;
	glass.since_ms = now.mono_ms;
	return true;
}

/* Runs the steps, the last of which ends the loop. */
static inline void play(const char *conf, const char *utc, const struct step *steps, size_t count)
{
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct settings settings;
	struct err err;

	hear();
	heard[0] = '\0';
	assert_true(settings_parse("conf", conf, strlen(conf), &settings, &err));
	snprintf(settings.store, sizeof settings.store, "%s", store);
	now.mono_ms = 5000000;
	assert_true(clock_parse_utc(utc, &now.utc_s));
	bool spoilt = glass.spoilt;
	glass = (struct glass){.presenter = {.surface = glass_surface,
					     .present = glass_present,
					     .shown = glass_shown,
					     .light = glass_light,
					     .next = glass_next},
			       .picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH, HEIGHT, NULL, 0),
			       .steps = steps,
			       .end = steps + count,
			       .since_ms = now.mono_ms,
			       .spoilt = spoilt};
	struct loop_setup setup = {.presenter = &glass.presenter,
				   .share = share ? share : "build/share",
				   .settings = &settings,
				   .remarks = remarks,
				   .faults = faults};
	assert_true(loop_run(&setup, &err));
	assert_ptr_equal(glass.steps, glass.end);
	pixman_image_unref(glass.picture);
}

#define PLAY(conf, utc, steps) play(conf, utc, steps, ARRAY_LEN(steps))
#define READY                  "READY=1,WATCHDOG_USEC=130000000,WATCHDOG=1,"

static inline int glass_set_up(void **state)
{
	(void)state;
	if (!systemd_listen())
		return -1;
	setenv("TZ", "Europe/Copenhagen", 1);
	snprintf(store, sizeof store, "/tmp/vejviser-loop-XXXXXX");
	assert_non_null(mkdtemp(store));
	little_store_make(store, (void (*const[])(const char *)){little_store_index}, 1);
	return 0;
}

static inline int glass_tear_down(void **state)
{
	struct err err;

	(void)state;
	assert_true(file_remove(AT_FDCWD, store, &err));
	return close(systemd);
}

#endif
