#include "glass.h"

#include <math.h>
#include <stdio.h>

#include "ui/widgets.h"

static float offset_given;

static void empty(struct glass *glass)
{
	(void)glass;
}

static bool near(float a, float b)
{
	return fabsf(a - b) < 0.01f;
}

static void canvas(void **unused)
{
	(void)unused;
	static const struct {
		int width, height;
		float mm_per_px, canvas_w, canvas_h;
		bool landscape;
	} cases[] = {
		{0, 0, 0, 1920, 1920, false},
		{-5, 10, -1, 1080, 10800, false},
		{1080, 1920, 0, 1080, 1920, false},
		{1920, 1080, 0, 1920, 1080, true},
		{2160, 3840, 0, 1080, 1920, false},
		{720, 1280, 0, 1080, 1920, false},
		{1000, 1000, 0, 1920, 1920, false},
		{1080, 2400, 0, 1080, 2400, false},
		{1366, 768, 0, 1920.94f, 1080, true},
		{1920, 1200, 0, 1920, 1200, true},
		/* 27": 0.311 mm, larger than it must be. 15.6": 0.18 mm: 96 design px are 20 mm. */
		{1080, 1920, 0.311f, 1080, 1920, false},
		{1080, 1920, 0.18f, 933.12f, 1658.88f, false},
		{1080, 1920, 0.0001f, 720, 1280, false}, /* nonsense in the settings */
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {.record = empty};
		glass_open(&glass);
		glass.frame.width = cases[i].width;
		glass.frame.height = cases[i].height;
		glass.frame.mm_per_px = cases[i].mm_per_px;
		glass_frame(&glass);
		float w = ui_width(glass.ui), h = ui_height(glass.ui);
		if (!near(w, cases[i].canvas_w) || !near(h, cases[i].canvas_h) ||
		    ui_landscape(glass.ui) != cases[i].landscape)
			fail_msg("case %zu: %f x %f", i, (double)w, (double)h);
		int width = cases[i].width > 0 ? cases[i].width : 1;
		assert_true(fabsf(scale_told * w - (float)width) < 0.01f);
		glass_close(&glass);
	}
}

static const int sizes[][2] = {{1080, 1920}, {1920, 1080}, {768, 1366}, {1001, 1777}, {480, 854}, {1440, 2560}};

static void thirds(struct glass *glass)
{
	for (int i = 0; i < 40; i++) {
		char id[16];
		snprintf(id, sizeof(id), "c.%d", i);
		struct box box = {7 + (float)i * 13.7f, (float)i * 11.3f, 13.7f, 11.3f};
		ui_target(glass->ui, box, &(struct ui_target){.id = id, .name = id, .action = {.verb = 1}});
	}
}

static void neighbours_meet(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < 2 * ARRAY_LEN(sizes); i++) {
		bool rtl = i % 2;
		struct glass glass = {.record = thirds,
				      .frame = {.width = sizes[i / 2][0], .height = sizes[i / 2][1], .rtl = rtl}};
		glass_open(&glass);
		for (size_t k = 0; k + 1 < ui_item_count(glass.ui); k++) {
			struct rect a = ui_item(glass.ui, k)->place, b = ui_item(glass.ui, k + 1)->place;
			assert_int_equal(rtl ? b.x + b.w : a.x + a.w, rtl ? a.x : b.x);
			assert_int_equal(a.y + a.h, b.y);
		}
		assert_true(ui_snap(glass.ui, 0.01f) > 0);
		assert_true(ui_snap(glass.ui, 0) == 0);
		float snapped = ui_snap(glass.ui, 7.3f);
		assert_true(snapped == ui_snap(glass.ui, snapped));
		glass_close(&glass);
	}
}

