/* The manifest: what is wrong in it is said with file and line, and a damaged font costs its own script only. Each file
 * is mapped once, and what happens to its name later does not matter. */
#include "text/fonts.h"

#include "base/array.h"
#include "base/file.h"

#include "opened.h"

#include <fcntl.h>
#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#define TRUNCATED_PARTS 40

#define GOOD "Latn NotoSans-Regular.ttf NotoSans-Bold.ttf 1 1"

static char folder[64];

/* A share with copies of two real fonts and a damaged one. */
static int make_share(void **state)
{
	static const char *const names[] = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"};
	char real[4096];
	char place[256];
	struct err err;
	int dir;
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/vejviser-fonts-XXXXXX");
	if (!mkdtemp(folder) || !realpath(opened_share(), real))
		return -1;
	snprintf(place, sizeof(place), "%s/fonts", folder);
	if (!file_open_dir(AT_FDCWD, place, true, &dir, &err) ||
	    !file_write(dir, "damaged.ttf", "no font", 7, 0644, &err))
		return -1;
	close(dir);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char target[4200];
		snprintf(target, sizeof(target), "%s/fonts/%s", real, names[i]);
		snprintf(place, sizeof(place), "%s/fonts/%s", folder, names[i]);
		struct buf font = {0};
		if (!file_read(AT_FDCWD, target, 8u << 20, &font, &err) ||
		    !file_write(AT_FDCWD, place, font.data, font.len, 0644, &err))
			return -1;
		buf_finish(&font);
	}
	return 0;
}

static int remove_share(void **state)
{
	struct err err;
	(void)state;
	return file_remove(AT_FDCWD, folder, &err) ? 0 : -1;
}

static bool opens(const char *manifest, struct fonts **fonts, struct err *err)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/fonts/manifest.txt", folder);
	assert_true(file_write(AT_FDCWD, path, manifest, strlen(manifest), 0644, err));
	return fonts_open(folder, fonts, err);
}

static const struct {
	const char *manifest;
	enum err_code code;
	const char *says;
} faults[] = {
	{"", ERR_FORMAT, "names no font"},
	{"# only words\n\n", ERR_FORMAT, "names no font"},
	{"Latn\n", ERR_FORMAT, "manifest.txt:1: must be"},
	{GOOD "\n\nLatin a.ttf b.ttf 1 1\n", ERR_FORMAT, "manifest.txt:3: must be"},
	{GOOD " neutrals and more\n", ERR_FORMAT, "manifest.txt:1: must be"},
	{GOOD " digits\n", ERR_FORMAT, "manifest.txt:1: \"digits\": only \"neutrals\" or \"ascii\""},
	{GOOD " neutrals ascii\n", ERR_FORMAT, "manifest.txt:1: must be"},
	{"Latn NotoSans-Regular.ttf:1 NotoSans-Bold.ttf 1 1\n", ERR_FORMAT, "NotoSans-Regular.ttf:1 is no font"},
	{"Latn NotoSans-Regular.ttf:999999999999999999999 NotoSans-Bold.ttf 1 1\n", ERR_FORMAT, "at most font 255"},
	{"Latn NotoSans-Regular.ttf:x NotoSans-Bold.ttf 1 1\n", ERR_MISSING, "NotoSans-Regular.ttf:x"},
	{"Latn NotoSans-Regular.ttf: NotoSans-Bold.ttf 1 1\n", ERR_MISSING, "NotoSans-Regular.ttf:"},
	{"Latn :0 :0 1 1\n", ERR_IO, "fonts/"},
	{"Latn NotoSans-Regular.ttf NotoSans-Bold.ttf 0 1\n", ERR_FORMAT, "manifest.txt:1: factors"},
	{"Latn NotoSans-Regular.ttf NotoSans-Bold.ttf 1 nan\n", ERR_FORMAT, "manifest.txt:1: factors"},
	{"Latn NotoSans-Regular.ttf NotoSans-Bold.ttf 1 1,2\n", ERR_FORMAT, "manifest.txt:1: factors"},
	{"Latn NotoSans-Regular.ttf nowhere.ttf 1 1\n", ERR_MISSING, "nowhere.ttf"},
	{"Latn damaged.ttf damaged.ttf 1 1\n", ERR_FORMAT, "damaged.ttf"},
};

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		struct fonts *fonts;
		struct err err;
		assert_false(opens(faults[i].manifest, &fonts, &err));
		assert_int_equal(err.code, faults[i].code);
		if (!strstr(err.text, faults[i].says))
			fail_msg("\"%s\" does not say \"%s\"", err.text, faults[i].says);
	}
}

