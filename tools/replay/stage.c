#include "replay/stage.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/settings.h"
#include "draw/paint.h"
#include "screens/screen.h"
#include "screens/staff.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define START_MS    3600000 /* of the monotonic clock, which is not 0 on a real machine either */
#define HURRIED_MAX 50      /* frames asked for at once, one after the other */

struct stage {
	struct terminal *terminal;
	pixman_image_t *picture;
	bool fresh, blind;
	struct settings settings;
	struct staff_state staff;
	struct arena staff_arena;
	struct remark remarks[REMARKS_MAX];
	size_t remark_count;
	int64_t utc_s, mono_ms;
	struct painter *painter; /* of stage_check_picture(), made when it is first asked for */
};

/* 123456 */
static const char pin[] = "scrypt$15$8$1$192212fa783961e5a94d3e4743b610fc$"
			  "c5f0895d081e97d93deb7328eaa71db493a6ca50926e9e172f21df546e2594e7";

#define PASS_BEFORE_S 1037

static const struct staff_state all_is_well = {.version = "2026.11.23.0900",
					       .generation = 12,
					       .sentence = "nothing new",
					       .passed_well = true,
					       .mirror = "https://kiosk.example.dk",
					       .running = "2026.11.23.0900",
					       .slot = "a",
					       .other = "2026.10.05.1130",
					       .other_state = STAFF_SLOT_GOOD,
					       .free_bytes = INT64_C(18400000000),
					       .all_bytes = INT64_C(32000000000),
					       .fetch = STAFF_FETCH_READY};

static struct clock now(const struct stage *stage)
{
	return (struct clock){stage->mono_ms, stage->utc_s + (stage->mono_ms - START_MS) / 1000};
}

static bool frame(struct stage *stage, struct err *err)
{
	pixman_region32_t changed;

	pixman_region32_init(&changed);
	bool ok = stage->blind
			  ? terminal_record(stage->terminal, now(stage), pixman_image_get_width(stage->picture),
					    pixman_image_get_height(stage->picture), &changed, err)
			  : terminal_frame(stage->terminal, now(stage), stage->picture, stage->fresh, &changed, err);
	pixman_region32_fini(&changed);
	stage->fresh = stage->fresh && !ok;
	return ok || err_context(err, "a frame");
}

static bool make_picture(struct stage *stage, int width, int height, struct err *err)
{
	pixman_image_t *picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, NULL, 0);

	if (!picture)
		return err_memory(err);
	if (stage->picture)
		pixman_image_unref(stage->picture);
	stage->picture = picture;
	stage->fresh = true;
	return true;
}

static bool make_terminal(struct stage *stage, const struct stage_setup *of, struct err *err)
{
	if (!settings_parse("defaults", "", 0, &stage->settings, err))
		return false;
	struct terminal_setup setup = {
		.share = of->share,
		.idle = {stage->settings.idle_warn_s * 1000, stage->settings.idle_wipe_s * 1000},
		.doctor_phone = stage->settings.doctor_phone,
		.here = of->here,
		.staff_pin = of->staff ? pin : NULL,
	};
	if (!terminal_create(&setup, &stage->terminal, err))
		return false;
	stage->staff = all_is_well;
	stage->staff.passed_utc_s = stage->staff.good_utc_s = of->utc_s - PASS_BEFORE_S;
	terminal_staff(stage->terminal, &stage->staff);
	return true;
}

bool stage_create(const struct stage_setup *setup, struct content *content, struct stage **out, struct err *err)
{
	struct stage *stage = calloc(1, sizeof(*stage));

	if (!stage) {
		content_close(content);
		return err_memory(err);
	}
	stage->utc_s = setup->utc_s;
	stage->blind = setup->blind;
	stage->mono_ms = START_MS;
	if (!make_terminal(stage, setup, err)) {
		content_close(content);
		stage_destroy(stage);
		return false;
	}
	if (content)
		terminal_offer(stage->terminal, content);
	if (!make_picture(stage, setup->width, setup->height, err) || !frame(stage, err)) {
		stage_destroy(stage);
		return false;
	}
	*out = stage;
	return true;
}

void stage_destroy(struct stage *stage)
{
	if (!stage)
		return;
	painter_destroy(stage->painter);
	terminal_destroy(stage->terminal);
	arena_finish(&stage->staff_arena);
	if (stage->picture)
		pixman_image_unref(stage->picture);
	free(stage);
}

struct terminal *stage_terminal(struct stage *stage)
{
	return stage->terminal;
}

const struct ui *stage_ui(struct stage *stage)
{
	return terminal_ui(stage->terminal);
}

pixman_image_t *stage_picture(struct stage *stage)
{
	return stage->picture;
}

int64_t stage_now_ms(const struct stage *stage)
{
	return stage->mono_ms;
}

bool stage_resize(struct stage *stage, int width, int height, struct err *err)
{
	return make_picture(stage, width, height, err) && frame(stage, err);
}

bool stage_offer(struct stage *stage, struct content *content, struct err *err)
{
	terminal_offer(stage->terminal, content);
	return frame(stage, err);
}

bool stage_heard(struct stage *stage, int64_t utc_s, struct err *err)
{
	terminal_heard(stage->terminal, utc_s);
	return frame(stage, err);
}

bool stage_place(struct stage *stage, const char *screen, const char *lang, const char *topic, const char *page,
		 struct err *err)
{
	if (!terminal_place(stage->terminal, screen, lang, topic, page, now(stage)))
		return err_set(err, ERR_MISSING, "there is no screen %s in %s with topic %s and page %s", screen, lang,
			       topic ? topic : "(none)", page ? page : "(none)");
	return frame(stage, err);
}

