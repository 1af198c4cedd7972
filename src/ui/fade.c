#include "ui/ui.h"

#include "tokens.h"
#include "ui/inside.h"

#include <string.h>

static float ran(const struct ui_fade *fade, int64_t now_ms)
{
	float lasts = fade->down ? TOKEN_MOTION_PRESS_IN_MS : TOKEN_MOTION_PRESS_OUT_MS;
	float t = now_ms > fade->since_ms ? (float)(now_ms - fade->since_ms) / lasts : 0;
	return t < 1 ? t : 1;
}

static float pressure(const struct ui *ui, const struct ui_fade *fade, int64_t now_ms)
{
	float end = fade->down ? 1 : 0, left = 1 - ran(fade, now_ms);
	return ui->frame.calm ? end : end + (fade->from - end) * left * left * left;
}

void ui_fade_set(struct ui *ui, const struct ui_key *key, bool down)
{
	struct ui_fade *fade = &ui->fades[0]; /* the one with this key, else the longest unchanged */
	for (size_t i = 0; i < UI_FADES; i++) {
		struct ui_fade *other = &ui->fades[i];
		if (other->key.layer == key->layer && strcmp(other->key.id, key->id) == 0) {
			fade = other;
			break;
		}
		if (other->since_ms < fade->since_ms)
			fade = other;
	}
	bool same = fade->key.layer == key->layer && strcmp(fade->key.id, key->id) == 0;
	float from = same ? pressure(ui, fade, ui->now_ms) : 0;
	*fade = (struct ui_fade){.key = *key, .down = down, .from = from, .since_ms = ui->now_ms};
}

float ui_fade_pressure(const struct ui *ui, int layer, const struct ui_item *item)
{
	for (size_t i = 0; i < UI_FADES; i++)
		if (ui_key_is(&ui->fades[i].key, layer, item))
			return pressure(ui, &ui->fades[i], ui->frame.now_ms);
	return 0;
}

bool ui_fade_moving(const struct ui *ui)
{
	for (size_t i = 0; i < UI_FADES; i++)
		if (ui->fades[i].key.id[0] && !ui->frame.calm && ran(&ui->fades[i], ui->frame.now_ms) < 1)
			return true;
	return false;
}

void ui_fade_advance(struct ui *ui, int64_t now_ms)
{
	for (size_t i = 0; i < UI_FADES; i++)
		if (!ui->fades[i].down && pressure(ui, &ui->fades[i], now_ms) <= 0)
			ui->fades[i] = (struct ui_fade){0};
}