static void test_too_many(void **state)
{
	(void)state;
	struct buf manifest = {0};
	struct fonts *fonts;
	struct err err;
	for (int i = 0; i < FONTS_FAMILIES_MAX; i++)
		buf_append_text(&manifest, GOOD "\n");
	assert_true(opens(manifest.data, &fonts, &err));
	fonts_close(fonts);
	buf_append_text(&manifest, GOOD "\n");
	assert_false(opens(manifest.data, &fonts, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	buf_finish(&manifest);
}

#define TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static void test_choice(void **state)
{
	(void)state;
	struct fonts *fonts;
	struct err err;
	assert_true(opens("\t" GOOD " # a comment\r\nArab damaged.ttf damaged.ttf 1.5 2\n", &fonts, &err));
	const uint32_t letter[] = {'a', 0x301};
	const uint32_t arabic[] = {0x628};
	struct fonts_wish wish = {.codes = letter, .count = 2, .script = TAG('L', 'a', 't', 'n')};
	struct font *regular = fonts_choose(fonts, &wish);
	assert_ptr_equal(regular, fonts_default(fonts, false));
	assert_true(regular->units == 1000);
	wish.bold = true;
	assert_ptr_equal(fonts_choose(fonts, &wish), fonts_default(fonts, true));
	assert_ptr_not_equal(regular, fonts_default(fonts, true));
	wish = (struct fonts_wish){.codes = arabic, .count = 1, .script = TAG('A', 'r', 'a', 'b')};
	assert_ptr_equal(fonts_choose(fonts, &wish), regular); /* its own font is damaged, no other has the letter */
	assert_false(fonts_starved(fonts));
	assert_true(fonts_metrics(fonts).ascent > 1 && fonts_metrics(fonts).descent > 0.2f);
	fonts_close(fonts);
}

/* Lines of /proc/self/maps that name the file. */
static int mappings(const char *name)
{
	char line[512];
	int count = 0;
	FILE *maps = fopen("/proc/self/maps", "r");
	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps))
		count += strstr(line, name) != NULL;
	fclose(maps);
	return count;
}

static uint32_t glyph_box(struct fonts *fonts, uint32_t code, struct rect *box)
{
	struct fonts_wish wish = {.codes = &code, .count = 1, .script = TAG('L', 'a', 't', 'n')};
	struct font *font = fonts_choose(fonts, &wish);
	hb_codepoint_t glyph = 0;
	hb_font_get_nominal_glyph(font->shaper, code, &glyph);
	*box = face_glyph_box(font->face, glyph, 100);
	return glyph;
}

