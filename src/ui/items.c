#include "ui/ui.h"

#include "ui/inside.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tap this far beside a target is meant for it: half of the widest gap between targets. */
#define GAP 12.0f

struct ui_key ui_key(int layer, const struct ui_item *item)
{
	struct ui_key key = {.layer = layer};
	snprintf(key.id, sizeof(key.id), "%s", item->id ? item->id : "");
	return key;
}

bool ui_key_is(const struct ui_key *key, int layer, const struct ui_item *item)
{
	return key->id[0] && item->id && key->layer == layer && strncmp(key->id, item->id, sizeof(key->id) - 1) == 0;
}

static const char *copied(struct ui *ui, const char *text)
{
	if (!text)
		return NULL;
	const char *copy = arena_text(&ui->arena, text, strlen(text));
	if (!copy)
		ui->failed = true;
	return copy;
}

/* One more of `size` bytes; false when memory ran out. */
static bool make_room(void **all, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return true;
	size_t wanted = *capacity ? *capacity * 2 : 64;
	if (wanted > SIZE_MAX / size)
		return false;
	void *grown = realloc(*all, wanted * size);
	if (!grown)
		return false;
	*all = grown;
	*capacity = wanted;
	return true;
}

void ui_items_add(struct ui *ui, const struct ui_entry *entry)
{
	if (ui->ghost)
		return;
	void *all = ui->items.all;
	if (!make_room(&all, ui->items.count, &ui->items.capacity, sizeof(*entry))) {
		ui->failed = true;
		return;
	}
	ui->items.all = all;
	struct ui_entry *added = &ui->items.all[ui->items.count++];
	*added = *entry;
	struct ui_item *item = &added->item;
	item->id = copied(ui, item->id);
	item->name = copied(ui, item->name);
	item->lang = item->lang ? copied(ui, item->lang) : ui->frame.lang;
	item->reason = copied(ui, item->reason);
	item->seen = rect_intersect(item->place, ui->clip);
	item->layer = ui->layer;
	item->scrolled = ui->in_scroll;
	if (item->reason)
		item->action.verb = 0;
}

void ui_prints_add(struct ui *ui, const struct ui_print *print)
{
	if (ui->ghost)
		return;
	void *all = ui->prints.all;
	if (!make_room(&all, ui->prints.count, &ui->prints.capacity, sizeof(*print))) {
		ui->failed = true;
		return;
	}
	ui->prints.all = all;
	struct ui_print *added = &ui->prints.all[ui->prints.count++];
	*added = *print;
	added->text = copied(ui, print->text);
	added->lang = print->lang ? copied(ui, print->lang) : ui->frame.lang;
	added->seen = rect_intersect(print->place, ui->clip);
	added->layer = ui->layer;
	added->scrolled = ui->in_scroll;
}

size_t ui_print_count(const struct ui *ui)
{
	return ui->prints.count;
}

const struct ui_print *ui_print(const struct ui *ui, size_t index)
{
	return &ui->prints.all[index];
}

/* What looks as if it could be pressed swallows a touch even when it does nothing, so that no neighbour gets it. */
static bool is_control(enum ui_role role)
{
	return role == ROLE_BUTTON || role == ROLE_CHOICE || role == ROLE_SWITCH;
}

struct ui_state ui_target(struct ui *ui, struct box box, const struct ui_target *target)
{
	struct ui_entry entry = {.item = {.role = target->role,
					  .id = target->id,
					  .name = target->name,
					  .lang = target->lang,
					  .reason = target->reason,
					  .chosen = target->chosen,
					  .place = ui_place(ui, box),
					  .action = target->action},
				 .target = target->action.verb != 0 || target->reason || is_control(target->role),
				 .key = target->key,
				 .ring = ui_place(ui, target->ring.w > 0 ? target->ring : box),
				 .radius = target->radius,
				 .inset = target->inset};
	ui_items_add(ui, &entry);
	const struct ui_item *item = &entry.item;
	return (struct ui_state){
		.pressed = ui->touch.finger == FINGER_PRESS && ui->touch.on &&
			   ui_key_is(&ui->touch.pressed, ui->layer, item),
		.focused = ui_key_is(&ui->focus.key, ui->layer, item),
		.pressure = ui_fade_pressure(ui, ui->layer, item),
	};
}

void ui_meaning(struct ui *ui, struct box box, enum ui_role role, const char *name)
{
	struct ui_entry entry = {.item = {.role = role, .name = name, .place = ui_place(ui, box)}};
	ui_items_add(ui, &entry);
}

size_t ui_item_count(const struct ui *ui)
{
	return ui->items.count;
}

const struct ui_item *ui_item(const struct ui *ui, size_t index)
{
	return &ui->items.all[index].item;
}

const struct ui_entry *ui_items_find(const struct ui *ui, const struct ui_key *key)
{
	for (size_t i = 0; i < ui->items.count && key->id[0]; i++)
		if (ui_key_is(key, ui->items.all[i].item.layer, &ui->items.all[i].item))
			return &ui->items.all[i];
	return NULL;
}

/* Squared distance from a point to a box, device px; 0 inside. */
static float away(struct rect a, float x, float y)
{
	float left = (float)a.x, right = (float)a.x + (float)a.w, top = (float)a.y, bottom = (float)a.y + (float)a.h;
	float dx = fmaxf(fmaxf(left - x, 0), x - right), dy = fmaxf(fmaxf(top - y, 0), y - bottom);
	return dx * dx + dy * dy;
}

const struct ui_entry *ui_items_hit(const struct ui *ui, float x, float y)
{
	const struct ui_entry *nearest = NULL;
	float least = GAP * ui->scale * GAP * ui->scale;
	for (size_t i = ui->items.count; i-- > 0;) {
		const struct ui_entry *entry = &ui->items.all[i];
		if (!entry->target || entry->item.layer != ui->top || rect_empty(entry->item.seen))
			continue;
		if (rect_holds(entry->item.seen, (int)floorf(x), (int)floorf(y)))
			return entry; /* the last recorded lies above the others */
		float distance = away(entry->item.seen, x, y);
		if (entry->item.action.verb != 0 && distance <= least) {
			nearest = entry;
			least = distance;
		}
	}
	return nearest;
}
