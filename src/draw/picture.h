/* picture -- pictograms and pictures from SVG (librsvg), rasterised once for the exact size.
 *
 * A pictogram is a mask, tinted when drawn; its lines are as thick as the design says for its size, whatever the size.
 * A picture keeps its colours. What was made stays until pictures_destroy() or until PICTURES_BYTES_MAX is passed, when
 * those unused since the last pictures_trim() go. What could not be made is told once in the log and drawn as nothing.
 * Only SVG from the firmware and from signed content comes here; librsvg follows no reference to other files. One
 * thread.
 */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define PICTURES_BYTES_MAX    (24u << 20)
#define PICTURE_SVG_BYTES_MAX (512u << 10)
#define PICTURE_SIDE_MAX      8192 /* px */

struct pictures;
struct mask;
struct image;

enum picture_fit {
	PICTURE_CONTAIN, /* all of it, centred, nothing behind */
	PICTURE_COVER,   /* fills the box, cut at the sides; its bottom is kept */
};

/* `share` is the folder with icons/ and pictures/. */
bool pictures_create(const char *share, struct pictures **out, struct err *err);
void pictures_destroy(struct pictures *pictures); /* takes NULL */

/* Device pixels for each design pixel, 1 until told: lines of pictograms follow the design at this scale. */
void pictures_scale(struct pictures *pictures, float device_per_design);

/* NULL when it cannot be made. Square, `side` px; mirrored left to right when asked. A name is letters, digits, - and
 * _. */
const struct mask *pictures_icon(struct pictures *pictures, const char *name, int side, bool mirrored);

/* A picture from share/pictures/<name>.svg. NULL when it cannot be made. */
const struct image *pictures_own(struct pictures *pictures, const char *name, int width, int height,
				 enum picture_fit fit, bool mirrored);

/* A picture from content. `key` names the bytes (their SHA-256 or path and generation); `load` is called only when it
 * is not there yet. */
struct picture_source {
	const char *key;
	bool (*load)(void *context, const char *key, char **svg, size_t *len, struct err *err); /* caller frees *svg */
	void *context;
};
const struct image *pictures_given(struct pictures *pictures, const struct picture_source *source, int width,
				   int height, enum picture_fit fit, bool mirrored);

/* Call between frames: nothing borrowed may be in use but what the next frame asks for again. */
void pictures_trim(struct pictures *pictures);

#endif
