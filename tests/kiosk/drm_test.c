/* The presenter without a desktop, between a card, devices and plugs of our own. */
#include "kiosk/drm.h"

#include "base/array.h"
#include "base/file.h"
#include "kiosk/card.h"
#include "kiosk/devices.h"
#include "little_store.h"
#include "screens/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH  64
#define HEIGHT 32

/* Of a kiosk that is looked at and touched. */
#define UPRIGHT_WIDTH  540
#define UPRIGHT_HEIGHT 960
#define PICTURES       3

struct udev;
struct udev_device;
struct udev_monitor;

static struct {
	pixman_image_t *panel; /* NULL: none */
	bool broken;           /* the card does not answer */
	bool unlit;            /* what it lit last cannot be lit again */
	int looks, lit, open;  /* how often it was looked at; ...; card, devices, udev and its monitor that are open */
	int plugs[2], touches[2];
	int waiting;              /* touches to be told */
	struct input_event touch; /* which they are, x and y as shares of the panel's sides */
	int calls, failing;
} world;

static bool fails(void)
{
	return ++world.calls == world.failing;
}

bool __wrap_card_open(const char *path, struct card *card, struct err *err);
bool __wrap_card_look(struct card *card, bool *fresh, struct err *err);
bool __wrap_card_show(struct card *card, pixman_region32_t *changed, struct err *err);
bool __wrap_card_light(struct card *card, bool on, struct err *err);
void __wrap_card_close(struct card *card);
bool __wrap_devices_open(struct udev *udev, struct devices **out, struct err *err);
int __wrap_devices_fd(const struct devices *devices);
bool __wrap_devices_next(struct devices *devices, const struct turn_view *view, int64_t now_ms,
			 struct input_event *input);
int64_t __wrap_devices_deadline(const struct devices *devices);
void __wrap_devices_close(struct devices *devices);
struct udev *__wrap_udev_new(void);
struct udev *__wrap_udev_unref(struct udev *udev);
struct udev_monitor *__wrap_udev_monitor_new_from_netlink(struct udev *udev, const char *name);
int __wrap_udev_monitor_filter_add_match_subsystem_devtype(struct udev_monitor *monitor, const char *subsystem,
							   const char *type);
int __wrap_udev_monitor_enable_receiving(struct udev_monitor *monitor);
int __wrap_udev_monitor_get_fd(struct udev_monitor *monitor);
struct udev_device *__wrap_udev_monitor_receive_device(struct udev_monitor *monitor);
struct udev_monitor *__wrap_udev_monitor_unref(struct udev_monitor *monitor);
struct udev_device *__wrap_udev_device_unref(struct udev_device *device);
int __wrap_sd_event_new(sd_event **out);
int __real_sd_event_new(sd_event **out);
int __wrap_sd_event_add_io(sd_event *event, sd_event_source **source, int fd, uint32_t what,
			   sd_event_io_handler_t function, void *data);
int __real_sd_event_add_io(sd_event *event, sd_event_source **source, int fd, uint32_t what,
			   sd_event_io_handler_t function, void *data);
int __wrap_sd_event_add_signal(sd_event *event, sd_event_source **source, int number,
			       sd_event_signal_handler_t function, void *data);
int __real_sd_event_add_signal(sd_event *event, sd_event_source **source, int number,
			       sd_event_signal_handler_t function, void *data);

bool __wrap_card_open(const char *path, struct card *card, struct err *err)
{
	assert_null(path);
	*card = (struct card){.fd = -1};
	if (fails())
		return err_set(err, ERR_IO, "no card");
	card->fd = 1000;
	world.open++;
	return true;
}

bool __wrap_card_look(struct card *card, bool *fresh, struct err *err)
{
	world.looks++;
	if (world.broken)
		return err_set(err, ERR_IO, "no answer");
	if (world.panel) {
		card->image = world.panel;
		card->width_mm = 400;
		card->height_mm = 200;
		card->mode.vrefresh = 60;
	}
	card->connected = *fresh = world.panel != NULL;
	return true;
}

bool __wrap_card_show(struct card *card, pixman_region32_t *changed, struct err *err)
{
	(void)card;
	(void)err;
	assert_true(pixman_region32_not_empty(changed));
	return true;
}

bool __wrap_card_light(struct card *card, bool on, struct err *err)
{
	(void)card;
	if (world.unlit)
		return err_set(err, ERR_IO, "not lit");
	world.lit += on ? 1 : -1;
	return true;
}

