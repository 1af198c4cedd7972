/* For each rule of the audit a frame that breaks it and no other, and one that keeps them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/array.h"
#include "draw/paint.h"
#include "replay/rules.h"

/* A sheet of paper on which a row records something. */
struct sheet {
	struct text *text;
	struct pictures *pictures;
	struct ui *ui;
	pixman_image_t *picture;
};

#define INK   0xFF14252B
#define PAPER 0xFFFFFDF8
#define GREY  0xFF9AA5A8

static struct ui_text style(uint32_t colour)
{
	return (struct ui_text){.colour = colour, .size = 40, .line = 50, .silent = true};
}

static void words(struct sheet *sheet, struct box box, const char *text)
{
	struct ui_text ink = style(INK);
	ui_text(sheet->ui, box, &ink, text);
}

static void button(struct sheet *sheet, struct box box, const char *id)
{
	ui_target(sheet->ui, box,
		  &(struct ui_target){.role = ROLE_BUTTON, .id = id, .name = "Home", .action = {1, 0, ""}});
	words(sheet, (struct box){box.x + 8, box.y + 8, box.w - 16, 0}, id ? id : "x");
}

/* The same action for all but what has an id of its own. */
static void other(struct sheet *sheet, struct box box, const char *id)
{
	ui_target(sheet->ui, box,
		  &(struct ui_target){.role = ROLE_BUTTON, .id = id, .name = "Back", .action = {2, 0, ""}});
	words(sheet, (struct box){box.x + 8, box.y + 8, box.w - 16, 0}, id);
}

static void well(struct sheet *sheet)
{
	words(sheet, (struct box){60, 200, 900, 0}, "Welcome");
	button(sheet, (struct box){60, 1000, 300, 96}, "home");
	other(sheet, (struct box){374, 1000, 300, 96}, "back");
	other(sheet, (struct box){60, 100, 300, 96}, "back.above"); /* its equal lies below */
}

static void cut(struct sheet *sheet)
{
	struct ui_text short_of = style(INK);
	short_of.lines_max = 1;
	ui_text(sheet->ui, (struct box){60, 200, 200, 0}, &short_of, "a word too many to show");
	short_of.shortens = true;
	ui_text(sheet->ui, (struct box){60, 300, 200, 0}, &short_of, "meant to be shortened");
}

static void wide(struct sheet *sheet)
{
	words(sheet, (struct box){60, 200, 10, 0}, "W");
}

static void side(struct sheet *sheet)
{
	words(sheet, (struct box){1000, 200, 200, 0}, "beyond");
}

static void below(struct sheet *sheet)
{
	words(sheet, (struct box){60, 1900, 200, 0}, "under");
}

static void overlap(struct sheet *sheet)
{
	words(sheet, (struct box){60, 200, 500, 0}, "one word");
	words(sheet, (struct box){100, 220, 500, 0}, "and another");
}

static void glyph(struct sheet *sheet)
{
	words(sheet, (struct box){60, 200, 500, 0}, "what\U0010FFFD");
}

static void target(struct sheet *sheet)
{
	button(sheet, (struct box){60, 1000, 300, 90}, "low");
}

static void tile(struct sheet *sheet)
{
	button(sheet, (struct box){60, 1000, 140, 200}, "topic.health");
}

static void gap(struct sheet *sheet)
{
	button(sheet, (struct box){60, 1000, 300, 96}, "home");
	other(sheet, (struct box){370, 1000, 300, 96}, "back");
}

static void name(struct sheet *sheet)
{
	ui_target(sheet->ui, (struct box){60, 1000, 300, 96},
		  &(struct ui_target){.role = ROLE_BUTTON, .id = "home", .name = "", .action = {1, 0, ""}});
	words(sheet, (struct box){68, 1008, 280, 0}, "Home");
}

static void reach(struct sheet *sheet)
{
	button(sheet, (struct box){60, 100, 300, 96}, "home");
}

static void contrast(struct sheet *sheet)
{
	struct ui_text grey = style(GREY);
	ui_text(sheet->ui, (struct box){60, 200, 900, 0}, &grey, "g r e y");
}

static void control(struct sheet *sheet)
{
	ui_target(sheet->ui, (struct box){60, 1000, 300, 96},
		  &(struct ui_target){.role = ROLE_BUTTON, .id = "faint", .name = "Home", .action = {1, 0, ""}});
	ui_fill(sheet->ui, (struct box){160, 1020, 100, 40}, 0xFFEEEDE8);
}