static const struct staff_text {
	const char *key;
	size_t offset; /* of the text in struct staff_state */
} staff_texts[] = {
	{"version", offsetof(struct staff_state, version)}, {"empty", offsetof(struct staff_state, empty)},
	{"mirror", offsetof(struct staff_state, mirror)},   {"running", offsetof(struct staff_state, running)},
	{"slot", offsetof(struct staff_state, slot)},       {"update", offsetof(struct staff_state, update)},
};

static bool take_number(const char *key, const char *value, int64_t *number, struct err *err)
{
	char *end = NULL;
	*number = strtoll(value, &end, 10);
	return (end != value && *end == '\0' && *number >= 0) ||
	       err_set(err, ERR_FORMAT, "%s=%s: no number", key, value);
}

static bool take_fact(struct stage *stage, const char *key, const char *value, struct err *err)
{
	struct staff_state *staff = &stage->staff;
	int64_t ago_s = 0;

	for (size_t i = 0; i < ARRAY_LEN(staff_texts); i++)
		if (strcmp(staff_texts[i].key, key) == 0) {
			*(const char **)((char *)staff + staff_texts[i].offset) = value;
			return true;
		}
	if (strcmp(key, "fetch") == 0) {
		staff->fetch = STAFF_FETCH_READY;
		return true;
	}
	if (strcmp(key, "generation") == 0)
		return take_number(key, value, &staff->generation, err);
	if (strcmp(key, "passed") != 0)
		return err_set(err, ERR_FORMAT, "%s: nothing of that name is shown", key);
	if (!take_number(key, value, &ago_s, err))
		return false;
	staff->sentence = "";
	staff->passed_well = true;
	staff->passed_utc_s = staff->good_utc_s = now(stage).utc_s - ago_s;
	return true;
}

bool stage_staff(struct stage *stage, const char *const *facts, size_t count, struct err *err)
{
	stage->staff = (struct staff_state){0};
	arena_reset(&stage->staff_arena);
	for (size_t i = 0; i < count; i++) {
		char *fact = arena_text(&stage->staff_arena, facts[i], strlen(facts[i]));
		if (!fact)
			return err_memory(err);
		char *value = strchr(fact, '=');
		if (value)
			*value++ = '\0';
		if (!take_fact(stage, fact, value ? value : "", err))
			return false;
	}
	return frame(stage, err);
}

bool stage_remark(struct stage *stage, const char *place, const char *text, struct err *err)
{
	if (stage->remark_count == REMARKS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d remarks", REMARKS_MAX);
	stage->remarks[stage->remark_count++] = (struct remark){place, text};
	return terminal_remark(stage->terminal, stage->remarks, stage->remark_count, err) && frame(stage, err);
}

bool stage_look(struct stage *stage, const struct terminal_look *look, struct err *err)
{
	terminal_look(stage->terminal, look);
	return frame(stage, err);
}

bool stage_input(struct stage *stage, struct input_event event, struct err *err)
{
	event.time_ms = stage->mono_ms;
	terminal_input(stage->terminal, &event, now(stage));
	return frame(stage, err);
}

bool stage_wait(struct stage *stage, int64_t ms, int *frames, struct err *err)
{
	int64_t end_ms = stage->mono_ms + ms;
	int drawn = 0;

	for (int hurried = 0; hurried <= HURRIED_MAX; drawn++) {
		int64_t deadline_ms = terminal_deadline(stage->terminal, now(stage));
		bool at_once = deadline_ms <= stage->mono_ms;
		hurried = at_once ? hurried + 1 : 0;
		if (at_once)
			deadline_ms = stage->mono_ms + 1; /* a frame takes time, too */
		if (deadline_ms > end_ms) {
			stage->mono_ms = end_ms;
			if (frames)
				*frames = drawn;
			return true;
		}
		stage->mono_ms = deadline_ms;
		if (!frame(stage, err))
			return false;
	}
	return err_set(err, ERR_LIMIT, "%d frames one after the other asked for another at once", HURRIED_MAX);
}

/* The first row and column where two pictures of the same size differ. */
static bool find_difference(pixman_image_t *a, pixman_image_t *b, int *x, int *y)
{
	int stride = pixman_image_get_stride(a) / (int)sizeof(uint32_t);
	int width = pixman_image_get_width(a), height = pixman_image_get_height(a);

	for (*y = 0; *y < height; ++*y) {
		const uint32_t *left = pixman_image_get_data(a) + (ptrdiff_t)*y * stride;
		const uint32_t *right = pixman_image_get_data(b) + (ptrdiff_t)*y * stride;
		for (*x = 0; *x < width; ++*x)
			if ((left[*x] ^ right[*x]) & 0xFFFFFF)
				return true;
	}
	return false;
}

bool stage_check_picture(struct stage *stage, struct err *err)
{
	int x = 0, y = 0;

	if (!stage->painter)
		stage->painter = painter_create();
	pixman_image_t *whole = pixman_image_create_bits(PIXMAN_x8r8g8b8, pixman_image_get_width(stage->picture),
							 pixman_image_get_height(stage->picture), NULL, 0);
	if (!stage->painter || !whole) {
		if (whole)
			pixman_image_unref(whole);
		return err_memory(err);
	}
	bool ok = paint(stage->painter, ui_list(stage_ui(stage)), whole, NULL, err);
	if (ok && find_difference(stage->picture, whole, &x, &y))
		ok = err_set(err, ERR_FORMAT, "the pixel at %d,%d is stale: it was not painted when it changed", x, y);
	pixman_image_unref(whole);
	return ok;
}