/* A bit of everything. */
static void everything(struct glass *glass)
{
	struct ui *ui = glass->ui;
	struct hue hue = theme_hue(ui_theme(ui), "daycare");
	struct ui_text text = {.type = TYPE_BODY, .colour = 0xFF0000FF}, end = text, middle = text;
	end.align = ALIGN_END;
	middle.align = ALIGN_CENTRE;
	ui_fill(ui, (struct box){0, 0, ui_width(ui), ui_height(ui)}, 0xFFFFFFFF);
	ui_fill(ui, (struct box){11, 13, 101, 33}, 0xFFFF0000);
	ui_round_corners(ui, (struct box){140, 13, 121, 77}, 30, CORNER_TOP_LEFT, 0xFF008800);
	ui_round_corners(ui, (struct box){300, 13, 121, 77}, 30, CORNER_BOTTOM_RIGHT | CORNER_TOP_RIGHT, 0xFF008800);
	ui_ring(ui, (struct box){450, 13, 155, 77}, 1000, 5, 0xFF880088);
	ui_card_shadow(ui, (struct box){650, 20, 200, 60}, 24);
	ui_dialog_shadow(ui, (struct box){650, 320, 200, 60}, 24);
	ui_text(ui, (struct box){20, 120, 400, 0}, &text, "twelve bytes");
	ui_text(ui, (struct box){20, 220, 400, 0}, &end, "twelve bytes");
	ui_text(ui, (struct box){20, 320, 400, 0}, &middle, "twelve bytes");
	widget_tile(ui, (struct box){450, 120, 91, 91}, "daycare", 60, hue, false);
	widget_button(ui, (struct box){20, 400, 300, 112}, BUTTON_MAIN, "check", "Send", "send",
		      (struct action){1, 0, ""});
	widget_button(ui, (struct box){340, 400, 300, 112}, BUTTON_SECOND, NULL, "Send", "more",
		      (struct action){1, 0, ""});
	widget_chip(ui, (struct box){660, 400, 184, 112}, "family", "Families", "chip", (struct action){1, 0, ""},
		    true);
	float y = 0;
	ui_scroll_begin(ui, (struct box){40, 540, 700, 500}, &glass->offset);
	struct widget_row row = {.icon = "coins",
				 .hue = hue,
				 .title = "What does it cost?",
				 .text = "You pay part.",
				 .id = "row",
				 .action = {.verb = 1}};
	y += widget_row(ui, 0, y, 700, &row) + 16;
	row.id = "off";
	row.reason = "not today";
	y += widget_row(ui, 0, y, 700, &row) + 16;
	y += widget_callout(ui, 0, y, 700,
			    &(struct widget_callout){.icon = "clock",
						     .fill = 0xFFFFEEAA,
						     .edge = 0xFF553300,
						     .title = "Remember",
						     .text = "a date"});
	ui_fill(ui, (struct box){3, y, 111, 900}, 0xFFAABBCC);
	ui_scroll_end(ui, y + 900);
}

/* Right to left is the same picture in the mirror, to the pixel. */
static void mirrors(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < 2 * ARRAY_LEN(sizes); i++) {
		uint32_t *pixels[2];
		struct glass glass = {.record = everything, .offset = 77};
		int width = sizes[i / 2][0], height = sizes[i / 2][1];
		for (int rtl = 0; rtl < 2; rtl++) {
			glass.frame =
				(struct ui_frame){.width = width, .height = height, .rtl = rtl, .high_contrast = i % 2};
			glass_open(&glass);
			glass_key(&glass, KEY_NEXT);
			pixels[rtl] = glass_paint(&glass);
			glass_close(&glass);
		}
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				if (pixels[0][y * width + x] != pixels[1][y * width + width - 1 - x])
					fail_msg("%d x %d: (%d, %d) is %08x and in the mirror %08x", width, height, x,
						 y, pixels[0][y * width + x], pixels[1][y * width + width - 1 - x]);
		free(pixels[0]);
		free(pixels[1]);
	}
}

static const char *icon_asked;

static void icon(struct glass *glass)
{
	ui_icon(glass->ui, (struct box){0, 0, 100, 100}, icon_asked, 40, 0xFF000000);
}

