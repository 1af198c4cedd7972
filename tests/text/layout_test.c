/* Lines, order and widths: written samples against a golden file; these, every language's specimen and every text of the
 * built sample content against the rules themselves. */
#include "base/arena.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "replay/specimen_texts.h"
#include "text/bidi.h"
#include "text/chars.h"

#include "opened.h"
#include "samples.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define GOLDEN             "tests/text/layout_golden.txt"
#define BUNDLE             "build/sample/bundle" /* make test builds it first */
#define DOCUMENT_BYTES_MAX (4u << 20)

/* The cells of a line from left to right, as runs of bytes: "0>21" rises, "34<21" falls. */
static void dump_order(struct buf *out, const struct paragraph *p, const struct paragraph_line *line)
{
	for (size_t i = line->first_cell, end; i < line[1].first_cell; i = end) {
		bool falls = i + 1 < line[1].first_cell && p->cells[i + 1].end == p->cells[i].start;
		for (end = i + 1; end < line[1].first_cell; end++)
			if (falls ? p->cells[end].end != p->cells[end - 1].start
				  : p->cells[end].start != p->cells[end - 1].end)
				break;
		if (falls)
			buf_printf(out, " %u<%u", p->cells[i].end, p->cells[end - 1].start);
		else
			buf_printf(out, " %u>%u", p->cells[i].start, p->cells[end - 1].end);
	}
}

static void dump(struct buf *out, const struct sample *sample, const struct paragraph *p)
{
	buf_printf(out, "== %s (%s, %s, %.0f px): %.0f x %.0f%s", sample->name, sample->lang,
		   sample->rtl ? "rtl" : "ltr", (double)sample->width, (double)p->width, (double)paragraph_height(p),
		   p->cut ? ", cut" : "");
	if (p->missing > 0)
		buf_printf(out, ", missing %d", p->missing);
	buf_printf(out, "\n");
	for (size_t i = 0; i < p->line_count; i++) {
		const struct paragraph_line *line = &p->lines[i];
		buf_printf(out, "%u-%u x %.0f w %.0f base %.0f glyphs %zu runs %zu:", line->start, line->end,
			   (double)line->x, (double)line->width, (double)line->baseline,
			   line[1].first_glyph - line->first_glyph, line[1].first_run - line->first_run);
		dump_order(out, p, line);
		buf_printf(out, " | %.*s\n",
			   (int)(line->end - line->start -
				 (line->end > line->start && sample->utf8[line->end - 1] == '\v')),
			   sample->utf8 + line->start);
	}
}

static void test_golden(void **state)
{
	struct buf got = {0};
	struct buf expected = {0};
	struct err err;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct text_input input =
			opened_input(samples[i].lang, samples[i].rtl, samples[i].width, samples[i].utf8);
		dump(&got, &samples[i], text_paragraph(*state, &input));
	}
	if (getenv("VEJVISER_WRITE_GOLDEN"))
		assert_true(file_write(AT_FDCWD, GOLDEN, got.data, got.len, 0644, &err));
	assert_true(file_read(AT_FDCWD, GOLDEN, 1u << 20, &expected, &err));
	char *rest_got = got.data;
	char *rest_expected = expected.data;
	for (char *line; (line = strsep(&rest_got, "\n"));)
		assert_string_equal(line, rest_expected ? strsep(&rest_expected, "\n") : "");
	assert_null(rest_expected);
	buf_finish(&got);
	buf_finish(&expected);
}

/* The text's bidi paragraph [start, end) as characters, and the levels of each. */
struct resolved {
	struct chars chars;
	struct bidi bidi;
};

static uint32_t cell_of(const struct paragraph *p, const struct paragraph_line *line, uint32_t offset)
{
	for (size_t i = line->first_cell; i < line[1].first_cell; i++)
		if (p->cells[i].start <= offset && offset < p->cells[i].end)
			return (uint32_t)i;
	return UINT32_MAX;
}

