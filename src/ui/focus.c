#include "ui/ui.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/inside.h"

#include <math.h>
#include <string.h>

#define ARROW_ROLL  120.0f /* design px */
#define PAGE_SHARE  0.8f
#define VIEW_MARGIN 24.0f /* around what has the focus, in a view */

static bool focusable(const struct ui *ui, const struct ui_entry *entry)
{
	return entry->item.layer == ui->top && entry->item.action.verb != 0 && entry->item.id;
}

static const struct ui_entry *focused(const struct ui *ui)
{
	const struct ui_focus *focus = &ui->focus;
	const struct ui_entry *there = focus->index < ui->items.count ? &ui->items.all[focus->index] : NULL;
	if (!there || !ui_key_is(&focus->key, there->item.layer, &there->item))
		there = ui_items_find(ui, &focus->key);
	return there && focusable(ui, there) ? there : NULL;
}

const struct ui_item *ui_focused(const struct ui *ui)
{
	const struct ui_entry *entry = focused(ui);
	return entry ? &entry->item : NULL;
}

static void reveal(struct ui *ui, const struct ui_entry *entry)
{
	struct ui_scroll *scroll = ui_scroll_top(ui);
	if (!scroll || !entry->item.scrolled)
		return;
	float view = (float)scroll->view.y / ui->scale;
	float top = (float)entry->item.place.y / ui->scale - VIEW_MARGIN - view;
	float bottom = top + (float)entry->item.place.h / ui->scale + 2 * VIEW_MARGIN;
	float way = top < 0 || bottom - top > scroll->height ? top : fmaxf(bottom - scroll->height, 0);
	/* From where it was recorded, not from where it has rolled since: there the place was measured. */
	if (way != 0)
		ui_scroll_to(ui, scroll, scroll->recorded + way);
}

static void step(struct ui *ui, bool onwards)
{
	const struct ui_entry *from = focused(ui);
	size_t count = ui->items.count;
	size_t at = from ? (size_t)(from - ui->items.all) : onwards ? count - 1 : 0;
	for (size_t tried = 0; tried < count; tried++) {
		at = (at + (onwards ? 1 : count - 1)) % count;
		const struct ui_entry *entry = &ui->items.all[at];
		if (!focusable(ui, entry))
			continue;
		ui->focus.key = ui_key(entry->item.layer, &entry->item);
		ui->focus.index = at;
		reveal(ui, entry);
		return;
	}
}

static bool next(struct ui *ui, struct action *action)
{
	(void)action;
	step(ui, true);
	return false;
}

static bool previous(struct ui *ui, struct action *action)
{
	(void)action;
	step(ui, false);
	return false;
}

static bool enter(struct ui *ui, struct action *action)
{
	const struct ui_entry *entry = focused(ui);
	if (!entry)
		return false;
	*action = entry->item.action;
	return true;
}

/* Only in the layer that takes touches: what a dialog covers cannot be left behind its back. */
static bool back(struct ui *ui, struct action *action)
{
	static const char *const ways[] = {"close", "nav.back"};
	for (size_t way = 0; way < ARRAY_LEN(ways); way++)
		for (size_t i = 0; i < ui->items.count; i++) {
			const struct ui_entry *entry = &ui->items.all[i];
			if (focusable(ui, entry) && strcmp(entry->item.id, ways[way]) == 0) {
				*action = entry->item.action;
				return true;
			}
		}
	return false;
}

/* What has that key for its own; one that goes on or back has none. */
static bool own(struct ui *ui, enum input_key key, struct action *action)
{
	for (size_t i = 0; key != KEY_NONE && i < ui->items.count; i++) {
		const struct ui_entry *entry = &ui->items.all[i];
		if (entry->key == key && focusable(ui, entry)) {
			*action = entry->item.action;
			return true;
		}
	}
	return false;
}

bool ui_focus_key(struct ui *ui, const struct input_event *event, struct action *action)
{
	static bool (*const doings[KEY_COUNT])(struct ui *, struct action *) = {
		[KEY_NEXT] = next, [KEY_PREVIOUS] = previous, [KEY_ENTER] = enter, [KEY_BACK] = back};
	/* How far: design px, shares of the view, shares of the content. */
	static const struct {
		float px, views, contents;
	} rolls[KEY_COUNT] = {
		[KEY_UP] = {.px = -ARROW_ROLL},         [KEY_DOWN] = {.px = ARROW_ROLL},
		[KEY_PAGE_UP] = {.views = -PAGE_SHARE}, [KEY_PAGE_DOWN] = {.views = PAGE_SHARE},
		[KEY_START] = {.contents = -1},         [KEY_END] = {.contents = 1},
	};
	if (ui->gone || (unsigned)event->key >= KEY_COUNT)
		return false;
	if (doings[event->key])
		return doings[event->key](ui, action) || own(ui, event->key, action);
	if (own(ui, event->key, action))
		return true;
	struct ui_scroll *scroll = ui_scroll_top(ui);
	if (!scroll && (event->key == KEY_UP || event->key == KEY_DOWN))
		step(ui, event->key == KEY_DOWN);
	if (scroll)
		ui_scroll_roll(ui, scroll,
			       rolls[event->key].px + rolls[event->key].views * scroll->height +
				       rolls[event->key].contents * scroll->most);
	return false;
}

void ui_focus_draw(struct ui *ui)
{
	const struct ui_entry *entry = focused(ui);
	if (!entry || rect_empty(entry->item.seen))
		return;
	int ring = ui_thick(ui, TOKEN_FOCUS_RING), out = ui_thick(ui, TOKEN_FOCUS_GAP);
	bool light = entry->inset && !ui->theme->high_contrast;
	int grow = entry->inset ? -out : out + ring;
	struct rect place = entry->ring;
	struct rect around = {place.x - grow, place.y - grow, place.w + 2 * grow, place.h + 2 * grow};
	int least = around.w < around.h ? around.w : around.h;
	int radius = ui_whole(entry->radius * ui->scale) + grow;
	radius = radius < 0 ? 0 : radius > least / 2 ? least / 2 : radius;

	const struct ui_scroll *scroll = &ui->scrolls[ui->top];
	struct rect clip = {0, 0, ui->frame.width, ui->frame.height};
	if (entry->item.scrolled)
		clip = (struct rect){0, scroll->view.y, clip.w, scroll->view.h};
	draw_clip(ui_paper(ui), clip);
	draw_ring(ui_paper(ui), around, radius, ring, ui_colour(ui, light ? COLOUR_ON_FJORD : COLOUR_FOCUS));
	draw_unclip(ui_paper(ui));
}
