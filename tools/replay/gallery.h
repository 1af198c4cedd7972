/* gallery -- an index.html that shows a folder of pictures, small, by screen and language; each opens in full. */
#ifndef REPLAY_GALLERY_H
#define REPLAY_GALLERY_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct gallery_picture {
	const char *title; /* of its screen */
	const char *lang;  /* code, or empty */
	const char *file;
};

/* The pictures in the order they shall stand; those of one screen and language together. */
bool gallery_write(const char *out, const struct gallery_picture *pictures, size_t count, struct err *err);

#endif
