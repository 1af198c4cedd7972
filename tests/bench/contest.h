/* contest -- the same work for every text engine, measured in the same way: one process is one contender in one
 * language.
 *
 * Work, in this order; times are CPU time of the process:
 *   start    the fonts are opened (told, not compared)
 *   cold     a page of 3,000 words is laid out, the first in the process
 *   first    its top is painted: glyphs are rasterised (told, not compared)
 *   repaint  the same frame is painted again, whole; median of many
 *   scroll   a frame 24 px further down, then the next; median of many
 *   warm     another page of the same language is laid out, with nothing kept of its paragraphs; median of several
 *   memory   anonymous memory of the process at the end (kB)
 * A screen is 1080 x 1920 at 32 bits; text is 30 px on lines of 42, black on white, unhinted, in columns of 984 px.
 * Everyone is given the same bytes and the same font files, and draws paragraphs 24 px apart. `lines` and `ink` (pixels
 * darker than half) are told so that a contender that does less work is found out.
 */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "page.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONTEST_SCREEN_WIDTH  1080
#define CONTEST_SCREEN_HEIGHT 1920
#define CONTEST_MARGIN        48
#define CONTEST_WIDTH         (CONTEST_SCREEN_WIDTH - 2 * CONTEST_MARGIN)
#define CONTEST_SIZE          30
#define CONTEST_LINE          42
#define CONTEST_GAP           24

struct contest {
	const struct page_language *language;
	const char *share; /* a folder with fonts/manifest.txt */
	char font[512];    /* of the language's script */
	char latin[512];   /* for names and numbers; the same for Danish */
};

/* A contender ends the process with a message when something fails: there is nothing to measure then. */
struct contender {
	const char *name;
	void *(*open)(const struct contest *contest);
	/* Lays out a page of which nothing is kept but what the engine itself keeps; forgets the page before. Returns
	 * how many lines there are. */
	size_t (*layout)(void *self, const struct page *page);
	/* Paints the screen with the page's line of pixels `top` first; `whole`: nothing of the frame before may be
	 * relied on. */
	void (*paint)(void *self, int top, bool whole);
	const uint32_t *(*pixels)(void *self, size_t *stride_px);
};

/* usage: PROGRAM SHARE LANGUAGE. Prints `language contender measure value` lines. */
int contest_run(const struct contender *contender, int argc, char **argv);

double contest_cpu_ms(void);
__attribute__((noreturn)) void contest_die(const char *what, const char *why);

#endif
