#include "text/fonts.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "text/chars.h"

#include <fcntl.h>
#include <hb-ot.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST_BYTES_MAX (64u << 10)
#define FACTOR_MIN         0.5
#define FACTOR_MAX         3.0
#define NO_BREAK_SPACE     0xA0u
#define CHOICES            512 /* remembered */

/* What a script takes from the first line's font, by the word that says so in the manifest. */
enum borrows {
	BORROWS_NOTHING,
	BORROWS_NEUTRALS,
	BORROWS_ASCII,
	BORROWS_COUNT
};

static const char *const borrows_words[BORROWS_COUNT] = {"", "neutrals", "ascii"};

struct family {
	uint32_t script;
	enum borrows borrows;
	struct font *regular, *bold;
};

/* What was chosen for a character by itself. */
struct choice {
	uint32_t code, script;
	unsigned flags;
	struct font *font; /* NULL: nothing yet */
};

struct fonts {
	struct faces *faces;
	struct font fonts[2 * FONTS_FAMILIES_MAX]; /* each file once, unless its factors differ */
	size_t font_count;
	struct family families[FONTS_FAMILIES_MAX];
	size_t count;
	struct fonts_metrics metrics;
	struct choice choices[CHOICES]; /* by code */
	bool starved;
};

/* Without OpenType's positions HarfBuzz kerns by an older table, which might hold spaces. */
static bool space_is_plain(hb_face_t *face, hb_font_t *shaper)
{
	static const hb_tag_t tables[] = {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS};
	hb_codepoint_t space;
	if (!hb_ot_layout_has_positioning(face) || !hb_font_get_nominal_glyph(shaper, ' ', &space))
		return false;
	hb_set_t *lookups = hb_set_create();
	hb_set_t *glyphs = hb_set_create();
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		hb_set_clear(lookups);
		hb_ot_layout_collect_lookups(face, tables[i], NULL, NULL, NULL, lookups);
		for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups, &lookup);)
			hb_ot_layout_lookup_collect_glyphs(face, tables[i], lookup, glyphs, glyphs, glyphs, NULL);
	}
	bool plain = !hb_set_has(glyphs, space) && hb_set_allocation_successful(lookups) &&
		     hb_set_allocation_successful(glyphs);
	hb_set_destroy(lookups);
	hb_set_destroy(glyphs);
	return plain;
}

static bool font_open(struct faces *faces, struct font *font, struct err *err)
{
	struct face *face;
	if (!face_open(faces, font->path, &face, err))
		return false;
	size_t len;
	const char *bytes = face_bytes(face, &len);
	hb_blob_t *blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *shaped = hb_face_create(blob, face_index(face));
	hb_blob_destroy(blob);
	hb_font_t *shaper = hb_font_create(shaped);
	hb_face_destroy(shaped); /* the font holds it */
	if (shaper == hb_font_get_empty())
		return err_memory(err);
	int units = face_units_per_em(face);
	hb_font_set_scale(shaper, units, units);
	hb_font_make_immutable(shaper);
	font->plain_space = space_is_plain(shaped, shaper);
	font->face = face;
	font->shaper = shaper;
	font->units = (float)units;
	return true;
}

static bool ready(struct fonts *fonts, struct font *font)
{
	struct err err;
	if (font->face || font->unusable)
		return font->face != NULL;
	if (font_open(fonts->faces, font, &err))
		return true;
	if (err.code == ERR_MEMORY) {
		fonts->starved = true;
		return false;
	}
	font->unusable = true;
	log_warn("font not used: %s", err.text);
	return false;
}

static bool factor(const char *word, float *out)
{
	char *end;
	double value = strtod(word, &end);
	*out = (float)value;
	return !*end && value >= FACTOR_MIN && value <= FACTOR_MAX;
}

