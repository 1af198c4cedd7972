/* From what SDL says to what the ui layer understands: keys of keyboards and of keypads with five keys. */
#include "base/array.h"
#include "kiosk/events.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct turn_view view = {.width = 1080, .height = 1920};

static void keys_mean_what_they_say(void **state)
{
	static const struct {
		SDL_Keycode code;
		Uint16 mod;
		enum input_key first, again; /* pressed, and held */
	} rows[] = {
		{SDLK_TAB, 0, KEY_NEXT, KEY_NEXT},
		{SDLK_TAB, KMOD_LSHIFT, KEY_PREVIOUS, KEY_PREVIOUS},
		{SDLK_LEFT, 0, KEY_PREVIOUS, KEY_PREVIOUS},
		{SDLK_UP, 0, KEY_UP, KEY_UP},
		{SDLK_DOWN, 0, KEY_DOWN, KEY_DOWN},
		{SDLK_AC_BACK, 0, KEY_PREVIOUS, KEY_PREVIOUS},
		{SDLK_AC_FORWARD, 0, KEY_NEXT, KEY_NEXT},
		{SDLK_RETURN, 0, KEY_ENTER, KEY_NONE},
		{SDLK_KP_ENTER, 0, KEY_ENTER, KEY_NONE},
		{SDLK_ESCAPE, 0, KEY_BACK, KEY_NONE},
		{SDLK_q, 0, KEY_NONE, KEY_NONE},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = rows[i].code, .mod = rows[i].mod}}};
		struct input_event input;
		assert_int_equal(events_input(&event, &view, 7, &input), rows[i].first != KEY_NONE);
		assert_int_equal(input.key, rows[i].first);
		event.key.repeat = 1;
		assert_int_equal(events_input(&event, &view, 7, &input), rows[i].again != KEY_NONE);
	}
}

/* No finger is the mouse, and none is another, whatever the device numbers them from. */
static void fingers_are_told_apart(void **state)
{
	static const SDL_FingerID ids[] = {-1, 0, 1, 2, INT64_MAX - 1};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		for (size_t j = 0; j < ARRAY_LEN(ids); j++) {
			SDL_Event a = {.tfinger = {.type = SDL_FINGERDOWN, .fingerId = ids[i], .x = 0.5f, .y = 0.25f}};
			SDL_Event b = a;
			struct input_event first, second;
			b.tfinger.fingerId = ids[j];
			assert_true(events_input(&a, &view, 0, &first) && events_input(&b, &view, 0, &second));
			assert_true(first.finger != 0 && first.x == 540 && first.y == 480);
			bool clash = ids[i] != ids[j] && (ids[i] == -1 || ids[j] == -1) &&
				     (ids[i] == INT64_MAX - 1 || ids[j] == INT64_MAX - 1);
			assert_int_equal(first.finger == second.finger, i == j || clash);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_mean_what_they_say),
		cmocka_unit_test(fingers_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