void __wrap_card_close(struct card *card)
{
	world.open -= card->fd == 1000;
}

bool __wrap_devices_open(struct udev *udev, struct devices **out, struct err *err)
{
	assert_ptr_equal(udev, &world);
	if (fails())
		return err_set(err, ERR_IO, "no devices");
	*out = (struct devices *)&world;
	world.open++;
	return true;
}

int __wrap_devices_fd(const struct devices *devices)
{
	assert_ptr_equal(devices, &world);
	return world.touches[0];
}

bool __wrap_devices_next(struct devices *devices, const struct turn_view *view, int64_t now_ms,
			 struct input_event *input)
{
	char byte;

	(void)devices;
	while (read(world.touches[0], &byte, 1) == 1)
		world.waiting++;
	if (world.waiting == 0)
		return false;
	world.waiting--;
	*input = (struct input_event){.time_ms = now_ms};
	turn_touch(view, world.touch.x, world.touch.y, world.touch.kind, 1, input);
	return true;
}

int64_t __wrap_devices_deadline(const struct devices *devices)
{
	(void)devices;
	return INT64_MAX;
}

void __wrap_devices_close(struct devices *devices)
{
	world.open -= devices != NULL;
}

struct udev *__wrap_udev_new(void)
{
	world.open++;
	return (struct udev *)&world;
}

struct udev *__wrap_udev_unref(struct udev *udev)
{
	world.open -= udev != NULL;
	return NULL;
}

struct udev_monitor *__wrap_udev_monitor_new_from_netlink(struct udev *udev, const char *name)
{
	assert_ptr_equal(udev, &world);
	assert_string_equal(name, "udev");
	if (fails())
		return NULL;
	world.open++;
	return (struct udev_monitor *)&world;
}

int __wrap_udev_monitor_filter_add_match_subsystem_devtype(struct udev_monitor *monitor, const char *subsystem,
							   const char *type)
{
	(void)monitor;
	assert_string_equal(subsystem, "drm");
	assert_null(type);
	return fails() ? -1 : 0;
}

int __wrap_udev_monitor_enable_receiving(struct udev_monitor *monitor)
{
	(void)monitor;
	return fails() ? -1 : 0;
}

int __wrap_udev_monitor_get_fd(struct udev_monitor *monitor)
{
	(void)monitor;
	return world.plugs[0];
}

struct udev_device *__wrap_udev_monitor_receive_device(struct udev_monitor *monitor)
{
	char byte;

	(void)monitor;
	return read(world.plugs[0], &byte, 1) == 1 ? (struct udev_device *)&world : NULL;
}

struct udev_monitor *__wrap_udev_monitor_unref(struct udev_monitor *monitor)
{
	world.open -= monitor != NULL;
	return NULL;
}

struct udev_device *__wrap_udev_device_unref(struct udev_device *device)
{
	(void)device;
	return NULL;
}

int __wrap_sd_event_new(sd_event **out)
{
	return fails() ? -ENOMEM : __real_sd_event_new(out);
}

int __wrap_sd_event_add_io(sd_event *event, sd_event_source **source, int fd, uint32_t what,
			   sd_event_io_handler_t function, void *data)
{
	return fails() ? -ENOMEM : __real_sd_event_add_io(event, source, fd, what, function, data);
}

int __wrap_sd_event_add_signal(sd_event *event, sd_event_source **source, int number,
			       sd_event_signal_handler_t function, void *data)
{
	return fails() ? -ENOMEM : __real_sd_event_add_signal(event, source, number, function, data);
}

static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof world);
	assert_int_equal(pipe2(world.plugs, O_NONBLOCK | O_CLOEXEC), 0);
	assert_int_equal(pipe2(world.touches, O_NONBLOCK | O_CLOEXEC), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		close(world.plugs[i]);
		close(world.touches[i]);
	}
	if (world.panel)
		pixman_image_unref(world.panel);
	return 0;
}

static struct presenter *opened(int degrees)
{
	struct presenter *presenter = NULL;
	struct err err;

	assert_true(drm_create(NULL, degrees, &presenter, &err));
	assert_int_equal(world.open, 4);
	return presenter;
}

static void plug_in(void)
{
	world.panel = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH, HEIGHT, NULL, 0);
	assert_int_equal(write(world.plugs[1], "xx", 2), 2);
}

