/* Every sample and specimen, and names, numbers, brackets and addresses between words of every language, against Pango:
 * the order on the glass and where a line may end. Pango is no part of the program; it is here because it is by others. */
#include "base/arena.h"
#include "base/array.h"
#include "base/buf.h"
#include "replay/specimen_texts.h"
#include "text/breaks.h"
#include "text/chars.h"

#include "opened.h"
#include "samples.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangoft2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CELLS_MAX   1024
#define STRINGS_MIN 400

static const struct {
	const char *lang;
	bool rtl;
	const char *word;
} words[] = {
	{"da", false, "Sundhedspleje"}, {"uk", false, "Поліклініка"},   {"el", false, "Δήμος"},
	{"ar", true, "الحضانة"},        {"fa", true, "شهرداری"},        {"ur", true, "بلدیہ"},
	{"ckb", true, "شارەوانی"},      {"he", true, "עירייה"},         {"ti", false, "ምምሕዳር"},
	{"th", false, "เทศบาล"},        {"lo", false, "ເທດສະບານ"},      {"my", false, "မြို့နယ်"},
	{"km", false, "សាលាក្រុង"},       {"ta", false, "நகராட்சி"},       {"hi", false, "नगरपालिका"},
	{"bn", false, "পৌরসভা"},        {"pa", false, "ਨਗਰਪਾਲਿਕਾ"},     {"gu", false, "નગરપાલિકા"},
	{"te", false, "పురపాలక"},        {"kn", false, "ಪುರಸಭೆ"},         {"ml", false, "നഗരസഭ"},
	{"si", false, "නගරසභාව"},       {"bo", false, "གྲོང་ཁྱེར་"},        {"ka", false, "მერია"},
	{"hy", false, "Քաղաքապետարան"}, {"vi", false, "Ủy ban"},        {"tr", false, "Işık"},
	{"ps", true, "ښاروالي"},        {"ku", false, "Şaredarî"},      {"pl", false, "Urząd"},
	{"ro", false, "Primăria"},      {"so", false, "Degmada"},       {"am", false, "ማዘጋጃ"},
	{"de", false, "Gemeinde"},      {"ru", false, "Муниципалитет"}, {"lt", false, "Savivaldybė"},
	{"bg", false, "Община"},        {"lv", false, "Pašvaldība"},    {"bs", false, "Općina"},
	{"ne", false, "नगरपालिका"},     {"zh", false, "市政府"},
};

/* Twice the word. */
static const char *const phrases[] = {
	"%s Borgerservice (%s) 99 66 70 00",
	"“%s”, Østergade 4-6, 9600 Aars: 1.234,50 kr. [%s]!",
	"%s " LRI "+45" NB "99" NB "66" NB "70" NB "00" PDI " — Ærø/%s? 50%% «Ø»",
	"%s https://%s.dk/vesthimmerland/boern-og-unge?id=12&x=a post@aars.dk",
	"Søren Å. (%s), 2026-03-02 9:00–16:00; %s… #7",
	"(%s [%s] 12) 3,5 — ©2026 §7",
};

struct pair {
	struct text *text;
	PangoFontMap *map;
	FcConfig *config;
};

static int open_both(void **state)
{
	struct pair *pair = calloc(1, sizeof(*pair));
	void *text = NULL;
	char folder[512];
	assert_non_null(pair);
	*state = pair;
	if (opened_setup(&text) != 0)
		return -1;
	pair->text = text;
	snprintf(folder, sizeof(folder), "%s/fonts", opened_share());
	pair->config = FcConfigCreate();
	assert_true(FcConfigSetCurrent(pair->config)); /* else Pango's thread reads the machine's */
	assert_true(FcConfigAppFontAddDir(pair->config, (const FcChar8 *)folder));
	pair->map = pango_ft2_font_map_new();
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(pair->map), pair->config);
	return 0;
}

