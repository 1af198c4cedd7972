/* The text bench's contender "ttf": SDL2_ttf, word by word. It knows neither where a line may end nor which font or
 * direction a word needs: ICU divides the text, a word of Latin letters or digits takes the Latin font, the others the
 * language's, and a line of Arabic is filled from the right. The surface of a word is made when it is first seen and
 * kept for the next time the word comes; words are blended onto the screen's surface.
 *
 * It takes part twice: "ttf" asks the library for the width of every word, as the others shape every word; "ttf-kept"
 * asks only for those it has not met, which tells how far a program gets by itself on a page whose words come back. */
#include "contest.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#define BUCKETS 4096

struct word {
	struct word *next;
	TTF_Font *font;
	SDL_Surface *surface; /* NULL until seen */
	int width;
	char text[];
};

struct placed {
	struct word *word;
	int x, y;
};

struct ttf {
	const struct page_language *language;
	TTF_Font *own, *latin;
	int space;
	bool keep; /* widths */
	UBreakIterator *breaks;
	struct word *buckets[BUCKETS];
	struct placed *placed;
	size_t count, cap;
	SDL_Surface *screen;
};

static TTF_Font *open_font(const char *path)
{
	TTF_Font *font = TTF_OpenFont(path, CONTEST_SIZE);
	if (!font)
		contest_die(path, TTF_GetError());
	TTF_SetFontHinting(font, TTF_HINTING_NONE);
	return font;
}

static struct ttf *open_engine(const struct contest *contest, bool keep)
{
	struct ttf *ttf = calloc(1, sizeof(*ttf));
	UErrorCode status = U_ZERO_ERROR;
	if (!ttf || TTF_Init() != 0)
		contest_die("ttf", "cannot start");
	ttf->language = contest->language;
	ttf->keep = keep;
	ttf->own = open_font(contest->font);
	ttf->latin = strcmp(contest->font, contest->latin) == 0 ? ttf->own : open_font(contest->latin);
	if (contest->language->rtl) {
		TTF_SetFontDirection(ttf->own, TTF_DIRECTION_RTL);
		TTF_SetFontScriptName(ttf->own, contest->language->script);
	}
	TTF_SizeUTF8(ttf->latin, " ", &ttf->space, NULL);
	ttf->breaks = ubrk_open(UBRK_LINE, contest->language->lang, NULL, 0, &status);
	ttf->screen = SDL_CreateRGBSurfaceWithFormat(0, CONTEST_SCREEN_WIDTH, CONTEST_SCREEN_HEIGHT, 32,
						     SDL_PIXELFORMAT_RGB888);
	if (U_FAILURE(status) || !ttf->screen)
		contest_die("ttf", "cannot start");
	return ttf;
}

static void *ttf_open(const struct contest *contest)
{
	return open_engine(contest, false);
}

static void *ttf_open_keeping(const struct contest *contest)
{
	return open_engine(contest, true);
}

static struct word *find_word(struct ttf *ttf, const char *text, size_t len)
{
	uint64_t hash = 0xCBF29CE484222325u;
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3u;
	struct word **bucket = &ttf->buckets[hash % BUCKETS];
	for (struct word *word = *bucket; word; word = word->next)
		if (strncmp(word->text, text, len) == 0 && !word->text[len]) {
			if (!ttf->keep)
				TTF_SizeUTF8(word->font, word->text, &word->width, NULL);
			return word;
		}
	struct word *word = calloc(1, sizeof(*word) + len + 1);
	if (!word)
		contest_die("ttf", "no memory");
	memcpy(word->text, text, len);
	word->font = (unsigned char)text[0] < 0xCC ? ttf->latin : ttf->own; /* below U+0300 */
	TTF_SizeUTF8(word->font, word->text, &word->width, NULL);
	word->next = *bucket;
	*bucket = word;
	return word;
}

static void place(struct ttf *ttf, struct word *word, int x, int y)
{
	if (ttf->count == ttf->cap) {
		ttf->cap = ttf->cap ? 2 * ttf->cap : 4096;
		ttf->placed = realloc(ttf->placed, ttf->cap * sizeof(*ttf->placed));
		if (!ttf->placed)
			contest_die("ttf", "no memory");
	}
	if (ttf->language->rtl)
		x = CONTEST_WIDTH - x - word->width;
	ttf->placed[ttf->count++] = (struct placed){word, CONTEST_MARGIN + x, y};
}

/* Returns the lines of a paragraph whose top is at y. */
static int lay_out(struct ttf *ttf, const char *text, size_t len, int y)
{
	UErrorCode status = U_ZERO_ERROR;
	UText *units = utext_openUTF8(NULL, text, (int64_t)len, &status);
	ubrk_setUText(ttf->breaks, units, &status);
	if (U_FAILURE(status))
		contest_die("ttf", u_errorName(status));
	int lines = 1, x = 0;
	int32_t start = ubrk_first(ttf->breaks);
	for (int32_t end; (end = ubrk_next(ttf->breaks)) != UBRK_DONE; start = end) {
		int32_t last = end;
		while (last > start && text[last - 1] == ' ')
			last--;
		if (last > start) {
			struct word *word = find_word(ttf, text + start, (size_t)(last - start));
			if (x > 0 && x + word->width > CONTEST_WIDTH) {
				x = 0;
				lines++;
			}
			place(ttf, word, x, y + (lines - 1) * CONTEST_LINE);
			x += word->width;
		}
		x += (end - last) * ttf->space;
	}
	utext_close(units);
	return lines;
}

static size_t ttf_layout(void *self, const struct page *page)
{
	struct ttf *ttf = self;
	size_t lines = 0;
	int y = 0;
	ttf->count = 0;
	for (size_t i = 0; i < page->count; i++) {
		int own = lay_out(ttf, page->text.data + page->paragraphs[i].start, page->paragraphs[i].len, y);
		y += own * CONTEST_LINE + CONTEST_GAP;
		lines += (size_t)own;
	}
	return lines;
}

static void ttf_paint(void *self, int top, bool whole)
{
	struct ttf *ttf = self;
	(void)whole;
	SDL_FillRect(ttf->screen, NULL, 0xFFFFFFu);
	for (size_t i = 0; i < ttf->count; i++) {
		const struct placed *placed = &ttf->placed[i];
		if (placed->y + CONTEST_LINE <= top)
			continue;
		if (placed->y >= top + CONTEST_SCREEN_HEIGHT)
			break;
		struct word *word = placed->word;
		if (!word->surface)
			word->surface = TTF_RenderUTF8_Blended(word->font, word->text, (SDL_Color){0, 0, 0, 255});
		if (!word->surface)
			contest_die(word->text, TTF_GetError());
		SDL_Rect to = {placed->x, placed->y - top, 0, 0};
		SDL_BlitSurface(word->surface, NULL, ttf->screen, &to);
	}
}

static const uint32_t *ttf_pixels(void *self, size_t *stride_px)
{
	const struct ttf *ttf = self;
	*stride_px = (size_t)ttf->screen->pitch / 4;
	return ttf->screen->pixels;
}

int main(int argc, char **argv)
{
	static const struct contender contenders[] = {
		{"ttf", ttf_open, ttf_layout, ttf_paint, ttf_pixels},
		{"ttf-kept", ttf_open_keeping, ttf_layout, ttf_paint, ttf_pixels},
	};
	bool keep = argc == 4 && strcmp(argv[3], "kept") == 0;
	return contest_run(&contenders[keep], keep ? 3 : argc, argv);
}