static struct presenter_event next(struct presenter *presenter, int64_t timeout_ms)
{
	struct presenter_event event;
	struct err err;

	assert_true(presenter->next(presenter, timeout_ms, &event, &err));
	return event;
}

static pixman_image_t *surface(struct presenter *presenter, bool fresh)
{
	pixman_image_t *target = NULL;
	bool is_fresh = false;
	struct err err;

	assert_true(presenter->surface(presenter, &target, &is_fresh, &err));
	assert_int_equal(is_fresh, fresh);
	assert_non_null(target);
	return target;
}

static void paint(struct presenter *presenter, uint32_t colour)
{
	pixman_image_t *target = surface(presenter, false);
	int width = pixman_image_get_width(target);
	int height = pixman_image_get_height(target);
	pixman_region32_t all;
	struct err err;

	for (int i = 0; i < pixman_image_get_stride(target) / 4 * height; i++)
		pixman_image_get_data(target)[i] = colour;
	pixman_region32_init_rect(&all, 0, 0, (unsigned)width, (unsigned)height);
	assert_true(presenter->present(presenter, &all, &err));
	pixman_region32_fini(&all);
	assert_int_equal(pixman_image_get_data(presenter->shown(presenter))[5] & 0xFFFFFF, colour);
}

static void test_a_picture_before_there_is_a_panel(void **state)
{
	struct presenter *presenter = opened(0);

	(void)state;
	surface(presenter, true);
	assert_true(presenter->unseen);
	assert_int_equal(presenter->width_mm, 0);
	assert_int_equal(presenter->frame_us, 0);
	paint(presenter, 0x123456);
	assert_int_equal(next(presenter, 1).kind, PRESENTER_NOTHING);
	assert_int_equal(world.looks, 1); /* not again until a plug moves */

	plug_in();
	assert_int_equal(next(presenter, 60000).kind, PRESENTER_EXPOSED);
	assert_int_equal(next(presenter, 0).kind, PRESENTER_NOTHING); /* told once */
	pixman_image_t *target = surface(presenter, true);
	assert_int_equal(pixman_image_get_width(target), WIDTH);
	assert_ptr_not_equal(target, world.panel); /* painted aside, */
	paint(presenter, 0x654321);
	assert_int_equal(pixman_image_get_data(world.panel)[5] & 0xFFFFFF, 0x654321); /* and copied */
	assert_false(presenter->unseen);
	assert_int_equal(presenter->width_mm, 400);
	assert_int_equal(presenter->frame_us, 16666);
	presenter->destroy(presenter);
	assert_int_equal(world.open, 0);
}

static void test_a_panel_on_its_side(void **state)
{
	struct presenter *presenter = opened(90);

	(void)state;
	plug_in();
	pixman_image_t *target = surface(presenter, true);
	assert_int_equal(pixman_image_get_width(target), HEIGHT);
	assert_int_equal(pixman_image_get_height(target), WIDTH);
	assert_int_equal(presenter->width_mm, 200);
	paint(presenter, 0x123456);
	presenter->destroy(presenter);
}

/* A kiosk whose panel is mounted so; the same visitor touches it in every way, and sees the same. */
struct mounted {
	struct presenter *presenter;
	struct terminal *terminal;
	int degrees;
	struct clock now;
};

static struct content *little_content(char folder[64], struct store **store)
{
	struct content *content = NULL;
	char path[STORE_PATH_MAX];
	struct err err;

	snprintf(folder, 64, "/tmp/vejviser-drm-XXXXXX");
	assert_non_null(mkdtemp(folder));
	little_store_make(folder, (void (*const[])(const char *)){little_store_index}, 1);
	assert_true(store_open(folder, STORE_READ, store, &err));
	assert_true(store_generation_path(*store, 1, "index.db", path, &err));
	assert_true(content_open(path, (struct content_objects){store_object_read, *store}, &content, &err));
	return content;
}

static void show(struct mounted *mounted, bool fresh)
{
	pixman_image_t *target = surface(mounted->presenter, fresh);
	pixman_region32_t changed;
	struct err err;

	assert_int_equal(pixman_image_get_width(target), UPRIGHT_WIDTH);
	assert_int_equal(pixman_image_get_height(target), UPRIGHT_HEIGHT);
	mounted->now.mono_ms += 1000;
	pixman_region32_init(&changed);
	assert_true(terminal_frame(mounted->terminal, mounted->now, target, fresh, &changed, &err));
	if (pixman_region32_not_empty(&changed))
		assert_true(mounted->presenter->present(mounted->presenter, &changed, &err));
	pixman_region32_fini(&changed);
}

