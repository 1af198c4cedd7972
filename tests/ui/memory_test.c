#include "glass.h"

#include "../refuse.h"

#include <stdio.h>

#include "ui/widgets.h"

static void record(struct ui *ui)
{
	static const struct ui_frame frame = {.width = 1080, .height = 1920, .lang = "da", .now_ms = 1};
	struct ui_text text = {.type = TYPE_BODY, .colour = 0xFF000000};
	float offset = 0;
	ui_begin(ui, &frame);
	ui_scroll_begin(ui, (struct box){0, 100, 1080, 1000}, &offset);
	for (int i = 0; i < 200; i++) {
		char id[64];
		snprintf(id, sizeof(id), "row.%d.%040d", i, i);
		widget_row(ui, 60, (float)i * 152, 960,
			   &(struct widget_row){.title = id, .text = id, .id = id, .action = {.verb = 1}});
		ui_text(ui, (struct box){0, 0, 1080, 0}, &text, id);
	}
	ui_scroll_end(ui, 200 * 152);
	ui_end(ui);
}

/* Whichever allocation fails: the frame says so, nothing breaks, and the next one is whole. */
static void no_memory_from_any_allocation_on(void **unused)
{
	(void)unused;
	long count = 0;
	bool whole = false;
	for (; !whole; count++) {
		struct err err = {0};
		struct ui *ui = NULL;
		refused = false;
		left = count;
		bool created = ui_create(NULL, NULL, &ui, &err);
		if (created)
			record(ui);
		left = -1;
		whole = !refused;
		assert_true(created || (refused && err.code == ERR_MEMORY && !ui));
		if (!created)
			continue;
		assert_true(ui_complete(ui) == !refused);
		for (size_t i = 0; i < ui_item_count(ui); i++) {
			const struct ui_item *item = ui_item(ui, i);
			assert_true(refused || (item->name && item->lang));
		}
		struct action action;
		struct input_event event = {.kind = INPUT_KEY, .key = KEY_NEXT, .time_ms = 2};
		ui_input(ui, &event, &action);
		event = (struct input_event){.kind = INPUT_DOWN, .x = 500, .y = 500, .time_ms = 3};
		ui_input(ui, &event, &action);
		record(ui);
		assert_true(ui_complete(ui));
		assert_int_equal(ui_item_count(ui), 400);
		ui_destroy(ui);
	}
	assert_true(count > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(no_memory_from_any_allocation_on)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
