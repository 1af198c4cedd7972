#include "contest.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAMES      120
#define SCROLL_STEP 24
#define PAGES       5

double contest_cpu_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

__attribute__((noreturn)) void contest_die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static void tell(const struct contest *contest, const struct contender *contender, const char *measure, double value)
{
	printf("%s %s %s %.4f\n", contest->language->lang, contender->name, measure, value);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

/* The regular font of a script, which stands in the manifest of the bench with its whole path. */
static void find_font(const char *share, const char *script, char font[512])
{
	char path[512], line[2048], tag[5];
	snprintf(path, sizeof(path), "%s/fonts/manifest.txt", share);
	FILE *manifest = fopen(path, "r");
	if (!manifest)
		contest_die(path, "cannot be read");
	bool found = false;
	while (!found && fgets(line, sizeof(line), manifest))
		found = sscanf(line, "%4s %511s", tag, font) == 2 && strcmp(tag, script) == 0;
	fclose(manifest);
	if (!found)
		contest_die(path, "has no line for a script of the bench");
	const char *base = strrchr(font, '/');
	snprintf(path, sizeof(path), "%s/fonts/%s", share, base ? base + 1 : font);
	memcpy(font, path, sizeof(path));
}

static double private_kb(void)
{
	char line[256];
	long kb = -1;
	FILE *rollup = fopen("/proc/self/smaps_rollup", "r");
	while (rollup && kb < 0 && fgets(line, sizeof(line), rollup))
		sscanf(line, "Anonymous: %ld kB", &kb);
	if (!rollup || kb < 0)
		contest_die("/proc/self/smaps_rollup", "does not tell the memory");
	fclose(rollup);
	return (double)kb;
}

static double ink(const struct contender *contender, void *self)
{
	size_t stride;
	const uint32_t *pixels = contender->pixels(self, &stride);
	size_t dark = 0;
	for (size_t y = 0; y < CONTEST_SCREEN_HEIGHT; y++)
		for (size_t x = 0; x < CONTEST_SCREEN_WIDTH; x++)
			dark += (pixels[y * stride + x] >> 8 & 0xFF) < 128;
	return (double)dark;
}

static double painted(const struct contender *contender, void *self, int top, bool whole)
{
	double start = contest_cpu_ms();
	contender->paint(self, top, whole);
	return contest_cpu_ms() - start;
}

static void paint_frames(const struct contest *contest, const struct contender *contender, void *self)
{
	double times[FRAMES];
	tell(contest, contender, "first", painted(contender, self, 0, true));
	for (int i = 0; i < FRAMES; i++)
		times[i] = painted(contender, self, 0, true);
	tell(contest, contender, "repaint", median(times, FRAMES));
	tell(contest, contender, "ink", ink(contender, self));
	for (int i = 0; i < FRAMES; i++)
		times[i] = painted(contender, self, (i + 1) * SCROLL_STEP, false);
	tell(contest, contender, "scroll", median(times, FRAMES));
}

int contest_run(const struct contender *contender, int argc, char **argv)
{
	struct page pages[1 + PAGES] = {0};
	double times[PAGES];
	struct err err;
	if (argc != 3 || !page_language(argv[2]))
		contest_die(argv[0], "usage: SHARE da|ar|th|zh");
	struct contest contest = {.language = page_language(argv[2]), .share = argv[1]};
	find_font(contest.share, contest.language->script, contest.font);
	find_font(contest.share, "Latn", contest.latin);
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (!page_make(contest.language, i, &pages[i], &err))
			contest_die(argv[0], err.text);
	double start = contest_cpu_ms();
	void *self = contender->open(&contest);
	double opened = contest_cpu_ms();
	size_t lines = contender->layout(self, &pages[0]);
	double laid_out = contest_cpu_ms();
	tell(&contest, contender, "start", opened - start);
	tell(&contest, contender, "cold", laid_out - opened);
	tell(&contest, contender, "lines", (double)lines);
	paint_frames(&contest, contender, self);
	for (size_t i = 0; i < PAGES; i++) {
		start = contest_cpu_ms();
		contender->layout(self, &pages[1 + i]);
		times[i] = contest_cpu_ms() - start;
	}
	tell(&contest, contender, "warm", median(times, PAGES));
	tell(&contest, contender, "memory", private_kb());
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		page_finish(&pages[i]);
	return 0;
}