/* The font that a word of the manifest names, which must be readable. */
static bool locate(struct fonts *fonts, const char *share, const char *word, struct font wanted, struct font **out,
		   struct err *err)
{
	char path[FONTS_PATH_MAX];
	bool whole = word[0] == '/';
	int len = snprintf(path, sizeof(path), "%s%s%s", whole ? "" : share, whole ? "" : "/fonts/", word);
	if (len < 0 || (size_t)len >= sizeof(path))
		return err_set(err, ERR_LIMIT, "font path longer than %d bytes", FONTS_PATH_MAX - 1);
	size_t file = face_file_len(path);
	char rest = path[file];
	path[file] = '\0';
	if (access(path, R_OK) != 0)
		return err_errno(err, "font %s", path);
	path[file] = rest;
	for (size_t i = 0; i < fonts->font_count; i++) {
		*out = &fonts->fonts[i];
		if (strcmp((*out)->path, path) == 0 && (*out)->size == wanted.size && (*out)->line == wanted.line)
			return true;
	}
	wanted.path = strdup(path);
	if (!wanted.path)
		return err_memory(err);
	*out = &fonts->fonts[fonts->font_count++];
	**out = wanted;
	return true;
}

enum {
	WORD_SCRIPT,
	WORD_REGULAR,
	WORD_BOLD,
	WORD_SIZE,
	WORD_LINE,
	WORD_BORROWS,
	WORDS
};

static size_t split(char *line, char *words[WORDS + 1])
{
	size_t count = 0;
	char *rest;
	for (char *word = strtok_r(line, " \t\r", &rest); word && count <= WORDS; word = strtok_r(NULL, " \t\r", &rest))
		words[count++] = word;
	return count;
}

static bool read_borrows(const char *word, enum borrows *out, struct err *err)
{
	for (enum borrows which = BORROWS_NEUTRALS; which < BORROWS_COUNT; which++)
		if (strcmp(word, borrows_words[which]) == 0) {
			*out = which;
			return true;
		}
	return err_set(err, ERR_FORMAT, "\"%s\": only \"neutrals\" or \"ascii\" is allowed here", word);
}

static bool read_line(struct fonts *fonts, const char *share, char *line, struct err *err)
{
	char *words[WORDS + 1];
	line[strcspn(line, "#")] = '\0';
	size_t count = split(line, words);
	if (count == 0)
		return true;
	if (fonts->count == FONTS_FAMILIES_MAX)
		return err_set(err, ERR_LIMIT, "more than %d scripts", FONTS_FAMILIES_MAX);
	struct family *family = &fonts->families[fonts->count];
	struct font wanted = {0};
	if (count < WORD_BORROWS || count > WORDS || strlen(words[WORD_SCRIPT]) != 4)
		return err_set(
			err, ERR_FORMAT,
			"must be: script (4 letters), regular, bold, size, line, perhaps \"neutrals\" or \"ascii\"");
	if (count == WORDS && !read_borrows(words[WORD_BORROWS], &family->borrows, err))
		return false;
	if (!factor(words[WORD_SIZE], &wanted.size) || !factor(words[WORD_LINE], &wanted.line))
		return err_set(err, ERR_FORMAT, "factors must be %.1f to %.1f", FACTOR_MIN, FACTOR_MAX);
	fonts->count++;
	family->script = hb_tag_from_string(words[WORD_SCRIPT], 4);
	return locate(fonts, share, words[WORD_REGULAR], wanted, &family->regular, err) &&
	       locate(fonts, share, words[WORD_BOLD], wanted, &family->bold, err);
}

static bool read_manifest(struct fonts *fonts, const char *share, struct err *err)
{
	char path[FONTS_PATH_MAX];
	struct buf buf = {0};
	int len = snprintf(path, sizeof(path), "%s/fonts/manifest.txt", share);
	if (len < 0 || (size_t)len >= sizeof(path))
		return err_set(err, ERR_LIMIT, "font path longer than %d bytes", FONTS_PATH_MAX - 1);
	if (!file_read(AT_FDCWD, path, MANIFEST_BYTES_MAX, &buf, err))
		return false;
	bool ok = true;
	int number = 1;
	char *next = buf.data;
	for (char *line; ok && (line = strsep(&next, "\n")); number++)
		ok = read_line(fonts, share, line, err) || err_context(err, "%s:%d", path, number);
	buf_finish(&buf);
	if (ok && fonts->count == 0)
		return err_set(err, ERR_FORMAT, "%s names no font", path);
	return ok;
}

bool fonts_open(const char *share, struct fonts **out, struct err *err)
{
	struct fonts *fonts = calloc(1, sizeof(*fonts));
	if (!fonts)
		return err_memory(err);
	if (!faces_create(&fonts->faces, err) || !read_manifest(fonts, share, err) ||
	    !font_open(fonts->faces, fonts->families[0].regular, err)) {
		fonts_close(fonts);
		return err_context(err, "fonts");
	}
	const struct font *font = fonts->families[0].regular;
	hb_font_extents_t extents = {0};
	hb_font_get_h_extents(font->shaper, &extents);
	fonts->metrics.ascent = (float)extents.ascender / font->units;
	fonts->metrics.descent = -(float)extents.descender / font->units;
	*out = fonts;
	return true;
}