/* UAX #9 character by character gives the order in which the line's cells stand. */
static void check_order(const struct paragraph *p, const struct paragraph_line *line, const struct resolved *all,
			bool rtl)
{
	const struct chars *chars = &all->chars;
	uint32_t start = 0;
	while (start < chars->count && chars->offset[start] < line->start)
		start++;
	uint32_t end = start;
	while (end < chars->count && chars->offset[end] < line->end)
		end++;
	uint32_t count = end - start;
	uint8_t *levels = calloc(count + 1, 1);
	uint32_t *order = calloc(count + 1, sizeof(*order));
	uint32_t hang = bidi_hang(&all->bidi, start, end);
	for (uint32_t i = start; i < end; i++)
		levels[i - start] = i < hang ? all->bidi.levels[i] : rtl;
	bidi_order(levels, count, order);
	size_t cell = line->first_cell;
	uint32_t last = UINT32_MAX;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = cell_of(p, line, chars->offset[start + order[i]]);
		if (at == UINT32_MAX) {
			assert_true(start + order[i] >= hang);
			continue;
		}
		if (at != last)
			assert_int_equal(at, cell++);
		last = at;
	}
	assert_int_equal(cell, line[1].first_cell);
	free(levels);
	free(order);
}

static void check_lines(const struct paragraph *p, const struct text_input *input)
{
	uint32_t at = 0;
	for (size_t i = 0; i < p->line_count; i++) {
		const struct paragraph_line *line = &p->lines[i];
		assert_int_equal(line->start, at);
		at = line->end;
		size_t graphemes = 0;
		float left = line->x;
		float right = left;
		for (size_t c = line->first_cell; c < line[1].first_cell; c++) {
			const char *byte = input->utf8 + p->cells[c].start;
			graphemes += p->cells[c].whole && p->cells[c].w > 0 && *byte != ' ';
			if (p->cells[c].start < line->end && *byte != ' ') {
				left = p->cells[c].x < left ? p->cells[c].x : left;
				right = p->cells[c].x + p->cells[c].w > right ? p->cells[c].x + p->cells[c].w : right;
			}
		}
		assert_true(right - left <= line->width + 0.1f);
		if (line->width > input->width + 0.02f && graphemes > 1)
			fail_msg("%.1f px in %.1f: %.*s", (double)line->width, (double)input->width,
				 (int)(line->end - line->start), input->utf8 + line->start);
	}
	assert_int_equal(at, input->len);
}

/* `input` is one bidi paragraph. */
static void check(struct text *text, const struct text_input *input)
{
	const struct paragraph *p = text_paragraph(text, input);
	assert_false(text_failed(text));
	check_lines(p, input);
	struct arena arena = {0};
	struct resolved all;
	assert_true(chars_decode(&arena, input->utf8, input->len, &all.chars));
	assert_true(bidi_resolve(&arena, all.chars.code, all.chars.count, input->rtl, &all.bidi));
	for (size_t i = 0; i < p->line_count; i++)
		check_order(p, &p->lines[i], &all, input->rtl);
	arena_finish(&arena);
}

/* Every box the design knows, from a fact card to a landscape page, at the four text sizes. */
static void check_boxes(struct text *text, struct text_input *input)
{
	static const float widths[] = {60, 260, 468, 960};
	static const float sizes[] = {24, 30, 45, 60};
	for (size_t w = 0; w < ARRAY_LEN(widths); w++)
		for (size_t s = 0; s < ARRAY_LEN(sizes); s++) {
			input->width = widths[w];
			input->size = sizes[s];
			input->line = sizes[s] * 1.4f;
			check(text, input);
		}
	text_trim(text);
}

static void test_samples_in_boxes(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		if (!*samples[i].utf8 || strcmp(samples[i].name, "mandatory breaks") == 0)
			continue;
		struct text_input input = opened_input(samples[i].lang, samples[i].rtl, 0, samples[i].utf8);
		check_boxes(*state, &input);
	}
}