static int close_both(void **state)
{
	struct pair *pair = *state;
	g_object_unref(pair->map);
	FcConfigDestroy(pair->config);
	text_close(pair->text);
	free(pair);
	return 0;
}

/* The text as Pango lays it out, on one line. */
static PangoLayout *lay_out(const struct pair *pair, const struct text_input *input)
{
	PangoContext *context = pango_font_map_create_context(pair->map);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans 30");
	pango_context_set_language(context, pango_language_from_string(input->lang));
	pango_context_set_base_dir(context, input->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	PangoLayout *layout = pango_layout_new(context);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_auto_dir(layout, false);
	pango_layout_set_text(layout, input->utf8, (int)input->len);
	pango_font_description_free(font);
	g_object_unref(context);
	return layout;
}

/* Where clusters begin, from left to right. */
static size_t pango_order(PangoLayout *layout, uint32_t *starts)
{
	size_t count = 0;
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	do {
		if (!pango_layout_iter_get_run_readonly(iter))
			continue;
		assert_true(count < CELLS_MAX);
		starts[count++] = (uint32_t)pango_layout_iter_get_index(iter);
	} while (pango_layout_iter_next_cluster(iter));
	pango_layout_iter_free(iter);
	return count;
}

static bool holds(const uint32_t *starts, size_t count, uint32_t start)
{
	for (size_t i = 0; i < count; i++)
		if (starts[i] == start)
			return true;
	return false;
}

static size_t only_common(uint32_t *starts, size_t count, const uint32_t *others, size_t other_count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (holds(others, other_count, starts[i]))
			starts[kept++] = starts[i];
	return kept;
}

/* Why a difference is right. */
#define DICTIONARY "words without spaces: ICU's dictionaries differ from libthai's, and Pango knows only Thai ones"
#define QUOTES     "Chinese quotes open and close, as ICU's rules for zh say; to Pango they are ambiguous"
#define LATIN_1    "libthai takes Latin-1 characters in Thai text for Thai ones, and breaks after a no-break space"

/* Pairs of characters between which one may break and the other not, and how often that happens. */
static const struct allowed {
	const char *lang; /* NULL: any */
	uint32_t before_first, before_last, after_first, after_last;
	unsigned times;
	const char *reason;
} allowed[] = {
	{NULL, 0x0E00, 0x0E7F, 0x0E00, 0x0E7F, 4, DICTIONARY},  {NULL, 0x0E80, 0x0EFF, 0x0E80, 0x0EFF, 2, DICTIONARY},
	{NULL, 0x1000, 0x109F, 0x1000, 0x109F, 21, DICTIONARY}, {NULL, 0x1780, 0x17FF, 0x1780, 0x17FF, 24, DICTIONARY},
	{"th", 0x00A0, 0x00A0, '0', '9', 11, LATIN_1},          {"th", 0x00A7, 0x00A7, '7', '7', 1, LATIN_1},
	{"th", 0x00A9, 0x00A9, '2', '2', 1, LATIN_1},           {"zh", 0xFF1A, 0xFF1A, 0x201C, 0x201C, 1, QUOTES},
	{"zh", 0x201D, 0x201D, 0x8BF7, 0x8BF7, 1, QUOTES},      {"zh", 0xFF0C, 0xFF0C, 0x201C, 0x201C, 1, QUOTES},
	{"zh", 0x201D, 0x201D, 0x5230, 0x5230, 1, QUOTES},
};

struct tally {
	const struct pair *pair;
	unsigned strings, faults;
	unsigned times[ARRAY_LEN(allowed)];
};

static bool allow(struct tally *tally, const char *lang, uint32_t before, uint32_t after)
{
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++) {
		const struct allowed *row = &allowed[i];
		if ((row->lang && strcmp(row->lang, lang) != 0) || before < row->before_first ||
		    before > row->before_last || after < row->after_first || after > row->after_last)
			continue;
		tally->times[i]++;
		return true;
	}
	return false;
}