/* Three families, two sizes, with and without a number: one file. When it is replaced or deleted, the fonts go on. */
static void test_mapped_once(void **state)
{
	(void)state;
	struct fonts *fonts;
	struct err err;
	struct rect before, after;
	char path[128];
	assert_true(opens("Latn NotoSans-Bold.ttf NotoSans-Bold.ttf:0 1 1\n"
			  "Cyrl NotoSans-Bold.ttf NotoSans-Bold.ttf 1 1\n"
			  "Arab NotoSans-Bold.ttf:0 NotoSans-Bold.ttf 1.5 1\n",
			  &fonts, &err));
	assert_int_equal(mappings("NotoSans-Bold.ttf"), 1);
	const uint32_t nowhere[] = {0x628};
	struct fonts_wish wish = {.codes = nowhere, .count = 1, .script = TAG('A', 'r', 'a', 'b')};
	for (int bold = 0; bold < 2; bold++, wish.bold = true)
		fonts_choose(fonts, &wish); /* asks every font */
	assert_int_equal(mappings("NotoSans-Bold.ttf"), 1);
	uint32_t glyph = glyph_box(fonts, 'a', &before);
	assert_true(glyph != 0 && before.w > 20);
	snprintf(path, sizeof(path), "%s/fonts/NotoSans-Bold.ttf", folder);
	assert_true(file_write(AT_FDCWD, path, "no font", 7, 0644, &err)); /* aside, then renamed */
	assert_int_equal(glyph_box(fonts, 'a', &after), glyph);
	assert_memory_equal(&before, &after, sizeof(before));
	fonts_close(fonts);
	assert_int_equal(mappings("NotoSans-Bold.ttf"), 0);
	assert_false(
		opens(GOOD "\nArab NotoSans-Bold.ttf NotoSans-Bold.ttf 1 1\nCyrl x.ttf x.ttf 1 1\n", &fonts, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_int_equal(mappings("NotoSans"), 0);
}

/* A file that ends too early is refused, or has fewer glyphs; it does no harm. */
static void test_truncated(void **state)
{
	(void)state;
	struct buf font = {0};
	struct err err;
	char path[128];
	unsigned refused = 0;
	snprintf(path, sizeof(path), "%s/fonts/NotoSans-Regular.ttf", folder);
	assert_true(file_read(AT_FDCWD, path, 8u << 20, &font, &err));
	snprintf(path, sizeof(path), "%s/fonts/short.ttf", folder);
	for (size_t part = 0; part < TRUNCATED_PARTS; part++) {
		struct fonts *fonts;
		struct rect box;
		assert_true(file_write(AT_FDCWD, path, font.data, font.len * part / TRUNCATED_PARTS, 0644, &err));
		if (!opens("Latn short.ttf short.ttf 1 1\n", &fonts, &err)) {
			assert_int_equal(err.code, ERR_FORMAT);
			refused++;
			continue;
		}
		for (uint32_t code = 0x20; code < 0x250; code++) {
			glyph_box(fonts, code, &box);
			fonts_cover(fonts, code);
		}
		fonts_close(fonts);
	}
	assert_true(refused > 0);
	buf_finish(&font);
}

static void test_cover(void **state)
{
	(void)state;
	struct fonts *fonts;
	struct err err;
	assert_true(fonts_open(opened_share(), &fonts, &err));
	static const uint32_t shown[] = {'a', 0x20, 0xA0, 0xAD, 0xFFFD, 0x2066, 0x301, 0x1EC7, 0x628, 0x1200, 0x4E2D};
	static const uint32_t not_shown[] = {0x1F600, 0xA000, 0x20000, 0xE000, 0xFEFB, 0x10FFFF, 0xFFFFFFFF};
	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		assert_true(fonts_cover(fonts, shown[i]));
	for (size_t i = 0; i < ARRAY_LEN(not_shown); i++)
		assert_false(fonts_cover(fonts, not_shown[i]));
	fonts_close(fonts);
	/* In one weight only is not enough. */
	assert_true(opens("Latn NotoSans-Regular.ttf damaged.ttf 1 1\n", &fonts, &err));
	assert_false(fonts_cover(fonts, 'a'));
	fonts_close(fonts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),    cmocka_unit_test(test_too_many), cmocka_unit_test(test_choice),
		cmocka_unit_test(test_truncated), cmocka_unit_test(test_cover),    cmocka_unit_test(test_mapped_once),
	};
	return cmocka_run_group_tests(tests, make_share, remove_share);
}