static void test_specimens_in_boxes(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(specimen_texts); i++) {
		const struct specimen_text *of = &specimen_texts[i];
		struct text_input input = opened_input(of->lang, of->rtl, 0, of->paragraph);
		check_boxes(*state, &input);
		for (size_t n = 0; n < SPECIMEN_ITEMS; n++) {
			input = opened_input(of->lang, of->rtl, 0, of->items[n]);
			check_boxes(*state, &input);
		}
	}
}

/* The built sample: every text of every document of one language, as the kiosk gets it. */
struct walk {
	struct text *text;
	const char *lang;
	bool rtl;
	unsigned documents, texts;
	char path[512];
};

static void check_texts(struct walk *walk, const struct json *value)
{
	const char *text;
	struct err err;
	if (json_get_text(value, NULL, SIZE_MAX, &text, &err)) {
		struct text_input input = opened_input(walk->lang, walk->rtl, 0, text);
		check_boxes(walk->text, &input);
		if (paragraph_missing(text_paragraph(walk->text, &input)) > 0)
			fail_msg("%s: no glyph: %s", walk->path, text);
		walk->texts++;
	}
	for (const struct json *member = json_first(value); member; member = json_next(member))
		check_texts(walk, member);
}

static struct json *read_document(const char *path)
{
	struct buf bytes = {0};
	struct json *json = NULL;
	struct err err;
	if (!file_read(AT_FDCWD, path, DOCUMENT_BYTES_MAX, &bytes, &err) ||
	    !json_parse(bytes.data, bytes.len, DOCUMENT_BYTES_MAX, &json, &err))
		fail_msg("%s", err.text);
	buf_finish(&bytes);
	return json;
}

/* pages/ar/clubs/library.json and ui/ar.json are Arabic. */
static bool is_in(const char *path, const char *lang)
{
	char folder[16];
	char file[16];
	snprintf(folder, sizeof(folder), "/%s/", lang);
	snprintf(file, sizeof(file), "/%s.json", lang);
	const char *ending = strrchr(path, '.');
	return ending && strcmp(ending, ".json") == 0 && (strstr(path, folder) || strstr(path, file));
}

static bool visit(void *context, const char *name, bool is_dir, struct err *err)
{
	struct walk *walk = context;
	size_t folder = strlen(walk->path);
	assert_true(folder + strlen(name) + 1 < sizeof(walk->path));
	snprintf(walk->path + folder, sizeof(walk->path) - folder, "/%s", name);
	bool ok = !is_dir || file_list(AT_FDCWD, walk->path, visit, walk, err);
	if (!is_dir && is_in(walk->path, walk->lang)) {
		struct json *document = read_document(walk->path);
		check_texts(walk, document);
		json_destroy(document);
		walk->documents++;
	}
	walk->path[folder] = '\0';
	return ok;
}

static void test_content_in_boxes(void **state)
{
	struct json *bundle = read_document(BUNDLE "/bundle.json");
	const struct json *languages;
	struct err err;
	assert_true(json_get_array(bundle, "languages", SIZE_MAX, &languages, &err));
	assert_true(json_count(languages) >= 4);
	for (const struct json *one = json_first(languages); one; one = json_next(one)) {
		struct walk walk = {.text = *state, .path = BUNDLE};
		assert_true(json_get_text(one, "code", 8, &walk.lang, &err));
		assert_true(json_get_bool(one, "rtl", &walk.rtl, &err));
		assert_true(file_list(AT_FDCWD, walk.path, visit, &walk, &err));
		assert_true(walk.documents > 10 && walk.texts > 300);
	}
	json_destroy(bundle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_samples_in_boxes),
		cmocka_unit_test(test_specimens_in_boxes),
		cmocka_unit_test(test_content_in_boxes),
	};
	return cmocka_run_group_tests(tests, opened_setup, opened_teardown);
}