void fonts_close(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < fonts->font_count; i++) {
		hb_font_destroy(fonts->fonts[i].shaper);
		free(fonts->fonts[i].path);
	}
	faces_destroy(fonts->faces);
	free(fonts);
}

struct fonts_metrics fonts_metrics(const struct fonts *fonts)
{
	return fonts->metrics;
}

struct font *fonts_default(struct fonts *fonts, bool bold)
{
	struct family *first = &fonts->families[0];
	return bold && ready(fonts, first->bold) ? first->bold : first->regular;
}

static struct font *of(const struct family *family, bool bold)
{
	return bold ? family->bold : family->regular;
}

static bool covers(struct fonts *fonts, struct font *font, const uint32_t *codes, uint32_t count)
{
	if (!ready(fonts, font))
		return false;
	hb_codepoint_t glyph;
	for (uint32_t i = 0; i < count; i++)
		if (!hb_font_get_nominal_glyph(font->shaper, codes[i], &glyph) && !chars_invisible(codes[i]))
			return false;
	return true;
}

static struct family *of_script(struct fonts *fonts, uint32_t script)
{
	for (size_t i = 0; i < fonts->count; i++)
		if (fonts->families[i].script == script)
			return &fonts->families[i];
	return &fonts->families[0];
}

/* What is common in left-to-right order, and spaces between such characters. */
static bool borrows(struct fonts *fonts, const struct family *family, const struct fonts_wish *wish)
{
	if (family->borrows == BORROWS_NOTHING || !wish->neutral || !wish->even)
		return false;
	if (family->borrows == BORROWS_ASCII && wish->codes[0] >= 0x80 && wish->codes[0] != NO_BREAK_SPACE)
		return false;
	const struct font *first = of(&fonts->families[0], wish->bold);
	return !chars_invisible(wish->codes[0]) || wish->before == first;
}

static struct font *choose(struct fonts *fonts, const struct fonts_wish *wish)
{
	struct family *own = of_script(fonts, wish->script);
	struct font *first = of(&fonts->families[0], wish->bold);
	if (borrows(fonts, own, wish) && covers(fonts, first, wish->codes, wish->count))
		return first;
	const uint32_t lengths[] = {wish->count, 1};
	for (size_t try = 0; try < ARRAY_LEN(lengths); try++) {
		if (covers(fonts, of(own, wish->bold), wish->codes, lengths[try]))
			return of(own, wish->bold);
		for (size_t i = 0; i < fonts->count; i++)
			if (covers(fonts, of(&fonts->families[i], wish->bold), wish->codes, lengths[try]))
				return of(&fonts->families[i], wish->bold);
	}
	return ready(fonts, of(own, wish->bold)) ? of(own, wish->bold) : fonts_default(fonts, wish->bold);
}

struct font *fonts_choose(struct fonts *fonts, const struct fonts_wish *wish)
{
	if (wish->count != 1)
		return choose(fonts, wish);
	bool follows = wish->before == of(&fonts->families[0], wish->bold);
	struct choice wanted = {
		.code = wish->codes[0],
		.script = wish->script,
		.flags = wish->bold | wish->neutral << 1 | wish->even << 2 | follows << 3,
	};
	struct choice *known = &fonts->choices[wanted.code % CHOICES];
	if (known->font && known->code == wanted.code && known->script == wanted.script && known->flags == wanted.flags)
		return known->font;
	wanted.font = choose(fonts, wish);
	if (!fonts->starved)
		*known = wanted;
	return wanted.font;
}

bool fonts_cover(struct fonts *fonts, uint32_t code)
{
	for (int bold = 0; bold < 2; bold++) {
		size_t i = 0;
		while (i < fonts->count && !covers(fonts, of(&fonts->families[i], bold), &code, 1))
			i++;
		if (i == fonts->count)
			return false;
	}
	return true;
}

bool fonts_starved(struct fonts *fonts)
{
	bool starved = fonts->starved;
	fonts->starved = false;
	return starved;
}