/* Where a point of the upright picture lies on the panel, both in their px. */
static void on_panel(int degrees, int x, int y, int *panel_x, int *panel_y)
{
	*panel_x = degrees == 90    ? UPRIGHT_HEIGHT - 1 - y
		   : degrees == 180 ? UPRIGHT_WIDTH - 1 - x
		   : degrees == 270 ? y
				    : x;
	*panel_y = degrees == 90    ? x
		   : degrees == 180 ? UPRIGHT_HEIGHT - 1 - y
		   : degrees == 270 ? UPRIGHT_WIDTH - 1 - x
				    : y;
}

static void finger(struct mounted *mounted, enum input_kind kind, int x, int y)
{
	int panel_x;
	int panel_y;

	on_panel(mounted->degrees, x, y, &panel_x, &panel_y);
	world.touch.kind = kind;
	world.touch.x = ((float)panel_x + 0.5f) / (float)pixman_image_get_width(world.panel);
	world.touch.y = ((float)panel_y + 0.5f) / (float)pixman_image_get_height(world.panel);
	assert_int_equal(write(world.touches[1], "x", 1), 1);
	struct presenter_event event = next(mounted->presenter, 60000);
	assert_int_equal(event.kind, PRESENTER_INPUT);
	terminal_input(mounted->terminal, &event.input, mounted->now);
}

static void tap(struct mounted *mounted, const char *id, const char *screen)
{
	const struct ui *ui = terminal_ui(mounted->terminal);
	size_t i = 0;

	while (i < ui_item_count(ui) && (!ui_item(ui, i)->id || strcmp(ui_item(ui, i)->id, id) != 0))
		i++;
	assert_true(i < ui_item_count(ui));
	struct rect seen = ui_item(ui, i)->seen;
	/* Not in its middle, so that a picture that is mirrored would be touched elsewhere. */
	finger(mounted, INPUT_DOWN, seen.x + seen.w / 3, seen.y + seen.h / 3);
	finger(mounted, INPUT_UP, seen.x + seen.w / 3, seen.y + seen.h / 3);
	show(mounted, false);
	show(mounted, false); /* come in */
	assert_string_equal(terminal_screen(mounted->terminal), screen);
}

/* The panel shows the upright picture, turned; `upright` is made at 0 degrees. */
static void compare(const struct mounted *mounted, uint32_t *upright)
{
	const uint32_t *bits = pixman_image_get_data(world.panel);
	int stride = pixman_image_get_stride(world.panel) / 4;
	int different = 0;

	for (int y = 0; y < UPRIGHT_HEIGHT; y++) {
		for (int x = 0; x < UPRIGHT_WIDTH; x++) {
			int panel_x;
			int panel_y;
			on_panel(mounted->degrees, x, y, &panel_x, &panel_y);
			uint32_t pixel = bits[panel_y * stride + panel_x] & 0xFFFFFF;
			if (mounted->degrees == 0)
				upright[y * UPRIGHT_WIDTH + x] = pixel;
			different += upright[y * UPRIGHT_WIDTH + x] != pixel;
		}
	}
	assert_int_equal(different, 0);
}

static void visit(int degrees, struct store **store, char folder[64], uint32_t *pictures[PICTURES])
{
	static const struct {
		const char *id, *screen;
	} steps[PICTURES - 1] = {{"start", "language"}, {"language.da", "home"}};
	const char *share = getenv("VEJVISER_TEST_SHARE");
	struct terminal_setup setup = {.share = share ? share : "build/share", .idle = {120000, 30000}};
	struct mounted mounted = {.degrees = degrees, .now = {.mono_ms = 5000000, .utc_s = INT64_C(1796045520)}};
	bool aside = degrees % 180 != 0;
	struct err err;

	world.panel = pixman_image_create_bits(PIXMAN_x8r8g8b8, aside ? UPRIGHT_HEIGHT : UPRIGHT_WIDTH,
					       aside ? UPRIGHT_WIDTH : UPRIGHT_HEIGHT, NULL, 0);
	mounted.presenter = opened(degrees);
	assert_true(terminal_create(&setup, &mounted.terminal, &err));
	terminal_offer(mounted.terminal, little_content(folder, store));
	show(&mounted, true);
	compare(&mounted, pictures[0]);
	for (size_t i = 1; i < PICTURES; i++) {
		tap(&mounted, steps[i - 1].id, steps[i - 1].screen);
		compare(&mounted, pictures[i]);
	}
	terminal_destroy(mounted.terminal);
	mounted.presenter->destroy(mounted.presenter);
	pixman_image_unref(world.panel);
	world.panel = NULL;
}