static void pictograms_turn(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		bool turns;
	} cases[] = {
		{"back", true},     {"chev", true},      {"listen", true},     {"route", true},   {"volUp", true},
		{"volDown", true},  {"expand", true},    {"slow", true},       {"docs", true},    {"wheel", true},
		{"check", false},   {"clock", false},    {"phone", false},     {"search", false}, {"dansk", false},
		{"aa", false},      {"keyboard", false}, {"backspace", false}, {"play", false},   {"question", false},
		{"no-such", false}, {"", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (int rtl = 0; rtl < 2; rtl++) {
			struct glass glass = {.record = icon, .frame = {.rtl = rtl}};
			icon_asked = cases[i].name;
			glass_open(&glass);
			if (icon_mirrored != (rtl && cases[i].turns))
				fail_msg("%s, rtl %d: mirrored %d", cases[i].name, rtl, icon_mirrored);
			glass_close(&glass);
		}
}

#define WORDS 0xFF123456u

static float heights[3], widths[2];

static void words(struct glass *glass)
{
	struct ui *ui = glass->ui;
	struct ui_text body = {.type = TYPE_BODY, .colour = WORDS};
	struct ui_text title = {.type = TYPE_H1, .colour = WORDS, .title = true, .lang = "ar", .rtl = 1};
	struct ui_text silent = {.type = TYPE_BODY, .silent = true};
	struct ui_text own = {.type = TYPE_H1, .colour = WORDS, .size = 20, .line = 30, .align = ALIGN_END};
	struct ui_text two = {.type = TYPE_BODY, .lines_max = 2};
	heights[0] = ui_text(ui, (struct box){100, 50, 400, 0}, &body, "0123456789"); /* letters 18 wide, lines 54 */
	ui_text(ui, (struct box){100, 200, 400, 0}, &title, "abcd");                  /* 32 wide, 76 */
	ui_text(ui, (struct box){100, 300, 400, 0}, &silent, "not told");
	ui_text(ui, (struct box){100, 400, 400, 0}, &own, "abcd"); /* 10 wide, 30 */
	heights[1] = ui_text(ui, (struct box){100, 500, 180, 0}, &two, "0123456789012345678901234567890123456789");
	heights[2] = ui_text_height(ui, 180, &body, "0123456789012345678901234567890123456789");
	widths[0] = ui_text_width(ui, &two, "0123456789");
	widths[1] = ui_text_height(ui, widths[0], &body, "0123456789");
}

static void text_places(void **unused)
{
	(void)unused;
	for (int rtl = 0; rtl < 2; rtl++) {
		struct glass glass = {.record = words, .frame = {.rtl = rtl}};
		glass_open(&glass);
		assert_int_equal(ui_item_count(glass.ui), 4);
		const struct ui_item *body = ui_item(glass.ui, 0), *title = ui_item(glass.ui, 1),
				     *own = ui_item(glass.ui, 2);
		assert_int_equal(body->role, ROLE_TEXT);
		assert_string_equal(body->name, "0123456789");
		assert_string_equal(body->lang, "da");
		assert_null(body->id);
		assert_int_equal(body->action.verb, 0);
		glass_place_is(body->place, rtl ? 1080 - 100 - 180 : 100, 50, 180, 54);
		assert_int_equal(title->role, ROLE_TITLE);
		assert_string_equal(title->lang, "ar");
		/* At the layout's start, though its words run the other way. */
		glass_place_is(title->place, rtl ? 1080 - 100 - 128 : 100, 200, 128, 76);
		glass_place_is(own->place, rtl ? 1080 - 500 : 460, 400, 40, 30);
		uint32_t *pixels = glass_paint(&glass); /* and what is told is where it is drawn */
		for (size_t i = 0; i < 3; i++) {
			struct rect at = ui_item(glass.ui, i)->place;
			const uint32_t *row = pixels + (size_t)at.y * 1080;
			assert_int_not_equal(row[at.x - 1], WORDS);
			assert_int_equal(row[at.x], WORDS);
			assert_int_equal(row[at.x + at.w - 1], WORDS);
			assert_int_not_equal(row[at.x + at.w], WORDS);
		}
		free(pixels);
		assert_true(heights[0] == 54);
		assert_true(heights[1] == 108);
		assert_true(heights[2] == 216);
		assert_true(widths[0] == 181);
		assert_true(widths[1] == 54);
		glass_close(&glass);
	}
}

/* What ui_text_width() says is enough for one line on every glass. */
static void widths_are_enough(struct glass *glass)
{
	struct ui_text style = {.type = TYPE_META};
	char text[64] = "";
	for (int i = 0; i < 60; i++) {
		strcat(text, "x");
		float width = ui_text_width(glass->ui, &style, text);
		float one = theme_type(TYPE_META, TEXT_100).line;
		if (!near(ui_text_height(glass->ui, width, &style, text), one))
			fail_msg("%d letters, %d px", i + 1, glass->frame.width);
	}
}

static void measures_agree(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct glass glass = {.record = widths_are_enough,
				      .frame = {.width = sizes[i][0], .height = sizes[i][1]}};
		glass_open(&glass);
		glass_close(&glass);
	}
}

