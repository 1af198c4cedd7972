/* input -- what a finger, a mouse or a key did, in device pixels and milliseconds, whatever machine it came from. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

enum input_kind {
	INPUT_DOWN,
	INPUT_MOVE,
	INPUT_UP,
	INPUT_CANCEL, /* the finger is gone without having done anything */
	INPUT_WHEEL,
	INPUT_KEY
};

enum input_key {
	KEY_NONE,
	KEY_NEXT,
	KEY_PREVIOUS,
	KEY_UP,
	KEY_DOWN,
	KEY_START, /* of the page: Home */
	KEY_END,
	KEY_ENTER,
	KEY_BACK, /* Escape */
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_ERASE,
	KEY_DIGIT_0,
	KEY_DIGIT_9 = KEY_DIGIT_0 + 9,
	KEY_COUNT
};

#define INPUT_EVERY_FINGER (-1) /* with INPUT_CANCEL: all are, and the mouse */

struct input_event {
	enum input_kind kind;
	int64_t finger; /* which finger; the mouse is 0, others are above */
	float x, y;     /* device px on the picture as the visitor sees it */
	float wheel;    /* notches, positive towards the top */
	enum input_key key;
	bool alone; /* INPUT_DOWN: the only finger on its glass; all others are gone, though their ends were lost */
	int64_t time_ms; /* monotonic */
};

#endif
