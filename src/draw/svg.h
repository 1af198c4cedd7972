/* svg -- one SVG drawn into pixels by librsvg; only for picture.c.
 *
 * Nothing outside the bytes is read: references to files and addresses stay empty, and entities are refused. Errors:
 * ERR_FORMAT, ERR_LIMIT, ERR_MEMORY.
 */
#ifndef DRAW_SVG_H
#define DRAW_SVG_H

#include "base/err.h"
#include "draw/picture.h"

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>

struct svg_wish {
	int width, height;
	enum picture_fit fit;
	bool mirrored;
	const char *css; /* laid over the drawing's own attributes; NULL for none */
};

/* Premultiplied PIXMAN_a8r8g8b8, or PIXMAN_x8r8g8b8 when it covers everything. Caller unrefs *out. */
bool svg_draw(const char *svg, size_t len, const struct svg_wish *wish, pixman_image_t **out, struct err *err);

#endif
