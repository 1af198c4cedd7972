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
		{SDLK_TAB, 0, KEY_NEXT, KEY_NEXT},          {SDLK_TAB, KMOD_LSHIFT, KEY_PREVIOUS, KEY_PREVIOUS},
		{SDLK_LEFT, 0, KEY_PREVIOUS, KEY_PREVIOUS}, {SDLK_UP, 0, KEY_UP, KEY_UP},
		{SDLK_DOWN, 0, KEY_DOWN, KEY_DOWN},         {SDLK_AC_BACK, 0, KEY_PREVIOUS, KEY_PREVIOUS},
		{SDLK_AC_FORWARD, 0, KEY_NEXT, KEY_NEXT},   {SDLK_RETURN, 0, KEY_ENTER, KEY_NONE},
		{SDLK_KP_ENTER, 0, KEY_ENTER, KEY_NONE},    {SDLK_ESCAPE, 0, KEY_BACK, KEY_NONE},
		{SDLK_BACKSPACE, 0, KEY_ERASE, KEY_NONE},   {SDLK_q, 0, KEY_NONE, KEY_NONE},
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

/* On a French keyboard the key of the 1 says "&" by itself. */
static void digits_are_where_they_are(void **state)
{
	static const struct {
		SDL_Scancode code;
		SDL_Keycode sym;
		enum input_key key;
	} rows[] = {
		{SDL_SCANCODE_1, SDLK_AMPERSAND, KEY_DIGIT_0 + 1},
		{SDL_SCANCODE_9, SDLK_9, KEY_DIGIT_9},
		{SDL_SCANCODE_0, SDLK_0, KEY_DIGIT_0},
		{SDL_SCANCODE_KP_1, SDLK_KP_1, KEY_DIGIT_0 + 1},
		{SDL_SCANCODE_KP_9, SDLK_KP_9, KEY_DIGIT_9},
		{SDL_SCANCODE_KP_0, SDLK_KP_0, KEY_DIGIT_0},
		{SDL_SCANCODE_Z, SDLK_z, KEY_NONE},
		{SDL_SCANCODE_MINUS, SDLK_MINUS, KEY_NONE},
		{SDL_SCANCODE_KP_PLUS, SDLK_KP_PLUS, KEY_NONE},
		{SDL_SCANCODE_KP_PERIOD, SDLK_KP_PERIOD, KEY_NONE},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SDL_Event event = {
			.key = {.type = SDL_KEYDOWN, .keysym = {.scancode = rows[i].code, .sym = rows[i].sym}}};
		struct input_event input;
		events_input(&event, &view, 7, &input);
		assert_int_equal(input.key, rows[i].key);
		event.key.repeat = 1;
		assert_false(events_input(&event, &view, 7, &input));
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

/* How many fingers SDL says are on a glass: by its id. */
static int on_glass[3];

int __wrap_SDL_GetNumTouchFingers(SDL_TouchID glass);
int __wrap_SDL_GetNumTouchFingers(SDL_TouchID glass)
{
	assert_in_range(glass, 0, ARRAY_LEN(on_glass) - 1);
	return on_glass[glass];
}

/* The end of a finger is lost with its glass. Whichever way SDL names the glass that is plugged in afterwards, the first
 * finger on it is alone; a second one, a finger's move and its end say nothing of the others. */
static void a_finger_says_whether_it_is_alone(void **state)
{
	static const struct {
		Uint32 type;
		SDL_TouchID glass;
		SDL_FingerID finger;
		int fingers; /* on the glass, as SDL counts when the event is read */
		bool alone;
	} rows[] = {
		{SDL_FINGERDOWN, 1, 40, 1, true}, {SDL_FINGERMOTION, 1, 40, 1, false}, /* unplugged here */
		{SDL_FINGERDOWN, 2, 0, 1, true},  {SDL_FINGERUP, 2, 0, 0, false},      /* another name */
		{SDL_FINGERDOWN, 2, 1, 1, true},                                       /* unplugged here */
		{SDL_FINGERDOWN, 2, 2, 1, true},                                       /* the same name */
		{SDL_FINGERDOWN, 2, 3, 2, false}, {SDL_FINGERDOWN, 2, 4, 3, false},    /* a palm beside it */
		{SDL_FINGERDOWN, 1, 41, 0, true}, {SDL_FINGERUP, 1, 41, 0, false},     /* already lifted */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SDL_Event event = {.tfinger = {.touchId = rows[i].glass, .fingerId = rows[i].finger}};
		struct input_event input;
		event.type = rows[i].type;
		on_glass[rows[i].glass] = rows[i].fingers;
		assert_true(events_input(&event, &view, 7, &input));
		assert_int_equal(input.alone, rows[i].alone);
	}
}

/* When the desk's window is no longer in front, the ends of fingers go elsewhere. */
static void what_is_lost_lets_go_of_every_finger(void **state)
{
	SDL_Event event = {.type = SDL_WINDOWEVENT};
	struct input_event input;
	(void)state;
	event.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
	assert_true(events_input(&event, &view, 7, &input));
	assert_true(input.kind == INPUT_CANCEL && input.finger == INPUT_EVERY_FINGER);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_mean_what_they_say),
		cmocka_unit_test(digits_are_where_they_are),
		cmocka_unit_test(fingers_are_told_apart),
		cmocka_unit_test(a_finger_says_whether_it_is_alone),
		cmocka_unit_test(what_is_lost_lets_go_of_every_finger),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