static struct {
	float width;
	int lines_max, lines_wanted;
	float shrink_to, height;
} shrinking;

static void shrink(struct glass *glass)
{
	struct ui_text style = {.type = TYPE_BODY,
				.lines_max = shrinking.lines_max,
				.lines_wanted = shrinking.lines_wanted,
				.shrink_to = shrinking.shrink_to};
	shrinking.height = ui_text(glass->ui, (struct box){0, 0, shrinking.width, 0}, &style, "0123456789");
}

static void shrinks_in_steps(void **unused)
{
	(void)unused;
	static const struct {
		float width;
		int lines_max, lines_wanted;
		float shrink_to, share;
		int lines;
		bool one_word;
	} cases[] = {
		{180, 1, 0, 0.6f, 1, 1, false},    {179, 1, 0, 0.6f, 0.95f, 1, false},
		{170, 1, 0, 0.6f, 0.9f, 1, false}, {108, 1, 0, 0.6f, 0.6f, 1, false},
		{100, 1, 0, 0.6f, 0.6f, 1, false}, {179, 1, 0, 0.98f, 0.98f, 1, false},
		{90, 2, 0, 0.6f, 1, 2, false},     {89, 2, 0, 0.6f, 0.95f, 2, false},
		{100, 1, 0, 0, 1, 1, false},       {100, 0, 0, 0.6f, 1, 2, false},
		{0, 1, 0, 0.6f, 0.6f, 1, false},   {180, 0, 1, 0.9f, 1, 1, false},
		{170, 0, 1, 0.9f, 0.9f, 1, false}, {150, 0, 1, 0.9f, 1, 2, false},
		{90, 0, 2, 0.9f, 1, 2, false},     {60, 0, 2, 0.9f, 1, 4, false},
		{170, 0, 1, 0, 1, 2, false},       {170, 0, 0, 0.6f, 0.9f, 1, true},
		{100, 0, 0, 0.6f, 0.6f, 2, true},  {100, 0, 0, 0, 1, 2, true},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {.record = shrink};
		shrinking.width = cases[i].width;
		shrinking.lines_max = cases[i].lines_max;
		shrinking.lines_wanted = cases[i].lines_wanted;
		shrinking.shrink_to = cases[i].shrink_to;
		one_word = cases[i].one_word;
		glass_open(&glass);
		if (!near(shrinking.height, 54 * cases[i].share * (float)cases[i].lines))
			fail_msg("case %zu: %f", i, (double)shrinking.height);
		glass_close(&glass);
	}
	one_word = false;
}

static struct box link_box;

static void inner(struct glass *glass)
{
	struct ui *ui = glass->ui;
	struct ui_text body = {.type = TYPE_BODY};
	ui_scroll_begin(ui, (struct box){600, 200, 400, 500}, &glass->offset);
	if (glass->less)
		ui_direction(ui, !glass->frame.rtl);
	assert_true(ui_rtl(ui) == (glass->frame.rtl != glass->less));
	ui_target(ui, (struct box){10, 300, 50, 60},
		  &(struct ui_target){.id = "in", .name = "in", .action = {.verb = 1}});
	ui_text(ui, (struct box){10, 400, 300, 0}, &body, "see the doctor");
	struct box boxes[1];
	assert_int_equal(ui_text_boxes(ui, (struct box){10, 400, 300, 0}, &body, "see the doctor", 8, 14, boxes, 1), 1);
	ui_target(ui, boxes[0], &(struct ui_target){.id = "link", .name = "link", .action = {.verb = 1}});
	link_box = boxes[0];
	ui_scroll_end(ui, 2000);
	assert_true(ui_rtl(ui) == glass->frame.rtl);
}

