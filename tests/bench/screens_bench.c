/* The kiosk measured from inside: its own window, screens and store, driven by fingers.
 *
 * usage: screens_bench SHARE STORE start       CPU until the first frame is on the glass, from the start of the process
 *        screens_bench SHARE STORE work        the following, each with its share of presenting
 *          tap       from the finger's release to the new page on the glass; in turn topics and pages, all for the first
 *                    time in this process
 *          again     the same pages once more
 *          language  from the touch on a language to the page in it
 *          scroll    a frame of a long page that rolls; and the slowest
 *          slide     a frame of a page that comes in; and the slowest
 *        screens_bench SHARE STORE memory      memory that is this process's alone and not a file's, when every page was shown in
 *                    every language, to its end
 *
 * Prints "measure value" lines: ms of CPU time, MiB.
 */
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "kiosk/window.h"
#include "screens/terminal.h"
#include "store/store.h"

#include <SDL.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WIDTH       1080
#define HEIGHT      1920
#define FIRST       "build/bench/first"
#define FRAMES_MOST 4096
#define FRAME_MS    16

struct desk {
	struct presenter *presenter;
	struct store *store;
	struct content *content; /* the terminal's */
	struct terminal *terminal;
	struct clock now; /* virtual: what moves does so at the same steps each time */
	bool shown;
};

/* There is nothing to measure then. */
__attribute__((noreturn)) static void die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static double cpu_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void need(bool ok, const char *what, const struct err *err)
{
	if (!ok)
		die(what, err->text);
}

static void open_window(struct desk *desk)
{
	struct window_setup setup = {.width = WIDTH, .height = HEIGHT};
	struct err err = {0};
	need(window_start(&err) && window_create(&setup, &desk->presenter, &err), "window", &err);
}

static void open_desk(struct desk *desk, const char *share, const char *store)
{
	struct terminal_setup setup = {
		.share = share, .idle = {INT64_C(1) << 40, 30000}, .doctor_phone = "70 15 03 00"};
	char path[STORE_PATH_MAX];
	int64_t generation;
	struct err err = {0};

	*desk = (struct desk){.now = clock_now()};
	open_window(desk);
	need(terminal_create(&setup, &desk->terminal, &err), "terminal", &err);
	need(store_open(store, STORE_READ, &desk->store, &err) && store_current(desk->store, &generation, &err) &&
		     store_generation_path(desk->store, generation, "index.db", path, &err),
	     "store", &err);
	struct content_objects objects = {store_object_read, desk->store};
	need(content_open(path, objects, &desk->content, &err), "content", &err);
	terminal_offer(desk->terminal, desk->content);
}

static void close_desk(struct desk *desk)
{
	terminal_destroy(desk->terminal);
	store_close(desk->store);
	desk->presenter->destroy(desk->presenter);
	SDL_Quit();
}

/* As kiosk/loop.c does; returns the CPU it took. */
static double frame(struct desk *desk)
{
	pixman_image_t *target = NULL;
	pixman_region32_t changed;
	bool fresh = false;
	struct err err = {0};
	double start = cpu_ms();

	pixman_region32_init(&changed);
	need(desk->presenter->surface(desk->presenter, &target, &fresh, &err) &&
		     terminal_frame(desk->terminal, desk->now, target, fresh || !desk->shown, &changed, &err) &&
		     (!pixman_region32_not_empty(&changed) ||
		      desk->presenter->present(desk->presenter, &changed, &err)),
	     "frame", &err);
	pixman_region32_fini(&changed);
	desk->shown = true;
	return cpu_ms() - start;
}

static void wait_ms(struct desk *desk, int64_t ms)
{
	desk->now.mono_ms += ms;
	desk->now.utc_s = clock_now().utc_s;
}

/* Until nothing moves. */
static void settle(struct desk *desk)
{
	for (int i = 0; i < 60; i++) {
		wait_ms(desk, FRAME_MS);
		frame(desk);
	}
}

static const struct ui_item *find(const struct desk *desk, const char *id)
{
	const struct ui *ui = terminal_ui(desk->terminal);
	for (size_t i = 0; i < ui_item_count(ui); i++)
		if (ui_item(ui, i)->id && strcmp(ui_item(ui, i)->id, id) == 0)
			return ui_item(ui, i);
	return NULL;
}

static void finger(struct desk *desk, enum input_kind kind, float x, float y)
{
	struct input_event event = {.kind = kind, .finger = 1, .x = x, .y = y, .time_ms = desk->now.mono_ms};
	terminal_input(desk->terminal, &event, desk->now);
}

/* CPU from the release of the finger to the changed pixels on the glass. */
static double tap(struct desk *desk, const char *id)
{
	const struct ui_item *item = find(desk, id);
	if (!item || item->seen.h <= 0)
		die("not to be seen", id);
	float x = (float)item->seen.x + (float)item->seen.w / 2, y = (float)item->seen.y + (float)item->seen.h / 2;
	finger(desk, INPUT_DOWN, x, y);
	frame(desk);
	wait_ms(desk, 120);
	frame(desk);
	double start = cpu_ms();
	finger(desk, INPUT_UP, x, y);
	frame(desk);
	return cpu_ms() - start;
}

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static void tell(const char *name, double *values, size_t count)
{
	qsort(values, count, sizeof(*values), ascending);
	printf("%s %.3f\n%s-slowest %.3f\n", name, values[count / 2], name, values[count - 1]);
}