static void test_mounted_in_every_way(void **state)
{
	uint32_t *pictures[PICTURES];

	(void)state;
	for (size_t i = 0; i < PICTURES; i++)
		assert_non_null(pictures[i] = malloc(sizeof(uint32_t) * UPRIGHT_WIDTH * UPRIGHT_HEIGHT));
	for (int degrees = 0; degrees < 360; degrees += 90) {
		struct store *store = NULL;
		char folder[64];
		struct err err;
		visit(degrees, &store, folder, pictures);
		store_close(store);
		assert_true(file_remove(AT_FDCWD, folder, &err));
	}
	for (size_t i = 0; i < PICTURES; i++)
		free(pictures[i]);
}

static void test_touches_and_signals_wake_it(void **state)
{
	static const int signals[] = {SIGTERM, SIGINT};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct presenter *presenter = opened(0);
		surface(presenter, true);
		assert_int_equal(write(world.touches[1], "xxx", 3), 3);
		for (int j = 0; j < 3; j++)
			assert_int_equal(next(presenter, 60000).kind, PRESENTER_INPUT);
		assert_int_equal(next(presenter, 0).kind, PRESENTER_NOTHING);
		kill(getpid(), signals[i]);
		assert_int_equal(next(presenter, 60000).kind, PRESENTER_QUIT);
		presenter->destroy(presenter);
	}
}

static void test_light(void **state)
{
	struct presenter *presenter = opened(0);
	struct err err;

	(void)state;
	assert_true(presenter->light(presenter, false, &err));
	assert_int_equal(world.lit, -1);
	assert_true(presenter->light(presenter, true, &err));
	assert_int_equal(world.lit, 0);
	surface(presenter, true);
	assert_int_equal(next(presenter, 0).kind, PRESENTER_NOTHING);
	world.unlit = true;
	assert_false(presenter->light(presenter, true, &err));
	presenter->destroy(presenter);
}

/* In the dark somebody changes the panel: what was lit before is not there any more, but the new one is. */
static void test_another_panel_comes_in_the_dark(void **state)
{
	struct presenter *presenter = opened(0);
	struct err err;

	(void)state;
	surface(presenter, true);
	assert_true(presenter->light(presenter, false, &err));
	plug_in();
	assert_int_equal(next(presenter, 60000).kind, PRESENTER_EXPOSED);
	world.unlit = true;
	assert_false(presenter->light(presenter, false, &err));
	assert_true(presenter->light(presenter, true, &err));
	assert_int_equal(pixman_image_get_width(surface(presenter, true)), WIDTH);
	presenter->destroy(presenter);
}

static void test_a_card_that_does_not_answer_is_asked_again(void **state)
{
	struct presenter *presenter = opened(0);
	pixman_image_t *target = NULL;
	bool fresh = false;
	struct err err;

	(void)state;
	world.broken = true;
	assert_false(presenter->surface(presenter, &target, &fresh, &err));
	assert_string_equal(err.text, "no answer");
	world.broken = false;
	plug_in();
	surface(presenter, true);
	assert_int_equal(world.looks, 2);
	presenter->destroy(presenter);
}

static void test_every_call_at_the_start_fails_in_turn(void **state)
{
	struct presenter *presenter = NULL;

	(void)state;
	for (world.failing = 1; world.failing < 100; world.failing++) {
		struct err err = {0};
		world.calls = 0;
		if (drm_create(NULL, 0, &presenter, &err))
			break;
		assert_true(err.text[0]);
		assert_int_equal(world.open, 0);
	}
	assert_int_equal(world.failing, 11); /* ten calls */
	presenter->destroy(NULL);
	presenter->destroy(presenter);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_picture_before_there_is_a_panel),
		TEST(test_a_panel_on_its_side),
		TEST(test_mounted_in_every_way),
		TEST(test_touches_and_signals_wake_it),
		TEST(test_light),
		TEST(test_another_panel_comes_in_the_dark),
		TEST(test_a_card_that_does_not_answer_is_asked_again),
		TEST(test_every_call_at_the_start_fails_in_turn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
