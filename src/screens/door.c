#include "screens/door.h"

#include "base/log.h"
#include "base/pin.h"
#include "screens/screen.h"

#include <assert.h>

#define SECOND_MS 1000

static_assert(VISIT_PIN_MAX > PIN_DIGITS_MAX, "a long PIN cannot be typed");

bool door_is_there(const struct door *door)
{
	return door->pin && door->pin[0];
}

int64_t door_wait_ms(const struct door *door, int64_t now_ms)
{
	return door->opens_ms > now_ms ? door->opens_ms - now_ms : 0;
}

static int64_t next_wait_ms(int wrong)
{
	int64_t wait_ms = DOOR_WAIT_MS;

	for (int i = 1; i < wrong && wait_ms < DOOR_WAIT_MAX_MS; i++)
		wait_ms *= 2;
	return wait_ms < DOOR_WAIT_MAX_MS ? wait_ms : DOOR_WAIT_MAX_MS;
}

void door_try(struct door *door, struct visit *visit, int64_t now_ms)
{
	if (!door_is_there(door) || door_wait_ms(door, now_ms) > 0)
		return;
	bool right = pin_matches(door->pin, visit->pin);
	visit_forget_pin(visit);
	visit->staff = right;
	if (right) {
		door->wrong = 0;
		if (visit_here(visit))
			visit_here(visit)->scroll = 0;
		log_info("the staff's page is open");
		return;
	}
	door->wrong += door->wrong < INT32_MAX;
	door->opens_ms = now_ms + next_wait_ms(door->wrong);
	log_warn("a wrong PIN for the staff's page, %d in a row", door->wrong);
}

bool door_falls_shut(const struct visit *visit, bool alone, int64_t now_ms)
{
	return (visit->staff || alone) && now_ms - visit->touched_ms >= DOOR_OPEN_MS;
}

int64_t door_deadline(const struct door *door, const struct visit *visit, bool alone, int64_t now_ms)
{
	int64_t wait_ms = door_wait_ms(door, now_ms);

	int64_t shut_ms = visit->staff || alone ? visit->touched_ms + DOOR_OPEN_MS : INT64_MAX;

	if (wait_ms == 0 || visit->depth == 0 || visit->places[visit->depth - 1].screen != SCREEN_STAFF)
		return shut_ms;
	int64_t second_ms = now_ms + (wait_ms - 1) % SECOND_MS + 1;
	return second_ms < shut_ms ? second_ms : shut_ms;
}