static void place(struct desk *desk, const char *screen, const char *lang, const char *topic, const char *page)
{
	if (!terminal_place(desk->terminal, screen, lang, topic, page, desk->now))
		die("there is no", screen);
}

static void measure_taps(struct desk *desk, const char *name)
{
	const struct bundle *bundle = content_bundle(desk->content);
	double times[FRAMES_MOST] = {0};
	size_t count = 0;
	char id[128];

	for (size_t t = 0; t < bundle->topic_count && t < 9; t++) {
		const struct topic_entry *topic = &bundle->topics[t];
		place(desk, "home", "en", NULL, NULL);
		settle(desk);
		snprintf(id, sizeof(id), "topic.%s", topic->id);
		times[count++] = tap(desk, id);
		settle(desk);
		snprintf(id, sizeof(id), "page.%s/%s", topic->id, topic->pages[0]);
		times[count++] = tap(desk, id);
		settle(desk);
	}
	tell(name, times, count);
}

static void measure_languages(struct desk *desk)
{
	static const char *const ids[] = {"language.uk", "language.ar", "language.da", "language.en"};
	double times[ARRAY_LEN(ids)];
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		place(desk, "guide", i == 0 ? "en" : ids[i - 1] + strlen("language."), "daycare", "get-a-place");
		settle(desk);
		tap(desk, "nav.language");
		settle(desk);
		times[i] = tap(desk, ids[i]);
		settle(desk);
	}
	tell("language", times, ARRAY_LEN(times));
}

static void measure_motion(struct desk *desk)
{
	double scroll[FRAMES_MOST] = {0}, slide[FRAMES_MOST] = {0};
	size_t scrolled = 0, slid = 0;

	place(desk, "guide", "en", "daycare", "get-a-place");
	settle(desk);
	for (int turn = 0; turn < 12; turn++) {
		float y = turn % 4 < 2 ? 1300 : 500, way = turn % 4 < 2 ? -24 : 24;
		finger(desk, INPUT_DOWN, 500, y);
		for (int i = 1; i <= 30; i++) {
			wait_ms(desk, FRAME_MS);
			finger(desk, INPUT_MOVE, 500, y + (float)i * way);
			double time = frame(desk);
			if (i > 2) /* beyond the slop */
				scroll[scrolled++] = time;
		}
		finger(desk, INPUT_UP, 500, y + 30 * way);
		settle(desk);
	}
	for (int turn = 0; turn < 10; turn++) {
		place(desk, "topic", "en", "daycare", NULL);
		settle(desk);
		tap(desk, "page.daycare/get-a-place");
		for (int i = 0; i < 14; i++) {
			wait_ms(desk, FRAME_MS);
			slide[slid++] = frame(desk);
		}
	}
	tell("scroll", scroll, scrolled);
	tell("slide", slide, slid);
}

/* Every page of every language, rolled to its end. */
static void measure_memory(struct desk *desk)
{
	const struct bundle *bundle = content_bundle(desk->content);
	size_t shown = 0;
	for (size_t l = 0; l < bundle->language_count; l++)
		for (size_t t = 0; t < bundle->topic_count; t++)
			for (size_t p = 0; p < bundle->topics[t].page_count; p++) {
				struct input_event end = {.kind = INPUT_KEY, .key = KEY_END};
				place(desk, "guide", bundle->languages[l].code, bundle->topics[t].id,
				      bundle->topics[t].pages[p]);
				frame(desk);
				end.time_ms = desk->now.mono_ms;
				terminal_input(desk->terminal, &end, desk->now);
				wait_ms(desk, 500);
				frame(desk);
				shown++;
			}
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	char line[256];
	long kb = 0, part;
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "Private_Dirty: %ld kB", &part) == 1)
			kb += part;
	if (!file || kb == 0)
		die("/proc/self/smaps_rollup", "cannot be read");
	fclose(file);
	printf("memory %.1f\npages %zu\n", (double)kb / 1024, shown);
}

static void start(const char *share, const char *store)
{
	struct desk desk;
	struct err err = {0};
	pixman_image_t *target = NULL;
	bool fresh;
	open_desk(&desk, share, store);
	frame(&desk);
	printf("start %.3f\n", cpu_ms());
	need(desk.presenter->surface(desk.presenter, &target, &fresh, &err), "surface", &err);
	need(file_write(AT_FDCWD, FIRST, (const char *)pixman_image_get_data(target),
			(size_t)pixman_image_get_stride(target) * HEIGHT, 0644, &err),
	     FIRST, &err);
	close_desk(&desk);
}

int main(int argc, char **argv)
{
	struct desk desk;
	if (argc != 4)
		die("usage", "screens_bench SHARE STORE start|work|memory");
	if (strcmp(argv[3], "start") == 0) {
		start(argv[1], argv[2]);
	} else {
		open_desk(&desk, argv[1], argv[2]);
		if (strcmp(argv[3], "memory") == 0) {
			measure_memory(&desk);
		} else {
			measure_taps(&desk, "tap");
			measure_taps(&desk, "again");
			measure_languages(&desk);
			measure_motion(&desk);
		}
		close_desk(&desk);
	}
	return 0;
}
