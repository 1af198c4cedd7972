#include "ui/inside.h"

#include "base/array.h"
#include "tokens.h"

#include <math.h>
#include <string.h>

/* What has not moved for so long, while a finger comes: its end was lost, or it is an arm that rests on the glass. */
#define REST_MS 3000
/* At the edge a hand holds on, or an elbow leans. */
#define REST_EDGE_MS 700
#define EDGE         48.0f /* design px */
#define STILL        8.0f
/* The slop of the design on its 27 inch panel; a finger is as unsteady on every other. */
#define SLOP_MM    7.5f
#define SLOP_LEAST 12.0f /* design px */
#define SLOP_MOST  48.0f

static struct ui_contact *find(struct ui *ui, int64_t number)
{
	struct ui_contact *free = NULL;
	for (size_t i = 0; i < ARRAY_LEN(ui->touch.contacts); i++) {
		struct ui_contact *contact = &ui->touch.contacts[i];
		if (contact->down && contact->number == number)
			return contact;
		if (!contact->down || (!free && i + 1 == ARRAY_LEN(ui->touch.contacts)))
			free = contact;
	}
	return free;
}

void ui_hands_gone(struct ui *ui)
{
	memset(ui->touch.contacts, 0, sizeof(ui->touch.contacts));
}

void ui_hands_note(struct ui *ui, const struct input_event *event)
{
	struct ui_contact *contact = find(ui, event->finger);
	bool known = contact->down && contact->number == event->finger;
	if (event->kind == INPUT_UP || event->kind == INPUT_CANCEL) {
		if (known)
			contact->down = false;
		return;
	}
	float still = STILL * ui->scale, edge = EDGE * ui->scale;
	if (event->kind == INPUT_DOWN)
		*contact = (struct ui_contact){.down = true,
					       .number = event->finger,
					       .moved_ms = event->time_ms,
					       .x = event->x,
					       .y = event->y,
					       .edge = event->x < edge || event->x >= (float)ui->frame.width - edge};
	else if (known && (fabsf(event->x - contact->x) > still || fabsf(event->y - contact->y) > still)) {
		contact->x = event->x;
		contact->y = event->y;
		contact->moved_ms = event->time_ms;
	}
}

static bool rests(const struct ui_contact *contact, int64_t now_ms)
{
	return now_ms - contact->moved_ms >= (contact->edge ? REST_EDGE_MS : REST_MS);
}

bool ui_hands_rests(const struct ui *ui, int64_t number, int64_t now_ms)
{
	for (size_t i = 0; i < ARRAY_LEN(ui->touch.contacts); i++) {
		const struct ui_contact *contact = &ui->touch.contacts[i];
		if (contact->down && contact->number == number)
			return rests(contact, now_ms);
	}
	return true;
}

size_t ui_hands_others(const struct ui *ui, int64_t number, int64_t now_ms)
{
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(ui->touch.contacts); i++) {
		const struct ui_contact *contact = &ui->touch.contacts[i];
		if (contact->down && contact->number != number && !rests(contact, now_ms))
			count++;
	}
	return count;
}

float ui_hands_slop(const struct ui *ui)
{
	float slop = TOKEN_TOUCH_SLOP;
	if (ui->frame.mm_per_px > 0)
		slop = fminf(fmaxf(SLOP_MM / ui->frame.mm_per_px / ui->scale, SLOP_LEAST), SLOP_MOST);
	return slop * ui->scale;
}
