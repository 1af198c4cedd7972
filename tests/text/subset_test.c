/* Fonts that were cut down (tools/fonts) against the originals they were made from: every sample and every line of the
 * content gets the same font, the same glyphs in the same places; and each language has all its letters. */
#include "base/array.h"
#include "base/file.h"
#include "text/passage.h"
#include "text/script.h"

#include "opened.h"
#include "samples.h"

#include <fcntl.h>
#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unicode/udat.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unistd.h>

#include <cmocka.h>

/* One set of fonts and what passages are made with. */
struct set {
	char share[64];
	struct arena arena;
	struct words words;
	struct passage_tools tools;
};

struct pair {
	struct set cut, whole;
	unsigned fonts_seen;
	const struct font *seen[2 * FONTS_FAMILIES_MAX];
	unsigned files;
};

/* A share as it would be without tools/fonts: the manifest names the installed fonts. */
static bool make_whole(char share[64])
{
	struct buf manifest = {0};
	struct err err;
	char place[128];
	int dir = -1;
	snprintf(share, 64, "/tmp/vejviser-whole-XXXXXX");
	if (!mkdtemp(share))
		return false;
	snprintf(place, sizeof(place), "%s/fonts", share);
	bool ok = file_open_dir(AT_FDCWD, place, true, &dir, &err) &&
		  file_read(AT_FDCWD, "fonts/manifest.txt", 1u << 16, &manifest, &err) &&
		  file_write(dir, "manifest.txt", manifest.data, manifest.len, 0644, &err);
	close(dir);
	buf_finish(&manifest);
	return ok;
}

static bool open_set(struct set *set, const char *share)
{
	struct err err = {0};
	set->tools.arena = &set->arena;
	set->tools.breaks = breaks_create();
	set->tools.words = &set->words;
	set->tools.buffer = hb_buffer_create();
	if (!fonts_open(share, &set->tools.fonts, &err))
		print_error("%s\n", err.text);
	return set->tools.breaks && set->tools.fonts;
}

static void close_set(struct set *set)
{
	fonts_close(set->tools.fonts);
	breaks_destroy(set->tools.breaks);
	hb_buffer_destroy(set->tools.buffer);
	words_finish(&set->words);
	arena_finish(&set->arena);
}

static int open_both(void **state)
{
	struct pair *pair = calloc(1, sizeof(*pair));
	assert_non_null(pair);
	*state = pair;
	return make_whole(pair->whole.share) && open_set(&pair->whole, pair->whole.share) &&
			       open_set(&pair->cut, opened_share())
		       ? 0
		       : -1;
}

static int close_both(void **state)
{
	struct pair *pair = *state;
	struct err err;
	close_set(&pair->cut);
	close_set(&pair->whole);
	bool removed = file_remove(AT_FDCWD, pair->whole.share, &err);
	free(pair);
	return removed ? 0 : -1;
}

/* "…/NotoSansCJK-Regular.ttc:2" and "…/NotoSansCJK-Regular-2.otf" are the same font. */
static void same_font(const struct font *cut, const struct font *whole)
{
	const char *a = strrchr(cut->path, '/') + 1, *b = strrchr(whole->path, '/') + 1;
	size_t len = strcspn(b, ".");
	if (strncmp(a, b, len) != 0 || (a[len] != '.' && a[len] != '-') || cut->size != whole->size)
		fail_msg("%s and %s", cut->path, whole->path);
}

static void same_glyph(const struct item *cut, const struct item *whole, uint32_t i, const char *utf8)
{
	const struct glyph *a = &cut->glyphs[i], *b = &whole->glyphs[i];
	hb_glyph_extents_t box_a = {0}, box_b = {0};
	if (a->cluster != b->cluster || a->advance != b->advance || a->dx != b->dx || a->dy != b->dy ||
	    a->unsafe != b->unsafe || !a->id != !b->id)
		fail_msg("glyph %u stands elsewhere: %s", i, utf8);
	hb_font_get_glyph_extents(cut->font->shaper, a->id, &box_a);
	hb_font_get_glyph_extents(whole->font->shaper, b->id, &box_b);
	if (memcmp(&box_a, &box_b, sizeof(box_a)) != 0)
		fail_msg("glyph %u looks different: %s", i, utf8);
}

static void remember(struct pair *pair, const struct font *font)
{
	for (unsigned i = 0; i < pair->fonts_seen; i++)
		if (pair->seen[i] == font)
			return;
	pair->seen[pair->fonts_seen++] = font;
}

static bool shape(struct set *set, const struct text_input *input, const struct chars *chars, struct passage *out)
{
	return passage_open(&set->tools, input, chars, 0, chars->count, out) && passage_shape(&set->tools, input, out);
}

static void compare(struct pair *pair, const char *lang, bool rtl, bool bold, const char *utf8, size_t len)
{
	struct text_input input = opened_input(lang, rtl, 0, utf8);
	struct passage cut, whole;
	struct chars chars;
	input.len = len;
	input.bold = bold;
	assert_true(chars_decode(&pair->cut.arena, utf8, len, &chars));
	assert_true(shape(&pair->cut, &input, &chars, &cut) && shape(&pair->whole, &input, &chars, &whole));
	assert_int_equal(cut.item_count, whole.item_count);
	for (uint32_t i = 0; i < cut.item_count; i++) {
		same_font(cut.items[i].font, whole.items[i].font);
		if (cut.items[i].glyph_count != whole.items[i].glyph_count)
			fail_msg("%u glyphs, not %u: %s", cut.items[i].glyph_count, whole.items[i].glyph_count, utf8);
		for (uint32_t g = 0; g < cut.items[i].glyph_count; g++)
			same_glyph(&cut.items[i], &whole.items[i], g, utf8);
		remember(pair, cut.items[i].font);
	}
	arena_reset(&pair->cut.arena);
	arena_reset(&pair->whole.arena);
}