static const struct row {
	const char *label;
	void (*record)(struct sheet *sheet);
	int broken; /* enum rule; -1: none */
	const char *what;
} rows[] = {
	{"well", well, -1, NULL},
	{"cut", cut, RULE_CUT, "a word too many to show"},
	{"wide", wide, RULE_WIDE, "W"},
	{"side", side, RULE_SIDE, "beyond"},
	{"below", below, RULE_SIDE, "under"},
	{"overlap", overlap, RULE_OVERLAP, "one word"},
	{"glyph", glyph, RULE_GLYPH, "what\U0010FFFD"},
	{"target", target, RULE_TARGET, "low"},
	{"tile", tile, RULE_TARGET, "topic.health"},
	{"gap", gap, RULE_GAP, "home"},
	{"name", name, RULE_NAME, "home"},
	{"reach", reach, RULE_REACH, "home"},
	{"contrast", contrast, RULE_CONTRAST, "g r e y"},
	{"control", control, RULE_CONTROL, "faint"},
};

struct findings {
	size_t count;
	enum rule rule;
	char what[64];
};

static bool found(void *context, enum rule rule, const char *what, const char *how, struct err *err)
{
	struct findings *findings = context;
	(void)err;
	assert_true(how[0]);
	findings->count++;
	findings->rule = rule;
	snprintf(findings->what, sizeof(findings->what), "%s", what);
	return true;
}

static void sheet_open(struct sheet *sheet, int width, int height, const struct row *row)
{
	struct err err;
	struct ui_frame frame = {.width = width, .height = height, .lang = "en", .now_ms = 1000};
	const char *share = getenv("VEJVISER_TEST_SHARE");
	assert_non_null(share);
	assert_true(text_open(share, &sheet->text, &err));
	assert_true(pictures_create(share, &sheet->pictures, &err));
	assert_true(ui_create(sheet->text, sheet->pictures, &sheet->ui, &err));
	ui_begin(sheet->ui, &frame);
	ui_fill(sheet->ui, (struct box){0, 0, ui_width(sheet->ui), ui_height(sheet->ui)}, PAPER);
	row->record(sheet);
	ui_end(sheet->ui);
	assert_true(ui_complete(sheet->ui));
	sheet->picture = pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, NULL, 0);
	struct painter *painter = painter_create();
	assert_non_null(painter);
	assert_true(paint(painter, ui_list(sheet->ui), sheet->picture, NULL, &err));
	painter_destroy(painter);
}

static void sheet_close(struct sheet *sheet)
{
	pixman_image_unref(sheet->picture);
	ui_destroy(sheet->ui);
	pictures_destroy(sheet->pictures);
	text_close(sheet->text);
}

static struct findings judge(const struct row *row, int width, int height)
{
	struct findings findings = {0};
	struct rules_report report = {found, &findings};
	struct sheet sheet;
	struct err err;
	sheet_open(&sheet, width, height, row);
	assert_true(rules_geometry(sheet.ui, &report, &err));
	assert_true(rules_colours(sheet.ui, sheet.picture, &report, &err));
	sheet_close(&sheet);
	return findings;
}

/* Limits are in millimetres: the same at every size of the picture. */
static void each_rule_finds_what_breaks_it(void **unused)
{
	(void)unused;
	static const int sizes[][2] = {{1080, 1920}, {768, 1366}, {2160, 3840}};
	for (size_t i = 0; i < ARRAY_LEN(rows) * ARRAY_LEN(sizes); i++) {
		const struct row *row = &rows[i / ARRAY_LEN(sizes)];
		const int *size = sizes[i % ARRAY_LEN(sizes)];
		struct findings findings = judge(row, size[0], size[1]);
		if (findings.count != (row->broken >= 0))
			fail_msg("%s at %d: %zu findings, the last is %s of \"%s\"", row->label, size[0],
				 findings.count, rule_name(findings.rule), findings.what);
		if (row->broken < 0)
			continue;
		assert_string_equal(rule_name(findings.rule), rule_name((enum rule)row->broken));
		assert_string_equal(findings.what, row->what);
	}
}

/* Grey words of what cannot be pressed are let off. */
static void disabled(struct sheet *sheet)
{
	struct ui_text grey = style(GREY);
	struct box box = {60, 1000, 300, 96};
	ui_target(sheet->ui, box,
		  &(struct ui_target){.role = ROLE_BUTTON, .id = "listen", .name = "Listen", .reason = "no voice yet"});
	ui_text(sheet->ui, (struct box){68, 1008, 280, 0}, &grey, "Listen");
}

static void what_cannot_be_pressed_may_be_grey(void **unused)
{
	(void)unused;
	static const struct row row = {"disabled", disabled, -1, NULL};
	assert_int_equal(judge(&row, 1080, 1920).count, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_finds_what_breaks_it),
		cmocka_unit_test(what_cannot_be_pressed_may_be_grey),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
