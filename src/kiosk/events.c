#include "kiosk/events.h"

#include "base/array.h"

/* Where a keyboard of any country has them: "1" to "9" and "0", one after the other. */
static enum input_key events_digit(SDL_Scancode code)
{
	static const SDL_Scancode rows[] = {SDL_SCANCODE_1, SDL_SCANCODE_KP_1};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (code >= rows[i] && code < rows[i] + 10)
			return (enum input_key)(KEY_DIGIT_0 + (code - rows[i] + 1) % 10);
	return KEY_NONE;
}

static enum input_key events_meaning(const SDL_KeyboardEvent *key)
{
	static const struct {
		SDL_Keycode code;
		enum input_key key;
	} keys[] = {
		{SDLK_UP, KEY_UP},
		{SDLK_DOWN, KEY_DOWN},
		{SDLK_LEFT, KEY_PREVIOUS},
		{SDLK_RIGHT, KEY_NEXT},
		{SDLK_RETURN, KEY_ENTER},
		{SDLK_KP_ENTER, KEY_ENTER},
		{SDLK_SPACE, KEY_ENTER},
		{SDLK_ESCAPE, KEY_BACK},
		{SDLK_PAGEUP, KEY_PAGE_UP},
		{SDLK_PAGEDOWN, KEY_PAGE_DOWN},
		{SDLK_HOME, KEY_START},
		{SDLK_END, KEY_END},
		{SDLK_BACKSPACE, KEY_ERASE},
		/* Keypads for people who cannot see the screen have five keys: up, down, back, forward, enter. */
		{SDLK_AC_BACK, KEY_PREVIOUS},
		{SDLK_AC_FORWARD, KEY_NEXT},
	};
	if (key->keysym.sym == SDLK_TAB)
		return key->keysym.mod & KMOD_SHIFT ? KEY_PREVIOUS : KEY_NEXT;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].code == key->keysym.sym)
			return keys[i].key;
	return events_digit(key->keysym.scancode);
}

/* A key that is held rolls on and moves on, but does nothing twice. */
static enum input_key events_key(const SDL_KeyboardEvent *key)
{
	static const bool goes_on[KEY_COUNT] = {
		[KEY_NEXT] = true,  [KEY_PREVIOUS] = true, [KEY_UP] = true,      [KEY_DOWN] = true,
		[KEY_START] = true, [KEY_END] = true,      [KEY_PAGE_UP] = true, [KEY_PAGE_DOWN] = true};
	enum input_key means = events_meaning(key);

	return key->repeat && !goes_on[means] ? KEY_NONE : means;
}

static bool events_touch(enum input_kind kind, int64_t finger, float x, float y, const struct turn_view *view,
			 struct input_event *input)
{
	turn_touch(view, x, y, kind, finger, input);
	return true;
}

static bool events_mouse(enum input_kind kind, int x, int y, const struct turn_view *view, struct input_event *input)
{
	bool on_its_side = view->degrees % 180 != 0;
	float width = (float)(on_its_side ? view->height : view->width);
	float height = (float)(on_its_side ? view->width : view->height);

	/* The middle of the pixel, so that turning cannot move it off the edge. */
	return events_touch(kind, 0, ((float)x + 0.5f) / width, ((float)y + 0.5f) / height, view, input);
}

bool events_input(const SDL_Event *event, const struct turn_view *view, int64_t now_ms, struct input_event *input)
{
	/* The mouse is finger 0, so fingers count from 1; single-touch panels call theirs -1. */
	const SDL_TouchFingerEvent *finger = &event->tfinger;
	int64_t number = finger->fingerId < 0 ? INT64_MAX : finger->fingerId + 1;

	*input = (struct input_event){.time_ms = now_ms};
	switch (event->type) {
	case SDL_FINGERDOWN:
		/* A glass that was unplugged under a finger never tells its end. */
		input->alone = SDL_GetNumTouchFingers(finger->touchId) <= 1;
		return events_touch(INPUT_DOWN, number, finger->x, finger->y, view, input);
	case SDL_FINGERMOTION:
		return events_touch(INPUT_MOVE, number, finger->x, finger->y, view, input);
	case SDL_FINGERUP:
		return events_touch(INPUT_UP, number, finger->x, finger->y, view, input);
	case SDL_MOUSEBUTTONDOWN:
		return event->button.button == SDL_BUTTON_LEFT &&
		       events_mouse(INPUT_DOWN, event->button.x, event->button.y, view, input);
	case SDL_MOUSEBUTTONUP:
		return event->button.button == SDL_BUTTON_LEFT &&
		       events_mouse(INPUT_UP, event->button.x, event->button.y, view, input);
	case SDL_MOUSEMOTION:
		return event->motion.state & SDL_BUTTON_LMASK &&
		       events_mouse(INPUT_MOVE, event->motion.x, event->motion.y, view, input);
	case SDL_MOUSEWHEEL:
		input->kind = INPUT_WHEEL;
		input->wheel = event->wheel.preciseY;
		return true;
	case SDL_KEYDOWN:
		input->kind = INPUT_KEY;
		input->key = events_key(&event->key);
		return input->key != KEY_NONE;
	case SDL_WINDOWEVENT:
		input->kind = INPUT_CANCEL;
		input->finger = INPUT_EVERY_FINGER;
		return event->window.event == SDL_WINDOWEVENT_FOCUS_LOST;
	default:
		return false;
	}
}