/* A view in the end half of a picture; a page in it that reads as the frame, or the other way. */
static void directions(void **unused)
{
	(void)unused;
	static const struct {
		bool rtl, other;
		int x, text_x, link_x;
	} cases[] = {
		{false, false, 610, 610, 610 + 8 * 18},
		{false, true, 1000 - 60, 1000 - 10 - 252, 1000 - 10 - 252},
		{true, false, 1080 - 660, 1080 - 610 - 252, 1080 - 610 - 252},
		{true, true, 80 + 10, 90, 90 + 8 * 18},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {
			.record = inner, .offset = 30, .less = cases[i].other, .frame = {.rtl = cases[i].rtl}};
		glass_open(&glass);
		glass_place_is(glass_find(&glass, "in")->place, cases[i].x, 470, 50, 60);
		glass_place_is(ui_item(glass.ui, 1)->place, cases[i].text_x, 570, 252, 54);
		glass_place_is(glass_find(&glass, "link")->place, cases[i].link_x, 570, 108, 54);
		assert_true(near(link_box.x, 10 + 8 * 18) && near(link_box.y, 400));
		glass_close(&glass);
	}
}

static struct ui_target card_asked;

static void one_card(struct glass *glass)
{
	ui_fill(glass->ui, (struct box){0, 0, ui_width(glass->ui), ui_height(glass->ui)}, WORDS);
	widget_card(glass->ui, (struct box){100, 100, 300, 240}, &card_asked);
}

/* A shadow means "press me". */
static void shadows(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		bool high_contrast, press, chosen, action, reason, shadow;
	} cases[] = {
		{"to press", false, false, false, true, false, true},
		{"pressed", false, true, false, true, false, false},
		{"chosen", false, false, true, true, false, false},
		{"to read", false, false, false, false, false, false},
		{"disabled", false, false, false, true, true, false},
		{"high contrast", true, false, false, true, false, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {.record = one_card, .frame = {.high_contrast = cases[i].high_contrast}};
		card_asked = (struct ui_target){.id = "card",
						.name = "card",
						.action = {.verb = cases[i].action},
						.chosen = cases[i].chosen,
						.reason = cases[i].reason ? "later" : NULL};
		glass_open(&glass);
		if (cases[i].press)
			glass_finger(&glass, INPUT_DOWN, 1, 200, 200);
		glass_wait(&glass, 80);
		uint32_t *pixels = glass_paint(&glass);
		bool shadow = pixels[348 * 1080 + 250] != WORDS;
		if (shadow != cases[i].shadow)
			fail_msg("%s: shadow %d", cases[i].name, shadow);
		free(pixels);
		glass_close(&glass);
	}
}

static struct widget_row row_asked;
static float row_height, row_measured;

static void one_row(struct glass *glass)
{
	row_measured = widget_row_height(glass->ui, 960, &row_asked);
	row_height = widget_row(glass->ui, 60, 100, 960, &row_asked);
}

#define TALL "0123456789012345678901234567890123456789012345678901234567890123456789"
#define OPEN \
	{ \
		.verb = 1, .number = 7 \
	}