static void test_samples(void **state)
{
	struct pair *pair = *state;
	static const char *const foreign[] = {"da", "ar", "ur", "zh"};
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		for (int bold = 0; bold < 2; bold++) {
			const struct sample *s = &samples[i];
			if (strcmp(s->name, "mandatory breaks") == 0)
				continue; /* no passage holds them */
			compare(pair, s->lang, s->rtl, bold, s->utf8, strlen(s->utf8));
			for (size_t f = 0; f < ARRAY_LEN(foreign); f++)
				compare(pair, foreign[f], !s->rtl, bold, s->utf8, strlen(s->utf8));
		}
	assert_true(pair->fonts_seen >= 40);
}

struct walk {
	struct pair *pair;
	char path[512];
};

static void compare_lines(struct pair *pair, const char *path, const char *name)
{
	struct buf bytes = {0};
	struct err err;
	size_t stem = strcspn(name, ".");
	char lang[4] = "da";
	if (stem < sizeof(lang)) {
		memcpy(lang, name, stem);
		lang[stem] = '\0';
	}
	assert_true(file_read(AT_FDCWD, path, 1u << 20, &bytes, &err));
	char *rest = bytes.data;
	for (char *line; (line = strsep(&rest, "\n"));)
		compare(pair, lang, strcmp(lang, "ar") == 0, line[0] == '#', line, strlen(line));
	buf_finish(&bytes);
	pair->files++;
}

static bool visit(void *context, const char *name, bool is_dir, struct err *err)
{
	struct walk *walk = context;
	size_t len = strlen(walk->path);
	snprintf(walk->path + len, sizeof(walk->path) - len, "/%s", name);
	bool ok = true;
	if (is_dir)
		ok = file_list(AT_FDCWD, walk->path, visit, walk, err);
	else
		compare_lines(walk->pair, walk->path, name);
	walk->path[len] = '\0';
	return ok;
}

static void test_content(void **state)
{
	struct walk walk = {.pair = *state, .path = "content"};
	struct err err;
	assert_true(file_list(AT_FDCWD, walk.path, visit, &walk, &err));
	assert_true(walk.pair->files > 20);
}

static void has(struct fonts *fonts, const char *lang, uint32_t code)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)code, &status);
	for (int bold = 0; bold < 2; bold++) {
		struct fonts_wish wish = {.codes = &code, .count = 1, .script = script_tag((int16_t)script)};
		wish.bold = bold;
		hb_codepoint_t glyph;
		if (!hb_font_get_nominal_glyph(fonts_choose(fonts, &wish)->shaper, code, &glyph) &&
		    !chars_invisible(code))
			fail_msg("%s: U+%04X", lang, code);
	}
}

static const char *const languages[] = {"da", "en", "uk", "ar", "fa", "ps", "ur", "ku", "ckb",  "tr",
					"pl", "ro", "so", "ti", "am", "de", "ru", "lt", "bg",   "lv",
					"bs", "vi", "th", "my", "km", "ta", "ne", "zh", "fa-AF"};

/* CLDR's letters of the languages that newcomers read, the letters of foreign names in them, and their punctuation. */
static void test_alphabets(void **state)
{
	static const ULocaleDataExemplarSetType kinds[] = {ULOCDATA_ES_STANDARD, ULOCDATA_ES_AUXILIARY,
							   ULOCDATA_ES_PUNCTUATION};
	struct pair *pair = *state;
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
			UErrorCode status = U_ZERO_ERROR;
			ULocaleData *data = ulocdata_open(languages[i], &status);
			USet *set = ulocdata_getExemplarSet(data, NULL, 0, kinds[k], &status);
			assert_true(U_SUCCESS(status));
			assert_true(k > 0 || uset_size(set) > 15);
			for (int32_t c = 0; c < uset_size(set); c++)
				if (uset_charAt(set, c) >= 0)
					has(pair->cut.tools.fonts, languages[i], (uint32_t)uset_charAt(set, c));
			uset_close(set);
			ulocdata_close(data);
		}
}

/* Dates are no text of the content: ICU writes them. */
static void test_dates(void **state)
{
	struct pair *pair = *state;
	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		UErrorCode status = U_ZERO_ERROR;
		UDateFormat *format = udat_open(UDAT_FULL, UDAT_FULL, languages[i], u"UTC", -1, NULL, 0, &status);
		for (int month = 0; month < 12; month++) {
			UChar text[256];
			const double day_ms = 24 * 3600 * 1000.0;
			int32_t len = udat_format(format, month * 31 * day_ms, text, ARRAY_LEN(text), NULL, &status);
			assert_true(U_SUCCESS(status) && len > 10);
			for (int32_t at = 0; at < len;) {
				UChar32 code;
				U16_NEXT(text, at, len, code);
				has(pair->cut.tools.fonts, languages[i], (uint32_t)code);
			}
		}
		udat_close(format);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_content),
		cmocka_unit_test(test_alphabets),
		cmocka_unit_test(test_dates),
	};
	return cmocka_run_group_tests(tests, open_both, close_both);
}