/* Clusters are not quite the same (marks stand by themselves in one and not in the other): those that begin at the same
 * byte must be most, and in the same order. */
static void compare_order(struct tally *tally, const struct text_input *input, PangoLayout *layout)
{
	uint32_t ours[CELLS_MAX], theirs[CELLS_MAX], all[CELLS_MAX];
	const struct paragraph *p = text_paragraph(tally->pair->text, input);
	size_t all_count = p->lines[p->line_count].first_cell;
	assert_true(all_count < CELLS_MAX);
	for (size_t i = 0; i < all_count; i++)
		ours[i] = all[i] = p->cells[i].start;
	size_t their_count = pango_order(layout, theirs);
	size_t least = all_count < their_count ? all_count : their_count;
	size_t our_count = only_common(ours, all_count, theirs, their_count);
	their_count = only_common(theirs, their_count, all, all_count);
	bool same = our_count == their_count && memcmp(ours, theirs, our_count * sizeof(*ours)) == 0;
	if (same && our_count * 5 >= least * 4)
		return;
	tally->faults++;
	print_error("other order, or too little in common (%zu of %zu): %s\n", our_count, least, input->utf8);
}

static void compare_breaks(struct tally *tally, const struct text_input *input, PangoLayout *layout)
{
	struct arena arena = {0};
	struct chars chars;
	uint8_t *flags;
	int count;
	struct breaks *breaks = breaks_create();
	const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(layout, &count);
	assert_non_null(breaks);
	assert_true(chars_decode(&arena, input->utf8, input->len, &chars));
	assert_true(breaks_find(breaks, &arena, input->lang, chars.code, chars.count, &flags));
	assert_int_equal(count, chars.count + 1);
	for (uint32_t i = 1; i < chars.count; i++) {
		bool ours = flags[i] & BREAKS_MAY;
		bool theirs = attrs[i].is_line_break;
		if (ours == theirs || allow(tally, input->lang, chars.code[i - 1], chars.code[i]))
			continue;
		tally->faults++;
		print_error("only %s may break U+%04X | U+%04X: %s\n", ours ? "we" : "Pango", chars.code[i - 1],
			    chars.code[i], input->utf8);
	}
	breaks_destroy(breaks);
	arena_finish(&arena);
}

static void compare(struct tally *tally, const char *lang, bool rtl, const char *utf8)
{
	struct text_input input = opened_input(lang, rtl, 0, utf8);
	PangoLayout *layout = lay_out(tally->pair, &input);
	compare_order(tally, &input, layout);
	compare_breaks(tally, &input, layout);
	g_object_unref(layout);
	tally->strings++;
}

static void test_against_pango(void **state)
{
	struct tally tally = {.pair = *state};
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		if (*samples[i].utf8 && strcmp(samples[i].name, "mandatory breaks") != 0)
			compare(&tally, samples[i].lang, samples[i].rtl, samples[i].utf8);
	for (size_t i = 0; i < ARRAY_LEN(specimen_texts); i++) {
		const struct specimen_text *of = &specimen_texts[i];
		compare(&tally, of->lang, of->rtl, of->paragraph);
		for (size_t n = 0; n < SPECIMEN_ITEMS; n++)
			compare(&tally, of->lang, of->rtl, of->items[n]);
	}
	for (size_t w = 0; w < ARRAY_LEN(words); w++)
		for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
			struct buf phrase = {0};
			buf_printf(&phrase, phrases[i], words[w].word, words[w].word);
			compare(&tally, words[w].lang, words[w].rtl, phrase.data);
			buf_finish(&phrase);
		}
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (tally.times[i] != allowed[i].times) {
			tally.faults++;
			print_error("row %zu happens %u times, not %u (%s)\n", i, tally.times[i], allowed[i].times,
				    allowed[i].reason);
		}
	assert_int_equal(tally.faults, 0);
	assert_true(tally.strings >= STRINGS_MIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_pango)};
	return cmocka_run_group_tests(tests, open_both, close_both);
}