static const struct {
	const char *name;
	struct widget_row row;
	enum text_size size;
	size_t items;
	enum ui_role role;
	int verb;
	const char *told;
	float least, most;
} row_cases[] = {
	{"to press",
	 {.icon = "coins", .title = "Cost", .text = "Part of it", .id = "r", .action = OPEN},
	 TEXT_100,
	 1,
	 ROLE_BUTTON,
	 1,
	 "Cost. Part of it",
	 136,
	 136},
	{"grows",
	 {.icon = "coins", .title = TALL, .text = TALL, .id = "r", .action = OPEN},
	 TEXT_100,
	 1,
	 ROLE_BUTTON,
	 1,
	 NULL,
	 44 + 2 * 46 + 2 * 42,
	 44 + 2 * 46 + 2 * 42},
	{"narrow",
	 {.icon = "coins", .title = TALL, .text = TALL, .narrow = true, .id = "r", .action = OPEN},
	 TEXT_100,
	 1,
	 ROLE_BUTTON,
	 1,
	 NULL,
	 40 + 2 * 44 + 4 + 2 * 40,
	 40 + 2 * 44 + 4 + 2 * 40},
	{"disabled",
	 {.icon = "coins", .title = "Cost", .text = "Part", .id = "r", .action = OPEN, .reason = "later"},
	 TEXT_100,
	 1,
	 ROLE_BUTTON,
	 0,
	 "Cost. later",
	 136,
	 136},
	{"to read", {.title = "Cost", .text = "Part"}, TEXT_100, 2, ROLE_TEXT, 0, "Cost", 136, 136},
	{"chosen",
	 {.title = "Cost", .id = "r", .action = OPEN, .chosen = true},
	 TEXT_100,
	 1,
	 ROLE_CHOICE,
	 1,
	 "Cost",
	 136,
	 136},
	{"nothing in it", {.id = "r", .action = OPEN}, TEXT_100, 1, ROLE_BUTTON, 1, "", 136, 136},
	{"tile over text",
	 {.icon = "coins", .title = "Cost", .text = "Part", .id = "r", .action = OPEN},
	 TEXT_200,
	 1,
	 ROLE_BUTTON,
	 1,
	 "Cost. Part",
	 66 + 92 + 88 + 82,
	 66 + 92 + 88 + 82},
};

static void rows(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(row_cases); i++) {
		struct glass glass = {.record = one_row, .frame = {.text_size = row_cases[i].size}};
		row_asked = row_cases[i].row;
		glass_open(&glass);
		const struct ui_item *item = ui_item(glass.ui, 0);
		if (row_height < row_cases[i].least || row_height > row_cases[i].most || row_height != row_measured)
			fail_msg("%s: %f high, measured %f", row_cases[i].name, (double)row_height,
				 (double)row_measured);
		if (ui_item_count(glass.ui) != row_cases[i].items || item->role != row_cases[i].role ||
		    item->action.verb != row_cases[i].verb ||
		    (row_cases[i].told && strcmp(item->name, row_cases[i].told) != 0))
			fail_msg("%s: %zu items, \"%s\", verb %d", row_cases[i].name, ui_item_count(glass.ui),
				 item->name, item->action.verb);
		assert_int_equal(item->chosen, row_cases[i].row.chosen);
		assert_true(!item->reason == !row_cases[i].row.reason);
		if (item->id)
			glass_place_is(item->place, 60, 100, 960, (int)row_height);
		glass_close(&glass);
	}
}

static void layers(struct glass *glass)
{
	ui_layer(glass->ui, (int)offset_given);
	ui_meaning(glass->ui, (struct box){0, 0, 9, 9}, ROLE_STATUS, "ok");
}

static void layers_have_bounds(void **unused)
{
	(void)unused;
	static const int cases[][2] = {{-3, 0}, {0, 0}, {1, 1}, {2, 2}, {3, 2}, {999, 2}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct glass glass = {.record = layers};
		offset_given = (float)cases[i][0];
		glass_open(&glass);
		assert_int_equal(ui_item(glass.ui, 0)->layer, cases[i][1]);
		glass_close(&glass);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canvas),
		cmocka_unit_test(neighbours_meet),
		cmocka_unit_test(mirrors),
		cmocka_unit_test(pictograms_turn),
		cmocka_unit_test(text_places),
		cmocka_unit_test(measures_agree),
		cmocka_unit_test(shrinks_in_steps),
		cmocka_unit_test(directions),
		cmocka_unit_test(shadows),
		cmocka_unit_test(rows),
		cmocka_unit_test(layers_have_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
