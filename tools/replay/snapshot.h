/* snapshot -- a picture as a PNG file: quick to write, the same bytes for the same pixels. */
#ifndef REPLAY_SNAPSHOT_H
#define REPLAY_SNAPSHOT_H

#include "base/err.h"

#include <pixman.h>
#include <stdbool.h>

/* PIXMAN_x8r8g8b8 only. */
bool snapshot_write(pixman_image_t *picture, const char *path, struct err *err);

#endif
